"""The verbs of planning: actions with their effects, how far they have come, and the dates of the evaluation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from fatf_kit.action_plan.book import render_plan
from fatf_kit.action_plan.build import PlanInput, PlanTerms, assemble, build_plan
from fatf_kit.action_plan.efforts import load_efforts
from fatf_kit.action_plan.model import ActionPlan
from fatf_kit.action_plan.names import name_action, name_owner
from fatf_kit.action_plan.progress import PlanProgress, check_done_dates, track_progress
from fatf_kit.action_plan.progress_report import build_progress, progress_payload
from fatf_kit.action_plan.published import derive_published_actions
from fatf_kit.action_plan.reading import read_plan
from fatf_kit.core.dates import check_day, parse_day
from fatf_kit.core.errors import FatfKitError, UnknownIdError
from fatf_kit.core.messages import Translator
from fatf_kit.core.problems import Problem
from fatf_kit.core.progress import ProgressCallback
from fatf_kit.core.resources import CURRENT_EDITION
from fatf_kit.evaluation_calendar.ics import render_ics
from fatf_kit.evaluation_calendar.report import LateAction, build_calendar, make_calendar_entries
from fatf_kit.evaluation_calendar.settings import SETTINGS, PlanSettings, add_weekend, read_settings
from fatf_kit.evaluation_calendar.timetable import Schedule, Timetable, apply_offsets, build_schedule, load_timetable
from fatf_kit.framework import load_framework
from fatf_kit.outlook import Target, load_rules
from fatf_kit.outlook.actions import choose_actions, load_action_rules
from fatf_kit.outlook.sources import collect_ratings
from fatf_kit.published import find_report
from fatf_kit.report.model import Document, Report
from fatf_kit.scoring import load_policy
from fatf_kit.workflows.mock_visit import mock_debrief
from fatf_kit.workflows.scoring import ScoringResult, score

Day = date | str
"""A day, or its text like "2027-03-19"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanResult:
    """A plan with the assessment that it was made from; None where only published ratings are known.

    `mock_problems` are those of sheets of a mock visit that were given beside the answers.
    """

    plan: ActionPlan
    settings: PlanSettings
    scored: ScoringResult | None = None
    mock_problems: tuple[Problem, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was wrong in the answers behind the plan, and in the sheets of the mock visit."""
        return (*(self.scored.problems if self.scored else ()), *self.mock_problems)

    def workbook(self, language: str = "en") -> bytes:
        """The plan as an Excel workbook in one language.

        Raises:
            UnknownIdError: no such language.
        """
        dates = self.schedule.events if self.schedule else ()
        return render_plan(self.plan, load_framework(self.plan.edition, language), Translator(language), dates=dates)

    @property
    def schedule(self) -> Schedule | None:
        """The dates of the evaluation, counted from the end of the visit; None where no cut-off date is known."""
        if self.plan.cut_off is None:
            return None
        table = load_timetable(self.plan.edition)
        first = find_first_day(table, self.settings, self.plan.cut_off)
        return build_schedule(table, self.settings, visit=first, visit_end=self.plan.cut_off)

    def flags(self, language: str = "en") -> tuple[LateAction, ...]:
        """Actions that cannot be done by the cut-off, the soonest first."""
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
    """Score workbooks or an assessment folder, and turn what is missing into a plan that begins on a day.

    Args:
        paths: As for `score`.
        start: The day on which work begins.
        target: "leave-icrg" or "regular": the shortest way there comes first; None: effect per effort alone.
        visit_end: Last day of the visit, on which measures have to be in force; None: as the answers say.
        edition: As for `score`.
        policy: As for `score`.
        settings: A file of the country's own settings; None: plan.json in the folder, where there is one.
        mock: Scored sheets of a mock visit, or a folder of them, whose findings become actions beside those of the
            assessment; None: those in the mock/ of an assessment folder, where there are any.
        told: As for `score`.

    Raises:
        UnknownIdError: no such target, edition or policy.
        FatfKitError: nothing can be read, a setting means nothing, or the mock visit was held under another edition.
    """
    if target is not None and target not in list(Target):
        raise UnknownIdError(f"There is no target {target!r}. Use one of: {', '.join(Target)}.")
    given = [paths] if isinstance(paths, str | Path) else list(paths)
    cut_off = read_day(visit_end) if visit_end is not None else None
    scored = score(given, edition=edition, cut_off=cut_off, policy=policy, on_progress=on_progress)
    if not scored.responses.inputs:
        raise FatfKitError(" ".join(("No workbook could be read.", *(p.message for p in scored.problems))))
    own = add_weekend(read_settings(find_settings_file(given, settings)), scored.iso3 or scored.assessment.country)
    rehearsed = mock_debrief(mock) if mock is not None else None
    made = build_plan(
        PlanInput(
            framework=scored.framework,
            assessment=scored.assessment,
            findings=scored.findings,
            policy=scored.policy,
            rules=load_rules(scored.framework.id),
            start=read_day(start),
            cut_off=scored.assessment.cut_off,
            settings=own,
            target=Target(target) if target else None,
            leads=_leads(scored),
            agencies=_agencies(scored),
            key_findings=_key_findings(scored),
            notices=scored.responses.notices,
            rehearsal=rehearsed.found if rehearsed else scored.folder.rehearsal if scored.folder else None,
        )
    )
    also = rehearsed.problems if rehearsed else ()
    return PlanResult(plan=made, scored=scored, settings=own, mock_problems=also)


def published_plan(
    jurisdiction: str,
    *,
    start: Day,
    report: str = "MER",
    target: str | None = None,
    cut_off: Day | None = None,
    settings: str | Path | None = None,
) -> PlanResult:
    """The skeleton of a plan from published ratings alone: an action for each Recommendation and outcome that is low.

    What falls short within them is not in the ratings. An action is taken to bring a Recommendation to LC, and an
    outcome one level up. `cut_off` is the day by which re-ratings are to be asked for; None: nothing is late.

    Raises:
        UnknownIdError: no such jurisdiction, report or target.
    """
    if target is not None and target not in list(Target):
        raise UnknownIdError(f"There is no target {target!r}. Use one of: {', '.join(Target)}.")
    found = find_report(jurisdiction, report)
    own = add_weekend(read_settings(find_settings_file([], settings)), found.iso3)
    framework, rules = load_framework(found.edition), load_rules(found.edition)
    chosen = choose_actions(framework, load_action_rules(found.edition), rules, found.ratings)
    units, actions = derive_published_actions(found, framework, load_efforts(), own, {action.unit for action in chosen})
    terms = PlanTerms(
        edition=found.edition,
        country=found.jurisdiction,
        policy=load_policy(),
        rules=rules,
        start=read_day(start),
        cut_off=read_day(cut_off) if cut_off is not None else None,
        settings=own,
        target=Target(target) if target else None,
    )
    return PlanResult(plan=assemble(terms, units, actions), settings=own)


def _leads(scored: ScoringResult) -> dict[str, str]:
    """The agency that leads, by requirement or unit, where an assessment folder says so."""
    duties = scored.folder.workspace.assignment.duties if scored.folder else {}
    return {name: duty.lead for name, duty in duties.items() if duty.lead}


def _agencies(scored: ScoringResult) -> dict[str, Mapping[str, str]]:
    """Names of agencies by language, by id."""
    return {agency.id: agency.names for agency in scored.folder.workspace.agencies} if scored.folder else {}


def _key_findings(scored: ScoringResult) -> frozenset[str]:
    """Findings that are candidates for key recommended actions."""
    edition = scored.framework.id
    chosen = choose_actions(
        scored.framework,
        load_action_rules(edition),
        load_rules(edition),
        collect_ratings(scored.assessment),
        scored.findings,
    )
    return frozenset(action.finding for action in chosen if action.finding)


def progress(
    path: str | Path, *, today: Day, settings: str | Path | None = None, policy: str | None = None
) -> tuple[PlanProgress, tuple[Problem, ...]]:
    """How far the plan in a workbook has come on a day, and every problem in the workbook.

    An action that was done only after the day counts as under way.

    Raises:
        UnknownIdError: the workbook names an edition or policy that is not here.
        FatfKitError: the workbook is no plan, or its baseline is gone.
    """
    book, problems = read_plan(Path(path))
    own = add_weekend(read_settings(find_settings_file([path], settings)), book.country, book.weekend)
    rules = load_rules(book.edition)
    day = read_day(today)
    found = track_progress(book, load_policy(policy or book.policy), rules, own, day)
    return found, (*problems, *check_done_dates(book, day))


def progress_report(given: PlanProgress, language: str = "en") -> Report:
    """The document, and the JSON that others read.

    Raises:
        UnknownIdError: no such language.
    """
    framework = load_framework(given.book.edition, language)
    document = build_progress(given, framework, Translator(language))
    return Report(document=document, tables=(), payload=progress_payload(given))


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationDates:
    """The dates of one evaluation. `planned` is None where no answers were given."""

    schedule: Schedule
    settings: PlanSettings
    country: str
    planned: PlanResult | None = None

    def document(self, *, today: Day, language: str = "en") -> Document:
        """The dates as a page, with what cannot be in force by the cut-off where answers were given."""
        flags = self.planned.flags(language) if self.planned else None
        notices = tuple(map(Translator(language), self.planned.plan.notices)) if self.planned else ()
        return build_calendar(
            self.schedule,
            self.settings,
            Translator(language),
            country=self.country,
            today=read_day(today),
            flags=flags,
            notices=notices,
        )

    def ics(self, *, today: Day, language: str = "en") -> bytes:
        """The dates for calendar programs (.ics)."""
        t = Translator(language)
        entries = make_calendar_entries(self.schedule, t, country=self.country)
        name = t("{name}: {text}", name=self.country, text=t("Calendar of the evaluation"))
        return render_ics(entries, name=name, stamp=read_day(today))


def calendar(
    paths: str | Path | Iterable[str | Path] = (),
    *,
    visit: Day | None = None,
    visit_end: Day | None = None,
    plenary: Day | None = None,
    edition: str | None = None,
    country: str = "",
    start: Day | None = None,
    settings: str | Path | None = None,
) -> EvaluationDates:
    """Every date of an evaluation, from the visit or from the plenary.

    With answers, the end of the visit is taken from their cut-off date where none is given, and what cannot be in force
    by then is named, for work that begins on `start`.

    Raises:
        UnknownIdError: no such edition.
        FatfKitError: neither visit nor plenary is known, or they contradict each other.
    """
    given = [paths] if isinstance(paths, str | Path) else list(paths)
    own = add_weekend(read_settings(find_settings_file(given, settings)), country)
    planned = None
    end = read_day(visit_end) if visit_end is not None else None
    first = read_day(visit) if visit is not None else None
    discussed = read_day(plenary) if plenary is not None else None
    if given:
        if start is None:
            raise FatfKitError("Give the day on which work begins, to tell what can be in force by the cut-off.")
        if (end is None and discussed is not None) or first is not None:
            found = score(given, edition=edition)
            own = add_weekend(own, found.iso3 or found.assessment.country)
            table = load_timetable(edition or CURRENT_EDITION)
            end = end or build_schedule(table, own, visit=first, plenary=discussed).visit_end
        planned = plan_of(given, start=start, visit_end=end, edition=edition, settings=settings)
        own = planned.settings
        end = end or planned.plan.cut_off
        country = country or planned.plan.country or ""
        edition = planned.plan.edition
    table = load_timetable(edition or CURRENT_EDITION)
    if first is None and discussed is None and end is not None:
        first = find_first_day(table, own, end)
    dates = build_schedule(table, own, visit=first, visit_end=end, plenary=discussed)
    return EvaluationDates(schedule=dates, settings=own, country=country or "–", planned=planned)


def find_first_day(table: Timetable, settings: PlanSettings, last: date) -> date:
    """The first day of a visit that ends on a day, by the length that the timetable or the country sets."""
    length = apply_offsets(table, settings.offsets).visit
    if length.unit == "working days":
        return settings.week.add(settings.week.on_or_before(last), 1 - length.count)
    days = {"weeks": 7, "days": 1}.get(length.unit, 30) * length.count
    return settings.week.on_or_after(last - timedelta(days=days - 1))


def find_settings_file(paths: Iterable[str | Path], given: str | Path | None) -> Path | None:
    """The file of settings: the one named, else plan.json in the one folder, or beside the one file, that is read."""
    if given is not None:
        return Path(given)
    places = [Path(path) for path in paths]
    if len(places) != 1:
        return None
    folder = places[0] if places[0].is_dir() else places[0].parent
    return folder / SETTINGS if (folder / SETTINGS).is_file() else None


def read_day(day: Day) -> date:
    """A day given as a date or as text.

    Raises:
        FatfKitError: the text is no date.
    """
    return parse_day(day) if isinstance(day, str) else check_day(day)
