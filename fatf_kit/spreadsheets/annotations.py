"""What lies over the cells of a workbook: comments, links, pictures, printed headers and footers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from fatf_kit.core.problems import CellRef, Problem, make_problem
from fatf_kit.spreadsheets.fingerprints import Printed
from fatf_kit.spreadsheets.links import behind
from fatf_kit.spreadsheets.sheet import Sheet


def annotation_problems(sheets: Iterable[Sheet], linked: Collection[CellRef], printed: Printed) -> Iterator[Problem]:
    """A Problem for everything over the cells that nothing reads.

    Not for links in the cells `linked`, whose addresses are used. Headers and footers count only where fatf-kit did not
    print them. One Problem says of a file in the old format that nothing of this was looked at.
    """
    sheets = list(sheets)
    yield from old_format(sheets)
    for sheet in sheets:
        where = CellRef(file=sheet.file, sheet=sheet.title)
        yield from (make_problem("cell-comment", sheet.ref(*cell)) for cell in sorted(set(sheet.notes)))
        if sheet.links:
            yield from behind(sheet, linked)
        if sheet.objects:
            yield make_problem("sheet-objects", where, count=sheet.objects)
        if printed.is_known and not all(printed.has_margin(text) for text in sheet.margins):
            yield make_problem("sheet-margins", where)


def old_format(sheets: Iterable[Sheet]) -> Iterator[Problem]:
    """One Problem for a workbook in the old format, of which only values are read."""
    for sheet in sheets:
        if sheet.values_only:
            yield make_problem("file-values-only", CellRef(file=sheet.file))
            return
