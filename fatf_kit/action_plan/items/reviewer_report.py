"""The report to the reviewers on a plan: item by item the action taken, its evidence and the status proposed.

It holds the statements of the country and nothing that fatf-kit calculated. A status for which nothing was handed in is
proposed only where the coordinator confirmed it, and then the report says that the evidence is still to come.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from fatf_kit.action_plan.items.chart import draw_history
from fatf_kit.action_plan.items.choices import ItemEvidenceKind
from fatf_kit.action_plan.items.cycles import fill_days
from fatf_kit.action_plan.items.model import CycleRecord, ItemRegister
from fatf_kit.action_plan.items.payload import make_reported_plan
from fatf_kit.action_plan.items.proof import ProofSources, ResolvedEvidence, resolve_evidence
from fatf_kit.action_plan.items.re_ratings import KnownRatings
from fatf_kit.action_plan.items.risk_relevance import describe_subjects
from fatf_kit.action_plan.items.statuses import CycleProgress, ItemProgress, measure_progress
from fatf_kit.action_plan.items.texts import (
    describe_baseline,
    list_facts,
    make_item_column,
    make_status_column,
    name_evidence,
    name_status,
)
from fatf_kit.core.groups import group_pairs
from fatf_kit.core.json_files import make_json_value
from fatf_kit.core.messages import Translator
from fatf_kit.report.document_tables import Heading, keep_ltr, make_month_cell, make_table
from fatf_kit.report.imprint import Imprint
from fatf_kit.report.model import (
    Block,
    Bullets,
    Figure,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Report,
    Section,
    TableCell,
    Tone,
)
from fatf_kit.report.results_table import COUNT, ID, ResultColumn, ResultsTable
from fatf_kit.report.sections import make_note, make_section


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnexEntry:
    """One annex: its number, the evidence, the items that it is for, and whether it is handed in for the first time."""

    annex: int
    what: str
    kind: str
    items: tuple[str, ...]
    is_new: bool
    file: str


@dataclass(frozen=True, kw_only=True)
class ReviewerReportInput:
    """The plan in a cycle with everything that its report names. `is_full` adds what was reported before.

    The evidence of the register has its annex numbers. `published` are the ratings of the country's published
    evaluation report, from which the plan begins; None where none is published.
    """

    register: ItemRegister
    progress: CycleProgress
    sources: ProofSources
    imprint: Imprint
    is_full: bool = False
    published: KnownRatings | None = None


def build_reviewer_report(given: ReviewerReportInput, t: Translator) -> Report:
    """Return the report to the reviewers for one cycle, in its short form or in full.

    The short form has the items on which something is reported in this cycle, or that are due.
    """
    given = replace(given, progress=given.progress.withhold_claims())
    writer = _ReportWriter(given, t)
    sections = (
        make_section("summary", t("Summary"), *writer.summarise()),
        make_section("items", t("Item by item"), sections=writer.list_sections()),
        make_section("annexes", t("Annexes"), *writer.list_annex_blocks()),
    )
    facts = tuple(list_facts([given.progress], t))
    return Report(
        document=given.imprint.make_document("reviewer-report", t("Progress report"), sections, facts, t),
        tables=(writer.item_table().in_sheet(given.progress.items), writer.annex_table().in_sheet(writer.annexes)),
        payload=make_json_value(make_reported_plan(given.register, given.progress)),
    )


class _ReportWriter:
    def __init__(self, given: ReviewerReportInput, t: Translator) -> None:
        self._given, self._t = given, t
        self._progress, self._cycle = given.progress, given.progress.cycle
        ids = {one.item.id for one in given.progress.items}
        self._handed_in = [one for one in given.register.evidence if one.item in ids and one.cycle <= self._cycle.id]
        earlier = [one for one in given.register.cycles_by_id.values() if one.id < self._cycle.id]
        self._last_report = fill_days(earlier[-1]).last_day if earlier else date.min
        self.annexes = tuple(self._list_annexes())

    def summarise(self) -> Iterator[Block]:
        t, progress = self._t, self._progress
        heads = len(progress.heads)
        done, proposed = progress.count_done("before"), progress.count_proposed()
        unproven = progress.count_unproven()
        finished = (t(name) for name in progress.scale.names if progress.scale.is_done(name))
        best = t.either(t("“{text}”", text=name) for name in finished)
        sentences = (
            t.plural("The plan has {n} item.", "The plan has {n} items.", heads),
            self._count_accepted(done),
            self._count_proposed(proposed),
            t("An item is done if its status is {statuses}.", statuses=best),
        )
        yield Paragraph(text=" ".join(sentences), tone=Tone.LEAD)
        if unproven:
            yield Paragraph(
                text=t.plural(
                    "{n} of the proposed statuses still lacks evidence.",
                    "{n} of the proposed statuses still lack evidence.",
                    unproven,
                )
            )
        more = t("claims without evidence: {n}", n=t.number(unproven)) if unproven else ""
        counts = (
            (heads, t("items"), ""),
            (done, t("accepted as done"), ""),
            (proposed, t("newly proposed as done"), more),
            (sum(map(self._is_open, progress.heads)), t("due now and still open"), ""),
        )
        yield KeyFigures(figures=tuple(KeyFigure(value=t.number(n), label=label, detail=d) for n, label, d in counts))
        yield Figure(chart=draw_history(self._given.register, progress, t, is_before_decision=True))
        yield self.item_table().in_document(progress.items, name="items-table", caption=t("Items and statuses"))

    def _count_accepted(self, done: int) -> str:
        t = self._t
        if not done:
            return t("No item was accepted as done before this report.")
        return t.plural(
            "{n} item was accepted as done before this report.",
            "{n} items were accepted as done before this report.",
            done,
        )

    def _count_proposed(self, proposed: int) -> str:
        t = self._t
        if not proposed:
            return t("This report proposes no further item as done.")
        return t.plural(
            "This report newly proposes {n} item as done.", "This report newly proposes {n} items as done.", proposed
        )

    def item_table(self) -> ResultsTable[ItemProgress]:
        t = self._t
        reported = {one.item.id for one in self._reported()}

        def id_cell(one: ItemProgress) -> TableCell:
            return keep_ltr(one.item.id, f"item-{one.item.id}" if one.item.id in reported else None)

        def deadline_cell(one: ItemProgress) -> TableCell:
            return make_month_cell(one.item.deadline, t, "" if one.is_part else "–")

        columns = (
            make_item_column("id", t("No."), 9, ID, page=4, cell=id_cell),
            make_item_column("title", t("Plan item"), 50, page=13),
            make_item_column("units", t("Outcomes and Recommendations"), 18, ID),
            make_item_column("deadline", t("Deadline"), 12, ID, page=6, cell=deadline_cell),
            make_status_column("before", t("Decided before"), t, page=6),
            make_status_column("claimed", t("Proposed status"), t, page=6, cell=self._claim_cell),
            ResultColumn[ItemProgress]("evidence", t("Evidence"), self._mark_unproven, sheet=20),
        )
        return ResultsTable("items", t("Items"), columns)

    def _claim_cell(self, one: ItemProgress) -> TableCell:
        return TableCell(text=name_status(one.claimed, self._t, ""), detail=self._mark_unproven(one))

    def _mark_unproven(self, one: ItemProgress) -> str:
        return _mark_claim(one, self._progress, self._t)

    def _describe_earlier_claim(self, past: CycleRecord) -> str:
        """Return what was proposed for an item in an earlier cycle, as the report of that cycle had it."""
        given, cycle = self._given, self._given.register.cycles_by_id.get(past.cycle)
        if not past.claimed or cycle is None:
            return name_status(None, self._t)
        then = measure_progress(given.register, self._progress.plan, cycle, given.sources).withhold_claims()
        reported = next(one for one in then.items if one.item.id == past.item)
        return _describe_claim(reported, then, self._t)

    def _reported(self) -> tuple[ItemProgress, ...]:
        """Return the items that the form of the report has, with their sub-items.

        The short form has items that are reported, that are due and open, or that have new evidence. It leaves out
        sub-items on which nothing is new.
        """
        if self._given.is_full:
            return self._progress.items
        heads = {
            one.item.parent if one.is_part else one.item.id
            for one in self._progress.items
            if one.record or self._is_open(one) or any(map(self._is_new, one.proof.evidence))
        }
        return tuple(
            one
            for one in self._progress.items
            if one.item.id in heads
            or (one.item.parent in heads and (one.record or any(map(self._has_news, one.proof.evidence))))
        )

    def _is_open(self, one: ItemProgress) -> bool:
        return not one.is_part and one.is_due and not self._progress.scale.is_done(one.before)

    def _has_news(self, one: ResolvedEvidence) -> bool:
        return self._is_new(one) or bool(self._new_periods(one))

    def _new_periods(self, one: ResolvedEvidence) -> list[str]:
        """Return the periods that ended after the report before."""
        return [period.name for period in one.series if period.last > self._last_report]

    def _is_new(self, one: ResolvedEvidence) -> bool:
        return one.evidence.cycle == self._cycle.id

    def list_sections(self) -> Iterator[Section]:
        reported = self._reported()
        for one in reported:
            if not one.is_part:
                parts = tuple(self._section(part) for part in reported if part.item.parent == one.item.id)
                yield self._section(one, parts)

    def _section(self, one: ItemProgress, parts: tuple[Section, ...] = ()) -> Section:
        name = " ".join(filter(None, (one.item.id, one.item.label)))
        return make_section(f"item-{one.item.id}", name, *self._blocks(one), sections=parts)

    def _blocks(self, one: ItemProgress) -> Iterator[Block]:
        t, item, record = self._t, one.item, one.record
        records = self._given.register.records_of(item.id, self._progress.plan)
        earlier = [found for found in records if found.cycle < self._cycle.id]
        reason = next((found.reason for found in reversed(earlier) if found.decided), "")
        rows = (
            (t("Item as worded"), item.wording),
            (t("Baseline"), describe_baseline(item, self._given.published, t)),
            (t("Deadline"), t.month(item.deadline) if item.deadline else ""),
            (t("Outcomes and Recommendations"), "" if one.is_part else t.listed(item.units)),
            (t("Lead agency"), item.lead),
            (t("Supporting agencies"), item.supporting),
            (t("Decided before"), name_status(one.before, t, "")),
            (t("Reason given by the reviewers"), reason),
            (t("New: action taken since the last report"), record.done if record else ""),
            (t("Still to come"), record.open if record else ""),
            (t("Risks that the results concern"), describe_subjects(one.risk, t) if one.risk else ""),
            (t("Proposed status"), _describe_claim(one, self._progress, t) if one.claimed else ""),
        )
        heads = ((t("Subject"), 3), (t("Statement of the country"), 11))
        if filled := [(name, text) for name, text in rows if text]:
            yield make_table(f"block-{item.id}", "", heads, filled)
        yield from self._figures(one)
        named = [found for found in one.proof.evidence if found.evidence.kind is not ItemEvidenceKind.FIGURES]
        if named:
            yield Bullets(items=tuple(self._mark_new(found, self._describe(found)) for found in named))
        if self._given.is_full and earlier:
            columns = ((t("Cycle"), 3), (t("Action taken"), 8), (t("Proposed"), 3), (t("Decided"), 3))
            cells = [
                (
                    t.month(past.cycle),
                    past.done or "–",
                    self._describe_earlier_claim(past),
                    name_status(past.decided, t),
                )
                for past in earlier
            ]
            yield make_table(f"earlier-{item.id}", t("Earlier cycles"), columns, cells)

    def _describe(self, found: ResolvedEvidence) -> str:
        return self._t("{text} ({place})", text=name_evidence(found, self._t), place=self._name_annex(found))

    def _mark_new(self, found: ResolvedEvidence, text: str) -> str:
        return self._t("New: {text}", text=text) if self._is_new(found) else text

    def _name_annex(self, found: ResolvedEvidence) -> str:
        return self._t("Annex {number}", number=found.evidence.annex or 0)

    def _figures(self, one: ItemProgress) -> Iterator[Block]:
        """Yield one table for all lines of figures of an item, with a column for each period."""
        t = self._t
        lines = [found for found in one.proof.evidence if found.series]
        if not lines:
            return
        periods = {period.name: period.last for found in lines for period in found.series}
        names = sorted(periods, key=lambda name: periods[name])
        rows = []
        for found in lines:
            values = {period.name: t.number(period.value) for period in found.series}
            detail = self._mark_new(found, self._name_annex(found))
            if not self._is_new(found) and (added := t.listed(self._new_periods(found))):
                detail = t.points((detail, t("New: {text}", text=added)))
            name_cell = TableCell(text=name_evidence(found, t), detail=detail)
            rows.append((name_cell, *(keep_ltr(values.get(name, "–")) for name in names)))
        heads: list[Heading] = [(t("Figures"), 6), *((name, 2, True) for name in names)]
        yield make_table(f"figures-{one.item.id}", t("Figures by period"), heads, rows)

    def _list_annexes(self) -> Iterator[AnnexEntry]:
        sources, day = self._given.sources, self._cycle.last_day
        found = group_pairs((one.annex or 0, resolve_evidence(one, sources, day)) for one in self._handed_in)
        for number, group in sorted(found.items()):
            first = group[0]
            yield AnnexEntry(
                annex=number,
                what=name_evidence(first, self._t),
                kind=str(first.evidence.kind),
                items=tuple(dict.fromkeys(one.evidence.item for one in group)),
                is_new=all(self._is_new(one) for one in group),
                file=first.evidence.file,
            )

    def list_annex_blocks(self) -> Iterator[Block]:
        t = self._t
        if not self.annexes:
            yield Paragraph(text=t("No evidence has been handed in yet."))
            return
        yield make_note(t("An annex keeps its number in all reports."))
        yield self.annex_table().in_document(self.annexes, name="annex-table", caption=t("Annexes"))

    def annex_table(self) -> ResultsTable[AnnexEntry]:
        t, column = self._t, ResultColumn[AnnexEntry]
        columns = (
            column("annex", t("Annex"), kind=COUNT, sheet=8, page=3),
            column("what", t("Law, figures, case or document"), sheet=60, page=14),
            column("kind", t("Kind"), lambda one: t(one.kind), sheet=14, page=4),
            column("items", t("Items"), kind=ID, sheet=14, page=4),
            column("is_new", t("New"), lambda one: t("New") if one.is_new else "", sheet=8, page=3),
            column("file", t("File"), kind=ID, sheet=24),
        )
        return ResultsTable("annexes", t("Annexes"), columns)


def _mark_claim(one: ItemProgress, progress: CycleProgress, t: Translator) -> str:
    """Return the mark of a claim without evidence; empty for every other item."""
    return t("evidence still to come") if progress.is_without_evidence(one) else ""


def _describe_claim(one: ItemProgress, progress: CycleProgress, t: Translator) -> str:
    """Return the status that is proposed for an item, marked where nothing was handed in for it."""
    text, mark = name_status(one.claimed, t), _mark_claim(one, progress, t)
    return t("{text} ({place})", text=text, place=mark) if mark else text
