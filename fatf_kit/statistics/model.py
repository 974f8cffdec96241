"""What is asked: tables of figures, the rules they are checked by, the indicators that are worked out.

A line is one figure of one table through the years; its id is "table/row/measure". Texts are in one language; results
hold ids only and are told in the reader's language later.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from fatf_kit.core.messages import Translator

ROW_ROLE = "row"
"""In place of a role: whoever the row belongs to."""


class Unit(StrEnum):
    """What a figure counts. Numbers and amounts may be added up, times may not."""

    NUMBER = "number"
    AMOUNT = "amount"
    DAYS = "days"
    HOURS = "hours"
    MONTHS = "months"

    @property
    def additive(self) -> bool:
        """Whether figures of several agencies or rows may be added."""
        return self in (Unit.NUMBER, Unit.AMOUNT)


class MergeRule(StrEnum):
    """What two agencies' figures for one line mean: each counts its own work, or both tell the same fact."""

    ADD = "add"
    SAME = "same"


class TotalKind(StrEnum):
    """How a row of totals stands to the rows above: their sum, or less, because one case may stand in several rows."""

    EXACT = "exact"
    OVERLAPPING = "overlapping"


class YearKind(StrEnum):
    """Which years an agency counts by. A year is named by the calendar year in which it begins."""

    CALENDAR = "calendar"
    FISCAL = "fiscal"
    HIJRI = "hijri"


class RiskLevel(StrEnum):
    """How high a threat or sector stands in the national risk assessment."""

    HIGH = "high"
    MEDIUM_HIGH = "medium-high"
    MEDIUM = "medium"
    MEDIUM_LOW = "medium-low"
    LOW = "low"

    @property
    def rank(self) -> int:
        """0 is the highest."""
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
class FigureMeasure:
    """One thing that is counted. `roles` who count it, empty: the table's; `rows` where, empty: in every row."""

    id: str
    label: str
    unit: Unit
    roles: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ArithmeticRule:
    """A rule within one row and year.

    `stock`: `first` + `plus` - `minus` = `last`. `sum`: `plus` together = `last`. `at_most`: `first` is no more than
    `last`. The names are measures.
    """

    kind: str
    last: str
    first: str = ""
    plus: tuple[str, ...] = ()
    minus: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureTable:
    """One table: what it counts, for which outcomes and core issues, who fills it in, and its checks.

    `feeds` gives core issues by edition. `total` is the row of totals, None where there is none.
    """

    id: str
    title: str
    definition: str
    outcomes: tuple[str, ...]
    feeds: Mapping[str, tuple[str, ...]]
    roles: tuple[str, ...]
    rows: tuple[FigureRow, ...]
    total: str | None
    total_kind: TotalKind | None
    merge: MergeRule
    measures: tuple[FigureMeasure, ...]
    checks: tuple[ArithmeticRule, ...]

    def lines(self) -> Iterator[tuple[FigureRow, FigureMeasure]]:
        """Every row with every measure that is asked in it."""
        for row in self.rows:
            for measure in self.measures:
                if self.asks(row, measure):
                    yield row, measure

    def asks(self, row: FigureRow, measure: FigureMeasure) -> bool:
        """Whether a measure is asked in a row: in every one, or in those that it names."""
        return not measure.rows or row.id in measure.rows

    def roles_of(self, row: FigureRow, measure: FigureMeasure) -> tuple[str, ...]:
        """Who fills a line in."""
        roles = measure.roles or self.roles
        return ((row.role,) if row.role else ()) if roles == (ROW_ROLE,) else roles

    def line(self, row: str, measure: str) -> str:
        """The id of a line."""
        return f"{self.id}/{row}/{measure}"

    def measure(self, name: str) -> FigureMeasure:
        """A measure by its id."""
        return next(m for m in self.measures if m.id == name)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyComparison:
    """What two authorities count must agree; `why` says what may part them in good faith, `asks` what follows if not.

    `left` and `right` are lines; "*" stands for every row but the total. `each_row` compares row by row. `kind` is
    "equal", or "at_most": left is no more than right.
    """

    id: str
    kind: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    each_row: bool
    title: str
    why: str
    asks: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorRow:
    """One line of an indicator: a label, what is divided and by what; `whole` is empty where nothing is divided."""

    label: str
    part: tuple[str, ...]
    whole: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """What is worked out, its limits, and what an assessor would ask next. `kind` says how; it is never a rating.

    "funnel": steps over all years. "share": part of whole, by year. "per": part for every `per` of whole, by year.
    "level": the figures themselves. "proceeds": part of the yearly proceeds estimated in the risk assessment.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """A number the checks go by, what it means, where it comes from and how sure that is."""

    id: str
    value: float
    meaning: str
    source: str
    confidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Definitions:
    """Everything that is asked and worked out, in one language.

    `shown_by` says by edition what shows each core issue: "figures", "cases", "documents", or "none".
    """

    language: str
    tables: Mapping[str, FigureTable]
    predicates: tuple[FigureRow, ...]
    sectors: tuple[FigureRow, ...]
    comparisons: tuple[AgencyComparison, ...]
    indicators: tuple[Indicator, ...]
    thresholds: Mapping[str, Threshold]
    shown_by: Mapping[str, Mapping[str, tuple[str, ...]]]

    def limit(self, name: str) -> float:
        """The value of a threshold."""
        return self.thresholds[name].value

    def find(self, line: str) -> tuple[FigureTable, FigureRow, FigureMeasure]:
        """What a line is made of.

        Raises:
            KeyError: no such line.
        """
        table_id, row_id, measure_id = line.split("/")
        table = self.tables[table_id]
        row = next((row for row in table.rows if row.id == row_id), None)
        measure = next((measure for measure in table.measures if measure.id == measure_id), None)
        if row is None or measure is None or not table.asks(row, measure):
            raise KeyError(line)
        return table, row, measure

    def lines(self) -> Iterator[str]:
        """Every line there is, table by table."""
        for table in self.tables.values():
            for row, measure in table.lines():
                yield table.line(row.id, measure.id)

    def lines_for(self, roles: tuple[str, ...]) -> tuple[str, ...]:
        """The lines that somebody in one of these roles fills in."""
        wanted = set(roles)
        return tuple(
            table.line(row.id, measure.id)
            for table in self.tables.values()
            for row, measure in table.lines()
            if wanted & set(table.roles_of(row, measure))
        )

    @property
    def roles(self) -> tuple[str, ...]:
        """Every role that fills something in, in the order of the tables."""
        found = (role for table in self.tables.values() for row, m in table.lines() for role in table.roles_of(row, m))
        return tuple(dict.fromkeys(found))

    def label(self, line: str) -> str:
        """A line in words: its row and its measure."""
        _, row, measure = self.find(line)
        return Translator(self.language)("{name}: {text}", name=row.label, text=measure.label)
