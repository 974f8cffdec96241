"""The report as an Excel workbook: one flat, filterable sheet per table, charts of its own, nothing that calculates."""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING, Any

from fatf_kit.core.dates import read_moment
from fatf_kit.core.languages import detect_direction, remove_unreadable
from fatf_kit.core.messages import AFFILIATION, Translator
from fatf_kit.report.formats.xlsx_charts import ChartLooks, ChartSheetWriter, select_native_charts
from fatf_kit.report.model import DataTable, Report, ValueKind
from fatf_kit.report.palette import ACCENT, RANGE, SWATCHES, find_hatch_colour, find_swatch, get_worst_end, is_range
from fatf_kit.spreadsheets.stamp import REPORT_PROPERTY

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

_NO_MOMENT = datetime(2000, 1, 1)  # a workbook must have one, and the clock would change the bytes
_CELL_LIMIT, _NAME_LIMIT = 32_767, 31
_FROM_THE_LEFT, _FROM_THE_RIGHT = 1, 2
_HATCH, _HATCH_RTL = 14, 13
"""Thin diagonal stripes, up and down, by their numbers in the file format."""


def render_xlsx(report: Report) -> bytes:
    """Return the tables of the report as sheets, after a first sheet that says what it is.

    Text is always text: a narrative that starts with "=" never becomes a formula.
    """
    import xlsxwriter

    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    made_on = report.document.made_on
    moment = read_moment(made_on).replace(tzinfo=None) if made_on else _NO_MOMENT
    book.set_properties({"title": report.document.title, "created": moment})
    book.set_custom_property(REPORT_PROPERTY, report.document.id, "text")
    sheets = _Sheets(book, Translator(report.document.language))
    sheets.about(report)
    sheets.charts(report)
    for table in report.tables:
        sheets.table(table)
    book.close()
    return target.getvalue()


_FORMULA_SIGNS = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


def _name_of_sheet(title: str) -> str:
    """Return a title that Excel takes for a sheet: 31 letters, cut between words, without signs of formulas."""
    title = remove_unreadable(title).translate(_FORMULA_SIGNS)
    return title if len(title) <= _NAME_LIMIT else title[: _NAME_LIMIT - 1].rsplit(" ", 1)[0] + "…"


def _longest(title: str) -> int:
    return max(map(len, title.split()), default=0)


def _cut_to_cell(text: str) -> str:
    """Return the text as a cell can hold it; a longer one ends in an ellipsis."""
    text = remove_unreadable(text)
    return text if len(text) <= _CELL_LIMIT else f"{text[: _CELL_LIMIT - 1]}…"


def _is_rating(text: str) -> bool:
    """Return whether a text is a rating, a range of two, or a severity."""
    return all(end and end in SWATCHES for end in text.split(RANGE))


def _is_part(value: float | str) -> bool:
    """Return whether a value is a number with decimals, of which four are enough to read."""
    return isinstance(value, float) and not value.is_integer()


class _Sheets:
    def __init__(self, book: Workbook, t: Translator) -> None:
        rtl = t.direction == "rtl"
        font: dict[str, Any] = {"font_name": "Arial" if rtl else "Calibri", "font_size": 11, "valign": "top"}
        if rtl:
            font["reading_order"] = _FROM_THE_RIGHT
        self._book = book
        self._t = t
        self._rtl = rtl
        self._text = book.add_format({**font, "text_wrap": True})
        self._decimal = book.add_format({**font, "num_format": "0.0###"})
        self._amount = book.add_format({**font, "num_format": "#,##0"})
        self._cents = book.add_format({**font, "num_format": "#,##0.00"})
        self._rounded = book.add_format({**font, "num_format": "0.0"})
        from_left = {"align": "right", "reading_order": _FROM_THE_LEFT}
        self._foreign = book.add_format({**font, "text_wrap": True, **from_left})
        head = {"bold": True, "font_color": "#ffffff", "bg_color": ACCENT, "text_wrap": True}
        self._head = book.add_format({**font, **head})
        self._title = book.add_format({**font, "bold": True, "font_size": 16})
        self._notice = book.add_format({**font, "text_wrap": True, "italic": True})
        self._font = font
        self._ratings: dict[str, Format] = {}

    def _named(self, code: str) -> str:
        """Return a rating, range or severity in the reader's words; letters stay letters."""
        return RANGE.join(self._t(self._t.named(end)) for end in code.split(RANGE))

    def _look(self, text: str) -> Format:
        """Return the format of a text: in a right-to-left sheet one of another script keeps its direction."""
        return self._foreign if self._rtl and detect_direction(text) == "ltr" else self._text

    def _rating(self, code: str, *, is_open: bool) -> Format:
        """Return the look of a rating; one of a range is hatched on the colour of its worst end."""
        key = f"{get_worst_end(code)}{RANGE if is_open else ''}"
        if key not in self._ratings:
            colours = find_swatch(code)
            look = {"bg_color": colours.fill, "font_color": colours.ink, "bold": True, "align": "center"}
            if is_open:
                look["pattern"] = _HATCH_RTL if self._rtl else _HATCH
                look["fg_color"] = find_hatch_colour(key) or colours.ink
            self._ratings[key] = self._book.add_format({**self._font, **look})
        return self._ratings[key]

    def about(self, report: Report) -> None:
        document = report.document
        sheet = self._sheet(self._t("About"))
        sheet.set_column(0, 0, 28)
        sheet.set_column(1, 1, 90)
        sheet.write_string(0, 0, _cut_to_cell(document.title), self._title)
        sheet.write_string(1, 0, _cut_to_cell(document.subtitle))
        notices = (*document.notices, self._t(AFFILIATION))
        lines = (*document.facts, *(("", notice) for notice in notices))
        for line, (name, value) in enumerate(lines, 3):
            sheet.write_string(line, 0, _cut_to_cell(name), self._text)
            sheet.write_string(line, 1, _cut_to_cell(value), self._look(value) if name else self._notice)

    def charts(self, report: Report) -> None:
        drawn = select_native_charts(report.document)
        if drawn:
            looks = ChartLooks(self._head, self._text, self._rounded)
            ChartSheetWriter(self._book, self._sheet(self._t("Charts"), repeat=False), drawn, looks, rtl=self._rtl)

    def table(self, table: DataTable) -> None:
        sheet = self._sheet(_name_of_sheet(table.title))
        for column, spec in enumerate(table.columns):
            sheet.set_column(column, column, max(spec.width, _longest(spec.title) + 2))
            sheet.write_string(0, column, spec.title, self._head)
        shared = {n for row in table.rows for n, value in enumerate(row) if value is not None and _is_part(value)}
        ends = [n for n, spec in enumerate(table.columns) if spec.kind is ValueKind.RANGE_END]
        for line, row in enumerate(table.rows, 1):
            is_open = len({row[n] for n in ends}) > 1
            for column, value in enumerate(row):
                is_plain = table.columns[column].kind is ValueKind.PLAIN_RATING
                if isinstance(value, str) and _is_rating(value) and not is_plain:
                    look = self._rating(value, is_open=is_range(value) or (is_open and column in ends))
                    sheet.write_string(line, column, self._named(value), look)
                elif isinstance(value, str):
                    sheet.write_string(line, column, _cut_to_cell(value), self._look(value))
                elif value is not None and table.columns[column].kind is ValueKind.AMOUNT:
                    sheet.write_number(line, column, value, self._cents if column in shared else self._amount)
                elif value is not None:
                    sheet.write_number(line, column, value, self._decimal if column in shared else self._text)
        sheet.freeze_panes(1, 1)
        if table.rows:
            sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)

    def _sheet(self, title: str, *, repeat: bool = True) -> Any:
        sheet = self._book.add_worksheet(title)
        if self._rtl:
            sheet.right_to_left()
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        if repeat:
            sheet.repeat_rows(0)
        sheet.set_footer("&C&P / &N")
        return sheet
