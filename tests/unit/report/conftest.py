"""The example country, scored once for the tests of reports."""

from __future__ import annotations

import pytest

from fatf_kit import ScoringResult
from fatf_kit.report.model import Report
from tests.examples import score_example


@pytest.fixture(scope="session")
def scored() -> ScoringResult:
    """The example country, with its agencies and decisions."""
    return score_example()


@pytest.fixture(scope="session")
def report(scored: ScoringResult) -> Report:
    """Its report in English."""
    return scored.report(generated_at="2026-11-24T15:00+00:00")
