"""The timetable of the meetings, exact for the aim stated here.

Meetings are placed in the order given, the most important first, each at the earliest moment at which nothing prevents
it. So among all timetables that keep the constraints, this is the one in which the first meeting is earliest,
then the second, and so on; a meeting without any place comes last of all. No search can do better by that aim, because
every meeting takes the best place that the earlier ones leave. It is not the aim of fewest days;
`count_fewest_days` says how few any timetable could do with.

Rooms are alike, so while placing it is enough to count them. They are given out at the end, in order of time: whenever
a meeting begins, fewer venues are in use than there are, so one is free.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A meeting to be placed: who receives, who comes, and how many minutes it takes."""

    id: str
    host: str
    guests: tuple[str, ...]
    minutes: int

    @property
    def parties(self) -> tuple[str, ...]:
        """The host and the guests, who cannot be elsewhere meanwhile."""
        return (self.host, *self.guests)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimetableLimits:
    """The limits within which meetings are placed. All times are minutes from midnight, `days` counts working days.

    `hours` are the stretches of a day between breaks, in order; a meeting lies within one of them. `between` are the
    minutes that a room and all parties in it have free after a meeting. `most` are minutes in meetings a day at most,
    by party; a party that is not named has no limit. Meetings begin at multiples of `step` after the beginning of a
    stretch.
    """

    hours: tuple[tuple[int, int], ...]
    venues: int
    days: int
    between: int = 0
    step: int = 5
    most: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedMeeting:
    """A meeting in its place; `day` and `room` count from 0, `start` is in minutes from midnight."""

    meeting: Meeting
    day: int
    start: int
    venue: int

    @property
    def end(self) -> int:
        """The end, in minutes from midnight."""
        return self.start + self.meeting.minutes

    @property
    def hours(self) -> str:
        """The start and the end as on a clock: "09:05–10:00"."""
        return "–".join(f"{minute // 60:02}:{minute % 60:02}" for minute in (self.start, self.end))


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingTimetable:
    """Meetings in order of time, and those for which there was no place, in the order given."""

    placed: tuple[PlacedMeeting, ...]
    left: tuple[Meeting, ...]

    @property
    def days(self) -> int:
        """Working days from the first to the last meeting; 0 without any."""
        return max((one.day + 1 for one in self.placed), default=0)


def make_timetable(meetings: Iterable[Meeting], frame: TimetableLimits) -> MeetingTimetable:
    """Place meetings, the most important first.

    >>> frame = TimetableLimits(hours=((540, 600),), venues=1, days=2)
    >>> one, two = (Meeting(id=name, host="panel", guests=(name,), minutes=40) for name in ("fiu", "police"))
    >>> [(p.meeting.id, p.day, p.start) for p in make_timetable([one, two], frame).placed]
    [('fiu', 0, 540), ('police', 1, 540)]
    """
    found: list[tuple[int, int, Meeting]] = []
    left: list[Meeting] = []
    for meeting in meetings:
        free = (place for place in _places(meeting, frame) if is_free(meeting, place, found, frame))
        place = next(free, None)
        if place is None:
            left.append(meeting)
        else:
            found.append((*place, meeting))
    return MeetingTimetable(placed=_assign_venues(found, frame), left=tuple(left))


def is_free(
    meeting: Meeting, place: tuple[int, int], taken: Sequence[tuple[int, int, Meeting]], frame: TimetableLimits
) -> bool:
    """Return whether a meeting may begin at a place (day and minute), given those placed (day, minute, meeting)."""
    day, start = place
    end = start + meeting.minutes + frame.between
    today = [(begin, one) for on, begin, one in taken if on == day]
    for party in meeting.parties:
        minutes = sum(one.minutes for _, one in today if party in one.parties) + meeting.minutes
        if minutes > frame.most.get(party, minutes):
            return False
    parallel = [(b, one) for b, one in today if b < end and start < b + one.minutes + frame.between]
    if any(set(one.parties) & set(meeting.parties) for _, one in parallel):
        return False
    # venues in use change only when one is taken
    moments = {start, *(begin for begin, _ in parallel if begin > start)}
    return all(
        sum(begin <= moment < begin + one.minutes + frame.between for begin, one in parallel) < frame.venues
        for moment in moments
    )


def count_fewest_days(meetings: Sequence[Meeting], frame: TimetableLimits) -> int:
    """Return the days that no timetable can do without: by what each party and all the venues can take in a day.

    >>> frame = TimetableLimits(hours=((540, 600),), venues=2, days=9, most={"fiu": 60})
    >>> count_fewest_days([Meeting(id=str(n), host=f"panel {n}", guests=("fiu",), minutes=30) for n in range(5)], frame)
    3
    """
    whole = sum(end - begin for begin, end in frame.hours)
    needed = [(sum(one.minutes for one in meetings), whole * frame.venues)]
    for party in {party for one in meetings for party in one.parties}:
        minutes = sum(one.minutes for one in meetings if party in one.parties)
        needed.append((minutes, min(whole, frame.most.get(party, whole))))
    return max(-(-minutes // venue) if venue else 0 for minutes, venue in needed)


def _places(meeting: Meeting, frame: TimetableLimits) -> Iterable[tuple[int, int]]:
    for day in range(frame.days):
        for begin, end in frame.hours:
            for start in range(begin, end - meeting.minutes + 1, frame.step):
                yield day, start


def _assign_venues(found: Iterable[tuple[int, int, Meeting]], frame: TimetableLimits) -> tuple[PlacedMeeting, ...]:
    """Assign venues by order of time; a host keeps the venue it had before if that is free."""
    placed: list[PlacedMeeting] = []
    free_from: dict[tuple[int, int], int] = {}
    last_room: dict[str, int] = {}
    for day, start, meeting in sorted(found, key=lambda one: (one[0], one[1], one[2].id)):
        free = [venue for venue in range(frame.venues) if free_from.get((day, venue), 0) <= start]
        taken = set(last_room.values())
        venue = min(free, key=lambda one: (one != last_room.get(meeting.host), one in taken, one))
        last_room.setdefault(meeting.host, venue)
        free_from[day, venue] = start + meeting.minutes + frame.between
        placed.append(PlacedMeeting(meeting=meeting, day=day, start=start, venue=venue))
    return tuple(sorted(placed, key=lambda one: (one.day, one.start, one.venue)))
