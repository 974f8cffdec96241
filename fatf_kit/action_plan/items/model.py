"""The items of plans that others word, their evidence, cycles and work, with the columns in which they are typed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from fatf_kit.action_plan.items import choices
from fatf_kit.action_plan.items.choices import Direction, ItemEvidenceKind, ReportDuty
from fatf_kit.action_plan.items.periods import FigurePeriod, format_series, parse_series
from fatf_kit.action_plan.items.plan_rows import PlanContext, capitalise, parse_month, read_month
from fatf_kit.action_plan.items.rules import load_monitoring
from fatf_kit.action_plan.model import ActionStatus
from fatf_kit.action_plan.needs.model import CostLine, Need, Rate
from fatf_kit.action_plan.schema import STATUSES as WORK_STATUSES
from fatf_kit.core.local_names import list_names
from fatf_kit.core.problems import CellRef, quote_found
from fatf_kit.framework.catalog import get_unit_id, match_requirement
from fatf_kit.spreadsheets.declared_rows import DeclaredRow, refer_to
from fatf_kit.spreadsheets.declared_sheets import col, sheet_row
from fatf_kit.spreadsheets.schema import CellKind

_ITEM = re.compile(r"PI-\d{1,3}(\.\d{1,2})?")
_WORK = re.compile(r"(W-)?\d{1,4}", re.IGNORECASE)


def _read_item_id(row: DeclaredRow[PlanContext], _key: str) -> str | None:
    name = capitalise(row.cells.id)
    if not _ITEM.fullmatch(name):
        row.report_row("item-unnumbered", **quote_found(row.cells.id))
        return None
    return name


def _read_wording(row: DeclaredRow[PlanContext], key: str) -> str | None:
    """Read the wording, which may be blank where there is a label; a row with a number alone is no problem."""
    if row.cells.lines(key) or row.cells.text("label"):
        return row.cells.lines(key)
    if row.cells.values.keys() - {"id"}:
        row.report("item-untitled", "id", found=row.values["id"])
    return None


def _read_units(row: DeclaredRow[PlanContext], key: str) -> tuple[str, ...]:
    return tuple(_find_units(row, key))


def _find_units(row: DeclaredRow[PlanContext], key: str) -> Iterator[str]:
    framework = row.context.framework
    units = {unit.id for unit in framework.units}
    for name in row.cells.items(key):
        requirement = match_requirement(framework, name)
        unit = get_unit_id(requirement.id) if requirement else name.upper()
        if unit in units:
            yield unit
        else:
            row.report("item-unit", key, **quote_found(name))


_find_item = refer_to("plan_items", "item-unknown", capitalise)


def _read_cycle_id(row: DeclaredRow[PlanContext], key: str) -> str | None:
    name = parse_month(row.cells.id)
    if name is None:
        row.report("item-month", key, **quote_found(row.cells.id))
    return name


def _read_cycle(row: DeclaredRow[PlanContext], key: str) -> str | None:
    """Read the cycle that a cell names; empty where the cell is; None, with a problem, where it names no cycle."""
    text = row.cells.text(key)
    name = parse_month(text) if text else ""
    if name is None or (name and not row.reader.find_place("item_cycles", name)):
        cycles = ", ".join(row.context.cycles)
        row.report("item-cycle", key, **quote_found(text), names=cycles)
        return None
    return name


def _read_plan(row: DeclaredRow[PlanContext], key: str) -> str | None:
    """Read the plan of a row; that of its item, where the item belongs to one only."""
    plan, item = row.cells.choice(key), row.values.get("item")
    if plan or item is None:
        return plan
    plans = row.context.plans.get(item, ())
    if len(plans) == 1:
        return plans[0]
    row.report("item-plan", key, found=item)
    return None


def _read_status(row: DeclaredRow[PlanContext], key: str) -> str | None:
    """Read a status of the scale of the plan of a row."""
    status, plan = row.cells.choice(key), row.values.get("plan")
    if status is None or plan is None or load_monitoring().scale_of(plan).rank(status) >= 0:
        return status
    names = list_names(map(choices.ITEM_STATUSES.local_name, load_monitoring().scale_of(plan).names))
    row.report("item-status", key, names=names, found=choices.ITEM_STATUSES.local_name(status))
    return None


def _read_series(row: DeclaredRow[PlanContext], key: str) -> tuple[FigurePeriod, ...]:
    figures, fault = parse_series(row.cells.lines(key))
    if fault is not None:
        row.report("item-series", key, **quote_found(fault))
    return figures


def _read_work(row: DeclaredRow[PlanContext], key: str) -> str | None:
    """Read what an action is; a row in which nothing but a number is filled in is no action, and no problem."""
    if row.cells.text(key):
        return row.cells.lines(key)
    if row.cells.values.keys() - {"row"} or not _WORK.fullmatch(row.cells.text("row")):
        row.report_blank(key)
    return None


def _read_served(row: DeclaredRow[PlanContext], key: str) -> tuple[str, ...]:
    served = {name.upper(): row.reader.find_place("plan_items", name.upper()) for name in row.cells.items(key)}
    for name in (name for name, place in served.items() if place is None):
        row.report("item-unknown", key, **quote_found(name))
    return tuple(name for name, place in served.items() if place)


@sheet_row
class PlanItem:
    """One item or sub-item, in the wording that the country typed or pasted.

    Attributes:
        id: Like "PI-03"; a sub-item has the id of its item and a number, like "PI-03.1".
        wording: The item as worded in the plan; empty where only `label` is given.
        label: The country's own short words for it.
        plans: Ids of the kinds of plan that it belongs to now.
        report: The report or statement that it comes from.
        place: Paragraph or page of that report.
        baseline: The finding of that report that it answers, in the country's own words.
        origin: Id of the row of last-report.xlsx that it was made from; empty without one.
        asks: Id of what it asks for; empty where that is open.
        units: Recommendations and outcomes.
        deadline: Month of the deadline, "YYYY-MM"; empty where none is set.
        lead: The lead agency as typed.
        supporting: Other agencies as typed.
        sustained: How the country will sustain it after its removal from the list.
    """

    id: str = col("No.", 9, required="row-nameless", read=_read_item_id)
    wording: str = col("Item as worded in the plan", 52, multiline=True, needed=True, read=_read_wording)
    label: str = col("Short label in your own words", 34)
    plans: tuple[str, ...] = col("Plans it belongs to", 22, choices=choices.PLANS)
    asks: str = col("What it asks for", 20, choices=choices.ASKS)
    units: tuple[str, ...] = col("Outcomes and Recommendations", 18, style="ids", read=_read_units)
    deadline: str = col("Deadline (year-month)", 12, style="short text", read=read_month)
    lead: str = col("Lead agency", 20)
    supporting: str = col("Supporting agencies", 24)
    sustained: str = col("How it will be sustained", 40, multiline=True)
    baseline: str = col("Finding of the report that it answers", 40, multiline=True, optional=True)
    report: str = col("Source report", 24, folded=True)
    place: str = col("Paragraph or page", 12, style="short text", folded=True)
    origin: str = col("Row of last-report.xlsx", 12, style="short text", folded=True)
    note: str = col("Notes", 34, folded=True, multiline=True)
    ref: CellRef | None = None

    @property
    def title(self) -> str:
        """Its short label, or else its wording."""
        return self.label or self.wording

    @property
    def has_baseline(self) -> bool:
        """Whether the finding that it answers is stated, or can be looked up in a report."""
        return bool(self.baseline or (self.report and self.place))

    @property
    def parent(self) -> str:
        """The id of the item that it is a part of; empty for an item.

        >>> PlanItem(id="PI-03.1").parent, PlanItem(id="PI-03").parent
        ('PI-03', '')
        """
        return self.id.rpartition(".")[0]


@sheet_row
class ItemEvidence:
    """One piece of evidence for an item.

    `what` is a number of the register of laws with an article, a line of the statistics ("table/row/measure"), the id
    of a case, or the name of a document. `title` is its name in the reports, empty where `what` is one; `note` is for
    the country alone. `series` are figures as typed; without them those of the line count.
    `direction` is the change that the figures must show, None where they only inform. `cycle` is the cycle in which it
    was first handed in, empty where it was before all cycles; `annex` its number among the annexes, None while open.
    `risk` are the threats or sectors that a result concerns, as typed, where neither its line nor its case names them.
    """

    id: str = ""
    item: str = col("Plan item", 10, style="short text", required="row-nameless", read=_find_item)
    kind: ItemEvidenceKind = col("Kind of evidence", choices=choices.EVIDENCE_KINDS, required="item-evidence-kind")
    what: str = col("Law and article, line of statistics, case, or document", 44)
    title: str = col("Name in the report", 34, optional=True)
    series: tuple[FigurePeriod, ...] = col(
        "Figures by period", 34, kind=CellKind.TEXT, read=_read_series, write=format_series
    )
    direction: Direction | None = col("Change to show", 13, choices=choices.DIRECTIONS)
    risk: str = col("Threats or sectors that the result concerns", 28, optional=True)
    cycle: str = col("First handed in (cycle)", 12, style="short text", needed=True, read=_read_cycle)
    annex: int | None = col("Annex number", 9, kind=CellKind.COUNT)
    file: str = col("File", 24)
    note: str = col("Notes", 34, folded=True, multiline=True)
    ref: CellRef | None = None


@sheet_row
class CycleRecord:
    """The report on an item in one cycle, and the decision on it.

    `plan` is the kind of plan under which it was reported; statuses are those of its scale, None while open. `claimed`
    is what the country proposes, `decided` what the Plenary decided, with the reviewers' reason. `confirmed` says who
    confirmed for the country that it makes the claim although evidence is missing; empty where nobody did.
    """

    id: str = ""
    item: str = col("Plan item", 10, style="short text", required="row-nameless", read=_find_item)
    cycle: str = col(
        "Cycle (year-month of the Plenary)", 18, style="short text", required="row-nameless", read=_read_cycle
    )
    plan: str = col("Plan", 20, choices=choices.PLANS, needed=True, read=_read_plan)
    done: str = col("Action taken in this cycle", 56, multiline=True)
    open: str = col("Still to come: what, when and by whom", 40, multiline=True)
    claimed: str | None = col("Status claimed", 18, style="rating", choices=choices.ITEM_STATUSES, read=_read_status)
    confirmed: str = col("Claim without evidence confirmed by (name, day)", 22, optional=True)
    decided: str | None = col("Status decided", 18, style="rating", choices=choices.ITEM_STATUSES, read=_read_status)
    reason: str = col("Reason given by the reviewers", 40, multiline=True)
    ref: CellRef | None = None


@sheet_row
class ReportCycle:
    """One cycle of reporting, named by the month of its Plenary, "YYYY-MM".

    Days are None where they are not set. `is_visit` says that the joint group's visit before removal is in it.
    """

    id: str = col(
        "Cycle (year-month of the Plenary)",
        18,
        key="cycle",
        style="short text",
        required="row-nameless",
        read=_read_cycle_id,
    )
    plenary: date | None = col("First day of the Plenary")
    due: date | None = col("Report due")
    meeting: date | None = col("Meeting with the joint group")
    place: str = col("Place of the meeting", 20)
    duty: ReportDuty | None = col("Compulsory or voluntary", 16, choices=choices.DUTIES)
    is_visit: bool = col("Visit before removal", 12, key="visit", style="rating")
    note: str = col("Notes", 50, multiline=True)
    ref: CellRef | None = None

    @property
    def last_day(self) -> date:
        """The day up to which evidence can be in its report: the due day, or else the first of its month."""
        return self.due or self.first_day

    @property
    def first_day(self) -> date:
        """The first of its month."""
        return date.fromisoformat(f"{self.id}-01")


@sheet_row
class PlanWork:
    """One action of the country, done once for all items that it serves.

    `own` are ids of actions of the country's own plan that are the same work.
    """

    id: str = col("No.", 8, key="row")
    what: str = col("Action", 44, multiline=True, needed=True, read=_read_work)
    items: tuple[str, ...] = col("Serves items", 18, style="ids", read=_read_served)
    own: tuple[str, ...] = col("Same as in plan.xlsx", style="ids", folded=True)
    owner: str = col("Owner", 22)
    status: ActionStatus = col("Status", 13, style="rating", choices=WORK_STATUSES, default=ActionStatus.NOT_STARTED)
    start: date | None = col("Start", 13)
    due: date | None = col("Due", 13)
    done_on: date | None = col("Done on", 13)
    evidence: str = col("Evidence of completion", 28, multiline=True)
    note: str = col("Notes", 34, folded=True, multiline=True)
    ref: CellRef | None = None

    @property
    def is_done(self) -> bool:
        """Done, and something shows it."""
        return self.status is ActionStatus.DONE and bool(self.evidence)

    @property
    def is_to_do(self) -> bool:
        """Whether it is neither done nor dropped."""
        return self.status not in (ActionStatus.DONE, ActionStatus.DROPPED)


@dataclass(frozen=True, kw_only=True)
class ItemRegister:
    """The items of all plans of a country, with their evidence, cycles, work, costs and needs.

    It is empty where there is no workbook.

    `file` is the name of its workbook and `sha256` its fingerprint; both are empty without one.
    """

    items: tuple[PlanItem, ...] = ()
    evidence: tuple[ItemEvidence, ...] = ()
    records: tuple[CycleRecord, ...] = ()
    cycles: tuple[ReportCycle, ...] = ()
    work: tuple[PlanWork, ...] = ()
    rates: tuple[Rate, ...] = ()
    costs: tuple[CostLine, ...] = ()
    needs: tuple[Need, ...] = ()
    file: str = ""
    sha256: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def by_id(self) -> Mapping[str, PlanItem]:
        """The items by id."""
        return {item.id: item for item in self.items}

    @cached_property
    def cycles_by_id(self) -> Mapping[str, ReportCycle]:
        """The cycles by id, in order of time."""
        return {cycle.id: cycle for cycle in sorted(self.cycles, key=lambda cycle: cycle.id)}

    def parts_of(self, item: str) -> tuple[PlanItem, ...]:
        """Return the sub-items of an item."""
        return tuple(part for part in self.items if part.parent == item)

    def heads(self, plan: str) -> tuple[PlanItem, ...]:
        """Return the items of a kind of plan without their sub-items, in the order of the workbook."""
        return tuple(item for item in self.items if plan in item.plans and item.parent not in self.by_id)

    def evidence_of(self, item: str) -> Iterator[ItemEvidence]:
        """Yield the evidence of one item, without that of its sub-items."""
        return (evidence for evidence in self.evidence if evidence.item == item)

    def records_of(self, item: str, plan: str) -> tuple[CycleRecord, ...]:
        """Return what was reported on an item under a kind of plan, oldest cycle first."""
        records = (record for record in self.records if record.item == item and record.plan == plan)
        return tuple(sorted(records, key=lambda record: record.cycle))

    def is_done(self, item: str, plan: str) -> bool:
        """Return whether the last decision on an item under a kind of plan counts as done."""
        decided = [record.decided for record in self.records_of(item, plan) if record.decided]
        return bool(decided) and load_monitoring().scale_of(plan).is_done(decided[-1])
