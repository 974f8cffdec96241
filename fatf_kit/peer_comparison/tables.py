"""Flat tables of published ratings, comparisons and patterns, for spreadsheets and data frames."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from fatf_kit.core.messages import Translator
from fatf_kit.framework.page_rules import OUTCOMES, RECOMMENDATIONS
from fatf_kit.peer_comparison.patterns import Patterns
from fatf_kit.peer_comparison.peers import Comparison
from fatf_kit.published.model import PublishedReport
from fatf_kit.report.model import DataColumn, DataTable


def published_table(reports: Iterable[PublishedReport], t: Translator) -> DataTable:
    """One row per report, one column per unit; a rating that a report does not give is missing, NA is a rating."""
    units = (*RECOMMENDATIONS, *OUTCOMES)
    return DataTable(
        key="published",
        title=t("Published ratings"),
        columns=(
            DataColumn(key="iso3", title=t("Code"), width=7),
            DataColumn(key="jurisdiction", title=t("Jurisdiction"), width=28),
            DataColumn(key="bodies", title=t("Body")),
            DataColumn(key="type", title=t("Report")),
            DataColumn(key="date", title=t("Month")),
            DataColumn(key="edition", title=t("Edition")),
            *(DataColumn(key=unit, title=unit, width=6) for unit in units),
            DataColumn(key="is_current", title=t("Newest state")),
            DataColumn(key="verified", title=t("Verified")),
            DataColumn(key="url", title=t("Address"), width=40),
        ),
        rows=tuple(
            (
                report.iso3 or None,
                report.jurisdiction,
                "/".join(report.bodies) or None,
                str(report.report_type),
                report.date,
                report.edition,
                *(str(report.ratings[unit]) if unit in report.ratings else None for unit in units),
                report.is_current,
                report.verified,
                report.url or None,
            )
            for report in reports
        ),
    )


def peers_table(found: Comparison, titles: Mapping[str, str], t: Translator) -> DataTable:
    """One row per unit: own rating, peers by rating, share at the two best levels, position, movement."""
    return DataTable(
        key="peers",
        title=t("Beside peers"),
        columns=(
            DataColumn(key="id", title=t("Unit"), width=8),
            DataColumn(key="title", title=t("Title"), width=48),
            DataColumn(key="rating", title=t("Own rating")),
            *(DataColumn(key=f"peers_{n}", title=title) for n, title in _levels(t)),
            DataColumn(key="peers_na", title=t("Peers NA")),
            DataColumn(key="rated", title=t("Peers rated")),
            DataColumn(key="good", title=t("Peers at the two best levels")),
            DataColumn(key="share", title=t("Share")),
            DataColumn(key="rank", title=t("Position")),
            DataColumn(key="tied", title=t("Peers with the same rating")),
            DataColumn(key="up", title=t("Peers up")),
            DataColumn(key="down", title=t("Peers down")),
            DataColumn(key="own_move", title=t("Own levels moved")),
        ),
        rows=tuple(
            (
                unit.unit,
                titles[unit.unit],
                None if unit.own is None else str(unit.own),
                *(number for _, number in unit.counts[:4]),
                unit.counts[4][1] if len(unit.counts) > 4 else None,
                unit.rated,
                unit.good,
                unit.share,
                unit.rank,
                unit.tied,
                unit.movement.up,
                unit.movement.down,
                unit.own_move,
            )
            for unit in found.units
        ),
    )


def patterns_table(found: Patterns, titles: Mapping[str, str], t: Translator) -> DataTable:
    """One row per unit: jurisdictions by rating, shares now and at the evaluation, movement, months to an upgrade."""
    return DataTable(
        key="patterns",
        title=t("Worldwide by unit"),
        columns=(
            DataColumn(key="id", title=t("Unit"), width=8),
            DataColumn(key="title", title=t("Title"), width=48),
            *(DataColumn(key=f"rated_{n}", title=title) for n, title in _levels(t)),
            DataColumn(key="rated", title=t("Rated")),
            DataColumn(key="share", title=t("Share")),
            DataColumn(key="share_at_mer", title=t("Share at the evaluation")),
            DataColumn(key="up", title=t("Up")),
            DataColumn(key="down", title=t("Down")),
            DataColumn(key="upgrades", title=t("Upgrades")),
            DataColumn(key="months_to_upgrade", title=t("Median months")),
        ),
        rows=tuple(
            (
                unit.unit,
                titles[unit.unit],
                *(number for _, number in unit.counts[:4]),
                unit.rated,
                unit.share,
                unit.share_at_mer,
                unit.movement.up,
                unit.movement.down,
                unit.upgrades,
                unit.months,
            )
            for unit in found.units
        ),
    )


def re_ratings_table(found: Patterns, t: Translator) -> DataTable:
    """One row per kind of re-rating, the most frequent first."""
    return DataTable(
        key="re_ratings",
        title=t("Re-ratings"),
        columns=(
            DataColumn(key="id", title=t("Unit"), width=8),
            DataColumn(key="from", title=t("From")),
            DataColumn(key="to", title=t("To")),
            DataColumn(key="times", title=t("Times")),
        ),
        rows=tuple((r.unit, r.before, r.after, r.times) for r in found.re_ratings),
    )


def _levels(t: Translator) -> tuple[tuple[str, str], ...]:
    """The four levels of either scale, best first."""
    return ("best", t("C or HE")), ("good", t("LC or SE")), ("low", t("PC or ME")), ("lowest", t("NC or LE"))
