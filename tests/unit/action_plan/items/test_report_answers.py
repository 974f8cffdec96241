"""Every answer in last-report.xlsx is taken over into the plan, or reported with its cell."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from fatf_kit.action_plan.item_making import make_action_plan
from fatf_kit.action_plan.items.make import MadePlan, make_plan_items
from fatf_kit.action_plan.items.model import ItemRegister
from fatf_kit.core.isolation import remove_isolation
from fatf_kit.core.messages import Translator
from fatf_kit.core.problems import CellRef, Problem
from fatf_kit.core.resources import data_folder
from fatf_kit.report_text.items import ReportItem
from fatf_kit.report_text.model import ActionList
from fatf_kit.report_text.schema import ACTIONS, ANSWER_KEYS, DEFICIENCIES, ItemState
from fatf_kit.spreadsheets.schema import CellKind
from fatf_kit.workflows.report_in import report_in
from tests.samples import take_sample

TODAY = date(2026, 12, 1)
ANSWERED = [column for column in DEFICIENCIES.columns if column.key in ANSWER_KEYS]
REPORT = data_folder("examples") / "last-report" / "ruritania-2019.txt"
REFS: Mapping[str, CellRef] = {key: CellRef(file="last-report.xlsx", sheet="D", cell=key) for key in ANSWER_KEYS}
ACTION = ReportItem(
    id="RA-001", list=ActionList.RECOMMENDED, units=("IO.7",), page="12", beginning="Judges …", refs=REFS
)
FIRST = ReportItem(
    id="D-001", list=None, units=("R.10",), criteria=("10.2", "10.4"), page="187", beginning="Nobody …", refs=REFS
)
SECOND = replace(FIRST, id="D-002", criteria=("10.2",), page="188", beginning="Fines …")


def make(*rows: ReportItem, register: ItemRegister | None = None, kind: str = "last-report") -> MadePlan:
    """Return the plan that rows of the last report give."""
    return make_plan_items(register or ItemRegister(), kind, report=rows, source="MER-2019.pdf", today=TODAY)


def test_an_answered_deficiency_becomes_an_item_with_its_baseline() -> None:
    """The report, the page and the Recommendation; one without an answer does not, and nothing is reported."""
    made = make(ACTION, replace(FIRST, label="Night counts", owner="Harbour office", done="A lamp"), SECOND)
    assert not made.problems
    assert [
        (one.origin, one.title, one.report, one.place, one.units, one.lead, one.note) for one in made.register.items
    ] == [
        ("RA-001", "Judges …", "MER-2019.pdf", "12", ("IO.7",), "", ""),
        ("D-001", "Night counts", "MER-2019.pdf", "187", ("R.10",), "Harbour office", "A lamp"),
    ]


def test_a_deficiency_of_a_criterion_with_an_item_is_evidence_of_it() -> None:
    """With all that was written; without evidence it is an item of its own."""
    first = replace(FIRST, label="Night counts", evidence="Decree 7")
    second = replace(SECOND, label="Fines", owner="Court", done="Raised\ntwice", evidence="Act 9", state=ItemState.DONE)
    made = make(first, second)
    assert [one.origin for one in made.register.items] == ["D-001"]
    assert [(one.item, one.what, one.note) for one in made.register.evidence] == [
        ("PI-01", "Decree 7", ""),
        ("PI-01", "Act 9", "D-002; Fines; Court; Raised; twice"),
    ]
    assert [(one.what, one.items, str(one.status)) for one in made.register.work] == [("Fines", ("PI-01",), "done")]
    assert make(first, second, register=made.register).register == made.register
    apart = make(first, replace(second, evidence=""))
    assert [one.origin for one in apart.register.items] == ["D-001", "D-002"]
    other = replace(second, units=("R.11",))
    assert [one.origin for one in make(first, other).register.items] == ["D-001", "D-002"]


@pytest.mark.parametrize("state", list(ItemState))
def test_a_status_is_that_of_the_work_for_an_item(state: ItemState) -> None:
    """With its owner and evidence."""
    (work,) = make(replace(ACTION, owner="Court", evidence="Act 9", state=state)).register.work
    assert (work.id, work.what, work.items, work.owner, work.evidence) == (
        "W-01",
        "Judges …",
        ("PI-01",),
        "Court",
        "Act 9",
    )
    assert str(work.status) == str(state)


def test_answers_that_came_later_are_taken_over() -> None:
    """Into what is open; an entry of the plan that differs stays, and the cell is reported."""
    empty = make(ACTION).register
    answered = replace(ACTION, label="Judges", owner="Court", done="Two", evidence="Act 9", state=ItemState.UNDER_WAY)
    made = make(answered, register=empty)
    (item,) = made.register.items
    assert (item.label, item.lead, item.note) == ("Judges", "Court", "Two")
    assert (len(made.register.evidence), len(made.register.work), made.problems) == (1, 1, ())
    changed = replace(answered, label="Other", owner="Police", done="No", state=ItemState.DONE)
    again = make(replace(changed, label="Judges"), register=made.register)
    assert again.register == made.register
    assert [(one.code, one.ref and one.ref.cell) for one in again.problems] == [
        ("report-answer-kept", "owner"),
        ("report-answer-kept", "done"),
        ("report-answer-kept", "state"),
    ]
    assert [one.ref and one.ref.cell for one in make(changed, register=made.register).problems][:1] == ["label"]


def test_an_answer_outside_of_the_plan_is_reported() -> None:
    """The roadmap has no deficiencies and no ordinary actions; those that are items already are no problem."""
    answered = (replace(ACTION, label="Judges"), replace(FIRST, done="A lamp"), SECOND)
    made = make(*answered, kind="key-actions")
    assert not made.register.items
    assert [(one.code, one.requirement, one.ref and one.ref.cell) for one in made.problems] == [
        ("report-answer-unused", "RA-001", "label"),
        ("report-answer-unused", "D-001", "done"),
    ]
    before = make(*answered).register
    assert make(*answered, register=before, kind="key-actions").problems == ()


def _fill(sheet: Worksheet, headings: Mapping[str, str], states: Mapping[str, str], name: str) -> Iterator[str]:
    """Fill every open cell of a sheet with a word of its own, and give the words; the status is one of the list."""
    head = next(row for row in sheet.iter_rows() if {cell.value for cell in row} >= set(headings.values()))
    columns = {key: cell.column for key, text in headings.items() for cell in head if cell.value == text}
    for place, row in enumerate(range((head[0].row or 0) + 1, sheet.max_row + 1), start=1):
        if not re.fullmatch(r"(?:RA|D)-\d{3}", str(sheet.cell(row, 1).value)):
            continue
        for key, column in columns.items():
            word = list(states.values())[place % 3] if key == "state" else f"{name}{key}{place}"
            sheet.cell(row, column).value = word
            yield word


def _plain(text: object) -> str:
    return remove_isolation(str(text))


@pytest.mark.full(keep_every=3)
@pytest.mark.parametrize("language", take_sample(["en", "ar", "fr"], ["ar"]))
def test_a_workbook_filled_in_a_language_is_read_back_whole(language: str, tmp_path: Path) -> None:
    """Each word in each open cell is in action-plan.xlsx afterwards, or in a problem; no column is without a reader."""
    source = data_folder("examples") / "ruritania" / ("" if language == "en" else language)
    ignored = shutil.ignore_patterns("workbook", "libreoffice", "responses", "statistics", "mock", "ar", "fr")
    folder = Path(shutil.copytree(source, tmp_path / "ruritania", ignore=ignored))
    report_in(REPORT, folder, language=language)
    file = folder / "last-report.xlsx"
    book = openpyxl.load_workbook(file)
    t = Translator(language)
    states = {str(state): t(state) for state in ItemState}
    words: list[str] = []
    rows = 0
    for table, name in ((ACTIONS, "a"), (DEFICIENCIES, "d")):
        opened = [column for column in table.columns if column.kind not in (CellKind.PRINTED, CellKind.ID)]
        assert tuple(column.key for column in opened) == ANSWER_KEYS
        headings = {column.key: column.heading_in(language) for column in opened}
        sheet = book[t("Recommended actions") if table is ACTIONS else t("Deficiencies")]
        words += _fill(sheet, headings, states, name)
        rows = len(words)
    assert rows > 8 * len(ANSWER_KEYS) - 1
    book.save(file)
    made = make_action_plan(folder, "last-report", today=TODAY)
    assert made.path is not None
    plan = openpyxl.load_workbook(made.path)
    cells = " ".join(_plain(cell.value) for sheet in plan for row in sheet for cell in row if cell.value)
    reported = " ".join(problem.text for problem in made.problems if isinstance(problem, Problem))
    assert [word for word in words if word not in cells and word not in reported] == []
    assert {one.report for one in made.made.register.items} == {"ruritania-2019.txt"}
    assert len(made.made.register.work) == len([word for word in words if word in states.values()])
    again = make_action_plan(folder, "last-report", today=TODAY, moment="2026-12-01T10:00:00+00:00")
    assert (again.made.added, again.made.problems) == ((), ())
    assert len(again.made.register.work) == len(made.made.register.work)
    assert len(again.made.register.evidence) == len(made.made.register.evidence)


TABLE = """Criterion 1.1 - Harbours are counted.
Recommended Actions
Immediate Outcome 6
a) The harbour office should count all ships that arrive by night (R.29).
b) The harbour office should train its keepers.
Recommendation Rating Factors
""" + "".join(
    f"{number}. Harbours PC\n\u2022 Nobody counts the boats of the night (c.{number}.1).\n"
    f"\u2022 The fines of the harbour are too low (c.{number}.1).\n"
    for number in range(1, 7)
)
FILLED = {"RA-001": ("", "", "under way", "", ""), "D-001": ("Night", "Court", "done", "Counted", "Act 9"),
          "D-002": ("Fines", "", "", "Raised", "Decree 7"), "D-003": ("", "", "", "Begun", "")}  # fmt: skip


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """An assessment folder without a plan."""
    ignored = shutil.ignore_patterns("workbook", "libreoffice", "responses", "statistics", "mock", "ar", "fr")
    return Path(shutil.copytree(data_folder("examples") / "ruritania", tmp_path / "ruritania", ignore=ignored))


@pytest.mark.full
@pytest.mark.parametrize("language", take_sample(["en", "ar", "fr"], ["fr"]))
def test_each_answer_of_a_filled_workbook_has_its_place(language: str, fresh: Path) -> None:
    """Items with the baseline of their deficiency, evidence of the item of the same criterion, and the status of work.

    A plan that has no place for an answer reports the first cell of its row.
    """
    (fresh / "report.txt").write_text(TABLE, encoding="utf-8")
    report_in(fresh / "report.txt", fresh, language=language)
    file, t = fresh / "last-report.xlsx", Translator(language)
    book = openpyxl.load_workbook(file)
    cells: dict[str, str] = {}
    for sheet in (book[t("Recommended actions")], book[t("Deficiencies")]):
        head = next(row for row in sheet.iter_rows() if t("Status") in {cell.value for cell in row})
        columns = [cell.column for cell in head if cell.value in {column.heading_in(language) for column in ANSWERED}]
        for row in sheet.iter_rows(min_row=(head[0].row or 0) + 1):
            for column, answer in zip(columns, FILLED.get(str(row[0].value), ()), strict=False):
                if answer:
                    row[column - 1].value = t(answer) if answer in set(ItemState) else answer
                    cells.setdefault(str(row[0].value), row[column - 1].coordinate)
    book.save(file)
    unused = make_action_plan(fresh, "key-actions", today=TODAY).problems
    assert {(one.requirement, one.ref and one.ref.cell) for one in unused if one.code == "report-answer-unused"} == set(
        cells.items()
    )
    made = make_action_plan(fresh, "last-report", today=TODAY, moment="2026-12-01T10:00:00+00:00")
    assert made.problems == ()
    register = made.made.register
    items = [(item.origin, item.report, item.units, item.lead, item.note) for item in register.items]
    assert items == [
        ("RA-001", "report.txt", ("IO.6", "R.29"), "", ""),
        ("RA-002", "report.txt", ("IO.6",), "", ""),
        ("D-001", "report.txt", ("R.1",), "Court", "Counted"),
        ("D-003", "report.txt", ("R.2",), "", "Begun"),
    ]
    first = next(item.id for item in register.items if item.origin == "D-001")
    assert [(one.item, one.what, one.note) for one in register.evidence] == [
        (first, "Act 9", ""),
        (first, "Decree 7", "D-002; Fines; Raised"),
    ]
    assert [(str(one.status), one.owner) for one in register.work] == [("under way", ""), ("done", "Court")]
