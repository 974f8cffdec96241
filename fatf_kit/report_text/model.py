"""The parts of a report as frozen values. Pages are None where a file has no pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from fatf_kit.core.problems import Problem
from fatf_kit.core.ratings import CriterionRating
from fatf_kit.published.model import PublishedRating
from fatf_kit.texts.model import FileText


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
    unit.
    """

    source: FileText
    language: str
    edition: str
    criteria: tuple[CriterionPassage, ...]
    conclusions: tuple[ConclusionPassage, ...]
    ratings: Mapping[str, StatedRating] = field(hash=False)
    deficiencies: tuple[Deficiency, ...]
    actions: tuple[RecommendedAction, ...]
    missing: tuple[str, ...]
    later: tuple[str, ...]
    problems: tuple[Problem, ...]
