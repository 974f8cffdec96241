"""Rows of a register that are no organisation: totals, lines of pages and sources, and repeated headings.

Such rows have few filled cells. So only those are looked at closely, and each is rejected with its reason and counted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from fatf_kit.core.json_files import load_value
from fatf_kit.core.languages import normalise
from fatf_kit.core.resources import data_folder

HEADINGS_AGAIN = "it repeats the headings"
NO_BODY = "it is a total, or the line of a page or a source"
ONE_CELL = "it has one filled cell only"
OTHER_SEPARATOR = "its cells are separated by another character"

FEW = 3
"""A row with more filled cells than this is an organisation, whatever is written in it."""
NARROW = 3
"""In a register with fewer columns one filled cell is usual."""
_SEPARATORS = (b",", b";", b"\t", b"|")


def explain_row(filled: Sequence[bytes], separator: bytes, width: int) -> str:
    """Return why a row with few filled cells is no organisation; empty where it may be one.

    >>> explain_row([b"Total", b"2000"], b",", 32), explain_row([b"RU-01;association;active;12"], b",", 4)
    ('it is a total, or the line of a page or a source', 'its cells are separated by another character')
    >>> explain_row([b"Total Relief", b"active"], b",", 32), explain_row([b"Noor Club"], b",", 32)
    ('', 'it has one filled cell only')
    """
    if not filled or len(filled) > FEW:
        return ""
    first = filled[0]
    if len(filled) == 1 and any(first.count(sign) * 2 >= width - 1 > 1 for sign in _SEPARATORS if sign != separator):
        return OTHER_SEPARATOR
    if _is_no_body(first.strip(b'" ').decode(errors="replace")):
        return NO_BODY
    return ONE_CELL if len(filled) == 1 and width >= NARROW else ""


def _is_no_body(text: str) -> bool:
    return bool(_pattern().fullmatch(normalise(text)))


@cache
def _pattern() -> re.Pattern[str]:
    """Return the pattern of such lines: a word with numbers around it, or a word with a colon and anything."""
    words = load_value(data_folder("frameworks") / "npo" / "headings.json", dict, "npo-headings.schema.json")["no_body"]
    numbered, opening = (
        "|".join(re.escape(normalise(word)) for language in words[kind].values() for word in language)
        for kind in ("numbered", "opening")
    )
    return re.compile(rf"(?:(?:{numbered})[\W\d]*)+|(?:{opening})\s*:.*", re.DOTALL)
