"""From files and folders to one set of answers: the only place of this room that touches the disk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from fatf_kit.files import name_of
from fatf_kit.framework.loader import list_editions, load_framework
from fatf_kit.framework.model import Framework
from fatf_kit.problems import CellRef, Problem, make_problem
from fatf_kit.resources import CURRENT_EDITION
from fatf_kit.responses.collect import collect_responses
from fatf_kit.responses.model import ResponseSet
from fatf_kit.responses.parse import parse_workbook
from fatf_kit.safety.guard import guard
from fatf_kit.workbook.layout import LAYOUT_VERSION
from fatf_kit.workbook.model import RawWorkbook
from fatf_kit.workbook.reader import read_workbook

WORKBOOK_SUFFIXES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".numbers")


def read_responses(
    paths: Sequence[Path], *, edition: str | None = None
) -> tuple[Framework, ResponseSet, tuple[Problem, ...]]:
    """Everything the workbooks say, the edition they were made for, and every problem in the order of files and cells.

    Folders are searched for workbooks, whatever they are called, and subfolders left alone. The edition is the one
    named, else that of the first stamp found, else the current one; workbooks of another edition are Problems and are
    not read further. One bad file never stops the others.

    Raises:
        UnknownIdError: `edition` names none.
    """
    problems: list[Problem] = []
    raws: list[RawWorkbook] = []
    for path in _workbooks(paths, problems):
        raw, found = read_workbook(path)
        problems += found
        if raw is not None:
            raws.append(raw)
    stamped = (raw.stamp.edition for raw in raws if raw.stamp and raw.stamp.edition in list_editions())
    framework = load_framework(edition or next(stamped, CURRENT_EDITION))
    sets = []
    for raw in raws:
        if (fault := _stamp_fault(raw, framework)) is not None:
            problems.append(fault)
            if fault.code == "edition-other":
                continue
        responses, found = parse_workbook(raw, framework)
        sets.append(responses)
        problems += found
    merged, found = collect_responses(framework.id, sets)
    return framework, merged, (*problems, *found)


def _workbooks(paths: Iterable[Path], problems: list[Problem]) -> Iterable[Path]:
    for path in paths:
        if not path.is_dir():
            yield path  # a missing or foreign file gets its message from the reader
            continue
        inside = sorted(p for p in path.iterdir() if p.is_file() and _is_workbook(p))
        if not inside:
            problems.append(make_problem("nothing-to-read", CellRef(file=name_of(path))))
        yield from inside


def _is_workbook(path: Path) -> bool:
    """By the end of the name, so that a damaged one gets its message, or by what is inside.

    Excel and LibreOffice leave a file beside an open workbook, which is none.
    """
    if path.name.startswith(("~$", ".~lock")):
        return False
    return path.suffix.lower() in WORKBOOK_SUFFIXES or guard(path) is None


def _stamp_fault(raw: RawWorkbook, framework: Framework) -> Problem | None:
    ref = CellRef(file=raw.file)
    if raw.stamp is None:
        return make_problem("stamp-missing", ref)
    if raw.stamp.edition != framework.id:
        return make_problem("edition-other", ref, found=raw.stamp.edition, wanted=framework.id)
    if raw.stamp.layout > LAYOUT_VERSION:
        return make_problem("layout-newer", ref, found=raw.stamp.layout, known=LAYOUT_VERSION)
    if raw.stamp.edition_digest != framework.digest:
        return make_problem("edition-digest", ref)
    return None
