"""The table of problem codes."""

from __future__ import annotations

from pathlib import Path

import pytest

import fatf_kit
from fatf_kit.core.messages import Translator
from fatf_kit.core.problem_codes import CODES
from fatf_kit.core.problems import ENGLISH, HINTS, CellRef, hint, make_problem

SOURCE = "\n".join(
    path.read_text(encoding="utf-8")
    for path in Path(str(fatf_kit.__file__)).parent.rglob("*.py")
    if path.name != "problem_codes.py"
)


@pytest.mark.parametrize("code", CODES)
def test_every_code_is_used(code: str) -> None:
    """A code that nothing raises is a promise that nobody keeps."""
    assert f'"{code}"' in SOURCE


@pytest.mark.parametrize("code", CODES)
def test_every_code_says_what_to_do(code: str) -> None:
    """Found and allowed in one sentence, then one next step."""
    assert CODES[code].template.endswith(".")
    assert CODES[code].next_step


def test_a_missing_fact_fails_where_the_problem_is_made() -> None:
    """Not later, in the report of a country."""
    with pytest.raises(KeyError):
        make_problem("cell-error", CellRef(file="a.xlsx"))


def test_answers_and_hints_are_told_in_the_readers_words() -> None:
    """Whoever filled in an Arabic or a French workbook never saw the English codes."""
    unknown = make_problem(
        "rating-unknown", found="presque", scale="criterion rating", allowed="met, not met", near="met"
    )
    conflict = {"agency": "fiu", "other_agency": "bank", "place": "b.xlsx"}
    differ = make_problem("answers-conflict", None, None, answer="met", stands="very large", **conflict)
    french, arabic = Translator("fr"), Translator("ar")
    assert unknown.text_in(french).endswith(
        ": rempli, non rempli. Vouliez-vous dire «\N{NO-BREAK SPACE}rempli\N{NO-BREAK SPACE}»\N{NO-BREAK SPACE}?"
    )
    assert "fiu dit «\N{NO-BREAK SPACE}rempli\N{NO-BREAK SPACE}», mais bank dit " in differ.text_in(french)
    assert "هل المقصود «مستوفى»؟" in unknown.text_in(arabic)
    assert unknown.text_in(ENGLISH).endswith("Use one of: met, not met. Did you mean 'met'?")


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_every_hint_is_translated(language: str) -> None:
    """A line in two languages helps nobody."""
    t = Translator(language)
    facts = {"found": "x", "edition": "y"}
    texts = [make_problem("id-unknown", None, None, **facts, **hint(None, text)).text_in(t) for text in HINTS]
    assert [text for text in HINTS if any(text in told for told in texts)] == []
