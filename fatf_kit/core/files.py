"""Writing of files: completely or not at all, under names that a temporary file never keeps."""

from __future__ import annotations

import contextlib
import itertools
import os
import re
import secrets
import stat
import tempfile
import time
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.file_rights import OWNER_ONLY, check_writable, is_private, share_like
from fatf_kit.core.write_errors import make_write_error

_TEMPORARY = ".fatf-kit-"
"""With this begin the names of files that are being written."""

_LEFTOVER = re.compile(rf"{re.escape(_TEMPORARY)}\w{{8,16}}")


def to_plain_text(text: str) -> str:
    r"""Return a text that can be written as UTF-8: other bytes, as in file names, become U+FFFD.

    If the computer's own encoding is not UTF-8, letters that were read as bytes are decoded again.

    >>> to_plain_text("a\udcff.xlsx") == "a\ufffd.xlsx", to_plain_text("\udcd8\udca7")
    (True, 'ا')
    """
    try:
        return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    except UnicodeEncodeError:  # half of a surrogate pair that is not from a file name
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def shown_name(path: Path) -> str:
    """Return the name of a file for messages and reports."""
    return to_plain_text(path.name or str(path))


_LITTER_NAMES = frozenset(
    [
        "thumbs.db",
        "ehthumbs.db",
        "ehthumbs_vista.db",
        ".ds_store",
        "desktop.ini",
        ".localized",
        ".directory",
        ".gitkeep",
        ".gitignore",
        ".gitattributes",
        ".nomedia",
        ".hidden",
        "icon\r",
    ]
)
_LITTER_BEGINS = ("~$", ".~lock", "._", ".fatf-kit", ".fuse_hidden", ".nfs", ".sync")


def is_litter(path: Path) -> bool:
    """Return whether a program or the system made a file for itself, so that it never contains an answer.

    Excel and LibreOffice write one next to an open workbook; macOS and Windows write notes about folders.

    >>> [is_litter(Path(name)) for name in ("~$fiu.xlsx", "._fiu.xlsx", "Thumbs.db", "fiu.xlsx", "scan.jpg")]
    [True, True, True, False, False]
    """
    return path.name.startswith(_LITTER_BEGINS) or path.name.casefold() in _LITTER_NAMES


def is_remote(path: Path) -> bool:
    r"""Return whether a path names a network share, in any spelling; a request to it may hang and identifies the user.

    A long path of this computer in the spelling of Windows is not a network share.

    >>> is_remote(Path(r"\\server\share\a.xlsx")), is_remote(Path("//server/share")), is_remote(Path("/srv/a.xlsx"))
    (True, True, False)
    >>> is_remote(Path(r"\\?\C:\long\a.xlsx")), is_remote(Path(r"\\?\UNC\server\share"))
    (False, True)
    """
    name = str(path).replace("\\", "/")
    return name.startswith("//") and not (name.startswith("//?/") and name[5:6] == ":")


def is_folder(path: Path) -> bool:
    """Return whether there is such a folder; False for a name that cannot be one, and for a network share."""
    if is_remote(path):
        return False
    with contextlib.suppress(OSError, ValueError):
        return path.is_dir()
    return False


def list_paths(paths: str | Path | Iterable[str | Path]) -> list[Path]:
    """Return one path or several as a list; a text is one path."""
    return [Path(paths)] if isinstance(paths, str | Path) else [Path(one) for one in paths]


def require_existing(path: Path) -> None:
    """Check that there is such a file or folder. A network share is not asked.

    Raises:
        FatfKitError: there is none.
    """
    if is_remote(path):
        return
    with contextlib.suppress(OSError, ValueError):
        if path.exists():
            return
    raise FatfKitError("'{file}' does not exist. Check its name.", file=shown_name(path))


def list_inside(folder: Path) -> list[Path]:
    """Return what is in a folder, by name; nothing where there is no such folder, or it may not be read."""
    with contextlib.suppress(OSError):
        return sorted(folder.iterdir(), key=lambda path: path.name)
    return []


def write_file(path: Path, content: bytes) -> Path:
    """Write a file under a temporary name and then move it, so that an incomplete file is never visible.

    Folders are made as needed; a link is followed and stays. An existing file is replaced: `check_target` says whether
    it may be. Returns `path`.

    Raises:
        FatfKitError: the file cannot be written.
    """

    def write(target: Path) -> None:
        target.write_bytes(content)

    return write_through(path, write)


def write_new(folder: Path, name: Callable[[int], str], content: bytes) -> Path:
    """Write a file under the first free name of `name(1)`, `name(2)`, … and return its path; no file is replaced.

    Raises:
        FatfKitError: the folder cannot be written to.
    """
    waiting = write_file(folder / f"{_TEMPORARY}{secrets.token_hex(8)}", content)
    try:
        for number in itertools.count(1):
            target = folder / name(number)
            if os.path.lexists(target):
                continue
            with contextlib.suppress(FileExistsError):  # another run took the name
                _move_to_new(waiting, target)
                break
    except OSError as fault:
        raise _make_error(target, fault) from fault
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


def write_through(
    path: Path, write: Callable[[Path], None], *, before_move: Callable[[Path], None] | None = None
) -> Path:
    """Write a file as `write_file` does, with content too large for memory: `write` fills the temporary file.

    `before_move` is called with the temporary file as late as possible, and may raise to leave `path` as it is.

    Raises:
        FatfKitError: the file cannot be written.
    """
    waiting: Path | None = None
    try:
        target = Path(os.path.realpath(path))
        mode = _find_mode(target, path)
        target.parent.mkdir(parents=True, exist_ok=True)
        sweep_leftovers(target.parent)
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=_TEMPORARY, delete=False) as file:
            waiting = Path(file.name)
        write(waiting)
        with contextlib.suppress(OSError):  # not every file system has permissions
            waiting.chmod(mode)
        if before_move:
            before_move(waiting)
        waiting.replace(target)
    except OSError as fault:
        raise _make_error(path, fault) from fault
    except ValueError as fault:  # a zero byte
        raise FatfKitError("'{file}' is not the name of a file. Choose another one.", file=shown_name(path)) from fault
    finally:
        if waiting is not None:
            waiting.unlink(missing_ok=True)  # it does not exist after the move
    return path


def check_place(path: Path) -> None:
    """Check before the work that a file can be written at `path`: a file, in a folder that can be written to.

    Raises:
        FatfKitError: it cannot.
    """
    try:
        target = Path(os.path.realpath(path))
        _find_mode(target, path)
        check_writable(target.parent)
    except OSError as fault:
        raise _make_error(path, fault) from fault
    except ValueError as fault:  # a zero byte
        raise FatfKitError("'{file}' is not the name of a file. Choose another one.", file=shown_name(path)) from fault


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


def _make_error(path: Path, fault: OSError) -> FatfKitError:
    return make_write_error(shown_name(path), to_plain_text(str(path.parent)), fault)
