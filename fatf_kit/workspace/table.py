"""Small tables that people keep in Excel: CSV in UTF-8, with commas or semicolons, rows found by the headings."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from fatf_kit.locale import clean
from fatf_kit.problems import CellRef, Problem, make_problem
from fatf_kit.safety.ordinary import why_unfit
from fatf_kit.safety.quotes import swallowing_line

_SEPARATORS = (";", ",", "\t")
_MAX_BYTES = 5_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """One filled line by column; what is absent is an empty text. `number` counts from 1, as Excel does."""

    file: str
    number: int
    values: Mapping[str, str]
    columns: Mapping[str, int]

    def __getitem__(self, column: str) -> str:
        return self.values.get(column, "")

    def ref(self, column: str) -> CellRef:
        """The cell of a column in this row."""
        return CellRef(file=self.file, cell=f"{chr(65 + self.columns.get(column, 0))}{self.number}")


def read_table(path: Path, columns: Sequence[str], needed: Sequence[str]) -> tuple[list[TableRow], list[Problem]]:
    """The rows of a table, and what keeps it from being read. Columns may stand in any order, others are ignored."""
    where = CellRef(file=path.name)
    if why := why_unfit(path):
        return [], [make_problem("file-unreadable", where, why=why)]
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return [], [make_problem("file-missing", where)]
    except OSError as fault:
        return [], [make_problem("file-unreadable", where, why=fault.strerror or "unknown")]
    if len(data) > _MAX_BYTES:
        size, limit = f"{len(data):,} bytes", f"{_MAX_BYTES:,} bytes"
        return [], [make_problem("file-too-large", where, what=size, limit=limit)]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return [], [make_problem("table-encoding", where)]
    head = text.partition("\n")[0]
    separator = max(_SEPARATORS, key=head.count)
    try:
        if at := swallowing_line(text, separator):
            return [], [make_problem("table-quote", CellRef(file=path.name, cell=f"line {at}"))]
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as fault:
        return [], [make_problem("file-unreadable", where, why=str(fault))]
    headings = [clean(name).casefold() for name in lines[0]] if lines else []
    places = {name: headings.index(name) for name in columns if name in headings}
    if any(name not in places for name in needed):
        return [], [make_problem("table-columns", where, columns=", ".join(columns))]
    rows = []
    for number, line in enumerate(lines[1:], start=2):
        values = {name: clean(line[at]) for name, at in places.items() if at < len(line)}
        if any(values.values()):
            rows.append(TableRow(file=path.name, number=number, values=values, columns=places))
    return rows, []


def render_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """The bytes of a table: with a mark by which Excel knows UTF-8, and line ends as Excel writes them."""
    target = io.StringIO(newline="")
    writer = csv.writer(target)
    writer.writerow(columns)
    writer.writerows(rows)
    return target.getvalue().encode("utf-8-sig")
