"""The record of runs in an assessment folder: who ran fatf-kit, and what people changed since the run before.

`history/runs.jsonl` has one line for each run that found work, the newest last. What people changed follows from two
states of the folder: that after the run before, kept in `history/files.json`, and that before this one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from fatf_kit.assessment.folder.model import HISTORY
from fatf_kit.core.json_files import make_json_value
from fatf_kit.core.resources import tool_version
from fatf_kit.core.store import find_worker, write_file
from fatf_kit.spreadsheets.stamp import read_last_author
from fatf_kit.workflows.unchanged import KEPT, PAGES, FolderState

RUNS, FILES = "runs.jsonl", "files.json"
"""The files in history/ that hold the record of runs, and the state of the folder after the last one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditedFile:
    """A file that people added, saved or removed between two runs.

    Attributes:
        file: Its place in the folder.
        saved: When it was saved; None if it is gone.
        by: Who saved it, as the workbook says; "" where it does not.
    """

    file: str
    saved: datetime | None
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRecord:
    """A run that found work: when, who on which computer, by which version, and what people had changed before it."""

    at: datetime
    who: str
    computer: str
    version: str
    changed: tuple[EditedFile, ...] = ()


def record_run(home: Path, moment: datetime, before: FolderState, after: FolderState) -> RunRecord:
    """Add a run to the record of a folder, with the states of its files before and after it.

    Raises:
        FatfKitError: the record cannot be read or written.
    """
    history = home / HISTORY
    who, computer = find_worker()
    changed = tuple(_list_changes(home, before))
    run = RunRecord(at=moment, who=who, computer=computer, version=tool_version(), changed=changed)
    line = json.dumps(make_json_value(run), ensure_ascii=False) + "\n"
    record = history / RUNS
    write_file(record, (record.read_bytes() if record.exists() else b"") + line.encode())
    seals = {place: seal for place, (seal, _) in sorted(after.items()) if _is_counted(place)}
    write_file(history / FILES, json.dumps(seals, ensure_ascii=False, indent=0).encode())
    return run


def _list_changes(home: Path, now: FolderState) -> Iterator[EditedFile]:
    """Yield what differs from the state after the run before; nothing where that is not known."""
    try:
        known = json.loads((home / HISTORY / FILES).read_bytes())
    except (OSError, ValueError):
        return
    if not isinstance(known, dict):
        return
    for place in sorted(filter(_is_counted, known.keys() | now.keys())):
        if place not in now:
            yield EditedFile(file=place, saved=None)
        elif now[place][0] != known.get(place):
            saved = datetime.fromtimestamp(now[place][1] / 1e9, UTC)
            yield EditedFile(file=place, saved=saved, by=read_last_author(home / place))


def _is_counted(place: str) -> bool:
    return place not in PAGES and not place.startswith(f"{KEPT}/")
