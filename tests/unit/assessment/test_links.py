"""A link behind a text is used in a column of links and reported everywhere else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from fatf_kit.assessment.workbook.reader import read_workbook
from fatf_kit.spreadsheets.annotations import find_unread_links
from fatf_kit.spreadsheets.formats.guard import CheckedFile, check_file
from fatf_kit.spreadsheets.formats.limits import MAX_LINKS, SheetScan
from fatf_kit.spreadsheets.sheet import SheetContent
from tests.unit.assessment.reading import Changed, codes_of, read, values_of
from tests.unit.spreadsheets.packing import ods

URL = "https://example.org/law?a=1&b=%D8%A8"


def scanned(path: Path) -> list[tuple[int, int, int, int, str]]:
    """Return the links on the sheet R.9."""
    checked = check_file(path)
    assert isinstance(checked, CheckedFile)
    return checked.sheets["R.9"].links


def linking(sheet: str, **cells: tuple[str | None, str]) -> Callable[[openpyxl.Workbook], None]:
    """Return a change that types texts with addresses behind them."""

    def change(book: openpyxl.Workbook) -> None:
        for place, (text, address) in cells.items():
            book[sheet][place].hyperlink = address
            book[sheet][place] = text

    return change


def test_in_the_register_the_address_is_the_link(changed: Changed) -> None:
    """In the register the address behind a text is the link, together with the text if there is one."""
    workbook, problems = read(changed(linking("Evidence", F3=("see here", URL), F4=(None, "law.pdf"))))
    links = {name: values["link"] for name, values in values_of(workbook.evidence).items()}
    assert (links, problems) == ({"FIU-001": f"see here ({URL})", "FIU-002": "law.pdf"}, ())


def test_typed_address_is_used(changed: Changed) -> None:
    """A typed address is used; a link behind it is reported only if its address differs."""
    change = linking("Evidence", F3=("www.example.org/a", "http://www.example.org/a/"), F4=("https://b.example", URL))
    workbook, problems = read(changed(change))
    links = [values["link"] for values in values_of(workbook.evidence).values()]
    assert links == ["www.example.org/a", "https://b.example"]
    assert codes_of(problems) == [("cell-link", "Evidence", "F4")]


def test_address_behind_an_answer_is_reported(changed: Changed) -> None:
    """A link behind an answer or a cover field is reported without its text and address."""

    def change(book: openpyxl.Workbook) -> None:
        linking("R.9", D3=("the letter", URL), E3=("Banking Law", "mailto:a@example.org"))(book)
        linking("R.2", D3=("write to a@example.org", "mailto:a@example.org?subject=Law"))(book)
        linking("Cover", C6=("Ms N.", "mailto:n@example.org"))(book)

    _, problems = read(changed(change))
    expected = {("cell-link", "Cover", "C6"), ("cell-link", "R.9", "D3"), ("cell-link", "R.9", "E3")}
    assert expected == {one for one in codes_of(problems) if one[0] == "cell-link"}
    assert not any("example.org" in problem.message for problem in problems)


def test_links_within_the_workbook_are_not_reported(blank: Path) -> None:
    """Links of a template to its own contents are not reported."""
    assert [one for one in codes_of(read_workbook(blank)[1]) if one[0] == "cell-link"] == []


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
    """The address in a formula is read; a link with a computed address is reported."""
    cell = f'<row r="4"><c r="D4" t="str"><f>{formula}</f><v>law</v></c></row>'.encode()

    def edit(name: str, part: bytes) -> bytes:
        body = part.replace(b"</sheetData>", cell.replace(b'"4"', b'"40"').replace(b"D4", b"D40") + b"</sheetData>")
        return body if name == "xl/worksheets/sheet5.xml" else part

    found = [(top - 36, left, bottom - 36, right, to) for top, left, bottom, right, to in scanned(repacked(edit))]
    assert found == links


def test_a_link_made_by_a_shared_formula_lies_on_all_that_share_it(repacked: Callable[..., Path]) -> None:
    """Their address is worked out from another cell."""
    cells = (
        b'<row r="40"><c r="D40" t="str"><f t="shared" ref="D40:D41" si="0">HYPERLINK(E40)</f><v>a</v></c></row>'
        b'<row r="41"><c r="D41" t="str"><f t="shared" si="0"/><v>b</v></c></row></sheetData>'
    )

    def edit(name: str, part: bytes) -> bytes:
        return part.replace(b"</sheetData>", cells) if name == "xl/worksheets/sheet5.xml" else part

    assert scanned(repacked(edit)) == [(39, 3, 40, 3, "")]


def test_links_in_opendocument_files(tmp_path: Path) -> None:
    """External links in texts and formulas are found; those of comments are not."""
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
    assert scanned(path) == [(0, 0, 0, 0, "https://example.org"), (0, 2, 0, 2, "a.pdf")]


def test_too_many_links_are_refused(repacked: Callable[..., Path]) -> None:
    """More links than a person makes are refused."""
    links = b"".join(b'<hyperlink ref="A%d" r:id="rId900"/>' % row for row in range(1, MAX_LINKS + 5))
    space = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    one = b'<Relationship Id="rId900" Type="%s/hyperlink" Target="https://a.example" TargetMode="External"/>' % space

    def edit(name: str, part: bytes) -> bytes | None:
        if name == "xl/worksheets/sheet5.xml":
            return part.replace(b"</worksheet>", b"<hyperlinks>" + links + b"</hyperlinks></worksheet>")
        return None if name == "xl/worksheets/_rels/sheet5.xml.rels" else part

    package = b"http://schemas.openxmlformats.org/package/2006/relationships"
    rels = b'<Relationships xmlns="%s">%s</Relationships>' % (package, one)
    checked = check_file(repacked(edit, {"xl/worksheets/_rels/sheet5.xml.rels": rels}))
    assert not isinstance(checked, CheckedFile)
    assert checked.code == "file-too-large"


def test_links_over_whole_columns_are_not_walked_through() -> None:
    """Thousands of links on a large blank sheet are reported without a walk over all cells."""
    links = [(0, 0, 1_048_575, 16_383, f"https://example.org/{n}") for n in range(MAX_LINKS)]
    sheet = SheetContent(file="a", title="b", grid=[[""] * 200] * 2_000, scan=SheetScan(links=links))
    assert len(list(find_unread_links(sheet, ()))) == 1
