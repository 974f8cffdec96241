"""The filters of a page: the facets of its rows, and the units it has sections for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fatf_kit.core.messages import Translator
from fatf_kit.core.ratings import FindingKind
from fatf_kit.report.model import Document, DocumentTable, walk_sections


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """One way to filter: its name in the page, its label, and what can be chosen, as value and label."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]


def find_facets(document: Document, t: Translator) -> tuple[Facet, ...]:
    """Return the facets that have a label, in the order they are met, values likewise; none where no row has any."""
    met: dict[str, dict[str, None]] = {}
    units: dict[str, str] = {}
    for section in walk_sections(document.page):
        for block in section.blocks:
            for row in block.rows if isinstance(block, DocumentTable) else ():
                for name, values in row.facets.items():
                    met.setdefault(name, {}).update(dict.fromkeys(values))
                if row.facets and _UNIT.fullmatch(section.anchor):
                    units[make_anchor(section.anchor)] = section.title
    labels = {"severity": t("Severity"), "kind": t("Kind"), "agency": t("Agency"), "level": t("Level")}
    labels |= {"status": t("Gaps")}
    found = [
        Facet(
            name=name, label=labels[name], options=tuple((value, _label(value, name, document, t)) for value in values)
        )
        for name, values in met.items()
        if name in labels and len(values) > 1
    ]
    if len(units) > 1:
        found.insert(0, Facet(name="unit", label=t("Recommendation or outcome"), options=tuple(units.items())))
    return tuple(found)


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
