"""One run at a time works in a folder, also where several computers share it."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.files import to_plain_text
from fatf_kit.core.store.faults import make_write_error
from fatf_kit.core.store.moves import write_together
from fatf_kit.core.store.rights import check_writable

LOCK, WORKING = ".fatf-kit.lock", ".fatf-kit.working"
"""The file that the system locks, and the note beside it that says who works in the folder."""

_PATIENCE = 15.0
_LONGEST_NOTE = 2_000


@contextmanager
def work_alone(folder: Path, task: str, *, patience: float | None = None) -> Iterator[None]:
    """Keep other runs out of a folder while this one writes; `task` is the command that others are told.

    Another run is waited for as long as `patience`, in seconds; None: a quarter of a minute. The system frees the lock
    when a run ends, also when it is killed. A run may enter its own folder again. Where the disk of the folder has no
    locks, nothing is kept out. A folder that is not there is made; it goes again if nothing was written.

    Raises:
        FatfKitError: another run works in the folder and did not end: it says who and since when; or nothing can be
            written there.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as home, work_alone(Path(home), "update"), work_alone(Path(home), "score"):
    ...     print(json.loads((Path(home) / WORKING).read_text())["task"])
    update
    """
    from filelock import FileLock, Timeout  # not loaded for --help

    check_writable(folder)
    is_new = not folder.exists()
    if is_new:
        _make_folder(folder)
    lock = FileLock(folder.resolve() / LOCK, is_singleton=True, mode=0o666, fallback_to_soft=False)
    is_first = not lock.is_locked
    try:
        lock.acquire(timeout=_PATIENCE if patience is None else patience)
    except Timeout as fault:
        raise _make_refusal(folder) from fault
    except (OSError, NotImplementedError):  # no locks on this disk
        yield
        return
    try:
        if is_first:
            _write_note(folder, task)
        yield
    finally:
        if is_first:
            with contextlib.suppress(OSError):
                (folder / WORKING).unlink(missing_ok=True)
        lock.release()
        if is_new:
            _remove_empty(folder)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise make_write_error(folder, fault) from fault


def _remove_empty(folder: Path) -> None:
    """Remove a folder that has nothing but the lock."""
    with contextlib.suppress(OSError):
        if [path.name for path in folder.iterdir()] in ([], [LOCK]):
            (folder / LOCK).unlink(missing_ok=True)
            folder.rmdir()


def _write_note(folder: Path, task: str) -> None:
    """Say who works in the folder; the work goes on where that is not possible."""
    who, computer = find_worker()
    note = {"task": task, "who": who, "computer": computer, "since": f"{datetime.now():%H:%M}"}
    with contextlib.suppress(FatfKitError):
        write_together({folder / WORKING: json.dumps(note).encode()})


def find_worker() -> tuple[str, str]:
    """Return the account that runs this program, "" if it has no name, and the name of the computer."""
    import getpass
    import platform

    try:
        who = to_plain_text(getpass.getuser())
    except (OSError, KeyError, ImportError):
        who = ""
    return who, to_plain_text(platform.node())


def _make_refusal(folder: Path) -> FatfKitError:
    """Return the error that says who works in the folder."""
    note: object = None
    with contextlib.suppress(OSError, ValueError, RecursionError):
        note = json.loads((folder / WORKING).read_bytes()[:_LONGEST_NOTE])
    texts = {key: str(value)[:80] for key, value in note.items()} if isinstance(note, dict) else {}
    who = " / ".join(texts[key] for key in ("who", "computer") if texts.get(key))
    if not who:
        return FatfKitError(
            "Another run of fatf-kit works in {folder}. Wait until it ends, and start again.", folder=str(folder)
        )
    return FatfKitError(
        "{who} has been working in {folder} since {since} (fatf-kit {task}). Wait until that ends, and start again.",
        who=who,
        folder=str(folder),
        since=texts.get("since", "?"),
        task=texts.get("task", "?"),
    )
