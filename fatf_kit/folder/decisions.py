"""Bringing decisions.xlsx of an assessment folder up to date."""

from __future__ import annotations

from pathlib import Path

from fatf_kit.files import write_file
from fatf_kit.folder.scored import FolderScore
from fatf_kit.framework import load_framework
from fatf_kit.responses.decision_sheet import render_decisions
from fatf_kit.workspace.model import DECISIONS, HISTORY


def write_decisions(score: FolderScore, *, moment: str) -> Path | None:
    """Bring decisions.xlsx of an assessment folder up to date; None where there is nothing to write.

    Rows that somebody has touched are kept word for word, and the file as it was goes into history/ under `moment`.
    A file that cannot be read is left alone; a Problem has said so.

    Raises:
        FatfKitError: the file cannot be written.
    """
    book, workspace = score.decision_book, score.workspace
    if not book.readable or not (score.questions or book.exists):
        return None
    spoken = workspace.settings.languages[0]
    framework = load_framework(score.framework.id, spoken)
    content = render_decisions(score.questions, book, workspace, framework, spoken)
    target = workspace.path / DECISIONS
    before = target.read_bytes() if book.exists else b""
    if content == before:
        return None
    if book.exists:
        write_file(workspace.path / HISTORY / f"{file_moment(moment)} {DECISIONS}", before)
    return write_file(target, content)


def file_moment(moment: str) -> str:
    """A moment as part of a file's name, which may hold no colon.

    >>> file_moment("2026-11-24T15:00+00:00")
    '2026-11-24 15-00'
    """
    return moment[:16].replace("T", " ").replace(":", "-")
