"""Before a file is read as a whole: that it is a file of this computer, and no larger than any of its kind."""

from __future__ import annotations

from pathlib import Path

from fatf_kit.core.files import is_remote

MEGABYTE = 1024 * 1024

MAX_TEXT_FILE = 100 * MEGABYTE
"""Of a table or JSON that is held in memory; source: fatf-kit's own."""


def refusal_reason(path: Path, most: int | None = MAX_TEXT_FILE) -> str:
    """Why a file is not even looked into, or nothing: a pipe or device may never end. Absent files are left to others.

    `most` is its largest size in bytes, None where it is read piece by piece.

    >>> why_unfit(Path("no-such-file.json"))
    ''
    >>> why_unfit(Path("//server/share/settings.json"))
    'it lies on a network share'
    """
    if is_remote(path):
        return "it lies on a network share"
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):
            return "it is a device or a pipe"
        if most is not None and path.is_file() and path.stat().st_size > most:
            return f"it has more than {most // MEGABYTE} MB"
    except (OSError, ValueError):  # told by whoever opens it
        pass
    return ""
