"""Tables that people go on working in: written with headings, drop-downs and hidden keys, and found again by these."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from fatf_kit.errors import WorkbookError
from fatf_kit.locale import LANGUAGES, clean, normalise
from fatf_kit.messages import Words
from fatf_kit.problems import CellRef, Problem, make_problem, quoted
from fatf_kit.workbook.beside import around
from fatf_kit.workbook.grid import Sheet, flaw
from fatf_kit.workbook.marks import PRINTED_MARK
from fatf_kit.workbook.model import CellValue
from fatf_kit.workbook.pen import Pen
from fatf_kit.workbook.printed import printed_in, typed_on
from fatf_kit.workbook.styles import height_of, lines_of

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

FIRST_ROW = 2
"""Row (from 0) where a table begins: headings and hidden keys stand above."""

SPARE_ROWS = 40
"""Rows after the last one in which drop-downs work too, for what people add."""

_ENOUGH = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its stable key, its heading in English, its width in characters, its style, its drop-down.

    `hidden` columns are for the reader only.
    """

    key: str
    heading: str
    width: float
    style: str = "text"
    choices: str | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundRow:
    """A filled row: values by column key, and the address of each of its cells."""

    values: Mapping[str, CellValue]
    refs: Mapping[str, CellRef]

    def text(self, key: str) -> str:
        """The text under a key; empty where there is none."""
        value = self.values.get(key)
        return clean(str(value)) if value is not None else ""

    def words(self, key: str) -> str:
        """The words under a key as typed, with their line breaks."""
        return str(self.values.get(key, "")).strip()


def write_table(
    pen: Pen,
    title: str,
    columns: Sequence[Column],
    rows: Sequence[Mapping[str, CellValue | None]],
    t: Words,
    *,
    tab: str,
    freeze: int = 2,
    heading: str = "",
    spare: int = SPARE_ROWS,
    across: int = 1,
) -> None:
    """One sheet with a table; what is not locked by its style may be typed into.

    `spare` rows beneath it are for what people add; a table that only tells has none, and prints no empty page. A table
    too wide to be read on one page is printed `across` several, its frozen columns on each.
    """
    sheet = pen.sheet(title[:31], (column.width for column in columns), tab=tab)
    _write_headings(pen, sheet, columns, t)
    for row, values in enumerate(rows, start=FIRST_ROW):
        for number, column in enumerate(columns):
            pen.put(sheet, row, number, values.get(column.key), column.style)
        tall = (lines_of(str(values.get(c.key) or ""), c.width) for c in columns if not c.hidden)
        sheet.set_row(row, height_of(max(2, *tall)))
    last = FIRST_ROW + len(rows) + spare - 1
    for row in range(FIRST_ROW + len(rows), last + 1):
        for number, column in enumerate(columns):
            pen.put(sheet, row, number, None, "short text" if column.style in ("id", "requirement") else column.style)
    for number, column in enumerate(columns):
        if rule := _rule(column, t):
            _checked(sheet.data_validation(FIRST_ROW, number, last, number, rule), title)
    sheet.freeze_panes(FIRST_ROW, freeze)
    pen.print_setup(sheet, heading or title, landscape=True, repeat=FIRST_ROW)
    if across > 1:
        sheet.fit_to_pages(across, 0)
        sheet.repeat_columns(0, freeze - 1)
        sheet.print_across()


def _write_headings(pen: Pen, sheet: Worksheet, columns: Sequence[Column], t: Words) -> None:
    """The headings, and under them the hidden row of keys by which columns are found again."""
    texts = [t(column.heading) for column in columns]
    for number, (column, text) in enumerate(zip(columns, texts, strict=True)):
        pen.put(sheet, 0, number, text, "heading")
        pen.put(sheet, 1, number, column.key, "key")
        if column.hidden:
            sheet.set_column(number, number, column.width, None, {"hidden": True})
    shown = [(text, column.width) for text, column in zip(texts, columns, strict=True) if not column.hidden]
    sheet.set_row(0, height_of(max(lines_of(text, width * 0.9) for text, width in shown) + 0.4))
    sheet.set_row(1, None, None, {"hidden": True})


def write_lists(pen: Pen, mark: str, lists: Mapping[str, Sequence[str]]) -> None:
    """The hidden sheet behind the drop-downs, each list with a defined name."""
    from xlsxwriter.utility import xl_range_abs

    sheet = pen.sheet("_lists")
    pen.put(sheet, 0, 0, mark, "key")
    for column, (name, texts) in enumerate(lists.items()):
        for row, text in enumerate(texts, start=FIRST_ROW):
            pen.put(sheet, row, column, text, "key")
        cells = xl_range_abs(FIRST_ROW, column, FIRST_ROW + len(texts) - 1, column)
        pen.book.define_name(name, f"='_lists'!{cells}")
    sheet.hide()


def write_hidden(pen: Pen, title: str, mark: str, rows: Iterable[Sequence[CellValue | None]]) -> None:
    """A very hidden sheet: a mark, then rows of values as they are."""
    sheet = pen.sheet(title)
    pen.put(sheet, 0, 0, mark, "key")
    for row, values in enumerate(rows, start=1):
        for column, value in enumerate(values):
            pen.put(sheet, row, column, value, "key")
    sheet.very_hidden()


def hidden_rows(sheets: Iterable[Sheet], mark: str) -> list[list[str]] | None:
    """The rows under a mark as texts, wherever its sheet stands; None where it is gone."""
    for sheet in sheets:
        if sheet.grid and sheet.grid[0] and str(sheet.grid[0][0]).strip() == mark:
            return [[_text(value) for value in row] for row in sheet.grid[1:]]
    return None


def find_rows(sheets: Iterable[Sheet], columns: Sequence[Column]) -> tuple[list[FoundRow], list[Problem]] | None:
    """The rows of a table, wherever it was moved; None where no sheet has it. Rows without any value are left out.

    Several sheets may have it, copies kept in the file. A row that says the same as one before it is left out.
    """
    rows: list[FoundRow] = []
    problems: list[Problem] = []
    there = False
    for sheet in sheets:
        if (found := _head(sheet, columns)) is not None:
            here, told = _rows(sheet, *found, _printed(columns))
            rows += [row for row in here if not there or all(row.values != first.values for first in rows)]
            problems += told
            there = True
    return (rows, problems) if there else None


def typed_elsewhere(
    sheets: Sequence[Sheet],
    read: Sequence[Sequence[Column]],
    marks: Collection[str],
    *,
    telling: Sequence[Sequence[Column]] = (),
    heading: str = "",
) -> Iterator[Problem]:
    """What somebody typed on sheets that have none of the tables to `read`; `marks` are those of hidden sheets.

    Where the file says nothing of what was printed on the others, they are known by the tables on them that are only
    `telling`, and the cover by its `heading`, in English.
    """
    prints = printed_in(sheets)
    titles = {normalise(Words(language)(heading)) for language in LANGUAGES}
    for sheet in sheets:
        first = str(sheet.grid[0][0]).strip() if sheet.grid and sheet.grid[0] else ""
        if first in (*marks, PRINTED_MARK) or any(_head(sheet, columns) for columns in read):
            continue
        if prints is not None:
            yield from typed_on(sheet, prints)
            continue
        ours = any(_head(sheet, columns) for columns in telling)
        if not ours and not any(normalise(str(value)) in titles for row in sheet.grid[:3] for value in row[:3]):
            yield from typed_on(sheet, ())


def _head(sheet: Sheet, columns: Sequence[Column]) -> tuple[dict[str, int], int] | None:
    """Where the columns are: by hidden keys, else by headings in any language; and the last row of the head."""
    names = {column.key: column.key for column in columns}
    spoken = {normalise(Words(one)(column.heading)): column.key for one in LANGUAGES for column in columns}
    for known in (names, spoken):
        for number, row in enumerate(sheet.grid):
            at: dict[str, int] = {}
            for place, value in enumerate(row):
                if isinstance(value, str) and (key := known.get(value.strip() if known is names else normalise(value))):
                    at.setdefault(key, place)
            if len(at) >= _ENOUGH and columns[0].key in at:
                return at, number
    return None


_EARLIER_HEADINGS = ("Person-days", "أيام العمل للفرد", "Jours-personne")
"""Headings of columns that earlier versions printed otherwise."""


def _printed(columns: Sequence[Column]) -> frozenset[str]:
    """The keys of columns, their headings in every language, and those of earlier workbooks, normalised."""
    headings = {normalise(Words(one)(column.heading)) for one in LANGUAGES for column in columns}
    return frozenset(headings | {normalise(text) for text in (*_EARLIER_HEADINGS, *(c.key for c in columns))})


def _rows(
    sheet: Sheet, at: Mapping[str, int], head: int, printed: Collection[str]
) -> tuple[list[FoundRow], list[Problem]]:
    rows: list[FoundRow] = []
    problems: list[Problem] = []
    for number in range(head + 1, len(sheet.grid)):
        refs = {key: sheet.ref(number, place) for key, place in at.items()}
        values = {key: value for key, place in at.items() if (value := sheet.value(number, place)) is not None}
        problems += [
            flaw(sheet.flaws[number, place], refs[key]) for key, place in at.items() if (number, place) in sheet.flaws
        ]
        if values:
            rows.append(FoundRow(values=values, refs=refs))
    return rows, [*problems, *around(sheet, set(at.values()), head, printed)]


def nameless(row: FoundRow, key: str) -> Problem:
    """The Problem of a row that says something, but not what it is about."""
    first = next(name for name in row.values)
    return make_problem("row-nameless", row.refs[first], column=key)


def ids_in(text: str) -> tuple[str, ...]:
    r"""Ids in one cell, however they are separated.

    >>> ids_in("R.10/10.2; R.22/22.1\nR.23/23.1")
    ('R.10/10.2', 'R.22/22.1', 'R.23/23.1')
    """
    for sign in ";،؛\n":
        text = text.replace(sign, ",")
    return tuple(dict.fromkeys(one for part in text.split(",") if (one := clean(part))))


def choice_of(text: str, codes: Iterable[str]) -> str | None:
    """The code behind a label in any shipped language, or the code itself; None where it is neither."""
    plain = normalise(text)
    for code in codes:
        if plain in {normalise(code), *(normalise(Words(language)(code)) for language in LANGUAGES)}:
            return code
    return None


def unknown_choice(row: FoundRow, key: str, allowed: Iterable[str], t: Words) -> Problem:
    """The Problem of a cell that holds none of its choices."""
    return make_problem("choice-unknown", row.refs[key], **quoted(row.text(key)), allowed=", ".join(map(t, allowed)))


def _rule(column: Column, t: Words) -> dict[str, Any] | None:
    if column.choices:
        error = {"error_title": t("Not in the list"), "error_message": t("Choose a value from the list.")}
        return {"validate": "list", "source": f"={column.choices}", **error}
    if column.style == "date":
        limits = {"criteria": "between", "minimum": date(2000, 1, 1), "maximum": date(2199, 12, 31)}
        return {"validate": "date", **limits, "error_type": "warning", "error_message": t("Write a date.")}
    return None


def _checked(code: int | None, where: str) -> None:
    if code:
        raise WorkbookError(f"Sheet {where}: a drop-down could not be written (code {code}).")


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
