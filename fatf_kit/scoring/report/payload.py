"""The JSON that others may rely on: assessment.json, version 2 (frameworks/schema/assessment-2.schema.json)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fatf_kit.assessment.folder.model import RecordedDecision
from fatf_kit.core.messages import Translator
from fatf_kit.core.problems import Problem
from fatf_kit.framework.catalog import index_requirements
from fatf_kit.framework.model import Framework, Requirement
from fatf_kit.scoring.consistency import consistency_notes
from fatf_kit.scoring.finding import Finding
from fatf_kit.scoring.model import (
    Assessment,
    ComplianceTrace,
    CoreIssueResult,
    CriterionResult,
    EffectivenessTrace,
    Margin,
    OutcomeResult,
    RecommendationResult,
)
from fatf_kit.scoring.policy import Policy
from fatf_kit.scoring.report.explain import Explanation
from fatf_kit.scoring.report.traces import describe_finding_step, explain_compliance, explain_effectiveness
from fatf_kit.scoring.report.weight_texts import AnySpan, is_above, is_lifted
from fatf_kit.scoring.sensitivity import OtherPolicy

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
    generated_at: str,
    sensitivity: Sequence[OtherPolicy] = (),
) -> dict[str, object]:
    """The whole result as plain values. "shown" has a worst and a best end; "settled" is null while they differ.

    Texts are those of `framework`, which should be the English one, so that the JSON does not depend on the reader.
    """
    t = Translator("en")
    index = index_requirements(framework)
    cover = assessment.coverage
    return {
        "schema": SCHEMA,
        "provenance": {
            "tool": tool,
            "edition": assessment.edition,
            "edition_digest": assessment.edition_digest,
            "policy": assessment.policy,
            "policy_digest": assessment.policy_digest,
            "policy_own": policy.own,
            "policy_file": policy.file or None,
            "inputs": [{"name": i.name, "sha256": i.sha256, "agency": i.agency} for i in assessment.inputs],
            "cut_off": assessment.cut_off.isoformat() if assessment.cut_off else None,
            "generated_at": generated_at,
        },
        "country": {"iso3": None, "name": assessment.country},
        "coverage": {"asked": cover.asked, "answered": cover.answered, "shown": cover.shown},
        "recommendations": [
            _unit(r, explain_compliance(r, policy, t)) | {"criteria": [_criterion(c) for c in r.criteria]}
            for r in assessment.recommendations
        ],
        "outcomes": [
            _unit(o, explain_effectiveness(o, policy, t)) | {"core_issues": [_core_issue(i) for i in o.core_issues]}
            for o in assessment.outcomes
        ],
        "open": [
            {
                "instrument": one.instrument or None,
                "requirements": list(one.requirements),
                "units": list(one.units),
                "levels": one.levels,
                "points": one.points,
            }
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
                {"id": s.id, "materiality": str(s.materiality), "reason": s.reason}
                for s in assessment.adjustments.sectors
            ]
        },
        "problems": build_problems_payload(problems),
        "findings": [_finding(f, index[f.requirement], t) for f in findings],
    }


def build_explanation_payload(
    told: Explanation, assessment: Assessment, policy: Policy, language: str
) -> dict[str, object]:
    """One rating explained: the same values as in assessment.json, and the words in one language."""
    unit = assessment.by_id[told.unit]
    if isinstance(unit, RecommendationResult):
        result = _unit(unit, explain_compliance(unit, policy, Translator("en")))
        result |= {"criteria": [_criterion(c) for c in unit.criteria]}
    else:
        result = _unit(unit, explain_effectiveness(unit, policy, Translator("en")))
        result |= {"core_issues": [_core_issue(i) for i in unit.core_issues]}
    return {
        "schema": EXPLANATION,
        "edition": assessment.edition,
        "policy": assessment.policy,
        "policy_digest": assessment.policy_digest,
        "language": language,
        "result": result,
        "words": [{"heading": heading, "lines": list(lines)} for heading, lines in told.parts],
    }


def build_problems_payload(problems: Sequence[Problem]) -> list[dict[str, object]]:
    """Problems as plain values, in the order in which they were found."""
    return [
        {
            "code": p.code,
            "level": str(p.level),
            "file": p.ref.file if p.ref else None,
            "sheet": p.ref.sheet if p.ref else None,
            "cell": p.ref.cell if p.ref else None,
            "requirement": p.requirement,
            "message": p.message,
        }
        for p in problems
    ]


def build_problems_document(
    problems: Sequence[Problem], *, asked: int | None = None, answered: int | None = None
) -> dict[str, object]:
    """Problems as a document of their own (frameworks/schema/problems-1.schema.json).

    `asked` and `answered` count requirements of the whole edition; None where nothing was asked, as of an edition.
    """
    counts = {} if asked is None else {"asked": asked, "answered": answered}
    return {"schema": "fatf-kit/problems/1", **counts, "problems": build_problems_payload(problems)}


def _unit(unit: RecommendationResult | OutcomeResult, reason: str) -> dict[str, Any]:
    return {
        "id": unit.id,
        "claimed": _text(unit.claimed.rating),
        "shown": _span(unit.shown),
        "settled": _text(unit.settled),
        "decided": _text(unit.decided),
        "published": _text(unit.published),
        "decision": _decision(unit.decision),
        "decided_above": is_above(unit),
        "rests_on_decisions_above": is_lifted(unit),
        "close_to": _text(unit.close_to),
        "open": list(unit.open),
        "reason": reason,
        "coverage": {
            "asked": unit.coverage.asked,
            "answered": unit.coverage.answered,
            "shown": unit.coverage.shown,
        },
        "trace": {
            "claimed": _traces(unit.claimed_traces.worst, unit.claimed_traces.best),
            "shown": _traces(unit.shown_traces.worst, unit.shown_traces.best),
        },
        "margin": {"worst": _margin(unit.margins.worst), "best": _margin(unit.margins.best)},
    }


def _margin(margin: Margin | None) -> dict[str, object] | None:
    """Null for an end that is NA, and where the unit was decided as a whole.

    An id that occurs twice in a set moves up two steps.
    """
    if margin is None:
        return None
    return {
        "down": [[key] for key in margin.down],
        "up": [list(one) for one in margin.sets],
        "to": _text(margin.to),
        "steps": margin.steps,
        "sets_total": margin.sets_total,
        "sets_shown": len(margin.sets),
        "single_steps_up": list(margin.up),
    }


def _decision(decision: RecordedDecision | None) -> dict[str, object] | None:
    if decision is None:
        return None
    return {"reason": decision.reason, "decided_by": decision.decided_by, "day": decision.day.isoformat()}


def _other(other: OtherPolicy) -> dict[str, object]:
    return {
        "policy": other.policy,
        "policy_digest": other.digest,
        "changed": list(other.changed),
        "ratings": [{"id": key, "shown": _span(span)} for key, span in other.ratings],
    }


def _traces(*both: ComplianceTrace | EffectivenessTrace) -> dict[str, Any]:
    worst, best = map(_trace, both)
    return {"worst": worst, "best": best}


def _trace(trace: ComplianceTrace | EffectivenessTrace) -> Mapping[str, object]:
    if isinstance(trace, ComplianceTrace):
        return {
            "rating": str(trace.rating),
            "points": trace.points,
            "weight": trace.weight,
            "partly_or_worse": trace.partly_or_worse,
            "not_met": trace.not_met,
            "before_ceiling": str(trace.before_ceiling),
            "held_by": list(trace.held_by),
            "close_to": _text(trace.close_to),
        }
    return {
        "rating": str(trace.rating),
        "points": trace.points,
        "weight": trace.weight,
        "full": trace.full,
        "below_large": trace.below_large,
        "negligible": trace.negligible,
        "before_ceiling": str(trace.before_ceiling),
        "held_by": list(trace.held_by),
        "close_to": _text(trace.close_to),
    }


def _criterion(result: CriterionResult) -> dict[str, object]:
    return _answer(result) | {
        "is_duty": result.is_duty,
        "instrument": result.instrument.label or None if result.instrument else None,
        "in_force_from": result.in_force_from.isoformat() if result.in_force_from else None,
        "in_force_until": result.in_force_until.isoformat() if result.in_force_until else None,
    }


def _core_issue(result: CoreIssueResult) -> dict[str, object]:
    return _answer(result)


def _answer(result: CriterionResult | CoreIssueResult) -> dict[str, object]:
    return {
        "id": result.id,
        "claimed": _text(result.claimed.rating),
        "shown": _span(result.shown),
        "settled": _text(result.settled),
        "decided": _text(result.decided),
        "decision": _decision(result.decision),
        "decided_above": is_above(result),
        "status": str(result.status),
        "weight": result.weight,
        "weight_reason": result.weighing.reason,
        "weight_source": str(result.weighing.source),
        "weight_edition": result.weighing.edition,
        "weight_sectors": [sector.id for sector in result.weighing.sectors],
        "agencies": list(result.agencies),
        "conflict": result.conflict,
    }


def _finding(finding: Finding, requirement: Requirement, t: Translator) -> dict[str, object]:
    return {
        "id": finding.id,
        "requirement": finding.requirement,
        "severity": str(finding.severity) if finding.severity else None,
        "kind": str(finding.kind),
        "status": str(finding.status),
        "text": finding.missing or requirement.statement,
        "affects": list(finding.affects),
        "root_causes": list(finding.root_causes),
        "touches": list(finding.touches),
        "points_lost": finding.points_lost,
        "planned": finding.planned or None,
        "planned_due": finding.planned_due or None,
        "action": describe_finding_step(finding, requirement.guidance.recommended_action, t) or None,
    }


def _span(span: AnySpan) -> dict[str, str]:
    return {"worst": str(span.worst), "best": str(span.best)}


def _text(rating: object) -> str | None:
    return None if rating is None else str(rating)
