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
from fatf_kit.training.model import AgencySeats, PaperResult
from fatf_kit.training.sheets import TrainingSession


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
        t = self._t

        def kind(one: TrainingSession) -> str:
            return t(str(one.kind)) if one.kind else ""

        def subject(one: TrainingSession) -> TableCell:
            details = (kind(one), one.place, one.partner if self._is_own else "")
            return TableCell(text=one.subject or "–", detail=t.joined(filter(None, details)))

        def seats(one: TrainingSession) -> int | None:
            return self._summary.seats_of[one.id]

        def show_seats(one: TrainingSession) -> TableCell:
            text = t("not shown") if seats(one) is None else t.number(seats(one) or 0)
            return TableCell(text=text, order=seats(one))

        def day(one: TrainingSession) -> TableCell:
            return make_day_cell(one.day, t)

        columns: list[ResultColumn[TrainingSession]] = [
            ResultColumn("session", t("No."), lambda one: one.id, ID, sheet=8, page=3),
            ResultColumn("day", t("Date"), kind=DATE, sheet=12, page=6, cell=day),
            ResultColumn("days", t("Days"), kind=COUNT, sheet=8, page=3),
            ResultColumn("subject", t("Subject"), sheet=40, page=14, cell=subject),
            ResultColumn("kind", t("Kind"), kind, sheet=20),
            ResultColumn("place", t("Place, or remote"), sheet=20),
            ResultColumn("units", t("Outcomes and Recommendations"), kind=ID, sheet=24, page=7),
        ]
        if self._is_own:
            columns.append(ResultColumn("partner", t("Partner"), sheet=24))
        columns.append(ResultColumn("seats", t("Seats"), seats, COUNT, sheet=9, page=4, cell=show_seats))
        return ResultsTable("sessions", t("Sessions"), tuple(columns))

    def agencies(self) -> ResultsTable[AgencySeats]:
        """Return the table of agencies; counts by sex are for the government only."""
        t = self._t

        def name(one: AgencySeats) -> str:
            return self._imprint.name_agency(one.agency, t)

        def sessions(one: AgencySeats) -> int | None:
            return one.sessions or None

        def by_sex(key: str, title: str) -> ResultColumn[AgencySeats]:
            def count(one: AgencySeats) -> object:
                return getattr(one.sexes, key, None)

            return ResultColumn(key, title, count, COUNT, sheet=9, page=4)

        columns = [
            ResultColumn("agency", t("Agency"), name, sheet=44, page=14),
            ResultColumn("sessions", t("Sessions"), sessions, COUNT, sheet=10, page=4),
        ]
        if self._is_own:
            columns += [by_sex("women", t("Women")), by_sex("men", t("Men"))]
            columns.append(by_sex("not_stated", t("Not stated")))
        columns.append(ResultColumn("seats", t("Seats"), kind=COUNT, sheet=9, page=4))
        return ResultsTable("agencies", t("Participants by agency"), tuple(columns))

    def covered(self) -> ResultsTable[CoveredUnit]:
        """Return the table of outcomes and Recommendations with their sessions."""
        return self._list_units("covered", self._t("Outcomes and Recommendations covered"))

    def low_rated(self) -> ResultsTable[CoveredUnit]:
        """Return the table of outcomes rated ME or LE, with the sessions on each."""
        t = self._t

        def rating(one: CoveredUnit) -> TableCell:
            return make_rating_cell(one.unit, one.rated.rating if one.rated else "–")

        def findings(one: CoveredUnit) -> int | None:
            return one.rated.findings if one.rated else None

        return self._list_units(
            "low",
            t("Outcomes rated ME or LE"),
            ResultColumn("rating", t("Rating"), rating, sheet=12, page=4),
            ResultColumn("findings", t("Open gaps"), findings, COUNT, sheet=10, page=4),
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

        def list_side(side: str, people: str, mean: str) -> Iterator[ResultColumn[MeanChange]]:
            def find(one: MeanChange) -> PaperResult:
                paper: PaperResult = getattr(one, side)
                return paper

            def cell(one: MeanChange) -> TableCell:
                return show(find(one), is_withheld=getattr(one, f"is_{side}_withheld"))

            def value(one: MeanChange) -> float | None:
                return find(one).mean

            yield ResultColumn(f"people_{side}", people, lambda one: find(one).people, COUNT, sheet=12)
            yield ResultColumn(f"mean_{side}", mean, value, NUMBER, sheet=12, page=5, cell=cell)

        def change(one: MeanChange) -> TableCell:
            if one.change is None:
                return TableCell(text="–")
            sign = "+" if one.change > 0 else "−" if one.change < 0 else ""
            return TableCell(text=f"{sign}{t.number(abs(one.change))}", ltr=True, order=one.change)

        def same(one: MeanChange) -> str:
            if one.change is None:
                return "–"
            return t("yes") if one.has_same_number else t("no")

        points = t("Change in percentage points")
        columns = (
            ResultColumn("session", t("Session"), kind=ID, sheet=9, page=3),
            ResultColumn("outcome", t("Outcome"), kind=ID, sheet=9, page=3),
            *list_side("before", t("People tested before"), t("Mean before, in per cent")),
            *list_side("after", t("People tested after"), t("Mean after, in per cent")),
            ResultColumn("change", points, kind=NUMBER, sheet=14, page=5, cell=change),
            ResultColumn("same_number", t("Same number of people"), same, sheet=14, page=5),
        )
        return ResultsTable("tests", t("Tests before and after"), columns)
