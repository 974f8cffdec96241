"""Which characters can be set on paper, and what stands for those that cannot.

A paper after PDF/UA may not hold a character without a picture. An emoji in a narrative is told by its name instead, so
that nothing is lost.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

FONT = "IBM Plex Sans Arabic"
"""Comes with us; Latin and Arabic."""

FURTHER_FONT = "DejaVu Sans"
"""Comes with matplotlib; Greek, Cyrillic, Hebrew, symbols."""

_OURS = Path(__file__).resolve().parent.parent / "assets" / "fonts"
_CONTROL = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_COMMON = re.compile(r"[\n\x20-\x7e\xa0-\xff\u0600-\u06ff\u2010-\u2026]*")


def font_folders() -> tuple[Path, ...]:
    """Where the fonts are: ours, and those that come with matplotlib."""
    import matplotlib as mpl

    return _OURS, Path(mpl.get_data_path()) / "fonts" / "ttf"


def settable(text: str) -> str:
    r"""The text without invisible marks, a character that no font has told by its name in brackets.

    >>> settable("paid\u202e at the \U0001f3e6\x00")
    'paid at the [bank]'
    """
    text = _CONTROL.sub("", text)
    if _COMMON.fullmatch(text):
        return text
    known = _letters()
    return "".join(letter if letter in known or letter == "\n" else _named(letter) for letter in text)


def _named(letter: str) -> str:
    if unicodedata.category(letter) in ("Mn", "Cf"):  # a mark on the letter before it, or a joiner
        return ""
    return f"[{unicodedata.name(letter, f'U+{ord(letter):04X}').lower()}]"


@cache
def _letters() -> frozenset[str]:
    """Every character that one of the two fonts has, in both weights."""
    from fontTools.ttLib import TTFont

    ours, further = font_folders()
    families = (
        [ours / f"IBMPlexSansArabic-{weight}.ttf" for weight in ("Regular", "Bold")],
        [further / name for name in ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")],
    )
    found: set[int] = set()
    for files in families:
        maps = []
        for file in files:
            with TTFont(file, lazy=True) as font:
                maps.append(set(font.getBestCmap()))
        found |= set.intersection(*maps)
    return frozenset(map(chr, found))
