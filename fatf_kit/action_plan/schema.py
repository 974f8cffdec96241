"""The workbook of a plan, declared: what its owners fill in, and what is printed next to it."""

from __future__ import annotations

from fatf_kit.action_plan.efforts import load_efforts
from fatf_kit.action_plan.model import ActionStatus
from fatf_kit.spreadsheets.schema import BookSchema, CellKind, Column, Table, message_choices

STATUSES = message_choices("plan_status", lambda: map(str, ActionStatus))
STAGES = message_choices("plan_stage", lambda: list(load_efforts().stages.values()))

_PRINTED, _IDS = CellKind.PRINTED, CellKind.IDS

ACTIONS = Table(
    name="actions",
    nameless=True,
    unfilled=True,
    columns=(
        Column(key="id", heading="No.", kind=CellKind.ID, width=7),
        Column(key="what", heading="Action", width=34),
        Column(key="owner", heading="Owner", width=20),
        Column(key="status", heading="Status", kind=CellKind.CHOICE, choices=STATUSES, width=13, style="rating"),
        Column(key="stage", heading="Stage reached", kind=CellKind.CHOICE, choices=STAGES, width=15),
        Column(key="start", heading="Start", kind=CellKind.DATE, width=11),
        Column(key="due", heading="Due", kind=CellKind.DATE, width=11),
        Column(key="done_on", heading="Done on", kind=CellKind.DATE, width=11),
        Column(key="evidence", heading="Evidence that it is done", width=30),
        Column(key="note", heading="To note", width=28),
        Column(key="after", heading="Waits for", kind=_IDS, width=14, style="ids", folded=True),
        Column(key="effort", heading="Own estimate of effort, person-days", kind=CellKind.COUNT, width=12, folded=True),
        Column(
            key="requirements",
            heading="Closes what falls short in",
            kind=_IDS,
            width=24,
            style="ids",
            folded=True,
        ),
        Column(key="shown", heading="Closes what lacks proof in", kind=_IDS, width=24, style="ids", folded=True),
        Column(key="concerns", heading="Prepares for questions on", kind=_IDS, width=20, style="ids", folded=True),
        Column(key="kind", heading="kind", kind=_PRINTED, kept=True, style="key", hidden=True),
        Column(key="cause", heading="cause", kind=_PRINTED, kept=True, style="key", hidden=True),
        Column(key="stages", heading="stages", kind=_PRINTED, kept=True, style="key", hidden=True),
    ),
)
"""The actions. Folded columns are for those who plan; they are not printed."""

DETAILS = Table(
    name="details",
    columns=(
        Column(key="id", heading="No.", kind=_PRINTED, width=7, style="id"),
        Column(key="what", heading="Action", kind=_PRINTED, width=34, style="requirement"),
        Column(key="details", heading="What it has to achieve", kind=_PRINTED, width=60, style="requirement"),
        Column(key="proof", heading="What would show it", kind=_PRINTED, width=30, style="requirement"),
        Column(key="effect", heading="Effect on its own", kind=_PRINTED, width=28, style="requirement"),
        Column(key="source", heading="Proposed by", kind=_PRINTED, width=16, style="requirement"),
    ),
)
"""What each action is for, on a sheet of its own, so that the rows that people work in stay low."""

RATINGS = Table(
    name="ratings",
    columns=(
        Column(key="unit", heading="Unit", kind=_PRINTED, width=13, style="id"),
        Column(key="title", heading="Title", kind=_PRINTED, width=56, style="requirement"),
        Column(key="now", heading="Shown at the start", kind=_PRINTED, width=16),
        Column(key="claimed", heading="Claimed at the start", kind=_PRINTED, width=16),
    ),
)
"""The ratings at the start, printed next to the actions."""

CALENDAR = Table(
    name="calendar",
    columns=(
        Column(key="day", heading="Date", kind=_PRINTED, width=12, style="kept date"),
        Column(key="until", heading="Until", kind=_PRINTED, width=12, style="kept date"),
        Column(key="step", heading="Step", kind=_PRINTED, width=70, style="requirement"),
        Column(key="by", heading="Who acts", kind=_PRINTED, width=14),
        Column(key="confidence", heading="Confidence", kind=_PRINTED, width=18),
    ),
)
"""The dates of the evaluation, printed likewise."""

BASELINE_MARK = "fatf-kit:baseline"

PLAN = BookSchema(kind="plan", what="a plan", command="fatf-kit plan", tables=(ACTIONS,), hidden=(BASELINE_MARK,))
