"""Addresses behind texts: cells that lead somewhere which their text does not say."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import product
from urllib.parse import unquote

from fatf_kit.locale import clean
from fatf_kit.problems import CellRef, Problem, make_problem
from fatf_kit.safety.plain_sheet import position_of
from fatf_kit.workbook.grid import Sheet
from fatf_kit.workbook.heads import ASKED
from fatf_kit.workbook.model import RawRow

_ADDRESS = re.compile(r"\w+://|\bwww\.|\S@\S|\\\\|\b[A-Za-z]:\\", re.IGNORECASE)
_LINK = ASKED["register"].index("link")
_MOST_LOOKED_AT = 50_000  # cells of a sheet
_SCHEME = re.compile(r"^(?:https?://(?:www\.)?|mailto:|file:/+)", re.IGNORECASE)


def is_address(text: str) -> bool:
    """Whether a text names a place by itself: a web page, a mailbox, a file.

    >>> is_address("www.example.org/law"), is_address("see here")
    (True, False)
    """
    return bool(_ADDRESS.search(text))


def says(text: str, address: str) -> bool:
    """Whether a text has an address in it, however it is written out.

    >>> says("Law: Example.org/law", "https://www.example.org/law/"), says("see here", "https://example.org")
    (True, False)
    """
    bare = _bare(address)
    return bool(bare) and bare in unquote(clean(text)).casefold().replace("\\", "/")


def _bare(address: str) -> str:
    """An address without what people leave out: how it is reached, the subject of a mail, signs written as numbers."""
    plain = unquote(clean(address)).replace("\\", "/").casefold()
    if plain.startswith("mailto:"):
        plain = plain.partition("?")[0]
    return _SCHEME.sub("", plain).rstrip("/")


def with_addresses(sheet: Sheet, rows: Sequence[RawRow], taken: list[CellRef]) -> tuple[RawRow, ...]:
    """The rows of a register, each link with the address behind it where its text is none; `taken` gets their cells."""
    found = []
    for row in rows:
        text = str(row.cells[_LINK]).strip()
        if not is_address(text) and (address := _address_of(sheet, row)):
            taken.append(row.ref.at("link"))
            whole = f"{text} ({address})" if text else address
            found.append(row._replace(cells=(*row.cells[:_LINK], whole, *row.cells[_LINK + 1 :])))
            continue
        found.append(row)
    return tuple(found)


def _address_of(sheet: Sheet, row: RawRow) -> str:
    """The address behind the link of a row; empty where there is none."""
    if "link" not in row.ref.table.columns:
        return ""
    line, column = position_of(row.ref.at("link").cell or "")
    for top, left, bottom, right, address in sheet.links:
        if top <= line <= bottom and left <= column <= right:
            return clean(address)
    return ""


def behind(sheet: Sheet, taken: Collection[CellRef]) -> Iterator[Problem]:
    """A Problem for each run of cells with an address behind it that a text there does not say; not for those `taken`.

    A link may lie on whole columns, and there may be thousands of them: after so many cells no more are looked at.
    """
    known, looked = set(taken), 0
    for top, left, bottom, right, address in sheet.links:
        run = sheet.ref(top, left, bottom, right)
        if run in known:
            continue
        for row, column in product(range(top, min(bottom + 1, len(sheet.grid))), range(left, right + 1)):
            looked += 1
            value = sheet.value(row, column)
            silent = value is not None and sheet.ref(row, column) not in known and not says(str(value), address)
            if silent or looked > _MOST_LOOKED_AT:
                known.add(run)
                yield make_problem("cell-link", run)
                break
