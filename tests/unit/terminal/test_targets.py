"""Each command looks at its target before the work, works alone in a folder, and recognises its own outputs."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path

import click
import pytest

from fatf_kit.cli.main import cli
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.resources import data_folder
from fatf_kit.core.store import lock as folder_lock
from fatf_kit.terminal.options import ReadPath, TargetOption
from tests.unit.cli.commands import copy_small_country, invoke
from tools.outputs.dumping import ExampleCopy, list_commands
from tools.outputs.runs import load_runs

ENDINGS = ("", ".xlsx", ".docx", ".csv", ".html")
INTO_HOME = (
    "update {home} --no-open",
    "status {home}",
    "letters {home}",
    "template {home}",
    "statistics template {home}",
    "laws propose {home}",
    "action-plan make {home} --kind icrg",
    "training template {home}",
    "mock template {home}",
    "score {home}",
    "paper brief {home}",
    "init {home} --refresh",
    "init {home} --convert",
)
"""Lines that write into an assessment folder where no target is named."""

READERS = {
    "doctor",
    *("explain", "verify", "replay", "outlook", "what-if"),
    *("laws check", "laws list", "laws without", "npo check", "action-plan check"),
    *("frameworks check", "frameworks diff", "frameworks list", "frameworks show"),
    *("published list", "published show", "published lists show"),
}
"""Commands that write nothing."""

MORE = (
    "frameworks export --as datapackage -o out",
    "published lists import out/changes.csv --as-of 2026-10-23 -o out/lists.csv",
    "demo -o out",
    "paper gap {graustark} -o out/gap.docx",
    "status {graustark} -o out",
    "statistics template --role fiu --years 2021-2025 -o out",
    "plan {graustark} -o out/plan.xlsx",
    "check {graustark} -o out/problems.xlsx",
    "calendar --visit 2027-03-01 -o out/calendar.ics",
    "compare {graustark} {graustark} -o out",
    "npo classify {npo}/register.csv --report none -o out && npo compare {old} {new} -o out/comparison.html".format_map(
        {"npo": "{npo}", "old": "out/classified.csv", "new": "out/classified.csv"}
    ),
)
"""Lines of commands that have no run of their own."""

GOVERNMENT = (
    "score {graustark} --audience government --format html,json -o out",
    "paper brief {graustark} --audience government -o out/brief.docx",
    "fill {blank} {graustark} --audience government -o out/filled.xlsx",
    "laws concordance {graustark} --audience government -o out/concordance.xlsx",
    "training report {graustark} --audience government -o out/training.docx",
    "npo classify {npo}/register.csv --settings {npo}/settings.json --format csv,xlsx --report html,json -o out",
    "npo questionnaire {npo}/register.csv --settings {npo}/settings.json -o out",
)
"""Lines that write what may have restricted answers or names bodies."""

UNTRIED = {
    "published import": "reads a file of FATF that is not shipped",
}
"""Commands that are not run twice, and why."""

_GROUPS = "npo|laws|statistics|mock|training|action-plan|follow-up|frameworks|published( lists)?"
_NAME = re.compile(rf"(?:(?:{_GROUPS}) )?\S+")
"""The path of the command at the beginning of a line."""

QUICK = {
    *("npo map", "npo template", "template", "follow-up report", "guide", "mock debrief", "frameworks export"),
    *("training report", "progress", "published lists import"),
}
"""Commands that every test run does twice; the others are left for the full one."""


def list_leaves() -> Iterator[tuple[str, click.Command]]:
    """Yield each command that is no group, with its path."""
    for path in list_commands():
        command: click.Command = cli
        for word in path.split():
            assert isinstance(command, click.Group)
            command = command.get_command(click.Context(cli), word) or command
        if not isinstance(command, click.Group):
            yield path, command


def make_arguments(command: click.Command, source: Path) -> list[str]:
    """Return what a command needs besides its target; its inputs are a folder or an empty file."""
    made: list[str] = []
    for param in command.params:
        value = "x"
        if isinstance(param.type, ReadPath):
            value = str(source if param.type.dir_okay else source / "input.xlsx")
        elif isinstance(param.type, click.Choice):
            value = str(param.type.choices[0])
        if isinstance(param, click.Argument):
            made += [value] * max(param.nargs, 1)
        elif param.required and not isinstance(param, TargetOption):
            made += [param.opts[-1], value]
    return made


def find_ending(command: click.Command, target: TargetOption) -> str:
    """Return an ending that the target of a command may have."""
    for ending in ENDINGS:
        try:
            target.type.convert(f"nowhere/target{ending}", target, click.Context(command))
        except click.UsageError:
            continue
        return ending
    raise AssertionError(command.name)


def list_targets(folder: Path, source: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield each command with a target, and a command line for it whose target is within a folder."""
    for path, command in list_leaves():
        for option in command.params:
            if isinstance(option, TargetOption):
                target = folder / f"target{find_ending(command, option)}"
                yield path, [*path.split(), *make_arguments(command, source), "-o", str(target)]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Return a folder with an empty file, which no command can read."""
    folder = tmp_path / "source"
    folder.mkdir()
    (folder / "input.xlsx").write_bytes(b"")
    return folder


def test_every_command_declares_its_target() -> None:
    """An option -o that is no target would be looked at by nobody; a command without one writes at home or nothing."""
    for path, command in list_leaves():
        named = [param for param in command.params if {"-o", "--output"} & set(param.opts)]
        assert all(isinstance(param, TargetOption) for param in named), path
        is_home = any(line.startswith(f"{path} ") for line in INTO_HOME)
        assert bool(named) + is_home >= 1 or path in READERS, f"{path} is in no list of this file"
        assert not (named and path in READERS), path


@pytest.mark.parametrize("fault", ["a file", "may not write"])
def test_a_target_that_cannot_be_written_is_found_before_the_work(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    """Below a file, or in a folder without the right: the first message is about the target, and nothing is read."""
    folder = tmp_path / "place"
    if fault == "a file":
        folder.write_bytes(b"")
    else:
        folder.mkdir()
        monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK or Path(path) != folder)
    count = 0
    for path, line in list_targets(folder, source):
        result = invoke(*line)
        assert isinstance(result.exception, FatfKitError), (path, result.exception, result.output)
        assert fault in str(result.exception), path
        assert not result.output, path
        count += 1
    assert count > 30


def test_a_file_of_a_person_is_found_before_the_work(tmp_path: Path, source: Path) -> None:
    """It stays, and nothing is read; what would be written into a folder is not known yet."""
    folder = tmp_path / "place"
    folder.mkdir()
    for path, line in list_targets(folder, source):
        target = Path(line[-1])
        if not target.suffix:
            continue
        target.write_bytes(b"of a person")
        result = invoke(*line)
        assert "already exists" in str(result.exception), (path, result.exception)
        assert (target.read_bytes(), result.output) == (b"of a person", ""), path


HOLDER = """
import sys
from pathlib import Path
from fatf_kit.core.store import work_alone
with work_alone(Path(sys.argv[1]), "update"):
    print("working", flush=True)
    sys.stdin.readline()
"""


@pytest.mark.full
def test_one_run_at_a_time_works_in_a_folder(tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each command says who works there and since when, for a target of its own and for the folder's places."""
    home = copy_small_country(tmp_path / "iraq")
    monkeypatch.setattr(folder_lock, "_PATIENCE", 0.01)
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    before = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    with holder:
        assert holder.stdout
        assert holder.stdout.readline() == "working\n"
        lines = [line for _, line in list_targets(home / "reports", source)]
        lines += [shlex.split(line.format(home=home)) for line in INTO_HOME]
        for line in lines:
            told = str(invoke(*line).exception)
            assert "has been working in" in told, (line, told)
            assert "(fatf-kit update)" in told, line
        with chdir(home):
            assert "has been working in" in str(invoke("mock", "debrief").exception)
        holder.kill()
    working = home / folder_lock.WORKING
    lock = home / folder_lock.LOCK
    assert {p: p.read_bytes() for p in home.rglob("*") if p.is_file() and p not in {working, lock}} == before


def test_nothing_is_left_of_a_folder_that_was_not_needed(tmp_path: Path, source: Path) -> None:
    """A run that ends before it writes leaves no folder."""
    with chdir(tmp_path):
        assert invoke("npo", "classify", source / "input.xlsx", "-o", "npo").exception is not None
        assert invoke("score", source / "input.xlsx", "-o", "out/report").exception is not None
    assert not (tmp_path / "npo").exists()
    assert not (tmp_path / "out" / "report").exists()


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> ExampleCopy:
    """Return a copy of the examples that commands may write into."""
    return ExampleCopy(data_folder("examples").parent, tmp_path_factory.mktemp("copy"))


def list_runs() -> dict[str, list[str]]:
    """Return the lines of the smallest run of each command that names a target, up to the line with that target."""
    runs = load_runs()
    texts = [run.lines[: place + 1] for run in runs for place, line in enumerate(run.lines) if " -o " in line]
    texts += [tuple(lines.split(" && ")) for lines in MORE]
    texts.sort(key=lambda lines: (len(lines), "{ruritania}" in lines[-1]), reverse=True)
    words = runs[0].words["en"]
    return {_NAME.match(lines[-1])[0]: [line.format_map(words) for line in lines] for lines in texts}  # type: ignore[index]


def test_every_command_with_a_target_is_run_twice() -> None:
    """A new command needs a run, or a line in this file."""
    paths = {path for path, command in list_leaves() if any(isinstance(one, TargetOption) for one in command.params)}
    assert paths == {*list_runs(), *UNTRIED}


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(lines, id=name, marks=() if name in QUICK else pytest.mark.full)
        for name, lines in sorted(list_runs().items())
    ],
)
def test_a_command_runs_twice_and_keeps_what_a_person_changed(examples: ExampleCopy, lines: list[str]) -> None:
    """Without --force; then each of its files is changed by a person, and stays."""
    with chdir(examples.place):
        out = Path("out")
        out.mkdir(exist_ok=True)
        (out / "changes.csv").write_text("iso3,list,listed_since,removed_on,as_of,source,confidence\n", "utf-8")
        inputs = {out / "changes.csv"}
        for line in (*lines, *lines):
            result = invoke(*shlex.split(line))
            assert result.exception is None, (line, result.exception)
        written = [path for path in out.rglob("*") if path.is_file() and not path.name.startswith(".fatf-kit")]
        assert set(written) > inputs
        for path in written:
            path.write_bytes(path.read_bytes() + b"typed")
        for line in lines:
            invoke(*shlex.split(line))
        lost = [path for path in written if not path.read_bytes().endswith(b"typed")]
        shutil.rmtree(out)
    examples.collect()
    assert not lost


@pytest.mark.full(keep_every=4)
@pytest.mark.parametrize("line", GOVERNMENT)
@pytest.mark.skipif(os.name != "posix", reason="other systems have no such rights")
def test_restricted_papers_are_for_their_owner_alone(examples: ExampleCopy, line: str) -> None:
    """Also in a folder that everybody reads, and over a file that everybody read."""
    words = load_runs()[0].words["en"]
    with chdir(examples.place):
        out = Path("out")
        out.mkdir()
        out.chmod(0o755)
        result = invoke(*shlex.split(line.format_map(words)))
        assert result.exception is None, result.exception
        written = [path for path in out.rglob("*") if path.is_file() and path.name != folder_lock.LOCK]
        open_files = [path.name for path in written if path.stat().st_mode & 0o077]
        shutil.rmtree(out)
    examples.collect()
    assert written
    assert not open_files


def test_every_command_for_the_government_is_tried() -> None:
    """A new command with such an audience needs a line in the list."""
    for path, command in list_leaves():
        for param in command.params:
            if param.name == "audience" and "government" in getattr(param.type, "choices", ()):
                assert any(line.startswith(f"{path} ") for line in GOVERNMENT), path
