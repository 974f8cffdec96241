"""A cell that somebody writes into a sheet of a rehearsal is read, or a Problem names it; random scores come back."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from openpyxl.cell.cell import MergedCell

from fatf_kit.core.languages import LANGUAGES
from fatf_kit.mock_visit.model import MockScore
from fatf_kit.mock_visit.reader import read_mock_sheets
from fatf_kit.mock_visit.sheets import SheetContents, render_sheets
from tests.property.amount import MANY
from tests.unit.mock_visit.conftest import rehearse, write

REMARK = "a remark of ours"


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbook of IO.6 as it is sent out."""
    return write(tmp_path_factory.mktemp("sheet"))


@settings(max_examples=12 * MANY, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(number=st.integers(0, 2), row=st.integers(1, 48), column=st.integers(1, 11))
def test_no_cell_is_lost(sheet: Path, tmp_path: Path, number: int, row: int, column: int) -> None:
    """Wherever it is on the cover or an interview's sheet."""
    book = openpyxl.load_workbook(io.BytesIO(sheet.read_bytes()))
    page = book[book.sheetnames[number]]
    cell = page.cell(row, column)
    assume(not isinstance(cell, MergedCell))  # nothing can be typed into the covered part of one
    cell.value = REMARK
    path = tmp_path / "changed.xlsx"
    book.save(path)
    sheets, problems = read_mock_sheets([path])
    used = {text for answer in sheets.answers for text in (answer.note, answer.assessors)}
    assert problems or REMARK in used, f"{page.title}!{cell.coordinate}"


@settings(max_examples=4 * MANY, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), language=st.sampled_from(LANGUAGES))
def test_random_scores_come_back(tmp_path: Path, data: st.DataObject, language: str) -> None:
    """With their notes, in every language; what is not scored stays so."""
    rehearsal, framework = rehearse(language)
    asked = [(question.id, question.agency) for one in rehearsal.interviews for question in one.questions]
    chosen = data.draw(st.lists(st.sampled_from(asked), unique=True, max_size=12))
    notes = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=20)
    scores = {key: (data.draw(st.sampled_from(MockScore)), data.draw(notes)) for key in chosen}
    paths = []
    for name, content in render_sheets(rehearsal, framework, SheetContents(scores=scores)).items():
        (tmp_path / name).write_bytes(content)
        paths.append(tmp_path / name)
    sheets, problems = read_mock_sheets(paths)
    assert problems == ()
    assert asked == [(answer.id, answer.agency) for answer in sheets.answers]
    assert scores == {(a.id, a.agency): (a.score, a.note) for a in sheets.answers if a.score}
