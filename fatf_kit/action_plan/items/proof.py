"""The status that the evidence on file shows for an item, and the evidence that the next status needs.

The rule is data (frameworks/plan/monitoring.json): for a law an article in force, for practice figures and documents,
for results a change over several periods and cases. It says nothing about the judgement of reviewers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from fatf_kit.action_plan.items.choices import Direction, ItemEvidenceKind
from fatf_kit.action_plan.items.model import ItemEvidence, ItemRegister, PlanItem, ReportCycle
from fatf_kit.action_plan.items.periods import FigurePeriod
from fatf_kit.action_plan.items.rules import AskRule, load_monitoring
from fatf_kit.assessment.answers.evidence_facts import CitedInstrument
from fatf_kit.laws.evidence import make_fact
from fatf_kit.laws.matching import CitationMatcher
from fatf_kit.laws.model import Instrument
from fatf_kit.statistics.figures import CaseEntry, Statistics


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofSources:
    """The register of laws and the statistics that evidence names; None where the country has none."""

    laws: CitationMatcher | None = None
    statistics: Statistics | None = None

    def series_of(self, line: str) -> tuple[FigurePeriod, ...]:
        """Return the figures of a line of the statistics by year, oldest first."""
        if self.statistics is None:
            return ()
        found = ((year, self.statistics.value(line, year)) for year in sorted(self.statistics.years))
        return tuple(
            FigurePeriod(name=str(year), last=date(year, 12, 31), value=float(value))
            for year, value in found
            if value is not None
        )

    def has_line(self, line: str) -> bool:
        """Return whether an agency was asked for a line of the statistics."""
        return self.statistics is not None and line in self.statistics.requested

    def find_case(self, name: str) -> CaseEntry | None:
        """Return the case with an id."""
        cases = self.statistics.cases if self.statistics else ()
        return next((one for one in cases if one.id.casefold() == name.casefold()), None)

    def find_law(self, text: str) -> tuple[Instrument, CitedInstrument] | None:
        """Return the instrument of the register that a text means, and the fact about it or its provision."""
        if self.laws is None:
            return None
        match = self.laws.match(text)
        if match.instrument is None or match.instrument.is_proposed:
            return None
        provision = match.provisions[0] if match.provisions else None
        return match.instrument, make_fact(self.laws.register, match.instrument, provision)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolvedEvidence:
    """One piece of evidence with what it names; `series` are the figures of periods that ended by a day."""

    evidence: ItemEvidence
    instrument: Instrument | None = None
    law: CitedInstrument | None = None
    case: CaseEntry | None = None
    series: tuple[FigurePeriod, ...] = ()

    @property
    def is_on_file(self) -> bool:
        """Whether there is something to hand in: a named law or document, a known case, or figures of a period."""
        match self.evidence.kind:
            case ItemEvidenceKind.FIGURES:
                return bool(self.series)
            case ItemEvidenceKind.CASE:
                return self.case is not None
        return bool(self.evidence.what)

    def is_in_force(self, day: date) -> bool:
        """Return whether it names a law that applies on a day."""
        law = self.law
        if law is None or law.kind is None or law.in_force_from is None or law.in_force_from > day:
            return False
        return law.in_force_until is None or law.in_force_until >= day

    @property
    def changes(self) -> int:
        """Periods in a row, up to the last, that changed as the figures must show.

        A period is compared with the one before it, and only where both have the same length without a gap.
        """
        count = 0
        for before, after in zip(reversed(self.series[:-1]), reversed(self.series[1:]), strict=True):
            if not after.follows(before) or not _has_changed(before.value, after.value, self.evidence.direction):
                break
            count += 1
        return count


def _has_changed(before: float, after: float, direction: Direction | None) -> bool:
    match direction:
        case Direction.RISE:
            return after > before
        case Direction.FALL:
            return after < before
        case Direction.STEADY:
            return after >= before
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemProof:
    """The status that the evidence for an item and its sub-items shows up to a day, and what is missing.

    Attributes:
        step: The step of evidence that is reached, 0 to 3; None where it is open what the item asks for.
        missing: What the next status needs, by measure: how many more.
        weakest: Id of the sub-item whose evidence decides; empty where it is the item's own.
        evidence: The item's own evidence.
    """

    step: int | None
    missing: Mapping[str, int] = field(default_factory=dict)
    weakest: str = ""
    evidence: tuple[ResolvedEvidence, ...] = ()


def resolve_evidence(one: ItemEvidence, sources: ProofSources, day: date) -> ResolvedEvidence:
    """Return one piece of evidence with the law, case or figures that it names, as of a day."""
    match one.kind:
        case ItemEvidenceKind.LAW:
            instrument, law = sources.find_law(one.what) or (None, None)
            return ResolvedEvidence(evidence=one, instrument=instrument, law=law)
        case ItemEvidenceKind.CASE:
            return ResolvedEvidence(evidence=one, case=sources.find_case(one.what))
        case ItemEvidenceKind.FIGURES:
            series = one.series or sources.series_of(one.what)
            return ResolvedEvidence(evidence=one, series=tuple(period for period in series if period.last <= day))
    return ResolvedEvidence(evidence=one)


def prove_item(
    register: ItemRegister, item: PlanItem, plan: str, cycle: ReportCycle, sources: ProofSources
) -> ItemProof:
    """Return what the evidence handed in up to a cycle shows for an item.

    Of an item with sub-items the weakest decides. `plan` gives the scale that says what is missing to the next status.
    """
    parts = {one.id: prove_item(register, one, plan, cycle, sources) for one in register.parts_of(item.id)}
    evidence = tuple(_resolve_handed_in(register, item, cycle, sources))
    own = _prove(item, plan, evidence, cycle.last_day)
    if not parts:
        return own
    if evidence and own.step is not None:
        parts[""] = own
    open_ = [name for name, one in parts.items() if one.step is None]
    weakest = open_[0] if open_ else min(parts, key=lambda name: parts[name].step or 0)
    decisive = parts[weakest]
    return replace(decisive, weakest=decisive.weakest or weakest, evidence=evidence)


def has_evidence(register: ItemRegister, item: PlanItem, cycle: ReportCycle, sources: ProofSources) -> bool:
    """Return whether anything was handed in up to a cycle for an item or one of its sub-items."""
    own = _resolve_handed_in(register, item, cycle, sources)
    return any(found.is_on_file for found in own) or any(
        has_evidence(register, part, cycle, sources) for part in register.parts_of(item.id)
    )


def _resolve_handed_in(
    register: ItemRegister, item: PlanItem, cycle: ReportCycle, sources: ProofSources
) -> Iterator[ResolvedEvidence]:
    for evidence in register.evidence_of(item.id):
        if evidence.cycle <= cycle.id:
            yield resolve_evidence(evidence, sources, cycle.last_day)


def _prove(item: PlanItem, plan: str, evidence: tuple[ResolvedEvidence, ...], day: date) -> ItemProof:
    if not item.asks:
        return ItemProof(step=None, evidence=evidence)
    rule, counts = load_monitoring().ask(item.asks), count_measures(evidence, day)
    step = _find_step(rule, counts)
    missing = _find_missing(rule, counts, load_monitoring().scale_of(plan).next_step(step))
    return ItemProof(step=step, missing=missing, evidence=evidence)


def count_measures(evidence: Sequence[ResolvedEvidence], day: date) -> Mapping[str, int]:
    """Return the number of each measure of evidence.

    Of several lines of figures that must show a change, the one with the fewest changes counts.
    """
    laws = [one for one in evidence if one.evidence.kind is ItemEvidenceKind.LAW and one.evidence.what]
    applied = [one for one in laws if one.is_in_force(day)]
    lines = [one for one in evidence if one.evidence.kind is ItemEvidenceKind.FIGURES]
    documents = [one for one in evidence if one.evidence.kind is ItemEvidenceKind.DOCUMENT and one.evidence.what]
    return {
        "instruments": len(laws),
        "in_force": len(applied),
        "articles": sum(one.law is not None and bool(one.law.article) for one in applied),
        "documents": len(documents),
        "periods": max((len(one.series) for one in lines), default=0),
        "changes": min((one.changes for one in lines if one.evidence.direction), default=0),
        "cases": len({one.case.id for one in evidence if one.case is not None}),
    }


def _find_step(rule: AskRule, counts: Mapping[str, int]) -> int:
    reached = [one.step for one in rule.steps if any(_is_met(needed, counts) for needed in one.any)]
    return max(reached, default=0)


def _is_met(needed: Mapping[str, int], counts: Mapping[str, int]) -> bool:
    return all(counts[measure] >= count for measure, count in needed.items())


def _find_missing(rule: AskRule, counts: Mapping[str, int], step: int | None) -> Mapping[str, int]:
    """Return what is missing to a step, by the alternative that needs the least."""
    if step is None:
        return {}
    needed = next(one.any for one in rule.steps if one.step >= step)
    lacking = ({name: count - counts[name] for name, count in one.items() if counts[name] < count} for one in needed)
    return min(lacking, key=lambda one: sum(one.values()))
