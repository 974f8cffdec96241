"""The characters that can be set on paper, and the names printed for those that cannot.

A paper after PDF/UA may not hold a character without a picture. An emoji in a narrative is printed by its name instead,
so that nothing is lost.
"""

from __future__ import annotations

import re

from fatf_kit.core.languages import remove_unreadable
from fatf_kit.report.charts.style import list_letters, name_letter

FONT = "IBM Plex Sans Arabic"
"""Comes with us; Latin and Arabic."""

FURTHER_FONT = "DejaVu Sans"
"""Comes with matplotlib; Greek, Cyrillic, Hebrew, symbols."""

_INVISIBLE = re.compile(r"[\t\u200e\u200f]")
_COMMON = re.compile(r"[\n\x20-\x7e\xa0-\xff\u0600-\u06ff\u200b\u2010-\u2026]*")
_BREAK = "\u200b"
_LONG_WORD = re.compile(r"[^\s\u0600-\u06ff-]{48,}")
"""Arabic letters join and are left alone."""


def make_settable(text: str) -> str:
    r"""Return the text without invisible marks, with a character that no font has replaced by its name in brackets.

    >>> make_settable("paid\u202e at the \U0001f3e6\x00")
    'paid at the [bank]'
    """
    text = _LONG_WORD.sub(_breakable, _INVISIBLE.sub("", remove_unreadable(text)))
    if _COMMON.fullmatch(text):
        return text
    known = list_letters()
    return "".join(letter if letter in known or letter in ("\n", _BREAK) else name_letter(letter) for letter in text)


def _breakable(word: re.Match[str]) -> str:
    """Return a word longer than a line, which would run off the page, with a place to break after each letter."""
    return _BREAK.join(word[0])
