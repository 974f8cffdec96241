"""Effects are exact: the same ratings as scoring the changed answers from the beginning."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from fatf_kit import PlanResult, ScoringResult
from fatf_kit.action_plan.effects import Rerating, collect_gaps, collect_states, count_levels, make_span
from fatf_kit.action_plan.efforts import load_efforts
from fatf_kit.action_plan.model import Action
from fatf_kit.action_plan.sequence import make_target_test
from fatf_kit.assessment.answers.evidence_facts import CoreIssueFacts
from fatf_kit.assessment.answers.model import Answer, EvidenceItem, EvidenceKind, ResponseSet
from fatf_kit.core.ratings import ACHIEVEMENT_SCALE, Achievement, CriterionRating, FindingKind
from fatf_kit.framework.catalog import index_requirements
from fatf_kit.framework.model import Framework, walk
from fatf_kit.outlook import load_rules
from fatf_kit.outlook.model import Target
from tests.proof import assess

PROOF = EvidenceItem(id="NEW", kind=EvidenceKind.LAW, title="New act", article="art. 1", in_force_from=date(2020, 1, 1))


@pytest.fixture
def rerating(scored: ScoringResult, planned: PlanResult) -> Rerating:
    """The ratings of the example for any set of closed gaps."""
    return Rerating(planned.plan.units, scored.policy, load_efforts())


def _done(framework: Framework, responses: ResponseSet, actions: list[Action]) -> ResponseSet:
    """The answers as they would read when these actions are done."""
    closed = collect_gaps(actions)
    index, given = index_requirements(framework), {answer.requirement: answer for answer in responses.answers}
    for requirement in {name for name, _ in closed}:
        old = given.get(requirement, Answer(requirement=requirement, rating=None))
        if old.rating is None:
            continue
        rating = old.rating
        if (requirement, FindingKind.SHORTCOMING) in closed:
            if isinstance(rating, Achievement):
                rank = ACHIEVEMENT_SCALE.index(rating)
                most = ACHIEVEMENT_SCALE.index(load_efforts().core_issue_most)
                rating = ACHIEVEMENT_SCALE[max(rank, min(rank + load_efforts().core_issue_steps, most))]
            else:
                rating = CriterionRating.MET
        given[requirement] = old._replace(rating=rating, evidence=("NEW",), explanation="because")
        for part, depth in walk(index[requirement]):
            if depth and part.id in given:
                del given[part.id]
    return replace(
        responses,
        answers=tuple(given.values()),
        evidence=(*responses.evidence, PROOF._replace(source=responses.answers[0].source)),
    )


@pytest.mark.parametrize("count", [1, 5, 20, 200])
def test_same_as_scoring_from_the_beginning(
    scored: ScoringResult, planned: PlanResult, rerating: Rerating, count: int
) -> None:
    """The first actions of the plan, together: ratings equal those of the answers changed accordingly."""
    open_gaps = {FindingKind.UNANSWERED, FindingKind.CONFLICT}
    chosen = [
        action
        for action in planned.plan.actions
        if not {gap for _, gap in action.closes} & open_gaps
        and all(_is_whole(scored, action, planned.plan.actions, name) for name in action.requirements)
    ][:count]
    changed = _done(scored.framework, scored.responses, chosen)
    shown = {name for name, gap in collect_gaps(chosen) if gap is FindingKind.UNDEMONSTRATED and name.startswith("IO.")}
    figures = {**scored.proof.core_issues, **{name: CoreIssueFacts(documents=("NEW",)) for name in shown}}
    again = assess(scored.framework, changed, scored.policy, core_issues=figures, cut_off=scored.assessment.cut_off)
    told = rerating.ratings(collect_gaps(chosen))
    assert chosen
    assert {unit.id: unit.counted for unit in again.units} == told


def _is_whole(scored: ScoringResult, action: Action, actions: tuple[Action, ...], requirement: str) -> bool:
    """Whether an action closes every gap of a requirement, and the requirement is answered in one row."""
    rows = {answer.requirement for answer in scored.responses.answers if answer.rating is not None}
    mine = {gap for name, gap in action.closes if name == requirement}
    every = {gap for one in actions for name, gap in one.closes if name == requirement}
    return requirement in rows and mine == every


def test_nothing_closed_is_the_assessment_itself(scored: ScoringResult) -> None:
    """The baseline has the ratings of the assessment."""
    units = collect_states(scored.assessment, scored.findings)
    rerating = Rerating(units, scored.policy, load_efforts())
    assert {unit.id: unit.counted for unit in scored.assessment.units} == rerating.ratings(frozenset())


def test_what_lacks_proof_does_not_count(planned: PlanResult, rerating: Rerating) -> None:
    """Closing what falls short alone raises the best end where proof is lacking; both together raise the worst too."""
    both = {FindingKind.SHORTCOMING, FindingKind.UNDEMONSTRATED}
    states = (one for unit in planned.plan.units for one in unit.requirements)
    name = next(one.requirement for one in states if both <= one.gaps and one.requirement.startswith("R."))
    short = frozenset({(name, FindingKind.SHORTCOMING)})
    before, after = rerating.points(frozenset()), rerating.points(short)
    assert before.worst == after.worst
    assert before.best < after.best
    assert rerating.points(short | {(name, FindingKind.UNDEMONSTRATED)}).worst > after.worst


def test_more_actions_never_lower_a_rating(planned: PlanResult, rerating: Rerating) -> None:
    """Ratings only go up along the plan."""
    before = rerating.ratings(frozenset())
    for number in range(1, len(planned.plan.actions), 9):
        after = rerating.ratings(collect_gaps(planned.plan.actions[:number]))
        assert all(count_levels(make_span(before[unit]).worst, make_span(after[unit]).worst) >= 0 for unit in after)
        before = after


def test_the_way_reaches_its_target(planned: PlanResult, rerating: Rerating) -> None:
    """The shortest way reaches the target in time, and without any one of its actions it does not."""
    plan = planned.plan
    assert plan.way is not None
    reached = make_target_test(load_rules(plan.edition), rerating, Target.LEAVE_ICRG)
    chosen = [action for action in plan.actions if action.id in plan.way.actions]
    assert plan.way.reached
    assert reached(chosen)
    assert not any(plan.slots[action.id].late for action in chosen)
    assert not any(reached([other for other in chosen if other is not action]) for action in chosen)


def test_evidence_raises_the_worst_end_alone(planned: PlanResult) -> None:
    """An effect has both ends: evidence work raises what is shown, and never what is claimed."""
    plan = planned.plan
    evidence = [one for one in plan.actions if load_efforts().kinds[one.kind].closes == {FindingKind.UNDEMONSTRATED}]
    effects = [plan.effects[one.id] for one in evidence if one.kind != "bring-forward"]
    assert sum(effect.shown.points > 0 for effect in effects) > len(effects) // 2
    assert {effect.claimed.levels for effect in effects} == {0}
    moves = [move for effect in effects for move in effect.moves]
    assert moves
    assert all(count_levels(move.before.worst, move.after.worst) > 0 for move in moves)
    assert all(move.before.best == move.after.best for move in moves)


def test_work_on_a_shortcoming_without_proof_raises_the_best_end(planned: PlanResult) -> None:
    """The best end of some action rises while its worst end waits for proof."""
    effects = [effect for effect in planned.plan.effects.values() if effect.claimed.points > 0]
    assert any(effect.shown.points < effect.claimed.points for effect in effects)


def test_no_outcome_is_planned_to_the_highest_level(planned: PlanResult, rerating: Rerating) -> None:
    """With every action done, no outcome is HE that is not claimed to be HE already."""
    after = rerating.ratings(collect_gaps(planned.plan.actions))
    claimed = rerating.claimed()
    highest = {unit for unit in after if make_span(after[unit]).worst == "HE"}
    assert {unit for unit in highest if make_span(claimed[unit]).worst != "HE"} == set()


def test_claimed_is_what_the_assessment_claims(scored: ScoringResult, planned: PlanResult) -> None:
    """The plan gives both: what is claimed, and what is shown."""
    claimed = {unit.id: unit.claimed for unit in scored.assessment.units if unit.decided is None}
    assert {unit: planned.plan.claimed[unit] for unit in claimed} == claimed
