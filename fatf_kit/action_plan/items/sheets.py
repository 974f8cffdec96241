"""The sheets of items, cycles, reports, evidence and work in action-plan.xlsx, declared with checks of whole rows."""

from __future__ import annotations

from dataclasses import replace

from fatf_kit.action_plan.items.model import CycleRecord, ItemEvidence, PlanItem, PlanWork, ReportCycle
from fatf_kit.action_plan.items.plan_rows import PlanContext, read_number
from fatf_kit.spreadsheets.declared_rows import DeclaredRow
from fatf_kit.spreadsheets.declared_sheets import DeclaredSheet


def _check_record(row: DeclaredRow[PlanContext], record: CycleRecord) -> CycleRecord:
    return replace(record, id=row.cells.id or f"+{row.number}")


def _check_evidence(row: DeclaredRow[PlanContext], evidence: ItemEvidence) -> ItemEvidence:
    return replace(evidence, id=read_number(row) or f"+{row.number}")


def _check_work(row: DeclaredRow[PlanContext], work: PlanWork) -> PlanWork:
    if work.start and work.due and work.due < work.start:
        row.report("item-dates", "due", start=work.start, end=work.due)
    return replace(work, id=read_number(row))


ITEMS = DeclaredSheet(
    name="plan_items",
    row_type=PlanItem,
    title="Items",
    about="One row for each item of a plan, in the wording of the plan, with a number like PI-03. A part of an "
    "item has a number like PI-03.1. An item keeps its number when it moves from one plan to the next.",
    is_nameless=True,
    is_unfilled=True,
    unique=("id",),
    twice="item-twice",
)
"""One row for each item and sub-item. A row without wording and label is not an item."""

RECORDS = DeclaredSheet(
    name="item_records",
    row_type=CycleRecord,
    title="Reports by cycle",
    about="One row for each item and cycle: what was done, what is still to come, and the status that the "
    "country claims. After the Plenary enter the status that was decided. It stays in the workbook. Only the "
    "coordinator confirms a claim without evidence; otherwise no report proposes it.",
    unique=("item", "cycle", "plan"),
    twice="item-twice",
    check=_check_record,
)
"""One row for each item and cycle. A decided status is typed after the Plenary and stays."""

EVIDENCE = DeclaredSheet(
    name="item_evidence",
    row_type=ItemEvidence,
    title="Evidence",
    about="One row for each law, line of figures, case or document. Laws are named by their number in the "
    "register of laws, figures by period like '{figures}'. A period is compared with the one before it if "
    "both have the same length. Leave the cycle blank for what was handed in before the first cycle. "
    "'fatf-kit action-plan make' writes annex numbers that are missing. Notes are never in a report. "
    "Name the threats or sectors that figures and cases concern, because reviewers judge results by risk.",
    facts={"figures": "2025 H1: 4; 2025 H2: 9"},
    ref="what",
    check=_check_evidence,
)
"""One row for each piece of evidence."""

CYCLES = DeclaredSheet(
    name="item_cycles",
    row_type=ReportCycle,
    title="Cycles",
    about="One row for each Plenary to which the country reports. Days that you do not enter are calculated.",
    is_nameless=True,
    is_unfilled=True,
    unique=("id",),
    twice="item-twice",
)
"""One row for each cycle. Days that are not set are calculated."""

WORK = DeclaredSheet(
    name="item_work",
    row_type=PlanWork,
    title="Actions",
    about="The work of the country. One action may serve items of several plans, and is done once.",
    is_nameless=True,
    is_unfilled=True,
    ref="what",
    check=_check_work,
)
"""One row for each action of the country, however many items of whichever plans it serves."""
