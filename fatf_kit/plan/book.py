"""The plan as a workbook: what people work in, and behind it what `progress` needs to work out ratings again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from fatf_kit.findings.model import Kind
from fatf_kit.framework.catalog import index_of
from fatf_kit.framework.model import Framework
from fatf_kit.framework.weekends import Weekend, WeekendSource
from fatf_kit.messages import Words
from fatf_kit.outlook.model import Target
from fatf_kit.plan.efforts import load_efforts
from fatf_kit.plan.model import Action, Effect, Plan, Status, UnitStanding, Way
from fatf_kit.plan.names import action_name, owner_name
from fatf_kit.plan.sheets import Column, write_hidden, write_lists, write_table
from fatf_kit.plan.timetable import By, Dated
from fatf_kit.resources import tool_version
from fatf_kit.responses.country_names import find_country
from fatf_kit.scoring.span import Span
from fatf_kit.workbook.marks import PLAN_MARK
from fatf_kit.workbook.model import CellValue
from fatf_kit.workbook.pen import Pen
from fatf_kit.workbook.printed import prints_of, write_printed
from fatf_kit.workbook.stamp import PROPERTY_PREFIX
from fatf_kit.workbook.styles import height_of, lines_of

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

BASELINE_MARK, LISTS_MARK = "fatf-kit:baseline", "fatf-kit:plan-lists"
LAYOUT = 1
"""Raised whenever an older fatf-kit could not read a newer plan."""

COLUMNS = (
    Column(key="id", heading="No.", width=7, style="id"),
    Column(key="what", heading="Action", width=38, style="text"),
    Column(key="details", heading="What it has to achieve", width=52, style="text"),
    Column(key="owner", heading="Owner", width=22, style="text"),
    Column(key="status", heading="Status", width=13, style="rating", choices="plan_status"),
    Column(key="stage", heading="Stage reached", width=16, style="list", choices="plan_stage"),
    Column(key="start", heading="Start", width=11, style="date"),
    Column(key="due", heading="Due", width=11, style="date"),
    Column(key="done_on", heading="Done on", width=11, style="date"),
    Column(key="evidence", heading="Evidence that it is done", width=34, style="text"),
    Column(key="proof", heading="What would show it", width=30, style="requirement"),
    Column(key="effect", heading="Effect on its own", width=28, style="requirement"),
    Column(key="note", heading="To note", width=28, style="text"),
    Column(key="after", heading="Waits for", width=14, style="short text"),
    Column(key="effort", heading="Own estimate of effort, person-days", width=12, style="list"),
    Column(key="requirements", heading="Closes what falls short in", width=24, style="short text"),
    Column(key="shown", heading="Closes what lacks proof in", width=24, style="short text"),
    Column(key="concerns", heading="Prepares for questions on", width=20, style="short text"),
    Column(key="source", heading="Proposed by", width=20, style="requirement"),
    Column(key="kind", heading="kind", width=10, style="key", hidden=True),
    Column(key="cause", heading="cause", width=10, style="key", hidden=True),
    Column(key="stages", heading="stages", width=10, style="key", hidden=True),
)
"""Columns of the sheet of actions."""

DATE_COLUMNS = (
    Column(key="day", heading="Date", width=12, style="kept date"),
    Column(key="until", heading="Until", width=12, style="kept date"),
    Column(key="step", heading="Step", width=70, style="requirement"),
    Column(key="by", heading="Who acts", width=14, style="kept"),
    Column(key="confidence", heading="Confidence", width=18, style="kept"),
)

RATING_COLUMNS = (
    Column(key="unit", heading="Unit", width=13, style="id"),
    Column(key="title", heading="Title", width=56, style="requirement"),
    Column(key="now", heading="Shown at the start", width=16, style="kept"),
    Column(key="claimed", heading="Claimed at the start", width=16, style="kept"),
)

_CREATED = datetime(2020, 1, 1)


def render_plan(
    plan: Plan,
    framework: Framework,
    t: Words,
    *,
    dates: Sequence[Dated] = (),
    filled: Mapping[str, Mapping[str, CellValue]] | None = None,
) -> bytes:
    """The workbook's bytes; the same plan gives the same bytes. `framework` is in the language of `t`.

    `dates` are those of the evaluation. `filled` are cells already filled in, by action and column; they go before
    what the plan says.
    """
    pen = Pen(t.language, t.points(map(t, plan.notices)))
    facts = _facts(plan, t)
    pen.book.set_properties({"title": t("Action plan"), "author": "fatf-kit", "created": _CREATED})
    for name, value in facts.items():
        if value:
            pen.book.set_custom_property(f"{PROPERTY_PREFIX}{name}", value, "text")
    heading = " – ".join(filter(None, (t("Action plan"), _country(plan, t))))
    _cover(pen, plan, framework, t)
    given = filled or {}
    rows = [{**_row(plan, action, framework, t), **given.get(action.id, {})} for action in plan.actions]
    write_table(pen, t("Actions"), COLUMNS, rows, t, tab="#1F3A52", heading=heading, across=3)
    ratings = list(_ratings(plan, framework))
    write_table(pen, t("Ratings"), RATING_COLUMNS, ratings, t, tab="#2E7D6B", freeze=1, heading=heading, spare=0)
    if dates:
        steps = [_date_row(one, t) for one in dates]
        write_table(pen, t("Calendar"), DATE_COLUMNS, steps, t, tab="#2E7D6B", freeze=1, heading=heading, spare=0)
    stages = load_efforts().stages
    lists = {"plan_status": [t(one) for one in Status], "plan_stage": [t(name) for name in stages.values()]}
    write_lists(pen, LISTS_MARK, lists)
    write_printed(pen, prints_of(pen, (t("Cover"), t("Ratings")[:31], t("Calendar")[:31])))
    write_hidden(pen, "_baseline", BASELINE_MARK, _baseline(plan.units))
    write_hidden(pen, "_stamp", PLAN_MARK, facts.items())
    return pen.finish()


def effect_text(effect: Effect, t: Words) -> str:
    """What an action changes on its own, in words: the range of each rating before and after."""
    moved = [
        t("{unit}: {before} → {after}", unit=m.unit, before=m.before.describe(), after=m.after.describe())
        for m in effect.moves
    ]
    parts = [t.points(moved)] if moved else [t("moves no rating on its own")]
    if effect.clears:
        parts.append(t("clears {lines}", lines=t.listed(effect.clears)))
    if effect.nearer:
        parts.append(t("nearer: {lines}", lines=t.listed(effect.nearer)))
    return t.points(parts)


def span_text(value: object) -> str:
    """A rating, or the span in which it lies."""
    if isinstance(value, Span):
        return value.describe()
    return str(value or "")


def target_name(target: Target | None, t: Words) -> str:
    """What a target is called."""
    names = {
        Target.LEAVE_ICRG: t("To fall below the referral thresholds"),
        Target.REGULAR: t("To fall below the thresholds of enhanced follow-up and of referral"),
    }
    return names[target] if target else t("none: every action in order of effect per effort")


def way_text(plan: Plan, t: Words) -> str:
    """What stands between the ratings shown and the target, in a sentence; empty where no target was named.

    It promises nothing: the actions close the gaps that the country has named, and assessors find others.
    """
    way = plan.way
    if way is None:
        return ""
    if way.reached and not way.actions:
        return t("On what is shown, no threshold of the target is met.") + " " + no_promise(t)
    if not way.actions:
        return t("Closing every gap named does not clear the thresholds of the target.")
    n, actions = len(way.actions), t.listed(way.actions)
    if not way.in_time:
        said = t.plural(
            "{n} action closes the gaps named that meet thresholds of the target, but not by the cut-off date: "
            "{actions}.",
            "{n} actions close the gaps named that meet thresholds of the target, but not by the cut-off date: "
            "{actions}.",
            n,
            actions=actions,
        )
        return " ".join((said, *_if_open(way, t), no_promise(t)))
    said = t.plural(
        "{n} action, over by the cut-off date, closes the gaps named that meet thresholds of the target: {actions}.",
        "{n} actions, over by the cut-off date, close the gaps named that meet thresholds of the target: {actions}.",
        n,
        actions=actions,
    )
    if way.exact:
        proof = t("By the estimates of effort, no smaller set does.")
    else:
        proof = t("A set of less effort may exist; the search was cut short.")
    return " ".join((said, proof, *_if_open(way, t), no_promise(t)))


def _if_open(way: Way, t: Words) -> tuple[str, ...]:
    """The condition under which the actions are enough, where answers are missing."""
    return (t("This applies only if everything unanswered turns out at its best."),) if way.open_at_best else ()


def no_promise(t: Words) -> str:
    """What every plan says of itself."""
    return t("The plan closes the gaps you named; assessors find others.")


def weekend_text(weekend: Weekend, t: Words) -> str:
    """The days off with their source: "Friday and Saturday (country data of fatf-kit, confidence: confirmed)"."""
    days = t.listed(t.weekday(day) for day in sorted(weekend.days)) or t("none")
    source = {
        WeekendSource.SETTINGS: t("own settings"),
        WeekendSource.COUNTRY: t("country data of fatf-kit"),
        WeekendSource.CLDR: t("Unicode CLDR"),
        WeekendSource.NOT_KNOWN: t("country not known"),
    }[weekend.source]
    levels = {"confirmed": t("confirmed"), "secondary": t("secondary"), "own knowledge": t("own knowledge")}
    if weekend.confidence:
        level = levels.get(weekend.confidence, weekend.confidence)
        source = t("{source}; confidence: {confidence}", source=source, confidence=level)
    return t("{text} ({place})", text=days, place=source)


def _country(plan: Plan, t: Words) -> str:
    if not plan.country:
        return t("Country not named")
    return t.country(find_country(plan.country) or "", plan.country)


def _facts(plan: Plan, t: Words) -> dict[str, str]:
    return {
        "kit": tool_version(),
        "layout": str(LAYOUT),
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


def _cover(pen: Pen, plan: Plan, framework: Framework, t: Words) -> None:
    sheet = pen.sheet(t("Cover"), (3.0, 30.0, 90.0), tab="#5B6B79", growing=False)
    pen.put(sheet, 0, 1, t("Action plan"), "title")
    sheet.set_row(0, 30)
    pen.put(sheet, 1, 1, " – ".join(filter(None, (_country(plan, t), pen.notice))), "subtitle")
    rehearsed = sum(bool(action.mock) for action in plan.actions)
    facts = (
        (t("Edition"), framework.full_title),
        (t("Start of the plan"), t.day(plan.start)),
        (t("Cut-off date"), t.day(plan.cut_off) if plan.cut_off else t("not given")),
        (t("Target"), target_name(plan.way.target if plan.way else None, t)),
        (t("Weekend"), weekend_text(plan.weekend, t)),
        (t("Actions"), str(len(plan.actions))),
        (t("Too late for the cut-off"), str(len(plan.late)) if plan.late else t("none")),
        *(((t("Proposed by the mock visit"), str(rehearsed)),) if rehearsed else ()),
        *(((t("Shortest way"), way_text(plan, t)),) if plan.way else ()),
    )
    how = (
        (t("Status"), t("Choose how far each action is. Done counts only where the evidence is named.")),
        (t("Stage reached"), t("The last stage that is behind you; the forecast counts what is left.")),
        (t("Dates"), t("From lead times, what waits for what, and how much an owner does at a time. Change them.")),
        (t("Order"), t("Work that can count by the cut-off date comes first, evidence work before long work.")),
        (t("New actions"), t("Add rows below with a number of their own. Requirements may move between actions.")),
        (
            t("Effect"),
            t(
                "Rated again as if this action alone were done: the range from what is shown to what is claimed. "
                "Evidence raises its worst end. Indicative; assessors judge."
            ),
        ),
        (t("No promise"), no_promise(t)),
        (t("Effort and lead times"), t("Your own estimates; the first ones are fatf-kit's. Set yours in plan.json.")),
        pen.affiliation,
    )
    row = _section(pen, sheet, 3, t("This plan"), facts)
    _section(pen, sheet, row + 1, t("How to use it"), how)
    pen.print_setup(sheet, t("Action plan"), landscape=False)
    sheet.activate()


def _section(pen: Pen, sheet: Worksheet, row: int, heading: str, lines: Sequence[tuple[str, str]]) -> int:
    pen.put(sheet, row, 1, heading, "section")
    pen.put(sheet, row, 2, None, "section")
    for name, text in lines:
        row += 1
        pen.put(sheet, row, 1, name, "label")
        pen.put(sheet, row, 2, text, "prose")
        sheet.set_row(row, height_of(max(1.2, lines_of(text, 86))))
    return row + 1


def _row(plan: Plan, action: Action, framework: Framework, t: Words) -> dict[str, CellValue | None]:
    slot, effect = plan.slots[action.id], plan.effects[action.id]
    kind = load_efforts().kinds[action.kind]
    short = [r for r, gap in action.closes if gap is not Kind.UNDEMONSTRATED]
    shown = [r for r, gap in action.closes if gap is Kind.UNDEMONSTRATED]
    return {
        "id": action.id,
        "what": action_name(action, framework, t),
        "details": _details(action, framework, t),
        "owner": owner_name(action, plan.agencies, t),
        "status": t(Status.NOT_STARTED),
        "start": slot.start,
        "due": slot.due,
        "proof": t(kind.evidence),
        "effect": effect_text(effect, t),
        "note": t.points(_notes(plan, action, t)),
        "after": ", ".join(action.after),
        "effort": action.effort,
        "requirements": ", ".join(short),
        "shown": ", ".join(shown),
        "concerns": ", ".join(action.concerns),
        "source": _source(action, t),
        "kind": action.kind,
        "cause": action.cause,
        "stages": ",".join(f"{stage.id}:{stage.days}" for stage in action.stages),
    }


def _source(action: Action, t: Words) -> str:
    """Who proposed an action: the assessment, or findings of a mock visit by their ids."""
    if action.mock:
        return t("mock visit: {findings}", findings=t.listed(action.mock))
    return t("assessment")


def _details(action: Action, framework: Framework, t: Words) -> str:
    """For each requirement what the country says is missing, else what usually helps; as much as a cell holds.

    Evidence work has the requirement itself, whose proof is sought.
    """
    index, kind = index_of(framework), load_efforts().kinds[action.kind]
    lines = []
    for requirement in action.requirements:
        helps = index[requirement].guidance.recommended_action if requirement in index else ""
        about = index[requirement].statement if requirement in index else ""
        text = action.said.get(requirement) or (about if kind.is_desk_work else helps)
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


def _notes(plan: Plan, action: Action, t: Words) -> Iterator[str]:
    if plan.slots[action.id].late:
        yield t("cannot be done by the cut-off: it will not count")
    if plan.way and action.id in plan.way.actions:
        yield t("step {n} on the shortest way", n=plan.way.actions.index(action.id) + 1)
    if action.key:
        yield t("candidate for a key recommended action")
    if action.in_force_from:
        yield t("as enacted, in force from {day}", day=t.day(action.in_force_from))
    if action.planned_due:
        yield t("the country itself plans it for {day}", day=t.day(date.fromisoformat(action.planned_due)))


def _date_row(one: Dated, t: Words) -> dict[str, CellValue | None]:
    by = {By.COUNTRY: t("country"), By.ASSESSORS: t("assessors"), By.BOTH: t("both")}[one.by]
    return {"day": one.day, "until": one.until, "step": t(one.what), "by": by, "confidence": t(one.confidence)}


def _ratings(plan: Plan, framework: Framework) -> Iterator[dict[str, CellValue | None]]:
    for unit in framework.units:
        now, claimed = plan.ratings_now.get(unit.id), plan.claimed.get(unit.id)
        yield {"unit": unit.id, "title": unit.title, "now": span_text(now), "claimed": span_text(claimed)}


def _baseline(units: Sequence[UnitStanding]) -> Iterator[list[CellValue | None]]:
    for unit in units:
        yield ["unit", unit.unit, str(unit.decided or "")]
        for one in unit.requirements:
            gaps = ",".join(sorted(one.gaps))
            decided = "decided" if one.decided else ""
            duty = "duty" if one.is_duty else ""
            ends = str(one.now.worst), str(one.now.best)
            yield ["", one.requirement, one.weight, *ends, str(one.claimed or ""), gaps, decided, duty]
