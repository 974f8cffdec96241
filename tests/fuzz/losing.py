"""Nothing is lost in silence: a word put into a good file stands in what is read, or a problem names its row."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from fatf_kit.core.errors import FatfKitError
from tests.fuzz.readers import READERS

WORD = "zq417"

TYPED: Mapping[str, tuple[str, ...]] = {
    "workbook": (),
    "mock": (),
    "plan": ("Actions",),
    "follow-up": ("Report's table", "Re-ratings", "Criteria"),
    "decisions": ("Decisions",),
    "measures": ("Measures", "Questions"),
}
"""Workbooks by reader, with the sheets that people fill in; none: every sheet. The others are for reading only.

A register is not among them: which of its columns are read is what its mapping says.
"""

UNREAD = {"pasted_unit", "pasted_rating", "remark"}
"""Columns for the people who fill the workbook in, and one that may hold titles between Recommendations."""


def put_word(data: bytes, random: Random, sheets: tuple[str, ...]) -> tuple[bytes, str, str]:
    """A workbook with a word in a cell that people may type into; the name of the sheet and the cell's address.

    Locked cells hold what is printed; they are written into where they are blank only.
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
    return any(sheet.cell(row=row, column=column).value in UNREAD for row in range(1, 5))


def lost(name: str, data: bytes, sheet: str, cell: str) -> str:
    """What was lost, or nothing where the word, or a problem in its row, is told."""
    with TemporaryDirectory(prefix="fatf-kit-fuzz-") as folder:
        path = Path(folder) / READERS[name].file
        path.write_bytes(data)
        try:
            told = repr(READERS[name].read(path))
        except FatfKitError:
            return ""
    row = int(re.sub("[A-Z]", "", cell))
    named = re.findall(r"sheet='(.{1,40}?)', cell='[A-Z]+(\d+)(?::[A-Z]+(\d+))?'", told.replace('"', "'"))
    if WORD in told or any(place == sheet and int(a) <= row <= int(b or a) for place, a, b in named):
        return ""
    return f"{name}: {WORD} in {sheet}!{cell} is lost"
