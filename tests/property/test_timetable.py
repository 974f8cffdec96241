"""Timetables of a rehearsal: no constraint is ever violated, and nothing better by the stated aim exists."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise, product

from hypothesis import given, settings
from hypothesis import strategies as st

from fatf_kit.mock_visit.timetable import (
    Meeting,
    MeetingTimetable,
    PlacedMeeting,
    TimetableLimits,
    count_fewest_days,
    make_timetable,
)

PARTIES = ("fiu", "police", "bank")
Place = tuple[int, int]


@st.composite
def frames(draw: st.DrawFn, *, days: int = 3, longest: int = 120) -> TimetableLimits:
    """Days of one or two stretches, few rooms, some limits."""
    cut = draw(st.sampled_from([None, longest // 2]))
    begin = draw(st.sampled_from([0, 540]))
    gap = draw(st.sampled_from([0, 5, 60]))
    hours = ((begin, begin + cut), (begin + cut + gap, begin + gap + longest)) if cut else ((begin, begin + longest),)
    return TimetableLimits(
        hours=hours,
        venues=draw(st.integers(1, 3)),
        days=draw(st.integers(1, days)),
        between=draw(st.sampled_from([0, 10])),
        step=draw(st.sampled_from([5, 15])),
        most=draw(st.dictionaries(st.sampled_from((*PARTIES, "a", "b")), st.integers(20, longest), max_size=3)),
    )


@st.composite
def meetings(draw: st.DrawFn, *, most: int = 12) -> list[Meeting]:
    """Meetings of two panels with some of three agencies."""
    count = draw(st.integers(0, most))
    return [
        Meeting(
            id=str(number),
            host=draw(st.sampled_from(["a", "b"])),
            guests=tuple(draw(st.lists(st.sampled_from(PARTIES), min_size=1, max_size=2, unique=True))),
            minutes=draw(st.sampled_from([10, 20, 30, 45, 90])),
        )
        for number in range(count)
    ]


def faults(placed: list[tuple[Meeting, Place]], frame: TimetableLimits) -> list[str]:
    """Return the limits that a set of places breaks, minute by minute; independent of the code of the program."""
    found = []
    minutes: defaultdict[tuple[int, str], int] = defaultdict(int)
    venues: defaultdict[tuple[int, int], int] = defaultdict(int)
    busy: set[tuple[int, int, str]] = set()
    for meeting, (day, start) in placed:
        end = start + meeting.minutes
        inside = [begin for begin, last in frame.hours if begin <= start and end <= last]
        if not inside or (start - inside[0]) % frame.step or not 0 <= day < frame.days:
            found.append(f"{meeting.id} lies outside the hours")
        for party in meeting.parties:
            minutes[day, party] += meeting.minutes
            if minutes[day, party] > frame.most.get(party, 10_000):
                found.append(f"{party} has too long a day")
        for minute in range(start, end + frame.between):
            venues[day, minute] += 1
            if venues[day, minute] > frame.venues:
                found.append(f"more meetings than rooms at {minute}")
            for party in meeting.parties:
                if (day, minute, party) in busy:
                    found.append(f"{party} is in two rooms at {minute}")
                busy.add((day, minute, party))
    return found


def places_of(timetable: MeetingTimetable, wanted: list[Meeting]) -> list[Place | None]:
    """Return day and start of each meeting in the order given; None where it has no place."""
    where = {one.meeting.id: (one.day, one.start) for one in timetable.placed}
    return [where.get(one.id) for one in wanted]


@settings(deadline=None)
@given(meetings(), frames())
def test_no_constraint_is_violated(wanted: list[Meeting], frame: TimetableLimits) -> None:
    """Hours, breaks, rooms, parties and their limits; and every meeting is either placed or named as left."""
    timetable = make_timetable(wanted, frame)
    placed = [(one.meeting, (one.day, one.start)) for one in timetable.placed]
    assert faults(placed, frame) == []
    assert sorted(one.id for one in wanted) == sorted(
        [one.meeting.id for one in timetable.placed] + [one.id for one in timetable.left]
    )


@settings(deadline=None)
@given(meetings(), frames())
def test_venue_has_one_meeting_at_a_time(wanted: list[Meeting], frame: TimetableLimits) -> None:
    """Meetings in one venue are apart by the minutes between meetings, and every venue exists."""
    by_venue: defaultdict[tuple[int, int], list[PlacedMeeting]] = defaultdict(list)
    for one in make_timetable(wanted, frame).placed:
        assert 0 <= one.venue < frame.venues
        by_venue[one.day, one.venue].append(one)
    for held in by_venue.values():
        ordered = sorted(held, key=lambda one: one.start)
        for before, after in pairwise(ordered):
            assert before.end + frame.between <= after.start


@settings(max_examples=60, deadline=None)
@given(meetings(most=3), frames(days=2, longest=90))
def test_brute_force_finds_nothing_earlier(wanted: list[Meeting], frame: TimetableLimits) -> None:
    """Of all that keep the constraints it has the first meeting earliest, then the second, and so on."""
    frame = TimetableLimits(
        hours=frame.hours, venues=frame.venues, days=frame.days, between=frame.between, step=15, most=frame.most
    )
    never = (frame.days, 0)
    choices = [
        (day, start)
        for day in range(frame.days)
        for begin, end in frame.hours
        for start in range(begin, end, frame.step)
    ]
    best = [never] * len(wanted)
    for places in product([*choices, never], repeat=len(wanted)):
        if list(places) < best:
            chosen = [(one, place) for one, place in zip(wanted, places, strict=True) if place != never]
            if not faults(chosen, frame):
                best = list(places)
    found = places_of(make_timetable(wanted, frame), wanted)
    assert best == [place or never for place in found]


@settings(deadline=None)
@given(meetings(), frames())
def test_fewest_days_is_a_lower_bound(wanted: list[Meeting], frame: TimetableLimits) -> None:
    """A timetable with every meeting has at least the fewest days that were counted."""
    timetable = make_timetable(wanted, frame)
    if not timetable.left:
        assert count_fewest_days(wanted, frame) <= timetable.days
