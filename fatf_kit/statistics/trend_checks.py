"""Figures through the years: jumps, amounts that look like another unit, years left blank, calendars that differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from fatf_kit.statistics.figures import Number, Statistics, StatisticsReturn
from fatf_kit.statistics.model import Definitions, Unit
from fatf_kit.statistics.observations import Observation, ObservationKind


def check_trends(statistics: Statistics, definitions: Definitions) -> Iterator[Observation]:
    """Everything that strikes about the course of the figures."""
    yield from _calendars(statistics)
    for one in statistics.returns:
        yield from _gaps(one, statistics, definitions)
    for line in definitions.lines():
        yield from _jumps(line, statistics, definitions)


def _calendars(statistics: Statistics) -> Iterator[Observation]:
    kinds = Counter(one.calendar for one in statistics.returns if one.figures)
    if len(kinds) > 1:
        usual = kinds.most_common(1)[0][0]
        others = tuple(one.agency for one in statistics.returns if one.figures and one.calendar != usual)
        yield Observation(kind=ObservationKind.CALENDARS, agencies=others)


def _gaps(one: StatisticsReturn, statistics: Statistics, definitions: Definitions) -> Iterator[Observation]:
    """Years left blank in lines that have figures in other years, table by table."""
    given = {(figure.line, figure.year) for figure in one.figures}
    begun = {line for line, _ in given}
    years = one.years or statistics.years
    for table in definitions.tables.values():
        lines = [line for line in dict.fromkeys(one.asked) if line in begun and line.partition("/")[0] == table.id]
        for year in years:
            blank = [line for line in lines if (line, year) not in given]
            if blank:
                yield Observation(
                    kind=ObservationKind.GAP,
                    outcomes=table.outcomes,
                    line=blank[0],
                    years=(year,),
                    agencies=(one.agency,),
                    numbers={"blank": len(blank), "lines": len(lines)},
                )


def _jumps(line: str, statistics: Statistics, definitions: Definitions) -> Iterator[Observation]:
    table, _, measure = definitions.find(line)
    told = 0
    for before, after in pairwise(statistics.years):
        if before == told:
            continue  # the way back of a leap that is told already
        one, two = statistics.values.get((line, before)), statistics.values.get((line, after))
        if one is None or two is None or one.value is None or two.value is None or one.partial != two.partial:
            continue
        if {agency for agency, _ in one.parts} != {agency for agency, _ in two.parts}:
            continue  # a sum over other agencies is no course
        kind = _kind(one.value, two.value, measure.unit, definitions)
        if kind is not None:
            told = after
            yield Observation(
                kind=kind,
                outcomes=table.outcomes,
                line=line,
                years=(before, after),
                agencies=tuple(agency for agency, _ in two.parts),
                numbers={"before": one.value, "after": two.value},
                refs=(*one.refs, *two.refs),
            )


def _kind(before: Number, after: Number, unit: Unit, definitions: Definitions) -> ObservationKind | None:
    low, high = sorted((before, after))
    if unit is Unit.AMOUNT:
        return ObservationKind.UNIT if low > 0 and high >= definitions.limit("unit_factor") * low else None
    if unit is not Unit.NUMBER or high < definitions.limit("jump_least"):
        return None
    return ObservationKind.JUMP if high > definitions.limit("jump_factor") * max(low, 1) else None
