"""The contract between the sheets of a rehearsal and their reader: columns, keys, ids and seals.

Cells are found by the hidden keys and by the ids in their rows, never by position. A seal tells whether words that we
printed are still the same; it guards against accidents, not against forgery.
"""

from __future__ import annotations

import hashlib
import re

from fatf_kit.locale import normalise
from fatf_kit.mock.model import Why
from fatf_kit.workbook.layout import Column, ColumnKind

SHEETS_VERSION = 1
"""Raised whenever an older fatf-kit could not read newer sheets."""

STAMP_KIND = "mock"
"""How the stamp of these workbooks begins to say what they are: "mock IO.6"."""

PRINTED = "printed"
"""On the stamp, beside its own fields: the seals of everything that the cover says."""

NAMES = "agencies"
"""On the stamp too: the names of agencies by id and language, as JSON, for the debrief."""

"""On the cover, in its hidden first column."""

COLUMNS = tuple(
    Column(key=key, kind=kind, width=width)
    for key, kind, width in (
        ("id", ColumnKind.ID, 14),
        ("agency", ColumnKind.ID, 11),
        ("question", ColumnKind.FIXED, 50),
        ("probe", ColumnKind.FIXED, 26),
        ("strong", ColumnKind.FIXED, 34),
        ("score", ColumnKind.LIST, 14),
        ("note", ColumnKind.TEXT, 38),
        ("mark", ColumnKind.FIXED, 9),
    )
)
"""Columns of a sheet. "mark" is hidden: the seal of the row's words, and whether it is spare."""

NEEDED = ("id", "agency", "score", "note")
"""Columns without which nothing can be read."""

FIELDS = ("country", "edition", "outcome", "panel", "assessors", "officials")
"""Fields of the cover; the last two are asked, the others printed."""

ASKED_FIELDS = ("assessors", "officials")

SPARE = "spare"

ISSUE_ID = re.compile(r"IO\.\d{1,2}/\d{1,2}\.\d{1,2}")
"""The id of a core issue, which stands in the row above its questions."""

_OWN = "|".join(why for why in Why if why is not Why.BANK)
_BANKED = r"(?:[a-z]+-\d{4}/)?Q\.\d{1,2}\.\d-\d"
_QUESTION_ID = re.compile(rf"({ISSUE_ID.pattern}):(?:{_BANKED}|({_OWN})-\d+)")


def read_id(text: str) -> tuple[str, Why] | None:
    """The core issue of a question and why it is asked, by its id; None for anything else.

    >>> read_id("IO.6/6.2:Q.6.2-1"), read_id("IO.6/6.2:conflict-1"), read_id("IO.6/6.2")
    (('IO.6/6.2', <Why.BANK: 'bank'>), ('IO.6/6.2', <Why.CONFLICT: 'conflict'>), None)
    """
    found = _QUESTION_ID.fullmatch(text)
    return (found[1], Why(found[2]) if found[2] else Why.BANK) if found else None


def seal_of(*texts: str) -> str:
    """A short fingerprint of words, whatever was done to spaces, case and invisible marks.

    >>> seal_of(" One", "two") == seal_of("one ", "Two")
    True
    """
    return hashlib.sha256("|".join(map(normalise, texts)).encode()).hexdigest()[:8]
