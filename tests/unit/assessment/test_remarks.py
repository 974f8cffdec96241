"""An answer typed as a comment, in a text box or as a picture is not read, and that is reported."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import xlsxwriter
from openpyxl.comments import Comment

from fatf_kit.assessment.workbook.reader import read_workbook
from fatf_kit.spreadsheets.formats.guard import CheckedFile, check_file
from tests.unit.assessment.reading import Changed, codes_of, read
from tests.unit.spreadsheets.packing import ods

Scan = tuple[list[tuple[int, int]], int]


def scanned(path: Path) -> Scan:
    """Cells with comments on the sheet R.9, and how many objects lie on it."""
    checked = check_file(path)
    assert isinstance(checked, CheckedFile)
    return list(checked.sheets["R.9"].notes), checked.sheets["R.9"].objects


def test_an_answer_typed_as_a_comment_is_reported(changed: Changed) -> None:
    """Each cell with a comment is reported once without quoting it; an empty comment is not reported."""

    def change(book: openpyxl.Workbook) -> None:
        book["R.2"]["C4"].comment = Comment("partly met, says inspector N.", "n")
        book["R.9"]["D3"].comment = Comment("see letter", "n")
        book["R.9"]["E3"].comment = Comment(" ", "n")

    _, problems = read(changed(change))
    assert codes_of(problems) == [("cell-comment", "R.2", "C4"), ("cell-comment", "R.9", "D3")]
    assert not any("inspector" in problem.message for problem in problems)


def test_text_boxes_are_reported_and_charts_are_not(tmp_path: Path) -> None:
    """A text box with words is reported; an empty one and a chart are not."""
    path = tmp_path / "drawn.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("R.9")
    sheet.write_row(0, 0, ["id", "rating", "explanation", "citation", "in_force_from", "evidence", "missing"])
    sheet.insert_textbox(5, 5, "Our answer")
    sheet.insert_textbox(9, 9, "")
    chart = book.add_chart({"type": "bar"})
    chart.add_series({"values": ["R.9", 0, 1, 0, 3]})
    sheet.insert_chart(20, 5, chart)
    book.close()
    _, problems = read_workbook(path)
    (drawn,) = (problem for problem in problems if problem.code == "sheet-objects")
    assert (drawn.ref.sheet if drawn.ref else None, drawn.facts[0]) == ("R.9", ("count", "1"))


def test_a_drawing_that_cannot_be_read_counts_as_something(repacked: Callable[..., Path]) -> None:
    """An unreadable drawing is counted, and the answers of the workbook are read."""
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    one = f'<Relationship Id="rId77" Type="{kinds}/drawing" Target="../drawings/d.xml"/>'
    with zipfile.ZipFile(repacked(lambda _, content: content)) as package:
        rels = "xl/worksheets/_rels/sheet5.xml.rels"
        old = (
            package.read(rels).decode()
            if rels in package.namelist()
            else f'<Relationships xmlns="{space}"></Relationships>'
        )
    new = old.replace("</Relationships>", f"{one}</Relationships>").encode()
    path = repacked(
        lambda name, content: None if name == rels else content, {rels: new, "xl/drawings/d.xml": b"<wsDr>"}
    )
    assert scanned(path)[1] == 1


def test_comments_and_boxes_in_opendocument_files(tmp_path: Path) -> None:
    """Comments and boxes are counted; author and date alone are not a comment."""
    date = "<office:annotation><text:s/></office:annotation>"
    note = "<office:annotation><text:p>met</text:p></office:annotation>"
    cells = "".join(f"<table:table-cell>{one}<text:p>x</text:p></table:table-cell>" for one in (date, note))
    path = tmp_path / "a.ods"
    content = ods(f"<table:table-row>{cells}</table:table-row>").replace(
        b"xmlns:calcext", b'xmlns:draw="urn:d" xmlns:calcext'
    )
    path.write_bytes(content)
    assert scanned(path) == ([(0, 1)], 0)
    drawn = f"<table:table-row>{cells}<table:table-cell><draw:frame/></table:table-cell></table:table-row>"
    path.write_bytes(ods(drawn).replace(b"xmlns:calcext", b'xmlns:draw="urn:d" xmlns:calcext'))
    assert scanned(path) == ([(0, 1)], 1)
