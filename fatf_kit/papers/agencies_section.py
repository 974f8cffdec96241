"""The gap report's section on agencies: what each was asked, what it answered itself, what it has to correct."""

from __future__ import annotations

from collections import Counter

from fatf_kit.assessment.answers.audience import Audience
from fatf_kit.assessment.answers.returns import AgencyResponse, ReturnState, list_agency_responses
from fatf_kit.core.messages import Translator
from fatf_kit.papers.report_input import GapInput, PaperInput
from fatf_kit.report.model import Block, Paragraph, Section
from fatf_kit.report.results_table import COUNT, ResultColumn, ResultsTable


def build_agencies_sections(paper_input: GapInput, t: Translator) -> tuple[Section, ...]:
    """Return the section "By agency", the silent agencies first; empty where none was asked, and for the public."""
    if not isinstance(paper_input, PaperInput) or not paper_input.assigned or paper_input.audience is Audience.PUBLIC:
        return ()
    names = paper_input.agencies
    returns = list_agency_responses(paper_input.assigned, paper_input.responses)
    shown = {result.id for result in paper_input.assessment.requirements if result.status.is_shown}
    owner = {file.name: file.agency for file in paper_input.responses.inputs if file.agency}
    to_correct = Counter(owner[p.ref.file] for p in paper_input.problems if p.ref and p.ref.file in owner)
    silent = [names.get(one.agency, one.agency) for one in returns if one.returned is not ReturnState.ANSWERS]
    lead = Paragraph(
        text=t("No answers have been received from these agencies: {agencies}.", agencies=t.points(silent))
    )
    table = ResultsTable[AgencyResponse](
        "agencies-table",
        t("Requirements and answers of each agency"),
        (
            ResultColumn("agency", t("Agency"), lambda one: names.get(one.agency, one.agency), page=7),
            ResultColumn("received", t("Received"), lambda one: describe_returned(one.returned, t), page=5),
            ResultColumn("asked", t("Asked"), lambda one: len(one.requested), COUNT, page=3),
            ResultColumn("answered", t("Answered"), lambda one: len(one.answered), COUNT, page=3),
            ResultColumn("shown", t("Shown"), lambda one: len(shown.intersection(one.answered)), COUNT, page=3),
            ResultColumn("cells", t("cells to check"), lambda one: to_correct[one.agency], COUNT, page=3),
        ),
        facets=lambda one: {"agency": (one.agency,)},
    )
    blocks: tuple[Block, ...] = (lead, table.in_document(returns)) if silent else (table.in_document(returns),)
    return (Section(anchor="agencies", title=t("Agencies"), blocks=blocks),)


def describe_returned(returned: ReturnState, t: Translator) -> str:
    """Return what was received from an agency, in words."""
    return {
        ReturnState.NOTHING: t("no workbook"),
        ReturnState.EMPTY: t("an empty workbook"),
        ReturnState.ANSWERS: t("answers"),
    }[returned]
