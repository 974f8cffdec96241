"""The workbook of a follow-up, declared: the report's table, what is to be rated again, what changed by criterion."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fatf_kit.core.ratings import COMPLIANCE_SCALE
from fatf_kit.follow_up_report.re_ratings import AddressedState
from fatf_kit.framework.requirement_ids import list_all_ids
from fatf_kit.spreadsheets.schema import BookSchema, CellKind, Choices, SheetColumn, SheetTable, message_choices

RATINGS = Choices("fu_ratings", lambda _: {str(one): str(one) for one in reversed(COMPLIANCE_SCALE)})
ADDRESSED = message_choices("fu_addressed", lambda: AddressedState)

_PROSE: Mapping[str, Any] = {"kind": CellKind.PRINTED, "style": "requirement"}
_RATED: Mapping[str, Any] = {"kind": CellKind.CHOICE, "style": "rating"}

PASTED = SheetTable(
    name="pasted",
    nameless=True,
    unfilled=True,
    has_titles=True,
    columns=(
        SheetColumn("pasted_unit", "Recommendation, as in the report's table", width=34),
        SheetColumn("pasted_rating", "Rating in the report", width=12, style="short text", unread=True),
        SheetColumn("factors", "Factors behind the rating", width=90),
    ),
)
"""The table of ratings and factors at the end of a report, pasted as it stands there."""

REQUESTS = SheetTable(
    name="requests",
    ids=list_all_ids,
    columns=(
        SheetColumn("unit", "Recommendation", kind=CellKind.ID, width=16),
        SheetColumn("title", "Title", width=48, **_PROSE),
        SheetColumn("rating_then", "Rating in the report", kind=CellKind.PRINTED, width=12),
        SheetColumn("requested", "Re-rating requested", choices=RATINGS, width=14, **_RATED),
        SheetColumn("weight", "Examples that include it", kind=CellKind.PRINTED, width=16),
        SheetColumn("remark", "Remark", width=40, unread=True),
    ),
)

CRITERIA = SheetTable(
    name="criteria",
    ids=list_all_ids,
    columns=(
        SheetColumn("criterion", "Criterion", kind=CellKind.ID, width=14),
        SheetColumn("statement", "What is asked", width=44, **_PROSE),
        SheetColumn("deficiency", "Shortcoming in the report", width=34, multiline=True),
        SheetColumn("addressed", "Status of the shortcoming", choices=ADDRESSED, width=14, **_RATED),
        SheetColumn("changed", "Change since the report", width=38, multiline=True),
        SheetColumn("citation", "Law and article", width=24, multiline=True),
        SheetColumn("since", "In force since", kind=CellKind.DATE, width=12),
    ),
)

FOLLOW_UP = BookSchema(
    kind="follow-up",
    what="a follow-up workbook",
    command="fatf-kit follow-up template",
    tables=(PASTED, REQUESTS, CRITERIA),
)
