"""Translations laid over the English pages, text by text.

A translation page has the texts of one page and nothing else, by id and field, so that an expert can review one page
and so that no translation can change an id, a weight or an order. A text without a translation stays English.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

Page = dict[str, Any]
Texts = Mapping[str, Any]

SOURCE_MARK = "$source"
"""The key under which a translation page keeps the fingerprint of its English."""

NODE_FIELDS = (
    "section",
    "statement",
    "ask",
    "evidence",
    "typical_shortcomings",
    "strong_signs",
    "weak_signs",
    "recommended_action",
    "weight_reason",
    "conditional_on",
    "change",
    "note",
)
"""The texts of a criterion, a core issue or a part."""

HEAD_FIELDS = (
    "title",
    "statement",
    "intermediate_outcome",
    "effective_system",
    "status",
    "scope",
    "other_changes",
    "applies_only_if",
    "note",
    "change",
    "assessor_notes",
    "example_information",
    "specific_factors",
)
"""The texts of a page as a whole."""

GUIDE_FIELDS = ("probes", "years", "cases", "pitfalls", "checklist")


def translatable(page: Page) -> dict[str, Any]:
    """Every text of a page that a translation page has to have: by id, then by field.

    >>> translatable({"id": "R.9", "title": "Secrecy", "citation": "c", "criteria": []})
    {'R.9': {'title': 'Secrecy'}}
    """
    head: dict[str, Any] = {key: page[key] for key in HEAD_FIELDS if key in page}
    if "legal_basis" in page:
        head["legal_basis"] = page["legal_basis"]["note"]
    if "guide" in page:
        contributions = [c["contributes"] for c in page["guide"]["contributors"]]
        head["guide"] = {"contributors": contributions} | {key: page["guide"][key] for key in GUIDE_FIELDS}
    texts = {page["id"]: head}
    for node in _tops(page):
        _collect(node, texts)
    return texts


def find_misfits(texts: Any, page: Page) -> Iterator[tuple[str, str]]:
    """Where a page of translations does not fit its English page, which has to agree with its schema: key and fault.

    >>> page = {"id": "R.9", "title": "Secrecy", "citation": "c", "criteria": []}
    >>> list(misfits({"R.9": {"title": ["Secret"], "name": "x"}}, page))
    [('R.9.title', 'it is not a text, as in English'), ('R.9.name', 'the English page has no such text')]
    """
    return _misfits(texts, translatable_edition(page) if "groups" in page else translatable(page), ())


def _misfits(texts: Any, known: Any, place: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    where = ".".join(place) or "$"
    if isinstance(known, dict):
        if not isinstance(texts, dict):
            yield where, "it is not a group of texts, as in English"
            return
        for key in texts:
            if key in known:
                yield from _misfits(texts[key], known[key], (*place, key))
            elif key != SOURCE_MARK:
                yield ".".join((*place, key)), "the English page has no such text"
    elif isinstance(known, list):
        if not (isinstance(texts, list) and all(isinstance(text, str) for text in texts)):
            yield where, "it is not a list of texts, as in English"
        elif len(texts) != len(known):
            yield where, f"it has {len(texts)} texts, the English page {len(known)}"
    elif not isinstance(texts, str):
        yield where, "it is not a text, as in English"


def source_mark(page: Page) -> str:
    """The fingerprint of a page's English texts, kept in its translations, so that an old translation is noticed."""
    texts = translatable_edition(page) if "groups" in page else translatable(page)
    return hashlib.sha256(json.dumps(texts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:16]


def overlay(page: Page, texts: Texts) -> Page:
    """The page with its texts replaced where there is a translation; the page itself stays as it is."""
    head = texts.get(page["id"], {})
    laid = page | {key: head[key] for key in HEAD_FIELDS if key in page and key in head}
    if "legal_basis" in page and "legal_basis" in head:
        laid["legal_basis"] = page["legal_basis"] | {"note": head["legal_basis"]}
    if "guide" in page and "guide" in head:
        laid["guide"] = _guide(page["guide"], head["guide"])
    for key in ("criteria", "core_issues"):
        if key in page:
            laid[key] = [_lay(node, texts) for node in page[key]]
    return laid


def overlay_edition(page: Page, texts: Texts) -> Page:
    """The cover page of an edition with its translated texts."""
    laid = page | {key: texts[key] for key in _COVER_FIELDS if key in texts}
    labels = texts.get("groups", {})
    laid["groups"] = [group | {"label": labels.get(group["code"], group["label"])} for group in page["groups"]]
    titles = texts.get("chapters", {})
    laid["chapters"] = [c | {"title": titles.get(str(c["number"]), c["title"])} for c in page["chapters"]]
    scales = texts.get("scales", {})
    laid["scales"] = {
        name: [point | scales.get(name, {}).get(point["code"], {}) for point in points]
        for name, points in page["scales"].items()
    }
    return laid


_COVER_FIELDS = ("title", "text_state", "wording", "chapters_note", "rating_rules", "later_amendments")


def translatable_edition(page: Page) -> dict[str, Any]:
    """Every text of an edition's cover page that a translation has to have."""
    return {
        **{key: page[key] for key in _COVER_FIELDS if key in page},
        "groups": {group["code"]: group["label"] for group in page["groups"]},
        "chapters": {str(chapter["number"]): chapter["title"] for chapter in page["chapters"]},
        "scales": {
            name: {p["code"]: {key: p[key] for key in ("label", "meaning") if key in p} for p in points}
            for name, points in page["scales"].items()
        },
    }


def _tops(page: Page) -> list[Page]:
    return [*page.get("criteria", ()), *page.get("core_issues", ())]


def _collect(node: Page, texts: dict[str, Any]) -> None:
    texts[node["id"]] = {key: node[key] for key in NODE_FIELDS if key in node}
    for part in node.get("parts", ()):
        _collect(part, texts)


def _lay(node: Page, texts: Texts) -> Page:
    own = texts.get(node["id"], {})
    laid = node | {key: own[key] for key in NODE_FIELDS if key in node and key in own}
    if "parts" in node:
        laid["parts"] = [_lay(part, texts) for part in node["parts"]]
    return laid


def _guide(guide: Page, texts: Texts) -> Page:
    laid = guide | {key: texts[key] for key in GUIDE_FIELDS if key in texts}
    if "contributors" in texts:
        pairs = zip(guide["contributors"], texts["contributors"], strict=True)
        laid["contributors"] = [contributor | {"contributes": text} for contributor, text in pairs]
    return laid
