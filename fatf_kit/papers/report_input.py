"""The input of the papers about an assessment, with the facts around it that some of them mention."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from fatf_kit.action_plan.model import ActionPlan
from fatf_kit.assessed.facts import FolderFacts
from fatf_kit.assessment.answers.audience import Audience
from fatf_kit.assessment.answers.model import ResponseSet
from fatf_kit.core.messages import Translator
from fatf_kit.core.problems import Problem
from fatf_kit.evaluation_calendar.timetable import Schedule
from fatf_kit.framework.model import CoreIssue, Criterion, Framework, list_requirements
from fatf_kit.laws.model import LawRegister
from fatf_kit.mock_visit.model import Debrief
from fatf_kit.outlook.evaluate import evaluate
from fatf_kit.outlook.model import LevelCounts, Outlook, Ratings
from fatf_kit.outlook.referral import Facts
from fatf_kit.outlook.rules import load_rules
from fatf_kit.outlook.sources import collect_ratings
from fatf_kit.published.listing_status import find_listing_on
from fatf_kit.published.listings import ListingStatus
from fatf_kit.published.model import PublishedReport
from fatf_kit.scoring.finding import Finding
from fatf_kit.scoring.model import Assessment
from fatf_kit.scoring.policy import Policy
from fatf_kit.scoring.sensitivity import OtherPolicy
from fatf_kit.scoring.span import Span
from fatf_kit.spreadsheets.covers import ReturnTerms
from fatf_kit.statistics.figures import Statistics


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierRatings:
    """The ratings of an earlier run, by unit, and the day on which it was made."""

    day: date
    ratings: Mapping[str, Span[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerShares:
    """Published ratings of others: by unit, how many are at the two best levels, and of how many.

    `group` is the regional body whose members are counted, empty for all jurisdictions of the table. Units that mean
    something else in the other edition are absent.
    """

    group: str
    counts: Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """The facts around an assessment; what is not known is empty or None.

    Attributes:
        plan_dues: The day by which the action plan closes a requirement, by requirement.
        earlier: The newest run of an earlier day in the history of the folder.
        has_history: Whether there is a folder that keeps results, so that a missing earlier run can be said.
        published: The newest published ratings of the country, without units that mean something else here.
        peers: Published ratings of others.
    """

    plan_dues: Mapping[str, date] = field(default_factory=dict)
    earlier: EarlierRatings | None = None
    has_history: bool = False
    published: PublishedReport | None = None
    peers: PeerShares | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperInput:
    """Everything a paper is made from, for one audience and in one language, which is that of the framework too.

    `findings` and `problems` are already for the audience, `responses` are what agencies said.

    `sensitivity` is empty where other policies were not tried. `country_facts` are about the country, for the outlook;
    `statistics` are figures and cases, None where none were collected. `country` is its name in the language of the
    report, empty where that is not known; `iso3` its ISO 3166 code, empty likewise.
    `rehearsal` is what a mock visit showed, None where there was none. `agencies` gives names by id, and `aliases` the
    same names by those in other languages, as statistics have them; `leads` the agency that leads on each requirement,
    `bodies` the agency of each role; empty without a folder.
    `background` is what is known around the assessment. `plan` is the action plan that begins on the day of the paper.
    `known_facts` has every figure, date and gap that papers print, read as `facts`; None only while they are collected.
    `schedule` has the dates of the evaluation, None where the date of the visit is not known.
    `previous` is the country's last evaluation report, None where none is known. `assigned` gives the criteria and core
    issues each agency was asked, and `returns` by when and to whom it answers. `agency` is the one an agency's paper is
    about; `is_draft` asks for the working version of a submission. `laws` is the register of laws, by whose numbers
    papers cite.
    """

    framework: Framework
    assessment: Assessment
    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]
    policy: Policy
    responses: ResponseSet
    generated_at: str
    audience: Audience = Audience.ASSESSORS
    notices: tuple[str, ...] = ()
    sensitivity: tuple[OtherPolicy, ...] = ()
    country_facts: Facts = field(default_factory=dict)
    statistics: Statistics | None = None
    country: str = ""
    iso3: str = ""
    rehearsal: Debrief | None = None
    agencies: Mapping[str, str] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)
    leads: Mapping[str, str] = field(default_factory=dict)
    bodies: Mapping[str, str] = field(default_factory=dict)
    background: Background = field(default_factory=Background)
    plan: ActionPlan | None = None
    known_facts: FolderFacts | None = None
    schedule: Schedule | None = None
    previous: PublishedReport | None = None
    assigned: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    returns: Mapping[str, ReturnTerms] = field(default_factory=dict)
    agency: str | None = None
    is_draft: bool = False
    laws: LawRegister = field(default_factory=LawRegister)

    @property
    def today(self) -> date:
        """The day on which the paper is made."""
        return date.fromisoformat(self.generated_at[:10])

    @property
    def is_restricted(self) -> bool:
        """Whether the paper may have restricted answers, so that its file is for its owner only."""
        return self.audience is Audience.GOVERNMENT

    @property
    def is_blank(self) -> bool:
        """Whether no criterion and no core issue has an answer or a decision."""
        return not self.assessment.coverage.answered and not self.assessment.adjustments.decisions

    @property
    def ratings(self) -> Ratings:
        """The rating that counts for every unit."""
        return collect_ratings(self.assessment)

    @property
    def outlook(self) -> Outlook:
        """The follow-up and referral that these ratings lead to."""
        return evaluate(load_rules(self.framework.id), self.ratings)

    @property
    def facts(self) -> FolderFacts:
        """Every figure, date and gap that papers print."""
        if self.known_facts is None:
            raise RuntimeError("The facts of this assessment are not collected yet.")
        return self.known_facts

    @property
    def standing(self) -> tuple[LevelCounts, LevelCounts]:
        """How many Recommendations and outcomes are at the better levels."""
        ratings = self.facts.ratings
        return ratings.recommendations, ratings.outcomes

    @property
    def listing(self) -> ListingStatus | None:
        """The country on FATF's lists on the day of the paper; None where that is not known."""
        return find_listing_on(self.iso3, self.generated_at)

    def list_facts(self, t: Translator) -> tuple[tuple[str, str], ...]:
        """Return the facts under the title of a paper, name and value: the edition, and when it was made."""
        edition, day = self.framework.full_title, t.moment(self.generated_at)
        return ((t("Edition"), edition), (t("Made on"), day))

    @property
    def known_agencies(self) -> frozenset[str]:
        """The agencies that were asked or have answered."""
        answered = (answer.agency for answer in self.responses.answers if answer.agency)
        return frozenset({*self.assigned, *answered})

    def find_lead(self, requirement: Criterion | CoreIssue) -> str | None:
        """Return the id of the agency that leads: the one assigned, else the one with the role that usually leads."""
        return self.leads.get(requirement.id) or self.bodies.get(requirement.lead or "")

    def name_leads(self) -> Mapping[str, str]:
        """Return the name of the agency that leads on each criterion and core issue; those without one are absent."""
        tops = (top for unit in self.framework.units for top in list_requirements(unit))
        return {top.id: self.name_agency(lead) for top in tops if (lead := self.find_lead(top))}

    def name_agency(self, agency: str) -> str:
        """Return the name of an agency in the language of the report; what is given, an id or a name, where unknown."""
        return self.agencies.get(agency) or self.aliases.get(agency, agency)


def get_country_name(paper_input: PaperInput, t: Translator) -> str:
    """Return the name of the country in titles."""
    return paper_input.country or paper_input.assessment.country or t("Country not named")


def name_some_agencies(names: Sequence[str], most: int, t: Translator) -> str:
    """Return the first names of agencies, and how many more agencies there are.

    >>> name_some_agencies(["Bank", "FIU", "Police"], 2, Translator("en"))
    'Bank, FIU and 1 more agency'
    """
    more = len(names) - most
    if more < 1:
        return t.listed(names)
    return t.listed([*names[:most], t.plural("{n} more agency", "{n} more agencies", more)])
