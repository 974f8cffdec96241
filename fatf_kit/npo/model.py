"""The results on the non-profit sector: counts, classes and segments, never a name.

Ratings of single organisations stand only in the working file `classified.csv`; everything here is an aggregate.
Money is in the register's own currency, whole units. A share is between 0 and 1. `None` means not known.

Source: fatf-kit's own, DECISIONS.md; the questions they answer are those of INR.8 paras 5-8 and IO.10.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from fatf_kit.core.problems import CellRef, Problem
from fatf_kit.npo.scales import RiskBand, RiskClass, Scope, SegmentKind
from fatf_kit.npo.survey import Survey


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeCount:
    """A code and how many bodies have it; `code` is a scope reason, a factor id or another code of the method."""

    code: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterSummary:
    """The numbers of rows read, and the three counts.

    `lines` are the filled rows below the headings, `lines == registered + rejected`; `blank` are the others there.
    `rejected_reasons` say in English why rows were kept out, the most frequent first. `active` is None where the
    register tells no status at all. `in_scope + out_of_scope + undetermined == registered`.
    """

    name: str
    sha256: str
    lines: int
    rejected: int
    registered: int
    active: int | None
    statuses: tuple[CodeCount, ...]
    in_scope: int
    out_of_scope: int
    undetermined: int
    out_reasons: tuple[CodeCount, ...]
    undetermined_reasons: tuple[CodeCount, ...]
    blank: int = 0
    rejected_reasons: tuple[CodeCount, ...] = ()

    @property
    def rows(self) -> int:
        """All rows of the file below the headings."""
        return self.lines + self.blank


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassCounts:
    """In-scope bodies by class and band.

    `low + medium + high + unrated == total`. Unrated: too little is known for a class, or a hard trigger is to be
    verified (`to_verify` counts these). `uncontrolled` of the high class have no proven link: their answers say that
    money goes to a conflict area in cash or by hawala without controls. Those classed on thin data count in their
    class and again in `provisional` (so does every unrated body). `referred` of the high class have a proven hard
    trigger.
    `bands` are in the order of RiskBand and sum to `total - unrated`.
    """

    low: int
    medium: int
    high: int
    unrated: int
    provisional: int
    bands: tuple[int, int, int, int, int]
    referred: int = 0
    to_verify: int = 0
    uncontrolled: int = 0

    @property
    def with_class(self) -> int:
        """Bodies with a class."""
        return self.low + self.medium + self.high

    @property
    def total(self) -> int:
        """In-scope bodies counted here."""
        return self.with_class + self.unrated

    @property
    def at_risk(self) -> int:
        """Medium or above."""
        return self.medium + self.high

    def of(self, risk_class: RiskClass) -> int:
        """Return how many are in one class."""
        return {RiskClass.LOW: self.low, RiskClass.MEDIUM: self.medium, RiskClass.HIGH: self.high}[risk_class]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassMoney:
    """Spending (income where spending is not known) of in-scope bodies by class, in the register's currency.

    `known` is the number of bodies with a known amount.
    """

    low: int
    medium: int
    high: int
    unrated: int
    known: int

    @property
    def total(self) -> int:
        """All of it."""
        return self.low + self.medium + self.high + self.unrated


@dataclass(frozen=True, slots=True, kw_only=True)
class SectorSegment:
    """In-scope bodies that share an activity, region, legal form or size.

    `code` is the register's own code or text after mapping ("" if it is not known).
    """

    kind: SegmentKind
    code: str
    classes: ClassCounts
    money: ClassMoney


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyGroup:
    """All registered bodies of one segment, or of the whole register where `kind` is None, in one scope and class.

    The sum of `count` over the groups of each kind is `registered`. `risk_class` is None outside scope and where
    unrated.
    """

    kind: SegmentKind | None
    code: str
    scope: Scope
    risk_class: RiskClass | None
    count: int
    money: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnCompleteness:
    """How much of one column of the register is known among in-scope bodies.

    `mapped` is whether the register has the column at all. `would_resolve` is how many provisional classes would be
    resolved if this column were filled in for every body and nothing else.
    """

    column: str
    mapped: bool
    known: float
    informs: tuple[str, ...]
    would_resolve: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectStep:
    """One step of the shortest way to final classes: collect `column`, and `resolved` classes in all are final."""

    column: str
    resolved: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DataCompleteness:
    """How thin the data is. `known_share` is the mean share of weighted factors known, over in-scope bodies."""

    known_share: float
    provisional_below: float
    columns: tuple[ColumnCompleteness, ...]
    collect_next: tuple[CollectStep, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NationalFactor:
    """A factor of the country as a whole, as entered; `value` 1-5 or None. `ref` is its cell, None in settings."""

    id: str
    value: int | None
    reason: str = ""
    ref: CellRef | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """One class set by hand; up or down. Kept out of published reports: `npo_id` names a body."""

    npo_id: str
    risk_class: RiskClass
    reason: str
    office: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OverrideCounts:
    """How many overrides went up, down or changed nothing, and how many name no in-scope body.

    `on_triggers` concern a body with a hard trigger and are not used.
    """

    up: int
    down: int
    same: int
    unused: int
    on_triggers: int = 0


class SectorVerdict(StrEnum):
    """Whether a register could be classified: most of its bodies, a part of them, or none."""

    CLASSIFIED = "classified"
    PARTLY = "partly"
    NOT = "not"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """The known features of exposure that bodies have in common.

    `features` are ids in the order of the data, `countries` the ISO codes of the countries abroad that the bodies name,
    `watched` those of them that are on a list, the shipped one or the country's own. `is_first` is whether one of the
    features puts a body before others.
    """

    features: tuple[str, ...]
    countries: tuple[str, ...]
    watched: tuple[str, ...]
    is_first: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenedBody:
    """One body of the group to ask first.

    `money` is None where the register does not have it; `is_in_scope` is False where scope is open.
    """

    npo_id: str
    line: int
    money: int | None
    is_in_scope: bool
    exposure: Exposure


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenedGroup:
    """The group to ask first: how many bodies, how many of them before all others, their money, and the features.

    `collect` are the columns to collect next, most useful first.
    """

    bodies: int
    first: int
    money: int
    features: tuple[CodeCount, ...]
    collect: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionRound:
    """A round of questions: how many bodies were asked and answered, out of a group of how many.

    `requested` bodies were asked. `drawn` of them are a random sample of the group's rest; None where all were asked.
    """

    group: int
    requested: int
    answered: int
    drawn: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SectorProposal:
    """How the sector's rating is proposed: levels 1-5, the score of measures in hundredths, the bands they lead to.

    None where the country has not entered what is needed, or where exposure is not known: most bodies have no class,
    or the register cannot show a subset. `exposure_share` is the larger of the shares of bodies and of money at risk.
    With `by_screening` most have no class, and it is the share of the bodies to ask first, which is a lowest value.
    """

    threat: int | None
    exposure: int | None
    exposure_share: float | None
    by_screening: bool
    measures: int | None
    inherent: RiskBand | None
    band: RiskBand | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The working group's decision on the sector's rating; it needs a reason. `office` and `on` may be missing."""

    rating: RiskBand
    reason: str
    office: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SectorRating:
    """The sector's own rating: what is proposed, and what was decided. Only a decision is a rating."""

    proposal: SectorProposal
    decision: Decision | None
    at_risk_prompt: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciliation:
    """A stated total and the sum of its parts; `difference` is sum minus stated."""

    what: str
    stated: int
    summed: int

    @property
    def difference(self) -> int:
        """How far they are apart."""
        return self.summed - self.stated


@dataclass(frozen=True, slots=True, kw_only=True)
class SectorResult:
    """Everything that came out of classifying one register, as aggregates.

    `matrix[threat - 1][vulnerability - 1]` counts rated in-scope bodies by inherent cell. Bodies in scope with a hard
    trigger are in `classes` (`referred`, `to_verify`); `investigate_outside` counts those outside the definition or
    undetermined, proven or not. `weak_controls` are rated bodies whose mitigation is weak: first in line for support.
    `overrides` counts bodies whose class was set by hand. `currency` is "" if it is not known. `as_of` is the day to
    which ages are counted. `notices` stand on every page. `beneficiaries` counts bodies in scope by group of
    beneficiaries, of which a body may help several; "" is not known. `group` are the bodies to ask first.
    `question_rounds` are the rounds of questions whose answers are in the register. `shows_subset` is False if no
    factor of threat has two levels among the bodies with a class, so that the register cannot show which are at risk.
    `with_countries` is how many bodies in scope would have a class with the countries of risk that are proposed; None
    where the country names its own, or where that would give no body a class. `stated` is what the mapping states for
    the whole register: fact, value and reason.
    """

    register: RegisterSummary
    classes: ClassCounts
    money: ClassMoney
    matrix: tuple[tuple[int, ...], ...]
    segments: tuple[SectorSegment, ...]
    groups: tuple[BodyGroup, ...]
    completeness: DataCompleteness
    national: tuple[NationalFactor, ...]
    sector: SectorRating
    weak_controls: int
    overrides: OverrideCounts
    reconciliations: tuple[Reconciliation, ...]
    problems: tuple[Problem, ...]
    currency: str
    as_of: date
    method_id: str
    method_digest: str
    notices: tuple[str, ...] = ()
    investigate_outside: int = 0
    surveys: tuple[Survey, ...] = ()
    verdict: SectorVerdict = SectorVerdict.CLASSIFIED
    group: ScreenedGroup = ScreenedGroup(bodies=0, first=0, money=0, features=(), collect=())
    question_rounds: tuple[QuestionRound, ...] = ()
    beneficiaries: tuple[CodeCount, ...] = ()
    shows_subset: bool = True
    with_countries: int | None = None
    stated: tuple[tuple[str, str, str], ...] = ()

    @property
    def investigate_total(self) -> int:
        """Bodies in scope that are referred to investigators."""
        return self.classes.referred

    @property
    def candidates(self) -> int:
        """Bodies that are in scope or may be."""
        return self.register.in_scope + self.register.undetermined

    @property
    def classified_share(self) -> tuple[float, float | None]:
        """The share of these bodies that have a class, and the share of their money; None where none is known."""
        held = [group for group in self.groups if group.kind is None and group.scope is not Scope.OUT]
        bodies, money = sum(g.count for g in held), sum(g.money for g in held)
        classed = [group for group in held if group.risk_class is not None]
        return (
            sum(g.count for g in classed) / bodies if bodies else 0.0,
            sum(g.money for g in classed) / money if money else None,
        )

    def by(self, kind: SegmentKind) -> tuple[SectorSegment, ...]:
        """Return the segments of one kind, largest first."""
        return tuple(segment for segment in self.segments if segment.kind is kind)
