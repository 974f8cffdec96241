"""The state of the work in an assessment folder: who was asked, who answered, what is late, and what comes next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from fatf_kit.assessed.facts import AgencyFact, FolderFacts, ReturnStatus
from fatf_kit.assessment.folder.model import DECISIONS
from fatf_kit.core.json_files import make_json_value
from fatf_kit.core.messages import Translator
from fatf_kit.papers.phase import Phase
from fatf_kit.papers.status_changes import StatusState, build_changes
from fatf_kit.papers.status_payload import FolderStep, StatusDate, make_status_result
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

_FIRST_STEPS = 3
"""Steps that stand on top of the page; the others come after the agencies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedFile:
    """A workbook that an agency returned, and the day on which it was saved."""

    name: str
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyStatus:
    """The state of one agency: its facts, and what its files say.

    `name` is its name in the language of the status. `has_template` says whether its workbook is in templates/; `sent`
    is the day on which it was sent, as the coordinator recorded it, None where not recorded. `returned` are the files
    that it returned, the newest first. `next_file` is the file that goes to it next, by its place in the folder: its
    workbook, and after it has returned one, its paper; empty where there is none.
    """

    fact: AgencyFact
    name: str
    has_template: bool
    sent: date | None
    returned: tuple[ReturnedFile, ...]
    next_file: str = ""

    @property
    def agency(self) -> str:
        """Its id."""
        return self.fact.agency

    @property
    def is_empty(self) -> bool:
        """Whether it has returned workbooks, but no answer."""
        return bool(self.returned) and self.fact.returned is not ReturnStatus.ANSWERS

    @property
    def returned_on(self) -> date | None:
        """The day of its newest file."""
        return self.returned[0].day if self.returned else None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusCount:
    """A number that a feature counted, and what it counts."""

    number: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusQuestion:
    """The open question whose answer changes most: what is asked, and what each decision would change."""

    requirement: str
    text: str
    effect: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderStatus:
    """The state of an assessment folder on a day, in one language.

    `language` may be national, like "ar-IQ". Every figure of the assessment is in `facts`. `phase` is that of the
    evaluation, None where no visit is dated, and `phase_text` describes it. `verdict` is what the ratings lead to, in
    sentences; empty before the first answer. `question` is None where no open question changes a rating. `earlier` are
    the states of the last run before the day and of one a month before, the newest first. `counts` are what features
    count. The JSON names two of them: `bills_late`, the bills of the register of laws that are overdue, and
    `untranslated`, its instruments in force without a translation that is up to date.
    """

    language: str
    country: str
    edition: str
    facts: FolderFacts
    agencies: tuple[AgencyStatus, ...]
    dates: tuple[StatusDate, ...]
    steps: tuple[FolderStep, ...]
    phase: Phase | None = None
    phase_text: str = ""
    verdict: tuple[str, ...] = ()
    question: StatusQuestion | None = None
    earlier: tuple[StatusState, ...] = ()
    notices: tuple[str, ...] = ()
    counts: tuple[StatusCount, ...] = ()
    bills_late: int = 0
    untranslated: int = 0


def build_status(status: FolderStatus, t: Translator | None = None) -> Report:
    """Return the page, the sheet of agencies and the JSON of a status, in its language."""
    t = t or Translator(status.language)
    table = _agency_table(t)
    verdict = (Paragraph(text=" ".join(status.verdict), tone=Tone.LEAD),) if status.verdict else ()
    steps = _steps(status.steps[:_FIRST_STEPS], t)
    summary = make_section("next", t("Next steps"), *verdict, *steps, _figures(status, t))
    later = _steps(status.steps[_FIRST_STEPS:], t) if len(status.steps) > _FIRST_STEPS else ()
    changes = build_changes(status.earlier, status.facts, t) if status.earlier else ()
    sections = (
        make_section("agencies", t("Agencies"), table.in_document(status.agencies)),
        make_section("later", t("After that"), *later),
        make_section("question", t("The question whose answer changes most"), *_question(status.question, t)),
        make_section("changes", t("What has changed"), *changes),
        make_section("dates", t("Dates"), *_dates(status.dates, t)),
    )
    phase = ((t("Phase"), status.phase_text),) if status.phase_text else ()
    document = Document(
        id="status",
        title=t("State of the self-assessment"),
        subtitle=status.country,
        language=t.language,
        made_on=str(status.facts.day),
        facts=(*phase, (t("Day"), t.day(status.facts.day)), (t("Edition"), status.edition)),
        notices=status.notices,
        contents_depth=0,
        summary=summary,
        sections=tuple(section for section in sections if section.blocks),
    )
    payload = make_json_value(make_status_result(status))
    return Report(document=document, tables=(table.in_sheet(status.agencies),), payload=payload)


def list_status_lines(status: FolderStatus, t: Translator) -> Iterable[tuple[str, ...]]:
    """Yield the rows of the table that a terminal shows, headings first."""
    counted = (t("Answered"), t("Shown"), t("To correct"), t("To decide"))
    yield (t("Agency"), t("Leads"), t("Returned"), *counted, t("Due"))
    for agency in status.agencies:
        fact = agency.fact
        remark = _describe_lateness(fact, t)
        due = f"{fact.due} ({remark})" if remark else str(fact.due or "–")
        counts = (fact.leads_answered, fact.shown, fact.to_correct, fact.questions)
        yield (agency.name, str(fact.leads), str(agency.returned_on or "–"), *map(str, counts), due)


def _describe_lateness(fact: AgencyFact, t: Translator) -> str:
    """Describe by how many days an agency is late, or for how many its answers are incomplete; else empty."""
    if fact.is_overdue:
        return t.plural("{n} day late", "{n} days late", fact.days_late)
    if fact.is_incomplete:
        return t.plural("incomplete for {n} day", "incomplete for {n} days", fact.days_late)
    return ""


def describe_date(one: StatusDate, t: Translator) -> str:
    """Return in how many days a date comes, or how long ago it was."""
    if one.days == 0:
        return t("today")
    if one.days < 0:
        return t.plural("{n} day ago", "{n} days ago", -one.days)
    return t.plural("in {n} day", "in {n} days", one.days)


def _figures(status: FolderStatus, t: Translator) -> KeyFigures:
    facts = status.facts
    answers, overdue = facts.answers, len(facts.overdue_submissions)
    late = sum(agency.is_overdue for agency in facts.agencies)
    returned = len(facts.agencies) - len(facts.silent_agencies)
    of_agencies = t.plural("of {n} agency", "of {n} agencies", len(facts.agencies))
    of_requirements = t.plural("of {n} requirement", "of {n} requirements", answers.requested)
    counts = [
        (returned, t("agencies have returned answers"), of_agencies),
        (answers.answered, t("requirements are answered"), of_requirements),
        (answers.shown, t("answers are shown by evidence on file"), ""),
        (facts.decisions.cells, t("cells need a correction"), ""),
        (facts.decisions.questions, t("questions wait for a decision"), ""),
        (late, t("agencies are late"), ""),
    ]
    if overdue:
        counts.append((overdue, t.plural("submission is overdue", "submissions are overdue", overdue), ""))
    counts += [(count.number, count.text, "") for count in status.counts]
    return make_key_figures((str(n), label, more) for n, label, more in counts)


def _steps(steps: tuple[FolderStep, ...], t: Translator) -> tuple[Block, ...]:
    if not steps:
        text = t("Nothing is due: everything is answered, correct and decided.")
        return (Paragraph(text=text, tone=Tone.LEAD),)
    items = []
    for step in steps:  # a page shows no command: whatever a step would type, an update does
        if step.is_command:
            items.append(t("{text} (Update writes the documents)", text=step.text))
        else:
            items.append(t("{name}: {text}", name=step.text, text=step.place) if step.place else step.text)
    files = dict(_list_files(steps))
    return (Bullets(items=tuple(items), numbered=True, files=tuple(files.items())),)


def _list_files(steps: Iterable[FolderStep]) -> Iterator[tuple[str, str]]:
    """Yield each file or folder that a step names, with its address; files of agencies have that of their folder."""
    for name in (name for step in steps if not step.is_command for name in step.place.split(", ")):
        if name:
            yield name, f"{name.rpartition('/')[0]}/" if "…" in name else name


def _question(question: StatusQuestion | None, t: Translator) -> Iterator[Block]:
    if question is None:
        return
    first, *others = question.text.split("\n")
    yield Paragraph(text=t("{name}: {text}", name=question.requirement, text=first), tone=Tone.LEAD)
    yield from (Paragraph(text=text) for text in others)
    where = t("Decide it in {file}, in the row {requirement}.", file=DECISIONS, requirement=question.requirement)
    yield Bullets(items=(*question.effect.split("\n"), where), files=((DECISIONS, DECISIONS),))


def _agency_table(t: Translator) -> ResultsTable[AgencyStatus]:
    def day(row: AgencyStatus) -> date | None:
        return row.returned_on

    def files(row: AgencyStatus) -> list[str]:
        return [file.name for file in row.returned]

    def returned(row: AgencyStatus) -> TableCell:
        return make_day_cell(row.returned_on, t)

    def to_send(row: AgencyStatus) -> TableCell:
        return TableCell(text=state(row), address=row.next_file)

    def due(row: AgencyStatus) -> TableCell:
        return make_day_cell(row.fact.due, t, detail=_describe_lateness(row.fact, t))

    def answered(row: AgencyStatus) -> TableCell:
        fact = row.fact
        faulty = fact.leads_to_correct
        return TableCell(
            text=t("{n} of {of}", n=fact.leads_answered, of=fact.leads),
            detail=t.plural("{n} to correct", "{n} to correct", faulty) if faulty else "",
            bar=(fact.leads_answered, faulty, fact.leads),
            order=fact.leads_answered / fact.leads if fact.leads else 1.0,
        )

    def count(find: Callable[[AgencyFact], int], key: str, title: str, page: int = 3) -> ResultColumn[AgencyStatus]:
        return ResultColumn(key, title, lambda row: find(row.fact), COUNT, sheet=10, page=page)

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
            ResultColumn("state", t("State"), state, sheet=16, page=3, cell=to_send),
            ResultColumn("sent", t("Sent on"), kind=DATE, sheet=12),
            ResultColumn("returned", t("Returned on"), day, DATE, sheet=12, page=4, cell=returned),
            ResultColumn("files", t("Files"), files, sheet=30),
            count(lambda fact: fact.leads, "leads", t("Leads"), page=0),
            ResultColumn(
                "answered", t("Answered"), lambda row: row.fact.leads_answered, COUNT, sheet=10, page=5, cell=answered
            ),
            count(lambda fact: fact.without_evidence, "without_evidence", t("Without evidence")),
            count(lambda fact: fact.to_correct, "to_correct", t("To correct"), page=0),
            count(lambda fact: fact.questions, "undecided", t("To decide")),
            ResultColumn("due", t("Due"), lambda row: row.fact.due, DATE, sheet=12, page=4, cell=due),
            ResultColumn("late", t("Late"), lambda row: row.fact.is_overdue, YES_NO, sheet=8),
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
