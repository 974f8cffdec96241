"""The first page: the distance to each threshold, and the days that are ahead."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from fatf_kit import paper
from fatf_kit.core.messages import Translator
from fatf_kit.evaluation_calendar.settings import PlanSettings
from fatf_kit.evaluation_calendar.timetable import build_schedule, load_timetable
from fatf_kit.papers.folder_facts import FolderState, collect_folder_facts
from fatf_kit.papers.report_input import PaperInput
from fatf_kit.papers.verdict import build_verdict
from fatf_kit.report.model import DocumentTable, KeyFigures
from tests.examples import score_example

T = Translator("en")


@pytest.fixture(scope="module")
def given() -> PaperInput:
    """The input of the example's report, without anything around it."""
    return score_example().paper_input(generated_at="2026-11-28")


def figures(given: PaperInput) -> list[tuple[str, str, str]]:
    """The key figures of the first page."""
    block = next(one for one in build_verdict(given, T).blocks if isinstance(one, KeyFigures))
    return [(figure.value, figure.label, figure.detail) for figure in block.figures]


def test_each_threshold_has_its_distance_at_both_ends(given: PaperInput) -> None:
    """Of several counts, all of which have to be reached, the one that is furthest from its limit decides."""
    blocks = build_verdict(given, T).blocks
    table = next(b for b in blocks if isinstance(b, DocumentTable) and b.id == "first-thresholds")
    rows = [" | ".join(cell.text for cell in row.cells) for row in table.rows]
    assert rows[0] == "Recommendations rated PC | enhanced | 5 | 15 (10 above) | 12 (7 above)"
    limit = "1 (at the limit)"
    assert rows[2] == f"key Recommendations rated PC | enhanced | 1 | {limit} | {limit}"
    assert rows[7] == "outcomes rated LE or ME | ICRG | 9 / 2 | 11 / 5 (2 above) | 8 / 1 (1 below)"


def test_days_to_the_visit_and_to_or_since_a_submission(given: PaperInput) -> None:
    """The submission that is overdue, else the next; the visit while it is ahead; nothing where no date is known."""
    days = {"tc-submission": date(2026, 9, 1), "effectiveness-submission": date(2026, 11, 29)}

    def figures_on(day: str, **own: date) -> list[tuple[str, str, str]]:
        named = {name.replace("_", "-"): day for name, day in own.items()}
        settings, visit = PlanSettings(dates=days | named), date(2027, 3, 1)
        schedule = build_schedule(load_timetable("fatf-2022"), settings, visit=visit)
        dated = replace(given, generated_at=day, schedule=schedule)
        facts = collect_folder_facts(dated, None, FolderState())
        return [figure for figure in figures(replace(dated, known_facts=facts)) if "day" in figure[1]]

    undated = replace(given, schedule=None, assessment=replace(given.assessment, cut_off=None))
    facts = collect_folder_facts(undated, None, FolderState())
    assert [label for _, label, _ in figures(replace(undated, known_facts=facts)) if "day" in label] == []
    visit = ("93", "days to the on-site visit", "1 March 2027")
    assert figures_on("2026-11-28") == [("88", "days since the submission was due", "1 September 2026"), visit]
    both = {"effectiveness_submission": date(2026, 12, 5), "tc_submission": date(2026, 12, 1)}
    assert figures_on("2026-11-28", **both) == [("3", "days to the technical submission", "1 December 2026"), visit]
    assert len(figures_on("2027-03-02", **both)) == 1


def test_report_and_brief_have_the_same_dates() -> None:
    """One schedule: the visit of the folder, also where a paper with a plan counts from the cut-off date."""
    scored = score_example()
    gap, brief = (paper(scored, kind, generated_at="2026-11-28") for kind in ("gap", "deck"))
    assert gap.summary
    figured = [block for block in gap.summary.blocks if isinstance(block, KeyFigures)]
    days = [figure.detail for block in figured for figure in block.figures]
    tables = (b for s in brief.sections for b in s.blocks if isinstance(b, DocumentTable))
    table = next(one for one in tables if one.id == "dates")
    assert "1 March 2027" in days
    assert "1 March 2027" in [row.cells[0].text for row in table.rows]
