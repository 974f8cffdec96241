"""Measures for non-profit organisations: what suits which tier, and what a country in fact does.

What suits a tier is data in frameworks/npo/measures.json. A country lists its own measures on a workbook
(`fatf_kit.npo.measures.workbook`); they become the values below.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

from fatf_kit.core.json_files import convert_value, load_value
from fatf_kit.core.problems import CellRef
from fatf_kit.core.resources import data_folder
from fatf_kit.npo.model import Decision
from fatf_kit.npo.scales import SegmentKind

Value = TypeVar("Value")


class Tier(StrEnum):
    """The bodies that a measure may be for.

    UNRATED: within the definition, but too little is known. HARD_TRIGGER: bodies referred to investigators, which is
    no tier of supervision; they are in one of the classes too.
    """

    OUT_OF_SCOPE = "out_of_scope"
    UNDETERMINED = "undetermined"
    UNRATED = "unrated"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    HARD_TRIGGER = "hard_trigger"


CLASSES = (Tier.LOW, Tier.MEDIUM, Tier.HIGH)
"""The three classes of organisations within the definition, lowest first."""

TO_PROTECT = frozenset({Tier.OUT_OF_SCOPE, Tier.LOW})
"""Bodies on which a measure because of terrorist financing has no place, or outreach only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureKind:
    """A kind of measure. `outreach` imposes no duty; `obliged_entity` treats bodies as obliged entities."""

    id: str
    outreach: bool
    obliged_entity: bool
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TierMeasures:
    """The measures that suit a tier and those that do not, in the reader's language, with their paragraphs.

    `suits` and `discouraged` are ids of kinds: what the tier calls for, and what it should be spared.
    """

    tier: Tier
    name: str
    do: tuple[str, ...]
    do_not: tuple[str, ...]
    suits: frozenset[str]
    discouraged: frozenset[str]
    citations: tuple[str, ...]
    requirements: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureAudience:
    """An answer to "on whom": its name and the tiers it means."""

    id: str
    tiers: frozenset[Tier]
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureCatalogue:
    """The kinds and the audiences by id, and the tiers."""

    kinds: Mapping[str, MeasureKind]
    audiences: Mapping[str, MeasureAudience]
    tiers: tuple[TierMeasures, ...]

    def tier(self, tier: Tier) -> TierMeasures:
        """Return the measures of one tier; KeyError for undetermined bodies, for which there are none."""
        return {entry.tier: entry for entry in self.tiers}[tier]


@cache
def load_measures(language: str = "en") -> MeasureCatalogue:
    """Return the catalogue in one language.

    Raises:
        FrameworkError: the file is at odds with its schema.

    >>> load_measures("fr").tier(Tier.LOW).name
    'Faible'
    """
    data: dict[str, Any] = load_npo_data("measures", dict, language)
    by_id = {key: {item["id"]: item for item in data[key]} for key in ("kinds", "audiences")}
    return convert_value({**data, **by_id}, MeasureCatalogue, "measures.json")


def load_npo_data(name: str, kind: type[Value], language: str) -> Value:
    """Return a file of frameworks/npo/ by its name without ending, checked against the schema of that name.

    Raises:
        FrameworkError: the file is at odds with its schema.
    """
    path = data_folder("frameworks") / "npo" / f"{name}.json"
    return load_value(path, kind, f"npo-{name}.schema.json", language)


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryMeasure:
    """One measure that the country in fact takes.

    `tiers` are those it is for; with a `segment` only the bodies of that segment in them. `hours` is per body and
    year, `bodies` how many bodies it reaches; None where the country does not say. `because_of_tf` is False for
    general law, which no check of ours concerns.
    """

    name: str
    kind: str
    tiers: frozenset[Tier]
    segment: tuple[SegmentKind, str] | None = None
    legal_basis: str = ""
    because_of_tf: bool = True
    hours: float | None = None
    bodies: int | None = None
    ref: CellRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NationalMeasures:
    """All measures of a country, and its answers to the questions on them.

    `answers` holds yes and no by the id of the question; a question without an answer is absent. `last_review` is
    None where no date is given. `written` says by question where the answer is written. `described` are the country's
    texts on threat and consultation by the id of the part; `decision` is the working group's on the sector's rating.
    """

    measures: tuple[CountryMeasure, ...] = ()
    answers: Mapping[str, bool] = field(default_factory=dict)
    last_review: date | None = None
    written: Mapping[str, str] = field(default_factory=dict)
    described: Mapping[str, str] = field(default_factory=dict)
    decision: Decision | None = None
