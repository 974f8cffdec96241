"""The workbooks that agencies sent into an assessment folder are read."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from fatf_kit.assessment.answers.folder_answers import read_assessment
from fatf_kit.assessment.answers.model import CopyDecision
from fatf_kit.assessment.folder.agency_templates import build_agency_layout, find_agency
from fatf_kit.assessment.folder.model import Workspace
from fatf_kit.assessment.workbook.template import write_template
from fatf_kit.spreadsheets.sheet import CellValue
from tests.examples import make_folder


@pytest.fixture
def home(tmp_path: Path) -> Workspace:
    """A new folder."""
    return make_folder(tmp_path / "home", country="IRQ", cut_off=date(2027, 3, 19))


def send(
    home: Workspace, agency: str, name: str, answers: dict[str, str], language: str = "en", /, **cover: CellValue
) -> None:
    """Write a filled workbook of an agency under some name."""
    layout = build_agency_layout(home, find_agency(home, agency), language, extra=answers)
    assert layout is not None
    filled: dict[str, dict[str, CellValue]] = {
        requirement: {"rating": rating, "explanation": agency} for requirement, rating in answers.items()
    }
    write_template(layout, home.path / "responses" / name, prefill=filled, cover=cover)


def problems(home: Workspace) -> list[tuple[str, str]]:
    """Return the code and file of each problem."""
    return [(p.code, p.ref.file if p.ref else "") for p in read_assessment(home).problems]


def test_lead_and_supporting_in_two_languages(home: Workspace) -> None:
    """Covers in two languages name one country; the lead's answer is used and both answers are kept."""
    send(home, "fiu", "b.xlsx", {"R.29/29.1": "mostly met"})
    send(home, "police", "a.xlsx", {"R.29/29.1": "partly met"}, "ar")
    reading = read_assessment(home)
    assert problems(home) == [("answers-conflict", "a.xlsx")]
    (answer,) = reading.responses.answers
    assert (answer.agency, answer.rating, answer.lowest) == ("fiu", "mostly met", "partly met")
    assert [one.explanation for one in answer.agency_answers] == ["fiu", "police"]
    assert (reading.responses.country, reading.responses.cut_off) == ("Iraq", date(2027, 3, 19))


def test_answer_outside_the_assignment_is_reported(home: Workspace) -> None:
    """An answer outside the assignment is kept and reported with its cell."""
    send(home, "customs", "c.xlsx", {"R.29/29.1": "met"})
    assert problems(home) == [("answer-unassigned", "c.xlsx")]
    assert [answer.rating for answer in read_assessment(home).responses.answers] == ["met"]


def test_late_copy(home: Workspace) -> None:
    """The copy that was saved last is used, whatever its name; one problem names the other copy."""
    send(home, "fiu", "fiu.xlsx", {"R.29/29.1": "met", "R.29/29.2": "met"})
    send(home, "fiu", "fiu corrected.xlsx", {"R.29/29.1": "partly met", "R.29/29.2": "not met"})
    for name, day in (("fiu corrected.xlsx", 12), ("fiu.xlsx", 2)):
        moment = datetime(2026, 5, day, tzinfo=UTC).timestamp()
        os.utime(home.path / "responses" / name, (moment, moment))
    reading = read_assessment(home)
    assert [problem.message for problem in reading.problems] == [
        (
            "fiu.xlsx: this copy and fiu corrected.xlsx differ in 2 answers. The newer copy, fiu corrected.xlsx "
            "(saved 12 May 2026), is used. To use the other copy, choose it in decisions.xlsx of the assessment "
            "folder.  [agency-copies]"
        )
    ]
    assert [answer.rating for answer in reading.responses.answers] == ["partly met", "not met"]
    assert [file.name for file in reading.responses.inputs] == ["fiu corrected.xlsx", "fiu.xlsx"]


def test_decision_on_copies_excludes_the_other_copy(home: Workspace) -> None:
    """The excluded copy is not read; a decision for a missing file has no effect."""
    send(home, "fiu", "a.xlsx", {"R.29/29.1": "met"})
    send(home, "fiu", "b.xlsx", {"R.29/29.1": "partly met", "R.29/29.2": "met"})
    for valid, other, ratings in (("a.xlsx", "b.xlsx", ["met"]), ("b.xlsx", "a.xlsx", ["partly met", "met"])):
        reading = read_assessment(home, copy_decisions=[CopyDecision(valid=valid, other=other)])
        assert ([answer.rating for answer in reading.responses.answers], reading.problems) == (ratings, ())
    gone = read_assessment(home, copy_decisions=[CopyDecision(valid="c.xlsx", other="a.xlsx")])
    assert [problem.code for problem in gone.problems] == ["agency-copies"]


def test_agency_by_cover_where_the_stamp_is_gone(home: Workspace) -> None:
    """Without a stamp the agency is read from the cover in any language; an unknown name is reported."""
    layout = build_agency_layout(home, find_agency(home, "fiu"), "en")
    assert layout is not None
    answers: dict[str, dict[str, CellValue]] = {"R.29/29.1": {"rating": "met"}}
    plain = replace(layout, agency=None, agency_name=None)
    name = home.by_id["fiu"].names["ar"]
    write_template(plain, home.path / "responses" / "a.xlsx", prefill=answers, cover={"agency": name})
    assert [answer.agency for answer in read_assessment(home).responses.answers] == ["fiu"]
    assert problems(home) == []
    write_template(plain, home.path / "responses" / "b.xlsx", prefill={"R.29/29.2": {"rating": "met"}})
    assert problems(home) == [("agency-unnamed", "b.xlsx")]


def test_covers_are_compared_with_the_settings(home: Workspace) -> None:
    """Another country or cut-off date on a cover is reported, and the settings are used."""
    send(home, "fiu", "a.xlsx", {"R.29/29.1": "met"}, country="Narnia", cut_off=date(2026, 1, 1))
    assert problems(home) == [("cover-country", "a.xlsx"), ("cover-cut-off", "a.xlsx")]
    assert read_assessment(home).responses.cut_off == date(2027, 3, 19)


def test_empty_folder_is_reported(home: Workspace) -> None:
    """An empty folder is reported and raises no error."""
    assert problems(home) == [("nothing-to-read", "responses")]


def test_another_agency_on_the_cover_is_reported(home: Workspace) -> None:
    """A cover of another agency is reported; the agency's own name in any language is not."""
    send(home, "fiu", "a.xlsx", {"R.29/29.1": "met"}, agency="Police")
    send(home, "fiu", "b.xlsx", {"R.29/29.2": "met"}, agency=home.by_id["fiu"].names["ar"])
    assert problems(home) == [("cover-agency", "a.xlsx")]
