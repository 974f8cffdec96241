"""Limits of a text that is read. They end the reading of a file that would take all memory, or would never end.

Source: fatf-kit's own; reports of 400 pages stay below a fifth of every limit.
"""

from __future__ import annotations

from dataclasses import dataclass

from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.file_limits import MEGABYTE

MOST_UNPACKED = 300 * MEGABYTE
MEMORY = 1_536 * MEGABYTE
"""Of the process in which a file is parsed or its text divided, where the system can limit it."""

SECONDS = 120
"""Time in which a file has to be parsed, and time in which its text has to be divided."""


@dataclass(frozen=True, slots=True)
class TextLimit:
    """The most of something that a text may have, and the message where it has more."""

    most: int
    message: str


PAGES = TextLimit(
    3_000,
    "{file} has too many pages ({count}); at most {most} are read. "
    "Save the pages of the report alone, and name that copy.",
)
LINES = TextLimit(
    150_000,
    "{file} has more than {most} lines or paragraphs, which no report has. Save the pages of the report "
    "alone, and name that copy.",
)
LETTERS = TextLimit(
    12_000_000,
    "{file} has more than {most} characters, which no report has. Save the pages of the report alone, and name "
    "that copy.",
)
"""Characters of a whole text."""

LINE_LENGTH = TextLimit(
    20_000,
    "{file} has a line that is too long ({count}); at most {most} are read. "
    "Save the report again with its line ends, as PDF or Word, and name that copy.",
)
"""Characters of one line or paragraph."""

LIMITS = (PAGES, LINES, LETTERS, LINE_LENGTH)
"""Every limit of a text, for the catalogues."""


def check_limit(limit: TextLimit, count: int, name: str) -> None:
    """Refuse the text of a file that has too much of something.

    Raises:
        FatfKitError: `count` is above the limit.
    """
    if count > limit.most:
        raise FatfKitError(limit.message, file=name, count=count, most=limit.most)
