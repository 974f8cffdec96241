"""The tables, comparisons, indicators and thresholds of frameworks/statistics/ are loaded in one language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from fatf_kit.core.errors import UnknownIdError
from fatf_kit.core.json_files import load_value
from fatf_kit.core.languages import LANGUAGES
from fatf_kit.core.national_words import base_language
from fatf_kit.core.resources import data_folder
from fatf_kit.statistics.model import (
    AgencyComparison,
    Definitions,
    FigureTable,
    Indicator,
    RowList,
    Threshold,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """A file of frameworks/statistics/, which has one of these keys."""

    lists: tuple[RowList, ...] = ()
    comparisons: tuple[AgencyComparison, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    thresholds: tuple[Threshold, ...] = ()
    editions: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)


@cache
def load_definitions(language: str = "en") -> Definitions:
    """Return everything that frameworks/statistics/ declares.

    Raises:
        UnknownIdError: no such language.
        FrameworkError: a file does not conform to its schema.

    >>> load_definitions().tables["ml-cases"].measures[0].label
    'Investigations opened'
    """
    if base_language(language) not in LANGUAGES:
        raise UnknownIdError(
            "'{found}' is not a language of fatf-kit. Allowed: {names}.", found=language, names=LANGUAGES
        )
    folder = data_folder("frameworks") / "statistics"

    def load(name: str) -> _Page:
        return load_value(folder / f"{name}.json", _Page, f"statistics-{name}.schema.json", language)

    lists = {one.id: one for one in load("lists").lists}
    tables = {}
    for name in load_value(folder.with_suffix(".json"), dict, "statistics.schema.json")["tables"]:
        path = folder / "tables" / f"{name}.json"
        table = load_value(path, FigureTable, "statistics-table.schema.json", language)
        rows = lists[table.row_list]
        total = (rows.total.row, rows.total.kind) if rows.total else (None, None)
        tables[table.id] = replace(table, rows=rows.rows, total=total[0], total_kind=total[1])
    lines = ((table, row, measure) for table in tables.values() for row, measure in table.lines())
    return Definitions(
        language=language,
        tables=tables,
        lines={table.line(row.id, measure.id): (table, row, measure) for table, row, measure in lines},
        predicates=tuple(row for row in lists["predicates"].rows if row.id != "total"),
        sectors=lists["sectors"].rows,
        comparisons={one.id: one for one in load("comparisons").comparisons},
        indicators=load("indicators").indicators,
        thresholds={one.id: one for one in load("thresholds").thresholds},
        shown_by=load("evidence").editions,
    )
