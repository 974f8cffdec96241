"""Small counts are hidden, and enough others that they cannot be calculated from the totals.

Source: fatf-kit's own, after the habit of statistical offices; the limit is in frameworks/npo/report.json.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


def hidden_cells(
    counts: Mapping[Key, int], sums: Sequence[Sequence[Key]], *, below: float, fixed: Collection[Key] = ()
) -> frozenset[Key]:
    """Return which counts must not be shown: those above 0 and below the limit, and what would give them away.

    `sums` are sets of keys of which one is the sum of the others; where only one of a set is hidden, the smallest
    other one is hidden too. `fixed` counts are known from elsewhere, so hiding them would protect nothing; they are
    hidden only where they are small themselves.

    >>> counts = {"low": 90, "medium": 12, "high": 3, "total": 105}
    >>> sorted(hidden_cells(counts, [("low", "medium", "high", "total")], below=5, fixed={"total"}))
    ['high', 'medium']
    """
    hidden = {key for key, count in counts.items() if 0 < count < below}
    changed = True
    while changed:
        changed = False
        for keys in sums:
            if len(hidden.intersection(keys)) != 1:
                continue
            others = [key for key in keys if key not in hidden and key not in fixed and counts[key]]
            if others:
                hidden.add(min(others, key=lambda key: counts[key]))
                changed = True
    return frozenset(hidden)
