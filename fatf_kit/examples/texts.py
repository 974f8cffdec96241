"""The made-up country's texts in other languages, put over its English sources.

Each language has one file, `examples/ruritania/texts/LANG.json`, with a part for each source. A part mirrors its source
and holds only what is written in a language: answers, titles, names, notes; never ids, ratings, dates or figures. A
list of objects with an "id" is mirrored by these ids, any other list by positions ("0", "1"). What a file leaves out
stays English.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
TEXTS = EXAMPLES / "ruritania" / "texts"
SOURCE_LANGUAGE = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSource:
    """An English source: its file, the keys whose texts are translated, and the parts that no reader sees.

    `maps` are keys whose values are texts by other keys, such as ids of agencies.
    """

    file: str
    keys: frozenset[str]
    maps: frozenset[str] = frozenset()
    passed_over: frozenset[str] = frozenset({"about"})


_ANSWER = frozenset({"explanation", "missing", "action", "citation"})
SOURCES: Mapping[str, TextSource] = {
    "answers": TextSource(
        file="ruritania/answers.json",
        keys=_ANSWER | {"country", "title", "holder", "article"},
        passed_over=frozenset({"about", "profile"}),
    ),
    "agencies": TextSource(
        file="ruritania/agencies.json",
        keys=_ANSWER | {"reason", "decided_by"},
        maps=frozenset({"contacts"}),
        passed_over=frozenset({"about", "in_arabic"}),
    ),
    "laws": TextSource(
        file="ruritania/laws.json",
        keys=frozenset({"kind_word", "issuer", "note", "article", "heading", "summary", "translator", "checked_by"})
        | {"clause", "text"},
    ),
    "training": TextSource(
        file="ruritania/training.json",
        keys=frozenset({"place", "subject", "language", "organiser", "partner", "material", "note"}),
        maps=frozenset({"other_bodies"}),
    ),
    "statistics": TextSource(
        file="ruritania/statistics.json",
        keys=frozenset({"country", "done", "result", "shows", "why"}),
        maps=frozenset({"notes"}),
    ),
    "scores": TextSource(
        file="ruritania/mock/scores.json",
        keys=frozenset({"assessors", "measure", "1"}),  # a score is a list with a note in second place
        passed_over=frozenset({"about", "in_arabic", "reports"}),
    ),
    "measures": TextSource(
        file="npo/measures.json",
        keys=frozenset({"measure", "legal_basis", "cases", "methods", "sources", "scenarios", "consulted", "outcome"})
        | {"reason", "office"},
    ),
    "settings": TextSource(
        file="npo/settings.json", keys=frozenset({"area", "reason", "source"}), maps=frozenset({"notices"})
    ),
    "assessment": TextSource(file="ruritania/assessment.json", keys=frozenset({"reason"})),
    "six-months": TextSource(
        file="ruritania-plan/six-months.json",
        keys=frozenset({"evidence", "title", "article", "text", "deficiency", "changed", "citation"}),
        passed_over=frozenset({"note"}),
    ),
    "after": TextSource(
        file="ruritania-after/after.json",
        keys=frozenset({"report", "page", "kind_word", "title", "note", "place", "label", "wording", "sustained"})
        | {"done", "open", "reason", "document", "action", "shown_by", "result", "shows"}
        | {"name", "grade", "rate_source", "pays_for", "assumptions", "need", "provision", "condition"},
    ),
}
"""The English sources by the name of their part."""


def text_languages() -> tuple[str, ...]:
    """Return the languages that have a file of texts, the English of the sources not among them."""
    return tuple(sorted(path.stem for path in TEXTS.glob("*.json")))


def read_example(part: str, language: str = SOURCE_LANGUAGE) -> dict[str, Any]:
    """Return a source in a language; what has no text in it stays English."""
    source: dict[str, Any] = json.loads((EXAMPLES / SOURCES[part].file).read_text(encoding="utf-8"))
    translated: dict[str, Any] = overlay(source, load_texts(language).get(part, {}))
    return translated


@cache
def load_texts(language: str) -> Mapping[str, Any]:
    """Return the texts of a language by part; empty for the language of the sources."""
    if language == SOURCE_LANGUAGE:
        return {}
    found: dict[str, Any] = json.loads((TEXTS / f"{language}.json").read_text(encoding="utf-8"))
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
        return [overlay(value, texts.get(key)) for key, value in _keyed(source)]
    return texts if isinstance(source, str) and isinstance(texts, str) else source


def missing_texts(part: str, texts: Any) -> list[str]:
    """Return the addresses of the texts of a source that have no translation."""
    there = {path for path, _ in _leaves(texts)}
    return ["/".join(path) for path in _prose(part) if path not in there]


def unknown_texts(part: str, texts: Any) -> list[str]:
    """Return the addresses of translations that stand for no text of the source, or say nothing."""
    wanted = set(_prose(part))
    return ["/".join(path) for path, text in _leaves(texts) if path not in wanted or not text.strip()]


def _prose(part: str) -> Iterator[tuple[str, ...]]:
    source = SOURCES[part]
    for path, text in _leaves(json.loads((EXAMPLES / source.file).read_text(encoding="utf-8"))):
        is_text = path[-1] in source.keys or not source.maps.isdisjoint(path[-2:-1])
        if text and is_text and source.passed_over.isdisjoint(path):
            yield path


def _leaves(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield every text with its address, lists by their keys."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict | list):
        for key, one in value.items() if isinstance(value, dict) else _keyed(value):
            yield from _leaves(one, (*path, key))


def _keyed(values: list[Any]) -> list[tuple[str, Any]]:
    """Return a list as its translation mirrors it: by ids where every value has one, else by positions."""
    has_ids = all(isinstance(value, dict) and "id" in value for value in values)
    return [(value["id"] if has_ids else str(place), value) for place, value in enumerate(values)]
