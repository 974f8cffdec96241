"""How firmly a rating holds: which single steps move it, and the smallest sets of upgrades to the next level.

Exact, not greedy. A step moves one criterion or core issue up one level. What the next level asks comes down to three
sums (credit gained, and two counts of weak answers to be reduced) and to criteria that must leave a ceiling; so sets
are counted by dynamic programming over what is still missing of each sum, and no set is tried one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from fatf_kit.core.ratings import ComplianceRating
from fatf_kit.scoring.model import Margin
from fatf_kit.scoring.roll_up import R, RatedRequirement, RollUp, Sums

SETS_SHOWN = 5
"""How many of the smallest sets are written out; all of them are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Upgrade:
    """One requirement that can rise: `gains[n]` is what n steps bring to each sum; `least` are steps it must take."""

    id: str
    gains: tuple[Sums, ...]
    least: int = 0


def find_margin(rated: Sequence[RatedRequirement], roll_up: RollUp[R], *, shown: int = SETS_SHOWN) -> Margin | None:
    """Return the margin of a unit from its requirements; None where there are none that apply.

    >>> from fatf_kit.core.ratings import Achievement, CriterionRating
    >>> from fatf_kit.scoring.compliance import ComplianceRollUp
    >>> from fatf_kit.scoring.effectiveness import EffectivenessRollUp
    >>> from fatf_kit.scoring.policy import load_policy
    >>> half = [RatedRequirement("a", CriterionRating.MET, 2), RatedRequirement("b", CriterionRating.PARTLY_MET, 2)]
    >>> margin = find_margin(half, ComplianceRollUp(load_policy()))
    >>> margin.up, margin.to, margin.sets
    (('b',), <ComplianceRating.LC: 'LC'>, (('b',),))
    >>> some = [RatedRequirement(name, Achievement.SOME, 2) for name in "ab"]
    >>> find_margin(some, EffectivenessRollUp(load_policy())).sets_total
    3
    """
    counted = roll_up.select_applicable(rated)
    if not counted:
        return None
    answers, ratings = roll_up.answers, roll_up.ratings
    ids, levels = [one.id for one in counted], [answers.index(one.rating) for one in counted]

    def rank(steps: Sequence[int]) -> int:
        moved = [one._replace(rating=answers[step]) for one, step in zip(counted, steps, strict=True)]
        return ratings.index(roll_up.rate(moved))

    down, up = _single_steps(ids, levels, len(answers), rank)
    here = rank(levels)
    if here == len(ratings) - 1:
        return Margin(down=down)
    target = ratings[here + 1]
    if target is ComplianceRating.C:
        top = len(answers) - 1
        whole = tuple(key for key, level in zip(ids, levels, strict=True) for _ in range(top - level))
        return Margin(down=down, up=up, to=target, steps=len(whole), sets=(whole,), sets_total=1)
    climbers = [_make_upgrade(one, target, roll_up) for one in counted]
    sums, limits = roll_up.measure(counted), roll_up.find_limits(target, sum(one.weight for one in counted))
    missing = max(0, limits[0] - sums[0]), max(0, sums[1] - limits[1]), max(0, sums[2] - limits[2])
    return _Search(climbers, missing).margin(down, up, target, shown)


def _make_upgrade(one: RatedRequirement, target: R, roll_up: RollUp[R]) -> _Upgrade:
    """Return what each step of a requirement brings, up to the top of the scale."""
    risen = [one._replace(rating=rating) for rating in roll_up.answers[roll_up.answers.index(one.rating) :]]
    before = roll_up.measure([one])
    sums = [roll_up.measure([higher]) for higher in risen]
    gains = [(after[0] - before[0], before[1] - after[1], before[2] - after[2]) for after in sums]
    caps = map(roll_up.find_ceiling, risen)
    rank = roll_up.ratings.index
    is_free = (cap is None or rank(cap) >= rank(target) for cap in caps)
    least = next((steps for steps, free in enumerate(is_free) if free), len(roll_up.answers))
    return _Upgrade(id=one.id, gains=tuple(gains), least=least)


def _single_steps(
    ids: Sequence[str], levels: Sequence[int], height: int, rank: Callable[[Sequence[int]], int]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the ids of which one step down, or one step up, changes the rating."""
    here = rank(levels)
    found: dict[int, list[str]] = {-1: [], 1: []}
    for at, level in enumerate(levels):
        for step, moving in found.items():
            if 0 <= level + step < height and rank([*levels[:at], level + step, *levels[at + 1 :]]) != here:
                moving.append(ids[at])
    return tuple(found[-1]), tuple(found[1])


def _lower(missing: Sums, gain: Sums) -> Sums:
    """Return what is missing of each sum after a gain; none is below zero."""
    return max(0, missing[0] - gain[0]), max(0, missing[1] - gain[1]), max(0, missing[2] - gain[2])


class _Search:
    """Counts the ways to cover what is missing in exactly so many steps."""

    def __init__(self, climbers: Sequence[_Upgrade], missing: Sums) -> None:
        self._place = {one.id: at for at, one in enumerate(climbers)}
        # Alike climbers stand together: what is missing after them is then often the same, and is counted once.
        self._climbers = sorted(climbers, key=lambda one: (-one.least, one.gains))
        self._missing = missing
        self._most = [self._best_from(at) for at in range(len(self._climbers) + 1)]
        self._count = cache(self._ways)

    def margin(self, down: tuple[str, ...], up: tuple[str, ...], target: str, shown: int) -> Margin:
        """Return the margin with the smallest sets; none where the target is out of reach."""
        longest = sum(len(one.gains) - 1 for one in self._climbers)
        for steps in range(1, longest + 1):
            total = self._count(0, steps, self._missing)
            if total:
                found = self._sets(0, steps, self._missing, shown)
                sets = tuple(tuple(sorted(one, key=self._place.__getitem__)) for one in found)
                return Margin(down=down, up=up, to=target, steps=steps, sets=sets, sets_total=total)
        return Margin(down=down, up=up, to=target)

    def _best_from(self, at: int) -> tuple[tuple[int, ...], ...]:
        """For each sum, the most that 0, 1, 2 … steps can bring from here on: a bound, not always reached."""
        rest = self._climbers[at:]
        bounds = []
        for which in range(3):
            single = [
                max(0, after[which] - before[which])
                for one in rest
                for before, after in zip(one.gains, one.gains[1:], strict=False)
            ]
            bounds.append((0, *accumulate(sorted(single, reverse=True))))
        return tuple(bounds)

    def _out_of_reach(self, at: int, steps: int, missing: Sums) -> bool:
        return any(lack > most[min(steps, len(most) - 1)] for lack, most in zip(missing, self._most[at], strict=True))

    def _ways(self, at: int, steps: int, missing: Sums) -> int:
        if at == len(self._climbers):
            return int(steps == 0 and not any(missing))
        if self._out_of_reach(at, steps, missing):
            return 0
        return sum(self._count(at + 1, steps - taken, left) for taken, left in self._choices(at, steps, missing))

    def _choices(self, at: int, steps: int, missing: Sums) -> Iterator[tuple[int, Sums]]:
        one = self._climbers[at]
        for taken in range(one.least, min(steps, len(one.gains) - 1) + 1):
            yield taken, _lower(missing, one.gains[taken])

    def _sets(self, at: int, steps: int, missing: Sums, shown: int) -> Iterator[tuple[str, ...]]:
        """At most so many of the sets, always in the same order; fewest requirements first is not promised."""
        if at == len(self._climbers):
            yield ()
            return
        left_to_show = shown
        for taken, left in reversed(tuple(self._choices(at, steps, missing))):
            if left_to_show <= 0 or not self._count(at + 1, steps - taken, left):
                continue
            for rest in self._sets(at + 1, steps - taken, left, left_to_show):
                yield (*(self._climbers[at].id,) * taken, *rest)
                left_to_show -= 1
