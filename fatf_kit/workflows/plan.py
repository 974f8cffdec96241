"""The public functions of planning: an action plan and its progress."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from fatf_kit.action_plan.actions import derive_actions, derive_mock_visit_actions, derive_published_actions
from fatf_kit.action_plan.book import render_plan
from fatf_kit.action_plan.build import PlanTerms, build_plan
from fatf_kit.action_plan.effects import collect_states
from fatf_kit.action_plan.efforts import load_efforts
from fatf_kit.action_plan.items.cycles import describe_cycle_day, list_cycle_days
from fatf_kit.action_plan.items.folder_part import find_items
from fatf_kit.action_plan.model import ActionPlan
from fatf_kit.action_plan.names import name_action, name_owner
from fatf_kit.action_plan.progress import PlanProgress, check_done_dates, track_progress
from fatf_kit.action_plan.progress_payload import make_progress_result
from fatf_kit.action_plan.progress_report import build_progress
from fatf_kit.action_plan.reading import read_plan
from fatf_kit.assessment.answers.country_names import find_country
from fatf_kit.core.errors import FatfKitError, UnknownIdError
from fatf_kit.core.files import list_paths
from fatf_kit.core.json_files import make_json_value
from fatf_kit.core.messages import Translator
from fatf_kit.core.national_words import add_country
from fatf_kit.core.problems import Problem
from fatf_kit.core.progress import ProgressCallback
from fatf_kit.evaluation_calendar.folder_settings import Day, read_day, read_plan_settings
from fatf_kit.evaluation_calendar.report import LateAction
from fatf_kit.evaluation_calendar.settings import PlanSettings
from fatf_kit.evaluation_calendar.timetable import OWN, Actor, CalendarDate, Schedule, schedule_assessment
from fatf_kit.framework import load_framework
from fatf_kit.laws.deadlines import list_deadlines
from fatf_kit.laws.folder_part import find_laws
from fatf_kit.mock_visit.model import Debrief
from fatf_kit.outlook import Target, load_rules
from fatf_kit.outlook.actions import choose_actions, load_action_rules
from fatf_kit.outlook.sources import collect_ratings
from fatf_kit.published import find_report
from fatf_kit.report.model import Report
from fatf_kit.scoring import load_policy
from fatf_kit.workflows.mock_visit import mock_debrief
from fatf_kit.workflows.scoring import ScoringResult, score


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanResult:
    """A plan with the assessment that it was made from; None where only published ratings are known.

    `mock_problems` are those of the sheets of a mock visit that were given with the answers.
    """

    plan: ActionPlan
    settings: PlanSettings
    scored: ScoringResult | None = None
    mock_problems: tuple[Problem, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The problems in the answers behind the plan, and in the sheets of the mock visit."""
        return (*(self.scored.problems if self.scored else ()), *self.mock_problems)

    def workbook(self, language: str = "en") -> bytes:
        """Return the plan as an Excel workbook in one language.

        Raises:
            UnknownIdError: no such language.
        """
        language = self.national(language)
        framework, t = load_framework(self.plan.edition, language), Translator(language)
        dates = self.add_deadlines(self.schedule, t).events if self.schedule else ()
        country = self.scored.country(language) if self.scored and self.scored.folder else ""
        return render_plan(self.plan, framework, t, country=country, dates=dates)

    def national(self, language: str) -> str:
        """Return the language as the country uses it."""
        iso3 = self.scored.iso3 if self.scored else find_country(self.plan.country or "")
        return add_country(language, iso3)

    @property
    def schedule(self) -> Schedule | None:
        """The dates of the evaluation; None where no cut-off date is known."""
        if self.plan.cut_off is None:
            return None
        home = self.scored.workspace if self.scored else None
        settings = home.settings if home else None
        return schedule_assessment(self.plan.edition, self.settings, settings, self.plan.cut_off)

    def add_deadlines(self, schedule: Schedule, t: Translator) -> Schedule:
        """Return the schedule with the deadlines of the folder's laws, and the days of the cycles of its plans."""
        folder = self.scored.folder if self.scored else None
        if folder is None:
            return schedule
        found = [
            (f"law-{one.kind}-{one.law}".casefold(), one.text, Actor.COUNTRY, one.day, OWN)
            for one in list_deadlines(find_laws(folder).register, t)
        ]
        for cycle in find_items(folder).cycles_by_id.values():
            for day in list_cycle_days(cycle):
                name = describe_cycle_day(cycle, day, t)
                found.append((f"cycle-{cycle.id}-{day.id}", name, day.by, day.day, day.confidence))
        more = (
            CalendarDate(id=key, what=what, by=by, day=day, until=None, confidence=confidence)
            for key, what, by, day, confidence in found
        )
        return replace(schedule, events=tuple(sorted((*schedule.events, *more), key=lambda event: event.day)))

    def flags(self, language: str = "en") -> tuple[LateAction, ...]:
        """Return the actions that cannot be done by the cut-off, the soonest first."""
        language = self.national(language)
        t, plan = Translator(language), self.plan
        framework = load_framework(plan.edition, language)
        found = [
            LateAction(
                name=f"{a.id} {name_action(a, framework, t)}",
                owner=name_owner(a, plan.agencies, t),
                soonest=plan.slots[a.id].due,
            )
            for a in plan.actions
            if plan.slots[a.id].late
        ]
        return tuple(sorted(found, key=lambda flag: (flag.soonest, flag.name)))


def plan_of(
    paths: str | Path | Iterable[str | Path],
    *,
    start: Day,
    target: str | None = None,
    visit_end: Day | None = None,
    edition: str | None = None,
    policy: str | None = None,
    settings: str | Path | None = None,
    mock: str | Path | None = None,
    on_progress: ProgressCallback | None = None,
) -> PlanResult:
    """Score workbooks or an assessment folder, and return a plan of what is missing that begins on a day.

    Args:
        paths: As for `score`.
        start: The day on which work begins.
        target: "leave-icrg" or "regular": the actions for the target come first; None: only effect per effort counts.
        visit_end: Last day of the visit, on which measures have to be in force; None: as the answers say.
        edition: As for `score`.
        policy: As for `score`.
        settings: A file of the country's own settings; None: plan.json in the folder, if any.
        mock: Scored sheets of a mock visit, or a folder of them, whose findings become actions too; None: those in
            mock/ of the assessment folder, if any.
        on_progress: As for `score`.

    Raises:
        UnknownIdError: no such target, edition or policy.
        FatfKitError: nothing can be read, a setting is not possible, or the mock visit was about another edition.

    >>> plan = plan_of("examples/ruritania/workbook", start="2026-01-04").plan
    >>> plan.edition, len(plan.actions) > 20
    ('fatf-2022', True)
    """
    goal = _read_target(target)
    given = list_paths(paths)
    cut_off = read_day(visit_end) if visit_end is not None else None
    scored = score(given, edition=edition, cut_off=cut_off, policy=policy, on_progress=on_progress)
    if not scored.responses.inputs:
        raise FatfKitError("No workbook could be read. {problems}", problems=scored.problems)
    own = read_plan_settings(given, settings, scored.iso3 or scored.assessment.country)
    mock_visit = mock_debrief(mock) if mock is not None else None
    debrief = mock_visit.found if mock_visit else scored.folder[Debrief] if scored.folder else None
    made = plan_scored(scored, own, start=read_day(start), target=goal, debrief=debrief)
    problems = mock_visit.problems if mock_visit else ()
    return PlanResult(plan=made, scored=scored, settings=own, mock_problems=problems)


def plan_scored(
    scored: ScoringResult,
    settings: PlanSettings,
    *,
    start: date,
    target: Target | None = None,
    debrief: Debrief | None = None,
) -> ActionPlan:
    """Return the plan of an assessment that is scored already; `debrief` is what a mock visit showed."""
    assessment, framework = scored.assessment, scored.framework
    home = scored.workspace
    duties, agencies = (home.assignment.duties, home.agencies) if home else ({}, ())
    names: dict[str, Mapping[str, str]] = {**(debrief.sheets.names if debrief else {})}
    names |= {agency.id: agency.names for agency in agencies}
    rules, efforts = load_rules(framework.id), load_efforts()
    ratings, candidates = collect_ratings(assessment), load_action_rules(framework.id)
    key_actions = choose_actions(framework, candidates, rules, ratings, scored.findings)
    actions = derive_actions(
        framework,
        scored.findings,
        efforts,
        settings,
        leads={name: duty.lead for name, duty in duties.items() if duty.lead},
        holders={role: agency.id for agency in reversed(agencies) for role in agency.roles},
        in_force=assessment.in_force_later,
        key_findings={action.finding for action in key_actions if action.finding},
    )
    if debrief is not None:
        actions += derive_mock_visit_actions(debrief, framework, efforts, settings, begun=len(actions))
    terms = PlanTerms(
        edition=framework.id,
        country=assessment.country,
        policy=scored.policy,
        rules=rules,
        start=start,
        cut_off=assessment.cut_off,
        settings=settings,
        target=target,
        notices=scored.responses.notices,
        agencies=names,
    )
    return build_plan(terms, collect_states(assessment, scored.findings), actions)


def published_plan(
    jurisdiction: str,
    *,
    start: Day,
    report: str = "MER",
    target: str | None = None,
    cut_off: Day | None = None,
    settings: str | Path | None = None,
) -> PlanResult:
    """Return the skeleton of a plan from published ratings alone: one action for each low Recommendation and outcome.

    The ratings do not name the shortcomings behind them. An action is assumed to bring a Recommendation to LC, and an
    outcome one level up. `cut_off` is the day by which re-ratings must be requested; None: no action is late.

    Raises:
        UnknownIdError: no such jurisdiction, report or target.

    >>> plan = published_plan("IRQ", start="2026-12-06").plan
    >>> plan.actions[0].id, plan.actions[0].units
    ('A-01', ('R.8',))
    """
    goal = _read_target(target)
    found = find_report(jurisdiction, report)
    own = read_plan_settings([], settings, found.iso3)
    framework, rules = load_framework(found.edition), load_rules(found.edition)
    chosen = choose_actions(framework, load_action_rules(found.edition), rules, found.ratings)
    units, actions = derive_published_actions(
        found, framework, load_efforts(), own, {action.addresses for action in chosen}
    )
    terms = PlanTerms(
        edition=found.edition,
        country=found.jurisdiction,
        policy=load_policy(),
        rules=rules,
        start=read_day(start),
        cut_off=read_day(cut_off) if cut_off is not None else None,
        settings=own,
        target=goal,
    )
    return PlanResult(plan=build_plan(terms, units, actions), settings=own)


def _read_target(target: str | None) -> Target | None:
    if target is not None and target not in list(Target):
        raise UnknownIdError("'{found}' is not a target. Allowed: {names}.", found=target, names=tuple(Target))
    return Target(target) if target else None


def progress(
    path: str | Path, *, today: Day, settings: str | Path | None = None, policy: str | None = None
) -> tuple[PlanProgress, tuple[Problem, ...]]:
    """Return the progress of the plan in a workbook on a day, and every problem in the workbook.

    An action that was done only after the day counts as under way.

    Raises:
        UnknownIdError: the workbook names an edition or policy that is not here.
        FatfKitError: the workbook is not a plan, or its baseline is missing.

    >>> found, problems = progress("examples/ruritania-plan/plan-after-six-months.xlsx", today="2026-07-01")
    >>> found.book.country, len(found.standings), problems
    ('Ruritania', 140, ())
    """
    book, problems = read_plan(Path(path))
    own = read_plan_settings([path], settings, book.country, book.weekend)
    rules = load_rules(book.edition)
    day = read_day(today)
    found = track_progress(book, load_policy(policy or book.policy), rules, own, day)
    return found, (*problems, *check_done_dates(book, day))


def progress_report(given: PlanProgress, language: str = "en") -> Report:
    """Return the document on progress, and its JSON.

    Raises:
        UnknownIdError: no such language.

    >>> from fatf_kit import progress
    >>> found, _ = progress("examples/ruritania-plan/plan-after-six-months.xlsx", today="2026-07-01")
    >>> progress_report(found).document.title
    'Progress of the action plan'
    """
    language = add_country(language, find_country(given.book.country))
    framework = load_framework(given.book.edition, language)
    document = build_progress(given, framework, Translator(language))
    return Report(document=document, tables=(), payload=make_json_value(make_progress_result(given)))
