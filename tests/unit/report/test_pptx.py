"""Slides: a message on each, alternative text, the direction of the language, the same bytes."""

from __future__ import annotations

import io
import re
import sys
import zipfile
from typing import Any

import pytest
from pptx import Presentation

from fatf_kit import ScoringResult, paper
from fatf_kit.cli.main import main
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.resources import data_folder
from fatf_kit.report.document_tables import make_table
from fatf_kit.report.formats.pptx import render_pptx
from fatf_kit.report.model import Document, DocumentTable, Section
from tests.examples import score_example

NOW = "2026-11-28"


@pytest.fixture(scope="module")
def scored() -> ScoringResult:
    """The folder of the fictional country."""
    return score_example()


def slides(scored: ScoringResult, kind: str, language: str = "en") -> list[Any]:
    """The slides of a paper, read back."""
    data = render_pptx(paper(scored, kind, generated_at=NOW, language=language))
    return list(Presentation(io.BytesIO(data)).slides)


@pytest.mark.parametrize(("kind", "count"), [("slide", 1), ("deck", 8)])
@pytest.mark.parametrize("language", ["en", "ar", pytest.param("fr", marks=pytest.mark.full)])
def test_each_slide_has_a_title_and_lies_within_its_edges(
    scored: ScoringResult, kind: str, count: int, language: str
) -> None:
    """No two alike, and nothing beyond the right edge or the foot."""
    made = slides(scored, kind, language)
    titles = [one.shapes.title.text_frame.text for one in made]
    assert len(made) == count == len(set(titles))
    for shape in (shape for one in made for shape in one.shapes):
        assert shape.left >= 0
        assert shape.left + shape.width <= 13.34 * 914_400
        height = sum(row.height for row in shape.table.rows) if shape.has_table else shape.height
        assert shape.top + height <= 7.5 * 914_400


def test_a_long_table_counts_the_rows_that_do_not_fit() -> None:
    """It ends above the foot, and its last line says how many rows are left out."""
    text = "A text that takes a line or two of the slide, because it is longer than a few words"
    rows = [(f"Step {n}", text) for n in range(60)]
    table = make_table("steps", "Steps", (("Step", 1), ("Text", 3)), rows)
    section = Section(anchor="steps", title="Steps", blocks=(table,))
    document = Document(
        id="deck", title="Deck", subtitle="", language="en", facts=(), notices=(), sections=(section,), contents_depth=0
    )
    slide = Presentation(io.BytesIO(render_pptx(document))).slides[0]
    shape = next(one for one in slide.shapes if one.has_table)
    texts = [row.cells[0].text for row in shape.table.rows]
    assert texts[-1] == f"and {62 - len(texts)} more rows"
    assert 10 < len(texts) < 60
    assert shape.top + sum(row.height for row in shape.table.rows) <= 6.8 * 914_400


def test_tables_of_the_deck_count_what_they_leave_out(scored: ScoringResult) -> None:
    """The steps of the evaluation are more than a wall can show."""
    deck = paper(scored, "deck", generated_at=NOW)
    table = next(b for s in deck.sections for b in s.blocks if isinstance(b, DocumentTable) and b.id == "dates")
    assert len(table.rows) == 10
    assert re.fullmatch(r"and \d+ more rows", table.rows[-1].cells[0].text)


def test_arabic_slides_run_from_the_right(scored: ScoringResult) -> None:
    """Every paragraph and every table."""
    made = slides(scored, "deck", "ar")
    frames = [shape.text_frame for one in made for shape in one.shapes if shape.has_text_frame]
    assert {p._p.pPr.get("rtl") for frame in frames for p in frame.paragraphs} == {"1"}
    tables = [shape.table for one in made for shape in one.shapes if shape.has_table]
    assert [table._tbl.tblPr.get("rtl") for table in tables] == ["1"] * 4


def test_pictures_say_in_words_what_they_show(scored: ScoringResult) -> None:
    """As in every other format."""
    pictures = [shape for one in slides(scored, "deck") for shape in one.shapes if shape.shape_type == 13]
    described = [one._element.nvPicPr.cNvPr.get("descr") for one in pictures]
    assert len(described) == 2
    assert "19 of the 39 applicable Recommendations would be rated C or LC today" in described[0]


def test_the_same_document_gives_the_same_bytes(scored: ScoringResult) -> None:
    """The clock is not in the file."""
    document = paper(scored, "slide", generated_at=NOW)
    assert render_pptx(document) == render_pptx(document)


def test_without_python_pptx_the_message_says_what_to_install(
    scored: ScoringResult, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Slides are an extra."""
    monkeypatch.setitem(sys.modules, "pptx", None)
    with pytest.raises(FatfKitError, match=r"pip install 'fatf-kit\[slides\]'"):
        render_pptx(paper(scored, "slide", generated_at=NOW))


def test_only_slides_are_written_as_slides(tmp_path: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """A report of 70 pages makes no slides, and a deck no Word file."""
    workbook = str(data_folder("examples") / "ruritania" / "workbook")
    for kind, name in (("gap", "gap.pptx"), ("deck", "deck.docx")):
        with pytest.raises(SystemExit):
            main(["paper", kind, workbook, "-o", str(tmp_path / name)])
        assert "does not have an allowed ending" in capsys.readouterr().err
        assert not (tmp_path / name).exists()


def test_nothing_links_to_the_thumbnail_of_the_template(scored: ScoringResult) -> None:
    """Neither the picture nor a relationship to it is in the file."""
    with zipfile.ZipFile(io.BytesIO(render_pptx(paper(scored, "slide", generated_at=NOW)))) as whole:
        assert not [name for name in whole.namelist() if "thumbnail" in name]
        assert b"thumbnail" not in whole.read("_rels/.rels")
