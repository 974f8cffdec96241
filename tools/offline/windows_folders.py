"""Use the desktop and Documents of Windows, wherever OneDrive or a policy moved them.

    python windows_folders.py place FILE      copy a script to the desktop and print where it is
    python windows_folders.py remove NAME     remove it from there
    python windows_folders.py begin           run `fatf-kit init` in Documents

It is part of the archive for machines without internet. Its paths never pass through cmd.exe as text, because cmd.exe
changes Arabic letters in what another program prints.
"""

from __future__ import annotations

import ctypes
import os
import runpy
import shutil
import sys
from pathlib import Path

DESKTOP, DOCUMENTS = 0x10, 0x05
"""Numbers of folders in Windows: CSIDL_DESKTOPDIRECTORY and CSIDL_PERSONAL."""


def find_folder(number: int) -> Path | None:
    """Ask Windows for a folder of the user; None if it has none or the folder is gone."""
    text = ctypes.create_unicode_buffer(1024)
    answer = ctypes.windll.shell32.SHGetFolderPathW(None, number, None, 0, text)  # type: ignore[attr-defined,unused-ignore]
    return Path(text.value) if answer == 0 and text.value and Path(text.value).is_dir() else None


def place(file: Path) -> Path:
    """Copy a script to the desktop and return the copy; where that is not possible, return the script itself."""
    desktop = find_folder(DESKTOP)
    if desktop is None:
        return file
    try:
        return Path(shutil.copyfile(file, desktop / file.name))
    except OSError:
        return file


def remove(name: str) -> None:
    """Remove a script from the desktop, if it is there."""
    desktop = find_folder(DESKTOP)
    if desktop is not None:
        (desktop / name).unlink(missing_ok=True)


def begin() -> None:
    """Run `fatf-kit init` in Documents, or in the profile if there is no such folder."""
    os.chdir(find_folder(DOCUMENTS) or Path.home())
    sys.argv = ["fatf-kit", "init"]
    runpy.run_module("fatf_kit", run_name="__main__", alter_sys=True)


def main() -> None:
    """Do what the command line asks."""
    task, words = sys.argv[1], sys.argv[2:]
    if task == "place":
        print(f'To begin, double-click "{place(Path(words[0]))}"')
    elif task == "remove":
        remove(words[0])
    else:
        begin()


if __name__ == "__main__":
    main()
