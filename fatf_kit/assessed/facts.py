"""The facts of an assessment on a day: every count, date and gap that papers print, each counted once.

Ids stand for agencies, requirements, Recommendations and outcomes; texts are the country's own words. What is not known
is None or empty.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from fatf_kit.core.ratings import FindingKind
from fatf_kit.outlook.model import LevelCounts

SCHEMA = "fatf-kit/facts/1"
SCHEMA_FILE = "facts-1.schema.json"
"""The schema of facts.json, derived from `FolderFacts`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerCounts:
    """Criteria and core issues by the state of their answers.

    `requested` is `answered` and `unanswered` together; `answered` is `shown`, `without_evidence` and `in_part`.

    Attributes:
        requested: All that the edition asks.
        answered: Those with an answer to the requirement or to one of its parts.
        unanswered: Those without any answer.
        shown: Answered, and shown by the evidence on file.
        without_evidence: Answered, and the evidence is missing or incomplete.
        in_part: Answered for some parts only, so that neither of the two can be said.
    """

    requested: int
    answered: int
    unanswered: int
    shown: int
    without_evidence: int
    in_part: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitFact:
    """The rating of a Recommendation or an outcome: in the worst case, which is on file, and in the best case."""

    unit: str
    worst: str
    best: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingCounts:
    """How the ratings stand: of the Recommendations, of the outcomes, and of both together.

    Attributes:
        recommendations: Recommendations at C or LC.
        outcomes: Outcomes at HE or SE.
        total: Recommendations and outcomes together.
        unresolved: Those whose rating still depends on evidence, answers or decisions.
        lifted: Good ratings that rest on a decision above the evidence.
        moved_by_rules: Those that other scoring rules of the kit would rate differently; None where not tried.
    """

    recommendations: LevelCounts
    outcomes: LevelCounts
    total: int
    unresolved: int
    lifted: int
    moved_by_rules: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkCount:
    """Actions of the plan of one group: in all, how many can be completed by the cut-off date, and how many cannot."""

    total: int
    in_time: int
    late: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkCounts:
    """The work that closes the known gaps; every action of the plan is in one group.

    Attributes:
        total: All actions.
        measures: The next three groups together.
        laws: Laws and treaties.
        instruments: Regulations, agreements, procedures and guidance.
        entries_into_force: Measures that exist and have to come into force earlier.
        practice: What agencies have to do differently: supervision, investigations, resources, statistics and others.
        desk: Evidence, dates and answers: they need no new measure.
    """

    total: WorkCount
    measures: WorkCount
    laws: WorkCount
    instruments: WorkCount
    entries_into_force: WorkCount
    practice: WorkCount
    desk: WorkCount


class DueBasis(StrEnum):
    """The source of the date of a gap."""

    PLAN = "plan"
    ANSWER = "answer"
    RETURN = "return"


@dataclass(frozen=True, slots=True, kw_only=True)
class GapFact:
    """The open points of one requirement.

    Attributes:
        requirement: The criterion, part or core issue.
        unit: Its Recommendation or outcome.
        kinds: The kinds of its findings.
        missing: What the agency says is missing; empty where it says nothing.
        weight: The weight that the rating loses by it.
        owner: The agency that leads, else the role that usually does; empty where neither is known.
        has_agency: Whether `owner` is an agency of the folder.
        due: The day by which the country plans to close it; None where it names none.
        basis: Where `due` comes from: the action plan of the folder, the agency's own answer, or the day by which the
            agency has to answer; None without `due`.
        earliest: The first day on which the work can be completed by usual lead times; None where no action closes it.
        is_overdue: Whether `due` has passed.
        is_late: Whether `due`, or where there is none `earliest`, is after the cut-off date.
        in_force_from: The day on which the cited measure comes into force too late, or went out of force.
    """

    requirement: str
    unit: str
    kinds: tuple[FindingKind, ...]
    missing: str
    weight: int
    owner: str
    has_agency: bool
    due: date | None
    basis: DueBasis | None
    earliest: date | None
    is_overdue: bool
    is_late: bool
    in_force_from: date | None

    @property
    def day(self) -> date | None:
        """The one date that every paper shows for it: the planned one, else the earliest possible one."""
        return self.due or self.earliest


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionFact:
    """A submission to the evaluators: its step, its day, and the days until it; below 0 it is overdue."""

    step: str
    day: date
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitFact:
    """The on-site visit; only measures in force on its last day count.

    `days_until_begin` and `days_until_end` count from the day of the facts; below 0 the day has passed. `begin` is None
    where only the cut-off date is known.
    """

    begin: date | None
    end: date
    days_until_begin: int | None
    days_until_end: int


class ReturnStatus(StrEnum):
    """The state of what an agency has returned."""

    NOTHING = "nothing"
    EMPTY = "empty"
    ANSWERS = "answers"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyFact:
    """The state of one agency; counts are criteria and core issues.

    Attributes:
        agency: Its id.
        returned: What it has returned.
        due: The day by which its answers are wanted; None where none is set.
        is_overdue: Whether its workbook was sent, the day has passed, and it returned no answer.
        is_incomplete: Whether its workbook was sent, the day has passed, and its answers leave open what it leads.
        days_late: The days since `due` where it is overdue or incomplete; else 0.
        requested: How many it was asked: those that it leads and those that it supports.
        answered: How many of these it answered.
        leads: How many it leads.
        leads_answered: How many of these are answered.
        leads_unanswered: How many of these nobody has answered.
        leads_to_correct: How many of the answered ones have a cell with an error or a warning.
        supports: How many it supports.
        supports_unanswered: How many of these it has added nothing to.
        shortcomings: Shortcomings in what it leads.
        without_evidence: Answers without evidence in what it leads.
        gaps_overdue: Gaps in what it leads whose date has passed.
        next_due: The next date of a gap that it leads; None without one.
        largest: Its gaps, those with the largest effect first; at most three.
        shown: How many of its answers are shown by the evidence on file.
        to_correct: Cells of its workbooks with an error or a warning.
        questions: Questions to decide in which its answers take part.
    """

    agency: str
    returned: ReturnStatus
    due: date | None
    is_overdue: bool
    is_incomplete: bool
    days_late: int
    requested: int
    answered: int
    leads: int
    leads_answered: int
    leads_unanswered: int
    leads_to_correct: int
    supports: int
    supports_unanswered: int
    shortcomings: int
    without_evidence: int
    gaps_overdue: int
    next_due: date | None
    largest: tuple[str, ...]
    shown: int
    to_correct: int
    questions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ThresholdFact:
    """A threshold of follow-up or referral: its limits and the counts that are compared with them, worst and best case.

    A threshold with several counts is met where each count reaches its limit.
    """

    id: str
    limits: tuple[int, ...]
    worst: tuple[int, ...]
    best: tuple[int, ...]
    is_met_at_worst: bool
    is_met_at_best: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionCounts:
    """The work that waits for people: `questions` to decide, and `cells` of workbooks to correct."""

    questions: int
    cells: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderFacts:
    """Every figure, date and gap of an assessment on `day`, from which all papers print.

    `gaps` has one entry for each requirement with findings, in the one order of all papers: the units of `weakest`
    first, and in each unit the largest weight first. `weakest` are the units below the top that have answers: the
    lowest rating in the worst case first, then those that count for most thresholds, then those that lose most weight.
    `untouched` are units on which nothing is answered. `work` is None where no plan can be made. `agencies` are in the
    order of the folder, without those that were asked nothing.
    """

    schema: str
    day: date
    edition: str
    cut_off: date | None
    ratings: RatingCounts
    units: tuple[UnitFact, ...]
    answers: AnswerCounts
    thresholds: tuple[ThresholdFact, ...]
    gaps: tuple[GapFact, ...]
    weakest: tuple[str, ...]
    untouched: tuple[str, ...]
    work: WorkCounts | None
    visit: VisitFact | None
    submissions: tuple[SubmissionFact, ...]
    agencies: tuple[AgencyFact, ...]
    decisions: DecisionCounts

    @property
    def largest_gaps(self) -> tuple[GapFact, ...]:
        """The largest gap of each Recommendation and outcome that is below the top, the weakest first."""
        return self.list_gaps_of_weakest(of_a_unit=1)

    def list_gaps_of_weakest(self, *, of_a_unit: int) -> tuple[GapFact, ...]:
        """List the largest gaps of each unit of `weakest`, at most so many of one unit."""
        left = dict.fromkeys(self.weakest, of_a_unit)
        chosen = []
        for gap in self.gaps:
            if left.get(gap.unit):
                left[gap.unit] -= 1
                chosen.append(gap)
        return tuple(chosen)

    @property
    def shortcomings(self) -> int:
        """The number of requirements that are answered below the top; a disagreement of agencies is not one."""
        return sum(FindingKind.SHORTCOMING in gap.kinds for gap in self.gaps)

    @property
    def overdue_submissions(self) -> tuple[SubmissionFact, ...]:
        """The submissions whose day has passed."""
        return tuple(submission for submission in self.submissions if submission.days < 0)

    @property
    def silent_agencies(self) -> tuple[str, ...]:
        """The agencies that have sent nothing, or an empty workbook."""
        return tuple(fact.agency for fact in self.agencies if fact.returned is not ReturnStatus.ANSWERS)
