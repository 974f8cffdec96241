"""Compare a folder with the list SHA256SUMS in it: python check_files.py FOLDER.

It is part of the archive for machines without internet, and needs nothing but Python. The installers run it on the copy
that they made. The exit code is 0 only if every listed file is there and unchanged.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

NOT_COPIED = {"Install.bat", "install.sh"}
"""The installers stay in the archive."""
_SHOWN = 5


def find_faults(folder: Path) -> Iterator[str]:
    """Yield a line for each listed file that is missing or changed."""
    for line in (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
        digest, _, name = line.partition("  ")
        if name in NOT_COPIED:
            continue
        try:
            content = _open_path(folder / name).read_bytes()
        except OSError as fault:
            yield f"{name}: {fault.strerror}"
            continue
        if hashlib.sha256(content).hexdigest() != digest:
            yield f"{name}: changed"


def _open_path(path: Path) -> Path:
    r"""Return a path that Windows opens at any length; without the prefix it ends at 260 characters."""
    full = str(path.resolve())
    return Path(f"\\\\?\\{full}") if sys.platform == "win32" and not full.startswith("\\\\") else path


def main() -> int:
    """Print the faults of the folder that the command line names."""
    faults = list(find_faults(Path(sys.argv[1])))
    for fault in faults[:_SHOWN]:
        print(fault)
    if len(faults) > _SHOWN:
        print(f"and {len(faults) - _SHOWN} more")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
