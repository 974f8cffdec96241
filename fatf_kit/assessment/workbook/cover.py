"""The first sheet: for whom, which edition, how to fill in, and what the ratings mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from fatf_kit.assessment.workbook.model import Layout
from fatf_kit.assessment.workbook.schema import COVER
from fatf_kit.core.errors import WorkbookError
from fatf_kit.core.languages import list_labels
from fatf_kit.spreadsheets.cell_writer import BookWriter, SheetWriter
from fatf_kit.spreadsheets.covers import list_return_lines, start_front, write_fields
from fatf_kit.spreadsheets.marks import COVER_MARK
from fatf_kit.spreadsheets.sheet import CellValue
from fatf_kit.spreadsheets.styles import count_lines

_LABEL, _VALUE = 1, 2
_WIDTHS = (3.0, 27.0, 76.0)
_STEPS = 6


def write_cover(cell_writer: BookWriter, layout: Layout, given: Mapping[str, CellValue]) -> None:
    """Write the fields to complete, each with its key in a hidden column, then instructions and the rating key.

    Raises:
        WorkbookError: a field that the contract does not have.
    """
    if strange := sorted(set(given) - {field.key for field in COVER}):
        raise WorkbookError("The cover has no field {names}.", names=tuple(strange))
    words = cell_writer.words
    sheet = start_front(cell_writer, words["sheet.cover"], words["book.title"], _WIDTHS, mark=COVER_MARK)
    sheet.put(1, _LABEL, describe_recipient(cell_writer, layout), "subtitle")

    row = 3
    if lines := list_return_lines(cell_writer, layout.terms):
        row = _section(sheet, row, words["cover.return"], lines) + 1
    row = _section(sheet, row, words["cover.filled"], [])
    row = write_fields(sheet, row, COVER, _values(layout, given))
    steps = (*map(str, range(1, _STEPS + 1)), *_list_hints(layout))
    how = [_titled(cell_writer, f"cover.step.{step}") for step in steps]
    row = _section(sheet, row + 1, words["cover.how"], how)
    asked = {line.scale for plan in layout.sheets for line in plan.rows}
    for scale, points in (("criterion", layout.scales.criterion), ("achievement", layout.scales.achievement)):
        if scale in asked:
            names = list_labels(scale, cell_writer.language)
            key = [(names[point.code], point.meaning) for point in points]
            row = _section(sheet, row + 1, words[f"cover.key.{scale}"], key)
    names = list_labels("confidentiality", cell_writer.language)
    levels = [(name, words[f"cover.confidentiality.{code}"]) for code, name in names.items()]
    row = _section(sheet, row + 1, words["cover.confidentiality"], levels)
    notices = [_titled(cell_writer, f"cover.notice.{name}") for name in ("wording", "indicative")]
    _section(sheet, row + 1, words["cover.notices"], [*notices, cell_writer.affiliation])
    sheet.print_setup(layout.edition_title, landscape=False)
    sheet.worksheet.fit_to_pages(1, 1)
    sheet.worksheet.set_first_sheet()
    sheet.worksheet.activate()


def _list_hints(layout: Layout) -> Iterator[str]:
    """Yield what to say besides the steps: on support sheets where there are some, on notes and colours."""
    if any(plan.is_support for plan in layout.sheets):
        yield "support"
    if any(row.evidence or row.shortcomings for plan in layout.sheets for row in plan.rows):
        yield "notes"
    if any(row.scale == "criterion" for plan in layout.sheets if not plan.is_support for row in plan.rows):
        yield "colour"


def describe_recipient(cell_writer: BookWriter, layout: Layout) -> str:
    """Return the line that says for whom a template is made, and its notice."""
    named = layout.agency_name or layout.agency
    whom = cell_writer.words["book.for_agency" if layout.agency else "book.whole_country"].format(agency=named)
    return " – ".join(filter(None, (whom, cell_writer.notice)))


def _values(layout: Layout, given: Mapping[str, CellValue]) -> dict[str, CellValue | None]:
    known: dict[str, CellValue | None] = {
        "country": layout.country,
        "agency": layout.agency_name or layout.agency,
        "edition": layout.edition_title,
        "cut_off": layout.cut_off,
    }
    return {field.key: given.get(field.key, known.get(field.key)) for field in COVER}


def _titled(cell_writer: BookWriter, key: str) -> tuple[str, str]:
    return cell_writer.words[f"{key}.title"], cell_writer.words[key]


def _section(sheet: SheetWriter, row: int, heading: str, lines: list[tuple[str, str]]) -> int:
    """Write a heading and a table of two columns; return the first row below."""
    sheet.put(row, _LABEL, heading, "section")
    sheet.put(row, _VALUE, None, "section")
    sheet.worksheet.set_row(row, 20)
    for name, text in lines:
        row += 1
        sheet.put(row, _LABEL, name, "label")
        sheet.put(row, _VALUE, text, "prose")
        sheet.fit_row(row, max(count_lines(name, _WIDTHS[_LABEL]), count_lines(text, _WIDTHS[_VALUE])))
    return row + 1
