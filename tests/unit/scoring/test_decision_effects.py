"""The effect of decisions: as a full assessment with the decision would rate the unit."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from fatf_kit.assessment.answers.model import Answer, AnswerRating, ResponseSet
from fatf_kit.assessment.folder.model import (
    DecisionEffect,
    EffectKind,
    OpenQuestion,
    PossibleOutcome,
    QuestionReason,
    RecordedDecision,
)
from fatf_kit.core.ratings import ACHIEVEMENT_SCALE, CRITERION_SCALE, CriterionRating
from fatf_kit.framework import Framework, load_framework
from fatf_kit.framework.catalog import get_unit_id
from fatf_kit.scoring import Assessment, load_policy
from fatf_kit.scoring.model import Adjustments
from fatf_kit.scoring.open_judgements import add_effects, list_options, list_questions
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


@pytest.mark.full(keep_every=2)
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
            assert question.effect.unit == unit
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


def test_an_open_outcome_may_be_decided_as_each_rating_of_its_range() -> None:
    """The largest move is from one end to the other, at both ends of the range together."""
    assert measure(answer_unit("IO.1", 0))["IO.1"].effect == DecisionEffect(
        unit="IO.1",
        kind=EffectKind.CHANGES,
        now=("LE", "SE"),
        outcomes=tuple(PossibleOutcome(decision=one, rating=(one, one)) for one in ("LE", "ME", "SE")),
        levels=2,
    )


def test_levels_are_counted_at_both_ends_of_a_range() -> None:
    """LE to ME becomes ME to SE: one level at each end."""
    effect = measure(answer_unit("IO.1", 2))["IO.1/1.1"].effect
    assert effect is not None
    assert (effect.now, effect.outcomes[-1].rating, effect.levels) == (("LE", "ME"), ("ME", "SE"), 2)


@pytest.mark.parametrize(("unit", "seed"), [("IO.1", 1), ("IO.6", 1)])
def test_rows_that_only_change_something_together_say_so(unit: str, seed: int) -> None:
    """No decision on one of them moves the rating, the best of all of them does."""
    answers = answer_unit(unit, seed)
    found = measure(answers)
    rows = [one for one in found.values() if one.effect and one.effect.kind is EffectKind.WITH_OTHERS]
    assert len(rows) > 1
    chosen = [(one.requirement, one.effect.outcomes[-1].decision) for one in rows if one.effect]
    after = rate(answers, *chosen).by_id[unit].counted
    assert all(one.effect and one.effect.now != (str(after.worst), str(after.best)) for one in rows)


@pytest.mark.parametrize(("unit", "seed", "kind"), [
    ("R.10", 2, EffectKind.NOTHING),
    ("R.8", 0, EffectKind.WITH_OTHERS),  # one of two rows may be decided as not applicable
])  # fmt: skip
def test_several_rows_without_an_effect_of_their_own(unit: str, seed: int, kind: EffectKind) -> None:
    """If none can be decided as not applicable, trying the worst and the best of all is enough to be sure."""
    effects = [one.effect for one in measure(answer_unit(unit, seed)).values()]
    assert len(effects) > 1
    assert {effect and effect.kind for effect in effects} == {kind}


def test_one_row_alone_has_no_others_to_change_something_with() -> None:
    """Even if it may be decided as not applicable."""
    answers = [disputed("R.4/4.1", CriterionRating.MET, CriterionRating.NOT_APPLICABLE)]
    answers += [
        disputed(f"R.4/4.{n}", CriterionRating.NOT_MET, CriterionRating.NOT_MET)._replace(lowest=None)
        for n in (2, 3, 4)
    ]
    (question,) = measure(answers).values()
    assert question.effect is not None
    assert question.effect.kind is EffectKind.NOTHING


def options_of(answers: list[Answer], requirement: str, **fields: object) -> list[str]:
    """The decisions offered for a requirement; `fields` change what the question and the result say."""
    assessment = rate(answers)
    questions = {one.requirement: one for one in list_questions(assessment, answers)}
    given = questions.get(requirement) or OpenQuestion(requirement=requirement, why=(), indicative=("", ""))
    result = next(one for one in assessment.requirements if one.id == requirement)
    return [str(one) for one in list_options(replace(given, **fields), result)]  # type: ignore[arg-type]


def test_the_ratings_of_the_agencies_are_offered_the_worst_first() -> None:
    """Not those between them, which no agency gave."""
    met, none = CriterionRating.MET, CriterionRating.NOT_APPLICABLE
    assert options_of([disputed("R.10/10.2", met, CriterionRating.NOT_MET)], "R.10/10.2") == ["not met", "met"]
    assert options_of([disputed("R.10/10.2", met, none)], "R.10/10.2") == ["met", "not applicable"]


def test_where_agencies_disagree_on_parts_the_indicative_range_is_offered() -> None:
    """The rating of a part is no decision on its criterion."""
    partly = CriterionRating.PARTLY_MET
    answers = [disputed("R.10/10.2(a)", CriterionRating.MET, CriterionRating.NOT_MET)]
    assert options_of(answers, "R.10/10.2") == [*map(str, CRITERION_SCALE)]
    answers += [disputed(f"R.10/10.2({part})", partly, partly)._replace(lowest=None) for part in "bcde"]
    assert options_of(answers, "R.10/10.2") == ["not met", "partly met"]


def test_an_answer_above_its_parts_may_be_decided_either_way() -> None:
    """As the agency answered, or as its answers to the parts amount to."""
    given = {"R.10/10.2": CriterionRating.MET} | {f"R.10/10.2({part})": CriterionRating.NOT_MET for part in "abcde"}
    answers = [Answer(requirement=name, rating=rating, agency="fiu", **CITED) for name, rating in given.items()]  # type: ignore[arg-type]
    assert options_of(answers, "R.10/10.2") == ["not met", "met"]


def test_an_end_that_does_not_apply_is_one_level_away() -> None:
    """From "NC – NA" to C, the worst end rises by three levels; the best one leaves what has no place on the scale."""
    answers = [disputed(f"R.36/36.{n}", CriterionRating.NOT_APPLICABLE, CriterionRating.MET) for n in (1, 2)]
    effects = [one.effect for one in measure(answers, ("R.36/36.1", "not applicable")).values()]
    assert [effect and (effect.now, effect.levels) for effect in effects] == [(("NC", "NA"), 2), (("NC", "NA"), 4)]


@pytest.mark.parametrize(("name", "scale"), [("R.10/10.2", CRITERION_SCALE), ("IO.1/1.1", ACHIEVEMENT_SCALE)])
def test_a_missing_reason_opens_the_whole_scale(name: str, scale: tuple[AnswerRating, ...]) -> None:
    """A requirement that is said not to apply may turn out to have any rating."""
    answers = [disputed(name, scale[-1], scale[0])]
    wanted = [*map(str, scale), "not applicable"]
    assert options_of(answers, name, why=(QuestionReason.NO_REASON,)) == wanted
