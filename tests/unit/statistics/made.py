"""Returns of made-up agencies for tests, built without a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from fatf_kit.statistics.definitions import load_definitions
from fatf_kit.statistics.figures import AgencyFigure, CaseEntry, Number, Risk, Statistics, StatisticsReturn
from fatf_kit.statistics.merge import merge_returns
from fatf_kit.statistics.model import YearKind

YEARS = (2021, 2022, 2023)


def agency(
    name: str,
    figures: Mapping[str, Sequence[Number | None]],
    *,
    years: Sequence[int] = YEARS,
    roles: Iterable[str] = (),
    kind: YearKind = YearKind.CALENDAR,
    starts: int | None = None,
    currency: str | None = "EUR",
    cases: tuple[CaseEntry, ...] = (),
    risks: tuple[Risk, ...] = (),
) -> StatisticsReturn:
    """One agency's figures, a value for each year and None for a blank; it is asked for the lines it fills in."""
    requested = (*load_definitions().lines_for(tuple(roles)), *figures)
    return StatisticsReturn(
        file=f"{name}.xlsx",
        sha256=name,
        agency=name,
        year_kind=kind,
        year_starts=starts,
        currency=currency,
        years=tuple(years),
        requested=tuple(dict.fromkeys(requested)),
        figures=tuple(
            AgencyFigure(line=line, year=year, value=value)
            for line, row in figures.items()
            for year, value in zip(years, row, strict=True)
            if value is not None
        ),
        cases=tuple(replace(case, agency=name) for case in cases),
        risks=risks,
    )


def merged(*returns: StatisticsReturn) -> Statistics:
    """The country's figures out of these."""
    return merge_returns(returns)[0]
