"""The values that frameworks/statistics/ declares: tables of figures, rules, comparisons, indicators, thresholds.

A line is one figure of one table through the years; its id is "table/row/measure". Texts are in one language; results
hold ids only, and reports put them into the reader's language.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from fatf_kit.core.messages import Translator

ROW_ROLE = "row"
"""In place of a role: the role that the row names."""


class Unit(StrEnum):
    """The unit of a figure. Numbers and amounts may be added up, times may not."""

    NUMBER = "number"
    AMOUNT = "amount"
    DAYS = "days"
    HOURS = "hours"
    MONTHS = "months"

    @property
    def is_additive(self) -> bool:
        """Whether figures of several agencies or rows may be added."""
        return self in (Unit.NUMBER, Unit.AMOUNT)


class MergeRule(StrEnum):
    """The rule for two agencies' figures for one line: each counts its own work, or both report the same fact."""

    ADD = "add"
    SAME = "same"


class TotalKind(StrEnum):
    """The relation of a row of totals to the rows above: their sum, or less where one case may be in several rows."""

    EXACT = "exact"
    OVERLAPPING = "overlapping"


class YearKind(StrEnum):
    """The kind of years an agency counts by. A year is named by the calendar year in which it begins."""

    CALENDAR = "calendar"
    FISCAL = "fiscal"
    HIJRI = "hijri"


class RiskLevel(StrEnum):
    """A level at which the national risk assessment rates a threat or sector."""

    HIGH = "high"
    MEDIUM_HIGH = "medium-high"
    MEDIUM = "medium"
    MEDIUM_LOW = "medium-low"
    LOW = "low"

    @property
    def rank(self) -> int:
        """The place in the order of levels; 0 is the highest."""
        return list(RiskLevel).index(self)

    @property
    def is_high(self) -> bool:
        """Whether more effort than usual is to be expected."""
        return self in (RiskLevel.HIGH, RiskLevel.MEDIUM_HIGH)

    @property
    def is_low(self) -> bool:
        """Whether less effort than usual is to be expected."""
        return self in (RiskLevel.LOW, RiskLevel.MEDIUM_LOW)


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    """One row of a table: its id, its label, and the role it belongs to where it belongs to one."""

    id: str
    label: str
    role: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RowTotal:
    """The id of a row of totals, and how it relates to the rows above it."""

    row: str
    kind: TotalKind


@dataclass(frozen=True, slots=True, kw_only=True)
class RowList:
    """A list of rows that one or more tables use; `total` is None where it has no row of totals."""

    id: str
    rows: tuple[FigureRow, ...]
    total: RowTotal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureMeasure:
    """One thing that is counted. `roles` count it, the table's where empty; `rows` have it, every row where empty."""

    id: str
    label: str
    unit: Unit
    roles: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ArithmeticRule:
    """A rule between the measures of one row and year.

    `sum`: `parts` together are the `result`. `stock`: `parts`, the first of which was open at the start of the year,
    without `less` are the `result`, which is open at its end. `at_most`: the one part is no more than the `result`.
    """

    kind: str
    parts: tuple[str, ...]
    result: str
    less: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureTable:
    """One table: what it counts, for which outcomes and core issues, who fills it in, and its rules.

    `tab` is the short name on the tab of its sheet. `feeds` gives core issues by edition. `row_list` names the list
    that its rows and row of totals come from; `total` is None where there is none.
    """

    id: str
    title: str
    tab: str
    definition: str
    outcomes: tuple[str, ...]
    feeds: Mapping[str, tuple[str, ...]]
    roles: tuple[str, ...]
    row_list: str
    merge: MergeRule
    measures: tuple[FigureMeasure, ...]
    checks: tuple[ArithmeticRule, ...]
    rows: tuple[FigureRow, ...] = ()
    total: str | None = None
    total_kind: TotalKind | None = None

    def lines(self) -> Iterator[tuple[FigureRow, FigureMeasure]]:
        """Yield every row with every measure that it has."""
        for row in self.rows:
            for measure in self.measures:
                if not measure.rows or row.id in measure.rows:
                    yield row, measure

    def roles_of(self, row: FigureRow, measure: FigureMeasure) -> tuple[str, ...]:
        """Return the roles that fill a line in."""
        roles = measure.roles or self.roles
        return ((row.role,) if row.role else ()) if roles == (ROW_ROLE,) else roles

    def line(self, row: str, measure: str) -> str:
        """Return the id of a line."""
        return f"{self.id}/{row}/{measure}"

    def measure(self, name: str) -> FigureMeasure:
        """Return a measure by its id."""
        return next(m for m in self.measures if m.id == name)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyComparison:
    """Two counts that must agree; `why` says why they may differ in good faith, `asks` what assessors would ask.

    `statement` is a clause about both counts, with the places {left} and {right}.

    `left` and `right` are lines; "*" means every row but the total. `each_row` compares row by row. `kind` is
    "equal", or "at_most": left is no more than right.
    """

    id: str
    kind: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    title: str
    statement: str
    why: str
    asks: str
    each_row: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorRow:
    """One line of an indicator: a label, the numerator and the denominator; `whole` is empty for a plain figure."""

    part: tuple[str, ...]
    whole: tuple[str, ...] = ()
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """An indicator, its limits, and what an assessor would ask next; it is never a rating.

    `kind` says how it is computed. "funnel": steps over all years. "share": part of whole, by year. "per": part for
    every `per` of whole, by year. "level": the figures themselves. "proceeds": part of the yearly proceeds that the
    risk assessment estimates.
    """

    id: str
    kind: str
    outcomes: tuple[str, ...]
    title: str
    definition: str
    limits: str
    asks: str
    rows: tuple[IndicatorRow, ...]
    per: int = 100

    @property
    def is_percentage(self) -> bool:
        """Whether its values are shares in per cent."""
        return self.kind in ("share", "proceeds")


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """A number that the checks use, what it means, where it comes from and how sure that is."""

    id: str
    value: float
    meaning: str
    source: str
    confidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Definitions:
    """Everything that frameworks/statistics/ declares, in one language.

    `lines` gives the table, row and measure of every line.
    `shown_by` says by edition what shows each core issue: "figures", "cases", "documents", or "none".
    """

    language: str
    tables: Mapping[str, FigureTable]
    lines: Mapping[str, tuple[FigureTable, FigureRow, FigureMeasure]]
    predicates: tuple[FigureRow, ...]
    sectors: tuple[FigureRow, ...]
    comparisons: Mapping[str, AgencyComparison]
    indicators: tuple[Indicator, ...]
    thresholds: Mapping[str, Threshold]
    shown_by: Mapping[str, Mapping[str, tuple[str, ...]]]

    def expand(self, selectors: Iterable[str]) -> tuple[str, ...]:
        """Return the lines that selectors mean: "table/*/measure" is of every row but that of totals.

        >>> from fatf_kit.statistics.definitions import load_definitions
        >>> load_definitions().expand(["ml-sanctions/*/custodial"])
        ('ml-sanctions/natural/custodial', 'ml-sanctions/legal/custodial')
        """
        found: list[str] = []
        for selector in selectors:
            name, row, measure = selector.split("/")
            table = self.tables[name]
            rows = [one.id for one, other in table.lines() if other.id == measure]
            every = [table.line(one, measure) for one in rows if one != table.total]
            found += every if row == "*" else [selector]
        return tuple(found)

    def limit(self, name: str) -> float:
        """Return the value of a threshold."""
        return self.thresholds[name].value

    def lines_for(self, roles: tuple[str, ...]) -> tuple[str, ...]:
        """Return the lines that an agency with these roles fills in."""
        wanted = set(roles)
        return tuple(line for line in self.lines if wanted & set(self.roles_of(line)))

    def roles_of(self, line: str) -> tuple[str, ...]:
        """Return the roles that fill a line in."""
        table, row, measure = self.lines[line]
        return table.roles_of(row, measure)

    def all_roles_of(self, lines: Iterable[str]) -> frozenset[str]:
        """Return the roles that fill one of some lines in."""
        return frozenset(role for line in lines for role in self.roles_of(line))

    @property
    def roles(self) -> tuple[str, ...]:
        """Every role that fills something in, in the order of the tables."""
        return tuple(dict.fromkeys(role for line in self.lines for role in self.roles_of(line)))

    def label(self, line: str) -> str:
        """Return a line in words: its measure, and its row in brackets; the row of totals has the table instead."""
        table, row, measure = self.lines[line]
        place = table.title if row.id == table.total else row.label
        return Translator(self.language)("{text} ({place})", text=measure.label, place=place)
