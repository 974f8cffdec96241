"""Workbooks and folders as archives that have the same bytes each time they are packed from the same content."""

from __future__ import annotations

import io
import os
import re
import zipfile
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

FILE_TIME = datetime(2026, 11, 30, 12).timestamp()
"""The time of every file in a folder: noon of the machine, so that it is the same day in every time zone."""

_MOMENT = (1980, 1, 1, 0, 0, 0)
_CORE = "docProps/core.xml"
_MODIFIED = re.compile(rb"[^>]*(</dcterms:modified>)")
_LEVEL = 9


def set_saving_time(content: bytes, moment: str) -> bytes:
    """Return a workbook as if a program had saved it at a moment in UTC, such as "2026-11-30T10:00:00Z"."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(packed, "w") as after:
        for part in before.namelist():
            text = before.read(part)
            if part == _CORE:
                text = _MODIFIED.sub(moment.encode() + rb"\1", text)
            _add(after, part, text)
    return packed.getvalue()


def pack_folder(home: Path, files: Iterable[Path]) -> bytes:
    """Return an archive of files of a folder, under their names in the folder."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for file in sorted(files):
            _add(archive, file.relative_to(home).as_posix(), file.read_bytes())
    return packed.getvalue()


def unpack_folder(archive: Path, home: Path) -> Path:
    """Unpack such an archive into a new folder and return it; its files get one time, which the status prints."""
    with zipfile.ZipFile(archive) as folder:
        for name in folder.namelist():
            os.utime(folder.extract(name, home), (FILE_TIME, FILE_TIME))
    return home


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, _MOMENT)
    entry.create_system = 3  # as on Unix, wherever it is made
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, content, compresslevel=_LEVEL)
