"""A command gives a result or one plain line, and never loses anybody's work."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from unittest.mock import Mock

import pytest

import fatf_kit
from fatf_kit.core.errors import FatfKitError
from tests.unit.cli.commands import end_of, invoke

SMALL = ("template", "--only", "R.2")
HOMES = ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "MPLCONFIGDIR")


def run(*args: str | bytes, cwd: Path, around: Mapping[str, str] = MappingProxyType({})) -> tuple[int, str, str]:
    """Run a command in a folder, with other variables; return exit code, standard output and standard error."""
    env = {name: value for name, value in os.environ.items() if name not in HOMES}
    command = [sys.executable, "-m", "fatf_kit", *args]
    done = subprocess.run(command, cwd=cwd, env={**env, **around}, capture_output=True, check=False)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small workbook in a folder of its own; whether it is filled does not matter here."""
    return fatf_kit.template(tmp_path_factory.mktemp("answers") / "fiu.xlsx", only=["R.2"])


@pytest.fixture
def answers(filled: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may lose."""
    (tmp_path / "answers").mkdir()
    return Path(shutil.copy(filled, tmp_path / "answers" / "fiu.xlsx"))


def refused(*args: str | Path) -> str:
    """Return the message of a command that could not run."""
    result = invoke(*args)
    assert isinstance(result.exception, FatfKitError), result.output
    return str(result.exception)


@pytest.mark.parametrize(
    "args",
    [
        (*SMALL, "-o", "FILE"),
        ("guide", "IO.6", "-o", "DOCUMENT"),
        ("carry-forward", "FILE", "-o", "FILE"),
        ("carry-forward", "FILE", "-o", "FILE", "--force"),
        ("carry-forward", "OLD", "-o", "FILE"),
        ("published", "import", "FILE", "-o", "FILE"),
        ("published", "import", "FILE", "-o", "FILE", "--force"),
        ("score", "FOLDER", "-o", "FOLDER", "--format", "json"),
        ("score", "FOLDER", "-o", "FOLDER", "--format", "json", "--force"),
    ],
    ids=" ".join,
)
def test_a_filled_workbook_is_never_lost(answers: Path, filled: Path, args: tuple[str, ...]) -> None:
    """Not by a name given twice, and not by --force if it is what is read; nor is a guide that lawyers edited."""
    document = answers.with_name("edited.docx")
    document.write_bytes(b"edited")
    places = {"FILE": answers, "FOLDER": answers.parent, "OLD": filled, "DOCUMENT": document}
    was = {path: path.read_bytes() for path in answers.parent.iterdir()}
    refused(*(places.get(arg, arg) for arg in args))
    assert was == {path: path.read_bytes() for path in answers.parent.iterdir()}


def test_a_default_name_does_not_replace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run twice, the second run stops; --force says that it is meant."""
    monkeypatch.chdir(tmp_path)
    assert invoke(*SMALL).exit_code == 0
    Path("fatf-2022-en.xlsx").write_bytes(b"filled in")
    assert "already exists" in refused(*SMALL)
    assert Path("fatf-2022-en.xlsx").read_bytes() == b"filled in"
    assert invoke(*SMALL, "--force").exit_code == 0
    assert zipfile.is_zipfile("fatf-2022-en.xlsx")


def test_a_report_gives_way_to_its_next_run_only(answers: Path, tmp_path: Path) -> None:
    """The same command again passes; a report that somebody changed stays."""
    args = ("score", str(answers), "-o", str(tmp_path / "report"), "--format", "json,xlsx")
    for _ in range(2):
        assert invoke(*args).exception is None
    (tmp_path / "report" / "report.xlsx").write_bytes(b"edited")
    assert "report/report.xlsx was not written by fatf-kit" in refused(*args)


@pytest.mark.full
@pytest.mark.parametrize(
    "around",
    [
        pytest.param({"PYTHONIOENCODING": "cp1252"}, marks=pytest.mark.sample),
        {"PYTHONUTF8": "0", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "TZ": "Asia/Baghdad"},
        {"LC_ALL": "ar_IQ.UTF-8", "LANG": "ar_IQ.UTF-8", "TZ": "Pacific/Chatham"},
    ],
    ids=str,
)
def test_any_encoding_locale_and_clock(tmp_path: Path, around: dict[str, str]) -> None:
    """Arabic on the terminal, an Arabic template, and the same answers everywhere."""
    code, out, err = run("frameworks", "show", "fatf-2022", "R.2", "--lang", "ar", cwd=tmp_path, around=around)
    assert (code, err) == (0, "")
    assert "التعاون" in out
    code, _, err = run(*SMALL, "--lang", "ar", "-o", "استبيان one.xlsx", cwd=tmp_path, around=around)
    assert (code, err) == (0, "كُتب: استبيان one.xlsx\n")
    code, out, _ = run("check", "--json", "استبيان one.xlsx", cwd=tmp_path, around=around)
    assert (code, json.loads(out)["problems"]) == (0, [])


@pytest.mark.full
def test_a_name_that_is_no_text(answers: Path, tmp_path: Path) -> None:
    """Bytes that are not UTF-8, in the name of a file and in options, are read and marked in every message."""
    odd = os.fsencode(tmp_path) + b"/b\xff.xlsx"
    shutil.copy(os.fsencode(answers), odd)
    args = ("--format", "html,docx,xlsx,json", "--notice", b"n\xff", "-o", b"out\xff")
    code, _, err = run("score", odd, *args, cwd=tmp_path)
    assert ("Traceback" in err, code) == (False, 0), err
    document = json.loads(Path(os.fsdecode(os.fsencode(tmp_path) + b"/out\xff/assessment.json")).read_text("utf-8"))
    assert [given["name"] for given in document["provenance"]["inputs"]] == ["b\ufffd.xlsx"]
    code, _, err = run(*SMALL, "--country", b"c\xff", "-o", b"t\xff.xlsx", cwd=tmp_path)
    assert (code, err.replace("Written: t\ufffd.xlsx\n", "")) == (0, "")
    code, out, _ = run("check", "--json", b"none\xff.xlsx", cwd=tmp_path)
    assert (code, json.loads(out)["problems"][0]["file"]) == (3, "none\ufffd.xlsx")
    code, _, err = run("frameworks", "show", b"\xff", cwd=tmp_path)
    assert (code, len(err.splitlines())) == (3, 1)


@pytest.mark.parametrize(
    ("fault", "debug", "last"),
    [
        (ZeroDivisionError("so\nit goes"), "", "ZeroDivisionError: so it goes"),
        (ZeroDivisionError("so\nit goes"), "1", "ZeroDivisionError: so it goes"),
        (KeyboardInterrupt(), "", "fatf-kit: Stopped."),
    ],
)
def test_an_unexpected_stop_is_one_line(
    fault: BaseException, debug: str, last: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The line says what failed, or that Ctrl-C stopped it; the traceback is shown only if FATF_KIT_DEBUG asks."""
    monkeypatch.setattr("fatf_kit.score", Mock(side_effect=fault))
    monkeypatch.setenv("FATF_KIT_DEBUG", debug)
    assert end_of("check", "x.xlsx") == 3
    lines = capsys.readouterr().err.split("\n")
    lines = [line for line in lines if line]  # click ends the line on which ^C was typed
    assert (len(lines) == 1, last in lines[-1]) == (debug == "", True)


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only for root")
def test_a_read_only_folder(tmp_path: Path) -> None:
    """One line with a way out."""
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o555)
    assert "you may not write in" in refused(*SMALL, "-o", folder / "a.xlsx")


def test_long_names_and_paths_with_spaces(answers: Path, tmp_path: Path) -> None:
    """200 characters are read like any other; 300 are refused with a message."""
    folder = tmp_path / "وزارة المالية 2027 (final)"
    folder.mkdir()
    long = Path(shutil.copy(answers, folder / f"{'n' * 200}.xlsx"))
    assert invoke("check", long).return_value == 0
    assert "its name is too long" in refused(*SMALL, "-o", folder / f"{'n' * 300}.xlsx")
    assert list(folder.iterdir()) == [long]
