"""The debrief as JSON that others may rely on: frameworks/schema/mock-debrief-1."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from fatf_kit.core.problems import Problem
from fatf_kit.mock_visit.model import Debrief

SCHEMA = "fatf-kit/mock-debrief/1"


def build_debrief_payload(
    found: Debrief, problems: Sequence[Problem], *, tool: str, generated_at: str
) -> dict[str, Any]:
    """Return a debrief as plain values. Levels are null where nothing was scored; contradictions come first."""
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
        "whole": asdict(found.whole) | {"id": None},
        "outcomes": list(map(asdict, found.outcomes)),
        "agencies": list(map(asdict, found.agencies)),
        "core_issues": list(map(asdict, found.core_issues)),
        "findings": list(map(asdict, found.findings)),
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
