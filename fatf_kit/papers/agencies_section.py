"""The gap report's section on agencies: what each was asked, what it answered itself, what it has to correct."""

from __future__ import annotations

from collections import Counter

from fatf_kit.assessment.answers.audience import Audience
from fatf_kit.assessment.answers.returns import AgencyResponse, ReturnState, list_agency_responses
from fatf_kit.core.messages import Translator
from fatf_kit.papers.report_input import GapInput, PaperInput
from fatf_kit.report.model import DocumentTable, Paragraph, Section, TableCell, TableColumn, TableRow


def build_agencies_sections(given: GapInput, t: Translator) -> tuple[Section, ...]:
    """The section "By agency", the silent agencies first; empty where no agency was asked, and for the public."""
    if not isinstance(given, PaperInput) or not given.asked or given.audience is Audience.PUBLIC:
        return ()
    returns = list_agency_responses(given.asked, given.responses)
    shown = {result.id for result in given.assessment.requirements if result.status.is_shown}
    owner = {file.name: file.agency for file in given.responses.inputs if file.agency}
    to_correct = Counter(owner[p.ref.file] for p in given.problems if p.ref and p.ref.file in owner)
    silent = [given.agencies.get(one.agency, one.agency) for one in returns if one.returned is not ReturnState.ANSWERS]
    lead = (
        (Paragraph(text=t("No answers have been received from: {agencies}.", agencies=t.points(silent))),)
        if silent
        else ()
    )
    return (
        Section(
            anchor="agencies",
            title=t("By agency"),
            blocks=(
                *lead,
                DocumentTable(
                    id="agencies-table",
                    caption=t("What each agency was asked and has answered itself"),
                    columns=(
                        TableColumn(title=t("Agency"), width=7),
                        TableColumn(title=t("Received"), width=5),
                        TableColumn(title=t("Asked"), width=3, number=True),
                        TableColumn(title=t("Answered"), width=3, number=True),
                        TableColumn(title=t("Shown"), width=3, number=True),
                        TableColumn(title=t("cells to look at"), width=3, number=True),
                    ),
                    rows=tuple(_row(one, shown, to_correct[one.agency], given, t) for one in returns),
                ),
            ),
        ),
    )


def describe_returned(returned: ReturnState, t: Translator) -> str:
    """What was received from an agency."""
    return {
        ReturnState.NOTHING: t("no workbook"),
        ReturnState.EMPTY: t("an empty workbook"),
        ReturnState.ANSWERS: t("answers"),
    }[returned]


def _row(one: AgencyResponse, shown: set[str], to_correct: int, given: PaperInput, t: Translator) -> TableRow:
    counts = (len(one.asked), len(one.answered), len(shown.intersection(one.answered)), to_correct)
    return TableRow(
        cells=(
            TableCell(text=given.agencies.get(one.agency, one.agency)),
            TableCell(text=describe_returned(one.returned, t)),
            *(TableCell(text=str(count)) for count in counts),
        ),
        facets={"agency": (one.agency,)},
    )
