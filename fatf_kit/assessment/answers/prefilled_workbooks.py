"""Workbooks are written with earlier answers in them: that of one agency, and that of a newer edition."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from fatf_kit.assessment.answers.carry_forward import CarryForwardResult
from fatf_kit.assessment.answers.model import Answer, EvidenceItem, ResponseSet
from fatf_kit.assessment.answers.registers import share_register
from fatf_kit.assessment.folder.agency_templates import build_agency_layout
from fatf_kit.assessment.folder.model import Agency, Assignment, Workspace
from fatf_kit.assessment.workbook.carried_sheets import CarriedSheets
from fatf_kit.assessment.workbook.layout import build_layout
from fatf_kit.assessment.workbook.prefilled_cells import make_answer_cells, make_item_cells, place_cells
from fatf_kit.assessment.workbook.template import render_template, write_template
from fatf_kit.core.problems import Problem, make_problem
from fatf_kit.core.store import write_output
from fatf_kit.framework.model import Framework
from fatf_kit.published.model import PublishedReport
from fatf_kit.spreadsheets.sheet import CellValue


def write_agency_workbook(
    workspace: Workspace,
    agency: Agency,
    path: Path,
    *,
    language: str | None = None,
    earlier: ResponseSet | None = None,
    published: PublishedReport | None = None,
) -> bool:
    """Write what an agency is asked, prefilled with its own answers in `earlier`; False where it is asked nothing.

    Answers to what it is no longer asked are kept on rows of their own. `published` adds to each sheet how the last
    evaluation rated it.

    Raises:
        WorkbookError: an answer does not fit into a cell.
        FatfKitError: the file cannot be written.
    """
    answers, items = select_own_answers(earlier, agency.id, workspace.assignment) if earlier else ((), ())
    contact = _contact(earlier, agency.id) if earlier else None
    cells = {answer.requirement: make_answer_cells(answer) for answer in answers}
    layout = build_agency_layout(workspace, agency, language, published=published, extra=cells)
    if layout is None:
        return False
    write_template(
        layout,
        path,
        prefill=place_cells(cells, layout),
        evidence=[make_item_cells(item) for item in items],
        cover={"contact": contact} if contact else {},
    )
    return True


def select_own_answers(
    responses: ResponseSet, agency: str, assignment: Assignment
) -> tuple[tuple[Answer, ...], tuple[EvidenceItem, ...]]:
    """Return an agency's own answers with its whole register.

    Answers of a whole-country workbook, which names no agency, are copied to the lead agency, with their citations.
    """
    own = [answer for answer in responses.answers if answer.agency == agency]
    taken = {answer.requirement for answer in own}
    for answer in responses.answers:
        leads = answer.agency is None and assignment.duty(answer.requirement).lead == agency
        if leads and answer.requirement not in taken:
            own.append(answer)
            taken.add(answer.requirement)
    cited = {(answer.source, name) for answer in own for name in answer.evidence}
    items = (item for item in responses.evidence if item.source == agency or (item.source, item.id) in cited)
    shared = share_register(replace(responses, answers=tuple(own), evidence=tuple(items)))
    return shared.answers, shared.evidence


def find_unplaced_answers(responses: ResponseSet, workspace: Workspace) -> Iterator[Problem]:
    """Yield one Problem for answers and one for evidence of earlier copies that no agency's workbook takes."""
    parts = [select_own_answers(responses, agency.id, workspace.assignment) for agency in workspace.agencies]
    answers = {answer.place for taken, _ in parts for answer in taken}
    items = {item.place for _, taken in parts for item in taken}
    left_answers = [answer.place for answer in responses.answers if answer.place not in answers]
    left_items = [item.place for item in responses.evidence if item.place not in items]
    for left in filter(None, (left_answers, left_items)):
        yield make_problem("prefill-unplaced", left[0], count=len(left))


def _contact(earlier: ResponseSet, agency: str) -> str | None:
    """Return the contact on the agency's cover, or that of a whole-country copy where no other agency has a copy."""
    own = next((given.contact for given in earlier.inputs if given.agency == agency and given.contact), None)
    if own or any(given.agency not in (agency, None) for given in earlier.inputs):
        return own
    return earlier.contact


def write_carried_workbook(
    carried: CarryForwardResult, old: Framework, new: Framework, responses: ResponseSet, path: Path, language: str
) -> None:
    """Write a workbook of the whole newer edition with the carried answers, the evidence register and the cover.

    The cut-off date is shown but not set: measures would be judged by the date of the earlier evaluation.

    Raises:
        WorkbookError: it cannot be written.
    """
    agency = responses.inputs[0].agency if len(responses.inputs) == 1 else None
    layout = build_layout(
        new, language=language, agency=agency, country=responses.country, notice=" – ".join(responses.notices)
    )
    sheets = CarriedSheets(
        edition_title=old.full_title, cut_off=responses.cut_off, rows=carried.requirements, kept=carried.kept
    )
    content = render_template(
        layout,
        prefill=place_cells(
            {answer.requirement: make_answer_cells(answer) for one in carried.requirements for answer in one.answers},
            layout,
        ),
        evidence=[make_item_cells(item) for item in responses.evidence],
        cover=_cover(responses),
        carried=sheets,
    )
    write_output(path, content, force=True)


def _cover(responses: ResponseSet) -> dict[str, CellValue]:
    """Return the contacts of all files, and the agency where only the older cover named it."""
    agency = (
        responses.inputs[0].agency_on_cover if len(responses.inputs) == 1 and not responses.inputs[0].agency else None
    )
    named = (*(given.contact for given in responses.inputs), responses.contact)
    contacts = dict.fromkeys(contact for contact in named if contact)
    given = {"contact": "; ".join(contacts), "agency": agency}
    return {field: value for field, value in given.items() if value}
