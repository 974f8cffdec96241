"""One filled workbook of a rehearsal: its rows, its cover and its stamp, and what of it cannot be used."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from fatf_kit.framework.catalog import unit_of
from fatf_kit.locale import all_labels, clean, code_for, near_code, normalise
from fatf_kit.mock.contract import (
    ASKED_FIELDS,
    COLUMNS,
    FIELDS,
    ISSUE_ID,
    NAMES,
    NEEDED,
    PRINTED,
    SHEETS_VERSION,
    SPARE,
    STAMP_KIND,
    read_id,
    seal_of,
)
from fatf_kit.mock.model import Score, Scored
from fatf_kit.problems import CellRef, Problem, hint, make_problem, quoted
from fatf_kit.safety.guard import CheckedFile
from fatf_kit.safety.limits import MAX_TEXT, text_length
from fatf_kit.spreadsheets.files import parse_sheets
from fatf_kit.spreadsheets.marks import CHOICES_MARK, HEADING_BREAK, MOCK_MARK, STAMP_MARK
from fatf_kit.spreadsheets.sheet import CellValue, Sheet, flaw, strays
from fatf_kit.spreadsheets.words import word_in_all
from fatf_kit.workbook.beside import over
from fatf_kit.workbook.model import Stamp
from fatf_kit.workbook.stamp import stamp_from_properties, stamp_from_sheet

_KEYS = tuple(column.key for column in COLUMNS)
_TYPED = ("score", "note")
_ENOUGH = 4


@dataclass(kw_only=True)
class FilledFile:
    """What was found in one file so far."""

    stamp: Stamp | None
    printed: frozenset[str] = frozenset()
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    answers: list[Scored] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    fields: dict[str, CellValue] = field(default_factory=dict)
    outcomes: set[str] = field(default_factory=set)
    ours: bool = False


def read_file(file: CheckedFile) -> FilledFile:
    """Everything in one file; `ours` stays False where it is no sheet of a rehearsal, and a Problem says so."""
    sheets = parse_sheets(file)
    if isinstance(sheets, Problem):
        return FilledFile(stamp=None, problems=[sheets])
    stamp, facts = _stamp(sheets, file)
    read = FilledFile(
        stamp=stamp, printed=frozenset(facts.get(PRINTED, "").split()), names=_names(facts.get(NAMES, ""))
    )
    for sheet in sheets:
        _read_sheet(sheet, read)
    read.problems += over(sheets)
    assessors = clean(str(read.fields.get("assessors", "")))
    read.answers = [replace(answer, assessors=assessors) for answer in read.answers]
    where = CellRef(file=file.name)
    if not read.ours:
        read.problems = [make_problem("mock-foreign", where)]
    elif stamp is None:
        read.problems.insert(0, make_problem("stamp-missing", where))
    elif stamp.layout > SHEETS_VERSION:
        facts = {"found": str(stamp.layout), "known": str(SHEETS_VERSION)}
        read.problems.insert(0, make_problem("layout-newer", where, **facts))
    return read


def _stamp(sheets: Iterable[Sheet], file: CheckedFile) -> tuple[Stamp | None, Mapping[str, str]]:
    """The stamp and what stands with it; nothing where it is gone or belongs to another kind of workbook."""
    for sheet in sheets:
        if _has(sheet, STAMP_MARK):
            rows = [[text for value in row if (text := str(value).strip())] for row in sheet.grid]
            return _ours(stamp_from_sheet(sheet.grid)), {row[0]: row[1] for row in rows if len(row) > 1}
    return _ours(stamp_from_properties(file.properties)), {}


def _names(text: str) -> Mapping[str, Mapping[str, str]]:
    """Names of agencies by id and language, as the stamp gives them."""
    try:
        found = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {
        agency: {language: str(name) for language, name in names.items()}
        for agency, names in found.items()
        if isinstance(names, dict)
    }


def _ours(stamp: Stamp | None) -> Stamp | None:
    return stamp if stamp and stamp.template.startswith(STAMP_KIND) else None


def _read_sheet(sheet: Sheet, read: FilledFile) -> None:
    head = _head(sheet)
    if head is not None:
        read.ours = True
        _read_rows(sheet, *head, read)
    elif _has(sheet, STAMP_MARK) or _has(sheet, CHOICES_MARK):
        return
    elif _has(sheet, MOCK_MARK) or _count_fields(sheet) >= len(FIELDS) // 2:
        _read_front(sheet, read)
    elif cells := sum(sheet.is_filled(r, c) for r, row in enumerate(sheet.grid) for c in range(len(row))):
        read.problems.append(make_problem("sheet-unknown", CellRef(file=sheet.file, sheet=sheet.title), cells=cells))


def _head(sheet: Sheet) -> tuple[Mapping[str, int], frozenset[int]] | None:
    """Columns by key, and the rows that hold keys or headings."""
    columns: dict[str, int] = {}
    rows = set()
    for number, cells in enumerate(sheet.grid):
        keys = {str(value).strip(): at for at, value in reversed(list(enumerate(cells))) if str(value).strip() in _KEYS}
        if len(keys) >= _ENOUGH:
            columns = {**columns, **keys}
            rows.add(number)
    for number, cells in enumerate(sheet.grid):
        headings = _headings_in(cells)
        if len(headings) >= _ENOUGH:
            columns = {**{key: at for key, at in headings.items() if at not in columns.values()}, **columns}
            rows.add(number)
    return (columns, frozenset(rows)) if rows else None


def _headings_in(cells: Sequence[object]) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, value in enumerate(cells):
        if isinstance(value, str):
            for piece in value.replace(HEADING_BREAK, "\n").split("\n"):
                if (key := _headings().get(normalise(piece))) is not None:
                    found.setdefault(key, at)
    return found


@cache
def _headings() -> Mapping[str, str]:
    return {normalise(word): key for key in _KEYS for word in word_in_all(f"mock.{key}")}


def _read_rows(sheet: Sheet, columns: Mapping[str, int], heads: frozenset[int], read: FilledFile) -> None:
    if missing := [key for key in NEEDED if key not in columns]:
        where = CellRef(file=sheet.file, sheet=sheet.title)
        read.problems.append(make_problem("mock-columns", where, missing=", ".join(missing)))
        if {"id", "agency"} & set(missing):
            return
    for number in range(len(sheet.grid)):
        if number not in heads:
            _read_row(sheet, number, columns, read)
    width = max((len(row) for row in sheet.grid), default=0)
    table = set(columns.values())
    for column in range(width):
        rows = [row for row in range(len(sheet.grid)) if sheet.is_filled(row, column)]
        read.problems += strays(sheet, column, (row for row in rows if not _is_told(sheet, row, column, heads, table)))


def _is_told(sheet: Sheet, row: int, column: int, heads: frozenset[int], table: set[int]) -> bool:
    """Whether a cell is read with its row, or is a heading or key of ours."""
    if row not in heads:
        return column in table
    text = str(sheet.value(row, column))
    return text.strip() in _KEYS or bool(_headings_in([text]))


def _read_row(sheet: Sheet, number: int, columns: Mapping[str, int], read: FilledFile) -> None:
    values = {key: v for key, at in columns.items() if (v := sheet.value(number, at)) is not None}
    refs = {key: sheet.ref(number, at) for key, at in columns.items()}
    name = clean(str(values.get("id", "")))
    say = read.problems.append
    for key, at in columns.items():
        if (number, at) in sheet.flaws:
            say(flaw(sheet.flaws[number, at], refs[key]))
    if not values:
        return
    found = read_id(name)
    if found is None:
        read.problems += _no_question(name, values, refs)
        return
    issue, why = found
    read.outcomes.add(unit_of(issue))
    agency = clean(str(values.get("agency", "")))
    if not agency or (read.names and agency not in read.names):
        say(make_problem("mock-agency", refs["agency"], issue))
        return
    seal, _, spare = _mark(values)
    told = [str(values.get(key, "")) for key in ("question", "probe", "strong")]
    if seal and seal != seal_of(*told):
        say(make_problem("mock-text", refs.get("question") or refs["id"], issue))
    note = str(values.get("note", "")).strip()
    if text_length(note) >= MAX_TEXT:
        say(make_problem("text-cut", refs["note"], issue, length=text_length(note), limit=str(MAX_TEXT)))
    score = _score(values, refs, issue, say=read.problems)
    if note and "score" not in values:
        say(make_problem("mock-note", refs["note"], issue))
    answer = Scored(
        id=name,
        agency=agency,
        core_issue=issue,
        why=why,
        text=clean(told[0].split("\n")[0]),
        strong=clean(told[2]),
        score=score,
        note=note,
        spare=spare == SPARE,
        ref=refs.get("score") or refs["id"],
    )
    read.answers.append(answer)


def _no_question(name: str, values: Mapping[str, CellValue], refs: Mapping[str, CellRef]) -> Iterator[Problem]:
    """A row that holds no question: the core issue above some, a blank one, or something that is lost."""
    typed = [key for key in _TYPED if key in values]
    if not ISSUE_ID.fullmatch(name):
        if name:
            yield make_problem("mock-question", refs["id"], **quoted(name))
        elif typed:
            yield make_problem("id-missing", refs[typed[0]])
        else:
            yield make_problem("cell-stray", next(refs[key] for key in values))
        return
    seal, *_ = _mark(values)
    if seal and seal != seal_of(str(values.get("question", ""))):
        yield make_problem("mock-text", refs.get("question") or refs["id"], name)
    for key in values:
        if key not in ("id", "question", "mark"):
            yield make_problem("cell-stray", refs[key], name)


def _mark(values: Mapping[str, CellValue]) -> tuple[str, str, str]:
    """The seal of a row's words, and whether its question is spare."""
    return clean(str(values.get("mark", ""))).partition(" ")


def _score(
    values: Mapping[str, CellValue], refs: Mapping[str, CellRef], issue: str, say: list[Problem]
) -> Score | None:
    if "score" not in values:
        return None
    found = str(values["score"])
    code = code_for("mock_score", found)
    if code is not None:
        return Score(code)
    facts = {**quoted(found), "allowed": ", ".join(all_labels("mock_score", "en"))}
    facts |= hint(near_code("mock_score", found))
    say.append(make_problem("mock-score", refs["score"], issue, **facts))
    return None


def _read_front(sheet: Sheet, read: FilledFile) -> None:
    """The fields of the cover, and a Problem for everything that is neither one of them nor printed by us."""
    known: set[tuple[int, int]] = set()
    for number in range(len(sheet.grid)):
        known |= _read_field(sheet, number, read)
    if read.printed:
        read.problems += _unprinted(sheet, known, read.printed)


def _read_field(sheet: Sheet, number: int, read: FilledFile) -> set[tuple[int, int]]:
    """Read the field that a row holds, if any; the cells that are thereby accounted for."""
    cells = sheet.grid[number]
    names = {at: name for at, value in enumerate(cells) if isinstance(value, str) and (name := _field_of(value))}
    if not names:
        return set()
    name = names[min(names)]
    label = max(at for at, other in names.items() if other == name)
    labels = {(number, at) for at, other in names.items() if other == name}
    place = next((at for at in range(label + 1, len(cells)) if sheet.is_filled(number, at)), None)
    if place is None or name in read.fields:
        return labels
    value = sheet.value(number, place)
    if (number, place) in sheet.flaws:
        read.problems.append(flaw(sheet.flaws[number, place], sheet.ref(number, place)))
    elif value is not None and (name in ASKED_FIELDS or not read.printed or seal_of(str(value)) in read.printed):
        read.fields[name] = value
        if name == "officials" and officials_in(read) is None:
            read.problems.append(make_problem("mock-officials", sheet.ref(number, place), **quoted(value)))
    else:
        return labels
    return {*labels, (number, place)}


def _unprinted(sheet: Sheet, known: Container[tuple[int, int]], printed: Container[str]) -> Iterator[Problem]:
    """Cells of the cover that we did not print and that no field takes, column by column."""
    for column in range(max((len(row) for row in sheet.grid), default=0)):
        rows = (
            row
            for row in range(len(sheet.grid))
            if (row, column) not in known
            and sheet.is_filled(row, column)
            and seal_of(str(sheet.value(row, column))) not in printed
        )
        yield from strays(sheet, column, rows)


def officials_in(file: FilledFile) -> int | None:
    """How many officials took part, as the cover says; None where it says nothing or no number."""
    text = clean(str(file.fields.get("officials", "")))
    return int(text) if text.isdecimal() and len(text) < 6 else None


def _count_fields(sheet: Sheet) -> int:
    return len({name for row in sheet.grid for v in row if isinstance(v, str) and (name := _field_of(v))})


def _field_of(text: str) -> str | None:
    return _fields().get(normalise(text)) if len(text) < 60 else None


@cache
def _fields() -> Mapping[str, str]:
    labels = {normalise(word): name for name in FIELDS for word in word_in_all(f"mock.field.{name}")}
    return {**labels, **{name: name for name in FIELDS}}


def _has(sheet: Sheet, mark: str) -> bool:
    return any(str(value).strip() == mark for row in sheet.grid for value in row[:5])
