"""Folders of real countries, in which agencies and offices have national names: no foreign word in what people read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from fatf_kit.core.isolation import remove_isolation
from fatf_kit.core.resources import data_folder
from tests.national_folders import AGENCIES, NationalFolder, run_national_folder
from tests.unit.framework.national_terms import STEMS, list_strings, list_variants
from tools.framework_content import list_translated_files, read_texts

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")

FOLDERS = [
    pytest.param(country, language, marks=() if is_usual else (pytest.mark.full,), id=f"{country}-{language}")
    for country, language, is_usual in (
        ("IRQ", "ar", True),
        ("SEN", "fr", False),
        ("BHR", "ar", False),
        ("OMN", "ar", False),
        ("MAR", "ar", False),
        ("TUN", "ar", False),
        ("MAR", "fr", False),
        ("TUN", "fr", False),
    )
]
"""Countries with national names of their FIU, each in a language of its own; long runs are left for a full one."""

NAMES = frozenset(
    [
        "EUR",
        "Excel",
        "FATF",
        "FUR",
        "IAIS",
        "ICRG",
        "IOSCO",
        "JSON",
        "Linux",
        "MENAFATF",
        "MER",
        "Mac",
        "Update",
        "Windows",
    ]
)
"""Names of organisations, programs, formats, kinds of reports and a currency, which have no other form."""

_IDS = re.compile(
    r"https?://\S+|\S+@\S+"  # addresses
    r"|[\w./-]*(?: \d{4}\W?\d\d\W?\d\d[^/!,:]*?)?"  # files, with the day on which they were saved and their own names
    r"\.(?:xlsx?|ods|docx|html|json|csv|pdf|bat|command|sh|png|svg|txt|zip)\b"
    r"|\b(?:inbox|templates|letters|reports|history|responses|charts|statistics)\b/?"  # folders
    r"|fatf-kit(?: [a-z][a-z-]*)*(?: --?[a-z-]+)*|`[^`]*`|«\S*fatf-kit [^»]*»"  # commands
    r"|\b[a-z]+(?:-[a-z0-9]+)+\b|\bagency-\S*|\bAGENCY-\d+\S*|\b[A-Z]+(?:-[A-Z0-9]+)+\b"  # ids
    r"|\(\w+ [a-z_]+\)"  # facts of the outlook
    r"|\b(?:R|IO)\.\d\S*|sha256|\b[0-9a-f]{10,64}\b"
)


_ROMAN = re.compile("[ivx]+")


def _list_readable(folder: NationalFolder) -> Iterator[tuple[str, str]]:
    """Yield each text without ids, names of files, commands and what was typed, with the file that shows it."""
    for name, texts in folder.texts.items():
        for text in texts:
            plain = "" if text in AGENCIES else remove_isolation(text)
            for typed in folder.typed:
                plain = plain.replace(typed, "")
            yield name, _IDS.sub("", plain)


@cache
def list_english_words() -> frozenset[str]:
    """Return the words of our English texts that no French text of ours has but as the name of a field or option."""
    locale = data_folder("frameworks") / "locale"
    english: list[str] = []
    french: list[str] = []
    with (locale / "fr.po").open(encoding="utf-8") as source:
        for message in read_po(source):
            english += [message.id] if isinstance(message.id, str) else message.id
            french += [message.string] if isinstance(message.string, str) else message.string or ()
    for page in list_translated_files():
        english += list_strings(read_texts(page))
    for path in (locale / "fr").rglob("*.json"):
        french += list_strings(json.loads(path.read_text(encoding="utf-8")))
    return _split_words(english) - _split_words(text for text in french if not _OF_COMMANDS.search(text))


_OF_COMMANDS = re.compile(r"\{\{|--[a-z]|READER|« [a-z]+ »|roadmap")
"""Signs of a text on commands, which names fields and options in English."""


def _split_words(texts: Iterable[str]) -> frozenset[str]:
    every = (re.findall(r"\b[a-zà-ÿœ]{3,}\b", re.sub(r"\{\w+\}", "", text).lower()) for text in texts)
    return frozenset(word for words in every for word in words)


def _find_foreign(text: str, language: str) -> list[str]:
    if language == "fr":
        words = re.findall(r"\b[A-Za-zà-ÿœ]{3,}\b", text)
        return [word for word in words if word.lower() in list_english_words() and word not in NAMES]
    return [
        word for word in re.findall(r"[A-Za-zÀ-ÿ]{3,}", text) if word not in NAMES and not re.fullmatch("[ivx]+", word)
    ]


@pytest.mark.parametrize(("country", "language"), FOLDERS)
def test_no_foreign_word_is_read(country: str, language: str, tmp_path: Path) -> None:
    """Everything printed and written is in the language of the folder, and calls the FIU by its national name."""
    folder = run_national_folder(tmp_path / "home", country, language)
    assert sum(map(len, folder.texts.values())) > 10_000
    found: dict[str, str] = {}
    for name, text in _list_readable(folder):
        if words := _find_foreign(text, language):
            found.setdefault(" ".join(words), f"{name}: {text[:200]}")
    assert found == {}
    general = [
        STEMS[language, term["id"]]
        for term, variant, of in list_variants()
        if (of, term["language"]) == (country, language)
        and "forms" in variant
        and (language, term["id"]) in STEMS
        and term["id"] in ("fiu", "coordination_committee")
    ]
    assert general
    left = [(name, text[:200]) for name, text in _list_readable(folder) if re.search("|".join(general), text)]
    assert left == []


def test_foreign_words_are_found() -> None:
    """English between Arabic and French words is found, and ids, commands and names of files are not."""
    folder = NationalFolder(
        {"a": ["إجابة Anti-corruption body في «R.4/4.4(b)»", "Ouvrez report.html ; fatf-kit check iraq"]}, ()
    )
    texts = [text for _, text in _list_readable(folder)]
    assert _find_foreign(texts[0], "ar") == ["Anti", "corruption", "body"]
    assert _find_foreign("La réponse de the agency needs evidence.", "fr") == ["the", "needs", "evidence"]
    assert _find_foreign(texts[1], "fr") == []
