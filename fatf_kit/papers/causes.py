"""Root causes that several shortcomings share, and cascades from one Recommendation to another, each once."""

from __future__ import annotations

from fatf_kit.core.messages import Translator
from fatf_kit.core.ratings import FindingKind
from fatf_kit.framework.vocabulary import load_vocabulary
from fatf_kit.papers.report_input import GapInput
from fatf_kit.report.model import DocumentTable, Paragraph, Section, TableCell, TableColumn, TableRow
from fatf_kit.scoring.cascades import derive_cascades


def build_causes_section(given: GapInput, t: Translator) -> Section:
    """The cause behind most shortcomings first; then what falls short in one Recommendation because of another."""
    return Section(
        anchor="causes",
        title=t("Root causes"),
        blocks=(
            Paragraph(
                text=t(
                    "One measure that removes a root cause helps every requirement in which it was found. A cascade is "
                    "reported once, at its cause: the affected criteria refer to those that fall short. Shortcomings "
                    "on proliferation financing stay within their own requirements. Both lists are fatf-kit's own, "
                    "and people confirm them."
                )
            ),
            _causes(given, t),
            _cascades(given, t),
        ),
    )


def _causes(given: GapInput, t: Translator) -> DocumentTable:
    """The root causes of at least two shortcomings."""
    found: dict[str, dict[str, None]] = {}
    for finding in given.findings:
        if finding.kind is FindingKind.SHORTCOMING:
            for cause in finding.root_causes[:1]:
                found.setdefault(cause, {})[finding.requirement] = None
    causes = load_vocabulary(t.language).root_causes
    shared = sorted((pair for pair in found.items() if len(pair[1]) > 1), key=lambda pair: -len(pair[1]))
    return DocumentTable(
        id="causes-table",
        caption=t.plural("{n} root cause", "{n} root causes", len(shared)),
        columns=(TableColumn(title=t("Root cause"), width=6), TableColumn(title=t("Found in"), width=10)),
        rows=tuple(
            TableRow(
                cells=(TableCell(text=causes[one].name, detail=causes[one].meaning), TableCell(text=t.listed(ids))),
                facets={},
            )
            for one, ids in shared
        ),
        empty=t("No root cause is shared by two shortcomings."),
    )


def _cascades(given: GapInput, t: Translator) -> DocumentTable:
    cascades = derive_cascades(given.findings, load_vocabulary(t.language).cascades.get(given.framework.id, ()))
    return DocumentTable(
        id="cascades-table",
        caption=t.plural("{n} cascade", "{n} cascades", len(cascades)),
        columns=(
            TableColumn(title=t("Found in"), width=5),
            TableColumn(title=t("Also affects"), width=4),
            TableColumn(title=t("Reason"), width=7),
        ),
        rows=tuple(
            TableRow(
                cells=(
                    TableCell(text=t.listed(one.found_in)),
                    TableCell(text=t.listed(one.cascade.affected)),
                    TableCell(text=one.cascade.reason),
                ),
                facets={},
            )
            for one in cascades
        ),
        empty=t("No shortcoming affects another Recommendation."),
    )
