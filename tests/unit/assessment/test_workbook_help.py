"""Help and terms in workbooks: notes on requirements, coloured rows, the return, the last ratings, old assignments."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment

from fatf_kit import agency_statistics_templates, agency_templates, init_assessment
from fatf_kit.assessment.folder.folder import open_workspace
from fatf_kit.assessment.folder.model import Assignment, Duty, Workspace
from fatf_kit.assessment.folder.outdated_workbooks import find_old_answers, find_outdated_workbooks
from fatf_kit.assessment.workbook.layout import build_layout
from fatf_kit.assessment.workbook.reader import read_workbook
from fatf_kit.assessment.workbook.template import write_template
from fatf_kit.framework import load_framework
from fatf_kit.workflows.assessment_folder import write_control

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
FIRST = 3
"""The first row of requirements."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new folder for Iraq whose first agency has a due date."""
    made = init_assessment(tmp_path_factory.mktemp("made") / "iraq", country="IRQ", languages=("ar", "en"))
    agencies = (replace(made.agencies[0], due=date(2027, 1, 31)), *made.agencies[1:])
    settings = replace(made.settings, return_to="AML office, aml@example.org", agency_note="First line\nSecond line")
    write_control(replace(made, settings=settings, agencies=agencies))
    return made.path


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Workspace:
    """A copy of it, as it is read."""
    return open_workspace(Path(shutil.copytree(made, tmp_path / "iraq")))[0]


def texts(path: Path, sheet: str) -> list[str]:
    """Return the texts on a sheet."""
    return [str(cell) for row in openpyxl.load_workbook(path)[sheet].values for cell in row if cell is not None]


@pytest.mark.parametrize(("language", "word"), [("en", "Typical shortcomings:"), ("ar", "أوجه القصور المعتادة:")])
def test_the_note_on_a_requirement(tmp_path: Path, language: str, word: str) -> None:
    """It lists evidence and typical shortcomings; words that somebody adds to it are reported."""
    edition = load_framework("fatf-2022", language)
    path = tmp_path / "a.xlsx"
    write_template(build_layout(edition, only=["R.8"], language=language), path)
    assert read_workbook(path)[1] == ()
    book = openpyxl.load_workbook(path)
    cell = book["R.8"].cell(FIRST, 2)
    guidance = edition.units[7].criteria[0].guidance  # type: ignore[union-attr]
    assert cell.comment is not None
    assert all(one in cell.comment.text for one in (word, *guidance.evidence, *guidance.typical_shortcomings))
    cell.comment = Comment(f"{cell.comment.text} We have no list.", "official")
    book["R.8"].cell(FIRST + 1, 2).comment = None
    book.save(path)
    assert [(problem.code, problem.ref and problem.ref.cell) for problem in read_workbook(path)[1]] == [
        ("cell-comment", "B3")
    ]


def rules(path: Path, sheet: str) -> Iterator[str]:
    """Yield the formulas of conditional formats on a sheet."""
    for places in openpyxl.load_workbook(path)[sheet].conditional_formatting:
        yield from (str(rule.formula[0]) for rule in places.rules if rule.type == "expression")


def test_rows_rated_well_without_a_source_are_coloured(tmp_path: Path) -> None:
    """Criteria that are led, in the labels of the workbook's language."""
    path = tmp_path / "a.xlsx"
    layout = build_layout(load_framework("fatf-2022", "fr"), only=["R.2", "IO.6"], supported=["R.2/2.2"], language="fr")
    write_template(layout, path)
    formula = 'AND(OR($C3="rempli",$C3="en grande partie rempli"),$G3="",OR($E3="",$F3=""))'
    assert set(rules(path, "R.2")) == {formula}
    assert list(rules(path, "IO.6")) == list(rules(path, "Appui")) == []


@pytest.mark.full
def test_the_cover_says_by_when_and_to_whom(home: Workspace) -> None:
    """As the settings of the folder and the agency's due date say, in answers and statistics."""
    first, path, _ = next(iter(agency_templates(home.path, agencies=[home.agencies[0].id], languages=["en"])))
    found = texts(path, "Cover")
    terms = ["31 January 2027", "AML office, aml@example.org", "First line\nSecond line"]
    assert [text for text in found if text in terms] == terms
    assert first.due == date(2027, 1, 31)
    assert read_workbook(path)[1] == ()
    for made in agency_statistics_templates(home.path, years="2024-2025"):
        sheet = openpyxl.load_workbook(made).sheetnames[0]
        assert terms[1:] == [text for text in texts(made, sheet) if text in terms[1:]]


def test_the_last_published_ratings_are_printed_by_default(home: Workspace) -> None:
    """Those of the folder's country, or of the one that is named."""
    own = next(iter(agency_templates(home.path, agencies=["npo-regulator"], languages=["en"])))[1]
    assert any("Last evaluation (MER 2024-05)" in text for text in texts(own, "R.8"))
    run = agency_templates(home.path, agencies=["npo-regulator"], languages=["en"], published="NAM", force=True)
    assert any("Last evaluation (MER 2023-01)" in text for text in texts(next(iter(run))[1], "R.8"))


def test_an_agency_that_answered_in_an_old_workbook_is_named(home: Workspace) -> None:
    """With the rows that it lacks; a present copy beside the old one has them all."""
    path = next(path for agency, path, _ in agency_templates(home.path, agencies=["tax"]) if agency.id == "tax")
    (home.path / "responses" / "from tax.xlsx").write_bytes(path.read_bytes())
    assert list(find_old_answers(home)) == []
    duties = dict(home.assignment.duties) | {"R.29/29.1": Duty(requirement="R.29/29.1", lead="tax")}
    (problem,) = find_old_answers(replace(home, assignment=Assignment(duties=duties)))
    assert problem.code == "workbook-old"
    assert dict(problem.facts) == {"agency": "tax", "count": "1", "names": "R.29/29.1"}


@pytest.mark.full
def test_workbooks_of_an_earlier_assignment_are_named_once(home: Workspace) -> None:
    """Agency by agency, wherever its copies are; what was added, removed, or is led by another one now."""
    for agency, path, written in agency_templates(home.path):
        if written and agency.id == "tax":
            (home.path / "responses" / "from tax.xlsx").write_bytes(path.read_bytes())
    assert list(find_outdated_workbooks(home)) == []
    duties = dict(home.assignment.duties)
    duties["R.8/8.1"] = Duty(requirement="R.8/8.1", lead="tax", supporting=("fiu", "npo-regulator"))
    now = replace(home, assignment=Assignment(duties=duties))
    found = {dict(problem.facts)["agency"]: dict(problem.facts) for problem in find_outdated_workbooks(now)}
    assert len(list(find_outdated_workbooks(now))) == len(found)
    assert {name: facts["removed"] for name, facts in found.items() if facts["removed"] != "–"} == {
        "coordination": "1 (R.8/8.1)",
        "security-service": "1 (R.8/8.1)",
    }
    assert {name: facts["moved"] for name, facts in found.items() if facts["moved"] != "–"} == {
        "npo-regulator": "1 (R.8/8.1)",
        "tax": "1 (R.8/8.1)",
    }
