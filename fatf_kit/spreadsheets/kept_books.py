"""Workbooks that people keep and fatf-kit writes again: a first sheet that explains the others, then sheets of rows.

A row is written from a frozen value whose fields have the names of the columns; `Record.make` makes that value of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from fatf_kit.core.messages import Translator
from fatf_kit.core.problems import CellRef, Problem, make_problem
from fatf_kit.spreadsheets.cell_writer import BookWriter
from fatf_kit.spreadsheets.covers import write_cover
from fatf_kit.spreadsheets.reader import FilledBook
from fatf_kit.spreadsheets.schema import BookSchema, Choices, SheetTable
from fatf_kit.spreadsheets.sheet import CellValue
from fatf_kit.spreadsheets.stamp import write_stamp
from fatf_kit.spreadsheets.values import Record
from fatf_kit.spreadsheets.writer import Highlight, RowValues, write_hidden, write_lists, write_table

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class KeptSheet(Generic[T]):
    """A sheet of such a workbook, with a row for each of some values.

    Attributes:
        title: Its title, in the language of the reader.
        about: What the first sheet says about it.
        table: Its columns. A column has the field of its name, and a column "row" the number of the value.
        values: The subjects of the rows.
        cells: Gives the cells that are not a field of the value.
        added: Rows after these, such as numbers that are printed in advance.
    """

    title: str
    about: str
    table: SheetTable
    values: Iterable[T]
    _: KW_ONLY
    cells: Callable[[T], RowValues] = lambda _: {}
    added: Iterable[RowValues] = ()
    highlights: Sequence[Highlight] = ()
    tab: str = "#1F3A52"

    def list_rows(self) -> Iterator[RowValues]:
        """Yield its rows."""
        for number, one in enumerate(self.values, start=1):
            given = {"row": str(number), **self.cells(one)}
            yield {
                key: given[key] if key in given else _make_cell(getattr(one, key, None)) for key in self.table.by_key
            }
        yield from self.added


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptBook:
    """Such a workbook, in the language of the reader.

    Attributes:
        schema: Its kind.
        title: What it is; `how` heads the texts that explain it.
        sheets: The sheets to work in.
        lists: Every list behind a drop-down.
        first, last: What the first sheet says before and after it explains the others: names and texts.
        facts: Facts of its stamp, besides its language and notices.
        hidden: Rows of hidden sheets by the title of the sheet, each after a row with the mark of the sheet.
        freeze: How many first columns stay in sight.
        lines: The least height of a row.
    """

    schema: BookSchema
    title: str
    how: str
    sheets: Sequence[KeptSheet[Any]]
    lists: Iterable[Choices]
    first: Sequence[tuple[str, str]] = ()
    last: Sequence[tuple[str, str]] = ()
    facts: Mapping[str, str] | None = None
    hidden: Mapping[str, Sequence[Sequence[CellValue]]] | None = None
    freeze: int = 2
    lines: int = 2

    def render(self, t: Translator, *, country: str, notices: Sequence[str]) -> bytes:
        """Return its bytes; the same rows give the same bytes.

        `country` is its name in the reader's language. `notices` are printed on every page.
        """
        cell_writer = BookWriter(t.language, t.points(map(t, notices)))
        explained = (*self.first, *((one.title, one.about) for one in self.sheets), *self.last)
        write_cover(cell_writer, self.title, country, ((self.how, explained),))
        heading = " – ".join(filter(None, (self.title, country)))
        for one in self.sheets:
            write_table(
                cell_writer,
                one.title,
                one.table,
                list(one.list_rows()),
                tab=one.tab,
                heading=heading,
                freeze=self.freeze,
                lines=self.lines,
                highlights=one.highlights,
            )
        write_lists(cell_writer, self.lists)
        for title, ((mark,), *rows) in (self.hidden or {}).items():
            write_hidden(cell_writer, title, str(mark), rows)
        facts = {**(self.facts or {}), "language": t.language, "notices": "\n".join(notices)}
        write_stamp(cell_writer, self.schema, self.title, facts)
        return cell_writer.finish()


def _make_cell(value: CellValue | tuple[str, ...] | None) -> CellValue | None:
    if isinstance(value, tuple):
        return ", ".join(value)
    return str(value) if isinstance(value, StrEnum) else value


class RowReader:
    """Reads the rows of such a workbook; `problems` are those of rows that cannot be used."""

    def __init__(self, book: FilledBook) -> None:
        self.book = book
        self.problems: list[Problem] = []

    def report(self, code: str, ref: CellRef | None, **facts: object) -> None:
        """Add a problem of a cell."""
        self.problems.append(make_problem(code, ref, None, **facts))

    def report_blank(self, row: Record, key: str, code: str = "row-nameless") -> None:
        """Add the problem that a cell is blank, with the heading of its column."""
        self.report(code, row.ref(key), column=row.columns[key].local_name)
