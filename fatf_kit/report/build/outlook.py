"""What the ratings would lead to: the lines of follow-up and referral, and the smallest way to regular follow-up."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from fatf_kit.messages import Words
from fatf_kit.outlook.evaluate import evaluate
from fatf_kit.outlook.model import FollowUp, Kind, LineResult, Outlook, Ratings, Rules, Step, Target, WhatIf
from fatf_kit.outlook.payload import notes_of, outlook_payload, what_if_payload
from fatf_kit.outlook.referral import Facts, Priority, prioritise
from fatf_kit.outlook.rules import load_rules
from fatf_kit.outlook.what_if import find_smallest_sets
from fatf_kit.published.listings import ListingStatus
from fatf_kit.report.build.listing import listing_paragraph
from fatf_kit.report.model import Block, Bullets, Cell, Column, Paragraph, Row, Section, Table, Tone

_SETS_PRINTED = 5


def outlook_section(
    edition: str,
    ratings: Ratings,
    t: Words,
    *,
    shortcomings: Mapping[str, int] | None = None,
    facts: Facts | None = None,
    listing: ListingStatus | None = None,
) -> Section:
    """The section on what follows, for ratings as `evaluate` takes them.

    `shortcomings` are open ones by Recommendation, for ranking; None where they are not known. `facts` are about the
    country, for who is looked at first after referral; those that are missing are asked for.
    `listing` is how the country stands on FATF's lists, None where the country is not known.
    """
    rules = load_rules(edition)
    outlook = evaluate(rules, ratings)
    blocks: list[Block] = [Paragraph(text=outlook_sentence(outlook, t), tone=Tone.LEAD)]
    blocks += listing_paragraph(listing, t)
    if rules.provisional:
        blocks.append(Paragraph(text=t(rules.provisional_because), tone=Tone.NOTICE))
    blocks.append(_lines(outlook, t))
    if outlook.referral_span.worst:
        leaving = find_smallest_sets(rules, ratings, Target.LEAVE_ICRG, shown=0, shortcomings=shortcomings)
        blocks.append(Paragraph(text=way_line(Target.LEAVE_ICRG, leaving, t)))
    regular = find_smallest_sets(rules, ratings, Target.REGULAR, shown=_SETS_PRINTED, shortcomings=shortcomings)
    blocks.append(Paragraph(text=way_line(Target.REGULAR, regular, t)))
    if regular.steps:
        blocks.append(_sets(regular, t))
    if outlook.referral_span.worst and rules.prioritisation:
        is_listed = listing is not None and listing.is_listed
        priority = prioritise(rules.prioritisation, facts or {}, is_listed=is_listed)
        blocks.append(Paragraph(text=priority_sentence(priority, t)))
        if priority.missing:
            blocks.append(Bullets(items=tuple(t(fact.question) for fact in priority.missing), boxes=True))
    blocks.append(Bullets(items=tuple(t(note) for note in notes_of("", rules.notes))))
    return Section(anchor="outlook", title=t("What it would lead to"), blocks=tuple(blocks))


def outlook_sentence(outlook: Outlook, t: Words) -> str:
    """Follow-up and referral in words, and how many ratings are open where that decides."""
    told = {
        FollowUp.REGULAR: t("Regular follow-up."),
        FollowUp.ENHANCED: t("Enhanced follow-up."),
        None: t("Regular or enhanced follow-up: ratings that are still open decide."),
    }[outlook.follow_up]
    referral = {
        True: t("A line of referral to the ICRG is met."),
        False: t("No line of referral to the ICRG is met."),
        None: t("Whether a line of referral to the ICRG is met depends on ratings that are still open."),
    }[outlook.icrg_referral]
    return " ".join((told, referral, *_open(outlook.open_units, t)))


def priority_sentence(found: Priority, t: Words) -> str:
    """Whether the country would be looked at first after referral, as far as its facts are known."""
    if found.is_listed:
        return t("The country is listed already, so the test of who is looked at first after a referral is answered.")
    told = {
        True: t("After a referral, by the facts given, the country would be among those looked at first."),
        False: t("After a referral, by the facts given, the country would not be among those looked at first."),
        None: t("Whether the country would be looked at first after a referral is not known: facts are missing."),
    }[found.first]
    left_out = t("By the facts given it would be left out, unless FATF agrees that the risk is significant.")
    return " ".join((told, *((left_out,) if found.left_out else ())))


def request_dates(rules: Rules, t: Words) -> tuple[str, ...]:
    """When re-ratings are asked for, a sentence by type of follow-up, then the source; empty where it is not known."""
    found = rules.re_rating_requests
    if found is None:
        return ()
    names = {FollowUp.REGULAR: t("Regular follow-up"), FollowUp.ENHANCED: t("Enhanced follow-up")}
    sentences = [
        t(
            "{follow_up}: name what is to be re-rated {name} months before the Plenary and submit the request {submit} "
            "months before it (para. {paragraph}; {confidence}).",
            follow_up=names[one.follow_up],
            name=one.name_months,
            submit=one.submit_months,
            paragraph=one.paragraph,
            confidence=t(found.confidence),
        )
        for one in found.dates
    ]
    return (*sentences, t(found.source))


def fact_questions(found: Priority, t: Words) -> tuple[str, ...]:
    """The questions whose answers are not known, each with the name under which the command line takes it."""
    return tuple(t("{question} (fact {id})", question=t(fact.question), id=fact.id) for fact in found.missing)


def outlook_values(
    edition: str,
    ratings: Ratings,
    *,
    shortcomings: Mapping[str, int] | None = None,
    facts: Facts | None = None,
    listing: ListingStatus | None = None,
) -> dict[str, object]:
    """The same as plain values, in English: "outlook", and "what_if" for both targets."""
    rules, t = load_rules(edition), Words("en")
    ways = [find_smallest_sets(rules, ratings, target, shortcomings=shortcomings) for target in Target]
    return {
        "outlook": outlook_payload(evaluate(rules, ratings), edition, facts, listing),
        "what_if": [what_if_payload(way, edition, (), way_line(way.target, way, t)) for way in ways],
    }


def target_name(target: Target, t: Words) -> str:
    """What a target is called."""
    return t("To leave the referral lines") if target is Target.LEAVE_ICRG else t("To reach regular follow-up")


def way_line(target: Target, found: WhatIf, t: Words) -> str:
    """A target, and how far it is."""
    return t("{target}: {sentence}", target=target_name(target, t), sentence=what_if_sentence(found, t))


def what_if_sentence(found: WhatIf, t: Words) -> str:
    """How far the target is, or why technical re-ratings cannot reach it."""
    if not found.reachable:
        told = t(
            "not reachable by technical re-ratings alone, because lines that count outcomes hold ({lines}).",
            lines=t.listed(found.held_by),
        )
        return " ".join((told, *((t("Open ratings stand at their best here."),) if found.open_units else ())))
    worst = () if found.worst_case_steps == found.steps else (_worst(found, t),)
    if not found.steps:
        return " ".join((t("reached already; no such line holds."), *worst))
    return " ".join(
        (
            t(
                "steps needed: {n}; ways to choose them: {total}. A step moves one Recommendation up one level.",
                n=found.steps,
                total=t.number(found.sets_total),
            ),
            *worst,
        )
    )


def steps_text(steps: tuple[Step, ...], t: Words) -> str:
    """A set in words; a Recommendation that moves two levels is named once.

    >>> from fatf_kit.ratings import ComplianceRating as C
    >>> one, two = Step(unit="R.8", before=C.NC, after=C.PC), Step(unit="R.8", before=C.PC, after=C.LC)
    >>> steps_text((one, two), Words("en"))
    'R.8 NC → LC'
    """
    moves = (list(mine) for _, mine in groupby(steps, key=lambda step: step.unit))
    return t.listed(f"{mine[0].unit} {mine[0].before} → {mine[-1].after}" for mine in moves)


def _open(units: tuple[str, ...], t: Words) -> tuple[str, ...]:
    return (t("Ratings still open: {n}.", n=len(units)),) if units else ()


def _worst(found: WhatIf, t: Words) -> str:
    if found.worst_case_steps is None:
        return t("That is the best case of open ratings; in the worst case it is not reachable by re-ratings.")
    return t("That is the best case of open ratings; in the worst case, steps needed: {n}.", n=found.worst_case_steps)


def _lines(outlook: Outlook, t: Words) -> Table:
    kinds = {Kind.ENHANCED: t("enhanced follow-up"), Kind.ICRG: t("referral to the ICRG")}
    holds = {True: t("yes"), False: t("no"), None: t("open")}
    return Table(
        id="outlook-lines",
        caption=t("Lines, and how far the ratings are from each"),
        columns=(
            Column(title=t("Line"), width=3),
            Column(title=t("Decides on"), width=3),
            Column(title=t("Test"), width=7),
            Column(title=t("Counted"), width=2, number=True),
            Column(title=t("Limit"), width=2, number=True),
            Column(title=t("Holds"), width=2),
            Column(title=t("Distance"), width=4),
        ),
        rows=tuple(
            Row(
                cells=(
                    Cell(text=result.line.id, detail=t(result.line.confidence), ltr=True),
                    Cell(text=kinds[result.line.kind]),
                    Cell(text=t(result.line.test)),
                    Cell(text=counted_text(result), ltr=True),
                    Cell(text=limit_text(result), ltr=True),
                    Cell(text=holds[result.holds]),
                    Cell(text=distance_text(result, t)),
                ),
                facets={"line": (kinds[result.line.kind],)},
            )
            for result in outlook.lines
        ),
    )


def counted_text(result: LineResult) -> str:
    """What each count of a line has, as a range while ratings are open."""
    return " / ".join(str(c.low) if c.low == c.high else f"{c.low}–{c.high}" for c in result.counts)


def limit_text(result: LineResult) -> str:
    """The limit of each count of a line."""
    return " / ".join(str(c.count.at_least) for c in result.counts)


def distance_text(result: LineResult, t: Words) -> str:
    """How many ratings the line is held or missed by."""
    if result.holds:
        return t("{n} must go", n=result.distance)
    return t("{n} more", n=result.distance)


def _sets(found: WhatIf, t: Words) -> Table:
    order = (
        t("fewest open shortcomings first") if found.ranked_by_shortcomings else t("by number of the Recommendation")
    )
    return Table(
        id="outlook-sets",
        caption=t(
            "Smallest sets of upgrades that lead to regular follow-up: the first {n}, {order}",
            n=len(found.sets),
            order=order,
        ),
        columns=(Column(title=t("Set"), width=1), Column(title=t("Upgrades"), width=12)),
        rows=tuple(
            Row(cells=(Cell(text=str(number), ltr=True), Cell(text=steps_text(steps, t), ltr=True)), facets={})
            for number, steps in enumerate(found.sets, start=1)
        ),
    )
