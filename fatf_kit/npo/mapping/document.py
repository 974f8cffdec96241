"""A proposed mapping as JSON, for analysts: the same proposals as in the workbook of `npo map`."""

from __future__ import annotations

from typing import Any

from fatf_kit.core.messages import Translator
from fatf_kit.npo.mapping.proposals import MappingProposal, home_reason, reasons

SCHEMA = "fatf-kit/npo-mapping/1"


def mapping_document(proposed: MappingProposal) -> dict[str, Any]:
    """Return the proposals as the JSON of a mapping, each with its reason. To be looked through.

    Headings for which nothing is proposed are listed under "ignored". Dates whose order of day and month is open, or
    contradicts itself, are listed under "dates_unclear"; without an entry the day comes first.
    """
    t = Translator("en")
    why = reasons(t)
    columns: dict[str, Any] = {}
    for proposal in proposed.proposals:
        if proposal.joined:
            joined = columns.setdefault(proposal.field, {"join": {}, "because": why[proposal.reason]})
            joined["join"][proposal.heading] = proposal.joined
            continue
        item: dict[str, Any] = {"from": proposal.heading, "because": why[proposal.reason]}
        if proposal.codes:
            item["codes"] = dict(proposal.codes)
        item |= {key: value for key in ("separator", "unit", "dates") if (value := getattr(proposal, key)) is not None}
        columns[proposal.field] = item
    made: dict[str, Any] = {"schema": SCHEMA, "columns": columns}
    if proposed.home:
        made["home_country"] = {"constant": proposed.home[0], "because": home_reason(proposed, t)}
    if unclear := [proposal.field for proposal in proposed.proposals if proposal.is_order_unclear]:
        made["dates_unclear"] = unclear
    return {**made, "ignored": list(proposed.left)}
