"""The country's own weekend, in plans, calendars and files for calendar programs."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from fatf_kit import PlanResult, calendar, plan_of, progress, published_plan
from fatf_kit.action_plan.reading import read_plan
from fatf_kit.assessment.workbook.layout import build_layout
from fatf_kit.assessment.workbook.template import write_template
from fatf_kit.core.messages import Translator
from fatf_kit.evaluation_calendar.working_days import describe_weekend
from fatf_kit.framework import load_framework
from fatf_kit.framework.weekends import WeekendSource

ANSWERS = Path(__file__).parents[3] / "examples" / "ruritania" / "answers.json"
FRIDAY, SATURDAY = 4, 5


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example's answers under the name of Iraq."""
    data = json.loads(ANSWERS.read_text(encoding="utf-8"))
    cut_off = date.fromisoformat(data["cut_off"])
    path = tmp_path_factory.mktemp("iraq") / "answers.xlsx"
    write_template(
        build_layout(load_framework("fatf-2022"), country="Iraq", cut_off=cut_off),
        path,
        prefill={name: dict(row) for name, row in data["answers"].items()},
        cover={"country": "Iraq", "cut_off": cut_off},
    )
    return path


@pytest.fixture(scope="module")
def iraq(answers: Path) -> PlanResult:
    """A plan that would begin on a Friday."""
    return plan_of(answers, start="2026-11-27")


def _days(planned: PlanResult) -> set[int]:
    return {day.weekday() for slot in planned.plan.slots.values() for day in (slot.start, slot.due)}


@pytest.mark.full
def test_nothing_starts_or_ends_on_the_weekend_of_iraq(iraq: PlanResult) -> None:
    """All 135 actions used to start on a Friday."""
    assert len(iraq.plan.slots) > 100
    assert not {FRIDAY, SATURDAY} & _days(iraq)
    assert iraq.plan.start == date(2026, 11, 29)
    assert (iraq.plan.weekend.names, iraq.plan.weekend.source) == (("friday", "saturday"), WeekendSource.COUNTRY)
    assert iraq.schedule is not None
    moved = [one for one in iraq.schedule.events if one.id not in ("visit", "plenary")]
    assert not {FRIDAY, SATURDAY} & {one.day.weekday() for one in moved}


@pytest.mark.full
def test_the_workbook_names_the_weekend_and_its_source(iraq: PlanResult, tmp_path: Path) -> None:
    """On the cover, and recorded for `progress`; the cover of an Arabic plan names the country in Arabic."""
    arabic = tmp_path / "arabic.xlsx"
    arabic.write_bytes(iraq.workbook("ar"))
    assert "العراق" in str(openpyxl.load_workbook(arabic).worksheets[0]["B2"].value)
    path = tmp_path / "plan.xlsx"
    path.write_bytes(iraq.workbook())
    cover = openpyxl.load_workbook(path).worksheets[0]
    texts = [str(cell.value) for row in cover.iter_rows() for cell in row if cell.value]
    assert "Friday and Saturday (country data of fatf-kit; confidence: own knowledge)" in texts
    book, problems = read_plan(path)
    assert problems == ()
    assert book.weekend is not None
    assert book.weekend.names == ("friday", "saturday")
    forecasts = [one.forecast for one in progress(path, today="2026-12-01")[0].standings if one.forecast]
    assert not {FRIDAY, SATURDAY} & {day.weekday() for day in forecasts}


def test_own_settings_go_first(answers: Path, tmp_path: Path) -> None:
    """A country that works otherwise says so in plan.json."""
    own = tmp_path / "own.json"
    own.write_text(json.dumps({"weekend": ["sunday"]}), encoding="utf-8")
    planned = plan_of(answers, start="2026-11-27", settings=own)
    assert planned.plan.weekend.source is WeekendSource.SETTINGS
    assert planned.plan.start == date(2026, 11, 27)
    assert 6 not in _days(planned)


def test_published_plans_and_calendars_know_it_too() -> None:
    """By code, by name, in the page, and in the file for calendar programs."""
    assert not {FRIDAY, SATURDAY} & _days(published_plan("IRQ", start="2026-11-27"))
    dates = calendar(visit="2027-03-01", country="Iraq")
    counted = [one for one in dates.schedule.events if one.offset]
    assert not {FRIDAY, SATURDAY} & {one.day.weekday() for one in counted}
    starts = [line for line in dates.ics(today="2026-12-01").decode().splitlines() if line.startswith("DTSTART")]
    assert {FRIDAY, SATURDAY}.isdisjoint(date.fromisoformat(line[-8:]).weekday() for line in starts)
    assert "Friday and Saturday" in str(dates.document(today="2026-12-01"))
    assert "Saturday and Sunday" in str(calendar(visit="2027-03-01", country="France").document(today="2026-12-01"))


def test_a_plenary_with_answers_uses_it(answers: Path) -> None:
    """The end of the visit is counted back from the Plenary in the country's own week."""
    dates = calendar(answers, plenary="2027-10-20", start="2026-11-27")
    assert not {FRIDAY, SATURDAY} & {dates.schedule.visit.weekday(), dates.schedule.visit_end.weekday()}


@pytest.mark.parametrize(("language", "text"), [("fr", "vendredi et samedi"), ("ar", "الجمعة والسبت")])
def test_the_weekend_in_words(language: str, text: str, iraq: PlanResult) -> None:
    """Days in the language, then the source."""
    assert describe_weekend(iraq.plan.weekend, Translator(language)).startswith(text)
