"""What people decided and how the country weighs, with every reason, so that nobody takes it for calculated."""

from __future__ import annotations

from fatf_kit.core.messages import Translator
from fatf_kit.framework.catalog import index_requirements
from fatf_kit.framework.model import CoreIssue, Criterion
from fatf_kit.papers.report_input import GapInput
from fatf_kit.report.model import Cell, Column, Paragraph, Row, Section, Table, Tone
from fatf_kit.scoring.model import OutcomeResult, RecommendationResult, WeightSource
from fatf_kit.scoring.report.weight_texts import AnySpan, Part, Unit, is_above, scale_of, weight_text


def decisions_sections(given: GapInput, t: Translator) -> tuple[Section, ...]:
    """One section where anything was decided, weighed or named as material; none otherwise."""
    decisions, weights = _decisions(given, t), _weights(given, t)
    if not decisions and not weights:
        return ()
    blocks: list[Paragraph | Table] = []
    if decisions:
        blocks += [
            Paragraph(
                text=t(
                    "A decision goes before the calculation. Where it is above what is shown, it is flagged "
                    "here and wherever it is used: assessors will ask what shows it."
                )
            ),
            Table(
                id="decisions-table",
                caption=t.plural("{n} decision", "{n} decisions", len(decisions)),
                columns=(
                    Column(title=t("Requirement"), width=3),
                    Column(title=t("Claimed"), width=3),
                    Column(title=t("Shown"), width=3),
                    Column(title=t("Decided"), width=3),
                    Column(title=t("Reason"), width=8),
                    Column(title=t("Who and when"), width=4),
                ),
                rows=decisions,
            ),
        ]
    if weights:
        blocks += [
            Paragraph(
                text=t("These weights are not the edition's. They decide how much a gap matters."), tone=Tone.SMALL
            ),
            Table(
                id="weights-table",
                caption=t.plural("{n} weight changed", "{n} weights changed", len(weights)),
                columns=(
                    Column(title=t("Requirement"), width=2),
                    Column(title=t("Edition"), width=2, number=True),
                    Column(title=t("Here"), width=1, number=True),
                    Column(title=t("Who says so, and why"), width=8),
                ),
                rows=weights,
            ),
        ]
    return (Section(anchor="decisions", title=t("What people decided"), blocks=tuple(blocks)),)


def _decisions(given: GapInput, t: Translator) -> tuple[Row, ...]:
    rows = []
    for unit in given.assessment.units:
        rows += [_decision(one, unit.id, t) for one in (unit, *unit.requirements) if one.decided is not None]
    return tuple(rows)


def _decision(one: Unit | Part, unit: str, t: Translator) -> Row:
    decision = one.decision
    flag = t("above what is shown") if is_above(one) else ""
    return Row(
        cells=(
            Cell(text=one.id, target=unit, ltr=True),
            _rated(one, one.claimed, t),
            _rated(one, one.shown, t),
            _rated(one, one.counted, t, flag),
            Cell(text=decision.reason if decision else ""),
            Cell(text=decision.decided_by if decision else "", detail=t.day(decision.day) if decision else ""),
        ),
        facets={},
    )


def _rated(one: Unit | Part, span: AnySpan, t: Translator, detail: str = "") -> Cell:
    """A rating on the scale of its unit, or an answer in words; while open, between which two it lies."""
    is_unit = isinstance(one, RecommendationResult | OutcomeResult)
    return Cell(
        text=span.describe(str if is_unit else t.named),
        rating=str(span.rating) if span.rating is not None else None,
        scale=scale_of(one) if isinstance(one, RecommendationResult | OutcomeResult) else "answer",
        detail=detail,
    )


def _weights(given: GapInput, t: Translator) -> tuple[Row, ...]:
    index = index_requirements(given.framework)
    rows = []
    for unit in given.assessment.units:
        for part in unit.requirements:
            if part.weighing.source is WeightSource.EDITION or part.weight == part.weighing.edition:
                continue
            requirement = index[part.id]
            reason = requirement.weight.reason if isinstance(requirement, Criterion | CoreIssue) else None
            rows.append(
                Row(
                    cells=(
                        Cell(text=part.id, target=unit.id, ltr=True),
                        Cell(text=str(part.weighing.edition)),
                        Cell(text=str(part.weight)),
                        Cell(text=weight_text(part.weighing, reason, t)),
                    ),
                    facets={},
                )
            )
    return tuple(rows)
