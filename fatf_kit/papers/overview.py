"""Where the country stands: key figures, the two rating tables, and the charts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from fatf_kit.core.messages import Translator
from fatf_kit.core.problems import count_errors
from fatf_kit.core.ratings import ComplianceRating, EffectivenessRating, FindingKind, Severity
from fatf_kit.papers.report_input import GapInput
from fatf_kit.papers.scales import scale_key
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


def build_overview_section(given: GapInput, t: Translator) -> Section:
    """The first section of the report."""
    a, framework = given.assessment, given.framework
    shape = framework.rating_table
    return Section(
        anchor="standing",
        title=t("Where we stand"),
        blocks=(
            _figures(given, t),
            *_sensitivity(given, t),
            RatingGrid(
                id="effectiveness-ratings",
                caption=_caption(a.outcomes, t("Effectiveness: shown, with the claim beneath"), t),
                scale="effectiveness",
                per_row=shape.effectiveness_per_row,
                marks=tuple(_mark(o, u.title, t) for o, u in zip(a.outcomes, framework.outcomes, strict=True)),
                key=(*scale_key(framework.scales.effectiveness), *_range_key(a.outcomes, t)),
            ),
            RatingGrid(
                id="compliance-ratings",
                caption=_caption(a.recommendations, t("Technical compliance: shown, with the claim beneath"), t),
                scale="compliance",
                per_row=shape.compliance_per_row,
                marks=tuple(
                    _mark(r, u.title, t) for r, u in zip(a.recommendations, framework.recommendations, strict=True)
                ),
                key=(*scale_key(framework.scales.compliance), *_range_key(a.recommendations, t)),
            ),
            Figure(chart=build_compliance_map(framework, a.recommendations, t)),
            Figure(chart=build_outcome_chart(a.outcomes, t)),
            Figure(chart=build_gap_chart(a.recommendations, t)),
            Figure(chart=build_severity_chart(framework, given.findings, t)),
            Figure(chart=build_completeness_chart(a, t)),
        ),
    )


def _figures(given: GapInput, t: Translator) -> KeyFigures:
    """How many ratings are good and shown, how many more are claimed, and what lies behind them."""
    a, cover = given.assessment, given.assessment.coverage
    recommendations, outcomes = count_good(a.recommendations), count_good(a.outcomes)
    kinds = Counter(finding.kind for finding in given.findings)
    errors = count_errors(given.problems)
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
            t.percent(round_percent(cover.answered, cover.asked)),
            t("answered"),
            t("{n} of {of} criteria and core issues", n=cover.answered, of=cover.asked),
        ),
        (
            str(kinds[FindingKind.UNDEMONSTRATED]),
            t("answers claimed but not shown"),
            t("{n} of {of} criteria and core issues are shown", n=cover.shown, of=cover.asked),
        ),
        (
            str(kinds[FindingKind.SHORTCOMING]),
            t("shortcomings"),
            t("{n} of them major or fundamental", n=_grave(given.findings)),
        ),
        (str(errors), t("cells that could not be used"), t("{n} remarks in all", n=len(given.problems))),
    )
    return KeyFigures(
        figures=tuple(KeyFigure(value=value, label=label, detail=detail) for value, label, detail in figures)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodRatings:
    """How many ratings of one scale are in its upper half: shown, and claimed beyond those."""

    shown: int
    claimed: int


def count_good(results: Sequence[UnitResult]) -> GoodRatings:
    """Counts C and LC, or HE and SE, as far as they are shown or decided, and those claimed that proof would add."""
    shown = [is_good(one.counted.worst) for one in results]
    open_ = [one for known, one in zip(shown, results, strict=True) if not known]
    claimed = [is_good(one.claimed.rating) and is_good(one.counted.best) for one in open_]
    return GoodRatings(shown=sum(shown), claimed=sum(claimed))


def is_good(rating: ComplianceRating | EffectivenessRating | None) -> bool:
    """Whether a rating is in the upper half of its scale; NA is not on it."""
    return rating is not None and rating.rank is not None and rating.rank >= _GOOD


_GOOD = 2
"""The rank of LC and SE."""


def _more_claimed(n: int, t: Translator) -> str:
    return t.plural("{n} more is claimed and needs proof", "{n} more are claimed and need proof", n) if n else ""


def _sensitivity(given: GapInput, t: Translator) -> tuple[Paragraph, ...]:
    """How many ratings differ under the other policies; nothing where none was tried."""
    if not given.sensitivity:
        return ()
    moved = {key for other in given.sensitivity for key in other.changed}
    text = t.plural(
        "{n} of the {of} ratings differs under a stricter or milder policy; a person has to weigh it.",
        "{n} of the {of} ratings differ under a stricter or milder policy; people have to weigh them.",
        len(moved),
        of=len(given.assessment.units),
    )
    return (Paragraph(text=text),)


def _range_key(results: Sequence[UnitResult], t: Translator) -> tuple[tuple[str, str], ...]:
    """What a hatch in a rating table means, by the first range that is in it."""
    spans = (one.counted.describe() for one in results if one.settled is None)
    return tuple((span, t("open until shown, in the colour of the worst end")) for span in islice(spans, 1))


def _grave(findings: Sequence[Finding]) -> int:
    grave = (Severity.FUNDAMENTAL, Severity.MAJOR)
    return sum(f.kind is FindingKind.SHORTCOMING and f.severity in grave for f in findings)


def _mark(result: RecommendationResult | OutcomeResult, title: str, t: Translator) -> RatingMark:
    used = result.settled
    return RatingMark(
        unit=result.id,
        title=title,
        rating=str(used) if used else None,
        span="" if used else result.counted.describe(),
        beneath=_beneath(result, t),
        target=result.id,
    )


def _beneath(result: RecommendationResult | OutcomeResult, t: Translator) -> str:
    """The claim; under a rating that rests on decisions also what is shown, and a flag where that is less.

    A settled rating says which neighbour it is close to.
    """
    claimed = t("claimed {rating}", rating=result.claimed.describe())
    shown = result.shown.describe()
    if is_lifted(result):
        return t("{claimed}; decided, above the {shown} shown", claimed=claimed, shown=shown)
    if result.counted != result.shown:
        return t("{claimed}; decided, {shown} shown", claimed=claimed, shown=shown)
    if result.close_to is not None:
        return t("{claimed}; close to {rating}", claimed=claimed, rating=result.close_to)
    return claimed


def _caption(results: Sequence[RecommendationResult | OutcomeResult], caption: str, t: Translator) -> str:
    """Says that decided ratings stand in the table where there are any."""
    decided = any(result.counted != result.shown for result in results)
    return t("{caption}; decided ratings go first", caption=caption) if decided else caption
