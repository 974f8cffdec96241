"""The parts of a report as frozen values. Pages are None where a file has no pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from fatf_kit.core.problems import Problem
from fatf_kit.core.ratings import CriterionRating
from fatf_kit.published.model import PublishedRating
from fatf_kit.texts.model import FileText, TextLine


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionPassage:
    """The text on one criterion or part of one, from its heading to the next; `rating` is None where none is printed.

    `requirement` is the id in the edition. Several criteria under one heading share their text.
    """

    requirement: str
    page: int | None
    rating: CriterionRating | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConclusionPassage:
    """The weighting and conclusion on one Recommendation."""

    unit: str
    page: int | None
    text: str


class RatingPlace(StrEnum):
    """The place in which a report states the rating of a Recommendation or outcome."""

    SENTENCE = "sentence"
    TABLE = "table"


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedRating:
    """The rating of a Recommendation or outcome as the report states it.

    `is_sure` says that nothing else in its sentence or table could be meant.
    """

    unit: str
    rating: PublishedRating
    page: int | None
    place: RatingPlace
    is_sure: bool = True


@dataclass(frozen=True, kw_only=True)
class RatingRow:
    """One row of a table of ratings; `lines` have the text after the rating, as its factors."""

    unit: str
    rating: PublishedRating
    page: int | None
    is_sure: bool
    lines: tuple[TextLine, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PrintedTable:
    """One table of ratings by unit, with the pages and the lines of its first and last row.

    `missing` are units between its rows that could not be read. `years` are those that its caption names.
    `of_several_reports` says that it has ratings of earlier reports beside the present ones. Of a table that could not
    be divided there are no `rows`; `is_divided` is False for it, and for one whose factors could not be divided.
    """

    rows: Mapping[str, RatingRow] = field(hash=False)
    is_divided: bool = True
    page: int | None
    last_page: int | None
    first: int
    last: int
    missing: tuple[str, ...] = ()
    years: frozenset[str] = frozenset()
    of_several_reports: bool = False

    @property
    def edges(self) -> tuple[float, float] | None:
        """Left and right edge of the column of factors; None where they are not known."""
        lines = [line for row in self.rows.values() for line in row.lines]
        lefts = [line.left for line in lines if line.left is not None]
        rights = [line.right for line in lines if line.right is not None]
        return (min(lefts), max(rights)) if lefts and rights else None

    @property
    def has_factors(self) -> bool:
        """Whether any of its rows has a text after its rating."""
        return any(row.lines for row in self.rows.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Deficiency:
    """One factor of the table of ratings, with the criteria that it names."""

    unit: str
    criteria: tuple[str, ...]
    page: int | None
    text: str


class ActionList(StrEnum):
    """The list in which a report has an action."""

    RECOMMENDED = "recommended"
    PRIORITY = "priority"
    KEY = "key"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendedAction:
    """One recommended action, with the outcomes or Recommendations that it concerns where the report names any."""

    kind: ActionList
    units: tuple[str, ...]
    page: int | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedReport:
    """A report divided into its parts.

    `missing` are criteria of the edition that were not found, among the Recommendations of which some were found.
    `later` are those that the report's version of the Methodology did not have yet. `ratings` has one rating for each
    unit, `tables` each table of ratings. `proposed` are criteria without a printed rating that are met because their
    Recommendation is rated C.
    """

    source: FileText
    language: str
    edition: str
    criteria: tuple[CriterionPassage, ...]
    conclusions: tuple[ConclusionPassage, ...]
    ratings: Mapping[str, StatedRating] = field(hash=False)
    tables: tuple[PrintedTable, ...]
    deficiencies: tuple[Deficiency, ...]
    actions: tuple[RecommendedAction, ...]
    missing: tuple[str, ...]
    later: tuple[str, ...]
    proposed: tuple[str, ...]
    problems: tuple[Problem, ...]
