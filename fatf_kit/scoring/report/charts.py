"""The charts of a report as data: every number comes from the results, and so do the words beneath."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from fatf_kit.core.messages import Translator
from fatf_kit.core.ratings import ComplianceRating, FindingKind, Severity, is_good
from fatf_kit.framework.catalog import get_group_letter
from fatf_kit.framework.model import Framework, Group
from fatf_kit.report.model import Chart, ChartKind, Series
from fatf_kit.scoring.finding import Finding
from fatf_kit.scoring.model import Assessment, OutcomeResult, RecommendationResult
from fatf_kit.scoring.report.traces import round_percent
from fatf_kit.scoring.report.weight_texts import AnySpan


def build_compliance_map(
    framework: Framework, results: Sequence[RecommendationResult], message: str, t: Translator
) -> Chart:
    """Return the map of the 40 Recommendations by group, each cell split into what is claimed and what counts.

    The rating that counts is the decided one, else the shown one. `message` says how many are good, by the counts that
    every paper prints.
    """
    groups = {group.code: group for group in framework.groups}
    of = {r.id: groups[r.group] for r in framework.recommendations}
    return Chart(
        id="recommendations",
        kind=ChartKind.RATING_MAP,
        title=t("Technical compliance: claimed and shown"),
        message=message,
        alt=t(
            "Map of the 40 Recommendations. Claimed: {claimed}. Shown: {shown}.",
            claimed=_tally((r.claimed.rating for r in results), t),
            shown=_tally((r.counted.rating for r in results), t),
        ),
        keys=(t("claimed"), _name_counted(results, t)),
        series=tuple(_map_series(r.id, of[r.id], _describe_both(r), t) for r in results),
        scale="compliance",
        hatch=_hatch((r.counted for r in results if r.coverage.answered), t, is_coloured=True),
    )


def build_published_map(framework: Framework, ratings: Sequence[tuple[str, str | None]], t: Translator) -> Chart:
    """Return the map of the 40 Recommendations by group with one published rating each."""
    of = {r: g for g in framework.groups for r in g.recommendations}
    rated = [rating for _, rating in ratings if rating != ComplianceRating.NA]
    return Chart(
        id="recommendations",
        kind=ChartKind.RATING_MAP,
        title=t("Technical compliance: published ratings"),
        message=t.plural(
            "{n} of the {of} Recommendations is rated C or LC",
            "{n} of the {of} Recommendations are rated C or LC",
            sum(rating in ("C", "LC") for rating in rated),
            of=len(rated),
        ),
        alt=t("Map of the 40 Recommendations. Published: {tally}.", tally=_tally((r for _, r in ratings), t)),
        keys=(t("published"),),
        series=tuple(_map_series(unit, of[unit], (rating or "",), t) for unit, rating in ratings),
        scale="compliance",
    )


def _describe_both(result: RecommendationResult) -> tuple[str, str]:
    """Return the claimed rating, empty where nothing is answered, and the one that counts."""
    return result.claimed.describe() if result.coverage.answered else "", result.counted.describe()


def _name_counted(results: Sequence[RecommendationResult] | Sequence[OutcomeResult], t: Translator) -> str:
    """Return the name of the ratings that count: some are decided, or all are shown."""
    return t("shown or decided") if any(r.counted != r.shown for r in results) else t("shown")


def _map_series(unit: str, group: Group, marks: tuple[str, ...], t: Translator) -> Series:
    return Series(label=unit, values=(), marks=marks, group=_name_group(group, t), units=(unit,))


def build_outcome_chart(results: Sequence[OutcomeResult], message: str, t: Translator) -> Chart:
    """Return the chart of the 11 outcomes on their scale: the range of the level that counts, and the claim.

    The level that counts is the decided one, else the shown one. `message` says how many are good, by the counts that
    every paper prints.
    """
    return Chart(
        id="outcomes",
        kind=ChartKind.OUTCOMES,
        title=t("Effectiveness: claimed and shown"),
        message=message,
        alt=" ".join(
            t("{unit}: claimed {claimed}, shown {shown}.", unit=unit, claimed=claimed, shown=shown)
            for unit, claimed, shown in ((o.id, o.claimed.describe(), o.counted.describe()) for o in results)
        ),
        keys=(t("claimed"), _name_counted(results, t)),
        series=tuple(
            Series(
                label=o.id,
                values=tuple(end.rank for span in (o.claimed, o.counted) for end in (span.worst, span.best)),
                marks=(str(o.claimed.rating or ""), str(o.counted.rating or "")),
                units=(o.id,),
            )
            for o in results
        ),
        scale="effectiveness",
        hatch=_hatch((o.counted for o in results), t),
    )


def build_published_outcome_chart(ratings: Sequence[tuple[str, str | None, int | None]], t: Translator) -> Chart:
    """Return the chart of the 11 outcomes with one published level each, as unit, code and rank."""
    return Chart(
        id="outcomes",
        kind=ChartKind.OUTCOMES,
        title=t("Effectiveness: published ratings"),
        message=t.plural(
            "{n} of the {of} outcomes is rated HE or SE",
            "{n} of the {of} outcomes are rated HE or SE",
            sum(is_good(rank) for *_, rank in ratings),
            of=len(ratings),
        ),
        alt=" ".join(
            t("{name}: {text}", name=unit, text=rating or t("not given")) + "." for unit, rating, _ in ratings
        ),
        keys=(t("published"),),
        series=tuple(
            Series(label=unit, values=(None, None, rank, rank), marks=("", code or ""), units=(unit,))
            for unit, code, rank in ratings
        ),
        scale="effectiveness",
    )


def build_completeness_chart(assessment: Assessment, without_evidence: int, t: Translator) -> Chart:
    """Return the chart of how much of each sheet is answered and shown, in per cent of what is asked.

    `without_evidence` is the number of answers without evidence that every paper prints.
    """
    total = assessment.coverage
    return Chart(
        id="completeness",
        kind=ChartKind.BARS,
        title=t("Answers and evidence by sheet"),
        message=t.plural("{n} answer lacks evidence", "{n} answers lack evidence", without_evidence)
        if without_evidence
        else "",
        alt=t(
            "{answered} of {asked} criteria and core issues are answered ({share}%); {shown} of them are shown by "
            "evidence.",
            answered=total.answered,
            asked=total.total,
            share=round_percent(total.answered, total.total),
            shown=total.shown,
        ),
        keys=(t("answered"), t("shown")),
        series=tuple(
            Series(
                label=u.id,
                values=(
                    round_percent(u.coverage.answered, u.coverage.total),
                    round_percent(u.coverage.shown, u.coverage.total),
                ),
                units=(u.id,),
            )
            for u in assessment.units
        ),
        unit="%",
    )


def build_severity_chart(framework: Framework, findings: Sequence[Finding], total_count: int, t: Translator) -> Chart:
    """Return the chart of shortcomings by severity, for each group of Recommendations and for the outcomes.

    `total_count` is their number as every paper of the folder has it.
    """
    rows = [(_name_group(g, t), tuple(g.recommendations)) for g in framework.groups]
    rows.append((t("Immediate Outcomes"), tuple(o.id for o in framework.outcomes)))
    kinds = [f for f in findings if f.kind is FindingKind.SHORTCOMING]
    counts = [(label, units, Counter(f.severity for f in kinds if f.unit in units)) for label, units in rows]
    total = Counter(f.severity for f in kinds)
    grave = total[Severity.FUNDAMENTAL] + total[Severity.MAJOR]
    return Chart(
        id="severity",
        kind=ChartKind.STACKED,
        title=t("Shortcomings by severity"),
        message=t.plural(
            "{n} of the {of} shortcomings is major or fundamental",
            "{n} of the {of} shortcomings are major or fundamental",
            grave,
            of=total_count,
        )
        if total
        else "",
        alt=t.listed(t("{name}: {text}", name=t(severity), text=total[severity]) for severity in Severity) + ".",
        keys=tuple(t(severity) for severity in Severity),
        series=tuple(
            Series(label=label, values=tuple(count[s] for s in Severity), units=units) for label, units, count in counts
        ),
        codes=tuple(map(str, Severity)),
        facet="severity",
    )


def _name_group(group: Group, t: Translator) -> str:
    """Return the letter and the label of a group of Recommendations."""
    return f"{get_group_letter(group, t.language)}. {group.label}"


def _hatch(spans: Iterable[AnySpan], t: Translator, *, is_coloured: bool = False) -> str:
    """Return the meaning of a hatch, where something is open; with the colours of ratings if `is_coloured`."""
    if all(span.rating is not None for span in spans):
        return ""
    if is_coloured:
        return t(
            "Hatched: not settled until shown by evidence, from the worst case to the best, in the colour of the worst "
            "case."
        )
    return t("Hatched: not settled until shown by evidence, from the worst case to the best.")


def _tally(ratings: Iterable[str | None], t: Translator) -> str:
    counts = Counter(str(r) if r else "" for r in ratings)
    order = [str(r) for r in reversed(list(ComplianceRating)[:-1])] + [str(ComplianceRating.NA)]
    parts = [f"{code} {counts[code]}" for code in order if counts[code]]
    if counts[""]:
        left = t("not settled")
        parts.append(f"{left} {counts['']}")
    return t.listed(parts)
