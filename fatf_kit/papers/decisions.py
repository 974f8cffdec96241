"""Everything that people decided and how the country weighs, with every reason: none of it is calculated."""

from __future__ import annotations

from fatf_kit.core.messages import Translator
from fatf_kit.framework.catalog import get_unit_id, index_requirements
from fatf_kit.papers.report_input import PaperInput
from fatf_kit.report.document_tables import make_table
from fatf_kit.report.model import Block, DocumentTable, Paragraph, Section, TableCell
from fatf_kit.report.results_table import make_link_cell
from fatf_kit.report.sections import make_note, make_section
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
        blocks.append(make_note(text))
    return (make_section("decisions", t("Decisions"), *blocks),)


def build_further_decisions_sections(paper_input: PaperInput, t: Translator) -> tuple[Section, ...]:
    """Return the section of the annex: the decisions that the main part has no room for, and the changed weights."""
    parts = (part for unit in paper_input.assessment.units for part in unit.requirements)
    weighed = [part for part in parts if _has_own_weight(part)]
    blocks: list[Block] = []
    if further := _list_decided(paper_input)[_MOST:]:
        blocks.append(_decisions_table(further, t))
    if weighed:
        text = t("These weights differ from those of the edition. They determine how much a gap matters.")
        blocks += [make_note(text), _weights_table(weighed, paper_input, t)]
    if not blocks:
        return ()
    return (make_section("weights", t("Further decisions and weights"), *blocks),)


def _list_decided(paper_input: PaperInput) -> list[UnitResult | PartOfUnit]:
    """Return what was decided: whole units first, then requirements decided above what is shown, then the others."""
    units = paper_input.assessment.units
    parts = [part for unit in units for part in unit.requirements if part.decided is not None]
    decided: list[UnitResult | PartOfUnit] = [unit for unit in units if unit.decided is not None]
    return decided + sorted(parts, key=lambda part: not is_above(part))


def _has_own_weight(part: PartOfUnit) -> bool:
    return part.weighing.source is not WeightSource.EDITION and part.weight != part.weighing.edition


def _decisions_table(decided: list[UnitResult | PartOfUnit], t: Translator) -> DocumentTable:
    heads = (
        (t("Requirement"), 3),
        (t("Claimed"), 3),
        (t("Shown"), 3),
        (t("Decided"), 3),
        (t("Reason"), 8),
        (t("Office and date"), 4),
    )
    caption = t.plural("{n} decision", "{n} decisions", len(decided))
    return make_table("decisions-table", caption, heads, (_describe_decided(one, t) for one in decided))


def _describe_decided(one: UnitResult | PartOfUnit, t: Translator) -> tuple[object, ...]:
    """Return the row of a decision: the ratings, the reason, and who decided when."""
    flag = t("above the shown rating") if is_above(one) else ""
    ratings = (_rated(one, one.claimed, t), _rated(one, one.shown, t), _rated(one, one.counted, t, flag))
    if one.decision is None:
        return (_link(one), *ratings, "", "")
    office = TableCell(text=one.decision.decided_by, detail=t.day(one.decision.day))
    return (_link(one), *ratings, one.decision.reason, office)


def _weights_table(weighed: list[PartOfUnit], paper_input: PaperInput, t: Translator) -> DocumentTable:
    index = index_requirements(paper_input.framework)
    heads = (
        (t("Requirement"), 2),
        (t("Weight in the edition"), 2, True),
        (t("Weight used"), 2, True),
        (t("Source and reason"), 7),
    )
    caption = t.plural("{n} weight changed", "{n} weights changed", len(weighed))
    rows = (
        (_link(part), part.weighing.edition, part.weight, describe_weight(part.weighing, index[part.id], t))
        for part in weighed
    )
    return make_table("weights-table", caption, heads, rows)


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
