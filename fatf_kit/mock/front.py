"""The cover of an outcome's workbook: who is interviewed when and where, how to score, what the scores mean."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from fatf_kit.framework.model import Framework, ImmediateOutcome
from fatf_kit.locale import all_labels
from fatf_kit.messages import Words
from fatf_kit.mock.contract import ASKED_FIELDS, FIELDS, seal_of
from fatf_kit.mock.model import Rehearsal
from fatf_kit.mock.times import day_words, hours_words, placed_for
from fatf_kit.spreadsheets.cell_writer import Pen
from fatf_kit.spreadsheets.marks import MOCK_MARK
from fatf_kit.spreadsheets.sheet import CellValue
from fatf_kit.spreadsheets.styles import height_of, lines_of

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_KEY, _LABEL, _VALUE, _WHEN = 0, 1, 2, 3
_WIDTHS = (3.0, 34.0, 48.0, 34.0)
_STEPS = 5
_TAB = "#5B6B79"


def write_front(
    pen: Pen,
    rehearsal: Rehearsal,
    framework: Framework,
    outcome: ImmediateOutcome,
    titles: Mapping[str, str],
    given: Mapping[str, CellValue],
) -> list[str]:
    """Write the cover; returns the seals of everything printed on it.

    `titles` are the sheets by interview, `given` what its asked fields hold already.
    """
    return _Front(pen, rehearsal, given).write(framework, outcome, titles)


class _Front:
    def __init__(self, pen: Pen, rehearsal: Rehearsal, given: Mapping[str, CellValue]) -> None:
        self._given = given
        self._pen, self._rehearsal, self._t = pen, rehearsal, Words(rehearsal.language)
        self._sheet: Worksheet = pen.sheet(pen.words["sheet.cover"], _WIDTHS, tab=_TAB, growing=False)
        self._printed: list[str] = []

    def write(self, framework: Framework, outcome: ImmediateOutcome, titles: Mapping[str, str]) -> list[str]:
        pen, sheet = self._pen, self._sheet
        sheet.set_column(_KEY, _KEY, _WIDTHS[_KEY], None, {"hidden": True})
        self._put(0, _KEY, MOCK_MARK, "key")
        self._put(0, _LABEL, self._t("{name}: {text}", name=pen.words["mock.title"], text=outcome.id), "title")
        sheet.set_row(0, 30)
        self._put(1, _LABEL, " – ".join(filter(None, (outcome.title, pen.notice))), "subtitle")
        row = self._fields(3, framework, outcome)
        row = self._interviews(row + 1, outcome, titles)
        steps = [(pen.words[f"mock.step.{n}.title"], pen.words[f"mock.step.{n}"]) for n in range(1, _STEPS + 1)]
        row = self._section(row + 1, pen.words["cover.how"], steps)
        labels = all_labels("mock_score", pen.language)
        key = [(name, pen.words[f"mock.score.{code.replace(' ', '_')}"]) for code, name in labels.items()]
        row = self._section(row + 1, pen.words["mock.key"], key)
        notices = [
            (pen.words[f"mock.notice.{n}.title"], pen.words[f"mock.notice.{n}"]) for n in ("strong", "indicative")
        ]
        self._section(row + 1, pen.words["cover.notices"], [*notices, pen.affiliation])
        pen.print_setup(sheet, f"{outcome.id} {outcome.title}", landscape=False)
        sheet.fit_to_pages(1, 1)
        sheet.set_first_sheet()
        sheet.activate()
        return self._printed

    def _fields(self, row: int, framework: Framework, outcome: ImmediateOutcome) -> int:
        rehearsal = self._rehearsal
        panel = next(one.panel for one in rehearsal.interviews if one.outcome == outcome.id)
        values = {
            "country": rehearsal.country,
            "edition": framework.full_title,
            "outcome": f"{outcome.id} {outcome.title}",
            "panel": rehearsal.names[panel],
        }
        row = self._section(row, self._pen.words["mock.about"], [])
        for field in FIELDS:
            self._put(row, _KEY, field, "key")
            self._put(row, _LABEL, self._pen.words[f"mock.field.{field}"], "label")
            value = values.get(field)
            self._sheet.set_row(row, height_of(max(1.2, lines_of(value or "", _WIDTHS[_VALUE]))))
            if field not in ASKED_FIELDS:
                self._put(row, _VALUE, value, "field fixed")
            else:
                self._pen.put(self._sheet, row, _VALUE, self._given.get(field), "field")
                self._pen.ask(self._sheet, (row, row), _VALUE, prompt=field, name=field)
            row += 1
        return row

    def _interviews(self, row: int, outcome: ImmediateOutcome, titles: Mapping[str, str]) -> int:
        """Who is interviewed, with a link to the sheet, when, where and with how many questions."""
        pen, rehearsal, t = self._pen, self._rehearsal, self._t
        row = self._section(row, pen.words["mock.interviews"], [])
        for one in rehearsal.interviews:
            if one.outcome != outcome.id:
                continue
            spare = sum(question.spare for question in one.questions)
            asked = t.plural("{n} question", "{n} questions", len(one.questions) - spare)
            if spare:
                asked = t.listed((asked, t("{n} more if time remains", n=spare)))
            place = placed_for(rehearsal, one.outcome, one.agency)
            when = t("not placed")
            if place:
                room = t("room {n}", n=place.room + 1)
                when = t.listed((day_words(rehearsal, place.day, t), hours_words(place), room))
            name = rehearsal.names[one.agency]
            self._put(row, _LABEL, name, "label")
            self._put(row, _VALUE, when, "prose")
            pen.link(self._sheet, row, _WHEN, titles[one.id], asked)
            self._printed.append(seal_of(asked))
            wide = max(lines_of(name, _WIDTHS[_LABEL] * 0.9), lines_of(when, _WIDTHS[_VALUE]))
            self._sheet.set_row(row, height_of(max(1.2, wide)))
            row += 1
        return row

    def _section(self, row: int, heading: str, lines: list[tuple[str, str]]) -> int:
        """A heading and lines of a name and its text; returns the first row below."""
        for column in (_LABEL, _VALUE, _WHEN):
            self._put(row, column, heading if column == _LABEL else None, "section")
        self._sheet.set_row(row, 20)
        for name, text in lines:
            row += 1
            self._put(row, _LABEL, name, "label")
            self._sheet.merge_range(row, _VALUE, row, _WHEN, "", self._pen.styles["prose"])
            self._put(row, _VALUE, text, "prose")
            room = _WIDTHS[_VALUE] + _WIDTHS[_WHEN]
            self._sheet.set_row(row, height_of(max(lines_of(name, _WIDTHS[_LABEL]), lines_of(text, room))))
        return row + 1

    def _put(self, row: int, column: int, text: str | None, style: str) -> None:
        if text:
            self._printed.append(seal_of(text))
        self._pen.put(self._sheet, row, column, text, style)
