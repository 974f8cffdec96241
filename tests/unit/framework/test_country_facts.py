"""The country files: every entry has its confidence and known sources, and the shared lists fit them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from fatf_kit.assessment.answers.model import EvidenceKind
from fatf_kit.core.resources import data_folder
from fatf_kit.framework.country_facts import (
    OWN_KNOWLEDGE,
    list_countries_with_page,
    load_communities,
    load_community_texts,
    load_country_page,
    load_instrument_words,
)

FOLDER = data_folder("frameworks") / "countries"


def _entries(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if "confidence" in value:
            yield value
        for one in value.values():
            yield from _entries(one)
    elif isinstance(value, list):
        for one in value:
            yield from _entries(one)


def test_fifty_countries() -> None:
    """Each country page is named by its country code."""
    assert len(list_countries_with_page()) == 50
    assert list(list_countries_with_page()) == [load_country_page(code)["iso3"] for code in list_countries_with_page()]


def test_what_was_seen_names_its_sources() -> None:
    """Entries that do not rest on own knowledge have sources, and every source is on the list."""
    known = {one["id"] for one in json.loads((FOLDER / "sources.json").read_text(encoding="utf-8"))["sources"]}
    for path in FOLDER.glob("*.json"):
        if path.name in ("words.json", "articles.json", "citations.json"):
            continue  # the meaning of words, which needs no source
        for one in _entries(json.loads(path.read_text(encoding="utf-8"))):
            sources = set(one.get("sources", ()))
            assert sources <= known, (path.name, sources - known)
            assert sources or one["confidence"] == OWN_KNOWLEDGE, (path.name, one)


def test_every_form_is_described() -> None:
    """Examples of a country name a form of the shared list, and citations fit its regular expression."""
    forms = {one["id"]: one for one in json.loads((FOLDER / "forms.json").read_text(encoding="utf-8"))["forms"]}
    for page in map(load_country_page, list_countries_with_page()):
        for one in (*page["article_forms"], *page["citation_forms"]):
            assert one["form"] in forms
    assert [one["id"] for one in forms.values() if "regex" in one and re.compile(one["regex"]) is None] == []


def test_kinds_are_kinds_of_evidence() -> None:
    """The kinds of instrument in the country files are kinds of the evidence register."""
    kinds = {one.kind for country in (*list_countries_with_page(), None) for one in load_instrument_words(country)}
    assert kinds - {None} <= {kind.value for kind in EvidenceKind}


def test_texts_belong_to_a_community() -> None:
    """Every text is found by a number or by words of its title."""
    ids = {one.id for one in load_communities()}
    assert ids == {"EU", "CEMAC", "UEMOA", "OHADA"}
    assert [
        one.id for one in load_community_texts() if one.community not in ids or not (one.numbers or one.title_words)
    ] == []
