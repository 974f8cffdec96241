"""The state of the work in an assessment folder: who was asked, who answered, what is late, and what comes next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from fatf_kit.core.json_files import make_json_value
from fatf_kit.core.messages import Translator
from fatf_kit.report.document_tables import make_day_cell, make_table
from fatf_kit.report.model import (
    Block,
    Bullets,
    Document,
    KeyFigures,
    Paragraph,
    Report,
    TableCell,
    Tone,
)
from fatf_kit.report.results_table import COUNT, DATE, ID, YES_NO, ResultColumn, ResultsTable
from fatf_kit.report.sections import make_key_figures, make_section

SCHEMA = "fatf-kit/status/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedFile:
    """A workbook that an agency returned, and the day on which it was saved."""

    name: str
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyStatus:
    """The state of one agency; counts of criteria and core issues.

    Attributes:
        agency: Its id.
        name: Its name in the language of the status.
        requested: How many it was asked to answer.
        has_template: Whether its workbook is in templates/.
        sent: The day on which the workbook was sent, as the coordinator recorded it; None where not recorded.
        due: The day by which its answers are wanted; None where none is set.
        returned: The files that it returned, the newest first.
        answered: How many it answered.
        shown: How many of these are shown by the evidence on file.
        to_correct: Cells of its files with an error or a warning.
        undecided: Open questions in which its answers take part.
        is_late: Whether the due day has passed and something is unanswered.
    """

    agency: str
    name: str
    requested: int
    has_template: bool
    sent: date | None
    due: date | None
    returned: tuple[ReturnedFile, ...]
    answered: int
    shown: int
    to_correct: int
    undecided: int
    is_late: bool

    @property
    def is_empty(self) -> bool:
        """Whether it has returned workbooks, but no answer."""
        return bool(self.returned) and not self.answered

    @property
    def returned_on(self) -> date | None:
        """The day of its newest file."""
        return self.returned[0].day if self.returned else None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusDate:
    """A date of the evaluation: the step, the day, and in how many days it comes; below 0 it is past."""

    step: str
    day: date
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderStep:
    """The next step of a person: a sentence, and the command or file for it; empty where there is none."""

    text: str
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderStatus:
    """The state of an assessment folder on a day, in one language.

    `language` may be national, like "ar-IQ". `shown_units` and `units` count rated units whose rating is settled by the
    evidence on file, and all of them. `bills_late` counts bills of the register of laws that are overdue,
    `untranslated` its instruments in force without a translation that is up to date.
    """

    language: str
    country: str
    edition: str
    today: date
    agencies: tuple[AgencyStatus, ...]
    requested: int
    answered: int
    shown: int
    shown_units: int
    units: int
    to_correct: int
    undecided: int
    dates: tuple[StatusDate, ...]
    steps: tuple[FolderStep, ...]
    notices: tuple[str, ...] = ()
    bills_late: int = 0
    untranslated: int = 0


def build_status(status: FolderStatus) -> Report:
    """Return the page, the sheet of agencies and the JSON of a status."""
    t = Translator(status.language)
    table = _agency_table(t)
    summary = make_section("next", t("Next steps"), *_steps(status.steps, t), _figures(status, t))
    sections = (
        make_section("agencies", t("Agencies"), table.in_document(status.agencies)),
        make_section("dates", t("Dates"), *_dates(status.dates, t)),
    )
    document = Document(
        id="status",
        title=t("State of the self-assessment"),
        subtitle=status.country,
        language=t.language,
        made_on=str(status.today),
        facts=((t("Edition"), status.edition), (t("Day"), t.day(status.today))),
        notices=status.notices,
        contents_depth=0,
        summary=summary,
        sections=sections,
    )
    return Report(document=document, tables=(table.in_sheet(status.agencies),), payload=_make_payload(status))


def _make_payload(status: FolderStatus) -> Mapping[str, object]:
    """Return the JSON of a status."""
    return {
        "schema": SCHEMA,
        "day": str(status.today),
        "edition": status.edition,
        "country": status.country,
        "asked": status.requested,
        "answered": status.answered,
        "shown": status.shown,
        "units": {"shown": status.shown_units, "all": status.units},
        "to_correct": status.to_correct,
        "undecided": status.undecided,
        "bills_late": status.bills_late,
        "untranslated": status.untranslated,
        "agencies": [_describe_agency(one) for one in status.agencies],
        "dates": make_json_value(status.dates),
        "next": make_json_value(status.steps),
    }


def _describe_agency(one: AgencyStatus) -> Mapping[str, object]:
    """Return the fields of an agency under the keys of the JSON."""
    keys = {"agency": "id", "is_late": "late", "requested": "asked"}
    fields = {keys.get(name, name): value for name, value in make_json_value(one).items()}
    return fields | {"returned": [{"file": file.name, "day": str(file.day)} for file in one.returned]}


def list_status_lines(status: FolderStatus, t: Translator) -> Iterable[tuple[str, ...]]:
    """Yield the rows of the table that a terminal shows, headings first."""
    counted = (t("Answered"), t("Shown"), t("To correct"), t("Undecided"))
    yield (t("Agency"), t("Asked"), t("Returned"), *counted, t("Due"))
    for one in status.agencies:
        late = t("late")
        due = f"{one.due} ({late})" if one.is_late else str(one.due or "–")
        counts = (one.answered, one.shown, one.to_correct, one.undecided)
        yield (one.name, str(one.requested), str(one.returned_on or "–"), *map(str, counts), due)


def describe_date(one: StatusDate, t: Translator) -> str:
    """Return in how many days a date comes, or how long ago it was."""
    if one.days == 0:
        return t("today")
    if one.days < 0:
        return t.plural("{n} day ago", "{n} days ago", -one.days)
    return t.plural("in {n} day", "in {n} days", one.days)


def _figures(status: FolderStatus, t: Translator) -> KeyFigures:
    late = sum(one.is_late for one in status.agencies)
    returned = sum(bool(one.returned) and not one.is_empty for one in status.agencies)
    of_agencies = t.plural("of {n} agency", "of {n} agencies", len(status.agencies))
    of_requirements = t.plural("of {n} requirement", "of {n} requirements", status.requested)
    counts = [
        (returned, t("agencies have returned answers"), of_agencies),
        (status.answered, t("requirements are answered"), of_requirements),
        (status.shown, t("answers are shown by evidence on file"), ""),
        (status.to_correct, t("cells need a correction"), ""),
        (status.undecided, t("questions wait for a decision"), ""),
        (late, t("agencies are late"), ""),
    ]
    if status.bills_late:
        counts.append((status.bills_late, t("bills are late"), ""))
    if status.untranslated:
        counts.append((status.untranslated, t("instruments lack a current translation"), ""))
    return make_key_figures((str(n), label, more) for n, label, more in counts)


def _steps(steps: tuple[FolderStep, ...], t: Translator) -> tuple[Block, ...]:
    if not steps:
        text = t("Nothing is due: everything is answered, correct and decided.")
        return (Paragraph(text=text, tone=Tone.LEAD),)
    items = (t("{name}: {text}", name=one.text, text=one.place) if one.place else one.text for one in steps)
    return (Bullets(items=tuple(items), numbered=True),)


def _agency_table(t: Translator) -> ResultsTable[AgencyStatus]:
    def day(row: AgencyStatus) -> date | None:
        return row.returned_on

    def files(row: AgencyStatus) -> list[str]:
        return [file.name for file in row.returned]

    def returned(row: AgencyStatus) -> TableCell:
        return make_day_cell(row.returned_on, t)

    def due(row: AgencyStatus) -> TableCell:
        return make_day_cell(row.due, t, detail=t("late") if row.is_late else "")

    def state(row: AgencyStatus) -> str:
        if row.returned:
            return t("returned empty") if row.is_empty else t("returned")
        if row.sent:
            return t("sent")
        return t("template written") if row.has_template else t("no template")

    return ResultsTable[AgencyStatus](
        "status",
        t("State of each agency"),
        (
            ResultColumn("agency", t("Short name"), kind=ID, sheet=16),
            ResultColumn("name", t("Agency"), sheet=44, page=8),
            ResultColumn("state", t("State"), state, sheet=16, page=3),
            ResultColumn("sent", t("Sent on"), kind=DATE, sheet=12),
            ResultColumn("returned", t("Returned on"), day, DATE, sheet=12, page=4, cell=returned),
            ResultColumn("files", t("Files"), files, sheet=30),
            ResultColumn("asked", t("Asked"), lambda row: row.requested, COUNT, sheet=10, page=3),
            ResultColumn("answered", t("Answered"), kind=COUNT, sheet=10, page=3),
            ResultColumn("shown", t("Shown"), kind=COUNT, sheet=10, page=3),
            ResultColumn("to_correct", t("To correct"), kind=COUNT, sheet=10, page=3),
            ResultColumn("undecided", t("Undecided"), kind=COUNT, sheet=10, page=3),
            ResultColumn("due", t("Due"), kind=DATE, sheet=12, page=4, cell=due),
            ResultColumn("late", t("Late"), lambda row: row.is_late, YES_NO, sheet=8),
        ),
        lambda row: {"agency": (row.name,)},
    )


def _dates(dates: tuple[StatusDate, ...], t: Translator) -> tuple[Block, ...]:
    if not dates:
        text = t("The on-site visit has no date yet. Write it on the sheet of settings.")
        return (Paragraph(text=text),)
    heads = ((t("Date"), 3), (t("Step"), 9), (t("When"), 3))
    past = t("past")
    rows = (
        (make_day_cell(one.day, t, detail=past if one.days < 0 else ""), one.step, describe_date(one, t))
        for one in dates
    )
    return (make_table("status-dates", t("Dates of the evaluation"), heads, rows),)
