"""Writing decisions.xlsx of an assessment folder, and putting the result of a run into its history."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from fatf_kit.assessment.decisions.reader import DecisionBook, read_decision_book
from fatf_kit.assessment.decisions.schema import TYPED
from fatf_kit.assessment.decisions.workbook import render_decisions
from fatf_kit.assessment.folder.kept_files import keep_file
from fatf_kit.assessment.folder.model import CONTROL, DECISIONS, Workspace
from fatf_kit.core.problems import CellRef, Problem, make_problem
from fatf_kit.core.store import rewrite_file
from fatf_kit.framework import load_framework
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


def keep_result(workspace: Workspace, payload: bytes, moment: str) -> Path:
    """Put the result of a run into history/, with the control workbook that it rests on; return the file of the result.

    Raises:
        FatfKitError: a file cannot be written.
    """
    control = workspace.path / CONTROL
    if control.is_file():
        keep_file(control, control.read_bytes(), moment)
    return keep_file(workspace.path / RESULT, payload, moment)
