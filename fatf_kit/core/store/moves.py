"""The act of writing: files are filled under temporary names and then moved to their own, all together or none."""

from __future__ import annotations

import contextlib
import itertools
import os
import re
import secrets
import stat
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path

from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.files import list_inside, shown_name
from fatf_kit.core.store.faults import make_write_error
from fatf_kit.core.store.fingerprints import fingerprint_file
from fatf_kit.core.store.recording import note_write
from fatf_kit.core.store.rights import OWNER_ONLY, check_writable, is_private, share_like
from fatf_kit.core.store.undo import note_steps, remove_unchanged

Content = bytes | Callable[[Path], object]
"""The content of a file: its bytes, or a function that fills the file at a path where it is too large for memory."""

_TEMPORARY = ".fatf-kit-"
"""With this begin the names of files that are being written."""

_LEFTOVER = re.compile(rf"{re.escape(_TEMPORARY)}\w{{8,16}}")


def write_file(path: Path, content: Content) -> Path:
    """Write a file under a temporary name and then move it, so that an incomplete file is never visible.

    Folders are made as needed; a link is followed and stays. An existing file is replaced, whoever wrote it. Returns
    `path`.

    Raises:
        FatfKitError: the file cannot be written.
    """
    is_new, places = not os.path.lexists(path), list_missing(path.parent)
    write_together({path: content})
    if is_new:
        note_steps([*(place.rmdir for place in places), partial(remove_unchanged, path, fingerprint_file(path))])
    return path


def write_together(
    contents: Mapping[Path, Content], *, check: Callable[[Mapping[Path, Path]], None] | None = None
) -> tuple[Path, ...]:
    """Write files as `write_file` does: all are filled before the first one gets its name. Return their paths.

    Where one fails, the new files among them and the folders made for them are removed again. `check` is called as late
    as possible with the temporary files by the paths they will have, and may raise to leave everything as it is.

    Raises:
        FatfKitError: a file cannot be written.
    """
    waiting: dict[Path, Path] = {}
    begun: list[Path] = []
    try:
        for path, content in contents.items():
            with _explain_fault(path):
                target = Path(os.path.realpath(path))
                mode = _find_mode(target, path)
                begun += list_missing(target.parent)
                target.parent.mkdir(parents=True, exist_ok=True)
                sweep_leftovers(target.parent)
                with tempfile.NamedTemporaryFile(dir=target.parent, prefix=_TEMPORARY, delete=False) as file:
                    waiting[path] = Path(file.name)
                _fill(waiting[path], content)
                with contextlib.suppress(OSError):  # not every file system has permissions
                    waiting[path].chmod(mode)
        if check:
            check(waiting)
        for path, temporary in waiting.items():
            with _explain_fault(path):
                target = Path(os.path.realpath(path))
                is_new = not target.exists()
                note_write(temporary, target)
                temporary.replace(target)
                begun += [target] if is_new else []
    except BaseException:
        for temporary in waiting.values():
            temporary.unlink(missing_ok=True)  # those that were moved do not exist any more
        for path in reversed(begun):
            _remove(path)
        raise
    return tuple(contents)


def _fill(file: Path, content: Content) -> None:
    if isinstance(content, bytes):
        file.write_bytes(content)
    else:
        content(file)


def list_missing(folder: Path) -> list[Path]:
    """Return a folder and those around it that do not exist yet, outer ones first."""
    return [place for place in (folder, *folder.parents) if not place.exists()][::-1]


def _remove(path: Path) -> None:
    """Remove a file, or a folder that is empty."""
    with contextlib.suppress(OSError):
        if path.is_dir():
            path.rmdir()
        else:
            path.unlink()


@contextmanager
def _explain_fault(path: Path) -> Iterator[None]:
    """Raise a fault of the system within it as the error that `path` cannot be written."""
    try:
        yield
    except OSError as fault:
        raise make_write_error(path, fault) from fault
    except ValueError as fault:  # a zero byte
        raise FatfKitError("'{file}' is not the name of a file. Choose another one.", file=shown_name(path)) from fault


def write_new(folder: Path, name: Callable[[int], str], content: bytes) -> Path:
    """Write a file under the first free name of `name(1)`, `name(2)`, … and return its path; no file is replaced.

    Raises:
        FatfKitError: the folder cannot be written to.
    """
    (waiting,) = write_together({folder / f"{_TEMPORARY}{secrets.token_hex(8)}": content})
    try:
        for number in itertools.count(1):
            target = folder / name(number)
            if os.path.lexists(target):
                continue
            with contextlib.suppress(FileExistsError):  # another run took the name
                _move_to_new(waiting, target)
                break
    except OSError as fault:
        raise make_write_error(target, fault) from fault
    finally:
        waiting.unlink(missing_ok=True)
    return target


def _move_to_new(waiting: Path, target: Path) -> None:
    """Give a file another name that must be free; renaming alone replaces a file on some systems."""
    try:
        os.link(waiting, target)
    except FileExistsError:
        raise
    except (OSError, NotImplementedError):  # a disk without hard links, such as a memory stick
        waiting.rename(target)


def check_place(path: Path) -> None:
    """Check before the work that a file can be written at `path`: a file, in a folder that can be written to.

    Raises:
        FatfKitError: it cannot.
    """
    with _explain_fault(path):
        target = Path(os.path.realpath(path))
        _find_mode(target, path)
        check_writable(target.parent)


def _find_mode(target: Path, path: Path) -> int:
    """Permissions for the new file: those of the file it replaces, else it is as private or shared as its folder.

    A file that is kept private is readable by its owner only, whatever was there before.
    """
    try:
        found = target.stat()
    except FileNotFoundError:
        return OWNER_ONLY if is_private() else share_like(target.parent)
    if stat.S_ISDIR(found.st_mode):
        raise FatfKitError(
            "{file} cannot be written, because it is a folder. Write the name of a file.", file=shown_name(path)
        )
    if not stat.S_ISREG(found.st_mode):
        raise FatfKitError(
            "{file} cannot be written, because it is a device or a pipe. Write the name of a file.",
            file=shown_name(path),
        )
    if not os.access(target, os.W_OK):
        raise FatfKitError(
            "{file} cannot be written, because it is read-only. Choose another name.", file=shown_name(path)
        )
    return OWNER_ONLY if is_private() else stat.S_IMODE(found.st_mode)


@cache
def sweep_leftovers(folder: Path) -> None:
    """Remove temporary files of runs that were killed a day ago or earlier; once in a run for each folder.

    Only the folder itself is looked at: what is in others goes when something is written there.
    """
    day_ago = time.time() - 86_400
    for path in list_inside(folder):
        with contextlib.suppress(OSError):  # another run removes it
            if _LEFTOVER.fullmatch(path.name) and path.is_file() and path.stat().st_mtime < day_ago:
                path.unlink()
