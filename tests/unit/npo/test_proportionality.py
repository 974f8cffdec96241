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

FOUND, CLEAR, UNKNOWN = ProportionalityState.FOUND, ProportionalityState.CLEAR, ProportionalityState.UNKNOWN
OUT, LOW, MEDIUM, HIGH = Tier.OUT_OF_SCOPE, Tier.LOW, Tier.MEDIUM, Tier.HIGH
ALL = (OUT, Tier.UNDETERMINED, Tier.UNRATED, LOW, MEDIUM, HIGH)


def measure(
    *tiers: Tier,
    name: str = "Return",
    kind: str = "reporting",
    hours: float | None = 12,
    bodies: int | None = None,
    segment: tuple[SegmentKind, str] | None = None,
) -> CountryMeasure:
    """Return a measure on some tiers, or on all."""
    reached = frozenset(tiers or ALL)
    return CountryMeasure(name=name, kind=kind, tiers=reached, hours=hours, bodies=bodies, segment=segment)


GOOD = NationalMeasures(
    measures=(
        measure(LOW, MEDIUM, HIGH, name="Guidance", kind="outreach", hours=1),
        measure(MEDIUM, name="Review", kind="desk_review", hours=6),
        measure(HIGH, name="Visit", kind="inspection", hours=20),
    ),
    answers={question.id: True for question in load_checks().questions if question.kind == "yes_no"},
    last_review=date(2025, 1, 1),
)


def judged(*measures: CountryMeasure, **changes: object) -> OverRegulation:
    """Return the result for the good country with more measures, or other answers."""
    national = replace(GOOD, measures=(*GOOD.measures, *measures), **changes)  # type: ignore[arg-type]
    return check_proportion(national, made_up_sector(), as_of=AS_OF)


def alone(
    *measures: CountryMeasure, groups: tuple[MadeUpGroup, ...] | None = GROUPS, investigate: int = 0
) -> OverRegulation:
    """Return the result for a country with these measures only; without groups no register is classified."""
    sector = None if groups is None else made_up_sector(groups, investigate=investigate)
    return check_proportion(NationalMeasures(measures=measures), sector, as_of=AS_OF)


def found(result: OverRegulation) -> list[str]:
    """Return the checks that found something."""
    return [one.id for one in result.results if one.state is FOUND]


def outcome(result: OverRegulation, check: str) -> tuple[ProportionalityState, tuple[str, ...]]:
    """Return the state of one check and its details."""
    return next((one.state, one.about) for one in result.results if one.id == check)


def test_a_country_in_proportion_is_clear() -> None:
    """A country in proportion has no finding, no measure to lift and no burden on spared bodies."""
    result = judged()
    assert {one.state for one in result.results} == {CLEAR}
    assert (result.lifts, result.burden.share) == ((), 0.0)


@pytest.mark.parametrize(
    ("expected", "more", "changes"),
    [
        (["O1", "O5"], [measure(OUT, hours=90)], {}),
        (["O2"], [measure(LOW, hours=0.1)], {}),
        (["O4"], [measure(HIGH, kind="cdd")], {}),
        (["O1", "O2", "O5"], [measure()], {}),
        (["O6"], [], {"answers": {**GOOD.answers, "engagement": False}}),
        (["O7"], [], {"last_review": date(2023, 1, 1)}),
        (["O7"], [], {"last_review": None}),
        (["O8"], [measure(MEDIUM, segment=(SegmentKind.LEGAL_FORM, "foundation"))], {}),
        (["O9"], [], {"answers": {**GOOD.answers, "law_credited": False}}),
        (["O10"], [], {"answers": {**GOOD.answers, "appeal": False}}),
    ],
)
def test_each_check_finds_its_own_fault(
    expected: list[str], more: list[CountryMeasure], changes: dict[str, object]
) -> None:
    """Each check finds its own fault, and no other check does."""
    assert found(judged(*more, **changes)) == expected


def test_a_burden_is_too_much_above_half_only() -> None:
    """Half of the hours on bodies to be spared is still in proportion; the measures named are those that reach them."""
    even = (group(30, "low"), group(30, "high"))
    low, high = measure(LOW, hours=1), measure(HIGH, hours=1, name="Visit")
    half = alone(low, high, groups=even)
    assert (half.burden.share, outcome(half, "O5")) == (0.5, (CLEAR, ()))
    more = alone(low, high, measure(LOW, hours=0.1, name="Notice"), groups=even)
    assert outcome(more, "O5") == (FOUND, ("Return", "Notice"))


def test_one_measure_of_unknown_hours_leaves_the_burden_open() -> None:
    """Though the share of the others is known; it is named as not counted."""
    result = alone(measure(HIGH, hours=1, name="Visit"), measure(HIGH, hours=None))
    assert (result.burden.share, result.burden.uncounted) == (0.0, ("Return",))
    assert outcome(result, "O5") == (UNKNOWN, ())


NO_LOW = (group(20, "medium"), group(10, "high"), group(40, scope=Scope.OUT))
RELIEF, SPORT = (SegmentKind.ACTIVITY, "relief"), (SegmentKind.ACTIVITY, "sport")


@pytest.mark.parametrize(
    ("one", "groups", "hours"),
    [
        (measure(LOW, hours=2, bodies=50), None, {LOW: 100.0}),
        (measure(LOW, HIGH, hours=2, bodies=50), None, None),
        (measure(LOW, hours=2, bodies=0), None, {LOW: 0.0}),
        (measure(LOW, hours=1), NO_LOW, {}),
        (measure(LOW, hours=1, bodies=7), NO_LOW, {LOW: 7.0}),
        (measure(LOW, HIGH, hours=1), NO_LOW, {HIGH: 10.0}),
        (measure(LOW, HIGH, hours=1, bodies=30), NO_LOW, {HIGH: 30.0}),
        (measure(MEDIUM, HIGH, hours=1, segment=RELIEF), GROUPS, {MEDIUM: 55.0, HIGH: 28.0}),
        (measure(MEDIUM, HIGH, hours=1, segment=SPORT), GROUPS, None),
    ],
)
def test_whom_a_measure_reaches(
    one: CountryMeasure, groups: tuple[MadeUpGroup, ...] | None, hours: dict[Tier, float] | None
) -> None:
    """The bodies of the register, or those the country states of one tier; unknown of several tiers together.

    A tier without bodies is not reached, unless the country states bodies; a measure for a segment reaches its bodies.
    """
    burden = alone(one, groups=groups).burden
    assert (burden.hours, burden.uncounted) == (hours or {}, () if hours is not None else ("Return",))


def test_a_tier_without_bodies_is_not_in_breach() -> None:
    """No body of the register is low, so that no measure falls on low bodies; investigated bodies are counted apart."""
    for tiers in ((LOW,), (LOW, HIGH)):
        assert outcome(alone(measure(*tiers, hours=1), groups=NO_LOW), "O2") == (CLEAR, ())
    investigated = alone(measure(Tier.HARD_TRIGGER, hours=1), investigate=4)
    assert investigated.burden.hours == {Tier.HARD_TRIGGER: 4.0}


def test_each_body_is_in_one_tier() -> None:
    """140 out of scope, 35 undetermined, 12 unrated, 860 low, 77 medium, 31 high; 12 hours each."""
    result = alone(measure())
    counts = dict(zip(ALL, (140, 35, 12, 860, 77, 31), strict=True))
    assert result.burden.hours == {tier: 12.0 * count for tier, count in counts.items()}
    assert pytest.approx((140 + 860) / 1155) == result.burden.share
    assert [(x.measure, x.whole, x.bodies, x.hours) for x in result.lifts] == [("Return", False, 1000, 12_000.0)]


def test_stated_bodies_are_shared_out() -> None:
    """The country says 231 of 1155 bodies: a fifth of each tier."""
    hours = alone(measure(hours=1, bodies=231)).burden.hours
    assert pytest.approx(231) == sum(hours.values())
    assert pytest.approx(172) == hours[LOW]


SAME, VISIT = measure(LOW, MEDIUM, HIGH), measure(HIGH, name="Visit", kind="inspection")
TWO = (group(20, "low"), group(10, "high"))


@pytest.mark.parametrize(
    ("measures", "groups", "about"),
    [
        ((SAME,), GROUPS, ("Return",)),
        ((SAME,), TWO, ("Return",)),
        ((SAME,), None, ("Return",)),
        ((SAME,), (group(20, "low"),), ()),
        ((measure(LOW, MEDIUM, HIGH, kind="outreach"),), TWO, ()),
        ((SAME, VISIT), None, ()),
        ((SAME, replace(VISIT, tiers=frozenset({LOW}))), TWO, ()),
        ((SAME, *GOOD.measures), GROUPS, ()),
    ],
)
def test_uniform_needs_two_classes_with_bodies_and_a_measure(
    measures: tuple[CountryMeasure, ...], groups: tuple[MadeUpGroup, ...] | None, about: tuple[str, ...]
) -> None:
    """Two classes that face the same are treated alike; one alone, none facing anything, or one more are not."""
    assert outcome(alone(*measures, groups=groups), "O3") == (FOUND if about else CLEAR, about)


@pytest.mark.parametrize(("day", "expected"), [(date(2022, 11, 1), CLEAR), (date(2022, 10, 31), FOUND)])
def test_a_review_is_old_after_the_limit(
    day: date, expected: ProportionalityState, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On the very day it is not; with a limit of four years, which are whole days."""
    shipped = load_checks()
    limits = replace(shipped.limits, review_years=replace(shipped.limits.review_years, value=4))
    monkeypatch.setattr(proportionality, "load_checks", lambda: replace(shipped, limits=limits))
    assert outcome(judged(last_review=day), "O7")[0] is expected


@pytest.mark.parametrize(
    ("groups", "about"),
    [
        ([group(10, "high", form="waqf")], ("waqf",)),
        ([group(9, "high", form="waqf")], ()),
        ([group(10, "low", form="waqf")], ()),
        ([group(10, "high", form="waqf"), group(1, "medium", form="waqf")], ()),
        ([group(10, "high", form="")], ()),
        ([group(50, "low"), group(12, "medium", form="waqf"), group(9, "high", form="trust")], ("waqf",)),
    ],
)
def test_a_legal_form_is_looked_at_from_ten_bodies(groups: list[MadeUpGroup], about: tuple[str, ...]) -> None:
    """All of them in one class above low; a form that is not told is none. No other check finds anything."""
    result = check_proportion(GOOD, made_up_sector(groups), as_of=AS_OF)
    assert [(one.id, one.about) for one in result.results if one.state is FOUND] == [("O8", about)] * bool(about)


def test_missing_answers_leave_checks_unknown() -> None:
    """Checks without measures, a register or answers on sanctions and appeal are unknown; one answer is not enough."""

    def unknown(national: NationalMeasures | None, sector: SectorResult | None) -> list[str]:
        checked = check_proportion(national, sector, as_of=AS_OF)
        return [one.id for one in checked.results if one.state is UNKNOWN]

    sector = made_up_sector()
    assert unknown(GOOD, None) == ["O5", "O8"]
    assert unknown(replace(GOOD, measures=()), sector) == ["O1", "O2", "O3", "O4", "O5"]
    without = {name: True for name in GOOD.answers if name != "appeal"}
    assert unknown(replace(GOOD, answers=without), sector) == ["O10"]
    every = [f"O{number}" for number in range(1, 11)]
    assert every == unknown(None, None)
    assert [name for name in every if name != "O8"] == unknown(None, sector)
    assert outcome(check_proportion(None, sector, as_of=AS_OF), "O8") == (CLEAR, ())


def test_measures_to_lift_are_ordered() -> None:
    """Measures to end come before the rest, each by hours freed; unknown hours come last and add nothing."""
    result = alone(
        measure(OUT, HIGH, name="partly", hours=100),
        measure(LOW, name="open", hours=None),
        measure(LOW, name="little", hours=1),
        measure(LOW, name="nothing", hours=0),
        measure(LOW, name="next to nothing", hours=0.001),
        measure(LOW, name="much", hours=2),
        measure(LOW, OUT, name="unknown reach", hours=3, segment=(SegmentKind.REGION, "Atlantis")),
    )
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


def test_general_law_and_outreach_are_no_burden() -> None:
    """General law and outreach are neither a finding nor a burden."""
    result = judged(replace(measure(), because_of_tf=False), measure(kind="outreach"))
    assert (found(result), result.burden) == ([], judged().burden)


def test_segment_that_does_not_exist_is_reported() -> None:
    """A measure for a segment that the register does not have is reported; no segment is checked without a register."""
    there, missing = (measure(segment=(SegmentKind.REGION, name)) for name in ("South", "Atlantis"))
    assert alone(there).problems == alone(missing, groups=None).problems == ()
    assert alone(measure(MEDIUM, segment=SPORT)).problems == ()
    result = judged(missing)
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
def test_only_low_and_out_of_scope_bodies_are_freed(measures: list[CountryMeasure]) -> None:
    """Only low and out-of-scope bodies are freed, and never more hours than there are."""
    result = alone(*measures)
    for lift in result.lifts:
        assert not set(lift.tiers) & {MEDIUM, HIGH, Tier.HARD_TRIGGER}
    spared = result.burden.hours.get(LOW, 0) + result.burden.hours.get(OUT, 0)
    assert result.freed <= spared + 1e-6


def test_severities_of_results() -> None:
    """Breaches are listed apart from the other findings."""
    result = judged(measure())
    assert [one.id for one in result.found(CheckSeverity.BREACH)] == ["O1"]
    assert [one.id for one in result.found()] == ["O1", "O2", "O5"]
