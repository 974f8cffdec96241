"""Flat tables of an own assessment beside published ratings, for spreadsheets and data frames."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from fatf_kit.core.messages import Translator
from fatf_kit.peer_comparison.own_report import pattern_heads, pattern_rows
from fatf_kit.report.model import DataColumn, DataTable

if TYPE_CHECKING:
    from fatf_kit.peer_comparison.own_assessment import OwnComparison


def own_tables(own: OwnComparison | None, titles: Mapping[str, str], t: Translator) -> tuple[DataTable, ...]:
    """One row per unit, and one per pattern; none without an own assessment."""
    return (_own_table(own, titles, t), _pattern_table(own, t)) if own else ()


def _own_table(own: OwnComparison, titles: Mapping[str, str], t: Translator) -> DataTable:
    """What counts at both ends is the decided rating where there is one."""
    return DataTable(
        key="own_assessment",
        title=t("Own assessment"),
        columns=(
            DataColumn(key="id", title=t("Unit"), width=8),
            DataColumn(key="title", title=t("Title"), width=48),
            DataColumn(key="claimed", title=t("Claimed")),
            DataColumn(key="worst", title=t("Shown, worst end"), is_end=True),
            DataColumn(key="best", title=t("Shown, best end"), is_end=True),
            DataColumn(key="decided", title=t("Decided")),
            DataColumn(key="is_compared", title=t("Compared")),
            DataColumn(key="rated", title=t("Peers rated")),
            DataColumn(key="rank_worst", title=t("Position at the worst end")),
            DataColumn(key="rank_best", title=t("Position at the best end")),
        ),
        rows=tuple(
            (
                unit.unit,
                titles[unit.unit],
                None if unit.own.claimed is None else str(unit.own.claimed),
                str(unit.own.counted.worst),
                str(unit.own.counted.best),
                None if unit.own.decided is None else str(unit.own.decided),
                unit.is_compared,
                unit.rated,
                unit.ranks.worst,
                unit.ranks.best,
            )
            for unit in own.units
        ),
    )


def _pattern_table(own: OwnComparison, t: Translator) -> DataTable:
    keys = ("pattern", "published", "best", "worst")
    return DataTable(
        key="own_pattern",
        title=t("Pattern at both ends"),
        columns=tuple(
            DataColumn(key=key, title=title, width=32, is_plain=True)
            for key, title in zip(keys, pattern_heads(t), strict=True)
        ),
        rows=tuple(pattern_rows(own, t)),
    )
