"""Short actions of the editions: every duty of the recommended action, as an instruction, in each language."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from fatf_kit.core.languages import LANGUAGES
from fatf_kit.framework import index_requirements, list_editions, load_framework
from fatf_kit.framework.model import Guidance
from fatf_kit.framework.vocabulary import load_vocabulary

JOINTS = {"en": "; ", "ar": "؛ ", "fr": "\u00a0; "}
"""The sign between the duties of an action, by language."""

DUTIES = {
    "en": re.compile(r"(?<!which )(?<!what )(?<!who )\bshould\b"),
    "ar": re.compile("ينبغي"),
    "fr": re.compile(r"\bdevrai(?:en)?t\b"),
}
"""The verb with which a recommended action begins a duty; a second verb may share it."""

ALTERNATIVES = re.compile(r"\b(?:or|ou)(?: [^,;]{1,40})? (?:should|devrai(?:en)?t)\b")
"""An alternative with a verb of its own: one duty with two ways to fulfil it."""

NOT_AN_INSTRUCTION = {
    "en": re.compile(r"\b(?:and|should|the|an?|each|every|if|when|where|it|they|[a-z]+s? (?:must|should))\b", re.I),
    "ar": re.compile("(?:و?(?:أن|إذا|على|في|من|كي) |ي)"),
    "fr": re.compile(r"(?!(?:(?:ne pas|ne plus|se|en|y|l[ea]s?|leur|lui|faire) |[lsn]’)*\w+(?:er|ir|re)\b)", re.I),
}
"""How a clause does not begin: with a body, a condition or a verb that has a subject."""

ACCUSATIVE = re.compile(
    r"\S+ (?!(?:سنوي|دوري|رسمي|صراحة|كتابة|إلكتروني|علن|فور|تلقائي|مسبق|شهري|معا|كلا)\S*)\S+اً(?= |$)"
)
"""A verbal noun with its object in the accusative instead of the genitive; adverbs of time and manner are none."""


def list_guidance(edition: str, language: str) -> dict[str, Guidance]:
    """Return the guidance on each requirement, by id."""
    requirements = index_requirements(load_framework(edition, language))
    return {name: requirement.guidance for name, requirement in requirements.items()}


def list_instructions(language: str) -> Iterator[tuple[str, str]]:
    """Yield each action of every edition and each remedy of a root cause, with its id."""
    for edition in list_editions():
        for name, guidance in list_guidance(edition, language).items():
            if guidance.action:
                yield f"{edition} {name}", guidance.action
    yield from ((cause.id, cause.remedy) for cause in load_vocabulary(language).root_causes.values())


def count_duties(recommended: str, language: str) -> int:
    """Return how many duties a recommended action has at least: one for each verb of duty, and one in any case."""
    return max(1, len(DUTIES[language].findall(recommended)) - len(ALTERNATIVES.findall(recommended)))


@pytest.mark.parametrize("edition", list_editions())
def test_each_recommended_action_has_an_action_with_all_its_duties(edition: str) -> None:
    """The languages have the same number of duties, and none has fewer than its recommended action.

    A sentence may have more duties than verbs of duty, so the count is a lower bound; translators read the rest.
    """
    languages = {language: list_guidance(edition, language) for language in LANGUAGES}
    wrong: list[tuple[str, str, object]] = []
    for name, english in languages["en"].items():
        if not english.recommended_action:
            continue
        counts: dict[str, int] = {}
        for language, guidance in languages.items():
            action = guidance[name].action
            counts[language] = len(action.split(JOINTS[language])) if action else 0
            if counts[language] < count_duties(guidance[name].recommended_action, language):
                wrong.append((name, language, counts[language]))
        if len(set(counts.values())) > 1:
            wrong.append((name, str(counts), 0))
    assert wrong == []
    assert len(languages["en"]) > 500


def test_duties_are_counted() -> None:
    """A second body begins a second duty; an alternative and a relative clause begin none."""
    assert count_duties("The ministry should adopt a rule, and supervisors should test it.", "en") == 2
    assert count_duties("The ministry should adopt a rule, or should document why not.", "en") == 1
    assert count_duties("The ministry should name the body which should act.", "en") == 1
    assert count_duties("Le ministère devrait adopter une règle, et les banques devraient la suivre.", "fr") == 2
    assert count_duties("La loi devrait le permettre, ou le pays devrait y renoncer.", "fr") == 1
    assert count_duties("ينبغي للوزارة أن تعتمد قاعدة.", "ar") == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_actions_are_instructions(language: str) -> None:
    """Each duty begins with its imperative, infinitive or verbal noun; the body that acts is not named.

    Only the first duty begins with a capital letter, and no stop ends the action, because names of actions go on.
    """
    instructions = list(list_instructions(language))
    assert len(instructions) > 1000
    wrong = []
    for name, text in instructions:
        clauses = text.split(JOINTS[language])
        starts = [NOT_AN_INSTRUCTION[language].match(clause) for clause in clauses]
        has_case = language == "ar" or (clauses[0][0].isupper() and not any(one[0].isupper() for one in clauses[1:]))
        if any(starts) or not has_case or text.endswith((".", ";", "؛", " ")):
            wrong.append((name, text))
    assert wrong == []


def test_objects_of_arabic_verbal_nouns_are_in_the_genitive() -> None:
    """A verbal noun and its object: "نشر دليل" and never "نشر دليلاً"."""
    assert ACCUSATIVE.match("نشر دليلاً للقطاع")
    assert not ACCUSATIVE.match("تقديم تقرير سنوي")
    found = [
        (name, clause)
        for name, text in list_instructions("ar")
        for clause in text.split(JOINTS["ar"])
        if ACCUSATIVE.match(clause)
    ]
    assert found == []


def test_actions_are_short() -> None:
    """Half of the English actions have at most 20 words; none has more than 40."""
    lengths = sorted(len(text.split()) for _, text in list_instructions("en"))
    assert lengths[len(lengths) // 2] <= 20
    assert lengths[-1] <= 40
