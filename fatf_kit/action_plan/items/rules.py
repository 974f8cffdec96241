"""The rules of plans that others word, as data: their kinds, status scales, rules of evidence and dates of a cycle."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from fatf_kit.action_plan.needs.rules import ListedWord
from fatf_kit.core.json_files import load_value
from fatf_kit.core.resources import data_folder
from fatf_kit.evaluation_calendar.timetable import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanKind(ListedWord):
    """One kind of plan and the id of its status scale."""

    scale: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusLevel:
    """One status, and the step of evidence from which it is shown. `id` is a message."""

    id: str
    step: int


@dataclass(frozen=True, kw_only=True)
class StatusScale:
    """The statuses of a kind of plan, from the lowest to the highest. From `done_from` on an item counts as done."""

    id: str
    levels: tuple[StatusLevel, ...]
    done_from: str
    source: str
    confidence: str

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The statuses, lowest first."""
        return tuple(level.id for level in self.levels)

    def rank(self, status: str) -> int:
        """Return the place of a status; -1 for one that the scale does not have.

        >>> scale = load_monitoring().scale_of("icrg")
        >>> scale.rank("not addressed"), scale.rank("addressed"), scale.rank("done")
        (0, 3, -1)
        """
        return self.names.index(status) if status in self.names else -1

    def is_done(self, status: str | None) -> bool:
        """Return whether an item with this status counts as done; an unknown status does not."""
        return status is not None and self.rank(status) >= self.rank(self.done_from)

    def shown_at(self, step: int) -> str:
        """Return the highest status that evidence of this step shows."""
        return [level.id for level in self.levels if level.step <= step][-1]

    def next_step(self, step: int) -> int | None:
        """Return the step at which the next higher status is shown; None where the highest is shown."""
        return min((level.step for level in self.levels if level.step > step), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceStep:
    """The evidence needed for one step: alternatives, each with the number of each measure of evidence."""

    step: int
    any: tuple[Mapping[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AskRule(ListedWord):
    """One thing that an item can ask for, and the evidence that shows it step by step.

    `is_judged_by_risk` says whether reviewers judge its figures and cases against the risks of the country.
    """

    steps: tuple[EvidenceStep, ...]
    is_judged_by_risk: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Meetings:
    """The months of Plenaries."""

    plenaries: tuple[int, ...]
    source: str
    confidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleStep(ListedWord):
    """A step of each cycle, in weeks from the first day of the Plenary; `by` says who has to act."""

    by: Actor
    weeks: int
    source: str
    confidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitoringRules:
    """Everything that frameworks/plan/monitoring.json declares.

    `units_about_one_threat` are outcomes and Recommendations about the financing of terrorism or of proliferation;
    their results are not compared with other threats.
    """

    kinds: tuple[PlanKind, ...]
    scales: tuple[StatusScale, ...]
    asks: tuple[AskRule, ...]
    asks_source: str
    asks_confidence: str
    units_about_one_threat: frozenset[str]
    meetings: Meetings
    cycle: tuple[CycleStep, ...]

    def kind(self, name: str) -> PlanKind:
        """Return a kind of plan by its id."""
        return next(one for one in self.kinds if one.id == name)

    def ask(self, name: str) -> AskRule:
        """Return what an item can ask for by its id."""
        return next(one for one in self.asks if one.id == name)

    def scale_of(self, kind: str) -> StatusScale:
        """Return the status scale of a kind of plan."""
        wanted = self.kind(kind).scale
        return next(one for one in self.scales if one.id == wanted)

    @property
    def statuses(self) -> tuple[str, ...]:
        """The statuses of all scales, each once."""
        return tuple(dict.fromkeys(level.id for scale in self.scales for level in scale.levels))


@cache
def load_monitoring() -> MonitoringRules:
    """Return the bundled rules.

    Raises:
        FrameworkError: the file does not conform to its schema.

    >>> [kind.id for kind in load_monitoring().kinds]
    ['last-report', 'observation', 'icrg', 'key-actions']
    """
    return load_value(data_folder("frameworks") / "plan" / "monitoring.json", MonitoringRules, "monitoring.schema.json")
