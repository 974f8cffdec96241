"""The sheets of the mock assessors: a workbook for each outcome, in it a cover and a sheet for each interview.

Sessions are held in parallel, each with a panel of its own that notes scores at the same time; so each outcome is a
file of its own. The same rehearsal gives the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from fatf_kit.core.errors import WorkbookError
from fatf_kit.core.languages import list_labels
from fatf_kit.core.messages import NO_BREAK, Translator
from fatf_kit.core.national_words import base_language
from fatf_kit.framework.catalog import index_requirements
from fatf_kit.framework.model import Framework, ImmediateOutcome
from fatf_kit.mock_visit.model import Interview, MockQuestion, MockQuestionReason, MockScore, Rehearsal
from fatf_kit.mock_visit.schema import FIELDS, MOCK, NAMES_MARK, QUESTIONS, SCORES, SPARE
from fatf_kit.spreadsheets.cell_writer import BookWriter
from fatf_kit.spreadsheets.covers import start_cover, write_fields, write_section
from fatf_kit.spreadsheets.sheet import CellValue
from fatf_kit.spreadsheets.stamp import write_stamp
from fatf_kit.spreadsheets.writer import (
    MAX_TITLE,
    Highlight,
    RowValues,
    StyledCell,
    write_hidden,
    write_lists,
    write_table,
)

_BREAKING = re.compile(rf"[^\S{NO_BREAK}]+")
_TAB, _OWN_TAB = "#2E7D6B", "#B7791F"
_FROZEN = 3  # columns: ids and questions
_STEPS = 5
_LEAST_LINES = 3  # printed, a note is written by hand


def name_sheet_file(outcome: str, language: str) -> str:
    """Return the name of an outcome's workbook.

    >>> name_sheet_file("IO.6", "ar")
    'mock-IO.06-ar.xlsx'
    """
    return f"mock-IO.{int(outcome.partition('.')[2]):02}-{base_language(language)}.xlsx"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetContents:
    """Contents that the sheets have already: score and note by question and agency, cover fields by outcome."""

    scores: Mapping[tuple[str, str], tuple[MockScore, str]] = field(default_factory=dict)
    fields: Mapping[str, Mapping[str, CellValue]] = field(default_factory=dict)


_BLANK = SheetContents()


def render_sheets(rehearsal: Rehearsal, framework: Framework, filling: SheetContents = _BLANK) -> dict[str, bytes]:
    """Return every workbook by its name. `framework` is the edition in the language of the rehearsal.

    Raises:
        WorkbookError: a score for a question that is not asked, or a text longer than a cell.
    """
    units = {one.id: one for one in framework.outcomes}
    questions = (question for one in rehearsal.interviews for question in one.questions)
    if unplaced := sorted(set(filling.scores) - {(one.id, one.agency) for one in questions}):
        raise WorkbookError(
            "The sheets do not contain the question {question}, for which there is a score.",
            question=" of ".join(unplaced[0]),
        )
    outcomes = (units[name] for name in rehearsal.outcomes)
    writers = (_OutcomeWriter(rehearsal, framework, one, filling) for one in outcomes)
    return {writer.file: writer.write() for writer in writers}


def _name_sheets(interviews: Sequence[Interview]) -> dict[str, str]:
    """Return names of sheets by interview, each only once although long ones are cut."""
    titles: dict[str, str] = {}
    for number, one in enumerate(interviews, 1):
        title = one.id[:MAX_TITLE]
        if title in titles.values():
            title = f"{title[: MAX_TITLE - 3]} {number}"
        titles[one.id] = title
    return titles


class _OutcomeWriter:
    """Writes the workbook of one outcome."""

    def __init__(
        self, rehearsal: Rehearsal, framework: Framework, outcome: ImmediateOutcome, filling: SheetContents
    ) -> None:
        self.file = name_sheet_file(outcome.id, rehearsal.language)
        self._rehearsal, self._framework = rehearsal, framework
        self._outcome, self._filling = outcome, filling
        self._interviews = [one for one in rehearsal.interviews if one.outcome == outcome.id]
        self._titles = _name_sheets(self._interviews)
        self._t = Translator(rehearsal.language)
        self._writer = BookWriter(rehearsal.language, " – ".join(map(self._t, rehearsal.notices)))
        self._words = self._writer.words

    def write(self) -> bytes:
        rehearsal, writer, outcome = self._rehearsal, self._writer, self._outcome
        self._write_cover()
        for interview in self._interviews:
            self._write_interview(interview)
        write_lists(writer, (SCORES,))
        language = base_language(rehearsal.language)
        names = {body.id: dict(body.names) or {language: body.name} for body in rehearsal.bodies}
        asked = (one.agency for one in self._interviews)
        listed = [(agency, *name) for agency in asked for name in names[agency].items()]
        write_hidden(writer, "_agencies", NAMES_MARK, listed)
        facts = {
            "edition": rehearsal.edition,
            "edition_digest": rehearsal.edition_digest,
            "language": rehearsal.language,
            "outcome": outcome.id,
            "notices": "\n".join(rehearsal.notices),
        }
        write_stamp(writer, MOCK, f"{self._words['mock.title']} – {outcome.id}", facts)
        return writer.finish()

    def _write_cover(self) -> None:
        t, words, writer, interviews = self._t, self._words, self._writer, self._interviews
        outcome, names = self._outcome, self._rehearsal.names
        values: dict[str, CellValue | None] = {
            "country": self._rehearsal.country,
            "edition": self._framework.full_title,
            "outcome": f"{outcome.id} {outcome.title}",
            "panel": names[interviews[0].panel],
            **self._filling.fields.get(outcome.id, {}),
        }
        title = t("{name}: {text}", name=words["mock.title"], text=outcome.id)
        subtitle = " – ".join(filter(None, (outcome.title, writer.notice)))
        sheet, row = start_cover(writer, title, subtitle)
        row = write_section(sheet, row, words["mock.about"], ())
        row = write_fields(sheet, row, FIELDS, values) + 1
        visits = [(names[one.agency], self._describe_visit(one)) for one in interviews]
        tabs = [self._titles[one.id] for one in interviews]
        row = write_section(sheet, row, words["mock.interviews"], visits, tabs) + 1
        steps = self._list_texts(f"mock.step.{number}" for number in range(1, _STEPS + 1))
        row = write_section(sheet, row, words["cover.how"], steps) + 1
        labels = list_labels("mock_score", writer.language)
        codes = {code: code.replace(" ", "_") for code in labels}
        scores = [(name, words[f"mock.score.{codes[code]}"]) for code, name in labels.items()]
        row = write_section(sheet, row, words["mock.key"], scores) + 1
        notices = self._list_texts(("mock.notice.strong", "mock.notice.indicative"))
        write_section(sheet, row, words["cover.notices"], [*notices, writer.affiliation])
        sheet.worksheet.fit_to_pages(1, 1)

    def _list_texts(self, keys: Iterable[str]) -> list[tuple[str, str]]:
        """Return titles with their texts."""
        return [(self._words[f"{key}.title"], self._words[key]) for key in keys]

    def _describe_visit(self, one: Interview) -> str:
        """Return when and where an agency is interviewed, and with how many questions."""
        t, rehearsal = self._t, self._rehearsal
        spare = sum(question.spare for question in one.questions)
        counts = [t.plural("{n} question", "{n} questions", len(one.questions) - spare)]
        counts += [t("{n} more if time remains", n=spare)] if spare else []
        place, when = rehearsal.find_place(one), [t("not placed")]
        if place:
            room = t("room {n}", n=place.venue + 1)
            when = [rehearsal.describe_day(place.day, t), place.hours, room]
        return t.points((t.joined(when), t.listed(counts)))

    def _write_interview(self, interview: Interview) -> None:
        words, writer = self._words, self._writer
        own = any(question.why is not MockQuestionReason.BANK for question in interview.questions)
        heading = f"{interview.outcome} – {self._rehearsal.names[interview.agency]}"
        note = " ".join(filter(None, (writer.notice, words["mock.not_for_agency"])))
        place = write_table(
            writer,
            self._titles[interview.id],
            QUESTIONS,
            list(self._list_rows(interview)),
            tab=_OWN_TAB if own else _TAB,
            heading=heading,
            above=(heading, note),
            freeze=_FROZEN,
            spare=0,
            lines=_LEAST_LINES,
            highlights=(Highlight('{score}<>""', "answered", ("score",)),),
            protected=True,
        )
        back = list(QUESTIONS.by_key).index("note")
        place.sheet.link(0, back, words["sheet.cover"], words["mock.back"], "back link")

    def _list_rows(self, interview: Interview) -> Iterator[RowValues]:
        """Yield each core issue, then its questions."""
        index, issue = index_requirements(self._framework), ""
        for question in interview.questions:
            if question.core_issue != issue:
                issue = question.core_issue
                blank = dict.fromkeys(QUESTIONS.by_key, StyledCell(style="rows heading"))
                statement = StyledCell(value=index[issue].statement, style="rows heading")
                yield {**blank, "id": StyledCell(value=issue, style="id"), "question": statement}
            score, note = self._filling.scores.get((question.id, question.agency), (None, ""))
            style = "id part" if question.why is MockQuestionReason.BANK else "id review"
            text_style = "requirement part" if question.spare else "requirement"
            runs = tuple(_list_runs(self._words, question))
            yield {
                "id": StyledCell(value=question.id, style=style),
                "agency": question.agency,
                "question": StyledCell(runs=runs, style=text_style),
                "probe": question.probe,
                "strong": question.strong,
                "score": score,
                "note": note,
                "spare": SPARE if question.spare else None,
            }


def _list_runs(words: Mapping[str, str], question: MockQuestion) -> Iterator[tuple[str, str]]:
    """Yield the question on the first line, below it what it tests and why it is asked."""
    yield "run", _join_lines(question.question)
    if question.why is not MockQuestionReason.BANK:
        yield "run review", f"\n{words[f'mock.why.{question.why}']}"
    yield "run quiet", f"\n{words['mock.tests'].format(text=_join_lines(question.tests))}"
    if question.spare:
        yield "run quiet", f"\n{words['mock.spare']}"


def _join_lines(text: str) -> str:
    r"""Return the text without breaks and double spaces; a space that does not break stays before French signs.

    >>> _join_lines("Qui a\n raison\u00a0?") == "Qui a raison\u00a0?"
    True
    """
    return _BREAKING.sub(" ", text).strip()
