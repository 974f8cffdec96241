"""The table of ratings as evaluation reports have it: the units of one scale side by side, with the key."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from fatf_kit.framework.model import Framework
from fatf_kit.report.model import RatingGrid, RatingMark


def build_rating_grid(
    framework: Framework,
    scale: Literal["compliance", "effectiveness"],
    caption: str,
    marks: Iterable[RatingMark],
    further_key: tuple[tuple[str, str], ...] = (),
) -> RatingGrid:
    """Return the table of ratings on one scale, laid out as the edition's evaluation reports have it, with its key."""
    is_compliance, layout = scale == "compliance", framework.rating_table
    points = framework.scales.compliance if is_compliance else framework.scales.effectiveness
    return RatingGrid(
        id=f"{scale}-ratings",
        caption=caption,
        scale=scale,
        per_row=layout.compliance_per_row if is_compliance else layout.effectiveness_per_row,
        marks=tuple(marks),
        key=(*((point.code, point.label) for point in points), *further_key),
    )
