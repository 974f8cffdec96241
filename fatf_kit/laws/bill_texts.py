"""The effects of bills in words: the same sentences and rows for the terminal and the page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from fatf_kit.core.messages import Translator
from fatf_kit.laws.bills import Bill, BillEffects, Clause, ClauseSets, Scenario, UnitRating
from fatf_kit.outlook.model import Target
from fatf_kit.outlook.report import describe_counts, describe_outlook, name_target, name_threshold, name_thresholds
from fatf_kit.scoring.report.traces import name_unit

_CLAUSES_NAMED = 8


def describe_commencement(bill: Bill, cut_off: date | None, t: Translator) -> str:
    """Return when a bill comes into force, and whether it counts in the evaluation."""
    if cut_off is None:
        return t("The cut-off date is not known, so dates of entry into force are not tested.")
    facts = {"day": t.day(bill.commencement) if bill.commencement else t("an unknown day"), "cut_off": t.day(cut_off)}
    if bill.is_in_time:
        return t("It counts, because it is to be in force from {day}, by the cut-off date of {cut_off}.", **facts)
    return t(
        "It counts only if in force by {cut_off}. It is to be in force from {day}, so it raises what the country "
        "claims, and not what it can show.",
        **facts,
    )


def describe_move(unit: str, before: UnitRating, after: UnitRating, t: Translator) -> str:
    """Return how a rating changes: the range that counts, or only the claim where that alone moves."""
    if before.counted != after.counted:
        return t(
            "{unit}: from {before} to {after}",
            unit=unit,
            before=before.counted.describe(),
            after=after.counted.describe(),
        )
    return t(
        "{unit}, claimed only: from {before} to {after}",
        unit=unit,
        before=before.claimed.describe(),
        after=after.claimed.describe(),
    )


def describe_difference(one: Scenario, other: Scenario, t: Translator) -> str:
    """Return every rating that changes from one scenario to another, then the thresholds that change."""
    moves = [describe_move(unit, one.units[unit], other.units[unit], t) for unit in one.moves_to(other)]
    lines = [a.line for a, b in zip(one.outlook.lines, other.outlook.lines, strict=True) if a.met != b.met]
    if lines:
        moves.append(t("thresholds that change: {names}", names=t.points(name_threshold(line, t) for line in lines)))
    return t.points(moves) or t("no rating changes")


def list_ratings(found: BillEffects, t: Translator) -> Iterator[tuple[str, ...]]:
    """Yield the rows of the ratings that move, headings first; a column more where clauses are dropped."""
    dropped = t.listed(one.label for one in found.dropped)
    scenarios = [(t("Now"), found.now), (t("With all clauses"), found.whole)]
    scenarios += [(t("Without {clauses}", clauses=dropped), found.kept)] if dropped else []
    yield (t("Unit"), *(name for name, _ in scenarios), t("Claimed"))
    for unit in found.moved:
        ratings = [one.units[unit] for _, one in scenarios]
        before, after = (one.claimed.describe() for one in (ratings[0], ratings[-1]))
        claimed = before if before == after else t("from {before} to {after}", before=before, after=after)
        yield (unit, *(one.counted.describe() for one in ratings), claimed)


def list_thresholds(one: Scenario, other: Scenario, t: Translator) -> Iterator[tuple[str, ...]]:
    """Yield the rows of the thresholds whose counts differ between two scenarios, headings first; none if none do."""
    pairs = [(a, b) for a, b in zip(one.outlook.lines, other.outlook.lines, strict=True) if a.at_ends != b.at_ends]
    if pairs:
        yield t("Threshold"), t("Limit"), t("Now"), t("Then")
    for before, after in pairs:
        limits = " / ".join(str(count.count.at_least) for count in before.counts)
        yield name_threshold(before.line, t), limits, describe_counts(before), describe_counts(after)


def describe_consequence(one: Scenario, t: Translator) -> str:
    """Return the follow-up and the referral that ratings lead to."""
    return describe_outlook(one.outlook, t, explained=False)


def describe_answers(clause: Clause, found: BillEffects, t: Translator) -> str:
    """Return the answers that a clause would change, from today's to its own."""
    texts = [
        t(
            "{unit}: from {before} to {after}",
            unit=one.effect.requirement,
            before=t.named(one.now) if one.now else t("no answer"),
            after=t.named(one.effect.rating),
        )
        for one in found.changes
        if one.clause is clause
    ]
    return t.points(texts) or t("no answer changes")


def list_remarks(found: BillEffects, t: Translator) -> Iterator[str]:
    """Yield what a reader also has to know: lowered answers, decisions, several bills, outcomes."""
    for one in found.changes:
        if one.is_lower:
            yield t(
                "{clause} lowers the answer to {requirement}.", clause=one.clause.id, requirement=one.effect.requirement
            )
    decided = dict.fromkeys(
        (*(one.effect.requirement for one in found.changes if one.is_decided), *found.decided_units)
    )
    if decided:
        yield t(
            "Decisions of people keep these ratings as they are, with and without the bill: {names}.",
            names=t.listed(decided),
        )
    if found.shared:
        yield t(
            "Several bills change the answer to {names}. Together the better answer counts.",
            names=t.listed(found.shared),
        )
    if found.outcomes:
        yield t(
            "These outcomes depend on Recommendations that move: {names}. A law alone changes no outcome, so their "
            "levels are not calculated.",
            names=t.points(
                t("{text} ({place})", text=name_unit(outcome, t), place=t.listed(name_unit(one, t) for one in units))
                for outcome, units in found.outcomes
            ),
        )


def describe_target(found: BillEffects, t: Translator) -> Iterator[str]:
    """Yield how many smallest sets of clauses reach the target, with the first, for both ends where they differ."""
    if found.sets is None:
        return
    text = name_target(Target(found.target), t) if found.target in list(Target) else found.target
    worst, best = (_describe_sets(one, found, t) for one in (found.sets.worst, found.sets.best))
    if worst == best:
        yield t("{name}: {text}", name=text, text=worst)
        return
    yield t("{name}: {text}", name=t("{target}, if no undecided answer is proven", target=text), text=worst)
    yield t("{name}: {text}", name=t("{target}, if all undecided answers are proven", target=text), text=best)


def _describe_sets(sets: ClauseSets, found: BillEffects, t: Translator) -> str:
    stopped = "" if sets.is_exact else " " + t("The search stopped early, so smaller or further sets may exist.")
    if sets.size is None:
        if not sets.remaining:
            return t("not reached, even with all clauses.") + stopped
        names = name_thresholds(sets.remaining, found.now.outlook.rules, t)
        return t("not reached, even with all clauses. Still met: {names}.", names=names) + stopped
    if sets.size == 0:
        return t("reached without any clause.")
    first = t.few([one.label if len(found.bills) == 1 else one.id for one in sets.first], _CLAUSES_NAMED)
    text = t.plural(
        "reached with {n} clause: {first}.", "reached with {n} clauses, for example {first}.", sets.size, first=first
    )
    total = t.plural("There is {n} set of this size.", "There are {n} sets of this size.", sets.total)
    return f"{text} {total}{stopped}"
