"""Years as agencies count them. A year is known by the calendar year in which it begins."""

from __future__ import annotations

import re
from collections.abc import Iterable

from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.languages import clean
from fatf_kit.spreadsheets.words import load_words
from fatf_kit.statistics.model import YearKind

DEFAULT_YEARS = 5
_FOUR_DIGITS = re.compile(r"(?<!\d)(1[34]\d\d|19[89]\d|20\d\d)(?!\d)")
_SPAN = re.compile(r"(\d{4})(?:\s*[-–]\s*(\d{4}))?")
_ONE_YEAR = re.compile(
    r"(?:(?:[^\W\d]{1,4}\.?|(?i:année|exercice|fiscal year)|السنة|العام) ?)?"
    r"\d{4}(?:\.0)?(?: ?[-/–] ?(?:\d\d|\d{4}))?(?: ?[^\W\d]{1,4}\.?)?"
    r"(?: ?\(\d{4}(?:[-/–]\d{2,4})?\))?"
)
_FIRST, _LAST, _MOST = 1980, 2099, 15


def convert_to_hijri(year: int) -> int:
    """Return the Hijri year that begins in a calendar year; where two do, the first one.

    Source: the tabular calendar, whose year has 354 11/30 days; it begins on the same day as the civil one or a day
    before or after, which matters only for years that begin about New Year.

    >>> convert_to_hijri(2021), convert_to_hijri(2025)
    (1443, 1447)
    """
    return next(h for h in range(year - 700, year) if convert_from_hijri(h) >= year)


def convert_from_hijri(hijri: int) -> int:
    """Return the calendar year in which a Hijri year begins.

    >>> convert_from_hijri(1443), convert_from_hijri(1400)
    (2021, 1979)
    """
    return int(hijri * 0.970224 + 621.5774)


def label_year(year: int, kind: YearKind, language: str) -> str:
    """Return the heading of a year.

    >>> label_year(2021, YearKind.FISCAL, "en"), label_year(2021, YearKind.HIJRI, "en")
    ('2021/22', '1443 AH (2021/22)')
    """
    span = f"{year}/{(year + 1) % 100:02}"
    if kind is YearKind.HIJRI:
        form = load_words(language)["statistics.year.hijri"]
        return form.format(hijri=convert_to_hijri(year), year=span)
    return span if kind is YearKind.FISCAL else str(year)


def read_year(value: object) -> int | None:
    """Return the year that a heading or cell names; None where it names none.

    >>> read_year("y2021"), read_year("٢٠٢١/٢٢"), read_year("1443 AH (2021/22)"), read_year(2021.0), read_year("12")
    (2021, 2021, 2021, 2021, None)
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    found = _FOUR_DIGITS.search(clean(text)) if len(text) < 60 else None
    if found is None:
        return None
    year = int(found[1])
    return convert_from_hijri(year) if year < 1600 else year


def read_one_year(value: object) -> int | None:
    """Return the year in a cell that has one year and no other words; None otherwise.

    >>> read_one_year("2021/22"), read_one_year("FY 2021"), read_one_year("1443 AH (2021/22)"), read_one_year(2021)
    (2021, 2021, 2021, 2021)
    >>> read_one_year("Exercice 2021"), read_one_year("السنة ٢٠٢١")
    (2021, 2021)
    >>> read_one_year("2021 or 2022"), read_one_year("2021 (not final)")
    (None, None)
    """
    return read_year(value) if _ONE_YEAR.fullmatch(clean(str(value))) else None


def parse_years(text: str) -> tuple[int, ...]:
    """Return years as typed: "2021-2025", or separated by commas.

    Raises:
        FatfKitError: anything else, or more than fifteen years.

    >>> parse_years("2021-2023,2025")
    (2021, 2022, 2023, 2025)
    """
    years: set[int] = set()
    for piece in filter(None, (piece.strip() for piece in clean(text).split(","))):
        span = _SPAN.fullmatch(piece)
        if span is None:
            raise _wrong(text)
        first, last = int(span[1]), int(span[2] or span[1])
        if not _FIRST <= first <= last <= _LAST:
            raise _wrong(text)
        years.update(range(first, last + 1))
    return check_years(years, text)


def check_years(years: Iterable[int], text: str = "") -> tuple[int, ...]:
    """Return the years in order.

    Raises:
        FatfKitError: no years, too many, or one out of range.
    """
    found = tuple(sorted(set(years)))
    if not found or len(found) > _MOST or found[0] < _FIRST or found[-1] > _LAST:
        raise _wrong(text or ", ".join(map(str, found)))
    return found


def _wrong(text: str) -> FatfKitError:
    return FatfKitError(
        "'{found}' names no years. Write them like 2021-2025, at most {count}.", found=text, count=_MOST
    )
