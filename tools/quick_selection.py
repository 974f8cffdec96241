"""Select the tests that concern a change, by the import graph; `make quick` runs them.

| what changed | what runs |
| --- | --- |
| a test | itself |
| a module of fatf_kit | its examples, quick tests that import it, the folder of tests/unit that mirrors its package |
| another file of fatf_kit | the folder of tests/unit that mirrors its package |
| a module of tools/ or tests/ | quick tests that import it, also through other such modules |
| a conftest.py | quick tests of its folder |
| a file of frameworks/ | tests/unit/framework, and the folders that mirror the packages in which it is read |
| another file of tests/ | quick tests that name it, or else its folder |

Quick tests are those of QUICK_FOLDERS. Tests of other packages that import what changed would take too long; their
folders are listed. A module reads a file of frameworks/ when its code has the folder's name and, in quotation marks,
the name of the file, or else that of the innermost folder around it which any module has.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

PACKAGE = "fatf_kit"
QUICK_FOLDERS = ("tests/unit/", "tests/property/")
"""Folders whose tests may run because something else changed; the others are too slow for that."""
DATA_TESTS = "tests/unit/framework"
"""The tests of every file of frameworks/: schemas, translations, versions."""


@dataclass(frozen=True)
class Project:
    """The Python files of the project and how they refer to each other. Paths are relative and have slashes."""

    files: frozenset[str]
    importers: Mapping[str, Collection[str]]
    """The names of the modules that import a module directly, by its name."""
    find_quoting: Callable[[str], Collection[str]]
    """Returns the Python files in which a text stands alone between quotation marks."""
    with_examples: frozenset[str] = frozenset()
    """The files whose docstrings have examples that pytest runs."""

    def list_tests(self, folder: str) -> list[str]:
        """List the test files of a folder and its subfolders, in their order."""
        return sorted(path for path in self.files if path.startswith(f"{folder}/") and is_test(path))


@dataclass(frozen=True)
class Selection:
    """The tests to run after a change, and those that are left for `make test`."""

    tests: tuple[str, ...]
    """Files for pytest, those nearest to the change first; none of the rules, which always run."""
    left_out: tuple[str, ...] = ()
    """Folders of tests of other packages that import what changed."""
    untested: tuple[str, ...] = ()
    """Changed files that only the whole suite reads, such as pages of docs/."""


def is_test(path: str) -> bool:
    """Check whether pytest collects a file as a module of tests."""
    name = PurePosixPath(path).name
    return path.startswith("tests/") and name.startswith("test_") and name.endswith(".py")


def expand_rules(rules: Sequence[str], project: Project) -> tuple[str, ...]:
    """List the files of the paths that always run: the tests of a folder, the modules of a package with examples.

    Raises:
        LookupError: a path has neither.
    """
    files: list[str] = []
    for rule in rules:
        inside = [path for path in sorted(project.files) if path == rule or path.startswith(f"{rule}/")]
        chosen = [path for path in inside if is_test(path) or path in project.with_examples]
        if not chosen:
            raise LookupError(f"{rule} has no tests. Correct `rules` of [tool.quick] in pyproject.toml.")
        files += chosen
    return tuple(dict.fromkeys(files))


def select_tests(changed: Iterable[str], project: Project, rules: Collection[str] = ()) -> Selection:
    """Select the tests for the changed files; `rules` are files that run in any case."""
    changed = sorted(changed)
    ranked = {path: _rank_tests(path, project) for path in changed}
    by_rank = sorted((pair for pairs in ranked.values() for pair in pairs), key=lambda pair: pair[0])
    tests = [path for path in dict.fromkeys(path for _, path in by_rank) if path not in rules]
    modules = {name_module(path) for path in changed if path.startswith(f"{PACKAGE}/")}
    untested = [path for path in changed if not ranked[path] and not is_test(path)]
    return Selection(tuple(tests), tuple(_find_left_out(modules, project, {*tests, *rules})), tuple(untested))


def _rank_tests(path: str, project: Project) -> list[tuple[int, str]]:
    """List the tests that a changed file concerns: 0 itself, 1 those that use it, 2 those of its package."""
    own = [path] if path in project.files and (is_test(path) or path in project.with_examples) else []
    nearest: list[str] = []
    mirrored: list[str] = []
    if path.startswith(f"{PACKAGE}/"):
        nearest = _keep_quick(_list_files(project.importers.get(name_module(path), ()), project))
        mirrored = _list_mirrored(path, project)
    elif path.startswith("frameworks/"):
        nearest = project.list_tests(DATA_TESTS)
        mirrored = [test for reader in _find_readers(path, project) for test in _list_mirrored(reader, project)]
    elif path.endswith(".py") and not is_test(path):
        nearest = _find_users(path, project)
    elif path.startswith("tests/") and not is_test(path):
        parts = PurePosixPath(path)
        names = (parts.name, parts.stem, parts.parent.name)
        nearest = next((tests for name in names if (tests := _keep_quick(project.find_quoting(name)))), [])
    return [(rank, test) for rank, tests in enumerate((own, nearest, mirrored)) for test in tests]


def name_module(path: str) -> str:
    """Return the dotted name of a module: fatf_kit.core for fatf_kit/core/__init__.py."""
    return ".".join(PurePosixPath(path).with_suffix("").parts).removesuffix(".__init__")


def _find_users(path: str, project: Project) -> list[str]:
    """Find the quick tests that import a module of tools/ or tests/, also through others of them."""
    if PurePosixPath(path).name == "conftest.py":
        return _keep_quick(project.list_tests(str(PurePosixPath(path).parent)))
    reached = {name_module(path)}
    waiting = list(reached)
    while waiting:
        users = {user for user in project.importers.get(waiting.pop(), ()) if not user.startswith(PACKAGE)}
        waiting += users - reached
        reached |= users
    return _keep_quick(_list_files(reached, project))


def _find_readers(path: str, project: Project) -> list[str]:
    """Find the modules that read a file of frameworks/: they name that folder, and the file or else its own folder."""
    readers = {file for file in project.find_quoting("frameworks") if file.startswith(f"{PACKAGE}/")}
    parts = PurePosixPath(path).parts
    for name in reversed(parts[1:]):
        if named := sorted(readers.intersection(project.find_quoting(name))):
            return named
    return []


def _list_mirrored(path: str, project: Project) -> list[str]:
    """List the tests of the innermost folder of tests/unit/ that mirrors the package of a module."""
    for folder in PurePosixPath(path).relative_to(PACKAGE).parents:
        if folder.name and (tests := project.list_tests(f"tests/unit/{folder}")):
            return tests
    return []


def _find_left_out(modules: set[str], project: Project, tests: Collection[str]) -> Iterator[str]:
    """Yield the folders of tests that mirror the other packages in which a changed module is imported."""
    users = {user for module in modules for user in project.importers.get(module, ())}
    packages = {user.split(".")[1] for user in users if user.startswith(f"{PACKAGE}.") and user.count(".") > 1}
    for package in sorted(packages):
        folder = f"tests/unit/{package}"
        if not set(project.list_tests(folder)) <= set(tests):
            yield folder


def _list_files(modules: Iterable[str], project: Project) -> list[str]:
    return [path for name in sorted(modules) if (path := f"{name.replace('.', '/')}.py") in project.files]


def _keep_quick(paths: Iterable[str]) -> list[str]:
    return sorted(path for path in paths if is_test(path) and path.startswith(QUICK_FOLDERS))
