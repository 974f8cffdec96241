"""decisions.xlsx read: what people decided, row by row, and what of it cannot be used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

from fatf_kit.framework.catalog import hint_for, index_of, requirement_like
from fatf_kit.framework.model import Framework, Part
from fatf_kit.locale import all_labels, clean, code_for, normalise
from fatf_kit.problems import PART_NOT_DECIDED, CellRef, Problem, hint, make_problem, quoted
from fatf_kit.spreadsheets.dates import date_problem, read_date
from fatf_kit.spreadsheets.files import open_sheets
from fatf_kit.spreadsheets.marks import CHOICES_MARK
from fatf_kit.spreadsheets.sheet import CellValue, Sheet, flaw
from fatf_kit.spreadsheets.words import word_in_all
from fatf_kit.workbook.beside import beside, over
from fatf_kit.workbook.printed import fingerprint, is_printed_sheet, printed_in
from fatf_kit.workspace.model import Decision

KEYS = ("requirement", "question", "said", "indicative", "decided", "reason", "decided_by", "day")
TYPED = ("decided", "reason", "decided_by", "day")
"""Columns that people fill in; the others are written by fatf-kit."""

PREFILLED = ("question", "said", "indicative")


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRow:
    """One filled row as found: values by column key, empty cells absent."""

    ref: CellRef
    values: Mapping[str, CellValue]
    refs: Mapping[str, CellRef]

    @property
    def requirement(self) -> str:
        """The id as typed, without invisible marks."""
        return clean(str(self.values.get("requirement", "")))

    @property
    def is_touched(self) -> bool:
        """Whether a person has written anything into the row."""
        return any(key in self.values for key in TYPED)


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionBook:
    """The workbook as found. `readable` is False where it is there but is not ours to write over.

    `prints` are the fingerprints of what was prefilled, None where the file has none.
    """

    rows: tuple[DecisionRow, ...] = ()
    readable: bool = True
    exists: bool = False
    problems: tuple[Problem, ...] = field(default=())
    prints: frozenset[str] | None = None


def read_decision_book(path: Path) -> DecisionBook:
    """Every filled row, found by the hidden keys or the headings; an absent file is no fault."""
    if not path.exists():
        return DecisionBook()
    sheets = open_sheets(path)
    if isinstance(sheets, Problem):
        return DecisionBook(readable=False, exists=True, problems=(sheets,))
    rows: list[DecisionRow] = []
    problems: list[Problem] = []
    prints = printed_in(sheets)
    ours = False
    for sheet in sheets:
        head = _head(sheet.grid)
        if head is not None:
            ours = True
            found = tuple(_rows(sheet, head, problems))
            for row in found:
                problems += _changed(row, prints)
            rows += found
            problems += _above(sheet, head, prints)
            problems += beside(sheet, set(head[1].values()))
        elif not (_is_lists(sheet) or is_printed_sheet(sheet)) and (cells := sum(1 for _ in sheet.filled())):
            problems.append(make_problem("sheet-unknown", CellRef(file=sheet.file, sheet=sheet.title), cells=cells))
        problems += over([sheet])
    if not ours:
        fault = make_problem("decisions-foreign", CellRef(file=path.name))
        return DecisionBook(readable=False, exists=True, problems=(fault,))
    return DecisionBook(rows=tuple(rows), exists=True, problems=tuple(problems), prints=prints)


def parse_decisions(book: DecisionBook, framework: Framework) -> tuple[tuple[Decision, ...], tuple[Problem, ...]]:
    """The decisions that can be used, and a Problem for each row that cannot. Rows that nobody touched are none."""
    problems = list(book.problems)
    found: dict[str, tuple[Decision, CellRef]] = {}
    for row in book.rows:
        if not row.is_touched:
            name = _meant(row.requirement, framework)
            if name and name not in index_of(framework) and name not in _units(framework):
                _decision(row, framework, problems)
            continue
        decision = _decision(row, framework, problems)
        if decision is None:
            continue
        if decision.requirement in found:
            first, ref = found[decision.requirement]
            if first != decision:
                problems.append(make_problem("decision-twice", row.ref, decision.requirement, place=ref))
        else:
            found[decision.requirement] = decision, row.ref
    return tuple(decision for decision, _ in found.values()), tuple(problems)


def scale_of_decision(requirement: str) -> str:
    """The scale on which a requirement, or a whole unit, is decided.

    >>> scale_of_decision("R.10"), scale_of_decision("IO.6/6.2")
    ('compliance', 'achievement')
    """
    if "/" in requirement:
        return "criterion" if requirement.startswith("R.") else "achievement"
    return "compliance" if requirement.startswith("R.") else "effectiveness"


def _units(framework: Framework) -> frozenset[str]:
    return frozenset(unit.id for unit in framework.units)


def _decision(row: DecisionRow, framework: Framework, problems: list[Problem]) -> Decision | None:
    """The decision in a row; None, with a Problem, where it cannot be used."""
    name = _meant(row.requirement, framework)
    texts = {key: clean(str(row.values.get(key, ""))) for key in ("decided", "reason", "decided_by")}
    lacking = [*(key for key, text in texts.items() if not text), *([] if row.values.get("day") else ["day"])]
    if not name:
        problems.append(make_problem("row-nameless", row.ref, column="requirement"))
        return None
    if (facts := _unknown_place(name, framework)) is not None:
        problems.append(make_problem("id-unknown", row.refs["requirement"], **facts))
        return None
    if lacking:
        problems.append(make_problem("decision-incomplete", row.refs[lacking[0]], name, lacking=", ".join(lacking)))
        return None
    scale = scale_of_decision(name)
    code = code_for(scale, texts["decided"])
    if code is None:
        facts = {**quoted(texts["decided"]), "allowed": ", ".join(all_labels(scale, "en"))}
        problems.append(make_problem("decision-value", row.refs["decided"], name, **facts))
        return None
    given = row.values["day"]
    if found := date_problem(given, row.refs["day"], name, column="day"):
        problems.append(found)
    day = read_date(given)
    if day is None:
        return None
    return Decision(
        requirement=name,
        value=code,
        reason=str(row.values["reason"]).strip(),
        decided_by=str(row.values["decided_by"]).strip(),
        day=day.day,
    )


def _rows(sheet: Sheet, head: tuple[int, Mapping[str, int]], problems: list[Problem]) -> Iterator[DecisionRow]:
    start, columns = head
    for number, cells in enumerate(sheet.grid):
        if number <= start or set(_columns(cells)) >= set(TYPED):
            continue
        refs = {key: sheet.ref(number, at) for key, at in columns.items()}
        problems += [
            flaw(sheet.flaws[number, at], refs[key]) for key, at in columns.items() if (number, at) in sheet.flaws
        ]
        values = {key: value for key, at in columns.items() if (value := sheet.value(number, at)) is not None}
        if not values:
            continue
        if "requirement" not in values and not any(key in values for key in TYPED):
            problems.append(make_problem("row-nameless", refs[next(iter(values))], column="requirement"))
        problems += [
            make_problem("cell-merged", sheet.ref(*m), used=refs[k].cell) for k, m in _merged(sheet, number, columns)
        ]
        yield DecisionRow(ref=refs["requirement"], values=values, refs=refs)


def print_of(requirement: str, key: str, value: CellValue) -> str:
    """The fingerprint of a prefilled cell, which belongs to its row and column."""
    return fingerprint("".join(requirement.split()).upper(), key, value)


def _changed(row: DecisionRow, prints: frozenset[str] | None) -> Iterator[Problem]:
    """A Problem for each prefilled cell that holds something other than what was written there."""
    if prints is None or not row.requirement:
        return
    for key in PREFILLED:
        if key in row.values and print_of(row.requirement, key, row.values[key]) not in prints:
            yield make_problem("cell-locked", row.refs[key])


def _merged(sheet: Sheet, number: int, columns: Mapping[str, int]) -> Iterator[tuple[str, tuple[int, int, int, int]]]:
    """What people typed into merged cells that begin in a row, of which only the first holds it."""
    for merge in sheet.merges:
        for key in TYPED:
            if merge[:2] == (number, columns[key]) and sheet.is_filled(number, columns[key]):
                yield key, merge


def _head(grid: Sequence[Sequence[object]]) -> tuple[int, Mapping[str, int]] | None:
    """The last of the first rows that names all columns that people fill in, by keys or by headings."""
    needed = {"requirement", *TYPED}
    found = None
    for number, cells in enumerate(grid[:200]):
        columns = _columns(cells)
        if set(columns) >= needed:
            found = number, columns
            if number + 1 < len(grid) and set(_columns(grid[number + 1])) >= needed:
                continue
            break
    return found


def _columns(cells: Sequence[object]) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, value in enumerate(cells):
        if isinstance(value, str) and (key := _names().get(normalise(value))):
            found.setdefault(key, at)
    return found


@cache
def _names() -> Mapping[str, str]:
    """Keys and headings in every shipped language, each with its key."""
    words = {normalise(word): key for key in KEYS for word in word_in_all(f"decision.{key}")}
    return {**words, **{key: key for key in KEYS}}


def as_day(value: CellValue | None) -> date | str | None:
    """A day as a date where it can be read, else as it was typed."""
    if value is None:
        return None
    read = read_date(value)
    return read.day if read else str(value)


def _meant(name: str, framework: Framework) -> str:
    """The id that is meant by one typed with other spaces or another case."""
    if name in _units(framework) or (requirement := requirement_like(framework, name)) is None:
        plain = "".join(name.split()).upper()
        return plain if plain in _units(framework) else name
    return requirement.id


def _above(sheet: Sheet, head: tuple[int, Mapping[str, int]], prints: frozenset[str] | None) -> Iterator[Problem]:
    """What somebody wrote over the table: all that is no heading, nor ours by its fingerprint or, without, its end."""
    printed = {normalise(word) for key in ("heading", "note") for word in word_in_all(f"decision.{key}")}
    for row, column in sheet.filled():
        text = normalise(str(sheet.value(row, column)))
        if row > head[0] or column not in head[1].values():
            continue
        if prints is None:
            ours = any(text.endswith(words) for words in printed)
        else:
            ours = fingerprint(sheet.value(row, column)) in prints
        if text not in _names() and not ours:
            yield make_problem("cell-beside", sheet.ref(row, column))


def _is_lists(sheet: Sheet) -> bool:
    """The hidden sheet behind our drop-downs."""
    return any(str(value).strip() == CHOICES_MARK for row in sheet.grid for value in row[:5])


def _unknown_place(name: str, framework: Framework) -> dict[str, str] | None:
    """What to say of an id that cannot be decided; None for a unit, a criterion or a core issue."""
    index, units = index_of(framework), _units(framework)
    if name in units or (name in index and not isinstance(index[name], Part)):
        return None
    told = hint(None, PART_NOT_DECIDED) if name in index else hint_for(name, {*index, *units})
    return {**quoted(name), "edition": framework.id, **told}
