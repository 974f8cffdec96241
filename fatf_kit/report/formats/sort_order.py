"""The order of cells in a column of a page: by what a cell means, never by its words."""

from __future__ import annotations

from datetime import date

from fatf_kit.core.ratings import (
    ACHIEVEMENT_SCALE,
    COMPLIANCE_SCALE,
    CRITERION_SCALE,
    EFFECTIVENESS_SCALE,
    Severity,
)
from fatf_kit.report.model import TableCell
from fatf_kit.report.palette import RANGE

_RANKS: dict[str, int] = {
    str(code): rank
    for levels in (
        COMPLIANCE_SCALE,
        EFFECTIVENESS_SCALE,
        CRITERION_SCALE,
        ACHIEVEMENT_SCALE,
        tuple(reversed(Severity)),
        ("low", "medium-low", "medium", "medium-high", "high"),
        ("gap", "warning", "breach"),
    )
    for rank, code in enumerate(levels)
}
"""Places of all codes: ratings from worst to best, severities and risks from the least to the gravest."""


def find_order(cell: TableCell) -> str:
    """Return the number a cell is sorted by; empty for one that is sorted by its text.

    >>> [find_order(TableCell(text="x", rating=rating)) for rating in ("PC", "PC – C", "NA")]
    ['1', '1.3', '']
    >>> find_order(TableCell(text="May 2024", day="2024-05")), find_order(TableCell(text="1,200", order=1200))
    ('739007', '1200')
    """
    if cell.order is not None:
        return repr(float(cell.order)) if cell.order % 1 else str(int(cell.order))
    if cell.rating:
        return find_rating_order(cell.rating)
    return str(_read_day(cell.day).toordinal()) if cell.day else ""


def find_rating_order(rating: str) -> str:
    """Return the place of a rating; a range is by its worst end, and after that by its best."""
    worst, _, best = rating.partition(RANGE)
    if worst not in _RANKS:
        return ""
    return f"{_RANKS[worst]}.{_RANKS.get(best, 0)}" if best else str(_RANKS[worst])


def _read_day(text: str) -> date:
    """Return a day, or the first day of a month or year."""
    return date.fromisoformat(f"{text}-01-01"[: len("2024-05-31")])
