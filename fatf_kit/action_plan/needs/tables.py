"""The tables of needs and costs: of the matrix of all, and of a partner's copy, which has fewer columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from fatf_kit.action_plan.needs.costing import GroupSum, YearSum, sum_by, sum_by_year
from fatf_kit.action_plan.needs.matrix import NeedMatrix, NeedRow
from fatf_kit.action_plan.needs.model import CostRange
from fatf_kit.action_plan.needs.rules import load_assistance
from fatf_kit.action_plan.needs.schema import KINDS
from fatf_kit.action_plan.needs.texts import (
    describe_amounts,
    describe_cost,
    describe_delivery,
    describe_status,
    list_groupings,
    name_choice,
    name_partner,
    name_priority,
)
from fatf_kit.core.messages import Translator
from fatf_kit.report.model import DataTable, TableCell
from fatf_kit.report.results_table import DATE, ID, NUMBER, ResultColumn, ResultsTable

_Column = ResultColumn[NeedRow]


def need_table(matrix: NeedMatrix, t: Translator) -> ResultsTable[NeedRow]:
    """Return the table of needs; a partner's copy has no columns that are for the coordinator only."""
    return ResultsTable("needs", t("Needs of assistance"), tuple(_need_columns(matrix, t)))


def _need_columns(matrix: NeedMatrix, t: Translator) -> Iterator[_Column]:
    is_all = not matrix.partner
    categories = {one.id: one.category for one in load_assistance().kinds}
    yield _Column("id", t("No."), lambda row: row.need.id, ID, sheet=9, page=3, cell=lambda row: _id_cell(row, t))
    yield _Column("items", t("Items"), lambda row: row.items, ID, sheet=14)
    if is_all:
        yield _Column("serves", t("Serves items and actions"), lambda row: row.need.serves, ID, sheet=16)
    yield _Column("units", t("Outcomes and Recommendations"), lambda row: row.units, ID, sheet=16)
    yield _Column(
        "need",
        t("What is missing"),
        lambda row: row.need.need,
        sheet=44,
        page=8,
        cell=lambda row: TableCell(text=row.need.need, detail=t.listed((*row.items, *row.units))),
    )
    yield _Column("provision", t("Provision of law, or none yet"), lambda row: row.need.provision, sheet=20)
    yield _Column(
        "kind",
        t("Kind of assistance"),
        lambda row: name_choice(KINDS, row.need.kind, t),
        sheet=22,
        page=4,
        cell=lambda row: TableCell(text=name_choice(KINDS, row.need.kind, t), detail=describe_delivery(row, t)),
    )
    yield _Column(
        "category", t("UNCAC category (own mapping)"), lambda row: t(categories.get(row.need.kind, "")), sheet=20
    )
    yield _Column("beneficiary", t("Receiving agency"), lambda row: row.need.beneficiary, sheet=22, page=4)
    yield _Column("priority", t("Priority"), lambda row: name_priority(row.priority, t), sheet=12)
    if is_all:
        yield _Column("rule", t("Priority by the rule"), lambda row: name_priority(row.rule, t), sheet=12)
        yield _Column("reason", t("Reason for the priority"), lambda row: row.need.reason, sheet=28)
    yield _Column("wanted_from", t("Wanted from"), lambda row: row.need.wanted_from, DATE, sheet=11)
    yield _Column(
        "wanted_until",
        t("Wanted by"),
        lambda row: row.need.wanted_until,
        DATE,
        sheet=11,
        page=3,
        cell=lambda row: TableCell(
            text=t.month(row.need.wanted_until) if row.need.wanted_until else "–", day=row.need.wanted_until
        ),
    )
    yield _Column("deadline", t("Due"), lambda row: row.deadline, DATE, sheet=11)
    yield _Column("delivery", t("Delivery"), lambda row: describe_delivery(row, t), sheet=16)
    yield _Column("partner", t("Partner"), lambda row: name_partner(row, t), sheet=22)
    yield _Column(
        "status",
        t("Status of the need"),
        lambda row: describe_status(row, t),
        sheet=18,
        page=4,
        cell=lambda row: TableCell(text=describe_status(row, t), detail=name_partner(row, t)),
    )
    if is_all:
        yield _Column("contacted", t("Last contact"), lambda row: row.need.contacted, DATE, sheet=12)
    yield from _money_columns(matrix, t)
    yield _Column("condition", t("Condition"), lambda row: row.need.condition, sheet=28)
    yield _Column("result", t("Result to show"), lambda row: row.need.result, sheet=34)
    if is_all:
        yield _Column("note", t("Notes"), lambda row: row.need.note, sheet=34)
        yield _Column(
            "confidential", t("Confidential"), lambda row: t("yes") if row.need.is_confidential else None, sheet=12
        )


def _id_cell(row: NeedRow, t: Translator) -> TableCell:
    return TableCell(text=row.need.id, detail=name_priority(row.priority, t), order=row.priority)


def _money_columns(matrix: NeedMatrix, t: Translator) -> Iterator[_Column]:
    """Yield the columns of cost, funding and gap: exact, one currency after the other; in a document in words."""
    yield _Column(
        "cost",
        t("Cost"),
        lambda row: t("known") if row.cost.cost.is_known else t("not known"),
        sheet=12,
        page=5,
        cell=lambda row: TableCell(
            text=describe_cost(row.cost, t),
            detail=t("funded: {amount}", amount=describe_amounts(row.cost.funded, t)) if row.cost.funded else "",
        ),
    )
    currencies = list_currencies(matrix)
    for name in currencies:
        for end, title in _ends(t).items():
            yield _Column(
                f"{end}_{name.lower()}",
                f"{title} ({name})",
                lambda row, name=name, end=end: _end_of(row.cost.cost.sums, name, end),  # type: ignore[misc]
                NUMBER,
                sheet=13,
            )
        yield _Column(
            f"funded_{name.lower()}",
            t("Funded ({currency})", currency=name),
            lambda row, name=name: row.cost.funded.get(name),  # type: ignore[misc]
            NUMBER,
            sheet=13,
        )
        yield _Column(
            f"gap_{name.lower()}",
            t("Still to be funded ({currency})", currency=name),
            lambda row, name=name: row.cost.gap.get(name),  # type: ignore[misc]
            NUMBER,
            sheet=13,
        )


def _ends(t: Translator) -> Mapping[str, str]:
    return {"low": t("Cost, at least"), "likely": t("Cost, likely"), "high": t("Cost, at most")}


def _end_of(sums: Mapping[str, CostRange], currency: str, end: str) -> float | None:
    found = sums.get(currency)
    return None if found is None else float(getattr(found, end))


def list_currencies(matrix: NeedMatrix) -> tuple[str, ...]:
    """Return the currencies of costs and of funded amounts, each once."""
    found = [one.currency for one in (*matrix.lines, *matrix.paid_already) if one.total is not None]
    return tuple(dict.fromkeys((*found, *(name for row in matrix.rows for name in row.cost.funded))))


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


def total_table(t: Translator) -> ResultsTable[TotalRow]:
    """Return the table of sums, exact in sheets."""
    column = ResultColumn[TotalRow]
    return ResultsTable(
        "totals",
        t("Totals"),
        (
            column("grouping", t("Added up by"), sheet=24),
            column("group", t("Group"), lambda row: row.sum.group, sheet=34, page=5),
            column("currency", t("Currency"), lambda row: row.sum.currency, ID, sheet=11, page=2),
            *(
                column(end, title, lambda row, end=end: _exact(row.sum.total, end), NUMBER, sheet=14)  # type: ignore[misc]
                for end, title in _ends(t).items()
            ),
            column("lines", t("Lines added up"), lambda row: row.sum.lines, NUMBER, sheet=10),
            column("unknown", t("Lines not known"), lambda row: row.sum.unknown, NUMBER, sheet=10),
        ),
    )


def _exact(total: CostRange | None, end: str) -> float | None:
    return None if total is None else float(getattr(total, end))


def year_table(t: Translator) -> ResultsTable[YearSum]:
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
                    f"{title}: {name}",
                    lambda row, part=part, end=end: float(getattr(getattr(row, part), end)),  # type: ignore[misc]
                    NUMBER,
                    sheet=14,
                )
                for part, title in (("once", t("Paid once")), ("yearly", t("Paid every year")))
                for end, name in _ends(t).items()
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
    given = [row for row in rows if row.is_asked]
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


def subject_table(t: Translator) -> ResultsTable[SubjectRow]:
    """Return the table of open needs by outcome and Recommendation."""
    column = ResultColumn[SubjectRow]
    return ResultsTable(
        "subjects",
        t("Needs not yet agreed, by subject"),
        (
            column("unit", t("Outcome or Recommendation"), kind=ID, sheet=18, page=3),
            column("count", t("Needs not yet agreed"), lambda row: len(row.needs), NUMBER, sheet=14, page=3),
            column("priority", t("Gravest priority"), lambda row: name_priority(row.priority, t), sheet=16, page=3),
            column("needs", t("Needs"), kind=ID, sheet=30, page=6),
        ),
    )


def list_tables(matrix: NeedMatrix, units: Iterable[str], t: Translator) -> tuple[DataTable, ...]:
    """Return the flat tables for sheets, CSV files and data frames."""
    tables = [need_table(matrix, t).in_sheet(matrix.rows)]
    if not matrix.partner:
        tables.append(subject_table(t).in_sheet(list_subjects(matrix.rows, units)))
    tables.append(total_table(t).in_sheet(list_totals(matrix, t)))
    tables.append(year_table(t).in_sheet(sum_by_year(matrix.lines)))
    return tuple(tables)
