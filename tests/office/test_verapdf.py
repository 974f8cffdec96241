"""PDF files as veraPDF judges them: PDF/UA-1 for screen readers, PDF/A-2a for archives."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from fatf_kit import paper
from fatf_kit.report.formats.pdf import render_document_pdf
from fatf_kit.report.model import Document, Paragraph
from fatf_kit.report.sections import make_section
from tests.examples import score_example
from tools.verapdf import find_missing

pytestmark = pytest.mark.skipif(bool(find_missing()), reason=find_missing())


def validate(folder: Path, documents: dict[str, Document]) -> list[str]:
    """The lines of veraPDF on the documents."""
    for name, document in documents.items():
        (folder / f"{name}.pdf").write_bytes(render_document_pdf(document))
    files = [str(folder / f"{name}.pdf") for name in documents]
    command = [sys.executable, "-m", "tools.verapdf", *files]
    done = subprocess.run(command, check=False, capture_output=True, timeout=300, text=True)
    return done.stdout.splitlines()


@pytest.mark.full
def test_dated_papers_conform_to_both_standards(tmp_path: Path) -> None:
    """A report with every kind of block and chart, and an Arabic page."""
    scored = score_example("ruritania/workbook")
    documents = {
        "gap": paper(scored, "gap", generated_at="2026-11-24"),
        "brief": paper(scored, "brief", generated_at="2026-11-24", language="ar"),
    }
    assert validate(tmp_path, documents) == [
        f"{name}.pdf: {standard}: conforms" for name in documents for standard in ("PDF/UA-1", "PDF/A-2a")
    ]


def test_a_document_without_a_date_is_no_archival_file(tmp_path: Path) -> None:
    """PDF/A asks for a date, and none is made up."""
    section = make_section("one", "One", Paragraph(text="Text."))
    words = {"id": "x", "title": "X", "subtitle": "Y", "language": "en"}
    plain = Document(**words, facts=(), notices=("Z",), sections=(section,))  # type: ignore[arg-type]
    accessible, archival = validate(tmp_path, {"plain": plain})
    assert (accessible, "clause 6.6.4" in archival) == ("plain.pdf: PDF/UA-1: conforms", True)
