"""Tables of fixed width: cells, rows that do not break over pages, and columns no narrower than their words."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from fatf_kit.report.formats.docx.runs import RunWriter
from fatf_kit.report.formats.docx.styles import TABLE_TEXT
from fatf_kit.report.formats.docx.xml import Element, make, make_flag, make_style_id, shade, to_hex
from fatf_kit.report.model import DocumentTable

WIDTH = 9638
"""The width of A4 between margins of 2 cm, in twentieths of a point."""

_EM = 20 * TABLE_TEXT
_LETTER, _CAPITAL, _WIDE, _SLIM = 0.56, 0.72, 0.9, 0.34
"""Room for a letter, in ems of our font or of Arial; the slim ones are those of _SLIM_LETTERS."""
_WIDE_LETTERS, _SLIM_LETTERS = frozenset("mwMW@%–—"), frozenset("fijlrtI.,:;!|'’()[]/-")
_BOLDER = 1.09
_RESERVE = 1.14
"""Letters may be wider in programs that read no fonts from the file: DejaVu Sans needs so much more."""
_PADDING = 180
_DENSE = 14
"""Room above and below the text of a dense table, in twentieths of a point."""
_LONGEST = 15
"""Letters that a column makes room for; longer words, such as fingerprints, are broken."""


def make_cell(
    width: int,
    content: Iterable[Element],
    *,
    fill: str | None = None,
    stripe: str | None = None,
    edges: Mapping[str, tuple[str, int]] | None = None,
    at: str | None = None,
) -> Element:
    """Return a cell of paragraphs; `edges` are sides with colour and width in eighths of a point, `at` is "bottom"."""
    sides = [
        make(side, val="single", sz=edges[side][1], space=0, color=to_hex(edges[side][0]))
        for side in ("top", "left", "bottom", "right")
        if edges and side in edges
    ]
    properties = make(
        "tcPr",
        make("tcW", w=width, type="dxa"),
        make("tcBorders", *sides) if sides else None,
        shade(fill, stripe) if fill else None,
        make("vAlign", val=at) if at else None,
    )
    return make("tc", properties, *content)


def make_row(cells: Iterable[Element], *, heading: bool = False) -> Element:
    """Return a row that stays on one page; a heading is repeated on every page."""
    return make("tr", make("trPr", make("cantSplit"), make_flag("tblHeader", heading)), *cells)


def make_grid(
    writer: RunWriter,
    widths: Sequence[int],
    rows: Iterable[Element],
    *,
    style: str,
    heading: bool = False,
    dense: bool = False,
) -> Element:
    """Return a table, rows close together if `dense`. In right-to-left documents its first column is the right one."""
    absent = {"lastRow": 0, "firstColumn": 0, "lastColumn": 0, "noHBand": 1, "noVBand": 1}
    look = make("tblLook", val="0020" if heading else "0000", firstRow=int(heading), **absent)
    properties = make(
        "tblPr",
        make("tblStyle", val=make_style_id(style)),
        make_flag("bidiVisual", writer.rtl),
        make("tblW", w=sum(widths), type="dxa"),
        make("tblLayout", type="fixed"),
        make("tblCellMar", *(make(side, w=_DENSE, type="dxa") for side in ("top", "bottom"))) if dense else None,
        look,
    )
    return make("tbl", properties, make("tblGrid", *(make("gridCol", w=width) for width in widths)), *rows)


def compute_column_widths(table: DocumentTable) -> list[int]:
    """Return the widths of a table's columns: their shares, but room for the longest word of each."""
    words = []
    for number, column in enumerate(table.columns):
        longest = _longest(column.title) * _BOLDER
        for line in table.rows:
            longest = max(longest, _longest(line.cells[number].text))
        words.append(longest)
    room = WIDTH - _PADDING * len(words)
    reserve = max(1.0, min(_RESERVE, room / (sum(words) or 1)))
    floors = [math.ceil(word * reserve) + _PADDING for word in words]
    return share_out(WIDTH, [column.width for column in table.columns], floors)


def _longest(text: str) -> float:
    """Return the length of the longest word, where a hyphen ends a word as it may end a line."""
    return max(measure_text(word[:_LONGEST]) for word in re.split(r"(?<=-)|\s+", text)) * _EM


def measure_text(text: str) -> float:
    """Return the estimated width of a text on one line, in ems."""
    return sum(map(_width, text))


def _width(letter: str) -> float:
    if letter in _SLIM_LETTERS:
        return _SLIM
    return _WIDE if letter in _WIDE_LETTERS else _CAPITAL if letter.isupper() else _LETTER


def share_out(whole: int, shares: Sequence[int], floors: Sequence[int]) -> list[int]:
    """Divide a width by shares, giving each column at least its minimum unless the minimums together are too much.

    >>> share_out(1000, [1, 1, 8], [0, 200, 0])
    [89, 200, 711]
    >>> share_out(1000, [1, 3], [0, 2000])
    [250, 750]
    """
    if sum(floors) > whole:
        floors = [0] * len(floors)
    raised: set[int] = set()
    while True:
        rest = whole - sum(floors[n] for n in raised)
        unit = rest / (sum(share for n, share in enumerate(shares) if n not in raised) or 1)
        short = {n for n, share in enumerate(shares) if n not in raised and share * unit < floors[n]}
        if not short:
            break
        raised |= short
    ends = [0.0]
    for n, share in enumerate(shares):
        ends.append(ends[-1] + (floors[n] if n in raised else share * unit))
    return [round(end) - round(start) for start, end in pairwise(ends)]
