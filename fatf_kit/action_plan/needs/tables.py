"""The sheets of needs and costs: of the matrix of all, and of a partner's copy, which has fewer columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from fatf_kit.action_plan.needs.choices import DELIVERIES, KINDS
from fatf_kit.action_plan.needs.costing import GroupSum, YearSum, sum_by, sum_by_year
from fatf_kit.action_plan.needs.matrix import NeedMatrix, NeedRow
from fatf_kit.action_plan.needs.model import CostRange
from fatf_kit.action_plan.needs.rules import load_assistance
from fatf_kit.action_plan.needs.texts import describe_status, list_groupings, name_choice, name_partner, name_priority
from fatf_kit.core.messages import Translator
from fatf_kit.report.model import DataTable, ValueKind
from fatf_kit.report.results_table import AMOUNT, COUNT, DATE, ID, ResultColumn, ResultsTable

R = TypeVar("R")


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedAmounts:
    """A row of the sheet of needs: a need in one of its currencies; "" where no amount is known."""

    row: NeedRow
    currency: str

    @property
    def cost(self) -> CostRange | None:
        """The sum of the lines that are known."""
        return self.row.cost.sums.get(self.currency)

    @property
    def funded(self) -> float | None:
        """The amount that is funded."""
        return self.row.cost.funded.get(self.currency)

    @property
    def gap(self) -> float | None:
        """The amount still to be funded."""
        return self.row.cost.gap.get(self.currency)


def list_amounts(rows: Iterable[NeedRow]) -> Iterator[NeedAmounts]:
    """Yield each need once for each of its currencies, and once where no amount is known."""
    for row in rows:
        for currency in dict.fromkeys((*row.cost.sums, *row.cost.funded)) or ("",):
            yield NeedAmounts(row=row, currency=currency)


_FOR_COORDINATOR = ("serves", "rule", "reason", "contacted", "note", "confidential")
"""Columns that a partner's copy does not have."""


def make_need_sheet_table(matrix: NeedMatrix, t: Translator) -> ResultsTable[NeedAmounts]:
    """Return the table of needs of a sheet; a partner's copy has no columns that are for the coordinator only."""
    columns = tuple(one for one in _list_columns(t) if not matrix.partner or one.key not in _FOR_COORDINATOR)
    return ResultsTable("needs", t("Needs of assistance"), columns)


def _list_columns(t: Translator) -> tuple[ResultColumn[NeedAmounts], ...]:
    column = ResultColumn[NeedAmounts]
    categories = {one.id: one.category for one in load_assistance().kinds}

    def typed(key: str, title: str, width: int, kind: ValueKind = ValueKind.TEXT) -> ResultColumn[NeedAmounts]:
        """Return a column with a field of the need as it was typed."""
        return column(key, title, lambda one: getattr(one.row.need, key), kind, sheet=width)

    def shown(key: str, title: str, width: int, text_of: Callable[[NeedRow], object]) -> ResultColumn[NeedAmounts]:
        """Return a column with a text about the row of the need."""
        return column(key, title, lambda one: text_of(one.row), sheet=width)

    return (
        typed("id", t("No."), 9, ID),
        typed("serves", t("Serves items and actions"), 11, ID),
        column("items", t("Items"), lambda one: one.row.items, ID, sheet=10),
        column("units", t("Outcomes and Recommendations"), lambda one: one.row.units, ID, sheet=16),
        typed("need", t("What is missing"), 36),
        typed("provision", t("Provision of law, or none yet"), 14),
        shown("kind", t("Kind of assistance"), 18, lambda row: name_choice(KINDS, row.need.kind, t)),
        shown("category", t("UNCAC category (own mapping)"), 16, lambda row: t(categories.get(row.need.kind, ""))),
        typed("beneficiary", t("Receiving agency"), 18),
        shown("priority", t("Priority"), 11, lambda row: name_priority(row.priority, t)),
        shown("rule", t("Priority by the rule"), 11, lambda row: name_priority(row.rule, t)),
        typed("reason", t("Reason for the priority"), 20),
        typed("wanted_from", t("Wanted from"), 9, DATE),
        typed("wanted_until", t("Wanted by"), 9, DATE),
        column("deadline", t("Due"), lambda one: one.row.deadline, DATE, sheet=9),
        shown("delivery", t("Delivery"), 14, lambda row: name_choice(DELIVERIES, row.need.delivery, t)),
        shown("partner", t("Partner"), 18, lambda row: name_partner(row, t)),
        shown("status", t("Status of the need"), 14, lambda row: describe_status(row, t)),
        typed("contacted", t("Last contact"), 11, DATE),
        shown("cost", t("Cost"), 10, lambda row: _name_knowledge(row, t)),
        column("currency", t("Currency"), kind=ID, sheet=10),
        *_make_end_columns(lambda one: one.cost, t, 12),
        column("funded", t("Amount funded"), kind=AMOUNT, sheet=12),
        column("gap", t("Still to be funded"), kind=AMOUNT, sheet=12),
        typed("condition", t("Condition"), 20),
        typed("result", t("Result to show"), 22),
        typed("note", t("Notes"), 20),
        shown("confidential", t("Confidential"), 11, lambda row: t("yes") if row.need.is_confidential else None),
    )


def _name_knowledge(row: NeedRow, t: Translator) -> str:
    if row.cost.is_known:
        return t("known")
    return t("known in part") if row.cost.sums else t("not known")


def _make_end_columns(
    range_of: Callable[[R], CostRange | None], t: Translator, width: int, part: str = "", title: str = ""
) -> tuple[ResultColumn[R], ...]:
    """Return the columns of the three values of a range; `title` names the `part` of a cost that it is about."""

    def column(end: str, name: str) -> ResultColumn[R]:
        heading = t("{name}: {text}", name=title, text=name) if title else name
        return ResultColumn(f"{part}{end}", heading, lambda row: _read_end(range_of(row), end), AMOUNT, sheet=width)

    return (
        column("low", t("Cost, at least")),
        column("likely", t("Cost, likely")),
        column("high", t("Cost, at most")),
    )


def _read_end(found: CostRange | None, end: str) -> float | None:
    return None if found is None else float(getattr(found, end))


def list_totals(matrix: NeedMatrix, t: Translator) -> Iterator[tuple[str, GroupSum]]:
    """Yield the sums of all groupings, each with its title; what is paid already is a grouping of its own."""
    for _, title, group_of in list_groupings(matrix, t):
        yield from ((title, one) for one in sum_by(matrix.lines, group_of))
    for one in sum_by(matrix.paid_already, lambda _: t("own staff time")):
        yield t("Paid already (not in the other sums)"), one


def make_total_table(t: Translator) -> ResultsTable[tuple[str, GroupSum]]:
    """Return the table of sums, exact in sheets."""
    column = ResultColumn[tuple[str, GroupSum]]
    return ResultsTable(
        "totals",
        t("Totals"),
        (
            column("grouping", t("Added up by"), lambda row: row[0], sheet=24),
            column("group", t("Group"), lambda row: row[1].group, sheet=34),
            column("currency", t("Currency"), lambda row: row[1].currency, ID, sheet=11),
            *_make_end_columns(lambda row: row[1].amount, t, 14),
            column("lines", t("Lines added up"), lambda row: row[1].lines, COUNT, sheet=10),
            column("unknown", t("Lines not known"), lambda row: row[1].unknown, COUNT, sheet=10),
        ),
    )


def make_year_table(t: Translator) -> ResultsTable[YearSum]:
    """Return the table of sums by year, exact in sheets."""
    column = ResultColumn[YearSum]
    return ResultsTable(
        "years",
        t("Totals by year"),
        (
            column("year", t("Year"), lambda row: str(row.year) if row.year else t("year not stated"), sheet=16),
            column("currency", t("Currency"), kind=ID, sheet=11),
            *_make_end_columns(lambda row: row.once, t, 14, "once_", t("Paid once")),
            *_make_end_columns(lambda row: row.yearly, t, 14, "yearly_", t("Paid every year")),
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectRow:
    """One outcome or Recommendation with its open needs; `priority` is the gravest of them."""

    unit: str
    needs: tuple[str, ...]
    priority: int


def list_subjects(rows: Iterable[NeedRow], units: Iterable[str]) -> Iterator[SubjectRow]:
    """Yield the units that needs serve, in the order of the edition."""
    pending = [row for row in rows if row.is_pending]
    for unit in units:
        if served := [row for row in pending if unit in row.units]:
            needs = tuple(row.need.id for row in served)
            yield SubjectRow(unit=unit, needs=needs, priority=min(row.priority for row in served))


def make_subject_table(t: Translator) -> ResultsTable[SubjectRow]:
    """Return the table of open needs by outcome and Recommendation."""
    column = ResultColumn[SubjectRow]
    return ResultsTable(
        "subjects",
        t("Needs not yet agreed, by subject"),
        (
            column("unit", t("Outcome or Recommendation"), kind=ID, sheet=18, page=3),
            column("priority", t("Gravest priority"), lambda row: name_priority(row.priority, t), sheet=16, page=3),
            column("needs", t("Needs"), kind=ID, sheet=30, page=6),
            column("count", t("Needs not yet agreed"), lambda row: len(row.needs), COUNT, sheet=14, page=3),
        ),
    )


def list_tables(matrix: NeedMatrix, units: Iterable[str], t: Translator) -> tuple[DataTable, ...]:
    """Return the flat tables for sheets, CSV files and data frames."""
    tables = [make_need_sheet_table(matrix, t).in_sheet(list_amounts(matrix.rows))]
    if not matrix.partner:
        tables.append(make_subject_table(t).in_sheet(list_subjects(matrix.rows, units)))
    tables.append(make_total_table(t).in_sheet(list_totals(matrix, t)))
    tables.append(make_year_table(t).in_sheet(sum_by_year(matrix.lines)))
    return tuple(tables)
