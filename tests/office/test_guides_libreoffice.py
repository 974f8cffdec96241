"""Guides as Word files on paper: two to five A4 pages."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from fatf_kit import guide
from fatf_kit.report.formats.docx import render_docx
from tests.conftest import program

LONGEST = [
    *(("fatf-2022", outcome, "en") for outcome in ("IO.1", "IO.3", "IO.8")),
    *(("fatf-2022", outcome, "fr") for outcome in ("IO.1", "IO.3", "IO.4")),
    *(("fatf-2022", outcome, "ar") for outcome in ("IO.3", "IO.6")),
    *(("fatf-2013", outcome, "fr") for outcome in ("IO.1", "IO.4")),
]


@pytest.mark.parametrize(("edition", "outcome", "language"), LONGEST)
def test_guide_prints_on_two_to_five_pages(
    edition: str, outcome: str, language: str, convert: Callable[[Path, str], Path], tmp_path: Path
) -> None:
    """The longest guides of each language, printed by LibreOffice."""
    pdfinfo = program(("pdfinfo",), "FATF_KIT_REQUIRE_OFFICE")
    path = tmp_path / f"{outcome}-{language}.docx"
    path.write_bytes(render_docx(guide(outcome, edition=edition, language=language)))
    told = subprocess.run([pdfinfo, str(convert(path, "pdf"))], check=True, capture_output=True, timeout=60)
    found = re.search(r"Pages:\s+(\d+)", told.stdout.decode())
    assert found is not None
    assert int(found[1]) in range(2, 6)


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_a_guide_is_set_in_the_font_it_brings(
    language: str, convert: Callable[[Path, str], Path], tmp_path: Path
) -> None:
    """LibreOffice, on a machine that has DejaVu only, takes both weights from the file."""
    pdffonts = program(("pdffonts",), "FATF_KIT_REQUIRE_OFFICE")
    path = tmp_path / f"{language}.docx"
    path.write_bytes(render_docx(guide("IO.3", edition="fatf-2022", language=language)))
    told = subprocess.run([pdffonts, str(convert(path, "pdf"))], check=True, capture_output=True, timeout=60)
    used = set(re.findall(r"^[A-Z]{6}\+(\S+)", told.stdout.decode(), re.MULTILINE))
    assert {name for name in used if not name.startswith("DejaVu")} == {"IBMPlexSansArabic", "IBMPlexSansArabic-Bold"}
