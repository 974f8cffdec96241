"""Filling in a blank template, by and large as an agency would."""

from __future__ import annotations

from random import Random

from fatf_kit.assessment.workbook.layout import FIRST_ROW
from fatf_kit.assessment.workbook.schema import REGISTER, REQUIREMENTS
from tests.property import typed
from tests.property.ledger import ID, Book, FilledCell, column_of, cover_places


def fill(book: Book, random: Random, *, odd: bool = True) -> None:
    """Answer some rows, register some evidence, complete the cover."""
    for title in book.questions:
        for row, keys in sorted(book.rows(title).items()):
            if ID in keys and random.randrange(3):
                for key in random.sample([c.key for c in REQUIREMENTS.columns[2:]], random.randint(1, 5)):
                    _answer(book, title, row, key, random, odd=odd)
    title = next(title for title in book.tables if title not in book.questions)
    for row in range(FIRST_ROW + 1, FIRST_ROW + 1 + random.randint(0, 4)):
        for column in random.sample(REGISTER.columns[1:], random.randint(1, 4)):
            _answer(book, title, row, f"register.{column.key}", random, odd=odd)
    title, places = cover_places(book)
    book.put(title, places["country"], "Ruritania", FilledCell(key="cover.country", means="Ruritania"))
    value, means = typed.day(random, odd=odd)
    book.put(title, places["cut_off"], value, FilledCell(key="cover.cut_off", means=means))
    value, means = typed.words(random)
    book.put(title, places["contact"], value, FilledCell(key="cover.contact", means=means))


def _answer(book: Book, title: str, row: int, key: str, random: Random, *, odd: bool = True) -> None:
    name = str(book.sheet(title).cell(row, 1).value)
    if key == "rating":
        scale = "criterion" if name.startswith("R.") else "achievement"
        value, means = typed.choice(random, scale, typed.NO_RATINGS if odd else ())
        if name.startswith("IO.") and name.endswith(")"):
            means = None  # parts of core issues are not rated
            if not odd:
                return
    elif key == "confidentiality":
        value, means = typed.choice(random, key, typed.NO_LEVELS if odd else ())
    elif key == "register.kind":
        value, means = typed.choice(random, "evidence_kind", typed.NO_RATINGS if odd else ())
    elif key.endswith(("in_force_from", "action_due")):
        value, means = typed.day(random, odd=odd)
    elif key == "evidence":
        value, means = typed.evidence_ids(random)
    else:
        value, means = typed.words(random)
    book.put(title, (row, column_of(key)), value, FilledCell(key=key, means=means))
