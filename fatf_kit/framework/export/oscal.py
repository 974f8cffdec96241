"""The parts that all OSCAL documents share: ids, UUIDs, properties and metadata.

Source: NIST, Open Security Controls Assessment Language (OSCAL), version 1.2.1.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from fatf_kit.framework.export.editions import AUTHORS, LICENCE_NAME, LICENCE_PAGE

VERSION = "1.2.1"
NAMESPACE = "urn:fatf-kit:oscal"
"""The namespace of our own names in OSCAL documents. It never changes, because other programs rely on it."""

_UUIDS = uuid.uuid5(uuid.NAMESPACE_URL, NAMESPACE)
_TOKENS = str.maketrans({"/": "_", "(": ".", "#": ".", ")": None})
_MARKUP = re.compile(r"([\\`*_~^<>\[\]{}#|])")


def make_token(key: str) -> str:
    """Return the OSCAL id of a requirement or unit: a token, which has no slash and no bracket.

    >>> make_token("R.10/10.10(b)"), make_token("R.22/22.1(d)#2"), make_token("IO.5")
    ('r.10_10.10.b', 'r.22_22.1.d.2', 'io.5')
    """
    return key.lower().translate(_TOKENS)


def make_statement_id(key: str) -> str:
    """Return the id of the part of a control that contains its statement.

    >>> make_statement_id("IO.5/5.2")
    'io.5_5.2_smt'
    """
    return f"{make_token(key)}_smt"


def make_objective_id(key: str) -> str:
    """Return the id of the part of a group that stands for its Recommendation or outcome as a whole.

    >>> make_objective_id("R.10")
    'r.10_obj'
    """
    return f"{make_token(key)}_obj"


def name_catalogue(edition: str) -> str:
    """Return the name of the file of the catalogue of an edition."""
    return f"{edition}.catalog.json"


def make_uuid(*keys: str) -> str:
    """Return the UUID of something: the same keys give the same UUID.

    >>> make_uuid("party")
    '3e967b23-8ec7-5c8f-a514-8b33d6c36af3'
    """
    return str(uuid.uuid5(_UUIDS, "\n".join(keys)))


def make_property(name: str, value: object, *, is_own: bool = True) -> dict[str, str]:
    """Return a property; `is_own` names are in our namespace."""
    return {"name": name, **({"ns": NAMESPACE} if is_own else {}), "value": " ".join(str(value).split())}


def make_properties(values: Mapping[str, object]) -> list[dict[str, str]]:
    """Return our own properties with their values, without those that are absent or empty."""
    return [make_property(name, value) for name, value in values.items() if value not in (None, "")]


def escape_markup(text: str) -> str:
    r"""Return a text that people typed so that OSCAL's markup shows it as it is.

    >>> print(escape_markup("see [annex] <b>"))
    see \[annex\] \<b\>
    """
    return _MARKUP.sub(r"\\\1", text)


def make_metadata(*, title: str, version: str, modified: str, notices: Iterable[str]) -> dict[str, Any]:
    """Return the metadata of a document; `modified` is a moment with its zone, `notices` are its remarks."""
    party = make_uuid("party", AUTHORS)
    return {
        "title": title,
        "last-modified": modified,
        "version": version,
        "oscal-version": VERSION,
        "links": [{"href": LICENCE_PAGE, "rel": "license", "text": LICENCE_NAME}],
        "roles": [{"id": "creator", "title": "Creator"}],
        "parties": [{"uuid": party, "type": "organization", "name": AUTHORS}],
        "responsible-parties": [{"role-id": "creator", "party-uuids": [party]}],
        "remarks": "\n\n".join(notices),
    }


def drop_empty(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the entries that have a value, because OSCAL allows no empty list and no empty text."""
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}


def render_document(kind: str, body: Mapping[str, Any]) -> bytes:
    """Return a document as JSON; its UUID follows from its content, so that it changes whenever that changes."""
    content = json.dumps(body, ensure_ascii=False, sort_keys=True)
    document = {kind: {"uuid": make_uuid(kind, content), **body}}
    return (json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False) + "\n").encode()
