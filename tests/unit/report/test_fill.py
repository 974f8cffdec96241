"""A country's own files: what asks is filled, everything else stays."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from openpyxl.chart import BarChart
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from fatf_kit import ScoringResult, fill
from fatf_kit.core.errors import WorkbookError
from fatf_kit.core.resources import data_folder
from tests.examples import score_example


@pytest.fixture(scope="module")
def scored() -> ScoringResult:
    """The made-up country."""
    return score_example("ruritania/workbook")


def explanation(scored: ScoringResult, requirement: str) -> str:
    """The answer of the country."""
    return next(a.explanation for a in scored.responses.answers if a.requirement == requirement)


def test_cells_of_a_workbook(scored: ScoringResult, tmp_path: Path) -> None:
    """Placeholders and a table by ids are filled as text; formats, formulas and filled cells stay."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "R.10 stands at {{R.10 rating}}: {{ R.10/10.1 }}"
    sheet["A1"].fill = PatternFill("solid", fgColor="FFEEAA")
    sheet["B1"] = "=1+1"
    sheet.append(["Id", "Rating", "Explanation", "Ours"])
    sheet.append(["R.10/10.1", None, "kept", "x"])
    sheet.append(["R.10/10.2", None, None, "y"])
    path = tmp_path / "theirs.xlsx"
    book.save(path)
    made = fill(scored, path)
    read = openpyxl.load_workbook(io.BytesIO(made.data)).active
    assert read is not None
    assert read["A1"].value == f"R.10 stands at LC: {explanation(scored, 'R.10/10.1')}"
    assert read["A1"].fill.fgColor.rgb == "00FFEEAA"
    assert read["B1"].value == "=1+1"
    assert [cell.value for cell in read[3]] == ["R.10/10.1", "met", "kept", "x"]
    assert [cell.value for cell in read[4]] == ["R.10/10.2", "mostly met", explanation(scored, "R.10/10.2"), "y"]
    assert (made.problems, made.places) == ((), 5)


def test_a_blank_cell_with_a_format_is_filled_itself(scored: ScoringResult, tmp_path: Path) -> None:
    """A second cell with the same address would make Excel repair the file."""
    path = tmp_path / "theirs.xlsx"
    path.write_bytes((data_folder("templates") / "fatf-2022-en.xlsx").read_bytes())
    with zipfile.ZipFile(io.BytesIO(fill(scored, path).data)) as package:
        for name in package.namelist():
            if name.startswith("xl/worksheets/sheet"):
                addresses = re.findall(rb'<c r="([A-Z]+[0-9]+)"', package.read(name))
                assert len(set(addresses)) == len(addresses), name


def test_other_parts_keep_their_bytes(scored: ScoringResult, tmp_path: Path) -> None:
    """A chart, a comment, styles and a sheet without placeholders are the same bytes afterwards."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "{{IO.6 rating}}"
    other = book.create_sheet("Other")
    other.append([1, 2])
    other["A1"].comment = Comment("look", "me")
    other.add_chart(BarChart(), "C3")
    path = tmp_path / "theirs.xlsx"
    book.save(path)
    made = fill(scored, path)
    before, after = zipfile.ZipFile(path), zipfile.ZipFile(io.BytesIO(made.data))
    assert before.namelist() == after.namelist()
    changed = [name for name in before.namelist() if before.read(name) != after.read(name)]
    assert changed == ["xl/worksheets/sheet1.xml"]


def test_word_cut_into_runs(scored: ScoringResult, tmp_path: Path) -> None:
    """A placeholder that Word has cut into runs is found, takes the format of its beginning, and leaves the rest."""
    document = Document()
    paragraph = document.add_paragraph("Before ")
    paragraph.add_run("{{R.10").bold = True
    paragraph.add_run(" rat")
    paragraph.add_run("ing}} after {{R.1 title}}.")
    document.add_table(1, 1).cell(0, 0).text = "{{R.10/10.1 missing}}"
    document.sections[0].header.paragraphs[0].text = "{{IO.6 title}}"
    path = tmp_path / "theirs.docx"
    document.save(str(path))
    made = fill(scored, path)
    read = Document(io.BytesIO(made.data))
    assert read.paragraphs[0].text == "Before LC after Assessing risks and applying a risk-based approach."
    assert [run.bold for run in read.paragraphs[0].runs if run.text and run.text != "Before "] == [True, None]
    assert read.tables[0].cell(0, 0).text == "[Not answered yet.]"
    assert read.sections[0].header.paragraphs[0].text == "Financial intelligence"
    assert made.places == 4


def test_what_cannot_be_filled_stays_and_is_reported(scored: ScoringResult, tmp_path: Path) -> None:
    """Unknown ids and fields are Problems with the nearest field, and the placeholder stays for a second try."""
    document = Document()
    document.add_paragraph("{{R.99/99.1}} {{R.10/10.1 ratin}}")
    path = tmp_path / "theirs.docx"
    document.save(str(path))
    made = fill(scored, path)
    assert sorted((p.code for p in made.problems), reverse=True) == ["fill-id", "fill-field"]
    assert "Did you mean 'rating'?" in next(p.text for p in made.problems if p.code == "fill-field")
    assert Document(io.BytesIO(made.data)).paragraphs[0].text == "{{R.99/99.1}} {{R.10/10.1 ratin}}"


def test_an_answer_is_never_a_formula(scored: ScoringResult, tmp_path: Path) -> None:
    """The filled cell is text for Excel, whatever it begins with."""
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["A1"] = "={{R.10 rating}}"
    book.active["A1"].data_type = "s"
    path = tmp_path / "theirs.xlsx"
    book.save(path)
    read = openpyxl.load_workbook(io.BytesIO(fill(scored, path).data)).active
    assert read is not None
    assert (read["A1"].value, "s" if read["A1"].data_type in ("s", "inlineStr") else "f") == ("=LC", "s")


def test_restricted_answers_stay_inside(scored: ScoringResult, tmp_path: Path) -> None:
    """Answers that the audience may not read are not filled in."""
    secret = next(a for a in scored.responses.answers if a.confidentiality == "restricted" and a.explanation)
    document = Document()
    document.add_paragraph(f"{{{{{secret.requirement}}}}}")
    path = tmp_path / "theirs.docx"
    document.save(str(path))
    for audience, shown in (("assessors", False), ("government", True)):
        text = Document(io.BytesIO(fill(scored, path, audience=audience).data)).paragraphs[0].text
        assert shown == (secret.explanation == text)


@pytest.mark.parametrize("content", [b"", b"no file of Office", b"PK\x03\x04broken"])
def test_foreign_files_are_refused(scored: ScoringResult, tmp_path: Path, content: bytes) -> None:
    """Neither a workbook nor a document: refused with a message."""
    path = tmp_path / "theirs.docx"
    path.write_bytes(content)
    with pytest.raises(WorkbookError, match=r"theirs\.docx"):
        fill(scored, path)


def test_an_answer_that_looks_like_a_placeholder_stays(scored: ScoringResult, tmp_path: Path) -> None:
    """Words of a country are never read as a placeholder."""
    told = scored.responses.answers[0]._replace(requirement="R.10/10.1", explanation="See {{R.10 rating}}.")
    others = tuple(one for one in scored.responses.answers if one.requirement != "R.10/10.1")
    tricky = replace(scored, responses=replace(scored.responses, answers=(told, *others)))
    book = openpyxl.Workbook()
    book.active["A1"] = "{{R.10/10.1}} {{R.10 rating}} {{R.10 rating}}"  # type: ignore[index]
    path = tmp_path / "theirs.xlsx"
    book.save(path)
    made = fill(tricky, path)
    assert openpyxl.load_workbook(io.BytesIO(made.data)).active["A1"].value == "See {{R.10 rating}}. LC LC"  # type: ignore[index]
    assert (made.problems, made.places) == ((), 3)


def test_a_text_too_long_for_a_cell_is_reported(scored: ScoringResult, tmp_path: Path) -> None:
    """A cell holds 32,767 UTF-16 units; half a letter is never written."""
    told = scored.responses.answers[0]._replace(requirement="R.10/10.1", explanation="\U0001f600" * 20_000)
    long = replace(scored, responses=replace(scored.responses, answers=(told,)))
    book = openpyxl.Workbook()
    book.active["B2"] = "{{R.10/10.1}}"  # type: ignore[index]
    path = tmp_path / "theirs.xlsx"
    book.save(path)
    made = fill(long, path)
    assert [problem.code for problem in made.problems] == ["text-cut"]
    assert [problem.ref.cell for problem in made.problems if problem.ref] == ["xl/worksheets/sheet1.xml!B2"]
    assert openpyxl.load_workbook(io.BytesIO(made.data)).active["B2"].value == "\U0001f600" * 16_383  # type: ignore[index]


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "word/document.xml"])
def test_a_file_damaged_inside_is_refused(scored: ScoringResult, tmp_path: Path, part: str) -> None:
    """In one sentence, whatever the parser says."""
    path = tmp_path / f"theirs.{'docx' if part.startswith('word') else 'xlsx'}"
    if part.startswith("word"):
        Document().save(str(path))
    else:
        book = openpyxl.Workbook()
        book.active["A1"] = "{{R.10 rating}}"  # type: ignore[index]
        book.save(path)
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content[:-20] if name == part else content)
    with pytest.raises(WorkbookError, match="damaged or incomplete"):
        fill(scored, path)
