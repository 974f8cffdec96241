"""The trace of a rating in words that a person can follow and repeat by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import TypeVar

from fatf_kit.core.messages import Translator
from fatf_kit.core.ratings import (
    COMPLIANCE_SCALE,
    EFFECTIVENESS_SCALE,
    ComplianceRating,
    EffectivenessRating,
    FindingKind,
)
from fatf_kit.scoring.evidence import EvidenceStatus, NextStep, next_step
from fatf_kit.scoring.finding import Finding
from fatf_kit.scoring.model import ComplianceTrace, Coverage, EffectivenessTrace, OutcomeResult, RecommendationResult
from fatf_kit.scoring.policy import Policy, load_policy

R = TypeVar("R", ComplianceRating, EffectivenessRating)


def strip_unit(requirement: str) -> str:
    """Return the number without its unit, for places where the unit is plain.

    >>> strip_unit("R.10/10.7(b)")
    '10.7(b)'
    """
    return requirement.partition("/")[2] or requirement


def strip_stop(text: str) -> str:
    """Return a text without its full stop, for a place before or within brackets.

    >>> strip_stop("Two inspectors."), strip_stop("Boats, cars …"), strip_stop("Lawyers etc.")
    ('Two inspectors', 'Boats, cars …', 'Lawyers etc.')
    """
    text = text.rstrip()
    return text if text.endswith(("..", "etc.")) else text.removesuffix(".")


def describe_planned(actions: Sequence[str], day: date | None, t: Translator) -> str:
    """Return the country's own plan for a requirement, each action once, with the last of their days."""
    n, text = len(actions), t.points(map(strip_stop, actions))
    if day is None:
        return t.plural("Planned action: {actions}.", "Planned actions: {actions}.", n, actions=text)
    return t.plural(
        "Planned action: {actions} ({day}).", "Planned actions: {actions} ({day}).", n, actions=text, day=t.day(day)
    )


def name_unit(unit: str, t: Translator) -> str:
    """Return the name of a Recommendation or outcome in a sentence: the id in English, words in other languages.

    >>> name_unit("R.24", Translator("en")), name_unit("IO.6", Translator("ar"))
    ('R.24', 'النتيجة المباشرة 6')
    """
    kind, _, number = unit.partition(".")
    return t("R.{number}", number=number) if kind == "R" else t("IO.{number}", number=number)


def name_units(units: Iterable[str], t: Translator) -> str:
    """Return the names of Recommendations and outcomes in a sentence; three or more of a kind share one noun.

    They are in the order of their numbers, and three or more numbers in a row are "9 to 23". A core issue among them
    keeps its id.

    >>> units = ["R.1", "R.9", "R.10", "R.11", "R.26"]
    >>> name_units(units, Translator("en")), name_units(units, Translator("fr"))
    ('Recommendations 1, 9 to 11 and 26', 'les Recommandations 1, 9 à 11 et 26')
    >>> name_units(["IO.3", "IO.4"], Translator("en"))
    'IO.3 and IO.4'
    """
    numbers: dict[str, set[int]] = {}
    issues: list[str] = []
    for unit in units:
        kind, _, number = unit.partition(".")
        if number.isdecimal():
            numbers.setdefault(kind, set()).add(int(number))
        else:
            issues.append(unit)
    names: list[str] = []
    for kind, of_kind in numbers.items():
        ordered = sorted(of_kind)
        if len(ordered) < _ONE_NOUN:
            names += [name_unit(f"{kind}.{number}", t) for number in ordered]
            continue
        runs = t.listed(_list_runs(ordered, t))
        if kind == "R":
            names.append(t("Recommendations {numbers}", numbers=runs))
        else:
            names.append(t("Immediate Outcomes {numbers}", numbers=runs))
    return t.listed((*names, *issues))


_ONE_NOUN = 3
"""So many names of a kind share one noun, and so many numbers in a row are a run."""


def _list_runs(numbers: Sequence[int], t: Translator) -> Iterator[str]:
    """Yield each number by itself, and long runs by their ends."""
    for _, numbered in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        run = [number for _, number in numbered]
        if len(run) >= _ONE_NOUN:
            yield t("{first_number} to {last_number}", first_number=run[0], last_number=run[-1])
        else:
            yield from map(str, run)


def name_policy(policy: str, t: Translator) -> str:
    """Return the name of one of fatf-kit's scoring policies by its id."""
    return t(load_policy(policy).title)


def round_percent(part: int, whole: int) -> int:
    """Return a share in whole per cent, rounded half up; 0 of 0 is 0.

    >>> round_percent(1, 8), round_percent(0, 0)
    (13, 0)
    """
    return (200 * part + whole) // (2 * whole) if whole else 0


def explain_compliance(result: RecommendationResult, policy: Policy, t: Translator) -> str:
    """Return the reason for the rating of a Recommendation that counts, in one or two sentences."""
    worst, best = result.shown_traces.worst, result.shown_traces.best
    if worst.rating != best.rating:
        return t.plural(
            "Not settled between {worst} and {best}: {n} criterion is not yet answered or not yet shown by evidence.",
            "Not settled between {worst} and {best}: {n} criteria are not yet answered or not yet shown by evidence.",
            sum(one.resolved is None for one in result.criteria),
            worst=worst.rating,
            best=best.rating,
        )
    return _compliance_trace(worst, policy, t)


def _compliance_trace(trace: ComplianceTrace, policy: Policy, t: Translator) -> str:
    if trace.rating is ComplianceRating.NA:
        return t("No criterion applies.")
    if trace.rating is ComplianceRating.C:
        return t("Every applicable criterion is met.")
    sentence = _describe_average(trace, t)
    if trace.held_by:
        return f"{sentence} {_describe_ceiling(trace, t)}"
    better = _next_up(trace.rating, COMPLIANCE_SCALE)
    if better is None:
        return sentence
    limits = policy.compliance.get(better)
    if limits is None:
        return " ".join((sentence, t("C requires that every applicable criterion is met.")))
    facts = {"better": better, "average": limits.average_from, "not_met": limits.not_met_up_to}
    if limits.not_met_up_to == WHOLE:
        required = t("{better} requires an average of at least {average}.", **facts)
    elif limits.partly_or_worse_up_to == WHOLE:
        required = t(
            "{better} requires an average of at least {average}, and criteria that are not met may have at most "
            "{not_met}% of the weight.",
            **facts,
        )
    else:
        required = t(
            "{better} requires an average of at least {average}. Criteria that are partly met or worse may have at "
            "most {partly}% of the weight, and criteria that are not met at most {not_met}%.",
            partly=limits.partly_or_worse_up_to,
            **facts,
        )
    return f"{sentence} {required}"


def _describe_average(trace: ComplianceTrace, t: Translator) -> str:
    """Return the average of a Recommendation, and how much of its weight is met in part or not at all, if any is."""
    shares = {
        "average": round_percent(trace.points, 100 * trace.weight),
        "partly": round_percent(trace.partly_or_worse, trace.weight),
        "not_met": round_percent(trace.not_met, trace.weight),
    }
    if not trace.partly_or_worse:
        return t("Average {average} of 100. No criterion is rated below mostly met.", **shares)
    if trace.not_met == trace.weight:
        return t("Average {average} of 100. Every applicable criterion is rated not met.", **shares)
    is_all = trace.partly_or_worse == trace.weight
    if not trace.not_met:
        if is_all:
            return t("Average {average} of 100. Every applicable criterion is rated partly met.", **shares)
        return t(
            "Average {average} of 100. Criteria with {partly}% of the weight are partly met, and none is rated not "
            "met.",
            **shares,
        )
    if is_all:
        return t(
            "Average {average} of 100. No criterion is rated above partly met, and criteria with {not_met}% of the "
            "weight are not met.",
            **shares,
        )
    return t(
        "Average {average} of 100. Criteria with {partly}% of the weight are partly met or worse, including {not_met}% "
        "that are not met.",
        **shares,
    )


WHOLE = 100
"""The share in per cent that limits nothing."""


def _describe_ceiling(trace: ComplianceTrace | EffectivenessTrace, t: Translator) -> str:
    return t(
        "Without a ceiling the rating would be {free}; it is limited to {rating} by {criteria}.",
        free=trace.before_ceiling,
        rating=trace.rating,
        criteria=t.listed(map(strip_unit, trace.held_by)),
    )


def explain_effectiveness(result: OutcomeResult, policy: Policy, t: Translator) -> str:
    """Return the reason for the level of an outcome that counts, in one or two sentences."""
    worst, best = result.shown_traces.worst, result.shown_traces.best
    if worst.rating != best.rating:
        counts = t.points(_describe_coverage(result.coverage, t))
        return t("Not settled between {worst} and {best}: {text}.", worst=worst.rating, best=best.rating, text=counts)
    return _effectiveness_trace(worst, policy, t)


def _describe_coverage(coverage: Coverage, t: Translator) -> Iterator[str]:
    """Yield how many core issues are answered, and how many of these are shown by evidence if any is answered."""
    if not coverage.answered:
        yield t("no core issue is answered")
        return
    if coverage.answered == coverage.total:
        yield t.plural("the only core issue is answered", "all {n} core issues are answered", coverage.total)
    else:
        yield t.plural(
            "{n} of {asked} core issues is answered",
            "{n} of {asked} core issues are answered",
            coverage.answered,
            asked=coverage.total,
        )
    if not coverage.shown:
        yield t("none is shown by evidence")
    elif coverage.shown == coverage.answered:
        yield t("all answers are shown by evidence")
    else:
        yield t.plural("{n} of them is shown by evidence", "{n} of them are shown by evidence", coverage.shown)


def _effectiveness_trace(trace: EffectivenessTrace, policy: Policy, t: Translator) -> str:
    sentence = t.plural(
        "Average {average} of 100; {n} core issue is below “large” (“negligible”: {negligible}).",
        "Average {average} of 100; {n} core issues are below “large” (“negligible”: {negligible}).",
        trace.below_large,
        average=round_percent(trace.points, trace.full * trace.weight),
        negligible=trace.negligible,
    )
    if trace.held_by:
        return f"{sentence} {_describe_ceiling(trace, t)}"
    better = _next_up(trace.rating, EFFECTIVENESS_SCALE)
    if better is None:
        return sentence
    limits = policy.effectiveness[better]
    required = t("{better} requires an average of at least {average}.", better=better, average=limits.average_from)
    if limits.below_large_up_to == 0:
        return " ".join((sentence, required, t("No core issue may then be achieved to less than a large extent.")))
    return f"{sentence} {required}"


def _next_up(rating: R, levels: tuple[R, ...]) -> R | None:
    step = levels.index(rating) + 1
    return levels[step] if step < len(levels) else None


def describe_status(status: EvidenceStatus, t: Translator, day: date | None = None) -> str:
    """Return the point that is open before an answer is shown; empty where there is none.

    `day` is that of coming into force or, for what is no longer in force, the last one.
    """
    date_text = t.day(day) if day else ""
    return {
        EvidenceStatus.SHOWN: "",
        EvidenceStatus.NOT_NEEDED: "",
        EvidenceStatus.NOTHING_CITED: t("No law or other enforceable means is cited."),
        EvidenceStatus.UNKNOWN_KIND: t("It is not known which kind of instrument is cited."),
        EvidenceStatus.LAW_NEEDED: t("The principle must be in law, but a text below law is cited."),
        EvidenceStatus.WRONG_KIND: t("A text of this kind does not show the criterion."),
        EvidenceStatus.NO_ARTICLE: t("The citation names no article."),
        EvidenceStatus.NO_DATE: t("The date of entry into force is missing."),
        EvidenceStatus.IN_FORCE_LATER: t(
            "In force only from {day}; it would count if it were in force by the cut-off date.", day=date_text
        ),
        EvidenceStatus.NO_LONGER_IN_FORCE: t("Was in force until {day} only.", day=date_text),
        EvidenceStatus.NO_REASON: t("“Not applicable” is given without a reason."),
        EvidenceStatus.PARTLY_SHOWN: t("Tables, years or cases are missing, or figures contradict each other."),
        EvidenceStatus.NOTHING_ON_FILE: t("No figures, cases or documents are on file."),
        EvidenceStatus.UNANSWERED: t("Not answered."),
    }[status]


def describe_finding_step(finding: Finding, recommended: str, t: Translator) -> str:
    """Return the next step that a finding asks for: the recommended action only where something falls short."""
    if finding.kind is FindingKind.SHORTCOMING:
        return recommended
    if finding.kind is FindingKind.CONFLICT:
        return t(
            "The agencies should agree on one answer, or the coordinator should decide in the workbook of decisions."
        )
    return describe_next_step(finding.status, t)


def describe_next_step(status: EvidenceStatus, t: Translator) -> str:
    """Return the next step before an answer is shown; empty where it is shown."""
    step = next_step(status)
    if step is None:
        return ""
    return {
        NextStep.CITE: t("Name the law or other instrument with its article."),
        NextStep.ASK_KIND: t(
            "State which kind of text this is, or name one that shows the criterion. Only a law shows offences, "
            "penalties, powers and legal bases."
        ),
        NextStep.NAME_ARTICLE: t("Name the article."),
        NextStep.WRITE_DATE: t("Write the date of entry into force."),
        NextStep.BRING_FORWARD: t("Bring the measure into force before the cut-off date."),
        NextStep.CITE_CURRENT: t("Name the instrument that is in force now."),
        NextStep.GIVE_REASON: t("Write why this does not apply."),
        NextStep.FILL_TABLES: t("Complete the statistics tables for every year, resolve contradictions and add cases."),
        NextStep.ANSWER: t("Write the answer."),
    }[step]
