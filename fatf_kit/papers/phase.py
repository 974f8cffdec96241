"""The phase of an evaluation on a day, in a sentence for people."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from fatf_kit.core.messages import Translator
from fatf_kit.evaluation_calendar.timetable import Schedule


class Phase(StrEnum):
    """The phases of an evaluation, in their order."""

    PREPARATION = "preparation"
    VISIT = "visit"
    DRAFTS = "drafts"
    FOLLOW_UP = "follow-up"
    OBSERVATION = "observation"


def find_phase(schedule: Schedule | None, today: date, *, is_observed: bool) -> Phase | None:
    """Find the phase on a day; None where the visit has no date. `is_observed` says that a plan of the ICRG is open."""
    if is_observed:
        return Phase.OBSERVATION
    if schedule is None:
        return None
    if today < schedule.visit:
        return Phase.PREPARATION
    if today <= schedule.visit_end:
        return Phase.VISIT
    return Phase.DRAFTS if today < schedule.plenary else Phase.FOLLOW_UP


def describe_phase(phase: Phase, schedule: Schedule | None, today: date, t: Translator) -> str:
    """Describe a phase, with the day that ends it where that is known."""
    if phase is Phase.OBSERVATION:
        return t("Under observation by the ICRG: the country implements its action plan")
    if phase is Phase.FOLLOW_UP or schedule is None:
        return t("After the report: the country closes the deficiencies and reports on it")
    if phase is Phase.PREPARATION:
        return t.plural(
            "Before the on-site visit, which begins in {n} day",
            "Before the on-site visit, which begins in {n} days",
            (schedule.visit - today).days,
        )
    if phase is Phase.VISIT:
        return t("During the on-site visit, which ends on {day}", day=t.day(schedule.visit_end))
    return t("Comments on drafts of the report, until the plenary on {day}", day=t.day(schedule.plenary))
