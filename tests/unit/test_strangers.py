"""A workbook of ours that is given to the wrong command is called by its name."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from fatf_kit import api
from fatf_kit.api.strangers import kind_of
from fatf_kit.errors import FatfKitError
from fatf_kit.files import write_file
from fatf_kit.problems import Problem
from fatf_kit.resources import data_folder

EXAMPLES = data_folder("examples")


@pytest.fixture(scope="module")
def others(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """One of each kind of workbook, by the command that reads it."""
    made = tmp_path_factory.mktemp("others")
    api.npo_template(made)
    api.npo_map(EXAMPLES / "npo" / "register.csv", made / "map.xlsx")
    return {
        "fatf-kit statistics report": EXAMPLES / "ruritania" / "statistics" / "revenue.xlsx",
        "fatf-kit mock debrief": EXAMPLES / "ruritania" / "mock" / "sheets" / "mock-IO.01-en.xlsx",
        "fatf-kit progress": EXAMPLES / "ruritania-plan" / "plan.xlsx",
        "fatf-kit score": EXAMPLES / "ruritania" / "decisions.xlsx",
        "fatf-kit npo classify": EXAMPLES / "npo" / "measures.xlsx",
        "fatf-kit npo classify ": made / "npo-register-en.xlsx",
        "fatf-kit npo classify  ": made / "map.xlsx",
        "fatf-kit follow-up report": write_file(made / "follow-up.xlsx", api.follow_up("IRQ").workbook()),
    }


def said(problems: tuple[Problem, ...]) -> list[tuple[str, str]]:
    """Codes, with the command that is named."""
    return [(problem.code, dict(problem.facts).get("command", "")) for problem in problems]


def test_score_names_the_command_that_reads_it(others: dict[str, Path]) -> None:
    """Each kind by its stamp or its keys, given as a file."""
    for command, path in others.items():
        assert [("workbook-other-command", command.strip())] == said(api.score(path).problems), path.name


def test_in_a_folder_with_answers(others: dict[str, Path], tmp_path: Path) -> None:
    """Answers beside it are read; what nobody knows stays unknown."""
    shutil.copy(others["fatf-kit progress"], tmp_path / "plan.xlsx")
    api.template(tmp_path / "answers.xlsx", only=["R.2"])
    scored = api.score(tmp_path)
    assert 1 == len(scored.responses.inputs)
    assert [("workbook-other-command", "fatf-kit progress")] == said(scored.problems)


def test_answers_given_to_other_commands(tmp_path: Path) -> None:
    """Figures and mock sheets are wanted, and a filled template comes."""
    path = api.template(tmp_path / "answers.xlsx", only=["R.2"])
    for read in (lambda: api.statistics_report(path, generated_at="2026-01-01"), lambda: api.mock_debrief(path)):
        with pytest.raises(FatfKitError, match="'fatf-kit score'"):
            read()


def test_a_workbook_of_somebody_else() -> None:
    """Nothing is guessed."""
    assert kind_of(Path("no-such-file.xlsx")) is None
