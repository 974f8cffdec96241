"""What a rehearsal is made of: the bank of questions, the lengths and panels, the levels of readiness."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from fatf_kit.assessment.folder.model import Materiality
from fatf_kit.core.errors import FrameworkError
from fatf_kit.core.json_files import load_json
from fatf_kit.core.resources import data_folder
from fatf_kit.mock_visit.model import BankQuestion, MockScore, Panel, ReadinessLevel, ReadinessRule


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleRules:
    """Lengths and limits of a rehearsal, in minutes; everything here may be changed in the file.

    `hours` are the stretches of a day between breaks, from midnight. `sectors` are those that say how much an outcome
    weighs, by outcome, `role_sectors` those that a role speaks for. `technical` is how many shortcomings in law are
    asked about at most for one core issue.
    """

    hours: tuple[tuple[int, int], ...]
    step: int
    between: int
    rooms: int
    longest_days: int
    agency_day: int
    panel_day: int
    shortest: int
    longest: int
    session: int
    question: Mapping[Materiality, int]
    technical: int
    panels: tuple[Panel, ...]
    importance: Materiality
    sectors: Mapping[str, tuple[str, ...]]
    role_sectors: Mapping[str, tuple[str, ...]]
    source: str


@cache
def load_bank(edition: str, language: str = "en") -> Mapping[str, tuple[BankQuestion, ...]]:
    """The questions for each core issue of an edition, in the order asked.

    A question of another edition keeps that edition's name before its id.

    >>> [question.id for question in load_bank("fatf-2022")["IO.6/6.2"]][:2]
    ['Q.6.2-1', 'Q.6.2-2']
    """
    page = _load(_folder() / f"questions-{edition}.json", "mock.schema.json")
    return MappingProxyType(
        {
            issue: tuple(_question(name, edition, language) for name in names)
            for issue, names in page["core_issues"].items()
        }
    )


def _question(name: str, edition: str, language: str) -> BankQuestion:
    other, _, short = name.rpartition("/")
    return BankQuestion(**_questions(other or edition, language)[short] | {"id": name})


@cache
def _questions(edition: str, language: str) -> Mapping[str, dict[str, Any]]:
    """Questions by id; what has no translation stays English."""
    page = _load(_folder() / f"questions-{edition}.json", "mock.schema.json")
    texts = _folder() / "locale" / language / f"questions-{edition}.json"
    told = _load(texts, "mock-texts.schema.json") if texts.is_file() else {}
    return {q["id"]: {**q, **told.get(q["id"], {}), "roles": tuple(q["roles"])} for q in page["questions"]}


@cache
def load_schedule(edition: str, language: str = "en") -> ScheduleRules:
    """Lengths, limits and panels of frameworks/mock/schedule.json.

    >>> load_lengths("fatf-2022").hours
    ((540, 750), (810, 990))
    """
    page = _load(_folder() / "schedule.json", "mock-schedule.schema.json")
    minutes, most = page["interview_minutes"], page["most_minutes_a_day"]
    return ScheduleRules(
        hours=_hours(page["day"]),
        step=page["step_minutes"],
        between=page["between_minutes"],
        rooms=page["rooms"],
        longest_days=page["longest_days"],
        agency_day=most["agency"],
        panel_day=most["panel"],
        shortest=minutes["shortest"],
        longest=minutes["longest"],
        session=minutes["session"],
        question={Materiality(name): length for name, length in page["question_minutes"].items()},
        technical=page["technical_questions"],
        panels=tuple(
            Panel(id=one["id"], name=one["name"][language], outcomes=tuple(one["outcomes"])) for one in page["panels"]
        ),
        importance=Materiality(page["importance"]),
        sectors={name: tuple(ids) for name, ids in page["outcome_sectors"].get(edition, {}).items()},
        role_sectors={name: tuple(ids) for name, ids in page["role_sectors"].items()},
        source=page["source"],
    )


@cache
def load_readiness_rule() -> ReadinessRule:
    """How readiness is told from scores.

    >>> [level.id for level in load_measure().levels]
    ['ready', 'partly ready', 'not ready']
    """
    page = _load(_folder() / "readiness.json", "mock-readiness.schema.json")
    return ReadinessRule(
        good=tuple(map(MockScore, page["good"])),
        contradicting=tuple(map(MockScore, page["contradicting"])),
        levels=tuple(ReadinessLevel(**level) for level in page["levels"]),
        source=page["source"],
    )


def _hours(day: Mapping[str, Any]) -> tuple[tuple[int, int], ...]:
    """The stretches of a day between its breaks."""
    found, begin = [], _minute(day["from"])
    for pause in day["breaks"]:
        found.append((begin, _minute(pause["from"])))
        begin = _minute(pause["to"])
    return (*found, (begin, _minute(day["to"])))


def _minute(clock: str) -> int:
    hours, _, minutes = clock.partition(":")
    return int(hours) * 60 + int(minutes)


def _folder() -> Path:
    return data_folder("frameworks") / "mock"


@cache
def _load(path: Path, schema: str) -> Any:
    page, problems = load_json(path, schema)
    if problems:
        raise FrameworkError(problems[0].message)
    return page
