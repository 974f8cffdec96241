"""The development tools in tools/ do what CONTRIBUTING.md says."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from tools import lowest_versions, message_catalogues

UNIT = Path(__file__).resolve().parent
MODULES = {"python-docx": "docx", "python-calamine": "python_calamine"}
"""Packages whose module is called otherwise."""
BROUGHT = {"numpy", "PIL", "fontTools", "xdist", "fatf_kit", "tests", "tools", "benchmarks"}
"""Come with matplotlib, are asked for only where they are, or are our own."""


def imported() -> Iterator[str]:
    """Every module that unit tests load."""
    for path in (*UNIT.rglob("*.py"), UNIT.parent / "conftest.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from (name.name.partition(".")[0] for name in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield node.module.partition(".")[0]


def test_the_oldest_versions_are_tested_with_all_that_the_tests_need() -> None:
    """The calendar's tests came with a library of their own, and `make lowest` stopped before the first test."""
    project = tomllib.loads((lowest_versions.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = [re.split("[^A-Za-z0-9-]", need)[0] for need in (*project["dependencies"], *lowest_versions.TESTED_WITH)]
    there = {MODULES.get(name, name) for name in named} | set(sys.stdlib_module_names)
    assert set(imported()) - there - BROUGHT == set()


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_renewed_catalogues_keep_their_plural_forms(
    language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A newer Babel counts the forms of Arabic in another order; the translations stand in the order of the file."""
    before = message_catalogues.read_catalogue(language)
    odd = Catalog(locale=language)
    odd.mime_headers = [("Plural-Forms", "nplurals=2; plural=(n > 7);")]
    odd.add(("{n} workbook", "{n} workbooks"), ("a", "b"))
    monkeypatch.setattr(message_catalogues, "FOLDER", tmp_path)
    monkeypatch.setattr(message_catalogues, "read_catalogue", lambda _: odd)
    monkeypatch.setattr(message_catalogues, "find_messages", lambda: {("{n} workbook", "{n} workbooks"): "here"})
    message_catalogues.write_catalogue(language)
    text = (tmp_path / f"{language}.po").read_text(encoding="utf-8")
    assert "nplurals=2; plural=(n > 7)" in text
    assert before.plural_forms not in text
    assert 'msgstr[1] "b"' in text
