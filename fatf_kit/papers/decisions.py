"""What people decided and how the country weighs, with every reason, so that nobody takes it for calculated."""

from __future__ import annotations

from fatf_kit.core.messages import Translator
from fatf_kit.framework.catalog import index_requirements
from fatf_kit.framework.model import CoreIssue, Criterion
from fatf_kit.papers.report_input import GapInput
from fatf_kit.report.model import DocumentTable, Paragraph, Section, TableCell, TableColumn, TableRow, Tone
from fatf_kit.scoring.model import OutcomeResult, RecommendationResult, WeightSource
from fatf_kit.scoring.report.weight_texts import AnySpan, PartOfUnit, UnitResult, describe_weight, get_scale, is_above


def build_decisions_sections(given: GapInput, t: Translator) -> tuple[Section, ...]:
    """One section where anything was decided, weighed or named as material; none otherwise."""
    decisions, weights = _decisions(given, t), _weights(given, t)
    if not decisions and not weights:
        return ()
    blocks: list[Paragraph | DocumentTable] = []
    if decisions:
        blocks += [
            Paragraph(
                text=t(
                    "A decision goes before the calculation. Where it is above what is shown, it is flagged "
                    "here and wherever it is used: assessors will ask what shows it."
                )
            ),
            DocumentTable(
                id="decisions-table",
                caption=t.plural("{n} decision", "{n} decisions", len(decisions)),
                columns=(
                    TableColumn(title=t("Requirement"), width=3),
                    TableColumn(title=t("Claimed"), width=3),
                    TableColumn(title=t("Shown"), width=3),
                    TableColumn(title=t("Decided"), width=3),
                    TableColumn(title=t("Reason"), width=8),
                    TableColumn(title=t("Who and when"), width=4),
                ),
                rows=decisions,
            ),
        ]
    if weights:
        blocks += [
            Paragraph(
                text=t("These weights are not the edition's. They decide how much a gap matters."), tone=Tone.SMALL
            ),
            DocumentTable(
                id="weights-table",
                caption=t.plural("{n} weight changed", "{n} weights changed", len(weights)),
                columns=(
                    TableColumn(title=t("Requirement"), width=2),
                    TableColumn(title=t("Edition"), width=2, number=True),
                    TableColumn(title=t("Here"), width=1, number=True),
                    TableColumn(title=t("Who says so, and why"), width=8),
                ),
                rows=weights,
            ),
        ]
    return (Section(anchor="decisions", title=t("What people decided"), blocks=tuple(blocks)),)


def _decisions(given: GapInput, t: Translator) -> tuple[TableRow, ...]:
    rows = []
    for unit in given.assessment.units:
        rows += [_decision(one, unit.id, t) for one in (unit, *unit.requirements) if one.decided is not None]
    return tuple(rows)


def _decision(one: UnitResult | PartOfUnit, unit: str, t: Translator) -> TableRow:
    decision = one.decision
    flag = t("above what is shown") if is_above(one) else ""
    return TableRow(
        cells=(
            TableCell(text=one.id, target=unit, ltr=True),
            _rated(one, one.claimed, t),
            _rated(one, one.shown, t),
            _rated(one, one.counted, t, flag),
            TableCell(text=decision.reason if decision else ""),
            TableCell(text=decision.decided_by if decision else "", detail=t.day(decision.day) if decision else ""),
        ),
        facets={},
    )


def _rated(one: UnitResult | PartOfUnit, span: AnySpan, t: Translator, detail: str = "") -> TableCell:
    """A rating on the scale of its unit, or an answer in words; while open, between which two it lies."""
    is_unit = isinstance(one, RecommendationResult | OutcomeResult)
    return TableCell(
        text=span.describe(str if is_unit else t.named),
        rating=str(span.rating) if span.rating is not None else None,
        scale=get_scale(one) if isinstance(one, RecommendationResult | OutcomeResult) else "answer",
        detail=detail,
    )


def _weights(given: GapInput, t: Translator) -> tuple[TableRow, ...]:
    index = index_requirements(given.framework)
    rows = []
    for unit in given.assessment.units:
        for part in unit.requirements:
            if part.weighing.source is WeightSource.EDITION or part.weight == part.weighing.edition:
                continue
            requirement = index[part.id]
            reason = requirement.weight.reason if isinstance(requirement, Criterion | CoreIssue) else None
            rows.append(
                TableRow(
                    cells=(
                        TableCell(text=part.id, target=unit.id, ltr=True),
                        TableCell(text=str(part.weighing.edition)),
                        TableCell(text=str(part.weight)),
                        TableCell(text=describe_weight(part.weighing, reason, t)),
                    ),
                    facets={},
                )
            )
    return tuple(rows)
