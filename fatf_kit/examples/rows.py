"""Rows of the sources: read from tables, written as tables, and as cells of a workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import date

from fatf_kit.examples.texts import find_source
from fatf_kit.spreadsheets.schema import CellKind, SheetColumn
from fatf_kit.spreadsheets.sheet import CellValue


def read_rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a CSV file of the sources, by its place in `examples/`."""
    with find_source(name).open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def render_csv(rows: Iterable[Mapping[str, str]], encoding: str = "utf-8-sig") -> bytes:
    """Return rows as a CSV file with the headings of the first one; by default with the mark that Excel needs."""
    lines = list(rows)
    text = io.StringIO()
    writer = csv.DictWriter(text, list(lines[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(lines)
    return text.getvalue().encode(encoding)


def make_cells(row: Mapping[str, str], columns: tuple[SheetColumn, ...]) -> dict[str, CellValue]:
    """Return one row as cell values: texts stay texts, days become dates."""
    days = {column.key for column in columns if column.kind is CellKind.DATE}
    return {key: date.fromisoformat(text) if key in days else text for key, text in row.items()}
