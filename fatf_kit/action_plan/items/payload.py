"""The items of a plan in one cycle as JSON: for the country all statuses, for the reviewers only its statements.

The forms are frameworks/schema/action-plan-status-1 and action-plan-report-1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fatf_kit.action_plan.items.cycles import list_cycle_days
from fatf_kit.action_plan.items.model import ItemRegister
from fatf_kit.action_plan.items.proof import ResolvedEvidence
from fatf_kit.action_plan.items.risk_relevance import RiskRelevance
from fatf_kit.action_plan.items.statuses import CycleProgress, ItemProgress, list_history
from fatf_kit.core.json_files import make_json_value
from fatf_kit.core.problems import Problem
from fatf_kit.scoring.report.payload import build_problems_payload

STATUS_SCHEMA = "fatf-kit/action-plan-status/1"
REPORT_SCHEMA = "fatf-kit/action-plan-report/1"


def make_status_payload(
    register: ItemRegister, plans: Sequence[CycleProgress], problems: Sequence[Problem]
) -> dict[str, Any]:
    """Return the statuses of the items of some plans with the days of the cycle and the history of decisions."""
    return {
        "schema": STATUS_SCHEMA,
        "plans": [make_json_value(_describe_statuses(register, one)) for one in plans],
        "problems": build_problems_payload(problems),
    }


def make_report_payload(register: ItemRegister, one: CycleProgress) -> dict[str, Any]:
    """Return the report to the reviewers on a plan: nothing that fatf-kit calculated, or that was decided after it.

    Claims that the country does not make are withheld from `one` already.
    """
    found: dict[str, Any] = make_json_value(
        {
            "schema": REPORT_SCHEMA,
            **_describe_plan(one),
            "counts": {"claimed": one.count("claimed"), "decided_before": one.count("before")},
            "evidence_to_come": one.count_unproven(),
            "items": [
                {
                    **_describe_item(item),
                    "decided_before": item.before,
                    "claimed": item.claimed,
                    "evidence_to_come": one.is_without_evidence(item),
                    "risks": [subject.name for subject in item.risk.subjects] if item.risk else [],
                    "done": item.record.done if item.record else "",
                    "open": item.record.open if item.record else "",
                    "evidence": [_describe_evidence(found) for found in item.proof.evidence],
                }
                for item in one.items
            ],
            "history": [row for row in _list_decisions(register, one) if row["cycle"] < one.cycle.id],
        }
    )
    return found


def _describe_statuses(register: ItemRegister, one: CycleProgress) -> Mapping[str, Any]:
    return {
        **_describe_plan(one),
        "counts": {kind: one.count(kind) for kind in ("claimed", "shown", "decided")},
        "without_evidence": one.count_unproven(),
        "ready_to_claim": one.is_ready,
        "items": [
            {
                **_describe_item(item),
                "overdue": item.is_overdue,
                "claimed": item.claimed,
                "without_evidence": one.is_without_evidence(item),
                "confirmed": item.confirmed,
                "risk": _describe_risk(item.risk),
                "shown": item.shown,
                "decided": item.decided,
                "missing": item.proof.missing,
                "weakest": item.proof.weakest or None,
                "evidence": [_describe_evidence(found) for found in item.proof.evidence],
            }
            for item in one.items
        ],
        "history": _list_decisions(register, one),
    }


def _describe_plan(one: CycleProgress) -> Mapping[str, Any]:
    scale = one.scale
    return {
        "plan": one.plan,
        "cycle": one.cycle.id,
        "days": [{"id": day.id, "day": day.day, "confidence": day.confidence} for day in list_cycle_days(one.cycle)],
        "scale": {
            "statuses": scale.names,
            "done_from": scale.done_from,
            "source": scale.source,
            "confidence": scale.confidence,
        },
    }


def _list_decisions(register: ItemRegister, one: CycleProgress) -> list[Mapping[str, Any]]:
    history = list_history(register, one.plan, one.cycle.id)
    return [{"cycle": cycle.id, "decided": counts} for cycle, counts in history]


def _describe_item(one: ItemProgress) -> Mapping[str, Any]:
    item = one.item
    return {
        "id": item.id,
        "title": item.title,
        "asks": item.asks or None,
        "units": item.units,
        "deadline": item.deadline or None,
        "lead": item.lead,
        "due": one.is_due,
        "baseline": {"finding": item.baseline, "report": item.report, "place": item.place},
    }


def _describe_risk(found: RiskRelevance | None) -> Mapping[str, Any] | None:
    if found is None:
        return None
    subjects = [{"name": subject.name, "level": subject.level} for subject in found.subjects]
    return {"relation": found.relation, "subjects": subjects}


def _describe_evidence(found: ResolvedEvidence) -> Mapping[str, Any]:
    evidence = found.evidence
    return {
        "kind": evidence.kind,
        "what": evidence.what,
        "title": evidence.title,
        "annex": evidence.annex,
        "first_cycle": evidence.cycle or None,
        "figures": {period.name: period.value for period in found.series},
    }
