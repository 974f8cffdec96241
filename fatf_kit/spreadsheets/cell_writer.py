"""Cells are written so that nothing is lost or turned into something else on the way into the file.

XlsxWriter answers with a code where it could not write; every code is looked at here, and nowhere else is a cell
written directly.
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from fatf_kit.core.errors import WorkbookError
from fatf_kit.core.languages import direction, find_code, label, list_named_scales
from fatf_kit.spreadsheets.fingerprints import (
    COUNTED,
    REPEATED,
    SHEET,
    fingerprint_comment,
    fingerprint_margin,
    fingerprint_name,
    fingerprint_row,
    fingerprint_title,
    make_fingerprint,
)
from fatf_kit.spreadsheets.formats.limits import MAX_TEXT, count_units
from fatf_kit.spreadsheets.marks import PRINTED_MARK
from fatf_kit.spreadsheets.sheet import CellValue
from fatf_kit.spreadsheets.styles import COMMENT, FONT, SIZE, Styles, compute_height, count_lines, is_locked
from fatf_kit.spreadsheets.words import independence_notice, load_words

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_MAX_WHOLE = 10**15  # spreadsheets keep 15 digits
_FIRST_DAY = date(1900, 3, 1)  # before it Excel counts days differently from everybody else
_NOT_IN_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")
_ROW_PIXELS, _COLUMN_PIXELS = 17, 64
_COMMENT_WIDTH = 64  # characters of a line of a comment


class BookWriter:
    """One workbook being written: its sheets, its styles, its words, and fingerprints of all that is printed."""

    def __init__(self, language: str, notice: str = "") -> None:
        from xlsxwriter import Workbook

        self.language = language
        self.notice = notice
        self.rtl = direction(language) == "rtl"
        self.words = load_words(language)
        self.fingerprints: set[str] = set()
        """Those of texts that are known by themselves, and of headers, footers and comments."""
        self._sheets: list[SheetWriter] = []
        self._bytes = io.BytesIO()
        self.book = Workbook(
            self._bytes,
            {
                "in_memory": True,
                "default_format_properties": {"font_name": FONT, "font_size": SIZE},
                "default_row_height": _ROW_PIXELS,
                "default_column_width": _COLUMN_PIXELS,
            },
        )
        self.styles = Styles(self.book, rtl=self.rtl)

    @property
    def affiliation(self) -> tuple[str, str]:
        """Return what a cover says on independence: a heading and the sentence."""
        return independence_notice(self.language)

    def finish(self) -> bytes:
        """Close the workbook and hand over its bytes.

        Every one says in its properties that it is independent, and what was printed into it on a sheet of its own.
        """
        self._write_fingerprints()
        self.book.set_properties({**self.book.doc_properties, "comments": self.affiliation[1]})
        self.book.close()
        return self._bytes.getvalue()

    def sheet(
        self,
        title: str,
        widths: Iterable[float] = (),
        *,
        tab: str | None = None,
        growing: bool = True,
        protected: bool = True,
    ) -> SheetWriter:
        """Make a new sheet, protected without a password: formats may be changed and rows inserted, ids may not.

        `growing` rows get taller with what is typed into them; otherwise the heights given stay. A sheet that is not
        `protected` can be sorted.
        """
        worksheet = self.book.add_worksheet(title, _growing_sheet() if growing else None)
        sheet = SheetWriter(self, worksheet)
        self._sheets.append(sheet)
        if self.rtl:
            worksheet.right_to_left()
        for column, width in enumerate(widths):
            sheet.check(worksheet.set_column(column, column, width))
        if tab:
            worksheet.set_tab_color(tab)
        if protected:
            allowed = ("format_cells", "format_columns", "format_rows", "insert_rows", "sort", "autofilter")
            worksheet.protect("", dict.fromkeys(allowed, True))
        worksheet.hide_gridlines(2)
        return sheet

    def may_show(self, texts: Iterable[str]) -> None:
        """Say which texts formulas may show, wherever they stand, so that none is taken for words that people typed."""
        self.fingerprints.update(map(make_fingerprint, texts))

    def shown(self, scale: str | None, value: CellValue | None) -> CellValue | None:
        """Return the label of a code in the workbook's language; anything that is not a code of the scale stays."""
        code = find_code(scale, value) if scale in list_named_scales() and isinstance(value, str) else None
        return label(str(scale), code, self.language) if code else value

    def _write_fingerprints(self) -> None:
        """Write the very hidden sheet with the fingerprints of all that was printed, each once and in order."""
        found = sorted(self.fingerprints.union(*(sheet.list_fingerprints() for sheet in self._sheets)))
        sheet = self.sheet(SHEET)
        for row, text in enumerate((PRINTED_MARK, *found)):
            sheet.check(sheet.worksheet.write_string(row, 0, text, self.styles["key"]))
        sheet.worksheet.very_hidden()


class SheetWriter:
    """One sheet being written, in the language and styles of its workbook; `worksheet` is XlsxWriter's own."""

    def __init__(self, book: BookWriter, worksheet: Worksheet) -> None:
        self.book, self.worksheet = book, worksheet
        self.language, self.words, self.styles = book.language, book.words, book.styles
        self.title: str = worksheet.get_name()
        self._printed: dict[int, dict[int, CellValue]] = {}  # values by row and column

    def put(self, row: int, column: int, value: CellValue | None, style: str, *, printed: bool | None = None) -> None:
        """Write a value as what it is; a text stays a text, whatever it begins with. None leaves a formatted blank.

        Words in a locked cell are printed by fatf-kit; `printed` says so of another cell, or that people typed them.
        Headings and titles are known by themselves.

        Raises:
            WorkbookError: the text is longer than a cell.
        """
        made = self.styles.choose_for(style, value)
        if is_locked(style) if printed is None else printed:
            self._remember(row, column, value)
        known = self.book.fingerprints
        if style.startswith(("heading", "title")) and value:
            known.add(make_fingerprint(value))
        elif style in ("label", "section", "subtitle") and value:
            known.add(fingerprint_name(value))
        if style in ("title", "table title", "subtitle", "note", "note wrapped") and value:
            known.add(fingerprint_title(value))
        sheet = self.worksheet
        if value is None or value == "":
            code = sheet.write_blank(row, column, None, made)
        elif isinstance(value, bool):
            code = sheet.write_boolean(row, column, value, made)
        elif isinstance(value, date) and _day(value) >= _FIRST_DAY:
            code = sheet.write_datetime(row, column, _day(value), made if "date" in style else self.styles["date"])
        elif isinstance(value, int | float) and math.isfinite(value) and abs(value) < _MAX_WHOLE:
            code = sheet.write_number(row, column, value, made)
        else:
            code = sheet.write_string(row, column, self._text(row, column, value), made)
        self.check(code)

    def put_across(self, row: int, first: int, last: int, value: CellValue | None, style: str) -> None:
        """Write a value into cells of a row that are shown as one."""
        if last > first:
            self.worksheet.merge_range(row, first, row, last, "", self.styles[style])
        self.put(row, first, value, style)

    def runs(self, row: int, column: int, parts: Iterable[tuple[str, str]], style: str) -> None:
        """Write one text in several styles, given as pairs of style and text; empty texts are left out."""
        parts = [(name, text) for name, text in parts if text]
        whole = "".join(text for _, text in parts)
        self._text(row, column, whole)
        if len(parts) < 2:  # XlsxWriter wants two at least
            return self.put(row, column, whole or None, style)
        self._remember(row, column, whole)
        pieces: list[Any] = [piece for name, text in parts for piece in (self.styles[name], _xml_text(text))]
        return self.check(self.worksheet.write_rich_string(row, column, *pieces, self.styles[style]))

    def fit_row(self, row: int, lines: float) -> None:
        """Make a row tall enough for so many lines."""
        self.worksheet.set_row(row, compute_height(lines))

    def note(
        self, row: int, last: int, text: str, lines: float, *, first: int = 0, style: str = "note wrapped"
    ) -> None:
        """Write a note over the columns from the `first` to the `last`, in a row that keeps its height.

        Programs fit heights to cells by themselves, merged ones left aside: the note would be cut.
        """
        self.put_across(row, first, last, text, style)
        self.fit_row(row, lines)
        if hasattr(self.worksheet, "held"):
            self.worksheet.held.add(row + 1)

    def comment(self, row: int, column: int, text: str) -> None:
        """Write a comment on a cell, shown when the pointer is on it; nothing for an empty text."""
        if text:
            self.book.fingerprints.add(fingerprint_comment(text))
            lines = count_lines(text, _COMMENT_WIDTH * 0.9)
            size = {"width": 7 * _COMMENT_WIDTH, "height": 15 * (lines + 1)}
            look = {"author": "fatf-kit", "font_name": FONT, "font_size": SIZE - 1, "color": COMMENT}
            self.check(self.worksheet.write_comment(row, column, text, {**size, **look}))

    def link(self, row: int, column: int, to: str, text: str, style: str = "link", *, to_row: int = 0) -> None:
        """Write a text that leads to a row (from 0) of another sheet of the workbook."""
        self._remember(row, column, text)
        self.book.fingerprints.add(fingerprint_name(text))
        self.check(self.worksheet.write_url(row, column, f"internal:'{to}'!A{to_row + 1}", self.styles[style], text))

    def formula(self, row: int, column: int, formula: str, value: float | str, style: str) -> None:
        """Write a formula together with its present result, which many readers show without calculating."""
        self._remember(row, column, REPEATED if isinstance(value, str) else COUNTED)
        self.check(self.worksheet.write_formula(row, column, formula, self.styles[style], value))

    def add_validation(
        self, rows: tuple[int, int], column: int, *, prompt: str, name: str, rule: object = None
    ) -> None:
        """Give cells a drop-down or a check, and a prompt that shows when one of them is chosen.

        `prompt` and `name` are keys of words: the text of the prompt, and what its title is called. `rule` is the name
        of a list, date for a date, None for anything.
        """
        options: dict[str, Any] = {"validate": "any"}
        if rule is date:
            # A warning only: calendars and national formats differ, and the reader says so where a date is unclear.
            limits = {"criteria": "between", "minimum": date(1900, 1, 1), "maximum": date(2199, 12, 31)}
            options = {"validate": "date", **limits, "error_type": "warning", **self._error("date")}
        elif rule is not None:
            options = {"validate": "list", "source": f"={rule}", **self._error("list")}
        options |= {"input_title": self.words[f"prompt.{name}.title"], "input_message": self.words[f"prompt.{prompt}"]}
        self.check(self.worksheet.data_validation(rows[0], column, rows[1], column, options))

    def print_setup(self, heading: str, *, landscape: bool, repeat: int = 0) -> None:
        """Set A4, one page wide, a heading on top and page numbers below; `repeat` rows are on every page."""
        sheet, rtl = self.worksheet, self.book.rtl
        if landscape:
            sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        page = self.words["print.page"].format(page="&P", pages="&N")
        near, far = ("&R", "&L") if rtl else ("&L", "&R")
        foot = self.book.notice or self.words["book.title"]
        title = f"{near}&8{self._line(foot)}"
        bare = self.words["print.page"].format(page="", pages="")
        self.book.fingerprints |= {fingerprint_margin(_plain(text)) for text in (heading, foot, bare)}
        number = f"{far}&8{page}"
        sheet.set_header(f"{near}&8{self._line(heading)}")
        sheet.set_footer(number + title if rtl else title + number)
        if repeat:
            sheet.repeat_rows(0, repeat - 1)

    def list_fingerprints(self) -> Iterator[str]:
        """Yield the fingerprints of its rows."""
        for cells in self._printed.values():
            yield from fingerprint_row([cells[column] for column in sorted(cells)])

    def check(self, code: int | None) -> None:
        """Raise WorkbookError for a code with which XlsxWriter says that it could not write something."""
        if code:
            raise WorkbookError(
                "A cell or setting of the sheet {sheet} could not be written (code {code}).",
                sheet=self.title,
                code=code,
            )

    def _remember(self, row: int, column: int, value: CellValue | None) -> None:
        if value is not None and value != "":
            self._printed.setdefault(row, {})[column] = value

    def _error(self, name: str) -> dict[str, str]:
        return {"error_title": self.words[f"error.{name}.title"], "error_message": self.words[f"error.{name}"]}

    def _line(self, text: str) -> str:
        """Return a line of a header or footer, whose cells have no direction of their own: the characters carry it."""
        return f"\u202b{_plain(text)}\u202c" if self.book.rtl else _plain(text)

    def _text(self, row: int, column: int, value: CellValue) -> str:
        text = _xml_text(value.isoformat() if isinstance(value, date) else str(value))
        if count_units(text) > MAX_TEXT:
            from xlsxwriter.utility import xl_rowcol_to_cell

            raise WorkbookError(
                "The text in {cell} has {length} characters, and a cell contains at most {limit}. Move part of the "
                "text to an annex and cite the annex as evidence.",
                cell=f"{self.title}!{xl_rowcol_to_cell(row, column)}",
                length=count_units(text),
                limit=MAX_TEXT,
            )
        return text


@cache
def _growing_sheet() -> type[Worksheet]:
    """Return a Worksheet whose rows keep growing with what is typed into them.

    XlsxWriter marks every height it is given as chosen by hand, and a spreadsheet then never changes it again. Without
    the mark the height is where a row starts.
    """
    from xlsxwriter.worksheet import Worksheet

    class GrowingSheet(Worksheet):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.held: set[int] = set()

        def _xml_start_tag_unencoded(self, tag: str, attributes: Any = ()) -> None:
            grows = tag == "row" and dict(attributes).get("r") not in self.held
            kept = [pair for pair in attributes if pair[0] != "customHeight"] if grows else attributes
            super()._xml_start_tag_unencoded(tag, kept)

    return GrowingSheet


def _day(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value


def _plain(text: str) -> str:
    """Return for headers and footers, where "&" begins a command and 255 characters are the limit."""
    return (text if len(text) <= 160 else text[:159] + "…").replace("&", "&&")


def _xml_text(text: str) -> str:
    return _NOT_IN_XML.sub("\ufffd", text)
