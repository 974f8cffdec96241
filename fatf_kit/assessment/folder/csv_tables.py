"""Small tables that people keep in Excel: CSV in UTF-8, with commas or semicolons, rows found by the headings."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import partial
from pathlib import Path

from fatf_kit.core.csv_quotes import find_unclosed_quote
from fatf_kit.core.file_limits import refusal_reason
from fatf_kit.core.groups import group_pairs
from fatf_kit.core.languages import clean
from fatf_kit.core.message_facts import Phrase
from fatf_kit.core.problems import CellRef, Problem, make_problem, quote_found
from fatf_kit.spreadsheets.sheet import format_column

_SEPARATORS = (";", ",", "\t")
_MAX_BYTES = 5_000_000
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_NEAR = 0.75

UNREAD = ("file-missing", "file-unreadable", "file-too-large", "table-encoding", "table-quote", "table-columns")
"""Codes of the problems after which nothing of a table is known."""


@dataclass(frozen=True, slots=True)
class TextRow:
    """A row of texts by column, wherever its table is; what is absent is an empty text.

    `number` counts from 1, as Excel does; `ref` gives the cell of a column.
    """

    number: int
    values: Mapping[str, str]
    ref: Callable[[str], CellRef]

    def __getitem__(self, column: str) -> str:
        return self.values.get(column, "")


def read_table(path: Path, columns: Sequence[str], needed: Sequence[str]) -> tuple[list[TextRow], list[Problem]]:
    """Return the rows of a table, and every fault in it.

    Columns may be in any order, and all but the `needed` ones may be absent. Filled cells of other columns are
    Problems.
    """
    where = CellRef(file=path.name)
    text = _text_of(path)
    lines = _lines_of(text, path) if isinstance(text, str) else text
    if isinstance(lines, Problem):
        return [], [lines]
    headings = [clean(name).casefold() for name in lines[0]] if lines else []
    places = {name: headings.index(name) for name in columns if name in headings}
    if any(name not in places for name in needed):
        return [], [make_problem("table-columns", where, columns=", ".join(columns))]
    problems = [
        make_problem("table-column", where, column=name, heading=quote_found(heading).get("found", "…"))
        for name, heading in _misspelt(headings, columns)
    ]
    problems += _unread_cells(path.name, lines, set(places.values()))

    def locate(number: int, column: str) -> CellRef:
        return CellRef(file=path.name, cell=f"{format_column(places.get(column, 0))}{number}")

    rows = []
    for number, line in enumerate(lines[1:], start=2):
        values = {name: clean(line[at]) for name, at in places.items() if at < len(line)}
        if any(values.values()):
            rows.append(TextRow(number, values, partial(locate, number)))
    return rows, problems


def _text_of(path: Path) -> str | Problem:
    """Return the text of a file; why there is none where it cannot be read."""
    where = CellRef(file=path.name)
    if why := refusal_reason(path):
        return make_problem("file-unreadable", where, why=why)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return make_problem("file-missing", where)
    except OSError as fault:
        return make_problem("file-unreadable", where, why=fault.strerror or "unknown")
    if len(data) > _MAX_BYTES:
        size, limit = (Phrase("{limit} bytes", limit=f"{size:,}") for size in (len(data), _MAX_BYTES))
        return make_problem("file-too-large", where, what=size, limit=limit)
    try:
        return data.decode("utf-16" if data.startswith(_UTF_16) else "utf-8-sig")  # Excel calls the first Unicode Text
    except UnicodeDecodeError:
        return make_problem("table-encoding", where)


def _lines_of(text: str, path: Path) -> list[list[str]] | Problem:
    """Return the lines of a table, whichever mark parts its columns; why there are none where it is no table."""
    head = text.partition("\n")[0]
    separator = max(_SEPARATORS, key=head.count)
    try:
        if at := find_unclosed_quote(text, separator):
            return make_problem("table-quote", CellRef(file=path.name, cell=Phrase("line {line}", line=at)))
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as fault:
        return make_problem("file-unreadable", CellRef(file=path.name), why=str(fault))


def _misspelt(headings: Sequence[str], columns: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield columns that are missing, each with a heading that may well mean it and is none of ours."""
    strange = [name for name in headings if name not in columns]
    for column in columns:
        if column not in headings and (near := get_close_matches(column, strange, n=1, cutoff=_NEAR)):
            yield column, near[0]


def _unread_cells(file: str, lines: Sequence[Sequence[str]], read: Collection[int]) -> Iterator[Problem]:
    """Yield a note for each column with something in it that nothing reads."""
    cells = ((at, number, value) for number, line in enumerate(lines, start=1) for at, value in enumerate(line))
    filled = group_pairs((at, number) for at, number, value in cells if at not in read and clean(value))
    for at, rows in sorted(filled.items()):
        first, last = f"{format_column(at)}{rows[0]}", f"{format_column(at)}{rows[-1]}"
        yield make_problem("cell-outside", CellRef(file=file, cell=first if first == last else f"{first}:{last}"))
