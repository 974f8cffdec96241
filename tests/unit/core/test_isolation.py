"""Typed text of another direction is isolated from the text around it, in every format."""

from __future__ import annotations

import io
import re
import zipfile

import openpyxl
import pytest

from fatf_kit.core.isolation import isolate_runs, isolate_text, remove_isolation, split_isolated
from fatf_kit.core.messages import Translator
from fatf_kit.report.formats.csv import render_csv
from fatf_kit.report.formats.docx import render_docx
from fatf_kit.report.formats.html import render_document
from fatf_kit.report.formats.typst_data import flatten_document
from fatf_kit.report.model import DataColumn, DataTable, Document, Paragraph, Report, Section
from fatf_kit.spreadsheets.cell_writer import BookWriter
from fatf_kit.spreadsheets.sheet import interpret_cell

TYPED = "Application without delay. (Two casinos, both in one hotel group.)"
AT = "IO.11/11.3"
ISOLATED = f"\u2066{AT}\u2069: \u2066{TYPED}\u2069"


def sentence(language: str = "ar", text: str = TYPED) -> str:
    """Return an id and a typed answer in one message."""
    return Translator(language)("{name}: {text}", name=AT, text=text)


def document(language: str, text: str) -> Report:
    """Return a report of one paragraph."""
    section = Section(anchor="one", title="1", blocks=(Paragraph(text=text),))
    made = Document(id="x", title="x", subtitle="", language=language, facts=(), notices=(), sections=(section,))
    return Report(document=made, tables=(), payload={})


@pytest.mark.parametrize(
    ("text", "direction", "is_isolated"),
    [
        (TYPED, "rtl", True),
        (TYPED, "ltr", False),
        ("المادة 12 (أولاً).", "ltr", True),
        ("المادة 12 (أولاً).", "rtl", False),
        ("2026-05-01", "rtl", True),
        ("R.10/10.7(b)", "rtl", True),
        ("8,008", "rtl", False),
        ("19 → 21", "rtl", True),
        ("19–27 → 25–27", "rtl", True),
        ("2026-05-01", "ltr", False),
    ],
)
def test_text_of_another_direction_is_isolated(text: str, direction: str, is_isolated: bool) -> None:
    """Letters decide; a date without letters is isolated among Arabic words."""
    made = isolate_text(text, direction)
    assert (made != text) is is_isolated
    assert remove_isolation(made) == text
    assert isolate_text(made, direction) == made


def test_messages_isolate_their_facts() -> None:
    """Id and answer are two pieces, so that neither takes the signs of the other."""
    assert sentence() == ISOLATED
    assert sentence("en") == f"{AT}: {TYPED}"
    assert Translator("ar").listed(["R.1", "هيئة"]) == "\u2066R.1\u2069 وهيئة"


def test_pieces_may_be_nested_and_lonely_marks_are_dropped() -> None:
    """A typed mark without its other half cannot reverse the words after it."""
    assert split_isolated("أ \u2066b \u2067ج\u2069\u2069 د") == [("أ ", None), ("b \u2067ج\u2069", "ltr"), (" د", None)]
    assert split_isolated("a\u2067b") == [("ab", None)]
    assert isolate_runs("a\u2067b", "rtl") == "\u2066ab\u2069"


def test_a_page_has_elements_instead_of_marks() -> None:
    """The page isolates by <bdi>, and no mark is left."""
    page = render_document(document("ar", sentence()).document).decode()
    assert f'<bdi dir="ltr">{AT}</bdi>: <bdi dir="ltr">{TYPED}</bdi>' in page
    assert not re.search("[\u2066-\u2069]", page)
    arabic = "المادة 12 (أولاً)."
    french = render_document(document("fr", sentence("fr", arabic)).document).decode()
    assert re.search(r'<bdi dir="rtl">المادة <bdi dir="ltr">12</bdi> \(أولاً\)\.</bdi>', french)


def test_paper_sets_each_piece_in_its_direction() -> None:
    """The typesetter gets a mark before and after each piece."""
    made = flatten_document(document("ar", sentence()).document, Translator("ar"))
    assert ISOLATED in list_texts(made)


def list_texts(value: object) -> list[str]:
    """Return every text in nested lists and mappings."""
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
    return [text for one in inner for text in list_texts(one)]


def test_word_writes_each_piece_as_a_run_of_its_own() -> None:
    """The typed answer is one run from left to right, its closing bracket inside."""
    with zipfile.ZipFile(io.BytesIO(render_docx(document("ar", sentence()).document))) as package:
        body = package.read("word/document.xml").decode()
    runs = [re.sub("<[^>]+>", "", run) for run in re.findall(r"<w:r>.*?</w:r>|<w:r .*?</w:r>", body)]
    assert TYPED in [run.strip("\u200e") for run in runs]
    assert not re.search("[\u2066-\u2069]", body)


def test_cells_hold_marks_and_reading_drops_them() -> None:
    """A mixed cell is isolated in the file; what is read back is equal to what was typed."""
    writer = BookWriter("ar")
    sheet = writer.sheet("x")
    sheet.put(0, 0, sentence(), "requirement")
    sheet.put(1, 0, TYPED, "text")
    sheet.put(2, 0, "هيئة الرقابة", "text")
    book = openpyxl.load_workbook(io.BytesIO(writer.finish()))["x"]
    assert book["A1"].value == ISOLATED
    assert remove_isolation(str(interpret_cell(book["A1"].value))) == f"{AT}: {TYPED}"
    assert [book[f"A{row}"].alignment.readingOrder for row in (1, 2, 3)] == [2, 1, 2]


def test_data_files_have_no_marks() -> None:
    """A table for statistics programs has the words alone."""
    table = DataTable(key="t", title="t", columns=(DataColumn(key="a", title="a"),), rows=((sentence(),),))
    assert f"{AT}: {TYPED}".encode() in render_csv(table)
