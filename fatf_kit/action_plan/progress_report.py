"""The progress of a plan as a document: its actions, the ratings that follow, and a picture over time."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from fatf_kit.action_plan.book import describe_span, state_limits
from fatf_kit.action_plan.names import clip_text, name_country
from fatf_kit.action_plan.progress import ActionProgress, ActionState, PlanProgress, Projection
from fatf_kit.action_plan.reading import ActionRow
from fatf_kit.core.messages import Translator
from fatf_kit.framework.model import Framework
from fatf_kit.outlook.model import Outlook
from fatf_kit.outlook.report import describe_outlook
from fatf_kit.report.charts.timeline import MARK
from fatf_kit.report.document_tables import keep_ltr, make_day_cell, make_row, make_table
from fatf_kit.report.model import (
    Block,
    Bullets,
    Chart,
    ChartKind,
    Document,
    DocumentTable,
    Figure,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Section,
    Series,
    TableCell,
    Tone,
)

SCHEMA = "fatf-kit/progress/1"
_SEEN = 2
"""Cases that are facts of the plan, at the start and now; the others are projections."""

_LABEL = 70
"""Characters of an action's name in the picture."""

SHOWN_IN_CHART = 30
"""Actions in the picture at most; the table has them all."""


def build_progress(given: PlanProgress, framework: Framework, t: Translator) -> Document:
    """Return the document on one day; `framework` is in the language of `t`."""
    book = given.book
    return Document(
        id="progress",
        title=t("Progress of the action plan"),
        subtitle=name_country(book.country, t),
        language=t.language,
        made_on=str(given.today),
        facts=(
            (t("Edition"), framework.full_title),
            (t("Start of the plan"), t.day(book.start) if book.start else t("not given")),
            (t("Cut-off date"), t.day(book.cut_off) if book.cut_off else t("not given")),
            (t("Status on"), t.day(given.today)),
        ),
        notices=(
            *map(t, book.notices),
            t("fatf-kit computes these ratings and they are indicative. FATF's assessors decide."),
        ),
        sections=(
            Section(anchor="standing", title=t("Status of the plan"), blocks=tuple(_standing(given, t))),
            Section(
                anchor="projection", title=t("Expected ratings and follow-up"), blocks=tuple(_projection(given, t))
            ),
            Section(anchor="attention", title=t("Actions that need attention"), blocks=tuple(_attention(given, t))),
            Section(anchor="time", title=t("Timeline of the plan"), blocks=(Figure(chart=draw_timeline(given, t)),)),
            Section(anchor="all", title=t("All actions"), blocks=(_table("all-actions", given.standings, t),)),
        ),
    )


def progress_payload(given: PlanProgress) -> dict[str, Any]:
    """Return the same as JSON by the schema frameworks/schema/progress-1."""
    return {
        "schema": SCHEMA,
        "edition": given.book.edition,
        "country": given.book.country,
        "today": given.today.isoformat(),
        "start": given.book.start.isoformat() if given.book.start else None,
        "cut_off": given.book.cut_off.isoformat() if given.book.cut_off else None,
        "states": {state.value: given.count(state) for state in ActionState},
        "effort": {"done": given.effort_done, "all": given.effort_all, "pace": given.pace},
        "chain": list(given.chain),
        "actions": [_action(one) for one in given.standings],
        "projections": {name: _projected(getattr(given, name)) for name in ("at_start", "now", "on_time", "at_pace")},
    }


def _action(one: ActionProgress) -> dict[str, Any]:
    slot = one.row.slot
    return {
        "id": one.row.action.id,
        "what": one.row.what,
        "owner": one.row.owner,
        "state": one.state,
        "start": slot.start.isoformat() if slot else None,
        "due": slot.due.isoformat() if slot else None,
        "remaining_days": one.remaining,
        "done_on": one.done_on.isoformat() if one.done_on else None,
        "forecast": one.forecast.isoformat() if one.forecast else None,
        "too_late": one.too_late,
        "waits_for": list(one.waits_for),
    }


def _projected(one: Projection | None) -> dict[str, Any] | None:
    if one is None:
        return None
    return {
        "actions": list(one.actions),
        "follow_up": one.outlook.follow_up,
        "icrg_referral": one.outlook.icrg_referral,
        "ratings": {unit: describe_span(value) for unit, value in one.ratings.items()},
    }


def _standing(given: PlanProgress, t: Translator) -> Iterator[Block]:
    total = len(given.standings)
    yield KeyFigures(
        figures=(
            KeyFigure(
                value=str(given.count(ActionState.DONE)), label=t("done, with evidence"), detail=t("of {n}", n=total)
            ),
            KeyFigure(value=str(given.count(ActionState.UNSHOWN)), label=t("done without evidence")),
            KeyFigure(value=str(given.count(ActionState.UNDER_WAY)), label=t("under way")),
            KeyFigure(value=str(given.count(ActionState.OVERDUE)), label=t("overdue")),
            KeyFigure(value=str(given.count(ActionState.BLOCKED)), label=t("actions blocked")),
        )
    )
    if given.count(ActionState.UNSHOWN):
        yield Paragraph(
            text=t("An action that is done without evidence does not count until its evidence is entered."),
            tone=Tone.NOTICE,
        )


def _projection(given: PlanProgress, t: Translator) -> Iterator[Block]:
    cases = list_cases(given, t)
    yield Paragraph(
        text=t(
            "Each rating is a range. It extends from the rating that the evidence on file supports to the best "
            "that is possible for undecided answers. {sentence}",
            sentence=state_limits(t),
        ),
        tone=Tone.NOTICE,
    )
    yield Bullets(
        items=tuple(t("{name}: {text}", name=name, text=describe_outlook(one.outlook, t)) for name, one in cases)
    )
    moved = [unit for unit in given.at_start.ratings if len({describe_span(one.ratings[unit]) for _, one in cases}) > 1]
    heads = (
        (t("Unit"), 4),
        (t("Claimed"), 3),
        *((t("Shown {moment}", moment=name), 3) for name, _ in cases[:_SEEN]),
        *((name, 3) for name, _ in cases[_SEEN:]),
    )
    rows = (
        (
            keep_ltr(unit),
            _rating(unit, describe_span(given.claimed[unit])),
            *(_rating(unit, describe_span(one.ratings[unit])) for _, one in cases),
        )
        for unit in moved
    )
    yield make_table("projected", t("Ratings that change"), heads, rows, empty=t("No rating changes."))
    if given.at_pace is not None:
        yield Paragraph(text=t("The pace is measured by your own estimates of effort."), tone=Tone.SMALL)
    yield _lines([(name, one.outlook) for name, one in cases], t)


def list_cases(given: PlanProgress, t: Translator) -> list[tuple[str, Projection]]:
    """Return the projections with their names, in order of time: at the start, now, then at the cut-off."""
    cases = [
        (t("at the start"), given.at_start),
        (t("now"), given.now),
        (t("at the cut-off date, if all actions are on time"), given.on_time),
    ]
    if given.at_pace is not None:
        cases.append((t("at the cut-off date, at the present pace"), given.at_pace))
    return cases


def _rating(unit: str, text: str) -> TableCell:
    scale = "effectiveness" if unit.startswith("IO.") else "compliance"
    return TableCell(text=text, rating=text if "–" not in text else None, scale=scale, ltr=True)


def _lines(cases: Sequence[tuple[str, Outlook]], t: Translator) -> DocumentTable:
    is_met: Mapping[bool | None, str] = {True: t("yes"), False: t("no"), None: t("undecided")}
    rows = (
        (keep_ltr(results[0].line.id), t(results[0].line.test), *(is_met[result.holds] for result in results))
        for results in zip(*(outlook.lines for _, outlook in cases), strict=True)
    )
    heads = ((t("Threshold"), 2), (t("Test"), 5), *((name, 3) for name, _ in cases))
    return make_table("projected-lines", t("Thresholds of follow-up and referral: met or not"), heads, rows)


def _attention(given: PlanProgress, t: Translator) -> Iterator[Block]:
    groups = (
        ("unshown", t("Done, but without evidence"), [s for s in given.standings if s.state is ActionState.UNSHOWN]),
        ("overdue", t("Overdue"), [s for s in given.standings if s.state is ActionState.OVERDUE]),
        ("blocked", t("Blocked"), [s for s in given.standings if s.state is ActionState.BLOCKED]),
        ("late", t("Cannot be completed by the cut-off date"), [s for s in given.standings if s.too_late]),
    )
    if given.chain:
        names = {one.row.action.id: one.row for one in given.standings}
        steps = t.points(f"{name} {names[name].what}" for name in given.chain)
        yield Paragraph(text=t("The longest chain of unfinished actions: {steps}.", steps=steps), tone=Tone.LEAD)
    for key, title, standings in groups:
        if standings:
            yield _table(key, standings, t, title)
    if not any(standings for _, _, standings in groups):
        yield Paragraph(text=t("No action is overdue, blocked or without evidence."))


def _table(key: str, standings: Sequence[ActionProgress], t: Translator, title: str = "") -> DocumentTable:
    heads = (
        (t("No."), 2),
        (t("Action"), 7),
        (t("Owner"), 4),
        (t("Status"), 3),
        (t("Due"), 4),
        (t("Earliest completion"), 4),
    )
    rows = (
        make_row(
            (
                keep_ltr(one.row.action.id),
                TableCell(text=one.row.what, detail=_waits(one, t)),
                one.row.owner,
                TableCell(text=t(one.state), detail=t("on {day}", day=t.day(one.done_on)) if one.done_on else ""),
                make_day_cell(one.row.slot.due if one.row.slot else None, t, t("not given")),
                make_day_cell(one.forecast, t),
            ),
            state=t(one.state),
        )
        for one in standings
    )
    return make_table(f"progress-{key}", title or t("All actions"), heads, rows, empty=t("none"))


def _waits(one: ActionProgress, t: Translator) -> str:
    if not one.waits_for or one.state in (ActionState.DONE, ActionState.DROPPED):
        return ""
    return t("depends on {actions}", actions=t.listed(one.waits_for))


def draw_timeline(given: PlanProgress, t: Translator) -> Chart:
    """Return the chart of the plan: some actions of every state, in order of beginning; the table has all."""
    rows = _chosen([one for one in given.standings if one.row.slot and one.state is not ActionState.DROPPED])
    slots = [one.row.slot for one in rows if one.row.slot]
    days = [day for slot in slots for day in (slot.start, slot.due)] + [given.today]
    days += [given.book.cut_off] if given.book.cut_off else []
    first, last = min(days), max(days)
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    months = [divmod(first.year * 12 + first.month - 1 + n, 12) for n in range(count)]
    series = [
        Series(
            label=f"{one.row.action.id} {clip_text(one.row.what, _LABEL)}",
            values=(_place(slot.start, first), _place(slot.due, first)),
            marks=(one.state, t(one.state), one.row.owner),
        )
        for one, slot in zip(rows, slots, strict=True)
    ]
    marks = [(given.today, t("today, {day}", day=t.day(given.today)))]
    if given.book.cut_off:
        marks.append((given.book.cut_off, t("last day of the visit, {day}", day=t.day(given.book.cut_off))))
    series += [Series(label=text, values=(_place(day, first),), group=MARK) for day, text in marks]
    states = t.listed(
        t("{name}: {text}", name=t(state), text=given.count(state)) for state in ActionState if given.count(state)
    )
    return Chart(
        id="timeline",
        kind=ChartKind.TIMELINE,
        title=t("Timeline of the plan"),
        message=_phrase_timeline(given, t),
        alt=t(
            "{shown} of {all} actions, each from its start to its end. {states}.",
            shown=len(rows),
            all=len(given.standings),
            states=states,
        ),
        keys=tuple(t.month(f"{year}-{month + 1:02d}") for year, month in months),
        series=tuple(series),
    )


def _phrase_timeline(given: PlanProgress, t: Translator) -> str:
    """Return the message of the chart: the actions that are overdue, else those that are done."""
    total, late = len(given.standings), given.count(ActionState.OVERDUE)
    if late:
        return t.plural("{n} of {of} actions is overdue", "{n} of {of} actions are overdue", late, of=total)
    done = given.count(ActionState.DONE)
    return t.plural(
        "No action is overdue; {n} of {of} is done with evidence",
        "No action is overdue; {n} of {of} are done with evidence",
        done,
        of=total,
    )


def _chosen(rows: Sequence[ActionProgress]) -> list[ActionProgress]:
    """Choose as many actions as the chart holds: an equal share of each state, the rest by urgency of the state."""
    rows = sorted(rows, key=lambda one: (_first(one.row), one.row.action.id))
    states = [state for state in _ORDER if any(one.state is state for one in rows)]
    share = SHOWN_IN_CHART // max(len(states), 1)
    kept: dict[str, ActionProgress] = {}
    for most in (share, SHOWN_IN_CHART):
        for state in states:
            for one in [one for one in rows if one.state is state][:most]:
                if len(kept) < SHOWN_IN_CHART:
                    kept[one.row.action.id] = one
    return [one for one in rows if one.row.action.id in kept]


_ORDER = (
    ActionState.OVERDUE,
    ActionState.BLOCKED,
    ActionState.UNSHOWN,
    ActionState.UNDER_WAY,
    ActionState.NOT_STARTED,
    ActionState.DONE,
    ActionState.DROPPED,
)


def _first(row: ActionRow) -> date:
    return row.slot.start if row.slot else date.max


def _place(day: date, first: date) -> float:
    """Return the place of a day, in months from the first of the first month."""
    whole = (day.year - first.year) * 12 + day.month - first.month
    return whole + (day.day - 1) / calendar.monthrange(day.year, day.month)[1]
