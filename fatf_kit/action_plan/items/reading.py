"""action-plan.xlsx is read into a register of items: every filled cell is used, or a Problem says that it is not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from fatf_kit.action_plan.items.model import (
    CycleRecord,
    FigurePeriod,
    ItemEvidence,
    ItemRegister,
    PlanItem,
    PlanWork,
    ReportCycle,
    find_period,
)
from fatf_kit.action_plan.items.plan_rows import PlanRowReader, parse_month
from fatf_kit.action_plan.items.rules import load_monitoring
from fatf_kit.action_plan.items.schema import ITEM_STATUSES, PLAN_ITEMS
from fatf_kit.action_plan.needs.reading import read_needs
from fatf_kit.core.languages import normalise
from fatf_kit.core.local_names import list_names
from fatf_kit.core.problems import CellRef, Problem, quote_found
from fatf_kit.framework import Framework
from fatf_kit.framework.catalog import get_unit_id, match_requirement
from fatf_kit.spreadsheets.numbers import read_number
from fatf_kit.spreadsheets.reader import FilledBook, read_book
from fatf_kit.spreadsheets.values import Record

_ITEM = re.compile(r"PI-\d{1,3}(\.\d{1,2})?", re.IGNORECASE)
_WORK = re.compile(r"W-(\d{1,4})", re.IGNORECASE)
_BETWEEN = re.compile(r"[;؛\n]+")


def read_items(path: Path, framework: Framework) -> tuple[ItemRegister, tuple[Problem, ...]]:
    """Return the items in a workbook, and every problem in the order of its sheets.

    A workbook that cannot be read gives an empty register and its problems. Units are those of `framework`.
    """
    book, problems = read_book(path, PLAN_ITEMS)
    if book is None:
        return ItemRegister(), problems
    return _ItemReader(book, framework).read()


def parse_series(text: str) -> tuple[tuple[FigurePeriod, ...], str | None]:
    """Return figures by period, oldest first, and the first part that is no period with a figure, else None.

    >>> [(one.name, one.value) for one in parse_series("2026: 9; 2025: 4")[0]]
    [('2025', 4), ('2026', 9)]
    >>> parse_series("2025: many")[1]
    '2025: many'
    """
    found: list[FigurePeriod] = []
    for part in filter(None, (one.strip() for one in _BETWEEN.split(text))):
        name, _, figure = normalise(part).partition(":")
        name, period, value = name.strip().upper(), find_period(name), read_number(figure.strip()).value
        if period is None or value is None or any((one.last, one.months) == period for one in found):
            return tuple(found), part
        found.append(FigurePeriod(name=name, last=period[0], months=period[1], value=value))
    return tuple(sorted(found, key=lambda one: (one.last, -one.months))), None


class _ItemReader(PlanRowReader):
    def __init__(self, book: FilledBook, framework: Framework) -> None:
        super().__init__(book)
        self._framework = framework
        self._items: dict[str, CellRef] = {}
        self._cycles: dict[str, CellRef] = {}

    def read(self) -> tuple[ItemRegister, tuple[Problem, ...]]:
        items = tuple(self._read_items(self.book.records("plan_items")))
        cycles = tuple(self._read_cycles(self.book.records("item_cycles")))
        register = ItemRegister(
            items=items,
            cycles=cycles,
            work=tuple(self._read_work(self.book.records("item_work"))),
            records=tuple(self._read_records(self.book.records("item_records"), {one.id: one for one in items})),
            evidence=tuple(self._read_evidence(self.book.records("item_evidence"))),
            file=self.book.file,
            sha256=self.book.sha256,
            facts=self.book.stamp,
        )
        register, of_needs = read_needs(register, self.book)
        return register, (*self.book.problems, *self.problems, *of_needs)

    def _read_items(self, rows: Sequence[Record]) -> Iterator[PlanItem]:
        for row in rows:
            name = normalise(row.id).upper()
            if not name:
                self.report_blank(row, "id")
            elif not _ITEM.fullmatch(name):
                self.report("item-unnumbered", row.row.ref.place, **quote_found(row.id))
            elif name in self._items:
                self.report("item-twice", row.ref("id"), found=name, other=str(self._items[name]))
            elif row.lines("wording") or row.text("label"):
                self._items[name] = row.ref("id")
                yield row.make(
                    PlanItem,
                    id=name,
                    units=tuple(self._find_units(row)),
                    deadline=self.read_month(row, "deadline"),
                    ref=row.ref("id"),
                )
            elif row.values.keys() - {"id"}:
                self.report("item-untitled", row.ref("id"), found=name)

    def _find_units(self, row: Record) -> Iterator[str]:
        units = {one.id for one in self._framework.units}
        for name in row.items("units"):
            requirement = match_requirement(self._framework, name)
            unit = get_unit_id(requirement.id) if requirement else name.upper()
            if unit in units:
                yield unit
            else:
                self.report("item-unit", row.ref("units"), **quote_found(name))

    def _read_cycles(self, rows: Sequence[Record]) -> Iterator[ReportCycle]:
        for row in rows:
            name = parse_month(row.id) if row.id else ""
            if not row.id:
                self.report_blank(row, "cycle")
            elif name is None:
                self.report("item-month", row.ref("cycle"), **quote_found(row.id))
            elif not self.is_twice(self._cycles, name, row.ref("cycle"), name):
                is_visit = row.choice("visit") == "yes"
                yield row.make(ReportCycle, id=name, is_visit=is_visit, ref=row.ref("cycle"))

    def _find_item(self, row: Record) -> str | None:
        name = normalise(row.text("item")).upper()
        if name in self._items:
            return name
        if name:
            self.report("item-unknown", row.ref("item"), **quote_found(row.text("item")))
        else:
            self.report_blank(row, "item")
        return None

    def _find_cycle(self, row: Record) -> str | None:
        """Return the cycle of a row; empty where the cell is; None with a problem where it names no cycle."""
        text = row.text("cycle")
        name = parse_month(text) if text else ""
        if name == "" or name in self._cycles:
            return name
        self.report("item-cycle", row.ref("cycle"), names=", ".join(self._cycles), **quote_found(text))
        return None

    def _read_records(self, rows: Sequence[Record], items: dict[str, PlanItem]) -> Iterator[CycleRecord]:
        seen: dict[tuple[str, str, str], CellRef] = {}
        for number, row in enumerate(rows, start=1):
            item, cycle = self._find_item(row), self._find_cycle(row)
            if item is None or cycle is None:
                continue
            if not cycle:
                self.report_blank(row, "cycle")
                continue
            plan = row.choice("plan") or self._only_plan(row, items[item])
            if plan is None:
                continue
            if self.is_twice(seen, (item, cycle, plan), row.ref("item"), item):
                continue
            yield row.make(
                CycleRecord,
                id=row.id or f"+{number}",
                item=item,
                cycle=cycle,
                plan=plan,
                claimed=self._read_status(row, "claimed", plan),
                decided=self._read_status(row, "decided", plan),
                ref=row.ref("item"),
            )

    def _only_plan(self, row: Record, item: PlanItem) -> str | None:
        """Return the plan of an item that belongs to one only; None with a problem for others."""
        if len(item.plans) == 1:
            return item.plans[0]
        self.report("item-plan", row.ref("plan"), found=item.id)
        return None

    def _read_status(self, row: Record, key: str, plan: str) -> str | None:
        status = row.choice(key)
        scale = load_monitoring().scale_of(plan)
        if status is None or scale.rank(status) >= 0:
            return status
        names = list_names(map(ITEM_STATUSES.local_name, scale.names))
        self.report("item-status", row.ref(key), names=names, found=ITEM_STATUSES.local_name(status))
        return None

    def _is_number_twice(self, row: Record, places: dict[str, CellRef]) -> bool:
        """Return whether a row above has the same typed number, with a problem; else remember its place."""
        name, ref = normalise(row.id), row.ref("row")
        other = places.setdefault(name, ref)
        if other != ref:
            self.report("item-number-twice", ref, other=str(other), **quote_found(row.id))
        return other != ref

    def _read_evidence(self, rows: Sequence[Record]) -> Iterator[ItemEvidence]:
        places: dict[str, CellRef] = {}
        for number, row in enumerate(rows, start=1):
            item, cycle, kind = self._find_item(row), self._find_cycle(row), row.choice("kind")
            if item is None or cycle is None:
                continue
            if kind is None:
                if not row.has("kind"):
                    self.report("item-evidence-kind", row.ref("kind"))
                continue
            yield row.make(
                ItemEvidence,
                id=f"+{number}" if not row.id or self._is_number_twice(row, places) else row.id,
                item=item,
                series=self._read_series(row),
                cycle=cycle,
                ref=row.ref("what"),
            )

    def _read_series(self, row: Record) -> tuple[FigurePeriod, ...]:
        found, fault = parse_series(row.lines("series"))
        if fault is not None:
            self.report("item-series", row.ref("series"), **quote_found(fault))
        return found

    def _read_work(self, rows: Sequence[Record]) -> Iterator[PlanWork]:
        typed = (_WORK.fullmatch(row.id) for row in rows)
        last = max((int(found[1]) for found in typed if found), default=0)
        places: dict[str, CellRef] = {}
        for row in rows:
            if not row.text("what"):
                if row.values.keys() - {"row"}:
                    self.report_blank(row, "what")
                continue
            served = [name.upper() for name in row.items("items")]
            for name in served:
                if name not in self._items:
                    self.report("item-unknown", row.ref("items"), **quote_found(name))
            start, due = row.date("start"), row.date("due")
            if start and due and due < start:
                self.report("item-dates", row.ref("due"), start=start, end=due)
            name = row.id
            if not name or self._is_number_twice(row, places):
                last += 1
                name = f"W-{last:02}"
            known = tuple(name for name in served if name in self._items)
            yield row.make(PlanWork, id=name, items=known, ref=row.ref("what"))
