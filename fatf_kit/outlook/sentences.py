"""Sentences on the ratings as a whole: how many are at the better levels, and how near each threshold is."""

from __future__ import annotations

from collections.abc import Iterator

from fatf_kit.core.messages import Translator
from fatf_kit.outlook.model import LevelCounts, LineKind, LineResult
from fatf_kit.scoring.span import RangeEnd


def describe_levels(standing: tuple[LevelCounts, LevelCounts], t: Translator) -> str:
    """Describe how many Recommendations and outcomes are at the two best levels: shown, claimed, not answered yet."""
    technical, outcomes = standing
    recommendations = t.points((_count_recommendations(technical, t), *_more(technical, t), *_left_out(technical, t)))
    return f"{recommendations}. " + t.points((_count_outcomes(outcomes, t), *_more(outcomes, t, is_outcome=True))) + "."


def describe_good_recommendations(counts: LevelCounts, t: Translator) -> str:
    """Describe how many Recommendations are at C or LC, and how many are not applicable, as a title without a stop."""
    return t.points((_count_recommendations(counts, t), *_left_out(counts, t)))


def describe_good_outcomes(counts: LevelCounts, t: Translator) -> str:
    """Describe how many outcomes are at HE or SE, as a title without a stop."""
    return t.points((_count_outcomes(counts, t),))


def _count_recommendations(counts: LevelCounts, t: Translator) -> str:
    if not counts.not_applicable:
        if counts.shown:
            return t.plural(
                "{n} of the {of} Recommendations would be rated C or LC today",
                "{n} of the {of} Recommendations would be rated C or LC today",
                counts.shown,
                of=counts.of,
            )
        return t("None of the {of} Recommendations would be rated C or LC today", of=counts.of)
    if counts.shown:
        return t.plural(
            "{n} of the {of} applicable Recommendations would be rated C or LC today",
            "{n} of the {of} applicable Recommendations would be rated C or LC today",
            counts.shown,
            of=counts.of,
        )
    return t("None of the {of} applicable Recommendations would be rated C or LC today", of=counts.of)


def _left_out(counts: LevelCounts, t: Translator) -> tuple[str, ...]:
    n = counts.not_applicable
    if not n:
        return ()
    return (t.plural("{n} Recommendation is not applicable", "{n} Recommendations are not applicable", n),)


def _count_outcomes(counts: LevelCounts, t: Translator) -> str:
    if counts.shown:
        return t.plural(
            "{n} of the {of} outcomes would be rated HE or SE today",
            "{n} of the {of} outcomes would be rated HE or SE today",
            counts.shown,
            of=counts.of,
        )
    return t("None of the {of} outcomes would be rated HE or SE today", of=counts.of)


def describe_claimed(counts: LevelCounts, t: Translator) -> str:
    """Return how many units agencies claim beyond those that are shown; "more" only where some are."""
    n = counts.claimed
    if counts.shown:
        return t.plural("agencies claim {n} more without evidence", "agencies claim {n} more without evidence", n)
    return t.plural("agencies claim {n} without evidence", "agencies claim {n} without evidence", n)


def _more(counts: LevelCounts, t: Translator, *, is_outcome: bool = False) -> Iterator[str]:
    """Yield how many units agencies claim beyond those that are shown, and how many depend on missing answers."""
    if counts.claimed:
        yield describe_claimed(counts, t)
    if counts.unanswered and is_outcome:
        yield t.plural(
            "{n} more depends on unanswered core issues", "{n} more depend on unanswered core issues", counts.unanswered
        )
    elif counts.unanswered:
        yield t.plural(
            "{n} more depends on unanswered criteria", "{n} more depend on unanswered criteria", counts.unanswered
        )


def describe_threshold(result: LineResult, t: Translator) -> str:
    """Describe a threshold in one sentence: the number in the best case, the limit, and the worst case."""
    best = _describe_counts(result, RangeEnd.BEST, t)
    limit = t.listed(str(n) for n in result.limits)
    if result.line.kind is LineKind.ICRG:
        consequence = t("the threshold for referral to the ICRG is {limit}", limit=limit)
    else:
        consequence = t("the threshold for enhanced follow-up is {limit}", limit=limit)
    if result.at_ends.best == result.at_ends.worst:
        return t.points((best, consequence)) + "."
    values = t.listed(str(n) for n in result.at_ends.worst)
    return t.points((best, consequence, t("in the worst case the number is {values}", values=values))) + "."


def _describe_counts(result: LineResult, end: RangeEnd, t: Translator) -> str:
    """Describe what the counts of a threshold have at one end: "12 Recommendations are rated NC or PC"."""
    texts = []
    for place, (n, counted) in enumerate(zip(result.at_ends.at(end), result.counts, strict=True)):
        facts = {"ratings": t.either(sorted(counted.count.ratings, key=_RATING_ORDER.index))}
        if place:
            texts.append(t.plural("{n} of them {ratings}", "{n} of them {ratings}", n, **facts))
        elif counted.count.of == "outcomes":
            texts.append(t.plural("{n} outcome is rated {ratings}", "{n} outcomes are rated {ratings}", n, **facts))
        elif counted.count.of == "recommendations":
            texts.append(
                t.plural("{n} Recommendation is rated {ratings}", "{n} Recommendations are rated {ratings}", n, **facts)
            )
        else:
            texts.append(
                t.plural(
                    "{n} key Recommendation is rated {ratings}",
                    "{n} key Recommendations are rated {ratings}",
                    n,
                    **facts,
                )
            )
    return t.listed(texts)


_RATING_ORDER = ("NC", "PC", "LC", "C", "LE", "ME", "SE", "HE", "NA")
