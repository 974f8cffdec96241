"""Writing carried-over answers as a workbook of the newer edition."""

from __future__ import annotations

from pathlib import Path

from fatf_kit.assessment.answers.carry_forward import Carried
from fatf_kit.assessment.answers.cells import answer_cells, item_cells
from fatf_kit.assessment.answers.model import ResponseSet
from fatf_kit.assessment.workbook.carried_sheets import CarriedRow, CarriedSheets, KeptRow
from fatf_kit.assessment.workbook.layout import build_layout
from fatf_kit.assessment.workbook.template import write_template
from fatf_kit.framework.catalog import index_requirements
from fatf_kit.framework.model import Framework
from fatf_kit.spreadsheets.sheet import CellValue


def write_carried_workbook(
    carried: Carried, old: Framework, new: Framework, responses: ResponseSet, path: Path, language: str
) -> None:
    """A workbook of the whole newer edition with what was carried, the evidence register and the cover.

    The cut-off date is told but not set: measures would be judged by the date of the earlier evaluation.

    Raises:
        WorkbookError: it cannot be written.
    """
    agency = responses.inputs[0].agency if len(responses.inputs) == 1 else None
    layout = build_layout(
        new, language=language, agency=agency, country=responses.country, notice=" – ".join(responses.notices)
    )
    statements = index_requirements(old)
    sheets = CarriedSheets(
        edition_title=old.full_title,
        cut_off=responses.cut_off,
        rows=tuple(
            CarriedRow(
                requirement=one.requirement, status=one.status, sources=one.sources, what_changed=one.what_changed
            )
            for one in carried.requirements
        ),
        kept=tuple(
            KeptRow(
                requirement=kept.answer.requirement,
                because=kept.because,
                statement=statements[kept.answer.requirement].statement,
                scale="criterion" if kept.answer.requirement.startswith("R.") else "achievement",
                values=answer_cells(kept.answer),
            )
            for kept in carried.kept
        ),
    )
    write_template(
        layout,
        path,
        prefill={answer.requirement: answer_cells(answer) for one in carried.requirements for answer in one.answers},
        evidence=[item_cells(item) for item in responses.evidence],
        cover=_cover(responses),
        carried=sheets,
    )


def _cover(responses: ResponseSet) -> dict[str, CellValue]:
    """The contacts of all files, and the agency where only the older cover named it."""
    agency = (
        responses.inputs[0].agency_on_cover if len(responses.inputs) == 1 and not responses.inputs[0].agency else None
    )
    named = (*(given.contact for given in responses.inputs), responses.contact)
    contacts = dict.fromkeys(contact for contact in named if contact)
    given = {"contact": "; ".join(contacts), "agency": agency}
    return {field: value for field, value in given.items() if value}
