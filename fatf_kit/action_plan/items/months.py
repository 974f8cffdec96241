"""Months as people type them in the plans: deadlines, cycles, and when assistance is wanted."""

from __future__ import annotations

import re

from fatf_kit.core.languages import normalise
from fatf_kit.spreadsheets.dates import read_date

_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})")


def parse_month(text: str) -> str | None:
    """Return a month as "YYYY-MM"; None for a text that is not one. A day counts for its month.

    >>> parse_month("2027-05"), parse_month("2027/6"), parse_month("2027-05-01"), parse_month("soon")
    ('2027-05', '2027-06', '2027-05', None)
    """
    plain = normalise(text)
    if found := _MONTH.fullmatch(plain):
        return f"{found[1]}-{int(found[2]):02}" if 1 <= int(found[2]) <= 12 else None
    read = read_date(plain)
    return f"{read.day:%Y-%m}" if read else None
