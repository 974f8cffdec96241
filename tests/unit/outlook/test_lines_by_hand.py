"""Lines made by hand: what happens at their edges, which no published case reaches."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fatf_kit.core.ratings import ComplianceRating, EffectivenessRating
from fatf_kit.framework.page_rules import OUTCOMES, RECOMMENDATIONS
from fatf_kit.outlook import Target, evaluate, find_smallest_sets, load_rules
from fatf_kit.outlook.evaluate import list_possible_ratings
from fatf_kit.outlook.model import LineCount, LineKind, Rating, Rules
from fatf_kit.outlook.search import find_fewest_steps
from fatf_kit.scoring.span import Span

C, LC, PC, NC, NA = (ComplianceRating(code) for code in ("C", "LC", "PC", "NC", "NA"))
SHIPPED = load_rules("fatf-2022")


def country(**ratings: Rating | None) -> dict[str, Rating | None]:
    """A spotless country but for some Recommendations, given as R6=NC."""
    rest: dict[str, Rating | None] = dict.fromkeys(RECOMMENDATIONS, C)
    rest |= dict.fromkeys(OUTCOMES, EffectivenessRating.SE)
    return {**rest, **{f"R.{name[1:]}": rating for name, rating in ratings.items()}}


def nested() -> Rules:
    """One line: three of R.1 to R.3 PC or worse, two of them NC."""
    three = ("R.1", "R.2", "R.3")
    wide = LineCount(ratings=frozenset({"PC", "NC"}), of=three, at_least=3)
    narrow = LineCount(ratings=frozenset({"NC"}), of=three, at_least=2)
    first = next(line for line in SHIPPED.lines if line.kind is LineKind.ENHANCED)
    return replace(SHIPPED, lines=(replace(first, counts=(wide, narrow)),))


@pytest.mark.parametrize(
    ("given", "ratings"),
    [
        (Span(worst=NA, best=NA), (NA,)),
        (Span(worst=PC, best=NA), (PC, LC, C)),
        (Span(worst=NA, best=C), (C,)),
        (Span(worst=NC, best=LC), (NC, PC, LC)),
        (None, (NC, PC, LC, C)),
        (LC, (LC,)),
    ],
)
def test_what_a_rating_can_still_be(given: object, ratings: tuple[Rating, ...]) -> None:
    """NA counts nowhere, as the best rating does; settled, it stays what it is."""
    assert list_possible_ratings("R.1", given) == ratings


def test_a_line_of_two_counts_holds_only_by_both() -> None:
    """One that cannot be reached any more settles it, though the other is open."""
    (open_one,) = evaluate(nested(), country(R1=None, R2=PC, R3=PC)).lines
    (both_open,) = evaluate(nested(), country(R1=None, R2=NC, R3=PC)).lines
    (held,) = evaluate(nested(), country(R1=NC, R2=NC, R3=PC)).lines
    assert (open_one.holds, both_open.holds, held.holds) == (False, None, True)


def test_nothing_to_do_where_one_of_two_counts_is_not_reached() -> None:
    """Three are PC, one of them NC: the line does not hold, and no step is needed; with two NC, one is."""
    none = find_fewest_steps(nested().lines, {unit: r for unit, r in country(R1=NC, R2=PC, R3=PC).items() if r})
    one = find_fewest_steps(nested().lines, {unit: r for unit, r in country(R1=NC, R2=NC, R3=PC).items() if r})
    assert (none.steps, one.steps) == (0, 1)


def test_a_recommendation_that_moves_twice() -> None:
    """From NC by PC to LC, step by step: R.10 at NC is a line by itself."""
    found = find_smallest_sets(SHIPPED, country(R10=NC, R11=NC), Target("regular"))
    moved = {(step.unit, str(step.before), str(step.after)) for steps in found.sets for step in steps}
    assert moved
    assert moved <= {(unit, a, b) for unit in ("R.10", "R.11") for a, b in (("NC", "PC"), ("PC", "LC"))}
    assert any(before == "PC" for _, before, _ in moved)


def test_fewer_open_shortcomings_come_first() -> None:
    """One without an entry has none, so it goes before one that has; without any, numbers decide."""
    weak = country(**{f"R{n}": PC for n in range(12, 17)})
    plain = find_smallest_sets(SHIPPED, weak, Target("regular"))
    assert plain.steps == 1
    assert plain.sets[0][0].unit == "R.12"
    weighed = find_smallest_sets(SHIPPED, weak, Target("regular"), shortcomings={"R.12": 1})
    assert weighed.sets[0][0].unit == "R.13"
