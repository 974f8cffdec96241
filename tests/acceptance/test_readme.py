"""The commands in the READMEs work as they are printed there."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from fatf_kit.cli.main import cli
from fatf_kit.core.problem_codes import CODES
from fatf_kit.core.problem_kinds import ProblemLevel
from fatf_kit.core.resources import data_folder
from tools.docs_pages import list_commands, run_page

ROOT = data_folder("examples").parent
README = ROOT / "README.md"
pytestmark = pytest.mark.skipif(not README.is_file(), reason="only a checkout has its README")


def commands() -> list[str]:
    """Return the whole commands in backquotes, without those that contain an ellipsis."""
    text = README.read_text(encoding="utf-8") if README.is_file() else ""
    found = [typed for typed in re.findall(r"`fatf-kit ([^`]+)`", text) if not re.search(r"…|COMMAND", typed)]
    return [*dict.fromkeys(found)]


@pytest.fixture(autouse=True)
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that looks like the checkout, where results may be written."""
    for name in ("examples", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("reports", "history"))
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("command", commands())
def test_commands_of_the_readme(command: str) -> None:
    """Each command runs; it may find problems, because the example has some."""
    result = CliRunner().invoke(cli, shlex.split(command), standalone_mode=False)
    assert result.exception is None, result.exception
    assert result.return_value in (None, 0, 1)


def test_output_in_the_readme_is_real(tmp_path: Path) -> None:
    """The console block of the README is the output of its commands."""
    text = README.read_text(encoding="utf-8")
    assert [typed.split()[1] for typed in list_commands(text)] == ["explain"]
    assert text == run_page(text, tmp_path / "page")


def test_the_readme_has_commands() -> None:
    """The pattern above finds them."""
    assert {"check", "score", "guide", "template", "doctor"} <= {command.split()[0] for command in commands()}


def test_python_of_the_readme() -> None:
    """The example for analysts."""
    (code,) = re.findall(r"```python\n(.+?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    names: dict[str, object] = {}
    exec(code, names)  # noqa: S102 - our own README
    assert "frames" in names


def test_planted_problems_are_as_many_as_the_examples_say() -> None:
    """The number in words in examples/README.md."""
    words = {2: "two", 3: "three", 4: "four", 5: "five"}
    result = CliRunner().invoke(cli, ["check", "examples/ruritania/workbook"])
    codes = re.findall(r"\[([a-z-]+)\]$", result.output, re.MULTILINE)
    notes = sum(CODES[code].level is ProblemLevel.NOTE for code in codes)
    said = (ROOT / "examples" / "README.md").read_text(encoding="utf-8")
    assert f"lists {words[len(codes) - notes]} problems" in said
    assert f"{notes} notes" in said
