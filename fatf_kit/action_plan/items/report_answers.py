"""The answers to the last report become part of the items: their label, lead agency, status, work and evidence.

What the register has already stays. An answer that differs from it, and one to a row that is not in the plan, is
reported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from fatf_kit.action_plan.items.choices import ItemEvidenceKind
from fatf_kit.action_plan.items.model import ItemEvidence, ItemRegister, PlanItem, PlanWork
from fatf_kit.action_plan.model import ActionStatus
from fatf_kit.core.problems import Problem, make_problem
from fatf_kit.report_text.items import ReportItem
from fatf_kit.report_text.schema import ACTIONS, ItemState

_STATUSES = {
    ItemState.NOT_STARTED: ActionStatus.NOT_STARTED,
    ItemState.UNDER_WAY: ActionStatus.UNDER_WAY,
    ItemState.DONE: ActionStatus.DONE,
}
"""The status of the work for an item, as the country reports it."""


def find_criterion_item(row: ReportItem, items: Sequence[PlanItem], rows: Mapping[str, ReportItem]) -> PlanItem | None:
    """Return the item that was made from another deficiency of the same criteria; None where there is none.

    `rows` are all rows of the last report by their numbers.
    """
    if not row.is_deficiency or not row.criteria:
        return None
    for item in items:
        other = rows.get(item.origin)
        is_same = other is not None and other.is_deficiency and other.id != row.id and other.units == row.units
        if is_same and other is not None and set(row.criteria) <= set(other.criteria):
            return item
    return None


class AnswerIntake:
    """Takes answers over into a register, row by row; `problems` are those that were not taken over."""

    def __init__(self, register: ItemRegister, cycle: str) -> None:
        """`cycle` is that in which evidence is first handed in; empty where none is set."""
        self._items = {item.id: item for item in register.items}
        self._evidence, self._work = list(register.evidence), list(register.work)
        self._register, self._cycle = register, cycle
        self.problems: list[Problem] = []

    @property
    def register(self) -> ItemRegister:
        """The register with what was taken over."""
        items, evidence, work = tuple(self._items.values()), tuple(self._evidence), tuple(self._work)
        return replace(self._register, items=items, evidence=evidence, work=work)

    def take_own(self, row: ReportItem, item: PlanItem) -> None:
        """Take the answers of the row that an item was made from."""
        now = self._items[item.id]
        self._items[item.id] = replace(
            now,
            label=self._choose(row, "label", row.label, now.label, is_open=now.label in ("", row.beginning)),
            lead=self._choose(row, "owner", row.owner, now.lead),
            note=self._choose(row, "done", row.done, now.note, is_open=not now.note or now.note in row.done),
        )
        if row.evidence:
            self._add_evidence(row, item)
        if row.state:
            self._add_work(row, item, row.owner, "")

    def take_evidence(self, row: ReportItem, item: PlanItem) -> None:
        """Take the answers to a deficiency as evidence of the item of its criterion, with all that was written."""
        note = "; ".join(filter(None, (row.id, row.label, row.owner, *row.done.splitlines())))
        self._add_evidence(row, item, note)
        if row.state:
            self._add_work(row, item, row.owner, row.done)

    def report_unused(self, row: ReportItem) -> None:
        """Report the answers to a row that is not in the plan."""
        first = next((ref for key, ref in row.refs.items() if getattr(row, key)), None)
        self.problems.append(make_problem("report-answer-unused", first, row.id))

    def _choose(self, row: ReportItem, key: str, answer: str, now: str, *, is_open: bool | None = None) -> str:
        """Return the answer where an entry of the item is open, else the entry; one that differs is reported."""
        if not answer or answer == now:
            return now
        if is_open or (is_open is None and not now):
            return answer
        self._report_kept(row, key)
        return now

    def _report_kept(self, row: ReportItem, key: str) -> None:
        if key in row.refs:
            column, item = ACTIONS.by_key[key].local_name, self._item_of(row)
            self.problems.append(make_problem("report-answer-kept", row.refs[key], row.id, column=column, item=item))

    def _item_of(self, row: ReportItem) -> str:
        return next((item.id for item in self._items.values() if item.origin == row.id), row.id)

    def _add_evidence(self, row: ReportItem, item: PlanItem, note: str = "") -> None:
        what = "; ".join(row.evidence.splitlines())
        if any(evidence.item == item.id and evidence.what == what for evidence in self._evidence):
            return
        evidence = ItemEvidence(
            id=f"+{len(self._evidence) + 1}",
            item=item.id,
            kind=ItemEvidenceKind.DOCUMENT,
            what=what,
            cycle=self._cycle,
            note=note,
        )
        self._evidence.append(evidence)

    def _add_work(self, row: ReportItem, item: PlanItem, owner: str, note: str) -> None:
        """Add the work that a status is of; work with the same words for the same item stays as it is."""
        assert row.state is not None  # noqa: S101 - asked by the caller
        status = _STATUSES[row.state]
        for work in self._work:
            if work.what == row.title and item.id in work.items:
                if work.status is not status:
                    self._report_kept(row, "state")
                return
        last = max((int(work.id[2:]) for work in self._work if work.id[2:].isdigit()), default=0)
        self._work.append(
            PlanWork(
                id=f"W-{last + 1:02}",
                what=row.title,
                items=(item.id,),
                owner=owner,
                status=status,
                evidence="; ".join(row.evidence.splitlines()),
                note=note,
            )
        )


def pair_rows(
    rows: Sequence[ReportItem], items: Sequence[PlanItem], is_wanted: Callable[[ReportItem], bool]
) -> Iterator[tuple[ReportItem, PlanItem | None, bool]]:
    """Yield each answered row with its item, and whether the item is its own; None where it is in no item.

    A deficiency with evidence whose criterion has an item already is evidence of that item.
    """
    by_number = {row.id: row for row in rows}
    by_origin = {item.origin: item for item in items if item.origin}
    for row in rows:
        if not row.is_answered:
            continue
        own = by_origin.get(row.id)
        other = find_criterion_item(row, items, by_number) if own is None and row.evidence and is_wanted(row) else None
        yield row, own or other, own is not None
