"""The items of plans are checked against themselves, their evidence and the time."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from fatf_kit.action_plan.items.annexes import find_open_annexes
from fatf_kit.action_plan.items.cycles import fill_days
from fatf_kit.action_plan.items.model import ItemEvidenceKind, ItemRegister, ReportCycle
from fatf_kit.action_plan.items.proof import ProofSources, ResolvedEvidence, resolve_evidence
from fatf_kit.action_plan.items.rules import load_monitoring
from fatf_kit.action_plan.items.schema import ITEM_STATUSES
from fatf_kit.action_plan.items.statuses import measure_progress
from fatf_kit.action_plan.model import ActionStatus
from fatf_kit.core.problems import Problem, make_problem, quote_found


def check_items(
    register: ItemRegister, sources: ProofSources, today: date, own_actions: Collection[str] | None = None
) -> tuple[Problem, ...]:
    """Return a problem for each contradiction, sheet by sheet.

    `own_actions` are the ids of the country's own plan; None where it has none, so that they are not checked.
    """
    return (
        *_check_items(register),
        *_check_cycles(register, today),
        *_check_records(register, sources),
        *_check_evidence(register, sources),
        *_check_work(register, own_actions),
    )


def _check_items(register: ItemRegister) -> Iterator[Problem]:
    for one in register.items:
        if one.parent and one.parent not in register.by_id:
            yield make_problem("item-parent", one.ref, found=one.id, other=one.parent)
        head = register.by_id.get(one.parent, one)
        if not head.plans:
            yield make_problem("item-plan-open", one.ref, found=one.id)
        if not (one.deadline or head.deadline) and set(head.plans) - {"last-report"}:
            yield make_problem("item-no-deadline", one.ref, found=one.id)
        if not one.asks and not register.parts_of(one.id):
            yield make_problem("item-no-asks", one.ref, found=one.id)


def _check_cycles(register: ItemRegister, today: date) -> Iterator[Problem]:
    before: ReportCycle | None = None
    for one in register.cycles:
        if before and one.id < before.id:
            yield make_problem("item-cycle-order", one.ref, found=one.id, other=before.id)
        before = one
        if one.plenary and f"{one.plenary:%Y-%m}" != one.id:
            yield make_problem("item-cycle-month", one.ref, found=one.plenary, other=one.id)
        days = [day for day in (one.due, one.meeting, one.plenary) if day]
        if days != sorted(days):
            yield make_problem("item-cycle-days", one.ref, found=one.id)
    for record in register.records:
        cycle = register.cycles_by_id[record.cycle]
        if record.decided and (cycle.plenary or cycle.last_day) > today:
            yield make_problem("item-decided-early", record.ref, found=record.item, cycle=record.cycle)


def _check_records(register: ItemRegister, sources: ProofSources) -> Iterator[Problem]:
    """Yield the claims of the newest cycle of each plan that its evidence does not show."""
    for kind in load_monitoring().kinds:
        cycles = sorted({one.cycle for one in register.records if one.plan == kind.id})
        if not cycles:
            continue
        cycle = fill_days(register.cycles_by_id[cycles[-1]])
        scale = load_monitoring().scale_of(kind.id)
        for one in measure_progress(register, kind.id, cycle, sources).items:
            ref = one.record.ref if one.record else one.item.ref
            has_evidence = any(register.evidence_of(one.item.id)) or bool(register.parts_of(one.item.id))
            if (scale.is_done(one.claimed) or scale.is_done(one.decided)) and not has_evidence:
                yield make_problem("item-closed-unproven", ref, found=one.item.id)
            elif one.claimed and one.shown and scale.rank(one.claimed) > scale.rank(one.shown):
                yield make_problem(
                    "item-claim-unshown",
                    ref,
                    found=one.item.id,
                    claimed=ITEM_STATUSES.local_name(one.claimed),
                    shown=ITEM_STATUSES.local_name(one.shown),
                )


def _check_evidence(register: ItemRegister, sources: ProofSources) -> Iterator[Problem]:
    annexes: dict[int, tuple[str, str]] = {}
    for one in register.evidence:
        if not one.what and not one.series:
            yield make_problem("item-evidence-empty", one.ref, found=one.item)
            continue
        key = (str(one.kind), one.what)
        if one.annex is not None and annexes.setdefault(one.annex, key) != key:
            yield make_problem("item-annex-twice", one.ref, found=one.annex)
        yield from _check_source(resolve_evidence(one, sources, date.max), sources)
    yield from find_open_annexes(register.evidence)


def _check_source(one: ResolvedEvidence, sources: ProofSources) -> Iterator[Problem]:
    evidence = one.evidence
    match evidence.kind:
        case ItemEvidenceKind.LAW if sources.laws is not None:
            if one.instrument is None:
                yield make_problem("item-law", evidence.ref, **quote_found(evidence.what))
            elif one.law and not one.law.article:
                yield make_problem("item-law-article", evidence.ref, **quote_found(evidence.what))
        case ItemEvidenceKind.CASE if sources.statistics is not None and one.case is None:
            yield make_problem("item-case", evidence.ref, **quote_found(evidence.what))
        case ItemEvidenceKind.FIGURES if not evidence.series and not sources.has_line(evidence.what):
            yield make_problem("item-figures", evidence.ref, **quote_found(evidence.what))
        case ItemEvidenceKind.FIGURES:
            reported = {(period.last, period.months): period.value for period in sources.series_of(evidence.what)}
            for period in evidence.series:
                if reported.get((period.last, period.months), period.value) != period.value:
                    yield make_problem(
                        "item-figures-differ",
                        evidence.ref,
                        period=period.name,
                        found=f"{period.value:g}",
                        used=f"{reported[period.last, period.months]:g}",
                    )


def _check_work(register: ItemRegister, own_actions: Collection[str] | None) -> Iterator[Problem]:
    for one in register.work:
        if one.status is ActionStatus.DONE and not one.evidence:
            yield make_problem("item-work-unproven", one.ref, found=one.id)
        if not one.items and not one.own:
            yield make_problem("item-work-idle", one.ref, found=one.id)
        for name in one.own:
            if own_actions is not None and name not in own_actions:
                yield make_problem("item-work-own", one.ref, **quote_found(name))
