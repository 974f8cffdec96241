"""A usual run leaves long tests for `make check-full`, keeps a sample of each kind, and a full run leaves none."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
JUDGED = ("tests/browser", "tests/office", "tests/packaging")
"""Folders whose tests need another program or build the package."""


def collect(full: str) -> tuple[Counter[str], int]:
    """Return how many tests each folder runs, and how many are left."""
    command = [sys.executable, "-m", "pytest", "-q", "--collect-only", "-p", "no:cacheprovider", *JUDGED]
    around = {**os.environ, "FATF_KIT_FULL": full}
    done = subprocess.run(command, cwd=ROOT, env=around, capture_output=True, text=True, encoding="utf-8", check=True)
    folders = Counter(str(Path(line.partition("::")[0]).parent) for line in done.stdout.splitlines() if "::" in line)
    left = re.search(r"^(\d+) tests were left for `make check-full`", done.stdout, re.MULTILINE)
    return folders, int(left[1]) if left else 0


@pytest.mark.full
def test_every_kind_of_judgement_keeps_a_sample() -> None:
    """Each folder runs some tests in a usual run, all of them in a full one, and the number of those left is said."""
    (usual, left), (full, none) = collect("0"), collect("1")
    assert all(0 < usual[folder] < full[folder] for folder in JUDGED)
    assert (left, none) == (sum(full.values()) - sum(usual.values()), 0)
