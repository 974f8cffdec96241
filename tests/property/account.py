"""Comparison of the cells that were read with the account of the cells that were filled in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from fatf_kit.assessment.answers.model import Answer, EvidenceItem, ResponseSet
from fatf_kit.core.languages import clean
from fatf_kit.core.problems import Problem
from tests.property.ledger import ID, REGISTER_ID, Book, FilledCell, Place

_OF_VALUES = {
    "rating-unknown", "rating-wrong-scale", "rating-not-asked", "rating-missing", "date-unknown", "date-ambiguous",
    "cut-off-unknown", "confidentiality-unknown", "evidence-unknown", "evidence-kind-unknown", "stamp-missing",
    "copy-same",
}  # fmt: skip
_OF_MARKED = ("cell-locked", "cell-link")


def unaccounted(
    books: Iterable[Book], responses: ResponseSet, problems: Sequence[Problem], *, readable: bool
) -> list[str]:
    """Return filled cells that are neither in the result as they were meant nor named in a Problem.

    With `readable` a cell that means something must be in the result, named or not. A file that is reported as the same
    as another of the books is accounted for by that one. For two copies that differ one Problem gives the number of
    answers that differ; it accounts for that many answers of the copy that is not used, and for its register.
    """
    lost = []
    books = list(books)
    same = {p.ref.file: dict(p.facts)["other"] for p in problems if p.code == "copy-same" and p.ref}
    for book in books:
        if same.get(book.name) in {other.name for other in books if other is not book}:
            continue
        cells = list(cells_of(book, responses, problems))
        reported = {cell.says for cell in cells if cell.is_reported}  # a copy within the file need not be named again
        differing = sum(int(dict(p.facts)["count"]) for p in problems if _is_of_copy(p, book))
        replaced: set[object] = set()
        for cell in cells:
            what = cell.what
            if readable and what.means is not None:
                # a copied sheet may have an address that the first one lacks: then both are named
                fine = cell.is_reported if what.linked else cell.there
            elif what.is_reported or what.linked:
                fine = cell.is_reported
            else:
                fine = cell.there or cell.says in reported
            if not fine and differing and what.means is not None and not what.key.startswith("cover."):
                replaced |= set() if what.key.startswith("register.") else {cell.says[1]}
                fine = len(replaced) <= differing
            if not fine:
                lost.append(f"{book.name} {cell.address} {what}")
    return lost


def _is_of_copy(problem: Problem, book: Book) -> bool:
    return problem.code == "agency-copies" and problem.ref is not None and problem.ref.file in (book.name, book.again)


def needless(books: Sequence[Book], problems: Iterable[Problem]) -> list[str]:
    """Return problems about other things than values, of workbooks in which only values may be wrong.

    Problems about locked cells that were filled in, and about links, are not needless.
    """
    others = (problem for problem in problems if problem.code not in _OF_VALUES)
    return [problem.message for problem in others if not _is_of_marked(problem, books)]


def _is_of_marked(problem: Problem, books: Iterable[Book]) -> bool:
    if problem.code not in _OF_MARKED:
        return False
    return any(
        (what.locked or what.linked) and _names(problem, {book.name, book.again}, title, place)
        for book in books
        for title, cells in book.filled.items()
        for place, what in cells.items()
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cell:
    """A filled cell with its text and id; whether it is in the result, and whether a Problem names it."""

    address: str
    what: FilledCell
    says: tuple[object, ...]
    there: bool
    is_reported: bool


def cells_of(book: Book, responses: ResponseSet, problems: Sequence[Problem]) -> Iterator[_Cell]:
    """Yield every filled cell of a book but its ids, with its text, and whether it was read or reported."""
    for title, cells in book.filled.items():
        ids = {place[0]: _id(book, title, place) for place, what in cells.items() if what.key in (ID, REGISTER_ID)}
        for place, what in cells.items():
            if what.key not in (ID, REGISTER_ID):
                cell, name = book.sheet(title).cell(*place), ids.get(place[0])
                yield _Cell(
                    address=f"{title}!{cell.coordinate} {cell.value!r}",
                    what=what,
                    says=(what.key, name, str(cell.value) if what.means is None else _plain(what.means)),
                    there=what.means is not None and _is_there(book, what, name, responses),
                    is_reported=_is_reported(book, title, place, problems),
                )


def _id(book: Book, title: str, place: Place) -> str:
    return clean(str(book.sheet(title).cell(*place).value))


def _is_there(book: Book, what: FilledCell, name: str | None, responses: ResponseSet) -> bool:
    sheet, _, key = what.key.rpartition(".")
    found: Answer | EvidenceItem | ResponseSet | None
    if sheet == "cover":
        found = responses
    elif sheet == "register":
        ours = (item for item in responses.evidence if item.source in (book.name, book.again))
        found = next((item for item in ours if item.id == (name or "").upper()), None)
    else:
        found = next((answer for answer in responses.answers if answer.requirement == name), None)
    return found is not None and _plain(what.means) == _plain(getattr(found, key))


def _plain(value: object) -> object:
    if value is None or isinstance(value, date | tuple):
        return value
    return clean(str(value))


def _is_reported(book: Book, title: str, place: Place, problems: Iterable[Problem]) -> bool:
    return any(_names(problem, {book.name, book.again}, title, place) for problem in problems)


def _names(problem: Problem, files: set[str | None], title: str, place: Place) -> bool:
    ref = problem.ref
    if ref is None or ref.file not in files or ref.sheet != title:
        return False
    if ref.cell is None:
        missing = set(dict(problem.facts).get("missing", "").split(", "))
        return problem.code == "sheet-unknown" or "Id" in missing or {"Rating", "Explanation"} <= missing
    first, _, last = ref.cell.partition(":")
    (top, left), (bottom, right) = _place(first), _place(last or first)
    return top <= place[0] <= bottom and left <= place[1] <= right


def _place(cell: str) -> Place:
    found = re.fullmatch(r"([A-Z]+)(\d+)", cell)
    assert found, cell
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column
