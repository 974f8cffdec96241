"""Arithmetic on any figures: what comes out raises nothing, what is off by one is found, and sums are sums."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from fatf_kit.spreadsheets.numbers import ReadNumber
from fatf_kit.statistics.arithmetic_checks import check_arithmetic
from fatf_kit.statistics.definitions import load_definitions
from fatf_kit.statistics.model import ArithmeticRule, FigureTable, TotalKind, Unit
from fatf_kit.statistics.observations import Observation, ObservationKind
from fatf_kit.statistics.reader import read_figure
from tests.unit.statistics.made import YEARS, agency, merged

DEFINITIONS = load_definitions()
COUNTS = st.integers(min_value=0, max_value=100_000)
STOCKS = [(t, c) for t in DEFINITIONS.tables.values() for c in t.checks if c.kind == "stock"]
SUMS = [(t, c) for t in DEFINITIONS.tables.values() for c in t.checks if c.kind == "sum"]
EXACT = [t for t in DEFINITIONS.tables.values() if t.total_kind is TotalKind.EXACT]


def observed(figures: dict[str, list[int]]) -> list[Observation]:
    """Return the observations of the arithmetic checks on one agency's figures."""
    return list(check_arithmetic(merged(agency("a", figures))))


@st.composite
def stocks(draw: st.DrawFn) -> tuple[FigureTable, ArithmeticRule, dict[str, list[int]]]:
    """A row of a table whose stock comes out in every year."""
    table, check = draw(st.sampled_from(STOCKS))
    row = table.rows[0].id
    figures: dict[str, list[int]] = {}
    held = draw(COUNTS)
    for _ in YEARS:
        opening, *received = check.parts
        figures.setdefault(table.line(row, opening), []).append(held)
        for name in received:
            figures.setdefault(table.line(row, name), []).append(more := draw(COUNTS))
            held += more
        for name in check.less:
            figures.setdefault(table.line(row, name), []).append(less := draw(st.integers(0, held)))
            held -= less
        figures.setdefault(table.line(row, check.result), []).append(held)
    return table, check, figures


@given(stocks(), st.integers(0, len(YEARS) - 1))
@settings(max_examples=150, deadline=None)
def test_stocks(made: tuple[FigureTable, ArithmeticRule, dict[str, list[int]]], year: int) -> None:
    """A stock that comes out raises nothing of its kind; one more at the end of a year is found in that year."""
    table, check, figures = made
    wanted = {ObservationKind.STOCK, ObservationKind.CONTINUITY}
    assert not [one for one in observed(figures) if one.kind in wanted]
    line = table.line(table.rows[0].id, check.result)
    amount = table.measure(check.result).unit is Unit.AMOUNT
    more = figures[line][year] * 2 + 10 if amount else figures[line][year] + 1
    wrong = figures | {line: [more if n == year else v for n, v in enumerate(figures[line])]}
    assert (YEARS[year],) in [one.years for one in observed(wrong) if one.kind is ObservationKind.STOCK]


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_sums(data: st.DataObject) -> None:
    """Parts that make the whole raise nothing; a whole that is off by one is wrong."""
    table, check = data.draw(st.sampled_from(SUMS))
    row = table.rows[0].id
    parts = {table.line(row, name): data.draw(st.lists(COUNTS, min_size=3, max_size=3)) for name in check.parts}
    whole = [sum(values) for values in zip(*parts.values(), strict=True)]
    assert not [
        one for one in observed(parts | {table.line(row, check.result): whole}) if one.kind is ObservationKind.SUM
    ]
    off = [whole[0] + 1, *whole[1:]]
    found = [one for one in observed(parts | {table.line(row, check.result): off}) if one.kind is ObservationKind.SUM]
    assert [one.years for one in found] == [(YEARS[0],)]


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_rows_and_their_total(data: st.DataObject) -> None:
    """The same for a row of totals; the sum over rows is the total, with it or without it."""
    table = data.draw(st.sampled_from(EXACT))
    measure = next(one for one in table.measures if one.unit is Unit.NUMBER) if any(
        one.unit is Unit.NUMBER for one in table.measures
    ) else table.measures[0]  # fmt: skip
    rows = {
        table.line(row.id, measure.id): data.draw(st.lists(COUNTS, min_size=3, max_size=3))
        for row in table.rows
        if row.id != table.total
    }
    total = [sum(values) for values in zip(*rows.values(), strict=True)]
    line = table.line(str(table.total), measure.id)
    assert ObservationKind.ROWS not in [one.kind for one in observed(rows | {line: total})]
    without = merged(agency("a", rows))
    assert total == [without.sum_in_year([line], year) for year in YEARS]
    assert sum(total) == without.sum_over_years(line)
    if measure.unit is Unit.NUMBER:
        off = [total[0] + 1, *total[1:]]
        assert ObservationKind.ROWS in [one.kind for one in observed(rows | {line: off})]


@given(st.lists(st.tuples(COUNTS, COUNTS, COUNTS), min_size=1, max_size=5))
@settings(max_examples=60, deadline=None)
def test_agencies_add_up_in_any_order(numbers: list[tuple[int, int, int]]) -> None:
    """The sum over agencies is the same whichever agency comes first."""
    line = "ml-cases/fraud/investigations"
    returns = [agency(f"a{n}", {line: list(row)}) for n, row in enumerate(numbers)]
    one, other = merged(*returns), merged(*reversed(returns))
    expected = [sum(row[n] for row in numbers) for n in range(3)]
    assert expected == [one.value(line, year) for year in YEARS] == [other.value(line, year) for year in YEARS]


@given(COUNTS, st.sampled_from(["{}", " {} ", "\u200f{}", "{:,}", "{:_}"]), st.booleans())
@settings(max_examples=150, deadline=None)
def test_numbers_come_back_however_they_are_written(number: int, form: str, arabic: bool) -> None:
    """With separators of thousands, invisible marks and Arabic digits."""
    text = form.format(number).replace("_", "\u202f")
    if arabic:
        text = text.translate({ord("0") + n: 0x0660 + n for n in range(10)} | {ord(","): "٬"})
    assert ReadNumber(value=number) == read_figure(text, Unit.NUMBER)


@given(st.text(max_size=30))
@settings(max_examples=200, deadline=None)
def test_any_text_is_a_figure_or_a_fault(text: str) -> None:
    """Never an exception, and never both a figure and a fault."""
    reading = read_figure(text, Unit.AMOUNT)
    if isinstance(reading, ReadNumber):
        assert (reading.value is None) != (reading.fault is None)
        assert reading.value is None or reading.value >= 0
