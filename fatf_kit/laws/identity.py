"""The identity of an instrument as a citation or a title gives it: kind, number, year, day, and words of the name.

The order of number and year is that of the country where both have two digits. Without a country both orders count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from fatf_kit.assessment.answers.model import EvidenceKind
from fatf_kit.assessment.citations.citations import CitationPart, name_instrument, read_part
from fatf_kit.assessment.citations.kinds import find_instrument_starts, find_kind
from fatf_kit.assessment.citations.text import simplify_letters
from fatf_kit.framework.country_facts import (
    has_country_page,
    load_citation_words,
    load_country_page,
    load_instrument_words,
)
from fatf_kit.spreadsheets.dates import locate_dates

NumberYear = tuple[str, int | None]
"""The number of an instrument and the year of that number; None where it is cited without one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InstrumentIdentity:
    """The marks by which a text names an instrument.

    `numbers` are the readings of number and year; several where their order is open, none where no number is given.
    `years` are the years that it names. `names_kind` says whether it has a word for an instrument, `is_about` whether
    it only speaks about one ("Answers on the AML Law"). `words` are those of the name, without the kind.
    `plain` is the same for two spellings of one citation.
    """

    kind: EvidenceKind | None = None
    has_certain_kind: bool = True
    names_kind: bool = False
    is_about: bool = False
    numbers: tuple[NumberYear, ...] = ()
    years: frozenset[int] = frozenset()
    day: date | None = None
    words: frozenset[str] = frozenset()
    language: str = ""
    plain: str = ""


def read_identity(text: str, country: str | None) -> InstrumentIdentity:
    """Return what the citation of one instrument, or a title, says about which instrument it means.

    Citations that differ only in their articles have one identity.

    >>> one = read_identity("AML/CFT Law No. (39)/2015, art. 12", None)
    >>> other = read_identity("قانون مكافحة غسل الأموال رقم ٣٩ لسنة ٢٠١٥، المادة 12", "IRQ")
    >>> one.numbers == other.numbers == (("39", 2015),), str(other.kind)
    (True, 'law')
    """
    part = read_part(text, country)
    series = tuple(one.series for one in part.articles if one.series)
    rest, named = (" ".join(text.split()) for text in (part.rest, _without_rules(part)))
    return _read_name(rest, named, series, country)


@lru_cache(maxsize=32_768)
def _read_name(rest: str, named: str, series: tuple[str, ...], country: str | None) -> InstrumentIdentity:
    """Return the identity of a plain text without its articles; `named` is also without rules that are articles."""
    kind = find_kind(rest, country, series)
    has_word = bool(find_instrument_starts(rest, country))
    named = _without_later_texts(named)
    undated, day = _without_dates(named)
    numbers = tuple(dict.fromkeys(_find_numbers(undated, country)))
    if numbers and day:
        numbers = tuple((number, year or day.year) for number, year in numbers)
    years = {int(year) for year in _YEAR.findall(undated)} | {year for _, year in numbers if year}
    return InstrumentIdentity(
        kind=kind.kind if kind else None,
        has_certain_kind=kind is None or kind.is_certain,
        names_kind=has_word,
        is_about=kind is None and has_word,
        numbers=numbers,
        years=frozenset(years | ({day.year} if day else set())),
        day=day,
        words=_name_words(undated, country, kind.language if kind else ""),
        language=kind.language if kind else "",
        plain=" ".join(word for word in make_plain(named).split() if word not in _ignored()),
    )


def make_plain(text: str) -> str:
    """Return a text by which two spellings of a citation are the same: its words, letters and digits simplified.

    >>> make_plain("Law No. (39)/2015") == make_plain("law no 39 / 2015")
    True
    """
    return " ".join(re.findall(r"\w+", simplify_letters(text)))


def find_name(text: str, country: str | None) -> str:
    """Return the words of a citation without the articles that it names and without what it says of later texts.

    >>> find_name("AML/CFT Act 2019, arts. 17(3) and 19(5)", None), find_name("Code 2011, as amended in 2020", None)
    ('AML/CFT Act 2019', 'Code 2011')
    """
    part = read_part(text, country)
    named = part.text.typed_at(0, len(_without_later_texts(part.text.plain)))
    return name_instrument(named, country)


def _without_rules(part: CitationPart) -> str:
    """Return the plain text without articles that are named by a word for instruments too ("Rules 3/2020, rule 12")."""
    plain = part.rest
    for one in part.articles:
        if one.names_text and any(name < one.start for name in part.names):
            plain = plain[: one.start] + " " * (one.end - one.start) + plain[one.end :]
    return plain


def _without_later_texts(plain: str) -> str:
    """Return a text up to where it speaks of changes or annexes; the whole where it begins with that."""
    found = _later_texts().search(plain)
    return plain[: found.start()] if found and plain[: found.start()].strip() else plain


@cache
def _later_texts() -> re.Pattern[str]:
    words = sorted(map(simplify_letters, load_citation_words().later_texts), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)")


_IN_A_DATE = re.compile(r"(?<=\d)\s+من(?=\s+[^\W\d])|(?<=[^\W\d])\s+(?:عام|سنه)(?=\s+1[34]\d{2}|\s+20\d{2})")
"""Words within a date that add nothing to it: "27 من ربيع الأول عام 1425"."""

_LONG_DATE = re.compile(r"\d{1,2}\s+(?:من\s+)?[^\W\d]+.*(?:عام|سنه)?\s*\d{4}")


def _without_dates(plain: str) -> tuple[str, date | None]:
    """Return the text without its dates, and the last of them: after a Hijri date the Gregorian one follows."""
    plain = _IN_A_DATE.sub("", plain) if _LONG_DATE.search(plain) else plain
    found = locate_dates(plain)
    for start, end, _ in found:
        plain = plain[:start] + " " * (end - start) + plain[end:]
    return plain, found[-1][2] if found else None


_YEAR = re.compile(r"(?<![\d/.-])(1[89]\d{2}|20\d{2})(?![\d/.-])")
_OPEN, _SHUT = r"\s*[(«/]?\s*", r"\s*[)»/]?\s*"
_NUMBER_WORD = r"(?:(?:\bno|\bnos|\bn|\bnr|\bnum|\bnumber|\bnumero)\b\s?[.°o]?|رقم|عدد)"
_OF_YEAR = r"(?:لسنه|لعام|للعام|سنه|عام|\bof\b|\bfor\s+the\s+year\b|\bde\b)"
_NUMBER_OF_YEAR = re.compile(
    rf"(?P<number>[a-z]?-?\d{{1,5}}[a-z]?){_SHUT}(?:م\s*)?{_OF_YEAR}{_OPEN}(?P<year>1[89]\d{{2}}|20\d{{2}})"
)
_SERIES = re.compile(r"(?:رقم|n\s?°|no\.?)\s*\(?\s*(?P<series>[12])[.-](?P<year>\d{2})[.-](?P<number>\d{1,4})(?!\d)")
_PAIR = re.compile(
    r"(?<![\w.,/-])(?:\(\s*)?(?P<first>(?:[a-zام]\s?[/-]?\s?)?\d{1,5})\s*(?:\([ivx]+\))?\)?"
    r"\s*[/.-]\s*\(?\s*(?P<second>\d{1,5})(?![\d.])(?P<body>(?:/[a-z]+)*)"
)
_ROYAL = re.compile(r"(?:رقم|\bno\.?)\s*\(?\s*(?P<number>[ماma]\s*/\s*\d{1,4})\s*\)?(?!\s*/)")
_ROYAL_LETTERS = str.maketrans("ma", "ما")
_YEAR_NUMBER = re.compile(r"\b(?P<year>1[89]\d{2}|20\d{2})\s+no\.?\s*(?P<number>\d{1,5})\b")
_LONE = re.compile(rf"{_NUMBER_WORD}{_OPEN}(?P<number>[a-z]?-?\d{{1,5}}[a-z]?)(?![\w/])")
_CHAPTER = re.compile(
    r"\b(?P<kind>cap|ch|c|act|l\.?i|e\.?i|c\.?i|rs)\.?\s*(?P<number>[a-z]?-?\d{1,4}(?:\.\d+)*[a-z]?)\b"
)
_TWO_DIGITS = 2
_LAST_OF_THIS_CENTURY = 60  # two digits above are of the twentieth


def _find_numbers(plain: str, country: str | None) -> Iterator[NumberYear]:
    """Yield the readings of the number and year that a text gives first; nothing where it gives no number."""
    if found := _ROYAL.search(plain):
        yield re.sub(r"\s", "", found["number"]).translate(_ROYAL_LETTERS), None
    elif found := _SERIES.search(plain):
        yield f"{found['series']}-{int(found['number'])}", _full_year(found["year"])
    elif found := _NUMBER_OF_YEAR.search(plain) or _YEAR_NUMBER.search(plain):
        yield _plain_number(found["number"]), int(found["year"])
    elif found := _PAIR.search(plain):
        yield from _read_pair(found, country)
    elif found := _LONE.search(plain):
        years = _YEAR.findall(plain)
        yield _plain_number(found["number"]), int(years[0]) if years else None
    elif (found := _CHAPTER.search(plain)) and not _is_year(found["number"]):
        yield f"{found['kind'].replace('.', '')} {found['number']}", None


def _read_pair(found: re.Match[str], country: str | None) -> Iterator[NumberYear]:
    """Yield the readings of "39/2015", "2015-39", "43.05" and "05-01": four digits are a year, of two the country's."""
    first, second = re.sub(r"\s", "", found["first"]), found["second"]
    if _is_year(second):
        yield _plain_number(first), int(second)
    elif _is_year(first):
        yield _plain_number(second), int(first)
    elif found["body"]:
        yield _plain_number(first), _full_year(second[-2:])
    else:
        is_year_first = _puts_year_first(country)
        if is_year_first is not True and len(second) == _TWO_DIGITS:
            yield _plain_number(first), _full_year(second)
        if is_year_first is not False and len(first) == _TWO_DIGITS and first.isdigit():
            yield _plain_number(second), _full_year(first)


def _is_year(text: str) -> bool:
    return re.fullmatch(r"1[89]\d{2}|20\d{2}", text) is not None


def _full_year(text: str) -> int:
    return int(text) + (2000 if int(text) <= _LAST_OF_THIS_CENTURY else 1900)


def _plain_number(text: str) -> str:
    """Return a number without leading noughts; a letter before it stays ("b-14").

    >>> _plain_number("007"), _plain_number("B-014".casefold())
    ('7', 'b-14')
    """
    letter, digits, rest = re.fullmatch(r"(\D*)(\d*)(.*)", text).groups()  # type: ignore[union-attr]  # it always fits
    return f"{letter}{digits.lstrip('0') or '0' if digits else ''}{rest}"


@cache
def _puts_year_first(country: str | None) -> bool | None:
    """Return whether a country writes a year of two digits before the number; None where it is not known."""
    if not country or not has_country_page(country):
        return None
    orders = (form["order"] for form in load_country_page(country)["citation_forms"])
    known = (order for order in orders if "two-digit" in order and "series" not in order)
    return next((order.index("year") < order.index("number") for order in known), None)


def _name_words(plain: str, country: str | None, language: str) -> frozenset[str]:
    """Return the words of a name, without numbers, words for kinds, and words that say nothing about which it is."""
    same, ignored, kinds = _same_words(language or "en"), _ignored(), _kind_words(country)
    words = map(_root, re.findall(r"[^\W\d_]+", plain.replace("'", " ")))
    told = (word for word in words if len(word) > 1 and word not in ignored and word not in kinds)
    return frozenset(form for word in told for form in same.get(word, (word,)))


def _root(token: str) -> str:
    """Return a word without the Arabic article and one-letter prefixes before it, or without the plural of English."""
    if not token.isascii():
        return re.sub(r"^(?:[وفبك]?ال|[وف]?لل|و(?=\w{4}))", "", token)
    is_plural = len(token) > 4 and token.endswith("s") and not token.endswith("ss")
    return token[:-1] if is_plural else token


@cache
def _ignored() -> frozenset[str]:
    lists = load_citation_words().ignored.values()
    return frozenset(form for listed in lists for form in _forms(listed))


@cache
def _same_words(language: str) -> dict[str, tuple[str, ...]]:
    return {
        form: tuple(_root(simplify_letters(word)) for word in one.means)
        for one in load_citation_words().same
        if one.language in ("", language)
        for form in _forms(one.words)
    }


def _forms(words: Iterable[str]) -> Iterator[str]:
    """Yield words in plain letters, each also without article and plural."""
    return (form for word in map(simplify_letters, words) for form in (word, _root(word)))


@cache
def _kind_words(country: str | None) -> frozenset[str]:
    """Return single words that name a kind of instrument, such as "law" and "قانون"."""
    words = (word for entry in load_instrument_words(country) for word in entry.words)
    single = (word for word in map(simplify_letters, words) if len(word.split()) == 1)
    return frozenset(_root(token) for word in single for token in re.findall(r"[^\W\d_]+", word))
