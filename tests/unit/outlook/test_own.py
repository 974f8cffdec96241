"""An own assessment beside published ratings: both ends, counted again from ratings.csv and the result's JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from fatf_kit import compare_own, own_assessment, patterns, peers, score_published, template
from fatf_kit.comparison.earlier_method import EARLIER_SCHEMA
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.ratings import ComplianceRating
from fatf_kit.core.resources import data_folder
from fatf_kit.framework import load_framework
from fatf_kit.framework.page_rules import OUTCOMES, RECOMMENDATIONS
from fatf_kit.outlook.evaluate import evaluate
from fatf_kit.outlook.model import FollowUp
from fatf_kit.outlook.rules import load_rules
from fatf_kit.peer_comparison.groups import find_group
from fatf_kit.peer_comparison.own_assessment import OwnAssessment, OwnComparison
from fatf_kit.scoring.span import Span
from fatf_kit.workflows.comparison import _own_of
from fatf_kit.workflows.scoring import ScoringResult
from tests.examples import score_example
from tests.unit.published.test_peers import LADDER, LOW, states

WORKBOOK = data_folder("examples") / "ruritania" / "workbook"
UNITS = (*RECOMMENDATIONS, *OUTCOMES)


@pytest.fixture(scope="module")
def scored() -> ScoringResult:
    """The fictional country."""
    return score_example("ruritania/workbook")


@pytest.fixture(scope="module")
def payload(scored: ScoringResult) -> dict[str, Any]:
    """Its assessment.json."""
    made: dict[str, Any] = json.loads(json.dumps(scored.report(generated_at="2026-11-24").payload))
    return made


@pytest.fixture(scope="module")
def own(scored: ScoringResult) -> OwnAssessment:
    """Its ratings."""
    return own_assessment(scored)


@pytest.fixture(scope="module")
def menafatf(own: OwnAssessment) -> OwnComparison:
    """Beside peers that are rated under the earlier edition."""
    return compare_own(peers("IRQ"), own)


@pytest.fixture(scope="module")
def fifth_round(own: OwnAssessment) -> OwnComparison:
    """Beside peers that are rated under its own edition."""
    return compare_own(peers("MYS", "FATF"), own)


def ends_of(payload: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """Worst and best rating of each unit in assessment.json."""
    return {
        unit["id"]: (unit["decided"] or unit["shown"]["worst"], unit["decided"] or unit["shown"]["best"])
        for unit in (*payload["recommendations"], *payload["outcomes"])
    }


def table_of(methodology: str, codes: Sequence[str]) -> list[dict[str, str]]:
    """The newest rows of jurisdictions, as plain text."""
    table = states(methodology)
    return [table[code][1] for code in codes if code in table]


def counts_of(found: OwnComparison) -> list[tuple[str, int, int, int]]:
    """Ratings counted, of how many units, at the worst and at the best end."""
    return [("/".join(one.ratings), one.of, one.own.worst, one.own.best) for one in found.counts]


def test_counts_of_the_example_differ_at_the_two_ends(menafatf: OwnComparison, fifth_round: OwnComparison) -> None:
    """20 Recommendations are PC or NC if nothing open is shown, 12 if all of it is."""
    technical = [("PC/NC", 40, 20, 12), ("NC", 40, 4, 0)]
    assert counts_of(menafatf) == technical
    assert counts_of(fifth_round) == [*technical, ("ME/LE", 11, 11, 7), ("LE", 11, 8, 1)]
    low = menafatf.counts[0]
    assert (low.fewest, low.middle, low.most) == (0, 3.5, 21)
    assert menafatf.referral == Span(worst=True, best=False)
    assert FollowUp.ENHANCED is menafatf.follow_up.rating


def test_counts_equal_the_table_and_the_json(menafatf: OwnComparison, payload: dict[str, Any]) -> None:
    """Own ends from assessment.json, those of peers from ratings.csv."""
    ends = ends_of(payload)
    rows = table_of("2013", [code for code in find_group("MENAFATF").members if code != "IRQ"])
    for count in menafatf.counts:
        assert sum(ends[unit][0] in count.ratings for unit in RECOMMENDATIONS) == count.own.worst
        assert sum(ends[unit][1] in count.ratings for unit in RECOMMENDATIONS) == count.own.best
        theirs = [sum(row[unit] in count.ratings for unit in RECOMMENDATIONS) for row in rows]
        assert (min(theirs), median(theirs), max(theirs)) == (count.fewest, count.middle, count.most)


@pytest.mark.parametrize(
    ("name", "methodology", "place", "group"),
    [("menafatf", "2013", "IRQ", "MENAFATF"), ("fifth_round", "2022", "MYS", "FATF")],
)
def test_low_units_equal_the_table(
    name: str, methodology: str, place: str, group: str, payload: dict[str, Any], request: pytest.FixtureRequest
) -> None:
    """Low as at most peers and low alone, at both ends, counted again."""
    found: OwnComparison = request.getfixturevalue(name)
    ends, compared = ends_of(payload), [unit for unit in UNITS if unit not in found.not_compared]
    rows = table_of(methodology, [code for code in find_group(group).members if code != place])
    low = {unit: sum(row[unit] in LOW for row in rows) for unit in compared}
    rated = {unit: sum(row[unit] in LADDER for row in rows) for unit in compared}
    most = tuple(unit for unit in compared if 2 * low[unit] > rated[unit])
    few = tuple(unit for unit in compared if 2 * low[unit] < rated[unit])
    assert most == found.failed_by_most
    for end, shared, alone in (
        (0, found.shared.worst, found.alone.worst),
        (1, found.shared.best, found.alone.best),
    ):
        assert tuple(unit for unit in most if ends[unit][end] in LOW) == shared
        assert tuple(unit for unit in few if ends[unit][end] in LOW) == alone


def test_what_is_low_only_if_nothing_is_shown(menafatf: OwnComparison) -> None:
    """R.15 is low as at most peers; eight Recommendations are low alone at the worst end only."""
    assert (menafatf.shared.worst, menafatf.shared.best) == (("R.15",), ("R.15",))
    assert (len(menafatf.alone.worst), len(menafatf.alone.best)) == (19, 11)
    only = set(menafatf.alone.worst) - set(menafatf.alone.best)
    assert only == {"R.1", "R.14", "R.16", "R.18", "R.25", "R.26", "R.39", "R.40"}


def test_positions_at_both_ends_equal_the_table(fifth_round: OwnComparison, payload: dict[str, Any]) -> None:
    """One more than the peers who are better; NA has none."""
    ends = ends_of(payload)
    rows = table_of("2022", [code for code in find_group("FATF").members if code != "MYS"])
    for unit in fifth_round.units:
        theirs = [LADDER[row[unit.unit]] for row in rows if row[unit.unit] in LADDER]
        expected = [
            1 + sum(other > LADDER[end] for other in theirs) if end in LADDER else None for end in ends[unit.unit]
        ]
        assert expected == [unit.ranks.worst, unit.ranks.best], unit.unit
    by_id = {unit.unit: unit for unit in fifth_round.units}
    assert Span(worst=5, best=1) == by_id["R.1"].ranks
    assert Span(worst=None, best=None) == by_id["R.17"].ranks


def test_editions_are_set_side_by_side_and_not_ranked(menafatf: OwnComparison) -> None:
    """No position, and no outcome is compared, because each asks something else in the later edition."""
    assert (menafatf.own.edition, menafatf.edition, menafatf.is_same_edition) == ("fatf-2022", "fatf-2013", False)
    assert {unit.ranks for unit in menafatf.units} == {Span(worst=None, best=None)}
    assert menafatf.not_compared == OUTCOMES


def test_claimed_is_missing_while_answers_are(menafatf: OwnComparison, payload: dict[str, Any]) -> None:
    """R.7, R.25 and R.39 are not answered in full; everything else is as in assessment.json."""
    claims = {unit["id"]: unit["claimed"] for unit in (*payload["recommendations"], *payload["outcomes"])}
    told = {unit.unit: unit.own.claimed for unit in menafatf.units}
    assert claims == {unit: None if claim is None else str(claim) for unit, claim in told.items()}
    assert [unit for unit, claim in told.items() if claim is None] == ["R.7", "R.25", "R.39"]


def test_thresholds_of_peers_equal_those_of_each_report(menafatf: OwnComparison) -> None:
    """All 14 would be in enhanced follow-up by the thresholds of 2013; 9 meet one for referral."""
    found = peers("IRQ")
    looks = [evaluate(load_rules("fatf-2013"), found.state(cycle).ratings) for cycle in found.peers]
    assert (menafatf.peers_enhanced, sum(one.follow_up is FollowUp.ENHANCED for one in looks)) == (14, 14)
    assert (menafatf.peers_referred, sum(one.icrg_referral is True for one in looks)) == (9, 9)


def test_patterns_worldwide(own: OwnAssessment) -> None:
    """Every jurisdiction once: R.8 and R.15 are low in most, and here at both ends."""
    found = compare_own(patterns("fatf-2013"), own)
    assert (found.peers, found.failed_by_most) == (199, ("R.8", "R.15"))
    assert Span(worst=("R.8", "R.15"), best=("R.8", "R.15")) == found.shared
    assert (len(found.alone.worst), len(found.alone.best)) == (18, 10)
    rows = table_of("2013", list(states("2013")))
    theirs = [sum(row[unit] in ("PC", "NC") for unit in RECOMMENDATIONS) for row in rows]
    count = found.counts[0]
    assert (min(theirs), median(theirs), max(theirs)) == (count.fewest, count.middle, count.most)
    assert (count.fewest, count.middle, count.most) == (0, 4, 34)


def test_a_decision_counts_at_both_ends(own: OwnAssessment) -> None:
    """R.1 is PC to LC; decided as PC it is low at both ends."""
    decided = replace(own.ratings["R.1"], decided=ComplianceRating.PC)
    found = compare_own(peers("IRQ"), replace(own, ratings={**own.ratings, "R.1": decided}))
    assert counts_of(found) == [("PC/NC", 40, 20, 13), ("NC", 40, 4, 0)]
    assert "R.1" in found.alone.best


def test_a_written_result_is_the_same(own: OwnAssessment, payload: dict[str, Any], tmp_path: Path) -> None:
    """assessment.json and the folder that holds it give what the workbooks give."""
    file = tmp_path / "assessment.json"
    file.write_text(json.dumps(payload), encoding="utf-8")
    for path in (file, tmp_path):
        read = own_assessment(path)
        assert (own.country, own.edition, own.ratings) == (read.country, read.edition, read.ratings)


def test_what_is_no_own_assessment_is_refused(tmp_path: Path) -> None:
    """Published ratings, a result without ranges, blank workbooks, another file, no workbook."""
    published = tmp_path / "published.json"
    _, report = score_published("IRQ", generated_at="2026-11-24")
    published.write_text(json.dumps(report.payload), encoding="utf-8")
    with pytest.raises(FatfKitError, match="contains published ratings"):
        own_assessment(published)
    with pytest.raises(FatfKitError, match="earlier version"):
        _own_of({"schema": EARLIER_SCHEMA}, Path("assessment.json"))
    with pytest.raises(FatfKitError, match="No requirement is answered"):
        own_assessment(template(tmp_path / "blank.xlsx", edition="fatf-2022"))
    (tmp_path / "other.json").write_text("{}", encoding="utf-8")
    with pytest.raises(FatfKitError, match=r"other\.json is not a result of 'fatf-kit score'"):
        own_assessment(tmp_path / "other.json")
    (tmp_path / "bad.xlsx").write_bytes(b"PK\x03\x04")
    with pytest.raises(FatfKitError, match=r"No workbook could be read in bad\.xlsx"):
        own_assessment(tmp_path / "bad.xlsx")


def test_editions_that_do_not_follow_are_refused(own: OwnAssessment, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither is the predecessor of the other."""
    alone = replace(load_framework("fatf-2022"), predecessor=None)
    monkeypatch.setattr("fatf_kit.peer_comparison.own_assessment.load_framework", lambda _: alone)
    with pytest.raises(FatfKitError, match="neither the edition before it nor the one after"):
        compare_own(patterns("fatf-2013"), own)
