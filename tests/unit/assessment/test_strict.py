"""A whole workbook in Excel's Strict Open XML, with days as ISO 8601, reads like the usual one."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

from fatf_kit.assessment.workbook.reader import read_workbook
from tests.unit.assessment.reading import values_of

_NAMESPACES = {
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    b"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties": (
        b"http://purl.oclc.org/ooxml/officeDocument/customProperties"
    ),
    b"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties": (
        b"http://purl.oclc.org/ooxml/officeDocument/extendedProperties"
    ),
    b"http://schemas.openxmlformats.org/officeDocument/2006/": b"http://purl.oclc.org/ooxml/officeDocument/",
    b"http://schemas.openxmlformats.org/drawingml/2006/main": b"http://purl.oclc.org/ooxml/drawingml/main",
}
"""Namespaces of the usual form, each with that of the Strict one."""

DAYS = {43617: b"2019-06-01", 46418: b"2027-01-31T00:00:00", 46465: b"2027-03-19"}
"""Days of the filled copy as Excel counts them, and as a Strict workbook may write them."""


def make_strict(part: bytes) -> bytes:
    """Return a part of a workbook under the namespaces of the Strict form."""
    if not re.match(rb"\s*<", part):
        return part
    for usual, strict in _NAMESPACES.items():
        part = part.replace(usual, strict)
    return part


def test_strict_workbooks_with_days_as_text(repacked: Callable[..., Path], filled: Path) -> None:
    """Rows, register, cover and stamp are read, and no problem is reported."""
    counted = 0

    def edit(name: str, part: bytes) -> bytes:
        nonlocal counted
        if name.startswith("xl/worksheets/sheet"):
            for number, text in DAYS.items():
                cell = rb'<c r="([A-Z]+\d+)" s="(\d+)"><v>%d</v></c>' % number
                part, found = re.subn(cell, rb'<c r="\1" s="\2" t="d"><v>%s</v></c>' % text, part)
                counted += found
        return make_strict(part).replace(b"<workbook ", b'<workbook conformance="strict" ')

    usual, _ = read_workbook(filled)
    strict, problems = read_workbook(repacked(edit))
    assert usual is not None
    assert strict is not None
    assert (problems, counted) == ((), 4)
    assert values_of(usual.rows) == values_of(strict.rows)
    assert values_of(usual.evidence) == values_of(strict.evidence)
    assert (usual.cover, usual.stamp) == (strict.cover, strict.stamp)
    assert strict.cover["cut_off"] == date(2027, 3, 19)
