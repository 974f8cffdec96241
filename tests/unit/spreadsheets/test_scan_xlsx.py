"""The quick scan of a plain sheet gives the same findings as a walk over its cells."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from fatf_kit.spreadsheets.formats import scan_xlsx
from fatf_kit.spreadsheets.formats.limits import MAX_COLUMN, MAX_ROW, CellTally, RefusedError, SheetScan
from fatf_kit.spreadsheets.formats.part_xml import find_root
from fatf_kit.spreadsheets.formats.plain_sheet import scan_plain
from fatf_kit.spreadsheets.formats.scan_xlsx import SheetWalk

LENGTHS = [5, 40_000]


def sheet(rows: str, after: str = "") -> bytes:
    """Return a worksheet with these rows and another element after them."""
    return f'<worksheet xmlns:x="y"><sheetData>{rows}</sheetData>{after}</worksheet>'.encode()


def walked(rows: str, tally: CellTally | None = None) -> SheetScan:
    """Return the findings of a walk over every cell."""
    return SheetWalk(tally or CellTally(), LENGTHS).scan(sheet(rows))


@pytest.mark.parametrize(
    ("rows", "last"),
    [
        ('<row r="3"><c r="C3" s="4" t="s"><v>1</v></c><c r="D3" s="4"/></row>', (2, 2)),
        ('<row r="3"><c r="C3"><v>1</v></c><c><v>1</v></c></row>', (2, 3)),
        ('<row r="3"><c r="C3" s="4"/><c><v>1</v></c></row>', (2, 3)),
        ('<row r="3"><c r="C3"/><c\n><v>1</v></c></row>', (2, 3)),
        ('<x:row r="3"><c r="B3"><v>1</v></c><x:c><x:v>1</x:v></x:c></x:row>', (2, 2)),
        ('<row r="3"><c t="s" r="C3"><v>1</v></c><c r="B4"><f>1</f><v>2</v></c></row>', (3, 2)),
        ('<row r="3"><!--<c r="C3"><v>1</v></c>--><c r="A3"><v>1</v></c></row>', (2, 0)),
    ],
)
def test_the_last_cell(rows: str, last: tuple[int, int]) -> None:
    """However cells are written, with addresses or without; one look may see more than there is, never less."""
    found = walked(rows)
    assert last == (found.last_row, found.last_column)
    seen = scan_plain(sheet(rows), CellTally())
    assert seen is None or (seen.last_row >= found.last_row and seen.last_column >= found.last_column)


@pytest.mark.parametrize(
    ("rows", "cells", "last"),
    [
        ("", 0, (-1, -1)),
        ('<row r="3" ht="12"/>', 0, (-1, -1)),
        ('<row r="3" spans="1:2"><c r="C3" s="4" t="s"><v>1</v></c><c r="D3" s="4"/></row>', 1, (998, 25)),
        (
            '<row r="1"><c r="A1" t="n"><v>43617.5</v></c><c r="B1" t="str"><f>A1&amp;""</f><v>a</v></c></row>',
            2,
            (998, 25),
        ),
        (
            '<row r="1"><c r="A1" s="2" t="inlineStr"><is><t xml:space="preserve"> a &amp;</t></is></c></row>',
            1,
            (998, 25),
        ),
        (
            '<row r="1"><c r="A1"><f t="shared" ref="A1">1</f><v>2</v></c><c r="A2"><f si="0"/><v>2</v></c></row>',
            2,
            (998, 25),
        ),
        ('<row r="1"><c r="AB7" t="inlineStr"><is><t>a</t></is></c></row>', 1, (6, 27)),
        ('<row r="1000"><c r="A1000"><v>1</v></c><c r="AB7"><v>1</v></c><c r="ZZ9999"/></row>', 2, (999, 27)),
    ],
)
def test_one_look_is_enough_for_a_plain_sheet(rows: str, cells: int, last: tuple[int, int]) -> None:
    """It counts what is filled, and knows the last cell where that may lie far away."""
    tally = CellTally()
    found = scan_plain(sheet(rows), tally)
    assert found is not None
    assert (cells, last) == (tally.cells, (found.last_row, found.last_column))


@pytest.mark.parametrize(
    ("rows", "after"),
    [
        ('<row r="1"><c r="A1" t="e"><v>#REF!</v></c></row>', ""),
        ('<row r="1"><c r="A1" t="&#101;"><v>1</v></c></row>', ""),
        ('<row r="1"><c r="A1"><f>1</f></c></row>', ""),
        ('<row r="1"><c r="A1"><f>1</f><v></v></c></row>', ""),
        ('<row r="1"><c r="A1" t="inlineStr"><is><r><t>a</t></r></is></c></row>', ""),
        ('<row r="1"><c t="s" r="A1"><v>1</v></c></row>', ""),
        ('<row r="1"><c r="A1"><v>1</v></c></row>', "<sheetData></sheetData>"),
        ('<row r="1"><c r="A1"><v>1</v></c></row></sheetData><x:sheetData>', ""),
        ('<!-- <row r="1"/> -->', ""),
    ],
)
def test_a_sheet_that_is_not_plain_is_walked_over(rows: str, after: str) -> None:
    """A sheet with errors, formulas without a result or unusual markup is left to the walk."""
    assert scan_plain(sheet(rows, after), CellTally()) is None


def test_texts_in_the_sheet_count_in_full() -> None:
    """A text inside the sheet counts with its full length."""
    tally = CellTally()
    scan_plain(sheet(f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"a" * 50_000}</t></is></c></row>'), tally)
    assert tally.characters >= 50_000


@pytest.mark.parametrize("program", ["xlsxwriter", "openpyxl"])
def test_templates_of_every_program_are_plain(filled: Path, tmp_path: Path, program: str) -> None:
    """The quick scan is enough for every sheet without formulas, whichever program saved it."""
    path = filled
    if program == "openpyxl":
        path = tmp_path / "again.xlsx"
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            openpyxl.load_workbook(filled).save(path)
    with zipfile.ZipFile(path) as package:
        parts = [package.read(name) for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
    assert parts
    assert [part[:200] for part in parts if b"<f>" not in part and scan_plain(part, CellTally()) is None] == []


def test_a_sheet_that_is_cut_short_is_walked_over() -> None:
    """A sheet that is cut short is left to the walk, which refuses it."""
    cut = sheet('<row r="1"><c r="A1"><v>1</v></c></row>')[:-5]
    assert scan_plain(cut, CellTally()) is None
    with pytest.raises(RefusedError):
        SheetWalk(CellTally(), LENGTHS).scan(cut)


@pytest.mark.parametrize("name", [f"A{MAX_ROW + 1}", "XFD1048576", "GS1", "ZZZ9999999"])
@pytest.mark.parametrize("scan", [scan_plain, lambda part, tally: SheetWalk(tally, LENGTHS).scan(part)])
def test_cells_far_away_are_refused(name: str, scan: Callable[[bytes, CellTally], SheetScan | None]) -> None:
    """Cells far away are refused by the quick scan and by the walk."""
    assert MAX_COLUMN == 200  # GS is the first one beyond
    with pytest.raises(RefusedError):
        scan(sheet(f'<row r="1"><c r="{name}"><v>1</v></c></row>'), CellTally())


def test_texts_named_by_number_count_in_full() -> None:
    """Ten bytes may name a long text."""
    tally = CellTally()
    walked('<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" t="s"><v>1</v></c><c r="C1"><v>1</v></c></row>', tally)
    assert tally.characters >= 80_000
    assert tally.cells == 3


@pytest.mark.parametrize(("text", "refused"), [("a" * 40_000, True), ("a" * 10, False)])
def test_many_cells_with_one_long_text_are_too_much(text: str, refused: bool) -> None:
    """Many cells with one long text are refused, though the sheet is plain and small."""
    names = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 3_000))
    parts = {
        "xl/workbook.xml": b'<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        b'<sheets><sheet name="S" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": b'<R><R Id="r1" Target="worksheets/s.xml"/></R>',
        "xl/worksheets/s.xml": sheet(names),
        "xl/sharedStrings.xml": f"<sst><si><t>{text}</t></si></sst>".encode(),
    }
    try:
        scan_xlsx.scan_xlsx(parts, {name: find_root(part) for name, part in parts.items()})
        found = False
    except RefusedError as refusal:
        found = refusal.code == "file-too-large"
    assert refused is found


@pytest.mark.parametrize("text", ["<si><t>ab</t></si>", "<x:si><x:t>ab</x:t></x:si>", "<si/><si\n><t>ab</t></si>"])
def test_lengths_of_shared_strings_are_never_too_small(text: str) -> None:
    """Bytes may stand for characters, with other prefixes they are counted one by one."""
    lengths = scan_xlsx._string_lengths(f'<sst xmlns:x="y"><!-- <si> -->{text}</sst>'.encode())
    fast = scan_xlsx._string_lengths(f'<sst xmlns:x="y">{text}</sst>'.encode())
    assert lengths[-1] == 2
    assert (len(lengths), True) == (len(fast), all(a <= b for a, b in zip(lengths, fast, strict=True)))
