"""The decisions that a brief asks for: those that can still count, and what to do about gaps for which none can."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from fatf_kit.action_plan.effects import Rerating, collect_gaps, make_span
from fatf_kit.action_plan.efforts import load_efforts
from fatf_kit.action_plan.model import Action, ActionPlan, RatingChange
from fatf_kit.action_plan.names import name_action, name_owner
from fatf_kit.assessed.facts import FolderFacts, GapFact
from fatf_kit.core.messages import Translator
from fatf_kit.core.ratings import ComplianceRating, FindingKind, is_good
from fatf_kit.outlook.model import Ratings
from fatf_kit.papers.folder_facts import group_actions
from fatf_kit.papers.report_input import PaperInput, name_some_agencies
from fatf_kit.report.document_tables import make_day_cell, make_table
from fatf_kit.report.model import DocumentTable
from fatf_kit.scoring.report.traces import name_unit
from fatf_kit.scoring.span import Span

ASKED = 3
"""Decisions that a minister is asked for at most."""
NAMED_GAPS = 5
"""Gaps that the first page of every paper names; decisions are about them first."""
_COMMITTEE = "coordination"
"""The role that decides for the country as a whole."""
_OWNERS, _MOVES = 1, 2
"""Agencies, and ratings that change, that are named; the others are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestedDecision:
    """One decision: what is decided, who then acts, by when, and what changes, now and if it is decided.

    `remark` is about the day; empty where there is nothing to know. `due` is None where the decision is needed at once.
    """

    what: str
    owner: str
    due: date | None
    remark: str
    effect: str


def choose_decisions(paper_input: PaperInput, plan: ActionPlan, t: Translator) -> tuple[RequestedDecision, ...]:
    """Choose at most three decisions that can still count.

    First the evidence and answers that can be completed in time. Then the measures that can be in force by the cut-off
    date: those for the named gaps before others, then by their effect on ratings. Where named gaps remain that nothing
    can close in time, the last decision is whether to accept them or to ask for a later visit.
    """
    facts, kinds = paper_input.facts, load_efforts().kinds
    in_time = [action for action in plan.actions if action.closes and not plan.slots[action.id].late]
    desk = [action for action in in_time if kinds[action.kind].is_desk_work]
    named = facts.largest_gaps[:NAMED_GAPS]
    wanted = {gap.requirement for gap in named}
    effects = plan.effects
    measures = sorted(
        (action for action in in_time if not kinds[action.kind].is_desk_work),
        key=lambda action: (
            wanted.isdisjoint(action.requirements),
            -effects[action.id].levels,
            -effects[action.id].points,
            action.id,
        ),
    )
    rerating = Rerating(plan.units, paper_input.policy, load_efforts())
    decisions = [_request_evidence(paper_input, plan, desk, rerating, t)] if desk else []
    closable = collect_gaps(in_time)
    lost = [gap for gap in named if not _is_closed(gap, closable) and gap.earliest is not None]
    last = [_request_choice(paper_input, lost, t)] if lost else []
    room = ASKED - len(decisions) - len(last)
    decisions += [_request_measure(paper_input, plan, action, t) for action in measures[:room]]
    return (*decisions, *last)


def build_decisions_table(decisions: Sequence[RequestedDecision], t: Translator) -> DocumentTable:
    """Build the table of decisions."""
    heads = ((t("Decision"), 11), (t("Who acts"), 6), (t("Due"), 5), (t("Now → if decided"), 8))
    rows = []
    for decision in decisions:
        due = make_day_cell(decision.due, t, t("at once"), detail=decision.remark)
        rows.append((decision.what, decision.owner, due, decision.effect))
    caption = t("Decisions that can still count at this evaluation")
    empty = t("No action can be completed by the cut-off date.")
    return make_table("requested-decisions", caption, heads, rows, empty=empty)


def _request_evidence(
    paper_input: PaperInput, plan: ActionPlan, desk: Sequence[Action], rerating: Rerating, t: Translator
) -> RequestedDecision:
    before, after = rerating.ratings(frozenset()), rerating.ratings(collect_gaps(desk))
    owners = Counter(name_owner(action, plan.agencies, t) for action in desk)
    names = (t("Recommendations at C or LC"), t("Outcomes at HE or SE"))
    counts = zip(names, _count_good(before), _count_good(after), strict=True)
    changes = (_describe_change(name, now, then, t) for name, now, then in counts if now != then)
    due, remark = _find_day(paper_input.facts, desk, plan, t)
    return RequestedDecision(
        what=t.plural(
            "Instruct the agencies to complete {n} task: evidence or an answer is missing",
            "Instruct the agencies to complete {n} tasks: evidence or answers are missing",
            paper_input.facts.work.desk.in_time if paper_input.facts.work else len(desk),
        ),
        owner=name_some_agencies([name for name, _ in owners.most_common()], _OWNERS, t),
        due=due,
        remark=remark,
        effect=t.points(changes) or t("no rating changes by this alone"),
    )


def _request_measure(paper_input: PaperInput, plan: ActionPlan, action: Action, t: Translator) -> RequestedDecision:
    due, remark = _find_day(paper_input.facts, (action,), plan, t)
    return RequestedDecision(
        what=name_action(action, paper_input.framework, t),
        owner=name_owner(action, plan.agencies, t),
        due=due,
        remark=remark,
        effect=_describe_moves(plan.effects[action.id].moves, t),
    )


def _request_choice(paper_input: PaperInput, lost: Sequence[GapFact], t: Translator) -> RequestedDecision:
    """Ask whether to accept gaps that nothing can close in time, or to ask for a later visit; both with their price."""
    first = min(lost, key=lambda gap: gap.earliest or date.max)
    cut_off = paper_input.assessment.cut_off
    assert first.earliest is not None  # noqa: S101 - gaps without a date are not asked about
    assert cut_off is not None  # noqa: S101 - without it no action is late
    later = (first.earliest - cut_off).days
    ratings = paper_input.assessment.by_id
    committee = paper_input.bodies.get(_COMMITTEE)
    units = dict.fromkeys(gap.unit for gap in lost)
    kept = ((name_unit(unit, t), ratings[unit].counted.describe()) for unit in units)
    stay = t.listed(t("{text} ({place})", text=name, place=text) for name, text in kept)
    price = t.plural(
        "The earliest, in {requirement}, can be closed {n} day after the visit ends.",
        "The earliest, in {requirement}, can be closed {n} days after the visit ends.",
        later,
        requirement=first.requirement,
    )
    what = t.plural(
        "Accept that the gap in {requirements} cannot be closed before the visit ends, or ask for a later visit.",
        "Accept that the gaps in {requirements} cannot be closed before the visit ends, or ask for a later visit.",
        len(lost),
        requirements=t.listed(gap.requirement for gap in lost),
    )
    return RequestedDecision(
        what=f"{what} {price}",
        owner=paper_input.name_agency(committee) if committee else t("National coordination committee"),
        due=None,
        remark="",
        effect=t("If this is accepted, these ratings remain: {ratings}.", ratings=stay),
    )


def _count_good(ratings: Ratings) -> tuple[Span[int], Span[int]]:
    """Count the Recommendations at C or LC and the outcomes at HE or SE, in the worst and the best case."""
    spans = {unit: make_span(rating) for unit, rating in ratings.items() if rating is not ComplianceRating.NA}

    def count(units: Collection[str]) -> Span[int]:
        return Span(
            worst=sum(is_good(spans[unit].worst.rank) for unit in units),
            best=sum(is_good(spans[unit].best.rank) for unit in units),
        )

    outcomes = [unit for unit in spans if unit.startswith("IO.")]
    return count([unit for unit in spans if unit not in outcomes]), count(outcomes)


def _describe_change(name: str, now: Span[int], then: Span[int], t: Translator) -> str:
    def describe(span: Span[int]) -> str:
        return str(span.worst) if span.worst == span.best else f"{span.worst}–{span.best}"

    return t("{name}: {text}", name=name, text=f"{describe(now)} → {describe(then)}")


def _describe_moves(moves: Sequence[RatingChange], t: Translator) -> str:
    if not moves:
        return t("no rating changes by this alone")
    changes = ((name_unit(move.unit, t), f"{move.before.describe()} → {move.after.describe()}") for move in moves)
    return t.first_of([t("{name}: {text}", name=name, text=text) for name, text in changes], _MOVES)


def _is_closed(gap: GapFact, closed: Collection[tuple[str, FindingKind]]) -> bool:
    """Return whether all work on a requirement is among the closed gaps; a conflict needs a decision, no work."""
    return all((gap.requirement, kind) in closed for kind in gap.kinds if kind is not FindingKind.CONFLICT)


def _find_day(facts: FolderFacts, actions: Iterable[Action], plan: ActionPlan, t: Translator) -> tuple[date, str]:
    """Find the last date of the gaps that actions close, the cut-off date where the country plans a later one."""
    chosen = tuple(actions)
    closed = collect_gaps(chosen)
    days = [gap.day for gap in facts.gaps if gap.day is not None and _is_closed(gap, closed)]
    day = max(days, default=max(plan.slots[action.id].due for action in chosen))
    if facts.cut_off is None or day <= facts.cut_off:
        return day, ""
    return facts.cut_off, t("planned for {day}, after the cut-off date", day=t.day(day))


def list_desk_work(plan: ActionPlan) -> tuple[Action, ...]:
    """List the actions that need no new measure: evidence and answers."""
    return group_actions(plan.actions)["desk"]
