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
        SheetColumn("id", "No.", kind=_ID, width=9),
        SheetColumn("wording", "Item as worded in the plan", width=52, multiline=True),
        SheetColumn("label", "Short label in your own words", width=34),
        SheetColumn("plans", "Plans it belongs to", kind=CellKind.CHOICES, choices=PLANS, width=22),
        SheetColumn("asks", "What it asks for", kind=_CHOICE, choices=ASKS, width=20),
        SheetColumn("units", "Outcomes and Recommendations", kind=_IDS, width=18, style="ids"),
        SheetColumn("deadline", "Deadline (year-month)", width=12, style="short text"),
        SheetColumn("lead", "Lead agency", width=20),
        SheetColumn("supporting", "Supporting agencies", width=24),
        SheetColumn("sustained", "How it will be sustained", width=40, multiline=True),
        SheetColumn("baseline", "Finding of the report that it answers", width=40, multiline=True, optional=True),
        SheetColumn("report", "Source report", width=24, folded=True),
        SheetColumn("place", "Paragraph or page", width=12, style="short text", folded=True),
        SheetColumn("origin", "Row of last-report.xlsx", width=12, style="short text", folded=True),
        NOTE,
    ),
)
"""One row for each item and sub-item. A row without wording and label is not an item."""

_ITEM = SheetColumn("item", "Plan item", width=10, style="short text")
_STATUS: Mapping[str, Any] = {**RATED, "choices": ITEM_STATUSES, "width": 18}

CONFIRMED = SheetColumn("confirmed", "Claim without evidence confirmed by (name, day)", width=22, optional=True)
"""Filled by the coordinator alone: who confirmed that the country makes a claim although evidence is missing."""

RECORDS = make_numbered_table(
    "item_records",
    _ITEM,
    SheetColumn("cycle", "Cycle (year-month of the Plenary)", width=18, style="short text"),
    SheetColumn("plan", "Plan", kind=_CHOICE, choices=PLANS, width=20),
    SheetColumn("done", "Action taken in this cycle", width=56, multiline=True),
    SheetColumn("open", "Still to come: what, when and by whom", width=40, multiline=True),
    SheetColumn("claimed", "Status claimed", **_STATUS),
    CONFIRMED,
    SheetColumn("decided", "Status decided", **_STATUS),
    SheetColumn("reason", "Reason given by the reviewers", width=40, multiline=True),
)
"""One row for each item and cycle. A decided status is typed after the Plenary and stays."""

RISK = SheetColumn("risk", "Threats or sectors that the result concerns", width=28, optional=True)

EVIDENCE = make_numbered_table(
    "item_evidence",
    _ITEM,
    SheetColumn("kind", "Kind of evidence", kind=_CHOICE, choices=EVIDENCE_KINDS, width=14),
    SheetColumn("what", "Law and article, line of statistics, case, or document", width=44),
    SheetColumn("title", "Name in the report", width=34, optional=True),
    SheetColumn("series", "Figures by period", width=34),
    SheetColumn("direction", "Change to show", kind=_CHOICE, choices=DIRECTIONS, width=13),
    RISK,
    SheetColumn("cycle", "First handed in (cycle)", width=12, style="short text"),
    SheetColumn("annex", "Annex number", kind=CellKind.COUNT, width=9),
    SheetColumn("file", "File", width=24),
    NOTE,
)
"""One row for each piece of evidence."""

CYCLES = SheetTable(
    name="item_cycles",
    nameless=True,
    unfilled=True,
    columns=(
        SheetColumn("cycle", "Cycle (year-month of the Plenary)", kind=_ID, width=18, style="short text"),
        SheetColumn("plenary", "First day of the Plenary", kind=_DATE, width=14),
        SheetColumn("due", "Report due", kind=_DATE, width=14),
        SheetColumn("meeting", "Meeting with the joint group", kind=_DATE, width=14),
        SheetColumn("place", "Place of the meeting", width=20),
        SheetColumn("duty", "Compulsory or voluntary", kind=_CHOICE, choices=DUTIES, width=16),
        SheetColumn("visit", "Visit before removal", width=12, **TICKED),
        SheetColumn("note", "Notes", width=50, multiline=True),
    ),
)
"""One row for each cycle. Days that are not set are calculated."""

WORK = make_numbered_table(
    "item_work",
    SheetColumn("what", "Action", width=44, multiline=True),
    SheetColumn("items", "Serves items", kind=_IDS, width=18, style="ids"),
    SheetColumn("own", "Same as in plan.xlsx", kind=_IDS, width=14, style="ids", folded=True),
    SheetColumn("owner", "Owner", width=22),
    SheetColumn("status", "Status", choices=WORK_STATUSES, width=13, **RATED),
    SheetColumn("start", "Start", kind=_DATE, width=13),
    SheetColumn("due", "Due", kind=_DATE, width=13),
    SheetColumn("done_on", "Done on", kind=_DATE, width=13),
    SheetColumn("evidence", "Evidence of completion", width=28, multiline=True),
    NOTE,
    unfilled=True,
    has_ids=True,
)
"""One row for each action of the country, however many items of whichever plans it serves."""

PLAN_ITEMS = BookSchema(
    kind="plan-items",
    what="the items of plans that others word",
    command="fatf-kit action-plan make",
    tables=(ITEMS, RECORDS, EVIDENCE, CYCLES, WORK, *NEED_TABLES),
)
