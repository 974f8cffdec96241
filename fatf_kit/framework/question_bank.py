"""The bank of questions on each core issue of an edition, for the mock visit and for tests of trainings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from fatf_kit.core.json_files import load_value
from fatf_kit.core.resources import data_folder


@dataclass(frozen=True, slots=True, kw_only=True)
class BankQuestion:
    """A question that is asked of every country, in one language. `roles` should know the answer."""

    id: str
    question: str
    tests: str
    probe: str
    strong: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Bank:
    core_issues: Mapping[str, tuple[str, ...]]
    questions: tuple[BankQuestion, ...]


@cache
def load_bank(edition: str, language: str = "en") -> Mapping[str, tuple[BankQuestion, ...]]:
    """Return the questions for each core issue of an edition, in the order asked.

    A question of another edition keeps that edition's name before its id. One without a translation stays English.

    >>> [question.id for question in load_bank("fatf-2022")["IO.6/6.2"]][:2]
    ['Q.6.2-1', 'Q.6.2-2']
    """

    def find(name: str) -> BankQuestion:
        other, _, short = name.rpartition("/")
        return replace(_load_questions(other or edition, language)[short], id=name)

    issues = _load_page(edition).core_issues
    return {issue: tuple(map(find, names)) for issue, names in issues.items()}


@cache
def _load_questions(edition: str, language: str) -> Mapping[str, BankQuestion]:
    return {one.id: one for one in _load_page(edition, language).questions}


@cache
def _load_page(edition: str, language: str = "en") -> _Bank:
    return load_value(
        data_folder("frameworks") / "mock" / f"questions-{edition}.json", _Bank, "mock.schema.json", language
    )
