"""Runs command lines in a copy of the examples and turns what they print and write into text files."""

from __future__ import annotations

import io
import os
import shlex
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import chdir, redirect_stderr, redirect_stdout
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from tools.outputs.capture import prepare_package
from tools.outputs.clock import freeze_clock
from tools.outputs.runs import LANGUAGES, TERMINAL, Run, select_runs
from tools.outputs.texts import describe_file, describe_json, tidy_text

_OUT = "out"
"""The folder that command lines name for what they write."""

_CHARTS = (".png", ".svg")
"""Pictures; their data is in the documents."""

_OWN_NOTES = (".fatf-kit.lock", ".fatf-kit.outputs.json")
_CACHE = ".fatf-kit-cache/"
"""Files for fatf-kit alone: they have no text of their own."""

_TERMINAL = {"COLUMNS": "80", "NO_COLOR": "1", "FATF_KIT_DEBUG": "1", "FATF_KIT_WORKERS": "1", "LC_ALL": "C.UTF-8"}
"""The environment of every run: a screen of 80 columns, no colours, and no further process."""

_MOVED = datetime(2026, 5, 12, 12, 0, tzinfo=UTC).timestamp()
"""The moment at which all files of the examples were changed, because a checkout does not keep it."""


def name_output(run: str, output: str, language: str) -> str:
    """Return the name of the text file of an output.

    >>> name_output("ruritania/brief", "brief.docx", "ar")
    'ruritania/brief/brief.docx.ar.txt'
    """
    return f"{run}/{output}.{language}.txt"


def dump_runs(
    runs: tuple[Run, ...],
    folder: Path,
    *,
    only: tuple[str, ...] = (),
    is_golden: bool = False,
    languages: Sequence[str] = LANGUAGES,
) -> tuple[int, float]:
    """Write the outputs of the runs into a folder; return their number and the seconds of CPU that it took.

    These are all outputs, or those that are golden. All of them include the help of every command, and what each line
    prints with --json, where its command has that and writes no such file. `only` are patterns of names of runs, and
    `languages` those of which outputs are wanted.

    Call it once in a process of its own: it changes the package.

    Raises:
        RuntimeError: a command stopped by an error of the program.
    """
    os.environ.update(_TERMINAL)
    for name in prepare_package():
        print(f"This commit has no {name}: what it makes is not written as text.")
    from fatf_kit.core.resources import data_folder

    package = data_folder("examples").parent / "fatf_kit"
    chosen = select_runs(runs if is_golden else (*runs, _make_help_run(runs[0].day)), only)
    clock = freeze_clock(package, runs[0].day)
    count, begin = 0, _count_seconds()
    with tempfile.TemporaryDirectory() as place:
        copy = ExampleCopy(data_folder("examples").parent, Path(place).resolve())
        for run in chosen:
            clock.day = run.day
            for language in languages:
                for output, text in make_outputs(run, language, copy, is_golden=is_golden).items():
                    target = folder / name_output(run.name, output, language)
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_text(text, encoding="utf-8", newline="\n")
                    count += 1
    return count, _count_seconds() - begin


def _count_seconds() -> float:
    """Return the seconds of CPU of this process and of those that it started."""
    return sum(os.times()[:4])


def _make_help_run(day: date) -> Run:
    """Return the run that prints the help of every command."""
    return Run(name="help", day=day, lines=tuple(f"{path} --help".lstrip() for path in list_commands()))


def list_commands() -> Iterator[str]:
    """Yield every command and every group of commands, as "laws list"; the program itself is ""."""
    import click

    from fatf_kit.cli.main import cli

    def walk(command: click.Command, path: str) -> Iterator[str]:
        yield path
        if isinstance(command, click.Group):
            context = click.Context(command)
            for name in command.list_commands(context):
                if part := command.get_command(context, name):
                    yield from walk(part, f"{path} {name}".lstrip())

    return walk(cli, "")


class ExampleCopy:
    """A copy of the examples that commands may write into; `collect` gives what they wrote and undoes it."""

    def __init__(self, source: Path, place: Path) -> None:
        self._source, self.place = source, place
        ignored = shutil.ignore_patterns("reports", "history", "*.py")
        for name in ("examples", "templates"):
            shutil.copytree(source / name, place / name, ignore=ignored)
        self._known = {}
        for path in self._list_files():
            os.utime(path, (_MOVED, _MOVED))
            self._known[path] = path.stat().st_size

    def collect(self) -> Mapping[str, bytes]:
        """Return the content of new and changed files by their names in the copy, and restore the copy."""
        files: dict[str, bytes] = {}
        for path in self._list_files():
            status = path.stat()
            if status.st_mtime == _MOVED and self._known.get(path) == status.st_size:
                continue
            inside = path.relative_to(self.place)
            files[inside.as_posix()] = path.read_bytes()
            if path in self._known:
                shutil.copyfile(self._source / inside, path)
                os.utime(path, (_MOVED, _MOVED))
            else:
                path.unlink()
        for path in sorted(self.place.rglob("*"), reverse=True):
            if path.is_dir() and not any(path.iterdir()):
                path.rmdir()
        if lost := [path for path in self._known if not path.is_file()]:
            raise RuntimeError(f"A command removed {lost[0].name} of the examples.")
        return files

    def _list_files(self) -> Iterator[Path]:
        return (path for path in sorted(self.place.rglob("*")) if path.is_file())


def make_outputs(run: Run, language: str, copy: ExampleCopy, *, is_golden: bool) -> Mapping[str, str]:
    """Return the texts of the outputs of a run in one language by their names; `is_golden` as of `dump_runs`.

    A file that repeats another one, as a copy in history/ does, is left out.
    """
    lines = list(run.list_lines(language))
    with chdir(copy.place):
        screens = [f"$ fatf-kit {line}\n{run_line(line)}" for line in lines]
    outputs = {TERMINAL: tidy_text("\n".join(screens))}
    files = {
        _shorten_name(path, language): content
        for path, content in copy.collect().items()
        if not path.endswith(_OWN_NOTES) and _CACHE not in path
    }
    for name in sorted(files, key=lambda name: (name not in run.golden, name)):
        if name.endswith(_CHARTS) or (is_golden and name not in run.golden):
            continue
        text = describe_file(files[name])
        if name in run.golden or text not in outputs.values():
            outputs[name] = text
    if is_golden:
        return {name: outputs[name] for name in run.golden}
    if not any(name.endswith(".json") for name in outputs):
        with chdir(copy.place):
            for number, line in enumerate(lines, start=1):
                if _has_json(line):
                    outputs[f"{TERMINAL}-{number}.json"] = describe_json(run_line(f"{line} --json"))
        copy.collect()
    return outputs


def _shorten_name(name: str, language: str) -> str:
    """Return the name of a file within the folder for outputs, or within its example.

    >>> _shorten_name("examples/ruritania/ar/history/2026-12-01 09-00-00Z decisions.xlsx", "ar")
    'history/2026-12-01-09-00-00Z-decisions.xlsx'
    """
    first, *others = name.split("/")
    parts = others if first == _OUT else others[1:] if first == "examples" else [first, *others]
    return "/".join(parts[1:] if parts[0] == language else parts).replace(" ", "-")


def run_line(line: str) -> str:
    """Run one command line and return what it prints on both streams, then its exit code if that is not 0.

    Raises:
        RuntimeError: the command stopped by an error of the program.
    """
    from fatf_kit.cli.main import main

    screen = io.StringIO()
    code: Any = 0
    with redirect_stdout(screen), redirect_stderr(screen):
        try:
            main(shlex.split(line))
        except SystemExit as end:
            code = end.code
    text = screen.getvalue()
    if "Traceback (most recent call last)" in text:
        raise RuntimeError(f"{line}: {text}")
    return f"{text}exit code {code}\n" if code else text


def _has_json(line: str) -> bool:
    """Return whether the command of a line has the switch --json."""
    import click

    from fatf_kit.cli.main import cli

    command: click.Command = cli
    context = click.Context(cli)
    words = shlex.split(line)
    for word in words:
        if not isinstance(command, click.Group):
            break
        command = command.get_command(context, word) or command
    return "--help" not in words and any("--json" in part.opts for part in command.params)
