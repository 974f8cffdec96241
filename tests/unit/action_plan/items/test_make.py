"""A plan is begun from the last report, and open items move to the next plan with their numbers."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from fatf_kit.action_plan.item_making import make_action_plan
from fatf_kit.action_plan.items.book import render_items
from fatf_kit.action_plan.items.make import MadePlan, make_plan_items
from fatf_kit.action_plan.items.model import CycleRecord, ItemRegister, PlanItem
from fatf_kit.action_plan.review import review_items
from fatf_kit.core.errors import FatfKitError, UnknownIdError
from fatf_kit.core.json_files import check_json, make_json_value
from fatf_kit.core.messages import Translator
from fatf_kit.core.resources import data_folder
from fatf_kit.report_text.items import ReportItem
from fatf_kit.report_text.model import ActionList
from fatf_kit.workflows.action_papers import action_plan_report
from fatf_kit.workflows.report_in import report_in
from tests.unit.action_plan.items.registers import REGISTER

TODAY = date(2026, 11, 29)
ACTIONS = (
    ReportItem(id="RA-001", list=ActionList.RECOMMENDED, units=("IO.7",), page="12", beginning="The police should …"),
    ReportItem(
        id="RA-002", list=ActionList.KEY, units=("R.24",), page="", beginning="x", label="Owners", owner="Registry"
    ),
)


def _make(register: ItemRegister, kind: str, report: Sequence[ReportItem] = ACTIONS) -> MadePlan:
    return make_plan_items(register, kind, report=report, source="last-report.xlsx", today=TODAY)


def test_recommended_actions_become_items_once() -> None:
    """A roadmap has the key actions only; what is there already is not added again."""
    made = _make(ItemRegister(), "observation")
    assert [(one.id, one.title, one.origin, one.place, one.lead) for one in made.register.items] == [
        ("PI-01", "The police should …", "RA-001", "12", ""),
        ("PI-02", "Owners", "RA-002", "", "Registry"),
    ]
    assert [one.id for one in made.register.cycles] == ["2027-02", "2027-06", "2027-10", "2028-02"]
    again = _make(made.register, "observation")
    assert again.register == made.register
    keys = _make(ItemRegister(), "key-actions")
    assert keys.added == ("PI-01",)
    assert keys.register.items[0].origin == "RA-002"


def test_open_items_move_to_the_icrg_plan() -> None:
    """An item that was decided as done stays behind, and numbers stay."""
    items = tuple(PlanItem(id=f"PI-0{n}", label="x", plans=("observation",)) for n in (1, 2, 3))
    records = (
        CycleRecord(id="1", item="PI-01", cycle="2027-02", plan="observation", decided="largely addressed"),
        CycleRecord(id="2", item="PI-02", cycle="2027-02", plan="observation", decided="partly addressed"),
    )
    register = ItemRegister(items=items, records=records, cycles=REGISTER.cycles)
    made = make_plan_items(register, "icrg", today=TODAY)
    assert made.moved == ("PI-02", "PI-03")
    assert made.register.by_id["PI-02"].plans == ("observation", "icrg")
    assert made.register.by_id["PI-01"].plans == ("observation",)
    assert made.register.records == records
    assert made.register.cycles == REGISTER.cycles


def test_plans_follow_each_other() -> None:
    """The table of docs/after-the-assessment.md: the items of the last report become those of the next plans."""
    first = _make(ItemRegister(), "last-report")
    assert (first.added, first.moved) == (("PI-01", "PI-02"), ())
    second = _make(first.register, "observation")
    assert (second.added, second.moved) == ((), ("PI-01", "PI-02"))
    record = CycleRecord(id="1", item="PI-01", cycle="2027-02", plan="observation", decided="addressed")
    third = _make(replace(second.register, records=(record,)), "icrg")
    assert (third.added, third.moved) == ((), ("PI-02",))
    assert [one.plans for one in third.register.items] == [
        ("last-report", "observation"),
        ("last-report", "observation", "icrg"),
    ]
    assert _make(third.register, "icrg").moved == ()


def test_the_roadmap_has_the_key_actions_of_the_last_report() -> None:
    """A country that is listed after its roadmap takes over the items of the roadmap only."""
    first = _make(ItemRegister(), "last-report")
    roadmap = _make(first.register, "key-actions")
    assert (roadmap.added, roadmap.moved) == ((), ("PI-02",))
    assert _make(roadmap.register, "icrg").moved == ("PI-02",)
    assert _make(roadmap.register, "icrg").added == ()
    assert _make(first.register, "icrg").moved == ("PI-01", "PI-02")


def test_evidence_of_the_last_report_is_kept() -> None:
    """The text typed next to a recommended action is a document, handed in with the next report."""
    report = (ACTIONS[0], replace(ACTIONS[1], evidence="Decree 7\nManual"))
    made = _make(ItemRegister(), "last-report", report)
    assert [(one.item, one.kind, one.what, one.cycle, one.annex) for one in made.register.evidence] == [
        ("PI-02", "document", "Decree 7; Manual", "2027-02", 1)
    ]
    again = _make(made.register, "observation", report)
    assert again.register.evidence == made.register.evidence


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Ruritania's folder without what these tests do not read."""
    source = data_folder("examples") / "ruritania"
    ignored = shutil.ignore_patterns("workbook", "libreoffice", "responses", "statistics", "mock", "ar", "fr")
    return Path(shutil.copytree(source, tmp_path / "ruritania", ignore=ignored))


def test_from_the_last_report_to_a_plan(folder: Path) -> None:
    """The made-up report of 2019 is read in, and its recommended actions are the items of the plan."""
    report_in(data_folder("examples") / "last-report" / "ruritania-2019.txt", folder)
    made = make_action_plan(folder, "observation", today=TODAY)
    assert made.path == folder / "action-plan.xlsx"
    assert len(made.made.added) == 4
    assert check_json(make_json_value(made.payload), "action-plan-made-1.schema.json", "made") == ()
    review = review_items(folder, today=TODAY)
    assert [one.origin for one in review.register.items] == ["RA-001", "RA-002", "RA-003", "RA-004"]
    assert review.plans == ("observation",)
    again = make_action_plan(folder, "icrg", today=TODAY, moment="2026-11-29T10:00:00+00:00")
    assert again.made.moved == tuple(one.id for one in review.register.items)
    assert [path.name for path in (folder / "history").iterdir()] == ["2026-11-29 10-00-00Z action-plan.xlsx"]
    review = review_items(folder, today=TODAY)
    assert review.plans == ("observation", "icrg")
    with pytest.raises(FatfKitError, match="Several plans have items"):
        action_plan_report(review, generated_at="2026-11-29")
    with pytest.raises(UnknownIdError, match="is not a cycle"):
        review.cycle("2031-02")


def test_a_workbook_with_cells_that_would_be_lost_is_not_written(folder: Path) -> None:
    """The problem says why, and the file stays as it is."""
    make_action_plan(folder, "icrg", today=TODAY)
    file = folder / "action-plan.xlsx"
    book = openpyxl.load_workbook(file)
    book["Items"]["A5"] = "An item of ours"
    assert _find_losses(book, file) == {"item-unnumbered", "plan-items-kept"}


def test_an_address_behind_a_text_is_not_lost(folder: Path) -> None:
    """A file name with a link keeps the workbook as it is."""
    (folder / "action-plan.xlsx").write_bytes(render_items(REGISTER, Translator("en")))
    file = folder / "action-plan.xlsx"
    book = openpyxl.load_workbook(file)
    cell = next(one for row in book["Evidence"].iter_rows() for one in row if one.value == "l.pdf")
    cell.hyperlink = "https://example.org/annexes/1"
    assert {"cell-link", "plan-items-kept"} <= _find_losses(book, file)


def _find_losses(book: openpyxl.Workbook, file: Path) -> set[str]:
    """The problems because of which a changed workbook stays as it is."""
    book.save(file)
    before = file.read_bytes()
    made = make_action_plan(file.parent, "icrg", today=TODAY)
    assert made.path is None
    assert file.read_bytes() == before
    return {one.code for one in made.problems}


def test_kinds_are_known(folder: Path) -> None:
    """A kind that does not exist is refused with those that do."""
    with pytest.raises(UnknownIdError, match="last-report, observation, icrg, key-actions"):
        make_action_plan(folder, "grey")
