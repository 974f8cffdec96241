"""fatf-kit gives the ratings of a second program that was written from the method page alone.

Random assessments of both editions are rated by `rating.py` and by fatf-kit, and everything must agree: claimed,
shown, settled and decided of each criterion, core issue, Recommendation and outcome. Of every ten, five go to fatf-kit
as values (so that the date on which an instrument ends and unconfirmed kinds are drawn freely), four as answers,
evidence registers and a register of laws from which it collects the proof itself, and one as an assessment folder with
filled workbooks.

`FATF_KIT_ASSESSMENTS=200` rates the two hundred of `make check-full`.
"""

from __future__ import annotations

import ast
import os
from pathlib import Path
from types import ModuleType

import pytest

from tests.second_opinion import kit, laws, rating
from tests.second_opinion.made_up import made_up

NUMBERS = range(int(os.environ.get("FATF_KIT_ASSESSMENTS", "20")))


@pytest.mark.full(keep_every=2)
@pytest.mark.parametrize("number", NUMBERS)
def test_both_programs_agree(number: int, tmp_path: Path) -> None:
    """Nothing differs in any of the requirements and of the 51 units."""
    given = made_up(number, read=kit.read, is_typed=number % 10 >= 5)
    if number % 10 < 5:
        computed = kit.by_values(given)
    elif number % 10 < 9:
        computed = kit.by_answers(given)
    else:
        computed = kit.by_workbooks(given, tmp_path / "assessment")
    expected = rating.rate(laws.applied(given))
    assert len([key for key in expected if "/" not in key]) == 51
    assert computed.keys() == expected.keys()
    differing = [key for key in expected if computed[key] != expected[key]]
    assert not differing, [(key, expected[key], computed[key]) for key in differing[:5]]


@pytest.mark.parametrize(
    ("module", "imported", "lines"),
    [
        (rating, {"__future__", "json", "pathlib", "typing"}, 400),
        (laws, {"__future__", "datetime", "typing"}, 150),
    ],
)
def test_the_second_program_is_independent(module: ModuleType, imported: set[str], lines: int) -> None:
    """It imports nothing of fatf-kit and nothing of the tests, and stays short enough to be checked by reading."""
    text = Path(str(module.__file__)).read_text(encoding="utf-8")
    nodes = list(ast.walk(ast.parse(text)))
    found = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    found |= {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}
    assert found == imported
    assert len(text.splitlines()) < lines
