"""The files in examples/ are those that the scripts there write; run `make content` after a change."""

from __future__ import annotations

import runpy
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from fatf_kit.core.resources import data_folder
from tests.documents import read_parts
from tools.example_texts import text_languages

EXAMPLES = data_folder("examples")
LANGUAGES = ("en", *text_languages())
EVERY_LANGUAGE = ["en", *(pytest.param(language, marks=pytest.mark.full) for language in text_languages())]
APART = {"libreoffice", "statistics", "sheets", *LANGUAGES}
"""Workbooks of the first country that are made by others: saved by another program, or of figures."""


def compare(made: set[Path], built: Path, shipped: Path, read: Callable[[Path], object] = read_parts) -> None:
    """Require that every file that was built is shipped with the same content."""
    assert [name for name in sorted(made) if read(built / name) != read(shipped / name)] == []


@pytest.mark.parametrize("language", EVERY_LANGUAGE)
@pytest.mark.parametrize(
    ("script", "folder", "count", "read"),
    [
        ("ruritania/build_statistics.py", "ruritania/{}/statistics", 8, read_parts),
        pytest.param(
            "ruritania/mock/build.py", "ruritania/{}/mock/sheets", 11, Path.read_bytes, marks=pytest.mark.full
        ),
        pytest.param("ruritania-plan/build.py", "ruritania-plan/{}", 4, Path.read_bytes, marks=pytest.mark.full),
        ("ruritania-after/build.py", "ruritania-after/{}", 9, Path.read_bytes),
    ],
)
def test_shipped_files_are_those_of_the_build(
    language: str, script: str, folder: str, count: int, read: Callable[[Path], object], tmp_path: Path
) -> None:
    """As many as there are: the English ones byte for byte, but for the figures; the others part by part."""
    made = {path.relative_to(tmp_path) for path in runpy.run_path(str(EXAMPLES / script))["build"](tmp_path, language)}
    shipped = EXAMPLES / folder.format("" if language == "en" else language)
    compare(made, tmp_path, shipped, read if language == "en" else read_parts)
    assert len(made) == count
    if shipped.name in ("statistics", "sheets"):
        assert made == {path.relative_to(shipped) for path in shipped.iterdir()}


@pytest.mark.parametrize("language", EVERY_LANGUAGE)
def test_the_shipped_folder_is_that_of_the_build(language: str, tmp_path: Path) -> None:
    """Responses and decisions, in other languages settings and tables too; in English no workbook is missing."""
    shipped = EXAMPLES / "ruritania" / ("" if language == "en" else language)
    shutil.copytree(shipped / "statistics", tmp_path / "statistics")  # figures show what is left to decide
    builder = runpy.run_path(str(EXAMPLES / "ruritania" / "build.py"))
    if language == "en":
        tables = [Path(shutil.copy(shipped / name, tmp_path)) for name in builder["TABLES"]]
    else:
        tables = builder["write_tables"](tmp_path, language)
    made = {path.relative_to(tmp_path) for path in builder["build"](tmp_path, language)}
    compare(made | {path.relative_to(tmp_path) for path in tables}, tmp_path, shipped)
    books = {path.relative_to(shipped) for path in shipped.rglob("*.xlsx")}
    assert language != "en" or {name for name in books if APART.isdisjoint(name.parts)} == made


def test_the_second_country_is_as_built(tmp_path: Path) -> None:
    """Every workbook of it."""
    home = EXAMPLES / "graustark"
    made = {path.relative_to(tmp_path) for path in runpy.run_path(str(home / "build.py"))["build"](tmp_path)}
    assert made == {path.relative_to(home) for path in home.rglob("*.xlsx")}
    compare(made, tmp_path, home)
