"""Results for the examples that many tests only read, made once in each process of a run."""

from __future__ import annotations

from functools import cache

from fatf_kit import ScoringResult, score
from fatf_kit.core.resources import data_folder


@cache
def score_example(name: str = "ruritania") -> ScoringResult:
    """Return the scored assessment of a folder, or workbook, in examples/. The result is frozen."""
    return score(data_folder("examples") / name)
