"""The progress of a plan as a document: its actions, the ratings that follow, and a picture over time."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from fatf_kit.action_plan.book import describe_span, state_limits
from fatf_kit.action_plan.names import clip_text, name_country
from fatf_kit.action_plan.progress import UNFINISHED, ActionProgress, ActionState, PlanProgress, Projection
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
    Series,
    TableCell,
    Tone,
)
from fatf_kit.report.sections import make_note, make_section

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
            make_section("standing", t("Status of the plan"), *_standing(given, t)),
            make_section("projection", t("Expected ratings and follow-up"), *_projection(given, t)),
            make_section("attention", t("Actions that need attention"), *_attention(given, t)),
            make_section("time", t("Timeline of the plan"), Figure(chart=draw_timeline(given, t))),
            make_section("all", t("All actions"), _table("all-actions", given.standings, t)),
        ),
    )


def _standing(given: PlanProgress, t: Translator) -> Iterator[Block]:
    labels = {
        ActionState.DONE: t("done, with evidence"),
        ActionState.UNSHOWN: t("done without evidence"),
        ActionState.UNDER_WAY: t("under way"),
        ActionState.OVERDUE: t("overdue"),
        ActionState.BLOCKED: t("actions blocked"),
    }
    of = {ActionState.DONE: t("of {n}", n=len(given.standings))}
    yield KeyFigures(
        figures=tuple(
            KeyFigure(value=str(given.count(state)), label=label, detail=of.get(state, ""))
            for state, label in labels.items()
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
            "that is possible for answers that are not settled. {sentence}",
            sentence=state_limits(t),
        ),
        tone=Tone.NOTICE,
    )
    outlooks = ((name, describe_outlook(one.outlook, t)) for name, one in cases)
    yield Bullets(items=tuple(t("{name}: {text}", name=name, text=text) for name, text in outlooks))
    names = [t("Shown {moment}", moment=name) if number < _SEEN else name for number, (name, _) in enumerate(cases)]
    heads = ((t("Rec. or outcome"), 4), (t("Claimed"), 3), *((name, 3) for name in names))
    rows = []
    for unit in given.at_start.ratings:
        found = [describe_span(one.ratings[unit]) for _, one in cases]
        if len(set(found)) > 1:
            ratings = (_rating(unit, text) for text in (describe_span(given.claimed[unit]), *found))
            rows.append((keep_ltr(unit), *ratings))
    yield make_table("projected", t("Ratings that change"), heads, rows, empty=t("No rating changes."))
    if given.at_pace is not None:
        yield make_note(t("The pace is measured by your own estimates of effort."))
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
    is_met: Mapping[bool | None, str] = {True: t("yes"), False: t("no"), None: t("not settled")}
    rows = (
        (keep_ltr(results[0].line.id), t(results[0].line.test), *(is_met[result.holds] for result in results))
        for results in zip(*(outlook.lines for _, outlook in cases), strict=True)
    )
    heads = ((t("Threshold"), 2), (t("Test"), 5), *((name, 3) for name, _ in cases))
    return make_table("projected-lines", t("Thresholds for follow-up and referral: met or not"), heads, rows)


def _attention(given: PlanProgress, t: Translator) -> Iterator[Block]:
    groups = (
        ("unshown", t("Done, but without evidence"), given.list_in(ActionState.UNSHOWN)),
        ("overdue", t("Overdue"), given.list_in(ActionState.OVERDUE)),
        ("blocked", t("Blocked"), given.list_in(ActionState.BLOCKED)),
        ("late", t("Cannot be completed by the cut-off date"), [one for one in given.standings if one.too_late]),
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
    rows = (make_row(_cells(one, t), state=t(one.state)) for one in standings)
    return make_table(f"progress-{key}", title or t("All actions"), heads, rows, empty=t("none"))


def _cells(one: ActionProgress, t: Translator) -> Iterator[object]:
    yield keep_ltr(one.row.action.id)
    yield TableCell(text=one.row.what, detail=_waits(one, t))
    yield one.row.owner
    yield TableCell(text=t(one.state), detail=t("on {day}", day=t.day(one.done_on)) if one.done_on else "")
    yield make_day_cell(one.row.due, t, t("not given"))
    yield make_day_cell(one.forecast, t)


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
    series = []
    for one, slot in zip(rows, slots, strict=True):
        label = f"{one.row.action.id} {clip_text(one.row.what, _LABEL)}"
        bar = (_place(slot.start, first), _place(slot.due, first))
        series.append(Series(label=label, values=bar, marks=(one.state, t(one.state), one.row.owner)))
    marks = [(given.today, t("today, {day}", day=t.day(given.today)))]
    if given.book.cut_off:
        marks.append((given.book.cut_off, t("last day of the visit, {day}", day=t.day(given.book.cut_off))))
    series += [Series(label=text, values=(_place(day, first),), group=MARK) for day, text in marks]
    counts = {state: given.count(state) for state in ActionState}
    states = t.listed(t("{name}: {text}", name=t(state), text=n) for state, n in counts.items() if n)
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
    rows = sorted(rows, key=lambda one: (one.row.start or date.max, one.row.action.id))
    states = [state for state in (*UNFINISHED, ActionState.DONE) if any(one.state is state for one in rows)]
    share = SHOWN_IN_CHART // max(len(states), 1)
    kept: dict[str, ActionProgress] = {}
    for most in (share, SHOWN_IN_CHART):
        for state in states:
            for one in [one for one in rows if one.state is state][:most]:
                if len(kept) < SHOWN_IN_CHART:
                    kept[one.row.action.id] = one
    return [one for one in rows if one.row.action.id in kept]


def _place(day: date, first: date) -> float:
    """Return the place of a day, in months from the first of the first month."""
    whole = (day.year - first.year) * 12 + day.month - first.month
    return whole + (day.day - 1) / calendar.monthrange(day.year, day.month)[1]
