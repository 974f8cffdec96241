"""The guides as PDF: two to five pages, for every outcome, language and edition."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from fatf_kit import guide
from fatf_kit.core.languages import LANGUAGES
from fatf_kit.framework import list_editions
from fatf_kit.report.formats.pdf import render_document_pdf
from tests.conftest import program


@pytest.mark.parametrize("edition", list_editions())
@pytest.mark.parametrize("language", LANGUAGES)
def test_two_to_five_pages(tmp_path: Path, language: str, edition: str) -> None:
    """All eleven, to be carried into a meeting."""
    pdfinfo = program(("pdfinfo",), "FATF_KIT_REQUIRE_OFFICE")
    pages = {}
    for number in range(1, 12):
        path = tmp_path / f"{number}.pdf"
        path.write_bytes(render_document_pdf(guide(f"IO.{number}", edition=edition, language=language)))
        told = subprocess.run([pdfinfo, str(path)], check=True, capture_output=True, timeout=60).stdout.decode()
        pages[number] = int(next(line.split()[1] for line in told.splitlines() if line.startswith("Pages")))
    assert {number: count for number, count in pages.items() if not 2 <= count <= 5} == {}
