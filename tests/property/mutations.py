"""Everything that is done to a filled workbook, to see whether an answer is lost by it."""

from __future__ import annotations

from random import Random

from tests.property import mutations_of_cells, mutations_of_sheets  # noqa: F401 - both put theirs on the register
from tests.property.ledger import Book
from tests.property.mutation import MUTATIONS, Mutation

__all__ = ["MUTATIONS", "Mutation", "mutate"]


def mutate(book: Book, chosen: list[Mutation], random: Random) -> list[Book]:
    """The file after these changes, which may have made several of it."""
    books = [book]
    for mutation in sorted(chosen, key=lambda mutation: mutation.last):
        mutation.change(books, random)
    return books
