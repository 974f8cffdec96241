"""Writing decisions.xlsx and other kept workbooks of an assessment folder, and keeping earlier files in its history."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from fatf_kit.assessment.decisions.workbook import render_decisions
from fatf_kit.assessment.folder.model import CONTROL, DECISIONS, HISTORY, Workspace
from fatf_kit.core.files import write_file, write_new
from fatf_kit.core.problems import CellRef, Problem, make_problem
from fatf_kit.framework import load_framework
from fatf_kit.spreadsheets.losses import is_lossy
from fatf_kit.workflows.folder_scoring import FolderScore
from fatf_kit.workflows.results import RESULT


def write_decisions(score: FolderScore, *, moment: str) -> Path | None:
    """Bring decisions.xlsx of an assessment folder up to date; None where there is nothing to write.

    Rows that a person has changed are kept word for word, and the earlier file is moved to history/ under `moment`. A
    file that cannot be read in full is left unchanged, and a Problem reports it.

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
    book, workspace = score.decision_book, score.workspace
    questions = (*score.questions, *score.decided_questions)
    copies = score.responses.copies
    if not book.is_readable or not (questions or copies or book.exists):
        return None
    text_language = workspace.settings.main_language
    framework = load_framework(score.framework.id, text_language)
    content = render_decisions(
        questions, book, workspace, framework, text_language, recorded=score.recorded, copies=copies
    )
    target = workspace.path / DECISIONS
    before = target.read_bytes() if book.exists else b""
    if content == before:
        return None
    written = write_file(target, content)
    if book.exists:
        keep_file(target, before, moment)
    return written


def rewrite_book(
    target: Path, content: bytes | None, problems: Sequence[Problem], kept_code: str, moment: str
) -> tuple[Path | None, tuple[Problem, ...]]:
    """Write a workbook that one person keeps in an assessment folder, the earlier one to history/; return its path.

    Nothing is written, and the path is None, where the `content` is None, or where the `problems` of the workbook would
    lose cells. The latter is a Problem with `kept_code`. `moment` is a time in ISO 8601, by default the present one.

    Raises:
        FatfKitError: a file cannot be written.
    """
    if is_lossy(problems):
        return None, (make_problem(kept_code, CellRef(file=target.name)),)
    if content is None:
        return None, ()
    if target.is_file():
        keep_file(target, target.read_bytes(), moment or datetime.now(UTC).isoformat())
    return write_file(target, content), ()


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


def keep_file(file: Path, content: bytes, moment: str) -> Path:
    """Put a file of an assessment folder into its history/ under a moment: nothing in there is ever replaced.

    Raises:
        FatfKitError: the file cannot be written.
    """
    history = file.parent / HISTORY
    return write_new(history, lambda number: f"{file_moment(moment, number)} {file.name}", content)


def file_moment(moment: str, number: int = 1) -> str:
    """Return a moment in UTC as part of a file's name, which may hold no colon.

    `number` tells several of one second apart.

    Sorted by their names such files are in order, and after those of earlier versions, which knew minutes only.

    >>> file_moment("2026-11-24T18:00:07+03:00"), file_moment("2026-11-24T15:00:07+00:00", 2)
    ('2026-11-24 15-00-07Z', '2026-11-24 15-00-07Z.002')
    >>> sorted(["2026-11-24 15-00-07Z.002 a", "2026-11-24 15-00-07Z a", "2026-11-24 15-00 a"])
    ['2026-11-24 15-00 a', '2026-11-24 15-00-07Z a', '2026-11-24 15-00-07Z.002 a']
    """
    text = datetime.fromisoformat(moment).astimezone(UTC).strftime("%Y-%m-%d %H-%M-%SZ")
    return text if number == 1 else f"{text}.{number:03}"
