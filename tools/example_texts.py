"""Checks that the example's translations have every text of their English sources, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fatf_kit.examples.texts import SOURCE_FILES, find_source, list_keyed


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSource:
    """The keys of an English source whose texts are translated, and the parts that no reader sees.

    `maps` are keys whose values are texts by other keys, such as ids of agencies.
    """

    keys: frozenset[str]
    maps: frozenset[str] = frozenset()
    passed_over: frozenset[str] = frozenset({"about"})


_ANSWER = frozenset({"explanation", "missing", "action", "citation"})
SOURCES: Mapping[str, TextSource] = {
    "answers": TextSource(
        keys=_ANSWER | {"country", "title", "holder", "article"},
        passed_over=frozenset({"about", "profile"}),
    ),
    "agencies": TextSource(
        keys=_ANSWER | {"reason", "decided_by"},
        maps=frozenset({"contacts"}),
        passed_over=frozenset({"about", "in_arabic"}),
    ),
    "laws": TextSource(
        keys=frozenset({"kind_word", "issuer", "note", "article", "heading", "summary", "translator", "checked_by"})
        | {"clause", "text"},
    ),
    "training": TextSource(
        keys=frozenset({"place", "subject", "language", "organiser", "partner", "material", "note"}),
        maps=frozenset({"other_bodies"}),
    ),
    "statistics": TextSource(
        keys=frozenset({"country", "done", "result", "shows", "why"}),
        maps=frozenset({"notes"}),
    ),
    "scores": TextSource(
        keys=frozenset({"assessors", "measure", "1"}),  # a score is a list with a note in second place
        passed_over=frozenset({"about", "in_arabic", "reports"}),
    ),
    "measures": TextSource(
        keys=frozenset({"measure", "legal_basis", "cases", "methods", "sources", "scenarios", "consulted", "outcome"})
        | {"reason", "office"},
    ),
    "settings": TextSource(keys=frozenset({"area", "reason", "source"}), maps=frozenset({"notices"})),
    "assessment": TextSource(keys=frozenset({"reason"})),
    "six-months": TextSource(
        keys=frozenset({"evidence", "title", "article", "text", "deficiency", "changed", "citation"}),
        passed_over=frozenset({"note"}),
    ),
    "after": TextSource(
        keys=frozenset({"report", "page", "kind_word", "title", "note", "place", "label", "wording", "sustained"})
        | {"done", "open", "reason", "document", "action", "shown_by", "result", "shows"}
        | {"name", "grade", "rate_source", "pays_for", "assumptions", "need", "provision", "condition"},
    ),
}
"""The translated texts of each of `SOURCE_FILES`, by the name of the part."""


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
    for path, text in _leaves(json.loads(find_source(SOURCE_FILES[part]).read_text(encoding="utf-8"))):
        is_text = path[-1] in source.keys or not source.maps.isdisjoint(path[-2:-1])
        if text and is_text and source.passed_over.isdisjoint(path):
            yield path


def _leaves(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield every text with its address, lists by their keys."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict | list):
        for key, one in value.items() if isinstance(value, dict) else list_keyed(value):
            yield from _leaves(one, (*path, key))
