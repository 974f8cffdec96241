"""The tables, comparisons, indicators and thresholds of frameworks/statistics/, in one language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from fatf_kit.core.errors import FrameworkError, UnknownIdError
from fatf_kit.core.json_files import load_json
from fatf_kit.core.languages import LANGUAGES
from fatf_kit.core.resources import data_folder
from fatf_kit.statistics.model import (
    AgencyComparison,
    ArithmeticRule,
    Definitions,
    FigureMeasure,
    FigureRow,
    FigureTable,
    Indicator,
    IndicatorRow,
    MergeRule,
    Threshold,
    TotalKind,
    Unit,
)

_PARTS = ("lists", "comparisons", "indicators", "thresholds", "evidence", "persons")


@cache
def load_definitions(language: str = "en") -> Definitions:
    """Everything that is asked and worked out.

    Raises:
        UnknownIdError: no such language.
        FrameworkError: a file is at odds with its schema.

    >>> load_definitions().tables["ml-cases"].measures[0].label
    'Investigations opened'
    """
    if language not in LANGUAGES:
        raise UnknownIdError(f"There is no language {language!r}. Use one of: {', '.join(LANGUAGES)}.")
    pages = _pages()
    lists = {page["id"]: page for page in pages["lists"]["lists"]}
    tables = (_table(page, lists, language) for page in pages["tables"])
    return Definitions(
        language=language,
        tables=MappingProxyType({table.id: table for table in tables}),
        predicates=tuple(row for row in _rows(lists["predicates"], language) if row.id != "total"),
        sectors=_rows(lists["sectors"], language),
        comparisons=tuple(_comparison(page, language) for page in pages["comparisons"]["comparisons"]),
        indicators=tuple(_indicator(page, language) for page in pages["indicators"]["indicators"]),
        thresholds=MappingProxyType(
            {
                page["id"]: Threshold(**page | {"meaning": page["meaning"][language]})
                for page in pages["thresholds"]["thresholds"]
            }
        ),
        shown_by=MappingProxyType(
            {
                edition: MappingProxyType({one["core_issue"]: tuple(one["shown_by"]) for one in issues})
                for edition, issues in pages["evidence"]["editions"].items()
            }
        ),
    )


def load_person_words() -> Mapping[str, list[str]]:
    """Headings of columns of names, and words that stand before names, in every language."""
    page: Mapping[str, list[str]] = _pages()["persons"]
    return page


@cache
def _pages() -> Mapping[str, Any]:
    folder = data_folder("frameworks")
    order = _load(folder / "statistics.json", "statistics.schema.json")["tables"]
    pages: dict[str, Any] = {
        name: _load(folder / "statistics" / f"{name}.json", f"statistics-{name}.schema.json") for name in _PARTS
    }
    pages["tables"] = [
        _load(folder / "statistics" / "tables" / f"{name}.json", "statistics-table.schema.json") for name in order
    ]
    return pages


def _load(path: Path, schema: str) -> Any:
    try:
        page, problems = load_json(path, schema)
    except FileNotFoundError:
        raise FrameworkError(f"frameworks/statistics: there is no file {path.name}.") from None
    if problems:
        raise FrameworkError(problems[0].message)
    return page


def _rows(page: Mapping[str, Any], language: str) -> tuple[FigureRow, ...]:
    return tuple(FigureRow(id=row["id"], label=row["label"][language], role=row.get("role")) for row in page["rows"])


def _table(page: Mapping[str, Any], lists: Mapping[str, Any], language: str) -> FigureTable:
    rows = lists[page["rows"]]
    total = rows.get("total")
    return FigureTable(
        id=page["id"],
        title=page["title"][language],
        definition=page["definition"][language],
        outcomes=tuple(page["outcomes"]),
        feeds=MappingProxyType({edition: tuple(issues) for edition, issues in page["feeds"].items()}),
        roles=tuple(page["roles"]),
        rows=_rows(rows, language),
        total=total["row"] if total else None,
        total_kind=TotalKind(total["kind"]) if total else None,
        merge=MergeRule(page["merge"]),
        measures=tuple(
            FigureMeasure(
                id=one["id"],
                label=one["label"][language],
                unit=Unit(one["unit"]),
                roles=tuple(one.get("roles", ())),
                rows=tuple(one.get("rows", ())),
            )
            for one in page["measures"]
        ),
        checks=tuple(map(_check, page["checks"])),
    )


def _check(page: Mapping[str, Any]) -> ArithmeticRule:
    match page["kind"]:
        case "stock":
            return ArithmeticRule(
                kind="stock",
                first=page["opening"],
                plus=tuple(page["in"]),
                minus=tuple(page["out"]),
                last=page["closing"],
            )
        case "sum":
            return ArithmeticRule(kind="sum", plus=tuple(page["parts"]), last=page["total"])
        case _:
            return ArithmeticRule(kind="at_most", first=page["part"], last=page["whole"])


def _comparison(page: Mapping[str, Any], language: str) -> AgencyComparison:
    return AgencyComparison(
        id=page["id"],
        kind=page["kind"],
        left=tuple(page["left"]),
        right=tuple(page["right"]),
        each_row=page.get("each_row", False),
        title=page["title"][language],
        why=page["why"][language],
        asks=page["asks"][language],
    )


def _indicator(page: Mapping[str, Any], language: str) -> Indicator:
    """Rows as they are given; an indicator of one row needs no label, and a plain line is told by its own."""
    rows: tuple[IndicatorRow, ...]
    if page["kind"] == "level":
        rows = tuple(IndicatorRow(label="", part=(line,)) for line in page["rows"])
    elif page["kind"] in ("funnel", "per"):
        rows = tuple(
            IndicatorRow(label=row["label"][language], part=tuple(row["part"]), whole=tuple(row.get("whole", ())))
            for row in page["rows"]
        )
    else:
        rows = (IndicatorRow(label="", part=tuple(page["part"]), whole=tuple(page.get("whole", ()))),)
    return Indicator(
        id=page["id"],
        kind=page["kind"],
        outcomes=tuple(page["outcomes"]),
        title=page["title"][language],
        definition=page["definition"][language],
        limits=page["limits"][language],
        asks=page["asks"][language],
        rows=rows,
        per=page.get("per", 100),
    )
