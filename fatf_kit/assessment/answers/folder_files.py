"""Files in a folder are workbooks to read, litter of office programs and systems, or files to be reported.

Every file is one of these three. What people send instead of a workbook differs from office to office, so a file is
reported unless it is known to hold nothing, never the other way round.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from fatf_kit.core.files import is_folder, is_litter, shown_name
from fatf_kit.core.problems import CellRef, Problem, make_problem
from fatf_kit.core.store import read_written_files
from fatf_kit.core.store.outputs import WRITTEN
from fatf_kit.spreadsheets.formats.guard import NO_PERMISSION, find_refusal

WORKBOOK_SUFFIXES = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".ods")
OTHER_TABLES = (".xlsb", ".xlt", ".ots", ".fods", ".numbers")
"""Ends of the names of workbooks that no reader here opens."""

KINDS = {
    "files-scans": ".jpg .jpeg .jpe .jfif .png .tif .tiff .heic .heif .bmp .gif .webp .svg .djvu .jp2 .avif .dng",
    "files-locked": ".p7m .p7s .p7c .p7b .gpg .pgp .asc .sig .aes .age .cms .enc .asice .asics .sce .axx .kdbx .tsr",
    "files-packed": ".zip .rar .7z .gz .tgz .tar .bz2 .xz .zst .lz .cab .arj .iso .jar .lzh .z",
    "files-office": " ".join(OTHER_TABLES)
    + " .csv .tsv .tab .dif .slk .sxc .prn .wk1 .wks .wb2 .et .ett .wps .wpt .dps .gsheet .gdoc .gslides"
    " .pages .key .one .pptx .ppt .pps .ppsx .odp .pub .vsd .vsdx .accdb .mdb .odb .dbf .mpp .sav .sas7bdat .parquet"
    " .sqlite .db .xlam .xla .xll",
    "files-cut": ".part .partial .crdownload .download .opdownload .tmp .temp .filepart .!ut .000 .001 .002",
    "files-letters": ".docx .doc .docm .dotx .dot .odt .ott .fodt .rtf .pdf .eml .msg .emlx .mbox .txt .md .tex .log"
    " .html .htm .xhtml .mht .mhtml .xml .json .yaml .yml .xps .oxps .ps .eps .epub .webloc .url .lnk .mp3 .m4a .wav"
    " .ogg .opus .mp4 .mov .avi .vcf .ics",
}
"""Ends of names by the code of what is reported of them; a file with any other end is looked into."""

_KIND_OF = {suffix: code for code, suffixes in KINDS.items() for suffix in suffixes.split()}
_UNKNOWN = "files-unknown"
_BY_FAULT = {"file-broken": "files-cut", "file-encrypted": "files-locked", "file-empty": "files-cut"}
_BY_CONTENT = (
    ("archive", "files-packed"),
    ("picture", "files-scans"),
    ("PDF", "files-letters"),
    ("document", "files-letters"),
)
_MOST_NAMES = 10


def list_workbooks(paths: Iterable[Path], problems: list[Problem]) -> Iterator[Path]:
    """Yield files as they are given, and the workbooks in folders in the order of their names, whatever these are.

    Folders within folders are not read; a note names each that has workbooks. Everything else in a folder but litter
    is reported by name, one Problem for each kind of file.
    """
    for path in paths:
        if not is_folder(path):
            yield path  # a missing or foreign file gets its message from the reader
            continue
        where = CellRef(file=shown_name(path))
        try:
            inside = sorted(path.iterdir(), key=lambda entry: entry.name)
        except OSError:
            problems.append(make_problem("file-unreadable", where, why=NO_PERMISSION))
            continue
        ours = read_written_files(path) if any(entry.name == WRITTEN for entry in inside) else {}
        books: list[Path] = []
        others: list[tuple[str, Path]] = []
        for entry in inside:
            if entry.is_dir():
                problems += _folder_inside(entry)
            elif is_workbook(entry):
                books.append(entry)
            elif not is_litter(entry) and entry.name not in ours:
                others.append((_kind_of(entry), entry))
        problems += _left_out(others, where)
        if not books:
            problems.append(make_problem("nothing-to-read", where))
        yield from books


def is_workbook(path: Path) -> bool:
    """Return whether to read a file: by the end of its name, so that a damaged one is reported, or by its content."""
    if is_litter(path):
        return False
    if path.suffix.lower() in WORKBOOK_SUFFIXES:
        return True
    return path.is_file() and find_refusal(path) is None


def _folder_inside(folder: Path) -> Iterator[Problem]:
    """Yield a note where files in a folder or in those within it are named like workbooks. Links are not followed."""
    names = (name for _, _, files in os.walk(folder) for name in files if not is_litter(Path(name)))
    if count := sum(name.lower().endswith((*WORKBOOK_SUFFIXES, *OTHER_TABLES)) for name in names):
        yield make_problem("folder-inside", CellRef(file=folder.name), count=count)


def _kind_of(path: Path) -> str:
    """Return the code for a file that is no workbook, by the end of its name, else by what the guard says of it."""
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if suffixes and (known := _KIND_OF.get(suffixes[-1])):
        return known
    if not path.is_file():
        return _UNKNOWN
    fault = find_refusal(path)
    what = dict(fault.facts).get("what", "") if fault else ""
    by_content = next((code for word, code in _BY_CONTENT if word in what), _UNKNOWN)
    if fault and fault.code in _BY_FAULT:
        return _BY_FAULT[fault.code]
    return "files-cut" if not set(suffixes).isdisjoint(WORKBOOK_SUFFIXES) else by_content


def _left_out(files: Sequence[tuple[str, Path]], where: CellRef) -> Iterator[Problem]:
    """Yield one Problem for each kind of file, with the names of all that are of it, or of the first hundred."""
    for code in (*KINDS, _UNKNOWN):
        names = [str(CellRef(file=shown_name(path))) for kind, path in files if kind == code]
        if names:
            shown = names[:_MOST_NAMES] + (["…"] if len(names) > _MOST_NAMES else [])
            yield make_problem(code, where, count=len(names), names=", ".join(shown))
