"""The plan's workbook: written, filled in like people do, and read back."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.cell import coordinate_to_tuple

from fatf_kit import PlanResult, progress, progress_report
from fatf_kit.action_plan.model import ActionStatus
from fatf_kit.action_plan.overview_sheets import _make_titles
from fatf_kit.action_plan.progress import ActionState, PlanProgress
from fatf_kit.action_plan.progress_report import SHOWN_IN_CHART, draw_timeline
from fatf_kit.action_plan.reading import read_plan
from fatf_kit.action_plan.schema import ACTIONS
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.json_files import check_json
from fatf_kit.core.languages import LANGUAGES
from fatf_kit.core.messages import NO_BREAK, Translator
from fatf_kit.core.problems import Problem
from fatf_kit.report.model import DocumentTable
from tests.unit.action_plan.written_plans import list_problems

AT = {column.key: number for number, column in enumerate(ACTIONS.columns, start=1)}
TODAY = date(2026, 7, 1)
Fill = Callable[..., Path]


@pytest.fixture(scope="module")
def loaded(english_plan: bytes) -> openpyxl.Workbook:
    """The English plan, which takes long to load."""
    return openpyxl.load_workbook(io.BytesIO(english_plan))


@pytest.fixture
def fill(loaded: openpyxl.Workbook, tmp_path: Path) -> Fill:
    """A function that fills cells of the English plan, by number of the action (from 1) and column."""

    def write(cells: dict[tuple[int, str], str | int | date | None]) -> Path:
        path, actions = tmp_path / "plan.xlsx", loaded["Actions"]
        changed = {actions.cell(row=number + 2, column=AT[key]): value for (number, key), value in cells.items()}
        before = [(cell, cell.value, cell.number_format) for cell in changed]
        for cell, value in changed.items():
            cell.value = value
        loaded.save(path)
        for cell, value_before, shown_as in before:  # the next test begins with the same plan
            cell.value, cell.number_format = value_before, shown_as
        return path

    return write


@pytest.fixture
def english_book(english_plan: bytes) -> openpyxl.Workbook:
    """The English plan as another library reads it."""
    return openpyxl.load_workbook(io.BytesIO(english_plan))


def _track(path: Path, today: date = TODAY) -> tuple[PlanProgress, tuple[Problem, ...]]:
    return progress(path, today=today)


@pytest.mark.full(keep_every=3)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_written_is_read(language: str, planned: PlanResult, tmp_path: Path) -> None:
    """Actions with gaps, dates and what they wait for, and the whole baseline, in every language."""
    path = tmp_path / "plan.xlsx"
    path.write_bytes(planned.workbook(language))
    book, problems = read_plan(path)
    plan = planned.plan
    assert problems == ()
    assert plan.units == book.units
    assert [(a.id, set(a.closes), a.after, a.effort, a.stages) for a in plan.actions] == [
        (one.action.id, set(one.action.closes), one.action.after, one.action.effort, one.action.stages)
        for one in book.actions
    ]
    dues = {action.id: plan.find_due(action) for action in plan.actions}
    assert {name: (min(slot.start, dues[name]), dues[name]) for name, slot in plan.slots.items()} == {
        one.action.id: (one.slot.start, one.slot.due) for one in book.actions if one.slot
    }
    assert (plan.cut_off, plan.start) == (book.cut_off, book.start)


def test_the_same_plan_gives_the_same_bytes(planned: PlanResult) -> None:
    """Nothing of the clock or the machine is in the file."""
    assert planned.workbook("ar") == planned.workbook("ar")


def test_arabic_runs_right_to_left_with_drop_downs(planned: PlanResult) -> None:
    """Every visible sheet is right to left, and status and stage are chosen from lists."""
    book = openpyxl.load_workbook(io.BytesIO(planned.workbook("ar")))
    assert all(sheet.sheet_view.rightToLeft for sheet in book.worksheets if sheet.sheet_state == "visible")
    rules = {rule.formula1 for rule in book.worksheets[1].data_validations.dataValidation}
    assert {"plan_status", "plan_stage"} <= rules


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_status_is_read_in_every_language(language: str, fill: Fill) -> None:
    """Somebody with an Arabic plan fills in an English copy."""
    path = fill({(1, "status"): Translator(language)(ActionStatus.UNDER_WAY)})
    assert read_plan(path)[0].actions[0].status is ActionStatus.UNDER_WAY


def test_done_means_that_evidence_is_named(fill: Fill) -> None:
    """One action done with evidence, one without: only the first counts."""
    path = fill({(2, "status"): "done", (2, "evidence"): "Act 5 of 2026, art. 3", (3, "status"): "done"})
    found, problems = _track(path)
    states = [one.state for one in found.standings]
    assert problems == ()
    assert (states[1], states[2]) == (ActionState.DONE, ActionState.UNSHOWN)
    assert found.now.actions == (found.standings[1].row.action.id,)
    assert found.at_start.ratings != found.now.ratings
    assert found.pace is not None
    assert found.pace > 0


def test_an_action_counts_as_done_from_its_day_on(fill: Fill) -> None:
    """Until then it is under way, and a problem is reported: the day may be a slip."""
    day = date(2026, 5, 4)
    path = fill({(2, "status"): "done", (2, "evidence"): "Act 5, art. 3", (2, "done_on"): day, (2, "due"): TODAY})
    before, problems = _track(path, date(2026, 5, 3))
    after, nothing = _track(path, day)
    assert (before.standings[1].state, after.standings[1].state) == (ActionState.UNDER_WAY, ActionState.DONE)
    assert (None, day) == (before.standings[1].done_on, after.standings[1].done_on)
    assert (before.now.actions, after.now.actions) == ((), ("A-002",))
    assert ([problem.code for problem in problems], nothing) == (["action-later"], ())
    assert "4 May 2026, after 3 May 2026" in problems[0].message


def test_the_day_on_which_it_was_done_is_shown(fill: Fill) -> None:
    """Beside the state, in words, and in the JSON; also where no evidence is named."""
    found = _track(fill({(2, "status"): "done", (2, "done_on"): date(2026, 5, 4)}))[0]
    report = progress_report(found, "fr")
    table = report.document.sections[-1].blocks[0]
    assert isinstance(table, DocumentTable)
    assert (table.rows[1].cells[3].text, table.rows[1].cells[3].detail) == ("faite sans preuve", "le 4 mai 2026")
    actions = json.loads(json.dumps(report.payload))["actions"]
    assert [action["done_on"] for action in actions[:2]] == [None, "2026-05-04"]


def test_a_day_without_the_status_is_a_problem(fill: Fill) -> None:
    """It does not count as done, and the owner learns why, in the words of the language."""
    path = fill({(2, "status"): "under way", (2, "done_on"): date(2026, 5, 4), (2, "evidence"): "Act 5, art. 3"})
    found, problems = _track(path)
    assert [(p.code, _column(p)) for p in problems] == [("action-undone", AT["done_on"])]
    assert f"«{NO_BREAK}en cours{NO_BREAK}»" in problems[0].text_in(Translator("fr"))
    assert (found.standings[1].done_on, found.now.actions) == (None, ())


def _column(problem: Problem) -> int:
    assert problem.ref is not None
    return coordinate_to_tuple(str(problem.ref.cell))[1]


def test_what_waits_is_blocked_and_what_is_due_is_overdue(fill: Fill) -> None:
    """An action that should have begun waits for one that is not done; one whose day has passed is overdue."""
    path = fill({(4, "after"): "A-002", (4, "start"): date(2026, 6, 1), (2, "due"): date(2026, 6, 30)})
    standings = _track(path)[0].standings
    assert (standings[1].state, standings[3].state) == (ActionState.OVERDUE, ActionState.BLOCKED)
    assert standings[3].waits_for == ("A-002",)


def test_a_law_before_parliament_has_only_its_last_stages_ahead(fill: Fill, planned: PlanResult) -> None:
    """The forecast counts the stages after the one that is behind, from the day on."""
    number = next(n for n, action in enumerate(planned.plan.actions, 1) if action.kind == "law")
    path = fill({(number, "status"): "under way", (number, "stage"): "Before the government", (number, "after"): None})
    found = _track(path)[0].standings[number - 1]
    assert found.remaining == 110
    assert found.forecast == date(2026, 12, 1)  # 110 working days from the 1st of July, the first included
    late = _track(path, date(2026, 12, 1))[0].standings[number - 1]
    assert late.too_late


def test_pace_of_nothing_leads_nowhere(fill: Fill) -> None:
    """The projection at today's pace is the present state if nothing is done."""
    found = _track(fill({}))[0]
    assert found.at_pace is not None
    assert (0.0, found.now.ratings) == (found.pace, found.at_pace.ratings)
    assert set(found.now.actions) < set(found.on_time.actions)


def test_before_the_start_there_is_no_pace(fill: Fill) -> None:
    """A plan that has not begun has no pace, and is not late."""
    found = _track(fill({}), date(2026, 1, 1))[0]
    assert (found.pace, found.at_pace, found.count(ActionState.OVERDUE)) == (None, None, 0)


def test_dropped_actions_count_nowhere(fill: Fill, planned: PlanResult) -> None:
    """Neither the effort nor the projection knows them."""
    found = _track(fill({(1, "status"): "dropped"}))[0]
    first = planned.plan.actions[0]
    assert found.effort_all == sum(action.effort for action in planned.plan.actions) - first.effort
    assert first.id not in found.on_time.actions


@pytest.mark.full(keep_every=3)
@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("status", "nearly", "choice-unknown"),
        ("stage", "somewhere", "choice-unknown"),
        ("due", "soon", "date-unknown"),
        ("due", "2027-01-31 or later", "date-with-words"),
        ("effort", "much", "count-unknown"),
        ("after", "A-999", "action-unknown"),
        ("requirements", "R.99/99.1", "action-gap"),
        ("id", "A-002", "id-changed"),
    ],
)
def test_a_cell_that_cannot_be_used_is_a_problem(key: str, value: str, code: str, fill: Fill) -> None:
    """Each with its code and its cell."""
    _, problems = read_plan(fill({(5, key): value}))
    assert [problem.code for problem in problems] == [code]
    assert problems[0].ref is not None
    assert problems[0].ref.cell is not None
    assert problems[0].ref.cell.endswith("7")


def test_new_rows_are_read(fill: Fill, planned: PlanResult) -> None:
    """A row that somebody adds below counts with its own gaps."""
    number = len(planned.plan.actions) + 1
    gap = next(name for name, _ in planned.plan.actions[0].closes)
    row: dict[str, str | date] = {
        "id": "X-1",
        "what": "A decree",
        "start": date(2026, 7, 1),
        "due": date(2026, 8, 3),
        "shown": gap,
    }
    book, problems = read_plan(fill({(number, key): value for key, value in row.items()}))
    assert problems == ()
    assert book.actions[-1].action.requirements == (gap,)


def test_actions_that_wait_for_each_other_are_named(fill: Fill) -> None:
    """A circle cannot be put in order, and that is said."""
    with pytest.raises(FatfKitError, match="A-001"):
        _track(fill({(1, "after"): "A-002", (2, "after"): "A-001"}))


def test_a_questionnaire_is_no_plan() -> None:
    """Another workbook of ours is refused with what to do."""
    with pytest.raises(FatfKitError, match="fatf-kit plan"):
        read_plan(Path(__file__).parents[3] / "examples" / "ruritania" / "workbook" / "ruritania-2022.xlsx")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_holds_every_action(language: str, fill: Fill) -> None:
    """The JSON is as its schema says, and the last table lists every action."""
    found = _track(fill({(2, "status"): "done"}))[0]
    report = progress_report(found, language)
    assert check_json(report.payload, "progress-1.schema.json", "progress") == ()
    table = report.document.sections[-1].blocks[0]
    assert len(found.standings) == len(table.rows)  # type: ignore[union-attr]


def test_unusable_cells_are_problems(fill: Fill) -> None:
    """A row that says who, but neither which action nor what, and a column of the owners' own."""
    path = fill({})
    book = openpyxl.load_workbook(path)
    sheet = book["Actions"]
    last, width = sheet.max_row, sheet.max_column
    keys = [cell.value for cell in sheet[2]]
    sheet.cell(row=last, column=keys.index("owner") + 1, value="The Ministry")
    sheet.cell(row=3, column=width + 1, value="ours")
    book.save(path)
    found = {(p.code, str(p.ref and p.ref.cell)) for p in read_plan(path)[1]}
    places = (sheet.cell(row=last, column=keys.index("owner") + 1), sheet.cell(row=3, column=width + 1))
    assert found == {("row-nameless", places[0].coordinate), ("cell-unplaced", places[1].coordinate)}


def test_printed_sheets_have_no_empty_rows(planned: PlanResult, english_book: openpyxl.Workbook) -> None:
    """Only the sheet of actions has rows to be added to; ratings print no empty page."""
    ratings, actions = english_book["Ratings"].max_row, english_book["Actions"].max_row
    assert (ratings, actions > len(planned.plan.actions) + 2) == (len(planned.plan.ratings_now) + 2, True)


def test_actions_can_be_worked_in(english_book: openpyxl.Workbook) -> None:
    """Filtered, sorted, coloured by state, one page wide: the columns for those who plan are folded away."""
    sheet = english_book["Actions"]
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.auto_filter.ref.startswith("A1:")
    assert not sheet.protection.sheet
    assert sheet.freeze_panes == "C3"
    assert len([rule for rules in sheet.conditional_formatting for rule in rules.rules]) == 5
    wide = sum(one.width for one in sheet.column_dimensions.values() if not one.hidden)
    assert wide < 190


def test_words_on_other_sheets_are_problems(fill: Fill) -> None:
    """A sheet of minutes, and words on the sheets that only tell."""

    def change(book: openpyxl.Workbook) -> None:
        book.create_sheet("Minutes")["B2"] = "A-1 was given to the bank"
        book["Cover"]["C5"], book["Cover"]["F9"] = "Another edition", "See minutes"
        book["Ratings"]["C3"], book["Ratings"]["C4"] = "met", "met"

    assert list_problems(fill({}), change) == {
        ("sheet-unknown", "Minutes", None),
        ("cell-unplaced", "Cover", "C5"),
        ("cell-unplaced", "Cover", "F9"),
        ("cell-unplaced", "Ratings", "C3:C4"),
    }


def test_without_fingerprints_every_sheet_that_is_not_read_is_named(fill: Fill) -> None:
    """Words on them cannot be distinguished from printed ones."""

    def change(book: openpyxl.Workbook) -> None:
        del book["_printed"]
        book.create_sheet("Minutes")["B2"] = "A-1 was given to the bank"

    others = {
        ("sheet-unknown", title, None)
        for title in ("Cover", "Purpose of each action", "Ratings", "Calendar", "Minutes")
    }
    assert list_problems(fill({}), change) == {("prints-missing", "None", None), *others}


def test_a_second_sheet_of_actions_is_read(fill: Fill) -> None:
    """A copy says nothing new; what was changed or added on it does."""

    def change(book: openpyxl.Workbook) -> None:
        twin = book.copy_worksheet(book["Actions"])
        twin.cell(row=3, column=AT["evidence"], value="Letter of May")
        last = max(row for row in range(3, twin.max_row + 1) if twin.cell(row, 1).value)
        twin.cell(row=last + 1, column=AT["what"], value="One more action")

    path = fill({})
    before = len(read_plan(path)[0].actions)
    assert list_problems(path, change) == {
        ("action-twice", "Actions Copy", "A3"),
        ("sheet-copied", "Actions Copy", None),
    }
    assert before + 1 == len(read_plan(path)[0].actions)


def test_the_picture_has_every_state(fill: Fill) -> None:
    """It used to show what is overdue alone; now done, under way and what is to come have their share of the rows."""
    cells: dict[tuple[int, str], str | int | date | None] = {(n, "status"): "done" for n in range(1, 9)}
    cells |= {(n, "evidence"): "Act 5 of 2026, art. 3" for n in range(1, 9)}
    cells |= {(n, "status"): "under way" for n in range(20, 24)}
    found, _ = _track(fill(cells), date(2026, 9, 1))
    drawn = [one for one in draw_timeline(found, Translator("en")).series if one.marks]
    assert len(drawn) == SHOWN_IN_CHART
    states = {one.marks[0] for one in drawn}
    assert {state for state in ActionState if found.count(state)} <= states | {ActionState.DROPPED}
    assert all(len(one.label) < 80 for one in drawn)


def test_a_plan_of_the_earlier_kinds_is_read(fill: Fill) -> None:
    """Workbooks made before have one kind of evidence work, and record no weekend.

    The kind is typed over here, so a problem names its hidden cell.
    """
    path = fill({(1, "kind"): "evidence", (1, "what"): "Show what is there: R.26/26.3"})
    book = openpyxl.load_workbook(path)
    sheet = book["_stamp"]
    for row in sheet.iter_rows():
        if str(row[0].value).startswith("weekend"):
            row[0].value = row[1].value = None
    book.save(path)
    found, problems = read_plan(path)
    assert [problem.code for problem in problems] == ["cell-locked"]
    assert found.weekend is None
    assert found.actions[0].action.kind == "evidence"
    assert found.actions[0].action.closes
    assert progress(path, today=TODAY)[0].at_start.ratings


def test_each_action_is_on_the_sheet_of_its_agency_and_on_the_timeline(
    planned: PlanResult, english_book: openpyxl.Workbook
) -> None:
    """Once each; what may change is looked up by the number of the action, and no sheet can be edited."""
    ids = sorted(action.id for action in planned.plan.actions)
    own = [sheet for sheet in english_book.worksheets if "This sheet only shows" in str(sheet["A2"].value)]
    listed = [str(sheet.cell(row, 1).value) for sheet in own for row in range(4, sheet.max_row + 1)]
    timeline = english_book["Timeline"]
    assert sorted(listed) == ids
    assert sorted(str(timeline.cell(row, 1).value) for row in range(4, timeline.max_row + 1)) == ids
    assert all(sheet.protection.sheet for sheet in (*own, timeline))
    assert "MATCH($A4,'Actions'!$A:$A,0)" in own[0]["D4"].value
    assert "HYPERLINK(\"#'Actions'!A\"&MATCH($A4" in own[0]["C4"].value


def test_names_of_agencies_make_titles_of_sheets() -> None:
    """Without signs that no title may have, within its length, no two alike."""
    names = ["Ministry: justice / prosecution", "Bank " * 9, "Bank " * 9 + "two", ""]
    assert list(_make_titles(names, Translator("en")).values()) == [
        "Ministry  justice   prosecution",
        "Bank Bank Bank Bank Bank Bank B",
        "Bank Bank Bank Bank Bank Bank 2",
        "No agency named",
    ]
