"""Limits that a file has to keep before it is read as a whole: its place, its kind and its size."""

from __future__ import annotations

from pathlib import Path

from fatf_kit.core.files import is_remote
from fatf_kit.core.message_facts import Phrase

MEGABYTE = 1024 * 1024

MAX_TEXT_FILE = 100 * MEGABYTE
"""The largest table or JSON file that is read into memory; source: fatf-kit's own."""


def refusal_reason(path: Path, most: int | None = MAX_TEXT_FILE) -> str:
    """Return why a file is not opened, or an empty text. A pipe or device may never end; a missing file is no reason.

    `most` is the largest size allowed in bytes, None for a file that is read in parts.

    >>> refusal_reason(Path("no-such-file.json"))
    ''
    >>> refusal_reason(Path("//server/share/settings.json"))
    'it is on a network share'
    """
    if is_remote(path):
        return "it is on a network share"
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):
            return "it is a device or a pipe, not a file"
        if most is not None and path.is_file() and path.stat().st_size > most:
            return Phrase("it is larger than {limit} MB", limit=most // MEGABYTE)
    except (OSError, ValueError):  # reported by the function that opens the file
        pass
    return ""
