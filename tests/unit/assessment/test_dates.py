"""Dates as people type them."""

from __future__ import annotations

import math
from datetime import date, datetime, timedelta

import pytest

from fatf_kit.core.problems import CellRef
from fatf_kit.spreadsheets.dates import find_date_problem, find_dates, read_date


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (date(2026, 3, 31), date(2026, 3, 31)),
        (datetime(2026, 3, 31, 12, 5), date(2026, 3, 31)),
        (46112, date(2026, 3, 31)),
        (46112.0, date(2026, 3, 31)),
        ("2026-03-31", date(2026, 3, 31)),
        ("2026/3/31", date(2026, 3, 31)),
        ("31.03.2026", date(2026, 3, 31)),
        ("31/3/2026", date(2026, 3, 31)),
        ("3/31/2026", date(2026, 3, 31)),
        ("31 March 2026", date(2026, 3, 31)),
        ("March 31, 2026", date(2026, 3, 31)),
        ("31st Mar 2026", date(2026, 3, 31)),
        ("1er janvier 2026", date(2026, 1, 1)),
        ("15 août 2025", date(2025, 8, 15)),
        ("31 مارس 2026", date(2026, 3, 31)),
        ("٣١ آذار ٢٠٢٦", date(2026, 3, 31)),
        ("\u200f2026-03-31\u00a0", date(2026, 3, 31)),
        ("31 كانون الثاني 2026", date(2026, 1, 31)),
        ("1 تشرين الأول 2026", date(2026, 10, 1)),
        ("31 آذار/مارس 2026", date(2026, 3, 31)),
        ("31 كانون الثاني (يناير) 2026", date(2026, 1, 31)),
        ("31 مارس، 2026", date(2026, 3, 31)),
        ("٣١/٣/٢٠٢٦ م", date(2026, 3, 31)),
        ("31 مارس 2026م", date(2026, 3, 31)),
        ("12 غشت 2020", date(2020, 8, 12)),
        ("31 / 3 / 2026", date(2026, 3, 31)),
        ("31–03–2026", date(2026, 3, 31)),
        ("le 31 mars 2026", date(2026, 3, 31)),
        ("15 AOUT 2025", date(2025, 8, 15)),
        ("1er FEVRIER 2026", date(2026, 2, 1)),
    ],
)
def test_forms(typed: object, expected: date) -> None:
    """ISO, day first, month names in three languages, Excel's day numbers, Arabic digits, bidirectional marks."""
    read = read_date(typed)
    assert read is not None
    assert read.day == expected


@pytest.mark.parametrize(
    "typed",
    [
        "soon",
        "2026",
        2026,
        "Q3 2026",
        "2026-13-01",
        "31/02/2026",
        True,
        "",
        "12.5",
        math.inf,
        math.nan,
        20260331,
        "31/3/26",
        "mars 2026",
        "31/03/2026 هـ",
        "1447/09/20 م",
        "1299-05-12",
        "1447-13-01",
        "31 آذار/نيسان 2026",
        "31 mars/avril 2026",
    ],
)
def test_what_is_no_date(typed: object) -> None:
    """A year alone, an impossible day or a date marked as one of the other calendar is not guessed."""
    assert read_date(typed) is None


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("1447-05-12", date(2025, 11, 3)),
        ("20/09/1447 هـ", date(2026, 3, 9)),
        ("1439/2/5هـ", date(2017, 10, 25)),
        ("٥ صفر ١٤٣٩", date(2017, 10, 25)),
        ("27 ذي الحجة 1425", date(2005, 2, 6)),
    ],
)
def test_a_hijri_date_is_read(typed: str, day: date) -> None:
    """By the Umm al-Qura calendar, with or without its mark; official pairs of dates can differ by one day."""
    read = read_date(typed)
    assert read is not None
    assert (abs((read.day - day).days) <= 1, read.is_hijri) == (True, True)


@pytest.mark.parametrize("year", [1, 1900, 2026, 2100])
def test_a_year_in_a_cell_made_for_dates_is_none(year: int) -> None:
    """A spreadsheet shows 2026 there as a day of 1905."""
    assert read_date(date(1899, 12, 30) + timedelta(days=year)) is None
    assert read_date(datetime(1899, 12, 30, 6, 0) + timedelta(days=year)) is None


@pytest.mark.parametrize(("typed", "expected"), [("03/04/2026", True), ("04/04/2026", False), ("2026-03-04", False)])
def test_ambiguity(typed: str, expected: bool) -> None:
    """Only where day and month could change places."""
    read = read_date(typed)
    assert read is not None
    assert read.ambiguous == expected


@pytest.mark.parametrize(
    ("typed", "quoted"),
    [
        ("2016-01-14 (draft, not adopted)", "2016-01-14"),
        ("2016-01-14 repealed 2020-05-01", "2016-01-14, 2020-05-01"),
        ("2016-01-14 to 2019-12-31", "2016-01-14, 2019-12-31"),
        ("2016/1/14 not yet in force", "2016/1/14"),
        ("2016-01-14 except art. 7: 2031-01-01", "2016-01-14, 2031-01-01"),
        ("2027-03-19 or 2027-09-30, to be confirmed", "2027-03-19, 2027-09-30"),
        ("14/01/2016 draft", "14/01/2016"),
        ("14 janvier 2016 (projet)", "14 janvier 2016"),
        ("January 14, 2016 not adopted", "January 14, 2016"),
        ("١٤ كانون الثاني ٢٠١٦ (مسودة)", "14 كانون الثاني 2016"),
        ("2016-01-14t", "2016-01-14"),
        ("2016-01-14 10", "2016-01-14"),
        ("2016-01-14 99:00", "2016-01-14"),
        ("2016-01-14?", "2016-01-14"),
    ],
)
def test_a_date_with_words_next_to_it_is_a_question(typed: str, quoted: str) -> None:
    """No date is read from the cell, and the message quotes its dates and nothing else of it."""
    assert read_date(typed) is None
    assert find_dates(typed) == quoted
    problem = find_date_problem(typed, CellRef(file="a.xlsx", sheet="R.36", cell="F5"), column="in_force_from")
    assert problem is not None
    assert (problem.code, f"'{quoted}'" in problem.text) == ("date-with-words", True)


@pytest.mark.parametrize("time", ["T00:00:00", " 00:00:00.000", " 13:45", " 1:45 pm", "T10:00:00Z", "T10:00+03:00"])
@pytest.mark.parametrize("day", ["2016-01-14", "14/01/2016", "14 January 2016"])
def test_a_time_may_stand_next_to_a_date(day: str, time: str) -> None:
    """As spreadsheets and databases write the day of a cell."""
    assert getattr(read_date(day + time), "day", None) == date(2016, 1, 14)


def test_dates_of_a_restricted_row_are_not_quoted() -> None:
    """Its message says how long the text is."""
    problem = find_date_problem("2016-01-14 (draft)", None, column="in_force_from", restricted=True)
    assert problem is not None
    assert "2016" not in problem.text
