"""The workbook of plans that others word, declared: items, cycles, what was reported, evidence and work."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fatf_kit.action_plan.items.model import Direction, ItemEvidenceKind, ReportDuty
from fatf_kit.action_plan.items.rules import load_monitoring
from fatf_kit.action_plan.needs.schema import NEED_LISTS, NEED_TABLES, NOTE, TICKED, word_choices
from fatf_kit.action_plan.schema import RATED
from fatf_kit.action_plan.schema import STATUSES as WORK_STATUSES
from fatf_kit.spreadsheets.schema import (
    TICK,
    BookSchema,
    CellKind,
    SheetColumn,
    SheetTable,
    make_numbered_table,
    message_choices,
)

_CHOICE, _DATE, _ID, _IDS = CellKind.CHOICE, CellKind.DATE, CellKind.ID, CellKind.IDS


PLANS = word_choices("item_plans", lambda: load_monitoring().kinds)
ASKS = word_choices("item_asks", lambda: load_monitoring().asks)
ITEM_STATUSES = message_choices("item_statuses", lambda: load_monitoring().statuses)
EVIDENCE_KINDS = message_choices("item_evidence", lambda: ItemEvidenceKind)
DIRECTIONS = message_choices("item_directions", lambda: Direction)
DUTIES = message_choices("item_duties", lambda: ReportDuty)

LISTS = (PLANS, ASKS, ITEM_STATUSES, EVIDENCE_KINDS, DIRECTIONS, DUTIES, WORK_STATUSES, TICK, *NEED_LISTS)
"""Every list behind a drop-down."""

ITEMS = SheetTable(
    name="plan_items",
    nameless=True,
    unfilled=True,
    columns=(
        SheetColumn(key="id", heading="No.", kind=_ID, width=9),
        SheetColumn(key="wording", heading="Item as worded in the plan", width=52, multiline=True),
        SheetColumn(key="label", heading="Short label in your own words", width=34),
        SheetColumn(key="plans", heading="Plans it belongs to", kind=CellKind.CHOICES, choices=PLANS, width=22),
        SheetColumn(key="asks", heading="What it asks for", kind=_CHOICE, choices=ASKS, width=20),
        SheetColumn(key="units", heading="Outcomes and Recommendations", kind=_IDS, width=18, style="ids"),
        SheetColumn(key="deadline", heading="Deadline (year-month)", width=12, style="short text"),
        SheetColumn(key="lead", heading="Lead agency", width=20),
        SheetColumn(key="supporting", heading="Supporting agencies", width=24),
        SheetColumn(key="sustained", heading="How it will be sustained", width=40, multiline=True),
        SheetColumn(key="report", heading="Source report", width=24, folded=True),
        SheetColumn(key="place", heading="Paragraph or page", width=12, style="short text", folded=True),
        SheetColumn(key="origin", heading="Row of last-report.xlsx", width=12, style="short text", folded=True),
        NOTE,
    ),
)
"""One row for each item and sub-item. A row without wording and label is not an item."""

_ITEM = SheetColumn(key="item", heading="Plan item", width=10, style="short text")
_STATUS: Mapping[str, Any] = {**RATED, "choices": ITEM_STATUSES, "width": 18}

RECORDS = make_numbered_table(
    "item_records",
    _ITEM,
    SheetColumn(key="cycle", heading="Cycle (year-month of the Plenary)", width=18, style="short text"),
    SheetColumn(key="plan", heading="Plan", kind=_CHOICE, choices=PLANS, width=20),
    SheetColumn(key="done", heading="Action taken in this cycle", width=56, multiline=True),
    SheetColumn(key="open", heading="Still to come: what, when and by whom", width=40, multiline=True),
    SheetColumn(key="claimed", heading="Status claimed", **_STATUS),
    SheetColumn(key="decided", heading="Status decided", **_STATUS),
    SheetColumn(key="reason", heading="Reason given by the reviewers", width=40, multiline=True),
)
"""One row for each item and cycle. A decided status is typed after the Plenary and stays."""

EVIDENCE = make_numbered_table(
    "item_evidence",
    _ITEM,
    SheetColumn(key="kind", heading="Kind of evidence", kind=_CHOICE, choices=EVIDENCE_KINDS, width=14),
    SheetColumn(key="what", heading="Law and article, line of statistics, case, or document", width=44),
    SheetColumn(key="title", heading="Name in the report", width=34, optional=True),
    SheetColumn(key="series", heading="Figures by period", width=34),
    SheetColumn(key="direction", heading="Change to show", kind=_CHOICE, choices=DIRECTIONS, width=13),
    SheetColumn(key="cycle", heading="First handed in (cycle)", width=12, style="short text"),
    SheetColumn(key="annex", heading="Annex number", kind=CellKind.COUNT, width=9),
    SheetColumn(key="file", heading="File", width=24),
    NOTE,
)
"""One row for each piece of evidence."""

CYCLES = SheetTable(
    name="item_cycles",
    nameless=True,
    unfilled=True,
    columns=(
        SheetColumn(key="cycle", heading="Cycle (year-month of the Plenary)", kind=_ID, width=18, style="short text"),
        SheetColumn(key="plenary", heading="First day of the Plenary", kind=_DATE, width=14),
        SheetColumn(key="due", heading="Report due", kind=_DATE, width=14),
        SheetColumn(key="meeting", heading="Meeting with the joint group", kind=_DATE, width=14),
        SheetColumn(key="place", heading="Place of the meeting", width=20),
        SheetColumn(key="duty", heading="Compulsory or voluntary", kind=_CHOICE, choices=DUTIES, width=16),
        SheetColumn(key="visit", heading="Visit before removal", width=12, **TICKED),
        SheetColumn(key="note", heading="Notes", width=50, multiline=True),
    ),
)
"""One row for each cycle. Days that are not set are calculated."""

WORK = make_numbered_table(
    "item_work",
    SheetColumn(key="what", heading="Action", width=44, multiline=True),
    SheetColumn(key="items", heading="Serves items", kind=_IDS, width=18, style="ids"),
    SheetColumn(key="own", heading="Same as in plan.xlsx", kind=_IDS, width=14, style="ids", folded=True),
    SheetColumn(key="owner", heading="Owner", width=22),
    SheetColumn(key="status", heading="Status", choices=WORK_STATUSES, width=13, **RATED),
    SheetColumn(key="start", heading="Start", kind=_DATE, width=13),
    SheetColumn(key="due", heading="Due", kind=_DATE, width=13),
    SheetColumn(key="done_on", heading="Done on", kind=_DATE, width=13),
    SheetColumn(key="evidence", heading="Evidence of completion", width=28, multiline=True),
    NOTE,
    unfilled=True,
)
"""One row for each action of the country, however many items of whichever plans it serves."""

PLAN_ITEMS = BookSchema(
    kind="plan-items",
    what="the items of plans that others word",
    command="fatf-kit action-plan make",
    tables=(ITEMS, RECORDS, EVIDENCE, CYCLES, WORK, *NEED_TABLES),
)
