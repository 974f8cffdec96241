"""The sheets that are answered: one for each Recommendation and each outcome."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from fatf_kit.assessment.workbook.header import write_head
from fatf_kit.assessment.workbook.layout import FIRST_ROW, requirement_texts
from fatf_kit.assessment.workbook.model import RowPlan, SheetPlan
from fatf_kit.assessment.workbook.schema import REQUIREMENTS, SCALES
from fatf_kit.core.errors import WorkbookError
from fatf_kit.spreadsheets.cell_writer import Pen
from fatf_kit.spreadsheets.schema import CellKind
from fatf_kit.spreadsheets.sheet import CellValue
from fatf_kit.spreadsheets.styles import height_of, lines_of

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

COLUMNS = REQUIREMENTS.columns
RATING_COLUMN = list(REQUIREMENTS.by_key).index("rating")

_REQUIREMENT_COLUMN = list(REQUIREMENTS.by_key).index("requirement")
_ASKED = frozenset(REQUIREMENTS.asked)
_REQUIREMENT_STYLES = ("requirement", "requirement part", "requirement inner part")
_LEAST_LINES = 2
_SMALLER = {"run quiet": 1.1, "run duty": 1.1}
_TABS = {"criterion": "#1F3A52", "achievement": "#2E7D6B"}


def write_questions(
    pen: Pen, plan: SheetPlan, prefill: Mapping[str, Mapping[str, CellValue]], review: Mapping[str, str]
) -> None:
    """One sheet: headings, hidden keys, then a row for each requirement, with answers where some are given.

    `review` says by requirement id what is to be looked at again; such a row is marked.

    Raises:
        WorkbookError: an answer to a column that the contract does not have or that this row does not ask.
    """
    sheet = pen.sheet(plan.title, (column.width for column in COLUMNS), tab=_TABS[scale_of(plan) or "achievement"])
    heading = f"{plan.title}  {plan.heading}"
    write_head(pen, sheet, COLUMNS, title=_REQUIREMENT_COLUMN, heading=heading, note=plan.foreword)
    for row, asked in enumerate(plan.rows, start=FIRST_ROW):
        _row(pen, sheet, row, asked, _checked(asked, prefill.get(asked.requirement, {})), review.get(asked.requirement))
    for first, last, scale in _rated_runs(plan):
        pen.ask(sheet, (first, last), RATING_COLUMN, prompt=f"rating.{scale}", name="rating", rule=SCALES[scale].name)
        answered = {"type": "no_blanks", "format": pen.styles["answered"]}
        sheet.conditional_format(first, RATING_COLUMN, last, RATING_COLUMN, answered)
    rows = (FIRST_ROW, FIRST_ROW + len(plan.rows) - 1)
    for column, what in enumerate(COLUMNS):
        if what.key in _ASKED and column != RATING_COLUMN:
            rule = date if what.kind is CellKind.DATE else what.choices and what.choices.name
            pen.ask(sheet, rows, column, prompt=what.key, name=what.key, rule=rule)
    sheet.freeze_panes(FIRST_ROW, RATING_COLUMN)
    pen.print_setup(sheet, heading, landscape=True, repeat=FIRST_ROW)


def scale_of(plan: SheetPlan) -> str | None:
    """The scale by which a sheet's rows are rated; None where it holds only rows that are not."""
    return next((asked.scale for asked in plan.rows if asked.scale), None)


def rating_cells(plan: SheetPlan) -> str:
    """The address of a sheet's rating column, for counting."""
    from xlsxwriter.utility import xl_range_abs

    last = FIRST_ROW + len(plan.rows) - 1
    return f"'{plan.title}'!{xl_range_abs(FIRST_ROW, RATING_COLUMN, last, RATING_COLUMN)}"


def _row(
    pen: Pen, sheet: Worksheet, row: int, asked: RowPlan, values: Mapping[str, CellValue], review: str | None
) -> None:
    runs = tuple(requirement_texts(pen.words, asked, review))
    lines = _LEAST_LINES
    for column, what in enumerate(COLUMNS):
        value = values.get(what.key)
        if what.kind is CellKind.ID:
            style = "id review" if review else "id part" if asked.depth else "id"
            pen.put(sheet, row, column, asked.requirement, style)
        elif what.kind is CellKind.PRINTED:
            pen.runs(sheet, row, column, runs, _REQUIREMENT_STYLES[min(asked.depth, 2)])
            room = what.width - 2 * asked.depth
            lines = max(lines, sum(lines_of(text.strip(), room * _SMALLER.get(style, 1)) for style, text in runs))
        elif what.key == "rating":
            pen.put(sheet, row, column, pen.shown(asked.scale, value), "rating" if asked.scale else "no rating")
        else:
            pen.put(sheet, row, column, pen.shown(what.key, value), what.cell_style)
            lines = max(lines, lines_of(str(value or ""), what.width))
    sheet.set_row(row, height_of(lines))


def _checked(asked: RowPlan, values: Mapping[str, CellValue]) -> Mapping[str, CellValue]:
    allowed = _ASKED if asked.scale else _ASKED - {"rating"}
    if strange := sorted(set(values) - allowed):
        raise WorkbookError(f"{asked.requirement}: nothing is asked under {', '.join(strange)}.")
    return values


def _rated_runs(plan: SheetPlan) -> Iterator[tuple[int, int, str]]:
    """Unbroken runs of rows that share a scale, as first row, last row, scale."""
    row = FIRST_ROW
    for scale, run in groupby(plan.rows, key=lambda asked: asked.scale):
        count = len(list(run))
        if scale:
            yield row, row + count - 1, scale
        row += count
