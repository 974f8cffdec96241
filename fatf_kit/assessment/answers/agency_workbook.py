"""Writing the workbook of one agency, with what an earlier copy of it said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from fatf_kit.assessment.answers.cells import answer_cells, item_cells
from fatf_kit.assessment.answers.model import Answer, EvidenceItem, ResponseSet
from fatf_kit.assessment.answers.registers import share_register
from fatf_kit.assessment.folder.agency_templates import agency_layout
from fatf_kit.assessment.folder.model import Agency, Assignment, Workspace
from fatf_kit.assessment.workbook.template import render_template
from fatf_kit.core.files import write_file
from fatf_kit.core.problems import Problem, make_problem
from fatf_kit.published.model import PublishedReport


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

    Answers to what it is no longer asked are kept on rows of their own. `published` tells on each sheet how the last
    evaluation rated it.

    Raises:
        WorkbookError: an answer does not fit into a cell.
        FatfKitError: the file cannot be written.
    """
    answers, items = own_part(earlier, agency.id, workspace.assignment) if earlier else ((), ())
    contact = _contact(earlier, agency.id) if earlier else None
    extra = [answer.requirement for answer in answers]
    layout = agency_layout(workspace, agency, language, published=published, extra=extra)
    if layout is None:
        return False
    content = render_template(
        layout,
        prefill={answer.requirement: answer_cells(answer) for answer in answers},
        evidence=[item_cells(item) for item in items],
        cover={"contact": contact} if contact else {},
    )
    write_file(path, content)
    return True


def own_part(
    responses: ResponseSet, agency: str, assignment: Assignment
) -> tuple[tuple[Answer, ...], tuple[EvidenceItem, ...]]:
    """An agency's own answers with its whole register.

    Answers of a whole-country workbook, which names no agency, go to whoever leads on them, with what they cite.
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


def homeless(responses: ResponseSet, workspace: Workspace) -> Iterator[Problem]:
    """One Problem for answers, and one for items of evidence, of earlier copies that no agency's workbook takes."""
    parts = [own_part(responses, agency.id, workspace.assignment) for agency in workspace.agencies]
    answers = {answer.place for taken, _ in parts for answer in taken}
    items = {item.place for _, taken in parts for item in taken}
    left_answers = [answer.place for answer in responses.answers if answer.place not in answers]
    left_items = [item.place for item in responses.evidence if item.place not in items]
    for left in filter(None, (left_answers, left_items)):
        yield make_problem("prefill-homeless", left[0], count=len(left))


def _contact(earlier: ResponseSet, agency: str) -> str | None:
    """The contact on the agency's own cover, or that of a whole-country copy where no other agency has a copy."""
    own = next((given.contact for given in earlier.inputs if given.agency == agency and given.contact), None)
    if own or any(given.agency not in (agency, None) for given in earlier.inputs):
        return own
    return earlier.contact
