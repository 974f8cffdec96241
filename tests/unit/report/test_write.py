"""Writing reports: every format, whole, the same bytes twice."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from fatf_kit import guide, score_published
from fatf_kit.core.errors import FatfKitError
from fatf_kit.report.model import Report
from fatf_kit.report.write import DOCUMENT_FORMATS, FORMATS, write_document, write_report


@pytest.fixture(scope="module")
def report() -> Report:
    """A small report with charts."""
    return score_published("IRQ", report="MER", generated_at="2026-11-24")[1]


@pytest.mark.parametrize("name", FORMATS)
def test_same_report_same_bytes(report: Report, name: str) -> None:
    """Whatever the format, nothing of the clock or of chance gets in."""
    _, render = FORMATS[name]
    assert render(report) == render(report)


@pytest.mark.parametrize("ending", DOCUMENT_FORMATS)
def test_a_guide_in_every_format(ending: str, tmp_path: Path) -> None:
    """The ending of the name decides."""
    path = write_document(guide("IO.6"), tmp_path / f"io6{ending}")
    assert path.stat().st_size > 5_000


def test_an_annex_is_a_file_of_its_own_but_for_a_page(report: Report, tmp_path: Path) -> None:
    """Beside the document in Word and PDF, and within the page in HTML."""
    annexed = replace(guide("IO.6"), annex=replace(guide("IO.7"), title="The annex of it"))
    for ending in DOCUMENT_FORMATS:
        write_document(annexed, tmp_path / f"paper{ending}")
    assert {path.name for path in tmp_path.glob("[!.]*")} == {
        *("paper.html", "paper.docx", "paper-annex.docx", "paper.pdf", "paper-annex.pdf")
    }
    page = (tmp_path / "paper.html").read_text(encoding="utf-8")
    assert '<details id="annex">' in page
    written = write_report(replace(report, document=annexed), tmp_path / "report", ["docx", "json"])
    assert [path.name for path in written] == ["report.docx", "report-annex.docx", "published.json"]


def test_an_annex_that_is_there_keeps_the_document_from_being_written(tmp_path: Path) -> None:
    """Nothing is written where one of the two files would be lost."""
    annexed = replace(guide("IO.6"), annex=guide("IO.7"))
    (tmp_path / "paper-annex.docx").write_bytes(b"mine")
    with pytest.raises(FatfKitError, match=r"paper-annex\.docx"):
        write_document(annexed, tmp_path / "paper.docx", force=False)
    assert [path.name for path in tmp_path.glob("[!.]*")] == ["paper-annex.docx"]


def test_unknown_formats_are_named(report: Report, tmp_path: Path) -> None:
    """With those that exist, and nothing is written."""
    with pytest.raises(FatfKitError, match="'odt' is not a format"):
        write_report(report, tmp_path, ["odt"])
    with pytest.raises(FatfKitError, match=r"Allowed: \.html"):
        write_document(guide("IO.6"), tmp_path / "x.odt")
    assert list(tmp_path.iterdir()) == []


def test_tables_as_csv_files(report: Report, tmp_path: Path) -> None:
    """CSV makes one file of each table, in a folder of its own, and no charts."""
    written = write_report(report, tmp_path, ["csv"])
    assert {path.relative_to(tmp_path).as_posix() for path in written} == {
        f"csv/{table.key}.csv" for table in report.tables
    }
    first = written[0].read_text(encoding="utf-8-sig").splitlines()
    assert first[0] == ",".join(column.key for column in report.tables[0].columns)
    assert len(first) == 1 + len(report.tables[0].rows)


def test_charts_are_drawn_for_every_format_but_json_alone(
    report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """JSON has their numbers, and drawing took a third of the time of scoring."""
    both = [path.relative_to(tmp_path).parts[0] for path in write_report(report, tmp_path, ["xlsx", "json"])]
    assert set(both) == {"report.xlsx", "published.json", "charts"}

    def draw(*_: object, **__: object) -> bytes:
        raise AssertionError("a chart is drawn")

    monkeypatch.setattr("fatf_kit.report.write.draw_chart", draw)
    assert list(write_report(report, tmp_path / "alone", ["json"])) == [tmp_path / "alone" / "published.json"]
