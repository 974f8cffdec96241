"""The minister's brief: one page with a summary and two charts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from fatf_kit.core.messages import Translator
from fatf_kit.core.ratings import (
    COMPLIANCE_SCALE,
    EFFECTIVENESS_SCALE,
    ComplianceRating,
    EffectivenessRating,
    FindingKind,
)
from fatf_kit.outlook.evaluate import evaluate
from fatf_kit.outlook.model import LineKind, Outlook, Target
from fatf_kit.outlook.report import describe_distance, describe_levels, describe_outlook, describe_target_path
from fatf_kit.outlook.rules import load_rules
from fatf_kit.outlook.sources import collect_ratings, count_good_units, count_open_shortcomings
from fatf_kit.outlook.what_if import find_smallest_sets
from fatf_kit.papers.blank_report import build_blank_section, is_blank
from fatf_kit.papers.priorities import sum_weight_lost
from fatf_kit.papers.report_input import GapInput, get_country_name, phrase_indicative_notice
from fatf_kit.published.listing_status import describe_listing, find_listing_on
from fatf_kit.report.model import Bullets, Chart, ChartKind, Document, Figure, Section, Series
from fatf_kit.scoring.model import OutcomeResult, RecommendationResult
from fatf_kit.scoring.report.traces import name_unit

_WORST = 3
_CHART_WIDTH = 88  # per cent: the page holds the edition and the sentence on independence too
_THRESHOLDS = 1


def build_brief(paper_input: GapInput, t: Translator) -> Document:
    """Return one page for those who decide, from the same results as the gap report."""
    country = get_country_name(paper_input, t)
    return Document(
        id="brief",
        title=t("{country}: current position", country=country),
        subtitle=t("Brief on the mutual evaluation, {day}", day=t.moment(paper_input.generated_at)),
        language=t.language,
        facts=(
            (t("Edition"), f"{paper_input.framework.id} – {paper_input.framework.text_state}"),
        ),  # the title takes two lines
        notices=(*paper_input.notices, phrase_indicative_notice(t)),
        sections=(build_blank_section(paper_input, t) if is_blank(paper_input) else _section(paper_input, t),),
    )


def _section(paper_input: GapInput, t: Translator) -> Section:
    return Section(
        anchor="brief",
        title=t("Summary"),
        blocks=(
            Bullets(items=_sentences(paper_input, t), numbered=True),
            *(Figure(chart=replace(chart, compact=True), width=_CHART_WIDTH) for chart in _charts(paper_input, t)),
        ),
    )


def _charts(paper_input: GapInput, t: Translator) -> tuple[Chart, ...]:
    return (_distribution(paper_input.assessment.recommendations, t), _levels(paper_input.assessment.outcomes, t))


def _sentences(paper_input: GapInput, t: Translator) -> tuple[str, ...]:
    ratings = collect_ratings(paper_input.assessment)
    rules = load_rules(paper_input.framework.id)
    outlook = evaluate(rules, ratings)
    target = Target.LEAVE_ICRG if outlook.referral_span.worst else Target.REGULAR
    way = find_smallest_sets(
        rules, ratings, target, shown=0, shortcomings=count_open_shortcomings(paper_input.findings)
    )
    kinds = Counter(finding.kind for finding in paper_input.findings)
    status = find_listing_on(paper_input.iso3, paper_input.generated_at)
    return (
        describe_levels(count_good_units(paper_input.assessment), t),
        " ".join(
            (
                describe_outlook(outlook, t),
                *_thresholds(outlook, t),
                *((t("The thresholds of this round are provisional."),) if rules.provisional else ()),
                *((describe_listing(status, t),) if status else ()),
            )
        ),
        describe_target_path(target, way, t, named=False),
        " ".join(_paperwork(kinds, t)),
        t("The largest gaps are in {units}.", units=t.listed(_heaviest(paper_input, t))),
    )


def _paperwork(kinds: Counter[FindingKind], t: Translator) -> tuple[str, ...]:
    """Return how many answers lack evidence and how many requirements an answer, and what to do about them."""
    unshown, unanswered = kinds[FindingKind.UNDEMONSTRATED], kinds[FindingKind.UNANSWERED]
    return (
        t.plural("{n} answer lacks evidence.", "{n} answers lack evidence.", unshown),
        t.plural("{n} requirement has no answer.", "{n} requirements have no answer.", unanswered),
        t("The agencies should supply these first: no new law is needed. Assessors may find further gaps."),
    )


def _thresholds(outlook: Outlook, t: Translator) -> tuple[str, ...]:
    """Return how far the first referral threshold is that is met at the worst end."""
    met = [one for one in outlook.lines if one.line.kind is LineKind.ICRG and one.met.worst][:_THRESHOLDS]
    return tuple(t("{test}: {distance}.", test=t(one.line.test), distance=describe_distance(one, t)) for one in met)


def _heaviest(paper_input: GapInput, t: Translator) -> tuple[str, ...]:
    """Return the units where most weight is lost, with their titles."""
    titles = {unit.id: unit.title for unit in paper_input.framework.units}
    lost = sum_weight_lost(paper_input.findings)
    return tuple(f"{name_unit(unit, t)} ({titles[unit]})" for unit, points in lost.most_common(_WORST) if points)


def _distribution(results: Sequence[RecommendationResult], t: Translator) -> Chart:
    levels = (*reversed(COMPLIANCE_SCALE), ComplianceRating.NA)
    return _bars("compliance-counts", t("Recommendations by rating"), results, levels, t)


def _levels(results: Sequence[OutcomeResult], t: Translator) -> Chart:
    levels = tuple(reversed(EFFECTIVENESS_SCALE))
    return _bars("outcome-counts", t("Outcomes by level"), results, levels, t)


def _bars(
    name: str,
    title: str,
    results: Sequence[RecommendationResult] | Sequence[OutcomeResult],
    levels: Sequence[ComplianceRating | EffectivenessRating],
    t: Translator,
) -> Chart:
    """Return a bar for each reading, from the best rating to what is open; one for decisions where there are any."""
    readings = [
        (t("claimed"), Counter(str(r.claimed.rating or "") for r in results)),
        (t("shown"), Counter(str(r.shown.rating or "") for r in results)),
    ]
    if any(r.counted != r.shown for r in results):
        readings.append((t("after decisions"), Counter(str(r.resolved or "") for r in results)))
    codes = (*map(str, levels), "")
    keys = (*map(str, levels), t("undecided"))
    counts = [t.listed(f"{k} {n[code]}" for k, code in zip(keys, codes, strict=True) if n[code]) for _, n in readings]
    line = [t("{name}: {text}", name=name, text=text) for (name, _), text in zip(readings, counts, strict=True)]
    return Chart(
        id=name,
        kind=ChartKind.STACKED,
        title=title,
        alt=t.points(line) + ".",
        keys=keys,
        series=tuple(Series(label=label, values=tuple(count[code] for code in codes)) for label, count in readings),
        codes=codes,
    )
