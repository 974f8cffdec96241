"""`make mutant-sample` draws the same mutants each time and counts the killed ones."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tools.quick_selection import Project

pytest.importorskip("mutmut")  # not among what the oldest versions are tested with, nor on Windows
from tools.mutant_sample import (
    ROOT,
    Mutant,
    draw_mutants,
    list_modules,
    make_mutants,
    order_tests,
    read_settings,
    show_diff,
    try_sample,
)

RULE = '''"""A rule."""

LIMIT = 3


def is_high(level: int) -> bool:
    """Compare."""
    return level >= LIMIT and level > 0
'''
PROJECT_FILE = """
[tool.mutmut]
do_not_mutate = ["*/__init__.py"]
pytest_add_cli_args_test_selection = ["tests"]
[tool.mutant-sample]
seed = 1
size = 10
least_killed = 0.5
[tool.mutant-sample.groups]
scoring = ["fatf_kit/scoring/*.py"]
"""
NO_IMPORTS = Project(frozenset(), {}, lambda _: ())


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A project with one rule and a test that leaves a limit out."""
    package = tmp_path / "fatf_kit" / "scoring"
    package.mkdir(parents=True)
    for path in (package, package.parent):
        (path / "__init__.py").write_text("def never() -> int:\n    return 1\n", encoding="utf-8")
    (package / "rule.py").write_text(RULE, encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text(PROJECT_FILE, encoding="utf-8")
    tests = tmp_path / "tests" / "unit" / "scoring"
    tests.mkdir(parents=True)
    return tmp_path


def _write_test(project: Path, assertion: str) -> None:
    text = f"from fatf_kit.scoring.rule import is_high\ndef test_rule():\n    assert {assertion}\n"
    (project / "tests" / "unit" / "scoring" / "test_rule.py").write_text(text, encoding="utf-8")


def test_mutants_change_functions_only() -> None:
    """Each is named by its change; constants of the module and docstrings stay."""
    changes = {mutant.change: mutant.make_source() for mutant in make_mutants("rule.py", RULE)}
    assert sorted(changes) == [
        "0 -> 1",
        "> 0 -> >= 0",
        ">= LIMIT -> > LIMIT",
        "level >= LIMIT and level > 0 -> level >= LIMIT or level > 0",
    ]
    assert changes["> 0 -> >= 0"] == RULE.replace("> 0", ">= 0")


def test_equal_changes_of_a_function_are_numbered() -> None:
    """A mutant is drawn by its name, so that no two have the same."""
    source = "def add(a, b):\n    return a + 1, b + 1\n"
    mutants = list(make_mutants("rule.py", source))
    assert len({str(mutant) for mutant in mutants}) == len(mutants) == 4
    second = next(mutant for mutant in mutants if mutant.change == "1 -> 2 (2)")
    assert second.make_source() == "def add(a, b):\n    return a + 1, b + 2\n"


def test_a_change_elsewhere_leaves_the_sample(small: Path) -> None:
    """Two commits are compared by the same mutants; another seed draws others."""
    _write_test(small, "True")
    settings = replace(read_settings(small), size=2)
    paths = ["fatf_kit/scoring/rule.py"]
    before = [str(mutant) for mutant in draw_mutants(small, paths, settings)]
    text = RULE.replace("def is_high", "def other(text: None) -> None:\n    return text\n\n\ndef is_high")
    (small / "fatf_kit" / "scoring" / "rule.py").write_text(text, encoding="utf-8")
    assert [str(mutant) for mutant in draw_mutants(small, paths, settings)] == before
    seeds = [replace(settings, seed=seed) for seed in range(10)]
    assert len({str(draw_mutants(small, paths, seed)[0]) for seed in seeds}) > 1


@pytest.mark.full
def test_survivors_are_shown(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The test compares 4 and 2 only, so that another limit is not noticed; the tree itself is never changed."""
    _write_test(small, "is_high(4) and not is_high(2)")
    assert try_sample(small, NO_IMPORTS, workers=1) == (0.25, 0.5)
    printed = capsys.readouterr().out
    assert [printed.count(verdict) for verdict in ("killed in", "SURVIVED in")] == [1, 3]
    assert "-    return level >= LIMIT and level > 0\n+    return level > LIMIT and level > 0\n" in printed
    assert "scoring: 1 of 4 killed" in printed
    assert (small / "fatf_kit" / "scoring" / "rule.py").read_text(encoding="utf-8") == RULE


@pytest.mark.parametrize(
    ("assertion", "message"), [("is_high(2)", "fail without a mutant"), ("callable(is_high)", "rule.py is broken")]
)
def test_tests_that_measure_nothing_are_refused(small: Path, assertion: str, message: str) -> None:
    """Tests that always fail would kill everything, and tests of another copy nothing."""
    _write_test(small, assertion)
    if assertion.startswith("callable"):
        (small / "tests" / "unit" / "scoring" / "test_rule.py").write_text("def test_it(): pass\n", encoding="utf-8")
    with pytest.raises(RuntimeError, match=message):
        try_sample(small, NO_IMPORTS, workers=1)


def test_the_nearest_tests_come_first() -> None:
    """Those that import the module, then those that reach it, then those of its package; others are left out."""
    importers = {
        "fatf_kit.scoring.rule": {"fatf_kit.scoring.whole", "tests.unit.scoring.test_rule"},
        "fatf_kit.scoring.whole": {"tests.unit.outlook.test_whole", "tests.proof"},
        "tests.proof": {"tests.property.test_far"},
    }
    tests = [f"tests/{name}.py" for name in
             ("property/test_far", "unit/outlook/test_other", "unit/outlook/test_whole", "unit/scoring/test_by_facade",
              "unit/scoring/test_rule")]  # fmt: skip
    ordered = order_tests("fatf_kit/scoring/rule.py", tests, replace(NO_IMPORTS, importers=importers))
    assert ordered == [tests[4], tests[2], tests[0], tests[3]]


def test_the_sample_has_every_group() -> None:
    """Each group of pyproject.toml has modules, none twice, and more mutants than are drawn."""
    settings = read_settings(ROOT)
    groups = list_modules(ROOT, settings)
    assert list(groups) == ["evidence", "scoring", "outlook"]
    paths = [path for group in groups.values() for path in group]
    assert len(paths) == len(set(paths))
    assert "fatf_kit/scoring/evidence.py" in groups["evidence"]
    assert {len(draw_mutants(ROOT, groups["evidence"], settings))} == {settings.size}


def test_a_diff_shows_the_changed_line() -> None:
    """One line around it is enough to find it."""
    mutant = Mutant("a.py", "f", "1 -> 2", lambda: "x\ny = 2\nz\nend\n")
    assert show_diff(mutant, "x\ny = 1\nz\nend\n") == "--- a.py\n+++ f\n@@ -1,3 +1,3 @@\n x\n-y = 1\n+y = 2\n z\n"
