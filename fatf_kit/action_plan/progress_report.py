"""How far a plan has come as a document: what is done, what is not, where ratings lead, and a picture over time."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from fatf_kit.action_plan.book import describe_span, state_limits
from fatf_kit.action_plan.names import clip_text
from fatf_kit.action_plan.progress import ActionProgress, ActionState, PlanProgress, Projection
from fatf_kit.action_plan.reading import ActionRow
from fatf_kit.core.messages import Translator
from fatf_kit.framework.model import Framework
from fatf_kit.outlook.model import Outlook
from fatf_kit.outlook.report import describe_outlook
from fatf_kit.report.charts.timeline import MARK
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
    TableColumn,
    TableRow,
    Tone,
)

SCHEMA = "fatf-kit/progress/1"
_SEEN = 2
"""Cases that are facts of the plan, at the start and now; the others are projections."""

_LABEL = 46
"""Characters of an action's name in the picture."""

SHOWN_IN_CHART = 30
"""Actions in the picture at most; the table has them all."""


def build_progress(given: PlanProgress, framework: Framework, t: Translator) -> Document:
    """The document on one day; `framework` is in the language of `t`."""
    book = given.book
    return Document(
        id="progress",
        title=t("Progress of the action plan"),
        subtitle=book.country or t("Country not named"),
        language=t.language,
        facts=(
            (t("Edition"), framework.full_title),
            (t("Start of the plan"), t.day(book.start) if book.start else t("not given")),
            (t("Cut-off date"), t.day(book.cut_off) if book.cut_off else t("not given")),
            (t("Seen on"), t.day(given.today)),
        ),
        notices=(
            *map(t, book.notices),
            t("Ratings are indicative and worked out by fatf-kit; FATF's assessors judge for themselves."),
        ),
        sections=(
            Section(anchor="standing", title=t("How far it is"), blocks=tuple(_standing(given, t))),
            Section(anchor="projection", title=t("Where the ratings lead"), blocks=tuple(_projection(given, t))),
            Section(anchor="attention", title=t("What needs attention"), blocks=tuple(_attention(given, t))),
            Section(anchor="time", title=t("The plan over time"), blocks=(Figure(chart=draw_timeline(given, t)),)),
            Section(anchor="all", title=t("Every action"), blocks=(_table("all-actions", given.standings, t),)),
        ),
    )


def progress_payload(given: PlanProgress) -> dict[str, Any]:
    """The same as JSON that others may rely on: frameworks/schema/progress-1."""
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
        "projections": {
            name: _projected(one)
            for name, one in (
                ("at_start", given.at_start),
                ("now", given.now),
                ("on_time", given.on_time),
                ("at_pace", given.at_pace),
            )
        },
    }


def _action(one: ActionProgress) -> dict[str, Any]:
    slot = one.tracked.slot
    return {
        "id": one.tracked.action.id,
        "what": one.tracked.what,
        "owner": one.tracked.owner,
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
            text=t("What is done without evidence counts nowhere until the evidence is named."), tone=Tone.NOTICE
        )


def _projection(given: PlanProgress, t: Translator) -> Iterator[Block]:
    cases = list_cases(given, t)
    yield Paragraph(
        text=t(
            "Each rating is a range from what is shown to the best that the open answers allow. {sentence}",
            sentence=state_limits(t),
        ),
        tone=Tone.NOTICE,
    )
    yield Bullets(
        items=tuple(t("{name}: {text}", name=name, text=describe_outlook(one.outlook, t)) for name, one in cases)
    )
    moved = [unit for unit in given.at_start.ratings if len({describe_span(one.ratings[unit]) for _, one in cases}) > 1]
    yield DocumentTable(
        id="projected",
        caption=t("Ratings that move"),
        columns=(
            TableColumn(title=t("Unit"), width=4),
            TableColumn(title=t("Claimed"), width=3),
            *(TableColumn(title=t("Shown {moment}", moment=name), width=3) for name, _ in cases[:_SEEN]),
            *(TableColumn(title=name, width=3) for name, _ in cases[_SEEN:]),
        ),
        rows=tuple(
            TableRow(
                cells=(
                    TableCell(text=unit, ltr=True),
                    _rating(unit, describe_span(given.claimed[unit])),
                    *(_rating(unit, describe_span(one.ratings[unit])) for _, one in cases),
                ),
                facets={},
            )
            for unit in moved
        ),
        empty=t("No rating moves."),
    )
    if given.at_pace is not None:
        yield Paragraph(text=t("The pace so far is counted in your own estimates of effort."), tone=Tone.SMALL)
    yield _lines([(name, one.outlook) for name, one in cases], t)


def list_cases(given: PlanProgress, t: Translator) -> list[tuple[str, Projection]]:
    """The projections by what they are called, in order of time: at the start and now, then projections."""
    cases = [
        (t("at the start"), given.at_start),
        (t("now"), given.now),
        (t("at the cut-off, all on time"), given.on_time),
    ]
    if given.at_pace is not None:
        cases.append((t("at the cut-off, at today's pace"), given.at_pace))
    return cases


def _rating(unit: str, text: str) -> TableCell:
    scale = "effectiveness" if unit.startswith("IO.") else "compliance"
    return TableCell(text=text, rating=text if "–" not in text else None, scale=scale, ltr=True)


def _lines(cases: Sequence[tuple[str, Outlook]], t: Translator) -> DocumentTable:
    holds: Mapping[bool | None, str] = {True: t("yes"), False: t("no"), None: t("open")}
    return DocumentTable(
        id="projected-lines",
        caption=t("Lines of follow-up and referral: whether they hold"),
        columns=(
            TableColumn(title=t("Line"), width=2),
            TableColumn(title=t("Test"), width=5),
            *(TableColumn(title=name, width=3) for name, _ in cases),
        ),
        rows=tuple(
            TableRow(
                cells=(
                    TableCell(text=results[0].line.id, ltr=True),
                    TableCell(text=t(results[0].line.test)),
                    *(TableCell(text=holds[result.holds]) for result in results),
                ),
                facets={},
            )
            for results in zip(*(outlook.lines for _, outlook in cases), strict=True)
        ),
    )


def _attention(given: PlanProgress, t: Translator) -> Iterator[Block]:
    groups = (
        ("unshown", t("Done, but nothing shows it"), [s for s in given.standings if s.state is ActionState.UNSHOWN]),
        ("overdue", t("Overdue"), [s for s in given.standings if s.state is ActionState.OVERDUE]),
        ("blocked", t("Blocked"), [s for s in given.standings if s.state is ActionState.BLOCKED]),
        ("late", t("Cannot be over by the cut-off"), [s for s in given.standings if s.too_late]),
    )
    if given.chain:
        names = {one.tracked.action.id: one.tracked for one in given.standings}
        steps = t.points(f"{name} {names[name].what}" for name in given.chain)
        yield Paragraph(text=t("The longest chain of open actions: {steps}.", steps=steps), tone=Tone.LEAD)
    for key, title, standings in groups:
        if standings:
            yield _table(key, standings, t, title)
    if not any(standings for _, _, standings in groups):
        yield Paragraph(text=t("Nothing is overdue, blocked or unshown."))


def _table(key: str, standings: Sequence[ActionProgress], t: Translator, title: str = "") -> DocumentTable:
    return DocumentTable(
        id=f"progress-{key}",
        caption=title or t("Every action"),
        columns=(
            TableColumn(title=t("No."), width=2),
            TableColumn(title=t("Action"), width=7),
            TableColumn(title=t("Owner"), width=4),
            TableColumn(title=t("State"), width=3),
            TableColumn(title=t("Due"), width=4),
            TableColumn(title=t("Soonest"), width=4),
        ),
        rows=tuple(
            TableRow(
                cells=(
                    TableCell(text=one.tracked.action.id, ltr=True),
                    TableCell(text=one.tracked.what, detail=_waits(one, t)),
                    TableCell(text=one.tracked.owner),
                    TableCell(text=t(one.state), detail=t("on {day}", day=t.day(one.done_on)) if one.done_on else ""),
                    TableCell(text=t.day(one.tracked.slot.due) if one.tracked.slot else t("not given")),
                    TableCell(text=t.day(one.forecast) if one.forecast else "–"),
                ),
                facets={"state": (t(one.state),)},
            )
            for one in standings
        ),
        empty=t("none"),
    )


def _waits(one: ActionProgress, t: Translator) -> str:
    if not one.waits_for or one.state in (ActionState.DONE, ActionState.DROPPED):
        return ""
    return t("waits for {actions}", actions=t.listed(one.waits_for))


def draw_timeline(given: PlanProgress, t: Translator) -> Chart:
    """The picture: some actions of every state, in order of beginning; the table has all."""
    rows = _chosen([one for one in given.standings if one.tracked.slot and one.state is not ActionState.DROPPED])
    slots = [one.tracked.slot for one in rows if one.tracked.slot]
    days = [day for slot in slots for day in (slot.start, slot.due)] + [given.today]
    days += [given.book.cut_off] if given.book.cut_off else []
    first, last = min(days), max(days)
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    months = [divmod(first.year * 12 + first.month - 1 + n, 12) for n in range(count)]
    series = [
        Series(
            label=f"{one.tracked.action.id} {clip_text(one.tracked.what, _LABEL)}",
            values=(_place(slot.start, first), _place(slot.due, first)),
            marks=(one.state, t(one.state)),
        )
        for one, slot in zip(rows, slots, strict=True)
    ]
    marks = [(given.today, t("today, {day}", day=t.day(given.today)))]
    if given.book.cut_off:
        marks.append((given.book.cut_off, t("cut-off, {day}", day=t.day(given.book.cut_off))))
    series += [Series(label=text, values=(_place(day, first),), group=MARK) for day, text in marks]
    told = t.listed(
        t("{name}: {text}", name=t(state), text=given.count(state)) for state in ActionState if given.count(state)
    )
    return Chart(
        id="timeline",
        kind=ChartKind.TIMELINE,
        title=t("The plan over time"),
        alt=t(
            "{shown} of {all} actions from beginning to end. {told}.",
            shown=len(rows),
            all=len(given.standings),
            told=told,
        ),
        keys=tuple(t.month(f"{year}-{month + 1:02d}") for year, month in months),
        series=tuple(series),
    )


def _chosen(rows: Sequence[ActionProgress]) -> list[ActionProgress]:
    """As many actions as the picture holds: an equal share of each state, the rest by what needs attention first."""
    rows = sorted(rows, key=lambda one: (_first(one.tracked), one.tracked.action.id))
    states = [state for state in _ORDER if any(one.state is state for one in rows)]
    share = SHOWN_IN_CHART // max(len(states), 1)
    kept: dict[str, ActionProgress] = {}
    for most in (share, SHOWN_IN_CHART):
        for state in states:
            for one in [one for one in rows if one.state is state][:most]:
                if len(kept) < SHOWN_IN_CHART:
                    kept[one.tracked.action.id] = one
    return [one for one in rows if one.tracked.action.id in kept]


_ORDER = (
    ActionState.OVERDUE,
    ActionState.BLOCKED,
    ActionState.UNSHOWN,
    ActionState.UNDER_WAY,
    ActionState.NOT_STARTED,
    ActionState.DONE,
    ActionState.DROPPED,
)


def _first(tracked: ActionRow) -> date:
    return tracked.slot.start if tracked.slot else date.max


def _place(day: date, first: date) -> float:
    """Where a day lies, in months from the first of the first month."""
    whole = (day.year - first.year) * 12 + day.month - first.month
    return whole + (day.day - 1) / calendar.monthrange(day.year, day.month)[1]
