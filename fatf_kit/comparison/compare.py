"""Two assessments of one country: what moved, and why. Works on assessment.json, so that old results stay comparable.

Every movement of a rating is taken apart in steps that add up to it: what was decided, answered and shown differently,
other weights, another policy. After each step the rating is rolled up again, so nothing is left unexplained.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from fatf_kit.comparison.earlier_method import EARLIER_SCHEMA, convert_earlier_result, find_rank
from fatf_kit.comparison.model import AssessmentComparison, MovementCause, MovementStep, RequirementChange, UnitMovement
from fatf_kit.core.errors import FatfKitError, UnknownIdError
from fatf_kit.core.ratings import Achievement, CriterionRating
from fatf_kit.framework import load_framework
from fatf_kit.framework.catalog import get_enclosing_id
from fatf_kit.framework.model import Framework
from fatf_kit.published.model import PUBLISHED_SCHEMA
from fatf_kit.scoring.assessor import rate_requirements
from fatf_kit.scoring.evidence import EvidenceStatus
from fatf_kit.scoring.policy import Policy, load_policy
from fatf_kit.scoring.roll_up import RatedRequirement
from fatf_kit.scoring.span import RangeEnd, Span

ASSESSMENT_SCHEMA = "fatf-kit/assessment/2"

_Policies = tuple[Policy | None, Policy | None]
"""The policies of both results; None for one that is not at hand."""


def compare_assessments(
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    *,
    policies: _Policies | None = None,
    case: RangeEnd = RangeEnd.WORST,
) -> AssessmentComparison:
    """Return what moved from one assessment.json to another, and why, at one end of the ranges.

    `policies` are those the two were made with; None: the bundled ones of that name, if unchanged since. A result of
    the earlier method is brought to the present one first. Either may be published ratings, which have no answers:
    then only the ratings are compared.

    Raises:
        FatfKitError: one of them is no assessment.json, or its edition is not here.
    """
    if PUBLISHED_SCHEMA in (before.get("schema"), after.get("schema")):
        return compare_published(before, after, case=case)
    _check_schemas(before, after, (ASSESSMENT_SCHEMA, EARLIER_SCHEMA))
    if after["schema"] == EARLIER_SCHEMA:
        raise FatfKitError(
            "The later result was calculated by the earlier method. Run 'fatf-kit score' again, then compare."
        )
    is_earlier = before["schema"] == EARLIER_SCHEMA
    now = {one["id"]: one for unit in _list_units(after) for one in requirements_in(unit)}
    rules = policies or (_policy(before), _policy(after))
    if is_earlier:
        rules = rules[1], rules[1]
        before = convert_earlier_result(before, now, (rules[1] or load_policy()).proof)
    old, new = (load_framework(result["provenance"]["edition"]) for result in (before, after))
    pairs = _Pairs(old, new, before, case)
    movements, apart = [], []
    for unit in _list_units(after):
        if not pairs.comparable(unit["id"]):
            apart.append(unit["id"])
            continue
        made = _movement(pairs, unit, rules)
        if made.steps or made.changes or made.moved:
            movements.append(made)
    return AssessmentComparison(
        movements=tuple(movements),
        not_comparable=tuple(apart),
        is_earlier_method=is_earlier,
        **_collect_facts(before, after),
    )


def _check_schemas(before: Mapping[str, Any], after: Mapping[str, Any], known: Sequence[str]) -> None:
    for one in (before, after):
        if one.get("schema") not in known:
            raise FatfKitError(
                "The file is not an assessment.json: its schema is '{schema}'.", schema=one.get("schema")
            )


def _collect_facts(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """Return the country, and what the two results were made with."""
    both = before["provenance"], after["provenance"]
    keys = ("edition", "policy", "policy_digest", "cut_off", "generated_at")
    return {
        "country": str(after["country"]["name"] or before["country"]["name"] or ""),
        "facts": {key: (str(both[0].get(key) or ""), str(both[1].get(key) or "")) for key in keys},
    }


def _policy(payload: Mapping[str, Any]) -> Policy | None:
    try:
        policy = load_policy(payload["provenance"]["policy"])
    except (UnknownIdError, FatfKitError):
        return None
    return policy if policy.digest == payload["provenance"]["policy_digest"] else None


def _list_units(result: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    """Return the Recommendations and the outcomes of a result."""
    return (*result["recommendations"], *result["outcomes"])


class _Pairs:
    """Each requirement of the later assessment with its predecessors."""

    def __init__(self, old: Framework, new: Framework, before: Mapping[str, Any], case: RangeEnd) -> None:
        self.same = old.id == new.id
        self.case = case
        self.duties = frozenset(c.id for r in new.recommendations for c in r.criteria if c.is_duty)
        self._linked = self.same or new.predecessor == old.id
        self._units = {unit["id"]: unit for unit in _list_units(before)}
        self._old = {one["id"]: one for unit in self._units.values() for one in requirements_in(unit)}
        self._predecessors = {c.id: c.predecessors for r in new.recommendations for c in r.criteria}
        self._changed_outcomes = {o.id for o in new.outcomes if o.change}
        if not self._linked:
            raise FatfKitError(
                "{new} is not the edition after {old}. Name the older assessment first.", new=new.id, old=old.id
            )

    def comparable(self, unit: str) -> bool:
        """Return whether a unit means the same in both: an outcome that changed its meaning is another outcome."""
        return unit in self._units and (self.same or unit not in self._changed_outcomes)

    def unit(self, unit: str) -> Mapping[str, Any]:
        """Return the unit as it was."""
        found: Mapping[str, Any] = self._units[unit]
        return found

    def old(self, requirement: str) -> tuple[Mapping[str, Any] | None, tuple[str, ...]]:
        """Return what a requirement was, and its ids then; the worst of several, None where it is new."""
        if self.same or requirement.startswith("IO."):
            return self._old.get(requirement), ()
        ids = tuple(dict.fromkeys(get_enclosing_id(one) for one in self._predecessors.get(requirement, ())))
        known = [self._old[one] for one in ids if one in self._old]
        return (min(known, key=lambda one: find_rank(find_value(one, self.case))) if known else None), ids


def requirements_in(unit: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """Return the criteria or core issues of a unit in assessment.json."""
    found: Sequence[Mapping[str, Any]] = unit["criteria"] if "criteria" in unit else unit["core_issues"]
    return found


def find_value(one: Mapping[str, Any], case: RangeEnd = RangeEnd.WORST) -> str:
    """Return the answer that counts for a requirement, at one end while it is open."""
    return str(one["decided"] or one["shown"][case.value])


def _movement(pairs: _Pairs, unit: Mapping[str, Any], policies: _Policies) -> UnitMovement:
    was = pairs.unit(unit["id"])
    after = _rating(unit, pairs.case)
    before, by_method = _rating_before(pairs, was, policies[0], pairs.case)
    other = pairs.case.other
    changes = tuple(_changes(pairs, unit, policies))
    return UnitMovement(
        unit=unit["id"],
        before=before,
        after=after,
        steps=tuple(_steps(pairs, was, unit, changes, policies, before, after)),
        changes=changes,
        before_by_method=by_method,
        other_end=(_rating_before(pairs, was, policies[0], other)[0], _rating(unit, other)),
    )


def _rating(unit: Mapping[str, Any], case: RangeEnd) -> str:
    """Return the rating that counts, at one end while it is open."""
    return str(unit["decided"] or unit["trace"]["shown"][case.value]["rating"])


def _rating_before(pairs: _Pairs, unit: Mapping[str, Any], policy: Policy | None, case: RangeEnd) -> tuple[str, str]:
    """Return the earlier rating, and the one that the earlier method gave; "" where that is the present one."""
    if "used" not in unit["trace"]:
        return _rating(unit, case), ""
    by_method = str(unit["decided"] or unit["trace"]["used"][case.value]["rating"])
    if unit["decided"]:
        return by_method, by_method
    values = {one["id"]: find_value(one, case) for one in requirements_in(unit)}
    weights = {one["id"]: one["weight"] for one in requirements_in(unit)}
    return _roll(values, weights, policy, pairs.duties) or by_method, by_method


def _changes(pairs: _Pairs, unit: Mapping[str, Any], policies: _Policies) -> Iterator[RequirementChange]:
    for one in requirements_in(unit):
        old, ids = pairs.old(one["id"])
        if old is None:
            yield RequirementChange(
                requirement=one["id"],
                cause=MovementCause.EDITION,
                before="",
                after=find_value(one, pairs.case),
                claimed=("", str(one["claimed"] or "")),
                law=("", str(one.get("law") or "")),
            )
            continue
        claimed = (str(old["claimed"] or ""), str(one["claimed"] or ""))
        if find_value(old, pairs.case) == find_value(one, pairs.case) and claimed[0] == claimed[1]:
            continue
        if old["decided"] != one["decided"]:
            cause = MovementCause.DECISIONS
        else:
            cause = MovementCause.ANSWERS if claimed[0] != claimed[1] else MovementCause.EVIDENCE
            if cause is MovementCause.EVIDENCE and _is_by_rules(old, one, policies):
                cause = MovementCause.POLICY
        yield RequirementChange(
            requirement=one["id"],
            cause=cause,
            before=find_value(old, pairs.case),
            after=find_value(one, pairs.case),
            claimed=claimed,
            was=ids if ids != (one["id"],) else (),
            law=(str(old.get("law") or ""), str(one.get("law") or "")),
        )


_KIND_STATUSES = {str(EvidenceStatus.LAW_NEEDED), str(EvidenceStatus.UNKNOWN_KIND), str(EvidenceStatus.WRONG_KIND)}


def _is_by_rules(old: Mapping[str, Any], new: Mapping[str, Any], policies: _Policies) -> bool:
    """Return whether other rules of proof, and not other evidence, changed what is shown: the same text is cited."""
    if policies[0] is None or policies[1] is None or policies[0].proof == policies[1].proof:
        return False
    cited = {name for name in (old.get("instrument"), new.get("instrument")) if name}
    return len(cited) <= 1 and not _KIND_STATUSES.isdisjoint((old["status"], new["status"]))


def _steps(
    pairs: _Pairs,
    was: Mapping[str, Any],
    unit: Mapping[str, Any],
    changes: Sequence[RequirementChange],
    policies: _Policies,
    before: str,
    after: str,
) -> Iterator[MovementStep]:
    """Yield the steps from one rating to the other, one for each cause that contributes."""
    rating = before
    if was["decided"] is None:
        for step in _rolled_up(pairs, unit, changes, policies, before):
            yield step
            rating = step.after
    if rating != after:
        cause = MovementCause.ANSWERS  # open ones, whose worst case is not in the file
        if was["decided"] != unit["decided"]:
            cause = MovementCause.DECISIONS
        elif _digest(policies[0]) != _digest(policies[1]) or policies[0] is None:
            cause = MovementCause.POLICY
        yield MovementStep(cause=cause, before=rating, after=after, requirements=())


def _rolled_up(
    pairs: _Pairs,
    unit: Mapping[str, Any],
    changes: Sequence[RequirementChange],
    policies: _Policies,
    rating: str,
) -> Iterator[MovementStep]:
    """Yield the steps found by rolling up again, with one cause after the other brought to its present state."""
    known = {one["id"]: old for one in requirements_in(unit) if (old := pairs.old(one["id"])[0])}
    values = {name: find_value(old, pairs.case) for name, old in known.items()}
    weights = {name: old["weight"] for name, old in known.items()}
    new_values = {one["id"]: find_value(one, pairs.case) for one in requirements_in(unit)}
    new_weights = {one["id"]: one["weight"] for one in requirements_in(unit)}
    changed = {cause: tuple(c.requirement for c in changes if c.cause is cause) for cause in MovementCause}
    if not pairs.same:
        added = changed[MovementCause.EDITION]
        values |= {name: new_values[name] for name in added}
        weights = new_weights  # weights of another edition are part of that edition
        if (rolled := _roll(values, weights, policies[0], pairs.duties)) and (rolled != rating or added):
            yield MovementStep(cause=MovementCause.EDITION, before=rating, after=rolled, requirements=added)
            rating = rolled
    for cause in (MovementCause.ANSWERS, MovementCause.EVIDENCE, MovementCause.DECISIONS):
        values |= {name: new_values[name] for name in changed[cause]}
        if changed[cause] and (rolled := _roll(values, weights, policies[0], pairs.duties)):
            yield MovementStep(cause=cause, before=rating, after=rolled, requirements=changed[cause])
            rating = rolled
    other = tuple(name for name in new_weights if weights.get(name) != new_weights[name])
    if other and (rolled := _roll(values, new_weights, policies[0], pairs.duties)):
        yield MovementStep(cause=MovementCause.WEIGHTS, before=rating, after=rolled, requirements=other)
        rating = rolled
    rolled = _roll(new_values, new_weights, policies[1], pairs.duties)
    if _digest(policies[0]) != _digest(policies[1]) and rolled and rolled != rating:
        own = changed[MovementCause.POLICY]
        yield MovementStep(cause=MovementCause.POLICY, before=rating, after=rolled, requirements=own)


def _digest(policy: Policy | None) -> str:
    return policy.digest if policy else ""


def _roll(
    values: Mapping[str, str], weights: Mapping[str, int], policy: Policy | None, duties: frozenset[str]
) -> str | None:
    """Return the rating of a unit from values and weights; None where the policy is not at hand."""
    if policy is None or not values:
        return None
    answer = Achievement if next(iter(values)).startswith("IO.") else CriterionRating
    rated = [RatedRequirement(name, answer(value), weights[name], name in duties) for name, value in values.items()]
    return str(rate_requirements(rated, policy).rating)


def compare_published(
    before: Mapping[str, Any], after: Mapping[str, Any], *, case: RangeEnd = RangeEnd.WORST
) -> AssessmentComparison:
    """Return every unit whose rating is another one; at least one of the two results holds published ratings.

    Published ratings are those of whole units, so that nothing can be taken apart by causes.
    A unit that a report does not rate, and an outcome that asks something else in the later edition, is not compared.

    Raises:
        FatfKitError: the other result is no assessment.json, was made by the earlier method, or is of an edition that
            does not follow.
    """
    for one in (before, after):
        if one.get("schema") == EARLIER_SCHEMA:
            raise FatfKitError(
                "One result was calculated by the earlier method. Run 'fatf-kit score' again, then compare."
            )
    _check_schemas(before, after, (ASSESSMENT_SCHEMA, PUBLISHED_SCHEMA))
    old, new = (load_framework(one["provenance"]["edition"]) for one in (before, after))
    if old.id not in (new.id, new.predecessor):
        raise FatfKitError("{new} is not the edition after {old}. Name the older result first.", new=new.id, old=old.id)
    other_meaning = set() if old.id == new.id else {one.id for one in new.outcomes if one.change}
    then, now = read_rating_ranges(before), read_rating_ranges(after)
    movements, apart = [], []
    for unit in (one.id for one in new.units):
        if unit in other_meaning or unit not in then or unit not in now:
            apart.append(unit)
            continue
        if then[unit] != now[unit]:
            movements.append(_move_published(unit, then[unit], now[unit], case))
    return AssessmentComparison(
        movements=tuple(movements),
        not_comparable=tuple(apart),
        published=(_report(before), _report(after)),
        **_collect_facts(before, after),
    )


def _move_published(unit: str, then: Span[str], now: Span[str], case: RangeEnd) -> UnitMovement:
    other = case.other
    before, after = then.at(case), now.at(case)
    step = MovementStep(cause=MovementCause.PUBLISHED, before=before, after=after, requirements=())
    ends = then.at(other), now.at(other)
    return UnitMovement(unit=unit, before=before, after=after, steps=(step,), other_end=ends)


def read_rating_ranges(result: Mapping[str, Any]) -> dict[str, Span[str]]:
    """Return the rating of each unit at both ends; units that a published report does not rate are left out."""
    units = _list_units(result)
    if result["schema"] == PUBLISHED_SCHEMA:
        ratings = {one["id"]: one["published"] for one in units if one["published"]}
        return {unit: Span(worst=rating, best=rating) for unit, rating in ratings.items()}
    worst, best = RangeEnd.WORST, RangeEnd.BEST
    return {one["id"]: Span(worst=_rating(one, worst), best=_rating(one, best)) for one in units}


def _report(result: Mapping[str, Any]) -> str:
    found = result.get("report") or {}
    return f"{found['type']} {found['date']}" if found else ""
