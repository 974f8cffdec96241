"""Pages of docs/ and what stands in them: console blocks that are real, links, anchors, commands.

A block marked `console` is a session: lines after `$ ` are typed, the rest is what came out. A block marked `pycon` is
Python as typed after `>>> `. A line `…` stands for any number of lines, and `…` within a line for any text. All blocks
of a page run one after the other in one folder that has the examples, templates and policies of the checkout. `make
docs-update` runs this module: what no longer holds is written again, with as many lines before and after `…` as there
were.
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

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
SKIP = "…"
_BLOCK = re.compile(r"^```(console|pycon)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_MOMENT = re.compile(r"20\d\d-\d\d-\d\d \d\d-\d\d(?:-\d\d)?Z?(?:\.\d{3})?")
_SHOWN_MOMENT = "2027-03-22 09-30-00Z"


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One command as typed and the lines that came out."""

    typed: str
    lines: tuple[str, ...]


def pages() -> list[Path]:
    """Every page of docs/, in a stable order; none where only the package is installed."""
    return sorted(DOCS.rglob("*.md"))


def turns(block: str) -> Iterator[Turn]:
    """The commands of one block, each with what stands below it."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        typed, *lines = part.rstrip("\n").split("\n")
        yield Turn(typed=typed, lines=tuple(lines))


def commands(text: str) -> list[str]:
    """What is typed in the console blocks of a page."""
    return [turn.typed for kind, block in _BLOCK.findall(text) if kind == "console" for turn in turns(block)]


def matches(said: tuple[str, ...], found: tuple[str, ...]) -> bool:
    """Whether the lines of a page hold for what came out."""
    pattern = "".join(
        r"(?:.*\n)*" if line == SKIP else re.escape(_settled(line)).replace(SKIP, ".*") + r"\n" for line in said
    )
    return re.fullmatch(pattern, "".join(f"{_settled(line)}\n" for line in found)) is not None


def renewed(said: tuple[str, ...], found: tuple[str, ...]) -> tuple[str, ...]:
    """The lines a page should have: those found, shortened as they were before."""
    if matches(said, found):
        return said
    if SKIP not in said or len(found) < len(said):
        return tuple(_settled(line) for line in found)
    head, tail = said.index(SKIP), len(said) - 1 - len(said) + said[::-1].index(SKIP) + 1
    kept = (*found[:head], SKIP, *(found[-tail:] if tail else ()))
    return tuple(_settled(line) for line in kept)


def run_page(text: str, folder: Path) -> str:
    """The page as it should be, after running every block in a folder made ready for it."""
    for name in ("examples", "templates", "frameworks/policies"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("reports", "history", "*.py"))
    terminal = {"COLUMNS": "80", "NO_COLOR": "1"}
    before = {name: os.environ.get(name) for name in terminal}
    os.environ.update(terminal)
    names: dict[str, object] = {}
    try:
        with chdir(folder):
            return _BLOCK.sub(
                lambda found: (
                    f"```{found[1]}\n{_console(found[2]) if found[1] == 'console' else _python(found[2], names)}```"
                ),
                text,
            )
    finally:
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})


def run(typed: str) -> tuple[str, ...]:
    """What one command line prints, on both streams, as a person sees it; `cd` moves on.

    Raises:
        ValueError: another program is called.
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
    return tuple(line.rstrip() for line in screen.getvalue().rstrip("\n").split("\n")) if screen.getvalue() else ()


def _console(block: str) -> str:
    lines: list[str] = []
    for turn in turns(block):
        lines += [f"$ {turn.typed}", *renewed(turn.lines, run(turn.typed))]
    return "".join(f"{line}\n" for line in lines)


def _python(block: str, names: dict[str, object]) -> str:
    lines: list[str] = []
    for example in doctest.DocTestParser().get_examples(block):
        screen = io.StringIO()
        with redirect_stdout(screen):
            exec(compile(example.source, "<page>", "single"), names)  # noqa: S102 - our own page
        typed = example.source.rstrip("\n").split("\n")
        lines += [f"{'...' if number else '>>>'} {line}".rstrip() for number, line in enumerate(typed)]
        lines += renewed(tuple(example.want.splitlines()), tuple(screen.getvalue().rstrip("\n").splitlines()))
    return "".join(f"{line}\n" for line in lines)


def _settled(line: str) -> str:
    return _MOMENT.sub(_SHOWN_MOMENT, line.rstrip())


def update(paths: list[Path]) -> None:
    """Write the blocks of these pages again where they no longer hold."""
    for path in paths:
        text = path.read_text(encoding="utf-8")
        with tempfile.TemporaryDirectory() as folder:
            new = run_page(text, Path(folder))
        if new != text:
            path.write_text(new, encoding="utf-8", newline="\n")
            print(path.relative_to(ROOT))  # noqa: T201 - this is what it is for


if __name__ == "__main__":
    update([Path(name).resolve() for name in sys.argv[1:]] or pages())
