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
        SheetColumn(key="id", heading="No.", kind=CellKind.ID, width=7),
        SheetColumn(key="what", heading="Action", width=34),
        SheetColumn(key="owner", heading="Owner", width=20),
        SheetColumn(key="status", heading="Status", choices=STATUSES, width=13, **RATED),
        SheetColumn(key="stage", heading="Last stage completed", kind=CellKind.CHOICE, choices=STAGES, width=15),
        SheetColumn(key="start", heading="Start", kind=CellKind.DATE, width=11),
        SheetColumn(key="due", heading="Due", kind=CellKind.DATE, width=13),
        SheetColumn(key="done_on", heading="Done on", kind=CellKind.DATE, width=11),
        SheetColumn(key="evidence", heading="Evidence of completion", width=24),
        SheetColumn(key="note", heading="Notes", width=34),
        SheetColumn(key="after", heading="Depends on", width=14, **_FOLDED_IDS),
        SheetColumn(
            key="effort", heading="Your estimate of effort (person-days)", kind=CellKind.COUNT, width=12, folded=True
        ),
        SheetColumn(key="requirements", heading="Closes shortcomings in", width=24, **_FOLDED_IDS),
        SheetColumn(key="shown", heading="Supplies missing evidence for", width=24, **_FOLDED_IDS),
        SheetColumn(key="concerns", heading="Prepares for questions on", width=20, **_FOLDED_IDS),
        SheetColumn(key="kind", heading="kind", hidden=True, **_KEPT),
        SheetColumn(key="cause", heading="cause", hidden=True, **_KEPT),
        SheetColumn(key="stages", heading="stages", hidden=True, **_KEPT),
    ),
)
"""The actions. Folded columns are for those who plan; they are not printed."""

DETAILS = SheetTable(
    name="details",
    columns=(
        SheetColumn(key="id", heading="No.", kind=_PRINTED, width=7, style="id"),
        SheetColumn(key="what", heading="Action", width=34, **PROSE),
        SheetColumn(key="details", heading="Result to achieve", width=60, **PROSE),
        SheetColumn(key="proof", heading="Evidence needed", width=30, **PROSE),
        SheetColumn(key="effect", heading="Effect of this action alone", width=28, **PROSE),
        SheetColumn(key="source", heading="Proposed by", width=16, **PROSE),
    ),
)
"""The purpose of each action, on a sheet of its own, so that the rows that people fill in stay low."""

RATINGS = SheetTable(
    name="ratings",
    columns=(
        SheetColumn(key="unit", heading="Unit", kind=_PRINTED, width=13, style="id"),
        SheetColumn(key="title", heading="Title", width=56, **PROSE),
        SheetColumn(key="now", heading="Shown at the start", kind=_PRINTED, width=16),
        SheetColumn(key="claimed", heading="Claimed at the start", kind=_PRINTED, width=16),
    ),
)
"""The ratings at the start, printed next to the actions."""

CALENDAR = SheetTable(
    name="calendar",
    columns=(
        SheetColumn(key="day", heading="Date", kind=_PRINTED, width=12, style="kept date"),
        SheetColumn(key="until", heading="Until", kind=_PRINTED, width=12, style="kept date"),
        SheetColumn(key="step", heading="Step", width=70, **PROSE),
        SheetColumn(key="by", heading="Who acts", kind=_PRINTED, width=14),
        SheetColumn(key="confidence", heading="Confidence", kind=_PRINTED, width=18),
    ),
)
"""The dates of the evaluation, printed likewise."""

BASELINE_MARK = "fatf-kit:baseline"

PLAN = BookSchema(
    kind="plan", what="an action plan", command="fatf-kit plan", tables=(ACTIONS,), hidden=(BASELINE_MARK,)
)
