"""The items of a plan in one cycle as JSON: for the country all statuses, for the reviewers only its statements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from fatf_kit.action_plan.items.choices import ItemEvidenceKind
from fatf_kit.action_plan.items.cycles import list_cycle_days
from fatf_kit.action_plan.items.make import MadePlan
from fatf_kit.action_plan.items.model import ItemRegister
from fatf_kit.action_plan.items.proof import ResolvedEvidence
from fatf_kit.action_plan.items.risk_relevance import RiskRelation, RiskSubject
from fatf_kit.action_plan.items.statuses import CycleProgress, ItemProgress, list_history
from fatf_kit.core.json_shapes import Count, Month
from fatf_kit.core.problem_results import ProblemResult, list_problem_results
from fatf_kit.core.problems import Problem

StatusCounts = Mapping[str, Count]
"""Items by status; "" counts those without. Sub-items are not counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleDayResult:
    """A day of a cycle, and how sure it is."""

    id: str
    day: date
    confidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleResult:
    """The statuses of a plan from the lowest to the highest. From `done_from` on an item counts as done."""

    statuses: tuple[str, ...]
    done_from: str
    source: str
    confidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanCycle:
    """A kind of plan in one cycle."""

    plan: str
    cycle: Month
    days: tuple[CycleDayResult, ...]
    scale: ScaleResult


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselineResult:
    """The finding that an item answers, in the country's words, and its place in the report."""

    finding: str
    report: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceResult:
    """A piece of evidence. `title` is its name in the reports, `figures` have the value of each period."""

    kind: ItemEvidenceKind
    what: str
    title: str
    annex: int | None
    first_cycle: Month | None
    figures: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedCounts:
    """How many items had each status by the decisions up to a cycle."""

    cycle: Month
    decided: StatusCounts


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanItemHead:
    """An item of a plan. `due` says whether its deadline has come."""

    id: str
    title: str
    asks: str | None
    units: tuple[str, ...]
    deadline: Month | None
    lead: str
    due: bool
    baseline: BaselineResult


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskResult:
    """The relation of figures and cases to the country's risks, and the threats and sectors that they concern."""

    relation: RiskRelation
    subjects: tuple[RiskSubject, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemStatus(PlanItemHead):
    """An item for the country. A status is null where it is open; `shown` is by the rule of evidence.

    `without_evidence` says that it is claimed although nothing was handed in, `confirmed` who confirmed such a claim.
    `missing` counts what is missing by kind of evidence. `weakest` is the sub-item that decides.
    """

    overdue: bool
    claimed: str | None
    without_evidence: bool
    confirmed: str
    risk: RiskResult | None
    shown: str | None
    decided: str | None
    missing: StatusCounts
    weakest: str | None
    evidence: tuple[EvidenceResult, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusTotals:
    """How many items have each status, as claimed, as shown and as decided."""

    claimed: StatusCounts
    shown: StatusCounts
    decided: StatusCounts


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStatus(PlanCycle):
    """A plan for the country. `ready_to_claim` says that every item is decided as done."""

    counts: StatusTotals
    without_evidence: Count
    ready_to_claim: bool
    items: tuple[ItemStatus, ...]
    history: tuple[DecidedCounts, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemStatusResult:
    """The items of plans that others word, with their statuses as claimed, as shown and as decided."""

    schema: Literal["fatf-kit/action-plan-status/1"]
    plans: tuple[PlanStatus, ...]
    problems: tuple[ProblemResult, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedItem(PlanItemHead):
    """An item for the reviewers. `decided_before` is what was decided before this cycle, `claimed` what is proposed.

    `evidence_to_come` says that it is proposed although nothing was handed in. `risks` are threats and sectors that its
    results concern, `done` is the action taken since the last report, `open` what is still to come.
    """

    decided_before: str | None
    claimed: str | None
    evidence_to_come: bool
    risks: tuple[str, ...]
    done: str
    open: str
    evidence: tuple[EvidenceResult, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedTotals:
    """How many items have each status, as claimed and as decided before."""

    claimed: StatusCounts
    decided_before: StatusCounts


@dataclass(frozen=True, kw_only=True)  # without slots, because the class below has two bases
class ReportedPlanHead:
    """The name of the form of a report to the reviewers."""

    schema: Literal["fatf-kit/action-plan-report/1"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedPlan(PlanCycle, ReportedPlanHead):
    """The report to the reviewers on a plan: the country's statements, and the decisions of the cycles before.

    `evidence_to_come` counts proposed statuses that have no evidence yet.
    """

    counts: ReportedTotals
    evidence_to_come: Count
    items: tuple[ReportedItem, ...]
    history: tuple[DecidedCounts, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MadePlanResult:
    """A plan that was begun, or that takes over open items. `written` is false where problems would lose cells."""

    schema: Literal["fatf-kit/action-plan-made/1"]
    kind: str
    written: bool
    added: tuple[str, ...]
    taken_over: tuple[str, ...]
    cycles: tuple[Month, ...]
    problems: tuple[ProblemResult, ...]


def make_item_status_result(
    register: ItemRegister, plans: Sequence[CycleProgress], problems: Sequence[Problem]
) -> ItemStatusResult:
    """Make the JSON value of the statuses of some plans, with the days of the cycle and the history of decisions."""
    return ItemStatusResult(
        schema="fatf-kit/action-plan-status/1",
        plans=tuple(_make_plan_status(register, plan) for plan in plans),
        problems=list_problem_results(problems),
    )


def make_reported_plan(register: ItemRegister, plan: CycleProgress) -> ReportedPlan:
    """Make the JSON value of a report to the reviewers: nothing that fatf-kit calculated, or that was decided after it.

    Claims that the country does not make are withheld from `plan` already.
    """
    return ReportedPlan(
        schema="fatf-kit/action-plan-report/1",
        **_describe_plan(plan),
        counts=ReportedTotals(claimed=plan.count("claimed"), decided_before=plan.count("before")),
        evidence_to_come=plan.count_unproven(),
        items=tuple(
            ReportedItem(
                **_describe_item(item),
                decided_before=item.before,
                claimed=item.claimed,
                evidence_to_come=plan.is_without_evidence(item),
                risks=tuple(subject.name for subject in item.risk.subjects) if item.risk else (),
                done=item.record.done if item.record else "",
                open=item.record.open if item.record else "",
                evidence=tuple(map(_make_evidence, item.proof.evidence)),
            )
            for item in plan.items
        ),
        history=tuple(row for row in _list_decisions(register, plan) if row.cycle < plan.cycle.id),
    )


def make_made_plan_result(
    kind: str, plan: MadePlan, problems: Sequence[Problem], *, is_written: bool
) -> MadePlanResult:
    """Make the JSON value of a plan that was begun, or that takes over open items."""
    return MadePlanResult(
        schema="fatf-kit/action-plan-made/1",
        kind=kind,
        written=is_written,
        added=tuple(plan.added),
        taken_over=tuple(plan.moved),
        cycles=tuple(plan.register.cycles_by_id),
        problems=list_problem_results(problems),
    )


def _make_plan_status(register: ItemRegister, plan: CycleProgress) -> PlanStatus:
    return PlanStatus(
        **_describe_plan(plan),
        counts=StatusTotals(claimed=plan.count("claimed"), shown=plan.count("shown"), decided=plan.count("decided")),
        without_evidence=plan.count_unproven(),
        ready_to_claim=plan.is_ready,
        items=tuple(
            ItemStatus(
                **_describe_item(item),
                overdue=item.is_overdue,
                claimed=item.claimed,
                without_evidence=plan.is_without_evidence(item),
                confirmed=item.confirmed,
                risk=RiskResult(relation=item.risk.relation, subjects=item.risk.subjects) if item.risk else None,
                shown=item.shown,
                decided=item.decided,
                missing=item.proof.missing,
                weakest=item.proof.weakest or None,
                evidence=tuple(map(_make_evidence, item.proof.evidence)),
            )
            for item in plan.items
        ),
        history=_list_decisions(register, plan),
    )


def _describe_plan(plan: CycleProgress) -> dict[str, Any]:
    scale, days = plan.scale, list_cycle_days(plan.cycle)
    return {
        "plan": plan.plan,
        "cycle": plan.cycle.id,
        "days": tuple(CycleDayResult(id=day.id, day=day.day, confidence=day.confidence) for day in days),
        "scale": ScaleResult(
            statuses=scale.names, done_from=scale.done_from, source=scale.source, confidence=scale.confidence
        ),
    }


def _list_decisions(register: ItemRegister, plan: CycleProgress) -> tuple[DecidedCounts, ...]:
    history = list_history(register, plan.plan, plan.cycle.id)
    return tuple(DecidedCounts(cycle=cycle.id, decided=counts) for cycle, counts in history)


def _describe_item(progress: ItemProgress) -> dict[str, Any]:
    item = progress.item
    return {
        "id": item.id,
        "title": item.title,
        "asks": item.asks or None,
        "units": item.units,
        "deadline": item.deadline or None,
        "lead": item.lead,
        "due": progress.is_due,
        "baseline": BaselineResult(finding=item.baseline, report=item.report, place=item.place),
    }


def _make_evidence(resolved: ResolvedEvidence) -> EvidenceResult:
    evidence = resolved.evidence
    return EvidenceResult(
        kind=evidence.kind,
        what=evidence.what,
        title=evidence.title,
        annex=evidence.annex,
        first_cycle=evidence.cycle or None,
        figures={period.name: period.value for period in resolved.series},
    )
