"""A gap in the country's system, or in what it can show of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fatf_kit.core.problems import CellRef
from fatf_kit.core.ratings import FindingKind, Severity
from fatf_kit.scoring.evidence import EvidenceStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One finding about one criterion or core issue.

    `severity` is None without an answer or without proof, because no shortcoming is known. `missing` is what the
    country itself says is missing, in its own words, empty where it says nothing; `withheld` that words were left out
    because their answer is restricted; `status` says what proof lacks. `points_lost` is weight times missing credit at
    the worst end; it orders findings within a Recommendation. `affects` are the outcomes or Recommendations that feel
    it; `planned` are the country's own actions, due by the last of their dates. `touches` are other Recommendations
    that it affects through a cascade, which the first finding of its Recommendation names. The texts of the requirement
    itself are the framework's, in the reader's language, and are not here.
    """

    id: str
    requirement: str
    unit: str
    kind: FindingKind
    severity: Severity | None
    rating: str | None
    missing: str
    withheld: bool
    status: EvidenceStatus
    points_lost: int
    affects: tuple[str, ...] = ()
    root_causes: tuple[str, ...] = ()
    planned: tuple[str, ...] = ()
    planned_due: str = ""
    agencies: tuple[str, ...] = ()
    refs: tuple[CellRef, ...] = ()
    touches: tuple[str, ...] = ()


def list_severities(findings: Iterable[Finding]) -> tuple[str, ...]:
    """Return the severities of the shortcomings among findings, for the filter of a page and its charts.

    Agencies that disagree are no shortcoming, even though the worst of their answers has a severity.
    """
    return tuple(
        str(one.severity) for one in findings if one.kind is FindingKind.SHORTCOMING and one.severity is not None
    )
