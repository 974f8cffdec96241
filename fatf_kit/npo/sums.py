"""What the levels of a body add up to, all sums of a dimension in one number of the working table.

One look-up for each group of factors then gives all its sums at once, and the table has three columns where it would
have seven: to write a column costs as much as to look a value up.

Source: fatf-kit's own, DECISIONS.md.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from fatf_kit.npo.levels import LATE, LevelGroup, Levels
from fatf_kit.npo.method import Method

_DIMENSIONS = ("threat", "vulnerability", "mitigation")
_HIGHEST_LEVEL = 5
HIGHEST = "tmax"
"""The column with the highest threat, which is no sum."""


def sums_sql(method: Method, groups: Collection[LevelGroup]) -> str:
    """The numbers, and the highest threat, over the columns of the groups; `sums_read` takes the numbers apart."""
    mine = [group for group in groups if group.column != LATE]
    parts = []
    for dimension in _DIMENSIONS:
        sums = [
            group.lookup(lambda levels: str(_number(method, dimension, levels)), "INTEGER")  # noqa: B023 - used at once
            for group in mine
            if group.dimension == dimension
        ]
        parts.append(f"{' + '.join(sums) or '0'} AS sums_{dimension}")
    highest = [group.lookup(lambda levels: str(max(levels.values()))) for group in mine if group.dimension == "threat"]
    return f"{', '.join(parts)}, greatest({', '.join(['0', *highest])}) AS {HIGHEST}"


def sums_read(method: Method) -> str:
    """By dimension the weighted sum and the weight of what is known (`ts`, `tw`, ...); if a hard trigger is pulled."""
    parts = []
    for dimension in _DIMENSIONS:
        for name, (place, bits) in _places(method, dimension).items():
            number = f"((sums_{dimension} >> {place}) & {(1 << bits) - 1})"
            parts.append(f"{number} > 0 AS hard" if name == "pulled" else f"{number} AS {name}")
    return ", ".join(parts)


def _places(method: Method, dimension: str) -> Mapping[str, tuple[int, int]]:
    """Where each sum begins in the number, and how many bits it has: enough for every factor at its highest level."""
    factors = [factor for factor in method.rated if factor.dimension == dimension]
    weight, triggers = sum(factor.weight for factor in factors), sum(factor.hard_trigger for factor in factors)
    largest = {f"{dimension[0]}s": weight * _HIGHEST_LEVEL, f"{dimension[0]}w": weight}
    if dimension == "threat":
        largest["pulled"] = triggers
    found: dict[str, tuple[int, int]] = {}
    place = 0
    for name, most in largest.items():
        found[name] = (place, most.bit_length())
        place += most.bit_length()
    return found


def _number(method: Method, dimension: str, levels: Levels) -> int:
    """What the levels of one group add to the number of its dimension."""
    factors = [factor for factor in method.rated if factor.id in levels]
    sums = {
        f"{dimension[0]}s": sum(factor.weight * levels[factor.id] for factor in factors),
        f"{dimension[0]}w": sum(factor.weight for factor in factors if levels[factor.id]),
        "pulled": sum(factor.hard_trigger and levels[factor.id] >= method.hard_trigger_from for factor in factors),
    }
    return sum(sums[name] << place for name, (place, _) in _places(method, dimension).items())
