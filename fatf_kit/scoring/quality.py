"""The numbers behind checks and consistency notes: frameworks/quality.json, fatf-kit's own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from fatf_kit.core.errors import FrameworkError
from fatf_kit.core.json_files import load_json
from fatf_kit.core.ratings import Achievement, ComplianceRating, EffectivenessRating
from fatf_kit.core.resources import data_folder


@dataclass(frozen=True, slots=True, kw_only=True)
class Consistency:
    """When an outcome at one of `levels` has to be explained.

    Either a primary Recommendation is at `any_at`, or more than `weak_share_above` per cent of those whose rating is
    known are `weak`.
    """

    levels: tuple[EffectivenessRating, ...]
    any_at: tuple[ComplianceRating, ...]
    weak: tuple[ComplianceRating, ...]
    weak_share_above: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """When answers need a second look.

    A text of at least `same_text_characters` under `same_text_from` requirements or more counts as pasted; an extent
    from `figures_from` on wants figures.
    """

    same_text_from: int
    same_text_characters: int
    figures_from: Achievement
    consistency: Consistency


@cache
def load_quality() -> Quality:
    """The numbers as shipped.

    Raises:
        FrameworkError: the file is at odds with its schema.

    >>> load_quality().figures_from
    <Achievement.LARGE: 'large'>
    """
    data, problems = load_json(data_folder("frameworks") / "quality.json", "quality.schema.json")
    if problems:
        raise FrameworkError(problems[0].message)
    rule = data["consistency"]
    return Quality(
        same_text_from=data["same_text"]["requirements_from"],
        same_text_characters=data["same_text"]["characters_from"],
        figures_from=Achievement(data["figures_expected_from"]),
        consistency=Consistency(
            levels=tuple(map(EffectivenessRating, rule["levels"])),
            any_at=tuple(map(ComplianceRating, rule["any_at"])),
            weak=tuple(map(ComplianceRating, rule["weak"])),
            weak_share_above=rule["weak_share_above"],
        ),
    )
