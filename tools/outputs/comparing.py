"""Two dumps compared: that of a commit and that of the working tree."""

from __future__ import annotations

import difflib
import io
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatch
from pathlib import Path

from tools.outputs.golden import ROOT
from tools.outputs.runs import RUNS
from tools.outputs.texts import describe_file

_LEFT = {"reports", "history", "templates"}
"""Folders in examples/ that commands write and git ignores."""


def compare_texts(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    r"""Yield the names of outputs that differ, with a unified diff, or with a line where only one side has the output.

    >>> list(compare_texts({"a": "x", "b": "y"}, {"a": "x"}))
    [('b', 'b: only before\n')]
    """
    for name in sorted({*before, *after}):
        if name not in after:
            yield name, f"{name}: only before\n"
        elif name not in before:
            yield name, f"{name}: only now\n"
        elif before[name] != after[name]:
            yield name, diff_texts(name, before[name], after[name])


def diff_texts(name: str, before: str, after: str, *, most: int | None = None) -> str:
    """Return a unified diff of two texts, and of a long one at most so many lines."""
    lines = [*difflib.unified_diff(before.splitlines(), after.splitlines(), name, name, n=2, lineterm="")]
    more = len(lines) - most if most is not None and len(lines) > most else 0
    shown = [*lines[:most], f"… and {more} more lines"] if more else lines
    return "".join(f"{line}\n" for line in shown)


def compare_commit(revision: str, patterns: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield what differs between the outputs of a commit and those of the working tree, as `compare_texts` does.

    Workbooks of the repository that differ come first, by the names "files/examples/…".

    The commit is unpacked into a temporary folder. Its package runs with the form of text of this tool, and with its
    own list of runs where it has one, because its command line may have other options.

    Raises:
        subprocess.CalledProcessError: there is no such commit, or one of the two dumps failed.
    """
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place).resolve()
        old = folder / "commit"
        unpack_commit(revision, old)
        yield from compare_workbooks(old, ROOT, patterns)
        for source in (old, ROOT):
            subprocess.run([sys.executable, "tools/compile_catalogues.py"], cwd=source, check=True)
        runs = old / RUNS.relative_to(ROOT)
        before = _start_dump(folder / "before", old, runs if runs.is_file() else RUNS, patterns)
        after = _start_dump(folder / "after", ROOT, RUNS, patterns)
        for process in (before, after):
            process.wait()
        for process in (before, after):
            if process.returncode:
                raise subprocess.CalledProcessError(process.returncode, process.args)
        yield from compare_texts(read_dump(folder / "before"), read_dump(folder / "after"))


def compare_workbooks(old: Path, new: Path, patterns: Sequence[str] = ()) -> Iterator[tuple[str, str]]:
    """Yield the differences of the workbooks in examples/ and templates/ of two trees, as `compare_texts` does.

    Only files whose bytes differ are read.
    """
    texts: tuple[dict[str, str], dict[str, str]] = {}, {}
    contents = [_read_workbooks(tree) for tree in (old, new)]
    for name in {*contents[0], *contents[1]}:
        is_wanted = not patterns or any(fnmatch(name, pattern) for pattern in patterns)
        if is_wanted and contents[0].get(name) != contents[1].get(name):
            for text, content in zip(texts, contents, strict=True):
                if name in content:
                    text[name] = describe_file(content[name])
    return compare_texts(*texts)


def _read_workbooks(tree: Path) -> Mapping[str, bytes]:
    """Return the workbooks of a tree by their names; those that commands left there are not of the repository."""
    paths = (path.relative_to(tree) for name in ("examples", "templates") for path in (tree / name).rglob("*.xlsx"))
    kept = (path for path in paths if _LEFT.isdisjoint(path.parts[1:-1]))
    return {f"files/{path.as_posix()}": (tree / path).read_bytes() for path in kept}


def read_dump(folder: Path) -> Mapping[str, str]:
    """Return the texts of a dump by their names."""
    paths = (path for path in sorted(folder.rglob("*.txt")))
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def unpack_commit(revision: str, folder: Path) -> None:
    """Write the files of a commit into a folder."""
    packed = subprocess.run(["git", "archive", revision], cwd=ROOT, check=True, capture_output=True).stdout
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(folder, filter="data")


def _start_dump(target: Path, source: Path, runs: Path, patterns: Sequence[str]) -> subprocess.Popen[bytes]:
    """Start a dump of the package of `source` with the tool of this repository."""
    tool = target.parent / "tool"
    if not tool.exists():
        shutil.copytree(ROOT / "tools", tool / "tools")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(tool), str(source)))}
    command = [sys.executable, "-m", "tools.outputs", "dump", str(target), "--runs", str(runs)]
    command += [word for pattern in patterns for word in ("--only", pattern)]
    return subprocess.Popen(command, cwd=tool, env=environment)
