"""Dates as people type them, in three languages and several forms, by the Gregorian and the Hijri calendar.

Source: fatf-kit's own; month names from CLDR through Babel and from the country pages; Hijri dates by the Umm al-Qura
calendar through hijridate.
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from itertools import islice

from fatf_kit.core.languages import LANGUAGES, clean, normalise
from fatf_kit.core.problems import CellRef, Problem, make_problem, quote_found
from fatf_kit.core.resources import data_folder

_BETWEEN = r" ?[-/.–] ?"
_NAME = r"([^\W\d]+(?: [^\W\d]+)?)"  # تشرين الثاني has two words
_YEAR_FIRST = re.compile(rf"(\d{{4}}){_BETWEEN}(\d{{1,2}}){_BETWEEN}(\d{{1,2}})")
_DAY_FIRST = re.compile(rf"(\d{{1,2}}){_BETWEEN}(\d{{1,2}}){_BETWEEN}(\d{{4}})")
_DAY_NAME = re.compile(rf"(?:le )?(\d{{1,2}})(?:er|st|nd|rd|th)?[\s.-]+{_NAME}\.?[\s,،.-]+(\d{{4}})")
_NAME_DAY = re.compile(rf"{_NAME}\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?[,،]?\s+(\d{{4}})")
_ALSO_CALLED = re.compile(r"([^\W\d])\s*[/(]\s*[^\W\d]+(?: [^\W\d]+)?\)?(?=[\s,،]+\d)")
"""A second name of the month, as in آذار/مارس."""
_OF_OUR_ERA = re.compile(r"(?<=\d)\s*(?:م|ميلادي|ميلاديه)\.?$")
_OF_THE_HIJRA = re.compile(r"(?<=\d)\s*(?:ه|هـ|هجري|هجريه|a\.?h\.?|h\.?)\.?$")
_HIJRI_YEARS = range(1343, 1501)  # those of the Umm al-Qura calendar
_TIME = re.compile(
    r"(?<=\d)(?:t|,? )(?:[01]?\d|2[0-4])(?::[0-5]\d){1,2}(?:[.,]\d{1,9})?"
    r"(?: ?(?:[ap]\.?m\.?|[صم]))?(?: ?(?:z|utc|gmt|[+-]\d{2}:?\d{2}))?$"
)
"""A time of day after a date: the only thing that may stand next to one."""
_DATE_WITHIN = re.compile(
    rf"(?<!\d)(?:\d{{4}}{_BETWEEN}\d{{1,2}}{_BETWEEN}\d{{1,2}}|\d{{1,2}}{_BETWEEN}\d{{1,2}}{_BETWEEN}\d{{4}}"
    r"|\d{1,2}(?:er|st|nd|rd|th)?[ .-]+[^\W\d]+(?: [^\W\d]+)?\.?[ .,،-]+\d{4}"
    r"|[^\W\d]+\.? \d{1,2}(?:st|nd|rd|th)?[,،]? \d{4})(?!\d)"
)
_LONGEST = 60  # characters; a longer text is no date
_MOST_DATES = 3  # of one cell are quoted
_EXCEL_EPOCH = date(1899, 12, 30)
_SERIALS = range(20_000, 80_000)  # 1954 to 2119: a smaller number is a year or a slip, not a day
_FIRST_DAY, _LAST_DAY = date(1905, 10, 1), date(2099, 12, 31)  # a cell made for dates turns 2100 into 1905-09-30


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadDate:
    """A date read from a cell. `ambiguous` where day and month could change places, `is_hijri` by its calendar."""

    day: date
    ambiguous: bool = False
    is_hijri: bool = False


@lru_cache(maxsize=4_096, typed=True)  # the same few days stand in most rows
def read_date(value: Hashable) -> ReadDate | None:
    """Return the date in a cell, or None where there is none to be read.

    Dates and Excel's day numbers are taken as they are. Text may be year first, day first or with the month's name in
    English, French or Arabic of any country, and have a time of day after it, but nothing else (`find_dates`). A year
    from 1343 to 1500 is one of the Hijri calendar; official dates can differ from its Umm al-Qura form by one day.
    Day-first is assumed where both would do, and said so. Days before October 1905 are none: typed into a cell made
    for dates, a year alone becomes one of them.

    >>> read_date("2026-03-31"), read_date("31 mars 2026").day
    (ReadDate(day=datetime.date(2026, 3, 31), ambiguous=False, is_hijri=False), datetime.date(2026, 3, 31))
    >>> read_date("٠٣/٠٤/٢٠٢٦")
    ReadDate(day=datetime.date(2026, 4, 3), ambiguous=True, is_hijri=False)
    >>> read_date("1439/2/5 هـ").day, read_date("5 صفر 1439").day
    (datetime.date(2017, 10, 25), datetime.date(2017, 10, 25))
    >>> read_date("soon") is None
    True
    """
    if isinstance(value, datetime):
        return _likely(value.date())
    if isinstance(value, date):
        return _likely(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        days = int(value) if math.isfinite(value) else 0
        return ReadDate(day=_EXCEL_EPOCH + timedelta(days=days)) if days in _SERIALS else None
    text = strip_time(normalise(str(value)))
    if hijri := _OF_THE_HIJRA.search(text):
        read = _from_text(text[: hijri.start()])
        return read if read is not None and read.is_hijri else None
    if ours := _OF_OUR_ERA.search(text):
        read = _from_text(text[: ours.start()])
        return None if read is None or read.is_hijri else read
    return _from_text(text)


def strip_time(text: str) -> str:
    """Return a normalised text without a time of day at its end.

    >>> strip_time("1890-01-14t00:00:00"), strip_time("2016-01-14 at 10"), strip_time("14/1/2016 00:00")
    ('1890-01-14', '2016-01-14 at 10', '14/1/2016')
    """
    return _TIME.sub("", text)


def find_dates(value: Hashable) -> str:
    """Return the dates in a text that is no date itself, as they were typed; empty where it has none, or is a date.

    A message may quote them whatever the text says, for they show nothing else of it.

    >>> find_dates("2016-01-14 (draft, not adopted)"), find_dates("in force from 1 May 2026 or 2027/1/3?")
    ('2016-01-14', '1 May 2026, 2027/1/3')
    >>> find_dates("2016-01-14"), find_dates("soon")
    ('', '')
    """
    if not isinstance(value, str) or read_date(value) is not None:
        return ""
    found = (found[0] for found in _DATE_WITHIN.finditer(clean(value)) if read_date(found[0]) is not None)
    return ", ".join(islice(dict.fromkeys(found), _MOST_DATES))


def find_date_problem(
    value: Hashable, ref: CellRef | None, requirement: str | None = None, *, column: str, restricted: bool = False
) -> Problem | None:
    """Return the Problem of a cell for a date; None where it holds one date that reads one way.

    A date next to other words is not a date: the words may withdraw it.

    >>> find_date_problem("2016/1/14 not yet in force", None, column="in_force_from").code
    'date-with-words'
    """
    read = read_date(value)
    if read is not None and not read.ambiguous:
        return None
    facts = {**quote_found(value, restricted=restricted), "column": column}
    if read is not None:
        taken = read.day if "found" in facts else "DD/MM/YYYY"
        return make_problem("date-ambiguous", ref, requirement, **facts, read=taken)
    if dates := find_dates(value):
        facts = {**({"withheld": facts["withheld"]} if restricted else {"found": dates}), "column": column}
        return make_problem("date-with-words", ref, requirement, **facts)
    return make_problem("date-unknown", ref, requirement, **facts)


def locate_dates(text: str) -> tuple[tuple[int, int, date], ...]:
    """Return where dates begin and end in a text, and the day that each means; empty where it has none.

    >>> locate_dates("loi n° 2015-26 du 7 août 2015")
    ((18, 29, datetime.date(2015, 8, 7)),)
    """
    found = ((one.start(), one.end(), read_date(one[0])) for one in _DATE_WITHIN.finditer(text))
    return tuple((start, end, read.day) for start, end, read in found if read is not None)


def _from_text(text: str) -> ReadDate | None:
    if len(text) > _LONGEST:
        return None
    if also := _ALSO_CALLED.search(text):
        one, other = (_from_text(named) for named in _each_name(text, also))
        return one if one == other else None
    if found := _YEAR_FIRST.fullmatch(text):
        return _made(int(found[1]), int(found[2]), int(found[3]))
    if found := _DAY_FIRST.fullmatch(text):
        first, second, year = int(found[1]), int(found[2]), int(found[3])
        if second > 12:
            return _made(year, first, second)
        if year in _HIJRI_YEARS:
            return _made_hijri(year, second, first)
        return _made(year, second, first, ambiguous=first <= 12 and first != second)
    if found := _DAY_NAME.fullmatch(text):
        if int(found[3]) in _HIJRI_YEARS:
            month = _hijri_months().get(found[2])
            return _made_hijri(int(found[3]), month, int(found[1])) if month else None
        month = _month(found[2])
        return _made(int(found[3]), month, int(found[1])) if month else None
    if found := _NAME_DAY.fullmatch(text):
        month = _month(found[1])
        return _made(int(found[3]), month, int(found[2])) if month else None
    return None


def _each_name(text: str, second: re.Match[str]) -> tuple[str, str]:
    """Return the date with one name of its month, and with the other."""
    head, tail = text[: second.start() + 1], text[second.end() :]
    other = second[0][1:].strip(" /()")
    return head + tail, re.sub(r"[^\W\d]+(?: [^\W\d]+)?$", other, head) + tail


def _month(name: str) -> int | None:
    return _months().get(name) or _months().get(_without_accents(name))


def _without_accents(text: str) -> str:
    """Return as capitals are often typed in French: AOUT, FEVRIER."""
    return "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))


def _made(year: int, month: int, day: int, ambiguous: bool = False) -> ReadDate | None:
    if year in _HIJRI_YEARS:
        return _made_hijri(year, month, day)
    try:
        read = _likely(date(year, month, day))
    except ValueError:
        return None
    return ReadDate(day=read.day, ambiguous=ambiguous) if read else None


def _made_hijri(year: int, month: int, day: int) -> ReadDate | None:
    from hijridate import Hijri

    try:
        gregorian = Hijri(year, month, day).to_gregorian()
    except (ValueError, OverflowError):
        return None
    return ReadDate(day=date(gregorian.year, gregorian.month, gregorian.day), is_hijri=True)


@cache
def _hijri_months() -> dict[str, int]:
    """Return the names of the months of the Hijri calendar, in Arabic and French."""
    page = json.loads((data_folder("frameworks") / "countries" / "hijri.json").read_text(encoding="utf-8"))
    names: dict[str, int] = {}
    for listed in (page["month_names"], page["month_names_french"]):
        names |= {normalise(name): number for number, name in enumerate(listed, start=1)}
    for number, variants in page["month_variants"].items():
        names |= {normalise(name): int(number) for name in variants}
    return names


def _likely(day: date) -> ReadDate | None:
    """Return a date that can be used; a year alone or a slip (0206) is none."""
    return ReadDate(day=day) if _FIRST_DAY <= day <= _LAST_DAY else None


@cache
def _months() -> dict[str, int]:
    """Return month names and abbreviations of all countries: those of CLDR first, then those of the country pages."""
    from babel.dates import get_month_names

    names: dict[str, int] = {}
    for locale in (*LANGUAGES, "ar_IQ", "ar_DZ", "ar_MA", "ar_MR", "fr_CA"):  # others have the same names as these
        for width in ("wide", "abbreviated"):
            for number, name in get_month_names(width, locale=locale).items():
                _add_name(names, name, number)
    for page in sorted((data_folder("frameworks") / "countries").glob("[A-Z][A-Z][A-Z].json")):
        variants = json.loads(page.read_text(encoding="utf-8"))["calendar"].get("month_variants", {"months": {}})
        for number, listed in variants["months"].items():
            for name in listed:
                _add_name(names, name, int(number))
    return names


def _add_name(names: dict[str, int], name: str, number: int) -> None:
    plain = normalise(name).rstrip(".")
    names.setdefault(plain, number)
    names.setdefault(_without_accents(plain), number)
