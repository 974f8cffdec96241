"""Mutations of whole sheets and files, as people and programs make them."""

from __future__ import annotations

import re
from dataclasses import replace
from random import Random

from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidationList

from tests.property import typed
from tests.property.ledger import LOOSE, Book, FilledCell
from tests.property.mutation import WORDS, cover_of, given, head_of, is_key_row, mutation, some_sheet

_OTHER_HEADING = "In our own words"
_STRICT = {
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    b"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties": (
        b"http://purl.oclc.org/ooxml/officeDocument/customProperties"
    ),
    b"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties": (
        b"http://purl.oclc.org/ooxml/officeDocument/extendedProperties"
    ),
    b"http://schemas.openxmlformats.org/officeDocument/2006/": b"http://purl.oclc.org/ooxml/officeDocument/",
    b"http://schemas.openxmlformats.org/drawingml/2006/main": b"http://purl.oclc.org/ooxml/drawingml/main",
}


@mutation(harmless=True)
def sort_rows(books: list[Book], random: Random) -> None:
    """By what stands in one column, up or down; sometimes with the headings and keys among the rows."""
    book, title = some_sheet(books, random)
    sheet = book.sheet(title)
    first = random.choice([head_of(book, title) + 1, 1])
    by, rows = random.randint(1, 6), list(range(first, sheet.max_row + 1))
    order = sorted(rows, key=lambda row: str(sheet.cell(row, by).value or "~"), reverse=random.random() < 0.5)
    to = {old: rows[n] for n, old in enumerate(order)}
    book.move(title, lambda row, column: (to.get(row, row), column))


@mutation(harmless=True)
def insert_rows(books: list[Book], random: Random) -> None:
    """Blank rows above, between or below, on any sheet."""
    book = random.choice(books)
    title = random.choice(book.book.sheetnames)
    at, count = random.randint(1, 12), random.randint(1, 9)
    book.move(title, lambda row, column: (row + count if row >= at else row, column))


@mutation(harmless=True)
def insert_columns(books: list[Book], random: Random) -> None:
    """Blank columns before or between."""
    book, title = some_sheet(books, random)
    at, count = random.randint(1, 8), random.randint(1, 3)
    book.move(title, lambda row, column: (row, column + count if column >= at else column))


@mutation(harmless=True)
def reorder_columns(books: list[Book], random: Random) -> None:
    """Columns cut and put elsewhere."""
    book, title = some_sheet(books, random)
    columns = list(range(1, book.sheet(title).max_column + 1))
    shuffled = random.sample(columns, len(columns))
    book.move(title, lambda row, column: (row, shuffled[column - 1]))


@mutation(harmless=True)
def rename_sheet(books: list[Book], random: Random) -> None:
    """In any script, with signs that XML has to escape."""
    book = random.choice(books)
    title = random.choice(book.book.sheetnames)
    new = random.choice(["Tabelle1", "Q&A <1>", "ورقة ١", "\U0001f600", "R.40", "a'b", "Cover (2)", "  "])
    if new.casefold() not in {name.casefold() for name in book.book.sheetnames}:
        book.rename(title, new)


@mutation(harmless=True)
def hide_sheets(books: list[Book], random: Random) -> None:
    """All but the first."""
    for sheet in random.choice(books).book.worksheets[1:]:
        sheet.sheet_state = random.choice(["hidden", "veryHidden", "visible"])


@mutation(harmless=True)
def reorder_sheets(books: list[Book], random: Random) -> None:
    """Tabs dragged about."""
    book = random.choice(books).book
    random.shuffle(book._sheets)  # type: ignore[attr-defined]
    book.active = 0


@mutation(harmless=True)
def copy_sheet(books: list[Book], random: Random) -> None:
    """A sheet kept as a backup in the same file."""
    _copied(*some_sheet(books, random))


@mutation(harmless=False)
def copy_sheet_and_change(books: list[Book], random: Random) -> None:
    """A backup that went its own way."""
    book, title = some_sheet(books, random)
    new = _copied(book, title)
    _change_one(book, new, random)


def _copied(book: Book, title: str) -> str:
    twin = book.book.copy_worksheet(book.sheet(title))
    book.filled[twin.title] = dict(book.filled.get(title, {}))
    return twin.title


def _change_one(book: Book, title: str, random: Random) -> None:
    if places := given(book, title):
        place = random.choice(places)
        key = book.filled[title][place].key
        if key in WORDS or key in ("register.title", "register.article", "register.link", "register.holder"):
            book.put(title, place, "Another word for it", FilledCell(key=key, means="Another word for it"))
        elif key == "confidentiality":
            book.put(title, place, "restricted", FilledCell(key=key, means="restricted"))
        elif key.endswith(("in_force_from", "action_due")):
            book.put(title, place, typed.DAYS[1], FilledCell(key=key, means=typed.DAYS[1]))


@mutation(harmless=True)
def delete_key_row(books: list[Book], random: Random) -> None:
    """The hidden row goes, the headings stay."""
    book, title = some_sheet(books, random)
    sheet = book.sheet(title)
    row = head_of(book, title)
    if is_key_row(book, title, row) and not any(cell.value == _OTHER_HEADING for cells in sheet for cell in cells):
        for column in range(1, sheet.max_column + 1):
            book.put(title, (row, column), None, None)
        book.move(title, lambda r, column: (r - 1 if r > row else r, column))


@mutation(harmless=True)
def overwrite_headings(books: list[Book], random: Random) -> None:
    """Some headings in the agency's own words; the keys stay."""
    book, title = some_sheet(books, random)
    row = head_of(book, title)
    if row > 1 and is_key_row(book, title, row) and not any(at[0] == row - 1 for at in book.filled[title]):
        cells = [cell for cell in book.sheet(title)[row - 1] if isinstance(cell.value, str)]
        for cell in random.sample(cells, min(3, len(cells))):
            book.put(title, (cell.row, cell.column), _OTHER_HEADING, FilledCell(key=LOOSE, locked=True))


@mutation(harmless=False)
def lose_a_key(books: list[Book], random: Random) -> None:
    """One of the hidden keys deleted."""
    book, title = some_sheet(books, random)
    row = head_of(book, title)
    if is_key_row(book, title, row):
        place = row, random.randint(1, book.sheet(title).max_column)
        if place not in book.filled[title]:
            book.put(title, place, None, None)


@mutation(harmless=True, last=True)
def paste_a_table_below(books: list[Book], random: Random) -> None:
    """All of another sheet, headings too, with its columns the other way round."""
    book, title = some_sheet(books, random)
    if title in book.questions:
        sheet, other = book.sheet(title), random.choice(book.questions)
        source, below = book.sheet(other), sheet.max_row + 2
        reworded = any(cell.value == _OTHER_HEADING for cells in source for cell in cells)
        sorted_under = any(row < head_of(book, other) for row in book.rows(other))  # rows whose head comes after them
        if source is not sheet and not source.merged_cells.ranges and not reworded and not sorted_under:
            width = source.max_column + 1
            for cell in [cell for cells in source.iter_rows() for cell in cells if cell.value is not None]:
                place = below + cell.row, width - cell.column
                what = book.filled[other].get((cell.row, cell.column))
                book.put(title, place, cell.value, replace(what, linked=False) if what else None)
                sheet.cell(*place).data_type = cell.data_type


@mutation(harmless=True)
def hide_rows_and_filter(books: list[Book], random: Random) -> None:
    """An autofilter that hides most rows, and a group that is folded."""
    book, title = some_sheet(books, random)
    sheet = book.sheet(title)
    sheet.auto_filter.ref = f"A{head_of(book, title)}:{get_column_letter(sheet.max_column)}{sheet.max_row}"
    sheet.auto_filter.add_filter_column(2, ["met"])
    for row in range(head_of(book, title) + 1, sheet.max_row + 1):
        sheet.row_dimensions[row].hidden = random.random() < 0.7
    sheet.column_dimensions["D"].hidden = True


@mutation(harmless=True)
def paste_formats(books: list[Book], random: Random) -> None:
    """Three hundred formatted blank rows below."""
    book, title = some_sheet(books, random)
    sheet = book.sheet(title)
    for row in range(sheet.max_row + 1, sheet.max_row + 301):
        sheet.cell(row, random.randint(1, 12)).font = Font(bold=True)


@mutation(harmless=True)
def lose_rules(books: list[Book], random: Random) -> None:
    """Drop-downs, protection and names pasted over."""
    book = random.choice(books).book
    for sheet in book.worksheets:
        sheet.data_validations = DataValidationList()
        sheet.protection.disable()
    book.defined_names.clear()


@mutation(harmless=False)
def copy_cover_and_change(books: list[Book], random: Random) -> None:
    """A second cover that says something else."""
    book = random.choice(books)
    if (title := cover_of(book)) and title in book.book.sheetnames:
        new = _copied(book, title)
        for place, what in list(book.filled[new].items()):
            if what.key == "cover.country" and random.random() < 0.7:
                book.put(new, place, "Examplia", replace(what, means="Examplia"))


@mutation(harmless=True)
def delete_the_stamp(books: list[Book], random: Random) -> None:
    """The very hidden sheet found and thrown away."""
    book = random.choice(books)
    if "_stamp" in book.book.sheetnames and not book.filled.get("_stamp"):
        del book.book["_stamp"]


@mutation(harmless=True)
def lose_properties(books: list[Book], random: Random) -> None:
    """Remove the document properties, as Google Sheets does.

    Without the sheet of the stamp too, the edition is taken from the command line.
    """
    random.choice(books).book.custom_doc_props.props.clear()  # type: ignore[attr-defined]


@mutation(harmless=True)
def delete_front_sheets(books: list[Book], random: Random) -> None:
    """Delete the sheets before the answers."""
    book = random.choice(books)
    for sheet in book.book.worksheets[1:3]:
        if sheet.sheet_state == "visible" and sheet.title not in book.tables and not book.filled.get(sheet.title):
            del book.book[sheet.title]


@mutation(harmless=True)
def change_layout_number(books: list[Book], random: Random) -> None:
    """A template of an older kit."""
    book = random.choice(books)
    if "_stamp" in book.book.sheetnames:
        for row in book.sheet("_stamp").iter_rows():
            if row[0].value == "layout":
                row[1].value = random.choice([0, 1])


@mutation(harmless=True)
def save_under_another_name(books: list[Book], random: Random) -> None:
    """In capitals, with blanks and brackets, in another script, or without a suffix that says what it is."""
    book = random.choice(books)
    names = ["COPY OF ANSWERS (final) 2.XLSX", "إجابات.xlsx", "answers.xlsx.bak", "answers", "answers.xltx"]
    name = random.choice(names)
    if name not in {other.name for other in books}:
        book.name = name


@mutation(harmless=True, last=True)
def send_twice(books: list[Book], random: Random) -> None:
    """The same bytes under another name."""
    book = random.choice(books)
    book.again = f"again-{books.index(book)}.xlsx"


@mutation(harmless=False)
def send_two_copies(books: list[Book], random: Random) -> None:
    """Two people went on with the same file."""
    book = random.choice(books)
    twin = book.twin(f"copy-{len(books)}.xlsx")
    books.append(twin)
    for _ in range(2):
        _change_one(twin, some_sheet([twin], random)[1], random)
    if title := cover_of(twin):
        for place, what in list(twin.filled[title].items()):
            if what.key == "cover.cut_off" and random.random() < 0.5:
                twin.put(title, place, typed.DAYS[0], replace(what, means=typed.DAYS[0]))
            if what.key == "cover.country" and random.random() < 0.3:
                twin.put(title, place, "Examplia", replace(what, means="Examplia"))


@mutation(harmless=True, last=True)
def save_as_strict(books: list[Book], random: Random) -> None:
    """Excel's Strict Open XML: the same parts under other namespaces."""
    random.choice(books).edits.append(_strict)


def _strict(_name: str, part: bytes) -> bytes:
    if not re.match(rb"\s*<", part):
        return part
    for usual, strict in _STRICT.items():
        part = part.replace(usual, strict)
    return part
