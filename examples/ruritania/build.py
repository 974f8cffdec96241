"""Write the filled workbook of the made-up country Ruritania from its answers.

Run by `make content`. The same answers give the same bytes, so the workbook in the repository can be compared with a
new one. The answers live in answers.json because text is easier to read and to review there than in a spreadsheet.
"""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from fatf_kit.errors import FatfKitError
from fatf_kit.framework import load_framework
from fatf_kit.messages import MADE_UP
from fatf_kit.workbook.layout import COLUMNS, REGISTER_COLUMNS, Column, ColumnKind, build_layout
from fatf_kit.workbook.model import CellValue
from fatf_kit.workbook.template import write_template

HERE = Path(__file__).resolve().parent
ANSWERS = HERE / "answers.json"
EDITION = "fatf-2022"
WORKBOOK = HERE / "workbook" / "ruritania-2022.xlsx"
CONTACT = "Secretariat of the National Coordination Council, Strelsau"

_Row = dict[str, CellValue]


def build(target: Path = WORKBOOK) -> Path:
    """Write the workbook and return its path.

    Raises:
        FatfKitError: an answer or item of evidence that the template has no place for.
    """
    data: dict[str, Any] = json.loads(ANSWERS.read_text(encoding="utf-8"))
    country, cut_off = str(data["country"]), date.fromisoformat(data["cut_off"])
    layout = build_layout(load_framework(EDITION), country=country, cut_off=cut_off, notice=MADE_UP)
    write_template(
        layout,
        target,
        prefill={requirement: _cells(row, COLUMNS) for requirement, row in data["answers"].items()},
        evidence=[_cells(item, REGISTER_COLUMNS) for item in data["evidence"]],
        cover={"country": country, "cut_off": cut_off, "contact": CONTACT},
    )
    return target


def _cells(row: dict[str, str], columns: tuple[Column, ...]) -> _Row:
    """One row as cell values: texts stay texts, days become dates."""
    days = {column.key for column in columns if column.kind is ColumnKind.DATE}
    return {key: date.fromisoformat(text) if key in days else text for key, text in row.items()}


def main() -> int:
    """Write the workbook; 0 when done, 3 with one line on standard error when it cannot be written."""
    try:
        written = build()
    except (FatfKitError, OSError, ValueError) as fault:
        sys.stderr.write(f"{fault}\n")
        return 3
    sys.stdout.write(f"Written: {written.relative_to(HERE.parents[1])}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
