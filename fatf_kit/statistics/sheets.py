"""Reading a sheet of figures, wherever its columns and rows were moved: lines by their ids, years by their headings.

Where an id is gone, the words of its row say which line it was, in any language. Nothing is lost without a Problem.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from itertools import groupby

from fatf_kit.locale import LANGUAGES, clean, normalise
from fatf_kit.problems import LINE_OF_TEMPLATE, Problem, hint, make_problem, quoted
from fatf_kit.spreadsheets.marks import HEADING_BREAKS
from fatf_kit.spreadsheets.sheet import Sheet, flaw
from fatf_kit.spreadsheets.words import word_in_all
from fatf_kit.statistics.definitions import load_definitions
from fatf_kit.statistics.figures import Figure
from fatf_kit.statistics.model import Unit
from fatf_kit.statistics.numbers import read_figure
from fatf_kit.statistics.plan import FIGURE_KEYS
from fatf_kit.statistics.years import read_year

_LINE = re.compile(r"[a-z0-9-]+/[a-z0-9-]+/[a-z0-9-]+")
_YEAR_KEY = re.compile(r"y\d{4}")
_LONGEST = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresRead:
    """What one sheet held."""

    figures: tuple[Figure, ...]
    notes: Mapping[str, str]
    lines: tuple[str, ...]
    head_rows: frozenset[int]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Head:
    """The rows that are headings, the column of each year, and that of the notes."""

    rows: frozenset[int]
    years: Mapping[int, int]
    note: int | None
    problems: tuple[Problem, ...]


def holds_figures(sheet: Sheet) -> bool:
    """Whether any line of the tables stands on the sheet, by its id or by the words of the table's own heading."""
    ids = any(isinstance(v, str) and _known_line(v) for row in sheet.grid for v in row)
    return ids or (_table_of(sheet, {}) is not None and bool(_head(sheet, {}).years))


def read_figures(sheet: Sheet) -> FiguresRead:
    """Every figure of a sheet with its address, and everything that could not be taken along."""
    lines = {row: line for row in range(len(sheet.grid)) if (line := _line_in(sheet, row))}
    head = _head(sheet, lines)
    table = _table_of(sheet, lines)
    figures: dict[tuple[str, int], Figure] = {}
    notes: dict[str, str] = {}
    problems: list[Problem] = list(head.problems)
    found: list[str] = []
    strays: dict[int, list[int]] = {}
    for row in range(len(sheet.grid)):
        if row in head.rows:
            continue
        filled = [column for column in head.years.values() if sheet.is_filled(row, column)]
        line = lines.get(row) or (_line_by_words(sheet, row, table) if filled else None)
        if line is None and filled:
            problems.append(_without_line(sheet, row, filled))
        elif line is not None:
            found.append(line)
            problems += _read_line(sheet, row, line, head, figures)
            if head.note is not None and (note := sheet.value(row, head.note)) is not None:
                notes.setdefault(line, str(note).strip())
        read = {*head.years.values(), *((head.note,) if line is not None else ())}
        for column in _strays(sheet, row, read):
            strays.setdefault(column, []).append(row)
    if found and not head.years:
        problems.append(make_problem("figure-years", sheet.ref(0, 0)))
    problems += _runs(sheet, strays)
    return FiguresRead(
        figures=tuple(figures.values()),
        notes=notes,
        lines=tuple(found),
        head_rows=head.rows,
        problems=tuple(problems),
    )


def _read_line(
    sheet: Sheet, row: int, line: str, head: _Head, figures: dict[tuple[str, int], Figure]
) -> Iterator[Problem]:
    unit = load_definitions().find(line)[2].unit
    for year, column in head.years.items():
        ref = sheet.ref(row, column)
        if (row, column) in sheet.flaws:
            yield flaw(sheet.flaws[row, column], ref, line)
            continue
        value = sheet.value(row, column)
        if value is None:
            continue
        reading = read_figure(value, unit)
        if reading.fault:
            yield make_problem(reading.fault, ref, line, **quoted(value))
            continue
        if unit is Unit.NUMBER and isinstance(reading.value, float) and not reading.value.is_integer():
            yield make_problem("figure-not-whole", ref, line, **quoted(value))
        figure = Figure(line=line, year=year, value=reading.value, none=reading.none, ref=ref)
        first = figures.setdefault((line, year), figure)
        if (first.value, first.none) != (figure.value, figure.none):
            yield make_problem("figure-twice", ref, line, place=first.ref)


def _known_line(value: str) -> str | None:
    text = clean(value).casefold() if len(value) < _LONGEST else ""
    return text if text in _all_lines() else None


def _line_in(sheet: Sheet, row: int) -> str | None:
    """The line whose id stands anywhere in a row."""
    return next((line for v in sheet.grid[row] if isinstance(v, str) and (line := _known_line(v))), None)


def _head(sheet: Sheet, lines: Mapping[int, str]) -> _Head:
    """The row of keys and the row of headings; a year is taken from the keys where they are there."""
    rows, problems = set(), []
    years: dict[int, int] = {}
    best: tuple[int, int] | None = None
    for row, cells in enumerate(sheet.grid):
        if row in lines:
            continue
        texts = [clean(v) if isinstance(v, str) and len(v) < _LONGEST * 20 else "" for v in cells]
        keys = sum(bool(_YEAR_KEY.fullmatch(text)) or text in FIGURE_KEYS for text in texts)
        spoken = sum(read_year(v) is not None for v in cells)
        words = sum(bool(_heading_of(v)) for v in cells)
        above = bool(lines) and row < min(lines)  # elsewhere two counts may happen to look like years
        if keys >= 2 or (spoken and words >= 2) or (spoken >= 2 and above):
            rows.add(row)
            score = (keys, spoken)
            if spoken and (best is None or score > best):
                best, chosen = score, row
    if best is not None:
        for column, value in enumerate(sheet.grid[chosen]):
            year = read_year(value)
            if year is None or _heading_of(value):
                continue
            if year in years:
                problems.append(make_problem("figure-year-twice", sheet.ref(chosen, column), year=year))
            else:
                years[year] = column
    note = next(
        (c for row in rows for c, v in enumerate(sheet.grid[row]) if _heading_of(v) == "note" or v == "note"), None
    )
    return _Head(rows=frozenset(rows), years=years, note=note, problems=tuple(problems))


def _heading_of(value: object) -> str | None:
    """The column that a heading names, in any language; the table's own title may stand above it in the same cell."""
    if not isinstance(value, str) or len(value) > 20 * _LONGEST:
        return None
    return next((key for piece in HEADING_BREAKS.split(value) if (key := _headings().get(normalise(piece)))), None)


def _table_of(sheet: Sheet, lines: Mapping[int, str]) -> str | None:
    """The table a sheet holds: by its lines, else by the name of its tab, else by a title on it."""
    if lines:
        return Counter(line.partition("/")[0] for line in lines.values()).most_common(1)[0][0]
    if clean(sheet.title) in load_definitions().tables:
        return clean(sheet.title)
    for row in sheet.grid:
        for value in row:
            if isinstance(value, str):
                for piece in value.split("\n"):
                    if found := _titles().get(normalise(piece)):
                        return found
    return None


def _line_by_words(sheet: Sheet, row: int, table: str | None) -> str | None:
    """The line whose row and measure are named on a row that has lost its id; a wrong id is not overruled."""
    if table is None or _wrong_id(sheet, row):
        return None
    texts = [normalise(v) for v in sheet.grid[row] if isinstance(v, str) and v.strip() and len(v) < _LONGEST]
    labels = _labels()
    return next((line for a in texts for b in texts if (line := labels.get((table, a, b)))), None)


def _without_line(sheet: Sheet, row: int, filled: list[int]) -> Problem:
    place = sheet.ref(row, min(filled), last_column=max(filled))
    if text := _wrong_id(sheet, row):
        near = get_close_matches(text, _all_lines(), n=1, cutoff=0.8)
        told = hint(near[0] if near else None, LINE_OF_TEMPLATE)
        return make_problem("figure-line-unknown", place, found=text[:60], **told)
    return make_problem("figure-line-missing", place)


def _wrong_id(sheet: Sheet, row: int) -> str | None:
    """A text on a row that looks like the id of a line; the row has none that is one."""
    texts = (clean(v).casefold() for v in sheet.grid[row] if isinstance(v, str) and len(v) < _LONGEST)
    return next((text for text in texts if _LINE.fullmatch(text)), None)


def _strays(sheet: Sheet, row: int, read: set[int | None]) -> Iterator[int]:
    """Filled cells that are neither read nor words of ours."""
    width = max(len(sheet.grid[row]), *(column + 1 for r, column in sheet.flaws if r == row), 0, 0)
    for column in range(width):
        if column in read or not sheet.is_filled(row, column):
            continue
        value = sheet.value(row, column)
        if isinstance(value, str) and (normalise(value) in _printed() or _has_title(value)):
            continue
        if isinstance(value, str) and len(value) < _LONGEST and _LINE.fullmatch(clean(value).casefold()):
            continue  # an id, which was read, or told where it is wrong and figures stand beside it
        yield column


def _has_title(value: str) -> bool:
    return any(normalise(piece) in _titles() for piece in value.split("\n"))


def _runs(sheet: Sheet, strays: Mapping[int, list[int]]) -> Iterator[Problem]:
    for column in sorted(strays):
        for _, run in groupby(enumerate(strays[column]), key=lambda pair: pair[1] - pair[0]):
            numbers = [row for _, row in run]
            yield make_problem("cell-stray", sheet.ref(numbers[0], column, numbers[-1]))


@cache
def _all_lines() -> frozenset[str]:
    return frozenset(load_definitions().lines())


@cache
def _headings() -> Mapping[str, str]:
    return {normalise(word): key for key in FIGURE_KEYS for word in word_in_all(f"statistics.column.{key}")}


@cache
def _titles() -> Mapping[str, str]:
    return {normalise(t.title): t.id for language in LANGUAGES for t in load_definitions(language).tables.values()}


@cache
def _labels() -> Mapping[tuple[str, str, str], str]:
    """Lines by table, row and measure as they are called in each language."""
    found = {}
    for language in LANGUAGES:
        for table in load_definitions(language).tables.values():
            for row, measure in table.lines():
                key = (table.id, normalise(row.label), normalise(measure.label))
                found[key] = table.line(row.id, measure.id)
    return found


@cache
def _printed() -> frozenset[str]:
    words = {text for _, row, measure in _labels() for text in (row, measure)}
    words |= {normalise(word) for unit in Unit for word in word_in_all(f"statistics.unit.{unit}")}
    words |= {normalise(word) for word in word_in_all("requirement.back")}
    return frozenset(words)
