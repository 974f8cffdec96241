"""The commands in the READMEs work as they are printed there."""

from __future__ import annotations

import re
import shlex
import shutil
import webbrowser
from pathlib import Path

import pytest
from click.testing import CliRunner

from fatf_kit.cli.main import cli, main
from fatf_kit.core.problem_codes import CODES
from fatf_kit.core.problem_kinds import ProblemLevel
from fatf_kit.core.resources import data_folder
from fatf_kit.terminal import exit_codes
from fatf_kit.terminal.exit_codes import EXIT_CODES
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


def test_commands_of_the_readme(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each command runs, in the order of the page, because a step needs the one before."""
    monkeypatch.setattr(webbrowser, "open", lambda _: True)
    for command in commands():
        result = CliRunner().invoke(cli, shlex.split(command), standalone_mode=False)
        assert result.exception is None, f"{command}: {result.exception}"
        assert result.return_value in (None, exit_codes.DONE, exit_codes.FOUND), command


@pytest.mark.full
def test_output_in_the_readme_is_real(tmp_path: Path) -> None:
    """The console block of the README is the output of its commands."""
    text = README.read_text(encoding="utf-8")
    assert [typed.split()[1] for typed in list_commands(text)] == ["demo"]
    assert text == run_page(text, tmp_path / "page")


def test_the_readme_has_commands() -> None:
    """The pattern above finds them."""
    assert {"init", "update", "doctor"} <= {command.split()[0] for command in commands()}


def test_the_readme_is_a_landing_page() -> None:
    """At most 90 lines."""
    assert len(README.read_text(encoding="utf-8").splitlines()) <= 90


def test_exit_codes_of_the_readme_are_those_of_help() -> None:
    """The table has the codes of `fatf-kit --help`, and nothing else."""
    rows = re.findall(r"^\| (\d) \| (.+) \|$", README.read_text(encoding="utf-8"), re.MULTILINE)
    assert {int(code): text for code, text in rows} == EXIT_CODES
    output = " ".join(CliRunner().invoke(cli, ["--help"]).output.split())
    assert " ".join(f"{code} {text}" for code, text in EXIT_CODES.items()) in output


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (("frameworks", "list"), exit_codes.DONE),
        (("check", "examples/ruritania/workbook"), exit_codes.FOUND),
        (("check", "--no-such-option"), exit_codes.WRONG_USAGE),
        (("check", "no-such-folder"), exit_codes.STOPPED),
    ],
)
def test_commands_end_with_these_codes(typed: tuple[str, ...], code: int, capsys: pytest.CaptureFixture[str]) -> None:
    """One command for each of them."""
    with pytest.raises(SystemExit) as ended:
        main(list(typed))
    capsys.readouterr()
    assert ended.value.code == code


def test_planted_problems_are_as_many_as_the_examples_say() -> None:
    """The number in words in examples/README.md."""
    words = {2: "two", 3: "three", 4: "four", 5: "five"}
    result = CliRunner().invoke(cli, ["check", "examples/ruritania/workbook"])
    codes = re.findall(r"\[([a-z-]+)\]$", result.output, re.MULTILINE)
    notes = sum(CODES[code].level is ProblemLevel.NOTE for code in codes)
    said = (ROOT / "examples" / "README.md").read_text(encoding="utf-8")
    assert f"lists {words[len(codes) - notes]} problems" in said
    assert f"{notes} notes" in said
