"""The JSON that others may rely on: assessment.json, version 2 (frameworks/schema/assessment-2.schema.json)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from fatf_kit.assessment.folder.model import RecordedDecision
from fatf_kit.core.json_files import make_json_object, make_json_value
from fatf_kit.core.json_shapes import ABSENT, Absent, Count
from fatf_kit.core.messages import Translator
from fatf_kit.core.national_words import base_language
from fatf_kit.core.problem_results import ProblemResult, list_problem_results
from fatf_kit.core.problems import Problem
from fatf_kit.framework.catalog import index_requirements
from fatf_kit.framework.model import Framework, Requirement
from fatf_kit.scoring.checks import consistency_notes
from fatf_kit.scoring.finding import Finding
from fatf_kit.scoring.findings import join_sentences
from fatf_kit.scoring.model import (
    AnyRequirement,
    AnyUnit,
    Assessment,
    ComplianceTrace,
    Coverage,
    CriterionResult,
    EffectivenessTrace,
    Margin,
    RecommendationResult,
)
from fatf_kit.scoring.policy import Policy
from fatf_kit.scoring.report.explain import Explanation
from fatf_kit.scoring.report.traces import describe_finding_step, explain_compliance, explain_effectiveness
from fatf_kit.scoring.report.weight_texts import AnySpan, is_above, is_lifted
from fatf_kit.scoring.sensitivity import OtherPolicy
from fatf_kit.scoring.span import Span
from fatf_kit.spreadsheets.ledger import CellCounts

SCHEMA = "fatf-kit/assessment/2"
EXPLANATION = "fatf-kit/explanation/2"


def build_assessment_payload(
    framework: Framework,
    assessment: Assessment,
    findings: Sequence[Finding],
    problems: Sequence[Problem],
    policy: Policy,
    *,
    tool: str,
    origin: Mapping[str, object],
    generated_at: str,
    sensitivity: Sequence[OtherPolicy] = (),
) -> dict[str, object]:
    """Return the whole result as plain values. "shown" has a worst and a best end; "settled" is null while they differ.

    `origin` is added to the provenance: the fingerprints of what the result depends on besides the workbooks.

    Texts are those of `framework`, which should be the English one, so that the JSON does not depend on the reader.
    """
    t = Translator("en")
    index = index_requirements(framework)
    return {
        "schema": SCHEMA,
        "provenance": {
            "tool": tool,
            **make_json_object(assessment, "edition", "edition_digest", "policy", "policy_digest"),
            "policy_own": policy.is_own,
            "policy_file": policy.file or None,
            "inputs": [make_json_object(file, "name", "sha256", "agency") for file in assessment.inputs],
            "cut_off": assessment.cut_off.isoformat() if assessment.cut_off else None,
            "generated_at": generated_at,
            **origin,
        },
        "country": {"iso3": None, "name": assessment.country},
        "coverage": _coverage(assessment.coverage),
        "recommendations": [_unit(unit, policy) for unit in assessment.recommendations],
        "outcomes": [_unit(unit, policy) for unit in assessment.outcomes],
        "open": [
            {"instrument": one.instrument or None, **make_json_object(one, "requirements", "units", "levels", "points")}
            for one in assessment.open
        ],
        "consistency": [
            {
                "outcome": note.outcome,
                "level": str(note.level),
                "against": [{"id": key, "rating": str(rating)} for key, rating in note.against],
                "known": note.known,
            }
            for note in consistency_notes(framework, assessment)
        ],
        "sensitivity": [_other(other) for other in sensitivity],
        "adjustments": {
            "sectors": [
                make_json_object(sector, "id", "materiality", "reason") for sector in assessment.adjustments.sectors
            ]
        },
        "problems": build_problems_payload(problems),
        "findings": [_finding(f, index[f.requirement], t) for f in findings],
    }


def build_explanation_payload(
    explanation: Explanation, assessment: Assessment, policy: Policy, language: str
) -> dict[str, object]:
    """Return one rating explained: the same values as in assessment.json, and the words in one language."""
    return {
        "schema": EXPLANATION,
        **make_json_object(assessment, "edition", "policy", "policy_digest"),
        "language": base_language(language),
        "result": _unit(assessment.by_id[explanation.unit], policy),
        "words": [{"heading": heading, "lines": list(lines)} for heading, lines in explanation.parts],
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadCell:
    """The address of a cell that is not read on purpose."""

    sheet: str | None
    cell: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkbookCells:
    """The filled cells of a workbook by what became of them."""

    file: str
    filled: Count
    used: Count
    reported: Count
    unread: Count
    unread_cells: tuple[UnreadCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemsResult:
    """Problems of workbooks, of an edition or of a register.

    `asked` and `answered` count requirements of the whole edition, where workbooks were read. `cells` is only there
    with --cells.
    """

    schema: Literal["fatf-kit/problems/1"]
    asked: Count | Absent = ABSENT
    answered: Count | Absent = ABSENT
    cells: tuple[WorkbookCells, ...] | Absent = ABSENT
    problems: tuple[ProblemResult, ...]


def build_problems_payload(problems: Sequence[Problem]) -> list[dict[str, object]]:
    """Return problems as plain values, in the order in which they were found."""
    plain: list[dict[str, object]] = make_json_value(list_problem_results(problems))
    return plain


def make_problems_result(
    problems: Sequence[Problem],
    *,
    total: int | None = None,
    answered: int | None = None,
    cells: Iterable[CellCounts] | None = None,
) -> ProblemsResult:
    """Make the JSON value of problems as a document of their own.

    `total` and `answered` are None where there are no answers, as of an edition, `cells` where it was not requested.
    """
    return ProblemsResult(
        schema="fatf-kit/problems/1",
        asked=ABSENT if total is None else total,
        answered=ABSENT if answered is None else answered,
        cells=ABSENT if cells is None else tuple(map(_make_workbook_cells, cells)),
        problems=list_problem_results(problems),
    )


def _make_workbook_cells(counts: CellCounts) -> WorkbookCells:
    return WorkbookCells(
        file=counts.file,
        filled=counts.filled,
        used=counts.used,
        reported=counts.reported,
        unread=counts.unread,
        unread_cells=tuple(UnreadCell(sheet=ref.sheet, cell=ref.cell) for ref in counts.unread_cells),
    )


def _unit(unit: AnyUnit, policy: Policy) -> dict[str, Any]:
    if isinstance(unit, RecommendationResult):
        reason = explain_compliance(unit, policy, Translator("en"))
        return _rating(unit, reason) | {"criteria": [_criterion(criterion) for criterion in unit.criteria]}
    reason = explain_effectiveness(unit, policy, Translator("en"))
    return _rating(unit, reason) | {"core_issues": [_answer(issue) for issue in unit.core_issues]}


def _rating(unit: AnyUnit, reason: str) -> dict[str, Any]:
    return {
        "id": unit.id,
        "claimed": make_json_value(unit.claimed.rating),
        "shown": _span(unit.shown),
        "settled": make_json_value(unit.resolved),
        **make_json_object(unit, "decided", "published"),
        "decision": _decision(unit.decision),
        "decided_above": is_above(unit),
        "rests_on_decisions_above": is_lifted(unit),
        **make_json_object(unit, "close_to", "open"),
        "reason": reason,
        "coverage": _coverage(unit.coverage),
        "trace": {"claimed": _traces(unit.claimed_traces), "shown": _traces(unit.shown_traces)},
        "margin": {"worst": _margin(unit.margins.worst), "best": _margin(unit.margins.best)},
    }


def _margin(margin: Margin | None) -> dict[str, object] | None:
    """Return the margin of one end; null where it is NA or the unit was decided as a whole.

    An id that occurs twice in a set moves up two steps.
    """
    if margin is None:
        return None
    return {
        "down": [[key] for key in margin.down],
        "up": [list(one) for one in margin.sets],
        "to": make_json_value(margin.to),
        "steps": margin.steps,
        "sets_total": margin.sets_total,
        "sets_shown": len(margin.sets),
        "single_steps_up": list(margin.up),
    }


def _decision(decision: RecordedDecision | None) -> dict[str, object] | None:
    return make_json_object(decision, "reason", "decided_by", "day") if decision else None


def _other(other: OtherPolicy) -> dict[str, object]:
    return {
        "policy": other.policy,
        "policy_digest": other.digest,
        "changed": list(other.changed),
        "ratings": [{"id": key, "shown": _span(span)} for key, span in other.ratings],
    }


def _traces(both: Span[ComplianceTrace] | Span[EffectivenessTrace]) -> dict[str, Any]:
    return {"worst": _trace(both.worst), "best": _trace(both.best)}


def _trace(trace: ComplianceTrace | EffectivenessTrace) -> dict[str, object]:
    of_outcome = "full", "below_large", "negligible"
    own = ("partly_or_worse", "not_met") if isinstance(trace, ComplianceTrace) else of_outcome
    return make_json_object(trace, "rating", "points", "weight", *own, "before_ceiling", "held_by", "close_to")


def _criterion(result: CriterionResult) -> dict[str, object]:
    return _answer(result) | {
        "is_duty": result.is_duty,
        "instrument": result.instrument.label or None if result.instrument else None,
        "law": result.instrument.law or None if result.instrument else None,
        **make_json_object(result, "in_force_from", "in_force_until"),
    }


def _answer(result: AnyRequirement) -> dict[str, object]:
    return {
        "id": result.id,
        "claimed": make_json_value(result.claimed.rating),
        "shown": _span(result.shown),
        "settled": make_json_value(result.resolved),
        **make_json_object(result, "decided"),
        "decision": _decision(result.decision),
        "decided_above": is_above(result),
        **make_json_object(result, "status", "weight"),
        "weight_reason": result.weighing.reason,
        "weight_source": str(result.weighing.source),
        "weight_edition": result.weighing.edition,
        "weight_sectors": [sector.id for sector in result.weighing.sectors],
        **make_json_object(result, "agencies", "conflict"),
    }


def _finding(finding: Finding, requirement: Requirement, t: Translator) -> dict[str, object]:
    return {
        **make_json_object(finding, "id", "requirement", "severity", "kind", "status"),
        "text": finding.missing or requirement.statement,
        **make_json_object(finding, "affects", "root_causes", "touches", "points_lost"),
        "planned": join_sentences(finding.planned) or None,
        "planned_due": finding.planned_due or None,
        "action": describe_finding_step(finding, requirement.guidance.recommended_action, t) or None,
    }


def _coverage(coverage: Coverage) -> dict[str, object]:
    return {"asked": coverage.total, **make_json_object(coverage, "answered", "shown")}


def _span(span: AnySpan) -> dict[str, object]:
    return make_json_object(span, "worst", "best")
