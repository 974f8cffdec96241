"""One job of `benchmarks.profile` in a process of its own, for the tree that PYTHONPATH names first.

python -P benchmarks/profiled.py JOB INPUTS WORK [--profile]

Prints seconds as JSON; with --profile also whose they are. It imports nothing of the tree it lies in, so that an older
tree can be measured by the same program.
"""

from __future__ import annotations

import contextlib
import cProfile
import json
import os
import pstats
import re
import sys
import sysconfig
import time
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from heapq import nlargest
from pathlib import Path
from typing import Any

Key = tuple[str, int, str]
"""A function as the profile names it: file, line, name; the file of one written in C is "~"."""

_OF_C = re.compile(r"(?:of '|built-in method )(_?\w+)\.")
MOST = 5
"""Functions that are told."""

_BEHIND_IMPORTS = ("marshal", "_imp", "builtins")


def reading(inputs: Path, work: Path) -> Callable[[], object]:  # noqa: ARG001 - all jobs are called alike
    """Read, check and merge the workbooks; imports are over before."""
    from fatf_kit.assessment.answers.intake import read_responses

    paths = sorted((inputs / "books").glob("*.xlsx"))
    read_responses(paths[:1])
    return lambda: read_responses(paths)


def score(inputs: Path, work: Path) -> Callable[[], object]:
    """The whole command, imports included."""
    return _command("score", str(inputs / "books"), "-o", str(work / "report"), "--format", "html,xlsx", "--force")


def npo(inputs: Path, work: Path) -> Callable[[], object]:
    """Classify the register and write the working file, imports included."""
    return _command(
        "npo", "classify", str(inputs / "register.csv"), "-o", str(work / "npo"), "--report", "none", "--force"
    )


def check(inputs: Path, work: Path) -> Callable[[], object]:  # noqa: ARG001
    """One workbook, imports included."""
    return _command("check", str(inputs / "one.xlsx"))


JOBS = {job.__name__: job for job in (reading, score, npo, check)}


def _command(*args: str) -> Callable[[], object]:
    def run() -> None:
        from fatf_kit.cli.main import main

        with contextlib.suppress(SystemExit):
            main(list(args))

    return run


def seconds(job: Callable[[], object]) -> dict[str, float]:
    """By the clock, and of all processors, children that have ended included."""
    began, used = time.perf_counter(), sum(os.times()[:4])
    job()
    return {"clock": time.perf_counter() - began, "cpu": sum(os.times()[:4]) - used}


def profiled(job: Callable[[], object]) -> dict[str, Any]:
    """Whose the seconds are: by room and library, and the functions that take most themselves.

    In one process and one thread, so that every second is seen and has one owner. The profile itself takes time, most
    where many small functions are called.
    """
    os.cpu_count = lambda: 1
    ThreadPoolExecutor.submit = _at_once  # type: ignore[method-assign, assignment]
    profile = cProfile.Profile()
    profile.runcall(job)
    return told(pstats.Stats(profile).stats)  # type: ignore[attr-defined]


def _at_once(_: ThreadPoolExecutor, work: Callable[..., Any], *args: Any, **named: Any) -> Future[Any]:
    future: Future[Any] = Future()
    try:
        future.set_result(work(*args, **named))
    except BaseException as fault:  # as a pool hands it on
        future.set_exception(fault)
    return future


def told(stats: dict[Key, tuple[int, int, float, float, dict[Key, tuple[int, int, float, float]]]]) -> dict[str, Any]:
    """The sums of a profile."""
    owners: defaultdict[str, float] = defaultdict(float)
    functions: defaultdict[str, float] = defaultdict(float)
    for key, (_, _, own, _, callers) in stats.items():
        owner = owner_of(key)
        if owner:
            owners[owner] += own
            functions[function_of(key, owner)] += own
            continue
        for caller, (_, _, part, _) in callers.items():  # what is nobody's is that of who calls it
            owners[owner_of(caller) or "Python"] += part
        if not callers:
            owners["Python"] += own
    return {"owners": dict(owners), "functions": dict(nlargest(MOST, functions.items(), key=lambda one: one[1]))}


def owner_of(key: Key) -> str:
    """The room or library of a function; "" for what Python lends to everybody.

    >>> owner_of(("~", 0, "<method 'execute' of '_duckdb.DuckDBPyConnection' objects>"))
    'duckdb'
    >>> owner_of(("~", 0, "<built-in method builtins.len>")), owner_of(("~", 0, "<method 'join' of 'str' objects>"))
    ('', '')
    >>> owner_of(("/x/fatf_kit/report/charts/canvas.py", 3, "text")), owner_of(("/x/fatf_kit/core/files.py", 1, "f"))
    ('fatf_kit.report.charts', 'fatf_kit.core.files')
    """
    file, _, name = key
    if file == "~":
        found = _OF_C.search(name)
        module = found[1] if found else "builtins"
        if module in _BEHIND_IMPORTS or module == "method":
            return ""
        return f"Python's {module.lstrip('_')}" if module in sys.stdlib_module_names else module.lstrip("_")
    if file.startswith("<frozen importlib") or "importlib" in Path(file).parts:
        return "imports"
    if file.startswith("<"):
        return ""
    parts = Path(file).parts
    if "site-packages" in parts:
        return Path(parts[parts.index("site-packages") + 1]).stem
    if "fatf_kit" in parts:
        inside = [Path(part).stem for part in parts[parts.index("fatf_kit") + 1 :]]
        deep = 2 if inside[0] == "report" and len(inside) > 2 else 1
        return ".".join(["fatf_kit", *inside[:deep]])
    library = Path(sysconfig.get_paths()["stdlib"])
    return f"Python's {Path(parts[len(library.parts)]).stem}" if library in Path(file).parents else ""


def function_of(key: Key, owner: str) -> str:
    """A function with its module.

    >>> function_of(("/any/fatf_kit/npo/facts.py", 3, "_run"), "fatf_kit.npo")
    'fatf_kit.npo.facts._run'
    """
    file, _, name = key
    if not owner.startswith("fatf_kit"):
        return f"{owner}, {name.strip('<>')}" if file == "~" else f"{owner}, {name}"
    inside = Path(file).with_suffix("").parts
    return ".".join([*inside[inside.index("fatf_kit") :], name])


def main() -> None:
    """Do the job, print."""
    name, inputs, work, *how = sys.argv[1:]
    job = JOBS[name](Path(inputs), Path(work))
    with open(os.devnull, "w", encoding="utf-8") as nothing, contextlib.redirect_stdout(nothing):  # noqa: PTH123
        found = profiled(job) if how else seconds(job)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
