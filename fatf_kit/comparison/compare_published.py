"""An assessment compared with published ratings: the changes since an evaluation, or between published reports.

Published ratings are those of whole units, so that nothing can be taken apart by causes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fatf_kit.comparison.compare import (
    ASSESSMENT_SCHEMA,
    AssessmentComparison,
    MovementCause,
    MovementStep,
    UnitMovement,
)
from fatf_kit.comparison.earlier_method import EARLIER_SCHEMA
from fatf_kit.core.errors import FatfKitError
from fatf_kit.framework import load_framework
from fatf_kit.published.model import PUBLISHED_SCHEMA
from fatf_kit.scoring.span import RangeEnd, Span


def compare_published(
    before: Mapping[str, Any], after: Mapping[str, Any], *, case: RangeEnd = RangeEnd.WORST
) -> AssessmentComparison:
    """Return every unit whose rating is another one; at least one of the two results holds published ratings.

    A unit that a report does not rate, and an outcome that asks something else in the later edition, is not compared.

    Raises:
        FatfKitError: the other result is no assessment.json, was made by the earlier method, or is of an edition that
            does not follow.
    """
    for one in (before, after):
        if one.get("schema") == EARLIER_SCHEMA:
            raise FatfKitError(
                "One result was calculated by the earlier method. Run 'fatf-kit score' again, then compare."
            )
        if one.get("schema") not in (ASSESSMENT_SCHEMA, PUBLISHED_SCHEMA):
            raise FatfKitError(
                "The file is not an assessment.json: its schema is '{schema}'.", schema=one.get("schema")
            )
    old, new = (load_framework(one["provenance"]["edition"]) for one in (before, after))
    if old.id not in (new.id, new.predecessor):
        raise FatfKitError("{new} is not the edition after {old}. Name the older result first.", new=new.id, old=old.id)
    other_meaning = set() if old.id == new.id else {one.id for one in new.outcomes if one.change}
    then, now = read_rating_ranges(before), read_rating_ranges(after)
    movements, apart = [], []
    for unit in (one.id for one in new.units):
        if unit in other_meaning or unit not in then or unit not in now:
            apart.append(unit)
            continue
        if then[unit] != now[unit]:
            movements.append(_movement(unit, then[unit], now[unit], case))
    return AssessmentComparison(
        country=str(after["country"]["name"] or before["country"]["name"] or ""),
        facts={
            key: (str(before["provenance"].get(key) or ""), str(after["provenance"].get(key) or ""))
            for key in ("edition", "policy", "policy_digest", "cut_off", "generated_at")
        },
        movements=tuple(movements),
        not_comparable=tuple(apart),
        published=(_report(before), _report(after)),
    )


def _movement(unit: str, then: Span[str], now: Span[str], case: RangeEnd) -> UnitMovement:
    other = RangeEnd.BEST if case is RangeEnd.WORST else RangeEnd.WORST
    return UnitMovement(
        unit=unit,
        before=then.at(case),
        after=now.at(case),
        steps=(MovementStep(cause=MovementCause.PUBLISHED, before=then.at(case), after=now.at(case), requirements=()),),
        other_end=(then.at(other), now.at(other)),
    )


def read_rating_ranges(result: Mapping[str, Any]) -> dict[str, Span[str]]:
    """Return the rating of each unit at both ends; units that a published report does not rate are left out."""
    units = (*result["recommendations"], *result["outcomes"])
    if result["schema"] == PUBLISHED_SCHEMA:
        return {one["id"]: Span(worst=one["published"], best=one["published"]) for one in units if one["published"]}
    return {one["id"]: _counted(one) for one in units}


def _counted(unit: Mapping[str, Any]) -> Span[str]:
    ends = unit["trace"]["shown"]
    worst, best = (str(unit["decided"] or ends[case.value]["rating"]) for case in (RangeEnd.WORST, RangeEnd.BEST))
    return Span(worst=worst, best=best)


def _report(result: Mapping[str, Any]) -> str:
    found = result.get("report") or {}
    return f"{found['type']} {found['date']}" if found else ""
