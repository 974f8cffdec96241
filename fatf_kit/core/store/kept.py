"""Writing again what people keep, such as decisions.xlsx: nothing that they save meanwhile is written over.

Reading a folder takes seconds and people save a workbook in a moment. So each writing names the bytes that it rests on,
and happens only if the file still has them.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Mapping
from pathlib import Path

from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.files import shown_name
from fatf_kit.core.store.faults import make_read_error
from fatf_kit.core.store.moves import write_together

_TRIES = 3


class _SavedMeanwhileError(Exception):
    """The file does not have the bytes any more that its new content rests on."""


def rewrite_file(target: Path, render: Callable[[], bytes | None], keep: Callable[[bytes], object]) -> bool:
    """Replace a file that people keep by the bytes of `render`, which reads it; return whether its content changed.

    `render` returns None where there is nothing to write. It is called again if the file was saved in the meantime, so
    that what was typed is read too. `keep` gets the earlier bytes before the new ones are written. The file is flushed
    to the disk, because it is work that exists nowhere else.

    Raises:
        FatfKitError: the file cannot be read or written, or was saved each time.

    >>> from tempfile import TemporaryDirectory
    >>> kept = []
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder) / "decisions.xlsx"
    ...     for content in (b"first", b"second", b"second"):
    ...         print(rewrite_file(file, lambda: content, kept.append), kept)
    True []
    True [b'first']
    False [b'first']
    """
    for _ in range(_TRIES):
        before = read_bytes(target)
        content = render()
        if content is None or content == before:
            return False
        with contextlib.suppress(_SavedMeanwhileError):
            _replace(target, content, before, keep)
            return True
    raise FatfKitError(
        "{file} is being saved by another program again and again. Close it there, and start again.",
        file=shown_name(target),
    )


def read_bytes(path: Path) -> bytes | None:
    """Return the bytes of a file; None where there is none.

    Raises:
        FatfKitError: it cannot be read.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as fault:
        raise make_read_error(path, fault) from fault


def _replace(target: Path, content: bytes, before: bytes | None, keep: Callable[[bytes], object]) -> None:
    """Keep the earlier bytes and write the new ones, unless the file has other bytes by now."""

    def check(waiting: Mapping[Path, Path]) -> None:
        with waiting[target].open("r+b") as file, contextlib.suppress(OSError):  # not every file system can flush
            os.fsync(file.fileno())
        if read_bytes(target) != before:
            raise _SavedMeanwhileError

    if before is not None:
        keep(before)
    write_together({target: content}, check=check)
