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


def write_table(writer: RunWriter, table: DocumentTable) -> Iterator[Element]:
    """Yield a caption, and its rows under a heading that is repeated on every page; without rows, the text for that."""
    if not table.rows:
        yield writer.plain("Small", f"{table.caption}. {table.empty}")
        return
    if table.caption:
        yield writer.plain("caption", table.caption)
    widths = compute_column_widths(table)
    titles = (_line(writer, "Table Heading", writer.runs(column.title), column) for column in table.columns)
    heads = (make_cell(width, [title], at="bottom") for width, title in zip(widths, titles, strict=True))
    heading = make_row(heads, heading=True)
    cells = (zip(widths, line.cells, table.columns, strict=True) for line in table.rows)
    rows = (make_row(_cell(writer, *given) for given in line) for line in cells)
    yield make_grid(writer, widths, [heading, *rows], style="Report Table", heading=True, dense=table.dense)
    yield _end(writer, dense=table.dense)


def write_rating_grid(writer: RunWriter, table: RatingGrid) -> Iterator[Element]:
    """Yield the units side by side as in an evaluation report, each name over its rating, and then the key.

    A page may end between two rows of units, but not after the first.
    """
    yield writer.plain("caption", table.caption)
    widths = share_out(WIDTH, [1] * table.per_row, [0] * table.per_row)
    rows = []
    for first in range(0, len(table.marks), table.per_row):
        marks = table.marks[first : first + table.per_row]
        held = first == 0 or first + table.per_row >= len(table.marks)
        for half in (_unit, partial(_rating, held=held)):
            cells = [half(writer, *given) for given in zip(widths, marks, strict=False)]
            blank = (make_cell(width, [writer.plain("Table Text", "")]) for width in widths[len(cells) :])
            rows.append(make_row([*cells, *blank]))
    if rows:
        yield make_grid(writer, widths, rows, style="Report Table")
    key: list[Element] = []
    for code, name in table.key:
        unbroken = f" {name}".replace(" ", "\u00a0")
        key += [*writer.mark(code, code), *writer.runs(f"{unbroken}     ")]
    yield writer.paragraph(Setting(style="Small", before=5, after=10), *key)


def write_key_figures(writer: RunWriter, block: KeyFigures) -> Iterator[Element]:
    """Yield the figures side by side, six of them in two rows."""
    if not block.figures:
        return
    count = 3 if len(block.figures) == 6 else len(block.figures)
    widths = share_out(WIDTH, [1] * count, [0] * count)
    cells = []
    for width, figure in zip(cycle(widths), block.figures, strict=False):
        value = writer.runs(figure.value, ltr=detect_direction(figure.value) != "rtl")
        content = [writer.paragraph(Setting(style="Figure Value"), *value), writer.plain("Table Heading", figure.label)]
        if figure.detail:
            content.append(writer.plain("Table Small", figure.detail))
        cells.append(make_cell(width, content, fill=TINT, edges=_GAP))
    rows = [make_row(cells[first : first + count]) for first in range(0, len(cells), count)]
    yield make_grid(writer, widths, rows, style="Normal Table")
    yield _end(writer)


def write_in_columns(writer: RunWriter, items: Sequence[Element], count: int) -> Iterator[Element]:
    """Yield paragraphs side by side, read down one column and then the next."""
    widths = share_out(WIDTH, [1] * count, [0] * count)
    each = -(-len(items) // count)
    parts = (items[n * each : (n + 1) * each] for n in range(count))
    row = make_row(map(make_cell, widths, (part or [writer.plain("Table Text", "")] for part in parts)))
    yield make_grid(writer, widths, [row], style="Normal Table")
    yield _end(writer)


def write_facts(writer: RunWriter, facts: tuple[tuple[str, str], ...]) -> Iterator[Element]:
    """Yield the facts under the title, name and value side by side."""
    widths = share_out(WIDTH, [1, 4], [0, 0])
    texts = ((writer.plain("Table Heading", name), writer.plain("Table Text", value)) for name, value in facts)
    rows = (make_row(make_cell(width, [text]) for width, text in zip(widths, pair, strict=True)) for pair in texts)
    if facts:
        yield make_grid(writer, widths, rows, style="Report Table")
        yield _end(writer)


def _cell(writer: RunWriter, width: int, given: TableCell, column: TableColumn) -> Element:
    content = []
    if given.rating:
        content.append(_band(writer, given.rating, writer.runs(given.text, _on(given.rating), ltr=given.ltr)))
    elif given.text or not given.detail:
        for text in given.text.split("\n"):
            hanging = _BULLET_WIDTH if text.startswith(_BULLET) else 0
            runs = writer.link(given.target, text, ltr=given.ltr)
            content.append(_line(writer, "Table Text", runs, column, hanging))
    if given.detail:
        content.append(_line(writer, "Table Small", writer.runs(given.detail), column))
    return make_cell(width, content)


def _on(rating: str) -> Look:
    return Look(bold=True, colour=find_swatch(rating).ink)


def _band(writer: RunWriter, rating: str, runs: list[Element]) -> Element:
    """Return a rating on its colour across the column, no higher than its words, so that tall rows stay quiet."""
    fill, stripe = find_swatch(rating).fill, find_hatch_colour(rating)
    return writer.paragraph(Setting(style="Table Text", fill=fill, stripe=stripe, align="center"), *runs)


def _line(writer: RunWriter, style: str, runs: list[Element], column: TableColumn, hanging: float = 0) -> Element:
    align = "right" if column.number else None
    return writer.paragraph(Setting(style=style, indent=hanging, hanging=hanging, align=align), *runs)


def _unit(writer: RunWriter, width: int, mark: RatingMark) -> Element:
    name = writer.runs(mark.code, Look(bold=True), ltr=True)
    title = writer.paragraph(Setting(style="Rating Unit"), *name, *writer.runs(f" {mark.title}"))
    return make_cell(width, [title], edges=_BOX)


def _rating(writer: RunWriter, width: int, mark: RatingMark, *, held: bool) -> Element:
    colours = find_swatch(mark.rating or "")
    letter = writer.runs(mark.rating or "–", Look(colour=colours.ink), ltr=True)
    content = [writer.paragraph(Setting(style="Rating Letter", keep_next=held), *letter)]
    return make_cell(width, content, fill=colours.fill, edges=_BOX)


def _end(writer: RunWriter, *, dense: bool = False) -> Element:
    """Return an empty paragraph for after a table: without it Word makes two tables one."""
    return writer.paragraph(Setting(style="Table End", exactly=2 if dense else None))
