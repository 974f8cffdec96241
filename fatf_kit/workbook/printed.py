"""Fingerprints of what fatf-kit wrote where nothing is asked: by them words that somebody typed there are known.

They lie on a very hidden sheet of workbooks whose texts cannot be worked out again when they are read. A file without
it, of an earlier version, has none.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from functools import lru_cache

from fatf_kit.locale import clean
from fatf_kit.spreadsheets.marks import PRINTED_MARK
from fatf_kit.spreadsheets.sheet import Sheet

_SHEET = "_printed"
_LINE = "line-"
_WIDEST = 12  # columns among which the first text of a row stands


def fingerprint(*parts: object) -> str:
    r"""The fingerprint of a text, and of the place that it belongs to where that is given before it.

    The same whatever a program made of the spaces between its words.

    >>> fingerprint("R.1", "Bank: met") == fingerprint("R.1", " Bank:\nmet "), fingerprint("R.1") == fingerprint("R.2")
    (True, False)
    """
    return hashlib.sha256("\0".join(clean(str(part)) for part in parts).encode()).hexdigest()[:16]


@lru_cache(maxsize=1_024)  # the workbooks of agencies that are asked the same have the same lines
def line_print(line: str) -> str:
    """The fingerprint of a line that may stand in any cell, told apart from those of texts that belong to a place."""
    return f"{_LINE}{fingerprint(line)}"


def lines_of(prints: Collection[str] | None) -> frozenset[str] | None:
    """The fingerprints of lines among these; None where there are none, so that nothing is known of lines.

    >>> lines_of({fingerprint("You lead.")}) is None, line_print("You  lead.") in lines_of({line_print("You lead.")})
    (True, True)
    """
    return frozenset(one for one in prints or () if one.startswith(_LINE)) or None


def is_printed_sheet(sheet: Sheet) -> bool:
    """Whether a sheet holds the fingerprints."""
    return bool(sheet.rows_with(frozenset({PRINTED_MARK})))


def printed_in(sheets: Sequence[Sheet]) -> frozenset[str] | None:
    """The fingerprints in a workbook; None where it has none."""
    for sheet in reversed(sheets):  # where they nearly always are
        if is_printed_sheet(sheet):
            return frozenset(map(str, sheet.distinct))
    return None
