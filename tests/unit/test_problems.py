"""The table of problem codes."""

from __future__ import annotations

from pathlib import Path

import pytest

import fatf_kit
from fatf_kit.problem_codes import CODES
from fatf_kit.problems import CellRef, make_problem

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
