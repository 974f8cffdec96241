"""Why a file cannot be written or read, in words that say what to do."""

from __future__ import annotations

import errno
from pathlib import Path

from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.files import shown_name, to_plain_text

_LONGEST_SHOWN = 40
_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}


def make_write_error(path: Path, fault: OSError) -> FatfKitError:
    """Return the error for a file that cannot be written.

    >>> import errno
    >>> print(make_write_error(Path("reports/a.xlsx"), OSError(errno.ENOSPC, "")))
    a.xlsx cannot be written, because the disk is full. Free some space or choose another place.
    """
    file, folder = shown_name(path), to_plain_text(str(path.parent))
    match fault.errno:
        case code if code in _FULL:
            return FatfKitError(
                "{file} cannot be written, because the disk is full. Free some space or choose another place.",
                file=file,
            )
        case code if code in _FORBIDDEN:
            return FatfKitError(
                "{file} cannot be written, because you may not write in {folder} or the file is open. Choose another "
                "place, or close the file in other programs.",
                file=file,
                folder=folder,
            )
        case errno.ENAMETOOLONG:
            shown = f"{file[:_LONGEST_SHOWN]}…"
            return FatfKitError(
                "{file} cannot be written, because its name is too long. Choose a shorter one.", file=shown
            )
        case errno.ENOTDIR | errno.EEXIST:
            return FatfKitError(
                "{file} cannot be written, because {folder} is a file. Choose another place.",
                file=file,
                folder=folder,
            )
        case errno.ENOENT:
            return FatfKitError(
                "{file} cannot be written, because the folder {folder} does not exist. Check its name.",
                file=file,
                folder=folder,
            )
        case errno.ELOOP:
            return FatfKitError(
                "{file} cannot be written, because it is a link to itself. Choose another place.", file=file
            )
    return FatfKitError(
        "{file} cannot be written: {why}. Close it in other programs or choose another place.",
        file=file,
        why=fault.strerror or type(fault).__name__,
    )


def make_read_error(path: Path, fault: OSError) -> FatfKitError:
    """Return the error for a file that cannot be read."""
    return FatfKitError(
        "{file} cannot be read: {why}. Close it in other programs, and start again.",
        file=shown_name(path),
        why=fault.strerror or type(fault).__name__,
    )
