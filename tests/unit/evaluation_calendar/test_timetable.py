"""Dates of an evaluation, backwards and forwards, with every offset a setting."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from fatf_kit.assessment.folder.model import AssessmentSettings
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.messages import Translator
from fatf_kit.core.resources import data_folder
from fatf_kit.evaluation_calendar.report import build_calendar
from fatf_kit.evaluation_calendar.settings import PlanSettings, apply_country, read_settings
from fatf_kit.evaluation_calendar.timetable import (
    LATER_OBSERVATION_NAME,
    OBSERVATION_END,
    OWN,
    Schedule,
    build_schedule,
    check_timetable_file,
    load_timetable,
    schedule_assessment,
)
from fatf_kit.evaluation_calendar.working_days import WorkingWeek
from fatf_kit.framework import list_editions
from tests.documents import join_texts

VISIT = date(2027, 3, 1)


def _schedule(settings: PlanSettings | None = None, edition: str = "fatf-2022", **days: date) -> Schedule:
    return build_schedule(load_timetable(edition), settings or PlanSettings(), **(days or {"visit": VISIT}))


def _day(schedule: Schedule, name: str) -> date:
    return next(event.day for event in schedule.events if event.id == name)


@pytest.mark.parametrize("edition", list_editions())
def test_every_offset_says_how_far_it_is_confirmed(edition: str) -> None:
    """Each confidence that is used has its source."""
    table = load_timetable(edition)
    used = {event.confidence for event in table.events} | {table.visit.confidence, table.plenary.confidence}
    assert used == set(table.sources)
    assert check_timetable_file(data_folder("frameworks") / edition) == ()


def test_fourth_round_counts_in_months_and_weeks() -> None:
    """Submissions lie six and four months before the visit, the plenary 27 weeks after its first day."""
    schedule = _schedule(edition="fatf-2013")
    assert _day(schedule, "tc-submission") == date(2026, 9, 1)
    assert _day(schedule, "effectiveness-submission") == date(2026, 10, 30)  # the 1st is a Sunday
    assert schedule.plenary == date(2027, 9, 6)
    assert sorted(event.day for event in schedule.events) == [event.day for event in schedule.events]


@pytest.mark.parametrize("edition", list_editions())
def test_backwards_from_the_plenary_gives_the_same_visit(edition: str) -> None:
    """The visit counted back from the plenary that was counted from it is at most a weekend away."""
    table = load_timetable(edition)
    forwards = build_schedule(table, PlanSettings(), visit=VISIT)
    back = build_schedule(table, PlanSettings(), plenary=forwards.plenary)
    assert abs((back.visit - VISIT).days) <= 3
    assert back.plenary == forwards.plenary


def test_key_recommended_actions_are_due_after_three_years() -> None:
    """A step of the country is due on the working day before a day off, never after it."""
    schedule = _schedule(visit=VISIT, plenary=date(2027, 11, 10))
    assert _day(schedule, "kra-deadline") == date(2030, 11, 8)  # the 10th is a Sunday


def test_holidays_move_what_the_country_owes_to_the_day_before() -> None:
    """A holiday on the day of the submission moves it back."""
    week = WorkingWeek(holidays=frozenset({date(2026, 9, 1)}))
    schedule = _schedule(PlanSettings(week=week))
    assert _day(schedule, "tc-submission") == date(2026, 8, 31)


def test_every_offset_is_a_setting() -> None:
    """The country's own offset goes before the shipped one and says whose it is."""
    settings = PlanSettings(offsets={"tc-submission": (-8, "weeks", None), "visit": (10, "working days", None)})
    schedule = _schedule(settings)
    found = next(event for event in schedule.events if event.id == "tc-submission")
    assert (found.day, found.confidence) == (date(2027, 1, 4), OWN)
    assert schedule.visit_end == date(2027, 3, 12)


@pytest.mark.parametrize(
    ("settings", "days"),
    [
        (PlanSettings(offsets={"tee-time": (1, "days", None)}), {"visit": VISIT}),
        (PlanSettings(offsets={"visit": (0, "days", None)}), {"visit": VISIT}),
        (PlanSettings(), {}),
        (PlanSettings(), {"visit": VISIT, "plenary": VISIT}),
        (PlanSettings(), {"visit": VISIT, "visit_end": date(2027, 2, 1)}),
    ],
)
def test_what_means_nothing_is_refused(settings: PlanSettings, days: dict[str, date]) -> None:
    """Unknown steps, lengths of nothing, no day at all, and days that contradict each other."""
    with pytest.raises(FatfKitError):
        build_schedule(load_timetable("fatf-2022"), settings, **days)


def test_settings_are_read_from_a_file(tmp_path: Path) -> None:
    """Weekend, holidays with names, lead times, capacity and offsets."""
    path = tmp_path / "plan.json"
    data = {
        "weekend": ["friday", "saturday"],
        "holidays": [{"day": "2027-03-21", "name": "Nawruz"}],
        "lead_times": {"law": {"parliament": 200}},
        "efforts": {"law": 300},
        "capacity": {"default": 2, "fiu": 5},
        "offsets": {"tc-submission": {"count": -7, "unit": "months"}},
    }
    path.write_text(json.dumps(data), encoding="utf-8")
    read = read_settings(path)
    assert read.week.weekend == frozenset({4, 5})
    assert read.week.holidays == frozenset({date(2027, 3, 21)})
    assert read.offsets["tc-submission"] == (-7, "months", None)


@pytest.mark.parametrize("data", [{"weekend": ["caturday"]}, {"holidays": [{"day": "2027-02-30"}]}, {"speed": 9}])
def test_settings_at_odds_with_the_schema_are_refused(data: dict[str, object], tmp_path: Path) -> None:
    """A day that no calendar has, and keys that mean nothing, stop the reading."""
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(FatfKitError):
        read_settings(path)


def test_the_visit_of_the_folder_counts_unless_the_cut_off_is_another_day() -> None:
    """A visit shorter than usual keeps its first day; another cut-off date moves it, and no date gives no schedule."""
    home = AssessmentSettings(
        country="XRU", edition="fatf-2022", on_site_from=date(2027, 3, 8), on_site_to=date(2027, 3, 19)
    )
    cases = (
        (home, home.last_day, (date(2027, 3, 8), date(2027, 3, 19))),
        (home, date(2027, 6, 18), (date(2027, 5, 31), date(2027, 6, 18))),
        (None, date(2027, 3, 19), (date(2027, 3, 1), date(2027, 3, 19))),
    )
    for folder, cut_off, visit in cases:
        found = schedule_assessment("fatf-2022", PlanSettings(), folder, cut_off)
        assert found is not None
        assert (found.visit, found.visit_end) == visit
        assert [event.id for event in found.submissions] == ["tc-submission", "effectiveness-submission"]
    assert schedule_assessment("fatf-2022", PlanSettings(), None, None) is None


@pytest.mark.parametrize(
    ("country", "is_later", "reported"),
    [
        ("Senegal", True, "announced by the FATF in October 2024, secondary source; confidence: low"),
        ("Bangladesh", False, "It was to leave the UN's list of least developed countries"),
        ("Yemen", False, ""),  # on a list already: its observation period is over
        ("Iraq", False, ""),
        ("Ruritania", False, ""),
    ],
)
def test_the_observation_period_may_be_longer_for_a_least_developed_country(
    country: str, is_later: bool, reported: str
) -> None:
    """The usual end stays its day; its name says that it may be later, and the page names source and confidence."""
    settings = apply_country(PlanSettings(), country)
    schedule = _schedule(settings)
    (end,) = (event for event in schedule.events if event.id == OBSERVATION_END)
    assert (end.what == LATER_OBSERVATION_NAME, end.confidence == "low") == (is_later, is_later)
    document = build_calendar(schedule, settings, Translator("en"), country=country, today=date(2026, 12, 1))
    text = join_texts(document)
    assert (LATER_OBSERVATION_NAME in text) == is_later
    assert reported in text
    assert ("observation period may be longer" in text) == is_later


def test_an_own_end_of_the_observation_period_stays() -> None:
    """A day or an offset that the country has set is no usual end."""
    settings = apply_country(PlanSettings(offsets={OBSERVATION_END: (24, "months", None)}), "Senegal")
    (end,) = (event for event in _schedule(settings).events if event.id == OBSERVATION_END)
    assert (end.what == LATER_OBSERVATION_NAME, end.confidence) == (False, OWN)
    assert _day(_schedule(replace(settings, offsets={}, dates={OBSERVATION_END: VISIT})), OBSERVATION_END) == VISIT
