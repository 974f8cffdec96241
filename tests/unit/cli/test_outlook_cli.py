"""`fatf-kit outlook` and `what-if`: words, JSON by its schema, exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from fatf_kit.cli.main import cli
from fatf_kit.framework.jsonfiles import check_json
from fatf_kit.resources import data_folder

WORKBOOK = str(data_folder("examples") / "ruritania" / "workbook")
SOURCES = [
    ["--published", "IRQ", "--report", "MER"],
    ["--published", "KOR", "--edition", "fatf-2022"],
    ["--published", "MYS"],
    [WORKBOOK],
]


def run(*args: str) -> Result:
    """A command, its faults raised."""
    return CliRunner().invoke(cli, list(args), standalone_mode=False)


def told(*args: str) -> Any:
    """The one JSON document on standard output."""
    return json.loads(run(*args, "--json").stdout)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A small table with one fault."""
    path = tmp_path / "mine.csv"
    path.write_text("unit,rating\nR.10,PC\nR.11,NC\nR.41,C\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: " ".join(source)[-24:])
def test_json_keeps_its_schema(source: list[str]) -> None:
    """Outlook and both targets, from every kind of source."""
    assert () == check_json(told("outlook", *source), "outlook-1.schema.json", "outlook")
    for target in ("leave-icrg", "regular"):
        found = told("what-if", *source, "--target", target)
        assert () == check_json(found, "what-if-1.schema.json", "what-if")
        assert found["sets_shown"] == len(found["sets"])
        assert {found["steps"]} >= {len(steps) for steps in found["sets"]}


def test_outlook_of_iraq_in_words() -> None:
    """The real case, with what a referral line does not mean."""
    result = run("outlook", "--published", "IRQ", "--report", "2024-05")
    assert 0 == result.return_value
    assert "Iraq (IRQ), MER 2024-05: ratings of fatf-2013, lines of fatf-2013" in result.stdout
    assert "Enhanced follow-up. A line of referral to the ICRG is met." in result.stdout
    assert "not the same as being listed" in result.stdout
    assert "provisional" not in result.stdout


def test_what_if_of_iraq_in_words() -> None:
    """Not reachable, and by which lines; with better outcomes it is."""
    result = run("what-if", "--published", "IRQ", "--target", "leave-icrg")
    assert "not reachable by technical re-ratings alone" in result.stdout
    assert "(I4-3)" in result.stdout
    result = run("what-if", "--published", "IRQ", "--target", "regular", "--fix", "IO.3=SE, IO.4=SE,IO.5=SE")
    assert "assumed: IO.3 ME → SE" in result.stdout
    assert "steps needed: 6; ways to choose them: 462" in result.stdout
    assert "and 442 more" in result.stdout


@pytest.mark.parametrize("command", [["outlook"], ["what-if", "--target", "regular"]])
def test_the_fifth_round_is_marked_provisional(command: list[str]) -> None:
    """In words and in JSON."""
    assert "are provisional" in run(*command, "--published", "SGP").stdout
    assert told(*command, "--published", "SGP")["provisional"] is True
    assert told(*command, "--published", "IRQ")["provisional"] is False


def test_ranges_in_json(table: Path) -> None:
    """Two ratings known: enhanced follow-up for certain, referral open."""
    outlook = told("outlook", "--ratings", str(table))
    assert ("enhanced", ["enhanced", "enhanced"]) == (outlook["follow_up"], outlook["follow_up_range"])
    assert (None, [False, True]) == (outlook["icrg_referral"], outlook["icrg_referral_range"])
    assert 49 == len(outlook["open"])


def test_faults_of_a_table_are_shown(table: Path) -> None:
    """Exit code 1, the line named, the rest used."""
    result = run("outlook", "--ratings", str(table))
    assert 1 == result.return_value
    assert "mine.csv, line 4: 'R.41' is no Recommendation" in result.stderr
    assert "Ratings still open: 49." in result.stdout


def test_ratings_against_another_editions_lines() -> None:
    """Both editions are named."""
    found = told("outlook", "--published", "IRQ", "--edition", "fatf-2022")
    assert ("fatf-2022", "fatf-2013") == (found["edition"], found["ratings_edition"])


@pytest.mark.parametrize(
    "args",
    [
        ["outlook"],
        ["outlook", WORKBOOK, "--published", "IRQ"],
        ["what-if", "--published", "IRQ"],
        ["what-if", "--published", "IRQ", "--target", "white"],
        ["what-if", "--published", "IRQ", "--target", "regular", "--fix", "R.10"],
        ["what-if", "--published", "IRQ", "--target", "regular", "--fix", "R.10=LC,R.10=C"],
    ],
)
def test_wrong_command_lines(args: list[str]) -> None:
    """Usage errors, before anything is read."""
    assert 2 == CliRunner().invoke(cli, args).exit_code


def test_a_table_with_nothing_in_it(tmp_path: Path) -> None:
    """Could not run, with the reason."""
    path = tmp_path / "empty.csv"
    path.write_text("", encoding="utf-8")
    result = run("outlook", "--ratings", str(path))
    assert "the first line must name the columns" in str(result.exception)


def test_frameworks_check_looks_at_the_lines(tmp_path: Path) -> None:
    """A limit as text is found with its path."""
    source, copy = data_folder("frameworks") / "fatf-2013", tmp_path / "fatf-2013"
    for page in source.rglob("*.json"):
        if "locale" not in page.parts:
            target = copy / page.relative_to(source)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(page.read_bytes())
    lines = copy / "follow-up.json"
    lines.write_text(lines.read_text().replace('"at_least": 20', '"at_least": "20"'))
    result = run("frameworks", "check", str(copy), "--json")
    assert ["fatf-2013/follow-up.json"] == [problem["file"] for problem in json.loads(result.stdout)["problems"]]


@pytest.mark.parametrize("command", [("outlook",), ("what-if", "--target", "regular")])
def test_not_a_line_stays_english(command: tuple[str, ...]) -> None:
    """Whose ratings they are and what is remarked on the workbooks stand in the language asked for."""
    found = run(command[0], WORKBOOK, *command[1:], "--lang", "ar")
    first, remarks = found.stdout.splitlines()[0], found.stderr.splitlines()[0]
    assert first.startswith("Ruritania، بحسب المثبت:")
    assert remarks.startswith("33 ملاحظة")
