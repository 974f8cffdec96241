"""A jurisdiction beside a group of others, as a report: document, flat table and JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from fatf_kit.core.messages import Translator
from fatf_kit.framework.model import Framework
from fatf_kit.peer_comparison.own_report import own_facts, own_notices, own_payload, own_sections
from fatf_kit.peer_comparison.own_tables import own_tables
from fatf_kit.peer_comparison.payload import peers_payload
from fatf_kit.peer_comparison.peers import Beside, Comparison
from fatf_kit.peer_comparison.shares_chart import shares_chart
from fatf_kit.peer_comparison.tables import peers_table
from fatf_kit.peer_comparison.texts import (
    comparison_notes,
    group_name,
    movement_text,
    position_text,
    published_notice,
    share_text,
    standing_sentence,
    units_ahead_and_behind,
)
from fatf_kit.report.model import (
    Block,
    Bullets,
    Document,
    DocumentTable,
    Figure,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Report,
    Section,
    TableCell,
    TableColumn,
    TableRow,
    Tone,
)
from fatf_kit.scoring.report.traces import round_percent

if TYPE_CHECKING:
    from fatf_kit.peer_comparison.own_assessment import OwnComparison


def build_peers_report(
    framework: Framework,
    found: Comparison,
    t: Translator,
    *,
    own: OwnComparison | None = None,
    tool: str,
    generated_at: str,
) -> Report:
    """Document, tables and JSON of a comparison; `framework` is the edition compared, in the reader's language.

    `own` is an own assessment beside the same peers.
    """
    titles = {unit.id: unit.title for unit in framework.units}
    country = t.country(found.own.iso3, found.own.jurisdiction)
    return Report(
        document=Document(
            id="peers",
            title=t("{country} beside {group}", country=country, group=group_name(found, t)),
            subtitle=t("Published ratings compared, unit by unit"),
            language=t.language,
            facts=(
                (t("Report"), f"{found.own.report_type} {found.own.date}"),
                (t("Methodology"), framework.full_title),
                (t("Peers compared"), str(len(found.peers))),
                *own_facts(own, t),
                (t("Made on"), t.moment(generated_at)),
            ),
            notices=(published_notice(t), *own_notices(own, t)),
            sections=(
                *own_sections(own, found.units, titles, t, published_by_unit(found)),
                _standing(found, t),
                _behind(found, titles, t),
                _failed(found, titles, t),
                _progress(found, titles, t),
                _each(found, titles, t),
                _how(found, t),
            ),
        ),
        tables=(peers_table(found, titles, t), *own_tables(own, titles, t)),
        payload={**peers_payload(found, tool=tool, generated_at=generated_at), **own_payload(own)},
    )


def published_by_unit(found: Comparison) -> dict[str, str]:
    """The published ratings of the jurisdiction compared, of the units that its report gives."""
    return {unit.unit: str(unit.own) for unit in found.units if unit.own is not None}


def _own(unit: Beside) -> str:
    return "" if unit.own is None else str(unit.own)


def _rating_cell(unit: Beside) -> TableCell:
    return TableCell(text=_own(unit) or "–", rating=_own(unit) or None, scale="published", ltr=True)


def _standing(found: Comparison, t: Translator) -> Section:
    technical = [unit for unit in found.units if unit.unit.startswith("R.")]
    outcomes = [unit for unit in found.units if unit.unit.startswith("IO.")]
    blocks: list[Block] = [Paragraph(text=standing_sentence(found, t), tone=Tone.LEAD)]
    blocks.append(
        KeyFigures(
            figures=(
                _figure(technical, t("Recommendations at C or LC"), t),
                _figure(outcomes, t("outcomes at HE or SE"), t),
            )
        )
    )
    for name, title, units in (
        ("peers-recommendations", t("Recommendations: how peers are rated, and the own rating"), technical),
        ("peers-outcomes", t("Outcomes: how peers are rated, and the own rating"), outcomes),
    ):
        blocks.append(Figure(chart=shares_chart(name, title, [(u.unit, u.counts, (_own(u),)) for u in units], t)))
    return Section(anchor="standing", title=t("Where it stands among its peers"), blocks=tuple(blocks))


def _figure(units: Sequence[Beside], label: str, t: Translator) -> KeyFigure:
    own = [unit for unit in units if unit.own is not None and unit.own.rank is not None]
    good, rated = sum(unit.good for unit in units), sum(unit.rated for unit in units)
    return KeyFigure(
        value=t("{rank} of {of}", rank=sum((unit.own.rank or 0) >= 2 for unit in own if unit.own), of=len(own)),
        label=label,
        detail=t("all peers together: {share} %", share=round_percent(good, rated)),
    )


def _behind(found: Comparison, titles: dict[str, str], t: Translator) -> Section:
    _, behind = units_ahead_and_behind(found.units)
    behind.sort(key=lambda unit: -unit.good / unit.rated)
    return Section(
        anchor="behind",
        title=t("Where most peers are better placed"),
        blocks=(
            Paragraph(
                text=t(
                    "Rated at the two lowest levels here, while most peers are above them: others show it can be done."
                ),
                tone=Tone.SMALL,
            ),
            _plain(
                "behind-table",
                t("Most peers at the two best levels first"),
                behind,
                titles,
                t,
                t("There is no such unit."),
            ),
        ),
    )


def _failed(found: Comparison, titles: dict[str, str], t: Translator) -> Section:
    return Section(
        anchor="failed",
        title=t("Where most peers fall short"),
        blocks=(
            _plain(
                "failed-table",
                t("More than half of the peers at the two lowest levels, lowest share first"),
                found.failed_by_most,
                titles,
                t,
                t("There is no such unit."),
            ),
        ),
    )


def _plain(
    name: str, caption: str, units: Sequence[Beside], titles: dict[str, str], t: Translator, empty: str
) -> DocumentTable:
    return DocumentTable(
        id=name,
        caption=caption,
        columns=(
            TableColumn(title=t("Unit"), width=6),
            TableColumn(title=t("Own rating"), width=2),
            TableColumn(title=t("Peers at the two best levels"), width=3),
            TableColumn(title=t("Position"), width=3),
        ),
        rows=tuple(
            TableRow(
                cells=(
                    TableCell(text=f"{unit.unit} {titles[unit.unit]}"),
                    _rating_cell(unit),
                    TableCell(text=share_text(unit.good, unit.rated, t)),
                    TableCell(text=position_text(unit, t)),
                ),
                facets={},
            )
            for unit in units
        ),
        empty=empty,
    )


def _progress(found: Comparison, titles: dict[str, str], t: Translator) -> Section:
    moved = [unit for unit in found.units if unit.movement.up or unit.movement.down or unit.own_move]
    moved.sort(key=lambda unit: -unit.movement.up)
    followed = sum(cycle.followed for cycle in found.peers)
    return Section(
        anchor="progress",
        title=t("Progress since the mutual evaluation"),
        blocks=(
            Paragraph(
                text=t(
                    "Peers with at least one follow-up: {n} of {of}. Counted from each peer's mutual evaluation to its "
                    "newest state.",
                    n=followed,
                    of=len(found.peers),
                )
            ),
            DocumentTable(
                id="progress-table",
                caption=t("Ratings that moved, most upgrades first"),
                columns=(
                    TableColumn(title=t("Unit"), width=6),
                    TableColumn(title=t("Peers up"), width=2, number=True),
                    TableColumn(title=t("Peers down"), width=2, number=True),
                    TableColumn(title=t("Own rating moved"), width=3),
                ),
                rows=tuple(
                    TableRow(
                        cells=(
                            TableCell(text=f"{unit.unit} {titles[unit.unit]}"),
                            TableCell(text=str(unit.movement.up), ltr=True),
                            TableCell(text=str(unit.movement.down), ltr=True),
                            TableCell(text=_own_move(found, unit), ltr=True),
                        ),
                        facets={},
                    )
                    for unit in moved
                ),
                empty=t("No rating moved."),
            ),
        ),
    )


def _own_move(found: Comparison, unit: Beside) -> str:
    if not unit.own_move:
        return "–"
    cycle = found.own_cycle
    return f"{cycle.first.ratings[unit.unit]} → {cycle.last.ratings[unit.unit]}"


def _each(found: Comparison, titles: dict[str, str], t: Translator) -> Section:
    return Section(
        anchor="each",
        title=t("Each Recommendation and outcome"),
        blocks=(
            DocumentTable(
                id="each-table",
                caption=t("Own rating, peers, position, and how peers moved"),
                columns=(
                    TableColumn(title=t("Unit"), width=6),
                    TableColumn(title=t("Own rating"), width=2),
                    TableColumn(title=t("Peers at the two best levels"), width=3),
                    TableColumn(title=t("Position"), width=5),
                    TableColumn(title=t("Peers moved"), width=5),
                ),
                rows=tuple(
                    TableRow(
                        cells=(
                            TableCell(text=f"{unit.unit} {titles[unit.unit]}"),
                            _rating_cell(unit),
                            TableCell(text=share_text(unit.good, unit.rated, t)),
                            TableCell(text=position_text(unit, t)),
                            TableCell(text=movement_text(unit, t)),
                        ),
                        facets={"rating": (_own(unit),)},
                    )
                    for unit in found.units
                ),
            ),
        ),
    )


def _how(found: Comparison, t: Translator) -> Section:
    peers = t.listed(
        f"{t.country(r.iso3, r.jurisdiction)} ({r.report_type} {r.date})" for r in map(found.state, found.peers)
    )
    return Section(
        anchor="how",
        title=t("Who is compared, and how"),
        blocks=(
            Paragraph(text=peers or t("No member of the group has a report under this edition.")),
            Bullets(items=comparison_notes(found, t)),
        ),
    )
