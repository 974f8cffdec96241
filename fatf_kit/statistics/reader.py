"""Filled workbooks of figures become an agency's return, with a Problem for everything that could not be used."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

from fatf_kit.assessment.answers.folder_files import list_workbooks
from fatf_kit.assessment.answers.model import Confidentiality
from fatf_kit.core.languages import clean
from fatf_kit.core.problems import LINE_OF_TEMPLATE, CellRef, Problem, hint, make_problem, quote_found
from fatf_kit.spreadsheets.numbers import ReadNumber, read_number
from fatf_kit.spreadsheets.reader import FilledBook, read_book
from fatf_kit.spreadsheets.sheet import CellValue
from fatf_kit.spreadsheets.values import InterpretedCells, Record, is_name
from fatf_kit.statistics.definitions import load_definitions
from fatf_kit.statistics.figures import (
    AgencyFigure,
    CaseEntry,
    NoFigureReason,
    Number,
    Risk,
    Statistics,
    StatisticsReturn,
)
from fatf_kit.statistics.merge import merge_returns
from fatf_kit.statistics.model import RiskLevel, Unit, YearKind
from fatf_kit.statistics.persons import has_person_name
from fatf_kit.statistics.schema import (
    CASES,
    FIGURES,
    NO_FIGURES,
    RISKS,
    STATISTICS,
    find_line,
    is_risk_id,
    parse_year_key,
)
from fatf_kit.statistics.years import read_one_year


def read_statistics(paths: Sequence[Path]) -> tuple[Statistics, tuple[Problem, ...]]:
    """Return a country's figures and every problem, in the order of files and cells. One bad file never stops others.

    Folders are searched for workbooks, their subfolders are not.
    """
    problems: list[Problem] = []
    returns = []
    for path in list_workbooks(paths, problems):
        one, found = read_return(path)
        problems += found
        if one is not None:
            returns.append(one)
    statistics, found = merge_returns(returns)
    return statistics, (*problems, *found)


def read_return(path: Path) -> tuple[StatisticsReturn | None, tuple[Problem, ...]]:
    """Return everything an agency filled in, and every problem in the order of the sheets.

    None where the file must not or cannot be read, or is not a workbook of figures.

    >>> read_return(Path("no-such-file.xlsx"))[1][0].code
    'file-missing'
    """
    book, problems = read_book(path, STATISTICS)
    if book is None:
        return None, problems
    found = _convert_book(book)
    return found, tuple(book.problems)


def read_figure(value: CellValue, unit: Unit) -> ReadNumber | NoFigureReason:
    """Return the figure in a cell, why the cell cannot be used, or why there is no figure.

    Where thousands and decimals cannot be distinguished, nothing is guessed.

    >>> read_figure("1 234,5", Unit.AMOUNT).value, read_figure("1.234", Unit.AMOUNT).fault
    (1234.5, <NumberFault.UNCLEAR: 'unclear'>)
    >>> read_figure("n/a", Unit.NUMBER)
    <NoFigureReason.NOT_AVAILABLE: 'not available'>
    """
    if isinstance(value, str) and (code := NO_FIGURES.code_of(value)):
        return NoFigureReason(code)
    return read_number(value, whole=unit is Unit.NUMBER)


def _convert_book(book: FilledBook) -> StatisticsReturn:
    """Return what a workbook holds, with amounts in whole units; add the problems of cells that cannot be used."""
    cover, definitions = book.cover(), load_definitions()
    multiple = int(cover.choice("multiple") or 1)
    agency = cover.text("agency") or book.stamp.get("agency", "") or Path(book.file).stem
    figures: dict[tuple[str, int], AgencyFigure] = {}
    notes: dict[str, str] = {}
    lines: list[str] = []
    records = book.records(FIGURES.name)
    book.problems += _find_sheets_without_years(records)
    for record in records:
        if (line := find_line(record.id)) is None:
            book.problems.append(_report_unknown_line(record))
            continue
        lines.append(line)
        if record.has("note"):
            notes.setdefault(line, record.lines("note"))
        book.problems += _read_line(record, line, multiple, figures)
    cases = [_read_case(one, book.problems) for one in book.records(CASES.name)]
    risks = _read_risks(book.records(RISKS.name), book.problems)
    book.problems += _check_cover(cover, list(figures.values()), CellRef(file=book.file))
    roles = tuple(filter(None, book.stamp.get("roles", "").split(",")))
    requested = definitions.lines_for(tuple(role for role in roles if role in definitions.roles))
    typed = book.stamp.get("years", "").split(",")
    years = {int(text) for text in typed if text.isascii() and text.isdigit()}
    kind, starts = cover.choice("year_kind"), cover.choice("year_starts")
    return StatisticsReturn(
        file=book.file,
        sha256=book.sha256,
        agency=agency,
        country=cover.text("country") if is_name(cover.values.get("country", "")) else None,
        contact=cover.text("contact") or None,
        year_kind=YearKind(kind) if kind else None,
        year_starts=int(starts) if starts else None,
        currency=cover.choice("currency"),
        years=tuple(sorted(years | {year for _, year in figures})),
        requested=tuple(dict.fromkeys((*requested, *lines))),
        figures=tuple(figures.values()),
        notes=notes,
        cases=tuple(replace(case, agency=agency) for case in cases),
        risks=tuple(replace(risk, proceeds=_multiply(risk.proceeds, multiple)) for risk in risks),
        notice=book.stamp.get("notice", ""),
    )


def _read_line(
    record: Record, line: str, multiple: int, figures: dict[tuple[str, int], AgencyFigure]
) -> Iterator[Problem]:
    """Add the figures of a row; of a line that is there twice the first one is used."""
    unit = load_definitions().lines[line][2].unit
    for key, typed in record.values.items():
        if (year := parse_year_key(key)) is None:
            continue
        ref, read = record.ref(key), read_figure(typed, unit)
        none, value = (read, None) if isinstance(read, NoFigureReason) else (None, read.value)
        if isinstance(read, ReadNumber) and read.fault:
            yield make_problem("number-unknown", ref, line, **quote_found(typed), column=year)
            continue
        if unit is Unit.NUMBER and isinstance(value, float) and not value.is_integer():
            yield make_problem("figure-not-whole", ref, line, **quote_found(typed))
        if unit is Unit.AMOUNT:
            value = _multiply(value, multiple)
        figure = AgencyFigure(line=line, year=year, value=value, none=none, ref=ref)
        first = figures.setdefault((line, year), figure)
        if (first.value, first.none) != (figure.value, figure.none):
            yield make_problem("figure-twice", ref, line, place=first.ref)


def _report_unknown_line(record: Record) -> Problem:
    near = get_close_matches(clean(record.id).casefold(), load_definitions().lines, n=1, cutoff=0.8)
    found = {"found": record.id[:60]} if near else quote_found(record.id)
    facts = {**found, **hint(near[0] if near else None, LINE_OF_TEMPLATE)}
    return make_problem("figure-line-unknown", record.row.ref.place, **facts)


def _find_sheets_without_years(records: Sequence[Record]) -> Iterator[Problem]:
    """Yield a Problem for each sheet of figures of which no column is headed by a year."""
    sheets = {one.row.ref.table.sheet: one.row.ref.table for one in records}
    for table in sheets.values():
        if not any(map(parse_year_key, table.columns)):
            yield make_problem("figure-years", CellRef(file=table.file, sheet=table.sheet))


def _check_cover(cover: InterpretedCells, figures: Sequence[AgencyFigure], here: CellRef) -> Iterator[Problem]:
    """Yield a Problem for what the cover does not say, though the figures need it."""
    lines = load_definitions().lines
    amounts = (one for one in figures if one.value and lines[one.line][2].unit is Unit.AMOUNT)
    if any(amounts) and not cover.has("currency"):
        yield make_problem("statistics-currency-unsaid", here)
    if figures and not cover.has("year_kind"):
        yield make_problem("statistics-years-unsaid", here)
    if cover.has("country") and not is_name(country := cover.values["country"]):
        yield make_problem("cover-country-name", cover.ref("country"), **quote_found(country))


def _multiply(value: Number | None, multiple: int) -> Number | None:
    """Return the product without the error of binary fractions: 1.1 million is 1100000, not 1100000.0000000002."""
    if value is None or multiple == 1:
        return value
    scaled = round(value * multiple, 2)
    return int(scaled) if float(scaled).is_integer() else scaled


def _read_case(record: Record, problems: list[Problem]) -> CaseEntry:
    """Return the case of a row; problems quote nothing of one that is restricted or of unknown confidentiality."""
    place = record.row.ref.place
    outcome, given = record.choice("outcome") or "", record.values.get("year")
    year = read_one_year(given) if given is not None else None
    if year is None and given is not None:
        problems.append(_report(record, "case-year-unknown", "year", given))
    done, result, shows = map(record.lines, ("done", "result", "shows"))
    if not (done and result and shows):
        problems.append(make_problem("case-thin", place))
    is_withheld = any(map(has_person_name, (done, result, shows)))
    if is_withheld:
        problems.append(make_problem("case-person", place))
    is_unknown = record.has("confidentiality")
    level = Confidentiality.RESTRICTED if is_unknown else Confidentiality.GOVERNMENT
    return CaseEntry(
        id=record.id or place.cell or "",
        outcome=outcome,
        predicate=record.choice("predicate"),
        year=year,
        done=done,
        result=result,
        shows=shows,
        core_issues=tuple(dict.fromkeys(_read_core_issues(record, outcome, problems))),
        confidentiality=Confidentiality(record.choice("confidentiality") or level),
        is_withheld=is_withheld,
        ref=place,
    )


def _read_risks(records: Sequence[Record], problems: list[Problem]) -> tuple[Risk, ...]:
    """Return every threat and sector that is rated, or for which proceeds are given."""
    risks: dict[str, Risk] = {}
    for record in records:
        if not is_risk_id(record.id):
            facts = {**quote_found(record.id), **hint(None, LINE_OF_TEMPLATE)}
            problems.append(make_problem("figure-line-unknown", record.row.ref.place, **facts))
            continue
        level = record.choice("level")
        risk = Risk(
            id=record.id,
            level=RiskLevel(level) if level else None,
            proceeds=record.number("proceeds"),
            why=record.lines("why"),
            ref=record.row.ref.place,
        )
        if (first := risks.setdefault(risk.id, risk)) is not risk:
            problems.append(make_problem("risks-twice", risk.ref, place=first.ref))
    return tuple(risks.values())


def _read_core_issues(record: Record, outcome: str, problems: list[Problem]) -> Iterator[str]:
    """Yield the core issues of an outcome that a case names; every core issue is known by what shows it."""
    known = {issue for issues in load_definitions().shown_by.values() for issue in issues}
    for piece in (piece for item in record.items("core_issues") for piece in item.split()):
        name = f"{outcome}/{clean(piece).rpartition('/')[2]}"
        if name in known:
            yield name
        else:
            problems.append(_report(record, "case-core-issue-unknown", "core_issues", piece))


def _report(record: Record, code: str, key: str, value: object) -> Problem:
    return make_problem(code, record.ref(key), **quote_found(value, restricted=record.restricted))
