"""The items of plans that others word, as frozen values: wording, evidence, cycles and the work done for them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from fatf_kit.action_plan.items.rules import load_monitoring
from fatf_kit.action_plan.model import ActionStatus
from fatf_kit.action_plan.needs.model import CostLine, Need, Rate
from fatf_kit.core.problems import CellRef


class ItemEvidenceKind(StrEnum):
    """The kind of one piece of evidence for an item."""

    LAW = "law"
    FIGURES = "figures"
    CASE = "case"
    DOCUMENT = "document"


class Direction(StrEnum):
    """The change that figures must show."""

    RISE = "rise"
    FALL = "fall"
    STEADY = "no fall"


class ReportDuty(StrEnum):
    """Whether the country must report in a cycle."""

    COMPULSORY = "compulsory"
    VOLUNTARY = "voluntary"


@dataclass(frozen=True, slots=True, kw_only=True)
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

    id: str
    wording: str = ""
    label: str = ""
    plans: tuple[str, ...] = ()
    report: str = ""
    place: str = ""
    baseline: str = ""
    origin: str = ""
    asks: str = ""
    units: tuple[str, ...] = ()
    deadline: str = ""
    lead: str = ""
    supporting: str = ""
    sustained: str = ""
    note: str = ""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class FigurePeriod:
    """A figure of one period of some months: a year, half-year or quarter. `last` is its last day."""

    name: str
    last: date
    value: float
    months: int = 12

    def follows(self, before: FigurePeriod) -> bool:
        """Return whether it can be compared with another: both have the same length, and no period is between them.

        >>> half = FigurePeriod(name="2026 H1", last=date(2026, 6, 30), value=9, months=6)
        >>> half.follows(FigurePeriod(name="2025", last=date(2025, 12, 31), value=4))
        False
        """
        months = 12 * (self.last.year - before.last.year) + self.last.month - before.last.month
        return self.months == before.months == months


_PERIOD = re.compile(r"(\d{4})(?:\s*-?\s*([HSQTR])\s*([1-4]))?", re.IGNORECASE)


def find_period(name: str) -> tuple[date, int] | None:
    """Return last day and months of a period like "2026", "2026 H1" or "2026 Q3"; None for other texts.

    >>> find_period("2026"), find_period("2026 H1"), find_period("2026 H3")
    ((datetime.date(2026, 12, 31), 12), (datetime.date(2026, 6, 30), 6), None)
    """
    found = _PERIOD.fullmatch(name.strip())
    if not found:
        return None
    year, letter, number = int(found[1]), (found[2] or "").upper(), int(found[3] or 0)
    if not letter:
        return date(year, 12, 31), 12
    ends = (date(year, 3, 31), date(year, 6, 30), date(year, 9, 30), date(year, 12, 31))
    if letter not in "HS":
        return ends[number - 1], 3
    return (ends[2 * number - 1], 6) if number <= 2 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemEvidence:
    """One piece of evidence for an item.

    `what` is a number of the register of laws with an article, a line of the statistics ("table/row/measure"), the id
    of a case, or the name of a document. `title` is its name in the reports, empty where `what` is one; `note` is for
    the country alone. `series` are figures as typed; without them those of the line count.
    `direction` is the change that the figures must show, None where they only inform. `cycle` is the cycle in which it
    was first handed in, empty where it was before all cycles; `annex` its number among the annexes, None while open.
    `risk` are the threats or sectors that a result concerns, as typed, where neither its line nor its case names them.
    """

    id: str
    item: str
    kind: ItemEvidenceKind
    what: str
    title: str = ""
    series: tuple[FigurePeriod, ...] = ()
    direction: Direction | None = None
    risk: str = ""
    cycle: str = ""
    annex: int | None = None
    file: str = ""
    note: str = ""
    ref: CellRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleRecord:
    """The report on an item in one cycle, and the decision on it.

    `plan` is the kind of plan under which it was reported; statuses are those of its scale, None while open. `claimed`
    is what the country proposes, `decided` what the Plenary decided, with the reviewers' reason. `confirmed` says who
    confirmed for the country that it makes the claim although evidence is missing; empty where nobody did.
    """

    id: str
    item: str
    cycle: str
    plan: str
    done: str = ""
    open: str = ""
    claimed: str | None = None
    confirmed: str = ""
    decided: str | None = None
    reason: str = ""
    ref: CellRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportCycle:
    """One cycle of reporting, named by the month of its Plenary, "YYYY-MM".

    Days are None where they are not set. `is_visit` says that the joint group's visit before removal is in it.
    """

    id: str
    plenary: date | None = None
    due: date | None = None
    meeting: date | None = None
    place: str = ""
    duty: ReportDuty | None = None
    is_visit: bool = False
    note: str = ""
    ref: CellRef | None = None

    @property
    def last_day(self) -> date:
        """The day up to which evidence can be in its report: the due day, or else the first of its month."""
        return self.due or self.first_day

    @property
    def first_day(self) -> date:
        """The first of its month."""
        return date.fromisoformat(f"{self.id}-01")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanWork:
    """One action of the country, done once for all items that it serves.

    `own` are ids of actions of the country's own plan that are the same work.
    """

    id: str
    what: str
    items: tuple[str, ...]
    own: tuple[str, ...] = ()
    owner: str = ""
    status: ActionStatus = ActionStatus.NOT_STARTED
    start: date | None = None
    due: date | None = None
    done_on: date | None = None
    evidence: str = ""
    note: str = ""
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
        return {one.id: one for one in self.items}

    @cached_property
    def cycles_by_id(self) -> Mapping[str, ReportCycle]:
        """The cycles by id, in order of time."""
        return {one.id: one for one in sorted(self.cycles, key=lambda one: one.id)}

    def parts_of(self, item: str) -> tuple[PlanItem, ...]:
        """Return the sub-items of an item."""
        return tuple(one for one in self.items if one.parent == item)

    def heads(self, plan: str) -> tuple[PlanItem, ...]:
        """Return the items of a kind of plan without their sub-items, in the order of the workbook."""
        return tuple(one for one in self.items if plan in one.plans and one.parent not in self.by_id)

    def evidence_of(self, item: str) -> Iterator[ItemEvidence]:
        """Yield the evidence of one item, without that of its sub-items."""
        return (one for one in self.evidence if one.item == item)

    def records_of(self, item: str, plan: str) -> tuple[CycleRecord, ...]:
        """Return what was reported on an item under a kind of plan, oldest cycle first."""
        found = (one for one in self.records if one.item == item and one.plan == plan)
        return tuple(sorted(found, key=lambda one: one.cycle))

    def is_done(self, item: str, plan: str) -> bool:
        """Return whether the last decision on an item under a kind of plan counts as done."""
        decided = [one.decided for one in self.records_of(item, plan) if one.decided]
        return bool(decided) and load_monitoring().scale_of(plan).is_done(decided[-1])
