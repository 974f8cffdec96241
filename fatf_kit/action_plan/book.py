"""The plan as a workbook: what people work in, and behind it what `progress` needs to work out ratings again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from fatf_kit.action_plan.efforts import load_efforts
from fatf_kit.action_plan.model import Action, ActionPlan, ActionStatus, Effect, UnitState
from fatf_kit.action_plan.names import name_action, name_country, name_owner
from fatf_kit.action_plan.overview_sheets import (
    TimelineSpan,
    make_state_highlights,
    write_agency_sheets,
    write_timeline_sheet,
)
from fatf_kit.action_plan.schema import ACTIONS, BASELINE_MARK, CALENDAR, DETAILS, PLAN, RATINGS, STAGES, STATUSES
from fatf_kit.core.messages import Translator
from fatf_kit.core.outcome_codes import translate_outcome_codes
from fatf_kit.core.ratings import FindingKind
from fatf_kit.evaluation_calendar.report import name_actor
from fatf_kit.evaluation_calendar.timetable import CalendarDate
from fatf_kit.evaluation_calendar.working_days import describe_weekend
from fatf_kit.framework.catalog import index_requirements
from fatf_kit.framework.model import Framework
from fatf_kit.outlook import load_rules
from fatf_kit.outlook.model import LineKind, Target
from fatf_kit.scoring.span import Span
from fatf_kit.spreadsheets.cell_writer import BookWriter
from fatf_kit.spreadsheets.covers import write_cover
from fatf_kit.spreadsheets.sheet import CellValue
from fatf_kit.spreadsheets.stamp import write_stamp
from fatf_kit.spreadsheets.writer import write_hidden, write_lists, write_table


def render_plan(
    plan: ActionPlan,
    framework: Framework,
    t: Translator,
    *,
    country: str = "",
    dates: Sequence[CalendarDate] = (),
    filled: Mapping[str, Mapping[str, CellValue]] | None = None,
) -> bytes:
    """Return the workbook's bytes; the same plan gives the same bytes. `framework` is in the language of `t`.

    `country` is its name in the reader's language, where the folder gives one. `dates` are those of the evaluation.
    `filled` are cells already filled in, by action and column; they replace what the plan says.
    """
    country = country or name_country(plan.country, t)
    cell_writer = BookWriter(t.language, t.points(map(t, plan.notices)))
    heading = " – ".join(filter(None, (t("Action plan"), country)))
    _cover(cell_writer, plan, framework, country, t)
    given = filled or {}
    rows = [{**_row(plan, action, framework, t), **given.get(action.id, {})} for action in plan.actions]
    write = partial(write_table, cell_writer, heading=heading)
    write(t("Actions"), ACTIONS, rows, tab="#1F3A52", freeze=2, highlights=make_state_highlights("id", t))
    write(t("Purpose of each action"), DETAILS, rows, tab="#2E7D6B", freeze=2, spare=0)
    write_timeline_sheet(cell_writer, rows, TimelineSpan(start=plan.start, cut_off=plan.cut_off), t, heading)
    write_agency_sheets(cell_writer, rows, t, heading)
    write(t("Ratings"), RATINGS, list(_ratings(plan, framework)), tab="#2E7D6B", spare=0)
    if dates:
        write(t("Calendar"), CALENDAR, [_date_row(one, t) for one in dates], tab="#2E7D6B", spare=0)
    write_lists(cell_writer, (STATUSES, STAGES))
    write_hidden(cell_writer, "_baseline", BASELINE_MARK, _baseline(plan.units))
    write_stamp(cell_writer, PLAN, t("Action plan"), _facts(plan, t))
    return cell_writer.finish()


def describe_effect(effect: Effect, kinds: Mapping[str, LineKind], t: Translator) -> str:
    """Describe what an action changes by itself: ratings before and after, and thresholds, whose `kinds` are by id."""
    moved = [
        t("{unit}: {before} → {after}", unit=one.unit, before=one.before.describe(), after=one.after.describe())
        for one in effect.moves
    ]
    parts = [t.points(moved)] if moved else [t("changes no rating by itself")]
    for kind in LineKind:
        if cleared := [name for name in effect.clears if kinds[name] is kind]:
            parts.append(_describe_cleared(kind, cleared, t))
    if effect.nearer:
        n, lines = len(effect.nearer), t.listed(effect.nearer)
        parts.append(
            t.plural(
                "lowers the number of ratings that counts for {n} threshold ({lines}), but perhaps not below it yet",
                "lowers the number of ratings that counts for {n} thresholds ({lines}), but perhaps not below them yet",
                n,
                lines=lines,
            )
        )
    return t.points(parts)


def _describe_cleared(kind: LineKind, cleared: Sequence[str], t: Translator) -> str:
    """Return that an action brings the country below some thresholds of one kind."""
    n, lines = len(cleared), t.listed(cleared)
    if kind is LineKind.ICRG:
        return t.plural(
            "brings the country below {n} threshold for referral to the ICRG ({lines})",
            "brings the country below {n} thresholds for referral to the ICRG ({lines})",
            n,
            lines=lines,
        )
    return t.plural(
        "brings the country below {n} threshold for enhanced follow-up ({lines})",
        "brings the country below {n} thresholds for enhanced follow-up ({lines})",
        n,
        lines=lines,
    )


def describe_span(value: object) -> str:
    """Return a rating, or the span in which it lies, as text."""
    return value.describe() if isinstance(value, Span) else str(value or "")


def target_name(target: Target | None, t: Translator) -> str:
    """Return the name of a target."""
    names = {
        Target.LEAVE_ICRG: t("To fall below the referral thresholds"),
        Target.REGULAR: t("To fall below the thresholds of enhanced follow-up and of referral"),
    }
    return names[target] if target else t("No target: the actions are listed by effect in relation to effort")


def describe_path(plan: ActionPlan, t: Translator) -> str:
    """Describe the path from the ratings shown to the target; empty where no target was named.

    It promises nothing: the actions close the gaps that the country has named, and assessors find others.
    """
    way = plan.way
    if way is None:
        return ""
    if way.reached and not way.actions:
        reached = t("On the evidence on file, the country is already below the thresholds of the target.")
        return f"{reached} {state_limits(t)}"
    if not way.actions:
        return t("Even if every gap entered is closed, the country does not fall below the thresholds of the target.")
    n, actions = len(way.actions), t.listed(way.actions)
    if not way.in_time:
        needed = t.plural(
            "{n} action would be enough to reach the target, but not by the cut-off date: {actions}.",
            "{n} actions would be enough to reach the target, but not by the cut-off date: {actions}.",
            n,
            actions=actions,
        )
        proof = ""
    else:
        needed = t.plural(
            "{n} action, completed by the cut-off date, is enough to reach the target: {actions}.",
            "{n} actions, completed by the cut-off date, are enough to reach the target: {actions}.",
            n,
            actions=actions,
        )
        proof = t("A combination with less effort may exist, because the search stopped before it was complete.")
        if way.exact:
            proof = t("No other combination needs less effort by the present estimates.")
    condition = t("This assumes the best result for every unanswered requirement.") if way.open_at_best else ""
    return " ".join(filter(None, (needed, proof, condition, state_limits(t))))


def state_limits(t: Translator) -> str:
    """Return the reservation that every plan carries."""
    return t("The plan covers the gaps that you entered; assessors may find others.")


def _facts(plan: ActionPlan, t: Translator) -> dict[str, str]:
    return {
        "edition": plan.edition,
        "policy": plan.policy,
        "language": t.language,
        "country": plan.country or "",
        "start": plan.start.isoformat(),
        "cut_off": plan.cut_off.isoformat() if plan.cut_off else "",
        "target": plan.way.target.value if plan.way else "",
        "way": ",".join(plan.way.actions) if plan.way else "",
        "weekend": ",".join(plan.weekend.names),
        "weekend_source": plan.weekend.source.value,
        "notices": "\n".join(plan.notices),
    }


def _cover(cell_writer: BookWriter, plan: ActionPlan, framework: Framework, country: str, t: Translator) -> None:
    rehearsed = sum(bool(action.mock) for action in plan.actions)
    facts = (
        (t("Edition"), framework.full_title),
        (t("Start of the plan"), t.day(plan.start)),
        (t("Cut-off date"), t.day(plan.cut_off) if plan.cut_off else t("not given")),
        (t("Target"), target_name(plan.way.target if plan.way else None, t)),
        (t("Weekend"), describe_weekend(plan.weekend, t)),
        (t("Actions"), str(len(plan.actions))),
        (t("Actions not possible by the cut-off date"), str(len(plan.late)) if plan.late else t("none")),
        *(((t("Proposed by the mock visit"), str(rehearsed)),) if rehearsed else ()),
        *(((t("Least work to reach the target"), describe_path(plan, t)),) if plan.way else ()),
    )
    how = {
        t("Status"): t(
            "Choose the status of each action. An action that is done counts only if its evidence is entered."
        ),
        t("Last stage completed"): t(
            "Choose the last stage that is complete. The forecast counts the remaining stages."
        ),
        t("Dates"): t(
            "“Due” is the date that the country plans. Where it names none, it is the earliest possible date by the "
            "lead times, the dependencies, and the number of actions that one owner does at the same time. You can "
            "change the dates."
        ),
        t("Order"): t(
            "Actions that can count by the cut-off date come first, and among them the collection of evidence "
            "comes before longer work."
        ),
        t("New actions"): t(
            "To add an action, fill in a new row at the end and give it a new number. You may move requirements "
            "from one action to another."
        ),
        t("Effect"): t(
            "The rating if only this action were done, as a range from what is shown to what is claimed. Evidence"
            " raises the worst case. The result is indicative; assessors decide."
        ),
        t("Limits of the plan"): state_limits(t),
        t("Effort and lead times"): t("fatf-kit gives first estimates. Enter your own estimates in plan.json."),
    }
    subtitle = " – ".join(filter(None, (country, cell_writer.notice)))
    groups = ((t("This plan"), facts), (t("How to use it"), tuple(how.items())))
    write_cover(cell_writer, t("Action plan"), subtitle, groups)


def _row(plan: ActionPlan, action: Action, framework: Framework, t: Translator) -> dict[str, CellValue | None]:
    slot, due, effect = plan.slots[action.id], plan.find_due(action), plan.effects[action.id]
    kind = load_efforts().kinds[action.kind]
    short = [r for r, gap in action.closes if gap is not FindingKind.UNDEMONSTRATED]
    shown = [r for r, gap in action.closes if gap is FindingKind.UNDEMONSTRATED]
    line_kinds = {line.id: line.kind for line in load_rules(plan.edition).lines}
    texts = {
        "what": name_action(action, framework, t),
        "details": _details(action, framework, t),
        "effect": describe_effect(effect, line_kinds, t),
        "note": t.points(_notes(plan, action, t)),
    }
    return {
        **translate_outcome_codes(texts, t.language),
        "id": action.id,
        "owner": name_owner(action, plan.agencies, t),
        "status": t(ActionStatus.NOT_STARTED),
        "start": min(slot.start, due),
        "due": due,
        "proof": t(kind.evidence),
        "after": ", ".join(action.after),
        "effort": action.effort,
        "requirements": ", ".join(short),
        "shown": ", ".join(shown),
        "concerns": ", ".join(action.concerns),
        "source": t("mock visit: {findings}", findings=t.listed(action.mock)) if action.mock else t("assessment"),
        "kind": action.kind,
        "cause": action.cause,
        "stages": ",".join(f"{stage.id}:{stage.days}" for stage in action.stages),
    }


def _details(action: Action, framework: Framework, t: Translator) -> str:
    """Describe for each requirement what the country says is missing, else what usually helps, within a cell's length.

    Evidence work has the requirement itself, whose proof is sought.
    """
    index, kind = index_requirements(framework), load_efforts().kinds[action.kind]
    lines = []
    for requirement in action.requirements:
        helps = index[requirement].guidance.recommended_action if requirement in index else ""
        about = index[requirement].statement if requirement in index else ""
        text = action.missing.get(requirement) or (about if kind.is_evidence_work else helps)
        lines.append(t("{name}: {text}", name=requirement, text=text) if text else requirement)
    kept: list[str] = []
    size = 0
    for number, line in enumerate(lines):
        size += len(line) + 1
        if size > _LONGEST:
            return "\n".join((*kept, f"… +{len(lines) - number}"))
        kept.append(line)
    return "\n".join(kept)


_LONGEST = 1800
"""Characters of details at most: a row taller than a screen is not read."""


def _notes(plan: ActionPlan, action: Action, t: Translator) -> Iterator[str]:
    if plan.slots[action.id].late:
        yield t("cannot be completed by the cut-off date and will not count")
    if plan.way and action.id in plan.way.actions:
        yield t("part of the least work to reach the target (step {n})", n=plan.way.actions.index(action.id) + 1)
    if action.key:
        yield t("candidate for a key recommended action")
    if action.in_force_from:
        yield t("the enacted text enters into force on {day}", day=t.day(action.in_force_from))
    planned = plan.find_planned_day(action)
    if planned and planned < plan.start:
        yield t("was planned for {day}, before this plan begins", day=t.day(planned))
    if plan.slots[action.id].due > plan.find_due(action):
        yield t("by usual lead times possible from {day}", day=t.day(plan.slots[action.id].due))


def _date_row(one: CalendarDate, t: Translator) -> dict[str, CellValue | None]:
    return {
        "day": one.day,
        "until": one.until,
        "step": t(one.what),
        "by": name_actor(one.by, t),
        "confidence": t(one.confidence),
    }


def _ratings(plan: ActionPlan, framework: Framework) -> Iterator[dict[str, CellValue | None]]:
    for unit in framework.units:
        now, claimed = plan.ratings_now.get(unit.id), plan.claimed.get(unit.id)
        yield {"unit": unit.id, "title": unit.title, "now": describe_span(now), "claimed": describe_span(claimed)}


def _baseline(units: Sequence[UnitState]) -> Iterator[list[CellValue | None]]:
    for unit in units:
        yield ["unit", unit.unit, str(unit.decided or "")]
        for one in unit.requirements:
            gaps = ",".join(sorted(one.gaps))
            decided = "decided" if one.decided else ""
            duty = "duty" if one.is_duty else ""
            ends = str(one.now.worst), str(one.now.best)
            yield ["", one.requirement, one.weight, *ends, str(one.claimed or ""), gaps, decided, duty]
