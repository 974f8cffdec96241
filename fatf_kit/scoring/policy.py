"""A policy turns answers into an indicative rating; every number of it is data, with its source.

Source: fatf-kit's own, DECISIONS.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
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

DEFAULT_POLICY = "indicative-2"

SUCCESSORS = {"indicative-1": "indicative-2", "stricter-1": "stricter-2", "milder-1": "milder-2"}
"""Ids of bundled policies that were replaced, and the policy that replaced each."""


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

    `digest` is "sha256:…" over the file's bytes, so that a result names exactly the numbers it rests on.
    `file` is the name of a country's own file; empty for those of fatf-kit. A rating within `close_within` points of a
    limit is marked as close to its neighbour; 0 marks none.
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
    digest: str = ""
    file: str = ""

    @property
    def is_own(self) -> bool:
        """Whether it is a country's own and not one of fatf-kit's."""
        return bool(self.file)


def load_policy(name: str | Path = DEFAULT_POLICY) -> Policy:
    """Return a bundled policy by id, or a country's own by the path of its file.

    The id of a policy that was replaced gives the one that replaced it, as settings of older folders name it.

    Raises:
        UnknownIdError: neither an id nor a file.
        FatfKitError: the file is at odds with the schema or with itself, or takes the id of a bundled policy; the
            message holds the first fault and their count.

    >>> load_policy().credits[CriterionRating.MOSTLY_MET]
    70
    """
    name = SUCCESSORS.get(str(name), name)
    if str(name) in shipped_policies():
        return _shipped(str(name))
    path = Path(name)
    if not is_remote(path) and not path.is_file():
        raise UnknownIdError(f"There is no policy {str(name)!r}. Give a file, or one of: {_known()}.")
    policy = _read(path, own=True)
    if policy.id in shipped_policies():
        if policy.digest == _shipped(policy.id).digest:
            return _shipped(policy.id)
        raise FatfKitError(
            f"{path.name} calls itself {policy.id!r}, the id of a policy of fatf-kit. Give it an id of its own."
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


def _read(path: Path, *, own: bool) -> Policy:
    data, problems = load_json(path, "policy.schema.json")
    if problems:
        raise FatfKitError(
            f"The policy {path.name} has {len(problems)} fault{'s' if len(problems) != 1 else ''}; the first: "
            f"{problems[0].message}"
        )
    policy = convert_value(data, Policy, path.name)
    policy = replace(
        policy,
        digest=fingerprint_files([path]),
        file=path.name if own else "",
        compliance={rating: policy.compliance[rating] for rating in (ComplianceRating.LC, ComplianceRating.PC)},
        effectiveness={level: policy.effectiveness[level] for level in reversed(EFFECTIVENESS_SCALE[1:])},
    )
    if faults := tuple(_faults(policy)):
        raise FatfKitError(f"The policy {path.name} contradicts itself: {faults[0]}")
    return policy


def _faults(policy: Policy) -> Iterator[str]:
    """Numbers under which a better answer could lower a rating, or a better rating ask for less than a worse one."""
    points = [policy.credits[rating] for rating in CRITERION_SCALE]
    extents = [policy.extents[extent] for extent in ACHIEVEMENT_SCALE]
    for name, values in (("credits", points), ("extents", extents)):
        if values != sorted(values) or values[0] == values[-1]:
            yield f"{name} must rise from the worst answer to the best; they are {', '.join(map(str, values))}."
    better, worse = policy.compliance[ComplianceRating.LC], policy.compliance[ComplianceRating.PC]
    if better.average_from < worse.average_from:
        yield f"LC asks for an average of {better.average_from}, PC for {worse.average_from}; LC must not ask for less."
    if better.partly_or_worse_up_to > worse.partly_or_worse_up_to or better.not_met_up_to > worse.not_met_up_to:
        yield "LC allows a larger share of weak criteria than PC; it must not."
    if policy.credits[CriterionRating.MET] < better.average_from:
        yield f"LC asks for an average of {better.average_from}, more than the credit of criteria that are all met."
    levels = list(policy.effectiveness.items())
    for (high, more), (low, less) in pairwise(levels):
        if more.average_from < less.average_from:
            yield f"{high} asks for a lower average ({more.average_from}) than {low} ({less.average_from})."
        if more.below_large_up_to > less.below_large_up_to or more.negligible_up_to > less.negligible_up_to:
            yield f"{high} allows more weak core issues than {low}; it must not."
