"""Figures, cases and risks that agencies gave, first by workbook, then merged for the country.

An empty cell is no figure at all; "not available" and "not applicable" are answers without a number. Zero is a number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from fatf_kit.assessed.folder import FolderPart
from fatf_kit.assessment.answers.model import Confidentiality
from fatf_kit.core.problems import CellRef
from fatf_kit.statistics.definitions import load_definitions
from fatf_kit.statistics.model import RiskLevel, TotalKind, YearKind

Number = int | float


class NoFigureReason(StrEnum):
    """A reason why there is no number: it is not counted, or it cannot occur."""

    NOT_AVAILABLE = "not available"
    NOT_APPLICABLE = "not applicable"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyFigure:
    """One filled cell. `value` is None where `none` says why; amounts are in whole units of the currency."""

    line: str
    year: int
    value: Number | None
    none: NoFigureReason | None = None
    ref: CellRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseEntry:
    """One case: what was done, its result and what it shows. No persons are named, and there is no field for them.

    `predicate` is a row of the list of predicate offences, `year` that of the result; both are None where not given.
    `is_withheld` says that its words seem to name a person and are kept out of reports.
    """

    id: str
    outcome: str
    predicate: str | None = None
    year: int | None = None
    done: str = ""
    result: str = ""
    shows: str = ""
    core_issues: tuple[str, ...] = ()
    confidentiality: Confidentiality = Confidentiality.GOVERNMENT
    is_withheld: bool = False
    agency: str = ""
    ref: CellRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """A threat or sector as the national risk assessment rates it.

    `id` is "threat/fraud" or "sector/banks". `proceeds` is its estimate for a year; None where it gives none.
    """

    id: str
    level: RiskLevel | None
    proceeds: Number | None = None
    why: str = ""
    ref: CellRef | None = None

    @property
    def item(self) -> str:
        """The row of the list of predicates or sectors."""
        return self.id.partition("/")[2]

    @property
    def is_threat(self) -> bool:
        """Whether it is a threat and not a sector."""
        return self.id.startswith("threat/")


@dataclass(frozen=True, slots=True, kw_only=True)
class StatisticsReturn:
    """One workbook as an agency filled it in.

    `requested` are the lines in it, filled or not. `year_kind`, `year_starts` (a month) and `currency` are None where
    the cover does not say, `contact` names whom to ask. `notes` are by line.
    """

    file: str
    sha256: str
    agency: str
    country: str | None = None
    contact: str | None = None
    year_kind: YearKind | None = None
    year_starts: int | None = None
    currency: str | None = None
    years: tuple[int, ...] = ()
    requested: tuple[str, ...] = ()
    figures: tuple[AgencyFigure, ...] = ()
    notes: Mapping[str, str] = field(default_factory=dict)
    cases: tuple[CaseEntry, ...] = ()
    risks: tuple[Risk, ...] = ()
    notice: str = ""

    @property
    def calendar(self) -> tuple[YearKind, int]:
        """The kind of years and the month they begin in; calendar years where the cover does not say."""
        kind = self.year_kind or YearKind.CALENDAR
        return kind, 1 if kind is YearKind.CALENDAR else self.year_starts or 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryFigure:
    """A figure of the country: one agency's, or several agencies' added up.

    `parts` gives each agency's own. `is_partial` says that an agency that was asked gave nothing, so that a sum may be
    too low.
    """

    line: str
    year: int
    value: Number | None
    parts: tuple[tuple[str, Number | None], ...]
    refs: tuple[CellRef, ...] = ()
    none: NoFigureReason | None = None
    is_partial: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics(FolderPart):
    """Everything that was read for one country.

    `values` are by line and year; what no agency gave is absent. `asked` are all lines of all workbooks.
    """

    returns: tuple[StatisticsReturn, ...]
    years: tuple[int, ...]
    values: Mapping[tuple[str, int], CountryFigure]
    cases: tuple[CaseEntry, ...] = ()
    risks: tuple[Risk, ...] = ()
    currency: str | None = None

    @property
    def requested(self) -> tuple[str, ...]:
        """Every line of every workbook, each once."""
        return tuple(dict.fromkeys(line for one in self.returns for line in one.requested))

    @property
    def country(self) -> str | None:
        """The country's name on the first cover that has it."""
        return next((one.country for one in self.returns if one.country), None)

    @property
    def notices(self) -> tuple[str, ...]:
        """The notices on the workbooks, which every report repeats."""
        return tuple(dict.fromkeys(one.notice for one in self.returns if one.notice))

    def value(self, line: str, year: int) -> Number | None:
        """Return the number; None where there is none."""
        found = self.values.get((line, year))
        return found.value if found else None

    def sum_in_year(self, selectors: Iterable[str], year: int) -> Number | None:
        """Return the sum over the lines of some selectors in a year; None where none of them is known.

        A row of totals that no agency gave is the sum of the rows above, where each case is in one row only.
        """
        definitions, found = load_definitions(), list[Number]()
        for selector in selectors:
            name, row, measure = selector.split("/")
            table = definitions.tables[name]
            is_exact = row == table.total and table.total_kind is TotalKind.EXACT
            is_summed = is_exact and self.value(selector, year) is None
            lines = definitions.expand([table.line("*", measure) if is_summed else selector])
            found += [value for line in lines if (value := self.value(line, year)) is not None]
        return sum(found) if found else None

    def sum_over_years(self, *selectors: str) -> Number | None:
        """Return the sum over all years; None where no year is known."""
        sums = (self.sum_in_year(selectors, year) for year in self.years)
        found = [value for value in sums if value is not None]
        return sum(found) if found else None
