"""Dates as people type them, in three languages and several forms.

Source: fatf-kit's own; month names from CLDR through Babel.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, lru_cache

from fatf_kit.locale import LANGUAGES, normalise

_BETWEEN = r" ?[-/.–] ?"
_NAME = r"([^\W\d]+(?: [^\W\d]+)?)"  # تشرين الثاني has two words
_YEAR_FIRST = re.compile(rf"(\d{{4}}){_BETWEEN}(\d{{1,2}}){_BETWEEN}(\d{{1,2}})(?:[t ].*)?")
_DAY_FIRST = re.compile(rf"(\d{{1,2}}){_BETWEEN}(\d{{1,2}}){_BETWEEN}(\d{{4}})")
_DAY_NAME = re.compile(rf"(?:le )?(\d{{1,2}})(?:er|st|nd|rd|th)?[\s.-]+{_NAME}\.?[\s,،.-]+(\d{{4}})")
_NAME_DAY = re.compile(rf"{_NAME}\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?[,،]?\s+(\d{{4}})")
_ALSO_CALLED = re.compile(r"([^\W\d])\s*[/(]\s*[^\W\d]+(?: [^\W\d]+)?\)?(?=[\s,،]+\d)")
"""A second name of the month, as in آذار/مارس."""
_OF_OUR_ERA = re.compile(r"(?<=\d)\s*(?:م|ميلادي|ميلاديه)\.?$")
_LONGEST = 60  # characters; a longer text is no date
_EXCEL_EPOCH = date(1899, 12, 30)
_SERIALS = range(20_000, 80_000)  # 1954 to 2119: a smaller number is a year or a slip, not a day
_FIRST_DAY, _LAST_DAY = date(1905, 10, 1), date(2099, 12, 31)  # a cell made for dates turns 2100 into 1905-09-30


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadDate:
    """A date read from a cell. `ambiguous` where day and month could change places."""

    day: date
    ambiguous: bool = False


@lru_cache(maxsize=4_096, typed=True)  # the same few days stand in most rows
def read_date(value: Hashable) -> ReadDate | None:
    """The date in a cell, or None where there is none to be read.

    Dates and Excel's day numbers are taken as they are. Text may be year first, day first or with the month's name in
    English, French or Arabic; day-first is assumed where both would do, and said so. Days before October 1905 are
    none: typed into a cell made for dates, a year alone becomes one of them.

    >>> read_date("2026-03-31"), read_date("31 mars 2026").day
    (ReadDate(day=datetime.date(2026, 3, 31), ambiguous=False), datetime.date(2026, 3, 31))
    >>> read_date("٠٣/٠٤/٢٠٢٦")
    ReadDate(day=datetime.date(2026, 4, 3), ambiguous=True)
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
    return _from_text(_OF_OUR_ERA.sub("", normalise(str(value))))


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
        return _made(year, second, first, ambiguous=first <= 12 and first != second)
    if found := _DAY_NAME.fullmatch(text):
        month = _month(found[2])
        return _made(int(found[3]), month, int(found[1])) if month else None
    if found := _NAME_DAY.fullmatch(text):
        month = _month(found[1])
        return _made(int(found[3]), month, int(found[2])) if month else None
    return None


def _each_name(text: str, second: re.Match[str]) -> tuple[str, str]:
    """The date with one name of its month, and with the other."""
    head, tail = text[: second.start() + 1], text[second.end() :]
    other = second[0][1:].strip(" /()")
    return head + tail, re.sub(r"[^\W\d]+(?: [^\W\d]+)?$", other, head) + tail


def _month(name: str) -> int | None:
    return _months().get(name) or _months().get(_without_accents(name))


def _without_accents(text: str) -> str:
    """As capitals are often typed in French: AOUT, FEVRIER."""
    return "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))


def _made(year: int, month: int, day: int, ambiguous: bool = False) -> ReadDate | None:
    try:
        read = _likely(date(year, month, day))
    except ValueError:
        return None
    return ReadDate(day=read.day, ambiguous=ambiguous) if read else None


def _likely(day: date) -> ReadDate | None:
    """A year of another calendar (1447), a year alone or a slip (0206) is not a date that can be used."""
    return ReadDate(day=day) if _FIRST_DAY <= day <= _LAST_DAY else None


@cache
def _months() -> dict[str, int]:
    """Month names and abbreviations, as CLDR has them, and those that Iraq, Algeria and Morocco have of their own."""
    from babel.dates import get_month_names

    names: dict[str, int] = {}
    for language in (*LANGUAGES, "ar_IQ", "ar_DZ", "ar_MA"):
        for width in ("wide", "abbreviated"):
            for number, name in get_month_names(width, locale=language).items():
                plain = normalise(name).rstrip(".")
                names.setdefault(plain, number)
                names.setdefault(_without_accents(plain), number)
    return names
