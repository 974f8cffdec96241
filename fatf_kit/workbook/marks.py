"""The marks by which a reader knows a sheet that holds no table, whatever it is called, and one inside headings."""

from __future__ import annotations

COVER_MARK = "fatf-kit:cover"
CONTENTS_MARK, SUMMARY_MARK = "fatf-kit:contents", "fatf-kit:summary"
CHOICES_MARK = "fatf-kit:lists"
CARRIED_MARK, KEPT_MARK = "fatf-kit:carried", "fatf-kit:kept"
STATISTICS_MARK = "fatf-kit:statistics"
MOCK_MARK = "fatf-kit:mock"
PLAN_MARK = "fatf-kit:plan"
FOLLOW_UP_MARK = "fatf-kit:follow-up"

HEADING_BREAK = "·"
"""Between a heading and a link in the same cell: LibreOffice drops line breaks from cells with links."""
