"""The plain form in which texts and words are compared.

Accents, case, Arabic marks, kinds of dash and the letters that a PDF exchanges make no difference in it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from fatf_kit.core.languages import clean

_SUPERSCRIPTS = re.compile("[\u00b2\u00b3\u00b9\u2070-\u2079]+")
_DASHES = re.compile("[\u2010-\u2015\u2212\u2500\ufe58\uff0d]")
_LETTERS = str.maketrans({"ى": "ي", "ة": "ه", "ٱ": "ا", "ـ": "", "’": "'", "‘": "'", "`": "'"})
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff]")


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """Return a text in the plain form in which texts and words are compared.

    A PDF often gives lam-alef in the wrong order, so that both orders become one.

    >>> fold("Critère  10.7 — Évalué²"), fold("المعيار ١٠-٧") == fold("الـمعيار 10–7")
    ('critere 10.7 - evalue', True)
    """
    plain = _DASHES.sub("-", _SUPERSCRIPTS.sub("", text))
    plain = unicodedata.normalize("NFKD", clean(plain))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return clean(plain.translate(_LETTERS).replace("لا", "ال")).casefold()


_LONGEST_END = 100
"""Letters at the end of a line in which its last marks are."""


def has_end(text: str, pattern: re.Pattern[str]) -> bool:
    r"""Return whether a text ends as a pattern says, which ends with "$" itself.

    Only the last letters are searched, because a search through a long line of marks begins anew at each of them.

    >>> has_end("They count ships.)", re.compile(r"[.;]\W*$")), has_end("ships. And", re.compile(r"[.;]\W*$"))
    (True, False)
    """
    return pattern.search(text[-_LONGEST_END:]) is not None


def is_right_to_left(text: str) -> bool:
    """Return whether a line has a letter of a script that runs from right to left."""
    return _RIGHT_TO_LEFT.search(text) is not None


def match_any(words: Iterable[str]) -> str:
    """Return a pattern for any of some words in folded text, the longest first; a space may be a hyphen or nothing."""
    plain = sorted({fold(word) for word in words}, key=lambda word: (-len(word), word))
    patterns = (re.sub(r"\\[ -]", r"[\\s-]*", re.escape(word)) for word in plain)
    return f"(?:{'|'.join(patterns)})"
