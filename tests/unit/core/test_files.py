"""Files are written whole or not at all."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.store import (
    check_target,
    keep_private,
    make_private_folder,
    moves,
    outputs,
    protect_inputs,
    write_file,
    write_files,
    write_new,
    write_output,
)
from fatf_kit.core.store.outputs import OUTPUTS, WRITTEN


def test_missing_folders_are_made_and_no_temporary_file_remains(tmp_path: Path) -> None:
    """Missing folders are made, and no temporary file remains."""
    path = write_file(tmp_path / "a" / "b.txt", b"new")
    assert (path.read_bytes(), list(path.parent.iterdir())) == (b"new", [path])


def test_an_older_file_stays_whole_when_writing_fails(tmp_path: Path) -> None:
    """A folder in the way cannot be replaced; the message says what to do and nothing is left behind."""
    (tmp_path / "taken").mkdir()
    with pytest.raises(FatfKitError, match="cannot be written, because it is a folder"):
        write_file(tmp_path / "taken", b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


def test_a_link_stays_and_is_followed(tmp_path: Path) -> None:
    """The target of a link is written, in whatever folder it is, also when it does not exist yet."""
    (tmp_path / "real").mkdir()
    link = tmp_path / "link.txt"
    link.symlink_to(tmp_path / "real" / "a.txt")
    for content in (b"one", b"two"):
        write_file(link, content)
        assert (link.is_symlink(), (tmp_path / "real" / "a.txt").read_bytes()) == (True, content)


def test_only_files_are_replaced(tmp_path: Path) -> None:
    """A pipe is never replaced, not even through a link."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    (tmp_path / "link").symlink_to(pipe)
    for path in (pipe, tmp_path / "link"):
        with pytest.raises(FatfKitError, match="a device or a pipe"):
            write_file(path, b"x")
    assert pipe.is_fifo()


def test_permissions_are_kept(tmp_path: Path) -> None:
    """A private file stays private."""
    path = write_file(tmp_path / "a", b"1")
    path.chmod(0o640)
    assert write_file(path, b"2").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(("folder", "file"), [(0o700, 0o600), (0o755, 0o644), (0o2770, 0o660), (0o1777, 0o644)])
def test_a_new_file_is_as_private_as_its_folder(tmp_path: Path, folder: int, file: int) -> None:
    """Alone, readable by all, shared with a group, or in a folder for temporary files."""
    tmp_path.chmod(folder)
    assert write_file(tmp_path / "a", b"1").stat().st_mode & 0o777 == file


@pytest.mark.parametrize(("around", "made"), [(0o755, 0o700), (0o775, 0o775), (0o1777, 0o700)])
def test_a_new_folder_is_private_unless_a_group_works_around_it(tmp_path: Path, around: int, made: int) -> None:
    """Answers are read by those who work on them."""
    tmp_path.chmod(around)
    with make_private_folder(tmp_path / "iraq"):
        assert (tmp_path / "iraq").stat().st_mode & 0o777 == made


def test_a_new_folder_goes_where_it_cannot_be_filled(tmp_path: Path) -> None:
    """A folder that was there stays as it is."""

    def fill(folder: Path, name: str) -> None:
        with make_private_folder(folder):
            write_file(folder / name, b"1")
            raise FatfKitError("The disk is full.")

    (tmp_path / "there").mkdir()
    for name in ("new", "there"):
        with pytest.raises(FatfKitError, match="full"):
            fill(tmp_path / name, "assessment.xlsx")
    assert [path.relative_to(tmp_path).as_posix() for path in sorted(tmp_path.rglob("*"))] == [
        "there",
        "there/assessment.xlsx",
    ]


def test_leftovers_of_killed_runs_go_after_a_day(tmp_path: Path) -> None:
    """One of now stays, and so do files of other programs and of folders that nothing is written into."""
    names = {
        "charts/.fatf-kit-lx8nb54h": 100_000,
        ".fatf-kit-0123456789abcdef": 100_000,
        ".fatf-kit-sseraemc": 60,
        ".fatf-kit-my notes": 100_000,
        "photos/.fatf-kit-lx8nb54h": 100_000,
    }
    for name, age in names.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"half")
        os.utime(tmp_path / name, (time.time() - age,) * 2)
    write_files(tmp_path, {"a.txt": b"1", "charts/b.png": b"1"})
    assert [name for name in names if (tmp_path / name).exists()] == list(names)[2:]


def test_only_folders_that_are_written_into_are_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with many others, such as that of a user, is listed once and nothing within it."""
    (tmp_path / "photos" / "2019").mkdir(parents=True)
    listed: list[Path] = []

    def list_nothing(folder: Path) -> list[Path]:
        listed.append(folder)
        return []

    monkeypatch.setattr(moves, "list_inside", list_nothing)
    for name in ("a.txt", "b.txt"):
        write_file(tmp_path / name, b"1")
    assert listed == [tmp_path]


def test_an_output_is_recognised_and_a_file_of_a_person_stays(tmp_path: Path) -> None:
    """Written again while unchanged; a changed, a foreign and an equally named one stay, also without a note."""
    path = tmp_path / "plan.xlsx"
    for content in (b"1", b"2"):
        check_target(write_output(path, content))
    path.write_bytes(b"typed")
    for refuse in (lambda: check_target(path), lambda: write_output(path, b"3")):
        with pytest.raises(FatfKitError, match="already exists"):
            refuse()
    assert path.read_bytes() == b"typed"
    write_output(path, b"4", force=True)
    (tmp_path / OUTPUTS).unlink()
    with pytest.raises(FatfKitError, match="already exists"):
        write_output(path, b"5")
    assert path.read_bytes() == b"4"


def test_a_file_saved_while_an_output_is_made_stays(tmp_path: Path) -> None:
    """The file is compared with what was there before, at the last moment before the move."""
    path = write_output(tmp_path / "plan.xlsx", b"1")

    def fill(waiting: Path) -> None:
        waiting.write_bytes(b"2")
        path.write_bytes(b"typed")

    with pytest.raises(FatfKitError, match="already exists"):
        write_output(path, fill)
    assert (path.read_bytes(), {one.name for one in tmp_path.iterdir()}) == (b"typed", {"plan.xlsx", OUTPUTS})


@pytest.mark.parametrize("last", [1, 2])
def test_an_output_of_a_killed_run_is_recognised(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, last: int) -> None:
    """Killed before or after the new file has its name, the run can be repeated."""
    path = write_output(tmp_path / "a.csv", b"1")
    calls: list[Path] = []
    with monkeypatch.context() as patch:

        def record(folder: Path, *seals: object, whole: Callable[..., None] = outputs._record) -> None:
            calls.append(folder)
            if last == len(calls) == 2:
                raise KeyboardInterrupt
            whole(folder, *seals)
            if last == len(calls):
                raise KeyboardInterrupt

        patch.setattr(outputs, "_record", record)
        with pytest.raises(KeyboardInterrupt):
            write_output(path, b"2")
    assert path.read_bytes() == b"%d" % last
    assert write_output(path, b"3").read_bytes() == b"3"


def test_private_files_are_private_from_the_first_byte(tmp_path: Path) -> None:
    """Also in a folder that others read, over a file that others read, and while they are written."""
    tmp_path.chmod(0o755)
    modes: list[int] = []

    def fill(waiting: Path) -> None:
        waiting.write_bytes(b"names")
        modes.append(waiting.stat().st_mode & 0o077)

    write_file(tmp_path / "b.csv", b"1").chmod(0o644)
    with keep_private():
        for name in ("a.csv", "b.csv"):
            modes.append(write_output(tmp_path / name, fill, force=True).stat().st_mode & 0o077)
    assert modes == [0] * 4
    assert write_file(tmp_path / "c.csv", b"1").stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("name", ["file/inside.txt", "folder", "a\0b", "x" * 300, "pipe"])
def test_a_place_that_cannot_be_written_is_found_before(tmp_path: Path, name: str) -> None:
    """The check says what the writing would say."""
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(FatfKitError) as before:
        check_target(tmp_path / name)
    with pytest.raises(FatfKitError) as later:
        write_file(tmp_path / name, b"1")
    assert str(before.value).split()[-3:] == str(later.value).split()[-3:]


def test_a_read_only_file_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A read-only file is never replaced; the lock is simulated, because root may write to every file."""
    path = write_file(tmp_path / "a", b"1")
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(FatfKitError, match="read-only"):
        write_file(path, b"2")
    assert path.read_bytes() == b"1"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("x" * 300, "its name is too long"),
        ("ا" * 200, "its name is too long"),
        ("file/inside.txt", "is a file"),
        ("loop", "cannot be written"),
        ("a\0b", "not the name of a file"),
    ],
)
def test_unusable_path_is_reported(tmp_path: Path, name: str, words: str) -> None:
    """The message names the fault of an unusable path, and no temporary file remains."""
    (tmp_path / "file").write_bytes(b"here")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    with pytest.raises(FatfKitError, match=words):
        write_file(tmp_path / name, b"x")
    assert {path.name for path in tmp_path.iterdir()} == {"file", "loop"}


def test_a_name_as_long_as_the_disk_allows(tmp_path: Path) -> None:
    """The temporary name is no longer than it has to be."""
    assert write_file(tmp_path / ("x" * 255), b"x").read_bytes() == b"x"


@pytest.mark.parametrize(
    ("code", "words"), [(errno.ENOSPC, "the disk is full"), (errno.EACCES, "may not write in"), (errno.EIO, "close")]
)
def test_an_older_file_survives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, words: str) -> None:
    """An older file survives every error of the disk at the last moment."""
    path = write_file(tmp_path / "a.txt", b"old")

    def refuse(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(FatfKitError, match=f"(?i){words}"):
        write_file(path, b"new")
    assert (path.read_bytes(), list(tmp_path.iterdir())) == (b"old", [path])


def test_older_file_survives_a_killed_process(tmp_path: Path) -> None:
    """A process that is killed just before the move leaves the older file unchanged."""
    path = write_file(tmp_path / "a.txt", b"old")
    code = (
        "import os, signal, sys\nfrom pathlib import Path\nfrom fatf_kit.core.store import write_file\n"
        "Path.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        "write_file(Path(sys.argv[1]), b'new' * 100_000)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], check=False)
    assert (done.returncode, path.read_bytes()) == (-9, b"old")


def test_input_file_is_never_overwritten(tmp_path: Path) -> None:
    """An input file is never overwritten, under its own name or another one, not even with force."""
    source = write_file(tmp_path / "in.xlsx", b"x")
    (tmp_path / "soft.xlsx").symlink_to(source)
    (tmp_path / "hard.xlsx").hardlink_to(source)
    for name in ("in.xlsx", "soft.xlsx", "hard.xlsx", "sub/../in.xlsx"):
        with protect_inputs([source]), pytest.raises(FatfKitError, match="is an input file"):
            check_target(tmp_path / name, force=True)


def test_an_existing_file_needs_force(tmp_path: Path) -> None:
    """A new name passes, an old one only by force."""
    path = tmp_path / "a.xlsx"
    check_target(path)
    write_file(path, b"x")
    with pytest.raises(FatfKitError, match="--force"):
        check_target(path)
    check_target(path, force=True)


def test_a_report_replaces_itself_and_nothing_else(tmp_path: Path) -> None:
    """A rerun replaces its own files; a foreign or changed file stays, and then no file is written."""
    write_files(tmp_path, {"a.html": b"1", "charts/b.png": b"1"})
    write_files(tmp_path, {"a.html": b"2", "charts/b.png": b"2"})
    write_files(tmp_path, {"a.html": b"3"})
    write_files(tmp_path, {"a.html": b"4", "charts/b.png": b"4"})
    (tmp_path / "charts/b.png").write_bytes(b"mine")
    with pytest.raises(FatfKitError, match=r"charts/b\.png was not written by fatf-kit, or was changed since"):
        write_files(tmp_path, {"a.html": b"5", "charts/b.png": b"5"})
    assert ((tmp_path / "a.html").read_bytes(), (tmp_path / "charts/b.png").read_bytes()) == (b"4", b"mine")
    write_files(tmp_path, {"a.html": b"5", "charts/b.png": b"5"}, force=True)
    assert (tmp_path / "charts/b.png").read_bytes() == b"5"


@pytest.mark.parametrize("note", [b"", b"[]", b'{"schema": "fatf-kit/written/1", "files": {"a": [1]}}', b"\xff"])
def test_damaged_list_of_own_files_allows_no_replacement(tmp_path: Path, note: bytes) -> None:
    """No file is replaced when the list of own files is damaged."""
    (tmp_path / WRITTEN).write_bytes(note)
    (tmp_path / "a").write_bytes(b"whose")
    with pytest.raises(FatfKitError, match="was not written by fatf-kit"):
        write_files(tmp_path, {"a": b"new"})


def test_an_interrupted_report_can_be_written_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A report of which some files are new and some are old can be written again."""
    write_files(tmp_path, {"a": b"1", "b": b"1"})
    with monkeypatch.context() as patch:
        whole = Path.replace

        def stop(path: Path, target: Path) -> Path:
            if target.name == "b":
                raise KeyboardInterrupt
            return whole(path, target)

        patch.setattr(Path, "replace", stop)
        with pytest.raises(KeyboardInterrupt):
            write_files(tmp_path, {"a": b"2", "b": b"2"})
    write_files(tmp_path, {"a": b"3", "b": b"3"})
    assert [(tmp_path / name).read_bytes() for name in "ab"] == [b"3", b"3"]


def test_no_report_into_the_folder_that_is_read(tmp_path: Path) -> None:
    """Its workbook would be read as an answer the next time; nor over a workbook that was read."""
    with protect_inputs([tmp_path]), pytest.raises(FatfKitError, match="Choose another folder"):
        write_files(tmp_path, {"a": b"1"}, force=True)
    source = write_file(tmp_path / "report.xlsx", b"x")
    with protect_inputs([source]), pytest.raises(FatfKitError, match="is an input file"):
        write_files(tmp_path, {"report.xlsx": b"1"}, force=True)


def test_a_new_file_never_replaces_one(tmp_path: Path) -> None:
    """A new file gets the next free number, and no temporary file remains."""
    written = [write_new(tmp_path / "history", lambda n: f"run {n}.json", str(n).encode()) for n in range(3)]
    assert [path.name for path in written] == ["run 1.json", "run 2.json", "run 3.json"]
    assert [path.read_bytes() for path in written] == [b"0", b"1", b"2"]
    assert written == sorted((tmp_path / "history").iterdir())


def test_a_new_file_on_a_disk_without_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is renamed on a disk that has no hard links."""

    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("os.link", refuse)
    written = [write_new(tmp_path, lambda n: f"run {n}.json", b"x") for _ in range(2)]
    assert written == sorted(tmp_path.iterdir())
