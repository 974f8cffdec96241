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


def test_decisions_can_still_count(scored: ScoringResult) -> None:
    """Evidence first, then a measure for a named gap that can be in force, then the gaps for which nothing can."""
    found = decisions(paper(scored, "brief", generated_at=NOW))
    desk = scored.facts(date.fromisoformat(NOW)).work
    assert desk
    assert found[0][0].startswith(f"Instruct the agencies to complete {desk.desk.in_time} tasks")
    assert "15.4" in found[1][0]
    assert [date.fromisoformat(row[4]) <= CUT_OFF for row in found[:2]] == [True, True]
    assert "→" in found[0][3]
    assert "→" in found[1][3]


def test_gaps_that_nothing_can_close_in_time_are_a_choice(scored: ScoringResult) -> None:
    """Accept them, or ask for a later visit, with what each costs."""
    last = decisions(paper(scored, "brief", generated_at=NOW))[-1]
    assert last[0].startswith(
        "Accept that the gaps in IO.8/8.5, R.7/7.1 and IO.11/11.3 cannot be closed before the visit ends"
    )
    assert "days after the visit ends" in last[0]
    assert (last[2], last[3][:41]) == ("at once", "If this is accepted, these ratings remain")


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
    assert "The submission on technical compliance is due on 1 September 2026." in early
    assert "The submission on technical compliance was due on 1 September 2026, 88 days ago." in late
    assert "The visit begins in 93 days, on 1 March 2027, and ends on 19 March 2027" in late
