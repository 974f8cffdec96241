"""From a Layout to an Excel file that can be sent out; the same layout gives the same bytes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import fields
from itertools import groupby
from pathlib import Path

from fatf_kit.assessment.workbook.carried_sheets import CarriedSheets, list_review_notes, write_carried, write_kept
from fatf_kit.assessment.workbook.cover import write_cover
from fatf_kit.assessment.workbook.model import Layout, Stamp
from fatf_kit.assessment.workbook.overview import write_contents, write_summary
from fatf_kit.assessment.workbook.question_sheets import write_questions, write_register
from fatf_kit.assessment.workbook.schema import ANSWERS, LISTS
from fatf_kit.core.errors import WorkbookError
from fatf_kit.core.messages import Translator
from fatf_kit.core.resources import tool_version
from fatf_kit.core.store import write_file
from fatf_kit.spreadsheets.cell_writer import BookWriter
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
    """Return the bytes that `write_template` writes."""
    if not layout.sheets:
        raise WorkbookError(
            "The workbook would have no sheet, because it asks for nothing. Choose at least one Recommendation or "
            "outcome."
        )
    answers = prefill or {}
    asked = {row.requirement for sheet in layout.sheets for row in sheet.rows}
    if unplaced := [name for name in answers if name not in asked]:
        raise WorkbookError(
            "The workbook does not ask for {names}, to which there are answers.", names=tuple(unplaced[:5])
        )
    cell_writer = BookWriter(layout.language, Translator(layout.language)(layout.notice))
    stamp = make_stamp(layout)
    write_cover(cell_writer, layout, cover or {})
    write_contents(cell_writer, layout, _extra_sheets(carried))
    write_summary(cell_writer, layout, answers)
    if carried:
        write_carried(cell_writer, carried)
    review = list_review_notes(cell_writer, carried) if carried else {}
    for _, plans in groupby(layout.sheets, key=lambda plan: plan.title):
        write_questions(cell_writer, tuple(plans), answers, review)
    write_register(cell_writer, layout.agency, evidence)
    if carried and carried.kept:
        write_kept(cell_writer, carried)
    write_lists(cell_writer, LISTS)
    write_stamp(cell_writer, ANSWERS, f"{cell_writer.words['book.title']} – {layout.edition}", list_stamp_facts(stamp))
    return cell_writer.finish()


def _extra_sheets(carried: CarriedSheets | None) -> dict[str, str]:
    """Return words for the names and headings of the sheets that only a carried-over workbook has."""
    if carried is None:
        return {}
    return {"sheet.carried": "carried.heading", **({"sheet.kept": "kept.heading"} if carried.kept else {})}


_FIELDS = tuple(field.name for field in fields(Stamp))


def make_stamp(layout: Layout) -> Stamp:
    """Return the stamp of a template.

    Two templates share `template` exactly when they ask the same of the same people.
    """
    facts = [
        ANSWERS.layout,
        layout.edition,
        layout.edition_digest,
        layout.language,
        layout.agency,
        layout.country,
        layout.cut_off.isoformat() if layout.cut_off else None,
        [[row.requirement, row.statement, row.ask] for sheet in layout.sheets for row in sheet.rows],
    ]
    digest = hashlib.sha256(json.dumps(facts, ensure_ascii=False).encode()).hexdigest()
    return Stamp(
        kit=tool_version(),
        layout=ANSWERS.layout,
        edition=layout.edition,
        edition_digest=layout.edition_digest,
        language=layout.language,
        agency=layout.agency,
        template=digest[:16],
        notice=layout.notice,
        assigned=layout.assigned.digest,
        leads=" ".join(layout.assigned.leads),
        supports=" ".join(layout.assigned.supports),
    )


def list_stamp_facts(stamp: Stamp) -> dict[str, str]:
    """Return the stamp as texts by field, an absent agency as an empty text."""
    return {name: "" if (value := getattr(stamp, name)) is None else str(value) for name in _FIELDS}


def read_stamp_facts(facts: Mapping[str, str]) -> Stamp | None:
    """Return the stamp behind such texts; None where the edition or the layout's number is gone.

    >>> read_stamp_facts({"edition": "fatf-2022", "layout": "1"}).edition
    'fatf-2022'
    """
    layout = facts.get("layout", "")
    if not facts.get("edition") or not (layout.isascii() and layout.isdigit()):
        return None
    texts = {name: facts.get(name, "") for name in _FIELDS if name not in ("layout", "agency")}
    return Stamp(**texts, layout=int(layout), agency=facts.get("agency") or None)
