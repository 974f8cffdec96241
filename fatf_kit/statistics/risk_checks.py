"""Effort is compared with risk: cases by threat, inspections by sector, and what no case shows."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from fatf_kit.framework.catalog import get_unit_id
from fatf_kit.statistics.definitions import load_definitions
from fatf_kit.statistics.figures import Number, Statistics
from fatf_kit.statistics.model import RiskLevel
from fatf_kit.statistics.observations import Observation, ObservationKind

_INVESTIGATIONS, _CONVICTIONS = "ml-cases/{}/investigations", "ml-cases/{}/convictions"


def check_against_risk(statistics: Statistics) -> Iterator[Observation]:
    """Yield where effort does not follow the national risk assessment, and outcomes or threats that no case shows.

    Nothing is reported about threats and sectors for which no figures were given: that is a gap of another kind.
    """
    yield from _check_threats(statistics)
    yield from _check_sectors(statistics)
    yield from _check_risk_classes(statistics)
    yield from _check_cases(statistics)


def sum_predicate_effort(statistics: Statistics) -> dict[str, Number | None]:
    """Return laundering investigations by predicate offence over all years; None where no figure was given."""
    predicates = load_definitions().predicates
    return {row.id: statistics.sum_over_years(_INVESTIGATIONS.format(row.id)) for row in predicates}


def _rated(statistics: Statistics, *, are_threats: bool) -> dict[str, RiskLevel]:
    own = (one for one in statistics.risks if one.is_threat is are_threats)
    return {one.item: one.level for one in own if one.level}


def _check_threats(statistics: Statistics) -> Iterator[Observation]:
    observe = partial(Observation, outcomes=("IO.1", "IO.7"), years=statistics.years)
    effort, rated = sum_predicate_effort(statistics), _rated(statistics, are_threats=True)
    known = {name: cases for name in rated if (cases := effort.get(name)) is not None}
    high = {name: cases for name, cases in known.items() if rated[name].is_high}
    low = {name: cases for name, cases in known.items() if rated[name].is_low}
    least = load_definitions().limit("few_cases_per_year") * len(statistics.years)
    for name, cases in high.items():
        kind, line = ObservationKind.FEW_CASES, _INVESTIGATIONS.format(name)
        if cases >= least:
            kind, line = ObservationKind.NO_CONVICTION, _CONVICTIONS.format(name)
        if cases < least or statistics.sum_over_years(line) == 0:
            numbers = {"cases": cases, "least": least}
            yield observe(kind=kind, line=line, subject=name, numbers=numbers)
    weakest = min(high, key=lambda name: high[name], default="")
    for name, cases in low.items() if high else ():
        if cases > sum(high.values()) / len(high):
            yield observe(
                kind=ObservationKind.EFFORT,
                line=_INVESTIGATIONS.format(name),
                subject=name,
                other=weakest,
                numbers={"cases": cases, "weakest": high[weakest]},
            )


def _check_sectors(statistics: Statistics) -> Iterator[Observation]:
    """Yield sectors rated high that are inspected less, for their size, than one rated low."""
    rated = _rated(statistics, are_threats=False)
    found = {name: _find_inspection_rate(name, "", statistics) for name in rated}
    rates = {name: rate for name, rate in found.items() if rate is not None}
    low = {name: rate for name, rate in rates.items() if rated[name].is_low}
    most = max(low, key=lambda name: low[name], default="")
    for name, rate in rates.items() if low else ():
        if rated[name].is_high and rate < low[most]:
            kind, both = ObservationKind.SECTOR, (rate, low[most])
            yield _observe_inspections(kind, name, "", both, statistics, most)


def _check_risk_classes(statistics: Statistics) -> Iterator[Observation]:
    """Yield sectors whose entities in the high class are inspected less often than those in the low one."""
    for row in load_definitions().sectors:
        high = _find_inspection_rate(row.id, "-high", statistics)
        low = _find_inspection_rate(row.id, "-low", statistics)
        if high is not None and low is not None and high < low:
            kind = ObservationKind.INSPECTIONS
            yield _observe_inspections(kind, row.id, "-high", (high, low), statistics)


def _find_inspection_rate(sector: str, level: str, statistics: Statistics) -> float | None:
    """Return inspections for every 100 entities over the years for which both are known; None where there are none."""
    lines = f"inspections/{sector}/inspections{level}", f"sectors/{sector}/entities{level}"
    pairs = [tuple(statistics.value(line, year) for line in lines) for year in statistics.years]
    known = [(one, other) for one, other in pairs if one is not None and other is not None]
    entities = sum(other for _, other in known)
    return 100 * sum(one for one, _ in known) / entities if entities else None


def _observe_inspections(
    kind: ObservationKind, sector: str, level: str, rates: tuple[float, float], statistics: Statistics, other: str = ""
) -> Observation:
    return Observation(
        kind=kind,
        outcomes=("IO.3", "IO.4"),
        line=f"inspections/{sector}/inspections{level}",
        subject=sector,
        other=other,
        years=statistics.years,
        numbers={"rate": round(rates[0], 1), "other_rate": round(rates[1], 1)},
    )


def _check_cases(statistics: Statistics) -> Iterator[Observation]:
    """Yield outcomes that cases should show and none does, and high threats without a case, if any case was given."""
    if not statistics.cases:
        return
    definitions = load_definitions()
    editions = (issues.items() for issues in definitions.shown_by.values())
    wanted = {get_unit_id(name) for issues in editions for name, by in issues if "cases" in by}
    for outcome in (f"IO.{number}" for number in range(1, 12)):
        if outcome in wanted - {case.outcome for case in statistics.cases}:
            yield Observation(kind=ObservationKind.NO_CASE, outcomes=(outcome,), subject=outcome)
    outcomes, kind = ("IO.7", "IO.8"), ObservationKind.THREAT_WITHOUT_CASE
    shown = {case.predicate for case in statistics.cases if case.outcome in outcomes}
    missing = {row.id for row in definitions.predicates} - shown
    for name, level in _rated(statistics, are_threats=True).items():
        if level.is_high and name in missing:
            yield Observation(kind=kind, outcomes=outcomes, subject=name)
