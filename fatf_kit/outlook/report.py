"""The consequences of ratings in words and tables: the thresholds in both cases, and the re-ratings that clear them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from fatf_kit.core.messages import Translator
from fatf_kit.outlook.evaluate import evaluate
from fatf_kit.outlook.model import (
    FollowUp,
    LevelCounts,
    Line,
    LineKind,
    LineResult,
    Outlook,
    Ratings,
    Rules,
    Target,
    UpgradePath,
    UpgradeStep,
    WhatIf,
)
from fatf_kit.outlook.payload import (
    OutlookResult,
    WhatIfResult,
    collect_notes,
    make_outlook_result,
    make_what_if_result,
)
from fatf_kit.outlook.referral import Facts, Priority, prioritise
from fatf_kit.outlook.rules import load_rules
from fatf_kit.outlook.sentences import describe_levels
from fatf_kit.outlook.what_if import find_smallest_sets
from fatf_kit.published.least_developed import load_least_developed
from fatf_kit.published.listing_status import make_listing_paragraph
from fatf_kit.published.listings import ListingStatus
from fatf_kit.report.document_tables import keep_ltr, make_row, make_table
from fatf_kit.report.model import Block, Bullets, DocumentTable, Paragraph, Section, TableCell, Tone
from fatf_kit.report.sections import make_section

_SETS_PRINTED = 5


def build_outlook_section(
    edition: str,
    ratings: Ratings,
    t: Translator,
    *,
    shortcomings: Mapping[str, int] | None = None,
    facts: Facts | None = None,
    listing: ListingStatus | None = None,
    standing: tuple[LevelCounts, LevelCounts] | None = None,
) -> Section:
    """Return the section on what follows, for ratings as `evaluate` takes them.

    `shortcomings` are open ones by Recommendation, for ranking; None where they are not known. `facts` are about the
    country, for who is looked at first after referral; those that are missing are asked for.
    `listing` is how the country stands on FATF's lists, None where the country is not known. `standing` is that of an
    assessment, None for ratings that are published or only listed.
    """
    rules = load_rules(edition)
    outlook = evaluate(rules, ratings)
    blocks: list[Block] = [Paragraph(text=describe_outlook(outlook, t), tone=Tone.LEAD)]
    if standing:
        blocks.append(Paragraph(text=describe_levels(standing, t)))
    blocks += make_listing_paragraph(listing, t)
    if rules.provisional:
        blocks.append(Paragraph(text=t(rules.provisional_because), tone=Tone.NOTICE))
    blocks.append(_lines(outlook, t))
    if outlook.referral_span.worst:
        leaving = find_smallest_sets(rules, ratings, Target.LEAVE_ICRG, shown=0, shortcomings=shortcomings)
        blocks.append(Paragraph(text=describe_target_path(Target.LEAVE_ICRG, leaving, t)))
    regular = find_smallest_sets(rules, ratings, Target.REGULAR, shown=_SETS_PRINTED, shortcomings=shortcomings)
    blocks.append(Paragraph(text=describe_target_path(Target.REGULAR, regular, t)))
    if regular.sets and regular.steps:
        blocks.append(_sets(regular, t))
    if standing:
        limits = t("These results count the gaps that the agencies reported. Assessors may find further gaps.")
        blocks.append(Paragraph(text=limits))
    if outlook.referral_span.worst and rules.prioritisation:
        priority = prioritise(rules.prioritisation, facts or {}, listing)
        blocks.append(Paragraph(text=describe_priority(priority, t)))
        if priority.missing:
            blocks.append(Bullets(items=tuple(t(fact.question) for fact in priority.missing), boxes=True))
    blocks.append(Bullets(items=tuple(t(note) for note in collect_notes("", rules.notes))))
    return make_section("outlook", t("Consequences of the ratings"), *blocks)


def describe_outlook(outlook: Outlook, t: Translator, *, explained: bool = True) -> str:
    """Return follow-up and referral in words at both ends, how many ratings are open, and what the ends assume."""
    claims = len(outlook.open_units) > len(outlook.unknown_units)
    still_open = _open(outlook, claims, t)[: None if explained else 1]
    return " ".join((_follow_up(outlook, claims, t), _referral(outlook, claims, t), *still_open))


def _follow_up(outlook: Outlook, claims: bool, t: Translator) -> str:
    """Describe the follow-up; `claims` says that some ratings are open because of claims and answers."""
    if outlook.follow_up is FollowUp.REGULAR:
        return t("Regular follow-up, even in the worst case.") if claims else t("Regular follow-up.")
    if outlook.follow_up is FollowUp.ENHANCED:
        return t("Enhanced follow-up, even in the best case.") if claims else t("Enhanced follow-up.")
    if claims:
        return t("Regular follow-up in the best case, enhanced follow-up in the worst case.")
    return t("Regular or enhanced follow-up: this depends on ratings that are not known.")


def _referral(outlook: Outlook, claims: bool, t: Translator) -> str:
    if outlook.icrg_referral is False:
        if claims:
            return t("No threshold for referral to the ICRG is met, even in the worst case.")
        return t("No threshold for referral to the ICRG is met.")
    if outlook.icrg_referral:
        if claims:
            return t("A threshold for referral to the ICRG is met, even in the best case.")
        return t("A threshold for referral to the ICRG is met.")
    if claims:
        return t("A threshold for referral to the ICRG is met in the worst case only.")
    return t("A threshold for referral to the ICRG may be met: this depends on ratings that are not known.")


def describe_priority(found: Priority, t: Translator) -> str:
    """Return whether the country would be looked at first after referral, as far as its facts are known."""
    if found.is_listed:
        return t("The country is already on one of FATF's lists, so its priority after a referral is settled.")
    sentence = {
        True: t("According to the facts given, the country would be among those reviewed first after a referral."),
        False: t("According to the facts given, the country would not be among those reviewed first after a referral."),
        None: t("The priority of the country after a referral cannot be determined, because facts are missing."),
    }[found.first]
    left_out = t("According to the facts given, it would be exempt, unless FATF agrees that the risk is significant.")
    return " ".join((sentence, *((left_out,) if found.left_out else ()), *describe_observation_period(found, t)))


def describe_observation_period(found: Priority, t: Translator) -> Iterator[str]:
    """Yield what the UN's list says about the country, and whether its observation period may be longer than usual."""
    rules, un_list, listing = found.rules.observation, load_least_developed(), found.listing
    if rules is None:
        return
    if found.may_observe_longer and listing and listing.is_least_developed:
        yield t(
            "It is a least developed country by the UN's list of {day} (confidence: {confidence}).",
            day=t.day(un_list.as_of),
            confidence=t(un_list.confidence),
        )
    if found.may_observe_longer:
        yield t.plural(
            "If it is reviewed, its observation period may be longer than {n} month. How much longer is not stated "
            "({source}; confidence: {confidence}).",
            "If it is reviewed, its observation period may be longer than {n} months. How much longer is not stated "
            "({source}; confidence: {confidence}).",
            rules.months,
            source=t(rules.source),
            confidence=t(rules.confidence),
        )
    if found.may_observe_longer is None and listing and listing.planned_exit:
        yield t(
            "It was to leave the UN's list of least developed countries on {day}; check whether it did.",
            day=t.day(listing.planned_exit.on),
        )


def list_request_dates(rules: Rules, t: Translator) -> tuple[str, ...]:
    """Describe when re-ratings are requested, a sentence by type of follow-up, then the source; empty if not known."""
    found = rules.re_rating_requests
    if found is None:
        return ()
    names = {FollowUp.REGULAR: t("Regular follow-up"), FollowUp.ENHANCED: t("Enhanced follow-up")}
    sentences = [
        t(
            "{follow_up}: name the Recommendations to be re-rated {name} and submit the request {submit} "
            "(para. {paragraph}; {confidence}).",
            follow_up=names[one.follow_up],
            name=_months_before(one.name_months, t),
            submit=_months_before(one.submit_months, t),
            paragraph=one.paragraph,
            confidence=t(found.confidence),
        )
        for one in found.dates
    ]
    return (*sentences, t(found.source))


def _months_before(n: int, t: Translator) -> str:
    return t.plural("{n} month before the Plenary", "{n} months before the Plenary", n)


def list_fact_questions(found: Priority, t: Translator) -> tuple[str, ...]:
    """Return the questions whose answers are not known, each with the name under which the command line takes it."""
    return tuple(t("{question} (fact {id})", question=t(fact.question), id=fact.id) for fact in found.missing)


def make_consequences(
    edition: str,
    ratings: Ratings,
    *,
    shortcomings: Mapping[str, int] | None = None,
    facts: Facts | None = None,
    listing: ListingStatus | None = None,
    standing: tuple[LevelCounts, LevelCounts] | None = None,
) -> tuple[OutlookResult, tuple[WhatIfResult, ...]]:
    """Make the JSON values of the same in English: the outlook, and the smallest sets for each target."""
    rules, t = load_rules(edition), Translator("en")
    ways = [find_smallest_sets(rules, ratings, target, shortcomings=shortcomings) for target in Target]
    outlook = make_outlook_result(evaluate(rules, ratings), edition, facts, listing, standing)
    return outlook, tuple(
        make_what_if_result(way, edition, (), describe_target_path(way.target, way, t)) for way in ways
    )


def name_target(target: Target, t: Translator) -> str:
    """Return the name of a target."""
    if target is Target.LEAVE_ICRG:
        return t("To fall below the referral thresholds")
    return t("To reach regular follow-up")


def name_thresholds(ids: Sequence[str], rules: Rules, t: Translator) -> str:
    """Return the names of thresholds, in the order of the rules, with their consequences."""
    return t.listed(name_threshold(line, t) for line in rules.lines if line.id in ids)


def describe_target_path(target: Target, found: WhatIf, t: Translator) -> str:
    """Return a target, and how far it is from both ends."""
    return t("{target}: {sentence}", target=name_target(target, t), sentence=describe_what_if(found, t))


def name_threshold(line: Line, t: Translator) -> str:
    """Return the name of a threshold with its consequence: "outcomes rated LE (referral to the ICRG)"."""
    return t("{text} ({place})", text=t(line.name), place=_name_kind(line.kind, t))


def _name_kind(kind: LineKind, t: Translator) -> str:
    return t("referral to the ICRG") if kind is LineKind.ICRG else t("enhanced follow-up")


def describe_what_if(found: WhatIf, t: Translator) -> str:
    """Describe the least that a target takes, at the best end and at the worst where they differ."""
    best, worst = (_way(one, found.rules, t) for one in (found.ends.best, found.ends.worst))
    if best == worst:
        return best
    worst_case = t("In the worst case, {sentence}", sentence=worst)
    return " ".join((t("in the best case, {sentence}", sentence=best), worst_case))


def _way(way: UpgradePath, rules: Rules, t: Translator) -> str:
    if way.steps is None:
        names = name_thresholds(way.held_by, rules, t)
        return t.plural(
            "this cannot be reached by re-ratings alone, because one threshold depends on effectiveness, namely "
            "{thresholds}.",
            "this cannot be reached by re-ratings alone, because {n} thresholds depend on effectiveness, namely "
            "{thresholds}.",
            len(way.held_by),
            thresholds=names,
        )
    if not way.steps:
        return t("no re-rating is needed, because no such threshold is met.")
    if way.moves_once:
        return t.plural(
            "at least {n} Recommendation must rise one level.",
            "at least {n} Recommendations must each rise one level.",
            way.steps,
        )
    return t.plural(
        "Recommendations must rise by at least {n} level in total.",
        "Recommendations must rise by at least {n} levels in total.",
        way.steps,
    )


def describe_steps(steps: tuple[UpgradeStep, ...], t: Translator) -> str:
    """Return a set in words; a Recommendation that moves two levels is named once.

    >>> from fatf_kit.core.ratings import ComplianceRating as C
    >>> one = UpgradeStep(unit="R.8", before=C.NC, after=C.PC)
    >>> two = UpgradeStep(unit="R.8", before=C.PC, after=C.LC)
    >>> describe_steps((one, two), Translator("en"))
    'R.8 NC → LC'
    """
    moves = (list(mine) for _, mine in groupby(steps, key=lambda step: step.unit))
    return t.listed(f"{mine[0].unit} {mine[0].before} → {mine[-1].after}" for mine in moves)


def _open(outlook: Outlook, claims: bool, t: Translator) -> tuple[str, ...]:
    """Return how many ratings are undecided, and the meaning of the two cases."""
    n = len(outlook.open_units)
    if not n:
        return ()
    if not claims:
        return (t.plural("{n} rating is not known.", "{n} ratings are not known.", n),)
    return (
        t.plural("{n} rating is not settled.", "{n} ratings are not settled.", n),
        t(
            "The best case assumes evidence for every claim and good answers to all unanswered requirements; "
            "the worst case assumes neither."
        ),
    )


def _lines(outlook: Outlook, t: Translator) -> DocumentTable:
    heads = (
        (t("Threshold"), 4),
        (t("Consequence"), 3),
        (t("Test"), 5),
        (t("Value"), 3, True),
        (t("Limit"), 2, True),
        (t("Met"), 3),
        (t("Distance"), 5),
    )
    rows = (
        make_row(
            (
                TableCell(text=t(result.line.name), detail=t(result.line.confidence)),
                _name_kind(result.line.kind, t),
                t(result.line.test),
                TableCell(text=describe_counts(result), ltr=True, order=result.at_ends.worst[0]),
                TableCell(text=" / ".join(map(str, result.limits)), ltr=True, order=result.limit),
                TableCell(text=describe_state(result, outlook, t), order=result.met.worst + result.met.best),
                describe_distance(result, t),
            ),
            line=_name_kind(result.line.kind, t),
        )
        for result in outlook.lines
    )
    return make_table("outlook-lines", t("Thresholds and the distance of the ratings from each"), heads, rows)


def describe_state(result: LineResult, outlook: Outlook, t: Translator) -> str:
    """Return whether a threshold is met: at both ends, at one end only, or at neither."""
    met = result.met
    if met.worst == met.best:
        return t("yes") if met.best else t("no")
    if len(outlook.open_units) == len(outlook.unknown_units):
        return t("depends on ratings that are not known")
    return t("in the worst case only") if met.worst else t("in the best case only")


def describe_counts(result: LineResult) -> str:
    """Return the value of each count of a threshold: at the worst end, then at the best where that differs."""
    ends = zip(result.at_ends.worst, result.at_ends.best, strict=True)
    return " / ".join(str(worst) if worst == best else f"{worst} – {best}" for worst, best in ends)


def describe_distance(result: LineResult, t: Translator) -> str:
    """Describe how far each count of a threshold is from its limit, at the worst end and at the best if it differs."""
    counts = zip(result.at_ends.worst, result.at_ends.best, result.limits, strict=True)
    return t.points(
        _distance(worst, limit, t)
        if worst == best
        else t.joined((_distance(worst, limit, t), _distance_at_best(best, limit, t)))
        for worst, best, limit in counts
    )


def _distance(value: int, limit: int, t: Translator) -> str:
    if value == limit:
        return t("at the threshold of {limit}", limit=limit)
    if value > limit:
        return t("{n} above the threshold of {limit}", n=value - limit, limit=limit)
    return t("{n} below the threshold of {limit}", n=limit - value, limit=limit)


def _distance_at_best(value: int, limit: int, t: Translator) -> str:
    """Return the distance at the best end, after the threshold has been named."""
    if value == limit:
        return t("in the best case at the threshold")
    if value > limit:
        return t("in the best case {n} above it", n=value - limit)
    return t("in the best case {n} below it", n=limit - value)


def _sets(found: WhatIf, t: Translator) -> DocumentTable:
    order = t("fewest shortcomings first") if found.ranked_by_shortcomings else t("by number of the Recommendation")
    if found.open_units:
        caption = t("Examples of re-ratings that lead to regular follow-up in the best case, {order}", order=order)
    else:
        caption = t("Examples of re-ratings that lead to regular follow-up, {order}", order=order)
    rows = (map(keep_ltr, (number, describe_steps(steps, t))) for number, steps in enumerate(found.sets, start=1))
    return make_table("outlook-sets", caption, ((t("Example"), 1), (t("Re-ratings"), 12)), rows)
