"""The annexes of the reports of a plan: each piece of evidence keeps one number through all cycles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count

from fatf_kit.action_plan.items.model import ItemEvidence


def number_annexes(evidence: Sequence[ItemEvidence]) -> Mapping[str, int]:
    """Return the annex number of each piece of evidence by its id.

    Typed numbers stay. What has none gets the next free one in the order of the cycles; the same law, case or document
    has one number for all items.

    >>> from fatf_kit.action_plan.items.model import ItemEvidenceKind
    >>> law, paper = ItemEvidenceKind.LAW, ItemEvidenceKind.DOCUMENT
    >>> number_annexes([
    ...     ItemEvidence(id="1", item="PI-01", kind=paper, what="Manual", cycle="2027-06"),
    ...     ItemEvidence(id="2", item="PI-01", kind=law, what="L-001", cycle="2027-02"),
    ...     ItemEvidence(id="3", item="PI-02", kind=paper, what="Manual", annex=4),
    ... ])
    {'1': 4, '2': 1, '3': 4}
    """
    named = {_key(one): one.annex for one in evidence if one.annex is not None}
    taken = set(named.values())
    free = (number for number in count(1) if number not in taken)
    for one in sorted(evidence, key=lambda one: one.cycle):
        if _key(one) not in named:
            named[_key(one)] = next(free)
    return {one.id: named[_key(one)] or 0 for one in evidence}


def _key(one: ItemEvidence) -> tuple[str, str]:
    return str(one.kind), one.what or one.id
