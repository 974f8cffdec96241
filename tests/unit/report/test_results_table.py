"""One declaration of a results table gives the table of a document, the sheet, the CSV file and the frame."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from fatf_kit.core.messages import Translator
from fatf_kit.frames import table_frame
from fatf_kit.npo.report.figures import number_column, share_cell
from fatf_kit.report.formats.csv import render_csv
from fatf_kit.report.formats.facets import find_order
from fatf_kit.report.model import TableCell, ValueKind
from fatf_kit.report.results_table import ResultColumn, ResultsTable


class Act(NamedTuple):
    """A row of the table under test."""

    id: str
    rating: str | None
    articles: int | None
    share: float | None
    day: str | None
    note: str = ""


ACTS = ResultsTable[Act](
    "acts",
    "Acts",
    (
        ResultColumn("id", "Act", lambda act: act.id, ValueKind.ID, sheet=9, page=2),
        ResultColumn("rating", "Rating", lambda act: TableCell(text="partly", rating=act.rating), sheet=9, page=1),
        ResultColumn("articles", "Articles", lambda act: act.articles, ValueKind.COUNT, sheet=9, page=1),
        ResultColumn("share", "Share", lambda act: act.share, ValueKind.NUMBER, sheet=9),
        ResultColumn("day", "In force", lambda act: act.day, ValueKind.DATE, sheet=9),
        ResultColumn("note", "Note", lambda act: act.note or None, cell=lambda act: TableCell(text=act.note), sheet=20),
        ResultColumn("said", "In words", lambda act: f"{act.id}: {act.note}", page=3),
    ),
    facets=lambda act: {"kind": (act.id,)},
)
ROWS = (
    Act("A-1", "PC", 12, 1.0, "2024-05-31", "=1+1"),
    Act("A-2", "NA", None, None, None, '-7 years, "old"'),
)


def test_document_shows_its_columns() -> None:
    """A document has the columns with a share of its width, numbers at the end, ids in their own direction."""
    table = ACTS.in_document(ROWS, caption="2 acts", empty="None.")
    assert (table.id, table.caption, table.empty) == ("acts", "2 acts", "None.")
    assert [(c.title, c.width, c.number) for c in table.columns] == [
        ("Act", 2, False),
        ("Rating", 1, False),
        ("Articles", 1, True),
        ("In words", 3, False),
    ]
    assert [cell.text for cell in table.rows[1].cells] == ["A-2", "partly", "", 'A-2: -7 years, "old"']
    assert [cell.ltr for cell in table.rows[0].cells] == [True, False, False, False]
    assert table.rows[0].facets == {"kind": ("A-1",)}


def test_sheet_has_flat_values() -> None:
    """A cell with a rating becomes the rating's code; a missing value stays missing."""
    sheet = ACTS.in_sheet(ROWS)
    assert [column.key for column in sheet.columns] == ["id", "rating", "articles", "share", "day", "note"]
    assert sheet.rows[0] == ("A-1", "PC", 12, 1.0, "2024-05-31", "=1+1")
    assert sheet.rows[1][1:5] == ("NA", None, None, None)


def test_csv_opens_in_excel_and_calculates_nothing() -> None:
    """The file has a byte order mark, its keys in the first line, and no text that Excel takes for a formula."""
    written = render_csv(ACTS.in_sheet(ROWS))
    assert written.startswith(b"\xef\xbb\xbfid,rating,articles,share,day,note\r\n")
    assert written.decode("utf-8-sig").splitlines()[1:] == [
        "A-1,PC,12,1.0,2024-05-31,'=1+1",
        'A-2,NA,,,,"\'-7 years, ""old"""',
    ]


def test_frame_has_one_type_for_each_column() -> None:
    """The kind decides the type, also where a table has no rows; NA is a rating and no missing value."""
    expected = {
        "id": "string",
        "rating": "string",
        "articles": "Int64",
        "share": "Float64",
        "day": "datetime64[ns]",
        "note": "string",
    }
    for rows in (ROWS, ()):
        assert table_frame(ACTS.in_sheet(rows)).dtypes.astype(str).to_dict() == expected
    frame = table_frame(ACTS.in_sheet(ROWS)).set_index("id")
    assert frame.loc["A-2", "rating"] == "NA"
    assert frame["articles"].isna().tolist() == [False, True]


def test_cells_know_what_they_sort_by() -> None:
    """A number by its size and a date by time, however they are written; a text has no place of its own."""
    table = ResultsTable[tuple[int, date, str]](
        "t",
        "T",
        (
            ResultColumn("n", "N", lambda row: row[0], ValueKind.COUNT, page=1),
            ResultColumn("day", "Day", lambda row: row[1], ValueKind.DATE, page=1),
            ResultColumn("text", "Text", lambda row: row[2], page=1),
        ),
    )
    cells = table.in_document([(1200, date(2026, 11, 28), "x")]).rows[0].cells
    assert [find_order(cell) for cell in cells] == ["1200", str(date(2026, 11, 28).toordinal()), ""]


def test_figures_of_reports_sort_by_size() -> None:
    """Also where they are written with marks for thousands: 900 comes before 1,155."""
    t = Translator("en")
    column = number_column("n", "N", lambda count: count, t, page=1)
    cells = [column.make_cell(count) for count in (900, 1155, None)]
    assert [(cell.text, find_order(cell)) for cell in cells] == [("900", "900"), ("1,155", "1155"), ("…", "")]
    assert find_order(share_cell(1, 3, t)) == "0.3333333333333333"
