"""The smallest sets of upgrades on real countries and at the edges."""

from __future__ import annotations

from itertools import combinations, islice

import pytest

from fatf_kit import what_if
from fatf_kit.core.errors import UnknownIdError
from fatf_kit.core.ratings import ComplianceRating, EffectivenessRating
from fatf_kit.framework.page_rules import OUTCOMES, RECOMMENDATIONS
from fatf_kit.outlook import Target, WhatIf, evaluate, find_smallest_sets, load_rules
from fatf_kit.outlook.model import Rating
from fatf_kit.published import find_report, load_published
from fatf_kit.scoring.span import Span

C, LC, PC, NC = (ComplianceRating(code) for code in ("C", "LC", "PC", "NC"))
SE, ME = EffectivenessRating.SE, EffectivenessRating.ME


def country(**ratings: Rating) -> dict[str, Rating]:
    """A spotless country but for some Recommendations, given as R6=NC."""
    rest: dict[str, Rating] = {**dict.fromkeys(RECOMMENDATIONS, C), **dict.fromkeys(OUTCOMES, SE)}
    return {**rest, **{f"R.{name[1:]}": rating for name, rating in ratings.items()}}


def listed(found: WhatIf) -> list[list[str]]:
    """The sets as texts like "R.6 NC"."""
    return [[f"{step.unit} {step.before}" for step in steps] for steps in found.sets]


def test_korea_needed_one_of_eight() -> None:
    """Any one of its eight Recommendations rated PC."""
    found = what_if(find_report("Korea", "MER"), "regular")
    assert (found.reachable, found.steps, found.worst_case_steps, found.sets_total) == (True, 1, 1, 8)


@pytest.mark.parametrize("target", list(Target))
def test_iraq_is_held_by_its_outcomes(target: Target) -> None:
    """Nine outcomes at LE or ME, two of them LE: no technical re-rating changes that."""
    found = what_if(find_report("IRQ", "MER"), target)
    assert (found.reachable, found.steps, found.sets_total, found.sets) == (False, None, 0, ())
    assert "I4-3" in found.held_by


def test_the_bahamas_cannot_leave_through_re_ratings() -> None:
    """Not a single NC or PC is left, and still the outcome lines hold."""
    found = what_if(find_report("BHS"), "regular")
    assert (found.reachable, found.held_by) == (False, ("E4-3", "E4-4", "I4-3", "I4-4"))


def test_iraq_with_better_outcomes() -> None:
    """With three outcomes at SE: R.5 has to move, and five of the other eleven rated PC."""
    found = what_if(find_report("IRQ", "MER"), "regular", fix={"IO.3": "SE", "io4": "SE", "IO.5": "SE"})
    assert (found.steps, found.sets_total, len(found.sets)) == (6, 462, 20)
    assert all(steps[0].unit == "R.5" for steps in found.sets)


def test_reached_already_is_the_empty_set() -> None:
    """One set, with nothing in it."""
    found = find_smallest_sets(load_rules("fatf-2013"), country(), Target.REGULAR)
    assert (found.steps, found.sets_total, found.sets) == (0, 1, ((),))


def test_two_levels_are_two_steps() -> None:
    """R.10 at NC has to pass PC."""
    found = find_smallest_sets(load_rules("fatf-2013"), country(R10=NC), Target.REGULAR)
    assert (found.steps, found.sets_total, listed(found)) == (2, 1, [["R.10 NC", "R.10 PC"]])


def test_one_level_each_or_more() -> None:
    """The result says whether a Recommendation has to rise by two levels in any of the smallest sets."""
    rules = load_rules("fatf-2013")
    assert not find_smallest_sets(rules, country(R10=NC), Target.REGULAR).ends.best.moves_once
    assert find_smallest_sets(rules, country(R10=PC), Target.REGULAR).ends.best.moves_once


def test_in_the_fifth_round_an_upgrade_to_pc_may_be_enough() -> None:
    """NC to PC clears E5-2, unless that makes five PC: then any of them moves on as well."""
    rules = load_rules("fatf-2022")
    assert listed(find_smallest_sets(rules, country(R38=NC), Target.REGULAR)) == [["R.38 NC"]]
    four = country(R38=NC, R1=PC, R2=PC, R4=PC, R7=PC)
    found = find_smallest_sets(rules, four, Target.REGULAR)
    assert listed(found) == [["R.38 NC", "R.38 PC"], *([f"R.{n} PC", "R.38 NC"] for n in (1, 2, 4, 7))]
    assert (found.steps, found.sets_total) == (2, 5)


def test_order_by_number() -> None:
    """Without shortcomings: as `itertools.combinations` has them."""
    pcs = (1, 2, 4, 7, 8, 9, 12, 13, 14, 15)
    found = find_smallest_sets(load_rules("fatf-2013"), country(**{f"R{n}": PC for n in pcs}), Target.REGULAR)
    expected = [[f"R.{n} PC" for n in chosen] for chosen in islice(combinations(pcs, 3), 20)]
    assert (found.steps, found.sets_total, listed(found)) == (3, 120, expected)
    assert not found.ranked_by_shortcomings


def test_fewest_open_shortcomings_come_first() -> None:
    """R.9 has one to fix, R.8 two, the rest five each."""
    pcs = (1, 2, 4, 7, 8, 9, 12, 13)
    given = country(**{f"R{n}": PC for n in pcs})
    open_ones = {f"R.{n}": 5 for n in pcs} | {"R.9": 1, "R.8": 2}
    found = find_smallest_sets(load_rules("fatf-2013"), given, Target.REGULAR, shortcomings=open_ones, shown=3)
    assert (listed(found), found.sets_total) == ([["R.9 PC"], ["R.8 PC"], ["R.1 PC"]], 8)
    assert found.ranked_by_shortcomings


def test_open_ratings_stand_at_their_best() -> None:
    """The best case needs one step; in the worst the open one is a second."""
    given = country(R10=PC)
    spans = {**given, "R.11": Span(worst=PC, best=LC)}
    found = find_smallest_sets(load_rules("fatf-2013"), spans, Target.REGULAR)
    assert (found.steps, found.worst_case_steps, found.open_units, listed(found)) == (1, 2, ("R.11",), [["R.10 PC"]])
    unknown = {**given, **dict.fromkeys(OUTCOMES)}
    assert find_smallest_sets(load_rules("fatf-2013"), unknown, Target.REGULAR).worst_case_steps is None


def test_no_such_target() -> None:
    """The message names the two there are."""
    with pytest.raises(UnknownIdError, match="leave-icrg, regular"):
        what_if({}, "white-list", edition="fatf-2013")


def test_every_jurisdiction_reaches_its_target() -> None:
    """Each listed set of each of the 199, once made, really reaches the target, and has the size that is told."""
    reached = 0
    for place in dict.fromkeys(report.place for report in load_published()):
        report = find_report(place)
        rules = load_rules(report.edition)
        for target in Target:
            found = find_smallest_sets(rules, report.ratings, target, shown=3)
            assert len(found.sets) == min(3, found.sets_total)
            for steps in found.sets:
                after = {**report.ratings}
                for step in steps:
                    assert after[step.unit] == step.before
                    after[step.unit] = step.after
                kinds = {result.line.kind for result in evaluate(rules, after).lines if result.holds}
                assert len(steps) == found.steps
                assert not kinds & set(target.kinds)
                reached += 1
    assert reached > 100
