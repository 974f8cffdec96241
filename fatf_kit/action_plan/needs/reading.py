"""The sheets of rates, costs and assistance are read: every filled cell is used, or a Problem says that it is not."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from fatf_kit.action_plan.items.model import ItemRegister
from fatf_kit.action_plan.items.plan_rows import PlanRowReader
from fatf_kit.action_plan.needs.model import CostLine, CostRange, Need, Rate, is_open_partner
from fatf_kit.core.languages import clean, normalise
from fatf_kit.core.problems import CellRef, Problem, quote_found
from fatf_kit.spreadsheets.reader import FilledBook
from fatf_kit.spreadsheets.values import Record

_NEED = re.compile(r"TA-\d{3,4}")
_COST = re.compile(r"C-(\d+)")
_CURRENCY = re.compile(r"[A-Za-z]{3}")
_FIRST_YEAR, _LAST_YEAR = 1990, 2199


def read_needs(register: ItemRegister, book: FilledBook) -> tuple[ItemRegister, tuple[Problem, ...]]:
    """Return the register with the rates, costs and needs of its workbook, and every problem in their order.

    Costs and needs may name the items and actions that the register has already.
    """
    reader = _NeedReader(book)
    return reader.add_needs(register), tuple(reader.problems)


class _NeedReader(PlanRowReader):
    def __init__(self, book: FilledBook) -> None:
        super().__init__(book)
        self._targets: dict[str, str] = {}

    def add_needs(self, register: ItemRegister) -> ItemRegister:
        names = (*register.by_id, *(one.id for one in register.work))
        self._targets = {normalise(name).upper(): name for name in names}
        rates = tuple(self._read_rates(self.book.records("plan_rates")))
        needs = tuple(self._read_needs(self.book.records("plan_needs")))
        self._targets |= {one.id: one.id for one in needs}
        costs = tuple(self._read_costs(self.book.records("plan_costs"), {normalise(one.grade) for one in rates}))
        return replace(register, rates=rates, costs=costs, needs=needs)

    def _read_rates(self, rows: Sequence[Record]) -> Iterator[Rate]:
        seen: dict[str, CellRef] = {}
        for row in rows:
            grade, key = clean(row.id), normalise(row.id)
            if not grade:
                self.report("rate-unnamed", row.row.ref.place)
            elif not self.is_twice(seen, key, row.ref("grade"), grade):
                amount, currency = row.number("amount"), self._read_currency(row)
                yield Rate(
                    grade=grade,
                    amount=None if currency is None else amount,
                    currency=currency or "",
                    base_year=self._read_year(row, "year"),
                    source=row.lines("rate_source"),
                    ref=row.ref("grade"),
                )

    def _read_costs(self, rows: Sequence[Record], grades: Collection[str]) -> Iterator[CostLine]:
        seen: dict[str, CellRef] = {}
        taken = max((int(found[1]) for row in rows if (found := _COST.fullmatch(row.id.upper()))), default=0)
        for row in rows:
            name = row.id.upper()
            target = self._targets.get(normalise(row.text("target")).upper())
            if name and name in seen:
                self.report("item-twice", row.ref("row"), found=name, other=str(seen[name]))
                continue
            if target is None:
                self.report("cost-unknown", row.ref("target"), **quote_found(row.text("target") or "–"))
                continue
            if not name:
                taken += 1
                name = f"C-{taken:02}"
            seen[name] = row.ref("row")
            times = row.choice("times")
            days, amount, currency = self._read_range(row, "days_"), self._read_range(row, ""), self._read_currency(row)
            yield row.make(
                CostLine,
                id=name,
                target=target,
                is_yearly=None if times is None else times == "yearly",
                first=self._read_year(row, "first"),
                last=self._read_year(row, "last"),
                days=None if currency is None else days,
                rate=self._read_grade(row, grades),
                amount=None if currency is None else amount,
                currency=currency or "",
                payer=_read_partner(row, "payer"),
                ref=row.ref("target"),
            )

    def _read_currency(self, row: Record) -> str | None:
        """Return a code of three letters in capitals; empty where it is open, None for anything else."""
        text = row.text("currency")
        if text and not _CURRENCY.fullmatch(text):
            self.report("cost-currency-unknown", row.ref("currency"), **quote_found(text))
            return None
        return text.upper()

    def _read_grade(self, row: Record, grades: Collection[str]) -> str:
        grade = row.text("rate")
        if grade and normalise(grade) not in grades:
            self.report("cost-rate", row.ref("rate"), **quote_found(grade))
            return ""
        return grade

    def _read_year(self, row: Record, key: str) -> int | None:
        year = row.count(key)
        if year is not None and not _FIRST_YEAR <= year <= _LAST_YEAR:
            self.report("cost-year", row.ref(key), **quote_found(year))
            return None
        return year

    def _read_range(self, row: Record, prefix: str) -> CostRange | None:
        """Return the three cells of a range; the likely value counts for an end that is blank."""
        low, likely, high = (row.number(f"{prefix}{end}") for end in ("low", "likely", "high"))
        if likely is None:
            if (low is not None or high is not None) and not row.has(f"{prefix}likely"):
                self.report("cost-likely", row.ref(f"{prefix}likely"))
            return None
        found = CostRange(low=likely if low is None else low, likely=likely, high=likely if high is None else high)
        if not found.low <= found.likely <= found.high:
            ends = {end: f"{getattr(found, end):.15g}" for end in ("low", "likely", "high")}
            self.report("cost-range", row.ref(f"{prefix}low"), **ends)
            return None
        return found

    def _read_needs(self, rows: Sequence[Record]) -> Iterator[Need]:
        seen: dict[str, CellRef] = {}
        for row in rows:
            name = normalise(row.id).upper()
            if not _NEED.fullmatch(name):
                self.report("need-unnumbered", row.row.ref.place, **quote_found(row.id or "–"))
                continue
            if self.is_twice(seen, name, row.ref("need_id"), name):
                continue
            priority = row.choice("priority")
            funded, currency = row.number("funded"), self._read_currency(row)
            yield row.make(
                Need,
                id=name,
                serves=tuple(self._find_served(row)),
                priority=int(priority) if priority else None,
                wanted_from=self.read_month(row, "wanted_from"),
                wanted_until=self.read_month(row, "wanted_until"),
                partner=_read_partner(row, "partner"),
                funded=None if currency is None else funded,
                currency=currency or "",
                is_confidential=row.choice("confidential") == "yes",
                is_shareable=row.choice("shareable") == "yes",
                ref=row.ref("need_id"),
            )

    def _find_served(self, row: Record) -> Iterator[str]:
        for name in row.items("serves"):
            if found := self._targets.get(normalise(name).upper()):
                yield found
            else:
                self.report("need-unknown", row.ref("serves"), **quote_found(name))


def _read_partner(row: Record, key: str) -> str:
    """Return a partner or payer as typed; empty also where the word for "open" is typed."""
    name = row.text(key)
    return "" if is_open_partner(name) else name
