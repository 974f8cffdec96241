"""One cell's text to a value: numbers, shares, dates, yes and no, codes, countries, in three languages.

Nothing is guessed: what cannot be read is None, and the caller says so. Blank texts never come here.

Source: fatf-kit's own; country names from CLDR through Babel.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache
from types import MappingProxyType

from fatf_kit.assessment.answers.country_names import find_country
from fatf_kit.core.languages import LANGUAGES, normalise
from fatf_kit.npo.method.load import Method, RegisterColumn
from fatf_kit.spreadsheets.dates import read_date, strip_time

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_GROUPED = re.compile(r"(-?\d{1,3})((?:[, '’.]\d{3})+)(?:([.,])(\d+))?")
_ARABIC = str.maketrans({"٫": ".", "٬": ",", "٪": "%"})
_OLD = re.compile(r"(1[5-9]\d\d)[-/.](\d{1,2})[-/.](\d{1,2})")
_OLD_DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](1[5-9]\d\d)")
_TWO_AND_YEAR = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.]\d{4}(?: .*)?")
_LIST = re.compile(r"[;|\n؛]|،")
_NO_COUNTRY = ("EU", "EZ", "QO", "UN", "ZZ", "XA", "XB")
"""Codes with a name in CLDR that stand for a union, for a part of an ocean, for nothing known or for a test."""


def number(text: str) -> float | None:
    """Return a number as people write it; None where it is none.

    A single comma before one, two or four and more digits is a decimal comma; before exactly three it parts thousands.

    East African amounts end in "/=".

    >>> number("1,234.5"), number("1 234,5"), number("١٢٬٣٤٥"), number("12,5"), number("1,200/="), number("many")
    (1234.5, 1234.5, 12345.0, 12.5, 1200.0, None)
    """
    plain = normalise(text.translate(_ARABIC)).replace("\u066c", ",").replace("−", "-").removesuffix("/=")
    if found := _NUMBER.fullmatch(plain):
        return float(found[0])
    if found := _GROUPED.fullmatch(plain):
        marks = {mark for mark in found[2] if not mark.isdigit()}
        if len(marks) == 1 and found[3] not in marks:
            return float(f"{found[1]}{''.join(c for c in found[2] if c.isdigit())}.{found[4] or 0}")
        return None
    if plain.count(",") == 1 and "." not in plain:
        return number(plain.replace(",", "."))
    return None


def share(text: str, unit: str | None = None) -> float | None:
    """Return a share between 0 and 1. `unit` is "percent" or "fraction".

    Without it a sign or a number above 1 means percent.

    >>> share("45 %"), share("0.45"), share("45"), share("0,5", "percent"), share("145")
    (0.45, 0.45, 0.45, 0.005, None)
    """
    plain = normalise(text.translate(_ARABIC))
    signed = plain.endswith("%")
    value = number(plain.rstrip("% "))
    if value is None:
        return None
    if signed or unit == "percent" or (unit is None and value > 1):
        value /= 100
    return value if 0 <= value <= 1 else None


def day(text: str, order: str = "dmy") -> str | None:
    """Return a date as "year-month-day"; `order` decides where day and month could change places.

    >>> day("3/4/2026"), day("3/4/2026", "mdy"), day("٣ نيسان ٢٠٢٦")
    ('2026-04-03', '2026-03-04', '2026-04-03')
    """
    if order == "mdy" and (found := re.fullmatch(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})( .*)?", normalise(text))):
        text = f"{found[3]}-{found[1]}-{found[2]}{found[4] or ''}"
    if old := _old_day(strip_time(normalise(text))):
        return old
    read = read_date(float(text) if re.fullmatch(r"\d{5}(\.\d+)?", text) else text)
    return read.day.isoformat() if read else None


def _old_day(text: str) -> str | None:
    """Return a day of before 1906, which elsewhere is taken for a slip: charities are older than cells for dates."""
    if found := _OLD.fullmatch(text):
        year, month, day_of = map(int, found.groups())
    elif found := _OLD_DAY_FIRST.fullmatch(text):
        day_of, month, year = map(int, found.groups())
        if month > 12:
            day_of, month = month, day_of
    else:
        return None
    try:
        return date(year, month, day_of).isoformat()
    except ValueError:
        return None


def date_order(texts: Iterable[str]) -> str | None:
    """Return whether day or month comes first, by numbers above 12: "dmy" or "mdy".

    "" where it stays open or both are there, None where no date is written so.

    >>> date_order(["3/4/2026", "31/12/2025"]), date_order(["12/31/2025"]), date_order(["3/4/2026"])
    ('dmy', 'mdy', '')
    >>> date_order(["31/12/2025", "12/31/2025"]), date_order(["2026-03-31", ""])
    ('', None)
    """
    pairs = {tuple(map(int, found.groups())) for text in texts if (found := _TWO_AND_YEAR.fullmatch(normalise(text)))}
    said = {"dmy" if pair[0] > 12 else "mdy" for pair in pairs if max(pair) > 12}
    if not pairs:
        return None
    return said.pop() if len(said) == 1 else ""


def parts_of(text: str, separator: str | None = None) -> list[str]:
    """Return the items of a list in one cell.

    >>> parts_of("SY; TR"), parts_of("bank, cash", ",")
    (['SY', 'TR'], ['bank', 'cash'])
    """
    found = text.split(separator) if separator else _LIST.split(text)
    return [part.strip() for part in found if part.strip()]


def yes_no(text: str, method: Method) -> bool | None:
    """Yes or no in three languages."""
    plain = normalise(text)
    return True if plain in _words(method.yes) else False if plain in _words(method.no) else None


def is_blank(text: str, method: Method) -> bool:
    """Return whether a text says that nothing is known."""
    return normalise(text) in _words(method.blank)


def items_of(
    text: str, read: Callable[[str], str | None], method: Method, separator: str | None = None
) -> list[str | None]:
    """Return what each item of a list is read as, None where it cannot be read; marks for nothing are no items.

    >>> from fatf_kit.npo.method.load import load_method
    >>> items_of("SY; n/a; Narnia", country, load_method())
    ['SY', None]
    """
    found = ((part, read(part)) for part in parts_of(text, separator))
    return [code for part, code in found if code is not None or not is_blank(part, method)]


def country(text: str) -> str | None:
    """Return the ISO 3166-1 alpha-2 code behind a code or a name in one of the languages.

    Names as the United Nations write them, and older ones, are read too.

    >>> country("SYR"), country("سوريا"), country("Syrian Arab Republic"), country("Atlantis")
    ('SY', 'SY', 'SY', None)
    """
    return _countries().get(strip_accents(text)) or _find_by_other_name(text)


def code_reader(column: RegisterColumn, own: Mapping[str, str] | None = None) -> Callable[[str], str | None]:
    """Reads one code of a column by code or by name in any language; `own` are the register's own spellings first.

    A spelling that ends in "*" stands for all texts that begin like it; the longest goes first.

    >>> column = RegisterColumn(id="x", type="code", group="", name={}, help={})
    >>> reads = code_reader(column, {"Q*": "other", "Q3*": "relief"})
    >>> reads("Q33"), reads("Q20"), reads("X20")
    ('relief', 'other', None)
    """
    known = {normalise(text): code.code for code in column.codes for text in (*code.name.values(), code.code)}
    known |= {normalise(text): code for text, code in (own or {}).items()}
    prefixes = sorted((text[:-1] for text in known if text.endswith("*")), key=len, reverse=True)
    if not prefixes:
        return lambda text: known.get(normalise(text))

    def read(text: str) -> str | None:
        plain = normalise(text)
        if plain in known:
            return known[plain]
        return next((known[f"{prefix}*"] for prefix in prefixes if plain.startswith(prefix)), None)

    return read


@cache
def _words(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(normalise(word) for word in words)


def strip_accents(text: str) -> str:
    """Return a text in small letters without accents, for comparing names and words."""
    plain = unicodedata.normalize("NFKD", normalise(text).replace("’", "'"))
    return "".join(character for character in plain if not unicodedata.combining(character))


@cache
def _find_by_other_name(text: str) -> str | None:
    """Return the code of a country by a long, official or older name."""
    code = find_country(text)
    return _countries().get(code.casefold()) if code else None


@cache
def _countries() -> Mapping[str, str]:
    from babel import Locale
    from babel.core import get_global

    found: dict[str, str] = {}
    for language in reversed(LANGUAGES):
        for code, name in Locale.parse(language).territories.items():
            if re.fullmatch(r"[A-Z]{2}", code) and code not in _NO_COUNTRY:
                found[strip_accents(name)] = code
                found[code.casefold()] = code
    codes = set(found.values())
    for alias, territories in get_global("territory_aliases").items():
        if re.fullmatch(r"[A-Z]{3}", alias) and len(territories) == 1 and territories[0] in codes:
            found.setdefault(alias.casefold(), territories[0])
    extra = {"gb": "GB", "uk": "GB", "usa": "US", "uae": "AE"}
    return MappingProxyType(found | extra)
