"""The public function of the evaluation's dates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from fatf_kit.action_plan.names import name_country
from fatf_kit.assessment.answers.country_names import find_country
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.files import list_paths
from fatf_kit.core.messages import Translator
from fatf_kit.core.national_words import add_country
from fatf_kit.core.resources import CURRENT_EDITION
from fatf_kit.evaluation_calendar.folder_settings import Day, read_day, read_plan_settings
from fatf_kit.evaluation_calendar.ics import render_ics
from fatf_kit.evaluation_calendar.report import build_calendar, make_calendar_entries
from fatf_kit.evaluation_calendar.settings import PlanSettings, apply_country
from fatf_kit.evaluation_calendar.timetable import Schedule, build_schedule, find_first_day, load_timetable
from fatf_kit.report.model import Document
from fatf_kit.workflows.plan import PlanResult, plan_of
from fatf_kit.workflows.scoring import score


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationDates:
    """The dates of one evaluation. `planned` is None where no answers were given."""

    schedule: Schedule
    settings: PlanSettings
    country: str
    planned: PlanResult | None = None

    def national(self, language: str) -> str:
        """Return the language as the country uses it."""
        if self.planned:
            return self.planned.national(language)
        return add_country(language, find_country(self.country))

    def document(self, *, today: Day, language: str = "en") -> Document:
        """Return the dates as a page; with answers, also the measures that are late for the cut-off date."""
        language = self.national(language)
        t = Translator(language)
        notices = tuple(map(t, self.planned.plan.notices)) if self.planned else ()
        return build_calendar(
            self._whole_schedule(t),
            self.settings,
            t,
            country=self._name_country(language),
            today=read_day(today),
            flags=self.planned.flags(language) if self.planned else None,
            notices=notices,
        )

    def _whole_schedule(self, t: Translator) -> Schedule:
        """Return the dates with the deadlines of laws and the cycles of plans, where answers were given."""
        return self.planned.add_deadlines(self.schedule, t) if self.planned else self.schedule

    def _name_country(self, language: str) -> str:
        scored = self.planned.scored if self.planned else None
        known = scored.country(language) if scored and scored.folder else ""
        return known or name_country(self.country, Translator(language))

    def ics(self, *, today: Day, language: str = "en") -> bytes:
        """Return the dates for calendar programs (.ics)."""
        t = Translator(self.national(language))
        schedule, own_name = self._whole_schedule(t), self._name_country(language)
        entries = make_calendar_entries(schedule, t, country=self.country, name=own_name)
        name = t("{name}: {text}", name=own_name, text=t("Calendar of the evaluation"))
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
    """Return every date of an evaluation, from the visit or from the plenary.

    With answers, their cut-off date is the end of the visit unless one is given, and the result lists the measures that
    cannot be in force by then, for work that begins on `start`.

    Raises:
        UnknownIdError: no such edition.
        FatfKitError: neither visit nor plenary is known, or they contradict each other.

    >>> dates = calendar(visit="2027-03-01", country="Ruritania")
    >>> [(event.id, str(event.day)) for event in dates.schedule.events[:2]]
    [('start', '2026-07-01'), ('tc-submission', '2026-09-01')]
    """
    given = list_paths(paths)
    own = read_plan_settings(given, settings, country)
    planned = None
    first, end, discussed = (None if day is None else read_day(day) for day in (visit, visit_end, plenary))
    if given:
        if start is None:
            raise FatfKitError(
                "Name the day on which work begins. It decides which measures can be in force by the cut-off date."
            )
        if (end is None and discussed is not None) or first is not None:
            found = score(given, edition=edition)
            own = apply_country(own, found.iso3 or found.assessment.country)
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
