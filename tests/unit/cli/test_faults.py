"""Whatever the machine is like, a person gets a result or one plain line, and nobody's work is lost."""

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

import pytest
from click.testing import CliRunner

import fatf_kit
from fatf_kit.cli.main import cli, main
from fatf_kit.core.errors import FatfKitError

SMALL = ("template", "--only", "R.2")
SCRIPT = "from fatf_kit.cli.main import main; main()"


HOMES = ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "MPLCONFIGDIR")


def run(
    *args: str | bytes, cwd: Path, before: str = "", around: Mapping[str, str] = MappingProxyType({})
) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of a command in a folder, with other variables around it."""
    env = {name: value for name, value in os.environ.items() if name not in HOMES}
    done = subprocess.run(
        [sys.executable, "-c", before + SCRIPT, *args], cwd=cwd, env={**env, **around}, capture_output=True, check=False
    )
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
    """The message of a command that could not run."""
    result = CliRunner().invoke(cli, [str(arg) for arg in args], standalone_mode=False)
    assert isinstance(result.exception, FatfKitError), result.output
    return str(result.exception)


@pytest.mark.parametrize(
    "args",
    [
        (*SMALL, "-o", "FILE"),
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
    """Not by a name given twice, not by force where it is what is read."""
    was = answers.read_bytes()
    places = {"FILE": answers, "FOLDER": answers.parent, "OLD": filled}
    refused(*(places.get(arg, arg) for arg in args))
    assert ([answers], was) == (list(answers.parent.iterdir()), answers.read_bytes())


def test_a_default_name_does_not_replace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run twice, the second run stops; --force says that it is meant."""
    monkeypatch.chdir(tmp_path)
    assert 0 == CliRunner().invoke(cli, SMALL).exit_code
    Path("fatf-2022-en.xlsx").write_bytes(b"filled in")
    assert "is there already" in refused(*SMALL)
    assert b"filled in" == Path("fatf-2022-en.xlsx").read_bytes()
    assert 0 == CliRunner().invoke(cli, [*SMALL, "--force"]).exit_code
    assert zipfile.is_zipfile("fatf-2022-en.xlsx")


def test_a_guide_does_not_replace(tmp_path: Path) -> None:
    """A guide that lawyers went on editing stays."""
    path = tmp_path / "io6.docx"
    path.write_bytes(b"edited")
    assert "--force" in refused("guide", "IO.6", "-o", path)
    assert b"edited" == path.read_bytes()


def test_a_report_gives_way_to_its_next_run_only(answers: Path, tmp_path: Path) -> None:
    """The same command again passes; a report that somebody changed stays."""
    args = ("score", str(answers), "-o", str(tmp_path / "report"), "--format", "json,xlsx")
    for _ in range(2):
        assert CliRunner().invoke(cli, args, standalone_mode=False).exception is None
    (tmp_path / "report" / "report.xlsx").write_bytes(b"edited")
    assert "report/report.xlsx was not written by fatf-kit" in refused(*args)


@pytest.mark.parametrize(
    "around",
    [
        {"PYTHONIOENCODING": "cp1252"},
        {"PYTHONUTF8": "0", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "TZ": "Asia/Baghdad"},
        {"LC_ALL": "ar_IQ.UTF-8", "LANG": "ar_IQ.UTF-8", "TZ": "Pacific/Chatham"},
    ],
    ids=str,
)
def test_any_encoding_locale_and_clock(tmp_path: Path, around: dict[str, str]) -> None:
    """Arabic on the terminal, an Arabic template, and the same answers everywhere."""
    code, out, err = run("frameworks", "show", "fatf-2022", "R.2", "--lang", "ar", cwd=tmp_path, around=around)
    assert (0, "") == (code, err)
    assert "التعاون" in out
    code, _, err = run(*SMALL, "--lang", "ar", "-o", "استبيان one.xlsx", cwd=tmp_path, around=around)
    assert (0, "كُتب: استبيان one.xlsx\n") == (code, err)
    code, out, _ = run("check", "--json", "استبيان one.xlsx", cwd=tmp_path, around=around)
    assert (0, []) == (code, json.loads(out)["problems"])


def test_a_name_that_is_no_text(answers: Path, tmp_path: Path) -> None:
    """Bytes that are no UTF-8, in a file's name and in options: read, scored, and marked where they are told."""
    odd = os.fsencode(tmp_path) + b"/b\xff.xlsx"
    shutil.copy(os.fsencode(answers), odd)
    args = ("--format", "html,docx,xlsx,json", "--notice", b"n\xff", "-o", b"out\xff")
    code, _, err = run("score", odd, *args, cwd=tmp_path)
    assert ("Traceback" in err, code) == (False, 0), err
    document = json.loads(Path(os.fsdecode(os.fsencode(tmp_path) + b"/out\xff/assessment.json")).read_text("utf-8"))
    assert ["b\ufffd.xlsx"] == [given["name"] for given in document["provenance"]["inputs"]]
    code, _, err = run(*SMALL, "--country", b"c\xff", "-o", b"t\xff.xlsx", cwd=tmp_path)
    assert (0, "") == (code, err.replace("Written: t\ufffd.xlsx\n", ""))
    code, out, _ = run("check", "--json", b"none\xff.xlsx", cwd=tmp_path)
    assert (3, "none\ufffd.xlsx") == (code, json.loads(out)["problems"][0]["file"])
    code, _, err = run("frameworks", "show", b"\xff", cwd=tmp_path)
    assert (3, 1) == (code, len(err.splitlines()))


def test_a_fault_of_our_own_is_one_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """What failed and no traceback, which is there for those who ask."""

    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("so\nit goes")

    monkeypatch.setattr("fatf_kit.score", fail)
    for debug, traceback in (("", False), ("1", True)):
        monkeypatch.setenv("FATF_KIT_DEBUG", debug)
        with pytest.raises(SystemExit) as stop:
            main(["check", "x.xlsx"])
        told = capsys.readouterr().err
        assert (3, traceback) == (stop.value.code, "Traceback" in told)
        assert "ZeroDivisionError: so it goes" in told.splitlines()[-1]


def test_stopped_by_hand(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Ctrl-C is an end like any other."""

    def stop_it(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("fatf_kit.score", stop_it)
    with pytest.raises(SystemExit) as stop:
        main(["check", "x.xlsx"])
    assert (3, "fatf-kit: Stopped.") == (stop.value.code, capsys.readouterr().err.strip())


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only for root")
def test_a_read_only_folder(tmp_path: Path) -> None:
    """One line with a way out."""
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o555)
    assert "no writing in" in refused(*SMALL, "-o", folder / "a.xlsx")


def test_a_full_disk_leaves_the_earlier_report(answers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also in the middle of a report: what was there is whole."""
    args = ("score", str(answers), "-o", str(tmp_path / "report"), "--format", "json,xlsx")
    assert CliRunner().invoke(cli, args, standalone_mode=False).exception is None
    was = (tmp_path / "report" / "report.xlsx").read_bytes()

    def full(self: Path, target: Path) -> Path:
        if target.name == "report.xlsx":
            raise OSError(28, "No space left on device")
        return self.rename(target)

    monkeypatch.setattr(Path, "replace", full)
    assert "report.xlsx cannot be written: the disk is full" in refused(*args)
    assert was == (tmp_path / "report" / "report.xlsx").read_bytes()
    assert not [path for path in (tmp_path / "report").iterdir() if path.name.startswith(".fatf-kit-")]


def test_long_names_and_paths_with_spaces(answers: Path, tmp_path: Path) -> None:
    """200 characters are read like any other; 300 are told."""
    folder = tmp_path / "وزارة المالية 2027 (final)"
    folder.mkdir()
    long = Path(shutil.copy(answers, folder / f"{'n' * 200}.xlsx"))
    assert 0 == CliRunner().invoke(cli, ["check", str(long)], standalone_mode=False).return_value
    assert "the name is too long" in refused(*SMALL, "-o", folder / f"{'n' * 300}.xlsx")
    assert [long] == list(folder.iterdir())


def test_no_network_and_no_home(answers: Path, tmp_path: Path) -> None:
    """A template, a guide and a report with charts come about where every socket fails and there is no home to use."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(
        "import socket\n\nclass Refused(socket.socket):\n    def __init__(self, *_, **__):\n"
        "        raise RuntimeError('a socket was asked for')\n\nsocket.socket = Refused\n"
    )
    around = {"PYTHONPATH": os.pathsep.join((str(tmp_path / "site"), *sys.path)), "HOME": str(answers / "nowhere")}
    with_socket = (
        "import socket\ntry:\n    socket.socket()\nexcept RuntimeError:\n    pass\nelse:\n    raise SystemExit(9)\n"
    )
    for args, told in (
        ((*SMALL, "-o", "a.xlsx"), "Written: a.xlsx\n"),
        (("guide", "IO.6", "-o", "a.docx"), "Written: a.docx\n"),
        (("score", str(answers), "-o", "report"), 2),  # nothing is answered yet, and what is written
        (("score", "--published", "IRQ", "-o", "irq", "--lang", "ar"), 1),
    ):
        code, _, err = run(*args, cwd=tmp_path, before=with_socket, around=around)
        assert 0 == code, err
        assert told in (err, len(err.splitlines())), err
