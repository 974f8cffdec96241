"""Ratings as FATF publishes them: facts about reports, kept apart from what a country claims or can show."""

from fatf_kit.published.catalog import find_report, find_reports
from fatf_kit.published.fatf_workbook import read_fatf_workbook
from fatf_kit.published.history import (
    PublishedChange,
    complete_outcomes,
    find_changes,
    find_newest,
    mark_current,
    sort_by_date,
)
from fatf_kit.published.loader import load_published, read_published, write_published
from fatf_kit.published.model import PublishedRating, PublishedReport, ReportKind, ReportType

__all__ = [
    "PublishedChange",
    "PublishedRating",
    "PublishedReport",
    "ReportKind",
    "ReportType",
    "complete_outcomes",
    "find_changes",
    "find_newest",
    "find_report",
    "find_reports",
    "load_published",
    "mark_current",
    "read_fatf_workbook",
    "read_published",
    "sort_by_date",
    "write_published",
]
