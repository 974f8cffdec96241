"""A policy turns answers into an indicative rating; every number of it is data, with its source.

Source: fatf-kit's own, DECISIONS.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise
from pathlib import Path

from fatf_kit.core.errors import FatfKitError, UnknownIdError
from fatf_kit.core.files import is_remote
from fatf_kit.core.json_files import convert_value, fingerprint_files, load_json
from fatf_kit.core.ratings import (
    ACHIEVEMENT_SCALE,
    CRITERION_SCALE,
    EFFECTIVENESS_SCALE,
    Achievement,
    ComplianceRating,
    CriterionRating,
    EffectivenessRating,
    Severity,
)
from fatf_kit.core.resources import data_folder
from fatf_kit.scoring.proof import ProofRules, load_earlier_rules

DEFAULT_POLICY = "indicative-3"

SUCCESSORS = {"indicative-1": "indicative-2", "stricter-1": "stricter-2", "milder-1": "milder-2"}
"""Ids of policies that are not bundled any more, and the policy that each of them is read as."""


RENEWED = {"indicative-2": "indicative-3", "stricter-2": "stricter-3", "milder-2": "milder-3"}
"""Ids of bundled policies that have a successor and are still bundled, so that a country may keep them."""


def find_successor(policy: str) -> str | None:
    """Return the id of the policy that came after a bundled one; None for the newest, and for a country's own.

    >>> find_successor("indicative-1"), find_successor("indicative-3"), find_successor("own.json")
    ('indicative-3', None, None)
    """
    return RENEWED.get(SUCCESSORS.get(policy, policy))


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplianceLimits:
    """Limits of a rating: the least average credit, and the largest shares of weight (per cent, inclusive)."""

    average_from: int
    partly_or_worse_up_to: int
    not_met_up_to: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ceiling:
    """A criterion of this weight, rated this or worse, holds the Recommendation at `at_most`.

    `duty` limits it to criteria that are the duty itself, of whatever weight; `weight` is then 0.
    """

    criterion: CriterionRating
    at_most: ComplianceRating
    weight: int = 0
    duty: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeCeiling:
    """A core issue of this weight, achieved to this extent or less, holds the outcome at `at_most`."""

    weight: int
    core_issue: Achievement
    at_most: EffectivenessRating


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectivenessLimits:
    """Limits of a level of effectiveness: least average per cent, most core issues below "large" and at the bottom."""

    average_from: int
    below_large_up_to: int
    negligible_up_to: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicySeverity:
    """Which severity a finding has, by the rating of its criterion or the extent of its core issue."""

    criterion: Mapping[CriterionRating, Severity]
    achievement: Mapping[Achievement, Severity]


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """A whole policy. `compliance` and `effectiveness` run from the best rating down; what passes none is the lowest.

    `proof` says which kinds of text show a criterion; a policy that says nothing about it has the earlier rules.
    `digest` is "sha256:…" over the file's bytes, so that a result names exactly the numbers it rests on. `file` is the
    name of a country's own file; empty for those of fatf-kit. A rating within `close_within` points of a limit is
    marked as close to its neighbour; 0 marks none.
    """

    id: str
    title: str
    source: str
    confidence: str
    credits: Mapping[CriterionRating, int]
    weights: Mapping[int, str]
    compliance: Mapping[ComplianceRating, ComplianceLimits]
    ceilings: tuple[Ceiling, ...]
    extents: Mapping[Achievement, int]
    effectiveness: Mapping[EffectivenessRating, EffectivenessLimits]
    severity: PolicySeverity
    outcome_ceilings: tuple[OutcomeCeiling, ...] = ()
    close_within: int = 0
    proof: ProofRules = field(default_factory=load_earlier_rules)
    digest: str = ""
    file: str = ""

    @property
    def is_own(self) -> bool:
        """Whether it is a country's own and not one of fatf-kit's."""
        return bool(self.file)


def load_policy(name: str | Path = DEFAULT_POLICY) -> Policy:
    """Return a bundled policy by its id, or the country's own policy by the path of its file.

    The id of an earlier policy gives its successor, because settings of older folders name it.

    Raises:
        UnknownIdError: neither an id nor a file.
        FatfKitError: the file does not conform to its schema, contradicts itself, or has the id of a bundled policy;
            the message gives the first fault and their number.

    >>> load_policy().credits[CriterionRating.MOSTLY_MET]
    70
    """
    name = SUCCESSORS.get(str(name), name)
    if str(name) in shipped_policies():
        return _shipped(str(name))
    path = Path(name)
    if not is_remote(path) and not path.is_file():
        raise UnknownIdError(
            "'{found}' is not the name of scoring rules. Name a file, or one of these: {names}.",
            found=str(name),
            names=shipped_policies(),
        )
    policy = _read(path, own=True)
    if policy.id in shipped_policies():
        if policy.digest == _shipped(policy.id).digest:
            return _shipped(policy.id)
        raise FatfKitError(
            "The scoring rules in {file} have the id '{id}' of scoring rules of fatf-kit. Choose another id for them.",
            file=path.name,
            id=policy.id,
        )
    return policy


@cache
def shipped_policies() -> tuple[str, ...]:
    """Return the ids of the bundled policies; no other file may take one of them."""
    return tuple(sorted(page.stem for page in _folder().glob("*.json")))


@cache
def _shipped(name: str) -> Policy:
    return _read(_folder() / f"{name}.json", own=False)


def _folder() -> Path:
    return data_folder("frameworks") / "policies"


def _known() -> str:
    return ", ".join(shipped_policies())


_PRESENT_WORDS = {
    "Standard policy": "Standard rules",
    "Stricter policy": "Stricter rules",
    "Milder policy": "Milder rules",
    "fatf-kit's own. The Methodology asks assessors for judgement and gives no formula; this policy calculates an "
    "indicative rating from the answers, so that two people reach the same result. It follows FATF Methodology (2022), "
    "paras 41-44 and 72, and is not an official rule.": "fatf-kit's own. The Methodology asks assessors for judgement "
    "and gives no formula; these scoring rules calculate an indicative rating from the answers, so that two people "
    "reach the same result. They follow FATF Methodology (2022), paras 41-44 and 72, and are not official rules.",
}
"""The words of today for those in the files, whose bytes stay because every result names their fingerprint."""


def _read(path: Path, *, own: bool) -> Policy:
    data, problems = load_json(path, "policy.schema.json")
    if problems:
        raise FatfKitError(
            "The scoring rules in {file} have errors ({count}). The first: {problem}",
            file=path.name,
            count=len(problems),
            problem=problems[0],
        )
    policy = convert_value(data, Policy, path.name)
    policy = replace(
        policy,
        title=_PRESENT_WORDS.get(policy.title, policy.title),
        source=_PRESENT_WORDS.get(policy.source, policy.source),
        digest=fingerprint_files([path]),
        file=path.name if own else "",
        compliance={rating: policy.compliance[rating] for rating in (ComplianceRating.LC, ComplianceRating.PC)},
        effectiveness={level: policy.effectiveness[level] for level in reversed(EFFECTIVENESS_SCALE[1:])},
    )
    if faults := tuple(_faults(policy)):
        raise FatfKitError(
            "The scoring rules in {file} contradict themselves. {problems}", file=path.name, problems=faults
        )
    return policy


def _faults(policy: Policy) -> Iterator[FatfKitError]:
    """Numbers under which a better answer could lower a rating, or a better rating ask for less than a worse one."""
    points = [policy.credits[rating] for rating in CRITERION_SCALE]
    extents = [policy.extents[extent] for extent in ACHIEVEMENT_SCALE]
    for name, values in (("credits", points), ("extents", extents)):
        if values != sorted(values) or values[0] == values[-1]:
            yield FatfKitError(
                "The values of '{name}' must rise from the worst answer to the best. Found: {values}.",
                name=name,
                values=tuple(map(str, values)),
            )
    better, worse = policy.compliance[ComplianceRating.LC], policy.compliance[ComplianceRating.PC]
    if better.average_from < worse.average_from:
        yield _lower_average("LC", better.average_from, "PC", worse.average_from)
    if better.partly_or_worse_up_to > worse.partly_or_worse_up_to or better.not_met_up_to > worse.not_met_up_to:
        yield FatfKitError("LC must not allow a larger share of weak criteria than PC.")
    if policy.credits[CriterionRating.MET] < better.average_from:
        yield FatfKitError(
            "The average for LC ({average}) must not exceed the credit of a criterion that is met.",
            average=better.average_from,
        )
    if faults := policy.proof.list_reversed_statuses():
        yield FatfKitError(
            "The statuses of 'one_level_below' must be the nearest to shown. Add before the others: {names}.",
            names=tuple(map(str, faults)),
        )
    for (high, more), (low, less) in pairwise(policy.effectiveness.items()):
        if more.average_from < less.average_from:
            yield _lower_average(high, more.average_from, low, less.average_from)
        if more.below_large_up_to > less.below_large_up_to or more.negligible_up_to > less.negligible_up_to:
            yield FatfKitError("{high} must not allow more weak core issues than {low}.", high=high, low=low)


def _lower_average(high: str, more: float, low: str, less: float) -> FatfKitError:
    return FatfKitError(
        "The average for {high} ({more}) must not be lower than the average for {low} ({less}).",
        high=high,
        more=more,
        low=low,
        less=less,
    )
