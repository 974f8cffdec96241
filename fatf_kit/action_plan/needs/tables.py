"""The tables of needs and costs: of the matrix of all, and of a partner's copy, which has fewer columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from fatf_kit.action_plan.needs.costing import GroupSum, YearSum, sum_by, sum_by_year
from fatf_kit.action_plan.needs.matrix import NeedMatrix, NeedRow
from fatf_kit.action_plan.needs.model import CostRange
from fatf_kit.action_plan.needs.rules import load_assistance
from fatf_kit.action_plan.needs.schema import DELIVERIES, KINDS
from fatf_kit.action_plan.needs.texts import (
    describe_amounts,
    describe_cost,
    describe_status,
    list_groupings,
    name_choice,
    name_partner,
    name_priority,
)
from fatf_kit.core.messages import Translator
from fatf_kit.report.model import DataTable, TableCell
from fatf_kit.report.results_table import AMOUNT, COUNT, DATE, ID, ResultColumn, ResultsTable


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedAmounts:
    """A row of the sheet of needs: a need in one of its currencies; "" where no amount is known."""

    row: NeedRow
    currency: str

    @property
    def cost(self) -> CostRange | None:
        """The sum of the lines that are known."""
        return self.row.cost.cost.sums.get(self.currency)

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
        for currency in dict.fromkeys((*row.cost.cost.sums, *row.cost.funded)) or ("",):
            yield NeedAmounts(row=row, currency=currency)


def make_need_page_table(t: Translator) -> ResultsTable[NeedRow]:
    """Return the table of needs of a document."""
    column = ResultColumn[NeedRow]
    return ResultsTable(
        "needs",
        t("Needs of assistance"),
        (
            column("id", t("No."), kind=ID, page=3, cell=lambda row: _make_id_cell(row, t)),
            column("need", t("What is missing"), page=7, cell=lambda row: _make_need_cell(row, t)),
            column("kind", t("Kind of assistance"), page=5, cell=lambda row: _make_kind_cell(row, t)),
            column("beneficiary", t("Receiving agency"), lambda row: row.need.beneficiary, page=4),
            column("wanted_until", t("Wanted by"), page=3, cell=lambda row: _make_month_cell(row.need.wanted_until, t)),
            column("status", t("Status of the need"), page=4, cell=lambda row: _make_status_cell(row, t)),
            column("cost", t("Cost"), page=5, cell=lambda row: _make_cost_cell(row, t)),
        ),
    )


def _make_id_cell(row: NeedRow, t: Translator) -> TableCell:
    return TableCell(text=row.need.id, detail=name_priority(row.priority, t), order=row.priority)


def _make_need_cell(row: NeedRow, t: Translator) -> TableCell:
    served = t.listed((*row.items, *row.units))
    return TableCell(text=row.need.need, detail=t.points(filter(None, (row.need.provision, served))))


def _make_kind_cell(row: NeedRow, t: Translator) -> TableCell:
    return TableCell(text=name_choice(KINDS, row.need.kind, t), detail=name_choice(DELIVERIES, row.need.delivery, t))


def _make_month_cell(month: str, t: Translator) -> TableCell:
    return TableCell(text=t.month(month) if month else "–", day=month)


def _make_status_cell(row: NeedRow, t: Translator) -> TableCell:
    return TableCell(text=describe_status(row, t), detail=name_partner(row, t))


def _make_cost_cell(row: NeedRow, t: Translator) -> TableCell:
    funded = describe_amounts(row.cost.funded, t)
    return TableCell(text=describe_cost(row.cost, t), detail=t("funded: {amount}", amount=funded) if funded else "")


_Column = ResultColumn[NeedAmounts]


def make_need_sheet_table(matrix: NeedMatrix, t: Translator) -> ResultsTable[NeedAmounts]:
    """Return the table of needs of a sheet; a partner's copy has no columns that are for the coordinator only."""
    return ResultsTable("needs", t("Needs of assistance"), tuple(_list_sheet_columns(t, is_all=not matrix.partner)))


def _list_sheet_columns(t: Translator, *, is_all: bool) -> Iterator[_Column]:
    categories = {one.id: one.category for one in load_assistance().kinds}
    yield _Column("id", t("No."), lambda one: one.row.need.id, ID, sheet=9)
    if is_all:
        yield _Column("serves", t("Serves items and actions"), lambda one: one.row.need.serves, ID, sheet=11)
    yield _Column("items", t("Items"), lambda one: one.row.items, ID, sheet=10)
    yield _Column("units", t("Outcomes and Recommendations"), lambda one: one.row.units, ID, sheet=16)
    yield _Column("need", t("What is missing"), lambda one: one.row.need.need, sheet=36)
    yield _Column("provision", t("Provision of law, or none yet"), lambda one: one.row.need.provision, sheet=14)
    yield _Column("kind", t("Kind of assistance"), lambda one: name_choice(KINDS, one.row.need.kind, t), sheet=18)
    yield _Column(
        "category",
        t("UNCAC category (own mapping)"),
        lambda one: t(categories.get(one.row.need.kind, "")),
        sheet=16,
    )
    yield _Column("beneficiary", t("Receiving agency"), lambda one: one.row.need.beneficiary, sheet=18)
    yield _Column("priority", t("Priority"), lambda one: name_priority(one.row.priority, t), sheet=11)
    if is_all:
        yield _Column("rule", t("Priority by the rule"), lambda one: name_priority(one.row.rule, t), sheet=11)
        yield _Column("reason", t("Reason for the priority"), lambda one: one.row.need.reason, sheet=20)
    yield _Column("wanted_from", t("Wanted from"), lambda one: one.row.need.wanted_from, DATE, sheet=9)
    yield _Column("wanted_until", t("Wanted by"), lambda one: one.row.need.wanted_until, DATE, sheet=9)
    yield _Column("deadline", t("Due"), lambda one: one.row.deadline, DATE, sheet=9)
    delivery = t("Delivery")
    yield _Column("delivery", delivery, lambda one: name_choice(DELIVERIES, one.row.need.delivery, t), sheet=14)
    yield _Column("partner", t("Partner"), lambda one: name_partner(one.row, t), sheet=18)
    yield _Column("status", t("Status of the need"), lambda one: describe_status(one.row, t), sheet=14)
    if is_all:
        yield _Column("contacted", t("Last contact"), lambda one: one.row.need.contacted, DATE, sheet=11)
    yield _Column("cost", t("Cost"), lambda one: _name_knowledge(one.row, t), sheet=10)
    yield _Column("currency", t("Currency"), kind=ID, sheet=10)
    for end, title in _name_ends(t).items():
        yield _Column(end, title, partial(_cost_end, end), AMOUNT, sheet=12)
    yield _Column("funded", t("Amount funded"), kind=AMOUNT, sheet=12)
    yield _Column("gap", t("Still to be funded"), kind=AMOUNT, sheet=12)
    yield _Column("condition", t("Condition"), lambda one: one.row.need.condition, sheet=20)
    yield _Column("result", t("Result to show"), lambda one: one.row.need.result, sheet=22)
    if is_all:
        yield _Column("note", t("Notes"), lambda one: one.row.need.note, sheet=20)
        confidential = t("Confidential")
        yield _Column(
            "confidential", confidential, lambda one: t("yes") if one.row.need.is_confidential else None, sheet=11
        )


def _name_knowledge(row: NeedRow, t: Translator) -> str:
    if row.cost.cost.is_known:
        return t("known")
    return t("known in part") if row.cost.cost.sums else t("not known")


def _cost_end(end: str, one: NeedAmounts) -> float | None:
    return _read_end(one.cost, end)


def _name_ends(t: Translator) -> Mapping[str, str]:
    return {"low": t("Cost, at least"), "likely": t("Cost, likely"), "high": t("Cost, at most")}


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalRow:
    """One sum of the totals, and the grouping that it belongs to."""

    grouping: str
    sum: GroupSum


def list_totals(matrix: NeedMatrix, t: Translator) -> tuple[TotalRow, ...]:
    """Return the sums of all groupings; what is paid already is a grouping of its own."""
    found = [
        TotalRow(grouping=title, sum=one)
        for _, title, group_of in list_groupings(matrix, t)
        for one in sum_by(matrix.lines, group_of)
    ]
    found += [
        TotalRow(grouping=t("Paid already (not in the other sums)"), sum=one)
        for one in sum_by(matrix.paid_already, lambda _: t("own staff time"))
    ]
    return tuple(found)


def make_total_table(t: Translator) -> ResultsTable[TotalRow]:
    """Return the table of sums, exact in sheets."""
    column = ResultColumn[TotalRow]
    return ResultsTable(
        "totals",
        t("Totals"),
        (
            column("grouping", t("Added up by"), sheet=24),
            column("group", t("Group"), lambda row: row.sum.group, sheet=34, page=5),
            column("currency", t("Currency"), lambda row: row.sum.currency, ID, sheet=11, page=2),
            *(column(end, title, partial(_total_end, end), AMOUNT, sheet=14) for end, title in _name_ends(t).items()),
            column("lines", t("Lines added up"), lambda row: row.sum.lines, COUNT, sheet=10),
            column("unknown", t("Lines not known"), lambda row: row.sum.unknown, COUNT, sheet=10),
        ),
    )


def _total_end(end: str, row: TotalRow) -> float | None:
    return _read_end(row.sum.total, end)


def _year_end(part: str, end: str, row: YearSum) -> float | None:
    return _read_end(row.once if part == "once" else row.yearly, end)


def _read_end(total: CostRange | None, end: str) -> float | None:
    return None if total is None else float(getattr(total, end))


def make_year_table(t: Translator) -> ResultsTable[YearSum]:
    """Return the table of sums by year, exact in sheets."""
    column = ResultColumn[YearSum]
    return ResultsTable(
        "years",
        t("Totals by year"),
        (
            column("year", t("Year"), lambda row: str(row.year) if row.year else t("year not stated"), sheet=16),
            column("currency", t("Currency"), kind=ID, sheet=11),
            *(
                column(
                    f"{part}_{end}",
                    t("{name}: {text}", name=title, text=name),
                    partial(_year_end, part, end),
                    AMOUNT,
                    sheet=14,
                )
                for part, title in (("once", t("Paid once")), ("yearly", t("Paid every year")))
                for end, name in _name_ends(t).items()
            ),
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectRow:
    """One outcome or Recommendation with its open needs; `priority` is the gravest of them."""

    unit: str
    needs: tuple[str, ...]
    priority: int


def list_subjects(rows: Iterable[NeedRow], units: Iterable[str]) -> tuple[SubjectRow, ...]:
    """Return the units that needs serve, in the order of the edition."""
    given = [row for row in rows if row.is_pending]
    found = ((unit, [row for row in given if unit in row.units]) for unit in units)
    return tuple(
        SubjectRow(
            unit=unit,
            needs=tuple(row.need.id for row in served),
            priority=min(row.priority for row in served),
        )
        for unit, served in found
        if served
    )


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
