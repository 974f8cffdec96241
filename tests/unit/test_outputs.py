"""The net over outputs sees every change: no field, cell or command is left out, and nothing but a change is seen."""

from __future__ import annotations

import datetime as dt
import io
import sys
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.formatting.rule import Rule
from openpyxl.worksheet.datavalidation import DataValidation

from fatf_kit.report import live, model
from tools.outputs.capture import remember_results
from tools.outputs.clock import freeze_clock
from tools.outputs.comparing import compare_texts, compare_workbooks, diff_texts
from tools.outputs.documents import write_document, write_tables
from tools.outputs.dumping import ExampleCopy, list_commands
from tools.outputs.golden import make_golden_files, read_digests
from tools.outputs.runs import LANGUAGES, Run, load_runs
from tools.outputs.texts import describe_file
from tools.outputs.workbooks import write_workbook

DAY = dt.date(2026, 12, 1)
WITHOUT_RUN = {
    "demo": "does what other commands do",
    "doctor": "looks at this computer",
    "frameworks export": "writes what other programs read; judged by their validators",
    "published import": "reads a file of FATF that is not shipped",
    "published lists import": "reads a file of FATF that is not shipped",
}

_CELL = model.TableCell(
    text="cell", rating="LC", scale="compliance", detail="d", target="x", ltr=True, day="2026", order=1.0
)
_SERIES = model.Series(label="s", values=(1.0, None), marks=("m",), group="g", units=("R.1",))
_CHART = model.Chart(
    id="c", kind=model.ChartKind.BARS, title="t", alt="a", keys=("k",), series=(_SERIES,), scale="compliance", unit="u",
    codes=("LC",), facet="f", compact=True, hatch="h", message="m",
)  # fmt: skip
_BLOCKS: tuple[model.Block, ...] = (
    model.Paragraph(text="text", tone=model.Tone.SMALL),
    model.Bullets(items=("one", "two"), numbered=True, boxes=True, columns=2),
    model.CodeBlock(text="$ fatf-kit"),
    model.KeyFigures(figures=(model.KeyFigure(value="1", label="l", detail="d"),)),
    model.DocumentTable(
        id="t",
        caption="c",
        columns=(model.TableColumn(title="t", width=2, number=True),),
        rows=(model.TableRow(cells=(_CELL,), facets={"agency": ("fiu",)}),),
        empty="none",
        dense=True,
    ),
    model.RatingGrid(
        id="g", caption="c", scale="compliance", per_row=2,
        marks=(model.RatingMark(unit="R.1", title="t", rating="LC"),), key=(("LC", "largely"),),
    ),
    model.Figure(chart=_CHART, width=50),
    live.WhatIfPanel(
        id="w",
        caption="c",
        steppers=(live.Stepper(unit="R.1", title="t", codes=("NC",), worst="NC", best="NC"),),
        thresholds=(live.ThresholdTest(kind="k", test="t", counts=((("NC",), ("R.1",), 1),)),),
        follow_up={"no": "n"},
        referral={"no": "n"},
        met={"no": "n"},
    ),
)  # fmt: skip
_SECTION = model.Section(anchor="s", title="t", blocks=_BLOCKS, badges=(_CELL,), break_before=True)
_WHOLE = replace(_SECTION, sections=(replace(_SECTION, anchor="inner"),))
_PART = model.Document(
    id="d", title="t", subtitle="s", language="en", facts=(("f", "v"),), notices=("n",), sections=(_WHOLE,),
    compact=True, contents_depth=2, banner="b", agencies={"fiu": "FIU"},
    units={"R.1": live.UnitNote(title="t", lines=("l",))}, summary=_SECTION, made_on="2026",
)  # fmt: skip
DOCUMENT = replace(_PART, annex=_PART)
TABLE = model.DataTable(
    key="k",
    title="t",
    columns=(model.DataColumn(key="k", title="t", width=9, kind=model.ValueKind.COUNT),),
    rows=((1,), ("x",), (1.5,)),
)


def change_everywhere(value: Any) -> Iterator[tuple[str, Any]]:
    """Yield copies of a value, each changed at one place, with the place."""
    if is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            for place, changed in change_everywhere(getattr(value, field.name)):
                yield f"{type(value).__name__}.{field.name}{place}", replace(value, **{field.name: changed})
    elif isinstance(value, tuple) and value:
        yield "[shorter]", value[:-1]
        for place, changed in change_everywhere(value[0]):
            yield f"[0]{place}", (changed, *value[1:])
    elif isinstance(value, Mapping) and value:
        yield "[shorter]", dict(list(value.items())[:-1])
        key = next(iter(value))
        for place, changed in change_everywhere(value[key]):
            yield f"[{key}]{place}", {**value, key: changed}
    elif isinstance(value, Enum):
        yield "", next(other for other in type(value) if other is not value)
    elif isinstance(value, bool):
        yield "", not value
    elif isinstance(value, int | float):
        yield "", value + 1
    elif isinstance(value, str):
        yield "", f"{value}\nmore"


def test_every_field_of_a_document_is_in_its_text() -> None:
    """A change of any field of any part changes the text; the sample has a part of every class of the model."""
    text = write_document(DOCUMENT)
    places = [place for place, changed in change_everywhere(DOCUMENT) if write_document(changed) == text]
    assert places == []
    classes = {name for module in (model, live) for name, value in vars(module).items() if is_dataclass(value)}
    assert {
        name for name in classes - {"DataTable", "DataColumn", "Report"} if f"{name}(" not in repr(DOCUMENT)
    } == set()


def test_every_value_of_a_table_is_in_its_text() -> None:
    """A change of any column or value changes the text, and a number is not a text."""
    text = write_tables((TABLE,))
    broken = ("columns[shorter]", "rows[0][shorter]")  # rows and columns would not have the same number of values
    changes = [(place, changed) for place, changed in change_everywhere(TABLE) if not place.endswith(broken)]
    assert [place for place, changed in changes if write_tables((changed,)) == text] == []
    assert write_tables((replace(TABLE, rows=(("1",),)),)) != write_tables((replace(TABLE, rows=((1,),)),))


def make_workbook(**changes: Any) -> bytes:
    """Return a small workbook."""
    how = {"value": 5, "formula": "=A1*2", "allowed": '"met,partly met"', "test": "A1>3", "state": "visible", **changes}
    book = openpyxl.Workbook()
    sheet = book["Sheet"]
    sheet["A1"], sheet["A2"] = how["value"], how["formula"]
    rule = DataValidation(type="list", formula1=how["allowed"], error="Choose.")
    rule.add("A1:A9")
    sheet.add_data_validation(rule)
    sheet.conditional_formatting.add("A1:A9", Rule(type="expression", formula=[how["test"]]))
    book.create_sheet("Lists").sheet_state = how["state"]
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize(
    "change",
    [{"value": "5"}, {"value": 6}, {"formula": "=A1*3"}, {"allowed": '"met"'}, {"test": "A1>4"}, {"state": "hidden"}],
    ids=repr,
)
def test_every_part_of_a_workbook_is_in_its_text(change: Mapping[str, Any]) -> None:
    """Values with their kind, formulas, lists of allowed values, conditional formats and hidden sheets."""
    text = write_workbook(make_workbook())
    assert text == write_workbook(make_workbook())
    assert text != write_workbook(make_workbook(**change))


def test_texts_show_invisible_signs() -> None:
    """No-break spaces and signs of direction are written as letters, blanks at the end of lines are not."""
    assert describe_file("prix\u00a0:\u202f5 \r\n\u2066R.1\u2069~".encode()) == "prix~:‿5\n\\u2066R.1\\u2069\\~\n"
    assert describe_file(b'{"b": [1, 2]}') == '{\n "b": [\n  1,\n  2\n ]\n}\n'
    assert describe_file(b"\xff\xfe\x00").startswith("3 bytes, ")


def test_the_clock_does_not_move(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A module that reads the clock gets a fixed day; its classes make and test real values as before."""
    package = tmp_path / "made_up_clock"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "reading.py").write_text(
        "from datetime import UTC, date, datetime\n"
        "def read():\n    return date.today(), datetime.now(UTC), isinstance(date(2020, 1, 2), date)\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setenv("TZ", "UTC")
    clock = freeze_clock(package, DAY)
    read = sys.modules["made_up_clock.reading"].read
    assert read() == (DAY, dt.datetime(2026, 12, 1, 9, tzinfo=dt.UTC), True)
    clock.day = dt.date(2029, 7, 2)
    assert read()[0] == dt.date(2029, 7, 2)


def test_a_module_with_a_clock_of_its_own_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else its outputs would change from day to day."""
    package = tmp_path / "made_up_watch"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "reading.py").write_text("import datetime\nNOW = datetime.date.today()\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setenv("TZ", "UTC")
    with pytest.raises(RuntimeError, match=r"reading\.py"):
        freeze_clock(package, DAY)


def test_a_folder_is_scored_once_until_a_file_of_it_changes(tmp_path: Path) -> None:
    """The result is kept for the same files and arguments; arguments that are None do not count."""
    calls: list[str] = []
    score = remember_results(lambda path, **how: calls.append(f"{Path(path).name} {how}"))
    file = tmp_path / "a.xlsx"
    for content, how in ((b"1", {}), (b"1", {"edition": None}), (b"2", {}), (b"2", {"edition": "fatf-2013"})):
        file.write_bytes(content)
        score(file, on_progress=None, **how)
    assert calls == ["a.xlsx {}", "a.xlsx {}", "a.xlsx {'edition': 'fatf-2013'}"]


def test_a_run_leaves_the_examples_as_they_were(tmp_path: Path) -> None:
    """New and changed files are collected, and the next run does not find them."""
    source, place = tmp_path / "source", tmp_path / "copy"
    for name in ("examples/a.txt", "templates/b.txt"):
        (source / name).parent.mkdir(parents=True)
        (source / name).write_text("before")
    copy = ExampleCopy(source, place)
    (place / "examples" / "a.txt").write_text("behind")
    (place / "out").mkdir()
    (place / "out" / "new.txt").write_text("new")
    assert copy.collect() == {"examples/a.txt": b"behind", "out/new.txt": b"new"}
    assert copy.collect() == {}
    assert (place / "examples" / "a.txt").read_text() == "before"
    assert not (place / "out").exists()


def test_what_differs_is_shown_line_by_line() -> None:
    """Outputs that are new or missing differ too, and a long diff is cut where that is asked for."""
    before, after = {"same": "x\n", "word": "one\ntwo\n", "gone": ""}, {"same": "x\n", "word": "one\n2\n", "new": ""}
    differences = dict(compare_texts(before, after))
    assert differences.pop("word").splitlines()[3:] == [" one", "-two", "+2"]
    assert differences == {"gone": "gone: only before\n", "new": "new: only now\n"}
    assert diff_texts("n", "a\n" * 9, "b\n" * 9, most=5).splitlines()[-1] == "… and 16 more lines"


def test_workbooks_of_the_repository_are_compared_cell_by_cell(tmp_path: Path) -> None:
    """Only workbooks whose bytes differ; files that commands left in an example are not compared."""
    for tree, value in (("old", 5), ("new", 6)):
        for name in ("examples/land/a.xlsx", "examples/land/history/b.xlsx", "templates/c.xlsx"):
            path = tmp_path / tree / name
            path.parent.mkdir(parents=True)
            path.write_bytes(make_workbook(value=5 if name.startswith("templates") else value))
    differences = dict(compare_workbooks(tmp_path / "old", tmp_path / "new"))
    assert list(differences) == ["files/examples/land/a.xlsx"]
    assert "-A1 = 5\n+A1 = 6\n" in differences["files/examples/land/a.xlsx"]
    assert dict(compare_workbooks(tmp_path / "old", tmp_path / "new", ["ruritania/*"])) == {}


def test_long_papers_are_whole_in_english_and_a_digest_elsewhere(tmp_path: Path) -> None:
    """Short ones are whole in every language."""
    run = Run(name="land/paper", day=DAY, lines=(), short=("short",), long=("long",))
    for output in run.golden:
        for language in LANGUAGES:
            path = tmp_path / f"land/paper/{output}.{language}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"{output} {language}\n")
    files = make_golden_files((run,), tmp_path)
    texts = {f"land/paper/short.{language}.txt" for language in LANGUAGES} | {"land/paper/long.en.txt"}
    assert set(files) == texts | {"digests.json"}
    assert set(read_digests(files)) == {"land/paper/long.ar.txt", "land/paper/long.fr.txt"}


def test_every_command_has_a_run() -> None:
    """A new command is named in tools/outputs/runs.toml, or above with the reason why not."""
    lines = [line for run in load_runs() for line in run.lines]
    commands = [command for command in list_commands() if command]
    without = {command for command in commands if not any(f"{line} ".startswith(f"{command} ") for line in lines)}
    assert without == set(WITHOUT_RUN)
