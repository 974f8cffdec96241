"""The effect of decisions: as a full assessment with the decision would rate the unit."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from fatf_kit.assessment.answers.model import Answer, AnswerRating, ResponseSet
from fatf_kit.assessment.folder.model import EffectKind, OpenQuestion, RecordedDecision
from fatf_kit.core.ratings import ACHIEVEMENT_SCALE, CRITERION_SCALE, CriterionRating
from fatf_kit.framework import Framework, load_framework
from fatf_kit.framework.catalog import get_unit_id
from fatf_kit.scoring import Assessment, load_policy
from fatf_kit.scoring.model import Adjustments
from fatf_kit.scoring.open_judgements import add_effects, list_questions
from tests.proof import assess

EDITION = load_framework("fatf-2022")
POLICY = load_policy()
CITED = {"citation": "AML Act, art. 5", "in_force_from": date(2020, 1, 1)}


def disputed(requirement: str, high: AnswerRating, low: AnswerRating, **fields: object) -> Answer:
    """Two agencies of different opinions; the answer of the first is used."""
    voices = tuple(
        Answer(requirement=requirement, rating=rating, agency=agency, **(CITED | fields))  # type: ignore[arg-type]
        for rating, agency in ((high, "fiu"), (low, "bank"))
    )
    return voices[0]._replace(lowest=low, agency_answers=voices)


@cache
def reduce_edition(unit: str) -> Framework:
    """The edition with one unit only: the others would be rated again and again."""
    return replace(
        EDITION,
        recommendations=tuple(one for one in EDITION.recommendations if one.id == unit),
        outcomes=tuple(one for one in EDITION.outcomes if one.id == unit),
    )


def rate(answers: list[Answer], *decisions: tuple[str, str]) -> Assessment:
    """The assessment with decisions."""
    recorded = tuple(
        RecordedDecision(requirement=name, value=value, reason="Agreed", decided_by="Council", day=date(2026, 5, 1))
        for name, value in decisions
    )
    unit = get_unit_id(answers[0].requirement)
    responses = ResponseSet(edition=EDITION.id, answers=tuple(answers), cut_off=date(2027, 3, 19))
    return assess(reduce_edition(unit), responses, POLICY, adjustments=Adjustments(decisions=recorded))


def measure(answers: list[Answer], *decisions: tuple[str, str]) -> dict[str, OpenQuestion]:
    """The questions with their effects, by requirement."""
    assessment = rate(answers, *decisions)
    return {one.requirement: one for one in add_effects(list_questions(assessment, answers), assessment, POLICY)}


def answer_unit(unit: str, seed: int) -> list[Answer]:
    """Answers to all requirements of a unit, half of them disputed."""
    choose = random.Random(seed)  # noqa: S311 - the same answers each time
    found = next(one for one in EDITION.units if one.id == unit)
    requirements = [one.id for one in (found.criteria if unit.startswith("R.") else found.core_issues)]  # type: ignore[union-attr]
    scale: list[AnswerRating] = [*(CRITERION_SCALE if unit.startswith("R.") else ACHIEVEMENT_SCALE)]
    answers = []
    for name in requirements:
        high, low = choose.sample(scale, 2)
        if unit.startswith("R.") and choose.random() < 0.1:
            low = CriterionRating.NOT_APPLICABLE
        one = disputed(name, high, low)
        answers.append(one if choose.random() < 0.5 else one._replace(lowest=None, agency_answers=()))
    return answers


@pytest.mark.parametrize("unit", ["R.8", "R.10", "R.24", "IO.1", "IO.6"])
@pytest.mark.parametrize("seed", range(2))
def test_each_effect_is_what_an_assessment_with_the_decision_finds(unit: str, seed: int) -> None:
    """Also for decided questions, whose effect is that of deciding otherwise, with the other decisions kept."""
    answers = answer_unit(unit, seed)
    first = next(iter(measure(answers)), None)
    if first is None or first == unit:
        return
    decided = (first, str(answers[0].rating))
    for kept in ((), (decided,)):
        for question in measure(answers, *kept).values():
            assert question.effect is not None
            assert question.is_decided == (question.requirement in dict(kept))
            others = [one for one in kept if one[0] != question.requirement]
            shown = rate(answers, *others).by_id[unit].counted
            assert question.effect.now == (str(shown.worst), str(shown.best))
            for outcome in question.effect.outcomes:
                after = rate(answers, *others, (question.requirement, outcome.decision)).by_id[unit].counted
                assert outcome.rating == (str(after.worst), str(after.best)), outcome


def test_rows_that_change_nothing_change_nothing_together() -> None:
    """Whatever is chosen in all of them; and one that changes something does so alone."""
    for seed in range(8):
        found = measure(answer_unit("R.10", seed))
        idle = [one for one in found.values() if one.effect and one.effect.kind is EffectKind.NOTHING]
        for at in (0, -1):
            chosen = [(one.requirement, one.effect.outcomes[at].decision) for one in idle if one.effect]
            after = rate(answer_unit("R.10", seed), *chosen).by_id["R.10"].counted
            assert all(one.effect and one.effect.now == (str(after.worst), str(after.best)) for one in idle)
        for one in found.values():
            assert one.effect is not None
            assert (one.effect.levels > 0) == (one.effect.kind is EffectKind.CHANGES)


def test_a_unit_that_is_decided_has_no_effects() -> None:
    """Its rating is the decided one, whatever is decided about its criteria."""
    answers = answer_unit("R.10", 1)
    found = measure(answers, ("R.10", "LC"))
    assert found
    assert all(one.is_decided and one.effect is None for one in found.values())
    assert [replace(one, is_decided=False) for one in found.values()] != list(found.values())
