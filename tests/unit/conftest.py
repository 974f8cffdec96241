"""A small template with a little of everything, and ways to change a copy of it like an office program would."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from fatf_kit.assessment.workbook.layout import build_layout
from fatf_kit.assessment.workbook.model import Layout
from fatf_kit.assessment.workbook.template import write_template
from fatf_kit.framework import load_framework
from fatf_kit.spreadsheets import finding
from fatf_kit.spreadsheets import words as words_module
from fatf_kit.spreadsheets.sheet import CellValue

ANSWERS: dict[str, dict[str, CellValue]] = {
    "R.9/9.1": {
        "rating": "partly met",
        "explanation": "=Banking secrecy yields to the FIU only",
        "citation": "Banking Law, art. 5",
        "in_force_from": date(2019, 6, 1),
        "evidence": "FIU-001, FIU-002",
        "missing": "Supervisors have no access.",
        "action": "Amend the law",
        "action_due": date(2027, 1, 31),
        "confidentiality": "public",
    },
    "R.2/2.1": {"rating": "met"},
    "IO.6/6.1": {"rating": "large", "explanation": "النتائج جيدة"},
}
EVIDENCE: list[dict[str, CellValue]] = [
    {"id": "FIU-001", "kind": "law", "title": "Banking Law", "article": "art. 5", "in_force_from": date(2019, 6, 1)},
    {"id": "FIU-002", "kind": "statistics", "title": "-5 % requests", "link": "https://example.org", "holder": "FIU"},
]


@pytest.fixture(scope="session")
def layout() -> Layout:
    """Three short sheets for one agency."""
    edition = load_framework("fatf-2022")
    return build_layout(
        edition, only=["R.2", "R.9", "IO.6"], agency="fiu", country="Examplia", cut_off=date(2027, 3, 19)
    )


@pytest.fixture(scope="session")
def answers() -> dict[str, dict[str, CellValue]]:
    """Return the answers of the filled copy by requirement and column."""
    return ANSWERS


@pytest.fixture(scope="session")
def evidence() -> list[dict[str, CellValue]]:
    """Return the rows of the register of the filled copy."""
    return EVIDENCE


@pytest.fixture(scope="session")
def blank(layout: Layout, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The template as it is sent out."""
    path = tmp_path_factory.mktemp("blank") / "blank.xlsx"
    write_template(layout, path)
    return path


@pytest.fixture(scope="session")
def filled(layout: Layout, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The template as it comes back."""
    path = tmp_path_factory.mktemp("filled") / "filled.xlsx"
    write_template(layout, path, prefill=ANSWERS, evidence=EVIDENCE)
    return path


Change = Callable[[openpyxl.Workbook], object]


@pytest.fixture
def changed(filled: Path, tmp_path: Path) -> Callable[[Change], Path]:
    """A function that changes a copy of the filled template cell by cell."""

    def run(change: Change) -> Path:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # openpyxl drops data bars, which no test here needs
            book = openpyxl.load_workbook(filled)
        change(book)
        book.save(tmp_path / "changed.xlsx")
        return tmp_path / "changed.xlsx"

    return run


Edit = Callable[[str, bytes], bytes | None]


@pytest.fixture
def repacked(filled: Path, tmp_path: Path) -> Callable[..., Path]:
    """A function that rewrites the parts of a copy of the filled template; a part edited to None is left out."""

    def run(edit: Edit, extra: dict[str, bytes] | None = None) -> Path:
        path = tmp_path / "repacked.xlsx"
        with zipfile.ZipFile(filled) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                if (content := edit(name, old.read(name))) is not None:
                    new.writestr(name, content)
            for name, content in (extra or {}).items():
                new.writestr(name, content)
        return path

    return run


@pytest.fixture
def two_languages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """English words beside an invented Arabic in which every word has a mark, whatever languages are shipped."""
    english = dict(words_module.load_words("en"))
    marked = {key: f"ع {text}"[:31] if key.startswith("sheet.") else f"ع {text}" for key, text in english.items()}
    pages = {"en": english, "ar": marked}
    file = tmp_path / "locale" / "ar" / "workbook-words.json"
    file.parent.mkdir(parents=True)
    file.touch()
    monkeypatch.setattr(words_module, "data_folder", lambda _: tmp_path)
    monkeypatch.setattr(words_module, "load_value", lambda _path, _kind, _schema, language: pages[language])
    caches = (words_module.load_words, finding._vocabulary, finding._words_in_short, finding._field_names)
    for cached in caches:
        cached.cache_clear()
    yield
    for cached in caches:
        cached.cache_clear()
