"""Packages and old Office files that are put together by hand for the tests of spreadsheets."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Sequence
from pathlib import Path

from fatf_kit.core.problems import Problem
from fatf_kit.spreadsheets.files import parse_sheets
from fatf_kit.spreadsheets.formats.guard import check_file
from fatf_kit.spreadsheets.sheet import SheetContent


def packed(parts: dict[str, bytes]) -> bytes:
    """An archive of these parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return target.getvalue()


def old_office(streams: dict[str, bytes]) -> bytes:
    """A compound file with small streams, laid out in the simplest way."""
    entries = [("Root Entry", 5, b""), *((name, 2, content.ljust(4096, b"\0")) for name, content in streams.items())]
    sectors: list[bytes] = []
    fat: list[int] = []
    directory = b""
    for name, kind, content in entries:
        start = len(sectors) if content else 0xFFFFFFFE
        for at in range(0, len(content), 512):
            sectors.append(content[at : at + 512].ljust(512, b"\0"))
            fat.append(len(sectors) if at + 512 < len(content) else 0xFFFFFFFE)
        text = name.encode("utf-16-le") + b"\0\0"
        entry = text.ljust(64, b"\0") + struct.pack("<HBB", len(text), kind, 1) + b"\xff" * 12 + b"\0" * 36
        directory += entry + struct.pack("<III", start, len(content), 0)
    directory_at = len(sectors)
    for at in range(0, len(directory), 512):
        sectors.append(directory[at : at + 512].ljust(512, b"\0"))
        fat.append(len(sectors) if at + 512 < len(directory) else 0xFFFFFFFE)
    fat_at = len(sectors)
    fat.append(0xFFFFFFFD)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    header += struct.pack("<IIIIIIIII", 0, 1, directory_at, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<I", fat_at).ljust(436, b"\xff")
    return header + b"".join(sectors) + struct.pack(f"<{len(fat)}I", *fat).ljust(512, b"\xff")


def records(*given: tuple[int, bytes]) -> bytes:
    """A stream of records, each a kind and its body."""
    return b"".join(struct.pack("<HH", kind, len(body)) + body for kind, body in given)


def ods(rows: str, *, sheets: str = "") -> bytes:
    """An OpenDocument workbook with these rows on the sheet R.9, and other sheets behind it."""
    space = "urn:oasis:names:tc:opendocument:xmlns:"
    names = " ".join(f'xmlns:{name}="{space}{name}:1.0"' for name in ("office", "table", "text", "style"))
    body = f'<table:table table:name="R.9">{rows}</table:table>'
    content = f'<office:document-content {names} xmlns:calcext="urn:x">{body}{sheets}</office:document-content>'
    return packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": content.encode()})


def old_workbook(*cells: tuple[int, bytes], before: Sequence[tuple[int, bytes]] = ()) -> bytes:
    """An old Excel workbook with these records on the sheet R.9, and some `before` its sheets."""
    head = (0x0809, struct.pack("<HHQI", 0x600, 5, 0, 0))
    name = struct.pack("<IBBBB", 0, 0, 0, 3, 0) + b"R.9"
    start = len(records(head, (0x85, name), *before, (0x0A, b"")))
    name = struct.pack("<I", start) + name[4:]
    sheet = (0x0809, struct.pack("<HHQI", 0x600, 16, 0, 0))
    return old_office({"Workbook": records(head, (0x85, name), *before, (0x0A, b""), sheet, *cells, (0x0A, b""))})


def open_sheets(path: Path) -> list[SheetContent] | Problem:
    """Every sheet of a file, behind the guard; the Problem where it must not or cannot be read."""
    checked = check_file(path)
    return checked if isinstance(checked, Problem) else parse_sheets(checked)
