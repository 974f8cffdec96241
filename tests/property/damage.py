"""Changes that people and programs make to filled workbooks of any kind, made with openpyxl in the workbook itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidationList
from openpyxl.worksheet.worksheet import Worksheet

from fatf_kit.spreadsheets.marks import MARK_PREFIX
from fatf_kit.spreadsheets.schema import BookSchema

Place = tuple[int, int]
"""Row and column, counted from 1 as openpyxl does."""

_TOP = 30  # rows among which the keys of a table stand


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenTable:
    """A table as it was written: its sheet, the row of its keys, the column of each."""

    sheet: Worksheet
    head: int
    columns: dict[str, int]
    id: str

    def rows(self) -> list[int]:
        """Return the rows below the keys in which anything stands."""
        return sorted({cell.row for cell in list_filled(self.sheet) if cell.row > self.head})


@dataclass(slots=True, kw_only=True)
class FormInUse:
    """A filled workbook with its declaration; `words` counts the words that were typed into it."""

    schema: BookSchema
    book: Workbook
    words: int = 0

    def new_word(self) -> str:
        """Return a word that is nowhere else."""
        self.words += 1
        return f"zq{self.words:03}x"

    def tables(self) -> list[WrittenTable]:
        """Return every table whose keys are still there, on the sheets that people see."""
        sheets = (sheet for sheet in self.book.worksheets if sheet.sheet_state == "visible")
        return [table for sheet in sheets if (table := self._find_table(sheet)) is not None]

    def _find_table(self, sheet: Worksheet) -> WrittenTable | None:
        best: WrittenTable | None = None
        sheet.cell(_TOP, 1)  # people work below a short table too
        rows: dict[int, list[Cell]] = {}
        for cell in list_filled(sheet):
            if cell.row > _TOP:
                break
            rows.setdefault(cell.row, []).append(cell)
        for table in self.schema.tables:
            for number, cells in rows.items():
                columns = {str(cell.value): cell.column for cell in cells if cell.value in table.by_key}
                known = len(best.columns) if best else table.enough - 1
                if table.id in columns and len(columns) > known:
                    best = WrittenTable(sheet=sheet, head=number, columns=columns, id=table.id)
        return best


Change = Callable[[FormInUse, Random], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """A kind of damage; a `harmless` one must not change what is read, and needs no problem."""

    name: str
    change: Change
    harmless: bool

    def __repr__(self) -> str:
        return self.name


DAMAGES: list[Damage] = []


def damage(*, harmless: bool) -> Callable[[Change], Change]:
    """Put a function on the list of damages."""

    def put(change: Change) -> Change:
        DAMAGES.append(Damage(name=change.__name__, change=change, harmless=harmless))
        return change

    return put


def list_filled(sheet: Worksheet) -> Iterator[Cell]:
    """Yield the cells of a sheet in which something stands, row by row.

    Rows are not asked for by their number: openpyxl looks at every cell of the sheet for each of them.
    """
    for place in sorted(sheet._cells):
        cell = sheet._cells[place]
        if isinstance(cell, Cell) and cell.value is not None:
            yield cell


def put(cell: Cell | MergedCell, value: object) -> None:
    """Type a value; a text stays a text whatever it begins with. What a merged cell covers cannot be typed into."""
    if isinstance(cell, Cell):
        cell.value = value  # type: ignore[assignment]
        if isinstance(value, str) and not value.startswith("#"):
            cell.data_type = "s"


def move(sheet: Worksheet, to: Callable[[int, int], Place]) -> None:
    """Put every cell of a sheet into its new place."""
    for merged in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(merged))
    copied = [(cell.row, cell.column, cell.value, cell.data_type, cell.number_format) for cell in list_filled(sheet)]
    for cell in list(list_filled(sheet)):
        cell.value = None
    for row, column, value, kind, form in copied:
        target = sheet.cell(*to(row, column))
        target.value, target.number_format, target.data_type = value, form, kind


def copy_cells(source: Worksheet, target: Worksheet, to: Callable[[int, int], Place]) -> None:
    """Paste every cell of a sheet into another."""
    for cell in list(list_filled(source)):
        pasted = target.cell(*to(cell.row, cell.column))
        if isinstance(pasted, Cell):
            pasted.value, pasted.number_format, pasted.data_type = cell.value, cell.number_format, cell.data_type


def _some_table(filled: FormInUse, random: Random) -> WrittenTable | None:
    tables = filled.tables()
    return random.choice(tables) if tables else None


@damage(harmless=True)
def sort_rows(filled: FormInUse, random: Random) -> None:
    """By what stands in one column, up or down."""
    if table := _some_table(filled, random):
        rows, by = table.rows(), random.choice(list(table.columns.values()))
        order = sorted(rows, key=lambda row: str(table.sheet.cell(row, by).value or "~"), reverse=random.random() < 0.5)
        to = dict(zip(order, rows, strict=True))
        move(table.sheet, lambda row, column: (to.get(row, row), column))


@damage(harmless=True)
def insert_rows(filled: FormInUse, random: Random) -> None:
    """Blank rows above, between or below, on any sheet."""
    sheet = random.choice(filled.book.worksheets)
    at, count = random.randint(1, 12), random.randint(1, 9)
    move(sheet, lambda row, column: (row + count if row >= at else row, column))


@damage(harmless=True)
def insert_columns(filled: FormInUse, random: Random) -> None:
    """Blank columns before or between."""
    if table := _some_table(filled, random):
        at, count = random.randint(1, 8), random.randint(1, 3)
        move(table.sheet, lambda row, column: (row, column + count if column >= at else column))


@damage(harmless=True)
def reorder_columns(filled: FormInUse, random: Random) -> None:
    """Columns cut and put elsewhere."""
    if table := _some_table(filled, random):
        columns = list(range(1, table.sheet.max_column + 1))
        to = dict(zip(columns, random.sample(columns, len(columns)), strict=True))
        move(table.sheet, lambda row, column: (row, to[column]))


@damage(harmless=True)
def rename_sheet(filled: FormInUse, random: Random) -> None:
    """In any script, with signs that XML has to escape."""
    if table := _some_table(filled, random):
        new = random.choice(["Tabelle1", "Q&A <1>", "ورقة ١", "\U0001f600", "a'b", "Cover (2)"])
        if new.casefold() not in {name.casefold() for name in filled.book.sheetnames}:
            table.sheet.title = new


@damage(harmless=True)
def hide_and_reorder_sheets(filled: FormInUse, random: Random) -> None:
    """Tabs dragged about, one of them hidden."""
    random.shuffle(filled.book._sheets)  # type: ignore[attr-defined]
    shown = [sheet for sheet in filled.book.worksheets if sheet.sheet_state == "visible"]
    if len(shown) > 1:
        random.choice(shown).sheet_state = random.choice(["hidden", "veryHidden"])
    filled.book.active = filled.book.worksheets.index(
        next(sheet for sheet in filled.book.worksheets if sheet.sheet_state == "visible")
    )


@damage(harmless=True)
def copy_sheet(filled: FormInUse, random: Random) -> None:
    """A sheet kept as a backup in the same file."""
    if table := _some_table(filled, random):
        filled.book.copy_worksheet(table.sheet)


@damage(harmless=False)
def copy_sheet_and_change(filled: FormInUse, random: Random) -> None:
    """A backup that went its own way."""
    if table := _some_table(filled, random):
        twin = filled.book.copy_worksheet(table.sheet)
        for row in random.sample(rows, min(2, len(rows))) if (rows := table.rows()) else ():
            put(twin.cell(row, random.choice(list(table.columns.values()))), filled.new_word())


@damage(harmless=False)
def put_a_table_next_to_another(filled: FormInUse, random: Random) -> None:
    """Another sheet of the workbook to the right of a table, with or without a gap; sometimes it stays where it was."""
    tables = filled.tables()
    if len(tables) > 1:
        first, second = random.sample(tables, 2)
        width, down = first.sheet.max_column + random.choice([0, 1, 2]), random.choice([0, 1, 5])
        copy_cells(second.sheet, first.sheet, lambda row, column: (row + down, width + column))
        if random.random() < 0.7 and second.sheet.sheet_state == "visible":
            del filled.book[second.sheet.title]


@damage(harmless=False)
def put_a_table_below(filled: FormInUse, random: Random) -> None:
    """Another sheet of the workbook under a table."""
    tables = filled.tables()
    if len(tables) > 1:
        first, second = random.sample(tables, 2)
        down = first.sheet.max_row + random.choice([1, 2])
        copy_cells(second.sheet, first.sheet, lambda row, column: (row + down, column))


@damage(harmless=False)
def turn_a_table(filled: FormInUse, random: Random) -> None:
    """A copy of the first rows with rows for columns, on a sheet of its own."""
    if table := _some_table(filled, random):
        sheet = filled.book.create_sheet("Turned")
        for cell in [cell for cell in list_filled(table.sheet) if cell.row <= 40]:
            put(sheet.cell(cell.column, cell.row), cell.value)


@damage(harmless=False)
def merge_cells(filled: FormInUse, random: Random) -> None:
    """One text for two rows, or over two columns."""
    if (table := _some_table(filled, random)) and (rows := table.rows()):
        row, column = random.choice(rows), random.choice(list(table.columns.values()))
        down, right = random.choice([(1, 0), (2, 0), (0, 1)])
        if not table.sheet.merged_cells.ranges:
            table.sheet.merge_cells(start_row=row, start_column=column, end_row=row + down, end_column=column + right)


@damage(harmless=True)
def delete_key_row(filled: FormInUse, random: Random) -> None:
    """The hidden row goes, the headings stay."""
    if table := _some_table(filled, random):
        for cell in table.sheet[table.head]:
            put(cell, None)
        move(table.sheet, lambda row, column: (row - 1 if row > table.head else row, column))


@damage(harmless=False)
def overwrite_headings(filled: FormInUse, random: Random) -> None:
    """Some headings in the agency's own words."""
    if (table := _some_table(filled, random)) and table.head > 1:
        cells = [cell for cell in table.sheet[table.head - 1] if isinstance(cell.value, str)]
        for cell in random.sample(cells, min(2, len(cells))):
            put(cell, filled.new_word())


@damage(harmless=False)
def type_around(filled: FormInUse, random: Random) -> None:
    """Remarks beside, above and under a table, or on any sheet that people see."""
    shown = [sheet for sheet in filled.book.worksheets if sheet.sheet_state == "visible"]
    for _ in range(3):
        sheet = random.choice(shown)
        cell = sheet.cell(random.randint(1, min(sheet.max_row, 60) + 4), sheet.max_column + random.randint(1, 3))
        put(cell, random.choice([filled.new_word(), f"see {filled.new_word()}", "met", "yes", 417]))
        below = sheet.cell(sheet.max_row + random.randint(1, 3), random.randint(1, 6))
        put(below, random.choice([filled.new_word(), f"Note: {filled.new_word()}", "R.9/9.1", 417]))


@damage(harmless=False)
def type_over_printed(filled: FormInUse, random: Random) -> None:
    """A remark over a printed text, or after it."""
    if (table := _some_table(filled, random)) and (rows := table.rows()):
        # In a pasted table the number names the Recommendation; words behind it are its title.
        columns = [column for key, column in table.columns.items() if key != "pasted_unit"]
        for row in random.sample(rows, min(2, len(rows))):
            cell = table.sheet.cell(row, random.choice(columns))
            put(cell, random.choice([filled.new_word(), f"{cell.value or ''} {filled.new_word()}"]))


@damage(harmless=False)
def type_over_ids(filled: FormInUse, random: Random) -> None:
    """A remark over an id, the id of another row, or nothing."""
    if (table := _some_table(filled, random)) and (rows := table.rows()):
        row, other = random.choice(rows), random.choice(rows)
        column = table.columns[table.id]
        value = random.choice([filled.new_word(), table.sheet.cell(other, column).value, None])
        put(table.sheet.cell(row, column), value)


@damage(harmless=False)
def double_a_row(filled: FormInUse, random: Random) -> None:
    """A row once more under the table, with another word in it."""
    if (table := _some_table(filled, random)) and (rows := table.rows()):
        row, below = random.choice(rows), table.sheet.max_row + 1
        for cell in table.sheet[row]:
            put(table.sheet.cell(below, cell.column or 1), cell.value)
        put(table.sheet.cell(below, random.choice(list(table.columns.values()))), filled.new_word())


@damage(harmless=False)
def break_cells(filled: FormInUse, random: Random) -> None:
    """Answers that became an error, or formulas that were never calculated."""
    if (table := _some_table(filled, random)) and (rows := table.rows()):
        cell = table.sheet.cell(random.choice(rows), random.choice(list(table.columns.values())))
        if isinstance(cell, Cell):
            cell.value = random.choice(["#REF!", "#N/A", "#DIV/0!", "=1+1"])


@damage(harmless=False)
def add_a_sheet(filled: FormInUse, random: Random) -> None:
    """Notes on a sheet of their own."""
    sheet = filled.book.create_sheet("Notes")
    for row in range(1, random.randint(2, 4)):
        put(sheet.cell(row, random.randint(1, 3)), filled.new_word())


@damage(harmless=False)
def type_on_front_sheets(filled: FormInUse, random: Random) -> None:
    """Remarks on a cover, on contents, on an overview."""
    with_table = {table.sheet.title for table in filled.tables()}
    shown = [sheet for sheet in filled.book.worksheets if sheet.sheet_state == "visible"]
    for sheet in [sheet for sheet in shown if sheet.title not in with_table]:
        put(
            sheet.cell(random.randint(1, sheet.max_row + 2), random.randint(1, sheet.max_column + 2)), filled.new_word()
        )


@damage(harmless=False)
def delete_hidden_sheets(filled: FormInUse, random: Random) -> None:
    """The stamp, or the record of the printed texts, found and thrown away."""
    hidden = [name for name in ("_stamp", "_printed") if name in filled.book.sheetnames]
    if hidden:
        del filled.book[random.choice(hidden)]


@damage(harmless=False)
def type_on_hidden_sheets(filled: FormInUse, random: Random) -> None:
    """Words on a sheet that people unhid."""
    hidden = [sheet for sheet in filled.book.worksheets if sheet.sheet_state != "visible"]
    ours = [sheet for sheet in hidden if str(sheet["A1"].value).startswith((MARK_PREFIX, "_"))]
    for sheet in random.sample(ours, min(1, len(ours))):
        put(sheet.cell(sheet.max_row + 1, random.randint(1, 3)), filled.new_word())


@damage(harmless=True)
def lose_formats_and_rules(filled: FormInUse, random: Random) -> None:
    """Drop-downs, protection and properties gone, a filter set, three hundred formatted blank rows below."""
    for sheet in filled.book.worksheets:
        sheet.data_validations = DataValidationList()
        sheet.protection.disable()
    filled.book.custom_doc_props.props.clear()  # type: ignore[attr-defined]
    if table := _some_table(filled, random):
        last = get_column_letter(table.sheet.max_column)
        table.sheet.auto_filter.ref = f"A{table.head}:{last}{table.sheet.max_row}"
        for row in range(table.sheet.max_row + 1, table.sheet.max_row + 301):
            table.sheet.cell(row, random.randint(1, 12)).font = Font(bold=True)


@damage(harmless=False)
def comment(filled: FormInUse, random: Random) -> None:
    """A comment on a cell."""
    if (table := _some_table(filled, random)) and (rows := table.rows()):
        cell = table.sheet.cell(random.choice(rows), random.choice(list(table.columns.values())))
        if isinstance(cell, Cell):
            cell.comment = Comment("ask them", "A")
