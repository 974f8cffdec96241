"""The fingerprint of the program: what it computes from the same files may differ where this differs."""

from __future__ import annotations

import hashlib
import os
import re
import sys
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from fatf_kit.core.resources import data_folder

LISTS = "FATF_KIT_LISTS"
"""The variable that names another table of FATF's lists."""

_NAME = re.compile(r"[\w.-]+")


@cache
def fingerprint_program() -> str:
    """Return the fingerprint of every byte of code and data of fatf-kit, and of the versions of what it uses.

    >>> fingerprint_program() == fingerprint_program()
    True
    """
    digest = hashlib.sha256(sys.version.encode())
    for folder in (Path(__file__).resolve().parents[1], data_folder("frameworks")):
        for path in sorted(folder.rglob("*")):
            if path.suffix != ".pyc" and path.is_file():
                digest.update(f"{path.relative_to(folder)} {path.stat().st_size} ".encode())
                digest.update(path.read_bytes())
    for name in sorted(_list_libraries()):
        digest.update(f"{name} {_find_version(name)} ".encode())
    if lists := os.environ.get(LISTS):
        digest.update(Path(lists).read_bytes() if Path(lists).is_file() else lists.encode())
    return digest.hexdigest()


def _list_libraries() -> set[str]:
    """Return the names of the libraries that fatf-kit uses; none where it is not installed, but run from its folder."""
    try:
        return {found[0] for line in requires("fatf-kit") or () if (found := _NAME.match(line))}
    except PackageNotFoundError:
        return set()


def _find_version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
