"""`make quick` chooses the tests that concern a change, ends in time and reports what it left out."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tools.quick import ROOT, list_changes, make_project, read_rules
from tools.quick_selection import Project, Selection, expand_rules, select_tests

FILES = frozenset(
    {
        "fatf_kit/npo/scales.py",
        "fatf_kit/npo/method/load.py",
        "fatf_kit/papers/letters.py",
        "fatf_kit/frames.py",
        "tools/first.py",
        "tools/second.py",
        "tests/rows.py",
        "tests/unit/conftest.py",
        "tests/unit/framework/test_check.py",
        "tests/unit/npo/test_factors.py",
        "tests/unit/npo/method/test_load.py",
        "tests/unit/papers/test_letters.py",
        "tests/unit/test_tools.py",
        "tests/property/test_random.py",
        "tests/acceptance/test_docs.py",
    }
)
IMPORTERS = {
    "fatf_kit.npo.scales": {"fatf_kit.npo.method.load", "fatf_kit.papers.letters", "tests.acceptance.test_docs"},
    "fatf_kit.frames": {"tests.property.test_random"},
    "tools.first": {"tools.second"},
    "tools.second": {"tests.unit.test_tools", "fatf_kit.frames"},
    "tests.rows": {"tests.unit.npo.test_factors", "tests.acceptance.test_docs"},
}
QUOTING = {
    "frameworks": {"fatf_kit/npo/method/load.py", "fatf_kit/papers/letters.py"},
    "npo": {"fatf_kit/npo/method/load.py", "fatf_kit/frames.py"},
    "letters.json": {"fatf_kit/papers/letters.py", "tools/first.py"},
    "counts.json": {"tests/unit/npo/test_factors.py"},
    "cases": {"tests/property/test_random.py"},
}
PROJECT = Project(FILES, IMPORTERS, lambda text: QUOTING.get(text, set()), frozenset({"fatf_kit/npo/scales.py"}))
UNIT_TESTS = sorted(path for path in FILES if path.startswith("tests/unit/") and "test_" in path)
CHECK = "tests/unit/framework/test_check.py"


@pytest.mark.parametrize(
    ("changed", "tests"),
    [
        ("tests/acceptance/test_docs.py", ["tests/acceptance/test_docs.py"]),
        ("tests/unit/npo/test_deleted.py", []),
        ("fatf_kit/npo/scales.py",
         ["fatf_kit/npo/scales.py", "tests/unit/npo/method/test_load.py", "tests/unit/npo/test_factors.py"]),
        ("fatf_kit/npo/method/load.py", ["tests/unit/npo/method/test_load.py"]),
        ("fatf_kit/npo/deleted.py", ["tests/unit/npo/method/test_load.py", "tests/unit/npo/test_factors.py"]),
        ("fatf_kit/papers/page.j2", ["tests/unit/papers/test_letters.py"]),
        ("fatf_kit/frames.py", ["tests/property/test_random.py"]),
        ("tools/first.py", ["tests/unit/test_tools.py"]),
        ("tests/rows.py", ["tests/unit/npo/test_factors.py"]),
        ("tests/unit/conftest.py", UNIT_TESTS),
        ("frameworks/npo/factors.json", [CHECK, "tests/unit/npo/method/test_load.py"]),
        ("frameworks/locale/ar/letters.json", [CHECK, "tests/unit/papers/test_letters.py"]),
        ("frameworks/unread.json", [CHECK]),
        ("tests/data/counts.json", ["tests/unit/npo/test_factors.py"]),
        ("tests/cases/01.json", ["tests/property/test_random.py"]),
    ],
)  # fmt: skip
def test_a_change_chooses_its_tests(changed: str, tests: list[str]) -> None:
    """Each line is one row of the table in the tool's docstring."""
    assert list(select_tests([changed], PROJECT).tests) == tests


def test_the_nearest_tests_come_first_and_once() -> None:
    """A test that changed itself begins, whatever package comes before it in the alphabet; rules run elsewhere."""
    changed = ["fatf_kit/npo/scales.py", "tests/unit/papers/test_letters.py", "tests/rows.py"]
    chosen = select_tests(changed, PROJECT, ["tests/unit/npo/method/test_load.py"])
    assert chosen.tests == (
        "fatf_kit/npo/scales.py",
        "tests/unit/papers/test_letters.py",
        "tests/unit/npo/test_factors.py",
    )


def test_what_is_left_out_is_listed() -> None:
    """Other packages that import what changed, and files that no quick test reads."""
    chosen = select_tests(["docs/start.md", "fatf_kit/npo/scales.py"], PROJECT)
    assert chosen.left_out == ("tests/unit/papers",)
    assert chosen.untested == ("docs/start.md",)
    assert select_tests(["docs/start.md"], PROJECT) == Selection((), (), ("docs/start.md",))
    assert select_tests(["fatf_kit/npo/scales.py"], PROJECT, FILES).left_out == ()


def test_rules_are_folders_and_files() -> None:
    """A folder of tests has its tests, a package the modules with examples."""
    assert expand_rules(["tests/unit/npo", "fatf_kit/npo", "tests/unit/test_tools.py"], PROJECT) == (
        "tests/unit/npo/method/test_load.py",
        "tests/unit/npo/test_factors.py",
        "fatf_kit/npo/scales.py",
        "tests/unit/test_tools.py",
    )


@pytest.mark.parametrize("path", ["tests/unit/gone", "tests/unit/np", "fatf_kit/papers"])
def test_a_rule_without_tests_is_refused(path: str) -> None:
    """A renamed file of rules has to be named anew."""
    with pytest.raises(LookupError, match=path):
        expand_rules([path], PROJECT)


def test_every_path_of_the_rules_exists() -> None:
    """The list in pyproject.toml names no file that was renamed, and has the packages of pure rules whole."""
    project = make_project({})
    rules = expand_rules(read_rules(), project)
    for package in ("core", "scoring", "outlook"):
        assert set(project.list_tests(f"tests/unit/{package}")) <= set(rules)


def _git(folder: Path, *arguments: str) -> None:
    author = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    for person in ("AUTHOR", "COMMITTER"):
        author |= {f"GIT_{person}_NAME": "A", f"GIT_{person}_EMAIL": "a@example.org"}
    command = ["git", *arguments]
    subprocess.run(command, cwd=folder, env={**os.environ, **author}, check=True, capture_output=True)


def _commit(folder: Path, name: str) -> None:
    (folder / name).write_text(name, encoding="utf-8")
    _git(folder, "add", "-A")
    _git(folder, "commit", "-m", name)


def test_changes_are_those_since_main(tmp_path: Path) -> None:
    """On main the last commit counts, on a branch all of its commits, and always what is not committed."""
    assert list_changes(tmp_path)[1] == []
    _git(tmp_path, "init", "-b", "main")
    _commit(tmp_path, "a.py")
    assert list_changes(tmp_path)[1] == []
    _commit(tmp_path, "b c.py")
    (tmp_path / "new.py").write_text("", encoding="utf-8")
    assert list_changes(tmp_path)[1] == ["b c.py", "new.py"]
    _git(tmp_path, "checkout", "-b", "work")
    _commit(tmp_path, "d.py")
    _git(tmp_path, "mv", "a.py", "e.py")
    _git(tmp_path, "commit", "-m", "rename")
    (tmp_path / "b c.py").write_text("changed", encoding="utf-8")
    assert list_changes(tmp_path)[1] == ["a.py", "b c.py", "d.py", "e.py", "new.py"]


@pytest.mark.parametrize(("last_start", "outcome"), [(0, "2 passed"), (1, "2 skipped")])
def test_no_test_begins_after_the_time_is_over(tmp_path: Path, last_start: int, outcome: str) -> None:
    """Tests that are left out are listed by file with the command that runs them, and their fixtures are not made."""
    (tmp_path / "test_late.py").write_text(
        "import pytest\n@pytest.fixture\ndef made():\n    print('MADE')\n"
        "@pytest.mark.parametrize('n', [1, 2])\ndef test_one(n, made): pass\n",
        encoding="utf-8",
    )
    options = ["-p", "tools.quick_limit", "-p", "no:cacheprovider", "-n0", "-s", f"--last-start={last_start}"]
    command = [sys.executable, "-m", "pytest", "-c", os.devnull, f"--rootdir={tmp_path}", *options, str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert outcome in done.stdout
    assert ("MADE" in done.stdout) is (last_start == 0)
    assert ("test_late.py: 2 tests" in done.stdout) is (last_start == 1)
