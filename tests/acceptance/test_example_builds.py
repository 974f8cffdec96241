"""The files in examples/ are those that `fatf-kit demo --examples` writes; run `make content` after a change."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from fatf_kit.core.resources import data_folder
from fatf_kit.examples import WHOLE_COUNTRY, text_languages, write_assessment, write_later_work, write_whole_country
from fatf_kit.examples.every import find_folder
from fatf_kit.examples.figures import write_figures
from fatf_kit.examples.graustark import write_second_country
from fatf_kit.examples.mock_sheets import write_sheets
from fatf_kit.examples.year_after import write_year_after
from tests.documents import read_parts

EXAMPLES = data_folder("examples")
LANGUAGES = ("en", *text_languages())
EVERY_LANGUAGE = ["en", *(pytest.param(language, marks=pytest.mark.full) for language in text_languages())]
APART = {"libreoffice", "statistics", "sheets", *LANGUAGES}
"""Workbooks of the first country that are made by others: saved by another program, or of figures."""


def compare(made: set[Path], built: Path, shipped: Path, read: Callable[[Path], object] = read_parts) -> None:
    """Require that every file that was built is shipped with the same content."""
    assert [name for name in sorted(made) if read(built / name) != read(shipped / name)] == []


def _write_sheets(home: Path, language: str) -> Iterable[Path]:
    return write_sheets(home, find_folder(EXAMPLES / "ruritania", language), language)


def _write_later_work(home: Path, language: str) -> Iterable[Path]:
    return write_later_work(home, find_folder(EXAMPLES / "ruritania", language) / WHOLE_COUNTRY, language)


@pytest.mark.parametrize("language", EVERY_LANGUAGE)
@pytest.mark.parametrize(
    ("write", "folder", "count", "read"),
    [
        (write_figures, "ruritania/{}/statistics", 8, read_parts),
        pytest.param(_write_sheets, "ruritania/{}/mock/sheets", 11, Path.read_bytes, marks=pytest.mark.full),
        pytest.param(_write_later_work, "ruritania-plan/{}", 4, Path.read_bytes, marks=pytest.mark.full),
        (write_year_after, "ruritania-after/{}", 9, Path.read_bytes),
    ],
)
def test_shipped_files_are_those_of_the_build(
    language: str,
    write: Callable[[Path, str], Iterable[Path]],
    folder: str,
    count: int,
    read: Callable[[Path], object],
    tmp_path: Path,
) -> None:
    """As many as there are: the English ones byte for byte, but for the figures; the others part by part."""
    made = {path.relative_to(tmp_path) for path in write(tmp_path, language)}
    shipped = EXAMPLES / folder.format("" if language == "en" else language)
    compare(made, tmp_path, shipped, read if language == "en" else read_parts)
    assert len(made) == count
    if shipped.name in ("statistics", "sheets"):
        assert made == {path.relative_to(shipped) for path in shipped.iterdir()}


@pytest.mark.full
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_shipped_folder_is_that_of_the_build(language: str, tmp_path: Path) -> None:
    """Settings, tables, responses and decisions; in English no workbook is missing."""
    shipped = find_folder(EXAMPLES / "ruritania", language)
    written = [*write_assessment(tmp_path, language), write_whole_country(tmp_path / WHOLE_COUNTRY, language)]
    made = {path.relative_to(tmp_path) for path in written}
    compare(made, tmp_path, shipped)
    books = {path.relative_to(shipped) for path in shipped.rglob("*.xlsx")}
    made_books = {name for name in made if name.suffix == ".xlsx" and name.parts[0] != "statistics"}
    assert language != "en" or {name for name in books if APART.isdisjoint(name.parts)} == made_books


def test_the_second_country_is_as_built(tmp_path: Path) -> None:
    """Every workbook of it."""
    home = EXAMPLES / "graustark"
    made = {path.relative_to(tmp_path) for path in write_second_country(tmp_path)}
    assert made == {path.relative_to(home) for path in home.rglob("*.xlsx")}
    compare(made, tmp_path, home)
