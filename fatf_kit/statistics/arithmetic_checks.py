"""Sums that must come out, within one agency's own figures."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from fatf_kit.core.problems import CellRef
from fatf_kit.statistics.figures import AgencyFigure, Number, Statistics, StatisticsReturn
from fatf_kit.statistics.model import ArithmeticRule, Definitions, FigureMeasure, FigureTable, TotalKind, Unit
from fatf_kit.statistics.observations import Observation, ObservationKind


def check_arithmetic(statistics: Statistics, definitions: Definitions) -> Iterator[Observation]:
    """Every rule of every table, in each agency's figures, row by row and year by year.

    A rule is tested only where all its figures are known: a blank is never taken for zero.
    """
    for one in statistics.returns:
        own = _Own(one, definitions)
        for table in definitions.tables.values():
            yield from _table(own, table, statistics.years)


class _Own:
    """The figures of one agency by line and year."""

    def __init__(self, one: StatisticsReturn, definitions: Definitions) -> None:
        self.agency = one.agency
        self._figures = {(f.line, f.year): f for f in one.figures if f.value is not None}
        self.tables = {f.line.partition("/")[0] for f in one.figures}
        self._rounding = definitions.limit("amount_rounding")

    def number(self, line: str, year: int) -> Number | None:
        found = self._figures.get((line, year))
        return found.value if found else None

    def figure(self, line: str, year: int) -> AgencyFigure | None:
        return self._figures.get((line, year))

    def numbers(self, lines: list[str], year: int) -> list[Number] | None:
        """The numbers of all lines; None where one is unknown."""
        found = [v for line in lines if (v := self.number(line, year)) is not None]
        return found if len(found) == len(lines) else None

    def same(self, one: Number, other: Number, unit: Unit) -> bool:
        """Whether two figures are the same, amounts but for rounding."""
        if unit is Unit.AMOUNT:
            return abs(one - other) <= self._rounding * max(abs(one), abs(other))
        return abs(one - other) < 1e-9

    def refs(self, lines: list[str], year: int) -> tuple[CellRef, ...]:
        found = (self.figure(line, year) for line in lines)
        return tuple(figure.ref for figure in found if figure and figure.ref)


def _table(own: _Own, table: FigureTable, years: tuple[int, ...]) -> Iterator[Observation]:
    if table.id not in own.tables:
        return
    for row in table.rows:
        for check in table.checks:
            for year in years:
                yield from _check(own, table, row.id, check, year)
            if check.kind == "stock":
                yield from _continuity(own, table, row.id, check, years)
    if table.total is not None:
        for measure in table.measures:
            if measure.unit.additive:
                for year in years:
                    yield from _rows(own, table, measure, year)


def _check(own: _Own, table: FigureTable, row: str, check: ArithmeticRule, year: int) -> Iterator[Observation]:
    names = [*filter(None, (check.first,)), *check.plus, *check.minus]
    lines = [table.line(row, name) for name in names]
    last = own.number(table.line(row, check.last), year)
    parts = own.numbers(lines, year)
    if last is None or parts is None:
        return
    unit = table.measure(check.last).unit
    expected = sum(v if name not in check.minus else -v for name, v in zip(names, parts, strict=True))
    if check.kind == "at_most":
        fault = parts[0] > last and not own.same(parts[0], last, unit)
    else:
        fault = not own.same(expected, last, unit)
    if fault:
        kind = {"stock": ObservationKind.STOCK, "sum": ObservationKind.SUM, "at_most": ObservationKind.AT_MOST}[
            check.kind
        ]
        every = [*lines, table.line(row, check.last)]
        yield Observation(
            kind=kind,
            outcomes=table.outcomes,
            line=table.line(row, check.last),
            other=lines[0] if check.kind == "at_most" else "",
            years=(year,),
            agencies=(own.agency,),
            numbers={"expected": expected, "found": last},
            refs=own.refs(every, year),
        )


def _continuity(
    own: _Own, table: FigureTable, row: str, check: ArithmeticRule, years: tuple[int, ...]
) -> Iterator[Observation]:
    """What is open at the end of a year is open at the start of the next one."""
    first, last = table.line(row, check.first), table.line(row, check.last)
    for before, after in pairwise(years):
        closing, opening = own.number(last, before), own.number(first, after)
        if after != before + 1 or closing is None or opening is None:
            continue
        if not own.same(closing, opening, table.measure(check.last).unit):
            yield Observation(
                kind=ObservationKind.CONTINUITY,
                outcomes=table.outcomes,
                line=last,
                other=first,
                years=(before, after),
                agencies=(own.agency,),
                numbers={"closing": closing, "opening": opening},
                refs=(*own.refs([last], before), *own.refs([first], after)),
            )


def _rows(own: _Own, table: FigureTable, measure: FigureMeasure, year: int) -> Iterator[Observation]:
    """The row of totals against the rows above it."""
    total_line = table.line(str(table.total), measure.id)
    total = own.number(total_line, year)
    lines = [table.line(r.id, m.id) for r, m in table.lines() if m.id == measure.id and r.id != table.total]
    if total is None:
        return
    known = [(line, v) for line in lines if (v := own.number(line, year)) is not None]
    whole, complete = sum(v for _, v in known), len(known) == len(lines)
    above = next((line for line, v in known if v > total and not own.same(v, total, measure.unit)), None)
    kind = None
    if above:
        kind = ObservationKind.ROW_ABOVE_TOTAL
    elif not own.same(whole, total, measure.unit):
        if table.total_kind is TotalKind.EXACT and (complete or whole > total):
            kind = ObservationKind.ROWS
        elif table.total_kind is TotalKind.OVERLAPPING and complete and whole < total:
            kind = ObservationKind.UNPLACED
    if kind is not None:
        yield Observation(
            kind=kind,
            outcomes=table.outcomes,
            line=total_line,
            other=above or "",
            years=(year,),
            agencies=(own.agency,),
            numbers={"expected": own.number(above, year) or 0 if above else whole, "found": total},
            refs=own.refs([above, total_line] if above else [total_line], year),
        )
