"""The overview of the country: key figures, the two rating tables, and the charts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from fatf_kit.core.messages import Translator
from fatf_kit.core.problems import count_errors
from fatf_kit.core.ratings import ComplianceRating, EffectivenessRating, FindingKind, Severity
from fatf_kit.framework.model import Framework
from fatf_kit.papers.report_input import GapInput
from fatf_kit.report.model import Figure, KeyFigure, KeyFigures, Paragraph, RatingGrid, RatingMark, Section
from fatf_kit.scoring.finding import Finding
from fatf_kit.scoring.model import OutcomeResult, RecommendationResult
from fatf_kit.scoring.report.charts import (
    build_completeness_chart,
    build_compliance_map,
    build_gap_chart,
    build_outcome_chart,
    build_severity_chart,
)
from fatf_kit.scoring.report.traces import round_percent
from fatf_kit.scoring.report.weight_texts import UnitResult, is_lifted


def build_overview_section(paper_input: GapInput, t: Translator) -> Section:
    """Return the first section of the report."""
    a, framework = paper_input.assessment, paper_input.framework
    return Section(
        anchor="standing",
        title=t("Current position"),
        blocks=(
            _figures(paper_input, t),
            *_sensitivity(paper_input, t),
            build_rating_grid(
                framework,
                "effectiveness",
                _caption(a.outcomes, t("Effectiveness: shown ratings, with the claimed ratings below"), t),
                (_mark(result, unit.title, t) for result, unit in zip(a.outcomes, framework.outcomes, strict=True)),
                _range_key(a.outcomes, t),
            ),
            build_rating_grid(
                framework,
                "compliance",
                _caption(
                    a.recommendations, t("Technical compliance: shown ratings, with the claimed ratings below"), t
                ),
                (
                    _mark(result, unit.title, t)
                    for result, unit in zip(a.recommendations, framework.recommendations, strict=True)
                ),
                _range_key(a.recommendations, t),
            ),
            Figure(chart=build_compliance_map(framework, a.recommendations, t)),
            Figure(chart=build_outcome_chart(a.outcomes, t)),
            Figure(chart=build_gap_chart(a.recommendations, t)),
            Figure(chart=build_severity_chart(framework, paper_input.findings, t)),
            Figure(chart=build_completeness_chart(a, t)),
        ),
    )


def build_rating_grid(
    framework: Framework,
    scale: Literal["compliance", "effectiveness"],
    caption: str,
    marks: Iterable[RatingMark],
    further_key: tuple[tuple[str, str], ...] = (),
) -> RatingGrid:
    """Return the table of ratings on one scale, laid out as the edition's evaluation reports have it, with its key."""
    is_compliance, layout = scale == "compliance", framework.rating_table
    points = framework.scales.compliance if is_compliance else framework.scales.effectiveness
    return RatingGrid(
        id=f"{scale}-ratings",
        caption=caption,
        scale=scale,
        per_row=layout.compliance_per_row if is_compliance else layout.effectiveness_per_row,
        marks=tuple(marks),
        key=(*((point.code, point.label) for point in points), *further_key),
    )


def _figures(paper_input: GapInput, t: Translator) -> KeyFigures:
    """Return how many ratings are good and shown, how many more are claimed, and the counts behind them."""
    a, cover = paper_input.assessment, paper_input.assessment.coverage
    recommendations, outcomes = count_good(a.recommendations), count_good(a.outcomes)
    kinds = Counter(finding.kind for finding in paper_input.findings)
    errors = count_errors(paper_input.problems)
    figures = (
        (
            t("{n} of {of}", n=recommendations.shown, of=len(a.recommendations)),
            t("Recommendations shown to be C or LC"),
            _more_claimed(recommendations.claimed, t),
        ),
        (
            t("{n} of {of}", n=outcomes.shown, of=len(a.outcomes)),
            t("outcomes shown to be HE or SE"),
            _more_claimed(outcomes.claimed, t),
        ),
        (
            t.percent(round_percent(cover.answered, cover.total)),
            t("answered"),
            t("{n} of {of} criteria and core issues", n=cover.answered, of=cover.total),
        ),
        (
            str(kinds[FindingKind.UNDEMONSTRATED]),
            t.plural("answer without evidence", "answers without evidence", kinds[FindingKind.UNDEMONSTRATED]),
            t("{n} of {of} criteria and core issues are shown", n=cover.shown, of=cover.total),
        ),
        (
            str(kinds[FindingKind.SHORTCOMING]),
            t.plural("reported shortcoming", "reported shortcomings", kinds[FindingKind.SHORTCOMING]),
            t.plural(
                "{n} of them is major or fundamental",
                "{n} of them are major or fundamental",
                _grave(paper_input.findings),
            ),
        ),
        (
            str(errors),
            t.plural("cell that could not be used", "cells that could not be used", errors),
            t.plural("{n} remark in total", "{n} remarks in total", len(paper_input.problems)),
        ),
    )
    return KeyFigures(
        figures=tuple(KeyFigure(value=value, label=label, detail=detail) for value, label, detail in figures)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodRatings:
    """The numbers of ratings in the upper half of a scale: shown, and claimed beyond those."""

    shown: int
    claimed: int


def count_good(results: Sequence[UnitResult]) -> GoodRatings:
    """Count C and LC, or HE and SE, as far as they are shown or decided, and those claimed that proof would add."""
    shown = [is_good(one.counted.worst) for one in results]
    open_ = [one for known, one in zip(shown, results, strict=True) if not known]
    claimed = [is_good(one.claimed.rating) and is_good(one.counted.best) for one in open_]
    return GoodRatings(shown=sum(shown), claimed=sum(claimed))


def is_good(rating: ComplianceRating | EffectivenessRating | None) -> bool:
    """Return whether a rating is in the upper half of its scale; NA is not on it."""
    return rating is not None and rating.rank is not None and rating.rank >= _GOOD


_GOOD = 2
"""The rank of LC and SE."""


def _more_claimed(n: int, t: Translator) -> str:
    return t.plural("{n} more is claimed and needs evidence", "{n} more are claimed and need evidence", n) if n else ""


def _sensitivity(paper_input: GapInput, t: Translator) -> tuple[Paragraph, ...]:
    """Return how many ratings differ under the other policies; nothing where none was tried."""
    if not paper_input.sensitivity:
        return ()
    moved = {key for other in paper_input.sensitivity for key in other.changed}
    text = t.plural(
        "{n} of the {of} ratings differs under a stricter or milder policy; the country should review it.",
        "{n} of the {of} ratings differ under a stricter or milder policy; the country should review them.",
        len(moved),
        of=len(paper_input.assessment.units),
    )
    return (Paragraph(text=text),)


def _range_key(results: Sequence[UnitResult], t: Translator) -> tuple[tuple[str, str], ...]:
    """Return the meaning of a hatch in a rating table, by the first range that is in it."""
    spans = (one.counted.describe() for one in results if one.resolved is None)
    return tuple((span, t("undecided until shown, in the colour of the worst case")) for span in islice(spans, 1))


def _grave(findings: Sequence[Finding]) -> int:
    grave = (Severity.FUNDAMENTAL, Severity.MAJOR)
    return sum(f.kind is FindingKind.SHORTCOMING and f.severity in grave for f in findings)


def _mark(result: RecommendationResult | OutcomeResult, title: str, t: Translator) -> RatingMark:
    used = result.resolved
    return RatingMark(
        unit=result.id,
        title=title,
        rating=str(used) if used else None,
        span="" if used else result.counted.describe(),
        beneath=_beneath(result, t),
        target=result.id,
    )


def _beneath(result: RecommendationResult | OutcomeResult, t: Translator) -> str:
    """Return the claim; under a rating that rests on decisions also what is shown, and a flag where that is less.

    A settled rating says which neighbour it is close to.
    """
    claimed = t("claimed {rating}", rating=result.claimed.describe())
    shown = result.shown.describe()
    if is_lifted(result):
        return t("{claimed}; decided above the shown rating {shown}", claimed=claimed, shown=shown)
    if result.counted != result.shown:
        return t("{claimed}; decided, shown {shown}", claimed=claimed, shown=shown)
    if result.close_to is not None:
        return t("{claimed}; close to {rating}", claimed=claimed, rating=result.close_to)
    return claimed


def _caption(results: Sequence[RecommendationResult | OutcomeResult], caption: str, t: Translator) -> str:
    """Return the caption, which says where decided ratings are in the table."""
    decided = any(result.counted != result.shown for result in results)
    return t("{caption}; decided ratings replace calculated ratings", caption=caption) if decided else caption
