"""The OSCAL mapping collection from one edition to the next, from the predecessors that the newer one records."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fatf_kit.core.messages import Translator
from fatf_kit.framework.catalog import get_enclosing_id
from fatf_kit.framework.diff import EditionChange, EditionDifference, diff_editions
from fatf_kit.framework.export.editions import TranslatedEdition, make_edition_notices
from fatf_kit.framework.export.oscal import (
    drop_empty,
    make_metadata,
    make_token,
    make_uuid,
    name_catalogue,
    render_document,
)
from fatf_kit.framework.model import Criterion, Framework


def render_mapping(old: TranslatedEdition, new: TranslatedEdition, day: str) -> bytes:
    """Return the mapping from `old` to `new`, the edition after it, as JSON.

    `day` is written into it as the date of the content.

    Raises:
        FrameworkError: `new` is not the edition after `old`.
    """
    pair = f"{old.english.id}-{new.english.id}"
    found = [one for one in diff_editions(old.english, new.english) if one.new is None or "/" in one.new]
    gone = [key for one in found if one.new is None for key in one.old]
    added = [one.new for one in found if one.new and not one.old]
    body = {
        "metadata": make_metadata(
            title=f"From {old.english.id} to {new.english.id}: correspondence by fatf-kit",
            version=new.english.content_version,
            modified=f"{day}T00:00:00Z",
            notices=make_edition_notices(new).values(),
        ),
        "provenance": {
            "method": "human",
            "matching-rationale": "semantic",
            "status": "complete",
            "confidence-score": {"category": "medium"},
            "mapping-description": "\n\n".join(map(_describe, new.languages)),
        },
        "mappings": [
            {
                "uuid": make_uuid(pair, "mapping"),
                "source-resource": {"type": "catalog", "href": name_catalogue(old.english.id)},
                "target-resource": {"type": "catalog", "href": name_catalogue(new.english.id)},
                "maps": [_make_map(one, new, pair) for one in found if one.new and one.old],
                "source-gap-summary": _make_gap(pair, "source", gone, old.english),
                "target-gap-summary": _make_gap(pair, "target", added, new.english),
            }
        ],
    }
    return render_document("mapping-collection", body)


def _describe(language: str) -> str:
    t = Translator(language)
    return t(
        "Each criterion of the newer edition is compared with the criteria and parts of the earlier edition from which "
        "it comes, as fatf-kit reads both. The relationship equivalent-to means that the meaning is the same. The "
        "relationship intersects-with means that it changed as the remarks describe. The gap summaries list criteria "
        "that are new or were removed, and all core issues, because fatf-kit does not record which core issues "
        "correspond."
    )


def _make_map(difference: EditionDifference, new: TranslatedEdition, pair: str) -> dict[str, Any]:
    target = difference.new or ""
    is_changed = difference.move is EditionChange.CHANGED
    texts = new.find_requirements(target).values()
    changes = [one.change for one in texts if isinstance(one, Criterion) and one.change]
    return drop_empty(
        {
            "uuid": make_uuid(pair, "map", target),
            "relationship": "intersects-with" if is_changed else "equivalent-to",
            "sources": [_make_item(key) for key in difference.old],
            "targets": [_make_item(target)],
            "remarks": "\n\n".join(changes),
        }
    )


def _make_item(key: str) -> dict[str, str]:
    """Return a criterion as a control, and a part of one as the statement that it is in the catalogue."""
    is_part = get_enclosing_id(key) != key
    return {"type": "statement" if is_part else "control", "id-ref": make_token(key)}


def _make_gap(pair: str, side: str, keys: Iterable[str], edition: Framework) -> dict[str, Any]:
    """Return what has no counterpart on one side: some criteria, and every core issue of its edition."""
    issues = (issue.id for outcome in edition.outcomes for issue in outcome.core_issues)
    ids = [make_token(key) for key in (*keys, *issues)]
    return {"uuid": make_uuid(pair, "gap", side), "unmapped-controls": [{"with-ids": ids}]}
