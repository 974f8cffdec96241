"""The blank register filled in LibreOffice, and the Word report on the sector as LibreOffice sets it."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

import fatf_kit
from fatf_kit.npo.functions import npo_classify, npo_template
from fatf_kit.npo.method.load import load_method
from fatf_kit.npo.register.settings_file import read_national
from fatf_kit.report.formats.docx import render_docx
from tests.office.files import Convert, open_saved, read_text
from tests.unit.npo.small_register import AS_OF, read

pytestmark = pytest.mark.full
EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "npo"
WORDS = {"en": ("yes", "active"), "ar": ("نعم", "نشطة"), "fr": ("oui", "active")}


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_filled_register(convert: Convert, tmp_path: Path, language: str) -> None:
    """Choices in the sheet's own language, a share and a national factor survive LibreOffice and are classified."""
    method = load_method()
    path = next(p for p in npo_template(tmp_path, language=language) if p.name == f"npo-register-{language}.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
    sheet = book.worksheets[0]
    places = {column: place for place, column in enumerate(method.columns, start=1)}
    status = next(c.name[language] for c in method.columns["status"].codes if c.code == "active")
    purpose = next(c.name[language] for c in method.columns["purpose"].codes if c.code == "charitable")
    answer = next(word for word in WORDS[language] if word in method.yes)
    filled: dict[str, str | float] = {
        "npo_id": "A-1",
        "status": status,
        "purpose": purpose,
        "raises_or_disburses": answer,
        "cash_income_share": 0.45,
        "works_abroad": answer,
    }
    for column, value in filled.items():
        sheet.cell(row=2, column=places[column], value=value)
    national = book.worksheets[2]
    national.cell(row=3, column=3, value=3)
    national.cell(row=3, column=4, value="سبب")
    book.save(path)
    copy = convert(path, "xlsx")
    made = npo_classify(copy, tmp_path / "out", as_of=AS_OF)
    assert made.result.problems == ()
    assert [
        (line["npo_id"], line["status"], line["scope"], line["V04"], line["T02"])
        for line in read(tmp_path / "out" / "classified.csv")
    ] == [("A-1", "active", "in", "4", "")]
    assert [(f.id, f.value, f.reason) for f in read_national(copy, method)[0]] == [("TN1", 3, "سبب")]
    kept = open_saved(copy).worksheets[0]
    assert (language == "ar") == bool(kept.sheet_view.rightToLeft)
    assert kept.data_validations.dataValidation


@pytest.mark.parametrize(("language", "title"), [("en", "The sector in short"), ("ar", "خطة الزيارات")])
def test_word_report_as_pdf(convert: Convert, tmp_path: Path, language: str, title: str) -> None:
    """The report on the made-up sector has its headings and figures and runs over 12 to 20 pages.

    The Arabic title has no ligatures, which pdftotext takes apart in the wrong order.
    """
    made = npo_classify(
        EXAMPLE / "register.csv", tmp_path / "out", settings=EXAMPLE / "settings.json", as_of="2027-03-19"
    )
    report, _ = fatf_kit.npo_report(
        made.result, measures=EXAMPLE / "measures.xlsx", capacity=120, country="Ruritania",
        generated_at="2026-11-24", language=language,
    )  # fmt: skip
    path = tmp_path / "report.docx"
    path.write_bytes(render_docx(report.document))
    text = read_text(convert(path, "pdf"))
    assert title in text
    assert "1,070" in text
    assert 12 <= text.count("\f") <= 20
