"""Commands print one JSON document on standard output, which keeps its schema."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from fatf_kit.core.json_files import check_json
from tests.unit.cli.commands import WORKBOOK, invoke, json_of

PLAN = ("plan", "--start", "2026-01-04", "-o", "plan.xlsx", "--target", "leave-icrg")
SOURCES = (
    ("--published", "IRQ", "--report", "MER"),
    ("--published", "KOR", "--edition", "fatf-2022"),
    ("--published", "MYS"),
    (WORKBOOK,),
)
EXPLAINED = ("R.6", "R.25", "R.17", "IO.9", "IO.11")  # settled, open, NA; Recommendations and outcomes
COMMANDS: tuple[tuple[str, tuple[object, ...]], ...] = (
    ("peers-1", ("peers", "IRQ")),
    ("peers-1", ("peers", "IRQ", "--report", "MER")),
    ("peers-1", ("peers", "MYS", "--group", "fatf")),
    ("peers-1", ("peers", "NAM", "--group", "JOR")),
    ("patterns-1", ("peers", "--all")),
    ("patterns-1", ("peers", "--all", "--edition", "fatf-2022")),
    ("plan-2", (*PLAN, WORKBOOK)),
    ("plan-2", (*PLAN, "--published", "IRQ")),
    ("calendar-1", ("calendar", "--visit", "2027-03-01", "--country", "Ruritania", "-o", "dates.ics")),
    ("calendar-1", ("calendar", WORKBOOK, "--start", "2026-01-04")),
    ("follow-up-1", ("follow-up", "report", "--published", "IRQ", "-o", "report.docx")),
    *(("outlook-1", ("outlook", *source)) for source in SOURCES),
    *(("explanation-2", ("explain", WORKBOOK, unit)) for unit in EXPLAINED),
)


@pytest.mark.parametrize(("schema", "args"), COMMANDS)
def test_json_keeps_its_schema(
    schema: str, args: tuple[object, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The document keeps its schema in the language asked for, and the file named with -o is written besides."""
    monkeypatch.chdir(tmp_path)
    assert check_json(json_of(*args, "--lang", "fr"), f"{schema}.schema.json", "stdout") == ()
    assert all((tmp_path / str(name)).is_file() for flag, name in pairwise(args) if flag == "-o")


@pytest.mark.parametrize("unit", EXPLAINED)
def test_an_explanation_in_arabic_keeps_its_schema(unit: str) -> None:
    """The unit that was asked for is explained."""
    explanation = json_of("explain", WORKBOOK, unit, "--lang", "ar")
    assert check_json(explanation, "explanation-2.schema.json", "explanation") == ()
    assert explanation["result"]["id"] == unit


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: str(source[-1])[-9:])
def test_what_if_keeps_its_schema(source: tuple[object, ...]) -> None:
    """Both targets from every kind of source; without a target they are a list."""
    both = json_of("what-if", *source)
    assert [one["target"] for one in both] == ["leave-icrg", "regular"]
    for found in (*both, json_of("what-if", *source, "--target", "regular")):
        assert check_json(found, "what-if-1.schema.json", "what-if") == ()
        assert found["sets_shown"] == len(found["sets"])
        assert {found["steps"]} >= {len(steps) for steps in found["sets"]}


def test_nothing_else_is_on_standard_output() -> None:
    """Standard output is the document alone; remarks on the workbooks are on standard error."""
    result = invoke("outlook", WORKBOOK, "--json")
    assert result.stdout.startswith("{")
    assert result.stdout.endswith("}\n")
    assert "remarks on the workbooks" in result.stderr
