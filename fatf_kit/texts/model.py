"""The text of a file as frozen values, first as it is printed and then in reading order.

Pages are None where a file has no pages. Positions are in letters for text files and in points for PDF, and grow to
the right and downwards; they are None where a file has none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from fatf_kit.core.message_facts import Phrase
from fatf_kit.core.problems import CellRef, Problem


def make_page_ref(name: str, page: int | None) -> CellRef:
    """Return the place of a page in a file."""
    return CellRef(file=name, cell=Phrase("page {page}", page=page) if page is not None else None)


@dataclass(frozen=True, slots=True, order=True)
class TextCell:
    """One cell of a table: its table in the text, its row and its column in reading direction, from 0."""

    table: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Word:
    """A word at its place on a page."""

    text: str
    left: float
    right: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RawLine:
    """One printed line, or the part of one between wide gaps.

    `top` is its place from the top of the page. `words` are there where the lines of a page still have to be arranged.
    `is_start` says that a paragraph begins with it for certain.
    """

    text: str
    left: float | None = None
    right: float | None = None
    top: float = 0.0
    words: tuple[Word, ...] = ()
    cell: TextCell | None = None
    is_start: bool = False


_SCAN = 25
"""Characters of a page below which it has no text layer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawPage:
    """The lines of one page: in reading order, or as they are on paper where `is_on_paper`.

    A line on paper goes across all columns. `letter` is the width of a letter. `has_paragraphs` says that lines are
    whole paragraphs.
    """

    lines: tuple[RawLine, ...]
    is_on_paper: bool = False
    has_paragraphs: bool = False
    letter: float = 1.0

    @property
    def is_blank(self) -> bool:
        """Whether the page has next to no text, as a picture of a page."""
        return sum(len(line.text) for line in self.lines) < _SCAN


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLine:
    """One line of a text. `page` is the printed number where the file prints one on most pages.

    Lines of one `block` are directly below each other; another block begins with another paragraph or cell, but a
    paragraph may also begin inside a block. `left` and `right` are its edges, None where they are not known.
    """

    text: str
    page: int | None = None
    block: int = 0
    cell: TextCell | None = None
    left: float | None = None
    right: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileText:
    """The lines of a file, without page heads, page numbers and footnotes, and with words joined at line ends.

    `pages` is the number of pages, 0 where the file has none. `has_printed_pages` says that page numbers are those
    printed, and not the order of the pages in the file. `has_paragraphs` says that lines are whole paragraphs.
    """

    name: str
    lines: tuple[TextLine, ...]
    pages: int = 0
    has_printed_pages: bool = False
    has_paragraphs: bool = False
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRules:
    """The meaning of lines in a kind of text, which this package does not know; each is asked about a printed line.

    A line that `begins_part` is never a page head, and a page with a line that `is_row` below has no footnote there.
    A cell that `begins_row` is the first of a row of a table. `page_number` is a pattern for a line that is a page
    number, in folded text.
    """

    begins_part: Callable[[str], bool]
    is_row: Callable[[str], bool]
    begins_row: Callable[[str], bool]
    page_number: re.Pattern[str]


def make_page(lines: Iterable[str]) -> RawPage:
    """Return a page of lines in reading order, of which only the text is known.

    >>> [line.text for line in make_page(["Harbours", "and ships"]).lines]
    ['Harbours', 'and ships']
    """
    return RawPage(lines=tuple(RawLine(text=line, top=float(place)) for place, line in enumerate(lines)))
