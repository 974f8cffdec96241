"""`fatf-kit outlook` and `what-if`: words, JSON by its schema, exit codes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.unit.cli.commands import WORKBOOK, invoke, json_of


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A small table with one fault."""
    path = tmp_path / "mine.csv"
    path.write_text("unit,rating\nR.10,PC\nR.11,NC\nR.41,C\n", encoding="utf-8")
    return path


def test_outlook_of_iraq_in_words() -> None:
    """The real case, with what a referral line does not mean."""
    result = invoke("outlook", "--published", "IRQ", "--report", "2024-05")
    assert result.return_value == 0
    assert "Iraq (IRQ), MER 2024-05: ratings of fatf-2013, thresholds of fatf-2013" in result.stdout
    assert "Enhanced follow-up. A threshold for referral to the ICRG is met." in result.stdout
    assert "does not mean being listed" in result.stdout
    assert "provisional" not in result.stdout


def test_what_if_of_iraq_in_words() -> None:
    """Not reachable, and by which lines; with better outcomes it is."""
    result = invoke("what-if", "--published", "IRQ", "--target", "leave-icrg")
    assert "depends on effectiveness, namely outcomes rated LE or ME (referral to the ICRG)." in result.stdout
    result = invoke("what-if", "--published", "IRQ", "--target", "regular", "--fix", "IO.3=SE, IO.4=SE,IO.5=SE")
    assert "assumed: IO.3 ME → SE" in result.stdout
    assert "at least 6 Recommendations must each rise one level" in result.stdout
    assert "462 smallest sets" in result.stdout
    assert "and 442 more" in result.stdout


@pytest.mark.parametrize("command", [["outlook"], ["what-if", "--target", "regular"]])
def test_the_fifth_round_is_marked_provisional(command: list[str]) -> None:
    """In words and in JSON."""
    assert "are provisional" in invoke(*command, "--published", "SGP").stdout
    assert json_of(*command, "--published", "SGP")["provisional"] is True
    assert json_of(*command, "--published", "IRQ")["provisional"] is False


def test_ranges_in_json(table: Path) -> None:
    """Two ratings known: enhanced follow-up for certain, referral open."""
    outlook = json_of("outlook", "--ratings", table)
    assert (outlook["follow_up"], outlook["follow_up_range"]) == ("enhanced", ["enhanced", "enhanced"])
    assert (outlook["icrg_referral"], outlook["icrg_referral_range"]) == (None, [False, True])
    assert len(outlook["open"]) == 49


def test_faults_of_a_table_are_shown(table: Path) -> None:
    """The line is named, the rest is used."""
    result = invoke("outlook", "--ratings", table)
    assert result.return_value == 0
    assert "mine.csv, line 4: 'R.41' is not a Recommendation" in result.stderr
    assert "49 ratings are not known." in result.stdout


def test_ratings_against_another_editions_lines() -> None:
    """Both editions are named."""
    found = json_of("outlook", "--published", "IRQ", "--edition", "fatf-2022")
    assert (found["edition"], found["ratings_edition"]) == ("fatf-2022", "fatf-2013")


def test_a_table_with_nothing_in_it(tmp_path: Path) -> None:
    """Could not run, with the reason."""
    path = tmp_path / "empty.csv"
    path.write_text("", encoding="utf-8")
    result = invoke("outlook", "--ratings", path)
    assert "the first line does not name the columns" in str(result.exception)


@pytest.mark.parametrize("command", [("outlook",), ("what-if", "--target", "regular")])
def test_not_a_line_stays_english(command: tuple[str, ...]) -> None:
    """The heading and the remarks on the workbooks are in the language asked for."""
    found = invoke(command[0], WORKBOOK, *command[1:], "--lang", "ar")
    first, remarks = found.stdout.splitlines()[0], found.stderr.splitlines()[0]
    assert first.startswith("Ruritania:")
    assert not re.search("[a-z]{4,} [a-z]{4,}", found.stdout)
    assert re.match("توجد [0-9]+ ملاحظة", remarks)


def test_both_ends_in_words_and_json() -> None:
    """The example: what is shown and claimed, and each threshold at the best and at the worst end."""
    result = invoke("outlook", WORKBOOK)
    assert "would be rated C or LC today; " in result.stdout
    assert "A threshold for referral to the ICRG is met in the worst case only." in result.stdout
    assert "5 above the threshold of 15, in the best case 3 below it" in result.stdout
    found = json_of("outlook", WORKBOOK)
    line = next(one for one in found["lines"] if one["id"] == "I5-1")
    assert (line["best_case"], line["worst_case"]) == ({"values": [12], "met": False}, {"values": [20], "met": True})
    standing = found["standing"]["recommendations"]
    assert (standing["of"], standing["not_applicable"]) == (39, 1)
    assert (40 - line["best_case"]["values"][0], 40 - line["worst_case"]["values"][0]) == (28, 20)
    assert standing["shown"] + standing["claimed"] + standing["unanswered"] <= 28


def test_what_if_has_the_sets_of_both_ends(tmp_path: Path) -> None:
    """At the best end one Recommendation has to rise, at the worst end more."""
    path = tmp_path / "some.csv"
    rows = [f"R.{n},{'PC' if 11 < n < 20 else '' if n == 21 else 'C'}" for n in range(1, 41)]
    rows += [f"IO.{n},SE" for n in range(1, 12)]
    path.write_text("\n".join(["unit,rating", *rows]), encoding="utf-8")
    found = json_of("what-if", "--ratings", path, "--edition", "fatf-2013", "--target", "regular")
    assert (found["steps"], found["worst_case"]["steps"]) == (1, 2)
    assert {len(steps) for steps in found["worst_case"]["sets"]} == {2}
    words = invoke("what-if", "--ratings", path, "--edition", "fatf-2013", "--target", "regular").stdout
    assert "in the best case, at least 1 Recommendation must rise one level." in words
    assert "In the worst case, at least 2 Recommendations must each rise one level." in words
    assert "in the worst case: 28 smallest sets" in words


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook as it is sent out."""
    path = tmp_path_factory.mktemp("blank") / "blank.xlsx"
    assert not invoke("template", "-o", path, "--only", "R.1,R.2,IO.1").return_value
    return path


@pytest.mark.parametrize("command", [["outlook"], ["what-if"]])
def test_a_blank_workbook_has_no_outlook(command: list[str], blank: Path) -> None:
    """It says that nothing is answered, instead of fifty-one ranges from the worst to the best."""
    result = invoke(*command, blank)
    assert result.return_value == 0
    assert "No answers yet: " in result.stdout
    assert "enhanced follow-up" not in result.stdout


def test_a_report_on_a_blank_workbook(blank: Path, tmp_path: Path) -> None:
    """The report and the brief say so too, and show no rating."""
    made = invoke("score", blank, "-o", tmp_path / "out", "--format", "html")
    assert made.return_value == 0
    assert "No requirement is answered yet" in made.stderr
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "No answers yet" in page
    assert "LE – HE" not in page
    assert invoke("paper", "brief", blank, "-o", tmp_path / "brief.html").return_value == 0
    assert "No answers yet" in (tmp_path / "brief.html").read_text(encoding="utf-8")
    plan = invoke("plan", blank, "-o", tmp_path / "plan.xlsx")
    assert "No requirement is answered yet" in plan.stderr
