"""The sheets that lead to the tables are written here: a cover with its texts and fields, and a list of the sheets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from fatf_kit.core.messages import Translator
from fatf_kit.spreadsheets.cell_writer import BookWriter, SheetWriter
from fatf_kit.spreadsheets.schema import CellKind, CoverField
from fatf_kit.spreadsheets.sheet import CellValue
from fatf_kit.spreadsheets.styles import count_lines
from fatf_kit.spreadsheets.words import translate_text
from fatf_kit.spreadsheets.writer import check_written, make_cell_rule

_COVER_WIDTHS = (3.0, 30.0, 90.0)
_CONTENTS_WIDTHS = (3.0, 28.0, 84.0, 22.0)
_FRONT_TAB = "#5B6B79"
_PROSE = 86  # characters of a line of a cover


class ReturnTerms(NamedTuple):
    """By when and to whom an agency returns a workbook, and the coordinator's note; what is not known is empty."""

    due: date | None = None
    to: str = ""
    note: str = ""


def list_return_lines(cell_writer: BookWriter, terms: ReturnTerms) -> list[tuple[str, str]]:
    """Return the lines of a cover about the return of a workbook: a name and a text each."""
    due = Translator(cell_writer.language).day(terms.due) if terms.due else ""
    lines = (("cover.return.by", due), ("cover.return.to", terms.to), ("cover.return.note", terms.note))
    return [(cell_writer.words[key], text) for key, text in lines if text]


class CoverForm(NamedTuple):
    """Fields of a cover under a heading, with what is filled in already by key."""

    heading: str
    fields: Sequence[CoverField]
    values: Mapping[str, CellValue | None]


def start_front(
    cell_writer: BookWriter, title: str, heading: str, widths: Sequence[float], *, mark: str = ""
) -> SheetWriter:
    """Make a sheet that leads to others or sums them up, with its heading; its mark is in the narrow first column."""
    sheet = cell_writer.sheet(title, widths, tab=_FRONT_TAB, growing=False)
    if mark:
        sheet.put(0, 0, mark, "key")
    sheet.put(0, 1, heading, "title")
    sheet.worksheet.set_row(0, 30)
    return sheet


def write_contents(cell_writer: BookWriter, heading: str, links: Iterable[tuple[str, str, str]]) -> SheetWriter:
    """Write a sheet that leads to the others: the title of each, what it holds, and a short note or none."""
    words = cell_writer.words
    sheet = start_front(cell_writer, words["sheet.contents"], words["contents.heading"], _CONTENTS_WIDTHS)
    for row, (name, text, note) in enumerate(links, start=2):
        sheet.link(row, 1, name, name)
        sheet.put(row, 2, text, "prose")
        sheet.put(row, 3, note or None, "id line")
        sheet.fit_row(row, count_lines(text, _CONTENTS_WIDTHS[2]))
    sheet.print_setup(heading, landscape=False)
    return sheet


def write_cover(
    cell_writer: BookWriter,
    title: str,
    subtitle: str,
    sections: Sequence[tuple[str, Sequence[tuple[str, str]]]],
    *,
    form: CoverForm | None = None,
) -> SheetWriter:
    """Write a first sheet: a form, if any, then sections with a heading or none and lines of name and text.

    The last of them ends with what every cover says on independence.
    """
    sheet, row = start_cover(cell_writer, title, subtitle)
    if form is not None:
        row = write_section(sheet, row, form.heading, ())
        row = write_fields(sheet, row, form.fields, form.values) + 1
    for place, (heading, lines) in enumerate(sections):
        independence = (cell_writer.affiliation,) if place == len(sections) - 1 else ()
        row = write_section(sheet, row, heading, (*lines, *independence)) + 1
    return sheet


def start_cover(cell_writer: BookWriter, title: str, subtitle: str) -> tuple[SheetWriter, int]:
    """Make a first sheet with its title; return it with the row in which its first section begins."""
    t = Translator(cell_writer.language)
    sheet = start_front(cell_writer, t("Cover"), title, _COVER_WIDTHS)
    sheet.put(1, 1, subtitle, "subtitle")
    sheet.print_setup(title, landscape=False)
    sheet.worksheet.activate()
    return sheet, 3


def write_section(
    sheet: SheetWriter,
    row: int,
    heading: str,
    lines: Iterable[tuple[str, str]],
    sheets: Sequence[str] = (),
) -> int:
    """Write a section of a cover from a row on, with a heading or none; return the row below.

    Each line leads to the sheet of the same place among `sheets`, where there are some.
    """
    if heading:
        sheet.put(row, 1, heading, "section")
        sheet.put(row, 2, None, "section")
        sheet.worksheet.set_row(row, 20)
        row += 1
    for place, (name, text) in enumerate(lines):
        sheet.put(row, 1, name, "label")
        if sheets:
            sheet.link(row, 2, sheets[place], text)
        else:
            sheet.put(row, 2, text, "prose")
        sheet.fit_row(row, max(1.2, count_lines(text, _PROSE), count_lines(name, _COVER_WIDTHS[1] * 0.9)))
        row += 1
    return row


def write_fields(
    sheet: SheetWriter,
    row: int,
    fields: Sequence[CoverField],
    values: Mapping[str, CellValue | None],
) -> int:
    """Write fields of a cover from a row on: a hidden key, a label, a value. Return the row below."""
    sheet.worksheet.set_column(0, 0, 3, None, {"hidden": True})
    for field in fields:
        value = values.get(field.key)
        if field.choices is not None and isinstance(value, str):
            value = field.choices.label(value, sheet.language)
        style = {CellKind.DATE: "field date", CellKind.PRINTED: "field fixed"}.get(field.kind, "field")
        label = translate_text(field.label, sheet.language)
        sheet.put(row, 0, field.key, "key")
        sheet.put(row, 1, label, "label")
        sheet.put(row, 2, value, style)
        lines = max(count_lines(str(value or ""), _PROSE), count_lines(label, _COVER_WIDTHS[1] * 0.85))
        sheet.fit_row(row, max(1.2, lines))
        if rule := make_cell_rule(field, sheet.book):
            check_written(sheet.worksheet.data_validation(row, 2, row, 2, rule), sheet.title)
        row += 1
    return row
