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
from fatf_kit.report.document_tables import keep_ltr, make_day_cell, make_row, make_table
from fatf_kit.report.model import Paragraph, Section
from fatf_kit.report.sections import make_section

_MOST = 3
_KINDS = (FindingKind.SHORTCOMING, FindingKind.UNDEMONSTRATED, FindingKind.UNANSWERED)


def build_agencies_sections(paper_input: PaperInput, t: Translator) -> tuple[Section, ...]:
    """Return the section "By agency", the one with most at stake first; empty without agencies, and for the public."""
    if not paper_input.assigned or paper_input.audience is Audience.PUBLIC:
        return ()
    led: defaultdict[str, list[Gap]] = defaultdict(list)
    for gap in list_gaps(paper_input, t):
        led[gap.lead].append(gap)
    agencies = {*paper_input.assigned, *filter(None, led)}
    order = sorted(agencies, key=lambda one: (-sum(gap.weight for gap in led[one]), one))
    heads = (
        (t("Agency"), 10),
        (t("Shortcomings"), 5, True),
        (t("Without evidence"), 5, True),
        (t("Not answered"), 5, True),
        (t("Overdue"), 4, True),
        (t("Next date"), 6),
        (t("Largest gaps"), 8),
    )
    named = [make_row(_list_cells(paper_input.name_agency(one), led[one], paper_input, t), agency=one) for one in order]
    unnamed = [_list_cells(t("No lead agency named"), led[""], paper_input, t)] if led[""] else []
    table = make_table("agencies-table", t("Open gaps of each lead agency"), heads, (*named, *unnamed))
    return (make_section("agencies", t("Gaps by agency"), *_silent(paper_input, t), table),)


def _list_cells(name: str, gaps: Sequence[Gap], paper_input: PaperInput, t: Translator) -> tuple[object, ...]:
    """Return the row of an agency: how many gaps of each kind, how many are overdue, the next date, the largest."""
    overdue = [gap for gap in gaps if gap.due and gap.due < paper_input.today]
    ahead = [gap.due for gap in gaps if gap.due and gap.due >= paper_input.today]
    largest = sorted(gaps, key=lambda gap: -gap.weight)[:_MOST]
    return (
        name,
        *(sum(kind in gap.kinds for gap in gaps) for kind in _KINDS),
        len(overdue),
        make_day_cell(min(ahead, default=None), t),
        keep_ltr(", ".join(gap.requirement for gap in largest)),
    )


def _silent(paper_input: PaperInput, t: Translator) -> tuple[Paragraph, ...]:
    """Return the sentence that names the agencies without answers."""
    returns = list_agency_responses(paper_input.assigned, paper_input.responses)
    silent = [one.agency for one in returns if one.returned is not ReturnState.ANSWERS]
    if not silent:
        return ()
    names = t.points(map(paper_input.name_agency, silent))
    text = t("No answers have been received from these agencies: {agencies}.", agencies=names)
    return (Paragraph(text=text),)
