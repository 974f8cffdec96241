"""Readers stand spoilt files: those that once broke one, and a few new ones of every kind."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from tests.fuzz.losing import TYPED, lost, put_word
from tests.fuzz.readers import READERS, seed_of
from tests.fuzz.throw import CORPUS, fault_of

KEPT = sorted(path for path in CORPUS.iterdir() if path.suffix != ".md")


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.name)
def test_file_that_broke_a_reader_once(path: Path) -> None:
    """It is refused or told about now."""
    name = path.name.rpartition("-")[0]
    assert fault_of(name, path.read_bytes()) == ""


@pytest.mark.parametrize("name", READERS)
def test_good_and_spoilt_files(name: str) -> None:
    """The file that is spoilt can be read; the same few spoilt ones in every run break nothing."""
    reader, random = READERS[name], Random(name)  # noqa: S311 - not a secret
    assert fault_of(name, seed_of(name), refusing=False) == ""
    thrown = [fault_of(name, reader.mutate(seed_of(name), random)) for _ in range(reader.tried)]
    assert [""] * reader.tried == thrown


@pytest.mark.filterwarnings("ignore::UserWarning")  # openpyxl leaves out what it does not know
@pytest.mark.parametrize("name", TYPED)
def test_nothing_is_lost_in_silence(name: str) -> None:
    """A word anywhere in the sheets that people fill in is read, or a problem names its row."""
    random = Random(name)  # noqa: S311 - not a secret
    told = [lost(name, *put_word(seed_of(name), random, TYPED[name])) for _ in range(8)]
    assert [""] * 8 == told
