"""The gap report's section on agencies: the gaps that each one closes, those that are overdue, and the next date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from fatf_kit.assessment.answers.audience import Audience
from fatf_kit.assessment.answers.returns import ReturnState, list_agency_responses
from fatf_kit.core.messages import Translator
from fatf_kit.core.ratings import FindingKind
from fatf_kit.papers.gaps import Gap, list_gaps
from fatf_kit.papers.report_input import PaperInput
from fatf_kit.report.document_tables import make_day_cell
from fatf_kit.report.model import Block, Paragraph, Section, TableCell
from fatf_kit.report.results_table import COUNT, ID, ResultColumn, ResultsTable

_MOST = 3


def build_agencies_sections(paper_input: PaperInput, t: Translator) -> tuple[Section, ...]:
    """Return the section "By agency", the one with most at stake first; empty without agencies, and for the public."""
    if not paper_input.assigned or paper_input.audience is Audience.PUBLIC:
        return ()
    led: defaultdict[str, list[Gap]] = defaultdict(list)
    for gap in list_gaps(paper_input, t):
        led[gap.lead].append(gap)
    agencies = sorted(
        {*paper_input.assigned, *filter(None, led)}, key=lambda one: (-sum(gap.weight for gap in led[one]), one)
    )
    rows = [(agency, led[agency]) for agency in agencies] + ([("", led[""])] if led[""] else [])
    table = _table(paper_input, t).in_document(rows)
    blocks: tuple[Block, ...] = (*_silent(paper_input, t), table)
    return (Section(anchor="agencies", title=t("Gaps by agency"), blocks=blocks),)


def _table(paper_input: PaperInput, t: Translator) -> ResultsTable[tuple[str, list[Gap]]]:
    def name(row: tuple[str, list[Gap]]) -> str:
        return paper_input.name_agency(row[0]) if row[0] else t("No lead agency named")

    def count(kind: FindingKind, title: str) -> ResultColumn[tuple[str, list[Gap]]]:
        return ResultColumn(kind.name, title, lambda row: sum(kind in gap.kinds for gap in row[1]), COUNT, page=5)

    return ResultsTable[tuple[str, list[Gap]]](
        "agencies-table",
        t("Open gaps of each lead agency"),
        (
            ResultColumn("agency", t("Agency"), name, page=10),
            count(FindingKind.SHORTCOMING, t("Shortcomings")),
            count(FindingKind.UNDEMONSTRATED, t("Without evidence")),
            count(FindingKind.UNANSWERED, t("Not answered")),
            ResultColumn("overdue", t("Overdue"), lambda row: len(_overdue(row[1], paper_input)), COUNT, page=4),
            ResultColumn("next", t("Next date"), lambda row: _find_next(row[1], paper_input, t), page=6),
            ResultColumn("largest", t("Largest gaps"), lambda row: _list_largest(row[1]), ID, page=8),
        ),
        facets=lambda row: {"agency": (row[0],)} if row[0] else {},
    )


def _silent(paper_input: PaperInput, t: Translator) -> tuple[Paragraph, ...]:
    """Return the sentence that names the agencies without answers."""
    returns = list_agency_responses(paper_input.assigned, paper_input.responses)
    silent = [paper_input.name_agency(one.agency) for one in returns if one.returned is not ReturnState.ANSWERS]
    if not silent:
        return ()
    return (
        Paragraph(text=t("No answers have been received from these agencies: {agencies}.", agencies=t.points(silent))),
    )


def _overdue(gaps: Sequence[Gap], paper_input: PaperInput) -> list[Gap]:
    return [gap for gap in gaps if gap.due and gap.due < paper_input.today]


def _find_next(gaps: Sequence[Gap], paper_input: PaperInput, t: Translator) -> TableCell:
    """Return the first date of a gap that has not passed."""
    ahead = [gap.due for gap in gaps if gap.due and gap.due >= paper_input.today]
    return make_day_cell(min(ahead, default=None), t)


def _list_largest(gaps: Sequence[Gap]) -> str:
    largest = sorted(gaps, key=lambda gap: -gap.weight)[:_MOST]
    return ", ".join(gap.requirement for gap in largest)
