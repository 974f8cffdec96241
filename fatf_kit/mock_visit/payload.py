"""The debrief as JSON that others may rely on: frameworks/schema/mock-debrief-1."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fatf_kit.core.problems import CellRef, Problem
from fatf_kit.mock_visit.model import Debrief, MockFinding, Readiness

SCHEMA = "fatf-kit/mock-debrief/1"


def build_debrief_payload(
    found: Debrief, problems: Sequence[Problem], *, tool: str, generated_at: str
) -> dict[str, Any]:
    """A debrief as plain values. Levels are null where nothing was scored; findings begin with contradictions."""
    sheets = found.sheets
    return {
        "schema": SCHEMA,
        "provenance": {
            "tool": tool,
            "edition": sheets.edition,
            "inputs": [{"name": name, "sha256": sha256} for name, sha256 in sheets.files],
            "generated_at": generated_at,
        },
        "country": sheets.country or None,
        "agency_names": {agency: dict(names) for agency, names in sheets.names.items()},
        "officials": dict(sheets.officials),
        "whole": _readiness(found.whole) | {"id": None},
        "outcomes": [_readiness(one) for one in found.outcomes],
        "agencies": [_readiness(one) for one in found.agencies],
        "core_issues": [_readiness(one) for one in found.core_issues],
        "findings": [build_finding_payload(one) for one in found.findings],
        "problems": [
            {
                "code": problem.code,
                "level": problem.level.value,
                "place": str(problem.ref) if problem.ref else None,
                "requirement": problem.requirement,
                "message": problem.text,
            }
            for problem in problems
        ],
    }


def build_finding_payload(finding: MockFinding) -> dict[str, Any]:
    """One finding as plain values, for other documents too."""
    return {
        "id": finding.id,
        "question_id": f"{finding.requirement}:{finding.name}",
        "requirement": finding.requirement,
        "unit": finding.unit,
        "agency": finding.agency,
        "why": finding.why.value,
        "score": finding.score.value,
        "question": finding.question,
        "note": finding.note,
        "strong": finding.strong,
        "place": _place(finding.ref),
    }


def _readiness(one: Readiness) -> dict[str, Any]:
    counts = {score.value: count for score, count in one.counts.items()}
    return {"id": one.id, "asked": one.asked, "scored": one.scored, "counts": counts, "level": one.level}


def _place(ref: CellRef | None) -> str | None:
    return str(ref) if ref else None
