"""Translations: whole, current, in the right letters and the right words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fatf_kit.core.resources import data_folder
from fatf_kit.framework import list_editions, load_framework
from fatf_kit.framework.overlay import SOURCE_MARK, source_mark, translatable, translatable_edition
from fatf_kit.framework.vocabulary import load_vocabulary
from tools.framework_content import TRANSLATED, list_pages, read_json, translation_path

CASES = [
    pytest.param(page, language, id=f"{page.relative_to(data_folder('frameworks'))}-{language}")
    for edition in list_editions()
    for page in list_pages(edition)
    for language in TRANSLATED
]
GLOSSARY = read_json(data_folder("frameworks") / "glossary.json")["terms"]
_ACRONYMS = ("FATF", "ISO", "LEI", "BIC", "IAIS", "IOSCO", "SWIFT", "USD", "EUR", "UNSCR", "XML", "INR")
LATIN_IN_ARABIC = {*_ACRONYMS, *"abcdefghiv", "ii", "iii", "iv", "vi", "R", "IO", "NC", "PC", "ME", "LE", "fatf", "kit"}
SAME_IN_BOTH = {"Sanctions", "Extradition"}


def english(page: Path) -> Any:
    """Every text of a page that has to be translated."""
    data = read_json(page)
    data.pop("$schema", None)
    return translatable_edition(data) if page.name == "edition.json" else translatable(data)


def pairs(source: Any, target: Any, where: str = "") -> Iterator[tuple[str, str, str]]:
    """Each English text with its translation and its place; the two have to have the same shape."""
    if isinstance(source, str):
        assert isinstance(target, str), where
        yield where, source, target
    elif isinstance(source, list):
        assert isinstance(target, list), where
        assert len(source) == len(target), where
        for n, (one, other) in enumerate(zip(source, target, strict=True)):
            yield from pairs(one, other, f"{where}[{n}]")
    else:
        assert set(source) == set(target) - {SOURCE_MARK}, where
        for key in source:
            yield from pairs(source[key], target[key], f"{where}.{key}".lstrip("."))


def texts(page: Path, language: str) -> list[tuple[str, str, str]]:
    """All texts of a page with their translation."""
    return list(pairs(english(page), read_json(translation_path(page, language))))


@pytest.mark.parametrize(("page", "language"), CASES)
def test_translation_is_whole_and_current(page: Path, language: str) -> None:
    """Every text, no text that does not exist any more, and made from the English as it stands.

    After translating a changed page run `make reviewed`.
    """
    for where, source, target in texts(page, language):
        assert target.strip(), where
        unchanged = target == source and re.search(r"[a-z]{4}", source) and source not in SAME_IN_BOTH
        assert not unchanged, where
    assert source_mark(read_json(page)) == read_json(translation_path(page, language)).get(SOURCE_MARK)


@pytest.mark.parametrize(("page", "language"), CASES)
def test_numbers_survive(page: Path, language: str) -> None:
    """Every number of the English stands in the translation, in Latin digits."""
    for where, source, target in texts(page, language):
        assert not re.search("[\u0660-\u0669\u06f0-\u06f9]", target), where
        found = re.findall(r"\d+", re.sub(r"(\d)[ \u00a0\u202f.,](000)", r"\1\2", target))
        for number in re.findall(r"\d+", source.replace(" 000", "000")):
            assert number in found, f"{where}: {number}"


@pytest.mark.parametrize(("page", "language"), CASES)
def test_letters_and_punctuation(page: Path, language: str) -> None:
    """No English left: Latin words in Arabic only where listed, Arabic punctuation, no English words in French."""
    for where, _, target in texts(page, language):
        if language == "ar":
            plain = re.sub(r"\b(?:R|IO|c)\.\d+[\d./()a-z#]*|\d+\.\d+[()a-z]*", "", target)
            assert set(re.findall(r"[A-Za-z]+", plain)) <= LATIN_IN_ARABIC, where
            assert not re.search(r"\?|[\u0600-\u06ff][,;]", target), where
        else:
            assert not re.search(r"\b(the|of|and|which|shall|must|that|how|does)\b", target), where


@pytest.mark.parametrize(("page", "language"), CASES)
def test_glossary_is_kept(page: Path, language: str) -> None:
    """Where the English uses a term of the glossary, the translation uses the term fixed for it."""
    if page.name == "edition.json":
        pytest.skip("the cover page speaks of scales in labels, which are short for the terms")
    for where, source, target in texts(page, language):
        told = plain(target)
        for term in GLOSSARY:
            if any(uses(source, form) for form in term["en"]["forms"]):
                assert any(plain(form) in told for form in term[language]["forms"]), f"{where}: {term['id']}"


def uses(text: str, form: str) -> bool:
    """Whether a text uses a term, as a whole word, singular or plural."""
    return re.search(rf"(?<![\w-]){re.escape(form.casefold())}(?:s|es)?(?![\w-])", text.casefold()) is not None


def plain(text: str) -> str:
    """Without case, Arabic marks and typographic spaces."""
    folded = (
        unicodedata.normalize("NFC", text).casefold().replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")
    )
    return re.sub("[\u064b-\u0652\u0640\u0670]", "", folded)


@pytest.mark.parametrize("language", TRANSLATED)
def test_vocabulary_is_translated(language: str) -> None:
    """Every role, root cause and table has a name of its own in the language."""
    ours, theirs = load_vocabulary("en"), load_vocabulary(language)
    assert not [r for r in ours.roles if ours.roles[r].name == theirs.roles[r].name]
    assert not [c for c in ours.root_causes if ours.root_causes[c].meaning == theirs.root_causes[c].meaning]
    assert not [t for t in ours.tables if ours.tables[t] == theirs.tables[t]]


@pytest.mark.parametrize("language", TRANSLATED)
def test_nothing_but_texts_changes(language: str) -> None:
    """Ids, weights, order and references are the same in every language."""
    for edition in list_editions():
        one, other = load_framework(edition), load_framework(edition, language)
        for ours, theirs in zip(one.recommendations, other.recommendations, strict=True):
            assert [(c.id, c.weight.value, c.outcomes, c.predecessors) for c in ours.criteria] == [
                (c.id, c.weight.value, c.outcomes, c.predecessors) for c in theirs.criteria
            ]
