"""The annexes of the reports of a plan: each piece of evidence keeps one number through all cycles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from fatf_kit.action_plan.items.model import ItemEvidence
from fatf_kit.core.problems import Problem, make_problem


def number_annexes(evidence: Sequence[ItemEvidence]) -> tuple[ItemEvidence, ...]:
    """Return the evidence, each piece with its annex number.

    Typed numbers stay. What has none gets the next one after the highest, in the order of the sheet. The same law, case
    or document has one number for all items.

    >>> from fatf_kit.action_plan.items.model import ItemEvidenceKind
    >>> law, paper = ItemEvidenceKind.LAW, ItemEvidenceKind.DOCUMENT
    >>> [one.annex for one in number_annexes([
    ...     ItemEvidence(id="1", item="PI-01", kind=paper, what="Manual", cycle="2027-06"),
    ...     ItemEvidence(id="2", item="PI-01", kind=law, what="L-001"),
    ...     ItemEvidence(id="3", item="PI-02", kind=paper, what="Manual", annex=4),
    ... ])]
    [4, 5, 4]
    """
    return tuple(_number(evidence))


def _number(evidence: Sequence[ItemEvidence]) -> Iterator[ItemEvidence]:
    known = _list_typed(evidence)
    last = max(known.values(), default=0)
    for place, one in enumerate(evidence):
        if one.annex is None:
            key = _key(one, place)
            if key not in known:
                last += 1
                known[key] = last
            yield replace(one, annex=known[key])
        else:
            yield one


def find_open_annexes(evidence: Sequence[ItemEvidence]) -> tuple[Problem, ...]:
    """Return one problem that counts the evidence whose number could still change, because it is not typed."""
    known = _list_typed(evidence)
    found = [one for place, one in enumerate(evidence) if one.annex is None and _key(one, place) not in known]
    if not found:
        return ()
    ref = found[0].ref
    return (make_problem("item-annex-open", ref and ref._replace(cell=None), count=len(found)),)


def _list_typed(evidence: Iterable[ItemEvidence]) -> dict[tuple[str, str], int]:
    """Return the typed number of each law, case or document; the first where there are several."""
    found: dict[tuple[str, str], int] = {}
    for place, one in enumerate(evidence):
        if one.annex is not None:
            found.setdefault(_key(one, place), one.annex)
    return found


def _key(one: ItemEvidence, place: int) -> tuple[str, str]:
    """Return what is one annex: a named law, case, document or line, else the row at its place."""
    return str(one.kind), one.what or f"+{place}"
