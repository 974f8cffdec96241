"""Whole made-up reports of every shape, read from PDF, Word and text files."""

from __future__ import annotations

import io
import zipfile
from itertools import cycle, product
from pathlib import Path

import pytest
import typst

from fatf_kit.core.errors import FatfKitError
from fatf_kit.report_text.model import ParsedReport
from fatf_kit.report_text.parsing import read_report
from fatf_kit.report_text.words import report_rules
from fatf_kit.texts.cleaning import read_text
from fatf_kit.texts.folding import fold
from fatf_kit.texts.reading import read_pages
from tests.samples import take_sample
from tests.unit.report_text.made_up_reports import SHAPES, make_report, save


def read(path: Path) -> ParsedReport:
    """Return the parts of a file, under the edition that it follows."""
    return read_report(path)


def squeeze(text: str) -> str:
    """Return a text without its spaces, in the plain form in which Arabic has no marks."""
    return "".join(fold(text).split())


ENDINGS = (".pdf", ".docx", ".txt")


@pytest.mark.full(keep_every=4)
@pytest.mark.parametrize(
    ("name", "ending"),
    take_sample(product(SHAPES, ENDINGS), [*zip(SHAPES, cycle(ENDINGS), strict=False)]),
)
def test_everything_in_a_report_is_found(name: str, ending: str, tmp_path: Path) -> None:
    """Criteria with rating and page, ratings, actions and deficiencies, and nothing that is not there."""
    shape = SHAPES[name]
    made = make_report(shape)
    path = save(made, shape, tmp_path / f"{name}{ending}")
    found = read(path)
    assert (found.language, found.edition, found.missing) == (shape.language, shape.edition, ())
    assert {c.requirement: c.rating for c in found.criteria} == {
        key: rating if shape.prints else None for key, rating in made.criteria.items()
    }
    assert {c.requirement: c.page for c in found.criteria} == made.page_of
    assert {key: one.rating for key, one in found.ratings.items()} == made.ratings
    assert [one.units[0] for one in found.actions] == [outcome for outcome, _ in made.actions]
    assert [squeeze(one.text) for one in found.actions] == [squeeze(text) for _, text in made.actions]
    assert [(one.unit, one.criteria) for one in found.deficiencies] == [
        (unit, (f"{unit}/{unit.removeprefix('R.')}.1",)) for unit in made.factors
    ]
    assert bool(found.later) == shape.is_before_2018
    assert found.source.has_printed_pages == (shape.has_heads and ending != ".docx")


def test_a_list_of_word_keeps_its_items_apart(tmp_path: Path) -> None:
    """Its bullets are not in its text."""
    from docx import Document

    document = Document()
    document.add_paragraph("Recommended Actions")
    document.add_paragraph("Immediate Outcome 6")
    for text in ("Count the ships by night.", "Light the lighthouses, too."):
        document.add_paragraph(text, style="List Bullet")
    table = document.add_table(rows=6, cols=3)
    for number in range(6):
        cells = table.rows[number].cells
        cells[0].text, cells[1].text, cells[2].text = f"{number + 1}. Harbours", "PC", "• No law\n• No ships"
    document.save(str(tmp_path / "a.docx"))
    found = read(tmp_path / "a.docx")
    assert [one.text for one in found.actions] == ["Count the ships by night.", "Light the lighthouses, too."]
    assert found.source.pages == 0
    assert all(one.page is None for one in found.actions)
    assert {str(one.rating) for one in found.ratings.values()} == {"PC"}
    assert len(found.deficiencies) == 12


def test_a_text_may_be_of_an_older_code_page(tmp_path: Path) -> None:
    """Windows code pages of Latin and Arabic letters, and UTF-16."""
    for text, code in (("Critère 10.1 (rempli) – évalué", "cp1252"), ("المعيار 10.1 (مستوفى) نص", "cp1256"),
                       ("Critère 10.1 (rempli) – évalué", "utf-16")):  # fmt: skip
        (tmp_path / "a.txt").write_bytes(f"{text}\n{text}".encode(code))
        found = read(tmp_path / "a.txt")
        assert {(one.requirement, str(one.rating)) for one in found.criteria} == {("R.10/10.1", "met")}, code


def refusal(path: Path) -> str:
    """Return the message with which a file is refused."""
    with pytest.raises(FatfKitError) as stop:
        read_pages(path)
    return str(stop.value)


def test_files_that_cannot_be_read_say_why(tmp_path: Path) -> None:
    """A scan, a password, damage and other kinds."""
    scan = typst.compile(b"#rect(width: 5cm, height: 5cm)\n#pagebreak()\n#rect(width: 2cm)")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
    files = {
        "scan.pdf": (scan, "OCR"),
        "broken.pdf": (b"%PDF-1.7 nothing", "damaged"),
        "broken.docx": (b"PK nothing", "damaged"),
        "other.docx": (packed.getvalue(), "damaged"),
        "empty.txt": (b"", "no text"),
        "report.doc": (b"\xd0\xcf\x11\xe0", "Allowed: .pdf, .docx, .txt"),
    }
    for name, (content, words) in files.items():
        (tmp_path / name).write_bytes(content)
        assert words in refusal(tmp_path / name), name


def test_pages_without_text_among_others_are_a_problem(tmp_path: Path) -> None:
    """With their numbers in the file."""
    pages = ["#lorem(60)" if number % 3 else "#rect()" for number in range(1, 13)]
    (tmp_path / "a.pdf").write_bytes(typst.compile("\n#pagebreak()\n".join(pages).encode()))
    problems = read_text(tmp_path / "a.pdf", report_rules()).problems
    (problem,) = problems
    assert "4 pages of the file have no text; they may be pictures: 3, 6, 9, 12." in problem.text
