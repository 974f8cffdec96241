"""The tables of the training record, each for a page, a sheet and a CSV file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from fatf_kit.core.messages import Translator
from fatf_kit.framework.model import Framework
from fatf_kit.report.document_tables import keep_ltr, make_day_cell, make_rating_cell
from fatf_kit.report.model import DataTable, TableCell
from fatf_kit.report.results_table import COUNT, DATE, ID, NUMBER, ResultColumn, ResultsTable
from fatf_kit.training.counts import CoveredUnit, MeanChange, SessionSeats, TrainingSummary
from fatf_kit.training.model import AgencySeats, PaperResult


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

    def sessions(self) -> ResultsTable[SessionSeats]:
        """Return the table of sessions; the partner of a session is for the government only."""
        t = self._t

        def kind(one: SessionSeats) -> str:
            return t(str(one.session.kind)) if one.session.kind else ""

        def subject(one: SessionSeats) -> TableCell:
            details = (kind(one), one.session.place, *((one.session.partner,) if self._is_own else ()))
            return TableCell(text=one.session.subject or "–", detail=t.listed(filter(None, details)))

        def seats(one: SessionSeats) -> TableCell:
            text = t("not shown") if one.seats is None else t.number(one.seats)
            return TableCell(text=text, order=one.seats)

        partner: ResultColumn[SessionSeats] = ResultColumn(
            "partner", t("Partner"), lambda one: one.session.partner, sheet=24
        )
        return ResultsTable(
            "sessions",
            t("Sessions"),
            (
                ResultColumn("session", t("No."), lambda one: one.session.id, ID, sheet=8, page=3),
                ResultColumn(
                    "day",
                    t("Date"),
                    lambda one: one.session.day,
                    DATE,
                    sheet=12,
                    page=6,
                    cell=lambda one: make_day_cell(one.session.day, t),
                ),
                ResultColumn("days", t("Days"), lambda one: one.session.days, COUNT, sheet=8, page=3),
                ResultColumn("subject", t("Subject"), lambda one: one.session.subject, sheet=40, page=14, cell=subject),
                ResultColumn("kind", t("Kind"), kind, sheet=20),
                ResultColumn("place", t("Place, or remote"), lambda one: one.session.place, sheet=20),
                ResultColumn(
                    "units",
                    t("Outcomes and Recommendations"),
                    lambda one: one.session.units,
                    ID,
                    sheet=24,
                    page=7,
                ),
                *([partner] if self._is_own else []),
                ResultColumn("seats", t("Seats"), kind=COUNT, sheet=9, page=4, cell=seats),
            ),
        )

    def agencies(self) -> ResultsTable[AgencySeats]:
        """Return the table of agencies; counts by sex are for the government only."""
        t = self._t

        def sessions(one: AgencySeats) -> int | None:
            return one.sessions or None

        sexes = tuple(self._sex_columns()) if self._is_own else ()
        return ResultsTable(
            "agencies",
            t("Participants by agency"),
            (
                ResultColumn(
                    "agency", t("Agency"), lambda one: self._imprint.name_agency(one.agency, t), sheet=44, page=14
                ),
                ResultColumn("sessions", t("Sessions"), sessions, COUNT, sheet=10, page=4),
                *sexes,
                ResultColumn("seats", t("Seats"), kind=COUNT, sheet=9, page=4),
            ),
        )

    def _sex_columns(self) -> Iterator[ResultColumn[AgencySeats]]:
        t = self._t
        yield ResultColumn("women", t("Women"), lambda one: one.sexes and one.sexes.women, COUNT, sheet=9, page=4)
        yield ResultColumn("men", t("Men"), lambda one: one.sexes and one.sexes.men, COUNT, sheet=9, page=4)
        yield ResultColumn(
            "not_stated", t("Not stated"), lambda one: one.sexes and one.sexes.not_stated, COUNT, sheet=9, page=4
        )

    def covered(self) -> ResultsTable[CoveredUnit]:
        """Return the table of outcomes and Recommendations with their sessions."""
        t = self._t
        return ResultsTable("covered", t("Outcomes and Recommendations covered"), tuple(self._unit_columns()))

    def low_rated(self) -> ResultsTable[CoveredUnit]:
        """Return the table of outcomes rated ME or LE, with the sessions on each."""
        t = self._t

        def rating(one: CoveredUnit) -> TableCell:
            return make_rating_cell(one.unit, one.rated.rating if one.rated else "–")

        more: tuple[ResultColumn[CoveredUnit], ...] = (
            ResultColumn(
                "rating", t("Rating"), lambda one: one.rated and one.rated.rating, sheet=12, page=4, cell=rating
            ),
            ResultColumn(
                "findings", t("Open gaps"), lambda one: one.rated and one.rated.findings, COUNT, sheet=10, page=4
            ),
        )
        first, second, last = self._unit_columns()
        return ResultsTable("low", t("Outcomes rated ME or LE"), (first, second, *more, last))

    def _unit_columns(self) -> Iterator[ResultColumn[CoveredUnit]]:
        t = self._t
        yield ResultColumn("unit", t("Id"), kind=ID, sheet=9, page=3)
        yield ResultColumn("title", t("Title"), lambda one: self._imprint.name_unit(one.unit), sheet=60, page=18)
        yield ResultColumn(
            "sessions",
            t("Sessions"),
            kind=ID,
            sheet=24,
            page=6,
            cell=lambda one: keep_ltr(", ".join(one.sessions) or "–"),
        )

    def tests(self) -> ResultsTable[MeanChange]:
        """Return the table of tests before and after."""
        t = self._t

        def show(paper: PaperResult, *, is_withheld: bool) -> TableCell:
            if paper.mean is None or paper.people is None:
                return TableCell(text=t("not shown") if is_withheld else "–")
            detail = t("n = {n}", n=paper.people)
            return TableCell(text=t.percent(t.number(paper.mean)), detail=detail, order=paper.mean)

        def change(one: MeanChange) -> TableCell:
            if one.change is None:
                return TableCell(text="–")
            sign = "+" if one.change > 0 else "−" if one.change < 0 else ""
            return TableCell(text=f"{sign}{t.number(abs(one.change))}", ltr=True, order=one.change)

        def same(one: MeanChange) -> str:
            if one.change is None:
                return "–"
            return t("yes") if one.has_same_number else t("no")

        return ResultsTable(
            "tests",
            t("Tests before and after"),
            (
                ResultColumn("session", t("Session"), kind=ID, sheet=9, page=3),
                ResultColumn("outcome", t("Outcome"), kind=ID, sheet=9, page=3),
                ResultColumn(
                    "people_before", t("People tested before"), lambda one: one.before.people, COUNT, sheet=12
                ),
                ResultColumn(
                    "mean_before",
                    t("Mean before, in per cent"),
                    lambda one: one.before.mean,
                    NUMBER,
                    sheet=12,
                    page=5,
                    cell=lambda one: show(one.before, is_withheld=one.is_before_withheld),
                ),
                ResultColumn("people_after", t("People tested after"), lambda one: one.after.people, COUNT, sheet=12),
                ResultColumn(
                    "mean_after",
                    t("Mean after, in per cent"),
                    lambda one: one.after.mean,
                    NUMBER,
                    sheet=12,
                    page=5,
                    cell=lambda one: show(one.after, is_withheld=one.is_after_withheld),
                ),
                ResultColumn(
                    "change",
                    t("Change in percentage points"),
                    kind=NUMBER,
                    sheet=14,
                    page=5,
                    cell=change,
                ),
                ResultColumn("same_number", t("Same number of people"), same, sheet=14, page=5),
            ),
        )
