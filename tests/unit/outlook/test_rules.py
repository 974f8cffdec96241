"""The lines as data: equal to the reference, and nothing a schema cannot see slips through."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fatf_kit.core.errors import UnknownIdError
from fatf_kit.core.resources import data_folder
from fatf_kit.framework import list_editions
from fatf_kit.outlook import load_rules
from fatf_kit.outlook.rules import check_rules_file, read_rules


@pytest.mark.parametrize("edition", list_editions())
def test_shipped_lines_have_no_fault(edition: str) -> None:
    """The file says its own edition, and `frameworks check` has nothing against it."""
    assert load_rules(edition).edition == edition
    assert check_rules_file(data_folder("frameworks") / edition) == ()


@pytest.mark.parametrize("edition", list_editions())
def test_words_name_the_numbers(edition: str) -> None:
    """Each limit above one stands in the words of its line."""
    for line in load_rules(edition).lines:
        for count in line.counts:
            assert count.at_least == 1 or f"{count.at_least} or more" in line.test


def test_no_edition_of_that_name() -> None:
    """The message names those at hand."""
    with pytest.raises(UnknownIdError, match="fatf-2013, fatf-2022"):
        load_rules("fatf-1066")


def test_an_edition_without_lines_has_no_fault(tmp_path: Path) -> None:
    """Lines may come after the texts."""
    assert check_rules_file(tmp_path) == ()


def double(data: Any) -> None:
    """One id for two lines."""
    data["lines"].append(data["lines"][0])


def mix(data: Any) -> None:
    """Recommendations and outcomes in one count."""
    data["lines"][0]["counts"][0]["ratings"] = ["NC", "LE"]


def unreachable(data: Any) -> None:
    """A limit above the number of units."""
    data["lines"][0]["counts"][0]["at_least"] = 41


def unnested(data: Any) -> None:
    """The wider count after the narrower."""
    data["lines"][7]["counts"].reverse()


def rewarding(data: Any) -> None:
    """Without the line on any NC, a fall from PC to NC would lead out of E5-1."""
    data["lines"].pop(1)


def unexplained(data: Any) -> None:
    """Provisional, and nobody says why."""
    del data["provisional_because"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (double, "used twice"),
        (mix, "mixes scales"),
        (unreachable, "never reach 41"),
        (unnested, "not nested"),
        (rewarding, "a worse rating would be better"),
        (unexplained, "provisional_because"),
    ],
)
def test_a_fault_is_found(tmp_path: Path, change: Callable[[Any], None], words: str) -> None:
    """Each with the file and what to do."""
    data = json.loads((data_folder("frameworks") / "fatf-2022" / "follow-up.json").read_text(encoding="utf-8"))
    change(data)
    path = tmp_path / "mine" / "follow-up.json"
    path.parent.mkdir()
    path.write_text(json.dumps(data), encoding="utf-8")
    _, problems = read_rules(path)
    assert any(words in problem.message for problem in problems)
    assert {problem.ref.file for problem in problems if problem.ref} == {"mine/follow-up.json"}


def lines_of(tmp_path: Path, change: Callable[[Any], None]) -> list[str]:
    """Return the faults of the shipped thresholds after a change."""
    data = json.loads((data_folder("frameworks") / "fatf-2022" / "follow-up.json").read_text(encoding="utf-8"))
    change(data)
    path = tmp_path / "follow-up.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    return [problem.message for problem in read_rules(path)[1]]


def all_of_them(data: Any) -> None:
    """A limit of as many as there are, and two counts of the same ratings."""
    data["lines"][0]["counts"] = [
        {"ratings": ["PC", "NC"], "of": "recommendations", "at_least": 40},
        {"ratings": ["PC", "NC"], "of": "recommendations", "at_least": 1},
    ]


def test_what_is_allowed(tmp_path: Path) -> None:
    """All forty may be asked for, and nested counts may have the same ratings."""
    assert lines_of(tmp_path, all_of_them) == []


def test_a_line_of_two_counts_catches_only_what_both_count(tmp_path: Path) -> None:
    """The one line on any NC asks for a PC too, so a fall from PC to NC can lead out of the first line."""

    def halved(data: Any) -> None:
        wide = {"ratings": ["PC", "NC"], "of": "recommendations", "at_least": 1}
        data["lines"][1]["counts"] = [wide, {**wide, "ratings": ["PC"]}]

    assert any("a fall to NC is counted by no line" in told for told in lines_of(tmp_path, halved))
