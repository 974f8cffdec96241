"""A workbook of fatf-kit that is given to the wrong command is reported with its kind."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

import fatf_kit
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.problems import Problem
from fatf_kit.core.resources import data_folder
from fatf_kit.core.store import write_file
from fatf_kit.npo.functions import npo_questionnaire
from fatf_kit.spreadsheets.cell_writer import BookWriter
from fatf_kit.spreadsheets.misdirected_workbooks import KINDS_OF_WORKBOOK, find_workbook_kind
from fatf_kit.spreadsheets.schema import BookSchema
from fatf_kit.spreadsheets.stamp import write_stamp
from fatf_kit.workflows.comparison import follow_up

EXAMPLES = data_folder("examples")


@pytest.fixture(scope="module")
def others(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, Path]]:
    """Workbooks as fatf-kit makes them, each with the command that reads it."""
    made = tmp_path_factory.mktemp("others")
    register = EXAMPLES / "npo" / "register.csv"
    fatf_kit.npo_template(made)
    fatf_kit.npo_map(register, made / "map.xlsx")
    npo_questionnaire(register, made, as_of="2026-06-01")
    write_file(made / "follow-up.xlsx", follow_up("IRQ").workbook())
    names = ("npo-measures-en", "npo-register-en", "map", "npo-questionnaire-en")
    npo = [("fatf-kit npo classify", made / f"{name}.xlsx") for name in names]
    return [*npo, ("fatf-kit follow-up report", made / "follow-up.xlsx")]


def stamped(folder: Path, kind: str) -> Path:
    """A workbook of which only the stamp says what it is."""
    cell_writer = BookWriter("en")
    cell_writer.sheet("Notes").put(0, 0, "Notes", "title")
    write_stamp(cell_writer, BookSchema(kind=kind, what="", command="", tables=()), "Notes", {})
    return write_file(folder / f"{kind}.xlsx", cell_writer.finish())


def codes_and_commands(problems: tuple[Problem, ...]) -> list[tuple[str, str]]:
    """Return the code of each problem and the command that it names."""
    return [(problem.code, dict(problem.facts).get("command", "")) for problem in problems]


@pytest.mark.full
def test_score_names_the_command_that_reads_it(others: list[tuple[str, Path]]) -> None:
    """Each workbook by its stamp, given as a file."""
    for command, path in others:
        assert codes_and_commands(fatf_kit.score(path).problems) == [("workbook-other-command", command)], path.name


@pytest.mark.full(keep_every=3)
@pytest.mark.parametrize("kind", sorted(KINDS_OF_WORKBOOK.keys() - {"answers"}))
def test_every_kind_is_known_by_its_stamp_alone(kind: str, tmp_path: Path) -> None:
    """A workbook is recognised by its stamp, whatever its sheets contain."""
    path = stamped(tmp_path, kind)
    assert codes_and_commands(fatf_kit.score(path).problems) == [
        ("workbook-other-command", KINDS_OF_WORKBOOK[kind].command)
    ]


def test_a_register_of_a_country_is_known_by_its_ids(tmp_path: Path) -> None:
    """A country's register has no stamp and is recognised by its ids."""
    book = openpyxl.Workbook()
    book.worksheets[0].append(["npo_id", "status"])
    book.save(tmp_path / "register.xlsx")
    assert codes_and_commands(fatf_kit.score(tmp_path / "register.xlsx").problems) == [
        ("workbook-other-command", "fatf-kit npo classify")
    ]


def test_in_a_folder_with_answers(tmp_path: Path) -> None:
    """In a folder with such a workbook the answers are read, and a foreign workbook stays unknown."""
    stamped(tmp_path, "plan")
    fatf_kit.template(tmp_path / "answers.xlsx", only=["R.2"])
    scored = fatf_kit.score(tmp_path)
    assert len(scored.responses.inputs) == 1
    assert codes_and_commands(scored.problems) == [("workbook-other-command", "fatf-kit progress")]


def test_answers_given_to_other_commands(tmp_path: Path) -> None:
    """Figures and mock sheets are wanted, and a filled template comes."""
    path = fatf_kit.template(tmp_path / "answers.xlsx", only=["R.2"])
    for read in (
        lambda: fatf_kit.statistics_report(path, generated_at="2026-01-01"),
        lambda: fatf_kit.mock_debrief(path),
    ):
        with pytest.raises(FatfKitError, match="'fatf-kit score'"):
            read()


def test_missing_file_has_no_kind() -> None:
    """The kind of a missing file is not guessed."""
    assert find_workbook_kind(Path("no-such-file.xlsx")) is None
