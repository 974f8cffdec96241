"""The folders of bundled data (in the wheel, or next to the package in a checkout) and the version."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from fatf_kit.core.version import __version__

CURRENT_EDITION = "fatf-2022"
"""The default edition: the one under which evaluations begin now."""

_PACKAGE = Path(__file__).resolve().parents[1]


@cache
def data_folder(name: str) -> Path:
    """Return a folder of bundled data: "frameworks", "templates", "examples" or "docs".

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
    """Return the version of fatf-kit."""
    return __version__
