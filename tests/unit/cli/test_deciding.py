"""Deciding in an assessment folder: what is decided disappears from problems and counts."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from fatf_kit import FolderScore, folder_status, score, write_decisions
from fatf_kit.assessment.decisions.schema import TYPED
from fatf_kit.assessment.folder.agency_templates import build_agency_layout, find_agency
from fatf_kit.assessment.folder.model import Workspace
from fatf_kit.assessment.workbook.template import write_template
from fatf_kit.spreadsheets.sheet import CellValue
from fatf_kit.workflows.folder_decisions import rewrite_decisions
from tests.examples import make_folder

NOW = "2026-11-24T15:00+00:00"
DAY = date(2026, 11, 24)
DISPUTED = [
    *(f"R.29/29.{n}" for n in range(1, 9)),
    *(f"R.30/30.{n}" for n in range(1, 6)),
    *(f"R.31/31.{n}" for n in range(1, 5)),
    *(f"R.32/32.{n}" for n in range(1, 12)),
]
"""Criteria on which two agencies disagree."""


@pytest.fixture
def home(tmp_path: Path) -> Workspace:
    """A folder in which the agency that leads and the police disagree."""
    workspace = make_folder(tmp_path / "home", country="IRQ", cut_off=date(2027, 3, 19))
    send(workspace, "fiu", dict.fromkeys(DISPUTED, "met"))
    send(workspace, "police", dict.fromkeys(DISPUTED, "partly met"))
    return workspace


def send(home: Workspace, agency: str, answers: dict[str, str], name: str = "") -> None:
    """A filled workbook of an agency."""
    layout = build_agency_layout(home, find_agency(home, agency), "en", extra=answers)
    assert layout is not None
    filled: dict[str, dict[str, CellValue]] = {
        one: {"rating": rating, "explanation": f"{agency} {one}"} for one, rating in answers.items()
    }
    write_template(layout, home.path / "responses" / f"{name or agency}.xlsx", prefill=filled)


def rescore(home: Workspace) -> tuple[FolderScore, Counter[str]]:
    """The folder scored, decisions.xlsx written again, and the codes of the problems."""
    scored = score(home.path)
    assert scored.folder is not None
    write_decisions(scored.folder, moment=NOW)
    return scored.folder, Counter(problem.code for problem in scored.problems)


def decide(home: Workspace, decisions: dict[str, str], reason: str = "Agreed", sheet: int = 0) -> None:
    """Decisions typed into the rows of requirements."""
    path = home.path / "decisions.xlsx"
    book = openpyxl.load_workbook(path)
    page = book.worksheets[sheet]
    keys = {str(cell.value): int(cell.column or 0) for cell in page[4]}
    for row in page.iter_rows(min_row=5):
        if value := decisions.get(str(row[0].value)):
            for key, typed in zip(TYPED, (value, reason, "Council", DAY), strict=True):
                page.cell(int(row[0].row or 0), keys[key], typed)  # type: ignore[call-overload]
    book.save(path)


@pytest.mark.full
def test_the_count_of_open_questions_falls_as_people_decide(home: Workspace) -> None:
    """Twenty decisions, twenty questions and twenty conflicts less, in the list of problems and in the status."""
    before, problems = rescore(home)
    waiting = folder_status(home.path, today=DAY).facts.decisions.questions
    conflicts = [one.requirement for one in before.questions]
    decide(home, dict.fromkeys(conflicts[:20], "partly met"))
    after, fewer = rescore(home)
    assert len(before.questions) - len(after.questions) == 20
    assert problems["answers-conflict"] - fewer["answers-conflict"] == 20
    assert waiting - folder_status(home.path, today=DAY).facts.decisions.questions == 20
    assert {one.requirement for one in after.decided_questions} == set(conflicts[:20])
    assert write_decisions(after, moment=NOW) is None or rescore(home)[0].questions == after.questions


def test_decisions_typed_while_a_run_was_reading_are_kept(home: Workspace) -> None:
    """They do not count in its result, which is said, and count in the next one; the copy before is in history/."""
    before, _ = rescore(home)
    decide(home, dict.fromkeys([one.requirement for one in before.questions[:20]], "partly met"))
    typed = (home.path / "decisions.xlsx").read_bytes()
    _, problems = rewrite_decisions(before, NOW)
    assert [problem.code for problem in problems] == ["decisions-newer"]
    assert typed in [path.read_bytes() for path in home.path.glob("history/* decisions.xlsx")]
    after, _ = rescore(home)
    assert len(before.questions) - len(after.questions) == 20
    assert rewrite_decisions(after, NOW) == (None, ())


@pytest.mark.full
def test_a_decision_on_a_unit_covers_all_in_it(home: Workspace) -> None:
    """And one on a criterion its parts."""
    send(home, "fiu", {"R.29/29.1": "met", "R.33/33.1(a)": "met", "R.33/33.1(b)": "met"})
    send(home, "police", {"R.29/29.1": "not met", "R.33/33.1(a)": "not met", "R.33/33.1(b)": "not met"})
    _, problems = rescore(home)
    assert problems["answers-conflict"] == 3
    decide(home, {"R.33/33.1": "partly met"})
    path = home.path / "decisions.xlsx"
    book = openpyxl.load_workbook(path)
    row = book.worksheets[0].max_row
    book.worksheets[0].cell(row, 1, "R.29")
    book.save(path)
    decide(home, {"R.29": "LC"})
    scored, problems = rescore(home)
    assert (problems["answers-conflict"], scored.questions) == (0, ())


@pytest.mark.full
def test_the_leads_answer_for_all_blank_rows(home: Workspace) -> None:
    """Recorded for each requirement with one reason; what people decided themselves goes first."""
    before, _ = rescore(home)
    leads = {one.requirement: one.lead for one in before.questions}
    values = {"fiu": "met", "police": "partly met"}
    answered = {name: values[lead] for name, lead in leads.items() if lead in values}
    assert 0 < len(answered) < len(leads)
    own = next(name for name, lead in leads.items() if lead == "fiu")
    decide(home, {own: "not met"}, reason="Own")
    decide(home, {"All rows": "lead’s answer in all blank rows"}, reason="The lead agency is competent")
    scored, _ = rescore(home)
    again, _ = rescore(home)
    for found in (scored, again):
        reasons = {one.requirement: (one.value, one.reason) for one in found.decisions}
        expected = {name: (value, "The lead agency is competent") for name, value in answered.items()}
        assert reasons == expected | {own: ("not met", "Own")}
        assert {one.requirement for one in found.questions} == leads.keys() - answered.keys()
    assert (len(scored.recorded), again.recorded) == (len(answered) - 1, ())
    assert again.assessment.by_id == scored.assessment.by_id


def test_one_question_for_two_copies(home: Workspace) -> None:
    """It counts as open until somebody chooses a copy; then the other is not used."""
    send(home, "fiu", dict.fromkeys(DISPUTED[:3], "not met"), "fiu late")
    send(home, "fiu", dict.fromkeys(DISPUTED, "met"), "fiu")
    before, problems = rescore(home)
    assert problems["agency-copies"] == 1
    pair = before.responses.copies[0]
    assert {pair.used, pair.other} == {"fiu.xlsx", "fiu late.xlsx"}
    waiting = folder_status(home.path, today=DAY).facts.decisions.questions
    assert waiting == len(before.questions) + 1
    decide(home, {"fiu late.xlsx | fiu.xlsx": "fiu late.xlsx"}, sheet=1)
    after, problems = rescore(home)
    assert (problems["agency-copies"], after.responses.copies) == (0, ())
    assert {one.requirement for one in after.responses.answers if one.agency == "fiu"} == set(DISPUTED[:3])
