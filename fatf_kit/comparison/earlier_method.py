"""Results of the earlier method, which counted what was not shown as not met, brought to the present method."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fatf_kit.core.ratings import Achievement, CriterionRating
from fatf_kit.scoring.evidence import EvidenceStatus, worst_of_core_issue, worst_of_criterion
from fatf_kit.scoring.proof import ProofRules

EARLIER_SCHEMA = "fatf-kit/assessment/1"


def convert_earlier_result(
    result: Mapping[str, Any], now: Mapping[str, Mapping[str, Any]], rules: ProofRules
) -> dict[str, Any]:
    """Return a result of the earlier method with the ranges that the present one, with its rules of proof, gives it.

    A claim that was not shown gets the range of its status. Whether an extent was shown cannot be derived from the
    earlier result; where its claim and decision are still the same, it takes the range of today, `now` by requirement.
    """

    def brought(one: Mapping[str, Any]) -> dict[str, Any]:
        today = now.get(one["id"])
        return {**one, "shown": _range_today(one, today, rules), "settled": None}

    return {
        **result,
        "recommendations": [
            {**unit, "criteria": [brought(one) for one in unit["criteria"]]} for unit in result["recommendations"]
        ],
        "outcomes": [
            {**unit, "core_issues": [brought(one) for one in unit["core_issues"]]} for unit in result["outcomes"]
        ],
    }


_EARLIER_STATUS = {
    "not binding": EvidenceStatus.WRONG_KIND,
    "no evidence": EvidenceStatus.NOTHING_ON_FILE,
}
"""Statuses of the earlier method that have another name now."""


def _range_today(before: Mapping[str, Any], today: Mapping[str, Any] | None, rules: ProofRules) -> dict[str, str]:
    claim, name = before["claimed"], before["showing"]
    status = _EARLIER_STATUS.get(name) or EvidenceStatus(name)
    if claim is None:
        return {"worst": before["range"][0], "best": before["range"][1]}
    if claim in list(Achievement):
        if today and (today["claimed"], today["decided"]) == (claim, before["decided"]):
            return dict(today["shown"])
        worst: str = worst_of_core_issue(Achievement(claim), status)
    else:
        worst = worst_of_criterion(CriterionRating(claim), status, rules)
    if before["conflict"] and status.is_shown and find_rank(before["range"][0]) < find_rank(worst):
        worst = before["range"][0]
    return {"worst": str(worst), "best": claim}


def find_rank(value: str) -> int:
    """Return the rank of an answer from the worst up; "not applicable" last, -1 for other texts."""
    for scale in (list(CriterionRating), list(Achievement)):
        if value in scale:
            return list(map(str, scale)).index(value)
    return -1
