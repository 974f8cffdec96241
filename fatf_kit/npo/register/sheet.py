"""One sheet of a workbook to CSV, run in a process of its own by `fatf_kit.npo.register.file`.

A cell far away from the others or a damaged file may end the parser's process, and then only that one ends.
"""

from __future__ import annotations

import csv
from datetime import date, datetime, time
from pathlib import Path

from fatf_kit.core.errors import FatfKitError

SEPARATOR = "\x1f"
"""Between several titles of which the first that is there is meant."""


def write_sheet(source: Path, target: Path, wanted: str) -> tuple[int, tuple[str, ...]]:
    """Write the sheet named `wanted`, or the first one with cells; blank rows within it become empty lines.

    Gives how many blank rows stand above its first filled one, and the titles of all sheets.

    Raises:
        FatfKitError: there is no such sheet.
    """
    from python_calamine import CalamineWorkbook

    with CalamineWorkbook.from_path(source) as book:
        names = book.sheet_names
        titles = [title for title in wanted.split(SEPARATOR) if title in names]
        if wanted and not titles:
            first_wanted = wanted.split(SEPARATOR, maxsplit=1)[0]
            raise FatfKitError(
                "{file} has no sheet '{sheet}'. Allowed: {names}.",
                file=source.name,
                sheet=first_wanted,
                names=tuple(names),
            )
        for name in titles or names:
            rows = book.get_sheet_by_name(name).iter_rows()
            before, first = next(((n, row) for n, row in enumerate(rows) if any(cell != "" for cell in row)), (0, None))
            if first is None:
                continue
            with target.open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file)
                writer.writerow(_text(cell) for cell in first)
                for row in rows:
                    if any(cell != "" for cell in row):
                        writer.writerow(map(_text, row))
                    else:  # an empty line is no row, but counts
                        file.write("\r\n")
            return before, tuple(names)
    raise FatfKitError("No sheet of {file} contains anything. Choose another file.", file=source.name)


def _text(cell: object) -> str:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)
