"""Rights to read and write files and folders: answers are as private as the folder in which they are."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.store.faults import make_write_error

OWNER_ONLY = stat.S_IRUSR | stat.S_IWUSR

_IS_PRIVATE = ContextVar("is_private", default=False)


def find_nearest(folder: Path) -> Path:
    """Return a folder that exists, or the nearest one around it."""
    return next(place for place in (folder, *folder.absolute().parents) if place.exists())


def share_like(folder: Path) -> int:
    """Return permissions by which those who may look into a folder may read a file, and its group may change it.

    A folder that is not there yet will be like the nearest one around it.
    """
    nearest = find_nearest(folder)
    rights = nearest.stat().st_mode
    group = stat.S_IWGRP if is_shared_with_group(nearest) else 0
    return stat.S_IRUSR | stat.S_IWUSR | group | rights & (stat.S_IRGRP | stat.S_IROTH)


def is_shared_with_group(folder: Path) -> bool:
    """Return whether the group of a folder may write in it, but not everybody, as in a folder for temporary files."""
    rights = folder.stat().st_mode
    return bool(rights & stat.S_IWGRP) and not rights & stat.S_IWOTH


@contextmanager
def make_private_folder(folder: Path) -> Iterator[None]:
    """Make a folder that only its owner can look into, or as shared as the one around it where a group works in that.

    A folder that is there stays as it is. A new one is removed with all that is in it if what is within the block
    fails. Systems without such rights ignore them.

    Raises:
        FatfKitError: it cannot be made.
    """
    if folder.exists():
        yield
        return
    _make_private(folder)
    try:
        yield
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _make_private(folder: Path) -> None:
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        shared = stat.S_IMODE(folder.parent.stat().st_mode) if is_shared_with_group(folder.parent) else stat.S_IRWXU
        folder.mkdir()
        with contextlib.suppress(OSError):  # not every file system has permissions
            folder.chmod(shared)
    except OSError as fault:
        raise make_write_error(folder, fault) from fault


@contextmanager
def keep_private(*, is_needed: bool = True) -> Iterator[None]:
    """Let only their owner read the files that are written within: they name bodies, or have restricted answers.

    Without a need, the files are as private as those around this block. Private files are so from the first byte, also
    in a folder that others read. No change on systems without such a right.

    >>> with keep_private():
    ...     is_private()
    True
    >>> is_private()
    False
    """
    before = _IS_PRIVATE.set(is_needed or _IS_PRIVATE.get())
    try:
        yield
    finally:
        _IS_PRIVATE.reset(before)


def is_private() -> bool:
    """Return whether the files that are written now are for their owner only."""
    return _IS_PRIVATE.get()


def check_writable(folder: Path) -> None:
    """Check before the work that a folder can be written to, or be made.

    Raises:
        FatfKitError: it cannot.
    """
    nearest = find_nearest(folder)
    if not nearest.is_dir():
        raise make_write_error(nearest / folder.name, NotADirectoryError(errno.ENOTDIR, ""))
    if not os.access(nearest, os.W_OK):
        raise FatfKitError(
            "You may not write in {folder}. Choose another folder, or ask for the right to write there.",
            folder=str(nearest),
        )
