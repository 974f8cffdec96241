"""Slides: the brief as one slide, and a deck of eight to begin the preparation with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from fatf_kit.action_plan.model import Action, ActionPlan
from fatf_kit.action_plan.names import name_owner
from fatf_kit.core.messages import Translator
from fatf_kit.outlook.model import FollowUp, LineKind, Outlook
from fatf_kit.outlook.report import describe_distance, describe_outlook
from fatf_kit.outlook.sentences import describe_good_recommendations, describe_levels
from fatf_kit.papers.blank_report import build_blank_section
from fatf_kit.papers.brief import draw_basis, list_consequences, list_dates, list_needs, list_wrong
from fatf_kit.papers.report_input import PaperInput, get_country_name
from fatf_kit.papers.requested_decisions import ASKED, build_decisions_table, choose_decisions, list_desk_work
from fatf_kit.report.document_tables import make_day_cell, make_table
from fatf_kit.report.model import (
    Bullets,
    Chart,
    Document,
    DocumentTable,
    Figure,
    Section,
)
from fatf_kit.report.sections import make_key_figures, make_section
from fatf_kit.scoring.report.charts import build_compliance_map
from fatf_kit.scoring.report.notices import phrase_indicative_notice

_AGENCIES, _STEPS, _LINES = 8, 9, 4
"""Rows of the tables of agencies, dates and thresholds: what can be read on a wall. A last line counts the others."""


def build_slide(paper_input: PaperInput, t: Translator) -> Document:
    """Return the brief as one slide: its chart, what follows, and the decisions requested."""
    if paper_input.is_blank:
        return _document("slide", paper_input, t, (build_blank_section(paper_input, t),))
    assert paper_input.plan is not None  # noqa: S101 - given with every paper that asks for decisions
    chart = draw_basis(paper_input, t)
    decisions = choose_decisions(paper_input, paper_input.plan, t)
    texts = (describe_levels(paper_input.standing, t), describe_outlook(paper_input.outlook, t))
    section = make_section(
        "brief",
        chart.title,
        Bullets(items=(*texts, *list(list_dates(paper_input, t))[:1])),
        Figure(chart=_retitle(chart, t)),
        build_decisions_table(decisions, t),
    )
    return _document("slide", paper_input, t, (section,))


def build_deck(paper_input: PaperInput, t: Translator) -> Document:
    """Return eight slides: a title, and seven messages from the position to the decisions requested."""
    if paper_input.is_blank:
        return _document("deck", paper_input, t, (build_blank_section(paper_input, t),))
    plan = paper_input.plan
    assert plan is not None  # noqa: S101 - given with every paper that asks for decisions
    decisions = choose_decisions(paper_input, plan, t)
    asked = t("Decisions requested")
    if len(decisions) == ASKED:
        asked = t("Three decisions are requested")
    sections = (
        _position(paper_input, t),
        _ratings(paper_input, t),
        _consequences(paper_input, t),
        _dates(paper_input, t),
        _needs(paper_input, plan, t),
        _agencies(plan, t),
        make_section("decisions", asked, build_decisions_table(decisions, t)),
    )
    return _document("deck", paper_input, t, sections)


def _document(name: str, paper_input: PaperInput, t: Translator, sections: tuple[Section, ...]) -> Document:
    country = get_country_name(paper_input, t)
    return Document(
        id=name,
        title=t("{country}: preparing the mutual evaluation", country=country),
        subtitle=t("Position and next steps, {day}", day=t.moment(paper_input.generated_at)),
        language=t.language,
        facts=((t("Edition"), f"{paper_input.framework.id} – {paper_input.framework.text_state}"),),
        notices=(*paper_input.notices, phrase_indicative_notice(t)),
        sections=sections,
        contents_depth=0,
    )


def _position(paper_input: PaperInput, t: Translator) -> Section:
    chart = draw_basis(paper_input, t)
    blocks = (Bullets(items=list_wrong(paper_input, t)), Figure(chart=_retitle(chart, t)))
    return make_section("position", chart.title, *blocks)


def _retitle(chart: Chart, t: Translator) -> Chart:
    """Return the chart with a plain title where the slide has the message."""
    return replace(chart, title=t("Basis of the ratings"))


def _ratings(paper_input: PaperInput, t: Translator) -> Section:
    counts, _ = paper_input.standing
    title = describe_good_recommendations(counts, t)
    chart = build_compliance_map(paper_input.framework, paper_input.assessment.recommendations, title, t)
    return make_section("ratings", title, Figure(chart=chart))


def _consequences(paper_input: PaperInput, t: Translator) -> Section:
    outlook = paper_input.outlook
    blocks = (Bullets(items=list_consequences(paper_input, t)[:1]), _thresholds(outlook, t))
    return make_section("consequences", _name_follow_up(outlook, t), *blocks)


def _thresholds(outlook: Outlook, t: Translator) -> DocumentTable:
    """Return the thresholds that are met at the worst end, referral first."""
    met = [one for one in outlook.lines if one.met.worst]
    met.sort(key=lambda one: one.line.kind is not LineKind.ICRG)
    kinds = {LineKind.ICRG: t("referral to the ICRG"), LineKind.ENHANCED: t("enhanced follow-up")}
    heads = ((t("Threshold"), 6), (t("Consequence"), 4), (t("Distance"), 6))
    rows = [(t(one.line.test), kinds[one.line.kind], describe_distance(one, t)) for one in met]
    kept, empty = _keep_first(rows, _LINES, t), t("No threshold is met, even in the worst case.")
    return make_table("thresholds", t("Thresholds that are met"), heads, kept, empty=empty)


def _keep_first(rows: Sequence[tuple[object, ...]], most: int, t: Translator) -> list[tuple[object, ...]]:
    """Return the first rows, and a last one that counts the others."""
    more = len(rows) - most
    if more < 1:
        return list(rows)
    counted = t.plural("and {n} more row", "and {n} more rows", more)
    return [*rows[:most], (counted, *[""] * (len(rows[0]) - 1))]


def _name_follow_up(outlook: Outlook, t: Translator) -> str:
    names = {
        FollowUp.REGULAR: t("The ratings lead to regular follow-up"),
        FollowUp.ENHANCED: t("The ratings lead to enhanced follow-up"),
        None: t("The type of follow-up depends on what is still open"),
    }
    return names[outlook.follow_up]


def _dates(paper_input: PaperInput, t: Translator) -> Section:
    today = paper_input.today
    title = next(iter(list_dates(paper_input, t)))
    events = paper_input.schedule.events if paper_input.schedule else ()
    coming = [event for event in events if (event.until or event.day) >= today]
    rows = [
        (
            make_day_cell(one.day, t),
            t(one.what),
            t.number((one.day - today).days) if one.day > today else t("under way"),
        )
        for one in coming
    ]
    heads = ((t("Date"), 3), (t("Step"), 10), (t("Days left"), 2))
    empty = t("The dates follow from the visit. Enter its date in the settings.")
    kept = _keep_first(rows, _STEPS, t)
    table = make_table("dates", t("Steps in order of time"), heads, kept, empty=empty)
    return make_section("dates", title.rstrip("."), table)


def _needs(paper_input: PaperInput, plan: ActionPlan, t: Translator) -> Section:
    work = paper_input.facts.work
    assert work is not None  # noqa: S101 - counted with the plan
    title = t.plural(
        "{n} of {of} actions needs no new measure, only evidence or an answer",
        "{n} of {of} actions need no new measure, only evidence or an answer",
        work.desk.total,
        of=work.total.total,
    )
    figures = make_key_figures(
        (
            (str(work.total.total), t("actions")),
            (str(work.desk.total), t("evidence and answers")),
            (str(work.total.in_time), t("can be completed by the cut-off date")),
            (str(work.total.late), t("cannot be completed by then")),
        )
    )
    return make_section("needs", title, figures, Bullets(items=list_needs(paper_input, plan, t)))


def _agencies(plan: ActionPlan, t: Translator) -> Section:
    owned: defaultdict[str, list[Action]] = defaultdict(list)
    for action in plan.actions:
        owned[name_owner(action, plan.agencies, t)].append(action)
    desk = {one.id for one in list_desk_work(plan)}
    rows = [
        (
            name or t("not named"),
            len(actions),
            sum(one.id in desk for one in actions),
            sum(one.id not in desk for one in actions),
            t.day(min(map(plan.find_due, actions))),
        )
        for name, actions in sorted(owned.items(), key=lambda item: (-len(item[1]), item[0]))
    ]
    heads = (
        (t("Agency"), 6),
        (t("Actions"), 2, True),
        (t("Evidence and answers"), 3, True),
        (t("Measures"), 2, True),
        (t("First due date"), 4),
    )
    title = t.plural("{n} agency has work to do", "{n} agencies have work to do", len(owned))
    kept = _keep_first(rows, _AGENCIES, t)
    table = make_table("agencies", title, heads, kept, empty=t("The plan has no action."))
    return make_section("agencies", title, table)
