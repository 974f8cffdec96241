"""The recipe for a kind of workbook in CONTRIBUTING.md is complete, short and works."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from fatf_kit.core.messages import Translator

ROOT = Path(__file__).parents[3]
SECTION = "### Add a kind of workbook"


def recipe() -> str:
    """Return the code of the recipe."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").partition(SECTION)[2]
    found = re.search(r"```python\n(.*?)```", text, re.DOTALL)
    assert found is not None
    return found[1]


@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
def test_a_list_of_five_columns_is_written_and_read(tmp_path: Path) -> None:
    """Typed values are read by the kinds of their columns, and each unreadable value is reported."""
    code, made = recipe(), dict[str, Any]()
    assert len(code.splitlines()) < 60
    exec(compile(code, "recipe", "exec", dont_inherit=True), made)  # noqa: S102 - our own page
    path, training = tmp_path / "trainings.xlsx", made["Training"]
    planned = [training(id="T-1", topic="Sanctions screening"), training(id="T-2", topic="Financial investigations")]
    made["write_trainings"](path, planned, Translator("en"))
    book = openpyxl.load_workbook(path)
    sheet = book["Trainings"]
    sheet["C3"], sheet["D3"], sheet["E3"] = "31 mars 2026", "1,500", "HELD"
    sheet["C4"], sheet["D4"], sheet["H4"] = "soon", 12, "who paid?"
    book.save(path)
    trainings, problems = made["read_trainings"](path)
    assert trainings == (
        replace(planned[0], day=date(2026, 3, 31), people=1500, state="held"),
        replace(planned[1], people=12),
    )
    assert sorted(re.findall(r"\[([a-z-]+)\]$", "\n".join(problems), re.MULTILINE)) == ["cell-unplaced", "date-unknown"]
