"""The sheets of the mock assessors: a workbook for each outcome, in it a sheet for each interview.

Sessions run side by side, each with a panel of its own that notes scores at the same time; so each outcome is a file
of its own. The same rehearsal gives the same bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from fatf_kit.errors import WorkbookError
from fatf_kit.framework.catalog import index_of
from fatf_kit.framework.model import Framework, ImmediateOutcome
from fatf_kit.locale import all_labels, label
from fatf_kit.messages import NO_BREAK, Words
from fatf_kit.mock.contract import COLUMNS, NAMES, PRINTED, SHEETS_VERSION, SPARE, STAMP_KIND, seal_of
from fatf_kit.mock.front import write_front
from fatf_kit.mock.model import Asked, Interview, Rehearsal, Score, Why
from fatf_kit.resources import tool_version
from fatf_kit.spreadsheets.cell_writer import Pen
from fatf_kit.spreadsheets.marks import CHOICES_MARK, HEADING_BREAK, STAMP_MARK
from fatf_kit.spreadsheets.sheet import CellValue
from fatf_kit.spreadsheets.stamp import PROPERTY_PREFIX
from fatf_kit.spreadsheets.styles import height_of, lines_of
from fatf_kit.workbook.layout import FIRST_ROW
from fatf_kit.workbook.model import Stamp
from fatf_kit.workbook.stamp import stamp_facts

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_CREATED = datetime(2020, 1, 1)  # fixed: the same rehearsal gives the same bytes
_SCORES = "mock_scores"
_BREAKING = re.compile(rf"[^\S{NO_BREAK}]+")
_KEYS = [column.key for column in COLUMNS]
_WIDTH = {column.key: column.width for column in COLUMNS}
_TAB, _OWN_TAB = "#2E7D6B", "#B7791F"
_LONGEST_TITLE = 31
_LEAST_LINES = 3  # printed, a note is written by hand
_SMALLER = {"run quiet": 1.1, "run review": 1.05}


def file_of(outcome: str, language: str) -> str:
    """The name of an outcome's workbook.

    >>> file_of("IO.6", "ar")
    'mock-IO.06-ar.xlsx'
    """
    return f"mock-IO.{int(outcome.partition('.')[2]):02}-{language}.xlsx"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """What is in the sheets already: score and note by question and agency, and fields of the cover by outcome."""

    scores: Mapping[tuple[str, str], tuple[Score, str]] = field(default_factory=dict)
    fields: Mapping[str, Mapping[str, CellValue]] = field(default_factory=dict)


_BLANK = Filling()


def render_sheets(rehearsal: Rehearsal, framework: Framework, filling: Filling = _BLANK) -> dict[str, bytes]:
    """Every workbook by its name. `framework` is the edition in the language of the rehearsal.

    Raises:
        WorkbookError: a score for a question that is not asked, or a text longer than a cell.
    """
    units = {one.id: one for one in framework.outcomes}
    asked = {(question.id, question.agency) for one in rehearsal.interviews for question in one.questions}
    if homeless := sorted(set(filling.scores) - asked):
        raise WorkbookError(f"Nobody is asked {' of '.join(homeless[0])}, for which a score was given.")
    return {
        file_of(outcome, rehearsal.language): _workbook(rehearsal, framework, units[outcome], filling)
        for outcome in rehearsal.outcomes
    }


def _workbook(rehearsal: Rehearsal, framework: Framework, outcome: ImmediateOutcome, filling: Filling) -> bytes:
    pen = Pen(rehearsal.language, " – ".join(map(Words(rehearsal.language), rehearsal.notices)))
    interviews = [one for one in rehearsal.interviews if one.outcome == outcome.id]
    titles = _titles(interviews)
    stamp = Stamp(
        kit=tool_version(),
        layout=SHEETS_VERSION,
        edition=rehearsal.edition,
        edition_digest=rehearsal.edition_digest,
        language=rehearsal.language,
        agency=None,
        template=f"{STAMP_KIND} {outcome.id}",
        notice=" – ".join(rehearsal.notices),
    )
    title = f"{pen.words['mock.title']} – {outcome.id}"
    pen.book.set_properties({"title": title, "author": "fatf-kit", "created": _CREATED})
    for name, value in stamp_facts(stamp).items():
        if value:
            pen.book.set_custom_property(f"{PROPERTY_PREFIX}{name}", value, "text")
    printed = write_front(pen, rehearsal, framework, outcome, titles, filling.fields.get(outcome.id, {}))
    for interview in interviews:
        _interview(pen, rehearsal, framework, interview, titles[interview.id], filling)
    _lists(pen)
    spoken = {body.id: dict(body.names) or {rehearsal.language: body.name} for body in rehearsal.bodies}
    names = {one.agency: spoken[one.agency] for one in interviews}
    _stamp(pen, stamp, {PRINTED: " ".join(sorted(set(printed))), NAMES: json.dumps(names, ensure_ascii=False)})
    return pen.finish()


def _titles(interviews: Sequence[Interview]) -> dict[str, str]:
    """Names of sheets by interview, each only once whatever is cut off."""
    titles: dict[str, str] = {}
    for number, one in enumerate(interviews, 1):
        title = one.id[:_LONGEST_TITLE]
        if title in titles.values():
            title = f"{title[: _LONGEST_TITLE - 3]} {number}"
        titles[one.id] = title
    return titles


def _interview(
    pen: Pen, rehearsal: Rehearsal, framework: Framework, interview: Interview, title: str, filling: Filling
) -> None:
    own = any(question.why is not Why.BANK for question in interview.questions)
    sheet = pen.sheet(title, _WIDTH.values(), tab=_OWN_TAB if own else _TAB)
    name = rehearsal.names[interview.agency]
    heading = f"{interview.outcome} – {name}"
    _head(pen, sheet, heading)
    row = FIRST_ROW
    issue = ""
    index = index_of(framework)
    for question in interview.questions:
        if question.core_issue != issue:
            issue = question.core_issue
            _issue(pen, sheet, row, issue, index[issue].statement)
            row += 1
        _question(pen, sheet, row, question, filling.scores.get((question.id, question.agency)))
        row += 1
    rows = (FIRST_ROW, max(row - 1, FIRST_ROW))
    score = _KEYS.index("score")
    pen.ask(sheet, rows, score, prompt="score", name="score", rule=_SCORES)
    pen.ask(sheet, rows, _KEYS.index("note"), prompt="mock_note", name="mock_note")
    answered = {"type": "no_blanks", "format": pen.styles["answered"]}
    sheet.conditional_format(rows[0], score, rows[1], score, answered)
    sheet.set_column(_KEYS.index("mark"), _KEYS.index("mark"), None, None, {"hidden": True})
    sheet.freeze_panes(FIRST_ROW, _KEYS.index("probe"))
    pen.print_setup(sheet, heading, landscape=True, repeat=FIRST_ROW)


def _head(pen: Pen, sheet: Worksheet, heading: str) -> None:
    """Headings and, under them, the hidden keys."""
    for column, key in enumerate(_KEYS):
        pen.put(sheet, 0, column, pen.words[f"mock.{key}"], "heading")
        pen.put(sheet, 1, column, key, "key")
    back = f"{pen.words['mock.id']} {HEADING_BREAK} {pen.words['mock.back']}"
    pen.link(sheet, 0, 0, pen.words["sheet.cover"], back, "heading link")
    note = "\n".join(filter(None, (pen.notice, pen.words["mock.not_for_agency"])))
    runs = (
        ("run heading", f"{heading}\n"),
        ("run heading quiet", f"{note}\n"),
        ("run heading column", pen.words["mock.question"]),
    )
    pen.runs(sheet, 0, _KEYS.index("question"), runs, "heading")
    width = _WIDTH["question"]
    sheet.set_row(0, height_of(lines_of(heading, width * 0.8) + lines_of(note, width * 1.1) + 1.5))
    sheet.set_row(1, None, None, {"hidden": True})


def _issue(pen: Pen, sheet: Worksheet, row: int, issue: str, statement: str) -> None:
    """The core issue above its questions."""
    for column, key in enumerate(_KEYS):
        pen.put(
            sheet, row, column, {"id": issue, "question": statement}.get(key), "id" if key == "id" else "mock issue"
        )
    pen.put(sheet, row, _KEYS.index("mark"), seal_of(statement), "key")
    sheet.set_row(row, height_of(lines_of(statement, _WIDTH["question"] * 0.92)))


def _question(pen: Pen, sheet: Worksheet, row: int, asked: Asked, given: tuple[Score, str] | None) -> None:
    runs = tuple(_told(pen, asked))
    whole = "".join(text for _, text in runs)
    mark = seal_of(whole, asked.probe, asked.strong)
    own = asked.why is not Why.BANK
    pen.put(sheet, row, _KEYS.index("id"), asked.id, "id review" if own else "id part")
    pen.put(sheet, row, _KEYS.index("agency"), asked.agency, "id part")
    pen.runs(sheet, row, _KEYS.index("question"), runs, "requirement part" if asked.spare else "requirement")
    pen.put(sheet, row, _KEYS.index("probe"), asked.probe, "requirement part")
    pen.put(sheet, row, _KEYS.index("strong"), asked.strong, "requirement part")
    score, note = (label("mock_score", given[0], pen.language), given[1]) if given else (None, "")
    pen.put(sheet, row, _KEYS.index("score"), score, "rating")
    pen.put(sheet, row, _KEYS.index("note"), note, "text")
    pen.put(sheet, row, _KEYS.index("mark"), f"{mark} {SPARE}" if asked.spare else mark, "key")
    lines = max(
        sum(lines_of(text.strip(), _WIDTH["question"] * _SMALLER.get(style, 1)) for style, text in runs),
        lines_of(asked.probe, _WIDTH["probe"] - 1),
        lines_of(asked.strong, _WIDTH["strong"] - 1),
        lines_of(note, _WIDTH["note"] - 1),
    )
    sheet.set_row(row, height_of(max(lines, _LEAST_LINES)))


def _told(pen: Pen, asked: Asked) -> Iterator[tuple[str, str]]:
    """The question on the first line; what it tests and why it is asked below."""
    yield "run", _in_one_line(asked.question)
    if asked.why is not Why.BANK:
        yield "run review", f"\n{pen.words[f'mock.why.{asked.why}']}"
    yield "run quiet", f"\n{pen.words['mock.tests'].format(text=_in_one_line(asked.tests))}"
    if asked.spare:
        yield "run quiet", f"\n{pen.words['mock.spare']}"


def _in_one_line(text: str) -> str:
    r"""The text without breaks and double spaces; a space that does not break stays before French signs.

    >>> _in_one_line("Qui a\n raison\u00a0?") == "Qui a raison\u00a0?"
    True
    """
    return _BREAKING.sub(" ", text).strip()


def _lists(pen: Pen) -> None:
    """The scores behind the drop-downs, on a hidden sheet."""
    from xlsxwriter.utility import xl_range_abs

    sheet = pen.sheet("_lists")
    pen.put(sheet, 0, 0, CHOICES_MARK, "key")
    labels = list(all_labels("mock_score", pen.language).values())
    for row, text in enumerate(labels, start=1):
        pen.put(sheet, row, 0, text, "key")
    pen.book.define_name(_SCORES, f"='_lists'!{xl_range_abs(1, 0, len(labels), 0)}")
    sheet.hide()


def _stamp(pen: Pen, stamp: Stamp, more: Mapping[str, str]) -> None:
    sheet = pen.sheet("_stamp")
    pen.put(sheet, 0, 0, STAMP_MARK, "key")
    for row, (name, value) in enumerate({**stamp_facts(stamp), **more}.items(), start=1):
        pen.put(sheet, row, 0, name, "key")
        pen.put(sheet, row, 1, value, "key")
    sheet.very_hidden()
