"""Words struck out in an old .xls file: by the typeface of a cell's format, or of some of the words in its text.

Source: Microsoft Open Specifications, [MS-XLS] 2.4.122, 2.4.265, 2.4.353 and 2.5.293.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence, Set
from functools import cached_property

from fatf_kit.safety.limits import MAX_CELLS, SheetScan

FONT, FORMAT = 0x0031, 0x00E0
_MULRK, _LABELSST = 0x00BD, 0x00FD
_STRUCK = 0x0008
_NO_FONT = 4  # no typeface has this number: the records from there on are counted from one more
_MOST = 65_536  # typefaces and formats: their numbers have two bytes
_WIDE, _HAS_MORE, _HAS_RUNS = 0x01, 0x04, 0x08


class StruckFormats:
    """What of the formats and texts of a workbook is struck out, taken in record by record before the first sheet."""

    def __init__(self) -> None:
        self._fonts = self._formats = 0
        self._struck_fonts: set[int] = set()
        self._struck_formats: set[int] = set()
        self._texts: list[bytes] = []

    def take(self, kind: int, body: bytes) -> None:
        """A typeface, or a format of cells."""
        if kind == FONT and self._fonts < _MOST:
            if int.from_bytes(body[2:4], "little") & _STRUCK:
                self._struck_fonts.add(self._fonts + (self._fonts >= _NO_FONT))
            self._fonts += 1
        elif kind == FORMAT and self._formats < _MOST:
            if int.from_bytes(body[:2], "little") in self._struck_fonts:
                self._struck_formats.add(self._formats)
            self._formats += 1

    def take_texts(self, body: bytes, *, begins: bool) -> None:
        """A piece of the list of texts, the first one or what continues it."""
        if begins:
            self._texts.clear()
        self._texts.append(body)

    def note(self, scan: SheetScan, kind: int, body: bytes) -> None:
        """Add to the scan what is struck out of a record with one or more cells of a row.

        Raises:
            struct.error: cut short.
        """
        if not self._struck_fonts:
            return
        row, column, style = struct.unpack_from("<HHH", body)
        if kind == _MULRK:
            styles = struct.iter_unpack("<HI", body[4 : 4 + (len(body) - 6) // 6 * 6])
            struck = [at for at, (one, _) in enumerate(styles, start=column) if one in self._struck_formats]
        else:
            words = kind == _LABELSST and struct.unpack_from("<I", body, 6)[0] in self._struck_texts
            struck = [column] if words or style in self._struck_formats else []
        for at in struck:
            scan.strike(row, at)

    @cached_property
    def _struck_texts(self) -> Set[int]:
        """Numbers of the texts that have struck words in them, as far as the list can be followed."""
        return frozenset(_find_struck(_Pieces(self._texts), self._struck_fonts))


def _find_struck(pieces: _Pieces, fonts: Set[int]) -> Iterator[int]:
    try:
        count = struct.unpack("<II", pieces.take(8))[1]
        for number in range(min(count, MAX_CELLS)):  # no more can be used
            length, flags = struct.unpack("<HB", pieces.take(3))
            runs = struct.unpack("<H", pieces.take(2))[0] if flags & _HAS_RUNS else 0
            more = struct.unpack("<I", pieces.take(4))[0] if flags & _HAS_MORE else 0
            pieces.skip_text(length, wide=bool(flags & _WIDE))
            if runs and _is_struck(pieces.take(4 * runs), length, fonts):
                yield number
            pieces.skip(more)
    except EOFError:
        return


def _is_struck(runs: bytes, length: int, fonts: Set[int]) -> bool:
    """Whether any of a text of this length is in one of these typefaces; the first run may begin within it."""
    begun = list(struct.iter_unpack("<HH", runs))
    ends = [at for at, _ in begun[1:]] + [length]
    return any(font in fonts and at < min(end, length) for (at, font), end in zip(begun, ends, strict=True))


class _Pieces:
    """Bytes that go on from record to record, and a place in them.

    Raises:
        EOFError: asked for more than there is.
    """

    def __init__(self, pieces: Sequence[bytes]) -> None:
        self._pieces = pieces
        self._number = self._at = 0

    def take(self, count: int) -> bytes:
        """The next bytes."""
        found = []
        while count:
            piece = self._piece()[self._at : self._at + count]
            self._at, count = self._at + len(piece), count - len(piece)
            found.append(piece)
        return b"".join(found)

    def skip(self, count: int) -> None:
        """Pass over so many bytes."""
        while count:
            step = min(count, len(self._piece()) - self._at)
            self._at, count = self._at + step, count - step

    def skip_text(self, length: int, *, wide: bool) -> None:
        """Pass over so many characters; each further piece of a text says first how wide they are."""
        while length:
            here = len(self._pieces[self._number])
            step = min(length, (here - self._at) // (1 + wide))
            self._at, length = self._at + step * (1 + wide), length - step
            if length:
                self._at = here
                wide = bool(self.take(1)[0] & _WIDE)

    def _piece(self) -> bytes:
        """The piece in which the next byte stands."""
        while self._number < len(self._pieces):
            piece = self._pieces[self._number]
            if self._at < len(piece):
                return piece
            self._number, self._at = self._number + 1, 0
        raise EOFError
