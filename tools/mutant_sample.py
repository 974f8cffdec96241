"""Try a sample of the mutants of scoring, outlook and evidence; `make check-full` ends with it.

`make mutants` tries all of them in hours, because mutmut counts every call of a function, and the tests of scoring then
take seven times as long. Here mutmut only makes the mutants. Each is written into a copy of the package, where pytest
runs until the first test fails, beginning with the tests that import the changed module. The modules and the tests are
those of [tool.mutmut] in pyproject.toml; the seed, the size and the least share are in [tool.mutant-sample].

A mutant is drawn by a hash of the seed, its function and its change. A later change elsewhere therefore leaves the
sample as it is, and two commits can be compared.
"""

from __future__ import annotations

import argparse
import difflib
import hashlib
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, cast

from tools.quick import read_project
from tools.quick_selection import Project, name_module

if TYPE_CHECKING:
    from libcst import CSTNode, Module

ROOT = Path(__file__).resolve().parents[1]
COPIED = ("fatf_kit", "tests")
"""The folders that are copied, so that no mutant is ever written into the working tree; all others are linked."""
MEMORY = 8 * 2**20
"""The KiB of memory that the tests of a mutant may use, which may fill a list without end."""
_LIMITED = 'ulimit -t "$1" && ulimit -v "$2" && shift 2 && exec "$@"'
_PASSED, _USAGE_ERROR, _NO_TESTS = 0, 4, 5
"""Exit codes of pytest."""

_NOT_HANDED_ON = ("FATF_KIT_", "PYTHONPYCACHEPREFIX", "PYTHONDONTWRITEBYTECODE")
"""Beginnings of variables that the tests of a mutant do not get, so that its bytecode is kept next to it."""


@dataclass(frozen=True)
class Mutant:
    """One change of one function."""

    path: str
    function: str
    change: str
    """The code that changes, before and after, with its number if the function has it more than once."""
    make_source: Callable[[], str]
    """Returns the whole changed module."""

    def __str__(self) -> str:
        """Name the mutant in one line."""
        return f"{self.path}, {self.function}: {self.change}"


@dataclass(frozen=True)
class SampleSettings:
    """The settings of [tool.mutant-sample] and [tool.mutmut]."""

    seed: int
    size: int
    """How many mutants are drawn from each group."""
    least_killed: float
    groups: Mapping[str, tuple[str, ...]]
    """The patterns of the modules of each group; a module belongs to the first that has it."""
    excluded: tuple[str, ...]
    tests: tuple[str, ...]


def main() -> int:
    """Try the sample, print its survivors, and return 1 if a smaller share is killed than has to be."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--workers", type=int, default=2, help="how many mutants are tried at the same time")
    start = time.time()
    share, least = try_sample(ROOT, read_project(), parser.parse_args().workers)
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = f"{time.time() - start:.0f} seconds, {children.ru_utime + children.ru_stime:.0f} of processors"
    print(f"Killed {share:.1%} in {seconds}. At least {least:.1%} have to be killed.")
    return 0 if share >= least else 1


def try_sample(root: Path, project: Project, workers: int) -> tuple[float, float]:
    """Try the mutants drawn for a project; return the share that was killed and the share that has to be.

    Raises:
        RuntimeError: the tests fail without a mutant, or pass although a module is broken.
    """
    settings = read_settings(root)
    drawn = {group: draw_mutants(root, paths, settings) for group, paths in list_modules(root, settings).items()}
    mutants = [mutant for group in drawn.values() for mutant in group]
    with ExitStack() as stack:
        folders: SimpleQueue[Path] = SimpleQueue()
        for _ in range(workers):
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            copy_project(root, folder)
            folders.put(folder)
        limit = check_tests(folders, settings, project, mutants[0])

        def is_killed(mutant: Mutant) -> bool:
            tests = order_tests(mutant.path, settings.tests, project)
            folder = folders.get()
            start = time.time()
            code = run_tests(folder, tests, limit, mutant)
            folders.put(folder)
            verdict = "SURVIVED" if code == _PASSED else "killed" if code > 0 else "killed by a limit"
            print(f"{verdict} in {time.time() - start:.0f} seconds: {mutant}", flush=True)
            return code != _PASSED

        with ThreadPoolExecutor(workers) as pool:
            killed = dict(zip(mutants, pool.map(is_killed, mutants), strict=True))
    for mutant in mutants:
        if not killed[mutant]:
            print(show_diff(mutant, (root / mutant.path).read_text(encoding="utf-8")))
    for group, members in drawn.items():
        print(f"{group}: {sum(killed[mutant] for mutant in members)} of {len(members)} killed")
    return sum(killed.values()) / len(mutants), settings.least_killed


def read_settings(root: Path) -> SampleSettings:
    """Read the settings of a project; a path of the tests may be a folder."""
    tool = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    sample, mutmut = tool["mutant-sample"], tool["mutmut"]
    paths = [root / path for path in mutmut["pytest_add_cli_args_test_selection"]]
    files = [file for path in paths for file in ([path] if path.is_file() else sorted(path.rglob("test_*.py")))]
    return SampleSettings(
        seed=sample["seed"],
        size=sample["size"],
        least_killed=sample["least_killed"],
        groups={name: tuple(patterns) for name, patterns in sample["groups"].items()},
        excluded=tuple(mutmut["do_not_mutate"]),
        tests=tuple(file.relative_to(root).as_posix() for file in files),
    )


def list_modules(root: Path, settings: SampleSettings) -> dict[str, list[str]]:
    """List the modules of each group."""
    modules: dict[str, list[str]] = {group: [] for group in settings.groups}
    for path in sorted(file.relative_to(root).as_posix() for file in (root / "fatf_kit").rglob("*.py")):
        if not _fits(path, settings.excluded):
            for group in [name for name, patterns in settings.groups.items() if _fits(path, patterns)][:1]:
                modules[group].append(path)
    return modules


def _fits(path: str, patterns: Iterable[str]) -> bool:
    return any(fnmatch(path, pattern) for pattern in patterns)


def draw_mutants(root: Path, paths: Iterable[str], settings: SampleSettings) -> list[Mutant]:
    """Draw the mutants of one group; the same ones as long as their functions do not change."""

    def rank(mutant: Mutant) -> str:
        return hashlib.sha256(f"{settings.seed} {mutant}".encode()).hexdigest()

    mutants = [mutant for path in paths for mutant in make_mutants(path, (root / path).read_text(encoding="utf-8"))]
    return sorted(mutants, key=rank)[: settings.size]


def make_mutants(path: str, source: str) -> Iterator[Mutant]:
    """Make every mutant of the functions of a module that mutmut would make."""
    from libcst import FunctionDef
    from mutmut.mutation.file_mutation import create_mutations

    module, mutations, _, _ = create_mutations(path, source)
    seen: Counter[tuple[str, str]] = Counter()
    for mutation in mutations:
        function = mutation.contained_by_top_level_function
        if not isinstance(function, FunctionDef):
            continue
        original, mutated = mutation.original_node, mutation.mutated_node
        change = " ".join(f"{module.code_for_node(original)} -> {module.code_for_node(mutated)}".split())
        seen[function.name.value, change] += 1
        if (number := seen[function.name.value, change]) > 1:
            change = f"{change} ({number})"
        yield Mutant(path, function.name.value, change, partial(_replace_node, module, original, mutated))


def _replace_node(module: Module, original: CSTNode, mutated: CSTNode) -> str:
    """Return the code of a module in which one node is replaced."""
    return cast("Module", module.deep_replace(original, mutated)).code


def copy_project(root: Path, folder: Path) -> None:
    """Copy the code of a project into an empty folder and link its data."""
    for path in root.iterdir():
        if path.name in COPIED:
            shutil.copytree(path, folder / path.name)
        elif not path.name.startswith(".") and path.name != "mutants":
            (folder / path.name).symlink_to(path)


def check_tests(folders: SimpleQueue[Path], settings: SampleSettings, project: Project, mutant: Mutant) -> int:
    """Check that the tests pass, and fail if a module is broken; return the seconds that a mutant's tests may take.

    These are seconds of a processor, so that a busy machine kills no mutant.
    """
    folder = folders.get()
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    if run_tests(folder, settings.tests, 3600, None) != _PASSED:
        raise RuntimeError("the tests fail without a mutant")
    used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
    broken = Mutant(mutant.path, "", "", lambda: "raise RuntimeError\n")
    if run_tests(folder, order_tests(mutant.path, settings.tests, project), 3600, broken) == _PASSED:
        raise RuntimeError(f"the tests pass although {mutant.path} is broken")
    folders.put(folder)
    return 30 + int(4 * used)


def order_tests(path: str, tests: Collection[str], project: Project) -> list[str]:
    """Order the tests that reach a module by their distance in the import graph; add those of its package."""
    distance = {name_module(path): 0}
    waiting = [name_module(path)]
    for module in waiting:
        for user in sorted(set(project.importers.get(module, ())) - distance.keys()):
            distance[user] = distance[module] + 1
            waiting.append(user)
    folder = f"tests/unit/{path.split('/')[1]}/"
    far = len(distance)
    reached = [test for test in tests if name_module(test) in distance or test.startswith(folder)]
    return sorted(reached, key=lambda test: (distance.get(name_module(test), far), test))


def run_tests(folder: Path, tests: Sequence[str], seconds: int, mutant: Mutant | None) -> int:
    """Run tests in a copy of the project until one fails, and return the exit code; negative if a limit was reached.

    Raises:
        RuntimeError: pytest could not run the tests.
    """
    pytest = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(_NOT_HANDED_ON)}
    command = ["sh", "-c", _LIMITED, "sh", str(seconds), str(MEMORY), *pytest]
    with _change_module(folder, mutant):
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode in (_USAGE_ERROR, _NO_TESTS):
        raise RuntimeError(f"pytest could not run {' '.join(tests)}:\n{done.stdout}{done.stderr}")
    return done.returncode


@contextmanager
def _change_module(folder: Path, mutant: Mutant | None) -> Iterator[None]:
    """Write a mutant into a copy of the project for a while. Its bytecode goes, because its time may be the same."""
    if mutant is None:
        yield
        return
    path = folder / mutant.path
    original = path.read_bytes()
    bytecode = path.parent / "__pycache__" / f"{path.stem}.{sys.implementation.cache_tag}.pyc"
    path.write_text(mutant.make_source(), encoding="utf-8")
    bytecode.unlink(missing_ok=True)
    try:
        yield
    finally:
        path.write_bytes(original)
        bytecode.unlink(missing_ok=True)


def show_diff(mutant: Mutant, source: str) -> str:
    """Show a mutant as the lines that differ from the original."""
    before, after = source.splitlines(), mutant.make_source().splitlines()
    lines = difflib.unified_diff(before, after, mutant.path, mutant.function, n=1, lineterm="")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
