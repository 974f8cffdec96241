"""Errors that a schema finds are reported in plain words, in every language."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from fatf_kit.core.json_files import check_json
from fatf_kit.core.languages import LANGUAGES
from fatf_kit.core.messages import Translator
from fatf_kit.core.resources import data_folder
from fatf_kit.core.schema_errors import FORMS, TYPES

SCHEMAS = sorted((data_folder("frameworks") / "schema").glob("*.json"))
GOOD: dict[str, Any] = {"schema": "fatf-kit/assessment-folder/1", "country": "IRQ", "edition": "fatf-2022"}


def patterns_in(node: object) -> Iterator[str]:
    """Yield every pattern of a schema."""
    if isinstance(node, dict):
        if isinstance(node.get("pattern"), str):
            yield node["pattern"]
        yield from node["patternProperties"] if isinstance(node.get("patternProperties"), dict) else ()
        for value in node.values():
            yield from patterns_in(value)
    elif isinstance(node, list):
        for value in node:
            yield from patterns_in(value)


def test_every_pattern_has_its_words() -> None:
    """Each pattern of the schemas has a description, and no description is left over."""
    found = {one for path in SCHEMAS for one in patterns_in(json.loads(path.read_text(encoding="utf-8")))}
    assert found == set(FORMS)


@pytest.mark.parametrize("pattern", FORMS)
def test_the_example_has_the_form(pattern: str) -> None:
    """The example in a description matches at least one of the patterns with that description."""
    same = (
        [one for one, words in FORMS.items() if words == FORMS[pattern]] if "fatf-kit" in FORMS[pattern] else [pattern]
    )
    for example in re.findall(r"'([^']*)'", FORMS[pattern].partition("'{found}'")[2]):
        assert any(re.search(one, example) for one in same)


def list_messages(changes: dict[str, Any], language: str = "en") -> list[str]:
    """Return the messages about settings with some entries changed."""
    t = Translator(language)
    found = check_json({**GOOD, **changes}, "assessment-folder-1.schema.json", "a.json")
    return [problem.text_in(t).partition(". ")[0] for problem in found]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"country": "irq"}, "'irq' is not a code of three capital letters, like 'IRQ'"),
        ({"country": "The Republic of Iraq and all else"}, "'…' is not a code of three capital letters, like 'IRQ'"),
        ({"country": "l'Irak"}, "'l’Irak' is not a code of three capital letters, like 'IRQ'"),
        ({"country": 5}, TYPES["string"]),
        ({"cut_off": 2027}, TYPES["string"]),
        ({"edition": ""}, "a text is needed here"),
        ({"schema": "x"}, "'x' is not allowed here; allowed: 'fatf-kit/assessment-folder/1'"),
        ({"languages": []}, "the number of entries is 0, but the smallest allowed number is 1"),
        ({"languages": ["en", "en"]}, "an entry is listed twice"),
        ({"languages": "en"}, TYPES["array"]),
        ({"names": ["Iraq"]}, TYPES["object"]),
        ({"notice": "x" * 201}, "the length of the text is 201, but the largest allowed length is 200"),
        ({"sectors": [{"id": "banks"}]}, "'materiality' is missing"),
        ({"weight": 1}, "'weight' is not allowed here"),
        ({"facts": {"a": None}}, "the value must have one of these JSON types: 'string, number, boolean'"),
        (
            {"weights": [{"requirement": "R.1/1.1", "weight": True}]},
            "'true' is not allowed here; allowed: '1, 2, 3, 5'",
        ),
    ],
)
def test_errors_in_settings_are_reported_in_plain_words(changes: dict[str, Any], words: str) -> None:
    """A message names the short value that was found and the allowed ones, and never shows a pattern."""
    assert list_messages(changes) == [words]


@pytest.mark.parametrize(
    ("schema", "data", "words"),
    [
        (
            "plan-settings",
            {"holidays": [{"day": "1 May", "name": "a"}]},
            "'1 May' is not a date written as year-month-day, like '2026-03-31'",
        ),
        (
            "policy",
            {"id": "My policy"},
            "'My policy' is not written in up to forty lowercase letters, digits and hyphens",
        ),
        (
            "npo-mapping",
            {"columns": {"npo_id": {"from": []}}},
            "the number of entries is 0, but the smallest allowed number is 1",
        ),
        ("shared", {}, None),
    ],
)
def test_other_files_of_a_country(schema: str, data: dict[str, Any], words: str | None) -> None:
    """Errors in a plan, a policy and a mapping are reported in plain words."""
    found = [problem.text.partition(". ")[0] for problem in check_json(data, f"{schema}.schema.json", "a.json")]
    assert words is None or words in found
    assert [text for text in found if re.search(r"\[0-9\]|\^|\\", text)] == []


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
def test_in_other_languages(language: str) -> None:
    """No English word is left in a translated message."""
    changes: list[dict[str, Any]] = [{"country": "irq"}, {"languages": []}, {"notice": "x" * 201}, {"country": 5}]
    for change in changes:
        (text,) = list_messages(change, language)
        assert not re.search(r"\b(is|are|needed|allowed|characters|like)\b", text), text
