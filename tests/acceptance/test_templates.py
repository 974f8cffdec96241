"""The blank workbooks in templates/ are those that the code writes now."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from fatf_kit import score, template
from fatf_kit.core.languages import LANGUAGES, direction
from fatf_kit.core.resources import data_folder
from fatf_kit.framework import index_requirements, list_editions, load_framework
from tests.documents import read_parts
from tests.samples import take_sample

ALL = take_sample(
    [(edition, language) for edition in list_editions() for language in LANGUAGES],
    [("fatf-2022", "ar"), ("fatf-2013", "en")],
)


@pytest.mark.parametrize(("edition", "language"), ALL)
def test_shipped_template_is_current(edition: str, language: str, tmp_path: Path) -> None:
    """Part by part; after a change of texts or layout run `make content`."""
    made = read_parts(template(tmp_path / "new.xlsx", edition=edition, language=language))
    shipped = read_parts(data_folder("templates") / f"{edition}-{language}.xlsx")
    assert [name for name in made | shipped if made.get(name) != shipped.get(name)] == []


@pytest.mark.parametrize(("edition", "language"), ALL)
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_shipped_template_asks_everything(edition: str, language: str) -> None:
    """One sheet per unit, every requirement once, right to left where the language runs so, ids in Latin digits."""
    framework = load_framework(edition)
    book = openpyxl.load_workbook(data_folder("templates") / f"{edition}-{language}.xlsx")
    asked = [
        row[0]
        for unit in framework.units
        for row in book[unit.id].iter_rows(min_row=3, max_col=1, values_only=True)
        if row[0]
    ]
    assert list(index_requirements(framework)) == asked
    assert {bool(book[unit.id].sheet_view.rightToLeft) for unit in framework.units} == {direction(language) == "rtl"}


@pytest.mark.parametrize(("edition", "language"), ALL)
def test_blank_template_reads_back_as_unanswered(edition: str, language: str) -> None:
    """No answer, no problem."""
    scored = score([data_folder("templates") / f"{edition}-{language}.xlsx"])
    assert ((), (), edition) == (scored.responses.answers, scored.problems, scored.framework.id)
