"""Every row of a register in CSV is counted here, before the engine reads any, so that none can disappear unnoticed.

A row is a row as a spreadsheet counts it: a line break inside quotation marks begins no new one. Where the file is
regular it is read as it is. Where it is not, a regular copy is written: short rows filled up with blank cells, blank
rows and damaged rows left out, and in the last column of each row its number in the file. An open quotation mark could
hide any number of rows, so it refuses the register.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from fatf_kit.core.file_limits import MEGABYTE
from fatf_kit.npo.register.no_bodies import FEW, HEADINGS_AGAIN, ONE_CELL, OTHER_SEPARATOR, explain_row
from fatf_kit.npo.register.refusals import RegisterRefusedError, place_of, refuse_rows

if TYPE_CHECKING:
    from numpy import bool_
    from numpy.typing import NDArray

MAX_ROW = 1 * MEGABYTE
"""Bytes of one row; the engine's own limit is twice as much."""
MAX_LINES = 200
"""Line breaks in one row: whatever holds more is an open quotation mark."""
_BLOCK = MEGABYTE // 2
"""Bytes that are looked at together: few enough for the cache of a processor."""
_SHOWN = 1000
"""Bytes of a damaged row that are kept for the list of rejected rows."""
_SHORT = 100
"""A row with so many bytes more than separators may be a total or the line of a page."""
_MOST_UNDIVIDED = 0.05
"""Of the rows, at most so many may have another separator; with more of one cell, a name alone is an organisation."""
_LIKE_ROWS = 6
"""From so many columns on, two lines of a cell that are as wide as a row each are rows, and no text."""
_QUOTE, _LINE_FEED, _RETURN = b'"\n\r'
_BOM = b"\xef\xbb\xbf"

TOO_MANY = "it has more cells than there are headings"
MISPLACED = "it contains a misplaced quotation mark"
DAMAGED = "its characters are damaged"
TOO_LONG = "it is too long"


@dataclass(frozen=True, slots=True, kw_only=True)
class RowCounts:
    """The rows below the headings: `read` for the engine, `rejected`, `blank`; the three make up `total`.

    `csv` is a regular file: the register itself, or a copy whose last column is the row's number (then `numbered`).
    `line_breaks` tells whether a cell holds one. Of the rows `read`, `short` lack last cells; `first_short` is the
    number of the first one, 0 where there is none. `rejects` is a CSV of the rejected rows: number, cell, reason, text.
    """

    csv: Path
    total: int
    read: int
    rejected: int = 0
    blank: int = 0
    short: int = 0
    first_short: int = 0
    numbered: bool = False
    line_breaks: bool = False
    rejects: Path | None = None


def check_rows(path: Path, folder: Path, name: str, delimiter: str, width: int, above: int = 0) -> RowCounts:
    """Count the rows of a UTF-8 file with so many headings; copies go into `folder`.

    `above` is the number of rows over the headings, which the file itself does not hold.

    Raises:
        RegisterRefusedError: a quotation mark is not closed, so the rows after it cannot be separated.
    """
    separator = delimiter.encode()
    if len(separator) == 1 and (count := _count_regular(path, separator, width)) is not None:
        return RowCounts(csv=path, total=count, read=count)
    return _write_regular(path, folder, name, separator, width, above)


def _count_regular(path: Path, separator: bytes, width: int) -> int | None:
    """Return the number of rows below the headings where all are regular.

    None otherwise, for the other pass to find out why.

    Regular: as many cells as headings in each row, line ends alike, quotation marks only around cells and no line break
    between them, sound characters, no row blank or too long, none that repeats the headings or has few filled cells.
    """
    import numpy as np

    before, after = (_find_signs(separator + marks) for marks in (b'\n"', b'\n\r"'))
    count, rest, ends_in_return, headings = -1, b"", None, b""
    with path.open("rb", buffering=0) as file:
        if file.read(len(_BOM)) != _BOM:
            file.seek(0)
        while True:
            block = file.read(_BLOCK)
            if not block and not rest:
                return max(count, 0)
            text = rest + (block or b"\n")
            if not block and ends_in_return:
                text = rest + b"\r\n"
            signs = np.frombuffer(text, np.uint8)
            is_line_feed, is_return = signs == _LINE_FEED, signs == _RETURN
            # From here on only the places of separators, line ends and quotation marks: about one sign in six.
            places = np.flatnonzero((signs == separator[0]) | is_line_feed | (signs == _QUOTE))
            kinds = signs[places]
            quotes = places[kinds == _QUOTE]
            if quotes.size:
                is_outside = np.bitwise_and(np.cumsum(kinds == _QUOTE, dtype=np.uint8), 1) == 0
                is_outside &= kinds != _QUOTE
                places, kinds = places[is_outside], kinds[is_outside]
            ends = places[kinds == _LINE_FEED]
            if not ends.size:
                if len(text) > MAX_ROW or not block:
                    return None
                rest = text
                continue
            stop = int(ends[-1]) + 1
            rest = text[stop:]
            if ends_in_return is None:
                headings = text[: int(ends[0]) + 1]
                ends_in_return = headings.endswith(b"\r\n")
            if text.find(b"\n" + headings, 0, stop) >= 0 or (count >= 0 and text.startswith(headings)):
                return None
            returns = ends.size if ends_in_return else 0
            if np.count_nonzero(is_line_feed[:stop]) != ends.size or np.count_nonzero(is_return[:stop]) != returns:
                return None
            if ends_in_return and not is_return[ends - 1].all():
                return None
            lengths = np.diff(ends, prepend=-1)
            if lengths.min() <= width + ends_in_return or lengths.max() > MAX_ROW:
                return None
            cells = kinds[: ends.size * width]  # the sign after each cell
            if cells.size != ends.size * width or not (cells[width - 1 :: width] == _LINE_FEED).all():
                return None
            if quotes.size:
                quotes = quotes[quotes < stop]
                opening, closing = quotes[::2], quotes[1::2]
                if not (before[signs[opening[opening > 0] - 1]].all() and after[signs[closing + 1]].all()):
                    return None
            if not (text.isascii() or _is_utf8(text[:stop])):
                return None
            if lengths.min() < width + _SHORT:
                filled = np.diff(places[: ends.size * width], prepend=-1).reshape(-1, width) > 1
                if (np.count_nonzero(filled, axis=1) <= FEW).any():
                    return None
            count += int(ends.size)
            if not block:
                return count


def _find_signs(signs: bytes) -> NDArray[bool_]:
    """Return for each byte whether it is one of the signs."""
    import numpy as np

    return np.isin(np.arange(256), np.frombuffer(signs, np.uint8))


def _is_utf8(text: bytes) -> bool:
    if text.isascii():
        return True
    try:
        text.decode()
    except UnicodeDecodeError:
        return False
    return True


def _write_regular(path: Path, folder: Path, name: str, separator: bytes, width: int, above: int) -> RowCounts:
    """Write the regular copy and the list of rejected rows, row by row."""
    copy, listed = folder / "regular.csv", folder / "rejected-rows.csv"
    most, size = width - 1, len(separator)
    few_filled = _look_for_no_bodies(path, name, separator, width, above)
    filling = [separator * (most - cells) for cells in range(width)]
    number, read, rejected, blank, short, first_short, line_breaks = above + 1, 0, 0, 0, 0, 0, False
    with (
        path.open("rb") as file,
        copy.open("wb") as regular,
        listed.open("w", encoding="utf-8", errors="replace", newline="") as out,
    ):
        rejects = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
        rows = read_rows(file, name, separator, width, above)
        regular.write(next(rows).text + separator + b"line\n")
        for number, found in enumerate(rows, start=above + 2):
            row = found if found.separators <= most else _without_blank_end(found, separator, most)
            text, separators, lines, _, cell, why = row
            why = why or few_filled.get(number, "")
            if why:
                rejected += 1
                rejects.writerow((number, cell or "", why, text[:_SHOWN].decode(errors="replace")))
            elif separators * size == len(text):
                blank += 1
            else:
                if separators < most:
                    short += 1
                    first_short = first_short or number
                    text += filling[separators]
                read += 1
                line_breaks = line_breaks or lines > 1
                regular.write(b"%b%b%d\n" % (text, separator, number))
    return RowCounts(
        csv=copy,
        total=number - above - 1,
        read=read,
        rejected=rejected,
        blank=blank,
        short=short,
        first_short=first_short,
        numbered=True,
        line_breaks=line_breaks,
        rejects=listed if rejected else None,
    )


def _look_for_no_bodies(path: Path, name: str, separator: bytes, width: int, above: int) -> dict[int, str]:
    """Return the numbers of the rows that are no organisation, with the reason.

    Raises:
        RegisterRefusedError: a quotation mark is not closed, or many rows are separated by another character.
    """
    reasons: dict[int, str] = {}
    count = 0
    with path.open("rb") as file:
        rows = read_rows(file, name, separator, width, above)
        headings = next(rows).text
        for number, row in enumerate(rows, start=above + 2):
            if row.why:
                count += 1
            elif row.text == headings:
                reasons[number] = HEADINGS_AGAIN
            elif len(row.text) < width + _SHORT or row.separators * 2 < width - 1:
                cells = row.cells or row.text.split(separator)
                filled = [cell for cell in cells if cell.strip(b'" ')]
                count += bool(filled)
                if why := explain_row(filled, separator, width):
                    reasons[number] = why
            else:
                count += 1
    undivided = [number for number, why in reasons.items() if why == OTHER_SEPARATOR]
    if len(undivided) > _MOST_UNDIVIDED * count:
        raise refuse_rows("npo-separator", name, place_of(undivided[0]), count=len(undivided), total=count)
    alone = sum(why == ONE_CELL for why in reasons.values())
    if alone > _MOST_UNDIVIDED * count:  # many are known by their name only
        return {number: why for number, why in reasons.items() if why != ONE_CELL}
    return reasons


class Row(NamedTuple):
    """One row: its text in regular form, its separators outside quotation marks, its lines, and why it is rejected.

    `cells` are there where the row holds quotation marks. A tuple, since one is made for every row.
    """

    text: bytes
    separators: int = 0
    lines: int = 1
    cells: tuple[bytes, ...] = ()
    cell: int = 0
    why: str = ""


def _without_blank_end(row: Row, separator: bytes, most: int) -> Row:
    """Return a row that is too wide without its last cells, which are blank; otherwise the row with the reason."""
    cells = row.cells or tuple(row.text.split(separator))
    if any(cells[most + 1 :]):
        return Row(text=row.text, separators=row.separators, cell=most + 2, why=TOO_MANY)
    return Row(text=separator.join(cells[: most + 1]), separators=most, lines=row.lines)


def read_rows(file: BinaryIO, name: str, separator: bytes, width: int = 0, above: int = 0) -> Iterator[Row]:
    """Yield each row of a file from its beginning; with `width`, rows that look like several in one are found too.

    Raises:
        RegisterRefusedError: a quotation mark is not closed.
    """
    if file.read(len(_BOM)) != _BOM:
        file.seek(0)
    number = above
    while line := file.readline(MAX_ROW):
        number += 1
        text = line.rstrip(b"\r\n")
        if len(line) == MAX_ROW and not line.endswith(b"\n"):
            if b'"' in line:  # it may go on in the next line
                raise refuse_rows("npo-quote", name, place_of(number))
            while (more := file.readline(MAX_ROW)) and not more.endswith(b"\n"):
                pass
            yield Row(line, why=TOO_LONG)
        elif not text.isascii() and not _is_utf8(text):
            yield Row(text, why=DAMAGED)
        elif b'"' not in text:
            if b"\r" in text:
                raise refuse_rows("npo-line-end", name, place_of(number))
            yield Row(text, text.count(separator))
        else:
            yield _QuotedCell(file, name, number, separator).read(text, width)


class _QuotedCell:
    """Reads one row that holds quotation marks, with as many lines as it takes."""

    def __init__(self, file: BinaryIO, name: str, number: int, separator: bytes) -> None:
        self._file, self._name, self._number, self._separator = file, name, number, separator
        self._closed = re.compile(rb' *("(?:[^"]|"")*+") *(?=%b|\Z)' % re.escape(separator))
        self._open = re.compile(rb'"(?:[^"]|"")*+\Z')
        self._closing = re.compile(rb'((?:[^"]|"")*+") *(?=%b|\Z)' % re.escape(separator))
        self._inside = re.compile(rb'(?:[^"]|"")*+\Z')
        self._lines: list[bytes] = []
        self._size = 0

    def read(self, line: bytes, width: int) -> Row:
        """Return the row that begins with this line."""
        cells: list[bytes] = []
        self._lines = [line]
        place = 0
        while True:
            if found := self._closed.match(line, place):
                cells.append(found[1])
                place = found.end()
            elif line[place : place + 1] != b'"':
                end = line.find(self._separator, place)
                cell = line[place:] if end < 0 else line[place:end]
                if b"\r" in cell:
                    raise refuse_rows("npo-line-end", self._name, place_of(self._number))
                cells.append(b'"%b"' % cell.replace(b'"', b'""') if b'"' in cell else cell)
                place += len(cell)
            elif self._open.match(line, place):
                cell, line, place = self._more_lines(line[place:], len(cells) + 1)
                cells.append(cell)
            elif len(self._lines) == 1:  # the row ends where the line does, so the next one is sure
                return Row(line, cell=len(cells) + 1, why=MISPLACED)
            else:
                raise self._not_closed(len(cells) + 1)
            if place >= len(line):
                break
            place += len(self._separator)
        return self._whole(cells, width)

    def _more_lines(self, begun: bytes, cell: int) -> tuple[bytes, bytes, int]:
        """Return a cell with line breaks, the line in which it ends, and where in it."""
        parts = [begun]
        while line := self._file.readline(MAX_ROW):
            text = line.rstrip(b"\r\n")
            self._lines.append(text)
            self._size += len(line)
            if len(self._lines) > MAX_LINES or self._size >= MAX_ROW:
                break
            if found := self._closing.match(text):
                return b"\n".join((*parts, found[1])), text, found.end()
            if not self._inside.match(text):
                break
            parts.append(text)
        raise self._not_closed(cell)

    def _whole(self, cells: list[bytes], width: int) -> Row:
        if len(self._lines) > 1 and width:
            alike = sum(line.count(self._separator) == width - 1 for line in self._lines)
            rows = (alike == len(self._lines) and width > 2) or (alike > 1 and width >= _LIKE_ROWS)
            if rows or (len(cells) > width and any(cells[width:])):
                first = next(place for place, cell in enumerate(cells, start=1) if b"\n" in cell)
                raise self._not_closed(first)
        text = self._separator.join(cells)
        if not _is_utf8(text):
            return Row(text, why=DAMAGED)
        return Row(text, separators=len(cells) - 1, lines=len(self._lines), cells=tuple(cells))

    def _not_closed(self, cell: int) -> RegisterRefusedError:
        return refuse_rows("npo-quote", self._name, place_of(self._number, cell))


def cell_text(cell: bytes) -> str:
    r"""Return the text of a cell in regular form.

    >>> cell_text(b'"The \"\"Noor\"\" Club"'), cell_text(b"plain")
    ('The "Noor" Club', 'plain')
    """
    text = cell.decode(errors="replace")
    return text[1:-1].replace('""', '"') if text.startswith('"') else text
