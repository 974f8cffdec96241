"""An address that lies behind a text is used where it is asked for, and told everywhere else."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from fatf_kit.safety.guard import CheckedFile, check_file
from fatf_kit.safety.limits import MAX_LINKS
from fatf_kit.spreadsheets.links import behind
from fatf_kit.spreadsheets.sheet import Sheet
from fatf_kit.workbook.reader import read_workbook
from tests.unit.safety.packing import ods, old_workbook
from tests.unit.workbook.reading import Changed, codes_of, read, values_of

URL = "https://example.org/law?a=1&b=%D8%A8"


def scanned(path: Path) -> list[tuple[int, int, int, int, str]]:
    """The links on the sheet R.9."""
    checked = check_file(path)
    assert isinstance(checked, CheckedFile)
    return checked.sheets["R.9"].links


def linking(sheet: str, **cells: tuple[str | None, str]) -> Callable[[openpyxl.Workbook], None]:
    """A change that types texts with addresses behind them."""

    def change(book: openpyxl.Workbook) -> None:
        for place, (text, address) in cells.items():
            book[sheet][place].hyperlink = address
            book[sheet][place] = text

    return change


def test_in_the_register_the_address_is_the_link(changed: Changed) -> None:
    """With the words that lie over it; alone where there are none."""
    workbook, problems = read(changed(linking("Evidence", F3=("see here", URL), F4=(None, "law.pdf"))))
    links = {name: values["link"] for name, values in values_of(workbook.evidence).items()}
    assert ({"FIU-001": f"see here ({URL})", "FIU-002": "law.pdf"}, ()) == (links, problems)


def test_an_address_that_is_typed_stands(changed: Changed) -> None:
    """Where the link behind it leads elsewhere that is told, where it leads to the same it is not."""
    change = linking("Evidence", F3=("www.example.org/a", "http://www.example.org/a/"), F4=("https://b.example", URL))
    workbook, problems = read(changed(change))
    links = [values["link"] for values in values_of(workbook.evidence).values()]
    assert ["www.example.org/a", "https://b.example"] == links
    assert [("cell-link", "Evidence", "F4")] == codes_of(problems)


def test_an_address_behind_an_answer_is_told(changed: Changed) -> None:
    """Also on the cover; neither the text nor the address is quoted."""

    def change(book: openpyxl.Workbook) -> None:
        linking("R.9", D3=("the letter", URL), E3=("Banking Law", "mailto:a@example.org"))(book)
        linking("R.2", D3=("write to a@example.org", "mailto:a@example.org?subject=Law"))(book)
        linking("Cover", C6=("Ms N.", "mailto:n@example.org"))(book)

    _, problems = read(changed(change))
    told = {("cell-link", "Cover", "C6"), ("cell-link", "R.9", "D3"), ("cell-link", "R.9", "E3")}
    assert told == {one for one in codes_of(problems) if one[0] == "cell-link"}
    assert not any("example.org" in problem.message for problem in problems)


def test_links_within_the_workbook_are_nobodys(blank: Path) -> None:
    """Every sheet of a template leads back to its contents."""
    assert [] == [one for one in codes_of(read_workbook(blank)[1]) if one[0] == "cell-link"]


@pytest.mark.parametrize(
    ("formula", "links"),
    [
        (f"HYPERLINK(&quot;{URL.replace('&', '&amp;')}&quot;,&quot;law&quot;)", [(3, 3, 3, 3, URL)]),
        ("HYPERLINK(A1)", [(3, 3, 3, 3, "")]),
        ("HYPERLINK(&quot;https://example.org/&quot;&amp;A1)", [(3, 3, 3, 3, "")]),
        ("HYPERLINK(&quot;#Cover!A1&quot;)", []),
    ],
)
def test_links_made_by_formulas(repacked: Callable[..., Path], formula: str, links: list[object]) -> None:
    """Their addresses stand in the formula; one that is worked out is not known, but told."""
    cell = f'<row r="4"><c r="D4" t="str"><f>{formula}</f><v>law</v></c></row>'.encode()

    def edit(name: str, part: bytes) -> bytes:
        body = part.replace(b"</sheetData>", cell.replace(b'"4"', b'"40"').replace(b"D4", b"D40") + b"</sheetData>")
        return body if name == "xl/worksheets/sheet5.xml" else part

    found = [(top - 36, left, bottom - 36, right, to) for top, left, bottom, right, to in scanned(repacked(edit))]
    assert links == found


def test_a_link_made_by_a_shared_formula_lies_on_all_that_share_it(repacked: Callable[..., Path]) -> None:
    """Their address is worked out from another cell."""
    cells = (
        b'<row r="40"><c r="D40" t="str"><f t="shared" ref="D40:D41" si="0">HYPERLINK(E40)</f><v>a</v></c></row>'
        b'<row r="41"><c r="D41" t="str"><f t="shared" si="0"/><v>b</v></c></row></sheetData>'
    )

    def edit(name: str, part: bytes) -> bytes:
        return part.replace(b"</sheetData>", cells) if name == "xl/worksheets/sheet5.xml" else part

    assert [(39, 3, 40, 3, "")] == scanned(repacked(edit))


def test_links_in_opendocument_files(tmp_path: Path) -> None:
    """Those that lead out, in texts and in formulas; not those of comments."""
    link = '<text:p><text:a xlink:href="{to}">x</text:a></text:p>'
    cells = (
        f"<table:table-cell>{link.format(to='https://example.org')}</table:table-cell>",
        f"<table:table-cell>{link.format(to='#Cover.A1')}</table:table-cell>",
        "<table:table-cell table:formula='of:=HYPERLINK(&quot;a.pdf&quot;;&quot;x&quot;)'/>",
        f"<table:table-cell><office:annotation>{link.format(to='b')}</office:annotation></table:table-cell>",
    )
    path = tmp_path / "a.ods"
    content = ods(f"<table:table-row>{''.join(cells)}</table:table-row>")
    path.write_bytes(content.replace(b"xmlns:calcext", b'xmlns:xlink="urn:l" xmlns:calcext'))
    assert [(0, 0, 0, 0, "https://example.org"), (0, 2, 0, 2, "a.pdf")] == scanned(path)


def old_link(flags: int, rest: bytes) -> tuple[int, bytes]:
    """A record with a link over C4."""
    return 0x01B8, struct.pack("<4H", 3, 3, 2, 2) + b"\0" * 16 + struct.pack("<II", 2, flags) + rest


def long_text(text: str) -> bytes:
    """A text with its length before it."""
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def page(address: str) -> bytes:
    """The address of a page."""
    raw = f"{address}\0".encode("utf-16-le")
    return bytes.fromhex("e0c9ea79f9bace118c8200aa004ba90b") + struct.pack("<I", len(raw)) + raw


def file(path: str, *, up: int = 0, wide: bool = False) -> bytes:
    """The path of a file, `up` so many folders; `wide` where it has letters that not every machine knows."""
    short = path.encode("cp1252", "replace") + b"\0"
    more = struct.pack("<IH", 2 * len(path), 3) + path.encode("utf-16-le") if wide else b""
    head = bytes.fromhex("0303000000000000c000000000000046") + struct.pack("<HI", up, len(short))
    return head + short + b"\xff\xff\xad\xde" + b"\0" * 20 + struct.pack("<I", len(more)) + more


@pytest.mark.parametrize(
    ("flags", "rest", "address"),
    [
        (0x13, long_text("abc") + page("https://example.org"), "https://example.org"),
        (
            0x9B,
            long_text("a") + long_text("b") + page("https://a.example") + long_text("part\0"),
            "https://a.example#part",
        ),
        (0x03, file("laws/é.pdf", up=2), "../../laws/é.pdf"),
        (0x0B, file("قانون.pdf#p\0", wide=True) + long_text("p\0"), "قانون.pdf#p"),
        (0x03, file("C:/laws/a.pdf", up=3, wide=True), "C:/laws/a.pdf"),
        (0x03, file("\\\\office\\a.pdf", up=1), "\\\\office\\a.pdf"),
        (0x03, file("a", up=65_535), "../" * 50 + "a"),
        (0x103, long_text("https://example.org"), "https://example.org"),
        (0x03, b"\0" * 40, ""),
        (0x03, file("a.pdf")[:24], ""),
        (0x03, b"", ""),
        (0x08, long_text("abc"), None),
    ],
)
def test_links_in_old_workbooks(tmp_path: Path, flags: int, rest: bytes, address: str | None) -> None:
    """To a page, to a file, to a place in either; not within the workbook. What cannot be told leads somewhere."""
    path = tmp_path / "a.xls"
    path.write_bytes(old_workbook(old_link(flags, rest)))
    assert ([] if address is None else [(3, 2, 3, 2, address)]) == scanned(path)


def test_a_link_cut_short_in_an_old_workbook_is_none(tmp_path: Path) -> None:
    """It does not even say over which cells it lies."""
    kind, body = old_link(0x03, b"")
    path = tmp_path / "a.xls"
    path.write_bytes(old_workbook((kind, body[:10])))
    assert [] == scanned(path)


def token(text: str) -> bytes:
    """A text in a formula."""
    wide = not text.isascii()
    return struct.pack("<BBB", 0x17, len(text), wide) + text.encode("utf-16-le" if wide else "latin-1")


CELL, BLANK = b"\x44\0\0\1\xc0", b"\x19\x40\0\1"
ONE, TWO = b"\x42\1\x67\1", b"\x42\2\x67\1"


@pytest.mark.parametrize(
    ("formula", "address"),
    [
        (token("https://example.org") + ONE, "https://example.org"),
        (token("https://example.org") + token("law") + TWO, "https://example.org"),
        (BLANK.join((token("قانون.pdf"), token("القانون"), b"\x62\2\x67\1")), "قانون.pdf"),
        (token("a.pdf") + CELL + TWO, "a.pdf"),
        (token("a.pdf") + b"\x1e\7\0" + TWO, "a.pdf"),
        (token("a") + token("b") + b"\x08" + ONE, ""),
        (token("a") + token("b") + b"\x08" + token("c") + TWO, ""),
        (token("a") + token("b") + ONE, ""),
        (CELL + token("law") + TWO, ""),
        (b"\x1d\1" + token("a.pdf") + token("b") + TWO, ""),
        (b"\x17\5a.pdf\x17\1b" + TWO, ""),
        (token("a.pdf")[:4] + ONE, ""),
        (token("#Cover!A1") + token("b") + TWO, None),
        (token("a.pdf"), None),
    ],
)
def test_links_made_by_formulas_in_old_workbooks(tmp_path: Path, formula: bytes, address: str | None) -> None:
    """The address where it stands alone in the function, and that in the formula; also in one that cells share."""
    path = tmp_path / "a.xls"
    size = struct.pack("<H", len(formula))
    cell = struct.pack("<HHH", 5, 1, 0) + b"\0" * 14 + size + formula
    path.write_bytes(old_workbook((0x0006, cell), (0x04BC, struct.pack("<HHBBH", 6, 9, 1, 2, 0) + size + formula)))
    assert ([] if address is None else [(5, 1, 5, 1, address), (6, 1, 9, 2, address)]) == scanned(path)


def test_links_without_end(repacked: Callable[..., Path]) -> None:
    """More than anybody makes are refused."""
    links = b"".join(b'<hyperlink ref="A%d" r:id="rId900"/>' % row for row in range(1, MAX_LINKS + 5))
    space = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    one = b'<Relationship Id="rId900" Type="%s/hyperlink" Target="https://a.example" TargetMode="External"/>' % space

    def edit(name: str, part: bytes) -> bytes:
        if name == "xl/worksheets/sheet5.xml":
            return part.replace(b"</worksheet>", b"<hyperlinks>" + links + b"</hyperlinks></worksheet>")
        return part

    package = b"http://schemas.openxmlformats.org/package/2006/relationships"
    rels = b'<Relationships xmlns="%s">%s</Relationships>' % (package, one)
    checked = check_file(repacked(edit, {"xl/worksheets/_rels/sheet5.xml.rels": rels}))
    assert not isinstance(checked, CheckedFile)
    assert "file-too-large" == checked.code


def test_links_over_whole_columns_are_not_walked_through() -> None:
    """Thousands of them on a large blank sheet: told unseen after so many cells; it would take days."""
    links = [(0, 0, 1_048_575, 16_383, f"https://example.org/{n}") for n in range(MAX_LINKS)]
    sheet = Sheet(file="a", title="b", grid=[[""] * 200] * 2_000, flaws={}, links=links)
    assert 1 == len(list(behind(sheet, ())))
