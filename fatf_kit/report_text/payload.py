"""A country's last report as read, as JSON that others may rely on. No text of the report is in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from fatf_kit.core.json_shapes import Count, RatingCode, RequirementId, Text, UnitId
from fatf_kit.core.problem_results import ProblemResult, list_problem_results
from fatf_kit.core.problems import Problem
from fatf_kit.core.ratings import CriterionRating
from fatf_kit.report_text.comparison import Agreement, RollUpComparison
from fatf_kit.report_text.model import ActionList, ParsedReport, RatingPlace


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadCriterion:
    """A criterion with its page and rating; null where the report has none."""

    id: RequirementId
    page: int | None
    rating: CriterionRating | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRating:
    """The rating of a Recommendation or outcome, and where the report states it."""

    id: UnitId
    rating: RatingCode
    page: int | None
    place: RatingPlace


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadTable:
    """A table of ratings with its pages. `missing` are units whose row could not be read.

    A table that is not divided has no deficiencies.
    """

    page: int | None
    last_page: int | None
    units: tuple[UnitId, ...]
    missing: tuple[UnitId, ...]
    divided: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedRating:
    """A Recommendation: its calculated rating, and those of the report and of the published table."""

    id: UnitId
    calculated: RatingCode | None
    report: RatingCode | None
    published: RatingCode | None
    result: Agreement | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementCounts:
    """How many Recommendations could be compared, how they compare, and how many are two levels or more apart."""

    compared: Count
    agrees: Count
    too_strict: Count
    too_mild: Count
    two_levels: Count
    other: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedRatings:
    """The calculated ratings, compared with those of the report. `differing` units differ in the table."""

    policy: str
    published: str | None
    differing: tuple[UnitId, ...]
    counts: AgreementCounts
    counts_line: str
    units: tuple[ComparedRating, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadAction:
    """A recommended action: the list that has it, the units that it concerns, and its page."""

    list: ActionList
    units: tuple[UnitId, ...]
    page: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadDeficiency:
    """A deficiency of a Recommendation, with the criteria that it names."""

    unit: UnitId
    criteria: tuple[RequirementId, ...]
    page: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LastReportResult:
    """A report as read. `missing` are criteria that were not found, `later` those that it could not have yet.

    `proposed` are criteria without a printed rating that are met because their Recommendation is rated C.
    """

    schema: Literal["fatf-kit/report-in/1"]
    file: str
    language: str
    edition: Text
    country: str | None
    pages: Count
    printed_pages: bool
    criteria: tuple[ReadCriterion, ...]
    missing: tuple[RequirementId, ...]
    later: tuple[RequirementId, ...]
    proposed: tuple[RequirementId, ...]
    ratings: tuple[ReadRating, ...]
    tables: tuple[ReadTable, ...]
    comparison: ComparedRatings
    actions: tuple[ReadAction, ...]
    deficiencies: tuple[ReadDeficiency, ...]
    problems: tuple[ProblemResult, ...]


def make_last_report_result(
    report: ParsedReport, comparison: RollUpComparison, country: str | None, problems: Sequence[Problem]
) -> LastReportResult:
    """Make the JSON value of a report as read. `country` is None where none was named."""
    return LastReportResult(
        schema="fatf-kit/report-in/1",
        file=report.source.name,
        language=report.language,
        edition=report.edition,
        country=country,
        pages=report.source.pages,
        printed_pages=report.source.has_printed_pages,
        criteria=tuple(ReadCriterion(id=row.requirement, page=row.page, rating=row.rating) for row in report.criteria),
        missing=report.missing,
        later=report.later,
        proposed=report.proposed,
        ratings=tuple(
            ReadRating(id=row.unit, rating=row.rating, page=row.page, place=row.place)
            for row in report.ratings.values()
        ),
        tables=tuple(
            ReadTable(
                page=table.page,
                last_page=table.last_page,
                units=tuple(table.rows),
                missing=table.missing,
                divided=table.is_divided,
            )
            for table in report.tables
        ),
        comparison=_make_comparison(comparison),
        actions=tuple(ReadAction(list=row.kind, units=row.units, page=row.page) for row in report.actions),
        deficiencies=tuple(
            ReadDeficiency(unit=row.unit, criteria=row.criteria, page=row.page) for row in report.deficiencies
        ),
        problems=list_problem_results(problems),
    )


def _make_comparison(comparison: RollUpComparison) -> ComparedRatings:
    return ComparedRatings(
        policy=comparison.policy,
        published=comparison.published.label if comparison.published else None,
        differing=comparison.differing,
        counts=AgreementCounts(**comparison.counts),
        counts_line=comparison.counts_line,
        units=tuple(
            ComparedRating(
                id=row.unit,
                calculated=row.rolled,
                report=row.stated,
                published=row.published,
                result=row.agreement,
            )
            for row in comparison.units
        ),
    )
