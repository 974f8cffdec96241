"""A jurisdiction compared with a group of others, as a report: document, flat table and JSON."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from fatf_kit.core.json_files import make_json_value
from fatf_kit.core.messages import Translator
from fatf_kit.core.ratings import is_good
from fatf_kit.framework.model import Framework
from fatf_kit.peer_comparison.jurisdictions import jurisdictions_table, list_jurisdictions
from fatf_kit.peer_comparison.own_report import make_document, own_sections, own_tables
from fatf_kit.peer_comparison.payload import make_peers_result
from fatf_kit.peer_comparison.peers import PeerComparison, PeerUnit
from fatf_kit.peer_comparison.tables import peers_table
from fatf_kit.peer_comparison.texts import (
    comparison_notes,
    group_name,
    make_share_cell,
    movement_text,
    position_text,
    shares_chart,
    standing_sentence,
    units_ahead_and_behind,
)
from fatf_kit.report.document_tables import keep_ltr, make_row, make_table
from fatf_kit.report.model import (
    Block,
    Bullets,
    DocumentTable,
    Figure,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Report,
    Section,
    TableCell,
    Tone,
)
from fatf_kit.report.sections import make_section
from fatf_kit.scoring.report.traces import round_percent

if TYPE_CHECKING:
    from fatf_kit.peer_comparison.own_assessment import OwnComparison


def build_peers_report(
    framework: Framework,
    found: PeerComparison,
    t: Translator,
    *,
    own: OwnComparison | None = None,
    tool: str,
    generated_at: str,
) -> Report:
    """Return document, tables and JSON of a comparison; `framework` is the edition compared in the reader's language.

    `own` is an own assessment compared with the same peers.
    """
    titles = {unit.id: unit.title for unit in framework.units}
    country = t.country(found.own.iso3, found.own.jurisdiction)
    head = {
        "id": "peers",
        "title": t("{country} compared with {group}", country=country, group=group_name(found, t)),
        "subtitle": t("Published ratings compared, by Recommendation and outcome"),
        "sections": (
            *own_sections(own, found.units, titles, t, published_by_unit(found)),
            _standing(found, t),
            _behind(found, titles, t),
            _failed(found, titles, t),
            _progress(found, titles, t),
            _each(found, titles, t),
            _how(found, generated_at, t),
        ),
    }
    facts = (
        (t("Report"), f"{found.own.report_type} {found.own.date}"),
        (t("Methodology"), framework.full_title),
        (t("Peers compared"), str(len(found.peers))),
    )
    return Report(
        document=make_document(head, facts, own, generated_at, t),
        tables=(
            peers_table(found, titles, t),
            jurisdictions_table(t).in_sheet(list_jurisdictions(found, _find_day(generated_at))),
            *own_tables(own, titles, t),
        ),
        payload=make_json_value(make_peers_result(found, own, tool=tool, generated_at=generated_at)),
    )


def published_by_unit(found: PeerComparison) -> dict[str, str]:
    """Return the published ratings of the jurisdiction compared, of the units that its report gives."""
    return {unit.unit: str(unit.own) for unit in found.units if unit.own is not None}


def _own(unit: PeerUnit) -> str:
    return "" if unit.own is None else str(unit.own)


def _rating_cell(unit: PeerUnit) -> TableCell:
    return TableCell(text=_own(unit) or "–", rating=_own(unit) or None, scale="published", ltr=True)


def _standing(found: PeerComparison, t: Translator) -> Section:
    technical = [unit for unit in found.units if unit.unit.startswith("R.")]
    outcomes = [unit for unit in found.units if unit.unit.startswith("IO.")]
    figures = (
        _figure(technical, t("Recommendations rated C or LC"), t),
        _figure(outcomes, t("outcomes rated HE or SE"), t),
    )
    blocks: list[Block] = [Paragraph(text=standing_sentence(found, t), tone=Tone.LEAD), KeyFigures(figures=figures)]
    pictures = {
        "peers-recommendations": (t("Recommendations: ratings of peers, and the own rating"), technical),
        "peers-outcomes": (t("Outcomes: ratings of peers, and the own rating"), outcomes),
    }
    for name, (title, units) in pictures.items():
        rated = [(unit.unit, unit.counts, (_own(unit),)) for unit in units]
        blocks.append(Figure(chart=shares_chart(name, title, rated, t)))
    return make_section("standing", t("Position among peers"), *blocks)


def _figure(units: Sequence[PeerUnit], label: str, t: Translator) -> KeyFigure:
    own = [unit.own.rank for unit in units if unit.own is not None and unit.own.rank is not None]
    good, rated = sum(unit.good for unit in units), sum(unit.rated for unit in units)
    return KeyFigure(
        value=t("{rank} of {of}", rank=sum(map(is_good, own)), of=len(own)),
        label=label,
        detail=t("all peers together: {share}%", share=round_percent(good, rated)),
    )


def _behind(found: PeerComparison, titles: dict[str, str], t: Translator) -> Section:
    _, behind = units_ahead_and_behind(found.units)
    behind.sort(key=lambda unit: -unit.good / unit.rated)
    lead = t(
        "The rating here is one of the two lowest, but most peers are rated higher. Their experience shows "
        "that improvement is possible."
    )
    caption = t("By share of peers at the two best levels, highest first")
    return make_section(
        "behind",
        t("Ratings below those of most peers"),
        Paragraph(text=lead, tone=Tone.SMALL),
        _short_table("behind-table", caption, behind, titles, t),
    )


def _failed(found: PeerComparison, titles: dict[str, str], t: Translator) -> Section:
    caption = t("More than half of the peers are at the two lowest levels; lowest share at the two best levels first")
    return make_section(
        "failed",
        t("Where most peers fall short"),
        _short_table("failed-table", caption, found.failed_by_most, titles, t),
    )


def _short_table(
    name: str, caption: str, units: Sequence[PeerUnit], titles: dict[str, str], t: Translator
) -> DocumentTable:
    good = t("Peers at the two best levels")
    heads = ((t("Rec. or outcome"), 6), (t("Own rating"), 2), (good, 3), (t("Position"), 3))
    rows = (_cells(unit, titles, t) for unit in units)
    return make_table(name, caption, heads, rows, empty=t("No Recommendation or outcome meets this condition."))


def _cells(unit: PeerUnit, titles: dict[str, str], t: Translator) -> tuple[str | TableCell, ...]:
    name, share = f"{unit.unit} {titles[unit.unit]}", make_share_cell(unit.good, unit.rated, t)
    return name, _rating_cell(unit), share, TableCell(text=position_text(unit, t), order=unit.rank)


def _progress(found: PeerComparison, titles: dict[str, str], t: Translator) -> Section:
    moved = [unit for unit in found.units if unit.movement.up or unit.movement.down or unit.own_move]
    moved.sort(key=lambda unit: -unit.movement.up)
    text = t(
        "Peers with at least one follow-up: {n} of {of}. Changes are counted from each peer's mutual "
        "evaluation to its latest report.",
        n=sum(cycle.followed for cycle in found.peers),
        of=len(found.peers),
    )
    heads = (
        (t("Rec. or outcome"), 6),
        (t("Peers whose rating rose"), 2, True),
        (t("Peers whose rating fell"), 2, True),
        (t("Change of own rating"), 3),
    )
    moves = ((unit, (unit.movement.up, unit.movement.down, _own_move(found, unit))) for unit in moved)
    rows = ((f"{unit.unit} {titles[unit.unit]}", *map(keep_ltr, move)) for unit, move in moves)
    caption = t("Ratings that changed, most upgrades first")
    table = make_table("progress-table", caption, heads, rows, empty=t("No rating changed."))
    title = t("Progress since the mutual evaluation")
    return make_section("progress", title, Paragraph(text=text), table)


def _own_move(found: PeerComparison, unit: PeerUnit) -> str:
    if not unit.own_move:
        return "–"
    cycle = found.own_cycle
    return f"{cycle.first.ratings[unit.unit]} → {cycle.last.ratings[unit.unit]}"


def _each(found: PeerComparison, titles: dict[str, str], t: Translator) -> Section:
    good = t("Peers at the two best levels")
    changed = t("Peers whose rating changed")
    heads = ((t("Rec. or outcome"), 6), (t("Own rating"), 2), (good, 3), (t("Position"), 5), (changed, 5))
    rows = (make_row((*_cells(u, titles, t), movement_text(u, t)), rating=_own(u)) for u in found.units)
    caption = t("Own rating, peers' ratings, position, and changes among peers")
    table = make_table("each-table", caption, heads, rows)
    return make_section("each", t("Each Recommendation and outcome"), table)


def _how(found: PeerComparison, generated_at: str, t: Translator) -> Section:
    rows = list_jurisdictions(found, _find_day(generated_at))
    return make_section(
        "how",
        t("Peers and method"),
        jurisdictions_table(t).in_document(rows)
        if found.peers
        else Paragraph(text=t("No member of the group has a report under this edition.")),
        Bullets(items=comparison_notes(found, t)),
    )


def _find_day(generated_at: str) -> date:
    return date.fromisoformat(generated_at[:10])
