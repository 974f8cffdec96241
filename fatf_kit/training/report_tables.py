"""The tables of the training record, each for a page, a sheet and a CSV file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from fatf_kit.core.messages import Translator
from fatf_kit.framework.model import Framework
from fatf_kit.report.document_tables import keep_ltr, make_day_cell, make_rating_cell
from fatf_kit.report.model import DataTable, TableCell
from fatf_kit.report.results_table import COUNT, DATE, ID, NUMBER, ResultColumn, ResultsTable
from fatf_kit.training.counts import CoveredUnit, MeanChange, TrainingSummary
from fatf_kit.training.model import AgencySeats, PaperResult, TrainingSession


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingImprint:
    """The imprint of a page on the record, in the reader's language; `agencies` are names by id."""

    framework: Framework
    country: str
    generated_at: str
    notices: tuple[str, ...] = ()
    agencies: Mapping[str, str] = field(default_factory=dict)

    def name_agency(self, agency: str, t: Translator) -> str:
        """Return the name of an agency; another body has the name that was typed, merged ones have no id."""
        return self.agencies.get(agency, agency) or t("other agencies")

    def name_unit(self, unit: str) -> str:
        """Return the title of an outcome or Recommendation."""
        return next((one.title for one in self.framework.units if one.id == unit), unit)


class TrainingTables:
    """The tables of the report, each for a page, a sheet and a CSV file."""

    def __init__(self, summary: TrainingSummary, imprint: TrainingImprint, t: Translator) -> None:
        self._summary, self._imprint, self._t = summary, imprint, t
        self._is_own = summary.is_own

    def list_sheets(self) -> Iterator[DataTable]:
        """Yield the sheets; the first of them is the CSV file."""
        yield self.sessions().in_sheet(self._summary.sessions)
        yield self.agencies().in_sheet(self._summary.agencies)
        yield self.covered().in_sheet(self._summary.covered)
        yield self.tests().in_sheet(self._summary.tests)
        if self._is_own:
            yield self.low_rated().in_sheet(self._summary.low_rated)

    def sessions(self) -> ResultsTable[TrainingSession]:
        """Return the table of sessions; the partner of a session is for the government only."""
        t, seats_of = self._t, self._summary.seats_of

        def kind(one: TrainingSession) -> str:
            return t(str(one.kind)) if one.kind else ""

        def subject(one: TrainingSession) -> TableCell:
            details = (kind(one), one.place, one.partner if self._is_own else "")
            return TableCell(text=one.subject or "–", detail=t.listed(filter(None, details)))

        def seats(one: TrainingSession) -> TableCell:
            number = seats_of[one.id]
            return TableCell(text=t("not shown") if number is None else t.number(number), order=number)

        partner = ResultColumn[TrainingSession]("partner", t("Partner"), sheet=24)
        return ResultsTable(
            "sessions",
            t("Sessions"),
            (
                ResultColumn("session", t("No."), lambda one: one.id, ID, sheet=8, page=3),
                ResultColumn("day", t("Date"), kind=DATE, sheet=12, page=6, cell=lambda one: make_day_cell(one.day, t)),
                ResultColumn("days", t("Days"), kind=COUNT, sheet=8, page=3),
                ResultColumn("subject", t("Subject"), sheet=40, page=14, cell=subject),
                ResultColumn("kind", t("Kind"), kind, sheet=20),
                ResultColumn("place", t("Place, or remote"), sheet=20),
                ResultColumn("units", t("Outcomes and Recommendations"), kind=ID, sheet=24, page=7),
                *([partner] if self._is_own else []),
                ResultColumn("seats", t("Seats"), lambda one: seats_of[one.id], COUNT, sheet=9, page=4, cell=seats),
            ),
        )

    def agencies(self) -> ResultsTable[AgencySeats]:
        """Return the table of agencies; counts by sex are for the government only."""
        t = self._t

        def name(one: AgencySeats) -> str:
            return self._imprint.name_agency(one.agency, t)

        def by_sex(key: str, title: str) -> ResultColumn[AgencySeats]:
            return ResultColumn(key, title, lambda one: getattr(one.sexes, key, None), COUNT, sheet=9, page=4)

        sexes = (by_sex("women", t("Women")), by_sex("men", t("Men")), by_sex("not_stated", t("Not stated")))
        return ResultsTable(
            "agencies",
            t("Participants by agency"),
            (
                ResultColumn("agency", t("Agency"), name, sheet=44, page=14),
                ResultColumn("sessions", t("Sessions"), lambda one: one.sessions or None, COUNT, sheet=10, page=4),
                *(sexes if self._is_own else ()),
                ResultColumn("seats", t("Seats"), kind=COUNT, sheet=9, page=4),
            ),
        )

    def covered(self) -> ResultsTable[CoveredUnit]:
        """Return the table of outcomes and Recommendations with their sessions."""
        return self._list_units("covered", self._t("Outcomes and Recommendations covered"))

    def low_rated(self) -> ResultsTable[CoveredUnit]:
        """Return the table of outcomes rated ME or LE, with the sessions on each."""
        t = self._t

        def rating(one: CoveredUnit) -> TableCell:
            return make_rating_cell(one.unit, one.rated.rating if one.rated else "–")

        return self._list_units(
            "low",
            t("Outcomes rated ME or LE"),
            ResultColumn("rating", t("Rating"), rating, sheet=12, page=4),
            ResultColumn(
                "findings", t("Open gaps"), lambda one: one.rated and one.rated.findings, COUNT, sheet=10, page=4
            ),
        )

    def _list_units(self, key: str, title: str, *more: ResultColumn[CoveredUnit]) -> ResultsTable[CoveredUnit]:
        """Return a table of outcomes and Recommendations with `more` columns before their sessions."""
        t = self._t

        def name(one: CoveredUnit) -> str:
            return self._imprint.name_unit(one.unit)

        def sessions(one: CoveredUnit) -> TableCell:
            return keep_ltr(", ".join(one.sessions) or "–")

        return ResultsTable(
            key,
            title,
            (
                ResultColumn("unit", t("Id"), kind=ID, sheet=9, page=3),
                ResultColumn("title", t("Title"), name, sheet=60, page=18),
                *more,
                ResultColumn("sessions", t("Sessions"), kind=ID, sheet=24, page=6, cell=sessions),
            ),
        )

    def tests(self) -> ResultsTable[MeanChange]:
        """Return the table of tests before and after."""
        t = self._t

        def show(paper: PaperResult, *, is_withheld: bool) -> TableCell:
            if paper.mean is None or paper.people is None:
                return TableCell(text=t("not shown") if is_withheld else "–")
            detail = t("n = {n}", n=paper.people)
            return TableCell(text=t.percent(t.number(paper.mean)), detail=detail, order=paper.mean)

        def before(one: MeanChange) -> TableCell:
            return show(one.before, is_withheld=one.is_before_withheld)

        def after(one: MeanChange) -> TableCell:
            return show(one.after, is_withheld=one.is_after_withheld)

        def change(one: MeanChange) -> TableCell:
            if one.change is None:
                return TableCell(text="–")
            sign = "+" if one.change > 0 else "−" if one.change < 0 else ""
            return TableCell(text=f"{sign}{t.number(abs(one.change))}", ltr=True, order=one.change)

        def same(one: MeanChange) -> str:
            if one.change is None:
                return "–"
            return t("yes") if one.has_same_number else t("no")

        first, second = t("Mean before, in per cent"), t("Mean after, in per cent")
        return ResultsTable(
            "tests",
            t("Tests before and after"),
            (
                ResultColumn("session", t("Session"), kind=ID, sheet=9, page=3),
                ResultColumn("outcome", t("Outcome"), kind=ID, sheet=9, page=3),
                ResultColumn(
                    "people_before", t("People tested before"), lambda one: one.before.people, COUNT, sheet=12
                ),
                ResultColumn("mean_before", first, lambda one: one.before.mean, NUMBER, sheet=12, page=5, cell=before),
                ResultColumn("people_after", t("People tested after"), lambda one: one.after.people, COUNT, sheet=12),
                ResultColumn("mean_after", second, lambda one: one.after.mean, NUMBER, sheet=12, page=5, cell=after),
                ResultColumn("change", t("Change in percentage points"), kind=NUMBER, sheet=14, page=5, cell=change),
                ResultColumn("same_number", t("Same number of people"), same, sheet=14, page=5),
            ),
        )
