"""Problems of what is not in cells: comments, links, pictures, printed headers and footers."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import product
from urllib.parse import unquote

from fatf_kit.core.languages import clean
from fatf_kit.core.problems import CellRef, Problem, make_problem
from fatf_kit.spreadsheets.fingerprints import PrintedCells
from fatf_kit.spreadsheets.sheet import SheetContent


def list_annotations(
    sheets: Iterable[SheetContent], linked: Collection[CellRef], printed: PrintedCells
) -> Iterator[Problem]:
    """Yield a Problem for everything over the cells that nothing reads.

    Not for links in the cells `linked`, whose addresses are used. Comments, headers and footers count only where
    fatf-kit did not print them. One Problem says of a file in the old format that nothing of this was looked at.
    """
    sheets = list(sheets)
    if of_values := next((sheet for sheet in sheets if sheet.scan.values_only), None):
        yield make_problem("file-values-only", CellRef(file=of_values.file))
    for sheet in sheets:
        where = CellRef(file=sheet.file, sheet=sheet.title)
        typed = (cell for cell, text in sorted(sheet.scan.notes.items()) if not printed.has_comment(text))
        yield from (make_problem("cell-comment", sheet.ref(*cell)) for cell in typed)
        if sheet.scan.links:
            yield from find_unread_links(sheet, linked)
        if sheet.scan.objects:
            yield make_problem("sheet-objects", where, count=sheet.scan.objects)
        if printed.is_known and not all(printed.has_margin(text) for text in sheet.scan.margins):
            yield make_problem("sheet-margins", where)


_ADDRESS = re.compile(r"\w+://|\bwww\.|\S@\S|\\\\|\b[A-Za-z]:\\", re.IGNORECASE)
_MOST_LOOKED_AT = 50_000  # cells of a sheet
_SCHEME = re.compile(r"^(?:https?://(?:www\.)?|mailto:|file:/+)", re.IGNORECASE)


def is_address(text: str) -> bool:
    """Return whether a text names a place by itself: a web page, a mailbox, a file.

    >>> is_address("www.example.org/law"), is_address("see here")
    (True, False)
    """
    return bool(_ADDRESS.search(text))


def has_address(text: str, address: str) -> bool:
    """Return whether a text has an address in it, however it is written out.

    >>> has_address("Law: Example.org/law", "https://www.example.org/law/"), has_address("see here", "https://example.org")
    (True, False)
    """
    bare = _bare(address)
    return bool(bare) and bare in unquote(clean(text)).casefold().replace("\\", "/")


def _bare(address: str) -> str:
    """Return an address without what people leave out: the scheme, the subject of a mail, signs written as numbers."""
    plain = unquote(clean(address)).replace("\\", "/").casefold()
    if plain.startswith("mailto:"):
        plain = plain.partition("?")[0]
    return _SCHEME.sub("", plain).rstrip("/")


def find_address(sheet: SheetContent, row: int, column: int) -> str:
    """Return the address behind a cell (row and column from 0); empty where there is none."""
    for top, left, bottom, right, address in sheet.scan.links:
        if top <= row <= bottom and left <= column <= right:
            return clean(address)
    return ""


def find_unread_links(sheet: SheetContent, taken: Collection[CellRef]) -> Iterator[Problem]:
    """Yield a Problem for each run of cells whose text does not say the address behind it; not for those `taken`.

    A link may lie on whole columns, and there may be thousands of them: after so many cells no more are looked at.
    """
    known, looked = set(taken), 0
    for top, left, bottom, right, address in sheet.scan.links:
        run = sheet.ref(top, left, bottom, right)
        if run in known:
            continue
        for row, column in product(range(top, min(bottom + 1, len(sheet.grid))), range(left, right + 1)):
            looked += 1
            value = sheet.value(row, column)
            silent = value is not None and sheet.ref(row, column) not in known and not has_address(str(value), address)
            if silent or looked > _MOST_LOOKED_AT:
                known.add(run)
                yield make_problem("cell-link", run)
                break
