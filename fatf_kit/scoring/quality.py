"""Numbers of the checks and consistency notes, from frameworks/quality.json; they are fatf-kit's own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from fatf_kit.core.json_files import load_value
from fatf_kit.core.ratings import Achievement, ComplianceRating, EffectivenessRating
from fatf_kit.core.resources import data_folder


@dataclass(frozen=True, slots=True, kw_only=True)
class Consistency:
    """When a rating of an outcome, one of `levels`, has to be explained.

    Either a primary Recommendation is at `any_at`, or more than `weak_share_above` per cent of those whose rating is
    known are `weak`.
    """

    levels: tuple[EffectivenessRating, ...]
    any_at: tuple[ComplianceRating, ...]
    weak: tuple[ComplianceRating, ...]
    weak_share_above: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SameText:
    """A text of so many characters under so many requirements counts as pasted."""

    requirements_from: int
    characters_from: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """When answers need a second look; an extent from `figures_expected_from` on needs figures."""

    same_text: SameText
    figures_expected_from: Achievement
    consistency: Consistency


@cache
def load_quality() -> Quality:
    """Return the numbers as shipped.

    Raises:
        FrameworkError: the file does not conform to its schema.

    >>> load_quality().figures_expected_from
    <Achievement.LARGE: 'large'>
    """
    return load_value(data_folder("frameworks") / "quality.json", Quality, "quality.schema.json")
