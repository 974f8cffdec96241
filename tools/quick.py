"""Run the checks that fit into two minutes on two cores; `make quick` starts it.

These are all static checks, all tests of pure rules (`rules` of [tool.quick] in pyproject.toml), and the tests of what
changed since the branch left main; on main itself, of what is not committed and of the last commit. Tests of changes do
not begin after LAST_START seconds. Everything that was left out is listed with the command that runs it.
"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import time
import tomllib
from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

from tools.quick_selection import Project, Selection, expand_rules, select_tests

ROOT = Path(__file__).resolve().parents[1]
LAST_START = 105
"""Seconds after which no further test of a change begins."""
FOLDERS = ("fatf_kit", "tools", "tests")
GRAPH_CACHE = ".import_linter_cache"
STATIC_CHECKS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("lint-imports",),
    ("python", "-m", "tools.module_limits"),
    ("python", "-m", "tools.style_lint"),
    ("mypy",),
)
"""The checks of `make lint contracts limits types`, the longest last."""
_NO_TESTS = 5
"""The exit code of pytest when no test is left, for example because all of them have a marker."""


def main() -> int:
    """Run everything, print what was left out, and return 1 if a check failed."""
    start = time.time()
    base, changed = list_changes()
    project = read_project()
    rules = expand_rules(read_rules(), project)
    selection = select_tests(changed, project, frozenset(rules))
    print(
        f"{len(changed)} files differ from {base}: {len(selection.tests)} files of tests next to the rules", flush=True
    )
    with ThreadPoolExecutor(1) as pool:
        static = pool.submit(run_static_checks)
        passed = [run_tests(rules)]
        if selection.tests:
            passed.append(run_tests(selection.tests, last_start=start + LAST_START))
        passed.append(static.result())
    print_left_out(selection)
    print(f"make quick: {'passed' if all(passed) else 'FAILED'} in {time.time() - start:.0f} seconds")
    return 0 if all(passed) else 1


def read_rules() -> list[str]:
    """Read which tests always run."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return list(settings["tool"]["quick"]["rules"])


def list_changes(root: Path = ROOT) -> tuple[str, list[str]]:
    """List the files that differ from the commit at which the branch left main, with the name of that commit.

    On main these are the files of the last commit and those that are not committed. Without a history no file differs.
    """

    def git(*arguments: str) -> str:
        """Return what git prints, or nothing if it fails or is not installed."""
        try:
            done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=False)
        except OSError:
            return ""
        return done.stdout.strip("\n") if done.returncode == 0 else ""

    head = git("rev-parse", "HEAD")
    if not head:
        return "a history that is not here", []
    base = git("merge-base", "HEAD", "main") or git("merge-base", "HEAD", "origin/main")
    if base in ("", head):
        base = git("rev-parse", "--verify", "--quiet", "HEAD~1") or head
    names = git("diff", "--name-only", "--no-renames", "-z", base).split("\0")
    names += git("ls-files", "--others", "--exclude-standard", "-z").split("\0")
    return base[:8], sorted({name for name in names if name})


def read_project() -> Project:
    """Read the Python files of the project, and who imports whom."""
    import grimp

    graph = grimp.build_graph(*FOLDERS, cache_dir=str(ROOT / GRAPH_CACHE))
    importers = {module: graph.find_modules_that_directly_import(module) for module in graph.modules}
    return make_project(importers)


def make_project(importers: Mapping[str, Collection[str]]) -> Project:
    """Read the Python files of the project; `importers` are the modules that import a module."""
    paths = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py")]
    texts = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in paths}

    @cache
    def find_quoting(text: str) -> tuple[str, ...]:
        quoted = re.compile(rf"""(["']){re.escape(text)}\1""")
        return tuple(path for path, source in texts.items() if quoted.search(source))

    with_examples = {path for path, text in texts.items() if path.startswith("fatf_kit/") and ">>> " in text}
    return Project(frozenset(texts), importers, find_quoting, frozenset(with_examples))


def run_static_checks() -> bool:
    """Run all static checks, one after the other; print each with its time, and what a failed one found."""
    all_passed = True
    for command in STATIC_CHECKS:
        start = time.time()
        program = Path(sys.executable).with_name(command[0])
        done = subprocess.run([program, *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False)
        passed = done.returncode == 0
        all_passed &= passed
        found = "" if passed else f"\n{done.stdout}{done.stderr}"
        verdict = "passed" if passed else "FAILED"
        print(f"{' '.join(command)}: {verdict} in {time.time() - start:.1f} seconds{found}", flush=True)
    return all_passed


def run_tests(paths: Sequence[str], *, last_start: float = 0) -> bool:
    """Run the tests of files in this order on all processors; none begins after `last_start`, in epoch seconds."""
    options = [
        "-q",
        "-n",
        "auto",
        "--dist",
        "loadfile",
        "-rfE",
        "-p",
        "tools.quick_limit",
        f"--last-start={last_start}",
    ]
    done = subprocess.run([sys.executable, "-m", "pytest", *options, *paths], cwd=ROOT, check=False)
    return done.returncode in (0, _NO_TESTS)


def print_left_out(selection: Selection) -> None:
    """Print which tests of other packages may be concerned, and which changed files only the whole suite reads."""
    if selection.left_out:
        folders = shlex.join(selection.left_out)
        print(f"Not run: tests of packages that import what changed. Run: .venv/bin/pytest -n auto {folders}")
    if selection.untested:
        print(f"Not tested here: {', '.join(selection.untested)}. Run: make test")


if __name__ == "__main__":
    sys.exit(main())
