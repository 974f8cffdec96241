"""Marks by which sheets are recognised whatever their titles, and the sign inside headings."""

from __future__ import annotations

import re

MARK_PREFIX = "fatf-kit:"
STAMP_MARK = "fatf-kit:stamp"
COVER_MARK = "fatf-kit:cover"
CONTENTS_MARK, SUMMARY_MARK = "fatf-kit:contents", "fatf-kit:summary"
CHOICES_MARK = "fatf-kit:lists"
CARRIED_MARK, KEPT_MARK = "fatf-kit:carried", "fatf-kit:kept"
PRINTED_MARK = "fatf-kit:printed"
OVERVIEW_MARK = "fatf-kit:overview"
"""On a protected sheet that only shows what other sheets of the workbook hold; it is not read."""

HEADING_BREAK = "·"
"""Between a heading and a link in the same cell: LibreOffice drops line breaks from cells with links."""

HEADING_BREAKS = re.compile(rf"[\n{HEADING_BREAK}]")
"""Between the pieces of a heading, of which one is the column's own."""
