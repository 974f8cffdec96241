"""Nothing is done twice: an update of a folder in which nothing has changed reads no workbook and writes nothing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from fatf_kit import FolderUpdate, folder_status, update_folder
from fatf_kit.assessment.folder.model import HISTORY, INBOX, REPORTS, RESPONSES
from fatf_kit.core.files import is_litter
from fatf_kit.core.local_names import LocalName
from fatf_kit.core.message_facts import Phrase
from fatf_kit.core.problem_values import decode_problems, encode_problems
from fatf_kit.core.problems import CellRef, make_problem
from fatf_kit.workflows import unchanged

NOW = datetime(2027, 1, 10, 9, 30)
SOURCE = Path("examples/graustark")


def update(home: Path, now: datetime = NOW) -> FolderUpdate:
    """Update a folder with the report as JSON alone."""
    return update_folder(home, now=now, formats=("json",))


def list_files(home: Path) -> dict[str, tuple[bytes, int]]:
    """Every file of a folder, with its bytes and the time of its saving."""
    return {
        path.relative_to(home).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(home.rglob("*"))
        if path.is_file() and not path.name.startswith(".fatf-kit.")
    }


@pytest.fixture(scope="module")
def updated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as its first update left it."""
    home = Path(shutil.copytree(SOURCE, tmp_path_factory.mktemp("unchanged") / "graustark"))
    update(home)
    return home


@pytest.fixture
def home(updated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy that may be changed, in which what the first update kept holds: the path counts as the same."""
    make_key = unchanged._make_key
    monkeypatch.setattr(unchanged, "_make_key", lambda _, state, day: make_key(updated, state, day))
    return Path(shutil.copytree(updated, tmp_path / "graustark"))


def test_an_unchanged_folder_is_left_as_it_is(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is read but the bytes of the files, nothing is written, and the result is that of the run before."""
    before, first = list_files(home), update(home)
    monkeypatch.setattr("fatf_kit.workflows.update.score", pytest.fail)
    monkeypatch.setattr("fatf_kit.workflows.status.score", pytest.fail)
    again = update(home, NOW + timedelta(hours=2))
    assert list_files(home) == before
    assert again.since == NOW
    assert (again.status, again.problems, again.decisions) == (first.status, first.problems, first.decisions)
    assert not again.written
    assert folder_status(home, today=NOW.date()) == first.status


def test_a_workbook_that_is_open_is_still_named(home: Path) -> None:
    """Words typed there and not saved are not read, so "nothing has changed" alone would mislead."""
    update(home)
    (home / "~$assessment.xlsx").touch()
    done = update(home)
    assert done.since == NOW
    assert done.open_files == ("assessment.xlsx",)


@pytest.mark.full(keep_every=3)
@pytest.mark.parametrize(
    "change",
    [
        lambda home: os.utime(home / RESPONSES / "fiu.xlsx", (0, 0)),
        lambda home: (home / REPORTS / "assessment.json").unlink(),
        lambda home: shutil.copy(home / RESPONSES / "fiu.xlsx", home / INBOX / "fiu (corrected).xlsx"),
        lambda home: (home / "status.html").write_text("changed", encoding="utf-8"),
        lambda home: (home / unchanged.KEPT / "update-json.json").write_text("{", encoding="utf-8"),
    ],
    ids=["saved again", "report removed", "inbox", "page changed", "cache damaged"],
)
def test_whatever_changes_is_worked_on(home: Path, change: Callable[[Path], object]) -> None:
    """The bytes and the time of saving of each file count, and so does a file that is gone."""
    (home / INBOX).mkdir(exist_ok=True)
    update(home)
    change(home)
    assert update(home).since is None


@pytest.mark.full
def test_another_day_or_program_is_a_change(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Days are counted from today, and another program may find something else in the same files."""
    assert update(home, NOW + timedelta(days=1)).since is None
    assert update(home, NOW + timedelta(days=1)).since is not None
    monkeypatch.setattr(unchanged, "fingerprint_program", lambda: "another")
    assert update(home, NOW + timedelta(days=1)).since is None


@pytest.mark.full
def test_what_is_saved_during_a_run_is_read_by_the_next(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A workbook that a person saves while the run works may not have been read, so nothing of it is kept."""
    write_status = update_folder.__globals__["write_status"]

    def save_and_write(*arguments: object) -> object:
        (home / RESPONSES / "fiu.xlsx").touch()
        return write_status(*arguments)

    monkeypatch.setattr("fatf_kit.workflows.update.write_status", save_and_write)
    (home / RESPONSES / "fiu.xlsx").touch()
    assert update(home).since is None
    monkeypatch.undo()
    assert update(home).since is None


@pytest.mark.full
def test_without_the_cache_the_same_is_written(home: Path) -> None:
    """Two runs write the same files; only history/ has one result more."""
    found = []
    for _ in range(2):
        shutil.rmtree(home / unchanged.KEPT)
        update(home)
        found.append(list_files(home))
    skipped = (HISTORY, unchanged.KEPT)
    first, second = (
        {name: content for name, (content, _) in files.items() if not name.startswith(skipped)} for files in found
    )
    assert first == second


def test_the_cache_is_no_part_of_a_folder() -> None:
    """Readers and archives leave it out by its name."""
    assert is_litter(Path(unchanged.KEPT))


def test_problems_are_kept_with_their_names_and_phrases() -> None:
    """A kept problem reads the same in each language."""
    where = CellRef(file="a.xlsx", sheet="R.1", cell=Phrase("row {row}", row=5))
    size = Phrase("{limit} MB", limit=3)
    problems = (
        make_problem("file-too-large", where, "R.1/1.1", what=size, limit=size),
        make_problem("file-missing"),
        make_problem("agency-twice", where, found=LocalName("FIU", {"fr": "CRF"}), other=NOW.date()),
    )
    kept = decode_problems(encode_problems(problems))
    assert kept == problems
    assert encode_problems(kept) == encode_problems(problems)
