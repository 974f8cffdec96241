"""The sheets that are filled in: one for each Recommendation and each outcome, and the evidence register."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import count, groupby, islice

from fatf_kit.assessment.workbook.layout import REGISTER_ROWS, requirement_note, requirement_texts
from fatf_kit.assessment.workbook.model import FIRST_ROW, RowPlan, SheetPlan
from fatf_kit.assessment.workbook.schema import CONTRIBUTIONS, EVIDENCE_KINDS, REGISTER, REQUIREMENTS, SCALES
from fatf_kit.core.errors import WorkbookError
from fatf_kit.core.languages import list_labels
from fatf_kit.core.ratings import CriterionRating
from fatf_kit.spreadsheets.cell_writer import BookWriter, SheetWriter
from fatf_kit.spreadsheets.marks import HEADING_BREAK
from fatf_kit.spreadsheets.schema import CellKind, SheetColumn, SheetTable
from fatf_kit.spreadsheets.sheet import CellValue
from fatf_kit.spreadsheets.styles import count_lines
from fatf_kit.spreadsheets.writer import check_written

_REQUIREMENT_COLUMN = list(REQUIREMENTS.by_key).index("requirement")
_FROZEN = _REQUIREMENT_COLUMN + 1
_REQUIREMENT_STYLES = ("requirement", "requirement part", "requirement inner part")
_LEAST_LINES = 2
_SMALLER = {"run quiet": 1.1, "run duty": 1.1}
_TABS = {"criterion": "#1F3A52", "achievement": "#2E7D6B"}
_SUPPORT_TAB = "#8FA8BD"


def write_questions(
    cell_writer: BookWriter,
    plans: Sequence[SheetPlan],
    prefill: Mapping[str, Mapping[str, CellValue]],
    review: Mapping[str, str],
) -> None:
    """Write one sheet: headings, hidden keys, a row for each requirement, with answers where some are given.

    `plans` share a title; above the rows of a supported unit is its heading. `review` says by requirement id what is to
    be looked at again; such a row is marked.

    Raises:
        WorkbookError: an answer to a column that the contract does not have or that this row does not ask.
    """
    plan = plans[0]
    table = table_of(plan)
    tab = _SUPPORT_TAB if plan.is_support else _TABS[scale_of(plan) or "achievement"]
    sheet = cell_writer.sheet(plan.title, (column.width for column in table.columns), tab=tab)
    heading = sheet.words["section.support"] if plan.is_support else f"{plan.title}  {plan.heading}"
    note = sheet.words["duty.support_sheet"] if plan.is_support else plan.foreword
    write_head(sheet, table.columns, title=_REQUIREMENT_COLUMN, heading=heading, note=note)
    for plan in plans:
        _write_plan(sheet, plan, prefill, review)
    rows = (plans[0].first_row, plans[-1].span[1])
    for column, what in enumerate(table.columns):
        if what.key in table.value_keys and what.key != "rating":
            rule = date if what.kind is CellKind.DATE else what.choices and what.choices.name
            prompt = what.prompt or what.key
            sheet.add_validation(rows, column, prompt=prompt, name=prompt, rule=rule)
    sheet.worksheet.freeze_panes(FIRST_ROW, _FROZEN)
    sheet.print_setup(heading, landscape=True, repeat=FIRST_ROW)


def _write_plan(
    sheet: SheetWriter,
    plan: SheetPlan,
    prefill: Mapping[str, Mapping[str, CellValue]],
    review: Mapping[str, str],
) -> None:
    """Write the rows of a plan, the lists of their ratings, and above them the heading of a supported unit."""
    table = table_of(plan)
    if plan.is_support:
        _write_heading(sheet, plan, table)
    for row, one in enumerate(plan.rows, start=plan.first_row):
        answer = _checked(one, table, prefill.get(one.requirement, {}))
        _row(sheet, row, table, one, answer, review.get(one.requirement))
    rating = place_of(plan, "rating")
    for first, last, scale in _rated_runs(plan):
        prompt = table.by_key["rating"].prompt or f"rating.{scale}"
        sheet.add_validation((first, last), rating, prompt=prompt, name="rating", rule=SCALES[scale].name)
        if scale == "criterion" and not plan.is_support:
            _mark_unproved(sheet, plan, (first, last))
        answered = {"type": "no_blanks", "format": sheet.styles["answered"]}
        sheet.worksheet.conditional_format(first, rating, last, rating, answered)


def _write_heading(sheet: SheetWriter, plan: SheetPlan, table: SheetTable) -> None:
    """Write the heading of a unit above its rows: its id where those have theirs, so that no cell looks unanswered."""
    row = plan.first_row - 1
    for column, what in enumerate(table.columns):
        sheet.put(
            row, column, plan.unit if what.kind is CellKind.ID else None, "id" if what.kind is CellKind.ID else "group"
        )
    runs = (("run strong", plan.heading), ("run quiet", f"\n{plan.foreword}" if plan.foreword else ""))
    sheet.runs(row, _REQUIREMENT_COLUMN, runs, "rows heading")
    width = table.columns[_REQUIREMENT_COLUMN].width
    sheet.fit_row(row, sum(count_lines(text.strip(), width * _SMALLER.get(style, 0.9)) for style, text in runs if text))


_NEEDS_PROOF = (CriterionRating.MET, CriterionRating.MOSTLY_MET)
_MARKED = ("rating", "citation", "in_force_from")


def _mark_unproved(sheet: SheetWriter, plan: SheetPlan, rows: tuple[int, int]) -> None:
    """Colour rows rated well that name neither an instrument with its date nor an item of the register.

    Of several formats of a cell some programs apply the first only, so this one is written before the others.
    """
    from xlsxwriter.utility import xl_col_to_name

    labels = list_labels("criterion", sheet.language)
    cell = {key: f"${xl_col_to_name(place_of(plan, key))}{rows[0] + 1}" for key in table_of(plan).value_keys}
    good = ",".join(f'{cell["rating"]}="{labels[rating]}"' for rating in _NEEDS_PROOF)
    undated = f'{cell["citation"]}="",{cell["in_force_from"]}=""'
    criteria = f'=AND(OR({good}),{cell["evidence"]}="",OR({undated}))'
    rule = {"type": "formula", "criteria": criteria, "format": sheet.styles["state blocked"]}
    for key in _MARKED:
        check_written(
            sheet.worksheet.conditional_format(rows[0], place_of(plan, key), rows[1], place_of(plan, key), rule),
            plan.title,
        )


def table_of(plan: SheetPlan) -> SheetTable:
    """Return the table that a sheet holds."""
    return CONTRIBUTIONS if plan.is_support else REQUIREMENTS


def place_of(plan: SheetPlan, key: str) -> int:
    """Return the column (from 0) of a key on a sheet."""
    return list(table_of(plan).by_key).index(key)


def scale_of(plan: SheetPlan) -> str | None:
    """Return the scale by which a sheet's rows are rated; None where it holds only rows that are not."""
    return next((one.scale for one in plan.rows if one.scale), None)


def cells_of(plan: SheetPlan, key: str) -> str:
    """Return the address of a column of a sheet, for counting."""
    from xlsxwriter.utility import xl_range_abs

    (first, last), column = plan.span, place_of(plan, key)
    return f"'{plan.title}'!{xl_range_abs(first, column, last, column)}"


def _row(
    sheet: SheetWriter,
    row: int,
    table: SheetTable,
    plan: RowPlan,
    values: Mapping[str, CellValue],
    review: str | None,
) -> None:
    runs = tuple(requirement_texts(sheet.words, plan, review))
    lines = _LEAST_LINES
    for column, what in enumerate(table.columns):
        value = values.get(what.key)
        if what.kind is CellKind.ID:
            style = "id review" if review else "id part" if plan.depth else "id"
            sheet.put(row, column, plan.requirement, style)
        elif what.kind is CellKind.PRINTED:
            sheet.runs(row, column, runs, _REQUIREMENT_STYLES[min(plan.depth, 2)])
            sheet.comment(row, column, requirement_note(sheet.words, plan))
            width = what.width - 2 * plan.depth
            lines = max(lines, sum(count_lines(text.strip(), width * _SMALLER.get(style, 1)) for style, text in runs))
        elif what.key == "rating":
            sheet.put(row, column, sheet.book.shown(plan.scale, value), "rating" if plan.scale else "no rating")
        else:
            if what.choices is not None and isinstance(value, str):
                value = what.choices.label(value, sheet.language)
            sheet.put(row, column, sheet.book.shown(what.key, value), what.cell_style)
            lines = max(lines, count_lines(str(value or ""), what.width))
    sheet.fit_row(row, lines)


def _checked(plan: RowPlan, table: SheetTable, values: Mapping[str, CellValue]) -> Mapping[str, CellValue]:
    allowed = set(table.value_keys) if plan.scale else set(table.value_keys) - {"rating"}
    if strange := sorted(set(values) - allowed):
        raise WorkbookError("{requirement} has no column {names}.", requirement=plan.requirement, names=tuple(strange))
    return values


def _rated_runs(plan: SheetPlan) -> Iterator[tuple[int, int, str]]:
    """Yield unbroken runs of rows that share a scale, as first row, last row, scale."""
    row = plan.first_row
    for scale, run in groupby(plan.rows, key=lambda one: one.scale):
        count = len(list(run))
        if scale:
            yield row, row + count - 1, scale
        row += count


def write_head(
    sheet: SheetWriter,
    columns: Sequence[SheetColumn],
    *,
    title: int,
    heading: str,
    note: str,
) -> None:
    """Write headings and keys of a table; that of column `title` also has the sheet's own heading and a note.

    Where a heading says more than its own word, the word stands on a line of its own or before HEADING_BREAK, so that a
    reader who has lost the keys still finds it.
    """
    for column, what in enumerate(columns):
        sheet.put(0, column, what.heading_in(sheet.language), "heading")
        sheet.put(1, column, what.key, "key")
    first = f"{columns[0].heading_in(sheet.language)} {HEADING_BREAK} {sheet.words['requirement.back']}"
    sheet.link(0, 0, sheet.words["sheet.contents"], first, "heading link")
    note = "\n".join(filter(None, (sheet.book.notice, note)))
    runs = (
        ("run heading", f"{heading}\n"),
        ("run heading quiet", f"{note}\n" if note else ""),
        ("run heading column", columns[title].heading_in(sheet.language)),
    )
    sheet.runs(0, title, runs, "heading")
    width = columns[title].width
    lines = count_lines(heading, width * 0.8) + (count_lines(note, width * 1.1) if note else 0) + 1.5
    sheet.fit_row(0, lines)
    sheet.worksheet.set_row(1, None, None, {"hidden": True})


_REGISTER_COLUMNS = REGISTER.columns
_KEYS = list(REGISTER.by_key)
_SPARE_ROWS = 50
_REGISTER_TAB = "#B7791F"


def write_register(cell_writer: BookWriter, agency: str | None, evidence: Sequence[Mapping[str, CellValue]]) -> None:
    """Write the register with the items given, then prepared rows whose ids no item has yet.

    Raises:
        WorkbookError: an item with a column that the contract does not have.
    """
    sheet = cell_writer.sheet(
        cell_writer.words["sheet.evidence"], (column.width for column in _REGISTER_COLUMNS), tab=_REGISTER_TAB
    )
    heading, note = cell_writer.words["register.heading"], cell_writer.words["register.note"]
    write_head(sheet, _REGISTER_COLUMNS, title=_KEYS.index("title"), heading=heading, note=note)

    spare = max(REGISTER_ROWS - len(evidence), _SPARE_ROWS)
    free = islice(_free_ids(agency, {str(item.get("id")) for item in evidence}), spare)
    items = [*evidence, *({"id": name} for name in free)]
    for row, item in enumerate(items, start=FIRST_ROW):
        if strange := sorted(set(item) - set(_KEYS)):
            raise WorkbookError("Evidence {id} has no column {names}.", id=item.get("id"), names=tuple(strange))
        lines = 1
        for column, what in enumerate(_REGISTER_COLUMNS):
            value = cell_writer.shown("evidence_kind" if what.key == "kind" else None, item.get(what.key))
            sheet.put(row, column, value, what.cell_style, printed=what.key == "id" and len(item) == 1)
            lines = max(lines, count_lines(str(value or ""), what.width))
        if lines > 1:
            sheet.fit_row(row, lines)

    rows = (FIRST_ROW, FIRST_ROW + len(items) - 1)
    sheet.add_validation(rows, _KEYS.index("kind"), prompt="kind", name="kind", rule=EVIDENCE_KINDS.name)
    for column, what in enumerate(_REGISTER_COLUMNS):
        if what.kind is CellKind.DATE:
            sheet.add_validation(rows, column, prompt=what.key, name=what.key, rule=date)
    sheet.worksheet.freeze_panes(FIRST_ROW, 1)
    sheet.print_setup(heading, landscape=True, repeat=FIRST_ROW)


def _free_ids(agency: str | None, taken: set[str]) -> Iterator[str]:
    letters = letters_for(agency)
    return (name for n in count(1) if (name := f"{letters}-{n:03}") not in taken)


def letters_for(agency: str | None) -> str:
    """Return the letters of prepared ids: an agency's own, so that registers never collide, else "E".

    >>> letters_for("fiu"), letters_for(None), letters_for("Ministry of Justice")
    ('FIU', 'E', 'E')
    """
    return agency.upper() if agency and re.fullmatch("[A-Za-z][A-Za-z0-9_-]{0,11}", agency) else "E"
