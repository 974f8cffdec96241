"""Translations of data: the texts of a JSON file in another language, laid over the English file.

The file frameworks/locale/<language>/a/b.json has the translated texts of frameworks/a/b.json and nothing else, under
the same keys. An item of a list is found by its id, so that no translation can change an order. A text without a
translation stays English.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from fatf_kit.core.national_words import base_language

SOURCE_MARK = "$source"
"""The key under which a translation keeps the fingerprint of the English texts it was made from."""

_ID_KEYS = ("id", "code", "number", "role", "tier", "requirement", "date")
"""Keys that identify an item of a list, the first that it has."""


def find_translation(path: Path, base: Path, language: str) -> Path:
    """Return the path of the translation of a file below `base`.

    >>> find_translation(Path("f/mock/schedule.json"), Path("f"), "ar").as_posix()
    'f/locale/ar/mock/schedule.json'
    """
    return base / "locale" / base_language(language) / path.relative_to(base)


def overlay(data: Any, texts: Any) -> Any:
    """Return the data with its texts replaced where there is a translation; the data itself stays as it is.

    >>> overlay({"roles": [{"id": "a", "name": "Bank"}]}, {"roles": {"a": {"name": "Banque"}}})
    {'roles': [{'id': 'a', 'name': 'Banque'}]}
    """
    match data, texts:
        case dict(), dict():
            return data | {key: overlay(value, texts[key]) for key, value in data.items() if key in texts}
        case list(), dict():
            return [overlay(item, texts.get(_id_of(item), {})) for item in data]
        case (str(), str()) | (list(), list()):
            return texts
    return data


def spread(data: Any, texts: Any, translations: Mapping[str, Any]) -> Any:
    """Return the data with each of its texts as a mapping from language to text; English where there is no translation.

    `texts` are the English texts as `collect_texts` returns them, `translations` those of the other languages.

    >>> spread({"id": "a", "name": "Bank"}, {"name": "Bank"}, {"ar": {}, "fr": {"name": "Banque"}})
    {'id': 'a', 'name': {'en': 'Bank', 'ar': 'Bank', 'fr': 'Banque'}}
    """

    def below(step: str | int) -> dict[str, Any]:
        return {language: _find_below(found, step) for language, found in translations.items()}

    match data, texts:
        case dict(), dict():
            return data | {key: spread(data[key], text, below(key)) for key, text in texts.items()}
        case list(), dict():
            return [spread(item, texts.get(_id_of(item)), below(_id_of(item))) for item in data]
        case list(), list():
            return [spread(item, item, below(place)) for place, item in enumerate(data)]
        case str(), str():
            return {"en": data} | {language: found or data for language, found in translations.items()}
    return data


def collect_texts(data: Any, keys: Collection[str] | None, is_text: bool = False) -> Any:
    """Return the texts that a translation of the data has to have, in the shape of a translation; None without any.

    `keys` are the keys whose values are texts, lists of texts or groups of texts by name, at any depth; None if every
    value is one.

    >>> collect_texts({"id": "R.9", "title": "Secrecy", "criteria": [{"id": "R.9/9.1", "title": "t"}]}, {"title"})
    {'title': 'Secrecy', 'criteria': {'R.9/9.1': {'title': 't'}}}
    """
    if isinstance(data, dict):
        found = {key: collect_texts(value, keys, is_text or keys is None or key in keys) for key, value in data.items()}
    elif isinstance(data, list) and not all(isinstance(item, str) for item in data):
        found = {_id_of(item): collect_texts(item, keys) for item in data}
    else:
        return data if is_text and isinstance(data, str | list) else None
    return {key: texts for key, texts in found.items() if texts} or None


def find_misfits(
    texts: Any, english: Any, *, has_own_lengths: bool = False, place: tuple[str, ...] = ()
) -> Iterator[tuple[str, str]]:
    """Yield the key and the fault of everything in a translation that does not fit the English texts.

    `english` is what `collect_texts` returns. With `has_own_lengths` a list may be longer or shorter than that.

    >>> list(find_misfits({"title": ["Secret"], "name": "x"}, {"title": "Secrecy"}))
    [('title', 'it is not a text, as in English'), ('name', 'the English page has no such text')]
    """
    where = ".".join(place) or "$"
    if isinstance(english, dict):
        if not isinstance(texts, dict):
            yield where, "it is not a group of texts, as in English"
            return
        for key in texts:
            below = (*place, key)
            if key in english:
                yield from find_misfits(texts[key], english[key], has_own_lengths=has_own_lengths, place=below)
            elif below != (SOURCE_MARK,):
                yield ".".join(below), "the English page has no such text"
    elif isinstance(english, list):
        if not (isinstance(texts, list) and all(isinstance(text, str) for text in texts)):
            yield where, "it is not a list of texts, as in English"
        elif len(texts) != len(english) and not has_own_lengths:
            yield where, f"it has {len(texts)} texts, the English page {len(english)}"
    elif not isinstance(texts, str):
        yield where, "it is not a text, as in English"


def find_missing(texts: Any, english: Any, place: tuple[str, ...] = ()) -> Iterator[tuple[str, bool]]:
    """Yield the key of every English text with whether its translation is missing; a list counts as one text.

    >>> list(find_missing({"title": "Secret"}, {"title": "Secrecy", "note": "n"}))
    [('title', False), ('note', True)]
    """
    if isinstance(english, dict):
        for key, value in english.items():
            yield from find_missing(texts.get(key) if isinstance(texts, dict) else None, value, (*place, key))
    else:
        found = texts if isinstance(texts, list) else [texts]
        yield ".".join(place), not found or not all(isinstance(text, str) and text.strip() for text in found)


def compute_source_mark(english: Any) -> str:
    """Return the fingerprint of English texts; a translation keeps it, so that an outdated translation is noticed."""
    return hashlib.sha256(json.dumps(english, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:16]


def _find_below(texts: Any, step: str | int) -> Any:
    """Return the part of a translation under a key or at a place of a list; None where it has none."""
    if isinstance(texts, dict):
        return texts.get(step)
    return texts[step] if isinstance(texts, list) and isinstance(step, int) and step < len(texts) else None


def _id_of(item: Any) -> str:
    return str(next((item[key] for key in _ID_KEYS if key in item), "")) if isinstance(item, dict) else ""
