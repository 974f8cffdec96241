"""The proposals for the columns of a register: values, the reasons in words, and a mapping as JSON for analysts.

The JSON has the same proposals as the workbook of `npo map`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fatf_kit.core.messages import Translator

SCHEMA = "fatf-kit/npo-mapping/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnProposal:
    """One column for one field. `codes` are by the register's own value, a prefix ending in "*"; "" says nothing.

    `reason` is a key of `reasons`. `joined` columns of yes and no make up one field together, and "yes" then means the
    code `joined`.
    """

    heading: str
    field: str
    reason: str
    codes: Mapping[str, str] = dataclasses.field(default_factory=dict)
    separator: str | None = None
    unit: str | None = None
    dates: str | None = None
    is_order_unclear: bool = False
    joined: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingProposal:
    """The proposal for a register: fields, why a heading got none (a key of `reasons`), and the home country.

    `home` is the code of the country and the heading of the addresses that show it, None where none do.
    """

    proposals: tuple[ColumnProposal, ...]
    left: Mapping[str, str]
    home: tuple[str, str] | None = None

    def of(self, heading: str) -> tuple[ColumnProposal, ...]:
        """Return what a heading is proposed for, the main field first."""
        return tuple(proposal for proposal in self.proposals if proposal.heading == heading)


def reasons(t: Translator) -> dict[str, str]:
    """Why a field is proposed, or none is, in words."""
    return {
        "name": t("The heading is the name of the field."),
        "known": t("The heading is a known name of the field."),
        "words": t("The heading contains words of the field, and the values fit it."),
        "empty": t("The heading has words of the field. The column is empty in the rows that were looked at."),
        "joined": t("Yes or no for one value of the field. All such columns count together."),
        "also": t("The same values show this field too."),
        "refused": t("Refused: personal traits or names. Delete the column before the register is read."),
        "person": t("Names or contacts. They are not needed."),
        "address": t("An address. It does not show where a body works."),
        "whom": t("Whom a body helps, but the values are not groups of the list."),
        "groups": t("Whom a body helps. Groups by faith, descent, origin or opinion are left out. It is never scored."),
        "identity": t("It names faith, descent, origin or opinion and is left out."),
        "taken": t("Another column fits this field better."),
        "unfit": t("The heading fits a field, but the values do not."),
        "none": t("No field was found for it."),
    }


def home_reason(proposed: MappingProposal, t: Translator) -> str:
    """Why the home country is proposed; "" where none is."""
    if proposed.home is None:
        return ""
    return t("Nearly all addresses in the column '{heading}' are in this country.", heading=proposed.home[1])


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
