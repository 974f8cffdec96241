"""The values of a rehearsal: the questions, the meetings, the answers, and the debrief.

A rehearsal shows how ready people are to explain and demonstrate what they do. It gives no rating.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from fatf_kit.assessed.folder import FolderPart
from fatf_kit.assessment.folder.model import Materiality
from fatf_kit.core.messages import Translator
from fatf_kit.core.national_words import base_language
from fatf_kit.core.problems import CellRef
from fatf_kit.framework.catalog import get_unit_id
from fatf_kit.mock_visit.timetable import MeetingTimetable, PlacedMeeting, TimetableLimits


class MockQuestionReason(StrEnum):
    """A reason for asking a question, the most pressing first.

    FIGURES: two sets of the country's own figures differ. CONFLICT: agencies rate the same thing differently.
    UNSHOWN: claimed and not shown. UNANSWERED: no agency answered it. WEAK: the country itself rates it low. LAW: a
    shortcoming in law is the cause. BANK: assessors commonly ask it.
    """

    FIGURES = "figures"
    CONFLICT = "conflict"
    UNSHOWN = "unshown"
    UNANSWERED = "unanswered"
    WEAK = "weak"
    LAW = "law"
    BANK = "bank"

    @property
    def order(self) -> int:
        """The place in the order of reasons; 0 is the most pressing."""
        return list(MockQuestionReason).index(self)


class MockScore(StrEnum):
    """A score for the answer to a question."""

    STRONG = "strong"
    ADEQUATE = "adequate"
    WEAK = "weak"
    CONTRADICTS = "contradicts"
    NO_ANSWER = "no answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnQuestion:
    """A question about what the country's own submission leaves open, in English, with places for facts.

    Where `strong` is empty, the guidance of the core issue says what a strong answer contains.
    """

    why: MockQuestionReason
    question: str
    tests: str
    probe: str
    strong: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MockAgency:
    """An agency that is interviewed, under its name in the language of the plan; `names` are those by language."""

    id: str
    name: str
    roles: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyReport:
    """One agency's figure. `agency` may be unknown to the plan; `value` is the figure as it is written."""

    agency: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """Two or more figures of the country that should agree and do not.

    `core_issue` is where it will be asked ("IO.6/6.2"); `measure` describes what is counted, and when.
    """

    core_issue: str
    measure: str
    reports: tuple[AgencyReport, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """Agencies that answer one requirement differently: each with its rating, the lead first."""

    requirement: str
    ratings: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MockQuestion:
    """A question put to one agency.

    `id` is the core issue, a colon, and the question's name: "IO.6/6.2:Q.6.2-1", or "IO.6/6.2:conflict-1" for one that
    comes from this country's own submission. `spare` questions are asked where time remains.
    """

    id: str
    agency: str
    core_issue: str
    why: MockQuestionReason
    question: str
    tests: str
    probe: str
    strong: str
    spare: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Interview:
    """One agency asked about one outcome. `leads` are the core issues that it leads on."""

    outcome: str
    agency: str
    panel: str
    importance: Materiality
    leads: tuple[str, ...]
    minutes: int
    questions: tuple[MockQuestion, ...]

    @property
    def id(self) -> str:
        """Outcome and agency: "IO.6 fiu"."""
        return f"{self.outcome} {self.agency}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A team of mock assessors and the outcomes it covers."""

    id: str
    name: str
    outcomes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """The whole plan in one language.

    `notices` are as they were given, in English, and are translated when they are printed. `timetable` places meetings,
    whose ids are those of interviews, or of outcomes where each has one session. `dates` are the working days in order,
    empty where no first day was given. `needed` are the days that would do where the timetable left something out,
    `least` those that no timetable can do without. `edition_digest` identifies the texts.
    """

    edition: str
    edition_digest: str
    language: str
    country: str
    notices: tuple[str, ...]
    bodies: tuple[MockAgency, ...]
    panels: tuple[Panel, ...]
    interviews: tuple[Interview, ...]
    frame: TimetableLimits
    timetable: MeetingTimetable
    joint: bool
    needed: int
    least: int
    dates: tuple[date, ...] = ()

    @property
    def outcomes(self) -> tuple[str, ...]:
        """Outcomes with interviews, in their order."""
        return tuple(dict.fromkeys(one.outcome for one in self.interviews))

    def find_place(self, interview: Interview) -> PlacedMeeting | None:
        """Return the place of an interview in the timetable; None where it has none."""
        wanted = interview.outcome if self.joint else interview.id
        return next((one for one in self.timetable.placed if one.meeting.id == wanted), None)

    def describe_day(self, day: int, t: Translator) -> str:
        """Return a day by its date, else by its number from 1."""
        return t.day(self.dates[day]) if day < len(self.dates) else t("Day {n}", n=day + 1)

    @property
    def names(self) -> Mapping[str, str]:
        """Names of agencies and panels by id."""
        return {one.id: one.name for one in self.panels} | {one.id: one.name for one in self.bodies}


@dataclass(frozen=True, slots=True, kw_only=True)
class MockAnswer:
    """One answer as it was scored; `score` is None where it was not.

    `text` is the question on the sheet, `strong` what a strong answer contains, `ref` the cell of the score.
    `assessors` are those on the cover.
    """

    id: str
    agency: str
    core_issue: str
    why: MockQuestionReason
    text: str
    strong: str
    score: MockScore | None
    note: str = ""
    spare: bool = False
    assessors: str = ""
    ref: CellRef | None = None

    @property
    def outcome(self) -> str:
        """The outcome it belongs to."""
        return get_unit_id(self.core_issue)


@dataclass(frozen=True, slots=True, kw_only=True)
class MockSheets:
    """Everything read from the sheets of a rehearsal.

    `files` are name and SHA-256; `names` those of agencies by id and language, as the sheets give them; `officials` how
    many took part by outcome, where a cover says so.
    """

    edition: str
    answers: tuple[MockAnswer, ...]
    files: tuple[tuple[str, str], ...]
    names: Mapping[str, Mapping[str, str]]
    officials: Mapping[str, int]
    country: str = ""
    notices: tuple[str, ...] = ()

    def name(self, agency: str, language: str) -> str:
        """Return an agency's name in a language, else in any, else its id."""
        names = self.names.get(agency, {})
        return names.get(base_language(language)) or next(iter(names.values()), agency)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadinessLevel:
    """A level of readiness: at least so many good answers in a hundred scored, at most so many contradictions.

    None: however many contradict.
    """

    id: str
    good_from: int
    contradictions_up_to: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadinessRule:
    """The rule by which readiness follows from scores; levels from best to worst, the last without a condition."""

    good: tuple[MockScore, ...]
    contradicting: tuple[MockScore, ...]
    levels: tuple[ReadinessLevel, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """The readiness of an outcome, an agency or a core issue. `level` is None where nothing was scored.

    `questions` counts the questions on the sheets but for spare ones without a score, `scored` those with one.
    """

    id: str
    questions: int
    scored: int
    counts: Mapping[MockScore, int]
    level: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MockFinding:
    """A finding of the rehearsal: an answer that contradicts the submission, is weak, or was not there.

    `requirement` is the core issue and `unit` its outcome, as in the findings of the assessment. `score` says what is
    wrong; `question`, `note` and `strong` are the words of the sheet, `place` is the cell of the score.
    """

    id: str
    question_id: str
    requirement: str
    unit: str
    agency: str
    why: MockQuestionReason
    score: MockScore
    question: str
    note: str
    strong: str
    place: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Debrief(FolderPart):
    """The results of the rehearsal. `findings` begin with contradictions; no rating follows from any of it."""

    sheets: MockSheets
    rule: ReadinessRule
    whole: Readiness
    outcomes: tuple[Readiness, ...]
    agencies: tuple[Readiness, ...]
    core_issues: tuple[Readiness, ...]
    findings: tuple[MockFinding, ...]
