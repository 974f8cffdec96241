"""The public functions of an overview of several countries, for an adviser or a regional secretariat."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from fatf_kit.action_plan.items.cycles import list_cycle_days
from fatf_kit.action_plan.items.folder_part import find_items
from fatf_kit.action_plan.items.rules import load_monitoring
from fatf_kit.action_plan.needs.matrix import PENDING
from fatf_kit.action_plan.needs.rules import load_assistance
from fatf_kit.action_plan.progress import count_overdue
from fatf_kit.action_plan.reading import read_own_plan
from fatf_kit.action_plan.review import ItemReview, review_items
from fatf_kit.core.dates import parse_day
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.files import shown_name
from fatf_kit.core.messages import Translator
from fatf_kit.core.progress import ProgressCallback, with_progress
from fatf_kit.core.ratings import FindingKind
from fatf_kit.core.resources import tool_version
from fatf_kit.evaluation_calendar.timetable import VISIT, Schedule
from fatf_kit.outlook.evaluate import evaluate
from fatf_kit.outlook.rules import load_rules
from fatf_kit.outlook.sources import collect_ratings
from fatf_kit.papers.gap_annex import count_causes
from fatf_kit.papers.overview import build_overview_report
from fatf_kit.papers.overview_model import (
    Basis,
    CountryState,
    GapSets,
    LateCounts,
    OpenNeed,
    Overview,
    OverviewDate,
    PlanState,
)
from fatf_kit.published import find_report
from fatf_kit.published.listings import find_listing
from fatf_kit.published.model import PublishedReport
from fatf_kit.report.model import Report
from fatf_kit.scoring.finding import Finding
from fatf_kit.scoring.model import Assessment
from fatf_kit.workflows.folder_scoring import FolderScore
from fatf_kit.workflows.scoring import ScoringResult, score
from fatf_kit.workflows.status import folder_status


def overview(
    folders: Iterable[str | Path],
    *,
    published: Iterable[str] = (),
    today: date | None = None,
    language: str = "en",
    on_progress: ProgressCallback | None = None,
) -> Overview:
    """Return the state of several countries: one row for each assessment folder, then for each published report.

    `published` are ISO 3166-1 alpha-3 codes or English names, whose newest published ratings are used. Each folder is
    scored once, one after the other; one that cannot be read is a problem in its row. `today` is the present day by
    default. `on_progress` is called with the number of folders read and their total.

    Raises:
        UnknownIdError: no such jurisdiction or language.

    >>> found = overview(["examples/ruritania"], published=["IRQ"], today=date(2026, 11, 29))
    >>> [(one.name, one.answered > 0) for one in found.countries]
    [('Ruritania', True), ('Iraq', False)]
    """
    day, t = today or date.today(), Translator(language)
    reports = [find_report(name) for name in published]
    places = list({Path(path).resolve(): Path(path) for path in folders}.values())
    states = [_read_folder(path, day, t) for path in with_progress(places, len(places), on_progress)]
    states += [_read_published(report, day, t) for report in reports]
    return Overview(today=day, language=t.language, countries=tuple(states))


def overview_report(found: Overview, *, generated_at: str) -> Report:
    """Return an overview as document, tables and JSON in its language; `generated_at` is printed as given.

    Raises:
        FatfKitError: `generated_at` is not a date.

    >>> from datetime import date
    >>> from fatf_kit import overview
    >>> found = overview(["examples/ruritania"], published=["IRQ"], today=date(2026, 11, 29))
    >>> overview_report(found, generated_at="2026-11-29").document.title
    'Several countries: overview'
    """
    parse_day(generated_at[:10])
    t = Translator(found.language)
    return build_overview_report(found, t, tool=tool_version(), generated_at=generated_at)


def _read_folder(path: Path, today: date, t: Translator) -> CountryState:
    try:
        scored = score(path)
        if scored.folder is None:
            raise FatfKitError(
                "{folder} is not an assessment folder. Name the folder with assessment.xlsx.", folder=shown_name(path)
            )
        return _describe_folder(scored, scored.folder, today, t)
    except FatfKitError as fault:
        problem = fault.message_in(t)
    except OSError as fault:
        problem = t("Cannot continue: {reason}", reason=fault.strerror)
    return CountryState(name=path.resolve().name, problem=problem)


def _describe_folder(scored: ScoringResult, folder: FolderScore, today: date, t: Translator) -> CountryState:
    facts = scored.facts(today)
    status = folder_status(scored, today=today, language=t.language)
    review = review_items(folder, today=today)
    plans = tuple(list_plan_states(review))
    schedule = scored.schedule
    name = scored.country(t.language)
    actions, problem = _count_late_actions(folder.workspace.path, today, t)
    dates, missions = _list_dates(schedule, review, name, today)
    return CountryState(
        name=name,
        iso3=scored.iso3,
        problem=problem,
        notice=" ".join(map(t, folder.workspace.settings.notices)),
        edition=scored.framework.id,
        visit=(schedule.visit, schedule.visit_end) if schedule else None,
        requested=facts.answers.requested,
        answered=facts.answers.answered,
        agencies=len(facts.agencies),
        standing=(facts.ratings.recommendations, facts.ratings.outcomes),
        outlook=evaluate(load_rules(scored.framework.id), collect_ratings(scored.assessment)),
        listing=find_listing(scored.iso3, today) if scored.iso3 else None,
        plans=plans,
        late=LateCounts(
            workbooks=sum(agency.is_overdue for agency in facts.agencies),
            bills=status.bills_late,
            actions=actions,
            items=sum(one.overdue for one in plans),
        ),
        dates=dates,
        missions=missions,
        gaps=_collect_gaps(scored.assessment, scored.findings),
        needs=tuple(
            OpenNeed(kind=one.kind, partner=one.partner)
            for one in find_items(folder).needs
            if not one.is_confidential and load_assistance().group_of(one.status) in PENDING
        ),
    )


def _read_published(report: PublishedReport, today: date, t: Translator) -> CountryState:
    low = {unit for unit, rating in report.ratings.items() if rating.rank in (0, 1)}
    rated = frozenset(unit for unit, rating in report.ratings.items() if rating.rank is not None)
    return CountryState(
        name=t.country(report.iso3, report.jurisdiction),
        iso3=report.iso3,
        basis=Basis.PUBLISHED,
        edition=report.edition,
        report=report.label,
        outlook=evaluate(load_rules(report.edition), report.ratings),
        listing=find_listing(report.iso3, today),
        gaps=GapSets(edition=report.edition, basis=Basis.PUBLISHED, looked_at=rated, gaps=frozenset(low)),
    )


def list_plan_states(review: ItemReview) -> Iterator[PlanState]:
    """Yield each kind of plan in its next cycle; nothing where there is no cycle."""
    if not review.register.cycles:
        return
    rules = load_monitoring()
    for kind in review.plans:
        found = review.progress(kind)
        yield PlanState(
            kind=kind,
            name=rules.kind(kind).name,
            cycle=found.cycle.id,
            total=len(found.heads),
            claimed=found.count("claimed"),
            decided=found.count("decided"),
            done=found.count_done("decided"),
            overdue=sum(one.is_overdue for one in found.heads),
            is_visit=found.cycle.is_visit,
            unproven=found.count_unproven(),
        )


def _list_dates(
    schedule: Schedule | None, review: ItemReview, country: str, today: date
) -> tuple[tuple[OverviewDate, ...], tuple[OverviewDate, ...]]:
    """Return the coming dates of a country, and its visits and meetings among them, in order of time."""
    events = schedule.events if schedule else ()
    found = [(one.day, one.id, one.what, one.by, one.until) for one in events]
    for cycle in review.register.cycles:
        found += [(one.day, one.id, one.name, one.by, None) for one in list_cycle_days(cycle)]
    dates, missions = [], []
    for day, key, what, by, until in sorted(found, key=lambda one: one[:2]):
        if (until or day) >= today:
            days = (day - today).days
            dates.append(OverviewDate(country=country, day=day, what=what, by=by, days=days, until=until))
            missions += dates[-1:] if key in (VISIT, "meeting") else []
    return tuple(dates), tuple(missions)


def _count_late_actions(home: Path, today: date, t: Translator) -> tuple[int | None, str]:
    """Return how many actions of the newest plan of a folder are overdue, or a problem; None where it has no plan."""
    book, fault = read_own_plan(home)
    return (count_overdue(book, today) if book else None), (fault.message_in(t) if fault else "")


def _collect_gaps(assessment: Assessment, findings: Sequence[Finding]) -> GapSets:
    """Return the gaps that answers show: Recommendations with a criterion that falls short, and core issues."""
    unanswered = {one.requirement for one in findings if one.kind is FindingKind.UNANSWERED}
    short = [one for one in findings if one.kind is FindingKind.SHORTCOMING]
    issues = {issue.id for outcome in assessment.outcomes for issue in outcome.core_issues}
    recommendations = {unit.id for unit in assessment.recommendations if unit.coverage.answered}
    gaps = {one.requirement if one.requirement in issues else one.unit for one in short}
    looked_at = recommendations | (issues - unanswered)
    return GapSets(
        edition=assessment.edition,
        basis=Basis.ANSWERS,
        looked_at=frozenset(looked_at),
        gaps=frozenset(gaps & looked_at),
        causes={cause: len(found) for cause, found in count_causes(findings).items()},
    )
