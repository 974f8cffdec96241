"""A quotation mark that nobody closes turns the rest of a table into one cell: nothing fails, and rows are gone."""

from __future__ import annotations

import csv
import io


def find_unclosed_quote(text: str, separator: str) -> int | None:
    r"""The line (from 1) of a cell that has taken in the lines after it, or None.

    A cell may hold line breaks; one whose further lines look like rows, or that the file ends in, has swallowed them.

    >>> swallowing_line('id,name\na,"The\nUnit"\nb,Bank', ","), swallowing_line('id,name\na,"The\nb,Bank', ",")
    (None, 2)

    Raises:
        csv.Error: it is no table at all.
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
