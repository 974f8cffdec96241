"""Quotation marks that are not closed, which turn the rest of a CSV table into one cell without any error."""

from __future__ import annotations

import csv
import io


def find_unclosed_quote(text: str, separator: str) -> int | None:
    r"""Return the line (from 1) of a cell that contains the lines after it, or None.

    A cell may contain line breaks. A mark is unclosed if further lines look like rows, or the file ends in it.

    >>> find_unclosed_quote('id,name\na,"The\nUnit"\nb,Bank', ","), find_unclosed_quote('id,name\na,"The\nb,Bank', ",")
    (None, 2)

    Raises:
        csv.Error: the text is not a table.
    """
    if '"' not in text:
        return None
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    before = start = 0
    for row in reader:
        before, start = start, reader.line_num
        if any(separator in line for cell in row for line in cell.splitlines()[1:]):
            return before + 1
    try:
        list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as fault:
        return before + 1 if "end of data" in str(fault) else None
    return None
