"""The policy under which answers become an indicative rating: every number is data, with its source.

Source: fatf-kit's own, DECISIONS.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from fatf_kit.errors import FatfKitError, UnknownIdError
from fatf_kit.framework.jsonfiles import fingerprint, load_json
from fatf_kit.ratings import (
    Achievement,
    ComplianceRating,
    CriterionRating,
    EffectivenessRating,
)
from fatf_kit.resources import data_folder

DEFAULT_POLICY = "indicative-1"


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplianceLimits:
    """What a rating asks at least: average credit, and at most these shares of weight (all per cent, inclusive)."""

    average_from: int
    partly_or_worse_up_to: int
    not_met_up_to: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ceiling:
    """A criterion of this weight, rated this or worse, holds the Recommendation at `at_most`."""

    weight: int
    criterion: CriterionRating
    at_most: ComplianceRating


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectivenessLimits:
    """What a level asks: at least this average per cent, at most so many core issues below "large" or at the bottom."""

    average_from: int
    below_large_up_to: int
    negligible_up_to: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """A whole policy. `compliance` and `effectiveness` run from the best rating down; what passes none is the lowest.

    `digest` is "sha256:…" over the file's bytes, so that a result names exactly the numbers it rests on.
    """

    id: str
    title: str
    source: str
    confidence: str
    digest: str
    credits: Mapping[CriterionRating, int]
    weights: Mapping[int, str]
    compliance: Mapping[ComplianceRating, ComplianceLimits]
    ceilings: tuple[Ceiling, ...]
    extents: Mapping[Achievement, int]
    effectiveness: Mapping[EffectivenessRating, EffectivenessLimits]
    criterion_severity: Mapping[CriterionRating, str]
    achievement_severity: Mapping[Achievement, str]


@cache
def load_policy(name: str = DEFAULT_POLICY) -> Policy:
    """A bundled policy by id, or a country's own by the path of its file.

    Raises:
        UnknownIdError: neither an id nor a file.
        FatfKitError: the file is at odds with the schema; the message holds the first fault and their count.

    >>> load_policy().credits[CriterionRating.MOSTLY_MET]
    70
    """
    folder = data_folder("frameworks") / "policies"
    path = folder / f"{name}.json"
    if not path.is_file():
        path = Path(name)
    if not path.is_file():
        known = ", ".join(sorted(page.stem for page in folder.glob("*.json")))
        raise UnknownIdError(f"There is no policy {name!r}. Give a file, or one of: {known}.")
    data, problems = load_json(path, "policy.schema.json")
    if problems:
        raise FatfKitError(f"The policy has {len(problems)} faults; the first: {problems[0].message}")
    return _policy(data, fingerprint([path]))


def _policy(data: dict[str, Any], digest: str) -> Policy:
    severity = data["severity"]
    return Policy(
        id=data["id"],
        title=data["title"],
        source=data["source"],
        confidence=data["confidence"],
        digest=digest,
        credits=MappingProxyType({CriterionRating(k): v for k, v in data["credits"].items()}),
        weights=MappingProxyType({int(k): v for k, v in data["weights"].items()}),
        compliance=MappingProxyType(
            {
                rating: ComplianceLimits(**data["compliance"][rating])
                for rating in (ComplianceRating.LC, ComplianceRating.PC)
            }
        ),
        ceilings=tuple(
            Ceiling(
                weight=c["weight"],
                criterion=CriterionRating(c["criterion"]),
                at_most=ComplianceRating(c["at_most"]),
            )
            for c in data["ceilings"]
        ),
        extents=MappingProxyType({Achievement(k): v for k, v in data["extents"].items()}),
        effectiveness=MappingProxyType(
            {
                level: EffectivenessLimits(**data["effectiveness"][level])
                for level in (EffectivenessRating.HE, EffectivenessRating.SE, EffectivenessRating.ME)
            }
        ),
        criterion_severity=MappingProxyType({CriterionRating(k): v for k, v in severity["criterion"].items()}),
        achievement_severity=MappingProxyType({Achievement(k): v for k, v in severity["achievement"].items()}),
    )
