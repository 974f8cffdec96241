"""Translations: whole, current, in the right letters and in the terms of the glossary."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from fatf_kit.core.overlays import SOURCE_MARK
from fatf_kit.core.resources import data_folder
from fatf_kit.framework import list_editions, load_framework
from fatf_kit.framework.translations import find_rule
from tools.framework_content import (
    TRANSLATED,
    list_outdated,
    list_translated_files,
    read_json,
    read_texts,
    translation_path,
)

FRAMEWORKS = data_folder("frameworks")
FILES = tuple(list_translated_files())
PAGES = tuple(path for path in FILES if path.relative_to(FRAMEWORKS).parts[0] in list_editions())

TERMS: dict[str, Any] = {
    "en": read_texts(FRAMEWORKS / "glossary.json")["terms"],
    **{
        language: read_json(translation_path(FRAMEWORKS / "glossary.json", language))["terms"]
        for language in TRANSLATED
    },
}
_ACRONYMS = ("FATF", "ISO", "LEI", "BIC", "IAIS", "IOSCO", "SWIFT", "USD", "EUR", "UNSCR", "XML", "INR")
LATIN_IN_ARABIC = {*_ACRONYMS, *"abcdefghiv", "ii", "iii", "iv", "vi", "R", "IO", "NC", "PC", "ME", "LE", "fatf", "kit"}
SAME_IN_BOTH = {"Sanctions", "Extradition"}
SAME = 0.2
"""The share of short texts that may read as in English: placeholders, and words that both languages have."""


Pair = tuple[str, str, str]


def pairs(source: Any, target: Any, where: str, *, is_spelling: bool) -> Iterator[Pair]:
    """Yield each English text with its translation and its place; the two have to have the same shape."""
    if isinstance(source, str):
        assert isinstance(target, str), where
        yield where, source, target
    elif isinstance(source, list):
        assert isinstance(target, list), where
        assert len(source) == len(target) or is_spelling, where
        for n, (one, other) in enumerate(zip(source, target, strict=not is_spelling)):
            yield from pairs(one, other, f"{where}[{n}]", is_spelling=is_spelling)
    else:
        assert set(source) == set(target) - {SOURCE_MARK}, where
        for key in source:
            yield from pairs(source[key], target[key], f"{where}.{key}", is_spelling=is_spelling)


@cache
def texts(path: Path, language: str) -> tuple[Pair, ...]:
    """Return all texts of a file with their translation."""
    rule = find_rule(path, FRAMEWORKS)
    is_spelling = rule is not None and rule.has_own_lengths
    name = path.relative_to(FRAMEWORKS).as_posix()
    return tuple(pairs(read_texts(path), read_json(translation_path(path, language)), name, is_spelling=is_spelling))


def texts_of_pages(language: str) -> Iterator[Pair]:
    """Yield all texts of the pages of every edition with their translation."""
    for path in PAGES:
        yield from texts(path, language)


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_are_whole_and_current(language: str) -> None:
    """A translation has every text, none that English does not have any more, and was made from the present English.

    After translating a changed file run `make reviewed`.
    """
    assert [where for path in FILES for where, _, target in texts(path, language) if not target.strip()] == []
    assert list(list_outdated(language)) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_text_is_left_in_english(language: str) -> None:
    """A page has no text as in English; words and labels have a few that both languages share."""
    for path in FILES:
        found = texts(path, language)
        same = [
            where
            for where, source, target in found
            if target == source and re.search(r"[a-z]{4}", source) and source not in SAME_IN_BOTH
        ]
        is_prose = path in PAGES or path.parent.name == "mock"
        assert len(same) <= (0 if is_prose else SAME * len(found)), same


@pytest.mark.parametrize("language", TRANSLATED)
def test_numbers_survive(language: str) -> None:
    """Every number of the English is in the translation, in Latin digits."""
    for where, source, target in texts_of_pages(language):
        assert not re.search("[\u0660-\u0669\u06f0-\u06f9]", target), where
        found = re.findall(r"\d+", re.sub(r"(\d)[ \u00a0\u202f.,](000)", r"\1\2", target))
        assert set(re.findall(r"\d+", source.replace(" 000", "000"))) <= set(found), where


def test_arabic_has_its_letters_and_punctuation() -> None:
    """Latin words are in Arabic only where listed, and signs are the Arabic ones."""
    for where, _, target in texts_of_pages("ar"):
        plain_target = re.sub(r"\b(?:R|IO|c)\.\d+[\d./()a-z#]*|\d+\.\d+[()a-z]*", "", target)
        assert set(re.findall(r"[A-Za-z]+", plain_target)) <= LATIN_IN_ARABIC, where
        assert not re.search(r"\?|[\u0600-\u06ff][,;]", target), where


def test_french_has_no_english_words() -> None:
    """No word that French does not have is left."""
    english = re.compile(r"\b(the|of|and|which|shall|must|that|how|does)\b")
    assert [where for where, _, target in texts_of_pages("fr") if english.search(target)] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_terms_of_the_glossary_are_used(language: str) -> None:
    """A term of the glossary in an English text has the fixed term in the translation.

    The cover page names scales by labels, which are shorter than the terms.
    """
    forms = {name: [form.casefold() for form in term["forms"]] for name, term in TERMS["en"].items()}
    uses = {
        name: re.compile("|".join(rf"(?<![\w-]){re.escape(form)}(?:s|es)?(?![\w-])" for form in known))
        for name, known in forms.items()
    }
    fixed = {name: [plain(form) for form in term["forms"]] for name, term in TERMS[language].items()}
    for where, source, target in texts_of_pages(language):
        plain_source, plain_target = source.casefold(), plain(target)
        for name, use in uses.items():
            is_near = "edition.json" not in where and any(form in plain_source for form in forms[name])
            if is_near and use.search(plain_source):  # the search alone takes ten times as long
                assert any(form in plain_target for form in fixed[name]), f"{where}: {name}"


def test_arabic_terms_have_no_vowel_signs() -> None:
    """They are compared with texts whose vowel signs are left out."""
    forms = [form for term in TERMS["ar"].values() for form in term["forms"]]
    assert [form for form in forms if form != form.strip() or plain(form) != form.casefold()] == []


def plain(text: str) -> str:
    """Return a text without case, Arabic marks and typographic spaces."""
    folded = (
        unicodedata.normalize("NFC", text).casefold().replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")
    )
    return re.sub("[\u064b-\u0652\u0640\u0670]", "", folded)


@pytest.mark.parametrize("language", TRANSLATED)
def test_nothing_but_texts_changes(language: str) -> None:
    """Ids, weights, order and references are the same in every language."""
    for edition in list_editions():
        one, other = load_framework(edition), load_framework(edition, language)
        for ours, theirs in zip(one.recommendations, other.recommendations, strict=True):
            assert [(c.id, c.weight.value, c.outcomes, c.predecessors) for c in ours.criteria] == [
                (c.id, c.weight.value, c.outcomes, c.predecessors) for c in theirs.criteria
            ]
