"""A feature is one folder and one line in the list of features."""

from __future__ import annotations

import ast
import io
import json
import shutil
import subprocess
import sys
import tokenize
from datetime import date
from pathlib import Path

import jsonschema
import pytest
from openpyxl import load_workbook

import fatf_kit
from fatf_kit.core.json_files import derive_schema
from fatf_kit.core.resources import data_folder
from fatf_kit.folder.features import FEATURES
from tests.unit.folder.visits.commands import VisitsResult

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")

HERE = Path(__file__).parent
PACKAGE = Path(fatf_kit.__file__).parent
MOST_LINES = 120
"""Lines of code, without docstrings, comments and blanks, that the example of a feature may have."""
LINE = 'Feature("visits", "visits.xlsx", "Evaluate", "Keep a list of visits.", has_part=True)'
"""The one line of it in the list of features."""
PROGRAM = f"""
import json, sys, fatf_kit
fatf_kit.__path__.append(sys.argv[1])
from fatf_kit.folder import features
from fatf_kit.folder.features import Feature
features.FEATURES += ({LINE},)
from fatf_kit.cli.main import main
for command in sys.argv[2:]:
    try:
        main(json.loads(command))
    except SystemExit as end:
        print(f"[{{end.code}}]", flush=True)
"""
"""Runs commands of fatf-kit as if the line were in the list, and its package among the others."""
ABOVE = ("__main__.py", "cli", "examples", "folder", "frames.py", "workflows")
"""The modules and packages that may use everything."""


def _run(*commands: tuple[object, ...]) -> str:
    """Run commands with the feature of visits; return what they print, with the exit code after each."""
    texts = [json.dumps([*map(str, command)]) for command in commands]
    program = [sys.executable, "-c", PROGRAM, str(HERE), *texts]
    return subprocess.run(program, capture_output=True, text=True, check=True, cwd=PACKAGE.parent).stdout


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small assessment folder with a list of three visits, of which one has no country."""
    folder = Path(
        shutil.copytree(data_folder("examples") / "graustark", tmp_path_factory.mktemp("visits") / "graustark")
    )
    assert _run(("visits", "template", folder)) == "[0]\n"
    book = load_workbook(folder / "visits.xlsx")
    sheet = book["Visits"]
    rows = (
        (date(2026, 5, 4), "Ruritania", "IO.3, R.99", 4),
        (date(2027, 3, 1), "Strelsau", "IO.6", 2),
        (None, "", "R.10", 1),
    )
    for number, row in enumerate(rows, start=3):
        for column, value in enumerate(row, start=2):
            sheet.cell(number, column, value or None)
    book.save(folder / "visits.xlsx")
    return folder


def test_a_feature_of_one_folder_and_one_line_is_complete(home: Path, tmp_path: Path) -> None:
    """Its workbook is read and checked; reports, JSON, --help and the page of the status have what it says."""
    targets = [tmp_path / f"visits.{ending}" for ending in ("html", "docx", "xlsx", "csv")]
    text = _run(
        ("--help",),
        *(("visits", "report", home, "-o", target) for target in targets),
        ("visits", "report", home, "-o", home / "visits.xlsx", "--force"),
        ("status", home),
        ("check", home),
    )
    assert "training  " in text
    assert "visits      " in text
    assert text.count("[0]") == 2 + len(targets)
    assert "[3]" in text, "its workbook was replaced by a report"
    assert all(target.stat().st_size for target in targets)
    assert targets[-1].read_text(encoding="utf-8-sig").splitlines()[1].startswith("2026-05-04,Ruritania")
    page = (home / "status.html").read_text(encoding="utf-8")
    assert "visits to other countries" in page
    assert "Visit: Strelsau" in page


def test_its_json_conforms_to_the_schema_that_follows_from_its_rows(home: Path) -> None:
    """No schema is written by hand."""
    document = json.loads(_run(("visits", "report", home, "--json")).partition("\n[")[0])
    jsonschema.validate(document, derive_schema([VisitsResult], "visits-1.schema.json", "Visits"))
    assert [visit["country"] for visit in document["visits"]] == ["Ruritania", "Strelsau"]


def test_what_is_wrong_in_its_workbook_is_reported_with_the_answers(home: Path) -> None:
    """Each problem has the address of its cell."""
    text = _run(("check", home, "--json"))
    places = {one["code"]: one["cell"] for one in json.loads(text.partition("\n[")[0])["problems"]}
    assert places["item-unit"] == "D3"
    assert places["row-nameless"] == "C5"


def test_the_example_of_a_feature_is_short() -> None:
    """All else follows from what it declares."""
    assert sum(map(_count_lines, (HERE / "visits").glob("*.py"))) <= MOST_LINES


def test_each_feature_of_the_list_has_what_it_names() -> None:
    """The list names modules without importing them, so nothing else would notice a wrong name."""
    for feature in FEATURES:
        assert not feature.has_part or callable(feature.load_reader())
        assert not feature.stage or feature.load_command().name == feature.name
        assert feature.has_part or feature.stage, f"{feature.name} does nothing"


@pytest.mark.full
def test_nothing_below_the_folder_imports_the_facade() -> None:
    """`import fatf_kit` reaches everything above, unseen by the contracts of layers."""
    above = {PACKAGE / name for name in (*ABOVE, "__init__.py")}
    files = [path for path in PACKAGE.rglob("*.py") if above.isdisjoint((path, *path.parents))]
    assert len(files) > 100
    found = [str(path) for path in files if _imports_facade(ast.parse(path.read_text(encoding="utf-8")))]
    assert found == []


def _imports_facade(tree: ast.Module) -> bool:
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return "fatf_kit" in names or any(
        isinstance(node, ast.ImportFrom) and node.module == "fatf_kit" for node in ast.walk(tree)
    )


def _count_lines(path: Path) -> int:
    """Count lines of code without docstrings, comments and blanks."""
    text = path.read_text(encoding="utf-8")
    docstrings = {
        line
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }
    blank = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
    tokens = [token for token in tokenize.generate_tokens(io.StringIO(text).readline) if token.type not in blank]
    return len({line for token in tokens for line in range(token.start[0], token.end[0] + 1)} - docstrings)
