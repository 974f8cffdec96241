"""Bringing decisions.xlsx of an assessment folder up to date, and keeping results in its history."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from fatf_kit.assessment.decisions.workbook import render_decisions
from fatf_kit.assessment.folder.model import CONTROL, DECISIONS, HISTORY, Workspace
from fatf_kit.core.files import write_file, write_new
from fatf_kit.core.national_words import add_country
from fatf_kit.framework import load_framework
from fatf_kit.workflows.folder_scoring import FolderScore
from fatf_kit.workflows.results import RESULT


def write_decisions(score: FolderScore, *, moment: str) -> Path | None:
    """Bring decisions.xlsx of an assessment folder up to date; None where there is nothing to write.

    Rows that a person has changed are kept word for word, and the earlier file is moved to history/ under `moment`. A
    file that cannot be read in full is left unchanged, and a Problem reports it.

    Raises:
        FatfKitError: the file cannot be written.
    """
    book, workspace = score.decision_book, score.workspace
    questions = (*score.questions, *score.decided_questions)
    copies = score.responses.copies
    if not book.is_readable or not (questions or copies or book.exists):
        return None
    text_language = add_country(workspace.settings.languages[0], workspace.settings.country)
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
        keep_file(workspace, DECISIONS, before, moment)
    return written


def keep_result(workspace: Workspace, payload: bytes, moment: str) -> Path:
    """Put the result of a run into history/, with the control workbook that it rests on; return the file of the result.

    Raises:
        FatfKitError: a file cannot be written.
    """
    control = workspace.path / CONTROL
    if control.is_file():
        keep_file(workspace, CONTROL, control.read_bytes(), moment)
    return keep_file(workspace, RESULT, payload, moment)


def keep_file(workspace: Workspace, name: str, content: bytes, moment: str) -> Path:
    """Put a file into history/ under its moment, next to what is there: nothing in it is ever replaced.

    Raises:
        FatfKitError: the file cannot be written.
    """
    return write_new(workspace.path / HISTORY, lambda number: f"{file_moment(moment, number)} {name}", content)


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
