"""Readers read or refuse damaged files: those that once broke one, and a few new ones of every kind."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from tests.conftest import IS_FULL_RUN
from tools.fuzz.lost_words import FILLED_SHEETS, find_lost_word, put_word
from tools.fuzz.run import CORPUS, find_fault
from tools.fuzz.targets import TARGETS, good_input

KEPT = sorted(path for path in CORPUS.iterdir() if path.suffix != ".md")


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.name)
def test_file_that_broke_a_reader_once(path: Path) -> None:
    """The file is now refused or read with problems."""
    name = path.name.rpartition("-")[0]
    assert find_fault(name, path.read_bytes()) == ""


@pytest.mark.full(keep_every=2)
@pytest.mark.parametrize("name", TARGETS)
def test_good_and_damaged_files(name: str) -> None:
    """The good file can be read, and the same damaged file in every run breaks no reader; a full run has a few."""
    target, random = TARGETS[name], Random(name)  # noqa: S311 - not a secret
    assert find_fault(name, good_input(name), may_refuse=False) == ""
    count = target.test_inputs if IS_FULL_RUN else 1
    faults = [find_fault(name, target.damage(good_input(name), random)) for _ in range(count)]
    assert faults == [""] * count


@pytest.mark.filterwarnings("ignore::UserWarning")  # openpyxl leaves out what it does not know
@pytest.mark.parametrize("name", FILLED_SHEETS)
def test_no_typed_word_is_lost(name: str) -> None:
    """A word typed anywhere into the sheets that people fill in is read, or a problem names its row."""
    count = 8 if IS_FULL_RUN else 3
    random = Random(name)  # noqa: S311 - not a secret
    lost = [find_lost_word(name, *put_word(good_input(name), random, FILLED_SHEETS[name])) for _ in range(count)]
    assert lost == [""] * count
