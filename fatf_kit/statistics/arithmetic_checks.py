"""Sums that must come out within one agency's own figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from fatf_kit.statistics.definitions import load_definitions
from fatf_kit.statistics.figures import AgencyFigure, Number, Statistics
from fatf_kit.statistics.model import ArithmeticRule, FigureMeasure, FigureTable, TotalKind, Unit
from fatf_kit.statistics.observations import Observation, ObservationKind

_KINDS = {
    "stock": ObservationKind.STOCK,
    "sum": ObservationKind.SUM,
    "at_most": ObservationKind.AT_MOST,
}
_Place = tuple[str, int]
"""A line and a year."""


def check_arithmetic(statistics: Statistics) -> Iterator[Observation]:
    """Yield what every rule of every table finds in each agency's figures, row by row and year by year.

    A rule is tested only where all its figures are known: a blank never counts as zero.
    """
    for one in statistics.returns:
        known = (figure for figure in one.figures if figure.value is not None)
        figures = {(figure.line, figure.year): figure for figure in known}
        given = {figure.line.partition("/")[0] for figure in one.figures}
        for table in load_definitions().tables.values():
            if table.id in given:
                yield from _FilledTable(one.agency, table, figures).check(statistics.years)


@dataclass(frozen=True, slots=True)
class _FilledTable:
    """One table as one agency filled it in."""

    agency: str
    table: FigureTable
    figures: Mapping[_Place, AgencyFigure]

    def check(self, years: tuple[int, ...]) -> Iterator[Observation]:
        for row in self.table.rows:
            for rule in self.table.checks:
                for year in years:
                    yield from self._check_rule(row.id, rule, year)
                if rule.kind == "stock":
                    yield from self._check_continuity(row.id, rule, years)
        for measure in self.table.measures if self.table.total else ():
            for year in years if measure.unit.is_additive else ():
                yield from self._check_total(measure, year)

    def _check_rule(self, row: str, rule: ArithmeticRule, year: int) -> Iterator[Observation]:
        result = self.table.line(row, rule.result)
        parts = [self.table.line(row, name) for name in rule.parts]
        less = [self.table.line(row, name) for name in rule.less]
        values = [self._number(line, year) for line in (*parts, *less)]
        known, found = [value for value in values if value is not None], self._number(result, year)
        if found is None or len(known) < len(values):
            return
        expected = sum(known[: len(parts)]) - sum(known[len(parts) :])
        is_at_most = rule.kind == "at_most"
        if self._differ(expected, found, rule.result) and not (is_at_most and expected < found):
            places = [(line, year) for line in (*parts, *less, result)]
            numbers = {"expected": expected, "found": found}
            other = parts[0] if is_at_most else ""
            yield self._observe(_KINDS[rule.kind], result, places, other, **numbers)

    def _check_continuity(self, row: str, rule: ArithmeticRule, years: tuple[int, ...]) -> Iterator[Observation]:
        """Test that what is open at the end of a year is open at the start of the next one."""
        first, last = self.table.line(row, rule.parts[0]), self.table.line(row, rule.result)
        for before, after in pairwise(years):
            closing, opening = self._number(last, before), self._number(first, after)
            if after > before + 1 or closing is None or opening is None:
                continue
            if self._differ(closing, opening, rule.result):
                numbers = {"closing": closing, "opening": opening}
                places = [(last, before), (first, after)]
                yield self._observe(ObservationKind.CONTINUITY, last, places, first, **numbers)

    def _check_total(self, measure: FigureMeasure, year: int) -> Iterator[Observation]:
        """Test the row of totals against the rows above it."""
        table, total_line = self.table, self.table.line(str(self.table.total), measure.id)
        if (total := self._number(total_line, year)) is None:
            return
        lines = load_definitions().expand([table.line("*", measure.id)])
        known = {line: v for line in lines if (v := self._number(line, year)) is not None}
        for line, value in known.items():
            if value > total and self._differ(value, total, measure.id):
                kind, places = ObservationKind.ROW_ABOVE_TOTAL, [(line, year), (total_line, year)]
                yield self._observe(kind, total_line, places, line, expected=value, found=total)
                return
        whole, is_complete = sum(known.values()), len(known) == len(lines)
        if not self._differ(whole, total, measure.id):
            return
        places, is_exact = [(total_line, year)], table.total_kind is TotalKind.EXACT
        kind = ObservationKind.ROWS if is_exact else ObservationKind.UNPLACED
        if (is_complete or whole > total) if is_exact else (is_complete and whole < total):
            yield self._observe(kind, total_line, places, expected=whole, found=total)

    def _number(self, line: str, year: int) -> Number | None:
        found = self.figures.get((line, year))
        return found.value if found else None

    def _differ(self, one: Number, other: Number, measure: str) -> bool:
        """Return whether two figures differ, amounts by more than rounding."""
        if self.table.measure(measure).unit is Unit.AMOUNT:
            share = load_definitions().limit("amount_rounding")
            return abs(one - other) > share * max(abs(one), abs(other))
        return abs(one - other) >= 1e-9

    def _observe(
        self, kind: ObservationKind, line: str, places: Iterable[_Place], other: str = "", **numbers: Number
    ) -> Observation:
        figures = [figure for place in places if (figure := self.figures.get(place))]
        return Observation(
            kind=kind,
            outcomes=self.table.outcomes,
            line=line,
            other=other,
            years=tuple(dict.fromkeys(figure.year for figure in figures)),
            agencies=(self.agency,),
            numbers=numbers,
            refs=tuple(figure.ref for figure in figures if figure.ref),
        )
