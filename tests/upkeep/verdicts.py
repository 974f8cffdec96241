"""What became of each change of a run: kept line by line, so that a run that was broken off can be taken up.

A verdict counts for one state of the code, the data and the tests only. After any change of them it says no more than
which test to ask first.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

Key = tuple[str, str, str, str]

CONCERNED = ("fatf_kit", "frameworks", "templates", "examples", "tests")
"""Folders on which a verdict may depend."""


def state_of(root: Path, *without: Path) -> str:
    """One word for all files on which a verdict may depend."""
    told = hashlib.sha256()
    for folder in CONCERNED:
        for path in sorted((root / folder).rglob("*")):
            if path.is_file() and path.suffix != ".pyc" and path not in without:
                told.update(f"{path.relative_to(root).as_posix()}\n".encode())
                told.update(hashlib.sha256(path.read_bytes()).digest())
    return told.hexdigest()[:16]


class Verdicts:
    """By change the test that noticed it, None where none did: of this state, and of any state before."""

    def __init__(self, path: Path, state: str) -> None:
        self.path, self.state = path, state
        self.now: dict[Key, str | None] = {}
        self.earlier: dict[Key, str | None] = {}
        for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
            when, key, told = json.loads(line)
            self.earlier[tuple(key)] = told
            if when == state:
                self.now[tuple(key)] = told

    def keep(self, key: Key, told: str | None) -> None:
        """Written at once."""
        self.now[key] = told
        with self.path.open("a", encoding="utf-8") as out:
            out.write(f"{json.dumps([self.state, key, told])}\n")
