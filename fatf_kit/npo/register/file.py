"""A country's register as a file: CSV of any common encoding and separator, also packed by gzip, or Excel.

Whatever comes in, what goes on is regular UTF-8 CSV on disk, its header, and the count of its rows; nothing is held in
memory and no cell is interpreted here.
"""

from __future__ import annotations

import codecs
import gzip
import hashlib
import shutil
import unicodedata
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from statistics import median

from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.file_limits import MEGABYTE, refusal_reason
from fatf_kit.core.files import shown_name
from fatf_kit.core.languages import clean, normalise
from fatf_kit.core.processes import run_isolated
from fatf_kit.npo.register.rows import Row, RowCounts, cell_text, check_rows, read_rows
from fatf_kit.npo.register.sheet import write_sheet
from fatf_kit.spreadsheets.formats.limits import MAX_RATIO

ENCODINGS = ("utf-8", "utf-16", "cp1256", "cp1252")
DELIMITERS = (",", ";", "\t", "|")
MAX_SHEET_FILE = 300 * MEGABYTE
MAX_SIZE = 4096 * MEGABYTE
"""Of a register in CSV, also once it is unpacked."""
MAX_COLUMNS = 4096
MAX_LINES = 20_000_000
_BLOCK = 4 * MEGABYTE
_LOOKED_AT = 30
"""So many rows at the top are looked at to find the headings."""
_TITLE = 2
"""A title has at most so many filled cells."""
_HEAD = 1 * MEGABYTE
_SAMPLE = 4096
_LAID_OUT = "\t\n\r\f\x0b\x1a\x00"
"""Control characters that texts hold; a zero byte is left to the reader of its cell."""
_NOTHING_WAITS = (b"", 0)
"""The state of a decoder between two characters."""
_SECONDS = 900
_MEMORY = 3 * 1024 * MEGABYTE
"""Seconds and bytes that a process gets that reads a workbook."""

_ARABIC_IN_1256 = frozenset(range(0xC0, 0x100)) - frozenset("×àâçèéêëîïôùûü".encode("cp1252"))
"""Bytes that are Arabic letters in cp1256; the others are French ones in both cp1256 and cp1252."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """A register ready to be read. `rows` name a regular file in UTF-8, a temporary copy where the register was not.

    `header` is as written, but a heading that stands more than once has a number, and stands in `repeated` as well.
    `above` are the blank rows of a sheet over the headings. `sheets` are the titles of a workbook.
    """

    name: str
    sha256: str
    delimiter: str
    header: tuple[str, ...]
    encoding: str
    rows: RowCounts
    repeated: tuple[str, ...] = ()
    above: int = 0
    sheets: tuple[str, ...] = ()

    @property
    def last_line(self) -> int:
        """The number of the last row, as a spreadsheet counts it."""
        return self.above + 1 + self.rows.total


def open_register(
    path: Path, folder: Path, *, encoding: str | None = None, delimiter: str | None = None, sheet: str | None = None
) -> Register:
    """Look at a file and make it ready; copies go into `folder`, which the caller removes.

    `encoding`, `delimiter` and `sheet` are found out where they are None.

    Raises:
        RegisterRefusedError: a quotation mark is not closed.
        FatfKitError: there is no such file, it is empty, past a limit, or it cannot be read as a table.
    """
    head = _head_of(path)
    if head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return _of_workbook(path, folder, delimiter, sheet)
    if head.startswith(b"\x1f\x8b"):
        digest, _ = _look_through(path)
        unpacked = open_register(
            _unpack(path, folder / "unpacked"), folder, encoding=encoding, delimiter=delimiter, sheet=sheet
        )
        return replace(unpacked, name=path.name, sha256=digest)
    _refuse_binary(path.name, head)
    digest, utf8 = _look_through(path)
    found = encoding or _encoding_of(head, utf8)
    ready = reachable(path, folder)
    old_line_ends = b"\r" in head and b"\n" not in head
    if found not in ("utf-8", "utf-8-sig") or old_line_ends:
        ready = _recode(path, folder / "utf8.csv", found, newline=None if old_line_ends else "")
    return _ready(path.name, digest, ready, folder, delimiter, found)


def _head_of(path: Path) -> bytes:
    if why := refusal_reason(path, most=MAX_SIZE):
        raise FatfKitError("{file} cannot be read: {why}.", file=path.name, why=why)
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError as fault:
        raise FatfKitError("{file} cannot be read: {why}.", file=path.name, why=fault.strerror) from fault
    if not head:
        raise FatfKitError("{file} is empty. Choose another file.", file=path.name)
    return head


def _refuse_binary(name: str, head: bytes) -> None:
    """Refuse a picture, a program or noise, whatever the name of the file is."""
    wide = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or 0 in head[:_SAMPLE]
    text = head[:_SAMPLE].decode(_encoding_of(head, utf8=False) if wide else "latin-1", errors="replace")
    odd = sum(character not in _LAID_OUT and _is_no_text(character) for character in text)
    if odd * 50 > len(text):
        raise FatfKitError(
            "{file} is not a text file, so it cannot be read as a table. Save the register as CSV.", file=name
        )


def _is_no_text(character: str) -> bool:
    """Control characters below 32, and characters without a meaning; those from 128 are letters in other encodings."""
    return character < " " or (character > "\xff" and unicodedata.category(character) in ("Cn", "Co", "Cs"))


def _of_workbook(path: Path, folder: Path, delimiter: str | None, sheet: str | None) -> Register:
    """Return a sheet of a workbook as a table; rows are counted from the top of the sheet."""
    if _is_binary_workbook(path):
        raise FatfKitError(
            "{file} is a binary Excel workbook (.xlsb). Save the register as .xlsx or CSV.", file=path.name
        )
    digest, _ = _look_through(path)
    copy = folder / "sheet.csv"
    above, sheets = sheet_to_csv(path, copy, sheet)
    return replace(_ready(path.name, digest, copy, folder, delimiter or ",", "workbook", above), sheets=sheets)


def _is_binary_workbook(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as package:
            return "xl/workbook.bin" in package.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):  # reported by the reader
        return False


def _ready(
    name: str, digest: str, path: Path, folder: Path, delimiter: str | None, encoding: str, above: int = 0
) -> Register:
    path, delimiter, skipped = _skip_titles(path, folder, name, delimiter, above)
    above += skipped
    with path.open("rb") as file:
        first = next(read_rows(file, name, delimiter.encode(), above=above))
    if first.why:
        raise FatfKitError(
            "The first row of {file} must contain the headings, but it cannot be read: {why}.",
            file=name,
            why=first.why,
        )
    cells = _split(first, delimiter)
    if not any(cell.strip() for cell in cells):
        raise FatfKitError("The first line of {file} must contain the names of the columns.", file=name)
    if len(cells) > MAX_COLUMNS:
        raise FatfKitError(
            "{file} has too many columns ({count}). Allowed: up to {limit}.",
            file=name,
            count=len(cells),
            limit=MAX_COLUMNS,
        )
    header, repeated = _named(cells)
    return Register(
        name=name,
        sha256=digest,
        delimiter=delimiter,
        header=header,
        repeated=repeated,
        encoding=encoding,
        rows=check_rows(path, folder, name, delimiter, len(header), above),
        above=above,
    )


def _skip_titles(path: Path, folder: Path, name: str, delimiter: str | None, above: int) -> tuple[Path, str, int]:
    """Return a file that begins with its headings, its separator, and how many rows above them were left out.

    Those are Excel's line `sep=;`, and titles: rows with one or two filled cells above a row that is as wide as most.
    """
    with path.open("rb") as file:
        begin = file.read(_HEAD)
        line = begin.partition(b"\n")[0].decode("utf-8-sig", errors="replace").strip().strip('"')
        skipped = 0
        if line.casefold().startswith("sep=") and len(line) == len("sep=") + 1:
            delimiter, skipped = delimiter or line[-1], 1
        delimiter = delimiter or _find_delimiter(begin)
        file.seek(0)
        rows = list(islice(read_rows(file, name, delimiter.encode(), above=above), _LOOKED_AT))
    widths = [sum(map(bool, map(str.strip, _split(row, delimiter)))) for row in rows]
    usual = median(widths[len(widths) // 2 :])
    first = next((place for place, width in enumerate(widths) if width > _TITLE and width * 2 > usual), 0)
    if usual > _TITLE and all(width <= _TITLE for width in widths[:first]):
        skipped = max(skipped, first)
    lines = sum(row.lines for row in rows[:skipped])
    return (_copy_below(path, folder / "headings-first.csv", lines) if lines else path), delimiter, skipped


def _find_delimiter(begin: bytes) -> str:
    """Return the separator of a file: that of its first line, or where that is a title, of the widest of the next."""
    lines = begin.decode(errors="replace").splitlines()[:_LOOKED_AT] or [""]
    outside = ["".join(line.split('"')[::2]) for line in lines]
    widest = {sign: max(line.count(sign) for line in outside) for sign in DELIMITERS}
    first = max(DELIMITERS, key=outside[0].count)
    return first if outside[0].count(first) >= _TITLE else max(DELIMITERS, key=widest.__getitem__)


def _split(row: Row, delimiter: str) -> list[str]:
    return [cell_text(cell) for cell in row.cells or row.text.split(delimiter.encode())]


def _copy_below(path: Path, target: Path, lines: int) -> Path:
    """Copy a file without its first lines."""
    with path.open("rb") as source, target.open("wb") as copy:
        for _ in range(lines):
            source.readline()
        shutil.copyfileobj(source, copy)
    return target


def _named(header: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Headings without invisible marks, an empty one called by its place; and those that stand more than once.

    Each of the latter gets a number, so that none is taken for the column of that name.

    >>> _named(["id", "status", "", "status"])
    (('id', 'status (1)', 'column 3', 'status (2)'), ('status',))
    """
    plain = [clean(cell) or f"column {place}" for place, cell in enumerate(header, start=1)]
    times, met = Counter(map(normalise, plain)), Counter[str]()
    names: list[str] = []
    for name in plain:
        key = normalise(name)
        met[key] += 1
        names.append(name if times[key] == 1 else f"{name} ({met[key]})")
    twice = dict.fromkeys(name for name in plain if times[normalise(name)] > 1)
    return tuple(names), tuple({normalise(name): name for name in reversed(twice)}.values())[::-1]


def _look_through(path: Path) -> tuple[str, bool]:
    """Digest of the whole file, and whether it is UTF-8 but for a few damaged places.

    Raises:
        FatfKitError: it has more lines than any register.
    """
    digest = hashlib.sha256()
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    utf8, lines = True, 0
    room = bytearray(_BLOCK)  # filled again and again: new memory for every block takes longer than reading it
    with path.open("rb", buffering=0) as file:
        while count := file.readinto(room):
            block = room if count == len(room) else room[:count]
            digest.update(block)
            lines += block.count(b"\n")
            if lines > MAX_LINES:
                raise FatfKitError(
                    "{file} has more lines than the {limit} allowed. Split it, or delete blank lines.",
                    file=path.name,
                    limit=f"{MAX_LINES:,}",
                )
            if utf8 and not (block.isascii() and decoder.getstate() == _NOTHING_WAITS):
                try:
                    decoder.decode(block)
                except UnicodeDecodeError:
                    utf8 = _mostly_utf8(block)
    return f"sha256:{digest.hexdigest()}", utf8


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
    size, most = 0, max(path.stat().st_size * MAX_RATIO, 100 * MEGABYTE)
    try:
        with gzip.open(path) as packed, target.open("wb") as copy:
            while block := packed.read(_BLOCK):
                size += len(block)
                if size > min(MAX_SIZE, most):
                    raise FatfKitError(
                        "{file} is larger than {limit} MB when unpacked. Unpack it before you use it.",
                        file=path.name,
                        limit=min(MAX_SIZE, most) // MEGABYTE,
                    )
                if size == len(block) and block.startswith(b"\x1f\x8b"):
                    raise FatfKitError("{file} is packed more than once. Unpack it before you use it.", file=path.name)
                copy.write(block)
    except (EOFError, gzip.BadGzipFile, zlib.error) as fault:
        raise FatfKitError("{file} is damaged and cannot be unpacked. Get a new copy of it.", file=path.name) from fault
    return target


def _recode(path: Path, target: Path, encoding: str, newline: str | None) -> Path:
    """Return a copy in UTF-8; `newline` is that of the file read, None where all line ends become the same."""
    try:
        with (
            path.open(encoding=encoding, errors="replace", newline=newline) as source,
            target.open("w", encoding="utf-8", newline="") as copy,
        ):
            while text := source.read(_BLOCK):
                copy.write(text)
    except LookupError as fault:
        raise FatfKitError(
            "'{found}' is not an encoding. Allowed: {names}.", found=encoding, names=ENCODINGS
        ) from fault
    return target


def sheet_to_csv(path: Path, target: Path, sheet: str | None) -> tuple[int, tuple[str, ...]]:
    """Write one sheet as CSV without the blank rows at its top; blank rows further down are empty lines.

    `sheet` is a title, or several with `SEPARATOR` of `fatf_kit.npo.register.sheet` between them; None means the first
    with cells. Gives how many blank rows stand at its top, and the titles of all sheets. The sheet is read in a process
    of its own: a malformed workbook ends that one, and this one must go on.

    Raises:
        FatfKitError: there is no such sheet, or the workbook cannot be read.
    """
    if why := refusal_reason(path, MAX_SHEET_FILE):
        raise FatfKitError("{file} cannot be read: {why}. Save the register as CSV.", file=path.name, why=why)
    if not path.is_file():
        raise FatfKitError("The file {file} does not exist. Check its name.", file=shown_name(path))
    try:
        return run_isolated(write_sheet, path, target, sheet or "", memory=_MEMORY, seconds=_SECONDS)
    except FatfKitError:
        raise
    except Exception as fault:
        if isinstance(fault, TimeoutError):
            raise FatfKitError(
                "Reading {file} was stopped after the time limit. Save the register as CSV.", file=path.name
            ) from fault
        raise FatfKitError(
            "{file} is damaged or too large to be read safely. Save the register as CSV.", file=path.name
        ) from fault


def reachable(path: Path, folder: Path) -> Path:
    """Return the file by a name that the engine takes as it is: itself, or a link (else a copy) in a scratch folder.

    The engine takes "*", "?" and "[" for a pattern of many names, and knows no names that are not UTF-8, as they come
    from a machine with another encoding.

    >>> reachable(Path("register.csv"), Path("scratch")).name
    'register.csv'
    """
    try:
        str(path).encode()
    except UnicodeEncodeError:
        pass
    else:
        if not any(sign in str(path) for sign in "*?["):
            return path
    link = folder / f"link-{sum(1 for _ in folder.iterdir())}.csv"
    try:
        link.symlink_to(path.absolute())
    except OSError:  # Windows allows links to few
        shutil.copyfile(path, link)
    return link
