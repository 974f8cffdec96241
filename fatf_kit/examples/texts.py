"""The sources of the examples, and their texts in other languages put over the English ones.

Each language has one file, `examples/ruritania/texts/LANG.json`, with a part for each source. A part mirrors its source
and holds only the texts of a language: answers, titles, names, notes; never ids, ratings, dates or figures. A
list of objects with an "id" is mirrored by these ids, any other list by positions ("0", "1"). A text that a file leaves
out stays English.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from fatf_kit.core.resources import data_folder
from fatf_kit.core.store import write_file

SOURCE_LANGUAGE = "en"
_TEXTS = "ruritania/texts"
SOURCE_FILES: Mapping[str, str] = {
    "answers": "ruritania/answers.json",
    "agencies": "ruritania/agencies.json",
    "laws": "ruritania/laws.json",
    "training": "ruritania/training.json",
    "statistics": "ruritania/statistics.json",
    "scores": "ruritania/mock/scores.json",
    "measures": "npo/measures.json",
    "settings": "npo/settings.json",
    "assessment": "ruritania/assessment.json",
    "six-months": "ruritania-plan/six-months.json",
    "after": "ruritania-after/after.json",
}
"""The English sources by the name of their part."""


def find_source(name: str) -> Path:
    """Return the path of a shipped source by its place in `examples/`.

    >>> find_source("npo/settings.json").name
    'settings.json'
    """
    return data_folder("examples") / name


def copy_source(name: str, target: Path) -> Path:
    """Write a copy of a source that people use as it is, and return its path; the source itself is left alone."""
    source = find_source(name)
    if target.exists() and target.samefile(source):
        return target
    return write_file(target, source.read_bytes())


@cache
def text_languages() -> tuple[str, ...]:
    """Return the languages that have a file of texts, the English of the sources not among them."""
    return tuple(sorted(path.stem for path in find_source(_TEXTS).glob("*.json")))


def read_example(part: str, language: str = SOURCE_LANGUAGE) -> dict[str, Any]:
    """Return a source in a language; what has no text in it stays English."""
    source: dict[str, Any] = json.loads(find_source(SOURCE_FILES[part]).read_text(encoding="utf-8"))
    translated: dict[str, Any] = overlay(source, load_texts(language).get(part, {}))
    return translated


@cache
def load_texts(language: str) -> Mapping[str, Any]:
    """Return the texts of a language by part; empty for the language of the sources."""
    if language == SOURCE_LANGUAGE:
        return {}
    found: dict[str, Any] = json.loads(find_source(f"{_TEXTS}/{language}.json").read_text(encoding="utf-8"))
    return found


def overlay(source: Any, texts: Any) -> Any:
    """Return a source with texts over it, in the shape of the source.

    >>> overlay({"rows": [{"id": "a", "title": "Act", "year": 2019}], "list": ["x", "y"]},
    ...         {"rows": {"a": {"title": "قانون"}}, "list": {"1": "ص"}})
    {'rows': [{'id': 'a', 'title': 'قانون', 'year': 2019}], 'list': ['x', 'ص']}
    """
    if isinstance(source, dict) and isinstance(texts, Mapping):
        return {key: overlay(value, texts.get(key)) for key, value in source.items()}
    if isinstance(source, list) and isinstance(texts, Mapping):
        return [overlay(value, texts.get(key)) for key, value in list_keyed(source)]
    return texts if isinstance(source, str) and isinstance(texts, str) else source


def list_keyed(values: list[Any]) -> list[tuple[str, Any]]:
    """Return a list as its translation mirrors it: by ids where every value has one, else by positions."""
    has_ids = all(isinstance(value, dict) and "id" in value for value in values)
    return [(value["id"] if has_ids else str(place), value) for place, value in enumerate(values)]
