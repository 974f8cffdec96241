"""From files and folders to one set of answers: the only place of this room that touches the disk."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from fatf_kit.files import is_beside_open, is_folder, name_of
from fatf_kit.framework.loader import list_editions, load_framework
from fatf_kit.framework.model import Framework
from fatf_kit.problems import CellRef, Problem, folded, make_problem, quoted
from fatf_kit.resources import CURRENT_EDITION
from fatf_kit.responses.collect import collect_responses
from fatf_kit.responses.model import ResponseSet
from fatf_kit.responses.parse import agency_of, parse_workbook, registered_ids
from fatf_kit.safety.guard import NO_PERMISSION, guard
from fatf_kit.workbook.layout import LAYOUT_VERSION
from fatf_kit.workbook.model import RawWorkbook
from fatf_kit.workbook.second_reader import read_workbooks
from fatf_kit.workspace.model import Agency

WORKBOOK_SUFFIXES = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".ods")
OTHER_SUFFIXES = (".xlsb", ".xlt", ".ots", ".fods", ".numbers", ".csv", ".tsv")
LETTER_SUFFIXES = (".docx", ".doc", ".odt", ".rtf", ".pdf", ".eml", ".msg", ".zip", ".rar", ".7z")
"""Ends of names of tables that are never read, and of what agencies send instead: left out, but not without a word."""


def read_responses(
    paths: Sequence[Path], *, edition: str | None = None, agencies: Mapping[str, Agency] | None = None
) -> tuple[Framework, ResponseSet, tuple[Problem, ...]]:
    """Everything the workbooks say, the edition they were made for, and every problem in the order of files and cells.

    Folders are searched for workbooks, whatever they are called, in the order of their names; folders within them are
    named in a note, not read. The edition is the one named, else that of the first stamp found, else the current one;
    workbooks of another edition are Problems and are not read further. One bad file never stops the others. `agencies`
    are those known, by id: a workbook without a stamp belongs to the one that its cover names.

    Raises:
        UnknownIdError: `edition` names none.
    """
    with _collector_at_rest():
        return _read(paths, edition, agencies or {})


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Without the search for cycles, which would go over all that was read again and again and find none."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _read(
    paths: Sequence[Path], edition: str | None, agencies: Mapping[str, Agency]
) -> tuple[Framework, ResponseSet, tuple[Problem, ...]]:
    problems: list[Problem] = []
    raws: list[RawWorkbook] = []
    for raw, found in read_workbooks(list(_workbooks(paths, problems))):
        problems += folded(found)
        if raw is not None:
            raws.append(raw)
    stamped = (raw.stamp.edition for raw in raws if raw.stamp and raw.stamp.edition in list_editions())
    framework = load_framework(edition or next(stamped, CURRENT_EDITION))
    taken = []
    while raws:  # each stage lets go of what it has handed on: no two hold everything at once
        raw = raws.pop(0)
        if (fault := _stamp_fault(raw, framework)) is not None:
            problems.append(fault)
        if fault is None or fault.code != "edition-other":
            taken.append((raw, agency_of(raw, agencies)))
    sources = _sources(taken)
    registered: dict[str, set[str]] = {}
    for source, (raw, _) in zip(sources, taken, strict=True):
        registered.setdefault(source, set()).update(registered_ids(raw))
    sets = []
    for source in sources:
        raw, agency = taken.pop(0)
        responses, found = parse_workbook(raw, framework, agency=agency, source=source, elsewhere=registered[source])
        sets.append(responses)
        problems += folded(found)
    merged, found = collect_responses(framework.id, sets)
    return framework, merged, (*problems, *found)


def _sources(raws: Iterable[tuple[RawWorkbook, str | None]]) -> list[str]:
    """The agency of each workbook, else its file's name; two different files of one name are kept apart."""
    named: dict[str, str] = {}
    sources = []
    for raw, agency in raws:
        same = agency or named.setdefault(raw.file, raw.sha256) == raw.sha256
        sources.append(agency or (raw.file if same else f"{raw.file} ({raw.sha256[:8]})"))
    return sources


def _workbooks(paths: Iterable[Path], problems: list[Problem]) -> Iterator[Path]:
    for path in paths:
        if not is_folder(path):
            yield path  # a missing or foreign file gets its message from the reader
            continue
        where = CellRef(file=name_of(path))
        try:
            inside = sorted(path.iterdir(), key=lambda entry: entry.name)
        except OSError:
            problems.append(make_problem("file-unreadable", where, why=NO_PERMISSION))
            continue
        books = [entry for entry in inside if _is_workbook(entry, problems)]
        if not books:
            problems.append(make_problem("nothing-to-read", where))
        yield from books


def _is_workbook(path: Path, problems: list[Problem]) -> bool:
    """Whether to read what lies in a folder; what may hold answers and is not read is noted.

    A workbook is known by the end of its name, so that a damaged one gets its message, or by what is inside.
    """
    where = CellRef(file=path.name)
    if path.is_dir():
        if count := _workbooks_below(path):
            problems.append(make_problem("folder-inside", where, count=count))
        return False
    suffix = path.suffix.lower()
    if is_beside_open(path) or not (path.is_file() or suffix in WORKBOOK_SUFFIXES):
        return False
    if suffix in WORKBOOK_SUFFIXES or guard(path) is None:
        return True
    if suffix in OTHER_SUFFIXES + LETTER_SUFFIXES:
        problems.append(make_problem("file-skipped", where))
    return False


def _workbooks_below(folder: Path) -> int:
    """How many files in a folder, and in those within it, are called like workbooks; links are not followed."""
    names = (name for _, _, files in os.walk(folder) for name in files if not is_beside_open(Path(name)))
    return sum(name.lower().endswith((*WORKBOOK_SUFFIXES, *OTHER_SUFFIXES[:-2])) for name in names)


def _stamp_fault(raw: RawWorkbook, framework: Framework) -> Problem | None:
    ref = CellRef(file=raw.file)
    if raw.stamp is None:
        return make_problem("stamp-missing", ref)
    if raw.stamp.edition != framework.id:
        return make_problem("edition-other", ref, **quoted(raw.stamp.edition), wanted=framework.id)
    if raw.stamp.layout > LAYOUT_VERSION:
        return make_problem("layout-newer", ref, found=raw.stamp.layout, known=LAYOUT_VERSION)
    if raw.stamp.edition_digest != framework.digest:
        return make_problem("edition-digest", ref)
    return None
