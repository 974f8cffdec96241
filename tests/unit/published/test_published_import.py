"""FATF's own workbook: everything is read or reported, whatever shape it comes in."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from openpyxl import Workbook, load_workbook

from fatf_kit.core.errors import WorkbookError
from fatf_kit.published import (
    fatf_sheet,
    find_report,
    load_published,
    read_fatf_workbook,
    read_published,
    write_published,
)
from fatf_kit.published.fatf_sheet import parse_month

READ_ROWS = (7, 8, 9, 10, 11, 12, 16, 17)


def test_every_row_is_read_or_reported(fatf_table: SimpleNamespace) -> None:
    """Rows read and rows reported are the rows present, and each problem has its cell."""
    reports, problems = read_fatf_workbook(fatf_table.build())
    present = sum(bool(values) for values in fatf_table.rows)
    left_out = [problem for problem in problems if problem.code == "published-row"]
    assert present == len(reports) + len(left_out)
    assert len(READ_ROWS) == len(reports)
    assert [(problem.code, problem.ref.sheet, problem.ref.cell) for problem in problems if problem.ref] == [
        ("published-name", "Ratings only", "B11"),
        ("published-cell", "Ratings only", "Z12"),
        ("published-row", "Ratings only", "C13"),
        ("published-row", "Ratings only", "C15"),
        ("published-duplicate", "Ratings only", "B17"),
    ]
    assert len(problems) == 5


def test_messages_say_what_and_where(fatf_table: SimpleNamespace) -> None:
    """A rating left open names its own cell and what is allowed; several faults of a row come together."""
    _, problems = read_fatf_workbook(fatf_table.build())
    texts = {problem.ref.cell: problem.message for problem in problems if problem.ref}
    assert "'XX' is not a rating. Allowed: NC, PC, LC, C, NA. The value counts as not known" in texts["Z12"]
    assert "'Peer review' is not a type of report" in texts["C13"]
    assert "'soon' is not a month" in texts["C13"]
    assert "nothing is not a type of report" in texts["C15"]
    assert "made-up" not in texts["C15"]
    assert "also in row 16" in texts["B17"]


def test_the_bundled_table_comes_back(fatf_table: SimpleNamespace) -> None:
    """All 707 rows, put into FATF's shape and imported: names, editions and newest rows are found again."""
    table = load_published()
    rows = [
        {"name": r.jurisdiction, "type": r.report_type, "date": r.date, "body": "/".join(r.bodies), **r.ratings}
        for r in table
    ]
    reports, problems = read_fatf_workbook(fatf_table.build(rows=rows))
    expected = [replace(report, url="", verified=False) for report in table]
    assert [replace(report, url="") for report in reports] == expected
    assert [problem.code for problem in problems] == ["published-duplicate"] * 2  # Isle of Man and Moldova


def test_values_arrive_clean(fatf_table: SimpleNamespace) -> None:
    """Spaces, line breaks, case and five ways to write a date; NA is kept; blank outcomes are absent."""
    reports, _ = read_fatf_workbook(fatf_table.build())
    assert [(r.iso3, r.report_type, r.date, r.bodies) for r in reports] == [
        ("NAM", "MER", "2023-01", ("ESAAMLG",)),
        ("NAM", "FUR", "2024-04", ("ESAAMLG",)),
        ("NAM", "MER+FUR(s)", "2024-04", ("ESAAMLG",)),
        ("CIV", "MER", "2023-07", ("IMF", "GIABA")),
        ("", "MER", "2023-07", ("APG",)),
        ("IRQ", "MER", "2024-05", ("MENAFATF",)),
        ("NOR", "FUAR", "2019-12", ("FATF",)),
        ("NOR", "FUAR", "2019-12", ("FATF",)),
    ]
    namibia, follow_up = reports[:2]
    assert (namibia.ratings["R.17"], namibia.ratings["R.5"], namibia.ratings["IO.1"]) == ("NA", "PC", "ME")
    assert [f"R.{n}" for n in range(1, 41)] == list(follow_up.ratings)
    assert (len(reports[5].ratings), reports[5].ratings.get("R.10")) == (50, None)
    assert reports[6].ratings["R.25"] == "NA"


def test_names_become_the_tables_own(fatf_table: SimpleNamespace) -> None:
    """A known jurisdiction has one spelling; an unknown one keeps its own."""
    reports, _ = read_fatf_workbook(fatf_table.build())
    assert [reports[i].jurisdiction for i in (0, 3, 4)] == ["Namibia", "Côte d’Ivoire", "Republic of Nowhere"]


def test_links_come_from_the_name(fatf_table: SimpleNamespace) -> None:
    """Web addresses are kept, links inside the workbook are not."""
    reports, _ = read_fatf_workbook(fatf_table.build())
    assert [report.url for report in reports[:3]] == [fatf_table.link, "", ""]


def test_a_link_over_several_rows(fatf_table: SimpleNamespace) -> None:
    """A link on a range counts for each of its cells."""
    path = fatf_table.build()
    book = load_workbook(path)
    link = book["Ratings only"]["B7"].hyperlink
    assert link is not None
    link.ref = "B7:B9"
    book["Ratings only"]["B8"].hyperlink = None
    book.save(path)
    reports, _ = read_fatf_workbook(path)
    assert [report.url for report in reports[:4]] == [fatf_table.link, fatf_table.link, fatf_table.link, ""]


def test_what_stands_now(fatf_table: SimpleNamespace) -> None:
    """The newest row of each jurisdiction is current, nothing is verified, and a follow-up completes from its MER."""
    reports, _ = read_fatf_workbook(fatf_table.build())
    assert [report.is_current for report in reports] == [False, False, True, True, True, True, False, True]
    assert not any(report.verified for report in reports)
    follow_up = find_report("Namibia", "FUR", reports)
    assert (follow_up.completed_from, len(follow_up.ratings)) == ("MER 2023-01", 51)


def test_round_trip_through_our_own_form(fatf_table: SimpleNamespace, tmp_path: Path) -> None:
    """An imported table reads back the same, with blanks blank and NA a rating."""
    reports, _ = read_fatf_workbook(fatf_table.build())
    write_published(reports, tmp_path / "ratings.csv")
    assert reports == read_published(tmp_path / "ratings.csv")


@pytest.mark.parametrize("dimension", ["A1", "A1:B2", "A1:XFD1048576"])
def test_a_false_used_range_changes_nothing(fatf_table: SimpleNamespace, dimension: str) -> None:
    """A sheet that claims to be tiny or endless is read all the same."""
    assert len(READ_ROWS) == len(read_fatf_workbook(fatf_table.build(dimension=dimension))[0])


def test_a_value_in_the_last_row_of_the_sheet(fatf_table: SimpleNamespace) -> None:
    """A stray value a million rows below is named as a note under the table, not lost and not waited for."""
    reports, problems = read_fatf_workbook(fatf_table.build(far_value="stray"))
    assert len(READ_ROWS) == len(reports)
    assert [p.ref.cell for p in problems if p.ref and p.code == "published-notes"] == ["B1048576"]


def test_columns_are_found_by_meaning(fatf_table: SimpleNamespace) -> None:
    """Another order of columns gives the same reports."""
    mixed = dict(reversed(fatf_table.headings.items()))
    expected = [(r.label, r.place, dict(r.ratings)) for r in read_fatf_workbook(fatf_table.build())[0]]
    assert [
        (r.label, r.place, dict(r.ratings)) for r in read_fatf_workbook(fatf_table.build(headings=mixed))[0]
    ] == expected


def test_a_renamed_sheet_is_found(fatf_table: SimpleNamespace) -> None:
    """A renamed sheet is found by its heading row, even behind a sheet that only mentions jurisdictions."""
    reports, problems = read_fatf_workbook(fatf_table.build(title="4th round"))
    assert len(READ_ROWS) == len(reports)
    assert {problem.ref.sheet for problem in problems if problem.ref} == {"4th round"}


def test_a_second_table_is_mentioned(fatf_table: SimpleNamespace) -> None:
    """The sheet "Ratings only" is the one read; another sheet with the headings is mentioned."""
    path = fatf_table.build(title="Old")
    book = load_workbook(path)
    book.copy_worksheet(book["Old"]).title = "Ratings only"
    book.save(path)
    _, problems = read_fatf_workbook(path)
    assert [(p.code, p.ref.sheet) for p in problems if p.ref and p.ref.sheet != "Ratings only"] == [
        ("published-sheet", "Old")
    ]


def test_a_missing_or_repeated_heading_is_reported(fatf_table: SimpleNamespace) -> None:
    """A heading that is not recognised is no silent gap, and two columns for one rating are no silent choice."""
    headings = {**fatf_table.headings, "R.7": "Seven", "R.9": "R.8"}
    reports, problems = read_fatf_workbook(fatf_table.build(headings=headings, rows=fatf_table.rows[:1]))
    assert not {"R.7", "R.9"} & reports[0].ratings.keys()
    assert [problem.code for problem in problems] == ["published-columns", "published-heading-twice"]
    assert "missing: R.7, R.9." in problems[0].message
    assert [problem.ref.cell for problem in problems[1:] if problem.ref] == ["Y6"]


def test_a_column_may_name_the_methodology(fatf_table: SimpleNamespace) -> None:
    """The edition in a column of the table is used, and a row with an unknown one is left out."""
    headings = {**fatf_table.headings, "edition": "Methodology"}
    rows = [
        {**fatf_table.row("Albania", "MER", "2027-01"), "edition": value}
        for value in (2013, "2022 Methodology", "fifth", None)
    ]
    reports, problems = read_fatf_workbook(fatf_table.build(headings=headings, rows=rows), edition="fatf-2013")
    assert [report.edition for report in reports] == ["fatf-2013", "fatf-2022", "fatf-2013"]
    assert "'fifth' is not a Methodology" in next(p.message for p in problems if p.code == "published-row")


@pytest.mark.parametrize(
    "names",
    [
        {"file": "consolidated-assessment-ratings-2022-methodology.xlsx"},
        {"introduction": "Ratings under the 2022 FATF Methodology"},
        {"title": "2022 Methodology"},
    ],
)
def test_a_title_may_name_the_methodology(fatf_table: SimpleNamespace, names: dict[str, str]) -> None:
    """FATF has one workbook per Methodology, and its name or heading says which."""
    rows = [fatf_table.row("Albania", "MER", "2018-12")]
    reports, problems = read_fatf_workbook(fatf_table.build(rows=rows, **names))
    assert ([report.edition for report in reports], problems) == (["fatf-2022"], ())


def test_titles_at_odds_name_nothing(fatf_table: SimpleNamespace) -> None:
    """Two Methodologies in the titles decide nothing; what is known of the report does."""
    path = fatf_table.build(
        rows=[fatf_table.row("Albania", "MER", "2018-12")],
        file="2022-methodology.xlsx",
        introduction="2013 Methodology",
    )
    assert read_fatf_workbook(path)[0][0].edition == "fatf-2013"


def test_an_edition_taken_from_dates_is_noted(fatf_table: SimpleNamespace) -> None:
    """A second evaluation dated after the newer edition began counts as that, and a note says so."""
    reports, problems = read_fatf_workbook(fatf_table.build(rows=[fatf_table.row("Albania", "MER", "2027-01")]))
    assert [report.edition for report in reports] == ["fatf-2022"]
    assert [problem.code for problem in problems] == ["published-edition"]


def test_text_like_a_formula_is_refused(fatf_table: SimpleNamespace) -> None:
    """Text like a formula is refused as a name and as a body, because spreadsheets may open the file."""
    rows = [fatf_table.row("@SUM(1)", "MER", "2023-01"), fatf_table.row("Mali", "MER", "2023-01", "-1+1")]
    reports, problems = read_fatf_workbook(fatf_table.build(rows=rows))
    assert [(report.iso3, report.bodies) for report in reports] == [("MLI", ())]
    assert [problem.code for problem in problems] == ["published-row", "published-cell"]


@pytest.mark.full
def test_the_table_as_it_is_downloaded(as_downloaded: SimpleNamespace) -> None:
    """Its N/A is a rating, its key and notes are passed over, and not one of its 700 rows is refused.

    Before, the 61 rows of 20 jurisdictions that have a cell N/A were refused, and each line of the key as well.
    """
    reports, problems = read_fatf_workbook(as_downloaded.path)
    assert as_downloaded.not_applicable == (63, 61, 20)
    assert len(reports) == 700
    assert sum(rating == "NA" for report in reports for rating in report.ratings.values()) == 63
    assert not [problem for problem in problems if problem.code in ("published-row", "published-cell")]
    notes = [problem for problem in problems if problem.code == "published-notes"]
    assert [note.message.partition(": ")[2][:23] for note in notes] == [f"{as_downloaded.key} rows below the table"]


def test_one_cell_that_cannot_be_read_stays_open(fatf_table: SimpleNamespace) -> None:
    """The cell is reported with its address; the other 50 ratings and the body of the row are read."""
    rows = [fatf_table.row("Mali", "MER", "2023-01", "GIABA", R_17="see note", IO_1="N/A")]
    reports, problems = read_fatf_workbook(fatf_table.build(rows=rows))
    assert [(len(report.ratings), report.bodies) for report in reports] == [(49, ("GIABA",))]
    assert {(p.code, p.ref.cell) for p in problems if p.ref} == {("published-cell", "AG7"), ("published-cell", "F7")}


def test_a_row_without_any_rating_is_refused(fatf_table: SimpleNamespace) -> None:
    """Fifty-one cells that cannot be read are no report."""
    values = {key: "?" for key in fatf_table.row("Mali", "MER", "2023-01") if "." in key}
    rows = [fatf_table.row("Mali", "MER", "2023-01"), {**fatf_table.row("Togo", "MER", "2023-01"), **values}]
    reports, problems = read_fatf_workbook(fatf_table.build(rows=rows))
    assert [report.iso3 for report in reports] == ["MLI"]
    assert ["it gives no rating that can be read" in p.message for p in problems] == [True]


def test_too_many_rows_are_refused(fatf_table: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    """A table beyond the bound is refused whole, not cut."""
    monkeypatch.setattr(fatf_sheet, "MAX_ROWS", 8)
    with pytest.raises(WorkbookError, match="has more rows than"):
        read_fatf_workbook(fatf_table.build())


def test_files_that_are_no_table(tmp_path: Path) -> None:
    """Missing, not a workbook, damaged, swollen, or without the headings: each has its own sentence."""
    with pytest.raises(WorkbookError, match="file-missing"):
        read_fatf_workbook(tmp_path / "none.xlsx")
    text = tmp_path / "text.xlsx"
    text.write_text("Jurisdiction;Report Type")
    with pytest.raises(WorkbookError, match="a text or CSV file"):
        read_fatf_workbook(text)
    damaged = tmp_path / "damaged.xlsx"
    with zipfile.ZipFile(damaged, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook")
    with pytest.raises(WorkbookError, match="damaged or not an ordinary"):
        read_fatf_workbook(damaged)
    with zipfile.ZipFile(damaged, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", " " * 5_000_000)
    with pytest.raises(WorkbookError, match="larger than fatf-kit can read safely"):
        read_fatf_workbook(damaged)
    empty = Workbook()
    empty.save(tmp_path / "empty.xlsx")
    with pytest.raises(WorkbookError, match=r"No sheet of empty\.xlsx"):
        read_fatf_workbook(tmp_path / "empty.xlsx")


@pytest.mark.parametrize(
    "text", ["23", 45108, "Ju 2023", "Jul", "13/2023", "2023-00", "Jul-1823", "07/08/2023", True, ""]
)
def test_a_doubtful_date_is_no_date(text: object) -> None:
    """A number, a month that may be two, a day and month that may be swapped: none is guessed."""
    assert parse_month(text) is None
