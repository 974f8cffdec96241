"""Within `remember_books` a workbook is read once, with the same result as if it were read each time."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from fatf_kit.assessment.workbook.schema import ANSWERS
from fatf_kit.core.resources import data_folder
from fatf_kit.laws.book import LAWS
from fatf_kit.spreadsheets import repeated_reads
from fatf_kit.spreadsheets.files import open_sheets
from fatf_kit.spreadsheets.ledger import collect_counts
from fatf_kit.spreadsheets.reader import FilledBook, read_book
from fatf_kit.spreadsheets.repeated_reads import BookMemory, remember_books

WRITTEN = data_folder("examples").parent / "tests" / "data" / "written-by-1.0.0rc1"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A filled workbook of answers."""
    return Path(shutil.copy(WRITTEN / "answers-en.xlsx", tmp_path / "fiu.xlsx"))


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are opened."""
    opened: list[str] = []

    def open_noted(path: Path) -> object:
        opened.append(path.name)
        return open_sheets(path)

    monkeypatch.setattr("fatf_kit.spreadsheets.reader.open_sheets", open_noted)
    return opened


def read_whole(path: Path) -> FilledBook:
    """Read a workbook that can be read."""
    book, problems = read_book(path, ANSWERS)
    assert book is not None
    assert problems == tuple(book.problems)
    return book


def test_the_same_bytes_are_read_once(path: Path, reads: list[str]) -> None:
    """The second book and the counts of its cells equal those of a reading without memory."""
    with collect_counts() as plain:
        expected = read_whole(path)
    with remember_books(), collect_counts() as first:
        assert read_whole(path) == expected
        with collect_counts() as second:
            again = read_whole(path)
    assert again == expected
    assert again.rows
    assert again.fields
    assert plain == first == second != []
    assert reads == [path.name] * 2


def test_what_a_feature_changes_stays_in_its_copy(path: Path) -> None:
    """Neither the first reader nor a later one changes what the next one gets."""
    expected = read_whole(path)
    with remember_books():
        for _ in range(3):
            book = read_whole(path)
            assert book == expected
            book.fields.clear()
            book.field_refs.clear()
            book.problems.clear()
            for rows in book.rows.values():
                rows.clear()
            for texts in book.hidden.values():
                texts.clear()


def test_another_content_name_or_kind_is_read(path: Path, reads: list[str]) -> None:
    """Addresses have the name of the file, and a workbook of answers is no register of laws."""
    with remember_books():
        assert {ref.file for ref in read_whole(path).field_refs.values()} == {"fiu.xlsx"}
        other = path.with_name("police.xlsx")
        shutil.copy(path, other)
        assert {ref.file for ref in read_whole(other).field_refs.values()} == {"police.xlsx"}
        assert [problem.code for problem in read_book(path, LAWS)[1]] == ["workbook-not-ours"]
        shutil.copy(WRITTEN / "answers-fr.xlsx", path)
        french = read_whole(path)
        path.write_bytes(b"")
        assert [problem.code for problem in read_book(path, ANSWERS)[1]] == ["file-empty"]
        path.unlink()
        assert [problem.code for problem in read_book(path, ANSWERS)[1]] == ["file-missing"]
    shutil.copy(WRITTEN / "answers-fr.xlsx", path)
    assert french == read_whole(path)
    assert reads == ["fiu.xlsx", "police.xlsx", *["fiu.xlsx"] * 5]


def test_outside_nothing_is_remembered(path: Path, reads: list[str]) -> None:
    """All that was remembered before is forgotten, unless the memory is handed in again."""
    memory: BookMemory[object] = BookMemory()
    for given in (None, None, memory, memory):
        with remember_books(given):
            read_whole(path)
    read_whole(path)
    assert len(reads) == 4


def test_the_book_that_was_used_longest_ago_is_forgotten(
    path: Path, reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The number of books has a limit, so that memory has one."""
    monkeypatch.setattr(repeated_reads, "MOST_BOOKS", 2)
    names = ["a.xlsx", "b.xlsx", "a.xlsx", "c.xlsx", "a.xlsx", "b.xlsx"]
    with remember_books():
        for name in names:
            shutil.copy(path, path.with_name(name))
            read_whole(path.with_name(name))
    assert reads == ["a.xlsx", "b.xlsx", "c.xlsx", "b.xlsx"]
