"""Cells as people type them: plain, in the spelling of their language, and a few that cannot be read.

Three rows of each table are filled. The first one gets a plain value in every blank cell. The second one gets values in
the spelling of a language, also over what is there. The third one gets a bad cell for each kind of column.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

import openpyxl
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from fatf_kit.assessment.workbook.schema import SCALES
from fatf_kit.spreadsheets.schema import TICK, BookSchema, CellKind, Choices, CoverField, SheetColumn, SheetTable
from fatf_kit.statistics.schema import NO_FIGURES
from tools.written_inputs.places import Place, find_places

PLAIN, SPELLED, BAD = range(3)
"""The ways in which the first rows of a table are filled, by their order."""

Typed = str | int | float | date

_DATES: Mapping[str, Mapping[int, Typed]] = {
    "en": {PLAIN: date(2025, 3, 31), SPELLED: "31 March 2025", BAD: "soon"},
    "ar": {PLAIN: date(2025, 3, 31), SPELLED: "٣١ آذار ٢٠٢٥", BAD: "قريباً"},
    "fr": {PLAIN: date(2025, 3, 31), SPELLED: "31 mars 2025", BAD: "bientôt"},
}
_NUMBERS: Mapping[str, Mapping[int, Typed]] = {
    "en": {PLAIN: 1500, SPELLED: "1,250.00", BAD: "a dozen"},
    "ar": {PLAIN: 1500, SPELLED: "١٢٥٠", BAD: "نحو عشرة"},
    "fr": {PLAIN: 1500, SPELLED: "1 250", BAD: "une dizaine"},
}
_COUNTS: Mapping[str, Mapping[int, Typed]] = {
    "en": {PLAIN: 12, SPELLED: "12 ", BAD: "-3"},
    "ar": {PLAIN: 12, SPELLED: "١٢", BAD: "٣-"},
    "fr": {PLAIN: 12, SPELLED: "12", BAD: "2,5"},
}
_BAD_CHOICE = {"en": "perhaps", "ar": "ربما", "fr": "peut-être"}
_NO_NAME = {"en": "A made-up office", "ar": "جهة مختلقة", "fr": "Un service inventé"}
MANY = 40
"""Rows of a sheet in which names and fields are looked for."""
_SIGNS = {"en": "; ", "ar": "، ", "fr": " ; "}
"""The sign that people put between several choices or ids."""

_SENTENCES: Mapping[str, tuple[str, ...]] = {
    "en": ("Made up: the working group met twice this year.", "Made up: see the annex.\nSecond line.", "Made up: no."),
    "ar": ("نص مختلق: اجتمع فريق العمل مرتين هذه السنة.", "نص مختلق: انظروا الملحق.\nسطر ثان.", "نص مختلق: لا."),
    "fr": ("Inventé : le groupe s’est réuni deux fois.", "Inventé : voir l’annexe.\nSeconde ligne.", "Inventé : non."),
}

FORMS: Mapping[tuple[str, str], tuple[Typed, ...]] = {
    ("requirements", "evidence"): ("E-010", "e-010 ; E-046", "E-999"),
    ("requirements", "citation"): (
        "Act 14/2018, art. 29",
        "Act No. 14 of 2018, arts 29 and 30; Decree 3/2020",
        "",
    ),
    ("contributions", "evidence"): ("E-046", "E-046, E-010", "E-999"),
    ("contributions", "citation"): ("Act 14/2018, art. 29(2)", "Act 14 of 2018, art. 31 bis", ""),
    ("contributions", "nothing_to_add"): ("", "x", ""),
    ("register", "article"): ("art. 3", "arts 3–5, 7", ""),
    ("decisions", "requirement"): ("R.8/8.1", "R.10", "R.99"),
    ("cases", "case"): ("C-91", "C-92", "C-93"),
    ("cases", "year"): (2025, "2024/25", "1825"),
    ("cases", "core_issues"): ("IO.7/7.1", "IO.7/7.1; IO.7/7.2", "IO.77"),
    ("instruments", "id"): ("L-901", "L-902", "L-903"),
    ("instruments", "number"): ("14", "14-bis", "no. 14/2"),
    ("instruments", "amends"): ("L-001", "l-001, L-002", "L-999"),
    ("provisions", "provision"): ("L-001 art. 91", "L-001 art. 92(2)", "L-999 art. 1"),
    ("links", "provision"): ("L-001 art. 1", "l-001 art. 1", "L-999 art. 1"),
    ("links", "requirement"): ("R.10/10.2", "r.10 / 10.3", "R.10/10.99"),
    ("translations", "source"): ("L-001", "L-001 art. 1", "L-999"),
    ("translations", "language"): ("en", "French", "Klingon"),
    ("bills", "clause"): ("L-001 cl. 3", "L-001 cl. 4", "L-999 cl. 1"),
    ("bills", "requirement"): ("R.8/8.1", "R.8/8.2", "R.8/8.99"),
    ("spellings", "instrument"): ("L-001", "l-002", "L-999"),
    ("plan_items", "id"): ("PI-91", "PI-92", "PI-93"),
    ("plan_items", "units"): ("R.10, IO.3", "r.10; io.3", "R.99"),
    ("plan_items", "deadline"): ("2027-10", "10/2027", "next year"),
    ("plan_items", "origin"): ("RA-001", "ra-002", "RA-999"),
    ("item_records", "item"): ("PI-01", "pi-02", "PI-99"),
    ("item_records", "cycle"): ("2028-10", "10/2028", "spring"),
    ("item_evidence", "item"): ("PI-01", "pi-02", "PI-99"),
    ("item_evidence", "cycle"): ("2028-10", "10/2028", "spring"),
    ("item_evidence", "series"): ("2024: 3; 2025: 5", "2024: 3, 2025: 4", "more and more"),
    ("item_cycles", "cycle"): ("2029-02", "2029-06", "spring"),
    ("item_work", "items"): ("PI-01", "pi-01; PI-02", "PI-99"),
    ("item_work", "own"): ("A-01", "a-01; A-02", "A-999"),
    ("plan_rates", "currency"): ("USD", "eur", "dollars"),
    ("plan_rates", "year"): (2026, "2025", 1825),
    ("plan_costs", "first"): (2026, "2027", "soon"),
    ("plan_costs", "last"): (2028, "2029", "later"),
    ("plan_costs", "currency"): ("USD", "usd", "dollars"),
    ("plan_costs", "rate"): ("", "", "Made-up grade"),
    ("plan_needs", "serves"): ("PI-01", "pi-02; PI-03", "PI-99"),
    ("plan_needs", "currency"): ("USD", "usd", "dollars"),
    ("plan_needs", "wanted_from"): ("2027-01", "2027-02", "spring"),
    ("plan_needs", "wanted_until"): ("2027-10", "10/2027", "winter"),
    ("sessions", "id"): ("T-91", "t-92", "Monday"),
    ("sessions", "units"): ("IO.3, R.26", "io 3; r.26", "R.99"),
    ("participants", "session"): ("T-01", "t-02", "T-99"),
    ("tests", "session"): ("T-01", "t-02", "T-99"),
    ("participants", "total"): ("", "", ""),
    ("tests", "before_mean"): (61, "61.5", "about 70"),
    ("tests", "after_mean"): (74, "74.5", "about 80"),
    ("tests", "before_questions"): ("Q.3.1-1, Q.3.1-2", "q.3.1-1", "Q.99.1-1"),
    ("tests", "after_questions"): ("Q.3.1-3, Q.3.1-4", "q.3.1-3", "Q.99.1-1"),
    ("people", "year"): (2026, "2026", "1526"),
    ("pasted", "pasted_unit"): ("Recommendation 8", "R.10", "Summary"),
    ("pasted", "pasted_rating"): ("PC", "LC", "C"),
    ("requests", "unit"): ("R.8", "r.10", "R.99"),
    ("criteria", "criterion"): ("R.8/8.1", "R.8/8.2", "R.8/8.99"),
    ("actions", "id"): ("A-901", "A-902", "A-903"),
    ("actions", "after"): ("A-01", "a-01; A-02", "A-999"),
    ("actions", "requirements"): ("R.8/8.1", "r.8/8.1; R.8/8.2", "R.99/99.1"),
    ("actions", "shown"): ("R.8/8.1", "r.8/8.1; R.8/8.2", "R.99/99.1"),
    ("actions", "concerns"): ("IO.10/10.1", "io.10/10.1; IO.10/10.2", "IO.99/99.1"),
    ("cover", "cut_off"): (date(2027, 3, 31), "31.3.2027", ""),
    ("weights", "weighted"): ("R.10/10.1", "r.10/10.2", "R.99/99.1"),
    ("weights", "weight"): (5, "3", 4),
    ("facts", "fact_answer"): ("yes", 30, "perhaps"),
    ("columns", "separator"): (";", "/", ","),
    ("national", "value"): (3, "4", "high"),
    ("bodies", "operating_countries"): ("Jordan; KE", "France", "Atlantis"),
}
"""Cells of columns that have a form, by table and key, one for each way of filling; other texts are sentences.

An empty text leaves the cell as it is.
"""


def type_into(content: bytes, schema: BookSchema, language: str) -> bytes:
    """Return a workbook with cells typed into each of its tables and its cover, as openpyxl saves it."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for place in find_places(book, schema.tables, rows=BAD + 1):
        _type_into_table(_add_dynamic_columns(place), language)
    for sheet in book.worksheets:
        _type_into_cover(sheet, schema.fields, language)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def _add_dynamic_columns(place: Place) -> Place:
    """Return a table with its columns that are not declared one by one: years of figures, ticks of agencies."""
    if place.table.dynamic is None:
        return place
    columns, more = dict(place.columns), []
    for cell in place.sheet[place.keys]:
        key = str(cell.value)
        if cell.value is None or key in place.table.by_key or place.table.dynamic(key) != key:
            continue
        is_year = place.table.name == "figures"
        kind, choices = (CellKind.NUMBER, NO_FIGURES) if is_year else (CellKind.CHOICE, TICK)
        more.append(SheetColumn(key, key, kind=kind, choices=choices))
        columns[key] = int(cell.column or 0)
    return replace(place, table=replace(place.table, columns=(*place.table.columns, *more)), columns=columns)


def _type_into_table(place: Place, language: str) -> None:
    bad: set[CellKind] = set()
    for order, row in enumerate(place.rows):
        identity = place.sheet.cell(row, place.columns[place.table.id])
        if identity.value is None and (forms := FORMS.get((place.table.name, place.table.id))):
            identity.value = forms[order]
        for column in place.typed_columns:
            typed_column = _choose_column(column, place.table, str(identity.value or ""))
            cell = place.sheet.cell(row, place.columns[column.key])
            is_sentence = typed_column.kind is CellKind.TEXT and (place.table.name, column.key) not in FORMS
            is_due = {
                PLAIN: cell.value is None,
                SPELLED: cell.value is None or not is_sentence,
                BAD: not is_sentence and typed_column.kind not in bad,
            }
            is_name = typed_column.kind is CellKind.TEXT and bool(column.list_from)
            value = _make_value(typed_column, place.table.name, order, language)
            if is_due[order] and not is_name and value != "":
                cell.value = value
                bad |= {typed_column.kind} if order == BAD else set()
    _type_names(place, language)


def _type_into_cover(sheet: Worksheet, fields: Iterable[CoverField], language: str) -> None:
    """Type into the blank cells next to the names of fields."""
    named = {label: field for field in fields if field.kind is not CellKind.PRINTED for label in field.labels}
    for row in sheet.iter_rows(max_row=MANY):
        for cell in row:
            field = named.get(str(cell.value))
            place = sheet.cell(cell.row or 0, (cell.column or 0) + 1) if field is not None else None
            if field is not None and isinstance(place, Cell) and place.value is None:
                order = PLAIN if field.kind in (CellKind.TEXT, CellKind.COUNT) else SPELLED
                place.value = _make_value(field, "cover", order, language)


def _type_names(place: Place, language: str) -> None:
    """Type into columns with a list of names: a name that another row has, and one that is not in the list."""
    keys = [column.key for column in place.typed_columns if column.kind is CellKind.TEXT and column.list_from]
    rows = range(place.keys + 1, place.keys + 1 + MANY)
    names = [str(cell.value) for row in rows for key in keys if (cell := _find_cell(place, row, key)).value]
    for order, row in enumerate(place.rows if names else ()):
        blank = next((cell for key in keys if (cell := _find_cell(place, row, key)).value is None), None)
        if order == PLAIN:
            cells = [_find_cell(place, row, key) for key in keys]
            others = [name for name in dict.fromkeys(names) if name not in {cell.value for cell in cells}]
            for cell, name in zip((cell for cell in cells if cell.value is None), others, strict=False):
                cell.value = name
        elif order == SPELLED:
            _find_cell(place, row, keys[0]).value = f"  {names[0].upper()}"
        elif order == BAD and blank is not None:
            blank.value = _NO_NAME[language]


def _find_cell(place: Place, row: int, key: str) -> Cell:
    cell = place.sheet.cell(row, place.columns[key])
    assert isinstance(cell, Cell)
    return cell


def _choose_column(column: SheetColumn, table: SheetTable, name: str) -> SheetColumn:
    """Return a column as it is in a row; the scale of an answer depends on its requirement."""
    if table.name in ("requirements", "contributions") and column.key == "rating":
        scale = SCALES["criterion" if name.startswith("R.") else "achievement"]
        return replace(column, kind=CellKind.CHOICE, choices=scale)
    return column.of_row(name)


def _make_value(column: SheetColumn | CoverField, table: str, order: int, language: str) -> Typed:
    if forms := FORMS.get((table, column.key)):
        return forms[order]
    if column.kind is CellKind.DATE:
        return _DATES[language][order]
    if column.kind is CellKind.NUMBER:
        return _NUMBERS[language][order]
    if column.kind in (CellKind.WHOLE, CellKind.COUNT):
        return _COUNTS[language][order]
    if column.choices is not None:
        return _choose(column.choices, order, language, is_list=column.kind is CellKind.CHOICES)
    if column.kind is CellKind.LINK:
        return f"https://www.example.org/made-up/{order}"
    return _SENTENCES[language][order]


def _choose(choices: Choices, order: int, language: str, *, is_list: bool) -> str:
    """Return a label of the language, an English one in another spelling, or a text that is no choice."""
    labels, english = list(choices.labels(language).values()), list(choices.labels("en").values())
    if order == BAD:
        return _BAD_CHOICE[language]
    if is_list:
        return _SIGNS[language].join(labels[order : order + 2])
    return labels[0] if order == PLAIN else f" {english[-1].upper()}"
