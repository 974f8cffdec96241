"""The development tools in tools/ do what CONTRIBUTING.md says."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools import lowest_versions, style_lint
from tools.message_catalogues import gather_messages
from tools.message_style import check_message
from tools.message_style import find_breaches as find_style_breaches

UNIT = Path(__file__).resolve().parent
MODULES = {"python-docx": "docx", "python-pptx": "pptx", "python-calamine": "python_calamine", "pyyaml": "yaml"}
"""Packages whose module is called otherwise."""
BROUGHT = {"numpy", "PIL", "fontTools", "xdist", "fatf_kit", "tests", "tools", "benchmarks"}
"""Come with matplotlib, are asked for only where they are, or are our own."""


def imported() -> Iterator[str]:
    """Every module that unit tests load."""
    for path in (*UNIT.rglob("*.py"), UNIT.parent / "conftest.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from (name.name.partition(".")[0] for name in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield node.module.partition(".")[0]


def test_the_oldest_versions_are_tested_with_all_that_the_tests_need() -> None:
    """The calendar's tests came with a library of their own, and `make lowest` stopped before the first test."""
    project = tomllib.loads((lowest_versions.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = [re.split("[^A-Za-z0-9-]", need)[0] for need in (*project["dependencies"], *lowest_versions.TESTED_WITH)]
    there = {MODULES.get(name, name) for name in named} | set(sys.stdlib_module_names)
    assert set(imported()) - there - BROUGHT == set()


def test_a_message_has_a_plural_everywhere_or_nowhere() -> None:
    """A catalogue has one entry for each message, and the plural would replace the other."""
    with pytest.raises(LookupError, match="one row"):
        gather_messages([("one row", "here"), (("one row", "{count} rows"), "there")])


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("class Scored:\n    pass\n", ["participle: Scored"]),
        ("class Kept:\n    pass\n", ["participle: Kept"]),
        ("class ScoredAssessment:\n    pass\n\n\nclass Need:\n    pass\n", []),
        ("def tell(text):\n    pass\n", ["word: tell uses tell"]),
        ("class Row:\n    said: str\n\n    def add(self, *, told):\n        told(1)\n",
         ["callback: Row.add calls told", "word: Row.add(told) uses told", "word: Row.said uses said"]),
        ('"""Where the files are."""\n', ["docstring: module"]),
        ('def find():\n    """Return who answered."""\n', []),
        ('LIMIT = 3\n"""What is allowed."""\n', ["docstring: module constant LIMIT"]),
    ],
)  # fmt: skip
def test_style_lint_finds_names_and_docstrings_against_the_glossary(source: str, found: list[str]) -> None:
    """Each rule finds its own breaches and leaves similar good names alone."""
    breaches = style_lint.check_source("fatf_kit/example.py", source)
    assert sorted(f"{breach.rule}: {breach.name}" for breach in breaches) == found


def test_style_lint_finds_a_class_name_with_two_meanings(tmp_path: Path) -> None:
    """Public classes of one name in two modules are a breach in both; private ones are not."""
    for name in ("first", "second"):
        (tmp_path / "fatf_kit").mkdir(exist_ok=True)
        (tmp_path / "fatf_kit" / f"{name}.py").write_text("class Kind: ...\n\n\nclass _Row: ...\n", encoding="utf-8")
    found = [(breach.path, breach.rule, breach.name) for breach in style_lint.find_breaches(tmp_path)]
    assert found == [("fatf_kit/first.py", "clash", "Kind"), ("fatf_kit/second.py", "clash", "Kind")]


def test_ruff_before_a_commit_has_the_range_of_the_project() -> None:
    """The hooks of .pre-commit-config.yaml format as `make check` does."""
    groups = tomllib.loads((lowest_versions.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"]
    (wanted,) = (need for need in groups["dev"] if isinstance(need, str) and need.startswith("ruff"))
    hooks = (lowest_versions.ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    assert set(re.findall(r'"(ruff[^"]*)"', hooks)) == {wanted}


def test_every_message_is_in_plain_english() -> None:
    """No message or text of --help breaks a rule of tools/message_style.py."""
    assert find_style_breaches() == []


@pytest.mark.parametrize(
    ("message", "fault"),
    [
        ("The result stands for now.", '"stands"'),
        ("What has been answered until now counts as it is written", '"What"'),
        ("'{found}' is no rating.", '"is no"'),
        ("{n} workbooks were read.", "plural forms"),
    ],
)
def test_riddles_are_found(message: str, fault: str) -> None:
    """Metaphors, question words as subjects, "is no", and counts without plural forms."""
    assert [fault in one for one in check_message(message)] == [True]
