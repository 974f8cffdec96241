"""Files that are no register, or exceed a limit, give one message and an exit code. FATF_KIT_FULL=1: in full size."""

from __future__ import annotations

import gzip
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from fatf_kit.cli.main import main
from fatf_kit.npo.functions import npo_check, npo_classify
from fatf_kit.npo.register import file as register
from fatf_kit.npo.register.file import open_register
from tests.unit.npo.small_register import AS_OF, read

FULL = os.environ.get("FATF_KIT_FULL") == "1"
NOISE = Random(19).randbytes  # noqa: S311 - the same in every run
HEADER = b"npo_id,legal_form,status\n"


def noise(path: Path) -> None:
    """Write 300 kB of random bytes."""
    path.write_bytes(NOISE(300_000))


def noise_without_zeros(path: Path) -> None:
    """Write 300 kB of random bytes that cannot be taken for UTF-16."""
    path.write_bytes(NOISE(300_000).replace(b"\0", b"\1"))


def picture(path: Path) -> None:
    """Write a picture under another name."""
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + NOISE(50_000))


def long_heading(path: Path) -> None:
    """Write one line of 80 MB."""
    path.write_bytes(b"x" * (80_000_000 if FULL else 2_000_000))


def many_columns(path: Path) -> None:
    """Write a million columns, or as many as stay below the limit of one row."""
    path.write_bytes(b",".join(b"c%d" % n for n in range(1_000_000 if FULL else 100_000)) + b"\n1\n")


def open_quotation(path: Path) -> None:
    """Write 20,000,000 lines in one open quotation."""
    path.write_bytes(HEADER + b'RU-1,"x\n' + b"\n" * ((20_000_000 if FULL else 200_000) - 9))


def long_quotation(path: Path) -> None:
    """Write an open quotation in one line."""
    path.write_bytes(HEADER + b'RU-1,"' + b"x" * (40_000_000 if FULL else 3_000_000) + b"\nRU-2\n")


def many_lines(path: Path) -> None:
    """Write more lines than any register has."""
    path.write_bytes(HEADER + b"\n" * (register.MAX_LINES + 1))


def huge_file(path: Path) -> None:
    """Write a file of 5 GB, of which nearly all is a hole."""
    with path.open("wb") as file:
        file.write(HEADER)
        file.truncate(5 * 1024**3)


def bomb(path: Path) -> None:
    """Write 100 kB that become 120 MB."""
    path.write_bytes(gzip.compress(HEADER + b"0" * 120_000_000))


def binary_workbook(path: Path) -> None:
    """Write an .xlsb workbook."""
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("xl/workbook.bin", b"\x83\x01\x00")


REFUSED: tuple[tuple[Callable[[Path], None], str], ...] = (
    (noise, "is not a text file"),
    (noise_without_zeros, "is not a text file"),
    (picture, "is not a text file"),
    (long_heading, "it is too long"),
    (many_columns, "it is too long" if FULL else "too many columns (100000)"),
    (open_quotation, "row 2, cell 2: a quotation mark in this cell is not closed"),
    (long_quotation, "row 2: a quotation mark in this cell is not closed"),
    (many_lines, "more lines than the 20,000,000 allowed"),
    (huge_file, "it is larger than 4096 MB"),
    (bomb, "larger than 100 MB when unpacked"),
    (binary_workbook, "binary Excel workbook (.xlsb)"),
)


@pytest.mark.full(keep_every=4)
@pytest.mark.parametrize("verb", ["check", "classify"])
@pytest.mark.parametrize(("make", "message"), REFUSED, ids=lambda given: getattr(given, "__name__", ""))
def test_unreadable_register_ends_in_one_message(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], verb: str, make: Callable[[Path], None], message: str
) -> None:
    """The command ends with a message in plain words, without a traceback, and with an exit code of failure."""
    path = tmp_path / "register.csv"
    make(path)
    with pytest.raises(SystemExit) as stopped:
        main(
            ["npo", verb, str(path), *(("-o", str(tmp_path / "out"), "--report", "none") if verb == "classify" else ())]
        )
    err = capsys.readouterr().err
    assert message in err
    assert "fault of its own" not in err
    assert stopped.value.code in (1, 3)
    assert sum("register.csv" in line for line in err.splitlines()) == 1


def test_a_row_of_80_mb_is_one_rejected_row(tmp_path: Path) -> None:
    """A row of 80 MB is rejected, and the other rows are classified."""
    path = tmp_path / "r.csv"
    path.write_bytes(
        HEADER + b"RU-1,club,active\n" + b"x" * (80_000_000 if FULL else 3_000_000) + b"\nRU-2,club,active\n"
    )
    counts = npo_classify(path, tmp_path / "out", as_of=AS_OF).result.register
    assert (counts.rows, counts.registered, counts.rejected) == (3, 2, 1)
    assert [row["line"] for row in read(tmp_path / "out" / "classified.csv")] == ["2", "4"]
    assert (tmp_path / "out" / "rejected.csv").stat().st_size < 1200


def test_line_ends_of_an_old_mac(tmp_path: Path) -> None:
    """A file that knows no other line ends is read."""
    (tmp_path / "r.csv").write_bytes(b'npo_id,status\r1,active\r2,"act\rive"\r')
    opened = open_register(tmp_path / "r.csv", tmp_path)
    assert (opened.rows.total, opened.rows.read) == (2, 2)


def test_register_numbers_that_excel_cut_are_named(tmp_path: Path) -> None:
    """Rows rejected as repeated are explained by their cause."""
    path = tmp_path / "r.csv"
    path.write_text("npo_id,name\n" + "".join(f"1.23457E+11,Club {number}\n" for number in range(9)), encoding="utf-8")
    problems = npo_check(path)
    found = next(problem for problem in problems if problem.code == "npo-ids-cut")
    assert dict(found.facts) == {"found": "1.23457E+11", "count": "9"}
