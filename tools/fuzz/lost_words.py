"""Check that no typed word is lost: a word typed into a good workbook is read, or a problem names its row."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from fatf_kit.core.errors import FatfKitError
from fatf_kit.spreadsheets.ledger import collect_counts
from tools.fuzz.targets import TARGETS

WORD = "zq417"

FILLED_SHEETS: Mapping[str, tuple[str, ...]] = {
    "workbook": (),
    "mock": (),
    "plan": ("Actions",),
    "follow-up": ("Report's table", "Re-ratings", "Criteria"),
    "decisions": ("Decisions",),
    "measures": ("Measures", "Questions"),
}
"""By reader the sheets that people fill in; an empty tuple means every sheet.

Registers are left out: their mapping decides which of their columns are read.
"""

UNREAD_COLUMNS = {"pasted_unit"}
"""A column that may contain titles between Recommendations. The ledger knows those that are declared unread."""


def put_word(data: bytes, random: Random, sheets: tuple[str, ...]) -> tuple[bytes, str, str]:
    """Write a word into a cell that people may fill in; return the workbook, the sheet's name and the cell's address.

    Locked cells contain printed text, so the word is only written into blank ones.
    """
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data))
    shown = [one for one in book.worksheets if one.sheet_state == "visible"]
    sheet: Any = random.choice([one for one in shown if not sheets or one.title in sheets])
    while True:
        row = random.randint(1, min(sheet.max_row, 400) + 3)
        cell = sheet.cell(row=row, column=random.randint(1, min(sheet.max_column, 40) + 3))
        printed = cell.value is not None and (cell.protection.locked or row < 3)
        if type(cell).__name__ == "MergedCell" or printed or _is_unread(sheet, cell.column):
            continue
        cell.value = WORD
        break
    out = io.BytesIO()
    book.save(out)
    return out.getvalue(), sheet.title, cell.coordinate


def _is_unread(sheet: Any, column: int) -> bool:
    return any(sheet.cell(row=row, column=column).value in UNREAD_COLUMNS for row in range(1, 5))


def find_lost_word(name: str, data: bytes, sheet: str, cell: str) -> str:
    """Return a sentence on the lost word; an empty text if the word or a problem in its row is reported."""
    with TemporaryDirectory(prefix="fatf-kit-fuzz-") as folder:
        path = Path(folder) / TARGETS[name].file
        path.write_bytes(data)
        try:
            with collect_counts() as counts:
                result = repr(TARGETS[name].read(path))
        except FatfKitError:
            return ""
        result += repr([one.unread_cells for one in counts])
    typed_row = int(re.sub("[A-Z]", "", cell))
    places = re.findall(r"sheet='(.{1,40}?)', cell='[A-Z]+(\d+)(?::[A-Z]+(\d+))?'", result.replace('"', "'"))
    if WORD in result or any(place == sheet and int(a) <= typed_row <= int(b or a) for place, a, b in places):
        return ""
    return f"{name}: {WORD} in {sheet}!{cell} is lost"
