"""The workbook of a plan, declared: what its owners fill in, and what is printed next to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fatf_kit.action_plan.efforts import load_efforts
from fatf_kit.action_plan.model import ActionStatus
from fatf_kit.spreadsheets.schema import BookSchema, CellKind, SheetColumn, SheetTable, message_choices

STATUSES = message_choices("plan_status", lambda: ActionStatus)
STAGES = message_choices("plan_stage", lambda: list(load_efforts().stages.values()))

_PRINTED = CellKind.PRINTED

PROSE: Mapping[str, Any] = {"kind": _PRINTED, "style": "requirement"}
RATED: Mapping[str, Any] = {"kind": CellKind.CHOICE, "style": "rating"}
"""Facts that columns have in common: printed sentences, and choices that are coloured."""

_FOLDED_IDS: Mapping[str, Any] = {"kind": CellKind.IDS, "style": "ids", "folded": True}
_KEPT: Mapping[str, Any] = {"kind": _PRINTED, "kept": True, "style": "key"}

ACTIONS = SheetTable(
    name="actions",
    nameless=True,
    unfilled=True,
    columns=(
        SheetColumn("id", "No.", kind=CellKind.ID, width=7),
        SheetColumn("what", "Action", width=34),
        SheetColumn("owner", "Owner", width=20),
        SheetColumn("status", "Status", choices=STATUSES, width=13, **RATED),
        SheetColumn("stage", "Last stage completed", kind=CellKind.CHOICE, choices=STAGES, width=15),
        SheetColumn("start", "Start", kind=CellKind.DATE, width=11),
        SheetColumn("due", "Due", kind=CellKind.DATE, width=13),
        SheetColumn("done_on", "Done on", kind=CellKind.DATE, width=11),
        SheetColumn("evidence", "Evidence of completion", width=24),
        SheetColumn("note", "Notes", width=34, unread=True),
        SheetColumn("after", "Depends on", width=14, **_FOLDED_IDS),
        SheetColumn("effort", "Your estimate of effort (person-days)", kind=CellKind.COUNT, width=12, folded=True),
        SheetColumn("requirements", "Closes shortcomings in", width=24, **_FOLDED_IDS),
        SheetColumn("shown", "Supplies missing evidence for", width=24, **_FOLDED_IDS),
        SheetColumn("concerns", "Prepares for questions on", width=20, **_FOLDED_IDS),
        SheetColumn("kind", "kind", hidden=True, **_KEPT),
        SheetColumn("cause", "cause", hidden=True, **_KEPT),
        SheetColumn("stages", "stages", hidden=True, **_KEPT),
    ),
)
"""The actions. Folded columns are for those who plan; they are not printed."""

DETAILS = SheetTable(
    name="details",
    columns=(
        SheetColumn("id", "No.", kind=_PRINTED, width=7, style="id"),
        SheetColumn("what", "Action", width=34, **PROSE),
        SheetColumn("details", "Result to achieve", width=60, **PROSE),
        SheetColumn("proof", "Evidence needed", width=30, **PROSE),
        SheetColumn("effect", "Effect of this action alone", width=28, **PROSE),
        SheetColumn("source", "Proposed by", width=16, **PROSE),
    ),
)
"""The purpose of each action, on a sheet of its own, so that the rows that people fill in stay low."""

RATINGS = SheetTable(
    name="ratings",
    columns=(
        SheetColumn("unit", "Rec. or outcome", kind=_PRINTED, width=13, style="id"),
        SheetColumn("title", "Title", width=56, **PROSE),
        SheetColumn("now", "Shown at the start", kind=_PRINTED, width=16),
        SheetColumn("claimed", "Claimed at the start", kind=_PRINTED, width=16),
    ),
)
"""The ratings at the start, printed next to the actions."""

CALENDAR = SheetTable(
    name="calendar",
    columns=(
        SheetColumn("day", "Date", kind=_PRINTED, width=12, style="kept date"),
        SheetColumn("until", "Until", kind=_PRINTED, width=12, style="kept date"),
        SheetColumn("step", "Step", width=70, **PROSE),
        SheetColumn("by", "Who acts", kind=_PRINTED, width=14),
        SheetColumn("confidence", "Confidence", kind=_PRINTED, width=18),
    ),
)
"""The dates of the evaluation, printed likewise."""

BASELINE_MARK = "fatf-kit:baseline"

PLAN = BookSchema(
    kind="plan", what="an action plan", command="fatf-kit plan", tables=(ACTIONS,), hidden=(BASELINE_MARK,)
)
