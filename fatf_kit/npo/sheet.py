"""One sheet of a workbook to CSV, run as a process of its own by `fatf_kit.npo.register`.

A cell far away from the others or a damaged file may end the parser's process, and then only this one ends.
"""

from __future__ import annotations

import csv
import sys
from datetime import date, datetime, time
from pathlib import Path

SEPARATOR = "\x1f"
"""Between several titles of which the first that is there is meant."""
_MEMORY = 3 * 1024**3


def main(source: str, target: str, wanted: str) -> int:
    """Write the sheet named `wanted`, or the first one with cells, and give the exit code: 0 done, 2 no such sheet.

    How many blank rows stand above the first filled one is printed, and then the titles of all sheets; blank rows
    below it become empty lines.
    """
    from python_calamine import CalamineWorkbook

    _bound_memory()
    with CalamineWorkbook.from_path(source) as book:
        names = book.sheet_names
        titles = [title for title in wanted.split(SEPARATOR) if title in names]
        if wanted and not titles:
            sys.stderr.write(
                f"there is no sheet {wanted.split(SEPARATOR, maxsplit=1)[0]!r}. Use one of: {', '.join(names)}."
            )
            return 2
        for name in titles or names:
            rows = book.get_sheet_by_name(name).iter_rows()
            before, first = next(((n, row) for n, row in enumerate(rows) if any(cell != "" for cell in row)), (0, None))
            if first is None:
                continue
            sys.stdout.buffer.write(SEPARATOR.join((str(before), *names)).encode())
            with Path(target).open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file)
                writer.writerow(_text(cell) for cell in first)
                for row in rows:
                    if any(cell != "" for cell in row):
                        writer.writerow(map(_text, row))
                    else:  # an empty line is no row, but counts
                        file.write("\r\n")
            return 0
    sys.stderr.write("the workbook has no filled sheet.")
    return 2


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


def _bound_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
