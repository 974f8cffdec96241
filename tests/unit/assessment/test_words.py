"""The words of the workbook in every language that is shipped."""

from __future__ import annotations

import re

import pytest

from fatf_kit.assessment.workbook.schema import COVER, REGISTER, REQUIREMENTS
from fatf_kit.core.languages import label
from fatf_kit.spreadsheets.words import list_languages, load_words

PLACES = re.compile(r"{\w*}")


@pytest.mark.parametrize("language", list_languages())
def test_a_language_has_every_word_and_no_other(language: str) -> None:
    """English is the list of what there is to say."""
    assert set(load_words("en")) == set(load_words(language))
    assert [key for key, text in load_words(language).items() if not text.strip()] == []


@pytest.mark.parametrize("language", list_languages())
def test_places_to_fill_are_kept(language: str) -> None:
    """A translation names the same facts."""
    for key, text in load_words(language).items():
        assert sorted(PLACES.findall(load_words("en")[key])) == sorted(PLACES.findall(text)), key


@pytest.mark.parametrize("language", list_languages())
def test_words_fit_where_spreadsheets_put_them(language: str) -> None:
    """Prompts 255 and their titles 32 characters, sheet titles 31 and without the characters that are forbidden."""
    for key, text in load_words(language).items():
        if key.startswith(("prompt.", "error.")):
            assert len(text) <= (32 if key.endswith(".title") else 255), key
        if key.startswith("sheet."):
            assert len(text) <= 31, key
            assert not set(text) & set("[]:*?/\\'"), key


@pytest.mark.parametrize("language", list_languages())
def test_headings_of_a_table_differ(language: str) -> None:
    """A reader that lost the keys still tells the columns apart."""
    for family, names in (
        ("column", [column.key for column in REQUIREMENTS.columns]),
        ("register", [column.key for column in REGISTER.columns]),
        ("cover", [field.key for field in COVER]),
    ):
        assert len(names) == len({load_words(language)[f"{family}.{name}"] for name in names})


@pytest.mark.parametrize("language", list_languages())
def test_the_cover_says_what_counts_as_shown(language: str) -> None:
    """In the words that reports use for it, and those of the drop-downs."""
    shown = {"en": "counts as shown", "fr": "démontrée", "ar": "مثبتة"}[language]
    assert shown in load_words(language)["cover.step.3"]
    for scale, code in (("criterion", "not met"), ("achievement", "negligible")):
        assert label(scale, code, language).casefold() in load_words(language)["cover.step.3"].casefold()
