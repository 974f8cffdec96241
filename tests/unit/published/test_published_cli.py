"""The verbs of `fatf-kit published`: text for people, one JSON document for programs, messages apart."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner, Result

from fatf_kit.cli.main import cli
from fatf_kit.core.errors import UnknownIdError, WorkbookError
from fatf_kit.published import find_report, load_published, read_published


def run(*words: object) -> Result:
    """Run the command group with the given words."""
    return CliRunner().invoke(cli, ["published", *map(str, words)])


def test_list_has_a_line_for_each_jurisdiction() -> None:
    """A heading and 199 lines, with the newest report and the counts of its ratings."""
    result = run("list")
    lines = result.stdout.splitlines()
    assert (result.exit_code, len(lines)) == (0, 200)
    iraq = next(line for line in lines if line.startswith("IRQ"))
    assert iraq.split()[:5] == ["IRQ", "Iraq", "MENAFATF", "MER", "2024-05"]
    ratings: list[str] = list(find_report("IRQ").ratings.values())
    assert [ratings.count(code) for code in ["C", "LC", "PC", "NC", "NA", "HE", "SE", "ME", "LE"]] == [
        int(n) for n in iraq.split()[5:]
    ]


def test_list_as_json() -> None:
    """The JSON has the same list, with 40 and 11 ratings counted for each jurisdiction."""
    result = run("list", "--json")
    rows = json.loads(result.stdout)["jurisdictions"]
    assert (result.exit_code, result.stderr, len(rows)) == (0, "", 199)
    assert {(sum(r["compliance"].values()), sum(r["effectiveness"].values())) for r in rows} == {(40, 11)}
    assert [report.iso3 for report in load_published() if report.is_current] == [r["iso3"] for r in rows]


def test_show_lists_changed_ratings() -> None:
    """Namibia's reports are in order, with the changed Recommendations; a summary of the same month changed none."""
    result = run("show", "nam")
    assert result.exit_code == 0
    assert "MER 2023-01  (fatf-2013, ESAAMLG)" in result.stdout
    assert "Changed since MER 2023-01: R.5 PC → C" in result.stdout
    assert "Changed since FUR 2024-04: none" in result.stdout
    assert "MER+FUR(s) 2025-04  (fatf-2013, ESAAMLG, newest, not verified)" in result.stdout


def test_show_marks_changes_across_editions() -> None:
    """A change across two editions is marked as not comparable."""
    assert (
        "Changed since MER+FUR(s) 2024-03 (another edition, so not comparable): R.4 LC → PC"
        in run("show", "SRB").stdout
    )
    rows = json.loads(run("show", "SRB", "--json").stdout)["reports"]
    assert [r["same_edition"] for r in rows] == [None, True, True, True, True, True, False]


def test_show_as_json() -> None:
    """The JSON has every report with its ratings and changes."""
    document = json.loads(run("show", "Iraq", "--json").stdout)
    report = document["reports"][0]
    assert (document["iso3"], document["name"], len(document["reports"])) == ("IRQ", "Iraq", 1)
    assert (len(report["ratings"]), report["since"], report["changes"]) == (51, None, [])


def test_show_of_an_unknown_jurisdiction() -> None:
    """An unknown name raises an error, which the main entry reports."""
    assert isinstance(run("show", "Namibi").exception, UnknownIdError)


def test_import_with_problems(fatf_table: SimpleNamespace, tmp_path: Path) -> None:
    """The table is written, problems go to standard error, and the code is 0, because the table was asked for."""
    result = run("import", fatf_table.build(), "-o", tmp_path / "out.csv")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "Ratings only!Z12: 'XX' is not a rating. Allowed" in result.stderr
    assert "Reports: 8. Jurisdictions: 5." in result.stderr
    assert len(read_published(tmp_path / "out.csv")) == 8


def test_import_as_json(fatf_table: SimpleNamespace, tmp_path: Path) -> None:
    """The JSON has every problem with its address."""
    result = run("import", fatf_table.build(), "-o", tmp_path / "out.csv", "--json")
    document = json.loads(result.stdout)
    assert (result.exit_code, document["reports"], document["jurisdictions"]) == (0, 8, 5)
    assert {problem["cell"] for problem in document["problems"]} == {"Z12", "B11", "B17", "C13", "C15"}


def test_import_without_problems(fatf_table: SimpleNamespace, tmp_path: Path) -> None:
    """A clean table ends with 0, and --edition is obeyed."""
    result = run(
        "import", fatf_table.build(rows=fatf_table.rows[:4]), "-o", tmp_path / "out.csv", "--edition", "fatf-2022"
    )
    assert result.exit_code == 0
    assert {report.edition for report in read_published(tmp_path / "out.csv")} == {"fatf-2022"}


def test_import_of_both_workbooks(fatf_table: SimpleNamespace, tmp_path: Path) -> None:
    """One table from one workbook per Methodology, by jurisdiction and date, with one newest row for each."""
    old = fatf_table.build(rows=fatf_table.rows[:3], file="2013-methodology.xlsx")
    new = fatf_table.build(rows=[fatf_table.row("Namibia", "MER", "2030-01")], file="2022-methodology.xlsx")
    assert run("import", new, old, "-o", tmp_path / "out.csv").exit_code == 0
    reports = read_published(tmp_path / "out.csv")
    assert [report.date for report in reports] == ["2023-01", "2024-04", "2024-04", "2030-01"]
    assert [report.edition for report in reports] == ["fatf-2013"] * 3 + ["fatf-2022"]
    assert [report.is_current for report in reports] == [False, False, False, True]


@pytest.mark.parametrize("words", [["import"], ["import", "-o", "x.csv"], ["show"], ["list", "more"]])
def test_usage(words: list[str]) -> None:
    """Missing or extra words end with exit code 2."""
    assert run(*words).exit_code == 2


def test_nothing_readable_writes_nothing(fatf_table: SimpleNamespace, tmp_path: Path) -> None:
    """A table without a single good row must not replace a good file."""
    target = tmp_path / "out.csv"
    result = run("import", fatf_table.build(rows=fatf_table.rows[6:7], headings=fatf_table.headings), "-o", target)
    assert isinstance(result.exception, WorkbookError)
    assert not target.exists()


def test_an_unknown_edition_is_refused(fatf_table: SimpleNamespace, tmp_path: Path) -> None:
    """An unknown edition is refused before any file is read."""
    result = run("import", fatf_table.build(), "-o", tmp_path / "out.csv", "--edition", "2022")
    assert isinstance(result.exception, UnknownIdError)
