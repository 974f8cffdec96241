"""The problems of the cells of answers are listed by `check` and `update`; each other command has one line on them."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest

from fatf_kit.core.resources import data_folder
from tests.unit.cli.commands import invoke

COMMANDS = {
    "score": "{folder} -o {out} --format json",
    "what-if": "{folder}",
    "outlook": "{folder}",
    "plan": "{folder} --start 2026-01-04 -o {out}/plan.xlsx",
    "laws list": "{folder}",
    "laws concordance": "{folder} -o {out}/concordance.html",
    "calendar": "{folder}",
    "peers": "IRQ --assessment {folder}",
    "mock template": "{folder} -o {out}",
    "paper brief": "{folder} -o {out}/brief.html",
}
"""Commands that read the answers of an assessment for something else than their cells."""

LISTS = {"check": ("rating-unknown", "cell-unplaced"), "update": ("rating-unknown",)}
"""Commands that list them, with the problems that each lists: agencies get warnings with their papers from `update`."""

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An assessment in which an agency typed a rating that is none, and a remark beside the table."""
    home = tmp_path_factory.mktemp("home") / "graustark"
    shutil.copytree(data_folder("examples") / "graustark", home)
    path = home / "responses" / "council.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = next(sheet for sheet in book.worksheets if sheet.cell(2, 3).value == "rating")
    sheet.cell(3, 3).value = "perhaps"
    sheet.cell(4, sheet.max_column + 2).value = "see our letter"
    book.save(path)
    return home


@pytest.mark.full(keep_every=5)
@pytest.mark.parametrize("command", COMMANDS)
def test_other_commands_have_one_line(command: str, folder: Path, tmp_path: Path) -> None:
    """It counts the problems and names the command that lists them; no problem of a cell is printed."""
    arguments = COMMANDS[command].format(folder=folder, out=tmp_path).split()
    lines = invoke(*command.split(), *arguments, "--lang", "en").stderr.splitlines()
    assert [line for line in lines if "[rating-unknown]" in line or "[cell-unplaced]" in line] == []
    (line,) = (line for line in lines if "'fatf-kit check' lists" in line)
    assert "(errors: 1)" in line


@pytest.mark.full(keep_every=2)
@pytest.mark.parametrize("command", LISTS)
def test_check_and_update_list_them(command: str, folder: Path, tmp_path: Path) -> None:
    """Each with its address."""
    home = tmp_path / "home"
    shutil.copytree(folder, home)
    more = ["--no-open"] if command == "update" else ["--lang", "en"]
    result = invoke(command, home, *more)
    printed = [line for line in (result.stdout + result.stderr).splitlines() if "council.xlsx" in line]
    for code in LISTS[command]:
        assert any(f"[{code}]" in line for line in printed)


def test_before_the_first_workbook_comes_back_update_reports_no_error(tmp_path: Path) -> None:
    """A folder begins so: the next steps are printed, and nobody is told to copy files where `update` puts them."""
    home = tmp_path / "graustark"
    shutil.copytree(data_folder("examples") / "graustark", home)
    for path in (home / "responses").iterdir():
        path.unlink()
    done = invoke("update", home, "--no-open")
    assert done.exit_code == 0, done.output
    assert "[nothing-to-read]" not in done.output
    assert "Next steps" in done.output
