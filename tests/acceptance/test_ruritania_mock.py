"""The made-up country's mock visit, end to end: planned from its folder, scored in two languages, debriefed."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from fatf_kit import score
from fatf_kit.core.json_files import check_json
from fatf_kit.core.messages import MADE_UP
from fatf_kit.core.resources import data_folder
from fatf_kit.examples.mock_sheets import plan_visit
from fatf_kit.mock_visit.model import MockQuestionReason, MockScore
from fatf_kit.report.model import DocumentTable
from fatf_kit.workflows.mock_visit import DebriefResult, MockVisit, find_contradictions, mock_debrief, mock_template
from tests.examples import score_example

HOME = data_folder("examples") / "ruritania" / "mock"
NOW = "2026-11-24T15:00+00:00"


@pytest.fixture(scope="module")
def visit() -> MockVisit:
    """The plan."""
    return plan_visit(HOME.parent)


@pytest.fixture(scope="module")
def debriefed() -> DebriefResult:
    """The shipped sheets, read."""
    return mock_debrief(HOME / "sheets")


@pytest.fixture(scope="module")
def source() -> Any:
    """Return the scores from which the sheets were made, read without our own reader."""
    return json.loads((HOME / "scores.json").read_text(encoding="utf-8"))


def test_plan_has_every_agency_and_outcome(visit: MockVisit) -> None:
    """The plan has interviews of eight agencies on eleven outcomes, and every interview has a time."""
    plan = visit.rehearsal
    assert plan.timetable.left == ()
    assert len({one.agency for one in plan.interviews}) == 8
    assert len(plan.outcomes) == 11
    assert plan.least <= plan.timetable.days <= plan.least + 2
    heavy = {one.outcome for one in plan.interviews if one.importance.value == "highly important"}
    assert heavy == {"IO.3", "IO.4"}


def test_open_points_of_the_country_become_questions(visit: MockVisit) -> None:
    """The interviews have questions for every reason, four of them about figures."""
    kinds = Counter(q.why for one in visit.rehearsal.interviews for q in one.questions)
    assert set(MockQuestionReason) == set(kinds)
    assert kinds[MockQuestionReason.FIGURES] == 4


def test_nothing_scored_is_lost(debriefed: DebriefResult, source: Any) -> None:
    """Every score and every note is read in both languages, without a problem."""
    assert debriefed.problems == ()
    scored = {
        (question, agency): (score[0], score[1] if len(score) > 1 else "")
        for one in source["outcomes"].values()
        for agency, scores in one["scores"].items()
        for question, score in scores.items()
    }
    read = {(a.id, a.agency): (a.score, a.note) for a in debriefed.found.sheets.answers if a.score}
    assert scored == read
    officials = {name: one["officials"] for name, one in source["outcomes"].items()}
    assert officials == debriefed.found.sheets.officials


def test_contradictions_come_first(debriefed: DebriefResult, source: Any) -> None:
    """All contradictions come before other findings, and no outcome with a contradiction is ready."""
    scores = [s for o in source["outcomes"].values() for a in o["scores"].values() for s in a.values()]
    count = sum(score[0] == "contradicts" for score in scores)
    found = debriefed.found.findings
    assert [MockScore.CONTRADICTS] * count == [one.score for one in found][:count]
    assert MockScore.CONTRADICTS not in [one.score for one in found[count:]]
    assert all(one.level != "ready" for one in debriefed.found.outcomes if one.counts[MockScore.CONTRADICTS])


def test_the_json_keeps_its_schema(debriefed: DebriefResult) -> None:
    """With agencies in three languages."""
    made = debriefed.payload(generated_at=NOW)
    assert check_json(made, "mock-debrief-1.schema.json", "debrief") == ()
    assert set(made["agency_names"]["fiu"]) == {"en", "ar", "fr"}


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_what_is_made_up_says_so(debriefed: DebriefResult, visit: MockVisit, language: str) -> None:
    """Once on each document, in the reader's language."""
    made = debriefed.document(generated_at=NOW, language=language)
    assert len(made.notices) == 2
    assert (MADE_UP in made.notices) == (language == "en")
    assert MADE_UP in visit.document().notices


def test_plan_contains_no_question(visit: MockVisit) -> None:
    """The plan contains no question and no strong answer, so that it may be given to every agency."""
    text = str(visit.document())
    questions = [q for one in visit.rehearsal.interviews for q in one.questions]
    assert [q.id for q in questions if q.question in text or q.strong in text] == []


def test_differing_figures_lead_to_questions() -> None:
    """The FIU and customs report different numbers of disseminations, and the questions quote both numbers."""
    scored = score_example()
    found = find_contradictions(scored)
    assert [tuple(report.agency for report in one.reports) for one in found] == [("fiu", "revenue")]
    visit = mock_template(data_folder("examples") / "ruritania", only=[found[0].core_issue.partition("/")[0]])
    asked = [q for i in visit.rehearsal.interviews for q in i.questions if q.why is MockQuestionReason.FIGURES]
    assert {"fiu", "revenue"} & {question.agency for question in asked}
    assert all("288" in question.question and "174" in question.question for question in asked)


def test_a_scored_rehearsal_stands_in_the_gap_report(tmp_path: Path) -> None:
    """Sheets in the folder's mock/ give a section of the annex, contradictions first; without scores there is none."""
    home = tmp_path / "ruritania"
    shutil.copytree(HOME.parent, home, ignore=shutil.ignore_patterns("mock", "libreoffice", "workbook", "*.py"))
    anchors = {s.anchor for s in score_example().report(generated_at=NOW).document.page}
    assert "rehearsal" not in anchors
    shutil.copytree(HOME / "sheets", home / "mock")
    document = score(home).report(generated_at=NOW, language="ar").document
    section = next(s for s in document.page if s.anchor == "rehearsal")
    table = next(block for block in section.blocks if isinstance(block, DocumentTable))
    assert len(mock_debrief(home / "mock").found.findings) == len(table.rows) > 0
