"""What strikes about the figures: a sum that is off, two authorities that differ, effort that does not follow risk.

An observation is no Problem, for every cell could be read, and no Finding, for it raises a question and settles none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from fatf_kit.core.problems import CellRef
from fatf_kit.statistics.figures import Number


class ObservationKind(StrEnum):
    """What kind of thing strikes."""

    STOCK = "stock"
    CONTINUITY = "continuity"
    SUM = "sum"
    ROWS = "rows"
    ROW_ABOVE_TOTAL = "row above total"
    UNPLACED = "unplaced"
    AT_MOST = "at most"
    BETWEEN = "between"
    EXPLAINED = "explained"
    JUMP = "jump"
    UNIT = "unit"
    GAP = "gap"
    CALENDARS = "calendars"
    FEW_CASES = "few cases"
    NO_CONVICTION = "no conviction"
    EFFORT = "effort"
    INSPECTIONS = "inspections"
    SECTOR = "sector"
    NO_CASE = "no case"
    THREAT_WITHOUT_CASE = "threat without case"


class ObservationWeight(StrEnum):
    """How sure it is that something is wrong: figures that cannot be, figures that may not be, worth knowing."""

    WRONG = "wrong"
    ASK = "ask"
    NOTE = "note"


WEIGHTS = MappingProxyType(
    {
        **dict.fromkeys(
            (
                ObservationKind.STOCK,
                ObservationKind.CONTINUITY,
                ObservationKind.SUM,
                ObservationKind.ROWS,
                ObservationKind.ROW_ABOVE_TOTAL,
            ),
            ObservationWeight.WRONG,
        ),
        **dict.fromkeys((ObservationKind.AT_MOST, ObservationKind.UNIT), ObservationWeight.WRONG),
        **dict.fromkeys(
            (ObservationKind.EXPLAINED, ObservationKind.UNPLACED, ObservationKind.CALENDARS), ObservationWeight.NOTE
        ),
    }
)
"""Weights other than "ask"."""

AGAINST_RISK = (
    ObservationKind.FEW_CASES,
    ObservationKind.NO_CONVICTION,
    ObservationKind.EFFORT,
    ObservationKind.INSPECTIONS,
    ObservationKind.SECTOR,
    ObservationKind.THREAT_WITHOUT_CASE,
)
"""Kinds that hold effort against the national risk assessment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One thing that strikes: where, in which years, who counted, and the numbers.

    `line` is the line it is about, empty where it is about a whole table, an outcome or a threat; `subject` then says
    which. `numbers` are by the names the sentence about this kind uses. `comparison` is the id of a comparison, and
    `by_row` says that it is about the row of `other` only.
    """

    kind: ObservationKind
    outcomes: tuple[str, ...] = ()
    line: str = ""
    subject: str = ""
    other: str = ""
    comparison: str = ""
    by_row: bool = False
    years: tuple[int, ...] = ()
    agencies: tuple[str, ...] = ()
    numbers: Mapping[str, Number] = field(default_factory=dict)
    refs: tuple[CellRef, ...] = ()

    @property
    def weight(self) -> ObservationWeight:
        """How sure it is that something is wrong; belongs to the kind."""
        return WEIGHTS.get(self.kind, ObservationWeight.ASK)

    @property
    def table(self) -> str:
        """The table it is about; empty where it is about none."""
        return self.line.partition("/")[0]
