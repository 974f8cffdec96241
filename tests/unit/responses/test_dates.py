"""Dates as people type them."""

from __future__ import annotations

import math
from datetime import date, datetime, timedelta

import pytest

from fatf_kit.responses.dates import read_date


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
    assert expected == read.day


@pytest.mark.parametrize(
    "typed",
    [
        "soon",
        "2026",
        2026,
        "Q3 2026",
        "2026-13-01",
        "31/02/2026",
        "1447-05-12",
        True,
        "",
        "12.5",
        math.inf,
        math.nan,
        20260331,
        "31/3/26",
        "mars 2026",
        "20/09/1447 هـ",
        "1447/09/20 م",
        "31 آذار/نيسان 2026",
        "31 mars/avril 2026",
    ],
)
def test_what_is_no_date(typed: object) -> None:
    """A year alone, an impossible day or a date of another calendar is not guessed."""
    assert read_date(typed) is None


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
    assert expected == read.ambiguous
