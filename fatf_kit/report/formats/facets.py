"""The filters and the order of a page: the facets of its rows, the units it has sections for, and what cells sort by.

Cells of a column are in order by what they mean, never by their words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from fatf_kit.core.messages import Translator
from fatf_kit.core.problem_kinds import ProblemLevel
from fatf_kit.core.ratings import (
    ACHIEVEMENT_SCALE,
    COMPLIANCE_SCALE,
    CRITERION_SCALE,
    EFFECTIVENESS_SCALE,
    FindingKind,
    Severity,
)
from fatf_kit.report.model import Document, DocumentTable, Section, TableCell, walk_sections
from fatf_kit.report.palette import RANGE


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """One way to filter: its name in the page, its label, and what can be chosen, as value and label."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]


def find_facets(document: Document, t: Translator) -> tuple[Facet, ...]:
    """Return the facets that have a label and more than one value; none where no row has any."""
    met: dict[str, dict[str, None]] = {}
    units: dict[str, str] = {}
    for section in walk_sections(document.page):
        for block in section.blocks:
            for row in block.rows if isinstance(block, DocumentTable) else ():
                for name, values in row.facets.items():
                    met.setdefault(name, {}).update(dict.fromkeys(values))
                if row.facets and _UNIT.fullmatch(section.anchor):
                    units[make_anchor(section.anchor)] = section.title
    labels = {"agency": t("Agency"), "severity": t("Severity"), "kind": t("Kind")}
    labels |= {"status": t("Gaps"), "level": t("Level")}
    found = [
        Facet(name=name, label=label, options=_list_options(name, found_values, document, t))
        for name, label in labels.items()
        if len(found_values := met.get(name, {})) > 1
    ]
    if len(units) > 1:
        found.insert(0, Facet(name="unit", label=t("Recommendation or outcome"), options=tuple(units.items())))
    return tuple(found)


def find_chapters(document: Document) -> tuple[tuple[str, str], ...]:
    """Return the chapters that a reader can choose, as anchor and title: each has a table with rows."""
    return tuple((make_anchor(section.anchor), section.title) for section in document.page if _has_rows(section))


def _has_rows(section: Section) -> bool:
    return any(
        isinstance(block, DocumentTable) and block.rows for one in walk_sections((section,)) for block in one.blocks
    )


def _list_options(name: str, values: Iterable[str], document: Document, t: Translator) -> tuple[tuple[str, str], ...]:
    """Return values with their labels: codes by rank, the worst first, everything else by its label."""
    ranks = {code: rank for rank, code in enumerate((*Severity, *FindingKind, *ProblemLevel))}
    options = [(value, _label(value, name, document, t)) for value in values]
    return tuple(sorted(options, key=lambda option: (ranks.get(option[0], len(ranks)), option[1].casefold())))


def _label(value: str, facet: str, document: Document, t: Translator) -> str:
    """Return the label of a value: an agency's name, that of its kind of finding, else the value itself."""
    if facet == "agency":
        return document.agencies.get(value, value)
    return t(FindingKind(value).label if value in list(FindingKind) else value)


_UNIT = re.compile(r"(R|IO)\.\d+")


def make_anchor(name: str) -> str:
    """Return ids without dots, so that a style sheet can name them.

    >>> make_anchor("R.10")
    'R-10'
    """
    return re.sub(r"[^A-Za-z0-9_-]+", "-", name)


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
