"""From questions to a plan: how long each interview takes, how much it weighs, when it takes place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from fatf_kit.assessment.folder.model import Assignment, Duty, Materiality, Sector
from fatf_kit.core.messages import Translator
from fatf_kit.core.problems import Problem, make_problem
from fatf_kit.framework.model import CoreIssue, Framework, ImmediateOutcome
from fatf_kit.mock_visit.data import ScheduleRules
from fatf_kit.mock_visit.model import Interview, MockAgency, MockQuestion, QuestionReason, Rehearsal
from fatf_kit.mock_visit.questions import QuestionSources, list_questions
from fatf_kit.mock_visit.timetable import Meeting, TimetableLimits, count_fewest_days, make_timetable


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitOptions:
    """What the country chooses. None stands for what schedule.json says; for days, for as many as are needed.

    `only` are outcomes, empty for all. `first` is the first day, `weekend` its days off (0 is Monday). `joint` gives
    each outcome one session with all its agencies together, instead of an interview for each.
    """

    rooms: int | None = None
    days: int | None = None
    first: date | None = None
    weekend: tuple[int, ...] = (5, 6)
    joint: bool = False
    only: tuple[str, ...] = ()


def make_rehearsal(
    ground: QuestionSources,
    lengths: ScheduleRules,
    wishes: VisitOptions,
    sectors: Sequence[Sector],
    t: Translator,
    *,
    country: str = "",
    notices: Sequence[str] = (),
) -> tuple[Rehearsal, tuple[Problem, ...]]:
    """The plan, and a Problem for core issues that nobody answers for and for interviews that find no place."""
    outcomes = [one for one in ground.framework.outcomes if not wishes.only or one.id in wishes.only]
    interviews = [one for outcome in outcomes for one in _interviews(ground, outcome, lengths, sectors, t)]
    ordered = sorted(interviews, key=_weight)
    meetings = _sessions(ordered, lengths) if wishes.joint else [_meeting(one) for one in ordered]
    frame = TimetableLimits(
        hours=lengths.hours,
        rooms=wishes.rooms or lengths.rooms,
        days=wishes.days or lengths.longest_days,
        between=lengths.between,
        step=lengths.step,
        most={
            **{body.id: lengths.agency_day for body in ground.bodies},
            **{panel.id: lengths.panel_day for panel in lengths.panels},
        },
    )
    timetable = make_timetable(meetings, frame)
    needed = timetable.days
    if timetable.left:
        needed = make_timetable(meetings, replace(frame, days=len(meetings))).days
    rehearsal = Rehearsal(
        edition=ground.framework.id,
        edition_digest=ground.framework.digest,
        language=t.language,
        country=country,
        notices=tuple(notices),
        bodies=ground.bodies,
        panels=lengths.panels,
        interviews=tuple(interviews),
        frame=frame,
        timetable=timetable,
        joint=wishes.joint,
        needed=needed,
        least=count_fewest_days(meetings, frame),
        dates=list_working_days(wishes.first, timetable.days, wishes.weekend) if wishes.first else (),
    )
    return rehearsal, tuple(_problems(ground, outcomes, rehearsal))


def find_duties(
    framework: Framework, bodies: Iterable[MockAgency], assignment: Assignment | None
) -> Mapping[str, Duty]:
    """Who answers each core issue: as assigned, else the agencies with the roles that usually do."""
    known = tuple(bodies)
    duties: dict[str, Duty] = {}
    for outcome in framework.outcomes:
        for issue in outcome.core_issues:
            duty = assignment.duty(issue.id) if assignment else Duty(requirement=issue.id)
            duties[issue.id] = duty if duty.agencies else _usual(issue, known)
    return duties


def _usual(issue: CoreIssue, bodies: Sequence[MockAgency]) -> Duty:
    roles = (*((issue.lead,) if issue.lead else ()), *issue.supporting)
    found = list(dict.fromkeys(body.id for role in roles for body in bodies if role in body.roles))
    lead = next((body.id for body in bodies if issue.lead in body.roles), None)
    return Duty(requirement=issue.id, lead=lead, supporting=tuple(name for name in found if name != lead))


def list_working_days(first: date, count: int, weekend: Sequence[int] = (5, 6)) -> tuple[date, ...]:
    """So many days from the first on, weekends left out; 0 is Monday.

    >>> [day.isoformat() for day in working_days(date(2027, 1, 7), 2, (4, 5))]
    ['2027-01-07', '2027-01-10']
    """
    found: list[date] = []
    day = first
    while len(found) < count:
        if day.weekday() not in weekend:
            found.append(day)
        day += timedelta(days=1)
    return tuple(found)


def find_importance(
    outcome: str, roles: Iterable[str], lengths: ScheduleRules, sectors: Sequence[Sector]
) -> tuple[Materiality, Materiality]:
    """How much an outcome weighs, and how much what an agency with these roles has to say on it.

    Both are the highest of the sectors concerned. An agency that speaks for none of the outcome's sectors weighs as
    the outcome does, and so does every agency where the country has not scoped its sectors.
    """
    scoped = {sector.id: sector.materiality for sector in sectors}
    mine = {sector for role in roles for sector in lengths.role_sectors.get(role, ())}
    concerned = [name for name in lengths.sectors.get(outcome, ()) if name in scoped]
    whole = _highest((scoped[name] for name in concerned), lengths.importance)
    return whole, _highest((scoped[name] for name in concerned if name in mine), whole)


def _highest(found: Iterable[Materiality], otherwise: Materiality) -> Materiality:
    return min(found, key=list(Materiality).index, default=otherwise)


def _interviews(
    ground: QuestionSources, outcome: ImmediateOutcome, lengths: ScheduleRules, sectors: Sequence[Sector], t: Translator
) -> Iterator[Interview]:
    """One for each agency that is asked anything, the lead of most core issues first."""
    asked = list_questions(ground, outcome, t)
    leads = {
        body.id: tuple(i.id for i in outcome.core_issues if ground.duties[i.id].lead == body.id)
        for body in ground.bodies
    }
    panel = next((one.id for one in lengths.panels if outcome.id in one.outcomes), lengths.panels[-1].id)
    for body in sorted(ground.bodies, key=lambda body: -len(leads[body.id])):
        mine = [question for question in asked if question.agency == body.id]
        if not mine:
            continue
        _, weight = find_importance(outcome.id, body.roles, lengths, sectors)
        each = lengths.question[weight]
        minutes = min(max(len(mine) * each, lengths.shortest), lengths.longest)
        yield Interview(
            outcome=outcome.id,
            agency=body.id,
            panel=panel,
            importance=find_importance(outcome.id, (), lengths, sectors)[0],
            leads=leads[body.id],
            minutes=_rounded(minutes, lengths.step),
            questions=_with_spares(mine, outcome, minutes // each),
        )


def _with_spares(asked: Sequence[MockQuestion], outcome: ImmediateOutcome, room: int) -> tuple[MockQuestion, ...]:
    """The questions in their order; those beyond what time allows are spare, the least pressing first.

    Of what assessors commonly ask, one question on each core issue goes before a second one on any.
    """
    weight = {issue.id: issue.weight.value for issue in outcome.core_issues}
    turn: dict[int, int] = {}
    seen: dict[tuple[str, bool], int] = {}
    for number, one in enumerate(asked):
        key = one.core_issue, one.why is QuestionReason.BANK
        turn[number] = seen[key] = seen.get(key, -1) + 1
    pressing = sorted(range(len(asked)), key=lambda n: (asked[n].why.order, turn[n], -weight[asked[n].core_issue], n))
    kept = set(pressing[:room])
    return tuple(replace(one, spare=number not in kept) for number, one in enumerate(asked))


def _weight(interview: Interview) -> tuple[int, int, int]:
    """Heavy outcomes first; among those that weigh the same, who leads most, then who has most open points."""
    own = sum(question.why is not QuestionReason.BANK for question in interview.questions)
    return list(Materiality).index(interview.importance), -len(interview.leads), -own


def _meeting(interview: Interview) -> Meeting:
    return Meeting(id=interview.id, host=interview.panel, guests=(interview.agency,), minutes=interview.minutes)


def _sessions(interviews: Sequence[Interview], lengths: ScheduleRules) -> list[Meeting]:
    """One meeting for each outcome, at its heaviest interview's place in the order."""
    by_outcome: dict[str, list[Interview]] = {}
    for one in interviews:
        by_outcome.setdefault(one.outcome, []).append(one)
    return [
        Meeting(
            id=outcome,
            host=mine[0].panel,
            guests=tuple(one.agency for one in mine),
            minutes=_rounded(min(sum(one.minutes for one in mine), lengths.session), lengths.step),
        )
        for outcome, mine in by_outcome.items()
    ]


def _rounded(minutes: int, step: int) -> int:
    return -(-minutes // step) * step


def _problems(ground: QuestionSources, outcomes: Iterable[ImmediateOutcome], rehearsal: Rehearsal) -> Iterator[Problem]:
    known = set(ground.by_id)
    for outcome in outcomes:
        for issue in outcome.core_issues:
            if not known & set(ground.duties[issue.id].agencies):
                yield make_problem("mock-nobody", None, issue.id)
    if left := rehearsal.timetable.left:
        frame = rehearsal.frame
        facts = {"count": str(len(left)), "days": str(frame.days), "rooms": str(frame.rooms)}
        yield make_problem("mock-no-place", None, None, **facts, needed=rehearsal.needed)
