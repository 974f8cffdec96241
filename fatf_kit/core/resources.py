"""Where the bundled data lives (inside the wheel, or beside the package in a checkout), and which version this is."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from fatf_kit.core.version import __version__

CURRENT_EDITION = "fatf-2022"
"""The edition that is meant where nobody says which: the one under which evaluations begin now."""

_PACKAGE = Path(__file__).resolve().parents[1]


@cache
def data_folder(name: str) -> Path:
    """Folder of bundled data: "frameworks", "templates" or "examples".

    A missing folder means a broken installation and raises FileNotFoundError.

    >>> (data_folder("frameworks") / "fatf-2022" / "edition.json").is_file()
    True
    """
    for base in (_PACKAGE / "_data", _PACKAGE.parent):
        folder = base / name
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"fatf-kit's own data folder {name!r} is missing; install the package again.")


def tool_version() -> str:
    """The version of fatf-kit that is running."""
    return __version__
