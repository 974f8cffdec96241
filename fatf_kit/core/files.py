"""Names of files and folders, and what is in folders; `core.store` writes."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable
from pathlib import Path

from fatf_kit.core.errors import FatfKitError


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


def is_file(path: Path) -> bool:
    """Return whether there is such a file; False for a name that cannot be one."""
    with contextlib.suppress(OSError, ValueError):
        return path.is_file()
    return False


def is_same(one: Path, other: Path) -> bool:
    """Return whether two paths are one file or folder, also through links."""
    with contextlib.suppress(OSError, ValueError):
        return one.samefile(other)
    return os.path.realpath(one) == os.path.realpath(other)
