"""A country's register as a file: CSV of any common encoding and separator, also packed by gzip, or Excel.

Whatever comes in, what goes on is UTF-8 CSV on disk and its header; nothing is held in memory and nothing is
interpreted here.
"""

from __future__ import annotations

import codecs
import csv
import gzip
import hashlib
import io
import re
import subprocess
import sys
import zlib
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

from fatf_kit.errors import FatfKitError
from fatf_kit.files import name_of
from fatf_kit.locale import clean
from fatf_kit.npo.sheet import SEPARATOR
from fatf_kit.npo.sql import reachable
from fatf_kit.safety.limits import MEGABYTE
from fatf_kit.safety.ordinary import why_unfit

ENCODINGS = ("utf-8", "utf-16", "cp1256", "cp1252")
DELIMITERS = (",", ";", "\t", "|")
MAX_SHEET_FILE = 300 * MEGABYTE
MAX_UNPACKED = 4096 * MEGABYTE
"""A packed register may not grow beyond this."""
_BLOCK = 4 * MEGABYTE
_HEAD = 1 * MEGABYTE
_GAP = re.compile(rb"\n\r?\n")
_NOTHING_WAITS = (b"", 0)
"""The state of a decoder between two characters."""
_WAIT = 900
_HOME = Path(__file__).resolve().parents[2]
_START = (
    "import sys; home = sys.argv.pop(1); sys.path[:0] = [] if home in sys.path else [home]; "
    "from fatf_kit.npo.sheet import main; sys.exit(main(*sys.argv[1:4]))"
)
"""Run with -P: "python -m" looks for modules in the folder where the command is typed, and so in what came by mail."""
_ARABIC_IN_1256 = frozenset(range(0xC0, 0x100)) - {
    0xD7,
    0xE0,
    0xE2,
    0xE7,
    0xE8,
    0xE9,
    0xEA,
    0xEB,
    0xEE,
    0xEF,
    0xF4,
    0xF9,
    0xFB,
    0xFC,
}
"""Bytes that are Arabic letters in cp1256; the others are French ones in both cp1256 and cp1252."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """A register ready to be read. `csv` is UTF-8 (a temporary copy where the file was not); `header` as written.

    `above` are the blank rows of a sheet over the headings, `blank` the numbers of all blank rows, in order. `sheets`
    are the titles of a workbook.
    """

    name: str
    sha256: str
    csv: Path
    delimiter: str
    header: tuple[str, ...]
    encoding: str
    above: int = 0
    blank: tuple[int, ...] = ()
    sheets: tuple[str, ...] = ()


def open_register(
    path: Path,
    folder: Path,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
) -> Register:
    """Look at a file and make it ready; copies go into `folder`, which the caller removes.

    `encoding`, `delimiter` and `sheet` are found out where they are None.

    Raises:
        FatfKitError: there is no such file, it is empty, or it cannot be read as a table.
    """
    head = _head_of(path)
    if head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return _of_workbook(path, folder, delimiter, sheet)
    if head.startswith(b"\x1f\x8b"):
        digest, *_ = _look_through(path)
        unpacked = open_register(
            _unpack(path, folder / "unpacked"), folder, encoding=encoding, delimiter=delimiter, sheet=sheet
        )
        return replace(unpacked, name=path.name, sha256=digest)
    digest, utf8, gaps = _look_through(path)
    found = encoding or _encoding_of(head, utf8)
    ready = reachable(path, folder)
    if found not in ("utf-8", "utf-8-sig"):
        ready = _recode(path, folder / "utf8.csv", found)
        gaps = True
    made = _ready(path.name, digest, ready, delimiter, found)
    return replace(made, blank=blank_rows(ready)) if gaps and len(made.header) > 1 else made


def _head_of(path: Path) -> bytes:
    if why := why_unfit(path, most=None):
        raise FatfKitError(f"{path.name} cannot be opened: {why}.")
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError as fault:
        raise FatfKitError(f"{path.name} cannot be opened: {fault.strerror}.") from fault
    if not head:
        raise FatfKitError(f"{path.name} is empty.")
    return head


def _of_workbook(path: Path, folder: Path, delimiter: str | None, sheet: str | None) -> Register:
    """A sheet of a workbook as a table; rows are counted from the top of the sheet."""
    digest, *_ = _look_through(path)
    copy = folder / "sheet.csv"
    above, sheets = _sheet(path, copy, sheet)
    blank = (*range(1, above + 1), *(above + row for row in blank_rows(copy)))
    made = _ready(path.name, digest, copy, delimiter or ",", "workbook")
    return replace(made, above=above, blank=blank, sheets=sheets)


def blank_rows(path: Path) -> tuple[int, ...]:
    """Which rows of a CSV are empty lines, counted as a spreadsheet counts: the engine passes over them in silence."""
    blank, row, inside = [], 1, False
    with path.open("rb") as file:
        for line in file:
            if not inside and not line.strip(b"\r\n"):
                blank.append(row)
            inside ^= line.count(b'"') % 2 == 1
            row += not inside
    return tuple(blank)


def _ready(name: str, digest: str, path: Path, delimiter: str | None, encoding: str) -> Register:
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        line = file.readline()
        if line.count('"') % 2:  # a heading with a line break in it
            line += file.readline()
    delimiter = delimiter or _delimiter_of(line)
    header = next(csv.reader(io.StringIO(line), delimiter=delimiter), [])
    if not any(cell.strip() for cell in header):
        raise FatfKitError(f"{name}: the first line must name the columns.")
    return Register(name=name, sha256=digest, csv=path, delimiter=delimiter, header=_named(header), encoding=encoding)


def _named(header: list[str]) -> tuple[str, ...]:
    """Headings without invisible marks; an empty one is called by its place, a repeated one gets a number."""
    seen: Counter[str] = Counter()
    names = []
    for place, cell in enumerate(header, start=1):
        name = clean(cell) or f"column {place}"
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(names)


def _delimiter_of(line: str) -> str:
    outside = "".join(line.split('"')[::2])
    return max(DELIMITERS, key=outside.count)


def _look_through(path: Path) -> tuple[str, bool, bool]:
    """Digest of the whole file, whether it is UTF-8 but for a few damaged places, and whether a line may be empty."""
    digest = hashlib.sha256()
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    utf8, gaps, last = True, False, b""
    room = bytearray(_BLOCK)  # filled again and again: new memory for every block takes longer than reading it
    with path.open("rb", buffering=0) as file:
        while count := file.readinto(room):
            block = room if count == len(room) else room[:count]
            digest.update(block)
            gaps = gaps or bool(_GAP.search(last + block[:2]) or _GAP.search(block))
            last = bytes(block[-2:])
            if utf8 and not (block.isascii() and decoder.getstate() == _NOTHING_WAITS):
                try:
                    decoder.decode(block)
                except UnicodeDecodeError:
                    utf8 = _mostly_utf8(block)
    return f"sha256:{digest.hexdigest()}", utf8, gaps


def _mostly_utf8(block: bytes | bytearray) -> bool:
    text = block.decode("utf-8", errors="replace")
    damaged = text.count("\ufffd")
    return sum(character > "\x7f" for character in text) - damaged > 10 * damaged


def _encoding_of(head: bytes, utf8: bool) -> str:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    sample = head[:4096]
    if 0 in sample:  # no other text has zero bytes
        return "utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be"
    if utf8:
        return "utf-8"
    high = [byte for byte in head if byte > 0x7F]
    arabic = sum(byte in _ARABIC_IN_1256 for byte in high)
    return "cp1256" if arabic * 2 > len(high) else "cp1252"


def _unpack(path: Path, target: Path) -> Path:
    size = 0
    try:
        with gzip.open(path) as packed, target.open("wb") as copy:
            while block := packed.read(_BLOCK):
                size += len(block)
                if size > MAX_UNPACKED:
                    raise FatfKitError(f"{path.name} unpacks to more than {MAX_UNPACKED // MEGABYTE} MB. Unpack it.")
                if size == len(block) and block.startswith(b"\x1f\x8b"):
                    raise FatfKitError(f"{path.name} is packed more than once. Unpack it.")
                copy.write(block)
    except (EOFError, gzip.BadGzipFile, zlib.error) as fault:
        raise FatfKitError(f"{path.name} is damaged and cannot be unpacked.") from fault
    return target


def _recode(path: Path, target: Path, encoding: str) -> Path:
    try:
        with (
            path.open(encoding=encoding, errors="replace", newline="") as source,
            target.open("w", encoding="utf-8", newline="") as copy,
        ):
            while text := source.read(_BLOCK):
                copy.write(text)
    except LookupError as fault:
        raise FatfKitError(f"There is no encoding {encoding!r}. Use one of: {', '.join(ENCODINGS)}.") from fault
    return target


def sheet_to_csv(path: Path, target: Path, sheet: str | None) -> Path:
    """One sheet as CSV without the blank rows at its top; blank rows further down are empty lines.

    `sheet` is a title, or several with `fatf_kit.npo.sheet.SEPARATOR` between them; None means the first with cells.

    Raises:
        FatfKitError: there is no such sheet, or the workbook cannot be read.
    """
    _sheet(path, target, sheet)
    return target


def _sheet(path: Path, target: Path, sheet: str | None) -> tuple[int, tuple[str, ...]]:
    """One sheet as CSV, read in a process of its own: a malformed workbook ends that one, and this one must go on.

    Gives how many blank rows stand at its top, and the titles of all sheets.

    Raises:
        FatfKitError: there is no such sheet, or the workbook cannot be read.
    """
    if why := why_unfit(path, MAX_SHEET_FILE):
        raise FatfKitError(f"{path.name} cannot be read: {why}. Save the register as CSV.")
    if not path.is_file():
        raise FatfKitError(f"There is no file {name_of(path)}. Check its name.")
    command = [sys.executable, "-P", "-c", _START, str(_HOME), str(path), str(target), sheet or ""]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_WAIT, check=False)  # noqa: S603 - our own module
    except subprocess.TimeoutExpired as fault:
        raise FatfKitError(f"{path.name} takes too long to read. Save the register as CSV.") from fault
    if done.returncode == 2:
        raise FatfKitError(f"{path.name}: {done.stderr.decode(errors='replace').strip()}")
    if done.returncode:
        raise FatfKitError(f"{path.name} is damaged or beyond what is read safely. Save the register as CSV.")
    above, *titles = done.stdout.decode(errors="replace").split(SEPARATOR)
    return int(above), tuple(titles)
