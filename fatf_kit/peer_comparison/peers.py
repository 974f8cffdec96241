"""A jurisdiction compared with a group: unit by unit, within one edition, not weighted by income or size."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fatf_kit.core.errors import UnknownIdError
from fatf_kit.core.ratings import COMPLIANCE_SCALE, EFFECTIVENESS_SCALE, ComplianceRating
from fatf_kit.peer_comparison.groups import JurisdictionGroup
from fatf_kit.published.catalog import find_report
from fatf_kit.published.history import EvaluationCycle, find_latest_cycles
from fatf_kit.published.jurisdiction_names import load_table_names
from fatf_kit.published.loader import UNITS, load_published
from fatf_kit.published.model import PublishedRating, PublishedReport, find_scale

AS_OF = ("latest", "MER")
"""Which state of ratings is compared: the newest of the cycle, or the evaluation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerMovement:
    """The movement of one unit's ratings from the evaluation to the newest state, counted over jurisdictions.

    `other` moved to or from NA, which is neither up nor down.
    """

    up: int
    down: int
    same: int
    other: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerUnit:
    """One unit of a jurisdiction compared with its peers.

    Attributes:
        unit: "R.10" or "IO.3".
        own: The jurisdiction's rating; None where its report does not give one.
        counts: How many peers have each rating, by code, best first, NA last where the scale has it.
        rated: Peers with a rating on the ladder: neither NA nor missing.
        good: Of these, how many are at one of the two best levels (C or LC; HE or SE).
        rank: 1 where no peer is better: one more than the number of peers with a strictly better rating. None where the
            own rating is NA or missing.
        tied: Peers with the same rating.
        own_move: Levels by which the own rating moved since the evaluation; None where either is NA or missing.
        movement: How peers moved since their evaluations.
    """

    unit: str
    own: PublishedRating | None
    counts: tuple[tuple[str, int], ...]
    rated: int
    good: int
    rank: int | None
    tied: int
    own_move: int | None
    movement: PeerMovement

    @property
    def share(self) -> float | None:
        """The part of rated peers at the two best levels; None where none is rated."""
        return self.good / self.rated if self.rated else None


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerComparison:
    """A jurisdiction compared with a group.

    Attributes:
        own: The report compared, outcomes completed.
        own_cycle: The jurisdiction's cycle under this edition.
        group: As asked for; the jurisdiction itself is never its own peer.
        as_of: "latest" or "MER", for the jurisdiction and the peers alike.
        edition: The edition all ratings compared are made under.
        peers: The peers' cycles, in the order of codes.
        without: Members with no report under this edition, by code; they are counted nowhere.
        moved_on: Peers that have a report under a newer edition too, which is left aside.
        units: R.1 to R.40, then IO.1 to IO.11.
    """

    own: PublishedReport
    own_cycle: EvaluationCycle
    group: JurisdictionGroup
    as_of: str
    edition: str
    peers: tuple[EvaluationCycle, ...]
    without: tuple[str, ...]
    moved_on: tuple[str, ...]
    units: tuple[PeerUnit, ...]

    def state(self, cycle: EvaluationCycle) -> PublishedReport:
        """Return the report of a cycle that is compared."""
        return _state(cycle, self.as_of)

    @property
    def failed_by_most(self) -> tuple[PeerUnit, ...]:
        """Units where more than half of the rated peers are at the two lowest levels, the lowest share first."""
        low = [unit for unit in self.units if unit.rated and 2 * unit.good < unit.rated]
        return tuple(sorted(low, key=lambda unit: unit.good / unit.rated))


def compare_with_peers(
    jurisdiction: str,
    group: JurisdictionGroup,
    as_of: str = "latest",
    *,
    edition: str | None = None,
    reports: Iterable[PublishedReport] | None = None,
) -> PeerComparison:
    """Compare a jurisdiction with the other members of a group.

    Everything is compared under one edition, that of the jurisdiction's newest report unless `edition` says another,
    because the two Methodologies do not measure alike (IO.3 and IO.4 even ask different things).

    Raises:
        UnknownIdError: no such jurisdiction, no report of it under the edition, or no such state.

    >>> from fatf_kit.peer_comparison.groups import find_group
    >>> ten = next(unit for unit in compare_with_peers("IRQ", find_group("MENAFATF")).units if unit.unit == "R.10")
    >>> str(ten.own), ten.rank
    ('C', 1)
    """
    state = next((known for known in AS_OF if known.casefold() == as_of.strip().casefold()), None)
    if state is None:
        raise UnknownIdError(
            "'{found}' is not a choice of ratings to compare. Allowed: {names}.", found=as_of, names=tuple(AS_OF)
        )
    table = load_published() if reports is None else tuple(reports)
    found = find_report(jurisdiction, state, table)
    edition = edition or found.edition
    cycles = {cycle.first.place: cycle for cycle in find_latest_cycles(table, edition)}
    own = cycles.get(found.place)
    if own is None:
        raise UnknownIdError(
            "The table of published ratings has no report of {jurisdiction} under '{edition}'.",
            jurisdiction=found.jurisdiction,
            edition=edition,
        )
    others = [code for code in group.members if code != found.place]
    peers = tuple(cycles[code] for code in others if code in cycles)
    newer = {report.place for report in table if report.edition > edition}
    return PeerComparison(
        own=_state(own, state),
        own_cycle=own,
        group=group,
        as_of=state,
        edition=edition,
        peers=peers,
        without=tuple(code for code in others if code not in cycles),
        moved_on=tuple(cycle.first.place for cycle in peers if cycle.first.place in newer),
        units=tuple(_compare_unit(unit, own, peers, state) for unit in UNITS),
    )


def name_jurisdiction(code: str) -> str:
    """Return a jurisdiction's name as published; its code where the table does not have it."""
    return load_table_names().get(code, code)


def count_ratings(unit: str, reports: Iterable[PublishedReport]) -> tuple[tuple[str, int], ...]:
    """Return how many reports give a unit each rating: by code, best first, NA last for Recommendations."""
    found = Counter(report.ratings[unit] for report in reports if unit in report.ratings)
    ladder: Sequence[PublishedRating] = (
        (*reversed(COMPLIANCE_SCALE), ComplianceRating.NA)
        if find_scale(unit) is ComplianceRating
        else tuple(reversed(EFFECTIVENESS_SCALE))
    )
    return tuple((str(code), found[code]) for code in ladder)


def count_good(counts: Sequence[tuple[str, int]]) -> tuple[int, int]:
    """Return how many are at the two best levels, and how many are on the ladder at all.

    >>> count_good((("C", 1), ("LC", 2), ("PC", 3), ("NC", 0), ("NA", 9)))
    (3, 6)
    """
    return sum(number for _, number in counts[:2]), sum(number for _, number in counts[:4])


def count_movement(unit: str, cycles: Iterable[EvaluationCycle]) -> PeerMovement:
    """Return how a unit moved from evaluation to newest state, over cycles that give it in both."""
    found: Counter[str] = Counter()
    for cycle in cycles:
        if unit in cycle.first.ratings and unit in cycle.last.ratings:
            levels = _levels(unit, cycle)
            if cycle.first.ratings[unit] == cycle.last.ratings[unit]:
                found["same"] += 1
            else:
                found["other" if levels is None else "up" if levels > 0 else "down"] += 1
    return PeerMovement(up=found["up"], down=found["down"], same=found["same"], other=found["other"])


def _compare_unit(unit: str, own: EvaluationCycle, peers: Sequence[EvaluationCycle], state: str) -> PeerUnit:
    rating = _state(own, state).ratings.get(unit)
    theirs = [_state(cycle, state) for cycle in peers]
    counts = count_ratings(unit, theirs)
    good, rated = count_good(counts)
    ranks = [r.ratings[unit].rank for r in theirs if unit in r.ratings]
    mine = None if rating is None else rating.rank
    return PeerUnit(
        unit=unit,
        own=rating,
        counts=counts,
        rated=rated,
        good=good,
        rank=None if mine is None else 1 + sum(rank > mine for rank in ranks if rank is not None),
        tied=0 if mine is None else ranks.count(mine),
        own_move=_levels(unit, own),
        movement=count_movement(unit, peers),
    )


def _state(cycle: EvaluationCycle, state: str) -> PublishedReport:
    return cycle.first if state == "MER" else cycle.last


def _levels(unit: str, cycle: EvaluationCycle) -> int | None:
    before, after = cycle.first.ratings.get(unit), cycle.last.ratings.get(unit)
    if before is None or after is None or before.rank is None or after.rank is None:
        return None
    return after.rank - before.rank
