"""Writing the workbook of one agency, with what an earlier copy of it said."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from fatf_kit.files import write_file
from fatf_kit.published.model import PublishedReport
from fatf_kit.responses.cells import answer_cells, item_cells
from fatf_kit.responses.model import Answer, EvidenceItem, ResponseSet
from fatf_kit.workbook.template import render_template
from fatf_kit.workspace.model import Agency, Assignment, Workspace
from fatf_kit.workspace.templates import agency_layout


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
    extra = [answer.requirement for answer in answers]
    layout = agency_layout(workspace, agency, language, published=published, extra=extra)
    if layout is None:
        return False
    content = render_template(
        layout,
        prefill={answer.requirement: answer_cells(answer) for answer in answers},
        evidence=[item_cells(item) for item in items],
        cover={"contact": earlier.contact} if earlier and earlier.contact else {},
    )
    write_file(path, content)
    return True


def own_part(
    responses: ResponseSet, agency: str, assignment: Assignment
) -> tuple[tuple[Answer, ...], tuple[EvidenceItem, ...]]:
    """An agency's own answers and the register behind them.

    Answers of a whole-country workbook, which names no agency, go to whoever leads on them, with what they cite.
    """
    own = [answer for answer in responses.answers if answer.agency == agency]
    taken = {answer.requirement for answer in own}
    for answer in responses.answers:
        leads = answer.agency is None and assignment.duty(answer.requirement).lead == agency
        if leads and answer.requirement not in taken:
            own.append(answer)
            taken.add(answer.requirement)
    cited = {name for answer in own for name in answer.evidence}
    return tuple(own), tuple(_first_of_each(item for item in responses.evidence if item.id in cited))


def _first_of_each(items: Iterable[EvidenceItem]) -> Iterable[EvidenceItem]:
    found: dict[str, EvidenceItem] = {}
    for item in items:
        found.setdefault(item.id, item)
    return found.values()
