"""Whose the seconds are, before the work on speed and now; docs/profile.md written from it.

    python -m benchmarks.profile [--tree PATH] [--runs 5] [-o docs/profile.md]

Without --tree the commit from before that work is taken out of the repository's history. Both trees do the same jobs
with the same libraries, in turn. A few minutes on two idle cores.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.command import ROOT
from benchmarks.page import machine

BEFORE = "f0c8080"
"""The last commit before workbooks were read at one look and registers classified in less work."""

BOOKS, ROWS = 40, 300_000
SHOWN = 0.02
"""Share of a job's time below which a room or library is counted with the others."""

HEAD = """# Profile

Written by `make profile`: whose the seconds are in the jobs that took longest beside their peers (see
[Benchmarks](benchmarks.md)), before the work on their speed and after it.

*Clock* is what a person waits, *CPU* the time of all processors, both medians of {runs} runs without a profile, in
turn. The tables below them are of one run with Python's own profiler, in one process and one thread, so that every
second has one owner; the profiler takes time itself, most where many small functions are called. Time that the engine
of registers takes stands with the function that asks it. Both versions do the job with the same libraries on the same
inputs, each on workbooks of its own making. The later one checks more.

{machine}

- Before: {before}
- After: {after}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A job of benchmarks/profiled.py, and what was done about it."""

    name: str
    title: str
    done: str


JOBS = (
    Job(
        name="reading",
        title=f"Reading {BOOKS} full workbooks, imports left out",
        done="Sheets that are written plainly are checked at one look, what stands in every workbook is looked at "
        "once, rows are read with less ado, and several processes read.",
    ),
    Job(
        name="npo",
        title=f"`npo classify` of {ROWS:,} rows and 25 columns",
        done="Levels are numbers and never NULL, cells with few spellings and pieces of lines are looked up, and the "
        "sector is counted while its rows are written.",
    ),
    Job(
        name="score",
        title=f"`score` of {BOOKS} full workbooks, with HTML and Excel",
        done="What is done about reading; most of the rest is drawing charts and filling pages.",
    ),
    Job(
        name="check",
        title="`check` of one workbook",
        done="Its peer is a bare interpreter, so this is the worst ratio of all: loading modules, making their classes "
        "and reading the pages of the edition and the policies take most of it.",
    ),
)


def unpack(commit: str, folder: Path) -> None:
    """A commit of the repository as a folder.

    Raises:
        SystemExit: the history at hand does not reach back so far.
    """
    git = shutil.which("git") or "git"
    done = subprocess.run([git, "-C", str(ROOT), "archive", commit], check=False, capture_output=True)
    if done.returncode:
        sys.exit(
            f"{commit} is not in this copy of the history; check it out elsewhere and name the folder with --tree."
        )
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        archive.extractall(folder, filter="data")


def named(tree: Path, commit: str = "HEAD") -> str:
    """The commit of a tree: its number, day and subject, and whether something in it is not committed."""
    git = shutil.which("git") or "git"

    def ask(*args: str) -> str:
        return subprocess.run([git, "-C", str(tree), *args], check=False, capture_output=True, text=True).stdout.strip()

    found = ask("log", "-1", "--format=%h of %cs, “%s”", commit)
    changed = commit == "HEAD" and ask("status", "--porcelain", "--untracked-files=no", "--", "fatf_kit", "frameworks")
    return f"{found or 'a tree without history'}{', with changes that are not committed' if changed else ''}."


def make_inputs(tree: Path, folder: Path, register: Path) -> None:
    """Workbooks that the tree writes itself, its own example, and the register that both read."""
    folder.mkdir()
    (folder / "books").mkdir()
    code = "import sys, pathlib; from benchmarks.intake import make_workbooks as make; make(pathlib.Path(sys.argv[1]), "
    _python(tree, "-c", f"{code}{BOOKS})", str(folder / "books"))
    shutil.copy(tree / "examples" / "ruritania" / "workbook" / "ruritania-2022.xlsx", folder / "one.xlsx")
    (folder / "register.csv").symlink_to(register)


def do(tree: Path, job: Job, folder: Path, *how: str) -> dict[str, Any]:
    """One run of a job by a tree."""
    with tempfile.TemporaryDirectory(prefix="fatf-kit-profile-") as work:
        program = str(ROOT / "benchmarks" / "profiled.py")
        found: dict[str, Any] = json.loads(_python(tree, program, job.name, str(folder), work, *how))
    return found


def _python(tree: Path, *args: str) -> str:
    around = os.environ | {"PYTHONPATH": str(tree)}
    around.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(
        [sys.executable, "-P", *args], cwd=tree, env=around, check=False, capture_output=True, text=True
    )
    if done.returncode:
        raise RuntimeError(f"{args[0]} ended with {done.returncode}: {done.stderr[-2_000:]}")
    return done.stdout


def measure(job: Job, trees: Sequence[tuple[Path, Path]], runs: int) -> str:
    """A job as a section of the page; a tree stands with the folder of its inputs, the older one first."""
    taken = [[do(tree, job, inputs) for tree, inputs in trees] for _ in range(runs)]
    before, after = ({key: median(run[side][key] for run in taken) for key in ("clock", "cpu")} for side in (0, 1))
    old, new = (do(tree, job, inputs, "--profile") for tree, inputs in trees)
    lines = [
        f"\n## {job.title}\n",
        f"{job.done}\n",
        "| | before, s | after, s | after in ratio |",
        "| --- | ---: | ---: | ---: |",
        *(_line(name, before[key], after[key]) for name, key in (("clock", "clock"), ("CPU", "cpu"))),
        "\n| whose the time is, with the profiler | before, s | after, s | after in ratio |",
        "| --- | ---: | ---: | ---: |",
        *owners(old["owners"], new["owners"]),
        "\nThe functions that took most themselves:\n",
        *(f"- {when}: {functions(found['functions'])}" for when, found in (("before", old), ("after", new))),
    ]
    print("\n".join(lines), flush=True)
    return "\n".join(lines) + "\n"


def owners(before: dict[str, float], after: dict[str, float]) -> Iterator[str]:
    r"""Lines of the table: the rooms and libraries that matter, then the others and the sum.

    >>> print(*owners({"fatf_kit.npo": 3, "re": 1, "os": 0.01}, {"fatf_kit.npo": 1, "re": 1}), sep="\n")
    | fatf_kit.npo | 3.00 | 1.00 | 0.33 |
    | re | 1.00 | 1.00 | 1.00 |
    | everything else | 0.01 | 0.00 | 0.00 |
    | **in all** | 4.01 | 2.00 | 0.50 |
    """
    sums = sum(before.values()), sum(after.values())
    most = sorted({*before, *after}, key=lambda name: (-max(before.get(name, 0), after.get(name, 0)), name))
    told = [n for n in most if before.get(n, 0) > SHOWN * sums[0] or after.get(n, 0) > SHOWN * sums[1]]
    for name in told:
        yield _line(name, before.get(name, 0), after.get(name, 0))
    rest = [total - sum(found.get(n, 0) for n in told) for total, found in zip(sums, (before, after), strict=True)]
    yield _line("everything else", *rest)
    yield _line("**in all**", *sums)


def _line(name: str, before: float, after: float) -> str:
    return f"| {name} | {before:.2f} | {after:.2f} | {f'{after / before:.2f}' if before >= 0.005 else '–'} |"


def functions(found: dict[str, float]) -> str:
    """Functions with their seconds.

    >>> functions({"fatf_kit.npo.classification.facts._run": 0.671})
    '`fatf_kit.npo.classification.facts._run` 0.67 s'
    """
    return ", ".join(f"`{name}` {seconds:.2f} s" for name, seconds in found.items())


def main() -> None:
    """Measure, write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tree", type=Path, help="another checkout to compare with")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("-o", "--output", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="fatf-kit-profile-") as name:
        folder = Path(name)
        tree = given.tree.resolve() if given.tree else folder / "before"
        if given.tree is None:
            unpack(BEFORE, tree)
        code = "import sys, pathlib; from benchmarks.npo import make; make(pathlib.Path(sys.argv[1]), "
        _python(ROOT, "-c", f"{code}{ROWS})", str(folder / "register.csv"))
        trees = [(tree, folder / "inputs-before"), (ROOT, folder / "inputs-after")]
        for one, inputs in trees:
            make_inputs(one, inputs, folder / "register.csv")
        page = HEAD.format(
            runs=given.runs,
            machine=machine(),
            before=named(tree) if given.tree else named(ROOT, BEFORE),
            after=named(ROOT),
        )
        page += "".join(measure(job, trees, given.runs) for job in JOBS)
    if given.output:
        given.output.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
