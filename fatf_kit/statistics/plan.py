"""Which workbook is made for whom: the lines of the roles an agency has, and the sheets around them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from fatf_kit.core.errors import UnknownIdError
from fatf_kit.framework.vocabulary import load_vocabulary
from fatf_kit.statistics.definitions import load_definitions
from fatf_kit.statistics.model import Definitions, FigureMeasure, FigureRow, FigureTable, YearKind
from fatf_kit.statistics.years import check_years

RISK_ROLE = "coordination"
"""The role that hands in the national risk assessment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkbookPlan:
    """One workbook before it is written. `lines` are in the order of the tables."""

    id: str
    agency: str
    roles: tuple[str, ...]
    years: tuple[int, ...]
    year_kind: YearKind
    language: str
    lines: tuple[str, ...]
    country: str | None = None
    notice: str = ""

    @property
    def asks_risks(self) -> bool:
        """Whether the sheet of the national risk assessment is in it."""
        return RISK_ROLE in self.roles

    def tables(
        self, definitions: Definitions
    ) -> Iterator[tuple[FigureTable, tuple[tuple[FigureRow, FigureMeasure], ...]]]:
        """Every table with the rows and measures that this workbook asks for."""
        wanted = set(self.lines)
        for table in definitions.tables.values():
            lines = tuple((r, m) for r, m in table.lines() if table.line(r.id, m.id) in wanted)
            if lines:
                yield table, lines


def make_plan(
    roles: Sequence[str],
    *,
    years: Iterable[int],
    language: str = "en",
    id: str | None = None,  # noqa: A002 - as agencies are called elsewhere
    agency: str | None = None,
    year_kind: YearKind = YearKind.CALENDAR,
    country: str | None = None,
    notice: str = "",
) -> WorkbookPlan:
    """The workbook of somebody in these roles; `agency` is its name, that of the first role where none is given.

    Raises:
        UnknownIdError: a role that fills nothing in, or a language that is not shipped.
        FatfKitError: no years, or too many.

    >>> plan = make_plan(["company_registry"], years=[2024, 2025])
    >>> plan.agency, plan.lines[0]
    ('Company registry', 'bo-requests/domestic/requests-in')
    """
    definitions = load_definitions(language)
    known = definitions.roles
    for role in roles:
        if role not in known:
            raise UnknownIdError(f"{role!r} is no role that counts anything. Use some of: {', '.join(known)}.")
    if not roles:
        raise UnknownIdError(f"Name a role: {', '.join(known)}.")
    return WorkbookPlan(
        id=id or "-".join(roles).replace("_", "-"),
        agency=agency or load_vocabulary(language).roles[roles[0]].name,
        roles=tuple(roles),
        years=check_years(years),
        year_kind=year_kind,
        language=language,
        lines=definitions.lines_for(tuple(roles)),
        country=country,
        notice=notice,
    )
