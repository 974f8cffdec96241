"""Words that somebody should not have typed, in Word, Excel and PDF: every program opens the file and finds them."""

from __future__ import annotations

import io
import re
import unicodedata
from pathlib import Path

import docx
import openpyxl
import pytest

from fatf_kit.report.formats.docx import render_docx
from fatf_kit.report.formats.pdf import render_document_pdf
from fatf_kit.report.formats.xlsx import render_xlsx
from tests.narratives import LONG, MARKUP, PRINTED, nasty_document, nasty_report
from tests.office.files import Convert, read_text

pytestmark = pytest.mark.full
LANGUAGES = ("en", "ar")


def words_of(path: Path) -> str:
    """All words of a PDF without spaces, and without invisible marks."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", read_text(path)))


def bare(text: str) -> str:
    """A text as `words_of` gives it."""
    return re.sub(r"[\s\u200e\u200f]", "", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_word(convert: Convert, tmp_path: Path, language: str) -> None:
    """python-docx finds every paragraph as it was typed but for marks; LibreOffice shows all 30,000 letters."""
    path = tmp_path / "nasty.docx"
    path.write_bytes(render_docx(nasty_document(language)))
    paragraphs = [re.sub("[\u200e\u200f]", "", p.text) for p in docx.Document(str(path)).paragraphs]
    wanted = [re.sub("[\u200e\u200f]", "", text) for text in PRINTED]
    assert [text[:40] for text in wanted if not any(text in found for found in paragraphs)] == []
    printed = words_of(convert(path, "pdf"))
    assert printed.count("x") > len(LONG) * 4
    for text in (MARKUP, "start override embedded isolate mark end", "null bell escape delete next mark none end"):
        assert bare(text) in printed or language == "ar"


@pytest.mark.parametrize("language", LANGUAGES)
def test_excel(convert: Convert, tmp_path: Path, language: str) -> None:
    """Openpyxl finds text in every cell and no formula, and so it does in the copy that LibreOffice saved."""
    path = tmp_path / "nasty.xlsx"
    path.write_bytes(render_xlsx(nasty_report(language)))
    for file in (path, convert(path, "xlsx")):
        sheet = openpyxl.load_workbook(io.BytesIO(file.read_bytes()))["Nasty"]
        rows = list(sheet.iter_rows(min_row=2))
        assert {cell.data_type for row in rows for cell in row} == {"s"}
        found = [re.sub("[\u200e\u200f]", "", str(row[0].value)) for row in rows]
        assert [printed in text for printed, text in zip(PRINTED, found, strict=True)] == [True] * len(PRINTED)


@pytest.mark.parametrize("language", LANGUAGES)
def test_pdf(tmp_path: Path, language: str) -> None:
    """Poppler finds the words; an emoji, which no font of ours has, is printed by its name."""
    path = tmp_path / "nasty.pdf"
    path.write_bytes(render_document_pdf(nasty_document(language)))
    printed = words_of(path)
    assert printed.count("x") > len(LONG) * 4
    assert "bank[bank]family" in printed
    assert "nullbellescape" in printed
    assert "overrideembeddedisolate" in printed
