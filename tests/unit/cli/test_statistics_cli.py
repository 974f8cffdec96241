"""`fatf-kit statistics` from the outside."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from fatf_kit.core.resources import data_folder
from tests.unit.cli.commands import RURITANIA, end_of


def test_one_workbook_for_each_role_or_one_for_an_agency(tmp_path: Path) -> None:
    """Named after the roles and the language."""
    words = ("--role", "fiu,customs", "--years", "2021-2025", "--lang", "ar")
    assert end_of("statistics", "template", "-o", tmp_path, *words) == 0
    names = {path.name for path in tmp_path.glob("*.xlsx")}
    assert names == {"statistics-fiu-ar.xlsx", "statistics-customs-ar.xlsx"}
    one = tmp_path / "one"
    words = ("--role", "tax,customs", "--agency", "Revenue", "--years", "2024")
    assert end_of("statistics", "template", "-o", one, *words) == 0
    assert [path.name for path in one.glob("*.xlsx")] == ["statistics-tax-customs-en.xlsx"]


def test_an_assessment_folder_says_who_counts(tmp_path: Path) -> None:
    """One workbook for each agency that counts something, among the other templates."""
    home = tmp_path / "ruritania"
    shutil.copytree(RURITANIA, home)
    assert end_of("statistics", "template", home, "--years", "2021-2025") == 0
    assert len(list((home / "templates").glob("statistics-*.xlsx"))) == 8
    assert end_of("statistics", "template", home, "--role", "fiu") == 2


def test_usage_errors(tmp_path: Path) -> None:
    """An agency without roles, a role that counts nothing, years that are none."""
    assert end_of("statistics", "template", "-o", tmp_path, "--agency", "Revenue") == 2
    assert end_of("statistics", "template", "-o", tmp_path, "--role", "data_protection") == 2
    assert end_of("statistics", "template", "-o", tmp_path, "--role", "fiu", "--years", "soon") == 3


def test_a_report_with_json_on_standard_output(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And nothing else there; what is read is never written to."""
    source = tmp_path / "in"
    source.mkdir()
    shutil.copy(RURITANIA / "statistics" / "fiu.xlsx", source)
    assert end_of("statistics", "report", source, "-o", tmp_path / "out", "--format", "json", "--json") == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out) == json.loads((tmp_path / "out" / "statistics.json").read_text(encoding="utf-8"))
    assert end_of("statistics", "report", source, "-o", source, "--format", "json") == 3


def test_nothing_to_report_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One plain line and exit code 3."""
    assert end_of("statistics", "report", data_folder("templates") / "fatf-2022-en.xlsx", "-o", tmp_path) == 3
    assert "No workbook of statistics could be read" in capsys.readouterr().err
