"""A report as a text file, as programs save the text of a PDF: page by page, with its lines as they are wrapped."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from tests.unit.report_text.layouts.document import (
    LIST_MARK,
    Cell,
    PageBreak,
    SampleHeading,
    SampleParagraph,
    SampleReport,
    Table,
)
from tests.unit.report_text.layouts.layout import SampleLayout

WIDTH, HEIGHT = 92, 44
_GAP = 4
_PAPER = 96
"""Width of a page with a table of three columns."""


def make_text(report: SampleReport, layout: SampleLayout) -> bytes:
    """Return the bytes of the file in UTF-8."""
    return _TextWriter(report, layout).write().encode("utf-8")


def wrap(text: str, width: int) -> list[str]:
    """Return the lines of a text; a long word of small letters at the end of a line is cut with a hyphen."""
    lines, current = [], ""
    for word in text.split():
        space = width - len(current) - 1
        if len(word) <= space or not current:
            current = f"{current} {word}".strip()
        elif len(word) >= 10 and space > 6 and word.isascii() and word.isalpha() and word.islower():
            lines.append(f"{current} {word[:5]}-")
            current = word[5:]
        else:
            lines.append(current)
            current = word
    return [*lines, current] if current else lines


class _TextWriter:
    def __init__(self, report: SampleReport, layout: SampleLayout) -> None:
        self._report, self._layout = report, layout
        self._pages: list[list[str]] = []
        self._lines: list[str] = []
        self._notes: list[str] = []
        self._columns = 1
        self._is_right_to_left = report.language == "ar"

    def write(self) -> str:
        for block in self._report.blocks:
            match block:
                case PageBreak():
                    self._end_page()
                    self._columns = block.columns
                case SampleHeading():
                    self._keep(["", *self._set(wrap(block.text, (WIDTH - _GAP) // self._columns))], [])
                case SampleParagraph():
                    width = (WIDTH - _GAP) // self._columns
                    mark = "• " if block.text.startswith(LIST_MARK) else ""
                    lines = wrap(mark + block.text.removeprefix(LIST_MARK), width)
                    self._keep(self._set(lines), self._set(wrap(block.note, WIDTH)))
                case Table():
                    self._write_table(block)
        self._end_page()
        return "\f".join(self._print_page(number, page) for number, page in enumerate(self._pages, start=1))

    def _set(self, lines: list[str]) -> list[str]:
        """Return lines as they are on paper, where those of Arabic begin on the right."""
        is_on_paper = self._layout.row == "columns" and self._columns == 1
        return [f"{line:>{_PAPER}}" for line in lines] if is_on_paper and self._is_right_to_left else lines

    @property
    def _space(self) -> int:
        return HEIGHT * self._columns - len(self._lines) - len(self._notes) * self._columns

    def _keep(self, lines: Sequence[str], note: Sequence[str]) -> None:
        """Write lines on this page or on the next."""
        if self._space < len(lines) + len(note) * self._columns:
            columns = self._columns
            self._end_page()
            self._columns = columns
        self._lines += lines
        self._notes += note

    def _end_page(self) -> None:
        if not self._lines:
            return
        body = self._lines
        is_aligned = self._layout.row == "columns"
        if self._columns > 1 and is_aligned:  # as they are beside each other on paper
            half = (len(body) + 1) // 2
            width = (WIDTH - _GAP) // 2
            columns = body[:half], body[half:]
            ordered = reversed(columns) if self._is_right_to_left else columns
            pairs = itertools.zip_longest(*ordered, fillvalue="")
            side = ">" if self._is_right_to_left else "<"
            body = [f"{left:{side}{width}}{' ' * _GAP}{right:{side}{width}}".rstrip() for left, right in pairs]
        self._pages.append([*body, *self._notes, ""])
        self._lines, self._notes = [], []

    def _print_page(self, number: int, body: list[str]) -> str:
        head = self._report.head
        match self._layout.head:
            case "top":
                body = [f"{head} | {number}", *body]
            case "odd and even":
                body = [f"{number} | {head}" if number % 2 else f"{head} | {number}", *body]
            case "foot":
                body = [head, *body, f"– {number} –"]
            case "tab":
                body = [f"{head} | {number}", *body[: len(body) // 2], "3", *body[len(body) // 2 :]]
        return "\n".join(body)

    def _write_table(self, table: Table) -> None:
        heads = [self._format_row(table, row) for row in table.rows[: table.first]]
        repeated = [line for head in heads for line in head] if table.is_repeated else []
        self._keep([line for head in heads for line in head], [])
        for row in table.rows[table.first :]:
            lines = self._format_row(table, row)
            if self._space < (1 if table.is_split else len(lines)):
                self._end_page()
                self._lines += repeated
            while len(lines) > self._space:
                space = self._space
                self._lines += lines[:space]
                lines = lines[space:]
                self._end_page()
                self._lines += repeated
            self._lines += lines

    def _format_row(self, table: Table, row: Sequence[Cell]) -> list[str]:
        cells = [[text.replace(LIST_MARK, "• ") for text in cell] for cell in row]
        wrapped = [
            [line for text in cell for line in wrap(text, width)]
            for cell, width in zip(cells, table.widths, strict=False)
        ]
        if self._layout.row == "columns":
            empty: list[list[str]] = [[] for _ in table.widths[len(wrapped) :]]
            return list(self._align([*wrapped, *empty], table.widths))
        if table.is_grid:
            is_codes = all(len(text) < 14 and " " not in text for cell in cells for text in cell)
            is_short = is_codes and sum(len(text) + 1 for cell in cells for text in cell) <= WIDTH
            return [" ".join(text for cell in cells for text in cell)] if is_short else list(itertools.chain(*wrapped))
        first = [" ".join(cell) for cell in cells[:-1]] if len(cells) > 2 else [" ".join(cell) for cell in cells]
        match self._layout.row:
            case "one line":
                return [" ".join(first), *(wrapped[-1] if len(cells) > 2 else ())]
            case "row":
                texts = cells[-1] if len(cells) > 2 else []
                joined = [" ".join([*first, *texts[:1]]), *texts[1:]]
                return [line for text in joined for line in wrap(text, WIDTH)]
        return list(itertools.chain(*wrapped))

    def _align(self, cells: Sequence[Sequence[str]], widths: Sequence[int]) -> Iterator[str]:
        """Yield the lines of a row with its cells beside each other; in Arabic the first cell is on the right."""
        for parts in itertools.zip_longest(*cells, fillvalue=""):
            side = ">" if self._is_right_to_left else "<"
            padded = [f"{part:{side}{width}}" for part, width in zip(parts, widths, strict=False)]
            yield (" " * _GAP).join(reversed(padded) if self._is_right_to_left else padded).rstrip()
