"""Ratings that would differ under a stricter and a milder policy, so that no reader mistakes a number for a verdict."""

from __future__ import annotations

from collections.abc import Callable

from fatf_kit.core.messages import Translator
from fatf_kit.papers.report_input import GapInput
from fatf_kit.report.model import Paragraph, Section, TableCell
from fatf_kit.report.results_table import ResultColumn, ResultsTable
from fatf_kit.scoring.report.traces import name_policy
from fatf_kit.scoring.report.weight_texts import UnitResult, get_scale
from fatf_kit.scoring.sensitivity import OtherPolicy


def build_sensitivity_sections(paper_input: GapInput, t: Translator) -> tuple[Section, ...]:
    """Return the section with a row for each unit that would be rated otherwise; none where no policy was tried."""
    others = paper_input.sensitivity
    if not others:
        return ()
    units = paper_input.assessment.units
    moved = {key for other in others for key in other.changed}
    rows = [unit for unit in units if unit.id in moved]
    text = t.plural(
        "The same answers were rated under the other scoring policies of fatf-kit. {n} of the {of} ratings would "
        "differ "
        "under at least one of them. The country should review it first.",
        "The same answers were rated under the other scoring policies of fatf-kit. {n} of the {of} ratings would "
        "differ "
        "under at least one of them. The country should review these first.",
        len(rows),
        of=len(units),
    )
    table = ResultsTable[UnitResult](
        "sensitivity-table",
        t("Ratings that would differ"),
        (
            ResultColumn("unit", t("Unit"), lambda unit: TableCell(text=unit.id, target=unit.id, ltr=True), page=3),
            ResultColumn("used", t(paper_input.policy.title), _used_rating, page=3),
            *(ResultColumn(one.policy, name_policy(one.policy, t), _rating_under(one, t), page=3) for one in others),
        ),
    ).in_document(rows, empty=t("None."))
    title = t("Sensitivity to the scoring policy")
    return (Section(anchor="sensitivity", title=title, blocks=(Paragraph(text=text), table)),)


def _used_rating(unit: UnitResult) -> TableCell:
    used = unit.counted.describe()
    return TableCell(text=used, rating=used, scale=get_scale(unit), ltr=True)


def _rating_under(other: OtherPolicy, t: Translator) -> Callable[[UnitResult], TableCell]:
    """Return what makes the cell of a unit under another policy: "same" where nothing moves."""
    ratings = dict(other.ratings)

    def make_cell(unit: UnitResult) -> TableCell:
        span = ratings[unit.id]
        rating = span.describe() if span != unit.counted else None
        return TableCell(text=rating or t("unchanged"), rating=rating, scale=get_scale(unit))

    return make_cell
