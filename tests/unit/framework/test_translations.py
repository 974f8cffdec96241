"""Translations: whole, current, in the right letters and in the terms of the glossary."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fatf_kit.core.overlays import SOURCE_MARK, compute_source_mark
from fatf_kit.core.resources import data_folder
from fatf_kit.framework import list_editions, load_framework
from fatf_kit.framework.translations import find_rule
from tests.upkeep.content import TRANSLATED, read, texts_of, translated_files, translation_of

FRAMEWORKS = data_folder("frameworks")
FILES = [
    pytest.param(path, language, id=f"{path.relative_to(FRAMEWORKS).as_posix()}-{language}")
    for path in translated_files()
    for language in TRANSLATED
]
PAGES = [case for case in FILES if case.values[0].relative_to(FRAMEWORKS).parts[0] in list_editions()]
PROSE = [case for case in PAGES if case.values[0].name != "edition.json"]
"""The pages without the cover, whose labels of scales are shorter than the terms of the glossary."""

TERMS: dict[str, Any] = {
    "en": texts_of(FRAMEWORKS / "glossary.json")["terms"],
    **{language: read(translation_of(FRAMEWORKS / "glossary.json", language))["terms"] for language in TRANSLATED},
}
_ACRONYMS = ("FATF", "ISO", "LEI", "BIC", "IAIS", "IOSCO", "SWIFT", "USD", "EUR", "UNSCR", "XML", "INR")
LATIN_IN_ARABIC = {*_ACRONYMS, *"abcdefghiv", "ii", "iii", "iv", "vi", "R", "IO", "NC", "PC", "ME", "LE", "fatf", "kit"}
SAME_IN_BOTH = {"Sanctions", "Extradition"}
SAME = 0.2
"""The share of short texts that may read as in English: placeholders, and words that both languages have."""


def pairs(source: Any, target: Any, where: str = "", *, is_spelling: bool = False) -> Iterator[tuple[str, str, str]]:
    """Yield each English text with its translation and its place; the two have to have the same shape."""
    if isinstance(source, str):
        assert isinstance(target, str), where
        yield where, source, target
    elif isinstance(source, list):
        assert isinstance(target, list), where
        assert len(source) == len(target) or is_spelling, where
        for n, (one, other) in enumerate(zip(source, target, strict=not is_spelling)):
            yield from pairs(one, other, f"{where}[{n}]")
    else:
        assert set(source) == set(target) - {SOURCE_MARK}, where
        for key in source:
            yield from pairs(source[key], target[key], f"{where}.{key}".lstrip("."), is_spelling=is_spelling)


def texts(path: Path, language: str) -> list[tuple[str, str, str]]:
    """Return all texts of a file with their translation."""
    rule = find_rule(path, FRAMEWORKS)
    is_spelling = rule is not None and rule.has_own_lengths
    return list(pairs(texts_of(path), read(translation_of(path, language)), is_spelling=is_spelling))


@pytest.mark.parametrize(("path", "language"), FILES)
def test_translation_is_whole_and_current(path: Path, language: str) -> None:
    """A translation has every text, none that English does not have any more, and was made from the present English.

    After translating a changed file run `make reviewed`.
    """
    for where, _, target in texts(path, language):
        assert target.strip(), where
    assert compute_source_mark(texts_of(path)) == read(translation_of(path, language)).get(SOURCE_MARK)


@pytest.mark.parametrize(("path", "language"), FILES)
def test_no_text_is_left_in_english(path: Path, language: str) -> None:
    """A page has no text as in English; words and labels have a few that both languages share."""
    found = texts(path, language)
    same = [
        where
        for where, source, target in found
        if target == source and re.search(r"[a-z]{4}", source) and source not in SAME_IN_BOTH
    ]
    is_prose = {"recommendations", "outcomes", "pending", "mock"} & set(path.parts) or path.name == "edition.json"
    assert len(same) <= (0 if is_prose else SAME * len(found)), same


@pytest.mark.parametrize(("path", "language"), PAGES)
def test_numbers_survive(path: Path, language: str) -> None:
    """Every number of the English is in the translation, in Latin digits."""
    for where, source, target in texts(path, language):
        assert not re.search("[\u0660-\u0669\u06f0-\u06f9]", target), where
        found = re.findall(r"\d+", re.sub(r"(\d)[ \u00a0\u202f.,](000)", r"\1\2", target))
        for number in re.findall(r"\d+", source.replace(" 000", "000")):
            assert number in found, f"{where}: {number}"


@pytest.mark.parametrize(("path", "language"), PAGES)
def test_letters_and_punctuation(path: Path, language: str) -> None:
    """Latin words are in Arabic only where listed, Arabic has its own punctuation, French no English words."""
    for where, _, target in texts(path, language):
        if language == "ar":
            plain = re.sub(r"\b(?:R|IO|c)\.\d+[\d./()a-z#]*|\d+\.\d+[()a-z]*", "", target)
            assert set(re.findall(r"[A-Za-z]+", plain)) <= LATIN_IN_ARABIC, where
            assert not re.search(r"\?|[\u0600-\u06ff][,;]", target), where
        else:
            assert not re.search(r"\b(the|of|and|which|shall|must|that|how|does)\b", target), where


@pytest.mark.parametrize(("path", "language"), PROSE)
def test_terms_of_the_glossary_are_used(path: Path, language: str) -> None:
    """Where the English uses a term of the glossary, the translation uses the term fixed for it."""
    for where, source, target in texts(path, language):
        plain_target = plain(target)
        for name, term in TERMS["en"].items():
            if any(uses(source, form) for form in term["forms"]):
                assert any(plain(form) in plain_target for form in TERMS[language][name]["forms"]), f"{where}: {name}"


def test_arabic_terms_have_no_vowel_signs() -> None:
    """They are compared with texts whose vowel signs are left out."""
    forms = [form for term in TERMS["ar"].values() for form in term["forms"]]
    assert [] == [form for form in forms if form != form.strip() or plain(form) != form.casefold()]


def uses(text: str, form: str) -> bool:
    """Return whether a text uses a term, as a whole word, singular or plural."""
    return re.search(rf"(?<![\w-]){re.escape(form.casefold())}(?:s|es)?(?![\w-])", text.casefold()) is not None


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
