"""Two dumps compared: that of a commit and that of the working tree."""

from __future__ import annotations

import difflib
import io
import os
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tools.outputs.golden import ROOT
from tools.outputs.runs import RUNS


def compare_texts(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the names of outputs that differ with a unified diff; an output that is missing has no lines.

    >>> [name for name, _ in compare_texts({"a": "x", "b": "y"}, {"a": "x", "b": "z"})]
    ['b']
    """
    for name in sorted({*before, *after}):
        texts = before.get(name, ""), after.get(name, "")
        if name not in before or name not in after or texts[0] != texts[1]:
            yield name, diff_texts(name, *texts)


def diff_texts(name: str, before: str, after: str, *, most: int | None = None) -> str:
    """Return a unified diff of two texts, and of a long one at most so many lines."""
    lines = [*difflib.unified_diff(before.splitlines(), after.splitlines(), name, name, n=2, lineterm="")]
    more = len(lines) - most if most is not None and len(lines) > most else 0
    shown = [*lines[:most], f"… and {more} more lines"] if more else lines
    return "".join(f"{line}\n" for line in shown)


def compare_commit(revision: str, patterns: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield what differs between the outputs of a commit and those of the working tree, as `compare_texts` does.

    The commit is unpacked into a temporary folder. Its package runs with the form of text of this tool, and with its
    own list of runs where it has one, because its command line may have other options.

    Raises:
        subprocess.CalledProcessError: there is no such commit, or one of the two dumps failed.
    """
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place).resolve()
        old = folder / "commit"
        unpack_commit(revision, old)
        for source in (old, ROOT):
            subprocess.run([sys.executable, "tools/compile_catalogues.py"], cwd=source, check=True)
        runs = old / RUNS.relative_to(ROOT)
        before = _start_dump(folder / "before", old, runs if runs.is_file() else RUNS, patterns)
        after = _start_dump(folder / "after", ROOT, RUNS, patterns)
        for process in (before, after):
            if code := process.wait():
                raise subprocess.CalledProcessError(code, process.args)
        yield from compare_texts(read_dump(folder / "before"), read_dump(folder / "after"))


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
        tool.mkdir()
        (tool / "tools").symlink_to(ROOT / "tools")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(tool), str(source)))}
    command = [sys.executable, "-m", "tools.outputs", "dump", str(target), "--runs", str(runs)]
    command += [word for pattern in patterns for word in ("--only", pattern)]
    return subprocess.Popen(command, cwd=tool, env=environment)
