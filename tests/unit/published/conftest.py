"""A made-up workbook in the shape of FATF's table, with everything that goes wrong in real ones."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from openpyxl import Workbook

from fatf_kit.published import load_published

IO = {f"IO.{n}": "ME" for n in range(1, 12)}
TC = {f"R.{n}": "LC" for n in range(1, 41)}
LINK = "https://www.fatf-gafi.org/en/publications/Mutualevaluations/mer-namibia-2023.html"
FIRST_ROW = 7
"""The first row below the headings."""

Row = Mapping[str, object]


def row(name: object, kind: object, date: object, body: object = "APG", /, **ratings: object) -> dict[str, object]:
    """A row by column key; `ratings` ("R_5", "IO_1") replace single values, None leaves the cell blank."""
    changed = {key.replace("_", "."): value for key, value in ratings.items()}
    return {"name": name, "type": kind, "date": date, "body": body, **IO, **TC, **changed}


NASTY: tuple[Row, ...] = (
    row(" Namibia\n", "MER", datetime(2023, 1, 1), "ESAAMLG", R_17="NA", R_5=" pc\n"),  # 7
    row("Namibia", "FUR ", "Apr-24", "ESAAMLG", **{f"IO_{n}": None for n in range(1, 12)}, R_5="C"),  # 8
    row("Namibia", "MER + FUR(s)", "2024-04", "ESAAMLG", R_5="C"),  # 9
    row("Côte d'Ivoire", "MER", "July 2023", "IMF/\nGIABA "),  # 10
    row("Republic of Nowhere", "MER", "Jul-23"),  # 11: kept without a code
    row("Iraq", "Mer", "2024-05", "MENAFATF", R_10="XX"),  # 12: a rating nobody knows
    row("Iraq", "Peer review", "soon", "MENAFATF"),  # 13: two faults
    {},  # 14: blank, so no row at all
    {"name": "Note: made-up ratings."},  # 15: a footnote
    row("Norway", "FUAR", datetime(2019, 12, 1), "FATF", R_25="na"),  # 16
    row("Norway", "FUAR", "Dec 2019", "FATF"),  # 17: the same report again
)
HEADINGS = {
    "name": "Jurisdiction (click on the name to open the report)",
    "type": "Report \nType",
    "date": " Report \nDate",
    "body": "Assessment body/bodies ",
    **{f"IO.{n}": f"IO{n}" for n in range(1, 12)},
    **{f"R.{n}": f"R.{n} " for n in range(1, 41)},
}


@pytest.fixture
def fatf_table(tmp_path: Path) -> SimpleNamespace:
    """The made-up table and `build`, which writes it (or other `rows`) with columns in the order of `headings`."""

    def build(
        rows: Sequence[Row] = NASTY,
        headings: Mapping[str, object] = HEADINGS,
        title: str = "Ratings only",
        dimension: str = "A1:XFD1048576",
        far_value: str | None = None,
        file: str = "table.xlsx",
        introduction: str = "Ratings of a made-up table",
    ) -> Path:
        book = Workbook()
        key = book.worksheets[0]
        key.title = "Key"
        key["A1"] = "Jurisdiction"
        sheet = book.create_sheet(title)
        sheet["A1"] = introduction
        sheet["B3"] = "Report Date: see below"
        for column, heading in enumerate(headings, 2):  # column A stays blank
            sheet.cell(row=FIRST_ROW - 1, column=column, value=headings[heading])
            for number, values in enumerate(rows, FIRST_ROW):
                if values.get(heading) is not None:
                    sheet.cell(row=number, column=column, value=values[heading])
        sheet.cell(row=FIRST_ROW, column=2).hyperlink = LINK
        if len(rows) > 1:
            sheet.cell(row=FIRST_ROW + 1, column=2).hyperlink = "#'Key'!A1"
        sheet["XFD7"].number_format = "0.00"  # formatted, empty, and as far right as a sheet goes
        if far_value:
            sheet["B1048576"] = far_value
        path = tmp_path / file
        book.save(path)
        return _with_dimension(path, dimension)

    return SimpleNamespace(build=build, row=row, rows=NASTY, headings=HEADINGS, link=LINK, first_row=FIRST_ROW)


KEY: tuple[Row, ...] = (
    {"name": "Key"},
    {"name": "C", "type": "Compliant"},
    {"name": "LC", "type": "Largely compliant: only minor shortcomings"},
    {"name": "PC", "type": "Partially compliant: moderate shortcomings"},
    {"name": "NC", "type": "Non-compliant: major shortcomings"},
    {"name": "N/A", "type": "Not applicable"},
    {"name": "HE", "type": "High level of effectiveness"},
    {"name": "MER", "type": "Mutual evaluation report", "date": "Month of publication"},
    {"name": "FUR", "type": "Follow-up report", "IO.1": "not rated anew"},
    {"name": "* Ratings as of the day of download; a made-up note."},
)
"""A key and notes as they follow the table, in words of our own."""


@pytest.fixture
def as_downloaded(fatf_table: SimpleNamespace) -> SimpleNamespace:
    """The 2013 part of the bundled table as FATF's own download has it: N/A for not applicable, key and notes below.

    `not_applicable` counts its cells, its rows and its jurisdictions with N/A; `key` the rows below the table.
    """
    table = [report for report in load_published() if report.edition == "fatf-2013"]
    with_na = [report for report in table if "NA" in report.ratings.values()]
    cells = sum(rating == "NA" for report in with_na for rating in report.ratings.values())
    rows: list[Row] = [
        {"name": r.jurisdiction, "type": r.report_type, "date": r.date, "body": "/".join(r.bodies)}
        | {unit: "N/A" if rating == "NA" else str(rating) for unit, rating in r.ratings.items()}
        for r in table
    ]
    path = fatf_table.build(rows=[*rows, {}, *KEY], file="consolidated-ratings-2013-methodology.xlsx")
    not_applicable = (cells, len(with_na), len({report.place for report in with_na}))
    return SimpleNamespace(path=path, key=len(KEY), not_applicable=not_applicable)


def _with_dimension(path: Path, dimension: str) -> Path:
    """The same workbook, its second sheet claiming a used range of our choice."""
    with zipfile.ZipFile(path) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    sheet = "xl/worksheets/sheet2.xml"
    head, _, rest = parts[sheet].partition(b'<dimension ref="')
    parts[sheet] = head + b'<dimension ref="' + dimension.encode() + rest[rest.index(b'"') :]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path
