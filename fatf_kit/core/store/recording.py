"""The files that a run writes, with their fingerprints before and after."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import NamedTuple

from fatf_kit.core.store.fingerprints import fingerprint_file


class FileChange(NamedTuple):
    """One writing of a file: its fingerprint before, None where there was none, and after."""

    before: str | None
    after: str


Record = dict[Path, FileChange]
"""The last writing of each file of a run. Its `before` is that of the first one."""

_RECORD = ContextVar[Record | None]("record", default=None)


@contextmanager
def record_writes() -> Iterator[Record]:
    """Record what the store writes within it, so that what others save in the meantime is told apart.

    >>> from tempfile import TemporaryDirectory
    >>> from fatf_kit.core.store import write_file
    >>> with TemporaryDirectory() as folder, record_writes() as record:
    ...     path = write_file(Path(folder) / "a.txt", b"")
    >>> record[path.resolve()].before is None
    True
    """
    record: Record = {}
    outer = _RECORD.set(record)
    try:
        yield record
    finally:
        _RECORD.reset(outer)


def note_write(waiting: Path, target: Path) -> None:
    """Note that a filled file is about to get its name."""
    record = _RECORD.get()
    if record is not None:
        earlier = record.get(target)
        before = earlier.before if earlier else fingerprint_file(target) if target.is_file() else None
        record[target] = FileChange(before, fingerprint_file(waiting))
