"""Workbooks that people keep and fatf-kit writes again: a first sheet that explains the others, then sheets of rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from fatf_kit.core.messages import Translator
from fatf_kit.core.problems import CellRef, Problem, make_problem
from fatf_kit.spreadsheets.cell_writer import BookWriter
from fatf_kit.spreadsheets.covers import write_cover
from fatf_kit.spreadsheets.reader import FilledBook
from fatf_kit.spreadsheets.schema import BookSchema, Choices, SheetTable
from fatf_kit.spreadsheets.sheet import CellValue
from fatf_kit.spreadsheets.stamp import write_stamp
from fatf_kit.spreadsheets.writer import Highlight, RowValues, write_hidden, write_lists, write_table


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptSheet:
    """A sheet of such a workbook, with its rows.

    Attributes:
        title: Its title, in the language of the reader.
        about: What the first sheet says about it.
        table: Its columns.
        rows: The cells of its rows by key.
        highlights: The rows to colour.
        tab: The colour of its tab.
    """

    title: str
    about: str
    table: SheetTable
    rows: Sequence[RowValues]
    highlights: Sequence[Highlight] = ()
    tab: str = "#1F3A52"


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
    sheets: Sequence[KeptSheet]
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
        explained = (*self.first, *((sheet.title, sheet.about) for sheet in self.sheets), *self.last)
        write_cover(cell_writer, self.title, country, ((self.how, explained),))
        heading = " – ".join(filter(None, (self.title, country)))
        for sheet in self.sheets:
            write_table(
                cell_writer,
                sheet.title,
                sheet.table,
                sheet.rows,
                tab=sheet.tab,
                heading=heading,
                freeze=self.freeze,
                lines=self.lines,
                highlights=sheet.highlights,
            )
        write_lists(cell_writer, self.lists)
        for title, ((mark,), *rows) in (self.hidden or {}).items():
            write_hidden(cell_writer, title, str(mark), rows)
        facts = {**(self.facts or {}), "language": t.language, "notices": "\n".join(notices)}
        write_stamp(cell_writer, self.schema, self.title, facts)
        return cell_writer.finish()


class RowReader:
    """Reads the rows of such a workbook; `problems` are those of rows that cannot be used."""

    def __init__(self, book: FilledBook) -> None:
        self.book = book
        self.problems: list[Problem] = []

    def report(self, code: str, ref: CellRef | None, **facts: object) -> None:
        """Add a problem of a cell."""
        self.problems.append(make_problem(code, ref, None, **facts))
