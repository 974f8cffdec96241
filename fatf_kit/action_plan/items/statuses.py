"""How far the items of a plan are in a cycle: as claimed, as shown by the evidence, and as decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from fatf_kit.action_plan.items.cycles import find_plenary
from fatf_kit.action_plan.items.model import CycleRecord, ItemRegister, PlanItem, ReportCycle
from fatf_kit.action_plan.items.proof import ItemProof, ProofSources, has_evidence, prove_item
from fatf_kit.action_plan.items.risk_relevance import RiskRelevance, find_risk_relevance
from fatf_kit.action_plan.items.rules import StatusScale, load_monitoring


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemProgress:
    """One item of a plan in one cycle. Statuses are None while open.

    An item is due from the Plenary of its deadline on, and overdue from the next one, unless it is decided as done. For
    that a sub-item without a decision has the decision of its item.

    `decided` is that of this cycle, or else the last before it; `before` is what was decided before this cycle.
    `claimed` is the last claim since then; where nothing was claimed since, the country proposes what was decided.
    `claim` is the record that it is from, None in that case. `has_evidence` says whether anything was handed in for the
    item or a sub-item. `risk` says what its results have to do with the country's risks, None where it has none.
    `record` is what was reported in this cycle; None where nothing was. A sub-item is not a part where its item is
    missing: then it counts as an item.
    """

    item: PlanItem
    claimed: str | None
    shown: str | None
    decided: str | None
    before: str | None
    proof: ItemProof
    record: CycleRecord | None
    is_part: bool
    is_due: bool
    is_overdue: bool
    claim: CycleRecord | None = None
    has_evidence: bool = True
    risk: RiskRelevance | None = None

    @property
    def confirmed(self) -> str:
        """The person who confirmed the claim although evidence is missing; empty where nobody did."""
        return self.claim.confirmed if self.claim else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleProgress:
    """The items of one plan in one cycle, sub-items below their items."""

    plan: str
    cycle: ReportCycle
    items: tuple[ItemProgress, ...]

    @property
    def scale(self) -> StatusScale:
        """The status scale of the plan."""
        return load_monitoring().scale_of(self.plan)

    @property
    def heads(self) -> tuple[ItemProgress, ...]:
        """The items without sub-items, which are counted."""
        return tuple(one for one in self.items if not one.is_part)

    def count(self, kind: str) -> Mapping[str, int]:
        """Return the number of items by their claimed, shown, decided or earlier status; "" counts those without."""
        found = Counter(getattr(one, kind) or "" for one in self.heads)
        return {name: found[name] for name in (*self.scale.names, "")}

    def count_done(self, kind: str) -> int:
        """Return the number of items that count as done by a kind of status."""
        return sum(self.scale.is_done(getattr(one, kind)) for one in self.heads)

    def count_proposed(self) -> int:
        """Return the number of items that are claimed as done and were not decided so before."""
        return sum(self.scale.is_done(one.claimed) and not self.scale.is_done(one.before) for one in self.heads)

    def is_without_evidence(self, one: ItemProgress) -> bool:
        """Return whether an item is claimed to be better than was decided, and nothing was handed in for it."""
        scale = self.scale
        floor = max(scale.rank(one.before or ""), 0)
        return scale.rank(one.claimed or "") > floor and not one.has_evidence

    def count_unproven(self) -> int:
        """Return the number of items that are claimed without evidence."""
        return sum(map(self.is_without_evidence, self.heads))

    def withhold_claims(self) -> CycleProgress:
        """Return the items as the country reports them: a claim without evidence counts only where it was confirmed.

        In place of another one the country proposes what was decided before.
        """
        items = (
            replace(one, claimed=one.before) if self.is_without_evidence(one) and not one.confirmed else one
            for one in self.items
        )
        return replace(self, items=tuple(items))

    @property
    def is_ready(self) -> bool:
        """Whether every item is decided as done, so that the country may ask for the visit. It is never "complete"."""
        return bool(self.heads) and self.count_done("decided") == len(self.heads)


def measure_progress(register: ItemRegister, plan: str, cycle: ReportCycle, sources: ProofSources) -> CycleProgress:
    """Return how far each item and sub-item of a kind of plan is in a cycle."""
    return CycleProgress(
        plan=plan,
        cycle=cycle,
        items=tuple(
            _measure(register, one, plan, cycle, sources)
            for head in register.heads(plan)
            for one in (head, *register.parts_of(head.id))
        ),
    )


def _measure(
    register: ItemRegister, item: PlanItem, plan: str, cycle: ReportCycle, sources: ProofSources
) -> ItemProgress:
    scale, records = load_monitoring().scale_of(plan), register.records_of(item.id, plan)
    proof = prove_item(register, item, plan, cycle, sources)
    decided = _last(records, "decided", cycle.id)
    of_head = _last(register.records_of(item.parent, plan), "decided", cycle.id) if item.parent else None
    is_done = scale.is_done(decided or of_head)
    deadline = item.deadline or (register.by_id[item.parent].deadline if item.parent in register.by_id else "")
    due = find_plenary(deadline) if deadline else ""
    claim = _find_claim(records, cycle.id)
    return ItemProgress(
        item=item,
        claimed=claim.claimed if claim else _last(records, "decided", cycle.id, is_before=True),
        claim=claim,
        has_evidence=has_evidence(register, item, cycle, sources),
        risk=find_risk_relevance(item, proof.evidence, sources.statistics),
        shown=None if proof.step is None else scale.shown_at(proof.step),
        decided=decided,
        before=_last(records, "decided", cycle.id, is_before=True),
        proof=proof,
        record=next((one for one in records if one.cycle == cycle.id), None),
        is_part=item.parent in register.by_id,
        is_due=bool(due) and due <= cycle.id,
        is_overdue=bool(due) and due < cycle.id and not is_done,
    )


def _find_claim(records: Sequence[CycleRecord], cycle: str) -> CycleRecord | None:
    """Return the record with the last claim since the decision before a cycle, which answered older claims."""
    since = max((one.cycle for one in records if one.decided and one.cycle < cycle), default="")
    return next((one for one in reversed(records) if since < one.cycle <= cycle and one.claimed), None)


def _last(records: Sequence[CycleRecord], key: str, cycle: str, *, is_before: bool = False) -> str | None:
    known = [getattr(one, key) for one in records if (one.cycle < cycle if is_before else one.cycle <= cycle)]
    return next((status for status in reversed(known) if status), None)


def list_history(register: ItemRegister, plan: str, upto: str) -> Iterator[tuple[ReportCycle, Mapping[str, int]]]:
    """Yield each cycle up to one with the number of items by the status decided until then; "" counts those without."""
    names = load_monitoring().scale_of(plan).names
    heads = register.heads(plan)
    records = {one.id: register.records_of(one.id, plan) for one in heads}
    for cycle in register.cycles_by_id.values():
        if cycle.id > upto:
            return
        found = Counter(_last(records[one.id], "decided", cycle.id) or "" for one in heads)
        yield cycle, {name: found[name] for name in (*names, "")}
