"""Agencies that support others: a lighter sheet, answers without a rating, and what becomes of both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from fatf_kit.assessment.answers.conflicts import coverage_by_agency, resolve_conflicts
from fatf_kit.assessment.answers.evidence import collect_evidence_facts
from fatf_kit.assessment.answers.folder_answers import read_assessment
from fatf_kit.assessment.answers.model import Answer, Confidentiality, ResponseSet
from fatf_kit.assessment.answers.parse import parse_workbook
from fatf_kit.assessment.answers.returns import list_agency_responses
from fatf_kit.assessment.folder.agency_templates import build_agency_layout
from fatf_kit.assessment.folder.assignment import list_assigned, propose_duties
from fatf_kit.assessment.folder.model import Agency, AssessmentSettings, Assignment, Duty, Workspace
from fatf_kit.assessment.workbook.layout import build_layout
from fatf_kit.assessment.workbook.model import RawWorkbook
from fatf_kit.assessment.workbook.reader import read_workbook
from fatf_kit.assessment.workbook.template import write_template
from fatf_kit.core.ratings import Achievement, CriterionRating
from fatf_kit.framework import load_framework
from fatf_kit.scoring.assessor import assess
from fatf_kit.scoring.model import CriterionResult
from fatf_kit.scoring.policy import load_policy
from fatf_kit.spreadsheets.sheet import CellValue
from tests.rows import row_ref

EDITION = load_framework("fatf-2022")
TEN = {
    "cbi": "central_bank mvts_supervisor vasp_supervisor insurance_supervisor",
    "amlo": "fiu coordination sanctions_authority statistics_office",
    "isc": "securities_supervisor",
    "moi": "interior_ministry police",
    "justice": "justice_ministry dnfbp_supervisor self_regulatory_body trust_authority prosecution courts",
    "mof": "finance_ministry tax asset_management",
    "customs": "customs export_control",
    "integrity": "anti_corruption data_protection",
    "council": "npo_regulator company_registry",
    "security": "security_service foreign_affairs",
}
"""Ten agencies with the roles of all 28, as in a folder for Iraq."""


def make_ten_agencies(folder: Path) -> Workspace:
    """Return a folder of ten agencies whose assignment follows their roles."""
    agencies = tuple(Agency(id=name, names={"en": name}, roles=tuple(roles.split())) for name, roles in TEN.items())
    duties = propose_duties(EDITION, agencies)
    settings = AssessmentSettings(country="IRQ", edition="fatf-2022")
    return Workspace(path=folder, settings=settings, agencies=agencies, assignment=Assignment(duties=duties))


def test_ten_agencies_have_few_ratings_to_give(tmp_path: Path) -> None:
    """At most 1,500 rows with a rating, of which those of supporting agencies are left blank where they agree."""
    workspace = make_ten_agencies(tmp_path)
    layouts = [build_agency_layout(workspace, agency, "en") for agency in workspace.agencies]
    sheets = [sheet for layout in layouts if layout for sheet in layout.sheets]
    rated = [(sheet.is_support, row) for sheet in sheets for row in sheet.rows if row.scale]
    assert len(rated) <= 1_500
    assert sum(not is_support for is_support, _ in rated) <= 750
    tops = {row.requirement for is_support, row in rated if not is_support and row.depth == 0}
    assert tops >= {top.id for top in list_assigned(EDITION) if workspace.assignment.duty(top.id).lead}


def test_a_supporting_agency_gets_no_rows_for_parts(tmp_path: Path) -> None:
    """Its rows say who leads; an earlier answer that needs more columns keeps all of them."""
    workspace = make_ten_agencies(tmp_path)
    duty = workspace.assignment.duty("R.8/8.1")
    assert (duty.lead, "security" in duty.supporting) == ("council", True)
    layout = build_agency_layout(workspace, workspace.by_id["security"], "en")
    assert layout is not None
    (sheet,) = [one for one in layout.sheets if one.unit == "R.8" and one.is_support]
    assert (sheet.title, sheet.is_support, sheet.rows[0].duty) == (
        "Supporting",
        True,
        "Your agency supports. Lead agency: council.",
    )
    assert all("(" not in row.requirement for row in sheet.rows)
    earlier = {"R.8/8.1(a)": {"rating": "met"}, "R.8/8.3": {"missing": "A list"}, "R.8/8.2": {"explanation": "Known"}}
    again = build_agency_layout(workspace, workspace.by_id["security"], "en", extra=earlier)
    assert again is not None
    full = next(one for one in again.sheets if one.title == "R.8")
    assert {"R.8/8.1", "R.8/8.1(a)", "R.8/8.3"} <= {row.requirement for row in full.rows}
    assert "R.8/8.2" not in {row.requirement for row in full.rows}


@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
def test_support_of_all_units_is_on_one_sheet(tmp_path: Path) -> None:
    """A heading above the rows of each unit; contents and summary lead there; each row is read with its cell."""
    path = tmp_path / "a.xlsx"
    supported = ("R.2/2.2", "R.2/2.4", "IO.6/6.1")
    answers = {"R.2/2.4": {"explanation": "Yes"}, "IO.6/6.1": {"rating": "some"}}
    write_template(build_layout(EDITION, only=["R.8"], supported=supported, agency="police"), path, prefill=answers)
    book = openpyxl.load_workbook(path)
    assert [name for name in book.sheetnames if name == "Supporting"] == ["Supporting"]
    sheet = book["Supporting"]
    assert [cell.value for cell in sheet["A"]][2:] == ["R.2", "R.2/2.2", "R.2/2.4", "IO.6", "IO.6/6.1"]
    assert all(cell.protection.locked for row in (3, 6) for cell in sheet[row])
    listed = [row for row in book["Contents"].iter_rows(values_only=True) if row[1] == "Supporting"]
    assert [row[3] for row in listed] == [3]
    links = [cell.hyperlink.location for row in book["Summary"].iter_rows() for cell in row if cell.hyperlink]
    assert "'Supporting'!A6" in links
    book.close()
    raw, problems = read_workbook(path)
    assert raw is not None
    assert (problems, [row.id for row in raw.rows]) == ((), ["R.2/2.4", "IO.6/6.1"])


def fill(path: Path, answers: Mapping[str, Mapping[str, CellValue]]) -> RawWorkbook:
    """Return a workbook with two led and three supported core issues, filled and read back without a problem."""
    supported = ("IO.6/6.1", "IO.6/6.2", "IO.6/6.3")
    layout = build_layout(EDITION, only=["R.2", "IO.6"], supported=supported, agency="police")
    write_template(layout, path, prefill=answers)
    raw, problems = read_workbook(path)
    assert problems == ()
    assert raw is not None
    return raw


def test_rows_of_supporting_agencies_are_read(tmp_path: Path) -> None:
    """Words, evidence, a tick or a rating; none of them lacks a rating."""
    raw = fill(
        tmp_path / "a.xlsx",
        {
            "R.2/2.1": {"rating": "met"},
            "IO.6/6.1": {"explanation": "Two cases", "citation": "Police Act 2001, art. 5", "evidence": "P-1"},
            "IO.6/6.2": {"nothing_to_add": "yes"},
            "IO.6/6.3": {"rating": "some", "confidentiality": "restricted"},
        },
    )
    responses, problems = parse_workbook(raw, EDITION)
    assert [problem.code for problem in problems] == ["evidence-unknown"]
    found = {answer.requirement: answer for answer in responses.answers}
    assert found["IO.6/6.1"].citation == "Police Act 2001, art. 5"
    assert (found["IO.6/6.2"].has_nothing_to_add, found["IO.6/6.2"].says_nothing) == (True, True)
    assert found["IO.6/6.3"].rating is Achievement.SOME
    assert found["IO.6/6.3"].confidentiality is Confidentiality.RESTRICTED


@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
@pytest.mark.parametrize(
    ("typed", "is_ticked"), [("✓", True), ("x", True), ("نعم", True), (True, True), ("no", False), ("perhaps", None)]
)
def test_ticks_as_people_make_them(tmp_path: Path, typed: str | bool, is_ticked: bool | None) -> None:
    """Anything but yes and no is reported with its cell."""
    path = tmp_path / "a.xlsx"
    fill(path, {})
    book = openpyxl.load_workbook(path)
    sheet = book["Supporting"]
    column = next(cell.column for cell in sheet[2] if cell.value == "nothing_to_add")
    sheet.cell(4, column or 0).value = typed
    book.save(path)
    raw, _ = read_workbook(path)
    assert raw is not None
    responses, problems = parse_workbook(raw, EDITION)
    assert [answer.has_nothing_to_add for answer in responses.answers] == [bool(is_ticked)]
    assert [problem.code for problem in problems] == (["choice-unknown"] if is_ticked is None else [])


MET, PARTLY = CriterionRating.MET, CriterionRating.PARTLY_MET
LED = Assignment(duties={"R.8/8.1": Duty(requirement="R.8/8.1", lead="npo", supporting=("fiu", "tax"))})


def say(agency: str, rating: CriterionRating | None, requirement: str = "R.8/8.1", **words: Any) -> Answer:
    """Return the answer of one agency."""
    row = row_ref(f"{agency}.xlsx")
    return Answer(requirement=requirement, rating=rating, agency=agency, source=agency, row=row, **words)


def assess_one(responses: ResponseSet) -> CriterionResult:
    """Return the result for R.8/8.1."""
    results = assess(EDITION, responses, load_policy()).requirements
    return next(one for one in results if isinstance(one, CriterionResult) and one.id == "R.8/8.1")


def test_a_blank_rating_of_a_supporting_agency_changes_nothing() -> None:
    """Its words and what it cites count with the lead's answer; no conflict, and nothing is lowered."""
    words = say("fiu", None, explanation="Seen in two cases", citation="AML Act 2019, art. 4")
    silent = say("tax", None, has_nothing_to_add=True)
    found = resolve_conflicts(EDITION, [silent, words, say("npo", MET)], LED)
    (used,) = found.answers
    assert (used.agency, used.rating, used.lowest, found.conflicts) == ("npo", MET, None, ())
    assert [one.is_supporting for one in used.agency_answers] == [False, True, True]
    responses = ResponseSet(edition="fatf-2022", answers=found.answers)
    facts = collect_evidence_facts(responses, core_issues={})
    assert [one.label for one in facts.instruments["R.8/8.1"]] == ["AML Act 2019, art. 4"]
    result = assess_one(responses)
    assert result.agencies == ("npo", "fiu")


def test_a_supporting_agency_has_answered_when_anything_is_filled_in() -> None:
    """A leading one only when it rates."""
    given = [say("fiu", None, explanation="Known"), say("tax", None, has_nothing_to_add=True), say("npo", None)]
    found = resolve_conflicts(EDITION, given, LED)
    responses = ResponseSet(edition="fatf-2022", answers=found.answers)
    asked = dict.fromkeys(("npo", "fiu", "tax"), ("R.8/8.1",))
    states = {one.agency: len(one.answered) for one in list_agency_responses(asked, responses)}
    assert states == {"npo": 0, "fiu": 1, "tax": 1}
    assert {one.agency: one.answered for one in coverage_by_agency(EDITION, LED, given)} == states
    assert found.answers[0].explanation == "Known"


def test_the_lead_is_not_replaced_where_it_rates_part_by_part() -> None:
    """The rating of a supporting agency is a conflict and may lower the worst case."""
    parts = [say("npo", MET, f"R.8/8.1({letter})") for letter in "abc"]
    found = resolve_conflicts(EDITION, [*parts, say("fiu", PARTLY)], LED)
    whole = next(answer for answer in found.answers if answer.requirement == "R.8/8.1")
    assert (whole.rating, whole.lowest) == (None, PARTLY)
    assert [problem.code for problem in found.problems] == ["answers-conflict"]
    responses = ResponseSet(edition="fatf-2022", answers=found.answers)
    result = assess_one(responses)
    assert (result.claimed.rating, result.conflict) == (MET, True)
    assert result.shown.worst is not MET


def test_a_missing_rating_is_reported_to_the_lead_only(tmp_path: Path) -> None:
    """Also where a supporting agency filled in a workbook with every column."""
    workspace = replace(make_ten_agencies(tmp_path), path=tmp_path)
    (tmp_path / "responses").mkdir()
    layout = build_layout(EDITION, only=["R.8"], agency="mof")
    write_template(layout, tmp_path / "responses" / "mof.xlsx", prefill={"R.8/8.1": {"explanation": "Known"}})
    layout = build_layout(EDITION, only=["R.8"], agency="council")
    write_template(layout, tmp_path / "responses" / "council.xlsx", prefill={"R.8/8.2": {"explanation": "Known"}})
    found = read_assessment(workspace)
    assert [(p.requirement, p.ref and p.ref.file) for p in found.problems if p.code == "rating-missing"] == [
        ("R.8/8.2", "council.xlsx")
    ]
