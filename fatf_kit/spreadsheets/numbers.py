"""Numbers as people type them: with thousands set apart, in Arabic digits, with a point or a comma for decimals."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from fatf_kit.core.languages import clean

_SPACES = re.compile(r"(?<=\d)[ '’](?=\d{3}(?!\d))")
_MARKS = str.maketrans({"٫": ".", "٬": ","})
_PLAIN = re.compile(r"-?\d+")
_GROUPED = re.compile(r"-?\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*")
_MIXED = re.compile(r"(-?\d{1,3}(?:([.,])\d{3})+)(?!\2)[.,](\d+)")
_DECIMAL = re.compile(r"(-?\d+)[.,](\d+)")
_DASHES = {"-", "–", "—"}
_LONGEST = 40


class NumberFault(StrEnum):
    """Why a cell gives no number."""

    UNKNOWN = "unknown"
    UNCLEAR = "unclear"
    NEGATIVE = "negative"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadNumber:
    """The number from 0 up in a cell, or why there is none."""

    value: float | None = None
    fault: NumberFault | None = None


def read_number(value: object, *, whole: bool = False) -> ReadNumber:
    """Return the number in a cell. Where thousands and decimals cannot be distinguished, nothing is guessed.

    `whole` says that things are counted: then a point or a comma before three digits sets thousands apart.

    >>> read_number("١٬٢٠٠", whole=True).value, read_number("1 234,5").value, read_number("1,500", whole=True).value
    (1200, 1234.5, 1500)
    >>> read_number("1.234").fault, read_number(-2).fault, read_number("many").fault
    (<NumberFault.UNCLEAR: 'unclear'>, <NumberFault.NEGATIVE: 'negative'>, <NumberFault.UNKNOWN: 'unknown'>)
    """
    if isinstance(value, bool | date):
        return ReadNumber(fault=NumberFault.UNKNOWN)
    found = value if isinstance(value, int | float) else _in_text(str(value), whole=whole)
    if isinstance(found, NumberFault):
        return ReadNumber(fault=found)
    if not math.isfinite(found):
        return ReadNumber(fault=NumberFault.UNKNOWN)
    return ReadNumber(fault=NumberFault.NEGATIVE) if found < 0 else ReadNumber(value=found)


def _in_text(text: str, *, whole: bool) -> float | NumberFault:
    plain = _SPACES.sub("", clean(text).translate(_MARKS).replace("\u2212", "-"))
    if len(plain) > _LONGEST or plain in _DASHES:
        return NumberFault.UNKNOWN
    if _PLAIN.fullmatch(plain):
        return int(plain)
    if found := _MIXED.fullmatch(plain):
        return float(f"{re.sub('[.,]', '', found[1])}.{found[3]}")
    if found := _GROUPED.fullmatch(plain):
        if plain.count(found[1]) > 1 or whole:
            return int(re.sub("[.,]", "", plain))
        return NumberFault.UNCLEAR
    if found := _DECIMAL.fullmatch(plain):
        return float(f"{found[1]}.{found[2]}")
    return NumberFault.UNKNOWN
