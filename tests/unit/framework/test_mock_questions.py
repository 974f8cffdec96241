"""The question bank of the mock visit: every core issue of every edition, in our own words, in every language."""

from __future__ import annotations

import re
from typing import Any

import pytest

from fatf_kit.core.resources import data_folder
from fatf_kit.framework import index_requirements, list_editions, load_framework
from tools.framework_content import TRANSLATED, read_json, translation_path

BANK = data_folder("frameworks") / "mock"
TEXTS = ("question", "tests", "probe", "strong")


def questions(edition: str) -> dict[str, Any]:
    """Return the questions of an edition by id."""
    return {question["id"]: question for question in read_json(BANK / f"questions-{edition}.json")["questions"]}


@pytest.mark.parametrize("edition", list_editions())
def test_every_core_issue_has_questions(edition: str) -> None:
    """Each core issue has at least four questions, in the order of the Methodology."""
    bank = read_json(BANK / f"questions-{edition}.json")
    assert bank["edition"] == edition
    issues = [issue.id for outcome in load_framework(edition).outcomes for issue in outcome.core_issues]
    assert issues == list(bank["core_issues"])
    assert set(issues) <= set(index_requirements(load_framework(edition)))
    assert [issue for issue, references in bank["core_issues"].items() if len(references) < 4] == []


@pytest.mark.parametrize("edition", list_editions())
def test_every_reference_leads_to_a_question(edition: str) -> None:
    """Every reference leads to a question, also of another edition, and no question is unused."""
    bank = read_json(BANK / f"questions-{edition}.json")
    questions_used = {reference for references in bank["core_issues"].values() for reference in references}
    for reference in questions_used:
        other, _, question = reference.rpartition("/")
        assert question in questions(other or edition), reference
    assert set(questions(edition)) <= questions_used


def test_questions_are_unique() -> None:
    """Each question occurs once in all editions; another edition refers to it."""
    texts = [question["question"].casefold() for edition in list_editions() for question in questions(edition).values()]
    assert len(texts) == len(set(texts))


@pytest.mark.parametrize("edition", list_editions())
def test_ends_of_questions_and_answers(edition: str) -> None:
    """A question ends with a question mark or a full stop; a strong answer never ends with a question mark."""
    for question in questions(edition).values():
        assert question["question"].endswith(("?", ".")), question["id"]
        assert not question["strong"].endswith("?"), question["id"]


@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize("edition", list_editions())
def test_questions_are_translated(edition: str, language: str) -> None:
    """The translation has the questions in their order, in the right letters and with the same numbers."""
    translated = read_json(translation_path(BANK / f"questions-{edition}.json", language))["questions"]
    english = questions(edition)
    assert list(english) == list(translated)
    for key, texts in translated.items():
        for name in TEXTS:
            assert texts[name] != english[key][name], f"{key} {name}"
            assert set(re.findall(r"\d+", english[key][name])) <= set(re.findall(r"\d+", texts[name])), f"{key} {name}"
            if language == "ar":
                assert re.search("[\u0600-\u06ff]", texts[name]), f"{key} {name}"
                assert not re.search(r"\?|[\u0600-\u06ff][,;]", texts[name]), f"{key} {name}"
