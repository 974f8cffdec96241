"""What does not fit together once answers are rolled up, as Problems with the cells they stand in."""

from __future__ import annotations

from collections.abc import Iterator

from fatf_kit.problems import Problem, make_problem
from fatf_kit.scoring.model import Assessment


def check_assessment(assessment: Assessment) -> tuple[Problem, ...]:
    """Criteria answered better than their own parts support."""
    return tuple(_above_parts(assessment))


def _above_parts(assessment: Assessment) -> Iterator[Problem]:
    for recommendation in assessment.recommendations:
        for criterion in recommendation.criteria:
            if criterion.above_parts is not None:
                ref = criterion.refs[0] if criterion.refs else None
                yield make_problem(
                    "criterion-above-parts", ref, criterion.id, found=criterion.claimed, parts=criterion.above_parts
                )
