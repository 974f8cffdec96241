"""The data of a rehearsal is loaded: the schedule and panels, questions on gaps, the levels of readiness."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from fatf_kit.assessment.folder.model import Materiality
from fatf_kit.core.json_files import load_value
from fatf_kit.core.resources import data_folder
from fatf_kit.mock_visit.model import MockQuestionReason, OwnQuestion, Panel, ReadinessRule


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleRules:
    """Lengths and limits of a rehearsal, in minutes; everything here may be changed in the file.

    `hours` are the stretches of a day between breaks ("09:00", "12:30"). `sectors` are those that decide how important
    an outcome is, by outcome, `role_sectors` those that a role speaks for. `technical_questions` is how many
    shortcomings in law are asked about at most for one core issue.
    """

    hours: tuple[tuple[str, str], ...]
    step_minutes: int
    between_minutes: int
    venues: int
    longest_days: int
    agency_minutes_a_day: int
    panel_minutes_a_day: int
    shortest_minutes: int
    longest_minutes: int
    session_minutes: int
    question_minutes: Mapping[Materiality, int]
    technical_questions: int
    panels: tuple[Panel, ...]
    importance: Materiality
    outcome_sectors: Mapping[str, Mapping[str, tuple[str, ...]]]
    role_sectors: Mapping[str, tuple[str, ...]]
    sectors: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def _find_file(name: str) -> Path:
    return data_folder("frameworks") / "mock" / name


@dataclass(frozen=True, slots=True)
class _OwnQuestions:
    questions: tuple[OwnQuestion, ...]


@cache
def load_own_questions() -> Mapping[MockQuestionReason, OwnQuestion]:
    """Return the question for each reason that comes from the country's own submission.

    >>> load_own_questions()[MockQuestionReason.UNANSWERED].probe
    'Why was it not answered?'
    """
    path = _find_file("own-questions.json")
    page = load_value(path, _OwnQuestions, "mock-own-questions.schema.json")
    return {one.why: one for one in page.questions}


@cache
def load_schedule(edition: str, language: str = "en") -> ScheduleRules:
    """Return lengths, limits and panels, with the sectors of an edition.

    >>> load_schedule("fatf-2022").hours
    (('09:00', '12:30'), ('13:30', '16:30'))
    """
    path = _find_file("schedule.json")
    rules = load_value(path, ScheduleRules, "mock-schedule.schema.json", language)
    return replace(rules, sectors=rules.outcome_sectors.get(edition, {}))


@cache
def load_readiness_rule() -> ReadinessRule:
    """Return how readiness follows from scores.

    >>> [level.id for level in load_readiness_rule().levels]
    ['ready', 'partly ready', 'not ready']
    """
    return load_value(_find_file("readiness.json"), ReadinessRule, "mock-readiness.schema.json")
