"""Workbooks that are open elsewhere, by the marks that spreadsheet programs leave next to them."""

from __future__ import annotations

from pathlib import Path

import pytest

from fatf_kit.assessment.folder.open_workbooks import find_open_workbooks


def make_excel_mark(name: str) -> bytes:
    """Make the mark of Excel: length and name in 55 bytes, then length and name in UTF-16, 165 bytes in all."""
    ansi = name.encode("cp1256", "replace")
    wide = name.encode("utf-16-le")
    head = bytes([len(ansi)]) + ansi.ljust(54)
    return (head + len(name).to_bytes(2, "little") + wide).ljust(165, b" ")


@pytest.mark.parametrize(
    ("file", "content", "shown"),
    [
        ("~$plan.xlsx", make_excel_mark("Layla Hassan"), "plan.xlsx (Layla Hassan)"),
        ("~$plan.xlsx", make_excel_mark("ليلى حسن"), "plan.xlsx (ليلى حسن)"),
        ("~$plan.xlsx", b"", "plan.xlsx"),
        ("~$plan.xlsx", b"\xff" * 165, "plan.xlsx"),
        ("~$plan.xlsx", b"\x05Layla", "plan.xlsx"),
        (".~lock.plan.xlsx#", "ليلى,lh,pc-7,01.12.2026 09:12,file:///x;".encode(), "plan.xlsx (ليلى)"),
        (".~lock.plan.xlsx#", b",lh,pc-7,01.12.2026 09:12,file:///x;", "plan.xlsx (lh)"),
        (".~lock.plan.xlsx#", b"", "plan.xlsx"),
        (".~lock.plan.xlsx#", b"\x1b[31mred,x", "plan.xlsx ([31mred)"),
    ],
)
def test_a_mark_says_who_has_a_workbook_open(tmp_path: Path, file: str, content: bytes, shown: str) -> None:
    """A mark that is empty, cut off or not from these programs names nobody, and the workbook is still named."""
    (tmp_path / file).write_bytes(content)
    assert list(find_open_workbooks([tmp_path])) == [shown]


def test_a_mark_that_is_a_folder_names_no_one(tmp_path: Path) -> None:
    """Nothing that lies in the folder stops a run."""
    (tmp_path / "~$plan.xlsx").mkdir()
    assert list(find_open_workbooks([tmp_path])) == ["plan.xlsx"]
