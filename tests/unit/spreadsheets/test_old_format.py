"""Workbooks in the old format (.xls) are read in a separate process, and unread parts are reported once."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from fatf_kit.core.problems import Problem
from fatf_kit.spreadsheets import files
from fatf_kit.spreadsheets.annotations import list_annotations
from fatf_kit.spreadsheets.fingerprints import PrintedCells
from fatf_kit.spreadsheets.formats import limits
from fatf_kit.spreadsheets.formats.limits import UNREADABLE
from fatf_kit.spreadsheets.sheet import SheetContent
from tests.unit.spreadsheets.packing import old_office, old_workbook, open_sheets, records

BOF = (0x0809, struct.pack("<HHQI", 0x600, 5, 0, 0))
END = (0x0A, b"")
SST, DIMENSIONS, MERGEDCELLS, FORMULA, FILEPASS = 0xFC, 0x200, 0xE5, 0x06, 0x2F
MANY_MERGED = MERGEDCELLS, struct.pack("<H", 500) + b"\0" * 4_000


def number(row: int, column: int, value: float = 3.0) -> tuple[int, bytes]:
    """Return a cell with a number."""
    return 0x0203, struct.pack("<HHHd", row, column, 0, value)


def error(row: int, column: int) -> tuple[int, bytes]:
    """Return a cell that shows #REF!."""
    return 0x0205, struct.pack("<HHHBB", row, column, 0, 0x17, 1)


def listing(*titles: bytes, kind: int = 0) -> bytes:
    """A workbook with sheets of these titles, all of one kind and with the same cells."""
    begin = len(records(BOF)) + sum(4 + 8 + len(title) for title in titles) + len(records(END))
    names = ((0x85, struct.pack("<IBBBB", begin, 0, kind, len(title), 0) + title) for title in titles)
    sheet = (0x0809, struct.pack("<HHQI", 0x600, 16, 0, 0))
    return old_office({"Workbook": records(BOF, *names, END, sheet, number(0, 0), END)})


def opened(folder: Path, content: bytes) -> list[SheetContent] | Problem:
    """Return the sheets of a file with this content."""
    path = folder / "answers.xls"
    path.write_bytes(content)
    return open_sheets(path)


def test_values_and_merged_cells_are_read(tmp_path: Path) -> None:
    """Values and merged cells are read as in any other format."""
    merges = struct.pack("<H4H4H", 2, 2, 4, 2, 2, 0, 1, 0, 26)
    sheets = opened(tmp_path, old_workbook(number(0, 1), (MERGEDCELLS, merges)))
    assert isinstance(sheets, list), sheets
    (sheet,) = sheets
    assert (sheet.title, sheet.grid) == ("R.9", [["", 3.0]])
    assert sheet.scan.merges == [(2, 2, 4, 2), (0, 0, 1, 26)]


def test_one_warning_on_unread_errors_and_objects(tmp_path: Path) -> None:
    """One warning reports that errors and objects are not read in the old format."""
    sheets = opened(tmp_path, old_workbook(number(0, 0), error(1, 1)))
    assert isinstance(sheets, list), sheets
    assert sheets[0].grid == [[3.0, ""], ["", ""]]
    (warning,) = list_annotations([*sheets, *sheets], [], PrintedCells(sheets))
    assert (warning.code, warning.ref.file if warning.ref else "") == ("file-values-only", "answers.xls")
    assert "cells that show an error count as blank" in warning.text


@pytest.mark.parametrize(
    ("content", "code", "text"),
    [
        (old_workbook(number(40_000, 0)), "file-too-large", "a value in row 40001"),
        (old_workbook(number(0, 200)), "file-too-large", "a value in column 201"),
        (old_workbook(*[MANY_MERGED] * 5), "file-too-large", "too many merged cells"),
        (listing(b"M", kind=1), "file-macros", ""),
        (old_office({"Workbook": b"", "_VBA_PROJECT_CUR": b"x"}), "file-macros", ""),
        (listing(b"A", b"A"), "file-broken", limits.SAME_TITLE),
        (old_office({"Workbook": records(BOF, (FILEPASS, b"\1\0\1\0" + b"\0" * 48))}), "file-encrypted", ""),
        (old_office({"EncryptedPackage": b"x", "EncryptionInfo": b"x"}), "file-encrypted", ""),
        (old_workbook((0x0203, b"\0")), "file-broken", UNREADABLE),
        (old_workbook((FORMULA, b"\0" * 6)), "file-broken", UNREADABLE),
        (old_workbook()[:700], "file-broken", "its inner directory cannot be read"),
    ],
)  # fmt: skip
def test_refused_workbooks_get_their_own_message(tmp_path: Path, content: bytes, code: str, text: str) -> None:
    """Each refused workbook gets its own message."""
    problem = opened(tmp_path, content)
    assert isinstance(problem, Problem), problem
    assert (code, True) == (problem.code, text in problem.text)


def _circle() -> bytes:
    good = old_office({"Workbook": records((0x0809, b"\0" * 16))})
    at = 512 + struct.unpack_from("<I", good, 76)[0] * 512  # the table that says which sector comes next
    return good[: at + 4] + struct.pack("<I", 0) + good[at + 8 :]  # the second of the stream is followed by its first


def _sectors(at: int) -> bytes:
    good = old_workbook(number(0, 0))
    return good[:at] + struct.pack("<I", 0x7FFFFFFF) + good[at + 4 :]


@pytest.mark.parametrize(
    "content",
    [
        old_workbook(number(0, 0), before=[(SST, struct.pack("<II", 5, 2_000_000_000) + b"\1\0\0x")]),
        old_workbook((DIMENSIONS, struct.pack("<IIHHH", 0, 2**31, 0, 60_000, 0)), number(0, 0)),
        _circle(),
        *map(_sectors, (40, 44, 64, 72)),
    ],
)
def test_false_sizes_end_only_the_separate_process(tmp_path: Path, content: bytes) -> None:
    """False counts, false sizes and circular sectors are read or reported as damage."""
    found = opened(tmp_path, content)
    assert isinstance(found, list) or (found.code == "file-broken" and UNREADABLE in found.text)


def test_crash_of_the_parser_is_reported_as_a_damaged_file(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """The parser's crash message is not shown, because it may quote the file."""
    content = old_workbook((DIMENSIONS, struct.pack("<IIHHH", 0, 2**31, 0, 60_000, 0)), number(0, 0))
    problem = opened(tmp_path, content)
    assert isinstance(problem, Problem)
    assert (problem.code, capfd.readouterr().err) == ("file-broken", "")


def test_a_parser_that_takes_too_long_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A parser that does not end is stopped."""
    monkeypatch.setattr(files, "_SECONDS", 0)
    problem = opened(tmp_path, old_workbook(number(0, 0)))
    assert isinstance(problem, Problem)
    assert problem.code == "file-broken"
