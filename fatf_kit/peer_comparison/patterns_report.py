"""What published ratings have in common worldwide, as a report: document, flat tables and JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from fatf_kit.core.messages import Translator
from fatf_kit.framework.model import Framework
from fatf_kit.peer_comparison.own_report import own_facts, own_notices, own_payload, own_sections
from fatf_kit.peer_comparison.own_tables import own_tables
from fatf_kit.peer_comparison.patterns import Patterns, UnitPattern
from fatf_kit.peer_comparison.payload import patterns_payload
from fatf_kit.peer_comparison.shares_chart import shares_chart
from fatf_kit.peer_comparison.tables import patterns_table, re_ratings_table
from fatf_kit.peer_comparison.texts import published_notice, share_text
from fatf_kit.report.model import (
    Bullets,
    Chart,
    ChartKind,
    Document,
    DocumentTable,
    Figure,
    Paragraph,
    Report,
    Section,
    Series,
    TableCell,
    TableColumn,
    TableRow,
    Tone,
)
from fatf_kit.scoring.report.traces import round_percent

if TYPE_CHECKING:
    from fatf_kit.peer_comparison.own_assessment import OwnComparison

_WEAKEST = 5
_RE_RATINGS = 20


def build_patterns_report(
    framework: Framework,
    found: Patterns,
    t: Translator,
    *,
    own: OwnComparison | None = None,
    tool: str,
    generated_at: str,
) -> Report:
    """Document, tables and JSON of worldwide patterns; `framework` is their edition, in the reader's language.

    `own` is an own assessment beside all jurisdictions.
    """
    titles = {unit.id: unit.title for unit in framework.units}
    return Report(
        document=Document(
            id="patterns",
            title=t("Published ratings worldwide"),
            subtitle=t("What is weakest, what is re-rated, and how long that took"),
            language=t.language,
            facts=(
                (t("Methodology"), framework.full_title),
                (t("Jurisdictions"), str(found.jurisdictions)),
                (t("Newest report"), t.month(found.newest) if found.newest else t("none")),
                *own_facts(own, t),
                (t("Made on"), t.moment(generated_at)),
            ),
            notices=(published_notice(t), *own_notices(own, t)),
            sections=(
                *own_sections(own, found.units, titles, t),
                _weakest(found, titles, t),
                _time(found, titles, t),
                _re_ratings(found, titles, t),
                _how(found, t),
            ),
        ),
        tables=(patterns_table(found, titles, t), re_ratings_table(found, t), *own_tables(own, titles, t)),
        payload={**patterns_payload(found, tool=tool, generated_at=generated_at), **own_payload(own)},
    )


def patterns_sentence(found: Patterns, t: Translator) -> str:
    """The weakest Recommendations and outcomes, with their shares."""
    return t(
        "Fewest jurisdictions at C or LC: {recommendations}. Fewest at HE or SE: {outcomes}.",
        recommendations=_first(found.weakest("R."), t),
        outcomes=_first(found.weakest("IO."), t),
    )


def patterns_notes(found: Patterns, t: Translator) -> tuple[str, ...]:
    """What is counted and what is not."""
    return (
        t(
            "Evaluations under this edition: {cycles}, of {jurisdictions} jurisdictions; with at least one follow-up: "
            "{followed}. Other editions are left aside and never mixed in.",
            cycles=found.cycles,
            jurisdictions=found.jurisdictions,
            followed=found.followed,
        ),
        t("Each jurisdiction counts once: nothing is weighed by income or size. NA and missing ratings are left out."),
        t(
            "Months run from the evaluation to the first report with a higher rating, over upgrades only: what was "
            "never upgraded is in no median, so the true wait is longer."
        ),
        t("Outcomes are rated anew in follow-up assessments only, of which the table has very few."),
    )


def months_text(unit: UnitPattern) -> str:
    """The median without a needless decimal; a dash where nothing was upgraded."""
    return "–" if unit.months is None else f"{unit.months:g}"


def _first(units: Sequence[UnitPattern], t: Translator) -> str:
    return t.listed(
        f"{unit.unit} ({round_percent(unit.good, unit.rated)}\N{NO-BREAK SPACE}%)" for unit in units[:_WEAKEST]
    )


def _weakest(found: Patterns, titles: dict[str, str], t: Translator) -> Section:
    technical, outcomes = found.weakest("R."), found.weakest("IO.")
    return Section(
        anchor="weakest",
        title=t("What is weakest worldwide"),
        blocks=(
            Paragraph(text=patterns_sentence(found, t), tone=Tone.LEAD),
            Figure(chart=_chart("weakest-outcomes", t("Outcomes by rating, weakest first"), outcomes, t)),
            Figure(
                chart=_chart("weakest-recommendations", t("Recommendations by rating, weakest first"), technical, t)
            ),
            Figure(chart=_then_and_now(found, t)),
            DocumentTable(
                id="weakest-table",
                caption=t("Weakest first"),
                columns=(
                    TableColumn(title=t("Unit"), width=6),
                    TableColumn(title=t("At the two best levels now"), width=3),
                    TableColumn(title=t("At the evaluation"), width=3),
                ),
                rows=tuple(
                    TableRow(
                        cells=(
                            TableCell(text=f"{unit.unit} {titles[unit.unit]}"),
                            TableCell(text=share_text(unit.good, unit.rated, t)),
                            TableCell(text=share_text(unit.good_at_mer, unit.rated_at_mer, t)),
                        ),
                        facets={},
                    )
                    for unit in (*outcomes, *technical)
                ),
                empty=t("No report under this edition is in the table."),
            ),
        ),
    )


def _chart(name: str, title: str, units: Sequence[UnitPattern], t: Translator) -> Chart:
    return shares_chart(name, title, [(unit.unit, unit.counts, ()) for unit in units], t)


def _then_and_now(found: Patterns, t: Translator) -> Chart:
    units = [unit for unit in found.units if unit.rated and unit.rated_at_mer and unit.unit.startswith("R.")]
    return Chart(
        id="then-and-now",
        kind=ChartKind.BARS,
        title=t("Recommendations at C or LC: now, and at the evaluation"),
        alt=t.points(
            t(
                "{unit}: {now} % now, {then} % at the evaluation",
                unit=unit.unit,
                now=round_percent(unit.good, unit.rated),
                then=round_percent(unit.good_at_mer, unit.rated_at_mer),
            )
            for unit in units
        ),
        keys=(t("now"), t("then")),
        series=tuple(
            Series(
                label=unit.unit,
                values=(round_percent(unit.good, unit.rated), round_percent(unit.good_at_mer, unit.rated_at_mer)),
            )
            for unit in units
        ),
        unit="%",
    )


def _months(units: Sequence[UnitPattern], t: Translator) -> Chart:
    shown = [unit for unit in units if unit.unit.startswith("R.")]
    return Chart(
        id="months",
        kind=ChartKind.BARS,
        title=t("Median months to a higher rating"),
        alt=t.points(
            t("{unit}: {months} months over {n} upgrades", unit=unit.unit, months=months_text(unit), n=unit.upgrades)
            for unit in shown
        ),
        keys=(t("months"),),
        series=tuple(Series(label=unit.unit, values=(unit.months,)) for unit in shown),
    )


def _time(found: Patterns, titles: dict[str, str], t: Translator) -> Section:
    units = sorted((unit for unit in found.units if unit.upgrades), key=lambda unit: (unit.months or 0, -unit.upgrades))
    return Section(
        anchor="time",
        title=t("How long re-ratings took"),
        blocks=(
            Figure(chart=_months(units, t)),
            DocumentTable(
                id="time-table",
                caption=t("Median months from the evaluation to the first higher rating, shortest first"),
                columns=(
                    TableColumn(title=t("Unit"), width=6),
                    TableColumn(title=t("Median months"), width=2, number=True),
                    TableColumn(title=t("Upgrades"), width=2, number=True),
                    TableColumn(title=t("Lower now than at the evaluation"), width=3, number=True),
                ),
                rows=tuple(
                    TableRow(
                        cells=(
                            TableCell(text=f"{unit.unit} {titles[unit.unit]}"),
                            TableCell(text=months_text(unit), ltr=True),
                            TableCell(text=str(unit.upgrades), ltr=True),
                            TableCell(text=str(unit.movement.down), ltr=True),
                        ),
                        facets={},
                    )
                    for unit in units
                ),
                empty=t("No rating moved."),
            ),
        ),
    )


def _re_ratings(found: Patterns, titles: dict[str, str], t: Translator) -> Section:
    return Section(
        anchor="re-ratings",
        title=t("Which re-ratings are most common"),
        blocks=(
            DocumentTable(
                id="re-ratings-table",
                caption=t("From one report to the next, most frequent first"),
                columns=(
                    TableColumn(title=t("Unit"), width=6),
                    TableColumn(title=t("Re-rating"), width=3),
                    TableColumn(title=t("Times"), width=2, number=True),
                ),
                rows=tuple(
                    TableRow(
                        cells=(
                            TableCell(text=f"{r.unit} {titles[r.unit]}"),
                            TableCell(text=f"{r.before} → {r.after}", ltr=True),
                            TableCell(text=str(r.times), ltr=True),
                        ),
                        facets={},
                    )
                    for r in found.re_ratings[:_RE_RATINGS]
                ),
                empty=t("No rating moved."),
            ),
        ),
    )


def _how(found: Patterns, t: Translator) -> Section:
    return Section(anchor="how", title=t("What is counted"), blocks=(Bullets(items=patterns_notes(found, t)),))
