"""Seats, merged agencies, withheld counts and tests of the small record, against sums counted by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from fatf_kit.training.counts import compare_tests, summarise_training
from fatf_kit.training.model import PaperResult, RatedOutcome, SexCounts, TrainingAudience, YearHalf
from fatf_kit.training.payload import make_training_result
from fatf_kit.training.sheets import Attendance, PeopleCount, TrainingRecord, TrainingSession, TrainingTest
from fatf_kit.training.withholding import FEWEST, choose_hidden
from tests.unit.training.records import RECORD, TODAY

PARTNER, GOVERNMENT = TrainingAudience.PARTNER, TrainingAudience.GOVERNMENT
RATED = (
    RatedOutcome(id="IO.3", rating="LE", findings=9, order=0, is_low=True),
    RatedOutcome(id="IO.4", rating="ME", findings=2, order=11, is_low=True),
    RatedOutcome(id="IO.5", rating="LE – ME", findings=3, order=1, is_low=True),
    RatedOutcome(id="IO.7", rating="ME", findings=6, order=11, is_low=True),
    RatedOutcome(id="IO.8", rating="LE", findings=0, order=0, is_low=True),
    RatedOutcome(id="IO.9", rating="SE", findings=1, order=22, is_low=False),
    RatedOutcome(id="IO.10", rating="ME", findings=4, order=11, is_low=True),
)


NOT_TAKEN = PaperResult()


def _test(before: PaperResult, after: PaperResult = NOT_TAKEN) -> TrainingTest:
    return TrainingTest(session="T-01", outcome="IO.3", before=before, after=after)


def test_the_government_sees_every_count() -> None:
    """38 seats: 20 of the bank, 12 of the FIU in two sessions, 4 of the police, 2 of another body."""
    made = summarise_training(RECORD, today=TODAY, audience=GOVERNMENT)
    assert made.seats == 38
    assert made.sexes == SexCounts(women=12, men=14, not_stated=12)
    assert [(one.agency, one.sessions, one.seats) for one in made.agencies] == [
        ("bank", 1, 20), ("fiu", 2, 12), ("police", 1, 4), ("Museum of Coins", 1, 2),
    ]  # fmt: skip
    assert made.seats_of == {"T-01": 23, "T-02": 15}
    assert made.days == 3  # two and, where none are entered, one
    assert [(one.unit, one.sessions) for one in made.covered] == [
        ("IO.3", ("T-01",)), ("IO.6", ("T-02",)), ("R.26", ("T-01",)),
    ]  # fmt: skip


def test_a_partner_sees_no_group_under_five() -> None:
    """Police (4) and the museum (2) are one row of 6, and no agency is divided by sex."""
    made = summarise_training(RECORD, today=TODAY, audience=PARTNER, rated=RATED)
    assert [(one.agency, one.seats, one.sexes) for one in made.agencies] == [
        ("bank", 20, None), ("fiu", 12, None), ("", 6, None),
    ]  # fmt: skip
    assert made.merged == 2
    assert made.seats == 38
    assert made.sexes == SexCounts(women=12, men=14, not_stated=12)
    assert (made.low_rated, made.needs) == ((), ())


def test_one_small_agency_takes_the_next_one_with_it() -> None:
    """Four seats alone could be calculated from the total."""
    record = replace(RECORD, attendance=RECORD.attendance[:1] + RECORD.attendance[2:4])
    made = summarise_training(record, today=TODAY, audience=PARTNER)
    assert [(one.agency, one.seats) for one in made.agencies] == [("bank", 20), ("", 13)]


def test_a_small_count_by_sex_is_withheld_for_partners_only() -> None:
    """Two men, so no count by sex; the total of seats stays."""
    few = Attendance(session="T-01", agency="bank", women=9, men=2)
    record = replace(RECORD, attendance=(few,))
    made = summarise_training(record, today=TODAY, audience=PARTNER)
    assert (made.seats, made.sexes) == (11, None)
    own = summarise_training(record, today=TODAY, audience=GOVERNMENT)
    assert own.sexes == SexCounts(women=9, men=2)


def test_fewer_than_five_participants_are_withheld_everywhere() -> None:
    """Total, session and agency."""
    record = replace(RECORD, attendance=(Attendance(session="T-01", agency="bank", women=3),), people=())
    made = summarise_training(record, today=TODAY, audience=PARTNER)
    assert made.seats is None
    assert made.seats_of == {"T-01": None, "T-02": 0}
    assert made.agencies == ()


def test_sessions_after_the_day_are_not_counted() -> None:
    """With their participants, tests and half-year."""
    made = summarise_training(RECORD, today=date(2026, 6, 30), audience=GOVERNMENT)
    assert (len(made.sessions), made.seats) == (1, 23)
    later = replace(RECORD, people=(PeopleCount(year=2026, half=YearHalf.SECOND, agency="bank", people=9),))
    assert summarise_training(later, today=date(2026, 6, 30), audience=GOVERNMENT).people == ()


def test_the_needs_are_low_outcomes_with_gaps_and_no_session() -> None:
    """IO.3 has a session, IO.8 no gap, IO.9 is not low; the lowest first, then those with most gaps."""
    made = summarise_training(RECORD, today=TODAY, audience=GOVERNMENT, rated=RATED)
    assert [one.id for one in made.needs] == ["IO.5", "IO.7", "IO.10"]
    assert [one.unit for one in made.low_rated] == ["IO.3", "IO.4", "IO.5", "IO.7", "IO.8", "IO.10"]
    assert made.low_rated[0].sessions == ("T-01",)


def test_a_mean_of_fewer_than_five_is_withheld_with_its_change() -> None:
    """Four before: neither their mean nor their number, and no change."""
    made = compare_tests(_test(PaperResult(people=4, mean=50), PaperResult(people=5, mean=70)))
    assert made.before == PaperResult()
    assert (made.is_before_withheld, made.is_after_withheld) == (True, False)
    assert (made.after.people, made.change, made.has_same_number) == (5, None, False)


def test_a_test_without_both_numbers_counts_as_not_taken() -> None:
    """Three people without a mean are a group under five; two means without people are no change."""
    tests = (
        _test(PaperResult(people=3), PaperResult(people=9, mean=70)),
        _test(PaperResult(mean=40), PaperResult(mean=70)),
        _test(PaperResult(people=9, questions=("Q.3.1-1",))),
    )
    for audience in (PARTNER, GOVERNMENT):
        made = summarise_training(replace(RECORD, tests=tests), today=TODAY, audience=audience)
        rows = make_training_result(made).tests
        assert [(row.people_before, row.mean_before) for row in rows] == [(None, None)] * 3
        assert [row.people_after for row in rows] == [9, None, None]
        assert [(row.change, row.same_number, row.is_before_withheld) for row in rows] == [(None, False, False)] * 3
    assert made.tests[2].before == PaperResult(questions=("Q.3.1-1",))


def test_a_change_with_the_same_number_is_marked() -> None:
    """48.5 to 70 are 21.5 points; a fall is negative."""
    (made,) = summarise_training(RECORD, today=TODAY, audience=PARTNER).tests
    assert (made.change, made.has_same_number) == (21.5, True)
    fall = compare_tests(_test(PaperResult(people=9, mean=60), PaperResult(people=8, mean=59.9)))
    assert (fall.change, fall.has_same_number) == (-0.1, False)


def test_people_of_a_half_year_are_added_up() -> None:
    """By agency, one number; under five withheld for a partner."""
    people = (
        PeopleCount(year=2026, half=YearHalf.SECOND, agency="fiu", people=4),
        PeopleCount(year=2026, half=YearHalf.FIRST, agency="bank", people=18),
        PeopleCount(year=2026, half=YearHalf.FIRST, agency="fiu", people=3),
    )
    record = replace(RECORD, people=people)
    own = summarise_training(record, today=TODAY, audience=GOVERNMENT).people
    halves = [(one.half, one.people, one.agencies) for one in own]
    assert halves == [(YearHalf.FIRST, 21, 2), (YearHalf.SECOND, 4, 1)]
    shown = summarise_training(record, today=TODAY, audience=PARTNER).people
    assert [one.people for one in shown] == [21, None]


def test_an_empty_record_is_all_zero() -> None:
    """No session, no seat."""
    made = summarise_training(TrainingRecord(), today=TODAY, audience=PARTNER)
    assert (made.sessions, made.seats, made.agencies, made.days) == ((), 0, (), 0)
    only = TrainingRecord(sessions=(TrainingSession(id="T-01"),))
    assert summarise_training(only, today=TODAY, audience=PARTNER).seats_of == {"T-01": 0}


@given(st.dictionaries(st.integers(0, 20), st.integers(0, 12)))
def test_no_hidden_group_can_be_calculated(counts: dict[int, int]) -> None:
    """None shown is under five; one hidden alone would follow from the total, and so would a sum under five."""
    hidden = choose_hidden(counts)
    assert all(counts[key] == 0 or counts[key] >= FEWEST for key in counts.keys() - hidden)
    left = [key for key in counts if counts[key] and key not in hidden]
    if hidden and left:
        assert len(hidden) > 1
        assert sum(counts[key] for key in hidden) >= FEWEST
