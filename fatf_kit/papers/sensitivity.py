"""What would change under a stricter and a milder policy, so that nobody takes a number for a verdict."""

from __future__ import annotations

from collections.abc import Sequence

from fatf_kit.core.messages import Translator
from fatf_kit.papers.report_input import GapInput
from fatf_kit.report.model import DocumentTable, Paragraph, Section, TableCell, TableColumn, TableRow
from fatf_kit.scoring.report.weight_texts import UnitResult, get_scale
from fatf_kit.scoring.sensitivity import UnitSpan


def build_sensitivity_sections(given: GapInput, t: Translator) -> tuple[Section, ...]:
    """One row for each unit that would be rated otherwise; no section where no other policy was tried."""
    if not given.sensitivity:
        return ()
    units = given.assessment.units
    ratings = [dict(other.ratings) for other in given.sensitivity]
    moved = {key for other in given.sensitivity for key in other.changed}
    rows = tuple(_row(unit, [mine[unit.id] for mine in ratings], t) for unit in units if unit.id in moved)
    return (
        Section(
            anchor="sensitivity",
            title=t("How much hangs on the numbers chosen"),
            blocks=(
                Paragraph(
                    text=t(
                        "The same answers under other policies of fatf-kit. {n} of {of} ratings would differ under at "
                        "least one of them; these are matters of judgement before all others. The rest hold under "
                        "every policy tried.",
                        n=len(rows),
                        of=len(units),
                    )
                ),
                DocumentTable(
                    id="sensitivity-table",
                    caption=t("Ratings that would differ"),
                    columns=(
                        TableColumn(title=t("Unit"), width=2),
                        TableColumn(title=given.policy.id, width=3),
                        *(TableColumn(title=other.policy, width=3) for other in given.sensitivity),
                    ),
                    rows=rows,
                    empty=t("None."),
                ),
            ),
        ),
    )


def _row(unit: UnitResult, others: Sequence[UnitSpan], t: Translator) -> TableRow:
    """A unit under the policy used and under each of the others; "same" where nothing moves."""
    scale, used = get_scale(unit), unit.counted
    cells = [
        TableCell(text=unit.id, target=unit.id, ltr=True),
        TableCell(text=used.describe(), rating=used.describe(), scale=scale, ltr=True),
    ]
    for span in others:
        other = span.describe() if span != used else None
        cells.append(TableCell(text=span.describe() if span != used else t("same"), rating=other, scale=scale))
    return TableRow(cells=tuple(cells), facets={})
