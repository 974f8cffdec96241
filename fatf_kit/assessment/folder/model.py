"""Values of an assessment folder: the country's settings, its agencies, their requirements, its decisions.

Absence is `None` or empty throughout. These are frozen values; files are read and written by the other modules.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path

from fatf_kit.core.national_words import add_country, base_language


class Materiality(StrEnum):
    """How much a sector matters in the country, as assessors scope it.

    Source: FATF Methodology (2022), introduction on risk, materiality and structural elements.
    """

    MOST = "most important"
    HIGH = "highly important"
    MODERATE = "moderately important"
    LOW = "less important"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sector:
    """One sector of obliged entities and its materiality; `reason` is the country's reason for it."""

    id: str
    materiality: Materiality
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightChange:
    """A weight the country sets for a criterion or core issue instead of the edition's; the reason is never empty."""

    requirement: str
    weight: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """A competent authority or body that answers. `names` by language; `roles` are ids of frameworks/roles.json.

    `contact` is the person or office that the coordinator writes to, `sent` the day on which its workbook
    was sent, `due` the day by which its answers are wanted.
    `source` says where a proposed name comes from and how far it is confirmed; empty for what the country wrote.
    """

    id: str
    names: Mapping[str, str]
    roles: tuple[str, ...] = ()
    language: str = "en"
    contact: str = ""
    sent: date | None = None
    due: date | None = None
    source: str = ""

    def name(self, language: str) -> str:
        """Return its name in a language, else in any that is given, else its id."""
        return self.names.get(base_language(language)) or next(filter(None, self.names.values()), self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """The agencies of a requirement: the one that leads, None where none does, and those that support it.

    `requirement` is a criterion ("R.10/10.7"), a core issue, or a whole unit ("R.10") for all it contains. What a
    person has chosen stays; what is not chosen follows the roles of the agencies.
    """

    requirement: str
    lead: str | None = None
    supporting: tuple[str, ...] = ()
    is_lead_chosen: bool = False
    is_supporting_chosen: bool = False

    @property
    def agencies(self) -> tuple[str, ...]:
        """Return everybody who answers, the lead first."""
        return (*((self.lead,) if self.lead else ()), *self.supporting)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedDecision:
    """A decision of people where answers or ratings are a matter of judgement.

    `requirement` may be a criterion, a core issue or a whole unit; `value` is an answer or a rating of its scale.
    The reason, the office that decided and the day are never absent: a row without them is refused when read.
    """

    requirement: str
    value: str
    reason: str
    decided_by: str
    day: date


class QuestionReason(StrEnum):
    """Why people have to decide.

    Agencies disagree, a criterion is rated better than its parts support, "not applicable" has no reason, or
    everything is answered and the rating is still a range.
    """

    CONFLICT = "conflict"
    ABOVE_PARTS = "above parts"
    NO_REASON = "no reason"
    RANGE = "range"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyRating:
    """The rating of one agency: its id, the requirement or part it answers, the rating, and the cell.

    `is_lead` marks the agency that leads on it. Of an answer that `is_restricted`, explanation and citation are empty.
    """

    agency: str
    requirement: str
    rating: str
    place: str = ""
    is_lead: bool = False
    explanation: str = ""
    citation: str = ""
    is_restricted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PossibleOutcome:
    """One possible decision and the rating of the unit after it: worst and best, equal where nothing is open."""

    decision: str
    rating: tuple[str, str]


class EffectKind(StrEnum):
    """The effect of a decision on the rating of its unit, the strongest first.

    It changes the rating, or changes it only together with other open questions of the unit, or changes nothing
    whatever else is decided.
    """

    CHANGES = "changes"
    WITH_OTHERS = "with others"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionEffect:
    """The effect of each possible decision on a unit that is rated `now`: worst and best.

    `levels` is by how many levels the two ends of the rating move at most.
    """

    unit: str
    kind: EffectKind
    now: tuple[str, str]
    outcomes: tuple[PossibleOutcome, ...] = ()
    levels: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenQuestion:
    """Something that people have to decide. `indicative` is the rating as worked out: worst and best.

    `lead` is the agency that leads, None where none does or a whole unit is concerned; `lead_answer` its answer, None
    where it gave none that settles the question. `effect` is None until it is worked out. A question that
    `is_decided` is answered by a decision on it, or on its whole unit.
    """

    requirement: str
    why: tuple[QuestionReason, ...]
    agency_ratings: tuple[AgencyRating, ...] = ()
    indicative: tuple[str, str] | None = None
    lead: str | None = None
    lead_answer: str | None = None
    effect: DecisionEffect | None = None
    is_decided: bool = False

    @property
    def is_idle(self) -> bool:
        """Whether no decision on it changes a rating."""
        return self.effect is not None and self.effect.kind is EffectKind.NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentSettings:
    """The settings of a country for one assessment.

    `cut_off` is the last day on which a measure still counts, by default the end of the on-site visit. `policy` is a
    shipped policy's id or the name of a file in the folder. `facts` are answers to what the outlook asks (size of the
    financial sector and the like); a fact that is not there is not known. `names` are the country's own, by language,
    where its ISO 3166 code does not give them. `notice` is printed on everything that is made from the folder.
    `weekend` has the days off by their English names, empty for those known of the country; `holidays` are names of
    days off; `dates` are the country's own days for steps of the timetable, by their ids. `return_to` is where agencies
    send their workbooks, `agency_note` what the coordinator writes to them; both are on every cover.
    """

    country: str
    edition: str
    on_site_from: date | None = None
    on_site_to: date | None = None
    cut_off: date | None = None
    languages: tuple[str, ...] = ("en",)
    policy: str = "indicative-3"
    sectors: tuple[Sector, ...] = ()
    weights: tuple[WeightChange, ...] = ()
    facts: Mapping[str, str | int | float | bool] = field(default_factory=dict)
    notice: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    weekend: tuple[str, ...] = ()
    holidays: Mapping[date, str] = field(default_factory=dict)
    dates: Mapping[str, date] = field(default_factory=dict)
    return_to: str = ""
    agency_note: str = ""

    @property
    def last_day(self) -> date | None:
        """Return the day by which measures must be in force; None where neither it nor the visit is dated."""
        return self.cut_off or self.on_site_to

    @property
    def main_language(self) -> str:
        """The first of its languages, as the country uses it."""
        return add_country(self.languages[0], self.country)

    @property
    def notices(self) -> tuple[str, ...]:
        """The notice on everything that is made from the folder; empty without one."""
        return (self.notice,) if self.notice else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """Duties by requirement. A criterion's own line goes before that of its unit."""

    duties: Mapping[str, Duty] = field(default_factory=dict)

    def duty(self, requirement: str) -> Duty:
        """Return who answers a requirement, wherever it is said: for itself, for what it is a part of, or for its unit.

        >>> of_unit = Assignment(duties={"R.8": Duty(requirement="R.8", lead="npo")})
        >>> of_unit.duty("R.8/8.1(a)").lead, of_unit.duty("R.9/9.1").lead
        ('npo', None)
        """
        unit, _, number = requirement.partition("/")
        for place in (requirement, f"{unit}/{number.partition('(')[0]}", unit):
            if place in self.duties:
                return self.duties[place]
        return Duty(requirement=requirement)


SETTINGS, AGENCIES, ASSIGNMENT, DECISIONS = "assessment.json", "agencies.csv", "assignment.csv", "decisions.xlsx"
"""Files of an assessment folder that is kept as text."""

LAWS = "laws.xlsx"
"""The register of laws in an assessment folder."""

PLAN_ITEMS = "action-plan.xlsx"
"""The items of plans that others word, in an assessment folder."""

LAST_REPORT = "last-report.xlsx"
"""The recommended actions of the country's last report, where they are kept in the assessment folder."""

TRAINING = "training.xlsx"
"""The training record in an assessment folder."""

CONTROL = "assessment.xlsx"
"""The workbook with settings, agencies and assignment. It, or a file of settings, is what makes a folder one."""

OWN_FILES = (CONTROL, SETTINGS, AGENCIES, ASSIGNMENT, DECISIONS, LAST_REPORT)
"""Files of the country in an assessment folder, which no output may replace."""

TEMPLATES, RESPONSES, REPORTS, HISTORY = "templates", "responses", "reports", "history"
STATISTICS, MOCK, PLANS, INBOX, LETTERS = "statistics", "mock", "plans", "inbox", "letters"
EARLIER = "earlier"
"""Folders inside it."""

FACTS = "facts.json"
"""Every count, gap and date of the last update, among the reports."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """An assessment folder as read. `agencies` are in the order of their table."""

    path: Path
    settings: AssessmentSettings
    agencies: tuple[Agency, ...] = ()
    assignment: Assignment = field(default_factory=Assignment)

    @property
    def by_id(self) -> Mapping[str, Agency]:
        """Its agencies by id."""
        return {agency.id: agency for agency in self.agencies}

    def agency_name(self, agency: str | None, language: str) -> str:
        """Return what an agency is called in a language; its id where the folder does not know it."""
        known = self.by_id.get(agency or "")
        return known.name(language) if known else agency or ""
