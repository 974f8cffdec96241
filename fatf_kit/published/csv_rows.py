"""The rows of a CSV table of facts, each with its line; a table that is not complete is refused."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.file_limits import refusal_reason

Row = dict[Any, Any]


def read_csv_rows(path: Path, columns: Sequence[str]) -> list[tuple[int, Row]]:
    """Return each row by column, with its line. A row with too few or too many cells holds None as key or value.

    Raises:
        FatfKitError: the file cannot be read, is not CSV in UTF-8, or lacks a column.
    """
    if why := refusal_reason(path):
        raise FatfKitError("{file} cannot be read: {why}.", file=path.name, why=why)
    try:
        reader = csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline=""))
        missing = [name for name in columns if name not in (reader.fieldnames or ())]
        rows = [(reader.line_num, row) for row in reader]
    except OSError as fault:
        raise FatfKitError("{file} cannot be read: {why}.", file=path.name, why=fault.strerror) from fault
    except (UnicodeDecodeError, csv.Error) as fault:
        raise FatfKitError(
            "{file} is not a CSV file in UTF-8. Save it again as 'CSV UTF-8'.", file=path.name
        ) from fault
    if missing:
        raise FatfKitError(
            "{file} does not have these columns: {missing}. Needed: {names}.",
            file=path.name,
            missing=tuple(missing),
            names=tuple(columns),
        )
    return rows
