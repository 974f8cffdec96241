"""The guard in front of every parser: is this a workbook at all, and is it safe to read?

A single cell at XFD1048576 ends the whole process inside a spreadsheet parser, and half a megabyte can unpack to
gigabytes. So the bytes are looked at first, counted while unpacking, and what was looked at is then handed on.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

from fatf_kit.core.file_limits import MEGABYTE
from fatf_kit.core.files import is_remote, shown_name
from fatf_kit.core.message_facts import Phrase
from fatf_kit.core.problems import CellRef, Problem, make_problem
from fatf_kit.spreadsheets.formats import limits
from fatf_kit.spreadsheets.formats.limits import RefusedError, SheetScan, refuse_size
from fatf_kit.spreadsheets.formats.part_xml import find_root
from fatf_kit.spreadsheets.formats.scan_ods import has_scripts, read_ods_properties, scan_ods
from fatf_kit.spreadsheets.formats.scan_xlsx import read_xlsx_properties, scan_xlsx

NO_PERMISSION = "you have no permission to read it, or another program has it open"
_ZIP, _CFB = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SIGNATURES = (
    (b"%PDF", "a PDF"),
    (b"{\\rtf", "a text document (RTF)"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"Rar!", "an archive"),
    (b"7z\xbc\xaf", "an archive"),
    (b"\x1f\x8b", "an archive"),
)
_PACKAGES = (
    ("word/", "a Word document"),
    ("ppt/", "a presentation"),
    ("Index/Document.iwa", "an Apple Numbers document"),
    ("xl/workbook.bin", "a binary Excel workbook (.xlsb)"),
)
_BINARY = "xl/workbook.bin"
_PASSWORD = re.compile(rb"\x09\x08(?:\x08\0.{8}|\x10\0.{16})(?:\x86\0\0\0)?\x2f\0", re.DOTALL)
"""The records that an old workbook with a password begins with. Source: [MS-XLS] 2.4.21, 2.4.117."""

_ENTRY = 128  # bytes of an entry in the directory of an old Office file
_OLD_DOCUMENTS = {
    "WordDocument": "a Word document",
    "PowerPoint Document": "a presentation",
    "__properties_version1.0": "an e-mail",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedFile:
    """A file that may be parsed: its bytes as `data` to hand to the parser, and what the scan saw.

    `sheets` has every sheet with cells by title; `properties` are the custom document properties, `saved` is when
    a program last saved it by what it says itself, None where it does not. Where the file
    `is_old` (.xls) both are empty: its cells were not looked at, so that it may be parsed in a process of its own only.
    """

    name: str
    data: bytes
    sha256: str
    sheets: Mapping[str, SheetScan]
    properties: Mapping[str, str]
    saved: datetime | None = None
    is_old: bool = False


def find_refusal(path: Path) -> Problem | None:
    """Return why a file cannot be read, or None where it can.

    >>> find_refusal(Path("no-such-file.xlsx")).code
    'file-missing'
    """
    checked = check_file(path)
    return checked if isinstance(checked, Problem) else None


def check_file(path: Path) -> CheckedFile | Problem:
    """Look at a file without parsing it as a workbook; a Problem where it must not be parsed."""
    try:
        return _check(path)
    except RefusedError as refusal:
        return make_problem(refusal.code, CellRef(file=shown_name(path)), None, **refusal.facts)
    except MemoryError:
        return make_problem(
            "file-too-large",
            CellRef(file=shown_name(path)),
            what="it does not fit into memory",
            limit="the memory of this computer",
        )


def check_package(path: Path) -> Problem | None:
    """Return why an .xlsx package must not be opened: size, names, password, macros, bombs.

    Its cells are not checked.

    For readers that bound rows and columns themselves and may meet a filled cell far away.
    """
    try:
        data = _bytes_of(path)
        if not data.startswith(_ZIP):
            raise RefusedError("file-encrypted" if data.startswith(_CFB) else "file-foreign", what=_what_is(data))
        if _BINARY in _unpack(data):
            raise RefusedError("file-foreign", what=dict(_PACKAGES)[_BINARY])
    except RefusedError as refusal:
        return make_problem(refusal.code, CellRef(file=shown_name(path)), None, **refusal.facts)
    return None


def _check(path: Path) -> CheckedFile:
    data = _bytes_of(path)
    sheets: dict[str, SheetScan] = {}
    properties: dict[str, str] = {}
    saved: datetime | None = None
    is_old = data.startswith(_CFB)
    if data.startswith(_ZIP):
        parts = _unpack(data)
        sheets, properties = _check_package(parts)
        saved = read_saved_time(parts.get("docProps/core.xml") or parts.get("meta.xml"))
    elif is_old:
        _check_old(data)
    else:
        raise RefusedError("file-foreign", what=_what_is(data))
    return CheckedFile(
        name=shown_name(path),
        data=data,
        sha256=hashlib.sha256(data).hexdigest(),
        sheets=MappingProxyType(sheets),
        properties=MappingProxyType(properties),
        saved=saved,
        is_old=is_old,
    )


def _bytes_of(path: Path) -> bytes:
    if is_remote(path):
        raise RefusedError("file-network")
    try:
        if path.is_dir():
            raise RefusedError("file-unreadable", why="it is a folder")
        if path.exists() and not path.is_file():
            raise RefusedError("file-unreadable", why="it is not an ordinary file")
        with path.open("rb") as file:
            data = file.read(limits.MAX_FILE + 1)
    except FileNotFoundError:
        raise RefusedError("file-missing") from None
    except PermissionError as fault:  # Windows says the same of a file that another program has locked
        raise RefusedError("file-unreadable", why=NO_PERMISSION) from fault
    except OSError as fault:
        raise RefusedError("file-unreadable", why=(fault.strerror or "unknown reason").lower()) from fault
    except ValueError as fault:  # a name with a null in it
        raise RefusedError("file-missing") from fault
    if not data:
        raise RefusedError("file-empty")
    if len(data) > limits.MAX_FILE:
        most = limits.MAX_FILE // MEGABYTE
        refuse_size(Phrase("more than {limit} MB", limit=most), Phrase("{limit} MB", limit=most))
    return data


def _check_package(parts: Mapping[str, bytes]) -> tuple[dict[str, SheetScan], dict[str, str]]:
    names = list(parts)
    lower = [name.lower() for name in names]
    types = parts.get("[Content_Types].xml", b"").lower()
    if any("vbaproject" in name or name.startswith("xl/macrosheets/") for name in lower) or b"vbaproject" in types:
        raise RefusedError("file-macros")
    roots = {name: find_root(part) for name, part in parts.items()}
    if "xl/workbook.xml" in parts:
        return scan_xlsx(parts, roots), read_xlsx_properties(parts.get("docProps/custom.xml"))
    mimetype = parts.get("mimetype", b"").decode("ascii", "replace")
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise RefusedError("file-encrypted")
    if "opendocument.spreadsheet" in mimetype and "content.xml" in parts:
        if has_scripts(names):
            raise RefusedError("file-macros")
        return scan_ods(parts["content.xml"], parts.get("styles.xml", b"")), read_ods_properties(parts.get("meta.xml"))
    if "opendocument" in mimetype:
        raise RefusedError("file-foreign", what="an OpenDocument file of another kind")
    kinds = (what for mark, what in _PACKAGES if any(name.startswith(mark) for name in names))
    raise RefusedError("file-foreign", what=next(kinds, "an archive"))


def _unpack(data: bytes) -> dict[str, bytes]:
    """Return every part of the package by name, counted while it is unpacked: a directory may lie about sizes."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entries = package.infolist()
            _check_names(package, entries)
            parts: dict[str, bytes] = {}
            total = 0
            for entry in entries:
                with package.open(entry) as part:
                    content = part.read(limits.MAX_PART + 1)
                total += len(content)
                if len(content) > limits.MAX_PART:
                    refuse_size(
                        "a part of it is too large when unpacked",
                        Phrase("{limit} MB", limit=limits.MAX_PART // MEGABYTE),
                    )
                if total > limits.MAX_UNPACKED:
                    refuse_size(
                        "it is too large when unpacked", Phrase("{limit} MB", limit=limits.MAX_UNPACKED // MEGABYTE)
                    )
                if len(content) > max(limits.RATIO_FROM, limits.MAX_RATIO * entry.compress_size):
                    refuse_size(
                        "a part of it is compressed too strongly",
                        Phrase("{limit} times its packed size", limit=limits.MAX_RATIO),
                    )
                parts[entry.filename] = content
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as fault:
        raise RefusedError("file-broken", why="it cannot be unpacked") from fault
    except RuntimeError as fault:  # zipfile's word for a password
        raise RefusedError("file-encrypted") from fault
    return parts


def _check_names(package: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > limits.MAX_PARTS:
        refuse_size(Phrase("{limit} parts", limit=len(entries)), Phrase("{limit} parts", limit=limits.MAX_PARTS))
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise RefusedError("file-encrypted")
    names = [entry.orig_filename for entry in entries]
    odd = any(
        name.startswith(("/", "\\")) or ".." in name.split("/") or "\\" in name or ":" in name or not name.isprintable()
        for name in names
    )
    if odd or len({name.lower() for name in names}) < len(names) or package.comment:
        raise RefusedError("file-broken", why="the names of its parts are invalid or occur twice")
    if min((entry.header_offset for entry in entries), default=0):
        raise RefusedError("file-broken", why="there is data before its first part")


def _check_old(data: bytes) -> None:
    """Refuse an old Office file that is no workbook, or has a password or macros, by the names in its directory."""
    if _has_stream(data, "EncryptedPackage") or _PASSWORD.search(data):
        raise RefusedError("file-encrypted")
    if any(_has_stream(data, name) for name in ("_VBA_PROJECT_CUR", "_VBA_PROJECT", "VBA")):
        raise RefusedError("file-macros")
    if not _has_stream(data, "Root Entry"):
        raise RefusedError("file-broken", why="its inner directory cannot be read")
    if not any(_has_stream(data, name) for name in ("Workbook", "Book")):
        kinds = (what for name, what in _OLD_DOCUMENTS.items() if _has_stream(data, name))
        raise RefusedError("file-foreign", what=next(kinds, "an old Office file"))


def _has_stream(data: bytes, name: str) -> bool:
    """Return whether an entry of the directory has this name. Entries begin at multiples of their size.

    Source: Microsoft Open Specifications, [MS-CFB] 2.6.1.
    """
    entry = name.encode("utf-16-le").ljust(64, b"\0")
    at = data.find(entry)
    while at >= 0 and at % _ENTRY:
        at = data.find(entry, at + 1)
    return at >= 0


def _what_is(data: bytes) -> str:
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            return what
    head = data[:4096]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "a text or CSV file"
    text = head.decode("utf-8", "ignore").lstrip("\ufeff \r\n\t").lower()
    if text.startswith(("<!doctype html", "<html", "<table", "<meta", "<head")):
        return "a web page (HTML)"
    if text.startswith("<?xml"):
        return "an XML file"
    if b"\0" not in head:
        return "a text or CSV file"
    return "a file of an unknown kind"


_SAVED = re.compile(rb"<(?:\w+:)?(?:modified|date)(?:\s[^<>]*)?>\s*([0-9T:.+Z-]{10,40})\s*<")
_CREATED = re.compile(rb"<(?:\w+:)?(?:created|creation-date)(?:\s[^<>]*)?>\s*([0-9T:.+Z-]{10,40})\s*<")


def read_saved_time(part: bytes | None) -> datetime | None:
    """Return when a workbook was last saved, else when it was made, from its docProps/core.xml or meta.xml.

    None where it says neither. A time without a zone is taken as UTC.

    >>> read_saved_time(b"<dcterms:modified xsi:type='dcterms:W3CDTF'>2026-05-12T08:30:00Z</dcterms:modified>")
    datetime.datetime(2026, 5, 12, 8, 30, tzinfo=datetime.timezone.utc)
    >>> read_saved_time(b"<dc:date>2026-05-12T08:30:00.123456789</dc:date>").day
    12
    >>> read_saved_time(b"<dc:date>soon</dc:date>") is None
    True
    """
    for pattern in (_SAVED, _CREATED):
        if found := pattern.search(part or b""):
            text = re.sub(r"(\.\d{6})\d+", r"\1", found[1].decode("ascii"))
            try:
                moment = datetime.fromisoformat(text)
            except ValueError:
                continue
            return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    return None
