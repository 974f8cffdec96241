"""Differences between two editions: new, gone, renumbered and changed requirements.

Immediate Outcomes are compared as a whole only, because IO.3 and IO.4 mean different things in the two editions:
function in 2013, sector in 2022.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from fatf_kit.core.errors import FrameworkError
from fatf_kit.framework.catalog import get_enclosing_id
from fatf_kit.framework.model import Criterion, Framework


class EditionChange(StrEnum):
    """The change of a requirement from one edition to the next."""

    SAME = "same"
    RENUMBERED = "renumbered"
    CHANGED = "changed"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionDifference:
    """A requirement of the newer edition with its predecessors; `new` is None if it is gone."""

    move: EditionChange
    old: tuple[str, ...]
    new: str | None
    what: str = ""


def diff_editions(old: Framework, new: Framework, unit: str | None = None) -> tuple[EditionDifference, ...]:
    """Return every criterion of the newer edition in order, then those that are gone; of one Recommendation if given.

    The comparison uses the predecessors recorded in the newer edition. Criteria are compared, not their parts.

    Raises:
        FrameworkError: `new` does not follow on `old`: the pair is reversed, the same, or unrelated.

    >>> from fatf_kit.framework.loader import load_framework
    >>> moves = diff_editions(load_framework("fatf-2013"), load_framework("fatf-2022"), "R.5")
    >>> [(d.old, d.new) for d in moves if d.move is EditionChange.RENUMBERED][0]
    (('R.5/5.2bis',), 'R.5/5.3')
    """
    if new.predecessor != old.id:
        pairs = tuple(f"{one.predecessor} {one.id}" for one in (new, old) if one.predecessor)
        raise FrameworkError(
            "{new} is not the edition after {old}. Name the older edition first, like this: {names}.",
            new=new.id,
            old=old.id,
            names=pairs,
        )
    found: list[EditionDifference] = []
    used: set[str] = set()
    for recommendation in new.recommendations:
        for criterion in recommendation.criteria:
            used.update(get_enclosing_id(key) for key in criterion.predecessors)
            if unit in (None, recommendation.id):
                found.append(_find_difference(criterion))
    for recommendation in old.recommendations:
        for one in recommendation.criteria if unit in (None, recommendation.id) else ():
            if one.id not in used:
                gone = EditionChange.GONE
                found.append(EditionDifference(move=gone, old=(one.id,), new=None, what=one.statement))
    for outcome in new.outcomes:
        if unit in (None, outcome.id) and outcome.change:
            move, old_ids = EditionChange.CHANGED, (outcome.id,)
            found.append(EditionDifference(move=move, old=old_ids, new=outcome.id, what=outcome.change))
    return tuple(found)


def _find_difference(criterion: Criterion) -> EditionDifference:
    if not criterion.predecessors:
        move = EditionChange.NEW
    elif criterion.change:
        move = EditionChange.CHANGED
    else:
        move = EditionChange.SAME if criterion.predecessors == (criterion.id,) else EditionChange.RENUMBERED
    return EditionDifference(move=move, old=criterion.predecessors, new=criterion.id, what=criterion.change or "")
