"""The text of a file as frozen values. Pages are None where a file has no pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from fatf_kit.core.problems import CellRef, Problem

PAGE = "page {0}"
"""The place of a problem in a text, in English."""


def make_page_ref(name: str, page: int | None) -> CellRef:
    """Return the place of a page in a file."""
    return CellRef(file=name, cell=PAGE.format(page) if page is not None else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLine:
    """One line of a text. `page` is the printed number where the file prints one on most pages."""

    text: str
    page: int | None = None


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
    """What lines of a kind of text mean, which this package does not know. Each is asked about a line as printed.

    A line that `begins_part` is never a page head, and a page with a line that `is_row` below has no footnote there.
    `page_number` is a pattern for a line that is a page number, in folded text.
    """

    begins_part: Callable[[str], bool]
    is_row: Callable[[str], bool]
    page_number: re.Pattern[str]
