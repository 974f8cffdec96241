"""The plan of a rehearsal is made from its questions: length, importance and time of each interview."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from fatf_kit.assessment.folder.model import Assignment, Duty, Materiality, Sector
from fatf_kit.core.groups import group_pairs
from fatf_kit.core.messages import Translator
from fatf_kit.core.problems import Problem, make_problem
from fatf_kit.framework.model import CoreIssue, Framework, ImmediateOutcome
from fatf_kit.mock_visit.data import ScheduleRules
from fatf_kit.mock_visit.model import Interview, MockAgency, MockQuestion, MockQuestionReason, Rehearsal
from fatf_kit.mock_visit.questions import QuestionSources, list_questions
from fatf_kit.mock_visit.timetable import Meeting, TimetableLimits, count_fewest_days, make_timetable


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitOptions:
    """The choices of the country. None means the value in schedule.json; for days, as many as are needed.

    `only` are outcomes, empty for all. `first` is the first day, `weekend` its days off (0 is Monday). `joint` gives
    each outcome one session with all its agencies together, instead of an interview for each.
    """

    venues: int | None = None
    days: int | None = None
    first: date | None = None
    weekend: tuple[int, ...] = (5, 6)
    joint: bool = False
    only: tuple[str, ...] = ()


def make_rehearsal(
    sources: QuestionSources,
    rules: ScheduleRules,
    options: VisitOptions,
    sectors: Sequence[Sector],
    t: Translator,
    *,
    country: str = "",
    notices: Sequence[str] = (),
) -> tuple[Rehearsal, tuple[Problem, ...]]:
    """Return the plan, and a Problem for core issues without an agency and for interviews that do not fit in."""
    only = options.only
    outcomes = [one for one in sources.framework.outcomes if not only or one.id in only]
    planned = (_plan_interviews(sources, outcome, rules, sectors, t) for outcome in outcomes)
    interviews = [one for own in planned for one in own]
    ordered = sorted(interviews, key=_order_by_importance)
    meetings = _make_sessions(ordered, rules) if options.joint else list(map(_make_meeting, ordered))
    frame = TimetableLimits(
        hours=tuple((_to_minutes(begin), _to_minutes(end)) for begin, end in rules.hours),
        venues=options.venues or rules.venues,
        days=options.days or rules.longest_days,
        between=rules.between_minutes,
        step=rules.step_minutes,
        most={
            **{body.id: rules.agency_minutes_a_day for body in sources.bodies},
            **{panel.id: rules.panel_minutes_a_day for panel in rules.panels},
        },
    )
    timetable = make_timetable(meetings, frame)
    needed = timetable.days
    if timetable.left:
        needed = make_timetable(meetings, replace(frame, days=len(meetings))).days
    first, days = options.first, timetable.days
    rehearsal = Rehearsal(
        edition=sources.framework.id,
        edition_digest=sources.framework.digest,
        language=t.language,
        country=country,
        notices=tuple(notices),
        bodies=sources.bodies,
        panels=rules.panels,
        interviews=tuple(interviews),
        frame=frame,
        timetable=timetable,
        joint=options.joint,
        needed=needed,
        least=count_fewest_days(meetings, frame),
        dates=list_working_days(first, days, options.weekend) if first else (),
    )
    return rehearsal, tuple(_list_problems(sources, outcomes, rehearsal))


def find_duties(
    framework: Framework, bodies: Iterable[MockAgency], assignment: Assignment | None
) -> Mapping[str, Duty]:
    """Return who answers each core issue: as assigned, else the agencies with the roles that usually do."""
    known = tuple(bodies)
    issues = [issue for outcome in framework.outcomes for issue in outcome.core_issues]
    assigned = {issue.id: assignment.duty(issue.id) for issue in issues} if assignment else {}
    usual = {issue.id: _find_usual_duty(issue, known) for issue in issues}
    return {**usual, **{name: duty for name, duty in assigned.items() if duty.agencies}}


def _find_usual_duty(issue: CoreIssue, bodies: Sequence[MockAgency]) -> Duty:
    roles = (*((issue.lead,) if issue.lead else ()), *issue.supporting)
    found = list(dict.fromkeys(body.id for role in roles for body in bodies if role in body.roles))
    lead = next((body.id for body in bodies if issue.lead in body.roles), None)
    supporting = tuple(name for name in found if name != lead)
    return Duty(requirement=issue.id, lead=lead, supporting=supporting)


def list_working_days(first: date, count: int, weekend: Sequence[int] = (5, 6)) -> tuple[date, ...]:
    """Return so many days from the first on, weekends left out; 0 is Monday.

    >>> [day.isoformat() for day in list_working_days(date(2027, 1, 7), 2, (4, 5))]
    ['2027-01-07', '2027-01-10']
    """
    days = (first + timedelta(days=number) for number in itertools.count())
    return tuple(itertools.islice((day for day in days if day.weekday() not in weekend), count))


def find_importance(
    outcome: str, roles: Iterable[str], rules: ScheduleRules, sectors: Sequence[Sector]
) -> tuple[Materiality, Materiality]:
    """Return the importance of an outcome, and that of the answers of an agency with these roles on it.

    Both are the highest of the sectors concerned. An agency without any of the outcome's sectors is as important as
    the outcome, and so is every agency where the country has not scoped its sectors.
    """
    scoped = {sector.id: sector.materiality for sector in sectors}
    mine = {sector for role in roles for sector in rules.role_sectors.get(role, ())}
    concerned = [name for name in rules.sectors.get(outcome, ()) if name in scoped]
    whole = _find_highest((scoped[name] for name in concerned), rules.importance)
    return whole, _find_highest((scoped[name] for name in concerned if name in mine), whole)


def _find_highest(found: Iterable[Materiality], otherwise: Materiality) -> Materiality:
    return min(found, key=list(Materiality).index, default=otherwise)


def _plan_interviews(
    sources: QuestionSources, outcome: ImmediateOutcome, rules: ScheduleRules, sectors: Sequence[Sector], t: Translator
) -> Iterator[Interview]:
    """Yield one interview for each agency that is asked anything, the lead of most core issues first."""
    questions = list_questions(sources, outcome, t)
    leads = {
        body.id: tuple(i.id for i in outcome.core_issues if sources.duties[i.id].lead == body.id)
        for body in sources.bodies
    }
    panels = [one.id for one in rules.panels if outcome.id in one.outcomes] or [rules.panels[-1].id]
    for body in sorted(sources.bodies, key=lambda body: -len(leads[body.id])):
        mine = [question for question in questions if question.agency == body.id]
        if not mine:
            continue
        _, weight = find_importance(outcome.id, body.roles, rules, sectors)
        each = rules.question_minutes[weight]
        minutes = min(max(len(mine) * each, rules.shortest_minutes), rules.longest_minutes)
        yield Interview(
            outcome=outcome.id,
            agency=body.id,
            panel=panels[0],
            importance=find_importance(outcome.id, (), rules, sectors)[0],
            leads=leads[body.id],
            minutes=_round_up(minutes, rules.step_minutes),
            questions=_mark_spares(mine, outcome, minutes // each),
        )


def _mark_spares(questions: Sequence[MockQuestion], outcome: ImmediateOutcome, most: int) -> tuple[MockQuestion, ...]:
    """Return the questions in their order; those beyond `most` are spare, the least pressing first.

    Of what assessors commonly ask, one question on each core issue goes before a second one on any.
    """
    weight = {issue.id: issue.weight.value for issue in outcome.core_issues}
    turn: dict[int, int] = {}
    seen: dict[tuple[str, bool], int] = {}
    for number, one in enumerate(questions):
        key = one.core_issue, one.why is MockQuestionReason.BANK
        turn[number] = seen[key] = seen.get(key, -1) + 1

    def press(number: int) -> tuple[int, int, int, int]:
        one = questions[number]
        return one.why.order, turn[number], -weight[one.core_issue], number

    kept = set(sorted(range(len(questions)), key=press)[:most])
    return tuple(replace(one, spare=number not in kept) for number, one in enumerate(questions))


def _order_by_importance(interview: Interview) -> tuple[int, int, int]:
    """Return the sorting key: important outcomes first, then who leads most, then who has most open points."""
    own = sum(question.why is not MockQuestionReason.BANK for question in interview.questions)
    return list(Materiality).index(interview.importance), -len(interview.leads), -own


def _make_meeting(one: Interview) -> Meeting:
    return Meeting(id=one.id, host=one.panel, guests=(one.agency,), minutes=one.minutes)


def _make_sessions(interviews: Sequence[Interview], rules: ScheduleRules) -> list[Meeting]:
    """Return one meeting for each outcome, in the order of the most important interview of each."""
    by_outcome = group_pairs((one.outcome, one) for one in interviews)
    meetings = []
    for outcome, mine in by_outcome.items():
        minutes = min(sum(one.minutes for one in mine), rules.session_minutes)
        guests, length = tuple(one.agency for one in mine), _round_up(minutes, rules.step_minutes)
        meetings.append(Meeting(id=outcome, host=mine[0].panel, guests=guests, minutes=length))
    return meetings


def _to_minutes(clock: str) -> int:
    hours, _, minutes = clock.partition(":")
    return int(hours) * 60 + int(minutes)


def _round_up(minutes: int, step: int) -> int:
    return -(-minutes // step) * step


def _list_problems(
    sources: QuestionSources, outcomes: Iterable[ImmediateOutcome], rehearsal: Rehearsal
) -> Iterator[Problem]:
    known = set(sources.by_id)
    for outcome in outcomes:
        for issue in outcome.core_issues:
            if not known & set(sources.duties[issue.id].agencies):
                yield make_problem("mock-unassigned", None, issue.id)
    if left := rehearsal.timetable.left:
        frame = rehearsal.frame
        facts = {"count": str(len(left)), "days": str(frame.days), "rooms": str(frame.venues)}
        yield make_problem("mock-no-place", None, None, **facts, needed=rehearsal.needed)
