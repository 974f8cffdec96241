"""Run the console and Python blocks of docs/ and update their output: `make docs-update`.

A block marked `console` is a session: lines after `$ ` are typed, the rest is the output. A block marked `pycon` is
Python as typed after `>>> `. A line `…` matches any number of lines, and `…` within a line any text. All blocks of a
page run one after the other in one folder with a copy of the examples, templates and policies. Output that no longer
matches is written again, with as many lines before and after `…` as before.
"""

from __future__ import annotations

import doctest
import io
import os
import re
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import chdir, redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass
from pathlib import Path

from fatf_kit.cli.main import main
from fatf_kit.spreadsheets.repeated_reads import remember_books

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
SKIP = "…"
_BLOCK = re.compile(r"^```(console|pycon)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_MOMENT = re.compile(r"20\d\d-\d\d-\d\d \d\d-\d\d(?:-\d\d)?Z?(?:\.\d{3})?")
_SHOWN_MOMENT = "2027-03-22 09-30-00Z"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsoleCommand:
    """One command as typed and its output lines."""

    typed: str
    lines: tuple[str, ...]


def list_pages() -> list[Path]:
    """Return every page of docs/ in a stable order; none if only the package is installed."""
    return sorted(DOCS.rglob("*.md"))


def split_block(block: str) -> Iterator[ConsoleCommand]:
    """Yield the commands of one block, each with its output."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        typed, *lines = part.rstrip("\n").split("\n")
        yield ConsoleCommand(typed=typed, lines=tuple(lines))


def list_commands(text: str) -> list[str]:
    """Return the command lines in the console blocks of a page."""
    return [
        command.typed for kind, block in _BLOCK.findall(text) if kind == "console" for command in split_block(block)
    ]


def is_match(shown: tuple[str, ...], found: tuple[str, ...]) -> bool:
    """Return whether the lines of a page match the output that was found."""
    pattern = "".join(
        r"(?:.*\n)*" if line == SKIP else re.escape(_hide_moment(line)).replace(SKIP, ".*") + r"\n" for line in shown
    )
    return re.fullmatch(pattern, "".join(f"{_hide_moment(line)}\n" for line in found)) is not None


def renew_lines(shown: tuple[str, ...], found: tuple[str, ...]) -> tuple[str, ...]:
    """Return the lines a page should have: the output that was found, shortened as before."""
    if is_match(shown, found):
        return shown
    if SKIP not in shown or len(found) < len(shown):
        return tuple(_hide_moment(line) for line in found)
    head, tail = shown.index(SKIP), shown[::-1].index(SKIP)
    kept = (*found[:head], SKIP, *(found[-tail:] if tail else ()))
    return tuple(_hide_moment(line) for line in kept)


def run_page(text: str, folder: Path) -> str:
    """Run every block of a page in a prepared folder and return the page with its current output."""
    for name in ("examples", "templates", "frameworks/policies"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("reports", "history", "*.py"))
    terminal = {"COLUMNS": "80", "NO_COLOR": "1"}
    before = {name: os.environ.get(name) for name in terminal}
    os.environ.update(terminal)
    names: dict[str, object] = {}
    try:
        with chdir(folder), remember_books():
            return _BLOCK.sub(lambda block: _run_block(block[1], block[2], names), text)
    finally:
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})


def run_command(typed: str) -> tuple[str, ...]:
    """Run one command line and return the lines of both streams as a person sees them; `cd` changes the folder.

    Raises:
        ValueError: the command is neither fatf-kit nor cd.
        RuntimeError: the command stopped because of a fault of the program, which no page may show.
    """
    program, *args = shlex.split(typed)
    if program == "cd":
        os.chdir(args[0])
        return ()
    if program != "fatf-kit":
        raise ValueError(f"{program} is not run here; use a block marked text")
    screen = io.StringIO()
    with redirect_stdout(screen), redirect_stderr(screen), suppress(SystemExit):
        main(args)
    if "FATF_KIT_DEBUG" in screen.getvalue():
        raise RuntimeError(f"{typed}: {screen.getvalue()}")
    return tuple(line.rstrip() for line in screen.getvalue().rstrip("\n").split("\n")) if screen.getvalue() else ()


def _run_block(kind: str, block: str, names: dict[str, object]) -> str:
    output = _run_console(block) if kind == "console" else _run_python(block, names)
    return f"```{kind}\n{output}```"


def _run_console(block: str) -> str:
    lines: list[str] = []
    for command in split_block(block):
        lines += [f"$ {command.typed}", *renew_lines(command.lines, run_command(command.typed))]
    return "".join(f"{line}\n" for line in lines)


def _run_python(block: str, names: dict[str, object]) -> str:
    lines: list[str] = []
    for example in doctest.DocTestParser().get_examples(block):
        screen = io.StringIO()
        with redirect_stdout(screen):
            exec(compile(example.source, "<page>", "single"), names)  # noqa: S102 - our own page
        typed = example.source.rstrip("\n").split("\n")
        lines += [f"{'...' if number else '>>>'} {line}".rstrip() for number, line in enumerate(typed)]
        lines += renew_lines(tuple(example.want.splitlines()), tuple(screen.getvalue().rstrip("\n").splitlines()))
    return "".join(f"{line}\n" for line in lines)


def _hide_moment(line: str) -> str:
    return _MOMENT.sub(_SHOWN_MOMENT, line.rstrip())


def update_pages(paths: list[Path]) -> None:
    """Write pages again if the output of their blocks has changed."""
    for path in paths:
        text = path.read_text(encoding="utf-8")
        with tempfile.TemporaryDirectory() as folder:
            new = run_page(text, Path(folder))
        if new != text:
            path.write_text(new, encoding="utf-8", newline="\n")
            print(path.relative_to(ROOT))


if __name__ == "__main__":
    update_pages([Path(name).resolve() for name in sys.argv[1:]] or list_pages())
