"""The example country, scored once for the tests of reports."""

from __future__ import annotations

import pytest

import fatf_kit
from fatf_kit import ScoringResult
from fatf_kit.core.resources import data_folder
from fatf_kit.report.model import Report


@pytest.fixture(scope="session")
def scored() -> ScoringResult:
    """The example country, with its agencies and decisions."""
    return fatf_kit.score([data_folder("examples") / "ruritania"])


@pytest.fixture(scope="session")
def report(scored: ScoringResult) -> Report:
    """Its report in English."""
    return scored.report(generated_at="2026-11-24T15:00+00:00")
