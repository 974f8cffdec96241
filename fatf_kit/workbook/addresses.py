"""Addresses behind the links of the evidence register."""

from __future__ import annotations

from collections.abc import Sequence

from fatf_kit.problems import CellRef
from fatf_kit.safety.plain_sheet import position_of
from fatf_kit.spreadsheets.links import address_behind, is_address
from fatf_kit.spreadsheets.rows import RawRow
from fatf_kit.spreadsheets.sheet import Sheet
from fatf_kit.workbook.heads import ASKED

_LINK = ASKED["register"].index("link")


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
    return address_behind(sheet, *position_of(row.ref.at("link").cell or ""))
