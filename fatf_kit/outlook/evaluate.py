"""How ratings stand against the lines of an edition. Pure: no files, no clock."""

from __future__ import annotations

from collections.abc import Mapping

from fatf_kit.core.ratings import COMPLIANCE_SCALE, EFFECTIVENESS_SCALE
from fatf_kit.framework.page_rules import OUTCOMES, RECOMMENDATIONS
from fatf_kit.outlook.model import (
    CountResult,
    FollowUp,
    Line,
    LineCount,
    LineKind,
    LineResult,
    Outlook,
    Rating,
    Ratings,
    Rules,
)
from fatf_kit.scoring.span import Span


def evaluate(rules: Rules, ratings: Ratings) -> Outlook:
    """Every line of an edition against the ratings, and what they lead to.

    NA never counts. Neither does a rating that is not known, but while one is open the outlook is a range. The range
    is exact, because no line rewards a worse rating: `fatf_kit.outlook.rules` refuses lines that would.
    """
    cases = {unit: list_possible_ratings(unit, ratings.get(unit)) for unit in (*RECOMMENDATIONS, *OUTCOMES)}
    best, worst = find_best_case(ratings), find_worst_case(ratings)
    return Outlook(
        rules=rules,
        follow_up_span=Span(worst=_follow_up(rules, worst), best=_follow_up(rules, best)),
        referral_span=Span(worst=_any_holds(rules, LineKind.ICRG, worst), best=_any_holds(rules, LineKind.ICRG, best)),
        lines=tuple(_result(line, cases, Span(worst=worst, best=best)) for line in rules.lines),
        open_units=list_open_units(ratings),
        unknown_units=tuple(unit for unit in cases if ratings.get(unit) is None),
    )


def list_possible_ratings(unit: str, given: object) -> tuple[Rating, ...]:
    """Every rating a unit can still turn out to have, worst first; one where it is settled.

    >>> [str(rating) for rating in possible_ratings("IO.3", None)]
    ['LE', 'ME', 'SE', 'HE']
    """
    ladder: tuple[Rating, ...] = EFFECTIVENESS_SCALE if unit in OUTCOMES else COMPLIANCE_SCALE
    if given is None:
        return ladder
    if isinstance(given, Span):
        worst, best = (given.worst, given.best)
        if worst == best:
            return (worst,)
        top = len(ladder) - 1  # NA counts nowhere, like the top of the ladder
        return ladder[top if worst.rank is None else worst.rank : (top if best.rank is None else best.rank) + 1]
    assert isinstance(given, Rating)  # noqa: S101 - narrows the last case
    return (given,)


def find_best_case(ratings: Ratings) -> dict[str, Rating]:
    """A rating for every unit: where it is open, the best possible."""
    return {unit: list_possible_ratings(unit, ratings.get(unit))[-1] for unit in (*RECOMMENDATIONS, *OUTCOMES)}


def find_worst_case(ratings: Ratings) -> dict[str, Rating]:
    """A rating for every unit: where it is open, the worst possible."""
    return {unit: list_possible_ratings(unit, ratings.get(unit))[0] for unit in (*RECOMMENDATIONS, *OUTCOMES)}


def list_open_units(ratings: Ratings) -> tuple[str, ...]:
    """Units whose rating is not settled, in order."""
    units = (*RECOMMENDATIONS, *OUTCOMES)
    return tuple(unit for unit in units if len(list_possible_ratings(unit, ratings.get(unit))) > 1)


def is_line_met(line: Line, ratings: Mapping[str, Rating]) -> bool:
    """Whether a line holds when every rating is settled."""
    return all(value >= count.at_least for value, count in zip(_values(line, ratings), line.counts, strict=True))


def _any_holds(rules: Rules, kind: LineKind, ratings: Mapping[str, Rating]) -> bool:
    return any(line.kind is kind and is_line_met(line, ratings) for line in rules.lines)


def _follow_up(rules: Rules, ratings: Mapping[str, Rating]) -> FollowUp:
    return FollowUp.ENHANCED if _any_holds(rules, LineKind.ENHANCED, ratings) else FollowUp.REGULAR


def _result(line: Line, cases: Mapping[str, tuple[Rating, ...]], ends: Span[dict[str, Rating]]) -> LineResult:
    counts = tuple(_count(count, cases) for count in line.counts)
    if all(c.low >= c.count.at_least for c in counts):
        holds: bool | None = True
        decides = min(counts, key=lambda c: c.low - c.count.at_least)
        distance = decides.low - decides.count.at_least + 1
    else:
        # Counts are nested, so a unit that comes to be counted by the last one counts for all: the largest gap decides.
        holds = False if any(c.high < c.count.at_least for c in counts) else None
        decides = max(counts, key=lambda c: c.count.at_least - c.low)
        distance = decides.count.at_least - decides.low
    return LineResult(
        line=line,
        holds=holds,
        value=decides.low,
        limit=decides.count.at_least,
        value_range=(decides.low, decides.high),
        distance=distance,
        counts=counts,
        at_ends=Span(worst=_values(line, ends.worst), best=_values(line, ends.best)),
    )


def _values(line: Line, ratings: Mapping[str, Rating]) -> tuple[int, ...]:
    """What each count of a line has when every rating is settled."""
    return tuple(sum(ratings[unit] in count.ratings for unit in count.units) for count in line.counts)


def _count(count: LineCount, cases: Mapping[str, tuple[Rating, ...]]) -> CountResult:
    return CountResult(
        count=count,
        low=sum(all(rating in count.ratings for rating in cases[unit]) for unit in count.units),
        high=sum(any(rating in count.ratings for rating in cases[unit]) for unit in count.units),
    )
