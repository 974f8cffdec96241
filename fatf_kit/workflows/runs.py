"""The record of runs in an assessment folder: who ran fatf-kit, and what people changed since the run before.

`history/runs.jsonl` has one line for each run that found work, the newest last. What people changed follows from two
states of the folder: that after the run before, kept in `history/files.json`, and that before this one.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from fatf_kit.assessment.folder.model import HISTORY
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.json_files import convert_value, make_json_value
from fatf_kit.core.resources import tool_version
from fatf_kit.core.store import find_worker, write_file
from fatf_kit.evaluation_calendar.working_days import add_months
from fatf_kit.papers.status_changes import StatusState
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
    """A run that found work: when, who on which computer, by which version, and what people had changed before it.

    `state` has the figures of the assessment after the run; None where an earlier version of fatf-kit wrote the record.
    """

    at: datetime
    who: str
    computer: str
    version: str
    changed: tuple[EditedFile, ...] = ()
    state: StatusState | None = None


def record_run(home: Path, moment: datetime, before: FolderState, after: FolderState, state: StatusState) -> RunRecord:
    """Add a run to the record of a folder, with the states of its files before and after it, and its figures.

    Raises:
        FatfKitError: the record cannot be read or written.
    """
    history = home / HISTORY
    who, computer = find_worker()
    changed = tuple(_list_changes(home, before))
    run = RunRecord(at=moment, who=who, computer=computer, version=tool_version(), changed=changed, state=state)
    line = json.dumps(make_json_value(run), ensure_ascii=False) + "\n"
    record = history / RUNS
    write_file(record, (record.read_bytes() if record.exists() else b"") + line.encode())
    seals = {place: seal for place, (seal, _) in sorted(after.items()) if _is_counted(place)}
    write_file(history / FILES, json.dumps(seals, ensure_ascii=False, indent=0).encode())
    return run


def find_earlier_states(home: Path, today: date) -> tuple[StatusState, ...]:
    """Find the state of the last day before today with a run, and of the last one at least a month ago; newest first.

    Runs of today do not count, so that the answer is the same however often the folder is updated in a day. A line that
    cannot be read is passed over: it is not worth stopping the work of a day.
    """
    states: dict[date, StatusState] = {}
    with contextlib.suppress(OSError):
        for line in (home / HISTORY / RUNS).read_text(encoding="utf-8").splitlines():
            with contextlib.suppress(FatfKitError, ValueError):
                if state := convert_value(json.loads(line), RunRecord, RUNS).state:
                    states[state.day] = state
    days = sorted((day for day in states if day < today), reverse=True)
    month_ago = add_months(today, -1)
    chosen = (*days[:1], *[day for day in days if day <= month_ago][:1])
    return tuple(states[day] for day in dict.fromkeys(chosen))


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
