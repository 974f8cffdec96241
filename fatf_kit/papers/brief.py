"""The minister's brief: one page that leads to the three decisions with the largest effect, with one chart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from fatf_kit.action_plan.effects import Rerating, collect_gaps
from fatf_kit.action_plan.efforts import load_efforts
from fatf_kit.action_plan.model import Action, ActionPlan
from fatf_kit.action_plan.names import name_action, name_owner
from fatf_kit.core.messages import Translator
from fatf_kit.core.ratings import FindingKind, is_good
from fatf_kit.framework.model import Framework
from fatf_kit.outlook.model import LineKind, Outlook, Rating
from fatf_kit.outlook.report import describe_distance, describe_levels, describe_outlook
from fatf_kit.papers.blank_report import build_blank_section
from fatf_kit.papers.priorities import sum_weight_lost
from fatf_kit.papers.report_input import PaperInput, get_country_name, phrase_indicative_notice
from fatf_kit.published.listing_status import describe_listing
from fatf_kit.report.document_tables import make_day_cell, make_table
from fatf_kit.report.model import Bullets, Chart, ChartKind, Document, DocumentTable, Figure, Section, Series
from fatf_kit.report.sections import make_section
from fatf_kit.scoring.policy import Policy
from fatf_kit.scoring.report.traces import name_unit
from fatf_kit.scoring.report.weight_texts import is_lifted
from fatf_kit.scoring.span import Span

_WORST = 3
_CHART_WIDTH = 88  # per cent: the page holds the edition and the sentence on independence too
_LAWS, _INSTRUMENTS = ("law", "treaty"), ("regulation", "agreement", "procedure", "guidance")


def build_brief(paper_input: PaperInput, t: Translator) -> Document:
    """Return one page for those who decide, from the same results as the gap report."""
    country, framework = get_country_name(paper_input, t), paper_input.framework
    blank = (build_blank_section(paper_input, t),) if paper_input.is_blank else ()
    return Document(
        id="brief",
        title=t("{country}: decisions before the mutual evaluation", country=country),
        subtitle=t("Brief on the mutual evaluation, {day}", day=t.moment(paper_input.generated_at)),
        language=t.language,
        facts=((t("Edition"), f"{framework.id} – {framework.text_state}"),),  # the title takes two lines
        notices=(*paper_input.notices, phrase_indicative_notice(t)),
        sections=blank or _sections(paper_input, t),
        compact=True,
        contents_depth=0,
    )


def _sections(paper_input: PaperInput, t: Translator) -> tuple[Section, ...]:
    plan = paper_input.plan
    figure = Figure(chart=draw_basis(paper_input, t), width=_CHART_WIDTH)
    wrong, follows = (Bullets(items=make(paper_input, t)) for make in (list_wrong, list_consequences))
    sections = [
        make_section("wrong", t("What is wrong"), wrong, figure),
        make_section("follows", t("What follows, and by when"), follows),
    ]
    if plan is not None:
        decisions = choose_decisions(plan, paper_input.framework, paper_input.policy, t)
        table = build_decisions_table(decisions, t)
        needs = Bullets(items=list_needs(plan, t))
        sections.append(make_section("needs", t("What it needs"), needs))
        sections.append(make_section("decisions", t("Decisions requested"), table))
    return tuple(sections)


def list_wrong(paper_input: PaperInput, t: Translator) -> tuple[str, ...]:
    """Return how many ratings are good, where most weight is lost, and what lacks evidence or an answer."""
    kinds = Counter(finding.kind for finding in paper_input.findings)
    unshown, unanswered = kinds[FindingKind.UNDEMONSTRATED], kinds[FindingKind.UNANSWERED]
    units = paper_input.assessment.units
    lifted = sum(is_lifted(unit) and is_good(unit.counted.worst.rank) for unit in units)
    decided = t.plural(
        "{n} of these ratings rests on national decisions above the evidence; assessors may not follow them.",
        "{n} of these ratings rest on national decisions above the evidence; assessors may not follow them.",
        lifted,
    )
    levels = describe_levels(paper_input.standing, t)
    open_points = (
        t.plural("{n} answer lacks evidence.", "{n} answers lack evidence.", unshown),
        t.plural("{n} requirement has no answer.", "{n} requirements have no answer.", unanswered),
        t("Assessors may find further gaps."),
    )
    return (
        f"{levels} {decided}" if lifted else levels,
        t("The largest gaps are in {units}.", units=t.listed(_heaviest(paper_input, t))),
        " ".join(open_points),
    )


def list_consequences(paper_input: PaperInput, t: Translator) -> tuple[str, ...]:
    """Return the follow-up that the ratings lead to, the nearest referral threshold, and the dates that decide."""
    outlook, status = paper_input.outlook, paper_input.listing
    consequence = [describe_outlook(outlook, t), *_first_threshold(outlook, t)]
    if outlook.rules.provisional:
        consequence.append(t("The thresholds of this round are provisional."))
    texts = [" ".join(consequence)]
    if status:
        texts.append(t("FATF's lists: {line}", line=describe_listing(status, t, warned=False)))
    if dates := " ".join(list_dates(paper_input, t)):
        texts.append(dates)
    return tuple(texts)


def list_dates(paper_input: PaperInput, t: Translator) -> Iterator[str]:
    """Yield the days until the cut-off date, and the country's submissions that are still to come or overdue."""
    today, cut_off = paper_input.today, paper_input.assessment.cut_off
    if cut_off is None:
        yield t("The date of the visit is not entered yet.")
        return
    if (left := (cut_off - today).days) >= 0:
        yield t.plural(
            "{n} day is left until the visit ends on {day}; only measures in force by then count.",
            "{n} days are left until the visit ends on {day}; only measures in force by then count.",
            left,
            day=t.day(cut_off),
        )
    for event in paper_input.schedule.submissions if paper_input.schedule else ():
        facts = {"step": t(event.what), "day": t.day(event.day)}
        is_past = event.day < today
        yield t("{step}: was due on {day}.", **facts) if is_past else t("{step}: {day}.", **facts)


def list_needs(plan: ActionPlan, t: Translator) -> tuple[str, ...]:
    """Return the laws, the instruments, the evidence work and the staff that the plan needs, and what is not known."""
    laws = [one for one in plan.actions if one.kind in _LAWS]
    instruments = [one for one in plan.actions if one.kind in _INSTRUMENTS]
    late = sum(plan.slots[one.id].late for one in laws)
    desk, staff = list_desk_work(plan), [one for one in plan.actions if one.kind == "resources"]
    owners = list(dict.fromkeys(name_owner(one, plan.agencies, t) for one in staff))
    counts = (
        t.plural("{n} law or treaty", "{n} laws or treaties", len(laws)),
        t.plural("{n} regulation or procedure", "{n} regulations or procedures", len(instruments)),
    )
    wanted = t("Laws and instruments: {text}.", text=t.listed(counts))
    too_late = t.plural(
        "{n} law cannot be in force by the cut-off date, by the lead times of the plan.",
        "{n} laws cannot be in force by the cut-off date, by the lead times of the plan.",
        late,
    )
    tasks = t.plural(
        "Evidence and answers: {n} task, without a new law.",
        "Evidence and answers: {n} tasks, without a new law.",
        len(desk),
    )
    resources = t("Staff and resources: no agency reported a gap.")
    if owners:
        names = t.listed(owners)
        resources = t("Staff and resources: gaps are reported at {agencies}.", agencies=names)
    costs = t("Costs: the assessment has no figures on them.")
    return (f"{wanted} {too_late}" if late else wanted, tasks, resources, costs)


def draw_basis(paper_input: PaperInput, t: Translator) -> Chart:
    """Return the one chart of the brief: what the good ratings rest on. Its title is its message."""
    standing = paper_input.standing
    claimed = sum(one.claimed for one in standing)
    names = (t("Recommendations at C or LC"), t("Outcomes at HE or SE"))
    waiting, missing = t("depends on unanswered questions"), t("claimed, evidence missing")
    keys = (t("shown"), missing, waiting, t("below"))
    rows = [(one.shown, one.claimed, one.unanswered) for one in standing]
    values = [(*row, one.of - sum(row)) for row, one in zip(rows, standing, strict=True)]
    lines = []
    for name, row in zip(names, values, strict=True):
        counted = t.listed(f"{key} {n}" for key, n in zip(keys, row, strict=True) if n)
        lines.append(t("{name}: {text}", name=name, text=counted))
    title = t("No good rating depends on missing evidence")
    if claimed:
        title = t.plural(
            "{n} good rating depends on evidence that is not on file",
            "{n} good ratings depend on evidence that is not on file",
            claimed,
        )
    series = (Series(label=name, values=row) for name, row in zip(names, values, strict=True))
    return Chart(
        id="basis",
        kind=ChartKind.STACKED,
        title=title,
        alt=t.points(lines) + ".",
        keys=keys,
        series=tuple(series),
        codes=("LC", "C", "", "PC"),
        compact=True,
    )


def _first_threshold(outlook: Outlook, t: Translator) -> tuple[str, ...]:
    """Return how far the first referral threshold is that is met at the worst end."""
    for one in outlook.lines:
        if one.line.kind is LineKind.ICRG and one.met.worst:
            facts = {"test": t(one.line.test), "distance": describe_distance(one, t)}
            return (t("{test}: {distance}.", **facts),)
    return ()


def _heaviest(paper_input: PaperInput, t: Translator) -> tuple[str, ...]:
    """Return the units where most weight is lost, with their titles."""
    titles = {unit.id: unit.title for unit in paper_input.framework.units}
    lost = sum_weight_lost(paper_input.findings).most_common(_WORST)
    return tuple(f"{name_unit(unit, t)} ({titles[unit]})" for unit, points in lost if points)


ASKED = 3
_OWNERS = 2
"""Agencies that are named; the others are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestedDecision:
    """One decision: what is decided, who then acts, by when, and which ratings change.

    `is_late` says that the work cannot be completed by the cut-off date.
    """

    what: str
    owner: str
    due: date
    is_late: bool
    effect: str


def list_desk_work(plan: ActionPlan, *, in_time: bool = False) -> tuple[Action, ...]:
    """Return the actions that need no new measure: evidence and answers; `in_time` leaves out what is too late."""
    kinds = load_efforts().kinds
    found = (one for one in plan.actions if kinds[one.kind].is_desk_work and one.closes)
    return tuple(one for one in found if not (in_time and plan.slots[one.id].late))


def choose_decisions(
    plan: ActionPlan, framework: Framework, policy: Policy, t: Translator
) -> tuple[RequestedDecision, ...]:
    """Return at most three decisions, evidence first.

    They are: that the agencies complete the evidence work; the measure with the largest effect that can be completed by
    the cut-off date; and the one with the largest effect that cannot. Where one of these does not exist, the measures
    with the next largest effect follow.
    """
    kinds = load_efforts().kinds
    measures = [one for one in plan.actions if not kinds[one.kind].is_desk_work and one.closes]
    effects = plan.effects
    measures.sort(key=lambda one: (-effects[one.id].levels, -effects[one.id].points, one.id))
    soon = [one for one in measures if not plan.slots[one.id].late]
    late = [one for one in measures if plan.slots[one.id].late]
    first = {one.id for one in (*soon[:1], *late[:1])}
    ranked = sorted(measures, key=lambda one: one.id not in first)
    desk = list_desk_work(plan, in_time=True)
    evidence = [_evidence(plan, desk, policy, t)] if desk else []
    rest = ranked[: ASKED - len(evidence)]
    rest.sort(key=lambda one: plan.slots[one.id].late)
    return (*evidence, *(_measure(plan, one, framework, t) for one in rest))


def build_decisions_table(decisions: Sequence[RequestedDecision], t: Translator) -> DocumentTable:
    """Return the decisions as a table."""
    heads = ((t("Decision"), 11), (t("Who acts"), 6), (t("Due"), 5), (t("Effect"), 7))
    late = t("after the cut-off date")
    rows = []
    for one in decisions:
        due = make_day_cell(one.due, t, detail=late if one.is_late else "")
        rows.append((one.what, one.owner, due, one.effect))
    caption = t("Evidence first, then the measures with the largest effect")
    empty = t("The plan has no action.")
    return make_table("requested-decisions", caption, heads, rows, empty=empty)


def _evidence(plan: ActionPlan, desk: Sequence[Action], policy: Policy, t: Translator) -> RequestedDecision:
    rerating = Rerating(plan.units, policy, load_efforts())
    before, after = rerating.ratings(frozenset()), rerating.ratings(collect_gaps(desk))
    raised = sum(_worst(after[unit]) != _worst(before[unit]) for unit in before)
    owners = Counter(name_owner(one, plan.agencies, t) for one in desk)
    return RequestedDecision(
        what=t.plural(
            "Instruct the agencies to complete {n} task of evidence and answers",
            "Instruct the agencies to complete {n} tasks of evidence and answers",
            len(desk),
        ),
        owner=t.few([name for name, _ in owners.most_common()], _OWNERS),
        due=max(plan.slots[one.id].due for one in desk),
        is_late=False,
        effect=t.plural(
            "{n} rating can be shown one level higher or more",
            "{n} ratings can be shown one level higher or more",
            raised,
        ),
    )


def _measure(plan: ActionPlan, action: Action, framework: Framework, t: Translator) -> RequestedDecision:
    slot, units = plan.slots[action.id], [move.unit for move in plan.effects[action.id].moves]
    effect = t("a step towards better ratings; changes none by itself")
    if units:
        names = t.listed(units)
        effect = t.plural("raises {n} rating: {units}", "raises {n} ratings: {units}", len(units), units=names)
    return RequestedDecision(
        what=name_action(action, framework, t),
        owner=name_owner(action, plan.agencies, t),
        due=slot.due,
        is_late=slot.late,
        effect=effect,
    )


def _worst(rating: Rating | Span[Rating] | None) -> Rating | None:
    return rating.worst if isinstance(rating, Span) else rating
