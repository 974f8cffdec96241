"""After the report: what to re-rate first, requests that assessors can check, and what may go down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from fatf_kit import follow_up, progress, published_plan
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.languages import LANGUAGES
from fatf_kit.core.ratings import ComplianceRating
from fatf_kit.follow_up_report.re_ratings import FollowUpAnswers, build_follow_up_case, find_open_units
from fatf_kit.follow_up_report.schema import CRITERIA, PASTED, REQUESTS
from fatf_kit.outlook import load_rules
from fatf_kit.outlook.model import FollowUp as Kind
from fatf_kit.published import find_report
from fatf_kit.report.formats.docx import render_docx
from fatf_kit.report.formats.html import render_document
from fatf_kit.report.model import DocumentTable
from fatf_kit.spreadsheets.schema import SheetTable as TableSchema
from fatf_kit.texts.lists import split_pasted_items

TODAY = date(2026, 11, 24)


HALF: dict[str, str | date] = {"addressed": "addressed", "changed": "The act now says so."}
FULL: dict[str, str | date] = {**HALF, "citation": "Act 7 of 2025, art. 4", "since": date(2025, 6, 1)}
FACTORS = "• No duty in law (c.{criterion})\n• Sanctions too low"


def _filled(
    tmp_path: Path,
    language: str = "en",
    *,
    answers: Sequence[Mapping[str, str | date]] = (FULL, HALF),
    factors: str = FACTORS,
) -> Path:
    """A workbook on Iraq in which its worst Recommendation is asked for, with some of its first criteria answered."""
    path = tmp_path / "follow-up.xlsx"
    case = follow_up("IRQ")
    path.write_bytes(case.workbook(language))
    book = openpyxl.load_workbook(path)
    unit = case.case.open_units[0]
    paste, requests, criteria = book.worksheets[1:4]
    row = next(row for row in range(3, 60) if requests.cell(row, 1).value == unit)
    requests.cell(row, _at(REQUESTS, "requested"), "LC")
    rows = [row for row in range(3, 400) if str(criteria.cell(row, 1).value or "").startswith(f"{unit}/")]
    for row, answer in zip(rows, answers, strict=False):
        for key, value in answer.items():
            criteria.cell(row, _at(CRITERIA, key), value)
    paste.cell(3, 1, f"{unit.partition('.')[2]}. Title as in the report")
    paste.cell(3, 3, factors.format(criterion=str(criteria.cell(rows[0], 1).value).partition("/")[2]))
    book.save(path)
    return path


def _at(table: TableSchema, key: str) -> int:
    return list(table.by_key).index(key) + 1


def test_iraq_from_its_2024_report() -> None:
    """Held by outcomes; it is said which re-ratings come first for the lines that count Recommendations."""
    case = follow_up("IRQ").case
    assert case.report.label == "MER 2024-05"
    assert case.outlook.follow_up is Kind.ENHANCED
    assert not case.ways[-1].reachable
    assert set(case.ways[-1].held_by) == {"E4-3", "I4-3"}
    assert case.technical.reachable
    assert case.technical.steps is not None
    assert case.technical.steps > 0
    assert set(case.often) <= set(case.open_units)
    page = render_document(follow_up("IRQ").document(today=TODAY)).decode()
    assert "R.5" in page


def test_korea_moved_to_regular_in_2024() -> None:
    """Its reports in order: the last re-ratings brought it to regular follow-up."""
    found = follow_up("Korea", report="latest").case
    assert found.outlook.follow_up is Kind.REGULAR
    assert [one.label for one, _ in found.history] == sorted(
        (one.label for one, _ in found.history), key=lambda label: label.rpartition(" ")[2]
    )
    assert any(changes for _, changes in found.history[1:])


def test_what_would_be_assessed_anew() -> None:
    """Only ratings that can fall, each with criteria that the edition after the report's has new or changed."""
    found = follow_up("Korea").case.anew
    assert found
    assert all(str(one.rating) != "NC" and (one.new or one.changed) for one in found)
    assert "R.24" in {one.unit for one in found}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_filled_workbook_becomes_the_report(language: str, tmp_path: Path) -> None:
    """The report's table, requests and answers come back, and what assessors could not check is named."""
    read = follow_up(workbook=_filled(tmp_path, language))
    request = read.case.requests[0]
    assert read.problems == ()
    assert (read.case.report.label, str(request.after)) == ("MER 2024-05", "LC")
    assert len(read.case.shortcomings[request.unit]) == 2
    assert [answer.is_ready for answer in request.answers] == [True, False]
    assert request.not_ready == (request.answers[1].requirement,)
    document = read.document(today=TODAY, language=language)
    page = render_document(document).decode()
    assert "Act 7 of 2025, art. 4" in page
    assert "Sanctions too low" in page
    assert render_docx(document)


def test_granted_re_ratings_change_the_outlook() -> None:
    """With every request granted no line that counts Recommendations holds any more; those of outcomes stay."""
    report = find_report("IRQ", "MER")
    asked = dict.fromkeys(find_open_units(report), ComplianceRating.LC)
    found = build_follow_up_case(report, (), load_rules(report.edition), FollowUpAnswers(requests=asked))
    assert {result.line.id for result in found.granted.lines if result.holds} == {"E4-3", "I4-3"}
    assert len(asked) == len(found.requests)


def test_factors_are_split_at_lines_and_bullets() -> None:
    """Tables of reports come with bullets of many kinds."""
    assert split_pasted_items("• One\n▪ Two ● Three (c.1.2)\n") == ("One", "Two", "Three (c.1.2)")
    assert split_pasted_items(" \n• ") == ()


def test_a_rating_that_is_none_is_a_problem(tmp_path: Path) -> None:
    """A value outside the list is named with its cell and not used."""
    path = _filled(tmp_path)
    book = openpyxl.load_workbook(path)
    book.worksheets[2].cell(row=4, column=_at(REQUESTS, "requested"), value="better")
    book.worksheets[1].cell(row=4, column=_at(PASTED, "pasted_unit"), value="Notes")
    book.save(path)
    assert [problem.code for problem in follow_up(workbook=path).problems] == ["choice-unknown"]


def test_nothing_named_is_refused() -> None:
    """Neither a jurisdiction nor a workbook."""
    with pytest.raises(FatfKitError, match="jurisdiction"):
        follow_up()


def test_skeleton_of_a_plan_from_iraqs_report(tmp_path: Path) -> None:
    """An action for each low unit; it reads back, and with all of them done no line holds any more."""
    planned = published_plan("IRQ", start=date(2026, 1, 4), target="regular")
    plan = planned.plan
    low = {
        unit for unit, rating in find_report("IRQ", "MER").ratings.items() if str(rating) in ("NC", "PC", "LE", "ME")
    }
    assert low == {unit for action in plan.actions for unit in action.units}
    assert plan.way is not None
    assert plan.way.reached
    assert "IO" in " ".join(a.units[0] for a in plan.actions if a.id in plan.way.actions)
    assert any(action.key for action in plan.actions)
    kinds = {action.units[0]: action.kind for action in plan.actions}
    assert (kinds["R.5"], kinds["R.36"], kinds["R.8"]) == ("law", "treaty", "regulation")
    path = tmp_path / "plan.xlsx"
    path.write_bytes(planned.workbook("ar"))
    found, problems = progress(path, today="2026-02-01")
    assert problems == ()
    assert found.on_time.outlook.follow_up is not None
    assert plan.units == found.book.units


def test_unusable_cells_are_problems(tmp_path: Path) -> None:
    """Factors without a Recommendation, rows without an id, an unknown one, and a column of the writer's own."""
    path = _filled(tmp_path)
    book = openpyxl.load_workbook(path)
    paste, requests, criteria = book.worksheets[1:4]
    paste.cell(row=5, column=3, value="• Goes on from the page before")
    requests.cell(row=70, column=_at(REQUESTS, "requested"), value="LC")
    requests.cell(row=71, column=_at(REQUESTS, "unit"), value="R.41")
    requests.cell(row=71, column=_at(REQUESTS, "requested"), value="LC")
    requests.cell(row=3, column=9, value="ours")
    last = criteria.max_row
    criteria.cell(row=last, column=_at(CRITERIA, "changed"), value="The act now says so.")
    book.save(path)
    found = {str(one.ref and one.ref.cell): one.code for one in follow_up(workbook=path).problems}
    missing = dict.fromkeys(("C5", "D70", f"E{last}"), "id-missing")
    assert found == {"I3": "cell-unplaced", "A71": "unit-unknown", **missing}


def test_addressed_shortcomings_are_not_listed_as_missing(tmp_path: Path) -> None:
    """Shortcomings that are not entered yet differ from those that are all addressed."""
    path = _filled(tmp_path, answers=(FULL,), factors="No duty in law (c.{criterion})")
    unit = follow_up("IRQ").case.open_units[0]
    document = follow_up(workbook=path).document(today=TODAY)
    table = next(
        b for s in document.sections for b in s.blocks if isinstance(b, DocumentTable) and b.id == "still-open"
    )
    left = {line.cells[0].text: line.cells[3].text for line in table.rows}
    assert left.pop(unit) == "none remaining"
    assert set(left.values()) == {"not entered yet"}


def test_two_rows_for_one_recommendation_or_criterion_are_problems(tmp_path: Path) -> None:
    """Of two the first stands; rows that say the same are one. So is what stands on a sheet of somebody's own."""
    path = _filled(tmp_path)
    book = openpyxl.load_workbook(path)
    requests, criteria = book.worksheets[2:4]
    unit = next(row for row in range(3, 60) if requests.cell(row, _at(REQUESTS, "requested")).value)
    answered = next(row for row in range(3, 400) if criteria.cell(row, _at(CRITERIA, "changed")).value)
    for row, wanted in ((61, "LC"), (62, "C")):
        requests.cell(row, 1, requests.cell(unit, 1).value)
        requests.cell(row, _at(REQUESTS, "requested"), wanted)
    criteria.cell(500, 1, criteria.cell(answered, 1).value)
    criteria.cell(500, _at(CRITERIA, "changed"), "Something else.")
    book.create_sheet("Notes")["A1"] = "Ask the ministry"
    book["Cover"]["C4"] = "Paste nothing"
    book.save(path)
    followed = follow_up(workbook=path)
    found = {(p.code, p.ref.sheet if p.ref else None, p.ref.cell if p.ref else None) for p in followed.problems}
    assert found == {
        ("id-duplicated", "Re-ratings", "A62:D62"),
        ("id-duplicated", "Criteria", "A500:E500"),
        ("sheet-unknown", "Notes", None),
        ("cell-unplaced", "Cover", "C4"),
    }
    assert [str(request.after) for request in followed.case.requests] == ["LC"]
