"""Workbooks that were read are remembered, for a run that reads the same files many times.

A command reads each file once, so that remembering would only cost it memory. Who runs many commands or functions on
one folder in one process does so within `remember_books`, as `make docs-update` does.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

from fatf_kit.core.files import is_remote, shown_name
from fatf_kit.spreadsheets.formats import limits
from fatf_kit.spreadsheets.schema import BookSchema

MOST_BOOKS = 64
"""How many workbooks are remembered; the one that was used longest ago is forgotten first."""

_Book = TypeVar("_Book")


@dataclass(frozen=True, slots=True)
class BookKey:
    """All that a reading depends on: the name of the file, the digest of its bytes, and the kind of workbook."""

    name: str
    sha256: str
    schema: BookSchema


@dataclass(slots=True)
class BookMemory(Generic[_Book]):
    """The workbooks of a run by what their reading depends on."""

    books: OrderedDict[BookKey, _Book] = field(default_factory=OrderedDict)

    def find(self, key: BookKey) -> _Book | None:
        """Find the workbook that was read from the same bytes as the same kind; None where there is none.

        >>> memory, key = BookMemory(), BookKey("fiu.xlsx", "e3b0c442", None)
        >>> memory.find(key)
        >>> memory.keep(key, "a book")
        >>> memory.find(key)
        'a book'
        """
        book = self.books.get(key)
        if book is not None:
            self.books.move_to_end(key)
        return book

    def keep(self, key: BookKey, book: _Book) -> None:
        """Keep a workbook, and forget the one that was used longest ago where there are MOST_BOOKS already."""
        self.books[key] = book
        self.books.move_to_end(key)
        while len(self.books) > MOST_BOOKS:
            self.books.popitem(last=False)


_MEMORY: ContextVar[BookMemory[object] | None] = ContextVar("workbooks that were read", default=None)


@contextmanager
def remember_books(memory: BookMemory[object] | None = None) -> Iterator[None]:
    """Remember the workbooks that this process reads meanwhile, so that a file with the same bytes is read once.

    `memory` has those that are known already; without one it is that of the block around this one, or a new one.
    Processes that read workbooks on behalf of this one remember nothing, so that FATF_KIT_WORKERS=1 helps.

    >>> with remember_books():
    ...     find_memory() is None
    False
    >>> find_memory() is None
    True
    """
    token = _MEMORY.set(memory or _MEMORY.get() or BookMemory())
    try:
        yield
    finally:
        _MEMORY.reset(token)


def find_memory() -> BookMemory[object] | None:
    """Find the memory of the run; None where nothing is remembered."""
    return _MEMORY.get()


def make_key(path: Path, schema: BookSchema) -> BookKey | None:
    """Make the key of a workbook from the bytes of its file; None for a file that the guard would refuse unread."""
    if is_remote(path):
        return None
    try:
        if not path.is_file() or path.stat().st_size > limits.MAX_FILE:
            return None
        return BookKey(shown_name(path), hashlib.sha256(path.read_bytes()).hexdigest(), schema)
    except (OSError, ValueError):
        return None
