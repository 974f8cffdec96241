"""The evidence register: one row for each law, set of figures or case that answers refer to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import count, islice

from fatf_kit.assessment.workbook.header import write_head
from fatf_kit.assessment.workbook.layout import FIRST_ROW, REGISTER_ROWS
from fatf_kit.assessment.workbook.schema import EVIDENCE_KINDS, REGISTER
from fatf_kit.core.errors import WorkbookError
from fatf_kit.spreadsheets.cell_writer import Pen
from fatf_kit.spreadsheets.schema import CellKind
from fatf_kit.spreadsheets.sheet import CellValue
from fatf_kit.spreadsheets.styles import height_of, lines_of

_COLUMNS = REGISTER.columns
_KEYS = list(REGISTER.by_key)
_SPARE_ROWS = 50
_TAB = "#B7791F"


def write_register(pen: Pen, agency: str | None, evidence: Sequence[Mapping[str, CellValue]]) -> None:
    """The register with the items given, then prepared rows whose ids no item has yet.

    Raises:
        WorkbookError: an item with a column that the contract does not have.
    """
    sheet = pen.sheet(pen.words["sheet.evidence"], (column.width for column in _COLUMNS), tab=_TAB)
    heading, note = pen.words["register.heading"], pen.words["register.note"]
    write_head(pen, sheet, _COLUMNS, title=_KEYS.index("title"), heading=heading, note=note)

    spare = max(REGISTER_ROWS - len(evidence), _SPARE_ROWS)
    free = islice(_free_ids(agency, {str(item.get("id")) for item in evidence}), spare)
    items = [*evidence, *({"id": name} for name in free)]
    for row, item in enumerate(items, start=FIRST_ROW):
        if strange := sorted(set(item) - set(_KEYS)):
            raise WorkbookError(f"Evidence {item.get('id')}: nothing is asked under {', '.join(strange)}.")
        lines = 1
        for column, what in enumerate(_COLUMNS):
            value = pen.shown("evidence_kind" if what.key == "kind" else None, item.get(what.key))
            pen.put(sheet, row, column, value, what.cell_style, printed=what.key == "id" and len(item) == 1)
            lines = max(lines, lines_of(str(value or ""), what.width))
        if lines > 1:
            sheet.set_row(row, height_of(lines))

    rows = (FIRST_ROW, FIRST_ROW + len(items) - 1)
    pen.ask(sheet, rows, _KEYS.index("kind"), prompt="kind", name="kind", rule=EVIDENCE_KINDS.name)
    for column, what in enumerate(_COLUMNS):
        if what.kind is CellKind.DATE:
            pen.ask(sheet, rows, column, prompt=what.key, name=what.key, rule=date)
    sheet.freeze_panes(FIRST_ROW, 1)
    pen.print_setup(sheet, heading, landscape=True, repeat=FIRST_ROW)


def _free_ids(agency: str | None, taken: set[str]) -> Iterator[str]:
    letters = letters_for(agency)
    return (name for n in count(1) if (name := f"{letters}-{n:03}") not in taken)


def letters_for(agency: str | None) -> str:
    """The letters of prepared ids: an agency's own, so that registers of several agencies never collide, else "E".

    >>> letters_for("fiu"), letters_for(None), letters_for("Ministry of Justice")
    ('FIU', 'E', 'E')
    """
    return agency.upper() if agency and re.fullmatch("[A-Za-z][A-Za-z0-9_-]{0,11}", agency) else "E"
