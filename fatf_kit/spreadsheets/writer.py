"""The sheets of a declared kind are written here: tables to work in with drop-downs and hidden keys, and lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from fatf_kit.core.errors import WorkbookError
from fatf_kit.core.groups import group_pairs, split_runs
from fatf_kit.core.messages import Translator
from fatf_kit.core.national_words import base_language
from fatf_kit.spreadsheets.cell_writer import BookWriter, SheetWriter
from fatf_kit.spreadsheets.marks import CHOICES_MARK, OVERVIEW_MARK
from fatf_kit.spreadsheets.schema import CellKind, Choices, CoverField, SheetColumn, SheetTable
from fatf_kit.spreadsheets.sheet import CellValue
from fatf_kit.spreadsheets.styles import compute_height, count_lines
from fatf_kit.spreadsheets.words import translate_text

SPARE_ROWS = 40
"""Rows after the last one in which drop-downs work too, for what people add."""

MAX_TITLE = 31
"""Characters of the title of a sheet."""

_LISTS = "_lists"
_EARLIEST, _LATEST = date(1900, 1, 1), date(2199, 12, 31)
_HEADING = 0.75  # of a width is left to a heading: it is bold, and filters have their button in it
_BLANK = {CellKind.ID: "short text", CellKind.PRINTED: "no rating"}  # styles of cells in rows to spare
_TITLE = 0.6  # of a width is left to a title over a table, for its larger letters
_NOTE = 110  # characters of a line of a note over a table, at least


class Highlight(NamedTuple):
    """Rows to colour: a formula of the first row with `{key}` for the cell of a column, and a style.

    `{key_above}` is the cell above that one, wherever rows are sorted. `columns` are those to colour; empty for all.
    Of several that colour a cell some programs apply the first only.
    """

    formula: str
    style: str
    columns: tuple[str, ...] = ()


class FormulaCell(NamedTuple):
    """A cell that is counted: a formula with `{key}` for the cell of a column in its own row, and its present result.

    Rows are sorted, so that it must not lead to a fixed row of a table.
    """

    formula: str
    value: float | str


@dataclass(frozen=True, slots=True, kw_only=True)
class StyledCell:
    """A value that is not written as its column says: in a style of its own, or in runs of style and text.

    What people typed into a printed cell is `typed`: no fingerprint is made of it, so that it is found again.
    """

    value: CellValue | None = None
    style: str = ""
    runs: tuple[tuple[str, str], ...] = ()
    typed: bool = False

    @property
    def text(self) -> str:
        """Return all that it shows."""
        return "".join(text for _, text in self.runs) or str("" if self.value is None else self.value)


RowValues = Mapping[str, CellValue | StyledCell | FormulaCell | None]
"""A row to write: values by the keys of their columns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRange:
    """The place of a table as written, counted from 0: its sheet, its first row, its last row with those to spare."""

    sheet: SheetWriter
    first: int
    last: int


def write_table(
    cell_writer: BookWriter,
    title: str,
    table: SheetTable,
    rows: Sequence[RowValues],
    *,
    tab: str,
    heading: str = "",
    above: Sequence[str] = (),
    freeze: int = 1,
    spare: int = SPARE_ROWS,
    lines: int = 2,
    highlights: Sequence[Highlight] = (),
    protected: bool = False,
    keyed: bool = True,
    folded: int = 0,
) -> TableRange:
    """Write a sheet with a table to work in, which people may filter, sort and print; return where it is.

    `rows` have a value for each column by key; codes of choices are shown by their labels. `above` are lines over the
    table, a title first. `spare` rows beneath it are for what people add; a table that only shows has none. A row is
    at least so many `lines` high. The first `freeze` columns stay in sight. Only a table whose rows keep their
    order is `protected`, since a protected sheet cannot be sorted; elsewhere fingerprints show what was changed. Only a
    table that is read by other means is not `keyed` and has no hidden keys. The last so many rows are `folded`: people
    unfold them with the button at the edge of the sheet.
    """
    columns = table.columns
    sheet = cell_writer.sheet(title[:MAX_TITLE], (column.width for column in columns), tab=tab, protected=protected)
    head = _write_above(sheet, above, columns)
    _write_head(sheet, head, columns, keyed=keyed)
    first = head + 1 + keyed
    for number, values in enumerate(rows, start=first):
        _write_row(sheet, number, columns, values, lines, is_folded=number >= first + len(rows) - folded)
    if folded:
        sheet.worksheet.set_row(first + len(rows), None, None, {"collapsed": True})
    last = first + len(rows) + spare - 1
    for number in range(first + len(rows), last + 1):
        for at, column in enumerate(columns):
            sheet.put(number, at, None, _BLANK.get(column.kind, column.cell_style))
    names = [_name(values, columns) for values in rows] + [""] * max(spare, 1)
    _write_rules(sheet, first, columns, names[: max(first, last) - first + 1])
    shown = [at for at, column in enumerate(columns) if not column.hidden]
    if not protected:
        sheet.worksheet.autofilter(head, 0, max(first, last), shown[-1])
    sheet.worksheet.freeze_panes(first, freeze)
    places = {column.key: at for at, column in enumerate(columns)}
    cells = dict(_cells_of(columns, first))
    cells |= {f"{key}_above": f"OFFSET({cell},-1,0)" for key, cell in cells.items()}
    for one in highlights:
        rule = {"type": "formula", "criteria": one.formula.format_map(cells), "format": cell_writer.styles[one.style]}
        for left, right in [(places[key], places[key]) for key in one.columns] or [(0, shown[-1])]:
            check_written(sheet.worksheet.conditional_format(first, left, max(first, last), right, rule), title)
    sheet.print_setup(heading or title, landscape=True, repeat=first)
    return TableRange(sheet=sheet, first=first, last=last)


def write_overview(
    cell_writer: BookWriter,
    title: str,
    table: SheetTable,
    rows: Sequence[RowValues],
    *,
    tab: str,
    heading: str,
    above: Sequence[str],
    freeze: int = 1,
    highlights: Sequence[Highlight] = (),
) -> None:
    """Write a protected sheet that shows what other sheets of the workbook hold; it is not read back."""
    place = write_table(
        cell_writer,
        title,
        table,
        rows,
        tab=tab,
        heading=heading,
        above=above,
        freeze=freeze,
        spare=0,
        highlights=highlights,
        protected=True,
        keyed=False,
    )
    last = len(table.columns)
    place.sheet.put(0, last, OVERVIEW_MARK, "key")
    place.sheet.worksheet.set_column(last, last, None, None, {"hidden": True})


def _write_above(sheet: SheetWriter, lines: Sequence[str], columns: Sequence[SheetColumn]) -> int:
    """Write the title and notes over a table, and return the row in which its head begins."""
    shown = [at for at, column in enumerate(columns) if not (column.hidden or column.folded)]
    width, last = 0.0, shown[0]
    for at in shown:
        if width < _NOTE:
            width, last = width + columns[at].width, at
    for row, line in enumerate(lines):
        if row:
            sheet.note(row, last, line, count_lines(line, width * 0.9), first=shown[0])
        else:
            height = 1.5 * count_lines(line, width * _TITLE) + 0.5
            sheet.note(row, last, line, height, first=shown[0], style="table title")
    return len(lines)


def _make_help(column: SheetColumn, language: str) -> str:
    """Return what is written under a heading; of a column that nothing reads it says so."""
    if column.unread:
        t = Translator(base_language(language))
        return t("for you only: fatf-kit does not read this column")
    return translate_text(column.help, language) if column.help else ""


def _write_head(sheet: SheetWriter, head: int, columns: Sequence[SheetColumn], *, keyed: bool) -> None:
    """Write the headings, and under them the hidden row of keys by which columns are found again."""
    texts = [column.heading_in(sheet.language) for column in columns]
    helps = [_make_help(column, sheet.language) for column in columns]
    style = "heading top" if any(helps) else "heading"
    for at, (column, text) in enumerate(zip(columns, texts, strict=True)):
        if helps[at]:
            runs = (("run heading column", text), ("run heading quiet", f"\n{helps[at]}"))
            sheet.runs(head, at, runs, style)
        else:
            sheet.put(head, at, text, "heading figure" if column.cell_style == "figure" else style)
        if keyed:
            sheet.put(head + 1, at, column.key, "key")
        if column.hidden:
            sheet.worksheet.set_column(at, at, column.width, None, {"hidden": True})
        elif column.folded:
            sheet.worksheet.set_column(at, at, column.width, None, {"hidden": True, "level": 1})
        elif at and columns[at - 1].folded:
            sheet.worksheet.set_column(at, at, column.width, None, {"collapsed": True})
    shown = [at for at, column in enumerate(columns) if not (column.hidden or column.folded)]
    shown_texts = [(texts[at], helps[at], columns[at].width * _HEADING) for at in shown]
    lines = max(
        count_lines(text, width) + (count_lines(more, width * 1.2) if more else 0) for text, more, width in shown_texts
    )
    sheet.fit_row(head, lines + 0.7)
    if keyed:
        sheet.worksheet.set_row(head + 1, None, None, {"hidden": True})


def _write_row(
    sheet: SheetWriter,
    number: int,
    columns: Sequence[SheetColumn],
    values: RowValues,
    lines: int,
    *,
    is_folded: bool = False,
) -> None:
    name, cells = _name(values, columns), _cells_of(columns, number)
    for at, declared in enumerate(columns):
        column, given = declared.of_row(name), values.get(declared.key)
        if isinstance(given, FormulaCell):
            sheet.formula(number, at, given.formula.format_map(cells), given.value, column.cell_style)
            continue
        cell = given if isinstance(given, StyledCell) else StyledCell(value=given)
        style = cell.style or column.cell_style
        if cell.runs:
            sheet.runs(number, at, cell.runs, style)
        else:
            value = cell.value
            if column.choices is not None and isinstance(value, str):
                value = column.choices.label(value, sheet.language)
            is_printed = not cell.typed if cell.typed or column.kind is CellKind.ID else None
            sheet.put(number, at, value, style, printed=is_printed)
        if not (column.hidden or column.folded):
            lines = max(lines, count_lines(cell.text, column.width))
    sheet.worksheet.set_row(number, compute_height(lines), None, {"level": 1, "hidden": True} if is_folded else {})


def _name(values: RowValues, columns: Sequence[SheetColumn]) -> str:
    """Return the id of a row."""
    given = values.get(columns[0].key)
    return given.text if isinstance(given, StyledCell) else str(given or "")


def _cells_of(columns: Sequence[SheetColumn], row: int) -> Mapping[str, str]:
    """Return the cells of a row (from 0) as formulas name them, by the keys of their columns."""
    from xlsxwriter.utility import xl_col_to_name

    return {column.key: f"${xl_col_to_name(at)}{row + 1}" for at, column in enumerate(columns)}


def _write_rules(sheet: SheetWriter, first: int, columns: Sequence[SheetColumn], names: Sequence[str]) -> None:
    """Write drop-downs, checks and prompts of the rows from the first on, which have their ids in `names`."""
    for at, column in enumerate(columns):
        kinds = [column.of_row(name) for name in names]
        places: dict[tuple[CellKind, Choices | None], list[int]] = group_pairs(
            ((kind.kind, kind.choices), first + number) for number, kind in enumerate(kinds)
        )
        for rows in places.values():
            cells = [(run[0], at, run[-1], at) for run in split_runs(rows)]
            if rule := make_cell_rule(kinds[rows[0] - first], sheet.book):
                if column.list_from:
                    rule["source"] = f"={column.list_from.format_map(_cells_of(columns, first))}"
                rule["other_cells"] = cells[1:]
                check_written(sheet.worksheet.data_validation(*cells[0], rule), sheet.title)


def write_lists(cell_writer: BookWriter, choices: Iterable[Choices]) -> None:
    """Write the hidden sheet behind the drop-downs, each list with its defined name.

    A list inside a drop-down is limited to 255 characters; one on a sheet is not, and formulas can count by it. The
    mark on every row names what is printed there, so that a label typed into another cell is not taken for it.
    """
    from xlsxwriter.utility import xl_range_abs

    sheet = cell_writer.sheet(_LISTS)
    lists = [(one.name, list(one.labels(cell_writer.language).values())) for one in choices]
    for row in range(2 + max((len(labels) for _, labels in lists), default=0)):
        sheet.put(row, 0, CHOICES_MARK, "key")
    for column, (name, labels) in enumerate(lists, start=1):
        for row, text in enumerate((name, *labels), start=1):
            sheet.put(row, column, text, "key")
        cell_writer.book.define_name(name, f"='{_LISTS}'!{xl_range_abs(2, column, 1 + len(labels), column)}")
    sheet.worksheet.hide()


def write_hidden(cell_writer: BookWriter, title: str, mark: str, rows: Iterable[Sequence[CellValue | None]]) -> None:
    """Write a very hidden sheet that the reader looks up again: a mark, then rows of values as they are."""
    sheet = cell_writer.sheet(title)
    sheet.put(0, 0, mark, "key")
    for row, values in enumerate(rows, start=1):
        for column, value in enumerate(values):
            sheet.put(row, column, value, "key")
    sheet.worksheet.very_hidden()


def make_cell_rule(column: SheetColumn | CoverField, cell_writer: BookWriter) -> dict[str, Any] | None:
    """Return the check of the cells of a column and the prompt of a chosen cell; None for neither."""
    rule = _check(column, Translator(cell_writer.language))
    if not column.prompt:
        return rule
    title, text = cell_writer.words[f"prompt.{column.prompt}.title"], cell_writer.words[f"prompt.{column.prompt}"]
    return {"validate": "any", **(rule or {}), "input_title": title, "input_message": text}


def _check(column: SheetColumn | CoverField, t: Translator) -> dict[str, Any] | None:
    """Return a drop-down, or a warning where a date or a number is expected. An open list only warns."""
    is_listed = isinstance(column, SheetColumn) and bool(column.list_from)
    if is_listed or (column.choices is not None and column.kind in (CellKind.CHOICE, CellKind.CHOICES)):
        name = column.choices.name if column.choices is not None else ""
        rule = {"validate": "list", "source": f"={name}", "error_title": t("Not in the list")}
        is_open = column.kind is CellKind.CHOICES or (column.choices is not None and column.choices.is_open)
        kept = {"error_type": "information"} if is_open else {}
        return {**rule, **kept, "error_message": t("Choose a value from the list.")}
    if column.kind is CellKind.DATE:
        limits = {"criteria": "between", "minimum": _EARLIEST, "maximum": _LATEST}
        return {"validate": "date", **limits, "error_type": "warning", "error_message": t("Write a date.")}
    if column.kind in (CellKind.NUMBER, CellKind.WHOLE):
        message = t("Write a number from 0 up.")
        if column.choices is not None:
            words = t.either(column.choices.labels(t.language).values())
            message = t("Write a number from 0 up, or one of: {words}.", words=words)
        return {"validate": "decimal", "criteria": ">=", "value": 0, "error_type": "warning", "error_message": message}
    return None


def check_written(code: int | None, where: str) -> None:
    """Raise WorkbookError for a code with which XlsxWriter says that it could not write something."""
    if code:
        raise WorkbookError(
            "A drop-down list of the sheet {sheet} could not be written (code {code}).", sheet=where, code=code
        )
