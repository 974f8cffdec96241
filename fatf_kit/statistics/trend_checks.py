"""Figures are compared through the years: jumps, amounts that look like another unit, blanks, calendars that differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from fatf_kit.statistics.definitions import load_definitions
from fatf_kit.statistics.figures import Number, Statistics, StatisticsReturn
from fatf_kit.statistics.model import Unit
from fatf_kit.statistics.observations import Observation, ObservationKind


def check_trends(statistics: Statistics) -> Iterator[Observation]:
    """Yield the observations about the course of the figures."""
    calendars = Counter(one.calendar for one in statistics.returns if one.figures)
    if len(calendars) > 1:
        usual = calendars.most_common(1)[0][0]
        others = (one for one in statistics.returns if one.figures and one.calendar != usual)
        agencies = tuple(one.agency for one in others)
        yield Observation(kind=ObservationKind.CALENDARS, agencies=agencies)
    for one in statistics.returns:
        yield from _find_gaps(one, statistics)
    for line in load_definitions().lines:
        yield from _find_jumps(line, statistics)


def _find_gaps(one: StatisticsReturn, statistics: Statistics) -> Iterator[Observation]:
    """Yield the years left blank in lines that have figures in other years, table by table."""
    given = {(figure.line, figure.year) for figure in one.figures}
    begun = {line for line, _ in given}
    requested = [line for line in dict.fromkeys(one.requested) if line in begun]
    for table in load_definitions().tables.values():
        lines = [line for line in requested if line.partition("/")[0] == table.id]
        for year in one.years or statistics.years:
            if blank := [line for line in lines if (line, year) not in given]:
                yield Observation(
                    kind=ObservationKind.GAP,
                    outcomes=table.outcomes,
                    line=blank[0],
                    years=(year,),
                    agencies=(one.agency,),
                    numbers={"blank": len(blank), "lines": len(lines)},
                )


def _find_jumps(line: str, statistics: Statistics) -> Iterator[Observation]:
    table, _, measure = load_definitions().lines[line]
    reported = 0
    for before, after in pairwise(statistics.years):
        one, two = statistics.values.get((line, before)), statistics.values.get((line, after))
        if one is None or two is None or one.value is None or two.value is None:
            continue
        if before == reported:
            continue  # a jump that goes back the year after is reported once
        agencies = tuple(agency for agency, _ in two.parts)
        if one.is_partial != two.is_partial or {agency for agency, _ in one.parts} != set(agencies):
            continue  # sums over different agencies cannot be compared
        if kind := _classify_jump(one.value, two.value, measure.unit):
            reported = after
            yield Observation(
                kind=kind,
                outcomes=table.outcomes,
                line=line,
                years=(before, after),
                agencies=agencies,
                numbers={"before": one.value, "after": two.value},
                refs=(*one.refs, *two.refs),
            )


def _classify_jump(before: Number, after: Number, unit: Unit) -> ObservationKind | None:
    limit, (low, high) = load_definitions().limit, sorted((before, after))
    if unit is Unit.AMOUNT:
        return ObservationKind.UNIT if low > 0 and high >= limit("unit_factor") * low else None
    if unit is not Unit.NUMBER or high < limit("jump_least"):
        return None
    return ObservationKind.JUMP if high > limit("jump_factor") * max(low, 1) else None
