"""`fatf-kit outlook` and `what-if`: words, JSON by its schema, exit codes."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from fatf_kit.cli.main import cli
from fatf_kit.core.json_files import check_json
from fatf_kit.core.resources import data_folder

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
    assert "Iraq (IRQ), MER 2024-05: ratings of fatf-2013, thresholds of fatf-2013" in result.stdout
    assert "Enhanced follow-up. A threshold for referral to the ICRG is met." in result.stdout
    assert "not the same as being listed" in result.stdout
    assert "provisional" not in result.stdout


def test_what_if_of_iraq_in_words() -> None:
    """Not reachable, and by which lines; with better outcomes it is."""
    result = run("what-if", "--published", "IRQ", "--target", "leave-icrg")
    assert "cannot be reached by re-ratings alone, because threshold I4-3 depends on effectiveness" in result.stdout
    result = run("what-if", "--published", "IRQ", "--target", "regular", "--fix", "IO.3=SE, IO.4=SE,IO.5=SE")
    assert "assumed: IO.3 ME → SE" in result.stdout
    assert "at least 6 Recommendations must each rise one level" in result.stdout
    assert "462 smallest sets" in result.stdout
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
    assert "49 ratings are open." in result.stdout


def test_ratings_against_another_editions_lines() -> None:
    """Both editions are named."""
    found = told("outlook", "--published", "IRQ", "--edition", "fatf-2022")
    assert ("fatf-2022", "fatf-2013") == (found["edition"], found["ratings_edition"])


@pytest.mark.parametrize(
    "args",
    [
        ["outlook"],
        ["outlook", WORKBOOK, "--published", "IRQ"],
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
    shutil.copytree(source, copy)
    lines = copy / "follow-up.json"
    lines.write_text(lines.read_text().replace('"at_least": 20', '"at_least": "20"'))
    result = run("frameworks", "check", str(copy), "--json")
    assert ["fatf-2013/follow-up.json"] == [problem["file"] for problem in json.loads(result.stdout)["problems"]]


@pytest.mark.parametrize("command", [("outlook",), ("what-if", "--target", "regular")])
def test_not_a_line_stays_english(command: tuple[str, ...]) -> None:
    """Whose ratings they are and what is remarked on the workbooks stand in the language asked for."""
    found = run(command[0], WORKBOOK, *command[1:], "--lang", "ar")
    first, remarks = found.stdout.splitlines()[0], found.stderr.splitlines()[0]
    assert first.startswith("Ruritania:")
    assert not re.search("[a-z]{4,} [a-z]{4,}", found.stdout)
    assert re.match("[0-9]+ ملاحظة", remarks)


def test_what_if_without_a_target_does_both() -> None:
    """Both targets in words, and a list of two with --json; each keeps its schema."""
    result = run("what-if", "--published", "JOR")
    assert 0 == result.return_value
    assert ["To leave the referral thresholds", "To reach regular follow-up"] == [
        line.partition(":")[0] for line in result.stdout.splitlines() if line.startswith("To ")
    ]
    both = told("what-if", "--published", "JOR")
    assert ["leave-icrg", "regular"] == [one["target"] for one in both]
    assert [(), ()] == [check_json(one, "what-if-1.schema.json", "what-if") for one in both]


def test_both_ends_in_words_and_json() -> None:
    """The example: what is shown and claimed, and each threshold at the best and at the worst end."""
    result = run("outlook", WORKBOOK)
    assert "are shown to be C or LC; " in result.stdout
    assert "A threshold for referral to the ICRG is met only if what is open cannot be shown." in result.stdout
    assert "3 below the threshold of 15, at worst 4 above it" in result.stdout
    found = told("outlook", WORKBOOK)
    line = next(one for one in found["lines"] if one["id"] == "I5-1")
    assert ({"values": [12], "met": False}, {"values": [19], "met": True}) == (line["best_case"], line["worst_case"])
    standing = found["standing"]["recommendations"]
    assert 40 == standing["of"]
    assert (28, 21) == (40 - line["best_case"]["values"][0], 40 - line["worst_case"]["values"][0])
    assert 28 >= standing["shown"] + standing["claimed"] + standing["unanswered"]


def test_what_if_has_the_sets_of_both_ends(tmp_path: Path) -> None:
    """At the best end one Recommendation has to rise, at the worst end more."""
    path = tmp_path / "some.csv"
    rows = [f"R.{n},{'PC' if 11 < n < 20 else '' if n == 21 else 'C'}" for n in range(1, 41)]
    rows += [f"IO.{n},SE" for n in range(1, 12)]
    path.write_text("\n".join(["unit,rating", *rows]), encoding="utf-8")
    found = told("what-if", "--ratings", str(path), "--edition", "fatf-2013", "--target", "regular")
    assert (1, 2) == (found["steps"], found["worst_case"]["steps"])
    assert {2} == {len(steps) for steps in found["worst_case"]["sets"]}
    said = run("what-if", "--ratings", str(path), "--edition", "fatf-2013", "--target", "regular").stdout
    assert "if all that is open is shown, at least 1 Recommendation must rise one level." in said
    assert "If nothing of it is shown, at least 2 Recommendations must each rise one level." in said
    assert "if nothing of it is shown: 28 smallest sets" in said


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A workbook as it is sent out."""
    path = tmp_path_factory.mktemp("blank") / "blank.xlsx"
    assert not run("template", "-o", str(path), "--only", "R.1,R.2,IO.1").return_value
    return str(path)


@pytest.mark.parametrize("command", [["outlook"], ["what-if"]])
def test_a_blank_workbook_has_no_outlook(command: list[str], blank: str) -> None:
    """It says that nothing is answered, instead of fifty-one ranges from the worst to the best."""
    result = run(*command, blank)
    assert 0 == result.return_value
    assert "Nothing is answered yet: " in result.stdout
    assert "E5-1" not in result.stdout


def test_a_report_on_a_blank_workbook(blank: str, tmp_path: Path) -> None:
    """The report and the brief say so too, and show no rating."""
    made = run("score", blank, "-o", str(tmp_path / "out"), "--format", "html")
    assert 0 == made.return_value
    assert "Nothing is answered yet" in made.stderr
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "Nothing is answered yet" in page
    assert "LE – HE" not in page
    assert 0 == run("paper", "brief", blank, "-o", str(tmp_path / "brief.html")).return_value
    assert "Nothing is answered yet" in (tmp_path / "brief.html").read_text(encoding="utf-8")
    plan = run("plan", blank, "-o", str(tmp_path / "plan.xlsx"))
    assert "Nothing is answered yet" in plan.stderr
