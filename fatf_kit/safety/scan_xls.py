"""A look at an old .xls file before any parser gets it: a small file system (CFB) with one stream of records (BIFF).

Source: Microsoft Open Specifications, [MS-CFB] and [MS-XLS].
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from fatf_kit.safety.limits import FALSE_COUNT, MAX_SHEETS, SAME_TITLE, RefusedError, SheetScan, Tally, too_large
from fatf_kit.safety.links_xls import old_formula_target, old_link
from fatf_kit.safety.margins import FOOTER, HEADER, old_margin
from fatf_kit.safety.struck_xls import FONT, FORMAT, StruckFormats

_END, _FREE = 0xFFFFFFFE, 0xFFFFFFFF
_BOF, _FILEPASS, _BOUNDSHEET, _SST, _CONTINUE = 0x0809, 0x002F, 0x0085, 0x00FC, 0x003C
_NUMBER, _RK, _MULRK, _LABEL, _LABELSST, _BOOLERR, _FORMULA, _RSTRING = (
    0x0203, 0x027E, 0x00BD, 0x0204, 0x00FD, 0x0205, 0x0006, 0x00D6,
)  # fmt: skip
_MERGEDCELLS, _DIMENSIONS = 0x00E5, 0x0200
_MOST_ROWS, _MOST_COLUMNS = 65_536, 256
_HLINK, _SHARED = 0x01B8, 0x04BC
_NOTE, _OBJ, _BOXES_AND_PICTURES = 0x001C, 0x005D, (b"\x06\x00", b"\x08\x00")
_BIFF8 = b"\x00\x06"
_SINGLE = (_NUMBER, _RK, _LABEL, _LABELSST, _BOOLERR, _FORMULA, _RSTRING)
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_LONGEST = 32_767


class CompoundFile:
    """The streams inside an old Office file by name.

    Raises:
        RefusedError: damaged.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        try:
            self._open()
        except (struct.error, IndexError, ValueError) as fault:
            raise RefusedError("file-broken", why="its inner directory cannot be read") from fault

    def _open(self) -> None:
        self._size = 1 << self._short(30)
        if self._size not in (512, 4096) or self._short(32) != 6:
            raise ValueError("odd sector sizes")
        if max(self._long(at) for at in (40, 44, 64, 72)) > len(self._data) // self._size:  # readers make room by them
            raise ValueError("more sectors than there are")
        self._fat = [entry for sector in self._fat_sectors() for entry in self._longs(sector)]
        directory = self._chain(self._long(48))
        entries = [directory[at : at + 128] for at in range(0, len(directory) - 127, 128)]
        self._streams: dict[str, tuple[int, int]] = {}
        for entry in entries:
            if entry[66]:
                name = entry[: max(0, struct.unpack_from("<H", entry, 64)[0] - 2)].decode("utf-16-le", "replace")
                start, size = struct.unpack_from("<II", entry, 116)
                if size > len(self._data):
                    raise ValueError("a stream larger than the file")
                self._streams.setdefault(name, (start, size))  # embedded objects repeat names further down
        self._mini_from = self._long(56)
        root = entries[0]
        self._mini = self._chain(struct.unpack_from("<I", root, 116)[0]) if self._long(64) else b""
        minifat = self._chain(self._long(60)) if self._long(64) else b""
        self._minifat = list(struct.unpack(f"<{len(minifat) // 4}I", minifat[: len(minifat) // 4 * 4]))

    @property
    def names(self) -> frozenset[str]:
        """Names of all streams and folders."""
        return frozenset(self._streams)

    def read(self, name: str) -> bytes:
        """The bytes of one stream."""
        start, size = self._streams[name]
        if size >= self._mini_from:
            return self._chain(start)[:size]
        pieces, seen = [], set()
        while start < len(self._minifat) and start not in seen:
            seen.add(start)
            pieces.append(self._mini[start * 64 : start * 64 + 64])
            start = self._minifat[start]
        return b"".join(pieces)[:size]

    def _fat_sectors(self) -> Iterator[int]:
        yield from (entry for entry in struct.unpack_from("<109I", self._data, 76) if entry < _END)
        sector, seen = self._long(68), set[int]()
        while sector < _END and sector not in seen:
            seen.add(sector)
            *entries, sector = self._longs(sector)
            yield from (entry for entry in entries if entry < _END)

    def _chain(self, sector: int) -> bytes:
        pieces, seen = [], set[int]()
        while sector < len(self._fat):
            if sector in seen:  # a reader would go round in it for ever
                raise RefusedError("file-broken", why="a chain of its sectors goes round in a circle")
            seen.add(sector)
            pieces.append(self._sector(sector))
            sector = self._fat[sector]
        return b"".join(pieces)

    def _sector(self, number: int) -> bytes:
        return self._data[(number + 1) * self._size : (number + 2) * self._size]

    def _longs(self, sector: int) -> tuple[int, ...]:
        return struct.unpack(f"<{self._size // 4}I", self._sector(sector))

    def _long(self, at: int) -> int:
        return int(struct.unpack_from("<I", self._data, at)[0])

    def _short(self, at: int) -> int:
        return int(struct.unpack_from("<H", self._data, at)[0])


def scan_xls(stream: bytes) -> dict[str, SheetScan]:
    """Every sheet of a workbook stream by its title.

    Raises:
        RefusedError: protected by a password, with macro sheets, beyond the limits, or damaged.
    """
    tally = Tally()
    titles: dict[int, str] = {}
    scans: dict[str, SheetScan] = {}
    scan = SheetScan()
    longest, labels, strings, promised = 0, 0, 0, 0
    in_strings = False
    struck = StruckFormats()
    try:
        for at, kind, body in _records(stream):
            in_strings = kind == _SST or (in_strings and kind == _CONTINUE)
            if in_strings:
                strings += len(body)
                longest = min(_LONGEST, longest + len(body))
                struck.take_texts(body, begins=kind == _SST)
                if kind == _SST:
                    promised = struct.unpack_from("<I", body, 4)[0]
            elif kind == _FILEPASS:
                raise RefusedError("file-encrypted")
            elif kind == _BOUNDSHEET:
                _name_sheet(titles, body, stream[4:6])
            elif kind == _DIMENSIONS and len(body) >= 14:
                _check_size(body)
            elif kind == _BOF and at in titles:
                scan = scans.setdefault(titles[at], SheetScan())
            elif kind in _SINGLE:
                row, column = struct.unpack_from("<HH", body)
                labels += kind == _LABELSST
                tally.add(scan, row, column, len(body))
                _flaw(scan, kind, body, row, column)
                struck.note(scan, kind, body)
            elif kind in (_NOTE, _OBJ, _HLINK, _SHARED, HEADER, FOOTER):
                _remark(scan, kind, body)
            elif kind == _MULRK:
                row, first = struct.unpack_from("<HH", body)
                last = struct.unpack_from("<H", body, len(body) - 2)[0]
                tally.add(scan, row, last, copies=max(1, last - first + 1))
                struck.note(scan, kind, body)
            elif kind in (FONT, FORMAT) and not scans:  # charts on sheets bring some too
                struck.take(kind, body)
            elif kind == _MERGEDCELLS:
                _merge(scan, body)
    except (struct.error, IndexError) as fault:
        raise RefusedError("file-broken", why="a record is cut short") from fault
    if promised > strings // 3:  # each takes three bytes, and a reader makes room for all of them
        raise RefusedError("file-broken", why=FALSE_COUNT)
    if len(titles) > MAX_SHEETS:
        too_large(f"{len(titles)} sheets", f"{MAX_SHEETS} sheets")
    if labels * longest > 1_000_000_000:  # the lengths of single strings cannot be told without a full parser
        too_large("too much repeated text", "1000 million characters")
    return scans


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    at = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        if kind == 0 and size == 0:  # padding after the last record
            return
        yield at, kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _name_sheet(titles: dict[int, str], body: bytes, version: bytes) -> None:
    """Add the title of a sheet by where its records begin."""
    where, _, sheet_type = struct.unpack_from("<IBB", body)
    if sheet_type == 1:
        raise RefusedError("file-macros")
    if where in titles or (version == _BIFF8 and _title(body) in titles.values()):
        raise RefusedError("file-broken", why=SAME_TITLE)
    titles[where] = _title(body)


def _title(body: bytes) -> str:
    length, wide = body[6], body[7] & 1
    return body[8 : 8 + length * (1 + wide)].decode("utf-16-le" if wide else "latin-1", "replace")


def _check_size(body: bytes) -> None:
    """What a sheet says of its size is believed by readers, who make room for it."""
    _, last_row, _, last_column = struct.unpack_from("<IIHH", body)
    if last_row > _MOST_ROWS or last_column > _MOST_COLUMNS:
        raise RefusedError("file-broken", why="a sheet says it is larger than a sheet can be")


def _merge(scan: SheetScan, body: bytes) -> None:
    for n in range(struct.unpack_from("<H", body)[0]):
        first_row, last_row, first, last = struct.unpack_from("<4H", body, 2 + 8 * n)
        scan.merge(first_row, first, last_row, last)


def _remark(scan: SheetScan, kind: int, body: bytes) -> None:
    if kind in (HEADER, FOOTER):
        scan.margins += old_margin(kind, body)
    elif kind == _NOTE:
        row, column = struct.unpack_from("<HH", body)
        scan.notes.append((row, column))
    elif kind == _HLINK:
        if (link := old_link(body)) is not None:
            scan.link(*link)
    elif kind == _SHARED:  # the formula of all these cells
        top, bottom, left, right = struct.unpack_from("<HHBB", body)
        if (address := old_formula_target(body[10:])) is not None:
            scan.link(top, left, bottom, right, address)
    else:
        scan.objects += body[4:6] in _BOXES_AND_PICTURES


def _flaw(scan: SheetScan, kind: int, body: bytes, row: int, column: int) -> None:
    code = None
    if kind == _FORMULA and (address := old_formula_target(body[22:])) is not None:
        scan.link(row, column, row, column, address)
    if kind == _BOOLERR and len(body) >= 8 and body[7]:
        code = body[6]
    elif kind == _FORMULA and body[6] == 2 and body[12:14] == b"\xff\xff":
        code = body[8]
    if code is not None:
        scan.flaw(row, column, _ERRORS.get(code, "#VALUE!"))
