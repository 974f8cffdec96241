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

    def lookup(self, value: Callable[[Levels], str], kind: str = "") -> str:
        """The value that goes with the levels, as an expression; values are SQL, of a `kind` where it is given.

        >>> LevelGroup(column="g0", dimension="threat", factors=("T01",)).lookup(lambda levels: str(levels["T01"] * 2))
        '[0, 2, 4, 6, 8, 10][g0 + 1]'
        """
        listed = f"[{', '.join(map(value, self._all()))}]"
        return f"{f'({listed}::{kind}[])' if kind else listed}[{self.column} + 1]"

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
