"""Small counts are hidden, and enough others that they cannot be calculated from the totals.

Source: fatf-kit's own, after the habit of statistical offices; the limit is in frameworks/npo/report.json.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Generic, TypeVar

from fatf_kit.npo.method.load import load_method
from fatf_kit.npo.model import ClassCounts, CodeCount, SectorResult, SectorSegment
from fatf_kit.npo.report.rules import load_report_rules
from fatf_kit.npo.scales import RiskBand, SegmentKind

Key = TypeVar("Key", bound=Hashable)

CLASS_KEYS = ("low", "medium", "high", "unrated", "total")


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


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCounts(Generic[Key]):
    """Counts by key of which some may not be shown."""

    counts: Mapping[Key, int]
    hidden: frozenset[Key]

    def __getitem__(self, key: Key) -> int | None:
        """Return the count; None where it is hidden."""
        return None if key in self.hidden else self.counts[key]


_INTERNAL: ContextVar[bool] = ContextVar("internal", default=False)


@contextmanager
def internal_counts(*, internal: bool) -> Iterator[None]:
    """Within it an internal report shows every count; otherwise small ones are hidden."""
    token = _INTERNAL.set(internal)
    try:
        yield
    finally:
        _INTERNAL.reset(token)


def limit() -> float:
    """Counts above 0 and below this are hidden; 0 within an internal report."""
    return 0.0 if _INTERNAL.get() else load_report_rules().small_cells.value


def hide_counts(
    counts: Mapping[Key, int], sums: Sequence[Sequence[Key]], *, fixed: Collection[Key]
) -> ShownCounts[Key]:
    """Return counts of which the small ones, and what would give them away, are hidden (see `hidden_cells`)."""
    return ShownCounts(counts=counts, hidden=hidden_cells(counts, sums, below=limit(), fixed=fixed))


def one(count: int) -> int | None:
    """Return a count that is not part of a sum; None where it is too small to be shown."""
    return None if 0 < count < limit() else count


def referred(sector: SectorResult) -> int | None:
    """Bodies referred to investigators; None where they or the other bodies of the high class are too few."""
    return part_of(sector.classes.referred, sector.classes.high)


def to_verify(sector: SectorResult) -> int | None:
    """Bodies with a link to be verified; None where they or the other bodies without a class are too few."""
    return part_of(sector.classes.to_verify, sector.classes.unrated)


def uncontrolled(sector: SectorResult) -> int | None:
    """Bodies that are high by their answers on place, channel and controls; None where they or the rest are too few.

    The rest is counted with and without the bodies that are referred, whose number is shown too.
    """
    classes = sector.classes
    is_hidden = one(classes.high - classes.referred - classes.uncontrolled) is None
    return None if is_hidden else part_of(classes.uncontrolled, classes.high)


def part_of(part: int, whole: int) -> int | None:
    """Return a part of a count that is shown; None where it or the rest is too small to be shown."""
    return None if one(part) is None or one(whole - part) is None else part


def shown_classes(sector: SectorResult) -> ShownCounts[str]:
    """The classes of the sector. The subset at risk is shown, so neither of its classes may follow from the other."""
    counts = {**_classes(sector.classes), "at risk": sector.classes.at_risk}
    sums = [CLASS_KEYS, ("medium", "high", "at risk")]
    return hide_counts(counts, sums, fixed={"total", "at risk"})


def with_class(shown: ShownCounts[str]) -> int | None:
    """Return how many of all have a class; None where that is hidden or would tell how many have none."""
    total, unrated = shown["total"], shown["unrated"]
    return None if total is None or unrated is None else total - unrated


def shown_segments(sector: SectorResult, kind: SegmentKind) -> list[tuple[SectorSegment, ShownCounts[str]]]:
    """Return every segment of a kind with its classes.

    No hidden count follows from the rows, the columns or the sector.
    """
    segments = sector.by(kind)
    bottom = len(segments)
    every = [*(_classes(segment.classes) for segment in segments), _classes(sector.classes)]
    counts = {(row, key): count for row, classes in enumerate(every) for key, count in classes.items()}
    rows = [[(row, key) for key in CLASS_KEYS] for row in range(bottom)]
    # Where the sector's own count is hidden, its column holds two hidden cells as soon as one of a segment's is.
    known = [key for key in CLASS_KEYS if key not in shown_classes(sector).hidden]
    columns = [[(row, key) for row in range(bottom + 1)] for key in known]
    hidden = hide_counts(counts, [*rows, *columns], fixed={(bottom, key) for key in known}).hidden
    return [
        (segment, ShownCounts(counts=every[row], hidden=frozenset(key for at, key in hidden if at == row)))
        for row, segment in enumerate(segments)
    ]


def shown_parts(parts: Mapping[str, int]) -> ShownCounts[str]:
    """Return counts that add up to a total which is shown elsewhere."""
    counts = {**parts, "total": sum(parts.values())}
    return hide_counts(counts, [tuple(counts)], fixed={"total"})


def shown_reasons(reasons: Sequence[CodeCount]) -> list[tuple[str, int | None]]:
    """Return codes with their counts, which add up to a total that is shown elsewhere."""
    shown = shown_parts({part.code: part.count for part in reasons})
    return [(part.code, shown[part.code]) for part in reasons]


def shown_matrix(sector: SectorResult) -> list[list[int | None]]:
    """Return the matrix, row by row from the lowest threat; the number of rated bodies is shown elsewhere."""
    shown = shown_parts({f"{r}.{c}": n for r, row in enumerate(sector.matrix) for c, n in enumerate(row)})
    return [[shown[f"{r}.{c}"] for c in range(len(row))] for r, row in enumerate(sector.matrix)]


def shown_bands(sector: SectorResult) -> dict[str, int | None]:
    """Bands fold into classes that are shown, so none may follow from a class either, however the bands fold."""
    bands = dict(zip(map(str, RiskBand), sector.classes.bands, strict=True))
    if shown_classes(sector).hidden:
        return dict.fromkeys(bands)
    counts = {**bands, "total": sum(bands.values())}
    sums = [tuple(counts)]
    for fold in load_method().folds.values():
        for name in dict.fromkeys(fold.values()):
            inside = [band for band in bands if fold[RiskBand(band)] == name]
            if len(inside) > 1:
                folded = "+".join(inside)
                counts[folded] = sum(bands[band] for band in inside)
                sums.append((*inside, folded))
    shown = hide_counts(counts, sums, fixed=counts.keys() - bands.keys())
    return {band: shown[band] for band in bands}


def shown_beneficiaries(sector: SectorResult) -> list[tuple[str, int | None]]:
    """Return the count of each group, None where it or the rest is too small to be shown; "" is not known."""
    return [(part.code, part_of(part.count, sector.register.in_scope)) for part in sector.beneficiaries]


def _classes(classes: ClassCounts) -> dict[str, int]:
    return {key: getattr(classes, key) for key in CLASS_KEYS}
