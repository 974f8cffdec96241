"""The workbook of a country's last report, declared: its recommended actions and deficiencies, to be answered."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from fatf_kit.spreadsheets.schema import BookSchema, CellKind, SheetColumn, SheetTable, message_choices


class ItemState(StrEnum):
    """How far an item of the last report has been dealt with, as the country reports."""

    NOT_STARTED = "not started"
    UNDER_WAY = "under way"
    DONE = "done"


STATES = message_choices("report_states", lambda: ItemState)

_PRINTED = CellKind.PRINTED
_KEPT: dict[str, Any] = {"kind": _PRINTED, "kept": True}
_ANSWERS = (
    SheetColumn("label", "Short label in your own words", width=40),
    SheetColumn("owner", "Lead agency", width=20),
    SheetColumn("state", "Status", kind=CellKind.CHOICE, choices=STATES, width=14, style="rating"),
    SheetColumn("done", "What has been done since", width=46),
    SheetColumn("evidence", "Evidence", width=30),
)
ANSWER_KEYS = tuple(column.key for column in _ANSWERS)
"""The columns in which the country answers, in both tables. Each has a reader in `items`."""

_PAGE = SheetColumn("page", "Page of the report", **_KEPT, width=10)
_BEGINNING = SheetColumn("beginning", "First words, to find it", **_KEPT, width=36)

ACTIONS = SheetTable(
    name="report_actions",
    unfilled=True,
    columns=(
        SheetColumn("action", "No.", kind=CellKind.ID, width=9),
        SheetColumn("list", "List in the report", **_KEPT, width=16),
        SheetColumn("units", "Outcome or Recommendation", **_KEPT, width=18),
        _PAGE,
        _BEGINNING,
        *_ANSWERS,
    ),
)
"""One row for each recommended action."""

DEFICIENCIES = SheetTable(
    name="report_deficiencies",
    unfilled=True,
    columns=(
        SheetColumn("deficiency", "No.", kind=CellKind.ID, width=9),
        SheetColumn("unit", "Recommendation", **_KEPT, width=16),
        SheetColumn("criteria", "Criteria that it names", **_KEPT, width=18),
        _PAGE,
        _BEGINNING,
        *_ANSWERS,
    ),
)
"""One row for each factor of the report's table of ratings."""

COMPARED = SheetTable(
    name="report_comparison",
    columns=(
        SheetColumn("unit", "Recommendation or outcome", kind=_PRINTED, width=18),
        SheetColumn("title", "Title", kind=_PRINTED, width=48, style="requirement"),
        SheetColumn("stated", "Rating in the report", kind=_PRINTED, width=12),
        SheetColumn("page", "Page of the report", kind=_PRINTED, width=10),
        SheetColumn("published", "Rating in the published table", kind=_PRINTED, width=14),
        SheetColumn("rolled", "Calculated from the criterion ratings", kind=_PRINTED, width=16),
        SheetColumn("result", "Calculation", kind=_PRINTED, width=22),
    ),
)
"""One row for each Recommendation and outcome. It is only shown, and not read back."""

LAST_REPORT = BookSchema(
    kind="last-report",
    what="the recommended actions of the last report",
    command="fatf-kit report-in",
    tables=(ACTIONS, DEFICIENCIES),
)
