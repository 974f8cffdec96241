"""From findings to actions: one root cause is one action."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from fatf_kit import PlanResult, ScoringResult
from fatf_kit.action_plan.actions import derive_actions
from fatf_kit.action_plan.efforts import load_efforts
from fatf_kit.action_plan.model import Action
from fatf_kit.action_plan.names import name_action
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.languages import LANGUAGES
from fatf_kit.core.messages import Translator
from fatf_kit.core.ratings import FindingKind
from fatf_kit.core.resources import data_folder
from fatf_kit.evaluation_calendar.settings import PlanSettings
from fatf_kit.framework import load_framework
from fatf_kit.framework.catalog import get_enclosing_id, index_requirements
from fatf_kit.scoring.evidence import NextStep, next_step


def _derive(scored: ScoringResult, settings: PlanSettings | None = None, **rest: Any) -> tuple[Action, ...]:
    return derive_actions(scored.framework, scored.findings, load_efforts(), settings or PlanSettings(), **rest)


@pytest.mark.full
def test_one_root_cause_is_one_action(planned: PlanResult) -> None:
    """No cause has two actions of one kind, and one law closes shortcomings of several Recommendations."""
    caused = Counter((action.kind, action.cause) for action in planned.plan.actions if action.cause)
    assert set(caused.values()) == {1}
    assert max(len(action.units) for action in planned.plan.actions if action.kind == "law") > 3


def test_every_gap_is_closed_by_exactly_one_action(planned: PlanResult, scored: ScoringResult) -> None:
    """Nothing is lost between findings and actions, and nothing is done twice."""
    closed = Counter(gap for action in planned.plan.actions for gap in action.closes)
    assert {(get_enclosing_id(finding.requirement), finding.kind) for finding in scored.findings} == set(closed)
    assert set(closed.values()) == {1}


def test_actions_close_only_what_their_kind_can(planned: PlanResult) -> None:
    """EvidenceStatus what is there closes what lacks proof; answering closes what is open."""
    kinds = load_efforts().kinds
    for action in planned.plan.actions:
        allowed = kinds[action.kind].closes | ({FindingKind.CONFLICT} if action.kind == "answer" else set())
        assert {gap for _, gap in action.closes} <= allowed, action.id


@pytest.mark.parametrize(
    ("requirement", "kind"), [("R.31/31.2", "law"), ("R.3/3.1", "law"), ("R.37/37.5", "regulation")]
)
def test_a_criterion_with_a_part_that_needs_law_needs_a_law(requirement: str, kind: str, scored: ScoringResult) -> None:
    """The shortcoming may be in that part, so the plan counts the time that a law takes."""
    finding = next(one for one in scored.findings if one.kind is FindingKind.SHORTCOMING)
    gap = replace(finding, requirement=requirement, unit=requirement.partition("/")[0], root_causes=())
    (action,) = derive_actions(load_framework("fatf-2022"), [gap], load_efforts(), PlanSettings())
    assert action.kind == kind


def test_effects_are_in_order_of_effort(planned: PlanResult) -> None:
    """The first action wins at least as many levels for a person-day as any other."""
    plan = planned.plan
    worth = [plan.effects[action.id].levels / action.effort for action in plan.actions]
    assert sorted(worth, reverse=True) == worth


def test_what_comes_into_force_too_late_is_brought_forward(planned: PlanResult) -> None:
    """A measure that comes into force after the cut-off asks for an earlier date, and the plan names the day."""
    cut_off = planned.plan.cut_off
    found = [(action.kind, action.in_force_from) for action in planned.plan.actions if action.in_force_from]
    assert found
    assert cut_off is not None
    assert all(kind == "bring-forward" and day > cut_off for kind, day in found)


def test_each_next_step_has_its_kind_of_action(planned: PlanResult, scored: ScoringResult) -> None:
    """The kind of action follows from what an answer lacks: the article, the date, an earlier start, the tables."""
    efforts = load_efforts()
    assert {NextStep(step) for step in NextStep} - {NextStep.ANSWER} == set(efforts.by_next_step)
    lacking = {
        get_enclosing_id(one.requirement): one.status
        for one in scored.findings
        if one.kind is FindingKind.UNDEMONSTRATED
    }
    for action in planned.plan.actions:
        for requirement, gap in action.closes:
            step = next_step(lacking[requirement]) if gap is FindingKind.UNDEMONSTRATED else None
            assert step is None or action.kind == efforts.by_next_step[step]


def test_names_say_what_is_to_be_done(planned: PlanResult) -> None:
    """No action is called "Show what is there: R.35/35.2" or "Change practice and show results: IO.9/9.2"."""
    framework, t = load_framework("fatf-2022"), Translator("en")
    names = {action.id: name_action(action, framework, t) for action in planned.plan.actions}
    kinds = {action.id: action.kind for action in planned.plan.actions}  # a law and a regulation may do the same
    assert len({(kinds[number], name) for number, name in names.items()}) == len(names)
    assert not [name for name in names.values() if "Show what is there" in name or "Change practice" in name]
    steps = {action.closes[0]: names[action.id] for action in planned.plan.actions}
    written = steps[("R.35/35.2", FindingKind.UNDEMONSTRATED)]
    assert written.startswith("Enter the date of entry into force: R.35/35.2")
    practice = steps[("IO.9/9.2", FindingKind.SHORTCOMING)]
    assert practice.startswith("Bring charges for each type of financing that the risks indicate")


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_keep_every_duty(planned: PlanResult, language: str) -> None:
    """A measure on one requirement has the whole action of the requirement as its name, in each language."""
    framework, t = load_framework("fatf-2022", language), Translator(language)
    index, kinds = index_requirements(framework), load_efforts().kinds
    measures = {
        action.requirements[0]: name_action(action, framework, t)
        for action in planned.plan.actions
        if len(action.requirements) == 1 and not action.cause and not kinds[action.kind].is_evidence_work
    }
    assert len(measures) > 20
    assert measures == {name: t("{text} ({place})", text=index[name].guidance.action, place=name) for name in measures}


def test_owners_are_agencies_before_roles(scored: ScoringResult) -> None:
    """The leading agency goes before the role that usually leads."""
    own = _derive(scored, leads={"R.40": "our-agency"})
    mine = [action for action in own if action.units == ("R.40",)]
    assert {(action.owner, action.owner_is_role) for action in mine} == {("our-agency", False)}
    assert all(action.owner_is_role for action in own if "R.40" not in action.units)


@pytest.mark.parametrize(
    "settings",
    [
        PlanSettings(efforts={"wish": 1}),
        PlanSettings(lead_times={"law": {"prayer": 3}}),
        PlanSettings(lead_times={"wish": {}}),
    ],
)
def test_settings_that_mean_nothing_are_refused(settings: PlanSettings, scored: ScoringResult) -> None:
    """A misspelt kind or stage would change nothing without a word."""
    with pytest.raises(FatfKitError, match="Allowed"):
        _derive(scored, settings)


def test_own_lead_times_are_used(scored: ScoringResult) -> None:
    """A parliament that takes a year makes laws longer by as much."""
    shipped = _derive(scored)
    slow = PlanSettings(lead_times={"law": {"parliament": 290}}, efforts={"law": 7})
    own = _derive(scored, slow)
    laws = [(one.days, other.days, other.effort) for one, other in zip(shipped, own, strict=True) if one.kind == "law"]
    assert laws
    assert all(long == short + 200 and effort == 7 for short, long, effort in laws)


def test_every_root_cause_has_a_kind_of_action() -> None:
    """The list of causes and the list of kinds know the same causes."""
    from fatf_kit.framework.vocabulary import load_vocabulary

    assert set(load_vocabulary().root_causes) == set(load_efforts().by_root_cause)
    assert (data_folder("frameworks") / "plan" / "efforts.json").is_file()


def test_the_agency_with_the_role_owns_actions_without_a_lead(scored: ScoringResult) -> None:
    """A role without an agency stays a role; the agency that has it is named instead."""
    unnamed = replace(scored, findings=tuple(replace(finding, agencies=()) for finding in scored.findings))
    roles = _derive(unnamed)
    assert all(action.owner_is_role for action in roles)
    owned = _derive(unnamed, holders={roles[0].owner: "bank"})
    assert (owned[0].owner, owned[0].owner_is_role) == ("bank", False)
