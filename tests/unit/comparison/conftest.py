"""The example scored, which the comparisons change by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from fatf_kit import ScoringResult
from tests.examples import score_example

RURITANIA = Path(__file__).parents[3] / "examples" / "ruritania" / "workbook" / "ruritania-2022.xlsx"


@pytest.fixture(scope="session")
def scored() -> ScoringResult:
    """The example scored."""
    return score_example("ruritania/workbook")
