"""Two papers for a test: the same number on each outcome, no question twice, both of a pair on one core issue."""

from __future__ import annotations

import pytest

from fatf_kit.core.messages import Translator
from fatf_kit.framework import list_editions, load_framework
from fatf_kit.framework.question_bank import load_bank
from fatf_kit.report.model import DocumentTable, walk_sections
from fatf_kit.training.papers import PaperQuestion, TrainingPapers, build_papers_document, choose_papers


def _question(name: str, *roles: str, issue: str = "IO.3/3.1") -> PaperQuestion:
    facts = {"outcome": issue.partition("/")[0], "core_issue": issue}
    return PaperQuestion(id=name, text=f"{name}?", strong=f"{name}!", roles=roles, **facts)


def _ids(papers: TrainingPapers) -> list[tuple[str, str]]:
    return [(one.before.id, one.after.id) for one in papers.pairs]


def test_pairs_share_roles_and_core_issues_take_turns() -> None:
    """A and c are for the police, b and d for the bank; every second pair is turned round."""
    bank = [_question(name, role) for name, role in zip("abcd", ("police", "bank") * 2, strict=True)]
    bank += [_question(name, issue="IO.3/3.2") for name in "efg"]
    papers = choose_papers(bank, ("IO.3",), 3)
    assert _ids(papers) == [("a", "c"), ("f", "e"), ("b", "d")]
    assert papers.short == ()
    assert choose_papers(bank, ("IO.3",), 4).short == (("IO.3", 3),)


def test_a_question_of_two_core_issues_is_used_once() -> None:
    """The second pair with it is left out."""
    bank = [*map(_question, "ab"), *(_question(name, issue="IO.3/3.2") for name in "ac")]
    assert _ids(choose_papers(bank, ("IO.3",), 5)) == [("a", "b")]


@pytest.mark.parametrize("edition", list_editions())
def test_every_bank_gives_five_different_pairs_on_each_outcome(edition: str) -> None:
    """Twice the same, and no question in both papers."""
    questions = ((issue, one) for issue, own in load_bank(edition).items() for one in own)
    bank = [_question(one.id, *one.roles, issue=issue) for issue, one in questions]
    outcomes = [one.id for one in load_framework(edition).outcomes]
    papers = choose_papers(bank, outcomes, 5)
    assert papers == choose_papers(bank, outcomes, 5)
    assert papers.short == ()
    ids = [name for pair in _ids(papers) for name in pair]
    assert len(ids) == len(set(ids)) == 11 * 5 * 2
    assert all(one.before.core_issue == one.after.core_issue for one in papers.pairs)


def test_participants_do_not_see_strong_answers() -> None:
    """Only the last part has them, and each part begins a page."""
    papers = choose_papers([_question("a"), _question("b")], ("IO.3",), 1)
    titles, t = (("IO.3", "Supervision"),), Translator("en")
    made = build_papers_document(papers, titles, t, country="X", notices=())
    texts = {}
    for section in walk_sections(made.sections):
        assert section.break_before
        tables = [block for block in section.blocks if isinstance(block, DocumentTable)]
        texts[section.anchor] = [cell.text for table in tables for row in table.rows for cell in row.cells]
    assert "a?" in texts["paper-a"]
    assert "b?" in texts["paper-b"]
    assert {"a!", "b!"} <= set(texts["marking"])
    assert not {"a!", "b!", "b?"} & set(texts["paper-a"])
