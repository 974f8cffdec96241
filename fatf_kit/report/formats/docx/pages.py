"""The page on which each section of a Word file begins, estimated from the widths and heights of what is on it.

Only Word knows how it breaks pages. The estimate fills the contents until Word counts again.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from fatf_kit.report.formats.docx.grid import measure_text
from fatf_kit.report.formats.docx.styles import TEXT_WIDTH, find_style
from fatf_kit.report.formats.docx.xml import Element, Look, Setting

_PAPER, _TOP, _BOTTOM, _FOOTER = 841.9, 62.4, 56.7, 31.2
"""Points: the height of A4, its margins, and the distance of the footer from the edge."""
_LINE = 1.5
"""The height that our font asks for, in ems."""
_SIZE = 10.0
_LEAST_LINES = 3
_CELL_SIDES, _CELL_ENDS, _DENSE_ENDS = 8.0, 6.5, 1.9
"""Room in a cell next to its text, and above and below it with the line of the row."""
_BOLD = 1.06
_USUAL, _ARABIC = 0.88, 0.74
"""`measure_text` gives the room that words need at most; in a line of text they take so much of it."""
_FIRST_ARABIC = "\u0600"
_POINT = 12_700
"""English metric units in a point."""


def find_pages(elements: Sequence[Element], footer: Element) -> Mapping[str, int]:
    """Return the estimated page of each bookmark in the paragraphs and tables of a file."""
    foot = sum(_measure(one, TEXT_WIDTH) for one in footer)
    page = _Page(height=_PAPER - _TOP - max(_BOTTOM, _FOOTER + foot))
    for number, element in enumerate(elements):
        page.add(element, elements[number + 1 : number + 4])
    return page.names


@dataclass
class _Page:
    """A page that is being filled, with its number and the names of the bookmarks met so far."""

    height: float
    used: float = 0.0
    number: int = 1
    names: dict[str, int] = field(default_factory=dict)

    def add(self, element: Element, following: Sequence[Element]) -> None:
        """Put a paragraph or table on the page, and on the next ones where it does not fit."""
        if _is_table(element):
            self._add_rows(list(element.iterfind("{*}tr")))
            return
        if element.find("{*}pPr/{*}pageBreakBefore") is not None and self.used:
            self._turn()
        height = _measure(element, TEXT_WIDTH)
        if self.used + _measure_start(element) + _measure_kept(element, following) > self.height and self.used:
            self._turn()
        for mark in element.iter("{*}bookmarkStart"):
            self.names[_get(mark, "name")] = self.number
        self._fill(height)

    def _add_rows(self, rows: Sequence[Element]) -> None:
        head = _measure_row(rows[0]) if rows and rows[0].find("{*}trPr/{*}tblHeader") is not None else 0.0
        for row in rows:
            height = _measure_row(row)
            if self.used + height > self.height and self.used:
                self._turn()
                self.used = head
            self._fill(height)

    def _fill(self, height: float) -> None:
        self.used += height
        while self.used > self.height:
            self.used -= self.height
            self.number += 1

    def _turn(self) -> None:
        self.used = 0.0
        self.number += 1


def _measure_kept(element: Element, following: Sequence[Element]) -> float:
    """Return the height of what stays on the page of a heading: paragraphs in a row, and the first rows of a table."""
    height = 0.0
    for one in following:
        setting, _ = _style_of(element)
        if not setting.keep_next and element.find("{*}pPr/{*}keepNext") is None:
            break
        if _is_table(one):
            return height + sum(_measure_row(row) for row in list(one.iterfind("{*}tr"))[:2])
        height += _measure_start(one)
        element = one
    return height


def _measure_start(paragraph: Element) -> float:
    """Return the height of what a page needs to have room for: the first lines of a paragraph that may be broken."""
    height = _measure(paragraph, TEXT_WIDTH)
    is_whole = _style_of(paragraph)[0].keep_lines or _has_picture(paragraph)
    return height if is_whole else min(height, _LEAST_LINES * _SIZE * _LINE)


def _is_table(element: Element) -> bool:
    return str(element.tag).endswith("}tbl")


def _has_picture(element: Element) -> bool:
    return next(element.iter("{*}drawing"), None) is not None


def _measure_row(row: Element) -> float:
    heights, ends = [], _DENSE_ENDS if _is_dense(row) else _CELL_ENDS
    for cell in row.iterfind("{*}tc"):
        width = int(_get(cell.find("{*}tcPr/{*}tcW"), "w")) / 20 - _CELL_SIDES
        heights.append(sum(_measure(one, width) for one in cell.iterfind("{*}p")))
    return max(heights, default=0.0) + ends


def _is_dense(row: Element) -> bool:
    table = row.getparent()
    return table is not None and table.find("{*}tblPr/{*}tblCellMar") is not None


def _measure(paragraph: Element, width: float) -> float:
    """Return the height of a paragraph in points, with the space before and after it."""
    if str(paragraph.tag).endswith("}sdt") or not str(paragraph.tag).endswith("}p"):
        return 0.0
    setting, look = _style_of(paragraph)
    room = (setting.before or 0) + (setting.after or 0)
    pictures = [int(extent.get("cy")) / _POINT for extent in paragraph.iter("{*}extent")]
    if pictures:
        return sum(pictures) + room
    if setting.exactly:
        return setting.exactly + room
    size = look.size or _SIZE
    ems = max(1.0, (width - setting.indent - setting.inset) / size / (_BOLD if look.bold else 1))
    lines = sum(_count_lines(line, ems) for line in _read_lines(paragraph))
    return lines * size * _LINE * (setting.line or 240) / 240 + room


def _read_lines(paragraph: Element) -> Iterator[str]:
    """Yield the texts between line breaks."""
    text = ""
    for part in paragraph.iter("{*}t", "{*}br", "{*}tab", "{*}noBreakHyphen"):
        if str(part.tag).endswith("}br"):
            yield text
            text = ""
        else:
            text += (part.text or "") if str(part.tag).endswith("}t") else "-"
    yield text


def _count_lines(text: str, ems: float) -> int:
    """Return how many lines of a width a text takes, broken between words."""
    lines, used = 1, 0.0
    for word in text.split():
        length = (_USUAL if word.isascii() or word < _FIRST_ARABIC else _ARABIC) * measure_text(word)
        if used and used + length > ems:
            lines, used = lines + 1, 0.0
        if length > ems:
            lines += math.ceil(length / ems) - 1
            length %= ems
        used += length + _USUAL * measure_text(" ")
    return lines


def _style_of(paragraph: Element) -> tuple[Setting, Look]:
    style = paragraph.find("{*}pPr/{*}pStyle")
    return find_style(_get(style, "val") if style is not None else "")


def _get(element: Element | None, name: str) -> str:
    from docx.oxml.ns import qn

    return str(element.get(qn(f"w:{name}"))) if element is not None else ""
