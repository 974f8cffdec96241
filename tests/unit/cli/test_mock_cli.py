"""The mock visit on the command line: planned, filled, debriefed; nothing filled in is lost."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import openpyxl
import pytest

import fatf_kit
from fatf_kit.cli.main import main
from fatf_kit.core.json_files import check_json
from fatf_kit.core.resources import data_folder

FILLED = str(data_folder("examples") / "ruritania" / "workbook")


def run(*words: str) -> int:
    """The exit code of a command."""
    with pytest.raises(SystemExit) as stopped:
        main(list(words))
    code = stopped.value.code
    assert isinstance(code, int)
    return code


def score_one(path: Path, score: str = "weak") -> None:
    """Put one score into a sheet."""
    book = openpyxl.load_workbook(path)
    sheet = book[book.sheetnames[1]]
    keys = {cell.value: cell.column for cell in sheet[4]}
    row = next(row for row in range(5, 40) if ":Q." in str(sheet.cell(row, 1).value))
    sheet.cell(row, keys["score"] or 0).value = score
    book.save(path)


def test_template_and_debrief(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder of sheets with the plan beside them is read back without a complaint; the JSON keeps its schema."""
    folder = tmp_path / "mock"
    assert 1 == run("mock", "template", FILLED, "-o", str(folder), "--only", "IO.6", "--format", "html,docx")
    assert {"plan.html", "plan.docx", "mock-IO.06-en.xlsx"} < {path.name for path in folder.iterdir()}
    score_one(folder / "mock-IO.06-en.xlsx")
    capsys.readouterr()
    assert 0 == run("mock", "debrief", str(folder), "-o", str(tmp_path / "out"), "--json", "--lang", "fr")
    told = json.loads(capsys.readouterr().out)
    assert () == check_json(told, "mock-debrief-1.schema.json", "debrief")
    assert (1, 1) == (told["whole"]["scored"], told["whole"]["counts"]["weak"])
    assert told == json.loads((tmp_path / "out" / "debrief.json").read_text(encoding="utf-8"))
    assert 'lang="fr' in (tmp_path / "out" / "debrief.html").read_text(encoding="utf-8")


def test_filled_sheets_stay(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A second run replaces its own sheets, never one that somebody has scored; --force does."""
    words = ("mock", "template", FILLED, "-o", str(tmp_path), "--only", "IO.6", "--format", "html")
    assert 1 == run(*words)
    assert 1 == run(*words)
    score_one(tmp_path / "mock-IO.06-en.xlsx")
    before = (tmp_path / "mock-IO.06-en.xlsx").read_bytes()
    assert 3 == run(*words)
    assert "changed since" in capsys.readouterr().err
    assert before == (tmp_path / "mock-IO.06-en.xlsx").read_bytes()
    assert 1 == run(*words, "--force")


def test_a_debrief_never_goes_into_what_is_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its own folder is another one."""
    assert 1 == run("mock", "template", FILLED, "-o", str(tmp_path), "--only", "IO.6", "--format", "html")
    assert 3 == run("mock", "debrief", str(tmp_path), "-o", str(tmp_path))
    assert "Give another one" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("template", FILLED, "--only", "R.10"), 3),
        (("template", FILLED, "--only", "IO.12"), 3),
        (("template", FILLED, "--rooms", "0"), 2),
        (("template", FILLED, "--from", "soon"), 2),
        (("template", FILLED, "--format", "exe"), 2),
        (("template", "no-such-file.xlsx"), 3),
        (("template",), 2),
        (("debrief",), 2),
        (("debrief", FILLED), 3),
    ],
)
def test_what_cannot_be_done_is_refused(
    words: tuple[str, ...], code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And nothing is written."""
    monkeypatch.chdir(tmp_path)
    assert code == run("mock", *words)
    assert [] == list(tmp_path.iterdir())


def test_too_little_room_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In the reader's language, with exit code 1; the plan names what is left."""
    words = ("--rooms", "1", "--days", "1", "--only", "IO.1,IO.2", "--lang", "fr", "--format", "html")
    assert 1 == run("mock", "template", FILLED, "-o", str(tmp_path), *words)
    assert "[mock-no-place]" in capsys.readouterr().err
    assert "Sans créneau" in (tmp_path / "plan.html").read_text(encoding="utf-8")


def test_inside_an_assessment_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No path is needed: sheets go into mock/, the debrief into reports/, in the folder's language."""
    home = tmp_path / "home"
    assert 0 == run("init", str(home), "--country", "IRQ", "--lang", "ar")
    (home / "responses" / "whole.xlsx").write_bytes(next(Path(FILLED).glob("*.xlsx")).read_bytes())
    monkeypatch.chdir(home)
    assert 1 == run("mock", "template", "--only", "IO.6", "--format", "html")
    score_one(home / "mock" / "mock-IO.06-ar.xlsx")
    assert 0 == run("mock", "debrief", "--format", "html")
    assert 'dir="rtl"' in (home / "reports" / "debrief.html").read_text(encoding="utf-8")


def test_a_score_that_is_none_is_told_by_score_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The gap report reads the sheets as well, and what it cannot use is no secret."""
    home = tmp_path / "home"
    assert 0 == run("init", str(home), "--country", "IRQ")
    (home / "responses" / "whole.xlsx").write_bytes(next(Path(FILLED).glob("*.xlsx")).read_bytes())
    monkeypatch.chdir(home)
    assert 1 == run("mock", "template", "--only", "IO.6", "--format", "html")
    before = Counter(problem.code for problem in fatf_kit.score(home).problems)
    score_one(home / "mock" / "mock-IO.06-en.xlsx", "perhaps")
    assert Counter({"choice-unknown": 1}) == Counter(problem.code for problem in fatf_kit.score(home).problems) - before


def test_the_command_loads_nothing_heavy() -> None:
    """Until it is run; --help stays fast."""
    probe = "import sys, fatf_kit.cli.mock; print({'xlsxwriter', 'pandas', 'babel', 'docx'} & set(sys.modules))"
    told = subprocess.run([sys.executable, "-c", probe], check=True, capture_output=True, text=True)
    assert "set()" == told.stdout.strip()
