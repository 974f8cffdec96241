"""Where the country stands: key figures, the two rating tables, and the charts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from fatf_kit.findings.model import Finding, Kind, Severity
from fatf_kit.messages import Words
from fatf_kit.problems import errors_in
from fatf_kit.report.build.given import GapInput
from fatf_kit.report.build.scales import scale_key
from fatf_kit.report.charts import (
    completeness_chart,
    compliance_map,
    gap_chart,
    outcome_chart,
    severity_chart,
)
from fatf_kit.report.model import Figure, KeyFigure, KeyFigures, RatingMark, RatingTable, Section
from fatf_kit.report.traces import percent
from fatf_kit.report.weighing import is_lifted
from fatf_kit.scoring.model import OutcomeResult, RecommendationResult


def standing_section(given: GapInput, t: Words) -> Section:
    """The first section of the report."""
    a, framework = given.assessment, given.framework
    shape = framework.rating_table
    return Section(
        anchor="standing",
        title=t("Where we stand"),
        blocks=(
            _figures(given, t),
            RatingTable(
                id="effectiveness-ratings",
                caption=_caption(a.outcomes, t("Effectiveness: shown, with the claim beneath"), t),
                scale="effectiveness",
                per_row=shape.effectiveness_per_row,
                marks=tuple(_mark(o, u.title, t) for o, u in zip(a.outcomes, framework.outcomes, strict=True)),
                key=scale_key(framework.scales.effectiveness),
            ),
            RatingTable(
                id="compliance-ratings",
                caption=_caption(a.recommendations, t("Technical compliance: shown, with the claim beneath"), t),
                scale="compliance",
                per_row=shape.compliance_per_row,
                marks=tuple(
                    _mark(r, u.title, t) for r, u in zip(a.recommendations, framework.recommendations, strict=True)
                ),
                key=scale_key(framework.scales.compliance),
            ),
            Figure(chart=compliance_map(framework, a.recommendations, t)),
            Figure(chart=outcome_chart(a.outcomes, t)),
            Figure(chart=gap_chart(a.recommendations, t)),
            Figure(chart=severity_chart(framework, given.findings, t)),
            Figure(chart=completeness_chart(a, t)),
        ),
    )


def _figures(given: GapInput, t: Words) -> KeyFigures:
    """How much is answered and shown, what falls short, and what could not be read."""
    cover = given.assessment.coverage
    kinds = Counter(finding.kind for finding in given.findings)
    errors = errors_in(given.problems)
    figures = (
        (
            t.percent(percent(cover.answered, cover.asked)),
            t("answered"),
            t("{n} of {of} criteria and core issues", n=cover.answered, of=cover.asked),
        ),
        (
            t.percent(percent(cover.shown, cover.asked)),
            t("shown by law or evidence"),
            t("{n} of {of} criteria and core issues", n=cover.shown, of=cover.asked),
        ),
        (
            str(kinds[Kind.UNDEMONSTRATED]),
            t("claimed but not shown"),
            t("the cheapest to close before the visit"),
        ),
        (
            str(kinds[Kind.SHORTCOMING]),
            t("shortcomings"),
            t("{n} of them major or fundamental", n=_grave(given.findings)),
        ),
        (str(errors), t("cells that could not be used"), t("{n} remarks in all", n=len(given.problems))),
    )
    return KeyFigures(
        figures=tuple(KeyFigure(value=value, label=label, detail=detail) for value, label, detail in figures)
    )


def _grave(findings: Sequence[Finding]) -> int:
    grave = (Severity.FUNDAMENTAL, Severity.MAJOR)
    return sum(f.kind is Kind.SHORTCOMING and f.severity in grave for f in findings)


def _mark(result: RecommendationResult | OutcomeResult, title: str, t: Words) -> RatingMark:
    used = result.settled
    return RatingMark(
        unit=result.id,
        title=title,
        rating=str(used) if used else None,
        span="" if used else result.counted.describe(),
        beneath=_beneath(result, t),
        target=result.id,
    )


def _beneath(result: RecommendationResult | OutcomeResult, t: Words) -> str:
    """The claim; under a rating that rests on decisions also what is shown, and a flag where that is less."""
    claimed = t("claimed {rating}", rating=result.claimed.describe())
    shown = result.shown.describe()
    if is_lifted(result):
        return t("{claimed}; decided, above the {shown} shown", claimed=claimed, shown=shown)
    if result.counted != result.shown:
        return t("{claimed}; decided, {shown} shown", claimed=claimed, shown=shown)
    return claimed


def _caption(results: Sequence[RecommendationResult | OutcomeResult], caption: str, t: Words) -> str:
    """Says that decided ratings stand in the table where there are any."""
    decided = any(result.counted != result.shown for result in results)
    return t("{caption}; decided ratings go first", caption=caption) if decided else caption
