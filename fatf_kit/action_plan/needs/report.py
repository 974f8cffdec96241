"""The document on costs and assistance: the coordinator's matrix of all needs, or a partner's copy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from fatf_kit.action_plan.needs.choices import DELIVERIES, KINDS
from fatf_kit.action_plan.needs.closed_gaps import ClosedGaps
from fatf_kit.action_plan.needs.costing import add_up
from fatf_kit.action_plan.needs.matrix import NeedMatrix, NeedRow
from fatf_kit.action_plan.needs.model import OPEN_PARTNER, Need
from fatf_kit.action_plan.needs.pictures import draw_years
from fatf_kit.action_plan.needs.rules import load_assistance
from fatf_kit.action_plan.needs.tables import list_subjects, make_subject_table
from fatf_kit.action_plan.needs.texts import (
    describe_amounts,
    describe_cost,
    describe_served,
    describe_status,
    describe_sums,
    list_groupings,
    list_unknown,
    name_choice,
    name_partner,
    name_priority,
    state_condition,
    state_width,
)
from fatf_kit.core.groups import group_pairs
from fatf_kit.core.messages import Translator
from fatf_kit.report.document_tables import keep_ltr, make_month_cell, make_sources_table, make_table
from fatf_kit.report.model import (
    Block,
    Bullets,
    Document,
    DocumentTable,
    Figure,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Section,
    TableCell,
    Tone,
)
from fatf_kit.report.sections import make_note, make_section


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedsCover:
    """The facts on the first page.

    `office` is the agency that partners write to; empty where none is known. `plans` are the name of each plan with
    the numbers of its items by the status that was decided, "" those without one. `units` are those of the edition, in
    its order. `generated_at` is a date, or a date and time, in ISO 8601; `tool` is the version of fatf-kit. `effect`
    is None where the ratings are not known or not for the reader.
    """

    country: str
    office: str
    plans: tuple[tuple[str, tuple[tuple[str, int], ...]], ...]
    units: tuple[str, ...]
    generated_at: str
    tool: str
    notices: tuple[str, ...] = ()
    effect: ClosedGaps | None = None


def build_needs(matrix: NeedMatrix, cover: NeedsCover, t: Translator) -> Document:
    """Return the document of the matrix of all needs, or of a partner's copy."""
    is_copy = bool(matrix.partner)
    to_whom = t("for a partner") if matrix.partner == OPEN_PARTNER else matrix.partner
    return Document(
        id="needs",
        title=t("Needs of assistance") if is_copy else t("Costs and assistance of the action plans"),
        subtitle=" – ".join(filter(None, (cover.country, to_whom))),
        language=t.language,
        made_on=cover.generated_at,
        facts=(
            (t("Country"), cover.country or t("not given")),
            (t("Date"), t.day(matrix.today)),
            (t("Contact office"), cover.office or t("not given")),
            (t("Made by"), t("fatf-kit {tool}", tool=cover.tool)),
            (t("Made on"), t.moment(cover.generated_at)),
            *((t("Items: {name}", name=name), _describe_plan(counts, t)) for name, counts in cover.plans),
        ),
        notices=(
            *map(t, cover.notices),
            *(() if is_copy else (t("For the coordinator only: it names the offers of all partners."),)),
        ),
        sections=tuple(_list_sections(matrix, cover, t)),
        contents_depth=0,
    )


def _describe_plan(counts: Iterable[tuple[str, int]], t: Translator) -> str:
    names = ((t(status) if status else t("not decided"), n) for status, n in counts if n)
    return t.listed(t("{text} ({place})", text=name, place=n) for name, n in names)


def _list_sections(matrix: NeedMatrix, cover: NeedsCover, t: Translator) -> Iterator[Section]:
    figures, needs, costs = _count_needs(matrix, t), _make_needs_table(matrix, t), _list_costs(matrix, t)
    effect = _describe_effect(matrix, cover, t)
    if matrix.partner:
        yield make_section("needs", t("Needs"), figures, needs)
        yield make_section("effect", t("Dependencies on needs that are not yet agreed"), *effect)
        yield make_section("costs", t("Costs"), *costs)
        return
    yield make_section("overview", t("Overview"), figures, *costs)
    yield make_section("needs", t("Needs"), needs, break_before=True)
    yield make_section("decide", t("To be decided"), *_list_decisions(matrix, t))
    empty = t("No need that is not yet agreed serves a Recommendation or outcome.")
    subjects = make_subject_table(t).in_document(list_subjects(matrix.rows, cover.units), empty=empty)
    yield make_section("effect", t("Dependencies on needs that are not yet agreed"), *effect, subjects)
    yield make_section("rules", t("How it is calculated"), *_list_rules(t))


def _count_needs(matrix: NeedMatrix, t: Translator) -> KeyFigures:
    unknown = matrix.unknown
    counts = (
        (t("needs"), len(matrix.rows), ""),
        (t("open"), matrix.count("open"), ""),
        (t("offered"), matrix.count("offered"), ""),
        (t("agreed or delivered"), matrix.count("agreed") + matrix.count("delivered"), ""),
        (t("costs not known"), len(unknown.needs), t("of {n}", n=unknown.needs_of)),
    )
    return KeyFigures(figures=tuple(KeyFigure(value=str(n), label=name, detail=of) for name, n, of in counts))


def _make_needs_table(matrix: NeedMatrix, t: Translator) -> DocumentTable:
    heads = (
        (t("No."), 3),
        (t("What is missing"), 7),
        (t("Kind of assistance"), 5),
        (t("Receiving agency"), 4),
        (t("Wanted by"), 3),
        (t("Status of the need"), 4),
        (t("Cost"), 5),
    )
    rows = sorted(matrix.rows, key=lambda row: (row.priority, row.need.wanted_until or "9999", row.need.id))
    cells = (_list_need_cells(row, t) for row in rows)
    return make_table("needs", t("Needs of assistance"), heads, cells, empty=t("No need is entered."))


def _list_need_cells(row: NeedRow, t: Translator) -> Iterator[object]:
    need, served = row.need, t.listed((*row.items, *row.units))
    funded = describe_amounts(row.cost.funded, t)
    yield TableCell(text=need.id, detail=name_priority(row.priority, t), order=row.priority)
    yield TableCell(text=need.need, detail=t.points(filter(None, (need.provision, served))))
    yield TableCell(text=name_choice(KINDS, need.kind, t), detail=name_choice(DELIVERIES, need.delivery, t))
    yield need.beneficiary
    yield make_month_cell(need.wanted_until, t)
    yield TableCell(text=describe_status(row, t), detail=name_partner(row, t))
    detail = t("funded: {amount}", amount=funded) if funded else ""
    yield TableCell(text=describe_cost(row.cost, t), detail=detail)


def _list_costs(matrix: NeedMatrix, t: Translator) -> Iterator[Block]:
    """Yield the sums, what is not known, the picture by year and the tables of sums."""
    needs = {row.need.id for row in matrix.rows}
    others = [one for one in matrix.lines if one.line.target not in needs and one.line.is_funded]
    certain = _join_amounts(
        *(row.cost.funded for row in matrix.rows),
        *({name: amount.likely} for one in others for name, amount in add_up([one]).items()),
    )
    once = add_up(one for one in matrix.lines if one.line.is_yearly is False)
    yearly = add_up(one for one in matrix.lines if one.line.is_yearly)
    sums = [
        (t("Paid once"), describe_sums(once, t)),
        (t("Paid every year, all years together"), describe_sums(yearly, t)),
        (t("Money that is certain"), describe_amounts(certain, t) or "–"),
    ]
    if any(row.cost.gap for row in matrix.rows):
        gap = _join_amounts(*(row.cost.gap for row in matrix.rows))
        sums.append((t("Still to be funded, likely"), describe_amounts(gap, t)))
    named = (t("{name}: {text}", name=name, text=text) for name, text in sums)
    yield Bullets(items=(*named, *list_unknown(matrix, t)))
    yield make_note(state_width(t))
    if matrix.partner:
        yield make_note(
            t("This copy shows the costs that the state or this partner pays, and the costs that are still open.")
        )
    yield from (Figure(chart=chart) for chart in draw_years(matrix, t))
    yield from _list_totals(matrix, t)


def _join_amounts(*given: Mapping[str, float]) -> dict[str, float]:
    """Return the sums of amounts by currency."""
    found: dict[str, float] = {}
    for amounts in given:
        for name, value in amounts.items():
            found[name] = found.get(name, 0) + value
    return found


def _list_totals(matrix: NeedMatrix, t: Translator) -> Iterator[Block]:
    """Yield a table of sums for each grouping, a row for each group with its currencies; sheets have more groupings."""
    heads = ((t("Group"), 5), (t("Cost"), 6))
    unknown = ((t("Lines not known"), 2, True),)
    for key, title, group_of in list_groupings(matrix, t):
        if key in _IN_WORDS or (matrix.partner and key == "kind"):
            continue
        groups = group_pairs((group_of(one), one) for one in matrix.lines)
        has_unknown = any(one.total is None for one in matrix.lines)
        rows = []
        for name, lines in groups.items():
            sums, count = add_up(lines), sum(one.total is None for one in lines)
            shown = (name, describe_sums(sums, t) if sums else t("not known"))
            rows.append((*shown, str(count or "–")) if has_unknown else shown)
        if rows:
            columns = (*heads, *unknown) if has_unknown else heads
            yield make_table(f"totals-{key}", _name_totals(key, title, t), columns, rows)
    if matrix.paid_already:
        paid = describe_sums(add_up(matrix.paid_already), t)
        yield Paragraph(text=t("Own staff, paid already and in no sum above: {amount}", amount=paid))


def _name_totals(key: str, title: str, t: Translator) -> str:
    """Return the caption of the sums of a grouping."""
    named = {
        "kind": t("Costs by kind of cost"),
        "assistance": t("Costs by kind of assistance"),
        "agency": t("Costs by receiving agency"),
        "payer": t("Costs by payer or partner"),
        "funding": t("Costs by funding"),
    }
    return named.get(key) or t("{name}: {text}", name=t("Costs"), text=title)


_IN_WORDS = ("all", "times")
"""Groupings that a document has as sentences."""


def _list_decisions(matrix: NeedMatrix, t: Translator) -> Iterator[Block]:
    yield _make_pairs_table(matrix.double_offers, t)
    heads = ((t("No."), 2), (t("What is missing"), 8), (t("Partner"), 4))

    def list_cells(needs: Iterable[Need]) -> list[tuple[object, ...]]:
        return [(keep_ltr(one.id), one.need, one.partner or t("open")) for one in needs]

    rows, empty = list_cells(matrix.without_action), t("Every need has an action.")
    yield make_table("idle", t("Needs without an action"), heads, rows, empty=empty)
    rows, empty = list_cells(matrix.unanswered), t("No request waits too long for an answer.")
    yield make_table("unanswered", _name_unanswered(t), heads, rows, empty=empty)
    columns = ((t("No."), 2), (t("Action"), 8), (t("Owner"), 4), (t("Own means"), 3))
    actions = [(one.work, t("yes") if one.has_means else t("to be shown")) for one in matrix.uncovered]
    rows = [(keep_ltr(work.id), work.what, work.owner, means) for work, means in actions]
    empty = t("Every critical action has a need.")
    yield make_table("uncovered", t("Critical actions without a need"), columns, rows, empty=empty)


def _name_unanswered(t: Translator) -> str:
    return t.plural(
        "Requests without an answer for {n} day",
        "Requests without an answer for {n} days",
        load_assistance().answer_days,
    )


def _make_pairs_table(pairs: Sequence[tuple[Need, Need]], t: Translator) -> DocumentTable:
    heads = ((t("Kind of assistance"), 5), (t("First offer"), 5), (t("Second offer"), 5), (t("Both serve"), 4))
    rows = [
        (
            name_choice(KINDS, one.kind, t),
            TableCell(text=one.partner, detail=one.id),
            TableCell(text=other.partner, detail=other.id),
            keep_ltr(", ".join(name for name in one.serves if name in other.serves)),
        )
        for one, other in pairs
    ]
    return make_table("double", t("Double offers"), heads, rows, empty=t("No two partners offer the same."))


def _describe_effect(matrix: NeedMatrix, cover: NeedsCover, t: Translator) -> Iterator[Block]:
    """Yield what the needs that are not yet agreed serve, and the ratings that may rise; of a copy only numbers."""
    pending = matrix.pending
    if not pending:
        yield Paragraph(text=t("No need is open."))
        return
    yield Paragraph(text=state_condition(t), tone=Tone.NOTICE)
    served = describe_served(matrix.find_served(pending), cover.units, t)
    ratings = _describe_ratings(cover.effect, t, is_all=not matrix.partner)
    yield Bullets(items=(t("Needs not yet agreed: {n}", n=len(pending)), *served, *ratings))
    if matrix.partner:
        return
    rows = [
        (keep_ltr(row.need.id), row.need.need, describe_cost(row.cost, t), keep_ltr(t.joined(row.items) or "–"))
        for row in pending
    ]
    heads = ((t("No."), 2), (t("What is missing"), 8), (t("Cost"), 5), (t("Items"), 3))
    yield make_table("pending", t("Needs not yet agreed"), heads, rows)


def _describe_ratings(found: ClosedGaps | None, t: Translator, *, is_all: bool) -> Iterator[str]:
    if found is None:
        yield t("The effect on ratings is not part of this paper.")
        return
    rises, may_rise, cleared = t.listed(found.rises), t.listed(found.may_rise), len(found.cleared)
    least, most = len(found.rises), len(found.rises) + len(found.may_rise)
    yield t("Ratings that would rise: {least} to {most}", least=least, most=most)
    yield t("Thresholds for follow-up or referral that would no longer be met: {n}", n=cleared)
    if is_all:
        yield t("Ratings that would rise in the worst and in the best case: {names}", names=rises or "–")
        yield t("Ratings of which only the worst case would rise: {names}", names=may_rise or "–")


def _list_rules(t: Translator) -> Iterator[Block]:
    rules = load_assistance()
    cycles = rules.critical_cycles
    given = ((name_priority(one.id, t), t(one.rule).format(cycles=cycles)) for one in rules.priorities)
    yield Bullets(items=tuple(t("{name}: {text}", name=name, text=text) for name, text in given))
    names = {
        "priorities": t("Priority by the rule"),
        "kinds": t("Kind of assistance"),
        "deliveries": t("Delivery"),
        "statuses": t("Status of the need"),
        "answer_days": _name_unanswered(t),
        "lines": t("Kind of cost"),
        "sources": t("Source of the figure"),
        "fundings": t("Funding"),
        "unpaid_after_years": t("Yearly cost without a payer"),
    }
    listed = ((name, *rules.source_of(key)) for key, name in names.items())
    yield make_sources_table("sources", listed, t)
    yield make_note(
        t(
            "fatf-kit has no prices of its own. The cost of the agencies' own staff is shown apart, because their "
            "salaries are paid already. Amounts of different currencies are not added up."
        )
    )
