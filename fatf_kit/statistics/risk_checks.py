"""Effort against risk: threats rated high with few cases, sectors with few inspections, and what no case shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from fatf_kit.statistics.figures import Number, Statistics
from fatf_kit.statistics.line_selection import sum_over_years
from fatf_kit.statistics.model import Definitions
from fatf_kit.statistics.observations import Observation, ObservationKind

_ML, _CONVICTED = "ml-cases/{}/investigations", "ml-cases/{}/convictions"


def check_against_risk(statistics: Statistics, definitions: Definitions) -> Iterator[Observation]:
    """Where effort does not follow the national risk assessment, and outcomes or threats that no case shows.

    Nothing is said of threats and sectors for which no figures were given: that is a gap of another kind.
    """
    yield from _threats(statistics, definitions)
    yield from _sectors(statistics)
    yield from _classes(statistics, definitions)
    yield from _cases(statistics, definitions)


def sum_predicate_effort(statistics: Statistics, definitions: Definitions) -> dict[str, Number | None]:
    """Laundering investigations by predicate offence over all years; None where nobody gave a figure."""
    return {row.id: sum_over_years([_ML.format(row.id)], statistics, definitions) for row in definitions.predicates}


def _threats(statistics: Statistics, definitions: Definitions) -> Iterator[Observation]:
    effort = sum_predicate_effort(statistics, definitions)
    rated = {risk.item: risk.level for risk in statistics.risks if risk.is_threat and risk.level}
    high = {name: cases for name, level in rated.items() if level.is_high and (cases := effort.get(name)) is not None}
    low = {name: cases for name, level in rated.items() if level.is_low and (cases := effort.get(name)) is not None}
    least = definitions.limit("few_cases_per_year") * len(statistics.years)
    for name, cases in high.items():
        kind, line, numbers = None, _ML.format(name), {"cases": cases, "least": least}
        if cases < least:
            kind = ObservationKind.FEW_CASES
        elif sum_over_years([_CONVICTED.format(name)], statistics, definitions) == 0:
            kind, line = ObservationKind.NO_CONVICTION, _CONVICTED.format(name)
        if kind is not None:
            outcomes = ("IO.1", "IO.7")
            years = statistics.years
            yield Observation(kind=kind, outcomes=outcomes, line=line, subject=name, years=years, numbers=numbers)
    if high and low:
        weakest = min(high, key=lambda name: high[name])
        for name, cases in low.items():
            if cases > sum(high.values()) / len(high):
                yield Observation(
                    kind=ObservationKind.EFFORT,
                    outcomes=("IO.1", "IO.7"),
                    line=_ML.format(name),
                    subject=name,
                    other=weakest,
                    years=statistics.years,
                    numbers={"cases": cases, "weakest": high[weakest]},
                )


def _sectors(statistics: Statistics) -> Iterator[Observation]:
    """A sector rated high that is inspected less, for its size, than one rated low."""
    rated = {risk.item: risk.level for risk in statistics.risks if not risk.is_threat and risk.level}
    rates = {name: rate for name in rated if (rate := _rate(name, statistics)) is not None}
    low = {name: rate for name, rate in rates.items() if rated[name].is_low}
    if not low:
        return
    most = max(low, key=lambda name: low[name])
    for name, rate in rates.items():
        if rated[name].is_high and rate < low[most]:
            yield Observation(
                kind=ObservationKind.SECTOR,
                outcomes=("IO.3", "IO.4"),
                line=f"inspections/{name}/inspections",
                subject=name,
                other=most,
                years=statistics.years,
                numbers={"rate": round(rate, 1), "other_rate": round(low[most], 1)},
            )


def _rate(sector: str, statistics: Statistics) -> float | None:
    """Inspections a year for every 100 entities."""
    inspected, entities = f"inspections/{sector}/inspections", f"sectors/{sector}/entities"
    return _per_hundred(inspected, entities, statistics)


def _per_hundred(part: str, whole: str, statistics: Statistics) -> float | None:
    """How many for every 100, over the years for which both are known; None where there is none."""
    pairs = [(statistics.value(part, year), statistics.value(whole, year)) for year in statistics.years]
    known = [(one, other) for one, other in pairs if one is not None and other is not None]
    entities = sum(other for _, other in known)
    return 100 * sum(one for one, _ in known) / entities if entities else None


def _classes(statistics: Statistics, definitions: Definitions) -> Iterator[Observation]:
    """Entities in the high class that are inspected less often than those in the low one, sector by sector."""
    for row in definitions.sectors:
        high, low = (
            _per_hundred(f"inspections/{row.id}/inspections-{level}", f"sectors/{row.id}/entities-{level}", statistics)
            for level in ("high", "low")
        )
        if high is not None and low is not None and high < low:
            yield Observation(
                kind=ObservationKind.INSPECTIONS,
                outcomes=("IO.3", "IO.4"),
                line=f"inspections/{row.id}/inspections-high",
                subject=row.id,
                years=statistics.years,
                numbers={"rate": round(high, 1), "other_rate": round(low, 1)},
            )


def _cases(statistics: Statistics, definitions: Definitions) -> Iterator[Observation]:
    """Outcomes that cases should show and none does; threats rated high without a case. Only where cases were given."""
    if not statistics.cases:
        return
    outcomes = Counter(case.outcome for case in statistics.cases)
    wanted = {
        i.partition("/")[0] for issues in definitions.shown_by.values() for i, by in issues.items() if "cases" in by
    }
    for number in range(1, 12):
        outcome = f"IO.{number}"
        if outcome in wanted and not outcomes[outcome]:
            yield Observation(kind=ObservationKind.NO_CASE, outcomes=(outcome,), subject=outcome)
    shown = {case.predicate for case in statistics.cases if case.outcome in ("IO.7", "IO.8")}
    predicates = {row.id for row in definitions.predicates}
    for risk in statistics.risks:
        if risk.is_threat and risk.level and risk.level.is_high and risk.item in predicates - shown:
            yield Observation(kind=ObservationKind.THREAT_WITHOUT_CASE, outcomes=("IO.7", "IO.8"), subject=risk.item)
