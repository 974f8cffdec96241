"""The register of mutations, and functions that find cells and sheets for them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from fatf_kit.assessment.workbook.schema import REGISTER, REQUIREMENTS
from tests.property.ledger import ID, LOOSE, REGISTER_ID, Book, Place

Change = Callable[[list[Book], Random], None]
WORDS = ("explanation", "citation", "missing", "action")
KEYS = {column.key for column in (*REQUIREMENTS.columns, *REGISTER.columns)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutation:
    """A change by its name.

    A harmless one leaves every answer readable; after any other a cell may be lost to the reader, but not silently.
    `last` ones do not survive cells being moved about afterwards.
    """

    name: str
    change: Change
    harmless: bool
    last: bool

    def __repr__(self) -> str:
        return self.name


MUTATIONS: list[Mutation] = []


def mutation(*, harmless: bool, last: bool = False) -> Callable[[Change], Change]:
    """Put a change on the register."""

    def keep(change: Change) -> Change:
        MUTATIONS.append(Mutation(name=change.__name__, change=change, harmless=harmless, last=last))
        return change

    return keep


def some_sheet(books: list[Book], random: Random) -> tuple[Book, str]:
    """Return a file and a sheet of it with answers, or with a blank table where there are none."""
    book = random.choice(books)
    return book, random.choice([title for title in book.tables if given(book, title)] or book.tables)


def given(book: Book, title: str) -> list[Place]:
    """Return the places of answers, without ids and remarks."""
    cells = book.filled.get(title, {})
    return sorted(place for place, what in cells.items() if what.key not in (ID, REGISTER_ID, LOOSE))


def head_of(book: Book, title: str) -> int:
    """Return the number of the last row of headings and keys."""
    sheet = book.sheet(title)
    keys = [row for row in range(1, sheet.max_row + 1) if is_key_row(book, title, row)]
    first = next((row for row in range(1, 9) if sheet.cell(row, 1).value is not None), 1)
    return max(keys, default=first)


def is_key_row(book: Book, title: str, row: int) -> bool:
    """Return whether the hidden keys are in this row."""
    return sum(cell.value in KEYS for cell in book.sheet(title)[row]) > 3


def cover_of(book: Book) -> str | None:
    """Return the title of the sheet with the fields of the cover, None without one."""
    fields = {"cover.country", "cover.cut_off"}
    return next((title for title, cells in book.filled.items() if fields & {w.key for w in cells.values()}), None)
