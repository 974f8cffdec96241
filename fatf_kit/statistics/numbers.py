"""What a filled cell says: a number, that there is none, or something that cannot be used."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date

from fatf_kit.locale import clean, code_for
from fatf_kit.spreadsheets.sheet import CellValue
from fatf_kit.statistics.figures import NoFigure, Number
from fatf_kit.statistics.model import Unit

_SPACES = re.compile(r"(?<=\d)[ '’](?=\d{3}(?!\d))")
_MARKS = str.maketrans({"٫": ".", "٬": ","})
_PLAIN = re.compile(r"-?\d+")
_GROUPED = re.compile(r"-?\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*")
_MIXED = re.compile(r"(-?\d{1,3}(?:([.,])\d{3})+)(?!\2)[.,](\d+)")
_DECIMAL = re.compile(r"(-?\d+)[.,](\d+)")
_DASHES = {"-", "–", "—"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A number, or `none` for the word that there is none, or `fault`, a code of a Problem."""

    value: Number | None = None
    none: NoFigure | None = None
    fault: str = ""


def read_figure(value: CellValue, unit: Unit) -> Reading:
    """The figure in a cell. Where thousands and decimals cannot be told apart, nothing is guessed.

    >>> read_figure("١٬٢٠٠", Unit.NUMBER).value, read_figure("1 234,5", Unit.AMOUNT).value, read_figure(0, Unit.NUMBER)
    (1200, 1234.5, Reading(value=0, none=None, fault=''))
    >>> read_figure("1.234", Unit.AMOUNT).fault, read_figure("n/a", Unit.NUMBER).none
    ('figure-unclear', <NoFigure.NOT_AVAILABLE: 'not available'>)
    """
    if isinstance(value, bool | date):
        return Reading(fault="figure-unknown")
    if isinstance(value, str):
        if code := code_for("no_figure", value):
            return Reading(none=NoFigure(code))
        number = _number(value, whole=unit is Unit.NUMBER)
        if isinstance(number, Reading):
            return number
    else:
        number = value
    if not math.isfinite(number):
        return Reading(fault="figure-unknown")
    return Reading(fault="figure-negative") if number < 0 else Reading(value=number)


def _number(text: str, *, whole: bool) -> Number | Reading:
    """The number a text stands for. A comma or point before three digits parts thousands where things are counted."""
    plain = _SPACES.sub("", clean(text).translate(_MARKS).replace("\u2212", "-"))
    if len(plain) > 40 or plain in _DASHES:
        return Reading(fault="figure-unknown")
    if _PLAIN.fullmatch(plain):
        return int(plain)
    if found := _MIXED.fullmatch(plain):
        return float(f"{re.sub('[.,]', '', found[1])}.{found[3]}")
    if found := _GROUPED.fullmatch(plain):
        if plain.count(found[1]) > 1 or whole:
            return int(re.sub("[.,]", "", plain))
        return Reading(fault="figure-unclear")
    if found := _DECIMAL.fullmatch(plain):
        return float(f"{found[1]}.{found[2]}")
    return Reading(fault="figure-unknown")
