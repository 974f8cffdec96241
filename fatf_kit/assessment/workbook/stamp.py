"""What a template of answers says about itself: its edition, for whom it is, what it asks."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields

from fatf_kit.assessment.workbook.model import Layout, Stamp
from fatf_kit.assessment.workbook.schema import ANSWERS
from fatf_kit.core.resources import tool_version

_FIELDS = tuple(field.name for field in fields(Stamp))


def make_stamp(layout: Layout) -> Stamp:
    """The stamp of a template. Two templates share `template` exactly when they ask the same of the same people."""
    facts = [
        ANSWERS.layout,
        layout.edition,
        layout.edition_digest,
        layout.language,
        layout.agency,
        layout.country,
        layout.cut_off.isoformat() if layout.cut_off else None,
        [[row.requirement, row.statement, row.ask] for sheet in layout.sheets for row in sheet.rows],
    ]
    digest = hashlib.sha256(json.dumps(facts, ensure_ascii=False).encode()).hexdigest()
    return Stamp(
        kit=tool_version(),
        layout=ANSWERS.layout,
        edition=layout.edition,
        edition_digest=layout.edition_digest,
        language=layout.language,
        agency=layout.agency,
        template=digest[:16],
        notice=layout.notice,
    )


def stamp_facts(stamp: Stamp) -> dict[str, str]:
    """The stamp as texts by field, an absent agency as an empty text."""
    return {name: "" if (value := getattr(stamp, name)) is None else str(value) for name in _FIELDS}


def stamp_from_facts(facts: Mapping[str, str]) -> Stamp | None:
    """The stamp behind such texts; None where the edition or the layout's number is gone.

    >>> stamp_from_facts({"edition": "fatf-2022", "layout": "1"}).edition
    'fatf-2022'
    """
    layout = facts.get("layout", "")
    if not facts.get("edition") or not (layout.isascii() and layout.isdigit()):
        return None
    return Stamp(
        kit=facts.get("kit", ""),
        layout=int(layout),
        edition=facts["edition"],
        edition_digest=facts.get("edition_digest", ""),
        language=facts.get("language", ""),
        agency=facts.get("agency") or None,
        template=facts.get("template", ""),
        notice=facts.get("notice", ""),
    )
