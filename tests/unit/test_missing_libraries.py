"""Without typst or DuckDB everything else works, and a clear error says which library is missing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from fatf_kit import template
from fatf_kit.core.errors import FatfKitError
from fatf_kit.npo.register.engine import connect
from fatf_kit.report.formats.pdf import render_document_pdf
from fatf_kit.report.model import Document

_BLOCKED = """
import sys
for name in ("typst", "duckdb"):
    sys.modules[name] = None
from fatf_kit.cli.main import main
main(sys.argv[1:])
"""


def run_without_both(*words: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a process that can import neither library."""
    command = [sys.executable, "-c", _BLOCKED, *words]
    return subprocess.run(command, check=False, capture_output=True, text=True, encoding="utf-8", timeout=300)


def test_pdf_without_typst_is_a_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names the library and other formats."""
    monkeypatch.setitem(sys.modules, "typst", None)
    plain = Document(id="x", title="X", subtitle="Y", language="en", facts=(), notices=(), sections=())
    with pytest.raises(FatfKitError, match="PDF files need typst"):
        render_document_pdf(plain)


def test_a_register_without_duckdb_is_a_clear_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The error names the library."""
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(FatfKitError, match="need duckdb"):
        connect(tmp_path)


@pytest.mark.full
def test_everything_but_pdf_is_written_without_both(tmp_path: Path) -> None:
    """A report in other formats; with PDF the command ends with the error and writes nothing."""
    workbook = str(template(tmp_path / "fiu.xlsx", only=["R.2"]))
    done = run_without_both("score", workbook, "--format", "docx,xlsx,csv", "-o", str(tmp_path / "a"), "--lang", "en")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "a" / "report.docx").is_file()
    done = run_without_both("score", workbook, "--format", "csv,pdf", "-o", str(tmp_path / "b"), "--lang", "en")
    assert done.returncode == 3
    assert "PDF files need typst" in done.stderr
    assert not (tmp_path / "b").exists()
