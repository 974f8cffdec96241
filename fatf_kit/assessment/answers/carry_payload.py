"""Answers carried forward as JSON that others may rely on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from fatf_kit.assessment.answers.carry_forward import CarryForwardResult
from fatf_kit.assessment.workbook.carried_sheets import CarryStatus, KeptBecause
from fatf_kit.core.json_shapes import Count, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedAnswer:
    """A requirement of the newer edition. `from` are the older ones that it grew out of."""

    id: Text
    status: CarryStatus
    from_: tuple[Text, ...]
    what_changed: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRequirement:
    """An older requirement whose answer is on a sheet of its own, and why."""

    id: Text
    because: KeptBecause


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedAnswers:
    """Every requirement of the newer edition, and the answers that are kept. `left` counts what still needs work."""

    schema: Literal["fatf-kit/carry-forward/1"]
    from_: Text
    to: Text
    counts: Mapping[CarryStatus, Count]
    left: Count
    requirements: tuple[CarriedAnswer, ...]
    kept: tuple[KeptRequirement, ...]


def make_carried_result(carried: CarryForwardResult) -> CarriedAnswers:
    """Make the JSON value of answers carried forward."""
    return CarriedAnswers(
        schema="fatf-kit/carry-forward/1",
        from_=carried.old,
        to=carried.new,
        counts=carried.counts,
        left=carried.left,
        requirements=tuple(
            CarriedAnswer(
                id=moved.requirement, status=moved.status, from_=moved.sources, what_changed=moved.what_changed
            )
            for moved in carried.requirements
        ),
        kept=tuple(KeptRequirement(id=kept.answer.requirement, because=kept.because) for kept in carried.kept),
    )
