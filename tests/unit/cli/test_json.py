"""Commands print one JSON document on standard output, which keeps its schema."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from fatf_kit.core.json_files import check_json
from fatf_kit.core.resources import data_folder
from tests.unit.cli.commands import RURITANIA, WORKBOOK, invoke, json_of
from tools.derived_schemas import FOLDER, render_schemas

PLAN = ("plan", "--start", "2026-01-04", "-o", "plan.xlsx", "--target", "leave-icrg")
SOURCES = (
    ("--published", "IRQ", "--report", "MER"),
    ("--published", "KOR", "--edition", "fatf-2022"),
    ("--published", "MYS"),
    (WORKBOOK,),
)
REQUIREMENTS = ("R.6", "R.10/10.7", "R.10/10.7(a)", "IO.6", "IO.6/6.1")
EXPLAINED = ("R.6", "R.25", "R.17", "IO.9", "IO.11")  # settled, open, NA; Recommendations and outcomes
COMMANDS: tuple[tuple[str, tuple[object, ...]], ...] = (
    ("peers-1", ("peers", "IRQ")),
    ("peers-1", ("peers", "IRQ", "--report", "MER")),
    ("peers-1", ("peers", "MYS", "--group", "fatf")),
    ("peers-1", ("peers", "NAM", "--group", "JOR")),
    ("patterns-1", ("peers", "--all")),
    ("patterns-1", ("peers", "--all", "--edition", "fatf-2022")),
    ("overview-1", ("overview", RURITANIA, "--published", "IRQ,FRA", "-o", "overview.html")),
    ("plan-2", (*PLAN, WORKBOOK)),
    ("plan-2", (*PLAN, "--published", "IRQ")),
    ("calendar-1", ("calendar", "--visit", "2027-03-01", "--country", "Ruritania", "-o", "dates.ics")),
    ("calendar-1", ("calendar", WORKBOOK, "--start", "2026-01-04")),
    ("follow-up-1", ("follow-up", "report", "--published", "IRQ", "-o", "report.docx")),
    ("editions-1", ("frameworks", "list")),
    ("edition-1", ("frameworks", "show", "fatf-2022")),
    *(("requirement-1", ("frameworks", "show", "fatf-2022", wanted)) for wanted in REQUIREMENTS),
    ("diff-1", ("frameworks", "diff", "fatf-2013", "fatf-2022")),
    ("published-list-1", ("published", "list")),
    ("published-show-1", ("published", "show", "IRQ")),
    ("published-show-1", ("published", "show", "FRA")),
    ("published-lists-1", ("published", "lists", "show")),
    *(("outlook-1", ("outlook", *source)) for source in SOURCES),
    *(("explanation-2", ("explain", WORKBOOK, unit)) for unit in EXPLAINED),
    ("training-1", ("training", "report", RURITANIA, "-o", "training.html")),
    ("mock-debrief-1", ("mock", "debrief", RURITANIA / "mock" / "sheets")),
    ("action-needs-1", ("action-plan", "needs", RURITANIA.parent / "ruritania-after")),
    ("npo-1", ("npo", "classify", RURITANIA.parent / "npo" / "register.csv", "--report", "none")),
)


@pytest.mark.full(keep_every=2)
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


def test_translations_keep_their_schema() -> None:
    """Messages and texts of data are counted."""
    found = json_of("frameworks", "check", "--translation", "fr")
    assert check_json(found, "translations-1.schema.json", "stdout") == ()


def test_carried_answers_keep_their_schema(tmp_path: Path) -> None:
    """Each requirement of the newer edition, and the answers that are kept."""
    old, new = tmp_path / "old.xlsx", tmp_path / "new.xlsx"
    assert invoke("template", "--edition", "fatf-2013", "--only", "R.10,IO.6", "-o", old).return_value == 0
    assert check_json(json_of("carry-forward", old, "-o", new), "carry-forward-1.schema.json", "stdout") == ()


def test_an_update_of_lists_keeps_its_schema(tmp_path: Path) -> None:
    """A Plenary without changes counts none."""
    changes = tmp_path / "changes.csv"
    changes.write_text("iso3,list,listed_since,removed_on,as_of,source,confidence\n", encoding="utf-8")
    command = ("published", "lists", "import", changes, "--as-of", "2027-02-20", "-o", tmp_path / "lists.csv")
    document = json_of(*command)
    assert check_json(document, "published-lists-import-1.schema.json", "stdout") == ()
    assert (document["as_of"], document["changes"]) == ("2027-02-20", 0)


def test_derived_schemas_are_current() -> None:
    """Each schema that is derived from a frozen value is as new as that value."""
    for name, text in render_schemas().items():
        assert (FOLDER / name).read_text(encoding="utf-8") == text, "run: python -m tools.derived_schemas"


def test_every_document_has_a_schema() -> None:
    """Each name of a format in the code has its file, but for the list of files that fatf-kit keeps for itself."""
    code = data_folder("frameworks").parent / "fatf_kit"
    texts = (path.read_text(encoding="utf-8") for path in code.rglob("*.py"))
    named = {match for text in texts for match in re.findall(r'"fatf-kit/([a-z-]+/[0-9]+)"', text)}
    schemas = {path.name.removesuffix(".schema.json") for path in (data_folder("frameworks") / "schema").iterdir()}
    without = {name for name in named if not {name.replace("/", "-"), name.partition("/")[0]} & schemas}
    assert without == {"written/1"}


def test_nothing_else_is_on_standard_output() -> None:
    """Standard output is the document alone; remarks on the workbooks are on standard error."""
    result = invoke("outlook", WORKBOOK, "--json")
    assert result.stdout.startswith("{")
    assert result.stdout.endswith("}\n")
    assert "remarks on the workbooks" in result.stderr
