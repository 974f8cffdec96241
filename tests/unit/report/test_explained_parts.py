"""`explain` says how the parts of a criterion make up the whole."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fatf_kit.assessment.answers.model import Answer, ResponseSet
from fatf_kit.core.messages import Translator
from fatf_kit.core.ratings import CriterionRating
from fatf_kit.framework import load_framework
from fatf_kit.framework.model import Combination, CombinationRule
from fatf_kit.scoring import assess, load_policy
from fatf_kit.scoring.report.explain import explain_unit

PARTS = tuple(f"R.24/24.13({letter})" for letter in "abc")
EITHER = Combination(how=CombinationRule.ANY, members=PARTS[:2])


@pytest.mark.parametrize(
    ("combination", "words"),
    [
        (Combination(members=PARTS), "From its parts, at the level nearest to their average and not above it: "),
        (Combination(how=CombinationRule.ANY, members=PARTS), "From its parts, of which the best counts: "),
        (
            Combination(members=(EITHER, PARTS[2])),
            "From its parts, combined as (24.13(a) or 24.13(b)) and 24.13(c): ",
        ),
    ],
)
def test_a_combination_is_explained(combination: Combination, words: str) -> None:
    """One level in words, an inner one in brackets."""
    edition = load_framework("fatf-2022")
    units = tuple(
        replace(
            unit, criteria=tuple(replace(c, combine=combination) if c.id == "R.24/24.13" else c for c in unit.criteria)
        )
        for unit in edition.recommendations
    )
    framework = replace(edition, recommendations=units)
    answers = tuple(Answer(requirement=part, rating=CriterionRating.NOT_MET) for part in PARTS)
    assessment = assess(framework, ResponseSet(edition=framework.id, answers=answers), load_policy())
    unit = assessment.by_id["R.24"]
    text = explain_unit(unit, framework, load_policy(), (), Translator("en"), only="R.24/24.13").text
    assert words in text
