"""From a Layout to an Excel file that can be sent out; the same layout gives the same bytes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from fatf_kit.assessment.workbook.carried_sheets import CarriedSheets, review_notes, write_carried, write_kept
from fatf_kit.assessment.workbook.cover import write_cover
from fatf_kit.assessment.workbook.evidence_register import write_register
from fatf_kit.assessment.workbook.model import Layout, Stamp
from fatf_kit.assessment.workbook.overview import write_contents, write_summary
from fatf_kit.assessment.workbook.question_sheets import write_questions
from fatf_kit.assessment.workbook.schema import ANSWERS, LISTS
from fatf_kit.assessment.workbook.stamp import make_stamp, stamp_facts
from fatf_kit.core.errors import WorkbookError
from fatf_kit.core.files import write_file
from fatf_kit.core.messages import Translator
from fatf_kit.spreadsheets.cell_writer import Pen
from fatf_kit.spreadsheets.sheet import CellValue
from fatf_kit.spreadsheets.stamp import write_stamp
from fatf_kit.spreadsheets.writer import write_lists


def write_template(
    layout: Layout,
    path: Path,
    *,
    prefill: Mapping[str, Mapping[str, CellValue]] | None = None,
    evidence: Sequence[Mapping[str, CellValue]] = (),
    cover: Mapping[str, CellValue] | None = None,
    carried: CarriedSheets | None = None,
) -> Stamp:
    """Write a template, blank or with answers already in it, and return its stamp.

    `prefill` maps requirement ids to values by column key, `evidence` lists items of the register by column key,
    `cover` fills fields of the cover. Ratings, levels of confidentiality and kinds of evidence may be given as codes;
    they are shown in the workbook's language. `carried` says where answers from an older edition come from: it adds
    sheets of its own and marks the rows to review. Nothing given is ever left out silently. The file appears at `path`
    only when it is complete.

    Raises:
        WorkbookError: an answer without a place in this template, or a text longer than a cell.
        FatfKitError: the file cannot be written.
    """
    write_file(path, render_template(layout, prefill=prefill, evidence=evidence, cover=cover, carried=carried))
    return make_stamp(layout)


def render_template(
    layout: Layout,
    *,
    prefill: Mapping[str, Mapping[str, CellValue]] | None = None,
    evidence: Sequence[Mapping[str, CellValue]] = (),
    cover: Mapping[str, CellValue] | None = None,
    carried: CarriedSheets | None = None,
) -> bytes:
    """The bytes that `write_template` writes."""
    if not layout.sheets:
        raise WorkbookError("The template would have no sheet: nothing is asked.")
    answers = prefill or {}
    asked = {row.requirement for sheet in layout.sheets for row in sheet.rows}
    if homeless := [name for name in answers if name not in asked]:
        raise WorkbookError(f"The template does not ask for {', '.join(homeless[:5])}, for which answers were given.")
    pen = Pen(layout.language, Translator(layout.language)(layout.notice))
    stamp = make_stamp(layout)
    write_cover(pen, layout, cover or {})
    write_contents(pen, layout, _extra_sheets(carried))
    write_summary(pen, layout, answers)
    if carried:
        write_carried(pen, carried)
    review = review_notes(pen, carried) if carried else {}
    for plan in layout.sheets:
        write_questions(pen, plan, answers, review)
    write_register(pen, layout.agency, evidence)
    if carried and carried.kept:
        write_kept(pen, carried)
    write_lists(pen, LISTS)
    write_stamp(pen, ANSWERS, f"{pen.words['book.title']} – {layout.edition}", stamp_facts(stamp))
    return pen.finish()


def _extra_sheets(carried: CarriedSheets | None) -> dict[str, str]:
    """Words for the names and headings of the sheets that only a carried-over workbook has."""
    if carried is None:
        return {}
    return {"sheet.carried": "carried.heading", **({"sheet.kept": "kept.heading"} if carried.kept else {})}
