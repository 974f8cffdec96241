"""A filled workbook together with an account of every cell that was filled in, wherever it is moved to.

The account is kept apart from the reader: what is read back is held against it.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from xml.etree import ElementTree as ET

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from fatf_kit.assessment.workbook.layout import FIRST_ROW
from fatf_kit.assessment.workbook.schema import COVER, REGISTER, REQUIREMENTS

Place = tuple[int, int]
"""Row and column, counted from 1 as openpyxl does."""

Move = Callable[[int, int], Place]
PackageEdit = Callable[[str, bytes], bytes]

ID, REGISTER_ID, LOOSE = "id", "register.id", "loose"
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledCell:
    """One filled cell: its column key ("register." or "cover." before it on those sheets) and what it must be read as.

    `means` is None where no reader can use the cell, so that a Problem must name it. With `is_reported` one must in any
    case. `formula` makes the value the stored result of a formula in the finished file. `locked` cells were filled in
    although no value is expected there; `linked` cells have a hyperlink that a Problem must report.
    """

    key: str
    means: object = None
    is_reported: bool = False
    formula: bool = False
    locked: bool = False
    linked: bool = False


@dataclass(slots=True, kw_only=True)
class Book:
    """One file: its cells, the account of them, and what is to be done to the finished package."""

    name: str
    book: openpyxl.Workbook
    filled: dict[str, dict[Place, FilledCell]]
    edits: list[PackageEdit] = field(default_factory=list)
    again: str | None = None  # the name under which the same bytes are sent once more

    def sheet(self, title: str) -> Worksheet:
        """The sheet of that title."""
        sheet = self.book[title]
        assert isinstance(sheet, Worksheet)
        return sheet

    def put(self, title: str, place: Place, value: object, filled: FilledCell | None) -> None:
        """Type a value; a text stays a text whatever it begins with."""
        cell = self.sheet(title).cell(*place)
        cell.value = value  # type: ignore[assignment]
        if isinstance(value, str):
            cell.data_type = "s"
        self.filled.setdefault(title, {}).pop(place, None)
        if filled is not None:
            self.filled[title][place] = filled

    def move(self, title: str, to: Move) -> None:
        """Put every cell of a sheet into its new place, and its account with it."""
        sheet = self.sheet(title)
        for merged in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(merged))
        cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
        kept = [(cell.row, cell.column, cell.value, cell.data_type, cell.number_format) for cell in cells]
        for cell in cells:
            cell.value = None
        for row, column, value, kind, form in kept:
            target = sheet.cell(*to(row, column))
            target.value, target.number_format = value, form
            target.data_type = kind
        self.filled[title] = {to(*place): what for place, what in self.filled.get(title, {}).items()}

    def rename(self, title: str, new: str) -> None:
        """Give a sheet another title."""
        self.sheet(title).title = new
        self.filled[new] = self.filled.pop(title, {})

    def twin(self, name: str) -> Book:
        """A copy of the file as it stands, under another name."""
        target = io.BytesIO()
        self.book.save(target)
        return Book(
            name=name,
            book=openpyxl.load_workbook(target),
            filled={title: dict(cells) for title, cells in self.filled.items()},
            edits=list(self.edits),
        )

    def require_report(self, title: str, place: Place) -> None:
        """Record that a Problem must name this cell, though it can be read."""
        self.filled[title][place] = replace(self.filled[title][place], is_reported=True)

    def rows(self, title: str) -> dict[int, dict[str, Place]]:
        """The filled cells of a sheet by row and column key."""
        found: dict[int, dict[str, Place]] = {}
        for place, what in self.filled.get(title, {}).items():
            if what.key != LOOSE and not what.key.startswith("cover."):
                found.setdefault(place[0], {})[what.key] = place
        return found

    @property
    def tables(self) -> list[str]:
        """Titles of the sheets that hold a table with ids."""
        ids = {ID, REGISTER_ID}
        return [title for title, cells in self.filled.items() if ids & {what.key for what in cells.values()}]

    @property
    def questions(self) -> list[str]:
        """Titles of the sheets of requirements."""
        return [title for title in self.tables if any(what.key == ID for what in self.filled[title].values())]

    def save(self, folder: Path) -> None:
        """Write the file, and its second copy if there is one."""
        target = io.BytesIO()
        self.book.save(target)
        packed = io.BytesIO()
        with zipfile.ZipFile(target) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                part = old.read(name)
                for edit in (*self._formulas(), *self.edits):
                    part = edit(name, part)
                new.writestr(name, part)
        for name in filter(None, (self.name, self.again)):
            (folder / name).write_bytes(packed.getvalue())

    def _formulas(self) -> Iterator[PackageEdit]:
        for number, sheet in enumerate(self.book.worksheets, start=1):
            cells = self.filled.get(sheet.title, {})
            results = {sheet.cell(*at).coordinate: sheet.cell(*at).value for at, what in cells.items() if what.formula}
            if results:
                yield partial(_with_formulas, f"xl/worksheets/sheet{number}.xml", results)


def _with_formulas(sheet: str, results: Mapping[str, object], name: str, part: bytes) -> bytes:
    """The sheet with these cells as formulas that have these results."""
    if name != sheet:
        return part
    root = ET.fromstring(part)  # noqa: S314 - written a moment ago
    for cell in root.iter(f"{MAIN}c"):
        if (value := results.get(cell.get("r", ""))) is not None:
            for child in list(cell):
                cell.remove(child)
            cell.set("t", "str" if isinstance(value, str) else "n")
            ET.SubElement(cell, f"{MAIN}f").text = "$A$1"
            ET.SubElement(cell, f"{MAIN}v").text = str(value)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def open_book(data: bytes, name: str) -> Book:
    """Return a blank template with its ids on the account; all other printed text is no answer."""
    book = Book(name=name, book=openpyxl.load_workbook(io.BytesIO(data)), filled={})
    for sheet in book.book:
        assert isinstance(sheet, Worksheet)
        keys = [cell.value for cell in sheet[FIRST_ROW]]
        cells = book.filled.setdefault(sheet.title, {})
        if keys[:2] in (["id", "requirement"], ["id", "kind"]):
            for row in range(FIRST_ROW + 1, sheet.max_row + 1):
                if sheet.cell(row, 1).value is not None:
                    cells[row, 1] = FilledCell(key=ID if keys[1] == "requirement" else REGISTER_ID)
    return book


def column_of(key: str) -> int:
    """Return the number of a column in a blank template, from 1."""
    register, _, name = key.rpartition(".")
    return [column.key for column in (REGISTER.columns if register else REQUIREMENTS.columns)].index(name) + 1


def cover_places(book: Book) -> tuple[str, dict[str, Place]]:
    """Return the title of the cover and the places of its values by key."""
    sheet = book.book.worksheets[0]
    return sheet.title, {
        str(row[0].value): (row[0].row, 3)
        for row in sheet.iter_rows()
        if row[0].value in tuple(field.key for field in COVER)
    }
