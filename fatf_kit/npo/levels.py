"""Levels of several factors as one small number, so that the working table is narrow and sums and texts are looked up.

A level is a digit to the base of six, 0 where it is not known. Whatever rests on the levels of a group, be it a sum, a
reason or a piece of a line, is worked out once for each number and then found by its place in a list.

Source: fatf-kit's own, DECISIONS.md.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, product

from fatf_kit.npo.method import Method

BASE = 6
TOGETHER = 3
"""So many that a list stays short: the engine makes it anew for every two thousand rows."""
LATE = "late"
"""The column with the level that needs the whole register first; the second step adds it."""

Levels = Mapping[str, int]
"""Levels by factor; 0 where not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelGroup:
    """Neighbouring factors of one dimension. `column` holds their levels as one number, the first factor lowest."""

    column: str
    dimension: str
    factors: tuple[str, ...]

    def code(self, levels: Mapping[str, str]) -> str:
        """The number, from an expression for the level of each factor.

        >>> LevelGroup(column="g0", dimension="threat", factors=("T01", "T02")).code({"T01": "a", "T02": "b"})
        'a * 1 + b * 6'
        """
        return " + ".join(f"{levels[factor]} * {BASE**place}" for place, factor in enumerate(self.factors))

    def level(self, factor: str) -> str:
        """The level of one factor, from the number.

        >>> LevelGroup(column="g0", dimension="threat", factors=("T01", "T02")).level("T02")
        'g0 // 6 % 6'
        """
        return f"{self.column} // {BASE ** self.factors.index(factor)} % {BASE}"

    def lookup(self, value: Callable[[Levels], str]) -> str:
        """The value that goes with the levels, as an expression; values are SQL.

        >>> LevelGroup(column="g0", dimension="threat", factors=("T01",)).lookup(lambda levels: str(levels["T01"] * 2))
        '[0, 2, 4, 6, 8, 10][g0 + 1]'
        """
        return f"[{', '.join(map(value, self._all()))}][{self.column} + 1]"

    def _all(self) -> Iterator[Levels]:
        for digits in product(range(BASE), repeat=len(self.factors)):  # the last changes first, so turned round
            yield dict(zip(self.factors, reversed(digits), strict=True))


def group_levels(method: Method, known: Collection[str], late: str | None) -> tuple[LevelGroup, ...]:
    """The known factors in groups, in the method's order; the late factor is a group by itself."""
    rated = [factor for factor in method.rated if factor.id in known or factor.id == late]
    groups: list[LevelGroup] = []
    for (dimension, is_late), run in groupby(rated, key=lambda factor: (factor.dimension, factor.id == late)):
        ids = [factor.id for factor in run]
        for start in range(0, len(ids), TOGETHER):
            column = LATE if is_late else f"g{len(groups)}"
            groups.append(LevelGroup(column=column, dimension=dimension, factors=tuple(ids[start : start + TOGETHER])))
    return tuple(groups)


def sums_sql(method: Method, groups: Collection[LevelGroup]) -> str:
    """Weighted sum and weight of what is known by dimension; the highest threat; whether a hard trigger is pulled."""
    weights = {factor.id: factor.weight for factor in method.rated}
    triggers = {factor.id for factor in method.rated if factor.hard_trigger}
    parts = []
    for letter, dimension in (("t", "threat"), ("v", "vulnerability"), ("m", "mitigation")):
        mine = [group for group in groups if group.dimension == dimension and group.column != LATE]
        score = [group.lookup(lambda levels: str(sum(weights[f] * n for f, n in levels.items()))) for group in mine]
        weight = [group.lookup(lambda levels: str(sum(weights[f] for f, n in levels.items() if n))) for group in mine]
        parts += [f"{' + '.join(score) or '0'} AS {letter}s", f"{' + '.join(weight) or '0'} AS {letter}w"]
        if letter == "t":
            highest = ", ".join(group.lookup(lambda levels: str(max(levels.values()))) for group in mine)
            parts.append(f"greatest(0{', ' if highest else ''}{highest}) AS tmax")
    pulled = [
        group.lookup(
            lambda levels: str(any(f in triggers and n >= method.hard_trigger_from for f, n in levels.items()))
        )
        for group in groups
        if group.column != LATE and triggers & set(group.factors)
    ]
    return f"{', '.join(parts)}, {' OR '.join(pulled) or 'false'} AS hard"
