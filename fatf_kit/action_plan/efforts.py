"""The kinds of action, as data with its source: how much work each is, its stages, and which gaps it can close."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from fatf_kit.action_plan.model import Stage
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.json_files import load_value
from fatf_kit.core.ratings import Achievement, FindingKind, Severity
from fatf_kit.core.resources import data_folder
from fatf_kit.evaluation_calendar.settings import PlanSettings
from fatf_kit.scoring.evidence import NextStep

ANSWER = "answer"
"""The one kind that the code itself names: an action that answers open questions."""
WORK = "work"
"""The one stage of work that an agency does by itself; every other stage makes or changes a measure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionKind:
    """One kind of action; `effort` is in person-days, `evidence` is what shows that the action is done."""

    name: str
    effort: int
    stages: tuple[Stage, ...]
    closes: frozenset[FindingKind]
    evidence: str

    @property
    def is_evidence_work(self) -> bool:
        """Whether it closes no shortcoming: a measure exists or is said to exist. Such work is scheduled first."""
        return FindingKind.SHORTCOMING not in self.closes

    @property
    def is_desk_work(self) -> bool:
        """Whether it needs no new measure: it closes no shortcoming, and nothing passes a government or parliament."""
        return FindingKind.SHORTCOMING not in self.closes and all(stage.id == WORK for stage in self.stages)


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitRule:
    """A rule of order: an action of `kind` waits for actions of `kinds`.

    It waits for those that close a gap at least as severe in a Recommendation on which its outcome depends.
    """

    kind: str
    kinds: frozenset[str]
    severity: Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Efforts:
    """The whole list: names of stages and kinds of action, both by id, and which kind serves what.

    One round of changed practice is assumed to raise a core issue by `core_issue_steps` extents, and never above
    `core_issue_most`. `by_next_step` gives the kind of action for what an answer lacks.
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

    def stages_of(self, kind: str, settings: PlanSettings) -> tuple[Stage, ...]:
        """Return the stages of a kind with the country's own lead times."""
        own = settings.lead_times.get(kind, {})
        return tuple(Stage(id=stage.id, days=own.get(stage.id, stage.days)) for stage in self.kinds[kind].stages)

    def effort_of(self, kind: str, settings: PlanSettings) -> int:
        """Return the person-days of a kind, as the country sets them or else as shipped."""
        return settings.efforts.get(kind, self.kinds[kind].effort)

    def check_settings(self, settings: PlanSettings) -> None:
        """Refuse settings that name an unknown kind or stage, because they would silently change nothing.

        Raises:
            FatfKitError: the settings name such a kind or stage.
        """
        for name in (*settings.efforts, *settings.lead_times):
            if name not in self.kinds:
                raise FatfKitError(
                    "'{found}' is not a kind of action. Allowed: {names}.", found=name, names=tuple(self.kinds)
                )
        for name, own in settings.lead_times.items():
            known = [stage.id for stage in self.kinds[name].stages]
            if unknown := sorted(set(own) - set(known)):
                raise FatfKitError(
                    "'{stage}' is not a stage of {kind_of_action}. Allowed: {names}.",
                    stage=unknown[0],
                    kind_of_action=name,
                    names=tuple(known),
                )


@cache
def load_efforts() -> Efforts:
    """Return the bundled list.

    Raises:
        FrameworkError: the file does not conform to its schema.

    >>> load_efforts().kinds["law"].stages[0].id
    'draft'
    """
    return load_value(data_folder("frameworks") / "plan" / "efforts.json", Efforts, "efforts.schema.json")
