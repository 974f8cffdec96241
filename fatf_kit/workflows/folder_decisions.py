"""Writing decisions.xlsx and other kept workbooks of an assessment folder, and keeping earlier files in its history."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Generic, TypeVar

from fatf_kit.assessment.decisions.reader import DecisionBook, read_decision_book
from fatf_kit.assessment.decisions.schema import TYPED
from fatf_kit.assessment.decisions.workbook import render_decisions
from fatf_kit.assessment.folder.model import CONTROL, DECISIONS, HISTORY, Workspace
from fatf_kit.core.problems import CellRef, Problem, make_problem
from fatf_kit.core.store import rewrite_file, work_alone, write_new
from fatf_kit.framework import load_framework
from fatf_kit.spreadsheets.losses import is_lossy
from fatf_kit.spreadsheets.sheet import CellValue
from fatf_kit.workflows.folder_scoring import FolderScore
from fatf_kit.workflows.results import RESULT


def write_decisions(score: FolderScore, *, moment: str) -> Path | None:
    """Bring decisions.xlsx of an assessment folder up to date; None where there is nothing to write.

    Rows that a person has changed are kept word for word, those typed since the folder was scored too, and the earlier
    file is copied to history/ under `moment`. A file that cannot be read in full is left unchanged, and a Problem
    reports it.

    Raises:
        FatfKitError: the file cannot be written.

    >>> from shutil import copytree, ignore_patterns
    >>> from tempfile import TemporaryDirectory
    >>> from fatf_kit import score_folder
    >>> with TemporaryDirectory() as folder:
    ...     home = copytree("examples/ruritania", f"{folder}/ruritania", ignore=ignore_patterns("decisions.xlsx"))
    ...     write_decisions(score_folder(home), moment="2027-01-10T09:00:00+00:00").name
    'decisions.xlsx'
    """
    return rewrite_decisions(score, moment)[0]


def rewrite_decisions(score: FolderScore, moment: str) -> tuple[Path | None, tuple[Problem, ...]]:
    """Do the same as `write_decisions`, and also return a note on decisions that were typed after the scoring.

    Raises:
        FatfKitError: the file cannot be written.
    """
    book, workspace = score.decision_book, score.workspace
    questions = (*score.questions, *score.decided_questions)
    copies = score.responses.copies
    if not book.is_readable or not (questions or copies or book.exists):
        return None, ()
    text_language = workspace.settings.main_language
    framework = load_framework(score.framework.id, text_language)
    target = workspace.path / DECISIONS
    latest = book

    def render() -> bytes | None:
        nonlocal latest
        latest = read_decision_book(target)
        if not latest.is_readable:
            return None
        return render_decisions(
            questions, latest, workspace, framework, text_language, recorded=score.recorded, copies=copies
        )

    written = rewrite_file(target, render, partial(keep_file, target, moment=moment))
    is_newer = _list_typed(latest) != _list_typed(book)
    return target if written else None, (make_problem("decisions-newer", CellRef(file=DECISIONS)),) if is_newer else ()


def _list_typed(book: DecisionBook) -> list[tuple[CellValue, ...]]:
    """Return what people typed into the rows, with the ids of these."""
    typed = ((row.id, *(row.row.values.get(key, "") for key in TYPED)) for row in (*book.rows, *book.copies))
    return sorted(((name, *values) for name, *values in typed if any(values)), key=repr)


Made = TypeVar("Made")

_STAMP = re.compile(r"\d{4}-\d\d-\d\d \d\d-\d\d-\d\dZ")
"""The moment with which the names of files in history/ begin."""


@dataclass(frozen=True, slots=True)
class Draft(Generic[Made]):
    """The result of a command from one reading of a workbook that people keep.

    Attributes:
        made: The values that the command returns about it.
        content: The new workbook; None where nothing changes.
        problems: The problems of the workbook as it was read.
    """

    made: Made
    content: bytes | None
    problems: tuple[Problem, ...]


def rewrite_book(
    target: Path, read: Callable[[], Draft[Made]], kept_code: str, moment: str
) -> tuple[Path | None, Draft[Made], tuple[Problem, ...]]:
    """Write a workbook that one person keeps in an assessment folder; return its path and what it was made from.

    `read` reads the workbook and makes the new one. It is called again if the workbook was saved in the meantime.
    Nothing is written, and the path is None, where the content is None, or where the problems of the workbook would
    lose cells. The latter is a Problem with `kept_code`. The earlier file is copied to history/ under `moment`, a time
    in ISO 8601; by default the present one.

    Raises:
        FatfKitError: a file cannot be read or written.
    """
    drafts: list[Draft[Made]] = []

    def render() -> bytes | None:
        drafts.append(read())
        return None if is_lossy(drafts[-1].problems) else drafts[-1].content

    with work_alone(target.parent, target.stem):
        rewrite_file(target, render, partial(keep_file, target, moment=moment))
    draft = drafts[-1]
    if is_lossy(draft.problems):
        return None, draft, (make_problem(kept_code, CellRef(file=target.name)),)
    return None if draft.content is None else target, draft, ()


def list_problems_of(file: str, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems that are in one file of an assessment folder."""
    return tuple(one for one in problems if one.ref is not None and one.ref.file == file)


def keep_result(workspace: Workspace, payload: bytes, moment: str) -> Path:
    """Put the result of a run into history/, with the control workbook that it rests on; return the file of the result.

    Raises:
        FatfKitError: a file cannot be written.
    """
    control = workspace.path / CONTROL
    if control.is_file():
        keep_file(control, control.read_bytes(), moment)
    return keep_file(workspace.path / RESULT, payload, moment)


def keep_file(file: Path, content: bytes, moment: str = "") -> Path:
    """Put a file of an assessment folder into its history/ under a moment: nothing in there is ever replaced.

    The moment is the present one by default. Files of one name stay in the order in which they were put there, also
    where the clock was set back: then the moment of the last one is used again, with a number.

    Raises:
        FatfKitError: the file cannot be written.
    """
    history = file.parent / HISTORY
    moment = moment or datetime.now(UTC).isoformat()
    stamps = [found[0] for path in history.glob(f"* {file.name}") if (found := _STAMP.match(path.name))]
    stamp = max([file_moment(moment), *stamps])
    return write_new(history, lambda number: f"{_number_stamp(stamp, number)} {file.name}", content)


def file_moment(moment: str, number: int = 1) -> str:
    """Return a moment in UTC as part of a file's name, which may hold no colon.

    `number` tells several of one second apart.

    Sorted by their names such files are in order, and after those of earlier versions, which knew minutes only.

    >>> file_moment("2026-11-24T18:00:07+03:00"), file_moment("2026-11-24T15:00:07+00:00", 2)
    ('2026-11-24 15-00-07Z', '2026-11-24 15-00-07Z.002')
    >>> sorted(["2026-11-24 15-00-07Z.002 a", "2026-11-24 15-00-07Z a", "2026-11-24 15-00 a"])
    ['2026-11-24 15-00 a', '2026-11-24 15-00-07Z a', '2026-11-24 15-00-07Z.002 a']
    """
    return _number_stamp(datetime.fromisoformat(moment).astimezone(UTC).strftime("%Y-%m-%d %H-%M-%SZ"), number)


def _number_stamp(stamp: str, number: int) -> str:
    return stamp if number == 1 else f"{stamp}.{number:03}"
