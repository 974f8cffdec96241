"""From a filled workbook of figures to an AgencyReturn, with a Problem for everything that was left behind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path

from fatf_kit.core.languages import clean
from fatf_kit.core.problems import LINE_OF_TEMPLATE, CellRef, Problem, hint, make_problem, quote_found
from fatf_kit.spreadsheets.reader import FilledBook, read_book
from fatf_kit.spreadsheets.values import InterpretedCells, Record, is_name
from fatf_kit.statistics.cases_and_risks import read_case, read_risks
from fatf_kit.statistics.definitions import load_definitions
from fatf_kit.statistics.figures import AgencyFigure, Risk, StatisticsReturn
from fatf_kit.statistics.model import Unit, YearKind
from fatf_kit.statistics.numbers import read_figure
from fatf_kit.statistics.schema import CASES, FIGURES, RISKS, STATISTICS, find_line, list_lines, parse_year_key


def read_return(path: Path) -> tuple[StatisticsReturn | None, tuple[Problem, ...]]:
    """Everything an agency filled in, and every problem in the order of the sheets.

    None where the file must not or cannot be read, or is no workbook of figures.

    >>> read_return(Path("no-such-file.xlsx"))[1][0].code
    'file-missing'
    """
    book, problems = read_book(path, STATISTICS)
    if book is None:
        return None, problems
    found = _return_of(book)
    return found, tuple(book.problems)


def _return_of(book: FilledBook) -> StatisticsReturn:
    """What a workbook holds, with amounts in whole units; its problems get those of cells that cannot be used."""
    cover = book.cover()
    multiple = int(cover.choice("multiple") or 1)
    agency = cover.text("agency") or book.stamp.get("agency", "") or Path(book.file).stem
    read = _figures(book)
    cases = tuple(replace(read_case(one, book.problems), agency=agency) for one in book.records(CASES.name))
    risks = read_risks(book.records(RISKS.name), book.problems)
    book.problems += _cover_problems(cover, list(read.figures.values()), CellRef(file=book.file))
    roles = tuple(filter(None, book.stamp.get("roles", "").split(",")))
    known = load_definitions().roles
    asked = load_definitions().lines_for(tuple(role for role in roles if role in known))
    years = {int(text) for text in book.stamp.get("years", "").split(",") if text.isascii() and text.isdigit()}
    kind, starts = cover.choice("year_kind"), cover.choice("year_starts")
    return StatisticsReturn(
        file=book.file,
        sha256=book.sha256,
        agency=agency,
        roles=roles,
        country=cover.text("country") if is_name(cover.values.get("country", "")) else None,
        contact=cover.text("contact") or None,
        year_kind=YearKind(kind) if kind else None,
        year_starts=int(starts) if starts else None,
        currency=cover.choice("currency"),
        multiple=multiple,
        years=tuple(sorted(years | {year for _, year in read.figures})),
        asked=tuple(dict.fromkeys((*asked, *read.lines))),
        figures=tuple(_scaled(figure, multiple) for figure in read.figures.values()),
        notes=read.notes,
        cases=cases,
        risks=tuple(_scaled_risk(risk, multiple) for risk in risks),
        notice=book.stamp.get("notice", ""),
    )


@dataclass(slots=True, kw_only=True)
class _Figures:
    """Figures by line and year, notes by line, and every line that is in the workbook."""

    figures: dict[tuple[str, int], AgencyFigure] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)


def _figures(book: FilledBook) -> _Figures:
    """The figures of all sheets; of a line that is there twice the first one is used."""
    read = _Figures()
    records = book.records(FIGURES.name)
    book.problems += _without_years(records)
    for record in records:
        if (line := find_line(record.id)) is None:
            book.problems.append(_unknown_line(record))
            continue
        read.lines.append(line)
        if record.has("note"):
            read.notes.setdefault(line, record.lines("note"))
        book.problems += _read_line(record, line, read.figures)
    return read


def _read_line(record: Record, line: str, figures: dict[tuple[str, int], AgencyFigure]) -> Iterator[Problem]:
    """Add the figures of a row."""
    unit = load_definitions().find(line)[2].unit
    for key, value in record.values.items():
        if (year := parse_year_key(key)) is None:
            continue
        ref, reading = record.ref(key), read_figure(value, unit)
        if reading.fault:
            yield make_problem("number-unknown", ref, line, **quote_found(value), column=year)
            continue
        if unit is Unit.NUMBER and isinstance(reading.value, float) and not reading.value.is_integer():
            yield make_problem("figure-not-whole", ref, line, **quote_found(value))
        figure = AgencyFigure(line=line, year=year, value=reading.value, none=reading.none, ref=ref)
        first = figures.setdefault((line, year), figure)
        if (first.value, first.none) != (figure.value, figure.none):
            yield make_problem("figure-twice", ref, line, place=first.ref)


def _unknown_line(record: Record) -> Problem:
    near = get_close_matches(clean(record.id).casefold(), list_lines(), n=1, cutoff=0.8)
    found = {"found": record.id[:60]} if near else quote_found(record.id)
    facts = {**found, **hint(near[0] if near else None, LINE_OF_TEMPLATE)}
    return make_problem("figure-line-unknown", record.row.ref.place, **facts)


def _without_years(records: Sequence[Record]) -> Iterator[Problem]:
    """A Problem for each sheet of figures of which no column is headed by a year."""
    sheets = {one.row.ref.table.sheet: one.row.ref.table for one in records}
    for table in sheets.values():
        if not any(map(parse_year_key, table.columns)):
            yield make_problem("figure-years", CellRef(file=table.file, sheet=table.sheet))


def _cover_problems(cover: InterpretedCells, figures: Sequence[AgencyFigure], here: CellRef) -> Iterator[Problem]:
    """What the cover does not say, though the figures need it."""
    if any(_is_amount(figure.line) and figure.value for figure in figures) and not cover.has("currency"):
        yield make_problem("statistics-currency-unsaid", here)
    if figures and not cover.has("year_kind"):
        yield make_problem("statistics-years-unsaid", here)
    if cover.has("country") and not is_name(cover.values["country"]):
        yield make_problem("cover-country-name", cover.ref("country"), **quote_found(cover.values["country"]))


def _is_amount(line: str) -> bool:
    return load_definitions().find(line)[2].unit is Unit.AMOUNT


def _scaled(figure: AgencyFigure, multiple: int) -> AgencyFigure:
    if multiple == 1 or figure.value is None or not _is_amount(figure.line):
        return figure
    return replace(figure, value=_times(figure.value, multiple))


def _scaled_risk(risk: Risk, multiple: int) -> Risk:
    if risk.proceeds is None or multiple == 1:
        return risk
    return replace(risk, proceeds=_times(risk.proceeds, multiple))


def _times(value: float, multiple: int) -> float:
    """A product without the dust of binary fractions: 1.1 million is 1100000, not 1100000.0000000002."""
    scaled = round(value * multiple, 2)
    return int(scaled) if isinstance(scaled, int) or scaled.is_integer() else scaled
