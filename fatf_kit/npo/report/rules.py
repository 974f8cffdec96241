"""The rules of the report: which counts are hidden, how many rows tables show, and the questions of assessors.

Source: frameworks/npo/report.json.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from fatf_kit.npo.measures.catalogue import load_npo_data
from fatf_kit.npo.method.load import Limit


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessorQuestion:
    """A question of assessors: its requirement, the sections that answer it, and what the country has to add."""

    requirement: str
    answered_by: tuple[str, ...]
    asks: str
    bring: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRules:
    """Counts below `small_cells` are hidden; tables of segments and columns show so many rows."""

    small_cells: Limit
    segments_shown: Limit
    columns_shown: Limit
    questions: tuple[AssessorQuestion, ...]


@cache
def load_report_rules(language: str = "en") -> ReportRules:
    """Return the rules, questions in one language.

    Raises:
        FrameworkError: the file is at odds with its schema.
    """
    return load_npo_data("report", ReportRules, language)
