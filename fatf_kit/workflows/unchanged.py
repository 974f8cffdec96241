"""The findings of the last run in an assessment folder, kept until a file, the day or the program changes.

No list of inputs is kept: it would be wrong one day. Every file of the folder counts, by its bytes and the time of its
saving, because that time decides which of two copies is newer. Left out are history/, which is only added to, and the
notes of programs. What is kept lies in the folder with its rights; without it everything is computed again, the same.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from fatf_kit.assessment.folder.model import HISTORY
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.files import is_litter, list_inside
from fatf_kit.core.json_files import convert_value, make_json_value
from fatf_kit.core.national_words import base_language
from fatf_kit.core.program import fingerprint_program
from fatf_kit.core.store import Record, fingerprint_file, write_file
from fatf_kit.papers.status import FolderStatus

FolderState = Mapping[str, tuple[str, int]]
"""The files of a folder by place, each with its fingerprint and the time of its saving in nanoseconds."""

KEPT = ".fatf-kit-cache"
"""The folder in an assessment folder that holds what was found. Its name keeps it out of everything that is read."""

PAGES = ("status.html", "status.xlsx")
"""The files that show the status; no run reads them."""


def read_state(home: Path, *, without: Collection[str] = ()) -> FolderState:
    """Return the state of the files of an assessment folder, without some places.

    Raises:
        FatfKitError: a file cannot be read.
    """
    return {
        place: (fingerprint_file(path), path.stat().st_mtime_ns)
        for path in _list_files(home)
        if (place := path.relative_to(home).as_posix()) not in without and place.partition("/")[0] != HISTORY
    }


def _list_files(folder: Path) -> Iterator[Path]:
    for path in list_inside(folder):
        if is_litter(path):
            continue
        if path.is_dir():
            yield from _list_files(path)
        elif path.is_file():
            yield path


def is_explained(home: Path, before: FolderState, after: FolderState, record: Record) -> bool:
    """Return whether only the run itself changed files, each from what it was before the run.

    A workbook that was saved during the run may not have been read, also where the run wrote over it afterwards.
    """
    root = home.resolve()
    written = {path.relative_to(root).as_posix(): seals for path, seals in record.items() if path.is_relative_to(root)}
    for place in before.keys() | after.keys():
        was, now = before.get(place), after.get(place)
        if was == now:
            continue
        seals = written.get(place)
        if seals is None or now is None or seals.after != now[0] or seals.before != (was[0] if was else None):
            return False
    return True


def keep_result(home: Path, kind: str, state: FolderState, day: date, result: Mapping[str, Any]) -> None:
    """Keep what a run of a kind found in a folder in this state, in place of what was kept before."""
    value = {"key": _make_key(home, state, day), "result": make_json_value(result)}
    with contextlib.suppress(FatfKitError):  # a full disk costs only time
        write_file(home / KEPT / f"{kind}.json", json.dumps(value, ensure_ascii=False).encode())


def find_result(home: Path, kind: str, state: FolderState, day: date) -> Mapping[str, Any] | None:
    """Return what a run of a kind found; None where it found nothing, or something has changed since."""
    try:
        value = json.loads((home / KEPT / f"{kind}.json").read_bytes())
    except (OSError, ValueError):
        return None
    is_same = isinstance(value, dict) and value.get("key") == _make_key(home, state, day)
    return value["result"] if is_same else None


def _make_key(home: Path, state: FolderState, day: date) -> str:
    """Return the fingerprint of all that decides a result. The path counts, because commands are printed with it."""
    decisive = [fingerprint_program(), str(home), str(day), sorted(state.items())]
    return hashlib.sha256(json.dumps(decisive).encode()).hexdigest()


def keep_status(status: FolderStatus, home: Path, state: FolderState) -> None:
    """Keep the status of a folder in this state; the pages that show it are no part of the state."""
    files = {place: seal for place, seal in state.items() if place not in PAGES}
    keep_result(home, _name_status(status.language), files, status.facts.day, {"status": status})


def find_status(home: Path, language: str, today: date) -> FolderStatus | None:
    """Return the status of a folder on a day in a language; None where none is kept, or something has changed since."""
    kept = find_result(home, _name_status(language), read_state(home, without=PAGES), today)
    return restore_status(kept["status"]) if kept else None


def _name_status(language: str) -> str:
    return f"status-{base_language(language)}"


def restore_status(value: Any) -> FolderStatus:
    """Return the status of a folder from its JSON value."""
    return convert_value(value, FolderStatus, KEPT)
