"""Faults of a register: rows kept out with their line, and cells that count as missing with their content.

A line is a row as a spreadsheet counts it, headings being 1: a line break inside quotation marks begins no new one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.problems import CellRef, Problem, make_problem
from fatf_kit.npo.classification.facts import Facts
from fatf_kit.npo.classification.readings import FieldReader
from fatf_kit.npo.method.load import Method
from fatf_kit.npo.method.sql import literal
from fatf_kit.npo.model import CodeCount
from fatf_kit.npo.register.file import Register
from fatf_kit.npo.register.no_bodies import HEADINGS_AGAIN, NO_BODY, ONE_CELL, OTHER_SEPARATOR
from fatf_kit.npo.register.refusals import place_of
from fatf_kit.npo.register.rows import DAMAGED, MISPLACED, TOO_LONG, TOO_MANY

KINDS = {
    "id": "register number",
    "code": "known code",
    "codes": "list of known codes",
    "date": "date",
    "yes_no": "yes or no",
    "money": "amount",
    "share": "share",
    "count": "whole number",
    "countries": "list of countries",
    "level": "level from 1 to 5",
}
"""The kind of value that a cell should have, by the type of its column."""
ITEMS = {"list of known codes": "known code", "list of countries": "country"}
"""The kind of value that an item of a list should have been."""
NAMELESS, DUPLICATE = "it has no register number", "its register number came before"
REASONS = {
    TOO_MANY: "Enclose cells that contain the separator in quotation marks, or save the register again as a workbook.",
    MISPLACED: "Double each quotation mark that is part of a text, or save the register again as a workbook.",
    DAMAGED: "Save the register again as CSV in UTF-8, or as a workbook.",
    TOO_LONG: "Save the register again with one organisation in each row.",
    NAMELESS: "Name the column with the register number in the mapping, or enter the missing numbers.",
    DUPLICATE: "Name the column whose numbers are different for each organisation in the mapping.",
    HEADINGS_AGAIN: "Save the register without repeated headings.",
    NO_BODY: "Save the register without totals and lines of pages.",
    ONE_CELL: "Save the register with one row for each organisation and one cell for each heading.",
    OTHER_SEPARATOR: "Save the register again as CSV with one separator in all rows.",
}
"""Every reason for which a row is rejected, with what to do where most rows are."""
_SHOWN = 60
_CUT = r"^\d([.,]\d+)?[eE]\+\d+$"
"""A long register number as Excel writes it into CSV: its last digits are lost, and several become the same."""


def count_rejected(facts: Facts, registered: int) -> tuple[CodeCount, ...]:
    """Count the rows not registered by reason, the most frequent first, and make the view `rejected` of them.

    Its columns: line, cell (from 1, NULL where none), why, row (the text as far as it is kept, NULL where none).

    Raises:
        FatfKitError: the rows of the file are not those registered, rejected and blank.
    """
    rows = facts.register.rows
    nameless = f"{literal(NAMELESS)} AS why, NULL::VARCHAR AS row"
    parts = [
        f"SELECT line, NULL::INTEGER AS cell, {nameless} FROM facts WHERE id IS NULL",
        f"SELECT line, NULL, {literal(DUPLICATE)}, id FROM facts JOIN repeated USING (id) WHERE line > first_line",
    ]
    if rows.rejects:
        columns = "{'line': 'BIGINT', 'cell': 'INTEGER', 'why': 'VARCHAR', 'row': 'VARCHAR'}"
        parts.append(
            f"SELECT * FROM read_csv({literal(str(rows.rejects))}, auto_detect = false, header = false, delim = ',', "
            f"quote = '\"', escape = '\"', columns = {columns}, parallel = false)"
        )
    facts.engine.execute(f"CREATE OR REPLACE VIEW rejected AS {' UNION ALL '.join(parts)}")
    counted = facts.engine.execute("SELECT why, count(*) FROM rejected GROUP BY why ORDER BY 2 DESC, 1").fetchall()
    rejected = sum(count for _, count in counted)
    if rows.total != registered + rejected + rows.blank:
        raise FatfKitError(
            "The rows of {file} do not add up: total {total}, registered {registered}, rejected {rejected}, blank "
            "{blank}. No result was written, because it would be wrong. Please report this error.",
            file=facts.register.name,
            total=rows.total,
            registered=registered,
            rejected=rejected,
            blank=rows.blank,
        )
    return tuple(CodeCount(code=why, count=count) for why, count in counted)


def problems_of_rows(facts: Facts, rejected: int, method: Method) -> Iterator[Problem]:
    """Repeated headings, rows that go by their line, the first rows kept out and how many more, rows that are short."""
    name, rows = facts.register.name, facts.register.rows
    yield from problems_of_headings(facts.register)
    ((numbered, line),) = facts.engine.execute("SELECT count(*), min(line) FROM facts WHERE is_numbered").fetchall()
    if numbered:
        yield make_problem("npo-rows-numbered", CellRef(file=name), count=numbered, first=f"line-{line}")
    cut = facts.engine.execute(
        f"SELECT count(*), min(id), min(line) FROM facts WHERE regexp_matches(id, {literal(_CUT)})"
    )
    ((count, found, line),) = cut.fetchall()
    if count:
        yield make_problem("npo-ids-cut", CellRef(file=name, cell=place_of(line)), found=found, count=count)
    first = facts.engine.execute(f"SELECT line, cell, why FROM rejected ORDER BY line LIMIT {method.faults_shown}")
    for line, cell, why in first.fetchall():
        yield make_problem("npo-row", CellRef(file=name, cell=place_of(line, cell)), why=why)
    if rejected > method.faults_shown:
        yield make_problem("npo-rows-more", CellRef(file=name), count=rejected - method.faults_shown)
    if rows.short:
        yield make_problem("npo-rows-short", CellRef(file=name, cell=place_of(rows.first_short)), count=rows.short)


def problems_of_headings(register: Register) -> Iterator[Problem]:
    """Headings that stand more than once."""
    for heading in register.repeated:
        yield make_problem("npo-heading-twice", CellRef(file=register.name), heading=heading)


def problems_of_cells(facts: Facts, method: Method) -> Iterator[Problem]:
    """Values that could not be read, by column, the most frequent first; of a list only the items concerned."""
    name = facts.register.name
    for reader in sorted(facts.fields.readers, key=lambda one: _place(one, method)):
        rows = facts.engine.execute(
            f"SELECT text, rows, first_line FROM {reader.table} WHERE is_unread ORDER BY rows DESC, text"
        ).fetchall()
        values, rest = _most_frequent(rows, reader, method.faults_shown)
        kind = KINDS.get(method.columns[reader.column].type, "text")
        kind, heading = ITEMS.get(kind, kind), _heading(reader.column, facts)
        for text, times, line in values:
            shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
            where = CellRef(file=name, cell=place_of(line))
            yield make_problem("npo-value", where, found=shown, column=heading, kind=kind, count=times)
        if rest:
            yield make_problem("npo-values-more", CellRef(file=name), count=rest, column=heading, kind=kind)


def _place(reader: FieldReader, method: Method) -> tuple[int, int]:
    """Columns of one value each come first, in the order of the mapping, then lists in the order of the method."""
    if reader.column in reader.values:
        return (0, 0) if method.columns[reader.column].type not in ("codes", "countries") else (2, 0)
    factors = [n for n, factor in enumerate(method.rated) if reader.column in factor.columns]
    return (1, 0) if reader.column == "purpose" else (3, min(factors, default=0))


def _heading(column: str, facts: Facts) -> str:
    """Return what the register itself calls a column; its id where the mapping gives one value for all."""
    named = [heading for heading in facts.fields.fields[column].every_heading if heading in facts.register.header]
    return ", ".join(named) or column


def _most_frequent(
    rows: Iterable[tuple[str, int, int]], reader: FieldReader, most: int
) -> tuple[list[tuple[str, int, int]], int]:
    """Return the most frequent items with in how many rows and first in which, and how many rows have none of these."""
    times: Counter[str] = Counter()
    first: dict[str, int] = {}
    cells: Counter[tuple[str, ...]] = Counter()
    for text, count, line in rows:
        items = tuple(reader.unread(text))
        cells[items] += count
        for item in items:
            times[item] += count
            first[item] = min(line, first.get(item, line))
    shown = sorted(times, key=lambda item: (-times[item], item))[:most]
    rest = sum(count for items, count in cells.items() if set(shown).isdisjoint(items))
    return [(item, times[item], first[item]) for item in shown], rest
