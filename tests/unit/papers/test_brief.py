"""The minister's brief: three decisions with owner and date, one chart whose title is its message."""

from __future__ import annotations

from datetime import date

import pytest

from fatf_kit import ScoringResult, paper
from fatf_kit.outlook.sources import count_good_units
from fatf_kit.report.model import Document, DocumentTable, walk_sections
from tests.examples import score_example

NOW = "2026-11-28"
CUT_OFF = date(2027, 3, 19)


@pytest.fixture(scope="module")
def scored() -> ScoringResult:
    """The folder of the fictional country."""
    return score_example()


def decisions(document: Document) -> list[tuple[str, ...]]:
    """The rows of the table of decisions, with the remark on each date."""
    blocks = [block for section in walk_sections(document.sections) for block in section.blocks]
    table = next(block for block in blocks if isinstance(block, DocumentTable))
    rows = (row.cells for row in table.rows)
    return [(*(cell.text for cell in cells), cells[2].day, cells[2].detail) for cells in rows]


def test_three_decisions_have_owner_date_and_effect(scored: ScoringResult) -> None:
    """Evidence first; a measure in time before one that is too late, which is said."""
    found = decisions(paper(scored, "brief", generated_at=NOW))
    assert [row[0][:42] for row in found] == [
        "Instruct the agencies to complete 50 tasks",
        "Publish sector guidelines and renew them a",
        "Bring every sector and activity under the ",
    ]
    assert found[1][1] == "Financial Intelligence Unit of Ruritania"
    assert [date.fromisoformat(row[4]) > CUT_OFF for row in found] == [False, False, True]
    assert [row[5] for row in found] == ["", "", "after the cut-off date"]
    assert found[2][3] == "raises 3 ratings: R.18, R.22, R.23"


def test_the_title_of_the_chart_is_the_number_that_it_draws(scored: ScoringResult) -> None:
    """Good ratings that only evidence separates from being shown."""
    chart = next(paper(scored, "brief", generated_at=NOW).charts())
    claimed = sum(one.claimed for one in count_good_units(scored.assessment))
    assert chart.title == f"{claimed} good ratings depend on evidence that is not on file"
    assert sum(series.values[1] or 0 for series in chart.series) == claimed


def test_past_submissions_are_reported_as_due(scored: ScoringResult) -> None:
    """The dates count from the day of the paper."""
    early = " ".join(str(paper(scored, "brief", generated_at="2026-08-01")).split())
    late = " ".join(str(paper(scored, "brief", generated_at=NOW)).split())
    assert "other material: 1 September 2026." in early
    assert "other material: was due on 1 September 2026." in late
    assert "111 days are left until the visit ends on 19 March 2027" in late
