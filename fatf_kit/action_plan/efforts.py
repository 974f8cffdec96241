"""Kinds of action: how much work each is, which stages it passes, which gaps it can close. Data, with its source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from fatf_kit.action_plan.model import Stage
from fatf_kit.core.errors import FatfKitError, FrameworkError
from fatf_kit.core.json_files import load_json
from fatf_kit.core.ratings import Achievement, FindingKind, Severity
from fatf_kit.core.resources import data_folder
from fatf_kit.evaluation_calendar.settings import PlanSettings
from fatf_kit.scoring.evidence import NextStep

ANSWER = "answer"
"""The kind that the code itself names: answering what is open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionKind:
    """One kind of action; `effort` is in person-days, `evidence` what shows that it is done."""

    id: str
    name: str
    effort: int
    stages: tuple[Stage, ...]
    closes: frozenset[FindingKind]
    evidence: str

    @property
    def is_desk_work(self) -> bool:
        """Whether it closes no shortcoming: answers, evidence, and what prepares the visit."""
        return FindingKind.SHORTCOMING not in self.closes


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitRule:
    """An action of `kind` waits for those of `kinds` that close a gap at least as severe in what stands behind it."""

    kind: str
    kinds: frozenset[str]
    severity: Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Efforts:
    """The whole list.

    `core_issue_steps` is how many extents one round of changed practice is taken to gain, `core_issue_most` the extent
    above which it raises nothing. `by_next_step` gives the kind of action for what an answer lacks.
    """

    source: str
    confidence: str
    stages: Mapping[str, str]
    kinds: Mapping[str, ActionKind]
    by_root_cause: Mapping[str, str]
    by_next_step: Mapping[NextStep, str]
    by_mock_score: Mapping[str, str]
    otherwise: Mapping[str, str]
    waits: tuple[WaitRule, ...]
    core_issue_steps: int
    core_issue_most: Achievement
    capacity: int


@cache
def load_efforts() -> Efforts:
    """The list that is shipped.

    Raises:
        FrameworkError: it is at odds with its schema.

    >>> load_efforts().kinds["law"].stages[0].id
    'draft'
    """
    data, problems = load_json(data_folder("frameworks") / "plan" / "efforts.json", "efforts.schema.json")
    if problems:
        raise FrameworkError(f"The list of efforts has {len(problems)} faults; the first: {problems[0].message}")
    return Efforts(
        source=data["source"],
        confidence=data["confidence"],
        stages={one["id"]: one["name"] for one in data["stages"]},
        kinds={
            one["id"]: ActionKind(
                id=one["id"],
                name=one["name"],
                effort=one["effort"],
                stages=tuple(Stage(id=s["stage"], days=s["working_days"]) for s in one["stages"]),
                closes=frozenset(map(FindingKind, one["closes"])),
                evidence=one["evidence"],
            )
            for one in data["kinds"]
        },
        by_root_cause=data["by_root_cause"],
        by_next_step={NextStep(step): kind for step, kind in data["by_next_step"].items()},
        by_mock_score=data["by_mock_score"],
        otherwise=data["otherwise"],
        waits=tuple(
            WaitRule(kind=one["kind"], kinds=frozenset(one["for"]), severity=Severity(one["severity"]))
            for one in data["waits_for"]
        ),
        core_issue_steps=data["core_issue_steps"],
        core_issue_most=Achievement(data["core_issue_most"]),
        capacity=data["capacity"],
    )


def stages_of(kind: ActionKind, settings: PlanSettings) -> tuple[Stage, ...]:
    """The stages of a kind with the country's own lead times.

    Raises:
        FatfKitError: a lead time for a kind or stage that is not there.
    """
    own = settings.lead_times.get(kind.id, {})
    return tuple(Stage(id=stage.id, days=own.get(stage.id, stage.days)) for stage in kind.stages)


def check_settings(efforts: Efforts, settings: PlanSettings) -> None:
    """Settings that name a kind or stage that is not there would change nothing without a word.

    Raises:
        FatfKitError: such a name.
    """
    for name in (*settings.efforts, *settings.lead_times):
        if name not in efforts.kinds:
            raise FatfKitError(f"There is no kind of action {name!r}. Use some of: {', '.join(efforts.kinds)}.")
    for name, own in settings.lead_times.items():
        known = [stage.id for stage in efforts.kinds[name].stages]
        if strange := sorted(set(own) - set(known)):
            raise FatfKitError(f"{name!r} has no stage {strange[0]!r}. Use some of: {', '.join(known)}.")
