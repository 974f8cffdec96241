"""The fast way of counting plain cells sees all that the slow way sees."""

from __future__ import annotations

import pytest

from fatf_kit.safety import scan_xlsx
from fatf_kit.safety.limits import MAX_COLUMN, MAX_ROW, RefusedError, SheetScan, Tally

LENGTHS = [5, 40_000]


def scan(cells: str, tally: Tally | None = None) -> SheetScan:
    """A sheet with this between its rows."""
    part = f'<worksheet xmlns:x="y"><sheetData>{cells}</sheetData></worksheet>'.encode()
    return scan_xlsx._SheetWalk(tally or Tally(), LENGTHS).scan(part)


@pytest.mark.parametrize(
    ("cells", "last"),
    [
        ('<row r="3"><c r="C3" s="4" t="s"><v>1</v></c><c r="D3" s="4"/></row>', (2, 2)),
        ('<row r="3"><c r="C3"><v>1</v></c><c><v>1</v></c></row>', (2, 3)),
        ('<row r="3"><c r="C3" s="4"/><c><v>1</v></c></row>', (2, 3)),
        ('<row r="3"><c r="C3"/><c\n><v>1</v></c></row>', (2, 3)),
        ('<x:row r="3"><c r="B3"><v>1</v></c><x:c><x:v>1</x:v></x:c></x:row>', (2, 2)),
        ('<row r="3"><c t="s" r="C3"><v>1</v></c><c r="B4"><f>1</f><v>2</v></c></row>', (3, 2)),
        (
            '<row r="3"><!--<c r="C3"><v>1</v></c>--><c r="A3"><v>1</v></c></row>',
            (2, 2),
        ),  # more than there is, never less
    ],
)
def test_the_last_cell(cells: str, last: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    """However cells are written, with addresses or without."""
    found = scan(cells)
    assert last == (found.last_row, found.last_column)
    monkeypatch.setattr(scan_xlsx, "_PLAIN_UP_TO", -1)
    slow = scan(cells)
    assert (found.last_row, found.last_column) >= (slow.last_row, slow.last_column)


@pytest.mark.parametrize("name", [f"A{MAX_ROW + 1}", "XFD1048576", "GS1", "ZZZ9999999"])
def test_plain_cells_far_away_are_refused(name: str) -> None:
    """As any other cell is."""
    assert MAX_COLUMN == 200  # GS is the first one beyond
    with pytest.raises(RefusedError):
        scan(f'<row r="1"><c r="{name}"><v>1</v></c></row>')


def test_texts_named_by_number_count_in_full() -> None:
    """Ten bytes may name a long text."""
    tally = Tally()
    scan('<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" t="s"><v>1</v></c><c r="C1"><v>1</v></c></row>', tally)
    assert tally.characters >= 80_000
    assert 3 == tally.cells


@pytest.mark.parametrize("text", ["<si><t>ab</t></si>", "<x:si><x:t>ab</x:t></x:si>", "<si/><si\n><t>ab</t></si>"])
def test_lengths_of_shared_strings_are_never_too_small(text: str) -> None:
    """Bytes may stand for characters, with other prefixes they are counted one by one."""
    lengths = scan_xlsx._string_lengths(f'<sst xmlns:x="y"><!-- <si> -->{text}</sst>'.encode())
    fast = scan_xlsx._string_lengths(f'<sst xmlns:x="y">{text}</sst>'.encode())
    assert 2 == lengths[-1]
    assert (len(lengths), True) == (len(fast), all(a <= b for a, b in zip(lengths, fast, strict=True)))


def test_strings_that_are_no_xml_are_refused() -> None:
    """Though nobody counts their characters one by one."""
    with pytest.raises(RefusedError):
        scan_xlsx._string_lengths(b"<sst><si><t>ab</t></sst>")
