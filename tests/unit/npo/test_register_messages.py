"""Messages about a register and its settings, and files in its folder that are never used."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.messages import Translator
from fatf_kit.core.problems import CellRef, make_problem
from fatf_kit.npo.functions import npo_check
from fatf_kit.npo.register.refusals import place_of
from tests.unit.npo.small_register import body, write


def test_places_are_named_in_the_readers_language() -> None:
    """A row and a cell are named in the reader's language; the address of a cell is unchanged."""
    problem = make_problem("npo-row", CellRef(file="r.csv", cell=place_of(12, 3)), why="it is too long")
    assert problem.message_in(Translator("fr")).startswith("r.csv, ligne 12, cellule 3\u00a0: ")
    assert problem.message.startswith("r.csv, row 12, cell 3: ")
    assert (
        make_problem("cell-error", CellRef(file="a.xlsx", cell="E14"), found="#REF!")
        .message_in(Translator("ar"))
        .startswith("a.xlsx, E14: ")
    )


@pytest.mark.parametrize(
    "heading",
    ["People with Disabilities", "Females", "Number of trustees", "Members", "beneficiaries", "gender equality work"],
)
def test_categories_and_counts_are_no_personal_traits(tmp_path: Path, heading: str) -> None:
    """A column of classes of beneficiaries, or of their number, is accepted, because scope may need it."""
    path = write(tmp_path / "r.csv", [body("a", **{heading: "3"})])
    assert not {"npo-trait", "npo-names"} & {problem.code for problem in npo_check(path)}


def test_modules_next_to_a_register_are_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files in the folder of a register that are named like Python's modules are never run."""
    book = openpyxl.Workbook()
    book.active.append(["npo_id", "name"])  # type: ignore[union-attr]
    book.active.append(["1", "One"])  # type: ignore[union-attr]
    book.save(tmp_path / "register.xlsx")
    (tmp_path / "fatf_kit").mkdir()
    for name in ("csv.py", "datetime.py", "python_calamine.py", "resource.py", "fatf_kit/__init__.py"):
        (tmp_path / name).write_text("open('ran', 'w').close()\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    npo_check("register.xlsx")
    assert not (tmp_path / "ran").exists()


def test_settings_that_name_an_absent_sheet_of_national_factors(tmp_path: Path) -> None:
    """A missing sheet of national factors is reported in words."""
    (tmp_path / "s.json").write_text('{"schema": "fatf-kit/npo-settings/1", "national_sheet": "x.xlsx"}', "utf-8")
    with pytest.raises(FatfKitError, match=r"The file x\.xlsx does not exist"):
        npo_check(write(tmp_path / "r.csv", [{"npo_id": "1"}]), settings=tmp_path / "s.json")
