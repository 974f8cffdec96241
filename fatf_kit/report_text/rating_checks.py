"""Ratings of one report against each other, and the tables of ratings that could not be divided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from fatf_kit.core.problems import Problem, make_problem
from fatf_kit.core.ratings import ComplianceRating
from fatf_kit.framework.model import Framework
from fatf_kit.report_text.model import PrintedTable, StatedRating
from fatf_kit.texts.model import make_page_ref

_NO_PAGE = "–"


def report_differences(stated: Sequence[StatedRating], tabled: Sequence[StatedRating], name: str) -> Iterator[Problem]:
    """Yield one problem for each unit that a sentence and the table of ratings rate differently, both for certain."""
    table: Mapping[str, StatedRating] = {rated.unit: rated for rated in tabled}
    for rated in stated:
        other = table.get(rated.unit)
        if other and rated.is_sure and other.is_sure and other.rating != rated.rating:
            yield make_problem(
                "report-ratings-differ",
                make_page_ref(name, rated.page),
                rated.unit,
                before=rated.rating,
                after=other.rating,
                page=other.page or _NO_PAGE,
            )


def report_tables(tables: Sequence[PrintedTable], name: str) -> Iterator[Problem]:
    """Yield the tables and rows that could not be divided, and the units that two tables rate differently.

    Tables of different years, and those with the ratings of several reports, may well differ.
    """
    latest: dict[str, PrintedTable] = {}
    for table in tables:
        ref = make_page_ref(name, table.page)
        if not table.is_divided:
            yield make_problem("report-table-undivided", ref)
        if table.missing:
            listed = ", ".join(table.missing)
            yield make_problem("report-rows-undivided", ref, count=len(table.missing), units=listed)
        for unit, row in table.rows.items():
            before = latest.get(unit)
            if before is not None and _are_of_one_report(before, table):
                other = before.rows[unit]
                if row.is_sure and other.is_sure and row.rating != other.rating:
                    place = make_page_ref(name, row.page)
                    page = other.page or _NO_PAGE
                    yield make_problem(
                        "report-tables-differ", place, unit, before=other.rating, after=row.rating, page=page
                    )
        latest |= dict.fromkeys(table.rows, table)


def _are_of_one_report(table: PrintedTable, other: PrintedTable) -> bool:
    return table.years == other.years and not (table.of_several_reports or other.of_several_reports)


def propose_met(
    framework: Framework, ratings: Mapping[str, StatedRating], differing: frozenset[str], printed: frozenset[str]
) -> tuple[str, ...]:
    """Return the criteria that are met because their Recommendation is rated C.

    A rating that is not sure, or that differs within the report (`differing`), proposes nothing, and `printed` are
    the requirements whose own rating the report prints.
    """
    rated = (
        unit
        for unit in framework.recommendations
        if unit.id in ratings
        and ratings[unit.id].rating is ComplianceRating.C
        and ratings[unit.id].is_sure
        and unit.id not in differing
    )
    return tuple(
        criterion.id for unit in rated for criterion in unit.criteria if not _is_printed(criterion.id, printed)
    )


def _is_printed(criterion: str, printed: frozenset[str]) -> bool:
    return any(name.partition("(")[0] == criterion for name in printed)
