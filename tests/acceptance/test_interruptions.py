"""Runs that are killed leave nothing half written, and what people save while a run works is never lost.

A full run kills six commands at about 100 moves of files, and saves a workbook at 30 moments of each of five commands.
A usual run tries a few of each. FATF_KIT_FULL=1 prints the figures.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from pathlib import Path

import pytest

from tests.interrupted import (
    KILLED,
    SAVERS,
    WRITERS,
    Writer,
    count_moves,
    count_typed,
    find_half_files,
    kill_at,
    list_leftovers,
    make_disputed_folder,
    save_at,
    start,
    type_into,
    wait,
)

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot copy a process")
FULL = os.environ.get("FATF_KIT_FULL") == "1"
SAVES = 30 if FULL else 2
QUICK = {"score", "laws propose", "report-in", "training", "action-plan"}
"""Writers that every test run tries; the others take longer."""


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder in which each command has something to write, and every module is loaded."""
    return make_disputed_folder(tmp_path_factory.mktemp("base") / "home")


def mark(writer: Writer) -> object:
    """Return a writer as a parameter, left for the full run unless it is quick."""
    return pytest.param(writer, id=writer.name, marks=() if writer.name in QUICK else pytest.mark.full)


def copy(base: Path, place: Path) -> Path:
    """Return a fresh copy of the folder."""
    shutil.rmtree(place, ignore_errors=True)
    return Path(shutil.copytree(base, place))


@pytest.mark.full(keep_every=3)
@pytest.mark.parametrize("writer", [mark(writer) for writer in WRITERS])
def test_a_killed_run_leaves_nothing_half_and_loses_nothing(base: Path, tmp_path: Path, writer: Writer) -> None:
    """Killed before or after each move: all files are whole, what people keep is there, and the next run repairs it."""
    kept = [path for path in base.rglob("*.xlsx") if path.parent.name in ("home", "responses")]
    before = {path.relative_to(base): path.read_bytes() for path in kept}
    if writer.book:
        typed, count = type_into((base / writer.book).read_bytes(), writer, "typed")
        assert count
        before[Path(writer.book)] = typed
    else:
        count = 0
    place = tmp_path / "home"

    def prepare() -> Path:
        home = copy(base, place)
        for name, content in before.items():
            (home / name).write_bytes(content)
        return home

    moves = count_moves(writer, prepare())
    tries = min(writer.kills if FULL else 2, 2 * moves)
    killed = swept = 0
    for number in range(tries):
        home = prepare()
        move, is_moved = 1 + number * moves // tries, bool(number % 2)
        assert kill_at(writer, home, move, is_moved=is_moved) == KILLED
        killed += 1
        assert not list(find_half_files(home)), (move, is_moved)
        for name, content in before.items():
            if name == Path(writer.book or "-"):
                assert count_typed(home / name, "typed") == count, (move, is_moved)
            elif name.parent.name == "responses" or not writer.book:
                assert (home / name).read_bytes() == content, (name, move, is_moved)
        left = list_leftovers(home)
        for path in left:
            os.utime(path, (time.time() - 200_000,) * 2)
        assert wait(start(lambda: writer.work(place))) in (0, 1), (move, is_moved)
        assert not list_leftovers(home), (move, is_moved)
        assert not list(home.rglob("*-new.*")), (move, is_moved)
        assert not list(find_half_files(home))
        if writer.book:
            assert count_typed(home / writer.book, "typed") == count
        swept += len(left)
    sys.stdout.write(f"{writer.name}: {moves} moves, {killed} kills, 0 half, 0 lost, {swept} leftovers swept" + "\n")


@pytest.mark.full(keep_every=4)
@pytest.mark.parametrize("writer", [mark(writer) for writer in SAVERS])
def test_what_is_saved_while_a_run_works_is_kept(base: Path, tmp_path: Path, writer: Writer) -> None:
    """At moments from the beginning to the end of the run: every text that was typed is in the workbook afterwards."""
    place = tmp_path / "home"
    typed, count = type_into((base / writer.book).read_bytes(), writer, "typed")
    assert count > 0
    home = copy(base, place)
    begun = time.monotonic()
    assert wait(start(lambda: writer.work(place))) in (0, 1)
    took = time.monotonic() - begun
    assert (home / writer.book).read_bytes() != (base / writer.book).read_bytes(), "the command has nothing to write"
    during = 0
    for number in range(SAVES):
        home = copy(base, place)
        is_running, code = save_at(writer, home, took * (number + 0.5) / SAVES, typed)
        assert code in (0, 1), (number, code)
        assert count_typed(home / writer.book, "typed") == count, f"lost at {number + 0.5}/{SAVES} of {took:.1f} s"
        during += is_running
    sys.stdout.write(f"{writer.name}: {SAVES} saves of {count} texts, {during} of them during the run, 0 lost" + "\n")
    assert during
