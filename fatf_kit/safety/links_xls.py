"""Addresses that cells of an old .xls file lead to: laid over them, or made by a formula.

Source: Microsoft Open Specifications, [MS-XLS] 2.5.198 and [MS-OSHARED] 2.3.7.
"""

from __future__ import annotations

import re
import struct

_URL, _FILE = bytes.fromhex("e0c9ea79f9bace118c8200aa004ba90b"), bytes.fromhex("0303000000000000c000000000000046")
_HAS_ADDRESS, _HAS_PLACE, _HAS_NAME, _HAS_FRAME, _IS_TEXT = 0x1, 0x8, 0x10, 0x80, 0x100
_MOST_UP = 50  # folders; nobody has so many
_WHOLE_PATH = re.compile(r"[A-Za-z]:|[\\/]")
_CALL = re.compile(rb"[\x22\x42\x62]([\x01\x02])\x67\x01")  # of the function with one argument, or with two
_TEXT, _BLANKS = 0x17, b"\x19\x40"
_ARGUMENTS = {0x16: 1, 0x1D: 2, 0x1E: 3, 0x1F: 9, **dict.fromkeys((0x24, 0x44, 0x64), 5)}
"""Lengths of what may stand for the words over a link besides a text: nothing, a truth, a number, a cell."""


def old_link(body: bytes) -> tuple[int, int, int, int, str] | None:
    """A link of an .xls file: rows and columns (from 0) and the address, "" where it cannot be told.

    None where it stays in the workbook, or is cut short.
    """
    try:
        top, bottom, left, right = struct.unpack_from("<4H", body)
        flags = struct.unpack_from("<I", body, 28)[0]
    except struct.error:
        return None
    if not flags & _HAS_ADDRESS:
        return None
    try:
        return top, left, bottom, right, _address(body, flags)
    except struct.error:
        return top, left, bottom, right, ""


def _address(body: bytes, flags: int) -> str:
    at = 32
    for flag in (_HAS_NAME, _HAS_FRAME):  # what is shown, and the window to open
        if flags & flag:
            at = _text(body, at)[1]
    kind = body[at : at + 16]
    if flags & _IS_TEXT:
        address, at = _text(body, at)
    elif kind == _URL:
        length = struct.unpack_from("<I", body, at + 16)[0]
        address, at = _plain(body[at + 20 : at + 20 + length]), at + 20 + length
    elif kind == _FILE:
        address, at = _path(body, at + 16)
    else:
        return ""
    place = _text(body, at)[0] if flags & _HAS_PLACE and at < len(body) else ""
    return address if not (address and place) or address.endswith(f"#{place}") else f"{address}#{place}"


def _text(body: bytes, at: int) -> tuple[str, int]:
    """A text with its length in characters before it, and where it ends."""
    end = at + 4 + 2 * int(struct.unpack_from("<I", body, at)[0])
    return _plain(body[at + 4 : end]), end


def _path(body: bytes, at: int) -> tuple[str, int]:
    """The path of a file and where it ends: in letters of one byte, then in any where those did not do."""
    up, length = struct.unpack_from("<HI", body, at)
    path = body[at + 6 : at + 6 + length].decode("cp1252", "replace").partition("\0")[0]
    at += 6 + length + 24
    more = struct.unpack_from("<I", body, at)[0]
    if more:
        length = struct.unpack_from("<I", body, at + 4)[0]
        path = _plain(body[at + 10 : at + 10 + length])
    return path if not path or _WHOLE_PATH.match(path) else "../" * min(up, _MOST_UP) + path, at + 4 + more


def _plain(raw: bytes) -> str:
    return raw.decode("utf-16-le", "replace").partition("\0")[0]


def old_formula_target(formula: bytes) -> str | None:
    r"""The address to which a formula leads, "" where it is worked out; None where it makes no link, or stays within.

    >>> old_formula_target(b"\x17\5\0a.pdf\x17\1\0x\x42\2\x67\1"), old_formula_target(b"\x1e\1\0")
    ('a.pdf', None)
    """
    if not _CALL.search(formula):
        return None
    try:
        address = _first_argument(formula)
    except (struct.error, IndexError):
        return ""
    return None if address.startswith("#") else address


def _first_argument(formula: bytes) -> str:
    """The text that alone is the first argument, where the function is the whole of the formula; "" otherwise."""
    if formula[0] != _TEXT or formula[2] > 1:  # in older files the letters follow at once
        return ""
    wide, end = bool(formula[2]), _end_of_text(formula, 0)
    at, arguments = _after_blanks(formula, end), 1
    if not _CALL.fullmatch(formula, at):
        at, arguments = at + _ARGUMENTS.get(formula[at], 0), 2
        at = _after_blanks(formula, _end_of_text(formula, at) if formula[at] == _TEXT else at)
    call = _CALL.fullmatch(formula, at)
    if call is None or call[1][0] != arguments:
        return ""
    return formula[3:end].decode("utf-16-le" if wide else "latin-1", "replace").strip()


def _end_of_text(formula: bytes, at: int) -> int:
    return at + 3 + formula[at + 1] * (2 if formula[at + 2] & 1 else 1)


def _after_blanks(formula: bytes, at: int) -> int:
    """The place behind notes on blanks that somebody typed."""
    while formula.startswith(_BLANKS, at):
        at += 4
    return at
