"""Files that must never reach a parser are refused, each with its own message."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from fatf_kit.core.file_limits import MEGABYTE
from fatf_kit.core.problems import Problem
from fatf_kit.spreadsheets.formats import limits
from fatf_kit.spreadsheets.formats.guard import CheckedFile, check_file, find_refusal
from tests.unit.spreadsheets.packing import ods, old_office, packed, records

SHEET = "xl/worksheets/sheet5.xml"  # R.9 in the small template
BOMB = b"<x>" + b" " * (3 * MEGABYTE) + b"</x>"
Repack = Callable[..., Path]


def _code(path: Path) -> str | None:
    problem = find_refusal(path)
    return problem.code if problem else None


def _refused(path: Path) -> Problem:
    problem = find_refusal(path)
    assert problem is not None
    return problem


def _write(folder: Path, content: bytes, name: str = "answers.xlsx") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_a_template_passes_with_its_sheets_and_properties(filled: Path) -> None:
    """A template passes; its last cells and properties are known."""
    checked = check_file(filled)
    assert isinstance(checked, CheckedFile)
    assert hashlib.sha256(filled.read_bytes()).hexdigest() == checked.sha256
    assert (checked.sheets["R.9"].last_row, checked.sheets["R.9"].last_column) >= (2, 10)
    assert checked.properties["fatf-kit edition"] == "fatf-2022"


def test_something_in_front_of_a_package_is_refused(filled: Path, tmp_path: Path) -> None:
    """Data in front of a package is refused, because another reader might find other parts there."""
    problem = _refused(_write(tmp_path, b"PK\x03\x04 and something in front" + filled.read_bytes()))
    assert (problem.code, "there is data before its first part" in problem.text) == ("file-broken", True)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7\n", "a PDF"),
        (b"<!DOCTYPE html><html><table>", "a web page"),
        (b"\xef\xbb\xbf\n<html>", "a web page"),
        (b"id;rating\r\nR.1/1.1;met\r\n", "a text or CSV file"),
        ("id,تقييم".encode("cp1256"), "a text or CSV file"),
        ("id,rating".encode("utf-16"), "a text or CSV file"),
        (b'<?xml version="1.0"?><Workbook/>', "an XML file"),
        (b"{\\rtf1", "a text document"),
        (b"\x89PNG\r\n", "a picture"),
        (b"\0\1\2\3", "of an unknown kind"),
        (packed({"word/document.xml": b"<w/>"}), "a Word document"),
        (packed({"ppt/presentation.xml": b"<p/>"}), "a presentation"),
        (packed({"xl/workbook.bin": b"\0"}), "a binary Excel workbook"),
        (packed({"mimetype": b"application/vnd.oasis.opendocument.text"}), "OpenDocument file of another kind"),
        (packed({"readme.txt": b"x"}), "an archive"),
        (old_office({"WordDocument": b"x"}), "a Word document"),
        (old_office({"Data": b"x"}), "an old Office file"),
    ],
)
def test_foreign_files_are_named(tmp_path: Path, content: bytes, kind: str) -> None:
    """The message on a file of another kind names its real kind, whatever its name."""
    problem = _refused(_write(tmp_path, content))
    assert problem.code == "file-foreign"
    assert kind in problem.text


def test_files_that_are_not_there_or_not_files(tmp_path: Path) -> None:
    """A missing file, an empty file and a folder are refused."""
    assert _code(tmp_path / "none.xlsx") == "file-missing"
    assert _code(_write(tmp_path, b"")) == "file-empty"
    assert _code(tmp_path) == "file-unreadable"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    """A pipe is refused, because reading it would never end."""
    os.mkfifo(tmp_path / "pipe.xlsx")
    assert _code(tmp_path / "pipe.xlsx") == "file-unreadable"


def test_a_file_without_permission_is_unreadable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message names both causes: no permission, or another program has the file open."""
    path = _write(tmp_path, b"PK")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    problem = _refused(path)
    assert problem.code == "file-unreadable"
    assert "you have no permission to read it, or another program has it open" in problem.text


@pytest.mark.parametrize("share", [0.02, 0.3, 0.9, 0.999])
def test_a_file_cut_short_is_broken(filled: Path, tmp_path: Path, share: float) -> None:
    """A file that is cut short is refused as broken."""
    content = filled.read_bytes()
    assert _code(_write(tmp_path, content[: int(len(content) * share)])) == "file-broken"


def test_a_flipped_byte_is_broken_or_harmless(filled: Path, tmp_path: Path) -> None:
    """A changed byte is found by the checksums of the package or does no harm."""
    content = bytearray(filled.read_bytes())
    for at in range(200, len(content) - 3_000, 997):
        damaged = bytes(content[:at]) + bytes([content[at] ^ 0xFF]) + bytes(content[at + 1 :])
        assert _code(_write(tmp_path, damaged)) in ("file-broken", None)


def test_encrypted_workbooks(filled: Path, tmp_path: Path) -> None:
    """New, old and OpenDocument workbooks and packages with a password are refused as encrypted."""
    assert _code(_write(tmp_path, old_office({"EncryptedPackage": b"x", "EncryptionInfo": b"x"}))) == "file-encrypted"
    old = old_office({"Workbook": records((0x0809, b"\0" * 16), (0x2F, b"\0"))})
    assert _code(_write(tmp_path, old)) == "file-encrypted"
    manifest = b"<manifest><encryption-data/></manifest>"
    mimetype = b"application/vnd.oasis.opendocument.spreadsheet"
    locked = packed({"mimetype": mimetype, "META-INF/manifest.xml": manifest, "content.xml": b"\x93\x11"})
    assert _code(_write(tmp_path, locked)) == "file-encrypted"
    flagged = bytearray(filled.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        flagged[flagged.index(mark) + offset] |= 1
    assert _code(_write(tmp_path, bytes(flagged))) == "file-encrypted"


def test_macros_are_never_opened(repacked: Repack, tmp_path: Path) -> None:
    """A workbook with macros is refused in every format."""
    keep = lambda _name, part: part  # noqa: E731 - shorter than a function
    assert _code(repacked(keep, {"xl/vbaProject.bin": b"x"})) == "file-macros"
    assert _code(repacked(keep, {"xl/macrosheets/sheet1.xml": b"<x/>"})) == "file-macros"
    assert _code(_write(tmp_path, old_office({"Workbook": b"", "_VBA_PROJECT_CUR": b"x"}))) == "file-macros"
    mimetype = b"application/vnd.oasis.opendocument.spreadsheet"
    basic = {"mimetype": mimetype, "content.xml": b"<x/>", "Basic/Standard/Module1.xml": b"<x/>"}
    assert _code(_write(tmp_path, packed(basic))) == "file-macros"
    listed = {"mimetype": mimetype, "content.xml": b"<x/>", "Basic/script-lc.xml": b"<x/>"}
    assert _code(_write(tmp_path, packed(listed))) is None


def _with_cells(cells: bytes) -> Callable[[str, bytes], bytes]:
    return lambda name, part: part.replace(b"</sheetData>", cells + b"</sheetData>") if name == SHEET else part


@pytest.mark.parametrize(
    "cells",
    [
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        b"<row r='20001'><c r='A20001' t='str'><v>x</v></c></row>",
        b'<row r="4"><c r="GS4"><f>1+1</f></c></row>',
        b'<row r="1048576"><c><v>1</v></c></row>',
        b'<x:row xmlns:x="urn:any" r="4"><x:c r="A30000"><x:v>1</x:v></x:c></x:row>',
    ],
)
def test_values_far_away_are_refused(repacked: Repack, cells: bytes) -> None:
    """A value far outside the table is refused, because it would crash the parser."""
    problem = _refused(repacked(_with_cells(cells)))
    assert problem.code == "file-too-large"


@pytest.mark.parametrize(
    "cells",
    [
        b'<row r="1048576" s="1"><c r="XFD1048576" s="1"/></row>',
        b"".join(b'<row r="%d"><c r="A%d" s="1"/></row>' % (n, n) for n in range(100, 30_000)),
        b'<row r="20000"><c r="GR20000"><v>1</v></c></row>',
    ],
)
def test_formatted_blank_rows_are_no_harm(repacked: Repack, cells: bytes) -> None:
    """Formatted blank cells are allowed; only values count towards the limits."""
    assert _code(repacked(_with_cells(cells))) is None


def test_bombs(repacked: Repack) -> None:
    """Highly compressed parts, too many parts, too many cells and too much text are refused."""
    keep = lambda _name, part: part  # noqa: E731 - shorter than a function
    assert _code(repacked(keep, {"xl/media/picture.xml": BOMB})) == "file-too-large"
    assert _code(repacked(keep, {f"xl/x{n}.xml": b"" for n in range(limits.MAX_PARTS)})) == "file-too-large"
    noise = b"<!--" + os.urandom(1_000_000).hex().encode() + b"-->"  # hides the ratio
    many = b'<row r="9">' + b'<c r="A9"><v>1</v></c>' * (limits.MAX_CELLS + 1) + b"</row>"
    problem = _refused(repacked(_with_cells(many + noise)))
    assert "too many filled cells" in problem.text
    long = b"<si><t>" + b"x" * 32_000 + b"</t></si>"
    named = b'<row r="9">' + b'<c r="A9" t="s"><v>0</v></c>' * 4_000 + b"</row>"

    def repeat(name: str, part: bytes) -> bytes:
        if name == "xl/sharedStrings.xml":
            return part.replace(b"<si>", long + b"<si>", 1)
        return _with_cells(named)(name, part)

    problem = _refused(repacked(repeat))
    assert "too much text" in problem.text


def test_far_corners_of_many_sheets_add_up(monkeypatch: pytest.MonkeyPatch, repacked: Repack) -> None:
    """The areas of all sheets up to their last values count together towards the limit."""
    monkeypatch.setattr(limits, "MAX_AREA", 1_000)
    problem = _refused(repacked(_with_cells(b'<row r="900"><c r="Z900"><v>1</v></c></row>')))
    assert "too far apart" in problem.text


def test_sizes(monkeypatch: pytest.MonkeyPatch, filled: Path) -> None:
    """The file, a part, all parts and the number of sheets have their own limits."""
    for name in ("MAX_FILE", "MAX_PART", "MAX_UNPACKED", "MAX_SHEETS"):
        with monkeypatch.context() as patch:
            patch.setattr(limits, name, 5)
            if name == "MAX_SHEETS":
                patch.setattr("fatf_kit.spreadsheets.formats.scan_xlsx.MAX_SHEETS", 5)
            assert _code(filled) == "file-too-large", name


@pytest.mark.parametrize("part", ["xl/workbook.xml", SHEET, "docProps/custom.xml", "xl/theme/theme1.xml"])
def test_a_document_type_is_refused(repacked: Repack, part: str) -> None:
    """A document type in a part is refused, so that no entity is defined."""
    doctype = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    path = repacked(lambda name, content: content.replace(b"?>", b"?>" + doctype, 1) if name == part else content)
    problem = _refused(path)
    assert (problem.code, "document type" in problem.text) == ("file-broken", True)


@pytest.mark.parametrize("name", ["../evil.xml", "/etc/passwd", "xl\\sheet.xml", "XL/WORKBOOK.XML", "a\nb.xml"])
def test_odd_names_of_parts_are_refused(repacked: Repack, name: str) -> None:
    """A part whose name is absolute, leaves the package, occurs twice or is unprintable is refused."""
    assert _code(repacked(lambda _name, part: part, {name: b"x"})) == "file-broken"


@pytest.mark.parametrize("part", ["xl/_rels/workbook.xml.rels", SHEET])
def test_workbook_with_missing_parts_is_broken(repacked: Repack, part: str) -> None:
    """A workbook without its relationships or its sheet is reported as broken."""
    assert _code(repacked(lambda name, content: None if name == part else content)) == "file-broken"


@pytest.mark.parametrize("cells", [b"<row>", b'<row r="x"><c/></row>', b'<row r="4"><c r="44"><v>1</v></c></row>'])
def test_sheets_that_make_no_sense_are_broken(repacked: Repack, cells: bytes) -> None:
    """A sheet that is not well-formed or has unreadable addresses is refused as broken."""
    assert _code(repacked(_with_cells(cells))) == "file-broken"


@pytest.mark.parametrize(
    ("rows", "columns", "cell", "code"),
    [
        (1_048_576, 16_384, "", None),
        (1, 500, "<text:p>x</text:p>", "file-too-large"),
        (30_000, 1, "<text:p>x</text:p>", "file-too-large"),
        (19_000, 190, "<text:p>x</text:p>", "file-too-large"),
        ("many", 1, "", "file-broken"),
    ],
)
def test_copies_in_opendocument_files_are_counted(
    tmp_path: Path, rows: object, columns: int, cell: str, code: str | None
) -> None:
    """Repeated cells with a value count as often as they are repeated; blank ones are allowed."""
    cells = f'<table:table-cell table:number-columns-repeated="{columns}">{cell}</table:table-cell>'
    content = ods(f'<table:table-row table:number-rows-repeated="{rows}">{cells}</table:table-row>')
    assert _code(_write(tmp_path, content, "answers.ods")) == code


def test_errors_in_opendocument_cells_are_seen(tmp_path: Path) -> None:
    """An error in an OpenDocument cell is found, which the parser would read as 0 or blank."""
    rows = (
        '<table:table-row><table:table-cell/><table:table-cell office:value-type="float" office:value="0" '
        'calcext:value-type="error"><text:p>#REF!</text:p></table:table-cell></table:table-row>'
    )
    checked = check_file(_write(tmp_path, ods(rows)))
    assert isinstance(checked, CheckedFile)
    assert checked.sheets["R.9"].cell_errors == {(0, 1): "#REF!"}


def _scan(path: Path) -> limits.SheetScan:
    checked = check_file(path)
    assert isinstance(checked, CheckedFile)
    return checked.sheets["R.9"]


def test_errors_in_copies_of_a_cell_are_seen_in_each(tmp_path: Path) -> None:
    """An error in a repeated cell is found at each of its addresses."""
    rows = (
        '<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="3" '
        'office:value-type="string" calcext:value-type="error"><text:p>#REF!</text:p></table:table-cell>'
        "</table:table-row>"
    )
    flaws = _scan(_write(tmp_path, ods(rows))).cell_errors
    assert {(row, column): "#REF!" for row in (0, 1) for column in (0, 1, 2)} == flaws


def test_an_error_of_another_program_is_seen_by_its_formula(tmp_path: Path) -> None:
    """An error without LibreOffice's mark is found by its formula; the same text alone is not an error."""
    cells = (
        '<table:table-cell table:formula="of:=1/0" office:value-type="string"><text:p>#DIV/0!</text:p>'
        '</table:table-cell><table:table-cell office:value-type="string"><text:p>#DIV/0!</text:p></table:table-cell>'
    )
    assert _scan(_write(tmp_path, ods(f"<table:table-row>{cells}</table:table-row>"))).cell_errors == {
        (0, 0): "#DIV/0!"
    }


def test_remarks_on_a_cell_are_not_quoted_as_its_error(tmp_path: Path) -> None:
    """A remark on a cell with an error is not quoted, because it may be confidential."""
    cell = (
        '<table:table-cell table:formula="of:=1/0" calcext:value-type="error"><office:annotation><text:p>secret'
        "</text:p></office:annotation><text:p>#DIV/0!</text:p></table:table-cell>"
    )
    assert _scan(_write(tmp_path, ods(f"<table:table-row>{cell}</table:table-row>"))).cell_errors == {(0, 0): "#DIV/0!"}


def test_merged_cells_in_opendocument_files_are_seen(tmp_path: Path) -> None:
    """Merged cells are found as first row, first column, last row and last column."""
    rows = (
        '<table:table-row table:number-rows-repeated="2"/><table:table-row><table:table-cell/><table:table-cell '
        'table:number-rows-spanned="3" table:number-columns-spanned="2"/></table:table-row>'
    )
    assert _scan(_write(tmp_path, ods(rows))).merges == [(2, 1, 4, 2)]


def test_too_many_merged_cells_are_refused(repacked: Repack) -> None:
    """Too many merged cells are refused, because each would get a message."""

    def merged(count: int) -> Callable[[str, bytes], bytes]:
        cells = b"".join(b'<mergeCell ref="C%d:D%d"/>' % (row, row) for row in range(1, count + 1))
        merges = b"</sheetData><mergeCells>" + cells + b"</mergeCells>"
        return lambda name, part: part.replace(b"</sheetData>", merges) if name == SHEET else part

    assert _code(repacked(merged(limits.MAX_MERGES))) is None
    problem = _refused(repacked(merged(3 * limits.MAX_MERGES)))
    assert (problem.code, "too many merged cells" in problem.text) == ("file-too-large", True)
