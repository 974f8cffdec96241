"""Sentences on the ratings as a whole: how many are at the better levels, and how near each threshold is."""

from __future__ import annotations

from fatf_kit.core.messages import Translator
from fatf_kit.outlook.model import LevelCounts, LineKind, LineResult
from fatf_kit.scoring.span import RangeEnd


def describe_levels(standing: tuple[LevelCounts, LevelCounts], t: Translator) -> str:
    """Describe how many Recommendations and outcomes are at the two best levels: shown, claimed, not answered yet."""
    technical, outcomes = standing
    return " ".join((_describe_recommendations(technical, t), _describe_outcomes(outcomes, t)))


def _describe_recommendations(counts: LevelCounts, t: Translator) -> str:
    if counts.shown:
        head = t.plural(
            "{n} of {of} Recommendations would be rated C or LC today",
            "{n} of {of} Recommendations would be rated C or LC today",
            counts.shown,
            of=counts.of,
        )
    else:
        head = t("None of the {of} Recommendations would be rated C or LC today", of=counts.of)
    if not counts.not_applicable:
        return t.points((head, *_more(counts, t))) + "."
    left_out = t.plural("{n} is not applicable", "{n} are not applicable", counts.not_applicable)
    return t.points((head, *_more(counts, t), left_out)) + "."


def _describe_outcomes(counts: LevelCounts, t: Translator) -> str:
    if counts.shown:
        head = t.plural(
            "{n} of the {of} outcomes would be rated HE or SE today",
            "{n} of the {of} outcomes would be rated HE or SE today",
            counts.shown,
            of=counts.of,
        )
    else:
        head = t("None of the {of} outcomes would be rated HE or SE today", of=counts.of)
    return t.points((head, *_more(counts, t))) + "."


def _more(counts: LevelCounts, t: Translator) -> tuple[str, ...]:
    claimed = t.plural(
        "agencies claim {n} more without evidence", "agencies claim {n} more without evidence", counts.claimed
    )
    unanswered = t.plural(
        "{n} more depends on unanswered questions", "{n} more depend on unanswered questions", counts.unanswered
    )
    return (*((claimed,) if counts.claimed else ()), *((unanswered,) if counts.unanswered else ()))


def describe_threshold(result: LineResult, t: Translator) -> str:
    """Describe a threshold in one sentence: the number in the best case, the limit, and the worst case."""
    best = _describe_counts(result, RangeEnd.BEST, t)
    limit = t.listed(str(n) for n in result.limits)
    if result.line.kind is LineKind.ICRG:
        consequence = t("the threshold of referral to the ICRG is {limit}", limit=limit)
    else:
        consequence = t("the threshold of enhanced follow-up is {limit}", limit=limit)
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
