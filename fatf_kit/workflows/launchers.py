"""Files in an assessment folder that a double click starts: they run `fatf-kit update` and show what it did."""

from __future__ import annotations

import sys
from pathlib import Path

from fatf_kit.core.files import write_file

_WINDOWS = """@echo off
chcp 65001 >nul
cd /d "%~dp0"
where fatf-kit >nul 2>nul
if not errorlevel 1 (
  call fatf-kit update .
) else if exist "%LOCALAPPDATA%\\fatf-kit\\fatf-kit.bat" (
  call "%LOCALAPPDATA%\\fatf-kit\\fatf-kit.bat" update .
) else (
  {python} -P -m fatf_kit update .
)
pause
"""
"""With "call", because fatf-kit may be a batch file itself: without it the window would close at once."""

_UNIX = """#!/bin/sh
cd "$(dirname "$0")" || exit 1
if command -v fatf-kit >/dev/null 2>&1; then
  fatf-kit update .
elif [ -x "$HOME/.local/bin/fatf-kit" ]; then
  "$HOME/.local/bin/fatf-kit" update .
else
  {python} -P -m fatf_kit update .
fi
{wait}"""


def write_launchers(folder: Path) -> tuple[Path, ...]:
    """Write Update.bat, Update.command and update.sh; their contents are ASCII, so that every system can run them.

    They call the program by its name, else where the archive for machines without internet puts it, else with the
    Python of this installation.

    Raises:
        FatfKitError: a file cannot be written.
    """
    python = f'"{sys.executable}"' if sys.executable.isascii() else ""
    wait = 'printf "Press Enter to close this window. "\nread -r _\n'
    contents = {
        "Update.bat": _WINDOWS.format(python=python or "py").replace("\n", "\r\n"),
        "Update.command": _UNIX.format(python=python or "python3", wait=wait),
        "update.sh": _UNIX.format(python=python or "python3", wait=""),
    }
    files = tuple(write_file(folder / name, text.encode("ascii")) for name, text in contents.items())
    for path in files[1:]:
        path.chmod(0o755)
    return files
