"""What lies over the cells of a workbook: comments, links, words struck out, pictures, printed headers and footers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from fatf_kit.problems import CellRef, Problem, make_problem
from fatf_kit.spreadsheets.fingerprints import Printed
from fatf_kit.spreadsheets.links import behind
from fatf_kit.spreadsheets.sheet import Sheet


def annotation_problems(sheets: Iterable[Sheet], linked: Collection[CellRef], printed: Printed) -> Iterator[Problem]:
    """A Problem for everything over the cells that nothing reads.

    Not for links in the cells `linked`, whose addresses are used. Words that are struck out are read all the same, and
    a warning says so. Headers and footers count only where fatf-kit did not print them.
    """
    for sheet in sheets:
        where = CellRef(file=sheet.file, sheet=sheet.title)
        yield from (make_problem("cell-comment", sheet.ref(*cell)) for cell in sorted(set(sheet.notes)))
        filled = (cell for cell in sorted(set(sheet.struck)) if sheet.is_filled(*cell))
        yield from (make_problem("cell-struck", sheet.ref(*cell)) for cell in filled)
        if sheet.links:
            yield from behind(sheet, linked)
        if sheet.objects:
            yield make_problem("sheet-objects", where, count=sheet.objects)
        if printed.is_known and not all(printed.has_margin(text) for text in sheet.margins):
            yield make_problem("sheet-margins", where)
