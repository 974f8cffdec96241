"""Writing the sheets of a declared kind: tables to work in with drop-downs and hidden keys, covers, lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from fatf_kit.errors import WorkbookError
from fatf_kit.messages import Words
from fatf_kit.spreadsheets.cell_writer import Pen
from fatf_kit.spreadsheets.marks import CHOICES_MARK
from fatf_kit.spreadsheets.schema import CellKind, Choices, Column, Field, Table
from fatf_kit.spreadsheets.sheet import CellValue
from fatf_kit.spreadsheets.styles import height_of, lines_of
from fatf_kit.spreadsheets.words import text_of

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

SPARE_ROWS = 40
"""Rows after the last one in which drop-downs work too, for what people add."""

MAX_TITLE = 31
"""Characters of the title of a sheet."""

_LISTS = "_lists"
_EARLIEST, _LATEST = date(1900, 1, 1), date(2199, 12, 31)
_COVER_WIDTHS = (3.0, 30.0, 90.0)
_BLANK = {CellKind.ID: "short text", CellKind.PRINTED: "no rating"}  # styles of cells in rows to spare
_PROSE = 86  # characters of a line of a cover


class Highlight(NamedTuple):
    """Cells to colour: a formula of the first row with `{key}` for the cell of a column, a style, and the columns.

    Without columns whole rows are coloured.
    """

    formula: str
    style: str
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Styled:
    """A value that is not written as its column says: in a style of its own, or in runs of style and text.

    What people typed into a printed cell is `typed`: no fingerprint is made of it, so that it is found again.
    """

    value: CellValue | None = None
    style: str = ""
    runs: tuple[tuple[str, str], ...] = ()
    typed: bool = False

    @property
    def text(self) -> str:
        """All that it shows."""
        return "".join(text for _, text in self.runs) or str("" if self.value is None else self.value)


Cells = Mapping[str, CellValue | Styled | None]
"""A row to write: values by the keys of their columns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a table was written, counted from 0: its sheet, its first row, its last row with those to spare."""

    sheet: Worksheet
    first: int
    last: int


def write_table(
    pen: Pen,
    title: str,
    table: Table,
    rows: Sequence[Cells],
    *,
    tab: str,
    heading: str = "",
    above: Sequence[str] = (),
    freeze: int = 1,
    spare: int = SPARE_ROWS,
    lines: int = 2,
    highlights: Sequence[Highlight] = (),
    protected: bool = False,
) -> Place:
    """One sheet with a table to work in: filtered, sorted and printed as it stands; what is not locked may be typed in.

    `rows` have a value for each column by key; codes of choices are shown by their labels. `above` are lines over the
    table, a title first. `spare` rows beneath it are for what people add; a table that only shows has none. A row has
    room for so many `lines` at least. The first `freeze` columns stay in sight. Only a table whose rows keep their
    order is `protected`, since a protected sheet cannot be sorted; elsewhere fingerprints show what was changed.
    """
    from xlsxwriter.utility import xl_col_to_name

    columns = table.columns
    sheet = pen.sheet(title[:MAX_TITLE], (column.width for column in columns), tab=tab, protected=protected)
    head = _write_above(pen, sheet, above, len(columns))
    _write_head(pen, sheet, head, columns)
    first = head + 2
    for number, values in enumerate(rows, start=first):
        _write_row(pen, sheet, number, columns, values, lines)
    last = first + len(rows) + spare - 1
    for number in range(first + len(rows), last + 1):
        for at, column in enumerate(columns):
            pen.put(sheet, number, at, None, _BLANK.get(column.kind, column.cell_style))
    names = [_name(values, columns) for values in rows] + [""] * max(spare, 1)
    _write_rules(pen, sheet, first, columns, names[: max(first, last) - first + 1])
    shown = [at for at, column in enumerate(columns) if not column.hidden]
    if not protected:
        sheet.autofilter(head, 0, max(first, last), shown[-1])
    sheet.freeze_panes(first, freeze)
    for one in highlights:
        cells = {column.key: f"${xl_col_to_name(at)}{first + 1}" for at, column in enumerate(columns)}
        rule = {"type": "formula", "criteria": one.formula.format_map(cells), "format": pen.styles[one.style]}
        for begin, end in [(at, at) for at, c in enumerate(columns) if c.key in one.keys] or [(0, shown[-1])]:
            _checked(sheet.conditional_format(first, begin, max(first, last), end, rule), title)
    pen.print_setup(sheet, heading or title, landscape=True, repeat=first)
    return Place(sheet=sheet, first=first, last=last)


def _write_above(pen: Pen, sheet: Worksheet, lines: Sequence[str], columns: int) -> int:
    """Title and notes over a table; the row where its head begins."""
    for row, line in enumerate(lines):
        if row:
            pen.note(sheet, row, min(columns, 8) - 1, line, height_of(lines_of(line, 150)))
        else:
            pen.put(sheet, row, 0, line, "title")
            sheet.set_row(row, 30)
    return len(lines)


def _write_head(pen: Pen, sheet: Worksheet, head: int, columns: Sequence[Column]) -> None:
    """The headings, and under them the hidden row of keys by which columns are found again."""
    texts = [column.heading_in(pen.language) for column in columns]
    for at, (column, text) in enumerate(zip(columns, texts, strict=True)):
        pen.put(sheet, head, at, text, "heading")
        pen.put(sheet, head + 1, at, column.key, "key")
        if column.hidden:
            sheet.set_column(at, at, column.width, None, {"hidden": True})
        elif column.folded:
            sheet.set_column(at, at, column.width, None, {"hidden": True, "level": 1})
        elif at and columns[at - 1].folded:
            sheet.set_column(at, at, column.width, None, {"collapsed": True})
    shown = [(text, c.width) for text, c in zip(texts, columns, strict=True) if not (c.hidden or c.folded)]
    sheet.set_row(head, height_of(max(lines_of(text, width * 0.9) for text, width in shown) + 0.4))
    sheet.set_row(head + 1, None, None, {"hidden": True})


def _write_row(pen: Pen, sheet: Worksheet, number: int, columns: Sequence[Column], values: Cells, lines: int) -> None:
    name = _name(values, columns)
    for at, column in enumerate(columns):
        given = values.get(column.key)
        cell = given if isinstance(given, Styled) else Styled(value=given)
        style, choices = cell.style or column.cell_style, column.of_row(name).choices
        if cell.runs:
            pen.runs(sheet, number, at, cell.runs, style)
        else:
            value = cell.value
            if choices is not None and isinstance(value, str):
                value = choices.label(value, pen.language)
            is_printed = not cell.typed if cell.typed or column.kind is CellKind.ID else None
            pen.put(sheet, number, at, value, style, printed=is_printed)
        if not (column.hidden or column.folded):
            lines = max(lines, lines_of(cell.text, column.width))
    sheet.set_row(number, height_of(lines))


def _name(values: Cells, columns: Sequence[Column]) -> str:
    """The id of a row."""
    given = values.get(columns[0].key)
    return given.text if isinstance(given, Styled) else str(given or "")


def _write_rules(pen: Pen, sheet: Worksheet, first: int, columns: Sequence[Column], names: Sequence[str]) -> None:
    """Drop-downs, checks and prompts of the rows from the first on, each of which has its id among the `names`."""
    for at, column in enumerate(columns):
        kinds = [column.of_row(name) for name in names]
        runs: dict[Choices | None, list[list[int]]] = {}
        for choices, run in groupby(range(len(kinds)), key=lambda number: kinds[number].choices):
            rows = list(run)
            runs.setdefault(choices, []).append([first + rows[0], at, first + rows[-1], at])
        for choices, cells in runs.items():
            if rule := _rule(next(one for one in kinds if one.choices is choices), pen):
                rule["other_cells"] = cells[1:]
                _checked(sheet.data_validation(*cells[0], rule), sheet.get_name())


def write_lists(pen: Pen, choices: Iterable[Choices]) -> None:
    """The hidden sheet behind the drop-downs, each list with its defined name.

    A list inside a drop-down is limited to 255 characters; one on a sheet is not, and formulas can count by it. The
    mark on every row names what is printed there, so that a label typed into another cell is not taken for it.
    """
    from xlsxwriter.utility import xl_range_abs

    sheet = pen.sheet(_LISTS)
    lists = [(one.name, list(one.labels(pen.language).values())) for one in choices]
    for row in range(2 + max((len(labels) for _, labels in lists), default=0)):
        pen.put(sheet, row, 0, CHOICES_MARK, "key")
    for column, (name, labels) in enumerate(lists, start=1):
        for row, text in enumerate((name, *labels), start=1):
            pen.put(sheet, row, column, text, "key")
        pen.book.define_name(name, f"='{_LISTS}'!{xl_range_abs(2, column, 1 + len(labels), column)}")
    sheet.hide()


def write_hidden(pen: Pen, title: str, mark: str, rows: Iterable[Sequence[CellValue | None]]) -> None:
    """A very hidden sheet that the reader looks up again: a mark, then rows of values as they are."""
    sheet = pen.sheet(title)
    pen.put(sheet, 0, 0, mark, "key")
    for row, values in enumerate(rows, start=1):
        for column, value in enumerate(values):
            pen.put(sheet, row, column, value, "key")
    sheet.very_hidden()


def write_cover(
    pen: Pen, title: str, subtitle: str, sections: Sequence[tuple[str, Sequence[tuple[str, str]]]]
) -> Worksheet:
    """A first sheet that only says something: sections, each with a heading (or none) and lines of a name and a text.

    The last of them ends with what every cover says on independence.
    """
    sheet, row = start_cover(pen, title, subtitle)
    for place, (heading, lines) in enumerate(sections):
        independence = (pen.affiliation,) if place == len(sections) - 1 else ()
        row = write_section(pen, sheet, row, heading, (*lines, *independence)) + 1
    return sheet


def start_cover(pen: Pen, title: str, subtitle: str) -> tuple[Worksheet, int]:
    """A first sheet with its title; the row in which its first section begins."""
    t = Words(pen.language)
    sheet = pen.sheet(t("Cover"), _COVER_WIDTHS, tab="#5B6B79", growing=False)
    pen.put(sheet, 0, 1, title, "title")
    sheet.set_row(0, 30)
    pen.put(sheet, 1, 1, subtitle, "subtitle")
    pen.print_setup(sheet, title, landscape=False)
    sheet.activate()
    return sheet, 3


def write_section(
    pen: Pen, sheet: Worksheet, row: int, heading: str, lines: Iterable[tuple[str, str]], sheets: Sequence[str] = ()
) -> int:
    """A section of a cover from a row on, with a heading or none; returns the row below.

    Each line leads to the sheet of the same place among `sheets`, where there are some.
    """
    if heading:
        pen.put(sheet, row, 1, heading, "section")
        pen.put(sheet, row, 2, None, "section")
        row += 1
    for place, (name, text) in enumerate(lines):
        pen.put(sheet, row, 1, name, "label")
        if sheets:
            pen.link(sheet, row, 2, sheets[place], text)
        else:
            pen.put(sheet, row, 2, text, "prose")
        sheet.set_row(row, height_of(max(1.2, lines_of(text, _PROSE), lines_of(name, _COVER_WIDTHS[1] * 0.9))))
        row += 1
    return row


def write_fields(
    pen: Pen, sheet: Worksheet, row: int, fields: Sequence[Field], values: Mapping[str, CellValue | None]
) -> int:
    """Fields of a cover from a row on: a key in the first column, which is hidden, a label, a value; the row below."""
    sheet.set_column(0, 0, 3, None, {"hidden": True})
    for field in fields:
        value = values.get(field.key)
        if field.choices is not None and isinstance(value, str):
            value = field.choices.label(value, pen.language)
        style = {CellKind.DATE: "field date", CellKind.PRINTED: "field fixed"}.get(field.kind, "field")
        pen.put(sheet, row, 0, field.key, "key")
        pen.put(sheet, row, 1, text_of(field.label, pen.language), "label")
        pen.put(sheet, row, 2, value, style)
        sheet.set_row(row, height_of(max(1.2, lines_of(str(value or ""), _PROSE))))
        if rule := _rule(field, pen):
            _checked(sheet.data_validation(row, 2, row, 2, rule), sheet.get_name())
        row += 1
    return row


def _rule(column: Column | Field, pen: Pen) -> dict[str, Any] | None:
    """The check and the prompt of the cells of a column; None where it has neither."""
    rule = _check(column, Words(pen.language))
    if column.prompt:
        title, text = pen.words[f"prompt.{column.prompt}.title"], pen.words[f"prompt.{column.prompt}"]
        rule = {"validate": "any", **(rule or {}), "input_title": title, "input_message": text}
    return rule


def _check(column: Column | Field, t: Words) -> dict[str, Any] | None:
    """A drop-down, or a warning where a date is expected."""
    if column.choices is not None and column.kind in (CellKind.CHOICE, CellKind.CHOICES):
        rule = {"validate": "list", "source": f"={column.choices.name}", "error_title": t("Not in the list")}
        kept = {"error_type": "information"} if column.kind is CellKind.CHOICES else {}
        return {**rule, **kept, "error_message": t("Choose a value from the list.")}
    if column.kind is CellKind.DATE:
        limits = {"criteria": "between", "minimum": _EARLIEST, "maximum": _LATEST}
        return {"validate": "date", **limits, "error_type": "warning", "error_message": t("Write a date.")}
    return None


def _checked(code: int | None, where: str) -> None:
    if code:
        raise WorkbookError(f"Sheet {where}: a drop-down could not be written (code {code}).")
