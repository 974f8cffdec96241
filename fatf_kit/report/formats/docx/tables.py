"""The tables of a document: rows of findings, the evaluators' rating table, key figures and facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import cycle

from fatf_kit.core.languages import detect_direction
from fatf_kit.report.formats.docx.grid import WIDTH, compute_column_widths, make_cell, make_grid, make_row, share_out
from fatf_kit.report.formats.docx.runs import RunWriter
from fatf_kit.report.formats.docx.styles import TABLE_TEXT, TINT
from fatf_kit.report.formats.docx.xml import Element, Look, Setting
from fatf_kit.report.model import DocumentTable, KeyFigures, RatingGrid, RatingMark, TableCell, TableColumn
from fatf_kit.report.palette import LINE, find_hatch_colour, find_swatch

_BULLET = "• "
_BULLET_WIDTH = 0.63 * TABLE_TEXT
_GAP = {"left": ("#ffffff", 48), "right": ("#ffffff", 48)}
_BOX = dict.fromkeys(("top", "left", "bottom", "right"), (LINE, 4))


def write_table(pen: RunWriter, table: DocumentTable) -> Iterator[Element]:
    """A caption and its rows under a heading that is repeated on every page; without rows, what is said instead."""
    if not table.rows:
        yield pen.plain("Small", f"{table.caption}. {table.empty}")
        return
    yield pen.plain("caption", table.caption)
    widths = compute_column_widths(table)
    heading = make_row(
        (
            make_cell(width, [_line(pen, "Table Heading", pen.runs(column.title), column)], at="bottom")
            for width, column in zip(widths, table.columns, strict=True)
        ),
        heading=True,
    )
    rows = (
        make_row(_cell(pen, *given) for given in zip(widths, line.cells, table.columns, strict=True))
        for line in table.rows
    )
    yield make_grid(pen, widths, [heading, *rows], style="Report Table", heading=True)
    yield _end(pen)


def write_rating_grid(pen: RunWriter, table: RatingGrid) -> Iterator[Element]:
    """The units side by side as in an evaluation report, each name over its rating, the last of them with the key.

    A page may end between two rows of units, but not after the first.
    """
    yield pen.plain("caption", table.caption)
    widths = share_out(WIDTH, [1] * table.per_row, [0] * table.per_row)
    rows = []
    for first in range(0, len(table.marks), table.per_row):
        marks = table.marks[first : first + table.per_row]
        held = first == 0 or first + table.per_row >= len(table.marks)
        for half in (_unit, partial(_rating, held=held)):
            cells = [half(pen, *given) for given in zip(widths, marks, strict=False)]
            blank = (make_cell(width, [pen.plain("Table Text", "")]) for width in widths[len(cells) :])
            rows.append(make_row([*cells, *blank]))
    if rows:
        yield make_grid(pen, widths, rows, style="Report Table")
    key: list[Element] = []
    for code, name in table.key:
        unbroken = f" {name}".replace(" ", "\u00a0")
        key += [*pen.mark(code, code), *pen.runs(f"{unbroken}     ")]
    yield pen.paragraph(Setting(style="Small", before=5, after=10), *key)


def write_key_figures(pen: RunWriter, block: KeyFigures) -> Iterator[Element]:
    """The figures side by side, six of them in two rows."""
    if not block.figures:
        return
    count = 3 if len(block.figures) == 6 else len(block.figures)
    widths = share_out(WIDTH, [1] * count, [0] * count)
    cells = []
    for width, figure in zip(cycle(widths), block.figures, strict=False):
        content = [
            pen.paragraph(
                Setting(style="Figure Value"), *pen.runs(figure.value, ltr=detect_direction(figure.value) != "rtl")
            ),
            pen.plain("Table Heading", figure.label),
        ]
        if figure.detail:
            content.append(pen.plain("Table Small", figure.detail))
        cells.append(make_cell(width, content, fill=TINT, edges=_GAP))
    rows = [make_row(cells[first : first + count]) for first in range(0, len(cells), count)]
    yield make_grid(pen, widths, rows, style="Normal Table")
    yield _end(pen)


def write_in_columns(pen: RunWriter, items: Sequence[Element], count: int) -> Iterator[Element]:
    """Paragraphs side by side, read down one column and then the next."""
    widths = share_out(WIDTH, [1] * count, [0] * count)
    each = -(-len(items) // count)
    columns = [items[n * each : (n + 1) * each] or [pen.plain("Table Text", "")] for n in range(count)]
    yield make_grid(pen, widths, [make_row(map(make_cell, widths, columns))], style="Normal Table")
    yield _end(pen)


def write_facts(pen: RunWriter, facts: tuple[tuple[str, str], ...]) -> Iterator[Element]:
    """What stands under the title, name beside value."""
    widths = share_out(WIDTH, [1, 4], [0, 0])
    rows = (
        make_row(
            (
                make_cell(widths[0], [pen.plain("Table Heading", name)]),
                make_cell(widths[1], [pen.plain("Table Text", value)]),
            )
        )
        for name, value in facts
    )
    if facts:
        yield make_grid(pen, widths, rows, style="Report Table")
        yield _end(pen)


def _cell(pen: RunWriter, width: int, given: TableCell, column: TableColumn) -> Element:
    content = []
    if given.rating:
        content.append(_band(pen, given.rating, pen.runs(given.text, _on(given.rating), ltr=given.ltr)))
    elif given.text or not given.detail:
        for text in given.text.split("\n"):
            hanging = _BULLET_WIDTH if text.startswith(_BULLET) else 0
            content.append(_line(pen, "Table Text", pen.link(given.target, text, ltr=given.ltr), column, hanging))
    if given.detail:
        content.append(_line(pen, "Table Small", pen.runs(given.detail), column))
    return make_cell(width, content)


def _on(rating: str) -> Look:
    return Look(bold=True, colour=find_swatch(rating).ink)


def _band(pen: RunWriter, rating: str, runs: list[Element]) -> Element:
    """A rating on its colour across the column, no higher than its words: a coloured cell shouts in a tall row."""
    setting = Setting(
        style="Table Text", fill=find_swatch(rating).fill, stripe=find_hatch_colour(rating), align="center"
    )
    return pen.paragraph(setting, *runs)


def _line(pen: RunWriter, style: str, runs: list[Element], column: TableColumn, hanging: float = 0) -> Element:
    align = "right" if column.number else None
    return pen.paragraph(Setting(style=style, indent=hanging, hanging=hanging, align=align), *runs)


def _unit(pen: RunWriter, width: int, mark: RatingMark) -> Element:
    name = pen.link(mark.target, mark.unit, Look(bold=True), ltr=True)
    return make_cell(
        width, [pen.paragraph(Setting(style="Rating Unit"), *name, *pen.runs(f" {mark.title}"))], edges=_BOX
    )


def _rating(pen: RunWriter, width: int, mark: RatingMark, *, held: bool) -> Element:
    colours = find_swatch(mark.code)
    ink = Look(colour=colours.ink)
    letter = pen.runs(mark.code or "–", ink, ltr=True)
    content = [pen.paragraph(Setting(style="Rating Letter", keep_next=held), *letter)]
    if mark.beneath:
        content.append(pen.paragraph(Setting(style="Rating Beneath", keep_next=held), *pen.runs(mark.beneath, ink)))
    return make_cell(width, content, fill=colours.fill, stripe=find_hatch_colour(mark.code), edges=_BOX)


def _end(pen: RunWriter) -> Element:
    """Room after a table, and what keeps two tables apart: without it Word makes them one."""
    return pen.plain("Table End", "")
