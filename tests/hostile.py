"""Workbooks that nobody should send, made from a good one; what is said of each."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

Parts = dict[str, bytes]
MEGABYTE = 1024 * 1024
SHEET = "xl/worksheets/sheet4.xml"  # the first one with answers, after cover, contents and summary


def build_corpus(good: bytes, folder: Path, *, size: int = 1) -> dict[str, str | None]:
    """Write every hostile file into the folder; by its name the code of the one message it deserves.

    None stands for files that look hostile and have to be read all the same. `size` 5 makes bombs of 500 MB and a
    million rows, 1 a fifth of that, which is beyond the limits too.
    """
    expected: dict[str, str | None] = {}
    for name, (code, content) in _contents(good, size).items():
        (folder / name).write_bytes(content)
        expected[name] = code
    (folder / "folder.xlsx").mkdir()
    expected["folder.xlsx"] = "nothing-to-read"
    expected["absent.xlsx"] = "file-missing"
    return expected


def _contents(good: bytes, size: int) -> Mapping[str, tuple[str | None, bytes]]:
    parts = _parts(good)
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    valued = b"".join(
        b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (row, row) for row in range(1_000, 1_000 + 200_000 * size)
    )
    nameless = b"<row><c><v>1</v></c></row>" * (200_000 * size)
    blank = b"".join(
        b'<row r="%d">%s</row>' % (row, b"".join(b'<c r="%s%d" s="1"/>' % (c, row) for c in (b"A", b"B", b"C", b"K")))
        for row in range(1_000, 1_000 + 60_000 * size)
    )
    spread = b'<row r="19999"><c r="GR19999"><v>1</v></c></row>'
    return {
        "far-cell.xlsx": ("file-too-large", _with(parts, _rows(far))),
        "blank-rows.xlsx": (None, _with(parts, _rows(blank))),
        "million-rows.xlsx": ("file-too-large", _with(parts, _rows(valued))),
        "shared-formulas.xlsx": ("file-too-large", _with(parts, _rows(_shared_formulas(80_000 * size)))),
        "million-nameless-rows.xlsx": ("file-too-large", _with(parts, _rows(nameless))),
        "false-dimension.xlsx": (None, _with(parts, {SHEET: _dimension})),
        "spread.xlsx": (
            "file-too-large",
            _with(parts, {n: _rows(spread)[SHEET] for n in parts if "worksheets/s" in n}),
        ),
        "long-text.xlsx": ("file-too-large", _with(parts, {"xl/sharedStrings.xml": partial(_long_text, size)})),
        "zip-bomb.xlsx": ("file-too-large", _zip({**parts, "xl/media/a.bin": b"\0" * (101 * MEGABYTE * size)})),
        "noise.xlsx": ("file-too-large", _zip({**parts, "a.bin": random.Random(1).randbytes(21 * MEGABYTE)})),  # noqa: S311
        "many-parts.xlsx": ("file-too-large", _zip({**parts, **{f"a/{n}.xml": b"<a/>" for n in range(3_000)}})),
        "lying-sizes.xlsx": ("file-broken", _lying(good)),
        "promised-texts.xlsx": ("file-broken", _with(parts, {"xl/sharedStrings.xml": _promised})),
        "huge-properties.xlsx": ("file-too-large", _with(parts, {"docProps/custom.xml": partial(_properties, size)})),
        "same-title.xlsx": ("file-broken", _with(parts, {"xl/workbook.xml": _same_title})),
        "many-errors.xlsx": ("file-too-large", _with(parts, _rows(_errors(4_000 * size)))),
        "many-merges.xlsx": ("file-too-large", _with(parts, {SHEET: _merges})),
        "entities.xlsx": ("file-broken", _with(parts, {SHEET: _entities})),
        "twice.xlsx": ("file-broken", _twice(good, parts)),
        "climbing-names.xlsx": ("file-broken", _zip({**parts, "../../etc/passwd": b"x"})),
        "encrypted.xlsx": ("file-encrypted", _flagged(good)),
        "macros.xlsm": ("file-macros", _zip({**parts, "xl/vbaProject.bin": b"x"})),
        "cut-short.xlsx": ("file-broken", good[: len(good) // 2]),
        "cut-short-sheet.xlsx": ("file-broken", _with(parts, {SHEET: lambda part: part[: len(part) // 2]})),
        "web-page.xlsx": ("file-foreign", b"<html><table><tr><td>R.1/1.1</td></tr></table></html>"),
        "csv.xlsx": ("file-foreign", "id;rating\nR.1/1.1;met\n".encode("utf-16")),
        "pdf.xls": ("file-foreign", b"%PDF-1.7\n"),
        "empty.xlsx": ("file-empty", b""),
        "document.xlsx": ("file-foreign", _zip({"word/document.xml": b"<a/>"})),
    }


def _parts(package: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(package)) as found:
        return {name: found.read(name) for name in found.namelist()}


def _zip(parts: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return target.getvalue()


def _with(parts: Parts, changes: Mapping[str, Callable[[bytes], bytes]]) -> bytes:
    return _zip({**parts, **{name: change(parts[name]) for name, change in changes.items()}})


def _rows(rows: bytes) -> dict[str, Callable[[bytes], bytes]]:
    return {SHEET: lambda part: part.replace(b"</sheetData>", rows + b"</sheetData>")}


def _dimension(part: bytes) -> bytes:
    return re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"', part)


def _long_text(size: int, part: bytes) -> bytes:
    """500 MB of text in half a megabyte."""
    return part.replace(b"</sst>", b"<si><t>" + b"x" * (101 * MEGABYTE * size) + b"</t></si></sst>")


def _entities(part: bytes) -> bytes:
    lines = [b'<!ENTITY a0 "ha">', *(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10))]
    start = part.index(b"<worksheet")
    return part[:start] + b"<!DOCTYPE worksheet [" + b"".join(lines) + b"]>" + part[start:]


def _promised(part: bytes) -> bytes:
    """A list of texts that says it is longer than memory."""
    return re.sub(rb'uniqueCount="[0-9]+"', b'uniqueCount="2000000000"', part)


def _properties(size: int, part: bytes) -> bytes:
    """As many properties as make a tree of hundreds of megabytes."""
    noise = random.Random(1)  # noqa: S311
    named = (b'<property name="%x"/>' % noise.getrandbits(32) for _ in range(300_000 * size))
    return part.replace(b"</Properties>", b"".join(named) + b"</Properties>")


def _same_title(part: bytes) -> bytes:
    return part.replace(b'name="Contents"', b'name="Cover"')


def _errors(count: int) -> bytes:
    cell = b'<c r="%s%d" t="e"><v>#REF!</v></c>'
    rows = range(200, 200 + count)
    return b"".join(b'<row r="%d">%s%s</row>' % (n, cell % (b"C", n), cell % (b"D", n)) for n in rows)


def _shared_formulas(count: int) -> bytes:
    """Cells by the hundred thousand that share one formula, twenty in a row."""
    cell = b'<c r="%s%d"><f t="shared" si="0"/><v>1</v></c>'
    rows = range(1_000, 1_000 + count // 10)
    return b"".join(b'<row r="%d">%s</row>' % (n, b"".join(cell % (c, n) for c in _LETTERS)) for n in rows)


_LETTERS = [bytes([65 + n]) for n in range(20)]


def _merges(part: bytes) -> bytes:
    merged = b"".join(b'<mergeCell ref="A%d:XFD%d"/>' % (row, row) for row in range(3, 50_000))
    return part.replace(b"</sheetData>", b"</sheetData><mergeCells>" + merged + b"</mergeCells>")


def _lying(package: bytes) -> bytes:
    """A directory that says every part has ten bytes."""
    changed = bytearray(package)
    at = changed.find(b"PK\1\2")
    while at >= 0:
        changed[at + 24 : at + 28] = (10).to_bytes(4, "little")
        at = changed.find(b"PK\1\2", at + 4)
    return bytes(changed)


def _flagged(package: bytes) -> bytes:
    """Every part marked as encrypted."""
    changed = bytearray(package)
    for mark, offset in ((b"PK\1\2", 8), (b"PK\3\4", 6)):
        at = changed.find(mark)
        while at >= 0:
            changed[at + offset] |= 1
            at = changed.find(mark, at + 4)
    return bytes(changed)


def _twice(package: bytes, parts: Parts) -> bytes:
    import warnings

    target = io.BytesIO(package)
    with warnings.catch_warnings(), zipfile.ZipFile(target, "a") as again:
        warnings.simplefilter("ignore")
        again.writestr(SHEET, parts[SHEET])
    return target.getvalue()
