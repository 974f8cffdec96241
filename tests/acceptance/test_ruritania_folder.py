"""The made-up country's assessment folder, end to end: eight agencies, two languages, conflicts, copies, a decision."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from fatf_kit import FolderScore, ScoringResult, score, write_decisions
from fatf_kit.assessment.folder.folder import read_workspace
from fatf_kit.assessment.folder.model import QuestionReason
from fatf_kit.core.messages import MADE_UP
from fatf_kit.core.resources import data_folder
from tests.examples import score_example

SOURCE = data_folder("examples") / "ruritania"
NOW = "2026-11-24T15:00+00:00"


@pytest.fixture(scope="module")
def scored() -> ScoringResult:
    """The folder as it is shipped, scored."""
    return score_example()


@pytest.fixture(scope="module")
def folder(scored: ScoringResult) -> FolderScore:
    """Return the part of the result that only an assessment folder has."""
    assert scored.folder is not None
    return scored.folder


def text(name: str) -> Any:
    """Return a source of the workbooks, read without our own reader."""
    return json.loads((SOURCE / name).read_text(encoding="utf-8"))


def test_eight_agencies_in_two_languages() -> None:
    """With one note: nobody leads on 33.1."""
    workspace, problems = read_workspace(SOURCE)
    assert workspace is not None
    assert len(workspace.agencies) == 8
    assert Counter(agency.language for agency in workspace.agencies) == {"en": 6, "ar": 2}
    assert [problem.code for problem in problems] == ["assignment-open"]


def test_planted_problems_are_found(scored: ScoringResult) -> None:
    """Exactly the planted ones, each with its file."""
    expected = {
        "assignment-open": 1,
        "evidence-unknown": 2,
        "criterion-above-parts": 1,
        "agency-copies": 1,
        "copy-same": 1,
        "answer-unassigned": 1,
        "answers-conflict": 5,
    }
    remarks = {  # on how well answers are shown
        "met-uncited": 8,
        "citation-undated": 5,
        "law-undated": 1,
        "in-force-late": 10,
        "effective-without-figures": 6,
        "kind-proposed": 1,
    }
    laws = {  # contradictions within the register of laws, and questions about citations
        "law-no-date": 1,
        "law-date-differs": 1,
        "law-near": 5,
        "translation-stale": 3,
        "translation-version": 1,
        "bills-overlap": 1,
    }
    assert expected | remarks | laws == Counter(problem.code for problem in scored.problems)
    assert all(problem.ref is not None for problem in scored.problems)


def test_every_answer_of_every_agency_is_kept(scored: ScoringResult) -> None:
    """The answers of lead and supporting agencies are read in English and Arabic, with every word."""
    more, leading = text("agencies.json"), text("answers.json")["answers"]
    kept = {
        (one.requirement, one.agency): one
        for answer in scored.responses.answers
        for one in (answer.agency_answers or (answer,))
    }
    supporting = {(name, agency): row for agency, rows in more["supporting"].items() for name, row in rows.items()}
    assert len(leading) + len(supporting) == len(kept)
    for key, row in supporting.items():
        assert row["explanation"] == kept[key].explanation, key
        assert row["rating"] == kept[key].rating, key
    for name, row in leading.items():
        source = {**row, **more["in_arabic"].get(name, {}), **more["late"]["answers"].get(name, {})}
        explanations = {one.explanation for (requirement, _), one in kept.items() if requirement == name}
        assert source.get("explanation", "") in explanations, name


def test_conflict_uses_the_answer_of_the_lead(scored: ScoringResult) -> None:
    """A conflict uses the lead's answer, or the lowest without a lead; the lowest is kept in any case."""
    found = {a.requirement: (a.agency, a.rating, a.lowest) for a in scored.responses.answers if a.lowest}
    expected = {
        "R.8/8.3": ("charities", "mostly met", "partly met"),
        "R.14/14.1": ("bank", "met", "mostly met"),
        "R.28/28.4": ("revenue", "mostly met", "partly met"),
        "R.33/33.1(a)": ("fiu", "mostly met", "mostly met"),
        "R.34/34.1": ("fiu", "partly met", "partly met"),
        "IO.6/6.1": ("fiu", "large", "some"),
    }
    assert found == expected


def test_restricted_words_stay_restricted(scored: ScoringResult) -> None:
    """The police's doubts travel with their level."""
    answer = next(a for a in scored.responses.answers if a.requirement == "R.8/8.3")
    assert {v.agency: v.confidentiality for v in answer.agency_answers} == {
        "charities": "government",
        "police": "restricted",
    }


def test_late_copy_is_used(scored: ScoringResult) -> None:
    """The copy of May says "some" on 6.2; it was saved last and is used until a decision is made."""
    answer = next(a for a in scored.responses.answers if a.requirement == "IO.6/6.2")
    assert answer.rating == "some"
    (pair,) = scored.responses.copies
    assert (pair.used, pair.other, pair.differences) == ("fiu_corrected_in_May.xlsx", "fiu.xlsx", 1)
    assert [saved and saved.date() for saved in (pair.used_saved, pair.other_saved)] == [
        date(2026, 5, 18),
        date(2026, 3, 31),
    ]


def test_every_conflict_is_to_be_decided(folder: FolderScore) -> None:
    """Each stands in decisions.xlsx, and the one decision is read back."""
    questions = (*folder.questions, *folder.decided_questions)
    conflicts = {q.requirement for q in questions if QuestionReason.CONFLICT in q.why}
    assert conflicts == {"R.8/8.3", "R.14/14.1", "R.28/28.4", "R.33/33.1", "R.34/34.1", "IO.6/6.1"}
    assert [q.requirement for q in folder.decided_questions] == ["IO.6/6.1"]
    sheets = openpyxl.load_workbook(SOURCE / "decisions.xlsx")
    rows = {row[0] for row in sheets["Decisions"].iter_rows(min_row=5, values_only=True) if row[0]}
    assert {"All rows", *(question.requirement for question in questions)} == rows
    assert sheets["Copies"]["A5"].value == "fiu.xlsx | fiu_corrected_in_May.xlsx"
    assert [(d.requirement, d.value) for d in folder.decisions] == [("IO.6/6.1", "some")]


def test_coverage_by_agency(folder: FolderScore) -> None:
    """No agency has answered more than it was asked, nor shown more than it has answered."""
    assert {agency.id for agency in folder.workspace.agencies} == {one.agency for one in folder.coverage}
    for one in folder.coverage:
        assert 0 < one.answered <= one.requested
        assert one.shown is not None
        assert one.shown <= one.answered


def test_made_up_stands_on_everything(scored: ScoringResult) -> None:
    """Settings and workbooks say it once, in every language of the report."""
    assert scored.responses.notices == (MADE_UP,)
    assert len(scored.report(generated_at=NOW, language="ar").document.notices) >= 2


def test_decisions_are_up_to_date(folder: FolderScore, tmp_path: Path) -> None:
    """The decisions that are shipped are those that a run would write, so a run writes nothing."""
    copy = tmp_path / "copy"
    shutil.copytree(SOURCE, copy)
    again = score(copy).folder
    assert again is not None
    assert write_decisions(again, moment=NOW) is None
    assert folder.questions == again.questions
