"""The page for parliament as PDF: one page for each bill of the example, in every language."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

import pytest

from fatf_kit import LawReview, bill_what_if, build_bill_page, review_laws
from fatf_kit.core.resources import data_folder
from fatf_kit.report.write import write_document
from tests.conftest import program


@pytest.fixture(scope="module")
def review() -> LawReview:
    """The assessment folder of the example."""
    return review_laws(data_folder("examples") / "ruritania")


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
@pytest.mark.parametrize("bills", [("L-040",), ("L-041",), ("L-040", "L-041")])
def test_one_page(review: LawReview, language: str, bills: tuple[str, ...], tmp_path: Path) -> None:
    """Also for both bills together."""
    pdfinfo = program(("pdfinfo",), "FATF_KIT_REQUIRE_OFFICE")
    page = build_bill_page(review, bill_what_if(review, bills), today=date(2026, 11, 28), language=language)
    path = tmp_path / "page.pdf"
    write_document(page, path)
    described = subprocess.run([pdfinfo, str(path)], check=True, capture_output=True, timeout=60).stdout.decode()
    assert "Pages:           1\n" in described
