"""Root causes that several shortcomings share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from fatf_kit.core.messages import Translator
from fatf_kit.core.ratings import FindingKind
from fatf_kit.framework.vocabulary import load_vocabulary
from fatf_kit.papers.report_input import GapInput
from fatf_kit.report.model import DocumentTable, Paragraph, Section, TableCell
from fatf_kit.report.results_table import ResultColumn, ResultsTable
from fatf_kit.scoring.finding import Finding


def build_causes_section(paper_input: GapInput, t: Translator) -> Section:
    """Return the section with the cause behind most shortcomings first."""
    text = t(
        "One measure that removes a root cause improves every requirement in which the cause was found. Where a "
        "shortcoming also affects another Recommendation, this is reported once, at the Recommendation of the cause. "
        "The list is fatf-kit's own; the country should confirm it."
    )
    return Section(
        anchor="causes",
        title=t("Root causes"),
        blocks=(Paragraph(text=text), _causes(paper_input, t)),
    )


def count_causes(findings: Iterable[Finding]) -> Mapping[str, tuple[str, ...]]:
    """Return the requirements that fall short by the first of their root causes, in the order of the findings."""
    found: dict[str, dict[str, None]] = {}
    for finding in findings:
        if finding.kind is FindingKind.SHORTCOMING:
            for cause in finding.root_causes[:1]:
                found.setdefault(cause, {})[finding.requirement] = None
    return {cause: tuple(requirements) for cause, requirements in found.items()}


def _causes(paper_input: GapInput, t: Translator) -> DocumentTable:
    """Return the root causes of at least two shortcomings."""
    found = count_causes(paper_input.findings)
    causes = load_vocabulary(t.language).root_causes
    shared = sorted((pair for pair in found.items() if len(pair[1]) > 1), key=lambda pair: -len(pair[1]))
    return ResultsTable[tuple[str, tuple[str, ...]]](
        "causes-table",
        t.plural("{n} root cause", "{n} root causes", len(shared)),
        (
            ResultColumn(
                "cause",
                t("Root cause"),
                lambda pair: TableCell(text=causes[pair[0]].name, detail=causes[pair[0]].meaning),
                page=6,
            ),
            ResultColumn("found_in", t("Found in"), lambda pair: t.listed(pair[1]), page=10),
        ),
    ).in_document(shared, empty=t("No root cause is shared by two shortcomings."))
