"""The country's own measures against ten checks of proportion, and the burden of low-risk bodies.

Only measures taken because of terrorist financing are judged; general law is not judged. Outreach puts no duty on a
body, so it is neither too much nor a burden. An unknown value never counts as zero.

Source: INR.8 paras 5-7 as cited with each check in frameworks/npo/over-regulation.json; limits are fatf-kit's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from fatf_kit.core.problems import Problem, make_problem
from fatf_kit.npo.measures.catalogue import (
    CLASSES,
    TO_PROTECT,
    CountryMeasure,
    NationalMeasures,
    Tier,
    load_measures,
    load_npo_data,
)
from fatf_kit.npo.method.load import Limit
from fatf_kit.npo.model import BodyGroup, SectorResult
from fatf_kit.npo.scales import Scope, SegmentKind

SEGMENT_WORDS = {kind: kind.value.replace("_", " ") for kind in SegmentKind}
"""The name of each kind of segment within a message, in English."""


class CheckSeverity(StrEnum):
    """BREACH: against the text of INR.8. WARNING: out of proportion. GAP: something that should be there is not."""

    BREACH = "breach"
    WARNING = "warning"
    GAP = "gap"


class ProportionalityState(StrEnum):
    """Whether a check found something; UNKNOWN where the country's answers do not say."""

    FOUND = "found"
    CLEAR = "clear"
    UNKNOWN = "not known"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProportionCheck:
    """One of the ten checks, in the reader's language, with the paragraphs behind it."""

    id: str
    severity: CheckSeverity
    title: str
    finding: str
    next_step: str
    citations: tuple[str, ...]
    requirements: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureQuestion:
    """A question to the country; `kind` is "yes_no" or "date"."""

    id: str
    kind: str
    text: str
    checks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProportionLimits:
    """The limits of the checks.

    `burden_share` is between 0 and 1; `form_members` is how many bodies a legal form must have to be looked at.
    """

    burden_share: Limit
    review_years: Limit
    form_members: Limit


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingAssessment:
    """The finding where the risk of the sector is not assessed."""

    severity: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRules:
    """The severity of shortcoming that a finding of a check has in the gap report."""

    severities: Mapping[CheckSeverity, str]
    no_assessment: MissingAssessment


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckCatalogue:
    """The checks, the questions, the limits, and the findings that follow."""

    checks: tuple[ProportionCheck, ...]
    questions: tuple[MeasureQuestion, ...]
    limits: ProportionLimits
    findings: FindingRules


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    """The result of a check. `about` names measures, questions or legal forms behind it."""

    id: str
    state: ProportionalityState
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Burden:
    """Hours a year by tier, of measures whose hours and reach are known.

    `share` is that of low and out-of-scope bodies in all hours, None where there are no hours. `uncounted` names the
    measures that could not be counted.
    """

    hours: Mapping[Tier, float]
    uncounted: tuple[str, ...] = ()

    @property
    def total(self) -> float:
        """All hours a year."""
        return sum(self.hours.values())

    @property
    def share(self) -> float | None:
        """The part that falls on low-risk and out-of-scope bodies, between 0 and 1."""
        return sum(self.hours.get(tier, 0) for tier in TO_PROTECT) / self.total if self.total else None


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftableMeasure:
    """A measure that could be lifted from low and out-of-scope bodies without touching any other.

    `whole` is True where it then is gone altogether. `bodies` and `hours` (a year) are what is freed, None where not
    known. `segment` is set where the measure is for one segment only.
    """

    measure: str
    whole: bool
    tiers: tuple[Tier, ...]
    bodies: int | None
    hours: float | None
    segment: tuple[SegmentKind, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OverRegulation:
    """The whole report on proportion: ten results in the order of the checks, the burden, and what could be lifted."""

    results: tuple[CheckResult, ...]
    burden: Burden
    lifts: tuple[LiftableMeasure, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def freed(self) -> float:
        """Hours a year that lifting everything would free, as far as they are known."""
        return sum(lift.hours or 0 for lift in self.lifts)

    def found(self, severity: CheckSeverity | None = None) -> tuple[CheckResult, ...]:
        """Return the checks that found something, all or of one severity."""
        severities = {check.id: check.severity for check in load_checks().checks}
        return tuple(
            result
            for result in self.results
            if result.state is ProportionalityState.FOUND and severity in (None, severities[result.id])
        )


@cache
def load_checks(language: str = "en") -> CheckCatalogue:
    """Return the checks in one language.

    Raises:
        FrameworkError: the file is at odds with its schema.

    >>> [check.id for check in load_checks().checks][:3], load_checks().limits.burden_share.value
    (['O1', 'O2', 'O3'], 0.5)
    """
    return load_npo_data("over-regulation", CheckCatalogue, language)


def check_proportion(national: NationalMeasures | None, sector: SectorResult | None, *, as_of: date) -> OverRegulation:
    """Judge a country's measures; `sector` gives the bodies behind each tier, None where nothing was classified.

    `national` is None if the country was not asked: then nothing is known. A country that was asked and left a question
    blank has a gap, because what is not recorded cannot be shown.

    >>> blank = check_proportion(NationalMeasures(), None, as_of=date(2026, 11, 1))
    >>> [result.id for result in blank.results if result.state is ProportionalityState.FOUND]
    ['O6', 'O7', 'O9']
    >>> {str(result.state) for result in check_proportion(None, None, as_of=date(2026, 11, 1)).results}
    {'not known'}
    """
    catalogue = load_checks()
    asked = national is not None
    national = national or NationalMeasures()
    reaches = [(measure, _reach(measure, sector)) for measure in national.measures]
    judged = [(m, reach) for m, reach in reaches if m.because_of_tf and not load_measures().kinds[m.kind].outreach]
    burden = _burden(judged)
    found = {
        "O1": [m.name for m, reach in judged if Tier.OUT_OF_SCOPE in reach],
        "O2": [m.name for m, reach in judged if Tier.LOW in reach],
        "O3": _uniform(judged, sector),
        "O4": [m.name for m in national.measures if load_measures().kinds[m.kind].obliged_entity],
        "O5": [m.name for m, reach in judged if TO_PROTECT & set(reach)] if _too_much(burden, catalogue) else [],
        "O6": ["engagement"] if asked and not national.answers.get("engagement") else [],
        "O7": ["last_review"] if asked and _old(national.last_review, as_of, catalogue) else [],
        "O8": [*_whole_forms(sector, catalogue), *(m.name for m, _ in judged if _aims_at_a_form(m))],
        "O9": [q.id for q in catalogue.questions if asked and "O9" in q.checks and not national.answers.get(q.id)],
        "O10": [q.id for q in catalogue.questions if "O10" in q.checks and national.answers.get(q.id) is False],
    }
    unknown = _unknown(national, sector, burden) if asked else set(found) - ({"O8"} if sector else set())

    def state(check: str) -> ProportionalityState:
        if found[check]:
            return ProportionalityState.FOUND
        return ProportionalityState.UNKNOWN if check in unknown else ProportionalityState.CLEAR

    return OverRegulation(
        results=tuple(
            CheckResult(id=check.id, state=state(check.id), about=tuple(dict.fromkeys(found[check.id])))
            for check in catalogue.checks
        ),
        burden=burden,
        lifts=_lifts(judged),
        problems=tuple(_segment_problems(reaches, sector)),
    )


_Reach = Mapping[Tier, float | None]
"""The tiers that a measure reaches, with the number of bodies; None where it is not known how many."""


def _reach(measure: CountryMeasure, sector: SectorResult | None) -> _Reach:
    counts = None if sector is None else _counts(sector, measure.segment)
    if counts is None or not sum(counts.get(tier, 0) for tier in measure.tiers):
        only = measure.bodies if len(measure.tiers) == 1 else None
        if counts is not None and measure.segment is None and not measure.bodies:
            return {}  # no body is in these tiers
        return dict.fromkeys(measure.tiers, only)
    reached = {tier: float(counts[tier]) for tier in measure.tiers if counts.get(tier)}
    if measure.bodies is None:
        return dict(reached)
    return {tier: measure.bodies * count / sum(reached.values()) for tier, count in reached.items()}


def _counts(sector: SectorResult, segment: tuple[SegmentKind, str] | None) -> dict[Tier, int]:
    """Bodies by tier, of the whole register or of one segment."""
    counts: dict[Tier, int] = {}
    for group in sector.groups:
        if (group.kind, group.code) == (segment or (None, "")):
            tier = _tier(group)
            counts[tier] = counts.get(tier, 0) + group.count
    if segment is None:
        counts[Tier.HARD_TRIGGER] = sector.investigate_total
    return counts


def _tier(group: BodyGroup) -> Tier:
    if group.scope is Scope.OUT:
        return Tier.OUT_OF_SCOPE
    if group.scope is Scope.UNDETERMINED:
        return Tier.UNDETERMINED
    return Tier(group.risk_class.value) if group.risk_class else Tier.UNRATED


def _burden(judged: Sequence[tuple[CountryMeasure, _Reach]]) -> Burden:
    hours: dict[Tier, float] = {}
    uncounted = []
    for measure, reach in judged:
        if measure.hours is None or None in reach.values():
            uncounted.append(measure.name)
            continue
        for tier, bodies in reach.items():
            hours[tier] = hours.get(tier, 0.0) + measure.hours * (bodies or 0)
    return Burden(hours={tier: hours[tier] for tier in Tier if tier in hours}, uncounted=tuple(uncounted))


def _too_much(burden: Burden, catalogue: CheckCatalogue) -> bool:
    return burden.share is not None and burden.share > catalogue.limits.burden_share.value


def _uniform(judged: Sequence[tuple[CountryMeasure, _Reach]], sector: SectorResult | None) -> list[str]:
    """Return the measures, where all classes that have bodies face the very same ones."""
    peopled = [tier for tier in CLASSES if sector is None or _counts(sector, None).get(tier)]
    sets = {tuple(m.name for m, reach in judged if tier in reach) for tier in peopled}
    return [*sets.pop()] if len(peopled) > 1 and len(sets) == 1 else []


def _old(last_review: date | None, as_of: date, catalogue: CheckCatalogue) -> bool:
    return last_review is None or (as_of - last_review).days > catalogue.limits.review_years.value * 365.25


def _whole_forms(sector: SectorResult | None, catalogue: CheckCatalogue) -> list[str]:
    """Legal forms with enough bodies, all of them in one class above low."""
    if sector is None:
        return []
    return [
        segment.code
        for segment in sector.by(SegmentKind.LEGAL_FORM)
        if segment.code
        and segment.classes.total >= catalogue.limits.form_members.value
        and segment.classes.total in (segment.classes.medium, segment.classes.high)
    ]


def _aims_at_a_form(measure: CountryMeasure) -> bool:
    return measure.segment is not None and measure.segment[0] is SegmentKind.LEGAL_FORM


def _unknown(national: NationalMeasures, sector: SectorResult | None, burden: Burden) -> set[str]:
    """Checks of which nothing is known; a review or engagement that is not recorded is the gap itself."""
    unknown = set()
    if not national.measures:
        unknown |= {"O1", "O2", "O3", "O4"}
    if burden.share is None or burden.uncounted:
        unknown.add("O5")
    if sector is None:
        unknown.add("O8")
    if not all(name in national.answers for name in ("sanctions_graded", "appeal")):
        unknown.add("O10")
    return unknown


def _lifts(judged: Sequence[tuple[CountryMeasure, _Reach]]) -> tuple[LiftableMeasure, ...]:
    """Measures that go altogether first, then by hours freed; unknown hours last."""
    lifts = []
    for measure, reach in judged:
        spared = [tier for tier in Tier if tier in reach and tier in TO_PROTECT]
        if not spared:
            continue
        known = [count for tier in spared if (count := reach[tier]) is not None]
        bodies = round(sum(known)) if len(known) == len(spared) else None
        lifts.append(
            LiftableMeasure(
                measure=measure.name,
                whole=not set(reach) - TO_PROTECT,
                tiers=tuple(spared),
                bodies=bodies,
                hours=None if bodies is None or measure.hours is None else sum(known) * measure.hours,
                segment=measure.segment,
            )
        )
    return tuple(sorted(lifts, key=lambda lift: (not lift.whole, lift.hours is None, -(lift.hours or 0))))


def _segment_problems(
    reaches: Sequence[tuple[CountryMeasure, _Reach]], sector: SectorResult | None
) -> Iterator[Problem]:
    for measure, _ in reaches:
        if sector is not None and measure.segment is not None and not _counts(sector, measure.segment):
            by, which = measure.segment
            yield make_problem("npo-measure-segment", measure.ref, found=which, by=SEGMENT_WORDS[by])
