"""The papers on plans that others word: the report to the reviewers, the country's own status, the calendar."""

from __future__ import annotations

from dataclasses import replace

from fatf_kit.action_plan.items.annexes import find_open_annexes, number_annexes
from fatf_kit.action_plan.items.checks import check_claims, check_grounds
from fatf_kit.action_plan.items.cycles import describe_cycle_day, list_cycle_days
from fatf_kit.action_plan.items.re_ratings import KnownRatings, build_effect_section
from fatf_kit.action_plan.items.reviewer_report import ReviewerReportInput, build_reviewer_report
from fatf_kit.action_plan.items.status_report import StatusReportInput, build_status_report
from fatf_kit.action_plan.review import ItemReview, list_item_problems
from fatf_kit.assessment.folder.folder import name_country
from fatf_kit.assessment.folder.model import PLAN_ITEMS
from fatf_kit.core.dates import check_moment
from fatf_kit.core.errors import FatfKitError, UnknownIdError
from fatf_kit.core.messages import Translator
from fatf_kit.core.national_words import add_country, base_language
from fatf_kit.core.problems import Problem
from fatf_kit.core.resources import tool_version
from fatf_kit.evaluation_calendar.ics import CalendarEntry, render_ics
from fatf_kit.framework import load_framework
from fatf_kit.framework.question_bank import load_bank
from fatf_kit.outlook import load_rules
from fatf_kit.outlook.sources import collect_ratings
from fatf_kit.published import find_report
from fatf_kit.report.imprint import Imprint
from fatf_kit.report.model import Report
from fatf_kit.workflows.scoring import score


def action_plan_report(
    review: ItemReview,
    plan: str | None = None,
    *,
    cycle: str | None = None,
    is_full: bool = False,
    generated_at: str,
    language: str = "en",
) -> Report:
    """Return the report to the reviewers on a plan in a cycle: the country's statements, item by item.

    A status for which nothing was handed in is proposed only where the coordinator confirmed it in action-plan.xlsx;
    `check_action_plan_report` lists those that are left out.

    `plan` is needed where several plans have items; `cycle` is by default the next one. The short form has the items on
    which something is new or due, the full one all of them with the earlier cycles.

    Raises:
        UnknownIdError: no such plan, cycle or language.
        FatfKitError: no plan has items, there is no cycle, or `generated_at` is not a date.

    >>> from datetime import date
    >>> from fatf_kit import review_items
    >>> review = review_items("examples/ruritania-after", today=date(2029, 7, 2))
    >>> action_plan_report(review, "icrg", cycle="2029-06", generated_at="2029-07-02").document.title
    'Progress report'
    """
    plan = _choose_plan(review, plan)
    t, imprint = _imprint(review, generated_at, language)
    evidence = number_annexes(review.register.evidence)
    review = replace(review, register=replace(review.register, evidence=evidence))
    given = ReviewerReportInput(
        register=review.register,
        progress=review.progress(plan, cycle),
        sources=review.sources,
        imprint=imprint,
        is_full=is_full,
        published=_published_ratings(review),
    )
    return build_reviewer_report(given, t)


def check_action_plan_report(
    review: ItemReview, plan: str | None = None, *, cycle: str | None = None
) -> tuple[Problem, ...]:
    """Return what the writer of a report to the reviewers should know before it is sent, item by item.

    These are claims without evidence, claims better than their evidence, items without a baseline, results that do not
    concern higher risks, and annex numbers that could still change.

    Raises:
        UnknownIdError: no such plan or cycle.
        FatfKitError: several plans or none have items, or there is no cycle.

    >>> from datetime import date
    >>> from fatf_kit import review_items
    >>> review = review_items("examples/ruritania-after", today=date(2029, 7, 2))
    >>> [problem.code for problem in check_action_plan_report(review, "icrg", cycle="2029-06")]
    ['item-claim-unshown', 'item-risk-unrated']
    """
    progress = review.progress(_choose_plan(review, plan), cycle)
    return (*find_open_annexes(review.register.evidence), *check_claims(progress), *check_grounds(progress.items))


def _choose_plan(review: ItemReview, plan: str | None) -> str:
    plans = _require_plans(review)
    if plan is None and len(plans) > 1:
        raise FatfKitError("Several plans have items: {names}. Choose one.", names=plans)
    return plan or plans[0]


def action_plan_status(
    review: ItemReview, *, cycle: str | None = None, generated_at: str, language: str = "en"
) -> Report:
    """Return the country's own paper on all its plans: what is claimed, shown, decided and missing.

    It compares with the ratings of the country's published report, or else with the indicative ratings of the folder,
    which is scored for it.

    Raises:
        UnknownIdError: no such cycle or language.
        FatfKitError: no plan has items, there is no cycle, or `generated_at` is not a date.

    >>> from datetime import date
    >>> from fatf_kit import review_items
    >>> review = review_items("examples/ruritania-after", today=date(2029, 7, 2))
    >>> action_plan_status(review, generated_at="2029-07-02").document.title
    'Status of the action plans'
    """
    t, imprint = _imprint(review, generated_at, language)
    plans = [review.progress(plan, cycle) for plan in _require_plans(review)]
    given = StatusReportInput(
        register=review.register,
        plans=plans,
        problems=(*review.problems, *list_item_problems(review)),
        imprint=imprint,
        questions=_questions(review.framework.id, t.language),
        effect=build_effect_section(plans, _known_ratings(review, t), t),
    )
    return build_status_report(given, t)


def _require_plans(review: ItemReview) -> tuple[str, ...]:
    if not review.plans:
        raise FatfKitError(
            "{file} has no items yet. Begin a plan with 'fatf-kit action-plan make --kind icrg'.", file=PLAN_ITEMS
        )
    return review.plans


def _imprint(review: ItemReview, generated_at: str, language: str) -> tuple[Translator, Imprint]:
    check_moment(generated_at)
    settings = review.workspace.settings
    t = Translator(add_country(language, settings.country))
    return t, Imprint(
        country=name_country(settings, t.language),
        edition=load_framework(settings.edition, t.language).full_title,
        generated_at=generated_at,
        tool=tool_version(),
        notices=tuple(map(t, settings.notices)),
    )


def _questions(edition: str, language: str) -> dict[str, tuple[str, ...]]:
    """Return the questions of the mock visit by outcome."""
    found: dict[str, tuple[str, ...]] = {}
    for issue, questions in load_bank(edition, base_language(language)).items():
        unit = issue.partition("/")[0]
        found[unit] = (*found.get(unit, ()), *(one.question for one in questions))
    return found


def _published_ratings(review: ItemReview) -> KnownRatings | None:
    """Return the ratings of the country's published evaluation report; None where none is published."""
    try:
        report = find_report(review.workspace.settings.country, "MER")
    except UnknownIdError:
        return None
    return KnownRatings(ratings=report.ratings, rules=load_rules(report.edition), source=report.label)


def _known_ratings(review: ItemReview, t: Translator) -> KnownRatings:
    country = review.workspace.settings.country
    try:
        report = find_report(country)
    except UnknownIdError:
        ratings = collect_ratings(score(review.workspace.path).assessment)
        source = t("indicative ratings of the assessment folder")
        return KnownRatings(ratings=ratings, rules=load_rules(review.framework.id), source=source)
    return KnownRatings(ratings=report.ratings, rules=load_rules(report.edition), source=report.label)


def action_plan_calendar(review: ItemReview, *, language: str = "en") -> bytes:
    """Return the days of all cycles as an iCalendar file.

    Raises:
        UnknownIdError: no such language.

    >>> from datetime import date
    >>> from fatf_kit import review_items
    >>> review = review_items("examples/ruritania-after", today=date(2029, 7, 2))
    >>> action_plan_calendar(review)[:15]
    b'BEGIN:VCALENDAR'
    """
    t, _ = _imprint(review, review.today.isoformat(), language)
    entries = [
        CalendarEntry(
            uid=f"cycle-{cycle.id}-{day.id}@fatf-kit",
            first=day.day,
            last=day.day,
            title=describe_cycle_day(cycle, day, t),
            text=t("Confidence of this date: {confidence}", confidence=t(day.confidence)),
        )
        for cycle in review.register.cycles_by_id.values()
        for day in list_cycle_days(cycle)
    ]
    country = name_country(review.workspace.settings, t.language)
    name = t("{name}: {text}", name=t("Action plan"), text=country)
    return render_ics(entries, name=name, stamp=review.today)
