"""The forms that fields of JSON results share: ids, codes, counts, months and shares, with what a schema says of each.

A result of a command is a frozen dataclass whose fields have these types; its schema is derived from it. The key "from"
is the field `from_`, because Python does not allow its name; "for" and "with" likewise.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, TypeVar

from msgspec import UNSET, Meta, UnsetType

from fatf_kit.core.ratings import ComplianceRating, EffectivenessRating

Item = TypeVar("Item")

Absent = UnsetType
ABSENT = UNSET
"""The default of a field whose key is left out of the JSON where nothing is known of it."""

Text = Annotated[str, Meta(min_length=1)]
Month = Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}$")]
Count = Annotated[int, Meta(ge=0)]
Place = Annotated[int, Meta(ge=1)]
"""A place in an order, or a number of things of which there is at least one."""

Share = Annotated[float, Meta(ge=0, le=1)]
UnitId = Annotated[str, Meta(pattern=r"^(R|IO)\.[1-9][0-9]?$")]
"""A Recommendation or an Immediate Outcome."""

RequirementId = Annotated[str, Meta(pattern=r"^(R|IO)\.[0-9]+/[0-9]+\.[0-9]+(bis|ter)?(\([a-z0-9]+\))*(#[0-9]+)?$")]
OutcomeId = Annotated[str, Meta(pattern=r"^IO\.([1-9]|1[01])$")]


def one_of(values: Iterable[str]) -> Meta:
    """Allow some values only.

    >>> Direction = Annotated[str, one_of(("up", "down"))]
    """
    return Meta(extra_json_schema={"enum": [*values]})


RatingCode = Annotated[str, one_of((*ComplianceRating, *EffectivenessRating))]
EveryUnit = Annotated[tuple[Item, ...], Meta(min_length=51, max_length=51)]
"""One entry for each of the 40 Recommendations and 11 Immediate Outcomes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """The program that made a result, and the moment in ISO 8601."""

    tool: Text
    generated_at: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingShift:
    """A change of the rating of one Recommendation or outcome; null where the report gives none."""

    id: UnitId
    from_: RatingCode | None
    to: RatingCode | None
