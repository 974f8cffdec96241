"""Files that are written together are there all or not at all, and a run that fails leaves no part of its outputs."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.store import (
    Content,
    is_own_output,
    keep_private,
    protect_inputs,
    undo_on_failure,
    write_file,
    write_files,
    write_output,
    write_outputs,
)
from fatf_kit.core.store.outputs import OUTPUTS, WRITTEN


def fail(_: Path) -> None:
    """Fill no file, as where the disk is full."""
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("write", [write_files, write_outputs])
def test_where_one_file_fails_none_is_written(tmp_path: Path, write: object) -> None:
    """Neither files nor folders nor a note are there, and an earlier file has its content."""
    assert callable(write)
    contents: dict[str, Content] = {"a.csv": b"1", "charts/b.csv": fail}
    with pytest.raises(FatfKitError, match=r"b\.csv cannot be written, because the disk is full"):
        write(tmp_path / "new", contents)
    assert not (tmp_path / "new").exists()
    write(tmp_path, {"a.csv": b"0"})
    with pytest.raises(FatfKitError, match="the disk is full"):
        write(tmp_path, contents)
    names = {path.name for path in tmp_path.iterdir()} - {WRITTEN, OUTPUTS}
    assert ((tmp_path / "a.csv").read_bytes(), names) == (b"0", {"a.csv"})


def test_where_one_file_is_open_the_new_ones_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file cannot get its name: the new ones before it go, and those that were replaced are known as own outputs."""
    write_files(tmp_path, {"old": b"1", "open": b"1"})
    with monkeypatch.context() as patch:

        def replace(path: Path, target: Path, whole: object = Path.replace) -> Path:
            if target.name == "open":
                raise PermissionError(errno.EACCES, "in use")
            assert callable(whole)
            return Path(whole(path, target))

        patch.setattr(Path, "replace", replace)
        with pytest.raises(FatfKitError, match="open cannot be written"):
            write_files(tmp_path, {"old": b"2", "charts/new": b"2", "open": b"2"})
    assert sorted(path.name for path in tmp_path.iterdir()) == [WRITTEN, "old", "open"]
    assert is_own_output(tmp_path / "old")
    assert is_own_output(tmp_path / "open")
    write_files(tmp_path, {"old": b"3", "charts/new": b"3", "open": b"3"})


def test_a_run_that_fails_removes_what_it_began(tmp_path: Path) -> None:
    """New files and folders go, with their lines in the notes; what was there, or was changed since, stays."""
    write_output(tmp_path / "plan.xlsx", b"1")
    (tmp_path / "empty").mkdir()

    def run() -> None:
        write_output(tmp_path / "plan.xlsx", b"2")
        write_files(tmp_path / "out" / "report", {"a.html": b"1", "charts/b.png": b"1"})
        with undo_on_failure():  # a function of the library within a command
            write_outputs(tmp_path / "empty", {"c.csv": b"1", "d.csv": b"1"})
        (tmp_path / "empty" / "d.csv").write_bytes(b"typed")
        raise FatfKitError("The disk is full.")

    with pytest.raises(FatfKitError, match="full"), undo_on_failure():
        run()
    left = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")}
    assert left == {OUTPUTS, "plan.xlsx", "empty", "empty/d.csv"}
    assert is_own_output(tmp_path / "plan.xlsx")
    assert not is_own_output(tmp_path / "empty" / "d.csv")


def test_outputs_stay_where_only_the_result_cannot_be_printed(tmp_path: Path) -> None:
    """A closed terminal is an OSError; the files are whole."""

    def run() -> None:
        write_output(tmp_path / "a.html", b"1")
        raise BrokenPipeError

    with pytest.raises(BrokenPipeError), undo_on_failure():
        run()
    assert is_own_output(tmp_path / "a.html")


def test_what_a_run_reads_is_not_replaced_by_force(tmp_path: Path) -> None:
    """Files that are protected are inputs of every writing within, and no folder of reports is made among them."""
    source = write_file(tmp_path / "decisions.xlsx", b"typed")
    with protect_inputs([source, tmp_path]):
        with pytest.raises(FatfKitError, match="is an input file"):
            write_output(source, b"1", force=True)
        with pytest.raises(FatfKitError, match="Choose another folder"):
            write_files(tmp_path, {"report.html": b"1"}, force=True)
    write_output(source, b"1", force=True)
    assert source.read_bytes() == b"1"


def test_a_private_block_stays_private_within(tmp_path: Path) -> None:
    """A document that is for everybody does not open the folder of one that is not."""
    tmp_path.chmod(0o755)
    with keep_private(), keep_private(is_needed=False):
        assert write_file(tmp_path / "a", b"").stat().st_mode & 0o077 == 0
    with keep_private(is_needed=False):
        assert write_file(tmp_path / "b", b"").stat().st_mode & 0o777 == 0o644


def test_a_note_says_what_it_is_for(tmp_path: Path) -> None:
    """Somebody who finds the hidden file reads in it why it is there."""
    write_output(tmp_path / "plan.xlsx", b"1")
    assert "recognises its own files by this list" in (tmp_path / OUTPUTS).read_text("utf-8")
