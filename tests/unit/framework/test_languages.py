"""Every list that goes by language has every language that is shipped, and none of it was left in English."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from fatf_kit.assessment.answers.model import EvidenceKind
from fatf_kit.core.languages import LANGUAGES
from fatf_kit.core.resources import data_folder
from tools.framework_content import TRANSLATED, read_json
from tools.message_catalogues import read_catalogue

FRAMEWORKS = data_folder("frameworks")
SAME = 0.2
"""The share of a workbook's words that may read as in English: placeholders, and words that both languages have."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_glossary_has_the_language(language: str) -> None:
    """Every term is fixed."""
    assert [] == [term["id"] for term in read_json(FRAMEWORKS / "glossary.json")["terms"] if language not in term]


@pytest.mark.parametrize("language", LANGUAGES)
def test_instruments_have_the_language(language: str) -> None:
    """Every kind of instrument is recognised, and so is an article."""
    words = read_json(FRAMEWORKS / "countries" / "words.json")["words"]
    languages = {kind: {one["language"] for one in words if one["kind"] == kind} for kind in _kinds_named_by_words()}
    assert [] == [kind for kind, named in languages.items() if language not in named]
    assert language in read_json(FRAMEWORKS / "countries" / "articles.json")["words"]


def _kinds_named_by_words() -> set[str]:
    """Kinds of evidence whose name the wording of a citation gives; others are for the register, or for one country."""
    others = {"supranational law", "other enforceable means", "statistics", "case"}
    return {kind.value for kind in EvidenceKind} - others


@pytest.mark.parametrize("language", TRANSLATED)
def test_labels_have_the_language(language: str) -> None:
    """Every code has a label, and no scale is a copy of the English one."""
    for scale, codes in read_json(FRAMEWORKS / "labels.json").items():
        assert [] == [code for code, names in codes.items() if language not in names], scale
        labels = {code: names[language][0] for code, names in codes.items()}
        assert {code: names["en"][0] for code, names in codes.items()} != labels, scale


@pytest.mark.parametrize("language", TRANSLATED)
def test_words_of_the_workbook_are_translated(language: str) -> None:
    """The same keys, and not the English words under them."""
    english = read_json(FRAMEWORKS / "workbook" / "en.json")
    words = read_json(FRAMEWORKS / "workbook" / f"{language}.json")
    assert set(english) == set(words)
    assert sum(words[key] == text for key, text in english.items()) < SAME * len(english)


def test_french_signs_keep_to_their_words() -> None:
    """No colon, semicolon, per cent sign or guillemet begins or ends a line alone; apostrophes are curved."""
    said = list(_french())
    assert len(said) > 10_000
    astray = re.compile(r"(?<=[^\s:]) [:;?!»%](?=[\s.,)»…]|$)|« |[a-zéèà]'[a-zéèêàœ]|'\{\w+\}'")
    assert [] == [text for text in said if astray.search(text)]


def _french() -> Iterator[str]:
    """Every French text of the program, of its data and of its pages; what is only recognised is not said."""
    for entry in read_catalogue("fr"):
        yield from entry.string if isinstance(entry.string, tuple | list) else (str(entry.string),)
    for path in sorted(FRAMEWORKS.rglob("*.json")):
        if path.name not in ("labels.json", "glossary.json", "words.json", "articles.json"):
            french = "fr" in path.parts or path.stem == "fr"
            yield from _texts(read_json(path), french=french)


def _texts(value: object, *, french: bool) -> Iterator[str]:
    if isinstance(value, str) and french:
        yield value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _texts(one, french=french or key == "fr")
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one, french=french)
