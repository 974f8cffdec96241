"""A file that people save while a run works is not written over, and one run at a time works in a folder."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from fatf_kit.assessment.folder.kept_files import keep_file
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.store import rewrite_file, work_alone
from fatf_kit.core.store.lock import WORKING

HOLDER = """
import sys
from pathlib import Path
from fatf_kit.core.store import work_alone
with work_alone(Path(sys.argv[1]), "update"):
    print("working", flush=True)
    sys.stdin.readline()
"""


@pytest.mark.parametrize("saves", [1, 2])
def test_a_file_saved_meanwhile_is_read_again(tmp_path: Path, saves: int) -> None:
    """Saved while the new content is made, it is read once more; every earlier copy is kept."""
    file = tmp_path / "decisions.xlsx"
    file.write_bytes(b"0")
    kept: list[bytes] = []

    def render() -> bytes:
        before = file.read_bytes()
        if len(kept) < saves:  # a person saves now
            file.write_bytes(b"%d" % (len(kept) + 1))
        return before + b" and more"

    assert rewrite_file(file, render, kept.append)
    assert file.read_bytes() == b"%d and more" % saves
    assert kept == [b"%d" % number for number in range(saves + 1)]


def test_a_file_that_is_saved_all_the_time_stays(tmp_path: Path) -> None:
    """After three tries the person is told to close it."""
    file = tmp_path / "laws.xlsx"
    file.write_bytes(b"")

    def render() -> bytes:
        file.write_bytes(file.read_bytes() + b".")
        return b"new"

    with pytest.raises(FatfKitError, match="is being saved by another program"):
        rewrite_file(file, render, lambda _: None)
    assert (file.read_bytes(), [path.name for path in tmp_path.iterdir()]) == (b"...", ["laws.xlsx"])


def test_the_copy_before_is_kept_before_the_new_one_is_written(tmp_path: Path) -> None:
    """A file stays as it is if its copy cannot be kept."""
    file = tmp_path / "training.xlsx"
    file.write_bytes(b"old")

    def keep(_: bytes) -> None:
        raise FatfKitError("The disk is full.")

    with pytest.raises(FatfKitError, match="disk is full"):
        rewrite_file(file, lambda: b"new", keep)
    assert file.read_bytes() == b"old"


def test_a_clock_that_is_set_back_changes_no_order(tmp_path: Path) -> None:
    """The last copy kept is the last by name, also among those of one second."""
    moments = ["2026-12-01T09:00:00+00:00", "2026-12-01T09:00:00+00:00", "2024-01-01T00:00:00+00:00"]
    for number, moment in enumerate(moments):
        keep_file(tmp_path / "a.json", b"%d" % number, moment)
    assert [path.read_bytes() for path in sorted((tmp_path / "history").iterdir())] == [b"0", b"1", b"2"]


def test_a_second_run_hears_who_works_since_when(tmp_path: Path) -> None:
    """And may work as soon as the first one ends, also if it is killed."""
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout
    assert holder.stdin
    with holder:
        assert holder.stdout.readline() == "working\n"
        with (
            pytest.raises(FatfKitError, match=r"has been working in .* since \d\d:\d\d \(fatf-kit update\)"),
            work_alone(tmp_path, "score", patience=0.1),
        ):
            pass
        holder.kill()
    with work_alone(tmp_path, "score", patience=5):
        assert "score" in (tmp_path / WORKING).read_text()
    assert not (tmp_path / WORKING).exists()
