"""`fatf-kit action-plan`: what is printed and written, and how the commands end."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from jsonschema.validators import Draft202012Validator

from fatf_kit.action_plan.items.book import render_items
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.json_files import load_json
from fatf_kit.core.messages import Translator
from fatf_kit.core.resources import data_folder
from tests.unit.action_plan.items.registers import REGISTER
from tests.unit.cli.commands import RURITANIA, invoke

TODAY = ("--today", "2026-11-29")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The fictional country's folder with two items."""
    ignored = shutil.ignore_patterns("workbook", "libreoffice", "mock", "ar", "fr", "responses")
    folder = Path(shutil.copytree(RURITANIA, tmp_path / "home", ignore=ignored))
    (folder / "action-plan.xlsx").write_bytes(render_items(REGISTER, Translator("en")))
    monkeypatch.chdir(folder)
    return folder


def _run(*args: str) -> Result:
    result = invoke("action-plan", *args)
    assert result.exception is None, result.exc_info
    return result


def test_status_names_what_is_missing(home: Path) -> None:
    """A line for each plan, and one for each item that is not decided as done."""
    assert home.is_dir()
    lines = _run("status", *TODAY).output.splitlines()
    assert lines[-2:] == [
        "ICRG action plan (February 2027): 2 items, with 1 done as claimed, 1 as shown by evidence and 1 as accepted.",
        (
            "PI-02 (More cases): claimed “partly addressed”, shown “not addressed”. "
            "Still needed for the next status: figures for 1 further complete period (PI-02.2)."
        ),
    ]


def _json(command: str, *args: str) -> dict[str, Any]:
    document = json.loads(invoke("action-plan", command, *args, *TODAY, "--json", "--quiet").stdout)
    schema, _ = load_json(data_folder("frameworks") / "schema" / f"action-plan-{command}-1.schema.json")
    Draft202012Validator(schema).validate(document)
    return dict(document)


def test_the_statuses_as_json(home: Path) -> None:
    """Counts and items have all three statuses."""
    assert home.is_dir()
    document = _json("status")
    plan = document["plans"][-1]
    assert plan["counts"]["decided"] == {
        "not addressed": 0, "partly addressed": 0, "largely addressed": 1, "addressed": 0, "": 1,
    }  # fmt: skip
    assert [one["shown"] for one in plan["items"]] == [
        "addressed", "not addressed", "partly addressed", "not addressed",
    ]  # fmt: skip


def test_the_report_to_the_reviewers_as_json(home: Path) -> None:
    """It has the country's statements, and neither calculated statuses nor what is decided after it."""
    document = _json("report", "--kind", "icrg")
    assert (home / "progress-report.docx").is_file()
    assert {name: counts["addressed"] for name, counts in document["counts"].items()} == {
        "claimed": 1, "decided_before": 0,
    }  # fmt: skip
    assert document["history"] == []
    assert [(one["id"], one["claimed"], one["decided_before"]) for one in document["items"]][:2] == [
        ("PI-01", "addressed", None), ("PI-02", "partly addressed", None),
    ]  # fmt: skip
    assert document["items"][0]["done"] == "The law is in force."
    assert not {"shown", "missing", "weakest", "decided", "note"} & set(_keys(document))


def _keys(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _keys(one)


@pytest.mark.full
def test_a_report_warns_of_annexes_without_a_number(home: Path) -> None:
    """Once, on standard error; after 'make' the numbers are in the workbook."""
    assert home.is_dir()
    warning = (
        "2 pieces of evidence have no annex number yet. 'fatf-kit action-plan make' writes them into the workbook."
    )
    result = invoke("action-plan", "report", "--kind", "icrg", *TODAY)
    assert result.stderr.count("item-annex-open") == 1
    assert warning in result.stderr
    assert "item-annex-open" in invoke("action-plan", "check", *TODAY).output
    _run("make", "--kind", "icrg", *TODAY)
    assert "item-annex-open" not in invoke("action-plan", "report", "--kind", "icrg", *TODAY, "--force").stderr


@pytest.mark.parametrize("name", ["report.docx", "report.html", "report.xlsx", "report.csv"])
def test_a_report_holds_no_status_of_ours(home: Path, name: str) -> None:
    """The proposed status is the country's; nothing is calculated."""
    _run("report", "--kind", "icrg", *TODAY, "-o", name)
    content = (home / name).read_bytes()
    assert content
    if name.endswith((".html", ".csv")):
        text = content.decode()
        assert "Register of owners" in text
        assert "shown" not in text.lower().replace("made up to show", "").replace("invented to show", "")


def test_the_items_are_never_written_over(home: Path) -> None:
    """Not even with --force."""
    before = (home / "action-plan.xlsx").read_bytes()
    for name in ("action-plan.xlsx", "laws.xlsx"):
        with pytest.raises(FatfKitError, match="is an input file"):
            raise invoke("action-plan", "status", *TODAY, "-o", name, "--force").exception or AssertionError
    assert (home / "action-plan.xlsx").read_bytes() == before


def test_the_dates_for_calendar_programs(home: Path) -> None:
    """Five days of each cycle."""
    _run("status", *TODAY, "-o", "dates.ics")
    assert (home / "dates.ics").read_text(encoding="utf-8").count("BEGIN:VEVENT") == 15


def test_check_ends_with_one(home: Path) -> None:
    """An error is found: the Plenary that decided has not begun."""
    assert home.is_dir()
    result = invoke("action-plan", "check", *TODAY)
    assert result.return_value == 1
    assert "item-decided-early" in result.output


@pytest.mark.full
def test_the_own_plan_is_made_too(home: Path) -> None:
    """The kind 'own' is what 'fatf-kit plan' makes."""
    shutil.copytree(RURITANIA / "responses", home / "responses")
    _run("make", "--kind", "own")
    assert (home / "plan.xlsx").is_file()


def test_other_kinds_are_made_in_the_workbook(home: Path) -> None:
    """Items of the observation period that are open are taken over; the earlier file is kept."""
    output = _run("make", "--kind", "key-actions", *TODAY).output
    assert "In the plan: 0 new items and 0 items moved from the plan before." in output
    assert len(list((home / "history").iterdir())) == 1
