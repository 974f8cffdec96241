"""The country's own paper on its plans: statuses as claimed, shown and decided, what is missing, and the visit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from fatf_kit.action_plan.items.chart import draw_history
from fatf_kit.action_plan.items.choices import ItemEvidenceKind
from fatf_kit.action_plan.items.cycles import list_cycle_days
from fatf_kit.action_plan.items.make import ICRG
from fatf_kit.action_plan.items.model import ItemRegister
from fatf_kit.action_plan.items.payload import make_item_status_result
from fatf_kit.action_plan.items.rules import load_monitoring
from fatf_kit.action_plan.items.statuses import CycleProgress, ItemProgress
from fatf_kit.action_plan.items.texts import (
    describe_missing,
    describe_risk,
    list_facts,
    make_item_column,
    make_status_column,
    name_plan,
    name_status,
)
from fatf_kit.core.json_files import make_json_value
from fatf_kit.core.messages import Translator
from fatf_kit.core.problems import Problem
from fatf_kit.report.document_tables import keep_ltr, make_day_cell, make_month_cell, make_sources_table, make_table
from fatf_kit.report.imprint import Imprint
from fatf_kit.report.model import Block, Bullets, Figure, Paragraph, Report, Section, TableCell, Tone
from fatf_kit.report.problems_section import build_problems_section
from fatf_kit.report.results_table import ID, YES_NO, ResultColumn, ResultsTable
from fatf_kit.report.sections import make_section


@dataclass(frozen=True, kw_only=True)
class StatusReportInput:
    """The plans of a country in a cycle. `questions` are those of the mock visit by outcome, in the reader's language.

    `effect` is the section on ratings, None where no ratings are known.
    """

    register: ItemRegister
    plans: Sequence[CycleProgress]
    problems: Sequence[Problem]
    imprint: Imprint
    questions: Mapping[str, Sequence[str]] = field(default_factory=dict)
    effect: Section | None = None


def build_status_report(given: StatusReportInput, t: Translator) -> Report:
    """Return the paper on the plans of a country in one cycle; it is for the country itself."""
    visited = [one for one in given.plans if one.plan == ICRG]
    sections = [
        *(
            make_section(f"plan-{one.plan}", name_plan(one.plan, t), *_describe_plan(given, one, t))
            for one in given.plans
        ),
        make_section("days", t("Dates of this cycle"), _days(given.plans[0], t)),
        *([given.effect] if given.effect else []),
        *(make_section("visit", t("Before the visit"), *_visit(given, one, t)) for one in visited),
        make_section("rules", t("Rules used"), *_rules(given, t)),
    ]
    if given.problems:
        sections.append(build_problems_section(given.problems, t, command="fatf-kit action-plan check"))
    facts = tuple(list_facts(given.plans, t))
    document = given.imprint.make_document("plan-status", t("Status of the action plans"), tuple(sections), facts, t)
    return Report(
        document=document,
        tables=tuple(_table(one, t).in_sheet(one.items) for one in given.plans),
        payload=make_json_value(make_item_status_result(given.register, given.plans, given.problems)),
    )


def _describe_plan(given: StatusReportInput, one: CycleProgress, t: Translator) -> Iterator[Block]:
    yield Paragraph(text=describe_plan(one, t), tone=Tone.LEAD)
    if due := [item for item in one.heads if item.is_due and not one.scale.is_done(item.decided)]:
        yield Bullets(items=tuple(describe_item(item, t) for item in due))
    yield Figure(chart=draw_history(given.register, one, t))
    yield _table(one, t).in_document(one.items, caption=t("Items and statuses"))


def describe_plan(one: CycleProgress, t: Translator) -> str:
    """Return the number of items that are claimed, shown and decided as done, and whether all are decided so.

    Claims without evidence are counted once more, as such.
    """
    n = len(one.heads)
    text = t.plural(
        "{n} item, with {claimed} done as claimed, {shown} as shown by evidence and {decided} as accepted.",
        "{n} items, with {claimed} done as claimed, {shown} as shown by evidence and {decided} as accepted.",
        n,
        claimed=one.count_done("claimed"),
        shown=one.count_done("shown"),
        decided=one.count_done("decided"),
    )
    if unproven := one.count_unproven():
        more = t.plural("{n} claim has no evidence.", "{n} claims have no evidence.", unproven)
        text = " ".join((text, more))
    if one.is_ready:
        ready = t("Every item is accepted as done, so that the country may claim that the plan is ready for the visit.")
        return " ".join((text, ready))
    return text


def describe_item(one: ItemProgress, t: Translator) -> str:
    """Return an item that is due with its statuses and the evidence that is missing to the next one."""
    missing = describe_missing(one.proof, t)
    text = t(
        "{item} ({title}): claimed “{claimed}”, shown “{shown}”.",
        item=one.item.id,
        title=one.item.title,
        claimed=name_status(one.claimed, t),
        shown=name_status(one.shown, t),
    )
    return " ".join((text, t("Still needed for the next status: {evidence}.", evidence=missing))) if missing else text


def _days(one: CycleProgress, t: Translator) -> Block:
    heads = ((t("Date"), 3), (t("Step"), 9), (t("Confidence"), 3))
    rows = [(make_day_cell(day.day, t), t(day.name), t(day.confidence)) for day in list_cycle_days(one.cycle)]
    return make_table("days", "", heads, rows)


def _table(plan: CycleProgress, t: Translator) -> ResultsTable[ItemProgress]:
    def title_cell(one: ItemProgress) -> TableCell:
        return TableCell(text=one.item.title, detail=one.item.lead)

    def deadline_cell(one: ItemProgress) -> TableCell:
        is_due = one.is_due and not plan.scale.is_done(one.decided)
        detail = t("overdue") if one.is_overdue else t("due now") if is_due else ""
        if one.is_part and not one.item.deadline:
            detail = ""
        return make_month_cell(one.item.deadline, t, "" if one.is_part else "–", detail=detail)

    def claim_cell(one: ItemProgress) -> TableCell:
        detail = ""
        if plan.is_without_evidence(one):
            who = one.confirmed
            detail = t("without evidence, confirmed by {name}", name=who) if who else t("without evidence")
        return TableCell(text=name_status(one.claimed, t, ""), detail=detail)

    columns: tuple[ResultColumn[ItemProgress], ...] = (
        make_item_column("id", t("No."), 9, ID, page=4),
        make_item_column("title", t("Plan item"), 50, page=12, cell=title_cell),
        make_item_column("lead", t("Lead agency"), 24),
        make_item_column("units", t("Outcomes and Recommendations"), 18, ID),
        make_item_column("deadline", t("Deadline"), 12, ID, page=4, cell=deadline_cell),
        make_status_column("claimed", t("Claimed"), t, page=4, cell=claim_cell),
        make_status_column("shown", t("Shown"), t, page=4),
        make_status_column("decided", t("Decided"), t, page=4),
        ResultColumn(
            "missing",
            t("Still needed for the next status"),
            lambda one: describe_missing(one.proof, t),
            sheet=50,
            page=8,
        ),
        ResultColumn("risk", t("Risk of the results"), lambda one: describe_risk(one, t), sheet=40, page=6),
        ResultColumn("is_overdue", t("Overdue"), lambda one: int(one.is_overdue), YES_NO, sheet=9),
    )
    return ResultsTable(f"items-{plan.plan}", name_plan(plan.plan, t), columns)


def _visit(given: StatusReportInput, plan: CycleProgress, t: Translator) -> Iterator[Block]:
    """Yield what must be complete before the visit that comes before removal, and questions to rehearse."""
    yield Paragraph(
        text=t(
            "Before removal the joint group visits the country. It asks whether the reforms have begun, whether they "
            "are sustained, and whether the will to continue is there."
        )
    )
    heads = plan.heads
    kept = sum(bool(item.item.sustained) for item in heads)
    full = sum(item.shown is not None and item.proof.missing == {} for item in heads)
    counts = (
        t("Items accepted as done: {n} of {total}", n=plan.count_done("decided"), total=len(heads)),
        t("Items whose evidence shows the highest status: {n} of {total}", n=full, total=len(heads)),
        t("Items with a statement on how they are sustained: {n} of {total}", n=kept, total=len(heads)),
    )
    yield Bullets(items=counts, boxes=True)
    found = dict.fromkeys((item.item.id, question) for item in heads for question in _questions(item, given, t))
    rows = [(keep_ltr(name), text) for name, text in found]
    columns = ((t("No."), 3), (t("Question to rehearse"), 14))
    yield make_table("visit-questions", t("Questions to rehearse, item by item"), columns, rows)


def _questions(one: ItemProgress, given: StatusReportInput, t: Translator) -> Iterator[str]:
    if not one.item.sustained:
        yield t("How will the country sustain this after its removal from the list?")
    evidence = one.proof.evidence
    has_law = any(found.evidence.kind is ItemEvidenceKind.LAW for found in evidence)
    if has_law and not any(found.series for found in evidence):
        yield t("Which figures show that the law is applied?")
    for unit in one.item.units:
        yield from given.questions.get(unit, ())[:1]


def _rules(given: StatusReportInput, t: Translator) -> Iterator[Block]:
    rules = load_monitoring()
    yield Paragraph(
        text=t(
            "'Shown' is calculated by fatf-kit from the evidence on file and is indicative. The reviewers judge, and "
            "the Plenary decides. A law alone shows an item only where the item asks for a law."
        )
    )
    scales = {one.scale.id: one.scale for one in given.plans}.values()
    rows = (
        *((t("Statuses: {names}", names=t.listed(map(t, one.names))), one.source, one.confidence) for one in scales),
        (t("Evidence needed for each status"), rules.asks_source, rules.asks_confidence),
        (t("Months of Plenaries"), rules.meetings.source, rules.meetings.confidence),
        *((t(step.name), step.source, step.confidence) for step in rules.cycle),
    )
    yield make_sources_table("rules", rows, t)
