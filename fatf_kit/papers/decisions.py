"""Everything that people decided and how the country weighs, with every reason: none of it is calculated."""

from __future__ import annotations

from fatf_kit.core.messages import Translator
from fatf_kit.framework.catalog import get_unit_id, index_requirements
from fatf_kit.papers.report_input import PaperInput
from fatf_kit.report.model import Block, DocumentTable, Paragraph, Section, TableCell, Tone
from fatf_kit.report.results_table import COUNT, ResultColumn, ResultsTable, make_link_cell
from fatf_kit.scoring.model import OutcomeResult, RecommendationResult, WeightSource
from fatf_kit.scoring.report.weight_texts import AnySpan, PartOfUnit, UnitResult, describe_weight, get_scale, is_above

_MOST = 15
"""Decisions in the main part of the report; whole Recommendations and outcomes come first."""


def build_decisions_sections(paper_input: PaperInput, t: Translator) -> tuple[Section, ...]:
    """Return one section with the most important decisions where anything was decided; none otherwise."""
    decided = _list_decided(paper_input)
    if not decided:
        return ()
    text = t(
        "A decision replaces the calculated rating. A decision above the shown rating is flagged here and "
        "wherever it is used, because assessors will ask for its evidence."
    )
    blocks: list[Block] = [Paragraph(text=text), _decisions_table(decided[:_MOST], t)]
    if (more := len(decided) - _MOST) > 0:
        text = t.plural("{n} more decision is in the annex.", "{n} more decisions are in the annex.", more)
        blocks.append(Paragraph(text=text, tone=Tone.SMALL))
    return (Section(anchor="decisions", title=t("Decisions"), blocks=tuple(blocks)),)


def build_further_decisions_sections(paper_input: PaperInput, t: Translator) -> tuple[Section, ...]:
    """Return the section of the annex: the decisions that the main part has no room for, and the changed weights."""
    weighed = [part for unit in paper_input.assessment.units for part in unit.requirements if _has_own_weight(part)]
    blocks: list[Block] = []
    if further := _list_decided(paper_input)[_MOST:]:
        blocks.append(_decisions_table(further, t))
    if weighed:
        text = t("These weights differ from those of the edition. They determine how much a gap matters.")
        blocks += [Paragraph(text=text, tone=Tone.SMALL), _weights_table(weighed, paper_input, t)]
    if not blocks:
        return ()
    return (Section(anchor="weights", title=t("Further decisions and weights"), blocks=tuple(blocks)),)


def _list_decided(paper_input: PaperInput) -> list[UnitResult | PartOfUnit]:
    """Return what was decided: whole units first, then requirements decided above what is shown, then the others."""
    units = paper_input.assessment.units
    parts = [part for unit in units for part in unit.requirements if part.decided is not None]
    decided: list[UnitResult | PartOfUnit] = [unit for unit in units if unit.decided is not None]
    return decided + sorted(parts, key=lambda part: not is_above(part))


def _has_own_weight(part: PartOfUnit) -> bool:
    return part.weighing.source is not WeightSource.EDITION and part.weight != part.weighing.edition


def _decisions_table(decided: list[UnitResult | PartOfUnit], t: Translator) -> DocumentTable:
    def flag(one: UnitResult | PartOfUnit) -> str:
        return t("above the shown rating") if is_above(one) else ""

    def office(one: UnitResult | PartOfUnit) -> TableCell:
        decision = one.decision
        return TableCell(text=decision.decided_by, detail=t.day(decision.day)) if decision else TableCell(text="")

    return ResultsTable[UnitResult | PartOfUnit](
        "decisions-table",
        t.plural("{n} decision", "{n} decisions", len(decided)),
        (
            ResultColumn("requirement", t("Requirement"), _link, page=3),
            ResultColumn("claimed", t("Claimed"), lambda one: _rated(one, one.claimed, t), page=3),
            ResultColumn("shown", t("Shown"), lambda one: _rated(one, one.shown, t), page=3),
            ResultColumn("decided", t("Decided"), lambda one: _rated(one, one.counted, t, flag(one)), page=3),
            ResultColumn("reason", t("Reason"), lambda one: one.decision.reason if one.decision else "", page=8),
            ResultColumn("office", t("Office and date"), office, page=4),
        ),
    ).in_document(decided)


def _weights_table(weighed: list[PartOfUnit], paper_input: PaperInput, t: Translator) -> DocumentTable:
    index = index_requirements(paper_input.framework)

    def reason(part: PartOfUnit) -> str:
        return describe_weight(part.weighing, index[part.id], t)

    return ResultsTable[PartOfUnit](
        "weights-table",
        t.plural("{n} weight changed", "{n} weights changed", len(weighed)),
        (
            ResultColumn("requirement", t("Requirement"), _link, page=2),
            ResultColumn("edition", t("Weight in the edition"), lambda part: part.weighing.edition, COUNT, page=2),
            ResultColumn("here", t("Weight used"), lambda part: part.weight, COUNT, page=2),
            ResultColumn("reason", t("Source and reason"), reason, page=7),
        ),
    ).in_document(weighed)


def _link(one: UnitResult | PartOfUnit) -> TableCell:
    return make_link_cell(one.id, target=get_unit_id(one.id))


def _rated(one: UnitResult | PartOfUnit, span: AnySpan, t: Translator, detail: str = "") -> TableCell:
    """Return a rating on the scale of its unit, or an answer in words; while open, between which two it lies."""
    is_unit = isinstance(one, RecommendationResult | OutcomeResult)
    return TableCell(
        text=span.describe(str if is_unit else t.named),
        rating=span.describe(),
        scale=get_scale(one) if isinstance(one, RecommendationResult | OutcomeResult) else "answer",
        detail=detail,
    )
