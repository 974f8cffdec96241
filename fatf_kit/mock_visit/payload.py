"""The debrief of a mock visit as JSON that others may rely on: frameworks/schema/mock-debrief-1."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from msgspec import Meta

from fatf_kit.core.json_shapes import Count, OutcomeId, Text
from fatf_kit.core.problems import Problem
from fatf_kit.mock_visit.model import Debrief, MockFinding, MockScore, Readiness


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetFile:
    """A sheet that was read, with its fingerprint."""

    name: Text
    sha256: Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$")]


@dataclass(frozen=True, slots=True, kw_only=True)
class DebriefProvenance:
    """The program that made a debrief, the edition of its questions, the sheets, and the moment in ISO 8601."""

    tool: Text
    edition: Text
    inputs: tuple[SheetFile, ...]
    generated_at: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadinessResult:
    """The readiness of people, which is no rating; `level` is null where nothing was scored.

    `asked` counts questions on the sheets, without the spare ones that nobody scored. `id` is null for the whole visit.
    """

    id: Text | None
    asked: Count
    scored: Count
    counts: Mapping[MockScore, Count]
    level: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetProblem:
    """A problem of a sheet."""

    code: Text
    level: Text
    place: str | None
    requirement: str | None
    message: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class DebriefJson:
    """A debrief of a mock visit. Findings begin with answers that contradict the submission."""

    schema: Literal["fatf-kit/mock-debrief/1"]
    provenance: DebriefProvenance
    country: str | None
    agency_names: Mapping[str, Mapping[str, str]]
    officials: Mapping[OutcomeId, Count]
    whole: ReadinessResult
    outcomes: tuple[ReadinessResult, ...]
    agencies: tuple[ReadinessResult, ...]
    core_issues: tuple[ReadinessResult, ...]
    findings: tuple[MockFinding, ...]
    problems: tuple[SheetProblem, ...]


def make_debrief_json(found: Debrief, problems: Sequence[Problem], *, tool: str, generated_at: str) -> DebriefJson:
    """Make the JSON value of a debrief."""
    sheets = found.sheets
    return DebriefJson(
        schema="fatf-kit/mock-debrief/1",
        provenance=DebriefProvenance(
            tool=tool,
            edition=sheets.edition,
            inputs=tuple(SheetFile(name=name, sha256=sha256) for name, sha256 in sheets.files),
            generated_at=generated_at,
        ),
        country=sheets.country or None,
        agency_names={agency: dict(names) for agency, names in sheets.names.items()},
        officials=dict(sheets.officials),
        whole=_make_readiness(found.whole, None),
        outcomes=tuple(_make_readiness(outcome, outcome.id) for outcome in found.outcomes),
        agencies=tuple(_make_readiness(agency, agency.id) for agency in found.agencies),
        core_issues=tuple(_make_readiness(core_issue, core_issue.id) for core_issue in found.core_issues),
        findings=found.findings,
        problems=tuple(map(_make_problem, problems)),
    )


def _make_readiness(readiness: Readiness, name: str | None) -> ReadinessResult:
    return ReadinessResult(
        id=name,
        asked=readiness.questions,
        scored=readiness.scored,
        counts=dict(readiness.counts),
        level=readiness.level,
    )


def _make_problem(problem: Problem) -> SheetProblem:
    return SheetProblem(
        code=problem.code,
        level=problem.level,
        place=str(problem.ref) if problem.ref else None,
        requirement=problem.requirement,
        message=problem.text,
    )
