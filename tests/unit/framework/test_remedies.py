"""Remedies as instructions, for the names of actions."""

from __future__ import annotations

import pytest

from fatf_kit.framework import list_editions, load_framework
from fatf_kit.framework.catalog import index_requirements
from fatf_kit.framework.remedies import phrase_instruction
from fatf_kit.framework.vocabulary import load_vocabulary


@pytest.mark.parametrize("edition", list_editions())
@pytest.mark.parametrize(
    ("language", "subjects"),
    [("en", ("The ", "Each ", "Supervisors ")), ("fr", ("Le ", "La ", "L’", "Chaque "))],
)
def test_remedies_of_the_editions_become_instructions(edition: str, language: str, subjects: tuple[str, ...]) -> None:
    """Nearly all begin with the verb: a passive, or a parenthesis before the verb, stays a sentence."""
    framework = load_framework(edition, language)
    remedies = [one.guidance.recommended_action for one in index_requirements(framework).values()]
    given = [remedy for remedy in remedies if remedy]
    kept = [remedy for remedy in given if phrase_instruction(remedy, language) == remedy]
    assert len(given) > 500
    assert len(kept) <= 3, kept
    made = [phrase_instruction(remedy, language) for remedy in given if remedy not in kept]
    assert not [one for one in made if not one[0].isupper() or one.startswith(subjects)]


def test_arabic_and_other_sentences_stay() -> None:
    """In Arabic a verbal noun would have to replace the verb; nothing is guessed."""
    for text, language in (
        ("ينبغي للسجل أن ينشر دليلاً.", "ar"),
        ("Each supervisor should be given a written mandate.", "en"),
        ("Publish a guide.", "en"),
    ):
        assert phrase_instruction(text, language) == text


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_each_root_cause_has_a_remedy(language: str) -> None:
    """It says what to do, in other words than the name of the shortcoming."""
    causes = load_vocabulary(language).root_causes.values()
    assert [cause.id for cause in causes if not cause.remedy or cause.remedy == cause.name] == []
