"""The mock visit on the command line: planned, filled, debriefed; nothing filled in is lost."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import openpyxl
import pytest

import fatf_kit
from fatf_kit.core.json_files import check_json
from tests.unit.cli.commands import WORKBOOK, end_of


def score_one(path: Path, score: str = "weak") -> None:
    """Put one score into a sheet."""
    book = openpyxl.load_workbook(path)
    sheet = book[book.sheetnames[1]]
    keys = {cell.value: cell.column for cell in sheet[4]}
    row = next(row for row in range(5, 40) if ":Q." in str(sheet.cell(row, 1).value))
    sheet.cell(row, keys["score"] or 0).value = score
    book.save(path)


def test_template_and_debrief(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder of sheets with the plan in it is read back without a complaint; the JSON keeps its schema."""
    folder = tmp_path / "mock"
    assert end_of("mock", "template", WORKBOOK, "-o", folder, "--only", "IO.6", "--format", "html,docx") == 0
    assert {"plan.html", "plan.docx", "mock-IO.06-en.xlsx"} < {path.name for path in folder.iterdir()}
    score_one(folder / "mock-IO.06-en.xlsx")
    capsys.readouterr()
    assert end_of("mock", "debrief", folder, "-o", tmp_path / "out", "--json", "--lang", "fr") == 0
    document = json.loads(capsys.readouterr().out)
    assert check_json(document, "mock-debrief-1.schema.json", "debrief") == ()
    assert (document["whole"]["scored"], document["whole"]["counts"]["weak"]) == (1, 1)
    assert document == json.loads((tmp_path / "out" / "debrief.json").read_text(encoding="utf-8"))
    assert 'lang="fr' in (tmp_path / "out" / "debrief.html").read_text(encoding="utf-8")


@pytest.mark.full
def test_filled_sheets_stay(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A second run replaces its own sheets, never one that was scored; --force does."""
    words = ("mock", "template", WORKBOOK, "-o", tmp_path, "--only", "IO.6", "--format", "html")
    assert end_of(*words) == 0
    assert end_of(*words) == 0
    score_one(tmp_path / "mock-IO.06-en.xlsx")
    before = (tmp_path / "mock-IO.06-en.xlsx").read_bytes()
    assert end_of(*words) == 3
    assert "changed since" in capsys.readouterr().err
    assert before == (tmp_path / "mock-IO.06-en.xlsx").read_bytes()
    assert end_of(*words, "--force") == 0


def test_a_debrief_never_goes_into_what_is_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its own folder is another one."""
    assert end_of("mock", "template", WORKBOOK, "-o", tmp_path, "--only", "IO.6", "--format", "html") == 0
    assert end_of("mock", "debrief", tmp_path, "-o", tmp_path) == 3
    assert "Choose another folder" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("template", WORKBOOK, "--only", "R.10"), 3),
        (("template", WORKBOOK, "--only", "IO.12"), 3),
        (("template", WORKBOOK, "--rooms", "0"), 2),
        (("template", WORKBOOK, "--from", "soon"), 2),
        (("template", WORKBOOK, "--format", "exe"), 2),
        (("template", "no-such-file.xlsx"), 3),
        (("template",), 2),
        (("debrief",), 2),
        (("debrief", WORKBOOK), 3),
    ],
)
def test_what_cannot_be_done_is_refused(
    words: tuple[str, ...], code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And nothing is written."""
    monkeypatch.chdir(tmp_path)
    assert end_of("mock", *words) == code
    assert list(tmp_path.iterdir()) == []


def test_too_few_venues_are_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In the reader's language; the plan is written and names what is left."""
    words = ("--rooms", "1", "--days", "1", "--only", "IO.1,IO.2", "--lang", "fr", "--format", "html")
    assert end_of("mock", "template", WORKBOOK, "-o", tmp_path, *words) == 0
    assert "[mock-no-place]" in capsys.readouterr().err
    assert "n’ont pas de place" in (tmp_path / "plan.html").read_text(encoding="utf-8")


def test_inside_an_assessment_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No path is needed: sheets go into mock/, the debrief into reports/, in the folder's language."""
    home = tmp_path / "home"
    assert end_of("init", home, "--country", "IRQ", "--lang", "ar") == 0
    (home / "responses" / "whole.xlsx").write_bytes(next(WORKBOOK.glob("*.xlsx")).read_bytes())
    monkeypatch.chdir(home)
    assert end_of("mock", "template", "--only", "IO.6", "--format", "html") == 0
    score_one(home / "mock" / "mock-IO.06-ar.xlsx")
    assert end_of("mock", "debrief", "--format", "html") == 0
    assert 'dir="rtl"' in (home / "reports" / "debrief.html").read_text(encoding="utf-8")


@pytest.mark.full
def test_an_unknown_score_is_reported_by_score_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The gap report reads the sheets as well, and reports what it cannot use."""
    home = tmp_path / "home"
    assert end_of("init", home, "--country", "IRQ") == 0
    (home / "responses" / "whole.xlsx").write_bytes(next(WORKBOOK.glob("*.xlsx")).read_bytes())
    monkeypatch.chdir(home)
    assert end_of("mock", "template", "--only", "IO.6", "--format", "html") == 0
    before = Counter(problem.code for problem in fatf_kit.score(home).problems)
    score_one(home / "mock" / "mock-IO.06-en.xlsx", "perhaps")
    assert Counter(problem.code for problem in fatf_kit.score(home).problems) - before == Counter({"choice-unknown": 1})
