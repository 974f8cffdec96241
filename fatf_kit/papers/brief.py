"""The minister's brief: one page with what is wrong, what follows, and the decisions that can still count."""

from __future__ import annotations

from collections.abc import Iterator

from fatf_kit.action_plan.model import ActionPlan
from fatf_kit.action_plan.names import name_owner
from fatf_kit.assessed.facts import WorkCount
from fatf_kit.core.messages import Translator
from fatf_kit.evaluation_calendar.timetable import SUBMISSION_STEPS
from fatf_kit.outlook.model import LineKind, Outlook
from fatf_kit.outlook.report import describe_outlook
from fatf_kit.outlook.sentences import describe_levels, describe_threshold
from fatf_kit.papers.blank_report import build_blank_section
from fatf_kit.papers.report_input import PaperInput, get_country_name, name_some_agencies
from fatf_kit.papers.requested_decisions import build_decisions_table, choose_decisions
from fatf_kit.published.listing_status import describe_listing
from fatf_kit.report.model import Bullets, Chart, ChartKind, Document, Figure, Section, Series
from fatf_kit.report.sections import make_section
from fatf_kit.scoring.report.notices import phrase_indicative_notice
from fatf_kit.scoring.report.traces import name_unit

_LARGEST, _SILENT = 2, 3
"""Gaps, and agencies that sent nothing, that are named."""
_CHART_WIDTH = 60  # per cent: the page holds the edition and the sentence on independence too


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
        table = build_decisions_table(choose_decisions(paper_input, plan, t), t)
        needs = Bullets(items=list_needs(paper_input, plan, t))
        sections.append(make_section("needs", t("Work required"), needs))
        sections.append(make_section("decisions", t("Decisions requested"), table))
    return tuple(sections)


def list_wrong(paper_input: PaperInput, t: Translator) -> tuple[str, ...]:
    """List what is overdue, how many ratings are good, the largest gaps, and what lacks evidence or an answer."""
    facts = paper_input.facts
    lifted = facts.ratings.lifted
    decided = t.plural(
        "{n} of these ratings rests on national decisions above the evidence; assessors may not follow them.",
        "{n} of these ratings rest on national decisions above the evidence; assessors may not follow them.",
        lifted,
    )
    levels = describe_levels(paper_input.standing, t)
    open_points = (
        t.plural("{n} answer lacks evidence.", "{n} answers lack evidence.", facts.answers.without_evidence),
        t.plural("{n} requirement has no answer.", "{n} requirements have no answer.", facts.answers.unanswered),
        t("Assessors may find further gaps."),
    )
    texts = (
        " ".join(_list_overdue(paper_input, t)),
        f"{levels} {decided}" if lifted else levels,
        t("The largest gaps are in {units}.", units=t.listed(gaps)) if (gaps := _name_largest(paper_input, t)) else "",
        " ".join(open_points),
    )
    return tuple(filter(None, texts))


def _list_overdue(paper_input: PaperInput, t: Translator) -> Iterator[str]:
    """Yield the submissions that are overdue, and the agencies that have sent nothing, by name."""
    for submission in paper_input.facts.overdue_submissions:
        name, day = name_submission(submission.step, t), t.day(submission.day)
        yield t.plural(
            "The submission {name} was due on {day}, {n} day ago.",
            "The submission {name} was due on {day}, {n} days ago.",
            -submission.days,
            name=name,
            day=day,
        )
    if silent := paper_input.facts.silent_agencies:
        agencies = name_some_agencies([paper_input.name_agency(agency) for agency in silent], _SILENT, t)
        yield t.plural(
            "{n} agency has sent no answers: {agencies}.",
            "{n} agencies have sent no answers: {agencies}.",
            len(silent),
            agencies=agencies,
        )


def name_submission(step: str, t: Translator) -> str:
    """Name a submission by its step, as it follows "the submission"."""
    return t("on technical compliance") if step == SUBMISSION_STEPS[0] else t("on effectiveness")


def _name_largest(paper_input: PaperInput, t: Translator) -> tuple[str, ...]:
    """Name the Recommendations and outcomes of the largest gaps, with their titles."""
    titles = {unit.id: unit.title for unit in paper_input.framework.units}
    gaps = paper_input.facts.largest_gaps[:_LARGEST]
    return tuple(f"{name_unit(gap.unit, t)} ({titles[gap.unit]})" for gap in gaps)


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
    """Yield the days until the visit begins and ends, and the country's submissions that are still to come."""
    facts = paper_input.facts
    visit = facts.visit
    if visit is None:
        yield t("The date of the visit is not entered yet.")
        return
    if visit.begin and visit.days_until_begin is not None and visit.days_until_begin >= 0:
        yield t.plural(
            "The visit begins in {n} day, on {first}, and ends on {last}; only measures in force by then count.",
            "The visit begins in {n} days, on {first}, and ends on {last}; only measures in force by then count.",
            visit.days_until_begin,
            first=t.day(visit.begin),
            last=t.day(visit.end),
        )
    elif visit.days_until_end >= 0:
        yield t.plural(
            "{n} day is left until the visit ends on {day}; only measures in force by then count.",
            "{n} days are left until the visit ends on {day}; only measures in force by then count.",
            visit.days_until_end,
            day=t.day(visit.end),
        )
    for submission in facts.submissions:
        if submission.days >= 0:
            name = name_submission(submission.step, t)
            yield t("The submission {name} is due on {day}.", name=name, day=t.day(submission.day))


def list_needs(paper_input: PaperInput, plan: ActionPlan, t: Translator) -> tuple[str, ...]:
    """List the work that the plan needs, by its kind, with how much can be completed in time."""
    work = paper_input.facts.work
    assert work is not None  # noqa: S101 - counted with the plan
    measures = (
        t.plural("{n} law or treaty", "{n} laws or treaties", work.laws.total),
        t.plural("{n} regulation or procedure", "{n} regulations or procedures", work.instruments.total),
        t.plural(
            "{n} entry into force brought forward",
            "{n} entries into force brought forward",
            work.entries_into_force.total,
        ),
    )
    laws = t("The plan needs {measures}.", measures=t.listed(measures))
    practice = t.plural(
        "{n} action changes the practice of agencies.",
        "{n} actions change the practice of agencies.",
        work.practice.total,
    )
    owners = list(
        dict.fromkeys(name_owner(action, plan.agencies, t) for action in plan.actions if action.kind == "resources")
    )
    staff = t("No agency reports a lack of staff or resources.")
    if owners:
        agencies = t.listed(owners)
        staff = t.plural(
            "One agency reports a lack of staff or resources: {agencies}.",
            "These agencies report a lack of staff or resources: {agencies}.",
            len(owners),
            agencies=agencies,
        )
    costs = t("The assessment has no cost figures.")
    tasks = t.plural(
        "{n} task needs no new measure, only evidence or an answer.",
        "{n} tasks need no new measure, only evidence or answers.",
        work.desk.total,
    )
    return (
        f"{laws} {_describe_late(work.measures, t)}".strip(),
        f"{practice} {_describe_late(work.practice, t)}".strip(),
        f"{tasks} {_describe_late(work.desk, t)}".strip(),
        f"{staff} {costs}",
    )


def _describe_late(count: WorkCount, t: Translator) -> str:
    """Describe how much of some work cannot be completed in time; empty where all of it can."""
    if not count.late:
        return ""
    if count.late == count.total:
        return t("With the usual lead times, none of them can be completed by the cut-off date.")
    return t.plural(
        "With the usual lead times, {n} of them cannot be completed by the cut-off date.",
        "With the usual lead times, {n} of them cannot be completed by the cut-off date.",
        count.late,
    )


def draw_basis(paper_input: PaperInput, t: Translator) -> Chart:
    """Return the one chart of the brief: what the good ratings rest on. Its title is its message."""
    standing = paper_input.standing
    claimed = sum(counts.claimed for counts in standing)
    names = (t("Recommendations at C or LC"), t("Outcomes at HE or SE"))
    waiting, missing = t("depends on unanswered questions"), t("claimed, evidence missing")
    keys = (t("shown"), missing, waiting, t("below that level"))
    values = [(counts.shown, counts.claimed, counts.unanswered, counts.below) for counts in standing]
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
        alt=describe_levels(standing, t),
        keys=keys,
        series=tuple(series),
        codes=("LC", "C", "", "PC"),
        compact=True,
    )


def _first_threshold(outlook: Outlook, t: Translator) -> tuple[str, ...]:
    """Describe the first threshold of referral that is met in the worst case."""
    for result in outlook.lines:
        if result.line.kind is LineKind.ICRG and result.met.worst:
            return (describe_threshold(result, t),)
    return ()
