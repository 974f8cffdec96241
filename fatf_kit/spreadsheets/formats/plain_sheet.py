"""A worksheet of an .xlsx file at one look: most are written so plainly that no cell has to be asked for itself."""

from __future__ import annotations

import re

from fatf_kit.core.file_limits import MEGABYTE
from fatf_kit.spreadsheets.formats.limits import CellTally, RefusedError, SheetScan


def _rows(address: bytes) -> re.Pattern[bytes]:
    """Return a pattern for rows of cells that are blank or hold numbers, texts, or formulas with their results.

    What nearly every cell is comes first.
    """
    return re.compile(
        rb"""(?:<row\ r="[0-9]{1,7}"[^<>&'/]*+(?:/>|>
            (?:<c\ r="%s"(?:\ s="[0-9]++")?+(?:
                \ t="s"><v>[0-9]++</v></c>|/>
                |(?:\ t="[sn]")?+(?:\ ?/>|></c>|><v>[0-9.]++</v></c>)
                |(?:\ t="(?:str|b|n)")?+><f(?:\ (?:aca="false"|t="shared"|ref="[A-Z0-9:]++"|si="[0-9]++"))*+
                    (?:/>|>[^<]*+</f>)<v>[^<]++</v></c>
                |\ t="inlineStr"><is><t(?:\ xml:space="preserve")?+>[^<]*+</t></is></c>
            ))*+
        </row>))*+"""
        % address,
        re.VERBOSE,
    )


_NEAR_ROWS, _LAST_NEAR = _rows(rb"[A-Z][0-9]{1,3}"), (998, 25)  # up to Z999, whose row and column (from 0) these are
_FAR_ROWS = _rows(rb"[A-Z]{1,3}[0-9]{1,7}")
_FILLED = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"[^<>/]*+><(?:v|f|is)[ >]')
_BEGIN, _END = b"<sheetData>", b"</sheetData>"
_SMALL = MEGABYTE  # bytes, for which it makes no difference whether all of them count as characters
_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")


def scan_plain(part: bytes, tally: CellTally) -> SheetScan | None:
    """Return a sheet that shows no error and has every formula calculated; None where that is not plain.

    Shared strings are not looked up: each counts for its number. The last row and column are exact only where cells
    lie far from the first one.

    Raises:
        RefusedError: beyond the limits.
    """
    begin = part.find(_BEGIN) + len(_BEGIN)
    end = part.rfind(_END, begin)
    if end < 0 or b"sheetData" in part[: begin - len(_BEGIN)] or not part[-40:].rstrip().endswith(b"</worksheet>"):
        return None
    if part.find(b"sheetData", end + len(_END)) >= 0:
        return None
    near = _NEAR_ROWS.fullmatch(part, begin, end)
    if not (near or _FAR_ROWS.fullmatch(part, begin, end)):
        return None
    scan = SheetScan()
    if filled := part.count(b"<v>", begin, end) + part.count(b"<is>", begin, end):
        tally.add(scan, 0, 0, copies=filled - 1)
        last = _LAST_NEAR if near else _last_filled(part, begin, end)
        written_out = end - begin < _SMALL or any(part.find(mark, begin, end) >= 0 for mark in (b"<is>", b"<f"))
        tally.add(scan, *last, end - begin if written_out else 9 * filled)
    return scan


def _last_filled(part: bytes, begin: int, end: int) -> tuple[int, int]:
    """Return the last row and the last column that hold a value, from 0."""
    found = _FILLED.findall(part, begin, end)
    if not found:
        return 0, 0
    columns = {letters for letters, _ in found}
    return max(int(row) for _, row in found) - 1, max(parse_address(f"{letters.decode()}1")[1] for letters in columns)


def parse_address(reference: str) -> tuple[int, int]:
    """Return row and column from 0 of an address like "C4".

    Raises:
        RefusedError: it is none.

    >>> parse_address("C4")
    (3, 2)
    """
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        raise RefusedError("file-broken", why="a cell has no readable address")
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1
