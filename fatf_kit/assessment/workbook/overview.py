"""Two sheets to find one's way: contents with links, and progress counted by formulas."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from types import MappingProxyType
from typing import NamedTuple

from fatf_kit.assessment.workbook.model import Layout, RowPlan, SheetPlan
from fatf_kit.assessment.workbook.question_sheets import cells_of, scale_of, table_of
from fatf_kit.assessment.workbook.schema import CONTRIBUTIONS, SCALES
from fatf_kit.core.languages import list_labels
from fatf_kit.spreadsheets.cell_writer import BookWriter, SheetWriter
from fatf_kit.spreadsheets.covers import start_front
from fatf_kit.spreadsheets.marks import CONTENTS_MARK, SUMMARY_MARK
from fatf_kit.spreadsheets.sheet import CellValue
from fatf_kit.spreadsheets.styles import count_lines
from fatf_kit.spreadsheets.words import format_ids

_NO_SHEETS: Mapping[str, str] = MappingProxyType({})
_BAR = "#8FA8BD"
_CHOICE_WIDTH, _NAMES_WIDTH, _SHEET_WIDTH = 13, 14, 14
_FIRST_COUNT, _SHARE = 4, 6
"""Columns of the summary: where the counts begin, and where the share of the first one is."""

Answers = Mapping[str, Mapping[str, CellValue]]
"""Values by requirement and column key."""


def write_contents(cell_writer: BookWriter, layout: Layout, extra: Mapping[str, str] = _NO_SHEETS) -> None:
    """Write every sheet with its title and a link, under the headings of the Methodology.

    `extra` names further sheets in front of those: the key of a sheet's name with the key of its heading.
    """
    words = cell_writer.words
    fronts = {"sheet.cover": "book.title", "sheet.summary": "summary.heading", "sheet.evidence": "register.heading"}
    fronts |= extra
    names = max(_NAMES_WIDTH, *(len(words[name]) + 1 for name in fronts))
    sheet = start_page(
        cell_writer,
        words["sheet.contents"],
        CONTENTS_MARK,
        words["contents.heading"],
        (names, 78, 14),
    )
    row = 2
    for column, key in enumerate(("contents.id", "contents.title", "contents.rows"), start=1):
        sheet.put(row, column, words[key], "heading padded" if column < 3 else "heading centred")
    sheet.fit_row(row, 1.5)
    for name, heading in fronts.items():
        row += 1
        sheet.link(row, 1, words[name], words[name])
        sheet.put(row, 2, words[heading], "prose")
        sheet.put(row, 3, None, "count")
        sheet.fit_row(row, 1)
    section = None
    for title, group in groupby(layout.sheets, key=lambda plan: plan.title):
        plans = tuple(group)
        plan = plans[0]
        row += 1
        if plan.section != section:
            section = plan.section
            for column in (1, 2, 3):
                sheet.put(row, column, section if column == 1 else None, "band")
            sheet.worksheet.set_row(row, 20)
            row += 1
        heading = plan.heading if not plan.is_support else format_ids([one.unit for one in plans], layout.language)
        sheet.link(row, 1, title, title)
        sheet.put(row, 2, heading, "prose")
        sheet.put(row, 3, sum(map(_rated, plans)), "count")
        sheet.fit_row(row, count_lines(heading, 78))
    sheet.worksheet.freeze_panes(3, 0)
    sheet.print_setup(layout.edition_title, landscape=False, repeat=3)


def write_summary(cell_writer: BookWriter, layout: Layout, prefill: Answers) -> None:
    """Write how many rows are answered and how many name their proof, sheet by sheet; never a rating of the whole."""
    words = cell_writer.words
    widths = (_SHEET_WIDTH, 54, 9, 9, _CHOICE_WIDTH, 16, *[_CHOICE_WIDTH] * 5)
    sheet = start_page(cell_writer, words["sheet.summary"], SUMMARY_MARK, words["summary.heading"], widths)
    sheet.put(1, 1, words["summary.note"], "note")
    sheet.put(2, 1, words["summary.note.shown"], "note")
    row = 4
    for scale, heading in (("criterion", "summary.recommendations"), ("achievement", "summary.outcomes")):
        plans = [plan for plan in layout.sheets if scale_of(plan) == scale and not plan.is_support]
        if plans:
            counts = (_Count("summary.answered", _ANSWERED), _SOURCED[scale], *_list_choices(cell_writer, scale))
            row = _block(sheet, row, words[heading], plans, counts, prefill) + 2
    if plans := [plan for plan in layout.sheets if plan.is_support]:
        counts = (_Count("summary.contributed", _CONTRIBUTED), _Count("summary.differing", _ANSWERED))
        row = _block(sheet, row, words["summary.support"], plans, counts, prefill) + 2
    sheet.print_setup(layout.edition_title, landscape=True)


def start_page(cell_writer: BookWriter, title: str, mark: str, heading: str, widths: tuple[float, ...]) -> SheetWriter:
    """Make a new sheet of ours that holds no answers: its mark in a hidden first column, its heading on top."""
    sheet = start_front(cell_writer, title, heading, (3, *widths), mark=mark)
    sheet.worksheet.set_column(0, 0, 3, None, {"hidden": True})
    return sheet


class _Count(NamedTuple):
    """A column of counts: its heading (a key of words, or a label), and the rule by which rows are counted.

    The rule is a formula with the cells of columns as `{key}`, and a function that says the same of one row's values.
    """

    heading: str
    rule: tuple[str, Callable[[RowPlan, Mapping[str, CellValue]], bool]]


def _is_given(values: Mapping[str, CellValue], key: str) -> bool:
    return values.get(key) not in (None, "")


def _is_rated(row_plan: RowPlan, values: Mapping[str, CellValue]) -> bool:
    return row_plan.scale is not None and _is_given(values, "rating")


def _has_dated_source(row_plan: RowPlan, values: Mapping[str, CellValue]) -> bool:
    is_dated = _is_given(values, "citation") and _is_given(values, "in_force_from")
    return _is_rated(row_plan, values) and (is_dated or _is_given(values, "evidence"))


def _has_proof(row_plan: RowPlan, values: Mapping[str, CellValue]) -> bool:
    return _is_rated(row_plan, values) and (_is_given(values, "citation") or _is_given(values, "evidence"))


_ANSWERED = ("=COUNTA({rating})", _is_rated)
_SOURCED = {
    "criterion": _Count(
        "summary.sourced",
        (
            '=SUMPRODUCT(({rating}<>"")*((({citation}<>"")*({in_force_from}<>"")+({evidence}<>""))>0))',
            _has_dated_source,
        ),
    ),
    "achievement": _Count(
        "summary.proved", ('=SUMPRODUCT(({rating}<>"")*((({citation}<>"")+({evidence}<>""))>0))', _has_proof)
    ),
}
_CONTRIBUTED = (
    f'=SUMPRODUCT(--({"&".join(f"{{{key}}}" for key in CONTRIBUTIONS.value_keys)}<>""))',
    lambda _row_plan, values: bool(values),
)


def _list_choices(cell_writer: BookWriter, scale: str) -> Iterator[_Count]:
    """Yield a count for each rating of a scale."""
    for number, text in enumerate(list_labels(scale, cell_writer.language).values(), start=1):

        def has_it(row_plan: RowPlan, values: Mapping[str, CellValue], wanted: str = text) -> bool:
            return _is_rated(row_plan, values) and cell_writer.shown(scale, values["rating"]) == wanted

        yield _Count(text, (f"=COUNTIF({{rating}},INDEX({SCALES[scale].name},{number}))", has_it))


def _block(
    sheet: SheetWriter,
    top: int,
    heading: str,
    plans: list[SheetPlan],
    counts: Sequence[_Count],
    prefill: Answers,
) -> int:
    """Write one table of counts; return its last row, that of the totals. The first count makes the progress."""
    places = [at for at in range(_FIRST_COUNT, _FIRST_COUNT + len(counts) + 1) if at != _SHARE][: len(counts)]
    names = [sheet.words.get(count.heading, count.heading) for count in counts]
    columns = dict(zip(places, names, strict=True))
    first = _head(sheet, top, heading, columns, is_support=plans[0].is_support)
    totals = [0] * len(counts)
    for row, plan in enumerate(plans, start=first):
        found = [_count(plan, one, prefill) for one in counts]
        totals = [total + count for total, count in zip(totals, found, strict=True)]
        cells = {key: cells_of(plan, key) for key in table_of(plan).value_keys}
        sheet.link(row, 1, plan.title, plan.unit, to_row=plan.first_row - 1 if plan.is_support else 0)
        sheet.put(row, 2, plan.heading, "prose")
        sheet.put(row, 3, _rated(plan), "count")
        for at, one, count in zip(places, counts, found, strict=True):
            sheet.formula(row, at, one.rule[0].format_map(cells), count, "count")
        _share(sheet, row, found[0], _rated(plan), "share")
        sheet.fit_row(row, count_lines(plan.heading, 54))
    last = first + len(plans) - 1
    sheet.worksheet.conditional_format(first, _SHARE, last + 1, _SHARE, {
        "type": "data_bar", "bar_solid": True, "bar_color": _BAR, "min_type": "num", "min_value": 0,
        "max_type": "num", "max_value": 1, "bar_direction": "right" if sheet.book.rtl else "left",
    })  # fmt: skip
    _totals(sheet, (first, last), sum(map(_rated, plans)), dict(zip(places, totals, strict=True)))
    return last + 1


def _head(sheet: SheetWriter, row: int, heading: str, counts: Mapping[int, str], *, is_support: bool) -> int:
    """Write the heading of a table and those of its columns, of counts by their places; return the row after them."""
    texts = {
        1: sheet.words["summary.id"],
        2: sheet.words["summary.title"],
        3: sheet.words["contents.rows" if is_support else "summary.asked"],
        _SHARE: sheet.words["summary.progress"],
        **counts,
    }
    sheet.put(row, 1, heading, "section")
    for column in range(2, max(texts) + 1):
        sheet.put(row, column, None, "section")
    sheet.worksheet.set_row(row, 22)
    for column, text in texts.items():
        sheet.put(row + 1, column, text, "heading padded" if column < 3 else "heading centred")
    lines = (count_lines(text, _CHOICE_WIDTH - 2) for text in counts.values())
    sheet.fit_row(row + 1, max(1.5, *lines))
    return row + 2


def _totals(sheet: SheetWriter, rows: tuple[int, int], to_rate: int, counts: Mapping[int, int]) -> None:
    """Write the row of totals under the sheets' rows, which go from the first to the last of `rows`."""
    from xlsxwriter.utility import xl_rowcol_to_cell

    first, last = rows
    row = last + 1
    sheet.fit_row(row, 1)
    sheet.put(row, 1, sheet.words["summary.total"], "total")
    sheet.put(row, 2, None, "total")
    for column, value in {3: to_rate, **counts}.items():
        span = f"{xl_rowcol_to_cell(first, column)}:{xl_rowcol_to_cell(last, column)}"
        sheet.formula(row, column, f"=SUM({span})", value, "total count")
    _share(sheet, row, counts[_FIRST_COUNT], to_rate, "total share")


def _share(sheet: SheetWriter, row: int, answered: int, to_rate: int, style: str) -> None:
    sheet.formula(row, _SHARE, f"=E{row + 1}/D{row + 1}", answered / to_rate, style)


def _rated(plan: SheetPlan) -> int:
    return sum(row.scale is not None for row in plan.rows)


def _count(plan: SheetPlan, one: _Count, prefill: Answers) -> int:
    return sum(one.rule[1](row, prefill.get(row.requirement, {})) for row in plan.rows)
