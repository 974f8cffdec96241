"""Limits of a text that is read. They end the reading of a file that would take all memory, or would never end.

Source: fatf-kit's own; reports of 400 pages stay below a fifth of every limit.
"""

from __future__ import annotations

from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.file_limits import MEGABYTE

MOST_PAGES = 3_000
MOST_LINES = 150_000
LONGEST_LINE = 20_000
"""Characters of one line or paragraph."""

MOST_LETTERS = 12_000_000
"""Characters of a whole text."""

MOST_UNPACKED = 300 * MEGABYTE
MEMORY = 1_536 * MEGABYTE
"""Of the process in which a file is parsed or its text divided, where the system can limit it."""

SECONDS = 120
"""Time in which a file has to be parsed, and time in which its text has to be divided."""


def check_pages(count: int, name: str) -> None:
    """Refuse a text of too many pages.

    Raises:
        FatfKitError: the text has more pages than are read.
    """
    if count > MOST_PAGES:
        raise FatfKitError(
            "{file} has too many pages ({count}); at most {most} are read. "
            "Save the pages of the report alone, and name that copy.",
            file=name,
            count=count,
            most=MOST_PAGES,
        )


def check_lines(count: int, name: str) -> None:
    """Refuse a text of too many lines or paragraphs.

    Raises:
        FatfKitError: the text has more lines than are read.
    """
    if count > MOST_LINES:
        raise FatfKitError(
            "{file} has more than {most} lines or paragraphs, which no report has. Save the pages of the report "
            "alone, and name that copy.",
            file=name,
            most=MOST_LINES,
        )


def check_letters(count: int, name: str) -> None:
    """Refuse a text of too many characters.

    Raises:
        FatfKitError: the text has more characters than are read.
    """
    if count > MOST_LETTERS:
        raise FatfKitError(
            "{file} has more than {most} characters, which no report has. Save the pages of the report alone, and name "
            "that copy.",
            file=name,
            most=MOST_LETTERS,
        )


def check_length(line: str, name: str) -> None:
    """Refuse a line that is too long.

    Raises:
        FatfKitError: the line has more characters than are read.
    """
    if len(line) > LONGEST_LINE:
        raise FatfKitError(
            "{file} has a line that is too long ({count}); at most {most} are read. "
            "Save the report again with its line ends, as PDF or Word, and name that copy.",
            file=name,
            count=len(line),
            most=LONGEST_LINE,
        )
