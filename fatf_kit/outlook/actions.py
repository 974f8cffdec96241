"""Candidates for key recommended actions: which gaps the rules call for, and which of them come first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fatf_kit.core.errors import UnknownIdError
from fatf_kit.core.json_files import load_json, load_value
from fatf_kit.core.problems import Problem
from fatf_kit.core.ratings import FindingKind, Severity
from fatf_kit.core.resources import data_folder
from fatf_kit.framework import list_editions
from fatf_kit.framework.model import Framework, ImmediateOutcome
from fatf_kit.outlook.evaluate import evaluate, find_best_case, find_worst_case
from fatf_kit.outlook.model import Outlook, Rating, Ratings, Rules
from fatf_kit.scoring.finding import Finding

FILE = "actions.json"
_SCHEMA = "actions.schema.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionRules:
    """The rules by which actions are chosen; `by_analogy` says that the edition itself has no such rules.

    `severity` is how much improvement a rating stands for, where nothing but the rating is known.
    """

    edition: str
    by_analogy: bool
    outcome_ratings: frozenset[str]
    recommendation_ratings: frozenset[str]
    per_outcome: int
    standalone: tuple[str, ...]
    standalone_each: int
    severity: Mapping[str, Severity]
    notes: tuple[str, ...]
    source: str
    confidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyAction:
    """One candidate.

    Attributes:
        addresses: The outcome or Recommendation that it is about.
        outcome: The outcome for whose sake it was chosen; None for a Recommendation that not part of another action.
        serves: Every outcome that calls for an action and that the unit belongs to.
        requirement: The criterion or core issue behind it; None where only ratings are known.
        finding: The id of the finding behind it; None where only ratings are known.
        unshown: The gap is in what can be shown, not in the system: evidence comes before reform.
        severity: How much is missing; None where that is not known.
        points_lost: Weight times missing credit, with the weights the country set; 0 where only ratings are known.
        shared_root_cause: How many Recommendations have a finding with the same root cause, this one included; 0
            without one.
        lines: Lines of follow-up and referral that hold, or may hold, and count this unit.
        is_certain: The rating calls for an action in every case; otherwise only in the worst case only.
    """

    addresses: str
    outcome: str | None
    serves: tuple[str, ...]
    requirement: str | None
    finding: str | None
    unshown: bool
    severity: Severity | None
    points_lost: int
    shared_root_cause: int
    lines: tuple[str, ...]
    is_certain: bool


@cache
def load_action_rules(edition: str) -> ActionRules:
    """Return the rules of a bundled edition.

    Raises:
        UnknownIdError: no such edition.
        FrameworkError: the file is at odds with its schema.

    >>> load_action_rules("fatf-2022").per_outcome
    3
    """
    if edition not in list_editions():
        raise UnknownIdError("'{found}' is not an edition. Allowed: {names}.", found=edition, names=list_editions())
    return load_value(data_folder("frameworks") / edition / FILE, ActionRules, _SCHEMA)


def check_actions_file(folder: Path) -> tuple[Problem, ...]:
    """Return every fault in an edition's rules for actions; an edition without any has none."""
    path = folder / FILE
    return load_json(path, _SCHEMA, f"{folder.name}/{FILE}")[1] if path.is_file() else ()


def choose_actions(
    framework: Framework,
    rules: ActionRules,
    lines: Rules,
    ratings: Ratings,
    findings: Iterable[Finding] | None = None,
) -> tuple[KeyAction, ...]:
    """Return candidates, the most pressing first.

    Open ratings count at their worst; `KeyAction.is_certain` marks the others. With findings, an action is about one
    requirement, and a unit without any finding gives none. Without (None), it is about the unit, from ratings alone.

    The order is severity, then points lost (materiality), then how many Recommendations share the root cause, then how
    many lines count the unit, then the order of the Methodology. What is short comes before what is only not shown.
    """
    chooser = _Chooser(framework, rules, evaluate(lines, ratings), ratings, findings)
    return tuple(sorted(chooser.choose(), key=chooser.order))


class _Chooser:
    def __init__(
        self,
        framework: Framework,
        rules: ActionRules,
        outlook: Outlook,
        ratings: Ratings,
        findings: Iterable[Finding] | None,
    ) -> None:
        self._framework, self._rules, self._outlook = framework, rules, outlook
        self._worst, self._best = find_worst_case(ratings), find_best_case(ratings)
        self._place = {unit.id: n for n, unit in enumerate(framework.units)}
        self._low = [outcome for outcome in framework.outcomes if self._calls(outcome.id, self._worst)]
        self._findings = None if findings is None else list(findings)
        self._sharing: defaultdict[str, set[str]] = defaultdict(set)
        for finding in self._findings or ():
            for cause in finding.root_causes:
                self._sharing[cause].add(finding.unit)

    def choose(self) -> Iterator[KeyAction]:
        taken: set[str] = set()
        for outcome in self._low:
            for action in self._of_outcome(outcome, taken):
                taken.add(action.addresses)
                yield action
        for unit in self._rules.standalone:
            if self._calls(unit, self._worst) and not self._serves(unit):
                yield from self._candidates(unit, None)[: self._rules.standalone_each]

    def order(self, action: KeyAction) -> tuple[bool, bool, int, int, int, int, int]:
        grave = len(Severity) if action.severity is None else action.severity.order
        place = self._place[action.addresses]
        pressing = (not action.is_certain, action.unshown, grave, -action.points_lost)
        return (*pressing, -action.shared_root_cause, -len(action.lines), place)

    def _of_outcome(self, outcome: ImmediateOutcome, taken: set[str]) -> Sequence[KeyAction]:
        """Return the best action on the outcome itself, then whatever is most pressing, up to the limit."""
        own = self._candidates(outcome.id, outcome.id)
        rest = own[1:]
        for unit in outcome.primary_recommendations:
            if unit not in taken and self._calls(unit, self._worst):
                rest += self._candidates(unit, outcome.id)[:1]
        return (own[:1] + sorted(rest, key=self.order))[: self._rules.per_outcome]

    def _candidates(self, unit: str, outcome: str | None) -> list[KeyAction]:
        if self._findings is None:
            return [self._action(unit, outcome, None)]
        gaps: dict[str, Finding] = {}
        for finding in self._findings:
            if finding.unit == unit and finding.kind in (FindingKind.SHORTCOMING, FindingKind.UNDEMONSTRATED):
                gaps.setdefault(finding.requirement, finding)
        return sorted((self._action(unit, outcome, finding) for finding in gaps.values()), key=self.order)

    def _action(self, unit: str, outcome: str | None, finding: Finding | None) -> KeyAction:
        by_rating = self._rules.severity.get(str(self._worst[unit]))
        causes = finding.root_causes if finding else ()
        return KeyAction(
            addresses=unit,
            outcome=outcome,
            serves=self._serves(unit),
            requirement=finding.requirement if finding else None,
            finding=finding.id if finding else None,
            unshown=finding is not None and finding.kind is FindingKind.UNDEMONSTRATED,
            severity=finding.severity if finding else by_rating,
            points_lost=finding.points_lost if finding else 0,
            shared_root_cause=max((len(self._sharing[cause]) for cause in causes), default=0),
            lines=tuple(self._list_lines(unit)),
            is_certain=self._calls(unit, self._best) and (outcome is None or self._calls(outcome, self._best)),
        )

    def _list_lines(self, unit: str) -> Iterator[str]:
        """Yield the thresholds that hold, or may hold, and count the unit."""
        for result in self._outlook.lines:
            counts = (count for count in result.line.counts if unit in count.units)
            if result.holds is not False and any(str(self._worst[unit]) in count.ratings for count in counts):
                yield result.line.id

    def _calls(self, unit: str, ratings: Mapping[str, Rating]) -> bool:
        kind = self._rules.outcome_ratings if unit.startswith("IO.") else self._rules.recommendation_ratings
        return str(ratings[unit]) in kind

    def _serves(self, unit: str) -> tuple[str, ...]:
        return tuple(o.id for o in self._low if unit == o.id or unit in o.primary_recommendations)
