"""`fatf-kit peers`, and options that would say nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from fatf_kit.cli.main import cli
from fatf_kit.core.json_files import check_json
from fatf_kit.core.resources import data_folder

WORKBOOK = str(data_folder("examples") / "ruritania" / "workbook")


def run(*args: str) -> Result:
    """A command, its faults raised."""
    return CliRunner().invoke(cli, list(args), standalone_mode=False)


def told(*args: str) -> Any:
    """The one JSON document on standard output."""
    return json.loads(run(*args, "--json").stdout)


@pytest.mark.parametrize(
    "args", [["IRQ"], ["IRQ", "--report", "MER"], ["MYS", "--group", "fatf"], ["NAM", "--group", "JOR"]]
)
def test_json_keeps_its_schema(args: list[str]) -> None:
    """A region, a state, another edition, an own list."""
    assert () == check_json(told("peers", *args), "peers-1.schema.json", "peers")


@pytest.mark.parametrize("args", [[], ["--edition", "fatf-2022"]])
def test_json_of_patterns_keeps_its_schema(args: list[str]) -> None:
    """The edition of most evaluations, and the newer one."""
    assert () == check_json(told("peers", "--all", *args), "patterns-1.schema.json", "patterns")


def test_iraq_in_words() -> None:
    """Share, position with ties, and who is compared."""
    out = run("peers", "IRQ", "--group", "MENAFATF").stdout
    assert "Iraq beside MENAFATF" in out
    assert ["R.15", "NC", "6 of 14 (43 %)", "13 of 15, shared with 2", "3 up, 3 down"] == [
        cell.strip()
        for line in out.splitlines()
        if line.startswith("R.15 ")
        for cell in line.split("  ")
        if cell.strip()
    ]
    assert "results are never mixed" in out
    assert "by general knowledge and not by the table" in out


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_report_is_written(language: str, tmp_path: Path) -> None:
    """Page, charts and JSON, for a jurisdiction and worldwide."""
    run("peers", "IRQ", "-o", str(tmp_path / "one"), "--format", "html,json", "--lang", language)
    run("peers", "--all", "-o", str(tmp_path / "all"), "--format", "html,xlsx", "--lang", language)
    assert {"peers-recommendations.svg", "peers-outcomes.svg"} <= {p.name for p in (tmp_path / "one/charts").iterdir()}
    assert {"months.svg", "then-and-now.svg"} <= {p.name for p in (tmp_path / "all/charts").iterdir()}
    assert f'lang="{language}"' in (tmp_path / "all" / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", [("peers", "IRQ"), ("score", "--published", "IRQ")])
def test_json_alone_has_no_charts(command: tuple[str, ...], tmp_path: Path) -> None:
    """Nothing is drawn, and nothing else is said."""
    folder = tmp_path / "out"
    result = run(*command, "-o", str(folder), "--format", "json")
    assert (0, True) == (result.exit_code, f"Written to {folder}: json\n" in result.output)
    assert {".fatf-kit.json", "assessment.json"} >= {path.name for path in folder.iterdir()}


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_outlook_and_what_if_speak_the_language(language: str) -> None:
    """And ask for the facts that are missing."""
    from fatf_kit.core.messages import Translator

    t = Translator(language)
    out = run("outlook", "--published", "MRT", "--lang", language).stdout
    assert t("Whether the country would be looked at first after a referral is not known: facts are missing.") in out
    assert t("Enhanced follow-up can end once no threshold is met any more.") in out
    assert t("To reach regular follow-up") in run(
        "what-if", "--published", "KOR", "--target", "regular", "--lang", language
    ).stdout.replace("\n", " ")


def test_facts_are_used() -> None:
    """A fact that is given is no longer asked for."""
    found = told("outlook", "--published", "MRT", "--fact", "financial_sector_usd_bn=200")["prioritisation"]
    assert (True, 200) == (found["first"], found["facts"][0]["value"])
    assert told("outlook", "--published", "MRT")["prioritisation"]["first"] is None


@pytest.mark.parametrize(
    "args",
    [
        ["peers"],
        ["peers", "IRQ", "--all"],
        ["peers", "--all", "--group", "FATF"],
        ["peers", "--all", "--report", "MER"],
        ["peers", "IRQ", "--report", "2024-05"],
        ["outlook", WORKBOOK, "--report", "MER"],
        ["outlook", "--published", "IRQ", "--fact", "size"],
        ["outlook", "--published", "IRQ", "--fact", "size=3"],
        ["score", WORKBOOK, "--report", "MER"],
        ["score", "--published", "IRQ", "--edition", "fatf-2022"],
        ["score", "--published", "IRQ", "--cut-off", "2026-01-01"],
        ["score", "--published", "IRQ", "--policy", "indicative-1"],
    ],
)
def test_wrong_command_lines(args: list[str]) -> None:
    """Usage errors, before anything is read."""
    assert 2 == CliRunner().invoke(cli, args).exit_code


def test_a_notice_stands_on_a_published_report(tmp_path: Path) -> None:
    """It is not dropped."""
    run("score", "--published", "IRQ", "--notice", "Draft for the committee", "-o", str(tmp_path), "--format", "html")
    assert "Draft for the committee" in (tmp_path / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "args", [["peers", "XXX"], ["peers", "IRQ", "--group", "MENA"], ["peers", "IRQ", "--edition", "x"]]
)
def test_could_not_run(args: list[str]) -> None:
    """Unknown names are told, without a traceback."""
    result = CliRunner().invoke(cli, args)
    assert result.exception is not None
    assert "FatfKitError" in {kind.__name__ for kind in type(result.exception).__mro__}
