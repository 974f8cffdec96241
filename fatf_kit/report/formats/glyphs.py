"""Which characters can be set on paper, and what stands for those that cannot.

A paper after PDF/UA may not hold a character without a picture. An emoji in a narrative is told by its name instead, so
that nothing is lost.
"""

from __future__ import annotations

import re
import unicodedata

from fatf_kit.locale import readable
from fatf_kit.report.draw.style import letters

FONT = "IBM Plex Sans Arabic"
"""Comes with us; Latin and Arabic."""

FURTHER_FONT = "DejaVu Sans"
"""Comes with matplotlib; Greek, Cyrillic, Hebrew, symbols."""

_INVISIBLE = re.compile(r"[\t\u200e\u200f]")
_COMMON = re.compile(r"[\n\x20-\x7e\xa0-\xff\u0600-\u06ff\u2010-\u2026]*")


def settable(text: str) -> str:
    r"""The text without invisible marks, a character that no font has told by its name in brackets.

    >>> settable("paid\u202e at the \U0001f3e6\x00")
    'paid at the [bank]'
    """
    text = _INVISIBLE.sub("", readable(text))
    if _COMMON.fullmatch(text):
        return text
    known = letters()
    return "".join(letter if letter in known or letter == "\n" else _named(letter) for letter in text)


def _named(letter: str) -> str:
    if unicodedata.category(letter) in ("Mn", "Cf"):  # a mark on the letter before it, or a joiner
        return ""
    return f"[{unicodedata.name(letter, f'U+{ord(letter):04X}').lower()}]"
