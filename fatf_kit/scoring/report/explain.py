"""One rating explained so that a person can follow it and repeat it by hand, with whole numbers only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fatf_kit.core.messages import Translator
from fatf_kit.core.ratings import Achievement, ComplianceRating, CriterionRating, EffectivenessRating
from fatf_kit.framework.catalog import index_requirements
from fatf_kit.framework.model import Combination, CombinationRule, Framework
from fatf_kit.scoring.checks import ConsistencyNote
from fatf_kit.scoring.evidence import EvidenceStatus
from fatf_kit.scoring.model import (
    AnyRequirement,
    AnyUnit,
    ComplianceTrace,
    CriterionResult,
    EffectivenessTrace,
    RecommendationResult,
)
from fatf_kit.scoring.policy import Policy
from fatf_kit.scoring.report.traces import (
    WHOLE,
    describe_next_step,
    describe_status,
    name_unit,
    round_percent,
    strip_unit,
)
from fatf_kit.scoring.report.weight_texts import (
    describe_above_shown,
    describe_decision,
    describe_margins,
    describe_range,
    describe_weight,
    is_above,
)
from fatf_kit.scoring.span import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """The trace of one unit: its title and parts, each a heading with its lines, in one language."""

    unit: str
    title: str
    parts: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def text(self) -> str:
        """All of it as plain text."""
        parts = ("\n".join((heading, *(f"  {line}" for line in lines))) for heading, lines in self.parts)
        return "\n\n".join((self.title, *parts))


def explain_unit(
    unit: AnyUnit,
    framework: Framework,
    policy: Policy,
    notes: tuple[ConsistencyNote, ...],
    t: Translator,
    *,
    only: str = "",
) -> Explanation:
    """Return the explanation of one Recommendation or outcome; `framework` in the language of `t`.

    `notes` are the consistency notes of the assessment. `only` limits the lines on requirements to one of them.
    """
    titles = {u.id: u.title for u in framework.units}
    writer = _Writer(unit, framework, policy, t)
    asked = [one for one in unit.requirements if only in ("", one.id)]
    heading = t("Criteria") if isinstance(unit, RecommendationResult) else t("Core issues")
    parts = [
        (t("Ratings"), tuple(writer.ratings())),
        (heading, tuple(line for one in asked for line in writer.requirement(one))),
        *writer.sums(),
        (t("What would change this rating"), describe_margins(unit, t)),
        (t("Consistency"), tuple(describe_consistency_note(note, t) for note in notes if note.outcome == unit.id)),
    ]
    return Explanation(
        unit=unit.id,
        title=f"{unit.id} {titles[unit.id]}",
        parts=tuple((heading, lines) for heading, lines in parts if lines),
    )


def describe_consistency_note(note: ConsistencyNote, t: Translator) -> str:
    """Return why a level has to be explained."""
    against = t.listed(f"{name_unit(key, t)} {rating}" for key, rating in note.against)
    return t.plural(
        "The level {level} has to be explained: {n} Recommendation related to this outcome is rated, and it is weak: "
        "{against} (FATF Methodology (2022), paras 53-54).",
        "The level {level} has to be explained: of the {n} rated Recommendations related to this outcome, these are "
        "weak: {against} (FATF Methodology (2022), paras 53-54).",
        note.known,
        level=note.level,
        against=against,
    )


class _Writer:
    """A writer of the lines of one unit."""

    def __init__(self, unit: AnyUnit, framework: Framework, policy: Policy, t: Translator) -> None:
        self._unit = unit
        self._framework = framework
        self._policy = policy
        self._t = t

    def ratings(self) -> Iterator[str]:
        t, unit = self._t, self._unit
        yield describe_range(unit, t)
        if unit.decision is not None and unit.decided is not None:
            yield describe_decision(unit.decision, unit.decided, t)
            if is_above(unit):
                yield describe_above_shown(unit.shown.describe(), t)
        if unit.close_to is not None:
            yield t("Close to {rating}.", rating=unit.close_to)
        if unit.open:
            yield t("First steps to settle the rating:")
            status = {part.id: part.status for part in unit.requirements}
            for key in unit.open:
                line = t("{name}: {text}", name=strip_unit(key), text=describe_next_step(status[key], t))
                yield f"   {line}"
        yield t("Scoring rules: {title} ({policy})", title=t(self._policy.title), policy=self._policy.id)

    def requirement(self, part: AnyRequirement) -> Iterator[str]:
        """Yield the answer to a requirement, what of it counts, and its part in the sum."""
        t = self._t
        yield self._counted(part)
        if isinstance(part, CriterionResult) and part.parts:
            yield f"   {self._parts(part)}"
        if lacks := describe_status(part.status, t, part.in_force_from or part.in_force_until):
            if part.status is EvidenceStatus.UNANSWERED and part.refs:
                lacks = t("Not every part is answered.")
            yield f"   {lacks}"
            if part.instrument is not None and not part.status.is_shown:
                named = t("Cited: {instrument}.", instrument=part.instrument.label)
                yield f"   {named}"
        if part.instrument is not None and part.instrument.law and part.status.is_shown:
            proof = t("Shown by {law}: {instrument}.", law=part.instrument.law, instrument=part.instrument.label)
            yield f"   {proof}"
        if part.conflict and part.decided is None:
            yield f"   {describe_conflict(part, t)}"
        if part.decision is not None and part.decided is not None:
            yield f"   {describe_decision(part.decision, t.named(part.decided), t)}"
            if is_above(part):
                still_open = t("not settled")
                shown = part.shown.rating
                yield f"   {describe_above_shown(t.named(shown) if shown is not None else still_open, t)}"
        if why := describe_weight(part.weighing, index_requirements(self._framework)[part.id], t):
            yield f"   {why}"
        if part.refs:
            yield f"   {part.refs[0]}"

    def _counted(self, part: AnyRequirement) -> str:
        """Return the answer, what it counts as, and the product with its weight; both ends while it is open."""
        t, used, key = self._t, part.counted, strip_unit(part.id)
        if used.rating is not None:
            facts = {"id": key, "used": t.named(used.rating), "sum": self._product(part, used.rating)}
            if part.claimed.rating is None:
                return t("{id}: not settled by the answers, counts as “{used}”: {sum}.", **facts)
            return t(
                "{id}: answered “{claimed}”, counts as “{used}”: {sum}.", claimed=t.named(part.claimed.rating), **facts
            )
        ends = {
            "id": key,
            "worst": t.named(used.worst),
            "low": self._product(part, used.worst),
            "best": t.named(used.best),
            "high": self._product(part, used.best),
        }
        if part.claimed.rating is None:
            return t("{id}: not settled between “{worst}” ({low}) and “{best}” ({high}).", **ends)
        claimed = t.named(part.claimed.rating)
        return t(
            "{id}: answered “{claimed}”, not settled between “{worst}” ({low}) and “{best}” ({high}).",
            claimed=claimed,
            **ends,
        )

    def _parts(self, criterion: CriterionResult) -> str:
        """Return the parts that the answer is made of, as far as they are shown."""
        t = self._t
        line = t.listed(f"{strip_unit(part.id)} {self._between(part.shown)}" for part in criterion.parts)
        if len({part.weight for part in criterion.parts}) > 1:
            weights = t.listed(f"{strip_unit(part.id)} {part.weight}" for part in criterion.parts)
            return t(
                "From its parts, weighted by the importance of their sector ({weights}): {parts}.",
                weights=weights,
                parts=line,
            )
        if criterion.combine.is_nested:
            rule = self._rule(criterion.combine)
            return t("From its parts, combined as {rule}: {parts}.", rule=rule, parts=line)
        if criterion.combine.how is CombinationRule.ANY:
            return t("From its parts, of which the best counts: {parts}.", parts=line)
        return t("From its parts, at the level nearest to their average and not above it: {parts}.", parts=line)

    def _rule(self, combination: Combination) -> str:
        """Return a combination in words, inner ones in brackets: "((i) or (ii)) and (iii)"."""
        t = self._t
        members = [strip_unit(m) if isinstance(m, str) else f"({self._rule(m)})" for m in combination.members]
        joined = members[0]
        for member in members[1:]:
            if combination.how is CombinationRule.ANY:
                joined = t("{first} or {second}", first=joined, second=member)
            else:
                joined = t("{first} and {second}", first=joined, second=member)
        return joined

    def _between(self, span: Span[CriterionRating]) -> str:
        return span.describe(self._t.named)

    def _product(self, part: AnyRequirement, rating: CriterionRating | Achievement) -> str:
        if rating is CriterionRating.NOT_APPLICABLE:
            return self._t("not counted")
        worth = self._policy.credits if isinstance(rating, CriterionRating) else self._policy.extents
        credit = worth[rating]  # type: ignore[index]
        return f"{credit} × {part.weight} = {self._t.number(credit * part.weight)}"

    def sums(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield the calculation, once where it is settled, for the worst and the best case where it is open."""
        t = self._t
        worst, best = self._unit.shown_traces.worst, self._unit.shown_traces.best
        if worst.rating == best.rating:
            yield t("Calculation"), tuple(self._calculation(worst))
        else:
            yield t("Calculation, worst case"), tuple(self._calculation(worst))
            yield t("Calculation, best case"), tuple(self._calculation(best))

    def _calculation(self, trace: ComplianceTrace | EffectivenessTrace) -> Iterator[str]:
        if isinstance(trace, ComplianceTrace):
            yield from self._compliance(trace)
        else:
            yield from self._effectiveness(trace)

    def _compliance(self, trace: ComplianceTrace) -> Iterator[str]:
        t = self._t
        if trace.rating is ComplianceRating.NA:
            yield t("No criterion applies: {rating}.", rating=trace.rating)
            return
        yield t(
            "Sum of credit × weight: {points}. Sum of weights: {weight}. Average: {average} of 100.",
            points=t.number(trace.points),
            weight=trace.weight,
            average=round_percent(trace.points, 100 * trace.weight),
        )
        yield t(
            "P is the weight of criteria partly met or worse: {partly} of {weight} ({p}%). N is the weight of criteria "
            "not met: {not_met} ({n}%).",
            partly=trace.partly_or_worse,
            not_met=trace.not_met,
            weight=trace.weight,
            p=round_percent(trace.partly_or_worse, trace.weight),
            n=round_percent(trace.not_met, trace.weight),
        )
        if trace.before_ceiling is ComplianceRating.C:
            yield t("C: every applicable criterion is met.")
        else:
            yield t("C: not every applicable criterion is met.")
            yield from self._limits(trace)
        yield t("Before ceilings: {rating}.", rating=trace.before_ceiling)
        if trace.held_by:
            ids = t.listed(map(strip_unit, trace.held_by))
            yield t("Ceiling: limited to {rating} by {criteria}.", rating=trace.rating, criteria=ids)
        else:
            yield t("No ceiling lowers the rating: {rating}.", rating=trace.rating)

    def _limits(self, trace: ComplianceTrace) -> Iterator[str]:
        """Yield the limits of each rating below C, down to the one that holds."""
        t = self._t
        for rating, limits in self._policy.compliance.items():
            needed = limits.average_from * trace.weight
            tests = [
                t(
                    "{points} must be at least {average} × {weight} = {needed} ({answer})",
                    points=t.number(trace.points),
                    average=limits.average_from,
                    weight=trace.weight,
                    needed=t.number(needed),
                    answer=self._answer(trace.points >= needed),
                )
            ]
            if (most := limits.partly_or_worse_up_to) < WHOLE:
                answer = self._answer(100 * trace.partly_or_worse <= most * trace.weight)
                tests.append(t("P must be at most {most}% ({answer})", most=most, answer=answer))
            if (most := limits.not_met_up_to) < WHOLE:
                answer = self._answer(100 * trace.not_met <= most * trace.weight)
                tests.append(t("N must be at most {most}% ({answer})", most=most, answer=answer))
            yield t("{name}: {text}", name=rating, text=t.points(tests)) + "."
            if rating is trace.before_ceiling:
                break

    def _effectiveness(self, trace: EffectivenessTrace) -> Iterator[str]:
        t = self._t
        yield t(
            "Sum of extent × weight: {points}. Sum of weights × {full}: {most}. Average: {average} of 100.",
            points=trace.points,
            full=trace.full,
            most=trace.full * trace.weight,
            average=round_percent(trace.points, trace.full * trace.weight),
        )
        yield t.plural(
            "{n} core issue is below “large” (“negligible”: {negligible}).",
            "{n} core issues are below “large” (“negligible”: {negligible}).",
            trace.below_large,
            negligible=trace.negligible,
        )
        for level, limits in self._policy.effectiveness.items():
            from_points = limits.average_from * trace.full * trace.weight
            tests = [
                t(
                    "100 × {points} = {reached} must be at least {average} × {weight} = {needed} ({answer})",
                    points=trace.points,
                    reached=t.number(100 * trace.points),
                    average=limits.average_from,
                    weight=trace.full * trace.weight,
                    needed=t.number(from_points),
                    answer=self._answer(100 * trace.points >= from_points),
                )
            ]
            issues = len(self._unit.requirements)
            if (most := limits.below_large_up_to) < issues:
                answer = self._answer(trace.below_large <= most)
                tests.append(self._describe_below_large(most, answer))
            if (most := limits.negligible_up_to) < issues:
                answer = self._answer(trace.negligible <= most)
                tests.append(self._describe_negligible(most, answer))
            yield t("{name}: {text}", name=level, text=t.points(tests)) + "."
            if level is trace.before_ceiling:
                break
        if trace.before_ceiling is EffectivenessRating.LE:
            yield t("None is reached: {rating}.", rating=trace.before_ceiling)
        else:
            yield t("Reached: {rating}.", rating=trace.before_ceiling)
        if trace.held_by:
            ids = t.listed(map(strip_unit, trace.held_by))
            yield t("Ceiling: limited to {rating} by {criteria}.", rating=trace.rating, criteria=ids)

    def _describe_below_large(self, most: int, answer: str) -> str:
        t = self._t
        if not most:
            return t("no core issue may be below “large” ({answer})", answer=answer)
        return t.plural(
            "at most {n} core issue may be below “large” ({answer})",
            "at most {n} core issues may be below “large” ({answer})",
            most,
            answer=answer,
        )

    def _describe_negligible(self, most: int, answer: str) -> str:
        t = self._t
        if not most:
            return t("no core issue may be rated “negligible” ({answer})", answer=answer)
        return t.plural(
            "at most {n} core issue may be rated “negligible” ({answer})",
            "at most {n} core issues may be rated “negligible” ({answer})",
            most,
            answer=answer,
        )

    def _answer(self, holds: bool) -> str:
        return self._t("fulfilled") if holds else self._t("not fulfilled")


def describe_conflict(part: AnyRequirement, t: Translator) -> str:
    """Return the sentence that agencies disagree, and how it is counted meanwhile."""
    lowest = t.named(part.shown.worst)
    return t(
        "The agencies' answers differ. The lead agency's answer is used until you decide; the worst case uses "
        "“{lowest}”.",
        lowest=lowest,
    )
