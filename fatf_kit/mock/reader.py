"""Filled sheets of a rehearsal read back: every filled cell is used, or a Problem says that it is not.

Sheets are known by what is on them. Rows may be sorted, columns moved, files saved by any office program.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from fatf_kit.files import name_of
from fatf_kit.framework.catalog import suggest
from fatf_kit.framework.loader import list_editions
from fatf_kit.locale import all_labels, clean, code_for, normalise
from fatf_kit.mock.contract import (
    ASKED_FIELDS,
    COLUMNS,
    FIELDS,
    ISSUE_ID,
    MOCK_MARK,
    NAMES,
    NEEDED,
    PRINTED,
    SHEETS_VERSION,
    SPARE,
    STAMP_KIND,
    read_id,
    seal_of,
)
from fatf_kit.mock.model import Score, Scored, Sheets
from fatf_kit.problems import CellRef, Problem, make_problem, quoted
from fatf_kit.resources import CURRENT_EDITION
from fatf_kit.safety.guard import CheckedFile, check_file, guard
from fatf_kit.safety.limits import MAX_TEXT, SheetScan, text_length
from fatf_kit.workbook.choices import CHOICES_MARK
from fatf_kit.workbook.head import HEADING_BREAK
from fatf_kit.workbook.model import CellValue, Stamp
from fatf_kit.workbook.stamp import STAMP_MARK, stamp_from_properties, stamp_from_sheet
from fatf_kit.workbook.tables import Sheet, flaw, strays
from fatf_kit.workbook.words import word_in_all

_KEYS = tuple(column.key for column in COLUMNS)
_TYPED = ("score", "note")
_ENOUGH = 4
_NOTHING = SheetScan()


@dataclass(kw_only=True)
class _File:
    """What was found in one file so far."""

    stamp: Stamp | None
    printed: frozenset[str] = frozenset()
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    answers: list[Scored] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    fields: dict[str, CellValue] = field(default_factory=dict)
    outcomes: set[str] = field(default_factory=set)
    ours: bool = False


def read_sheets(paths: Iterable[Path]) -> tuple[Sheets, tuple[Problem, ...]]:
    """Everything that was scored, and every problem in the order of files and cells.

    Folders are searched for workbooks. The edition is that of the first stamp; files of another edition are Problems
    and are left aside. Where two files score one question differently the first one stands.
    """
    problems: list[Problem] = []
    seen: dict[str, str] = {}
    files: list[tuple[CheckedFile, _File]] = []
    for path in _workbooks(paths, problems):
        checked = check_file(path)
        if isinstance(checked, Problem):
            problems.append(checked)
        elif checked.sha256 in seen:
            problems.append(make_problem("copy-same", CellRef(file=checked.name), other=seen[checked.sha256]))
        else:
            seen[checked.sha256] = checked.name
            read = _read(checked)
            problems += read.problems
            if read.ours:
                files.append((checked, read))
    edition = next((f.stamp.edition for _, f in files if f.stamp and f.stamp.edition in list_editions()), None)
    answers: dict[tuple[str, str], Scored] = {}
    kept: list[tuple[CheckedFile, _File]] = []
    for checked, file in files:
        if file.stamp and edition and file.stamp.edition != edition:
            facts = {"found": file.stamp.edition, "wanted": edition}
            problems.append(make_problem("edition-other", CellRef(file=checked.name), **facts))
            continue
        kept.append((checked, file))
        problems += _take(file.answers, answers)
    return (
        Sheets(
            edition=edition or CURRENT_EDITION,
            answers=tuple(answers.values()),
            files=tuple((checked.name, checked.sha256) for checked, _ in kept),
            names={agency: names for _, f in reversed(kept) for agency, names in f.names.items()},
            officials={outcome: count for _, f in kept if (count := _officials(f)) for outcome in f.outcomes},
            country=next((str(f.fields["country"]) for _, f in kept if "country" in f.fields), ""),
            notices=tuple(dict.fromkeys(f.stamp.notice for _, f in kept if f.stamp and f.stamp.notice)),
        ),
        tuple(problems),
    )


def _workbooks(paths: Iterable[Path], problems: list[Problem]) -> Iterator[Path]:
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        inside = [p for p in sorted(path.iterdir()) if p.is_file() and not p.name.startswith(("~$", ".~lock"))]
        found = [p for p in inside if p.suffix.lower() in (".xlsx", ".ods", ".xls", ".xlsm") or guard(p) is None]
        if not found:
            problems.append(make_problem("nothing-to-read", CellRef(file=name_of(path))))
        yield from found


def _read(file: CheckedFile) -> _File:
    sheets = _sheets(file)
    if isinstance(sheets, Problem):
        return _File(stamp=None, problems=[sheets])
    stamp, facts = _stamp(sheets, file)
    read = _File(stamp=stamp, printed=frozenset(facts.get(PRINTED, "").split()), names=_names(facts.get(NAMES, "")))
    for sheet in sheets:
        _read_sheet(sheet, read)
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


def _sheets(file: CheckedFile) -> list[Sheet] | Problem:
    from python_calamine import CalamineWorkbook, SheetTypeEnum

    sheets = []
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(file.data)) as book:
            for meta in book.sheets_metadata:
                if meta.typ is SheetTypeEnum.WorkSheet:
                    grid: list[Sequence[object]] = list(
                        book.get_sheet_by_name(meta.name).to_python(skip_empty_area=False)
                    )
                    scan = file.sheets.get(meta.name, _NOTHING)
                    last = max((row for row, _ in scan.flaws), default=-1)
                    grid += [[]] * (last + 1 - len(grid))
                    sheets.append(Sheet(file=file.name, title=meta.name, grid=grid, flaws=scan.flaws))
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # a panic in the parser is no Exception, and its text may quote the file
        return make_problem("file-broken", CellRef(file=file.name), why="its sheets cannot be read")
    return sheets


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


def _read_sheet(sheet: Sheet, read: _File) -> None:
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


def _read_rows(sheet: Sheet, columns: Mapping[str, int], heads: frozenset[int], read: _File) -> None:
    if missing := [key for key in NEEDED if key not in columns]:
        where = CellRef(file=sheet.file, sheet=sheet.title)
        read.problems.append(make_problem("mock-columns", where, missing=", ".join(missing)))
        if {"id", "agency"} & set(missing):
            return
    for number in range(len(sheet.grid)):
        if number not in heads:
            _read_row(sheet, number, columns, read)
    width = max((len(row) for row in sheet.grid), default=0)
    for column in sorted(set(range(width)) - set(columns.values())):
        rows = (row for row in range(len(sheet.grid)) if row not in heads and sheet.is_filled(row, column))
        read.problems += strays(sheet, column, rows)


def _read_row(sheet: Sheet, number: int, columns: Mapping[str, int], read: _File) -> None:
    values = {key: v for key, at in columns.items() if (v := sheet.value(number, at)) is not None}
    refs = {key: sheet.ref(number, at) for key, at in columns.items()}
    name = clean(str(values.get("id", "")))
    say = read.problems.append
    for key, at in columns.items():
        if (number, at) in sheet.flaws:
            say(flaw(sheet.flaws[number, at], refs[key]))
    if not values:
        return
    typed = [key for key in _TYPED if key in values]
    found = read_id(name)
    if found is None:
        if ISSUE_ID.fullmatch(name) and not typed:
            return
        if not name and typed:
            say(make_problem("id-missing", refs[typed[0]]))
        elif name and (typed or not ISSUE_ID.fullmatch(name)):
            say(make_problem("mock-question", refs["id"], **quoted(name)))
        else:
            say(make_problem("cell-stray", next(refs[key] for key in values)))
        return
    issue, why = found
    read.outcomes.add(issue.partition("/")[0])
    agency = clean(str(values.get("agency", "")))
    if not agency:
        if typed or (number, columns["agency"]) not in sheet.flaws:
            say(make_problem("mock-agency", refs["agency"], issue))
        return
    seal, _, spare = clean(str(values.get("mark", ""))).partition(" ")
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


def _score(
    values: Mapping[str, CellValue], refs: Mapping[str, CellRef], issue: str, say: list[Problem]
) -> Score | None:
    if "score" not in values:
        return None
    found = str(values["score"])
    code = code_for("mock_score", found)
    if code is not None:
        return Score(code)
    allowed = all_labels("mock_score", "en").values()
    near = suggest(normalise(found), allowed)
    hint = f" Did you mean '{near}'?" if near else ""
    facts = {**quoted(found), "allowed": ", ".join(allowed), "hint": hint}
    say.append(make_problem("mock-score", refs["score"], issue, **facts))
    return None


def _take(found: Iterable[Scored], answers: dict[tuple[str, str], Scored]) -> Iterator[Problem]:
    """Add the answers of one file; a scored one goes before a blank one, and before another only where it was first."""
    for answer in found:
        key = answer.id, answer.agency
        first = answers.get(key)
        if first is None or (first.score is None and not first.note):
            answers[key] = answer
        elif (answer.score, answer.note) not in ((first.score, first.note), (None, "")):
            same = first.ref is not None and answer.ref is not None and first.ref.file == answer.ref.file
            code = "id-duplicated" if same else "copies-differ"
            yield make_problem(code, answer.ref, answer.core_issue, other=str(first.ref))


def _read_front(sheet: Sheet, read: _File) -> None:
    """The fields of the cover, and a Problem for everything that is neither one of them nor printed by us."""
    known: set[tuple[int, int]] = set()
    for number, cells in enumerate(sheet.grid):
        at = next((n for n, value in enumerate(cells) if isinstance(value, str) and _field_of(value)), None)
        if at is None:
            continue
        name = _field_of(str(cells[at])) or ""
        label = max(n for n, value in enumerate(cells) if isinstance(value, str) and _field_of(value) == name)
        place = next((n for n in range(label + 1, len(cells)) if sheet.is_filled(number, n)), None)
        known |= {(number, n) for n in range(label + 1)}
        if place is None or name in read.fields:
            continue
        value = sheet.value(number, place)
        if (number, place) in sheet.flaws:
            read.problems.append(flaw(sheet.flaws[number, place], sheet.ref(number, place)))
        elif value is not None and (name in ASKED_FIELDS or not read.printed or seal_of(str(value)) in read.printed):
            read.fields[name] = value
            if name == "officials" and _officials(read) is None:
                read.problems.append(make_problem("mock-officials", sheet.ref(number, place), **quoted(value)))
        else:
            continue
        known.add((number, place))
    if not read.printed:
        return
    width = max((len(row) for row in sheet.grid), default=0)
    for column in range(width):
        rows = (
            row
            for row in range(len(sheet.grid))
            if (row, column) not in known
            and sheet.is_filled(row, column)
            and seal_of(str(sheet.value(row, column))) not in read.printed
        )
        read.problems += strays(sheet, column, rows)


def _officials(file: _File) -> int | None:
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
