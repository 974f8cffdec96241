"""Ten checks, the burden and what could be lifted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fatf_kit.core.messages import Translator
from fatf_kit.npo.measures import proportionality
from fatf_kit.npo.measures.catalogue import CountryMeasure, NationalMeasures, Tier, load_measures
from fatf_kit.npo.measures.proportionality import (
    CheckSeverity,
    OverRegulation,
    ProportionalityState,
    check_proportion,
    load_checks,
)
from fatf_kit.npo.model import SectorResult
from fatf_kit.npo.scales import Scope, SegmentKind
from tests.unit.npo.made_up_sector import AS_OF, GROUPS, MadeUpGroup, group, made_up_sector

GOOD = NationalMeasures(
    measures=(
        CountryMeasure(name="Guidance", kind="outreach", tiers=frozenset({Tier.LOW, Tier.MEDIUM, Tier.HIGH}), hours=1),
        CountryMeasure(name="Review", kind="desk_review", tiers=frozenset({Tier.MEDIUM}), hours=6),
        CountryMeasure(name="Visit", kind="inspection", tiers=frozenset({Tier.HIGH}), hours=20),
    ),
    answers=dict.fromkeys(
        (
            "engagement",
            "law_credited",
            "self_regulation_credited",
            "internal_control_credited",
            "sanctions_graded",
            "appeal",
        ),
        True,
    ),
    last_review=date(2025, 1, 1),
)
ALL = frozenset({Tier.OUT_OF_SCOPE, Tier.UNDETERMINED, Tier.UNRATED, Tier.LOW, Tier.MEDIUM, Tier.HIGH})


def judged(*measures: CountryMeasure, **changes: object) -> OverRegulation:
    """The good country with more measures, or other answers."""
    national = replace(GOOD, measures=(*GOOD.measures, *measures), **changes)  # type: ignore[arg-type]
    return check_proportion(national, made_up_sector(), as_of=AS_OF)


def measure(kind: str = "reporting", tiers: frozenset[Tier] = ALL, hours: float | None = 12) -> CountryMeasure:
    """A measure too many."""
    return CountryMeasure(name="Return", kind=kind, tiers=tiers, hours=hours)


def found(result: OverRegulation) -> list[str]:
    """Which checks found something."""
    return [one.id for one in result.results if one.state is ProportionalityState.FOUND]


def test_a_country_in_proportion_is_clear() -> None:
    """Nothing found, nothing to lift, no burden on those to be spared."""
    result = judged()
    assert {one.state for one in result.results} == {ProportionalityState.CLEAR}
    assert (result.lifts, result.burden.share) == ((), 0.0)


@pytest.mark.parametrize(
    ("expected", "more", "changes"),
    [
        (["O1", "O5"], [measure(tiers=frozenset({Tier.OUT_OF_SCOPE}), hours=90)], {}),
        (["O2"], [measure(tiers=frozenset({Tier.LOW}), hours=0.1)], {}),
        (["O4"], [measure("cdd", frozenset({Tier.HIGH}))], {}),
        (["O1", "O2", "O5"], [measure()], {}),
        (["O6"], [], {"answers": {**GOOD.answers, "engagement": False}}),
        (["O7"], [], {"last_review": date(2023, 1, 1)}),
        (["O7"], [], {"last_review": None}),
        (["O9"], [], {"answers": {**GOOD.answers, "law_credited": False}}),
        (["O10"], [], {"answers": {**GOOD.answers, "appeal": False}}),
    ],
)
def test_each_check_fires(expected: list[str], more: list[CountryMeasure], changes: dict[str, object]) -> None:
    """On its own ground and on no other."""
    assert found(judged(*more, **changes)) == expected


def state(result: OverRegulation, check: str) -> ProportionalityState:
    """What became of one check."""
    return {one.id: one.state for one in result.results}[check]


def about(result: OverRegulation, check: str) -> tuple[str, ...]:
    """What is behind one check."""
    return {one.id: one.about for one in result.results}[check]


def alone(
    *measures: CountryMeasure, groups: tuple[MadeUpGroup, ...] | None = GROUPS, investigate: int = 0
) -> OverRegulation:
    """A country with these measures only; no register was classified where there are no groups."""
    sector = None if groups is None else made_up_sector(groups, investigate=investigate)
    return check_proportion(NationalMeasures(measures=measures), sector, as_of=AS_OF)


def test_a_burden_is_too_much_above_half_only() -> None:
    """Half of the hours on bodies to be spared is still in proportion; the measures named are those that reach them."""
    half = [measure(tiers=frozenset({tier}), hours=1) for tier in (Tier.LOW, Tier.HIGH)]
    even = (group(30, "low"), group(30, "high"))
    assert alone(*half, groups=even).burden.share == 0.5
    assert ProportionalityState.CLEAR is state(alone(*half, groups=even), "O5")
    more = replace(measure(tiers=frozenset({Tier.LOW}), hours=0.1), name="Notice")
    assert about(alone(half[0], replace(half[1], name="Visit"), more, groups=even), "O5") == ("Return", "Notice")


def test_one_measure_of_unknown_hours_leaves_the_burden_open() -> None:
    """Though the share of the others is known."""
    known = measure(tiers=frozenset({Tier.HIGH}), hours=1)
    result = alone(known, replace(known, name="Visit", hours=None))
    assert (result.burden.share, state(result, "O5")) == (0.0, ProportionalityState.UNKNOWN)


def test_whom_a_measure_reaches_without_a_register() -> None:
    """The bodies the country states, where it names one tier; of several tiers nobody knows how many are in each."""
    one = replace(measure(tiers=frozenset({Tier.LOW}), hours=2), bodies=50)
    two = replace(measure(tiers=frozenset({Tier.LOW, Tier.HIGH}), hours=2), bodies=50)
    assert (alone(one, groups=None).burden.hours, alone(one, groups=None).burden.uncounted) == ({Tier.LOW: 100.0}, ())
    assert (alone(two, groups=None).burden.hours, alone(two, groups=None).burden.uncounted) == ({}, ("Return",))
    nobody = replace(one, bodies=0)
    assert alone(nobody, groups=None).burden.hours == {Tier.LOW: 0.0}


def test_a_tier_without_bodies_is_not_reached() -> None:
    """No body of the register is low: a measure on low bodies is no breach, unless the country states bodies."""
    groups = (group(20, "medium"), group(10, "high"), group(40, scope=Scope.OUT))
    low = measure(tiers=frozenset({Tier.LOW}), hours=1)
    assert (
        state(alone(low, groups=groups), "O2"),
        alone(low, groups=groups).burden.uncounted,
    ) == (ProportionalityState.CLEAR, ())
    assert alone(replace(low, bodies=7), groups=groups).burden.hours == {Tier.LOW: 7.0}
    both = measure(tiers=frozenset({Tier.LOW, Tier.HIGH}), hours=1)
    assert alone(both, groups=groups).burden.hours == {Tier.HIGH: 10.0}
    assert ProportionalityState.CLEAR is state(alone(both, groups=groups), "O2")
    stated = alone(replace(both, bodies=30), groups=groups)
    assert (stated.burden.hours, stated.burden.uncounted) == ({Tier.HIGH: 30.0}, ())


def test_a_measure_for_one_segment_counts_its_bodies_only() -> None:
    """88 rated bodies do relief and are not low; a segment without bodies in the tier leaves the reach unknown."""
    relief = replace(measure(tiers=frozenset({Tier.MEDIUM, Tier.HIGH})), hours=1)
    aimed = alone(replace(relief, segment=(SegmentKind.ACTIVITY, "relief")))
    assert aimed.burden.hours == {Tier.MEDIUM: 55.0, Tier.HIGH: 28.0}
    nobody = alone(replace(relief, segment=(SegmentKind.ACTIVITY, "sport")))
    assert (nobody.burden.uncounted, nobody.problems) == (("Return",), ())
    investigated = frozenset({Tier.HARD_TRIGGER})
    assert alone(replace(relief, tiers=investigated), investigate=4).burden.hours == {Tier.HARD_TRIGGER: 4.0}


def test_each_body_is_in_one_tier() -> None:
    """Out of scope, undetermined and unrated bodies apart from the three classes."""
    hours = alone(measure(hours=1)).burden.hours
    assert hours == {
        Tier.OUT_OF_SCOPE: 140.0,
        Tier.UNDETERMINED: 35.0,
        Tier.UNRATED: 12.0,
        Tier.LOW: 860.0,
        Tier.MEDIUM: 77.0,
        Tier.HIGH: 31.0,
    }


def test_uniform_needs_two_classes_with_bodies_and_a_measure() -> None:
    """Two classes that face the same are treated alike; one alone, or none facing anything, tells nothing."""
    same = measure(tiers=frozenset({Tier.LOW, Tier.MEDIUM, Tier.HIGH}))
    two = (group(20, "low"), group(10, "high"))
    assert about(alone(same, groups=two), "O3") == ("Return",)
    assert ProportionalityState.CLEAR is state(alone(same, groups=(group(20, "low"),)), "O3")
    assert ProportionalityState.CLEAR is state(alone(measure("outreach"), groups=two), "O3")
    assert about(alone(same, groups=None), "O3") == ("Return",)
    visit = replace(measure("inspection", frozenset({Tier.HIGH})), name="Visit")
    assert ProportionalityState.CLEAR is state(alone(same, visit, groups=None), "O3")
    assert ProportionalityState.CLEAR is state(
        alone(same, replace(visit, tiers=frozenset({Tier.LOW})), groups=two), "O3"
    )


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2022, 11, 1), ProportionalityState.CLEAR), (date(2022, 10, 31), ProportionalityState.FOUND)],
)
def test_a_review_is_old_after_the_limit(
    day: date, expected: ProportionalityState, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On the very day it is not; with a limit of four years, which are whole days."""
    shipped = load_checks()
    limits = replace(shipped.limits, review_years=replace(shipped.limits.review_years, value=4))
    monkeypatch.setattr(proportionality, "load_checks", lambda: replace(shipped, limits=limits))
    assert expected is state(judged(last_review=day), "O7")


def test_a_legal_form_is_looked_at_from_ten_bodies() -> None:
    """All of them in one class above low; a form that is not told is none."""

    def forms(*groups: MadeUpGroup) -> tuple[str, ...]:
        return about(check_proportion(GOOD, made_up_sector(groups), as_of=AS_OF), "O8")

    assert forms(group(10, "high", form="waqf")) == ("waqf",)
    assert forms(group(9, "high", form="waqf")) == ()
    assert forms(group(10, "low", form="waqf")) == ()
    assert forms(group(10, "high", form="waqf"), group(1, "medium", form="waqf")) == ()
    assert forms(group(10, "high", form="")) == ()


def test_what_nobody_told_is_not_known() -> None:
    """Without measures, a register, or answers on sanctions and appeal; a single answer is not enough."""

    def unknown(national: NationalMeasures | None, sector: SectorResult | None) -> list[str]:
        told = check_proportion(national, sector, as_of=AS_OF)
        return [one.id for one in told.results if one.state is ProportionalityState.UNKNOWN]

    sector = made_up_sector()
    assert unknown(GOOD, None) == ["O5", "O8"]
    assert unknown(replace(GOOD, measures=()), sector) == ["O1", "O2", "O3", "O4", "O5"]
    without = {name: True for name in GOOD.answers if name != "appeal"}
    assert unknown(replace(GOOD, answers=without), sector) == ["O10"]
    every = [f"O{number}" for number in range(1, 11)]
    assert every == unknown(None, None)
    assert [name for name in every if name != "O8"] == unknown(None, sector)


def test_what_could_be_lifted_comes_in_order() -> None:
    """What goes altogether first, then by hours freed; what nobody knows last, and it adds nothing to the sum."""
    low, part = frozenset({Tier.LOW}), frozenset({Tier.OUT_OF_SCOPE, Tier.HIGH})
    told = (
        ("partly", part, 100, None),
        ("open", low, None, None),
        ("little", low, 1, None),
        ("nothing", low, 0, None),
        ("next to nothing", low, 0.001, None),
        ("much", low, 2, None),
        ("unknown reach", frozenset({Tier.LOW, Tier.OUT_OF_SCOPE}), 3, (SegmentKind.REGION, "Atlantis")),
    )
    made = [replace(measure(tiers=tiers, hours=hours), name=name, segment=at) for name, tiers, hours, at in told]
    result = alone(*made)
    assert [(lift.measure, lift.whole, lift.bodies, lift.hours) for lift in result.lifts] == [
        ("much", True, 860, 1720.0),
        ("little", True, 860, 860.0),
        ("next to nothing", True, 860, 0.86),
        ("nothing", True, 860, 0.0),
        ("open", True, 860, None),
        ("unknown reach", True, None, None),
        ("partly", False, 140, 14000.0),
    ]
    assert pytest.approx(result.freed) == 860 * 3.001 + 14000


def test_a_segment_that_is_there_is_no_problem() -> None:
    """Nor is one that nobody can look up, because no register was classified."""
    there = replace(measure(), segment=(SegmentKind.REGION, "South"))
    assert alone(there).problems == ()
    assert alone(replace(there, segment=(SegmentKind.REGION, "Atlantis")), groups=None).problems == ()


def test_the_same_for_all_is_a_breach() -> None:
    """One and the same set for three classes; a class with a measure more is enough to clear it."""
    same = NationalMeasures(measures=(measure(tiers=frozenset({Tier.LOW, Tier.MEDIUM, Tier.HIGH})),))
    assert "O3" in found(check_proportion(same, made_up_sector(), as_of=AS_OF))
    assert "O3" not in found(judged(*same.measures))


def test_a_legal_form_as_such() -> None:
    """All of one form above low, and a measure aimed at a form."""
    groups = (group(50, "low"), group(12, "medium", form="waqf"), group(9, "high", form="trust"))
    result = check_proportion(GOOD, made_up_sector(groups), as_of=AS_OF)
    assert [(one.id, one.about) for one in result.results if one.state is ProportionalityState.FOUND] == [
        ("O8", ("waqf",))
    ]
    aimed = replace(measure(), segment=(SegmentKind.LEGAL_FORM, "foundation"), tiers=frozenset({Tier.MEDIUM}))
    assert found(judged(aimed)) == ["O8"]


def test_general_law_and_outreach_are_nobodys_business() -> None:
    """Neither a finding nor a burden."""
    law = replace(measure(), because_of_tf=False)
    talks = measure("outreach")
    assert ([], judged().burden) == (found(judged(law, talks)), judged(law, talks).burden)


def test_what_is_not_known_is_not_counted_as_nothing() -> None:
    """Hours not told: the measure is named as not counted and the check on burden stays open."""
    result = judged(measure(tiers=frozenset({Tier.HIGH}), hours=None))
    assert result.burden.uncounted == ("Return",)
    assert ProportionalityState.UNKNOWN is {one.id: one.state for one in result.results}["O5"]
    assert {ProportionalityState.UNKNOWN, ProportionalityState.CLEAR} >= {
        one.state for one in check_proportion(None, made_up_sector(), as_of=AS_OF).results
    }


def test_burden_is_bodies_times_hours() -> None:
    """140 out of scope, 35 undetermined, 12 unrated, 860 low, 77 medium, 31 high; 12 hours each."""
    result = check_proportion(NationalMeasures(measures=(measure(),)), made_up_sector(), as_of=AS_OF)
    assert result.burden.total == 12 * 1155
    assert pytest.approx((140 + 860) / 1155) == result.burden.share
    assert [(x.measure, x.whole, x.bodies, x.hours) for x in result.lifts] == [("Return", False, 1000, 12_000.0)]


def test_stated_bodies_are_shared_out() -> None:
    """The country says 231 of 1155 bodies: a fifth of each tier."""
    national = NationalMeasures(measures=(replace(measure(hours=1), bodies=231),))
    hours = check_proportion(national, made_up_sector(), as_of=AS_OF).burden.hours
    assert pytest.approx(231) == sum(hours.values())
    assert pytest.approx(172) == hours[Tier.LOW]


def test_a_segment_that_is_not_there_is_told() -> None:
    """Nothing is guessed about whom the measure reaches."""
    result = judged(replace(measure(), segment=(SegmentKind.REGION, "Atlantis")))
    assert [problem.code for problem in result.problems] == ["npo-measure-segment"]
    assert "region" in result.problems[0].text
    assert "région" in result.problems[0].text_in(Translator("fr"))
    assert result.burden.uncounted == ("Return",)


@given(
    st.lists(
        st.builds(
            CountryMeasure,
            name=st.sampled_from("abcdef"),
            kind=st.sampled_from(sorted(load_measures().kinds)),
            tiers=st.frozensets(st.sampled_from(list(Tier)), min_size=1),
            hours=st.none() | st.integers(0, 100),
            bodies=st.none() | st.integers(0, 5000),
            because_of_tf=st.booleans(),
        ),
        max_size=6,
    )
)
def test_lifting_never_touches_those_to_be_looked_at(measures: list[CountryMeasure]) -> None:
    """Whatever a country does: only low and out-of-scope bodies are freed, and never more hours than there are."""
    result = check_proportion(NationalMeasures(measures=tuple(measures)), made_up_sector(), as_of=AS_OF)
    for lift in result.lifts:
        assert not set(lift.tiers) & {Tier.MEDIUM, Tier.HIGH, Tier.HARD_TRIGGER}
    spared = result.burden.hours.get(Tier.LOW, 0) + result.burden.hours.get(Tier.OUT_OF_SCOPE, 0)
    assert result.freed <= spared + 1e-6


def test_severities_of_results() -> None:
    """Breaches can be told from the rest."""
    result = judged(measure())
    assert [one.id for one in result.found(CheckSeverity.BREACH)] == ["O1"]
    assert [one.id for one in result.found()] == ["O1", "O2", "O5"]
