"""Mutations of single cells and rows, as people and programs make them."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from openpyxl.cell.cell import MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from fatf_kit.spreadsheets.marks import STAMP_MARK
from tests.property import typed
from tests.property.ledger import ID, LOOSE, REGISTER_ID, Book, FilledCell, Place
from tests.property.mutation import KEYS, WORDS, cover_of, given, head_of, mutation, some_sheet


@mutation(harmless=True)
def type_ratings_by_hand(books: list[Book], random: Random) -> None:
    """The same ratings in another language, case and spacing."""
    book, title = some_sheet(books, random)
    for place in given(book, title):
        what = book.filled[title][place]
        if what.key == "rating" and what.means is not None and not what.formula:
            scale = "achievement" if what.means in ("very large", "large", "some", "negligible") else "criterion"
            book.put(title, place, typed.same_choice(random, scale, what.means), what)


@mutation(harmless=True)
def type_digits(books: list[Book], random: Random) -> None:
    """Ids and texts of dates in Arabic or Persian digits, with marks around them."""
    book, title = some_sheet(books, random)
    for place, what in list(book.filled[title].items()):
        value = book.sheet(title).cell(*place).value
        keys = (ID, REGISTER_ID, "evidence", "in_force_from", "action_due", "register.in_force_from")
        if what.key in keys and isinstance(value, str) and not value.startswith("#"):
            book.put(title, place, random.choice(typed.AROUND) + typed.digits(random, value), what)


@mutation(harmless=True)
def type_dates(books: list[Book], random: Random) -> None:
    """The same days as text in several forms, and as bare numbers."""
    book, title = some_sheet(books, random)
    for place in given(book, title):
        what = book.filled[title][place]
        if what.means in typed.DAYS and not what.formula:
            cell = book.sheet(title).cell(*place)
            cell.number_format = "General"
            book.put(title, place, typed.same_day(random, typed.DAYS.index(what.means)), what)


@mutation(harmless=False)
def type_unknown_id(books: list[Book], random: Random) -> None:
    """An id that the edition does not have, or no id at all."""
    book, title = some_sheet(books, random)
    if ids := _ids(book, title):
        place, name = random.choice(ids), random.choice(["R.99/1.1", "banana", 9.1, "R.9", "9.1"])
        book.put(title, place, name, book.filled[title][place])


@mutation(harmless=False)
def delete_id(books: list[Book], random: Random) -> None:
    """An id cell wiped clean."""
    book, title = some_sheet(books, random)
    if ids := _ids(book, title):
        book.put(title, random.choice(ids), None, None)


def _ids(book: Book, title: str) -> list[Place]:
    """Id cells of rows with answers, or all where there are none."""
    rows = book.rows(title)
    return sorted(keys[name] for keys in rows.values() for name in (ID, REGISTER_ID) if name in keys and len(keys) > 1)


@mutation(harmless=False)
def duplicate_row(books: list[Book], random: Random) -> None:
    """A row pasted again at the end of the sheet, with something changed."""
    book, title = some_sheet(books, random)
    sheet = book.sheet(title)
    if rows := [row for row, keys in book.rows(title).items() if {ID, REGISTER_ID} & set(keys) and len(keys) > 1]:
        row, new = random.choice(rows), sheet.max_row + 1
        for place in book.rows(title)[row].values():
            cell = sheet.cell(*place)
            book.put(title, (new, place[1]), cell.value, book.filled[title][place])
            sheet.cell(new, place[1]).data_type = cell.data_type
        places = [place for place in given(book, title) if place[0] == new]
        words = [place for place in places if book.filled[title][place].key in (*WORDS, "register.title")]
        for place in words[:1]:
            book.put(title, place, "Said twice", FilledCell(key=book.filled[title][place].key, means="Said twice"))


@mutation(harmless=False, last=True)
def type_outside_the_table(books: list[Book], random: Random) -> None:
    """Type a remark to the right of the table, below it or in the row of headings."""
    book, title = some_sheet(books, random)
    sheet, head = book.sheet(title), head_of(book, title)
    right, below = sheet.max_column + random.randint(1, 4), sheet.max_row + random.randint(1, 5)
    place = random.choice([(head + 1, right), (head, right), (1, right), (below, random.randint(1, 8)), (below, right)])
    _remark(book, title, place, random, only_text=place[1] < right)


@mutation(harmless=False, last=True)
def type_on_the_front_sheets(books: list[Book], random: Random) -> None:
    """Remarks on the cover, the contents, the summary or a hidden sheet, outside the fields or over our words."""
    book = random.choice(books)
    fronts = [t for t in book.book.sheetnames if t == cover_of(book) or not (given(book, t) or t in book.tables)]
    title = random.choice(fronts)
    sheet = book.sheet(title)
    place = random.randint(1, sheet.max_row + 4), random.randint(2, 12)
    answered = {row for row, _ in book.filled.get(title, {})} if title == cover_of(book) else set()
    stamped = sheet.cell(1, 1).value == STAMP_MARK and place[1] == 2
    if not stamped and not (place[0] in answered and place[1] <= 3) and sheet.cell(place[0], 1).value != "agency":
        _remark(book, title, place, random)


@mutation(harmless=False)
def type_into_locked_cells(books: list[Book], random: Random) -> None:
    """An answer below the text of a requirement, or in its place."""
    book, title = some_sheet(books, random)
    sheet, head = book.sheet(title), head_of(book, title)
    column = next((cell.column for cell in sheet[head] if cell.value == "requirement"), 0)
    rows = [row for row, keys in book.rows(title).items() if ID in keys]
    for row in random.sample(rows, min(2, len(rows))) if column else ():
        old, said = sheet.cell(row, column).value, random.choice(["We comply.", "نعم", "Oui : article 4", 7])
        if (row, column) not in book.filled[title]:
            between = random.choice(["\n", " "])
            new = said if random.random() < 0.4 else f"{old}{between}{said}"
            book.put(title, (row, column), new, FilledCell(key=LOOSE, locked=True))


@mutation(harmless=True, last=True)
def hide_an_address(books: list[Book], random: Random) -> None:
    """A text that leads to an address which it does not say; in the register that address is the link."""
    book, title = some_sheet(books, random)
    texts = [at for at in given(book, title) if isinstance(book.sheet(title).cell(*at).value, str)]
    for place in random.sample(texts, min(2, len(texts))):
        cell, what = book.sheet(title).cell(*place), book.filled[title][place]
        if isinstance(cell, MergedCell) or cell.hyperlink or what.formula or str(cell.value).startswith(("#", "=")):
            continue
        address = random.choice(
            ["https://example.org/a?b=1&c=2", "mailto:fiu@example.org", "ftp://example.org/law.pdf"]
        )
        cell.hyperlink = address
        if what.key == "register.link":
            book.filled[title][place] = replace(what, means=f"{what.means} ({address})")
        else:
            book.filled[title][place] = replace(what, linked=True)


@mutation(harmless=False)
def add_a_sheet(books: list[Book], random: Random) -> None:
    """Add a sheet with notes."""
    book = random.choice(books)
    sheet = book.book.create_sheet("Notes")
    _remark(book, sheet.title, (random.randint(1, 9), random.randint(1, 9)), random)


def _remark(book: Book, title: str, place: Place, random: Random, *, only_text: bool = False) -> None:
    values: list[object] = ["See the annex.", "انظر المرفق", "Note: 5"]
    if not only_text:
        values += [typed.DAYS[0], True, "R.9/9.1"]
    if not isinstance(book.sheet(title).cell(*place), MergedCell):
        book.put(title, place, random.choice(values), FilledCell(key=LOOSE))


@mutation(harmless=False)
def break_a_cell(books: list[Book], random: Random) -> None:
    """An answer that became an error, or a formula that was never calculated."""
    book, title = some_sheet(books, random)
    if places := given(book, title):
        place = random.choice(places)
        value = random.choice(["#REF!", "#NAME?", "#N/A", "#DIV/0!", "=1+1", '=""&"met"'])
        book.put(title, place, None, FilledCell(key=book.filled[title][place].key))
        book.sheet(title).cell(*place).value = value


@mutation(harmless=True)
def answer_by_formula(books: list[Book], random: Random) -> None:
    """A cell whose text is the stored result of a formula."""
    book, title = some_sheet(books, random)
    for place in given(book, title):
        value, what = book.sheet(title).cell(*place).value, book.filled[title][place]
        if isinstance(value, str) and what.means is not None and random.random() < 0.5:
            book.filled[title][place] = replace(what, formula=True)


@mutation(harmless=False, last=True)
def merge_cells(books: list[Book], random: Random) -> None:
    """One rating for two rows, or one text over two columns."""
    book, title = some_sheet(books, random)
    sheet = book.sheet(title)
    places = [place for place in given(book, title) if place[0] > head_of(book, title)]
    if not places:
        return
    row, column = random.choice(places)
    last = random.choice([(row + 1, column), (row + 2, column), (row, column + 1)])
    covered = {(r, c) for r in range(row, last[0] + 1) for c in range(column, last[1] + 1)} - {(row, column)}
    cells = book.filled[title]
    heads = {sheet.cell(r, c).value for r, c in covered} & KEYS
    taken = any(cell.coord for cell in sheet.merged_cells.ranges)
    if heads or taken or any(cells[at].key in (ID, REGISTER_ID, LOOSE) for at in covered if at in cells):
        return
    for at in covered:
        cells.pop(at, None)
    sheet.merge_cells(start_row=row, start_column=column, end_row=last[0], end_column=last[1])
    if not cells[row, column].is_reported and cells[row, column].means is not None and _in_table(book, title, covered):
        book.require_report(title, (row, column))


def _in_table(book: Book, title: str, places: set[Place]) -> bool:
    """Whether one of the places is that of an answer."""
    sheet = book.sheet(title)
    heads = {column for row in range(1, sheet.max_row + 1) for column in _columns(sheet, row)}
    return any(column in heads for _, column in places)


def _columns(sheet: Worksheet, row: int) -> list[int]:
    cells = [cell for cell in sheet[row] if cell.value is not None]
    return [cell.column for cell in cells] if len(cells) > 6 else []
