"""Lines of follow-up and referral: published cases, ranges, and what never counts."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from fatf_kit import outlook_of
from fatf_kit.core.errors import UnknownIdError
from fatf_kit.core.ratings import ComplianceRating, EffectivenessRating
from fatf_kit.framework.page_rules import OUTCOMES, RECOMMENDATIONS
from fatf_kit.outlook import FollowUp, Outlook, evaluate, load_rules
from fatf_kit.outlook.model import LineResult, Rating
from fatf_kit.published import find_report
from fatf_kit.scoring.span import Span
from tests.examples import score_example

CASES = Path(__file__).parents[2] / "data" / "follow-up-cases.csv"
C, LC, PC, NC, NA = (ComplianceRating(code) for code in ("C", "LC", "PC", "NC", "NA"))
SE, ME, LE = (EffectivenessRating(code) for code in ("SE", "ME", "LE"))


def cases() -> list[dict[str, str]]:
    """Evaluations whose type of follow-up is published."""
    with CASES.open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def spotless() -> dict[str, Rating]:
    """A country that no line is near to."""
    return {**dict.fromkeys(RECOMMENDATIONS, C), **dict.fromkeys(OUTCOMES, SE)}


def line(outlook: Outlook, wanted: str) -> LineResult:
    """One line of the outlook."""
    return next(result for result in outlook.lines if result.line.id == wanted)


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case['jurisdiction']} {case['report_date']}")
def test_published_follow_up(case: dict[str, str]) -> None:
    """The type of follow-up that the report itself states."""
    report = find_report(case["jurisdiction"], case["report_date"])
    assert case["report"] == report.report_type
    assert case["published_follow_up"] == outlook_of(report).follow_up


@pytest.mark.parametrize("code", ["MYS", "SGP"])
def test_fifth_round_cases(code: str) -> None:
    """The two evaluations of the fifth round that are published: regular follow-up, and marked provisional."""
    outlook = outlook_of(find_report(code, "MER"))
    assert (outlook.rules.edition, outlook.rules.provisional) == ("fatf-2022", True)
    assert (outlook.follow_up, outlook.icrg_referral) == (FollowUp.REGULAR, False)


def test_korea_moved_in_october_2024() -> None:
    """Re-ratings took it from eight Recommendations rated NC or PC to seven, and to regular follow-up."""
    found = [outlook_of(find_report("Korea", which)) for which in ("MER", "2024-10")]
    tests = [line(outlook, "E4-1") for outlook in found]
    assert [(test.value, test.holds, test.distance) for test in tests] == [(8, True, 1), (7, False, 1)]
    assert [outlook.follow_up for outlook in found] == [FollowUp.ENHANCED, FollowUp.REGULAR]


def test_iraq_may_2024() -> None:
    """Enhanced follow-up by three lines, and a referral line met through the outcomes."""
    outlook = outlook_of(find_report("IRQ", "MER"))
    assert (outlook.follow_up, outlook.icrg_referral) == (FollowUp.ENHANCED, True)
    assert [r.line.id for r in outlook.lines if r.holds] == ["E4-1", "E4-2", "E4-3", "I4-3"]
    assert [(c.low, c.count.at_least) for c in line(outlook, "I4-3").counts] == [(9, 9), (2, 2)]


def test_111_first_reports_meet_a_referral_line() -> None:
    """As counted independently over the first report of the fourth round of each jurisdiction."""
    from fatf_kit.published import load_published
    from fatf_kit.published.model import PublishedReport, ReportKind

    first: dict[str, PublishedReport] = {}
    for report in load_published():
        if report.kind is ReportKind.MER and report.edition == "fatf-2013":
            first.setdefault(report.place, report)
    assert sum(outlook_of(report).icrg_referral is True for report in first.values()) == 111


@pytest.mark.parametrize("edition", ["fatf-2013", "fatf-2022"])
def test_na_never_counts(edition: str) -> None:
    """Forty times NA is like forty times C."""
    outlook = evaluate(load_rules(edition), {**spotless(), **dict.fromkeys(RECOMMENDATIONS, NA)})
    assert (outlook.follow_up, outlook.icrg_referral, outlook.open_units) == (FollowUp.REGULAR, False, ())
    assert {result.value for result in outlook.lines} == {0}


def test_unknown_never_counts_but_opens_the_range() -> None:
    """With nothing known nothing is counted, and both answers are still possible."""
    outlook = evaluate(load_rules("fatf-2013"), {})
    assert {(result.value, result.holds) for result in outlook.lines} == {(0, None)}
    assert (outlook.follow_up, outlook.icrg_referral) == (None, None)
    assert (outlook.follow_up_span.best, outlook.follow_up_span.worst) == (FollowUp.REGULAR, FollowUp.ENHANCED)
    assert line(outlook, "E4-1").value_range == (0, 40)


def test_a_span_counts_for_certain_where_both_ends_do() -> None:
    """NC to PC is counted by E4-1; PC to LC opens it."""
    ratings = {**spotless(), **{f"R.{n}": PC for n in range(30, 36)}}
    spans: tuple[Span[Rating], ...] = (Span(worst=NC, best=PC), Span(worst=PC, best=LC))
    certain, opened = (evaluate(load_rules("fatf-2013"), {**ratings, "R.1": span, "R.2": NC}) for span in spans)
    tests = [line(outlook, "E4-1") for outlook in (certain, opened)]
    found = [(test.value, test.value_range, test.holds) for test in tests]
    assert found == [(8, (8, 8), True), (7, (7, 8), None)]
    assert (certain.open_units, opened.follow_up) == (("R.1",), None)


def test_a_span_that_is_bad_either_way_settles_the_outlook() -> None:
    """In the fifth round R.10 at NC is one line and at PC another: each is open, the follow-up is not."""
    outlook = evaluate(load_rules("fatf-2022"), {**spotless(), "R.10": Span(worst=NC, best=PC)})
    assert (line(outlook, "E5-2").holds, line(outlook, "E5-3").holds) == (None, None)
    assert FollowUp.ENHANCED is outlook.follow_up


def test_a_span_may_end_at_na() -> None:
    """Criteria that may turn out not to apply."""
    outlook = evaluate(load_rules("fatf-2013"), {**spotless(), "R.10": Span(worst=PC, best=NA)})
    assert (line(outlook, "E4-2").holds, line(outlook, "E4-2").value_range) == (None, (0, 1))


def test_distance_of_a_line_with_two_counts() -> None:
    """The larger gap decides while it is missed, the smaller surplus once it is held."""
    missed = {**spotless(), **{f"IO.{n}": ME for n in range(1, 9)}}
    held = {**spotless(), **{f"IO.{n}": LE if n < 6 else ME for n in range(1, 12)}}
    rules = load_rules("fatf-2013")
    tests = [line(evaluate(rules, ratings), "I4-3") for ratings in (missed, held)]
    assert [(test.holds, test.distance) for test in tests] == [(False, 2), (True, 3)]


def test_an_assessment_goes_by_what_is_demonstrated() -> None:
    """The made-up country: ratings that are open stay spans."""
    scored = score_example("ruritania/workbook")
    outlook = outlook_of(scored)
    expected = tuple(unit.id for unit in scored.assessment.units if unit.resolved is None)
    assert outlook.open_units == expected
    assert FollowUp.ENHANCED is outlook.follow_up


def test_a_mapping_of_texts() -> None:
    """Ids and ratings as people type them; without an edition nobody knows which lines apply."""
    ratings = dict.fromkeys(RECOMMENDATIONS, "C") | {unit.lower(): "SE" for unit in OUTCOMES}
    assert FollowUp.REGULAR is outlook_of(ratings, edition="fatf-2022").follow_up
    with pytest.raises(UnknownIdError, match="Name the edition"):
        outlook_of({"R.1": "C"})
    with pytest.raises(UnknownIdError, match=r"not a rating of IO\.1"):
        outlook_of({"IO.1": "LC"}, edition="fatf-2022")
