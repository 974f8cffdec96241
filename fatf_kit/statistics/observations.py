"""Observations about the figures: a wrong sum, two authorities that differ, effort that does not follow risk.

An observation is no Problem, for every cell could be read, and no Finding, for it raises a question and settles none.
How sure each kind is, its sentence and the assessors' question: frameworks/statistics/observations.json.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache

from fatf_kit.core.json_files import load_value
from fatf_kit.core.problems import CellRef
from fatf_kit.core.resources import data_folder
from fatf_kit.statistics.figures import Number


class ObservationKind(StrEnum):
    """The kinds of observations."""

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
    """The weight of an observation: figures that cannot be right, that may be wrong, or are worth knowing."""

    WRONG = "wrong"
    ASK = "ask"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservationRule:
    """The texts for one kind of observation: a sentence with places for facts, and the assessors' question.

    `about_risk` says that it compares effort with the national risk assessment. Where the words depend on a number,
    `counted` names it, `text` is the plural, `singular` the sentence for one and `none` that for zero, where it
    has another.
    """

    kind: ObservationKind
    weight: ObservationWeight
    text: str
    question: str
    about_risk: bool = False
    singular: str = ""
    none: str = ""
    counted: str = ""


@dataclass(frozen=True, slots=True)
class _Page:
    observations: tuple[ObservationRule, ...]


@cache
def load_observation_rules() -> Mapping[ObservationKind, ObservationRule]:
    """Return the rule for each kind of observation, its texts in English.

    >>> load_observation_rules()[ObservationKind.SUM].weight
    <ObservationWeight.WRONG: 'wrong'>
    """
    path = data_folder("frameworks") / "statistics" / "observations.json"
    page = load_value(path, _Page, "statistics-observations.schema.json")
    return {rule.kind: rule for rule in page.observations}


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One thing that is reported: about which figures, in which years, who counted, and the numbers.

    `line` is the line it is about, empty where it is about a whole table, an outcome or a threat; `subject` then says
    which. `numbers` have the names that the sentence of this kind uses. `comparison` is the id of a comparison, and
    `is_by_row` says that it is about the row of `other` only.
    """

    kind: ObservationKind
    outcomes: tuple[str, ...] = ()
    line: str = ""
    subject: str = ""
    other: str = ""
    comparison: str = ""
    is_by_row: bool = False
    years: tuple[int, ...] = ()
    agencies: tuple[str, ...] = ()
    numbers: Mapping[str, Number] = field(default_factory=dict)
    refs: tuple[CellRef, ...] = ()

    @property
    def weight(self) -> ObservationWeight:
        """The weight, which depends on the kind."""
        return load_observation_rules()[self.kind].weight

    @property
    def is_about_risk(self) -> bool:
        """Whether it compares effort with the national risk assessment."""
        return load_observation_rules()[self.kind].about_risk

    @property
    def table(self) -> str:
        """The table it is about; empty where it is about none."""
        return self.line.partition("/")[0]
