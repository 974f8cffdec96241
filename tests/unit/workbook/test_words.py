"""The words of the workbook in every language that is shipped."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest

from fatf_kit.api import template
from fatf_kit.locale import label
from fatf_kit.workbook.layout import COLUMNS, COVER_FIELDS, REGISTER_COLUMNS
from fatf_kit.workbook.reader import read_workbook
from fatf_kit.workbook.words import EARLIER_TEXTS, languages, words

PLACES = re.compile(r"{\w*}")


@pytest.mark.parametrize("language", languages())
def test_a_language_has_every_word_and_no_other(language: str) -> None:
    """English is the list of what there is to say."""
    assert set(words("en")) == set(words(language))
    assert [] == [key for key, text in words(language).items() if not text.strip()]


@pytest.mark.parametrize("language", languages())
def test_places_to_fill_are_kept(language: str) -> None:
    """A translation names the same facts."""
    for key, text in words(language).items():
        assert sorted(PLACES.findall(words("en")[key])) == sorted(PLACES.findall(text)), key


@pytest.mark.parametrize("language", languages())
def test_words_fit_where_spreadsheets_put_them(language: str) -> None:
    """Prompts 255 and their titles 32 characters, sheet titles 31 and without the characters that are forbidden."""
    for key, text in words(language).items():
        if key.startswith(("prompt.", "error.")):
            assert len(text) <= (32 if key.endswith(".title") else 255), key
        if key.startswith("sheet."):
            assert len(text) <= 31, key
            assert not set(text) & set("[]:*?/\\'"), key


@pytest.mark.parametrize("language", languages())
def test_headings_of_a_table_differ(language: str) -> None:
    """A reader that lost the keys still tells the columns apart."""
    for family, names in (
        ("column", [column.key for column in COLUMNS]),
        ("register", [column.key for column in REGISTER_COLUMNS]),
        ("cover", list(COVER_FIELDS)),
    ):
        assert len(names) == len({words(language)[f"{family}.{name}"] for name in names})


@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
@pytest.mark.parametrize(("language", "text"), [*zip(("en", "fr", "ar"), EARLIER_TEXTS, strict=True)])
def test_a_cover_printed_by_an_earlier_version_has_no_remark(language: str, text: str, tmp_path: Path) -> None:
    """Step 3 spoke of what is demonstrated; the workbook that was sent out with it comes back without a problem."""
    path = template(tmp_path / "old.xlsx", edition="fatf-2022", only=["R.9"], language=language)
    now = words(language)["cover.step.3"]
    assert text != now
    book = openpyxl.load_workbook(path)
    (cell,) = (cell for row in book[words(language)["sheet.cover"]].iter_rows() for cell in row if cell.value == now)
    cell.value = text
    book.save(path)
    workbook, problems = read_workbook(path)
    assert workbook is not None
    assert () == problems
    cell.value = f"{text} – see my letter"
    book.save(path)
    assert ["cell-stray"] == [problem.code for problem in read_workbook(path)[1]]


@pytest.mark.parametrize("language", languages())
def test_the_cover_says_what_counts_as_shown(language: str) -> None:
    """In the words that reports use for it, and those of the drop-downs."""
    shown = {"en": "counts as shown", "fr": "démontrée", "ar": "مثبتة"}[language]
    assert shown in words(language)["cover.step.3"]
    for scale, code in (("criterion", "not met"), ("achievement", "negligible")):
        assert label(scale, code, language).casefold() in words(language)["cover.step.3"].casefold()
