"""What would change under a stricter and a milder policy, so that nobody takes a number for a verdict."""

from __future__ import annotations

from fatf_kit.messages import Words
from fatf_kit.report.build.given import GapInput
from fatf_kit.report.model import Cell, Column, Paragraph, Row, Section, Table
from fatf_kit.report.weighing import scale_of


def sensitivity_sections(given: GapInput, t: Words) -> tuple[Section, ...]:
    """One row for each unit that would be rated otherwise; no section where no other policy was tried."""
    if not given.sensitivity:
        return ()
    units = given.assessment.units
    ratings = {other.policy: dict(other.ratings) for other in given.sensitivity}
    moved = {key for other in given.sensitivity for key in other.changed}
    rows = tuple(
        Row(
            cells=(
                Cell(text=unit.id, target=unit.id, ltr=True),
                Cell(
                    text=unit.used_span.told(),
                    rating=str(unit.used) if unit.used is not None else None,
                    scale=scale_of(unit),
                    ltr=True,
                ),
                *(
                    Cell(
                        text=span.told() if span != unit.used_span else t("same"),
                        rating=str(span.rating) if span.rating is not None and span != unit.used_span else None,
                        scale=scale_of(unit),
                    )
                    for span in (ratings[other.policy][unit.id] for other in given.sensitivity)
                ),
            ),
            facets={},
        )
        for unit in units
        if unit.id in moved
    )
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
                Table(
                    id="sensitivity-table",
                    caption=t("Ratings that would differ"),
                    columns=(
                        Column(title=t("Unit"), width=2),
                        Column(title=given.policy.id, width=3),
                        *(Column(title=other.policy, width=3) for other in given.sensitivity),
                    ),
                    rows=rows,
                    empty=t("None."),
                ),
            ),
        ),
    )
