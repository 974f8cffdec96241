"""Long work shows how far it has come, to people at a terminal only, and what it counts is what was done."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from fatf_kit.core.resources import data_folder
from tests.unit.cli.commands import RURITANIA

pty = pytest.importorskip("pty", reason="terminals of this kind are not known here")

REGISTER = data_folder("examples") / "npo" / "register.csv"
READ = len(list((RURITANIA / "responses").glob("*.xlsx")))
PAIR = [str(path) for path in sorted((RURITANIA / "responses").glob("*.xlsx"))[:2]]


def at_a_terminal(*args: str | Path) -> tuple[str, str]:
    """Standard output, and what stands on a terminal behind standard error."""
    screen, errors = pty.openpty()
    command = [sys.executable, "-m", "fatf_kit", *map(str, args)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors) as running:
        os.close(errors)
        shown = b""
        while piece := _more(screen):
            shown += piece
        out = running.stdout.read() if running.stdout else b""
    os.close(screen)
    return out.decode(), shown.decode()


def _more(screen: int) -> bytes:
    try:
        return os.read(screen, 65_536)
    except OSError:  # Linux says so when the other end has closed
        return b""


def counts(shown: str, label: str) -> list[tuple[int, int]]:
    """The positions that a bar went through."""
    return [(int(done), int(of)) for done, of in re.findall(rf"{label}  \[[#-]+\]  (\d+)/(\d+)", shown)]


def from_nothing_to(n: int) -> list[tuple[int, int]]:
    """Every position of a bar of so many pieces."""
    return [(done, n) for done in range(n + 1)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the made-up country's assessment folder."""
    ignored = shutil.ignore_patterns("history", "reports", "templates", "workbook", "libreoffice")
    return Path(shutil.copytree(RURITANIA, tmp_path / "folder", ignore=ignored))


@pytest.mark.full
def test_files_read_and_files_made(tmp_path: Path) -> None:
    """`score` counts workbooks, then the files of the report; the last count is what lies in the folder."""
    out, shown = at_a_terminal("score", *PAIR, "-o", tmp_path / "report", "--format", "json,xlsx")
    made = [path for path in (tmp_path / "report").rglob("*.*") if path.is_file() and path.name[0] != "."]
    assert from_nothing_to(2) == counts(shown, "Workbooks read")
    assert from_nothing_to(len(made)) == counts(shown, "Report files")
    assert "Workbooks read" not in out


@pytest.mark.full
@pytest.mark.parametrize("switch", ["--json", "--quiet"])
def test_none_where_it_would_disturb(switch: str) -> None:
    """With --json and --quiet there is no bar, even at a terminal."""
    assert counts(at_a_terminal("check", *PAIR)[1], "Workbooks read")
    assert "Workbooks read" not in at_a_terminal("check", *PAIR, switch)[1]


@pytest.mark.full
def test_none_in_a_file() -> None:
    """No bar is written if standard error is not a terminal."""
    done = subprocess.run([sys.executable, "-m", "fatf_kit", "check", *PAIR], check=False, capture_output=True)
    assert done.stderr
    assert b"Workbooks read" not in done.stderr
    assert b"\x1b" not in done.stderr


def test_one_piece_shows_nothing() -> None:
    """Between the beginning and the end of one file there is nothing to show."""
    assert not counts(at_a_terminal("check", PAIR[0])[1], "Workbooks read")


@pytest.mark.full
def test_in_the_language_of_the_folder(folder: Path) -> None:
    """A folder whose language is French is counted in French from the first workbook on."""
    settings = folder / "assessment.json"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(re.sub(r'"languages": \[[^]]*\]', '"languages": ["fr"]', text), encoding="utf-8")
    assert from_nothing_to(READ) == counts(at_a_terminal("check", folder)[1], "Classeurs lus")


@pytest.mark.full
def test_papers_and_templates(folder: Path) -> None:
    """Papers and workbooks of agencies are counted; where one cannot be written, the command ends and names it."""
    papers = folder / "reports"
    _, shown = at_a_terminal("paper", "agency", folder, "--agency", "all", "-o", papers / "open.html")
    written = re.findall(r"open-[\w-]+\.html", shown)
    assert sorted(written) == sorted(path.name for path in papers.glob("[!.]*"))
    assert from_nothing_to(len(written)) == counts(shown, "Papers written")
    (papers / written[1]).write_text("changed by a person", encoding="utf-8")
    _, shown = at_a_terminal("paper", "agency", folder, "--agency", "all", "-o", papers / "open.html")
    assert counts(shown, "Papers written") == [(0, len(written)), (1, len(written))]
    assert f"{written[1]} already exists" in shown
    assert "Written:" not in shown
    assert shown.rindex("\x1b[?25h") > shown.rindex("\x1b[?25l"), "the cursor is not shown again"
    _, shown = at_a_terminal("template", folder)
    assert from_nothing_to(len(list((folder / "templates").glob("*.xlsx")))) == counts(shown, "Workbooks written")


@pytest.mark.full
def test_stages_of_a_register(tmp_path: Path) -> None:
    """Classifying a register counts reading it and each working file."""
    _, shown = at_a_terminal(
        "npo", "classify", REGISTER, "-o", tmp_path / "npo", "--report", "none", "--format", "csv,xlsx"
    )
    assert from_nothing_to(3) == counts(shown, "Register read, classes written")


@pytest.mark.full
def test_demo_shows_progress(tmp_path: Path) -> None:
    """The demo counts while it reads and writes, and its lines stand below."""
    _, shown = at_a_terminal("demo", "-o", tmp_path / "demo")
    assert from_nothing_to(5) == counts(shown, "Parts of the example written")
    assert from_nothing_to(READ) == counts(shown, "Workbooks read")
    made, files = counts(shown, "Report files")[-1]
    assert made == files
    assert re.search(r"\?25h\r\nOpen this page:", shown)
