"""Results for the examples that many tests only read, made once in each process of a run.

Reading and scoring an example takes about a second. A second process makes its own result, because that is cheaper than
a copy in a file that the processes share and wait for.
"""

from __future__ import annotations

from functools import cache

from fatf_kit import ScoringResult, score, statistics_report
from fatf_kit.core.problems import Problem
from fatf_kit.core.resources import data_folder
from fatf_kit.report.model import Report

NOW = "2026-11-24T15:00+00:00"
"""The moment at which reports on the examples are made."""


@cache
def score_example(name: str = "ruritania") -> ScoringResult:
    """Return the scored assessment of a folder, or workbook, in examples/. The result is frozen."""
    return score(data_folder("examples") / name)


@cache
def report_statistics(name: str = "ruritania", language: str = "en") -> tuple[Report, tuple[Problem, ...]]:
    """Return the report on the figures of a folder in examples/, with the problems found. Both are frozen."""
    return statistics_report(data_folder("examples") / name, generated_at=NOW, language=language)
