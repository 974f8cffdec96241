"""Ten checks, the burden and what could be lifted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fatf_kit.messages import Words
from fatf_kit.npo.measures import TO_LOOK_AT, CountryMeasure, NationalMeasures, Tier, load_measures
from fatf_kit.npo.model import SegmentKind
from fatf_kit.npo.proportionality import CheckSeverity, CheckState, OverRegulation, check_proportion
from tests.unit.npo.made_up_sector import AS_OF, group, made_up_sector

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
    return [one.id for one in result.results if one.state is CheckState.FOUND]


def test_a_country_in_proportion_is_clear() -> None:
    """Nothing found, nothing to lift, no burden on those to be spared."""
    result = judged()
    assert {CheckState.CLEAR} == {one.state for one in result.results}
    assert ((), 0.0) == (result.lifts, result.burden.share)


@pytest.mark.parametrize(
    ("expected", "result"),
    [
        (["O1", "O5"], judged(measure(tiers=frozenset({Tier.OUT_OF_SCOPE}), hours=90))),
        (["O2"], judged(measure(tiers=frozenset({Tier.LOW}), hours=0.1))),
        (["O4"], judged(measure("cdd", frozenset({Tier.HIGH})))),
        (["O1", "O2", "O5"], judged(measure())),
        (["O6"], judged(answers={**GOOD.answers, "engagement": False})),
        (["O7"], judged(last_review=date(2023, 1, 1))),
        (["O7"], judged(last_review=None)),
        (["O9"], judged(answers={**GOOD.answers, "law_credited": False})),
        (["O10"], judged(answers={**GOOD.answers, "appeal": False})),
    ],
)
def test_each_check_fires(expected: list[str], result: OverRegulation) -> None:
    """On its own ground and on no other."""
    assert expected == found(result)


def test_the_same_for_all_is_a_breach() -> None:
    """One and the same set for three classes; a class with a measure more is enough to clear it."""
    same = NationalMeasures(measures=(measure(tiers=frozenset({Tier.LOW, Tier.MEDIUM, Tier.HIGH})),))
    assert "O3" in found(check_proportion(same, made_up_sector(), as_of=AS_OF))
    assert "O3" not in found(judged(*same.measures))


def test_a_legal_form_as_such() -> None:
    """All of one form above low, and a measure aimed at a form."""
    groups = (group(50, "low"), group(12, "medium", form="waqf"), group(9, "high", form="trust"))
    result = check_proportion(GOOD, made_up_sector(groups), as_of=AS_OF)
    assert [("O8", ("waqf",))] == [(one.id, one.about) for one in result.results if one.state is CheckState.FOUND]
    aimed = replace(measure(), segment=(SegmentKind.LEGAL_FORM, "foundation"), tiers=frozenset({Tier.MEDIUM}))
    assert ["O8"] == found(judged(aimed))


def test_general_law_and_outreach_are_nobodys_business() -> None:
    """Neither a finding nor a burden."""
    law = replace(measure(), because_of_tf=False)
    talks = measure("outreach")
    assert ([], judged().burden) == (found(judged(law, talks)), judged(law, talks).burden)


def test_what_is_not_known_is_not_counted_as_nothing() -> None:
    """Hours not told: the measure is named as not counted and the check on burden stays open."""
    result = judged(measure(tiers=frozenset({Tier.HIGH}), hours=None))
    assert ("Return",) == result.burden.uncounted
    assert CheckState.UNKNOWN is {one.id: one.state for one in result.results}["O5"]
    assert {CheckState.UNKNOWN, CheckState.CLEAR} >= {
        one.state for one in check_proportion(None, made_up_sector(), as_of=AS_OF).results
    }


def test_burden_is_bodies_times_hours() -> None:
    """140 out of scope, 35 undetermined, 12 unrated, 860 low, 77 medium, 31 high; 12 hours each."""
    result = check_proportion(NationalMeasures(measures=(measure(),)), made_up_sector(), as_of=AS_OF)
    assert 12 * 1155 == result.burden.total
    assert pytest.approx((140 + 860) / 1155) == result.burden.share
    assert [("Return", False, 1000, 12_000.0)] == [(x.measure, x.whole, x.bodies, x.hours) for x in result.lifts]


def test_stated_bodies_are_shared_out() -> None:
    """The country says 231 of 1155 bodies: a fifth of each tier."""
    national = NationalMeasures(measures=(replace(measure(hours=1), bodies=231),))
    hours = check_proportion(national, made_up_sector(), as_of=AS_OF).burden.hours
    assert pytest.approx(231) == sum(hours.values())
    assert pytest.approx(172) == hours[Tier.LOW]


def test_a_segment_that_is_not_there_is_told() -> None:
    """Nothing is guessed about whom the measure reaches."""
    result = judged(replace(measure(), segment=(SegmentKind.REGION, "Atlantis")))
    assert ["npo-measure-segment"] == [problem.code for problem in result.problems]
    assert "region" in result.problems[0].text
    assert "région" in result.problems[0].text_in(Words("fr"))
    assert ("Return",) == result.burden.uncounted


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
        assert not set(lift.tiers) & TO_LOOK_AT
    spared = result.burden.hours.get(Tier.LOW, 0) + result.burden.hours.get(Tier.OUT_OF_SCOPE, 0)
    assert result.freed <= spared + 1e-6


def test_severities_of_results() -> None:
    """Breaches can be told from the rest."""
    assert ["O1"] == [one.id for one in judged(measure()).found(CheckSeverity.BREACH)]
