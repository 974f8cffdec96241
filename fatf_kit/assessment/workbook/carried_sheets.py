"""The two sheets of a workbook whose answers were carried over from an older edition.

One says what became of every requirement and how much work is left, the other keeps the answers that no requirement
takes any more. Both carry a mark, so that nothing on them is ever read as an answer.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from fatf_kit.assessment.answers.model import Answer
from fatf_kit.assessment.workbook.overview import start_page
from fatf_kit.assessment.workbook.prefilled_cells import make_answer_cells
from fatf_kit.assessment.workbook.schema import REQUIREMENTS
from fatf_kit.spreadsheets.cell_writer import BookWriter, SheetWriter
from fatf_kit.spreadsheets.marks import CARRIED_MARK, KEPT_MARK
from fatf_kit.spreadsheets.styles import count_lines
from fatf_kit.spreadsheets.words import format_ids

_WIDTHS = (22.0, 26.0, 24.0, 74.0)
_KEPT_WIDTHS = (16.0, 20.0, 100.0)


class CarryStatus(StrEnum):
    """The state of one requirement of the newer edition.

    UNANSWERED: it was asked before, but the older workbook says nothing about it.
    """

    UNCHANGED = "unchanged"
    RENUMBERED = "renumbered"
    TO_REVIEW = "to review"
    NEW = "new"
    UNANSWERED = "unanswered"


LEFT = (CarryStatus.TO_REVIEW, CarryStatus.NEW, CarryStatus.UNANSWERED)
"""The states that still need work."""


class KeptBecause(StrEnum):
    """Why an answer stands on the sheet of what is no longer asked.

    GONE: no requirement grew out of this one. OUTCOME: the outcome's number means something else now. TOO_LONG: it
    did not fit into one cell together with the others that go to the same requirement.
    """

    GONE = "gone"
    OUTCOME = "outcome"
    TOO_LONG = "too long"


@dataclass(frozen=True, slots=True)
class CarriedRequirement:
    """One criterion or core issue of the newer edition.

    `sources` are the older ids that it grew out of, `answers` are those carried to it and to its parts, by newer id.
    """

    requirement: str
    status: CarryStatus
    sources: tuple[str, ...]
    what_changed: str
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An older answer that is in no row of the newer workbook, whole and under its older id, with what was asked."""

    answer: Answer
    because: KeptBecause
    statement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedSheets:
    """The content of both sheets. `cut_off` is the older workbook's, None where it gave none."""

    edition_title: str
    cut_off: date | None
    rows: tuple[CarriedRequirement, ...]
    kept: tuple[KeptAnswer, ...]


def list_review_notes(cell_writer: BookWriter, sheets: CarriedSheets) -> dict[str, str]:
    """Return for each requirement whose answer is to be reviewed, the line that stands in its row."""
    line = cell_writer.words["requirement.review"]
    return {
        row.requirement: line.format(old=format_ids(row.sources, cell_writer.language), text=row.what_changed)
        for row in sheets.rows
        if row.status is CarryStatus.TO_REVIEW
    }


def write_carried(cell_writer: BookWriter, sheets: CarriedSheets) -> None:
    """Write counts of what became of the requirements, what is left to do, then every requirement."""
    words = cell_writer.words
    sheet = start_page(cell_writer, words["sheet.carried"], CARRIED_MARK, words["carried.heading"], _WIDTHS)
    counts = Counter(row.status for row in sheets.rows)
    left = words["carried.left"].format(count=sum(counts[status] for status in LEFT), total=len(sheets.rows))
    notes = [left, words["carried.note"].format(edition=sheets.edition_title)]
    if sheets.cut_off:
        notes.append(
            words["carried.cut_off"].format(date=format_ids([sheets.cut_off.isoformat()], cell_writer.language))
        )
    row = 1
    for note in notes:
        sheet.put_across(row, 1, 4, note, "note wrapped")
        sheet.fit_row(row, count_lines(note, sum(_WIDTHS) * 0.9))
        row += 1
    row += 1
    sheet.put_across(row, 3, 4, None, "heading padded")
    _heads(sheet, row, ("carried.status", "carried.count", "carried.todo"))
    lines = [(f"carried.{status.name.lower()}", counts[status]) for status in CarryStatus]
    for name, count in (*lines, ("carried.kept", len(sheets.kept))):
        row += 1
        sheet.put(row, 1, words[name], "review" if name == "carried.to_review" else "label")
        sheet.put(row, 2, count, "count")
        sheet.put_across(row, 3, 4, words[f"{name}.todo"], "prose")
        sheet.fit_row(row, 1.2)
    row += 2
    _heads(sheet, row, ("carried.requirement", "carried.status", "carried.from", "carried.what"))
    first = row
    for one in sheets.rows:
        row += 1
        sheet.put(row, 1, one.requirement, "id line")
        status = words[f"carried.{one.status.name.lower()}"]
        sheet.put(row, 2, status, "review" if one.status is CarryStatus.TO_REVIEW else "prose")
        sheet.put(row, 3, ", ".join(one.sources), "id earlier")
        sheet.put(row, 4, one.what_changed, "prose")
        sheet.fit_row(row, count_lines(one.what_changed, _WIDTHS[3]))
    sheet.worksheet.autofilter(first, 1, row, 4)
    sheet.print_setup(words["carried.heading"], landscape=True)


def write_kept(cell_writer: BookWriter, sheets: CarriedSheets) -> None:
    """Write the answers that no requirement takes, one line for each filled column.

    Upright rather than as a table, because a table would look like answers to this edition.
    """
    words = cell_writer.words
    sheet = start_page(cell_writer, words["sheet.kept"], KEPT_MARK, words["kept.heading"], _KEPT_WIDTHS)
    sheet.put(1, 1, words["kept.note"], "note")
    row = 2
    for kept in sheets.kept:
        row += 1
        name, values = kept.answer.requirement, make_answer_cells(kept.answer)
        sheet.put(row, 1, name, "id")
        because = words[f"kept.because.{kept.because.name.lower()}"]
        sheet.worksheet.merge_range(row, 2, row, 3, "", cell_writer.styles["requirement"])
        sheet.runs(row, 2, (("run", f"{kept.statement}\n"), ("run quiet", because)), "requirement")
        width = sum(_KEPT_WIDTHS[1:])
        sheet.fit_row(row, count_lines(kept.statement, width) + count_lines(because, width))
        for column in REQUIREMENTS.columns:
            if (value := values.get(column.key)) is None:
                continue
            row += 1
            scale = "criterion" if name.startswith("R.") else "achievement"
            shown = cell_writer.shown(scale if column.key == "rating" else column.key, value)
            sheet.put(row, 1, None, "id part")
            sheet.put(row, 2, words[f"column.{column.key}"], "label")
            sheet.put(row, 3, shown, "kept date" if isinstance(shown, date) else "kept")
            sheet.fit_row(row, count_lines(str(shown), _KEPT_WIDTHS[2]))
        row += 1
    sheet.print_setup(words["kept.heading"], landscape=True)


def _heads(sheet: SheetWriter, row: int, names: tuple[str, ...]) -> None:
    for column, name in enumerate(names, start=1):
        sheet.put(row, column, sheet.words[name], "heading padded")
    sheet.fit_row(row, 1.5)
