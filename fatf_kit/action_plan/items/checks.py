"""The items of plans are checked against themselves, their evidence and the time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from itertools import chain

from fatf_kit.action_plan.items.annexes import find_open_annexes
from fatf_kit.action_plan.items.choices import ITEM_STATUSES, ItemEvidenceKind
from fatf_kit.action_plan.items.cycles import fill_days
from fatf_kit.action_plan.items.model import ItemRegister, PlanItem, ReportCycle
from fatf_kit.action_plan.items.proof import ProofSources, ResolvedEvidence, resolve_evidence
from fatf_kit.action_plan.items.risk_relevance import RiskRelation
from fatf_kit.action_plan.items.rules import load_monitoring
from fatf_kit.action_plan.items.sheets import EVIDENCE, ITEMS, RECORDS
from fatf_kit.action_plan.items.statuses import CycleProgress, ItemProgress, measure_progress
from fatf_kit.action_plan.model import ActionStatus
from fatf_kit.core.groups import group_pairs
from fatf_kit.core.local_names import list_names
from fatf_kit.core.problems import Problem, make_problem, quote_found
from fatf_kit.spreadsheets.schema import SheetColumn


def check_items(
    register: ItemRegister, sources: ProofSources, today: date, own_actions: Collection[str] | None = None
) -> tuple[Problem, ...]:
    """Return a problem for each contradiction, sheet by sheet.

    `own_actions` are the ids of the country's own plan; None where it has none, so that they are not checked.
    """
    newest = tuple(_measure_newest(register, sources))
    return (
        *_check_items(register),
        *_check_cycles(register, today),
        *chain.from_iterable(map(check_claims, newest)),
        *check_grounds(chain.from_iterable(progress.items for progress in newest)),
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


def _measure_newest(register: ItemRegister, sources: ProofSources) -> Iterator[CycleProgress]:
    """Yield how far the items of each plan are in its newest cycle with a report."""
    for kind in load_monitoring().kinds:
        if cycles := [record.cycle for record in register.records if record.plan == kind.id]:
            yield measure_progress(register, kind.id, fill_days(register.cycles_by_id[max(cycles)]), sources)


def check_claims(progress: CycleProgress) -> Iterator[Problem]:
    """Yield the items of a plan in a cycle that claim more than their evidence shows.

    A claim that the coordinator confirmed is not reported again.
    """
    scale = progress.scale
    for one in progress.items:
        ref = one.record.ref if one.record else one.item.ref
        is_claimed = bool(one.claimed) and not one.confirmed
        if scale.is_done(one.decided) and not one.has_evidence:
            yield make_problem("item-closed-unproven", ref, found=one.item.id)
        elif is_claimed and progress.is_without_evidence(one):
            claimed, column = ITEM_STATUSES.local_name(one.claimed or ""), RECORDS.table.by_key["confirmed"].local_name
            yield make_problem("item-claim-unproven", ref, found=one.item.id, claimed=claimed, column=column)
        elif is_claimed and one.shown and scale.rank(one.claimed or "") > scale.rank(one.shown):
            yield make_problem(
                "item-claim-unshown",
                ref,
                found=one.item.id,
                claimed=ITEM_STATUSES.local_name(one.claimed or ""),
                shown=ITEM_STATUSES.local_name(one.shown),
            )


def check_grounds(items: Iterable[ItemProgress]) -> Iterator[Problem]:
    """Yield the items whose baseline is not stated, and those whose results do not concern the country's higher risks.

    One problem names all items of its kind.
    """
    by_id = {one.item.id: one for one in items}
    if blank := [one.item for one in by_id.values() if not one.is_part and not one.item.has_baseline]:
        yield _name_items("item-no-baseline", blank, ITEMS.table.by_key["baseline"])
    found = group_pairs((one.risk.relation, one.item) for one in by_id.values() if one.risk)
    for relation, code in _RISK_CODES.items():
        if relation in found:
            yield _name_items(code, found[relation], EVIDENCE.table.by_key["risk"])


def _name_items(code: str, items: Sequence[PlanItem], column: SheetColumn) -> Problem:
    ref = items[0].ref
    place, names = ref and ref._replace(cell=None), list_names(item.id for item in items)
    return make_problem(code, place, names=names, count=len(items), column=column.local_name)


_RISK_CODES = {
    RiskRelation.OPEN: "item-risk-open",
    RiskRelation.UNRATED: "item-risk-unrated",
    RiskRelation.LOWER: "item-risk-lower",
}


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
