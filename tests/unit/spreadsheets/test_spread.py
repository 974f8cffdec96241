"""Columns that are spread over languages are found by their role, in workbooks of today and of before."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from fatf_kit.core.languages import LANGUAGES
from fatf_kit.spreadsheets.cell_writer import BookWriter
from fatf_kit.spreadsheets.reader import FilledBook, read_book
from fatf_kit.spreadsheets.schema import BookSchema, CellKind, CoverField, SheetColumn, SheetTable
from fatf_kit.spreadsheets.spread import fill_spread, find_spread, spread_languages
from fatf_kit.spreadsheets.stamp import write_stamp
from fatf_kit.spreadsheets.writer import write_table

TABLE = SheetTable(
    name="bodies",
    columns=(
        SheetColumn("id", "No.", kind=CellKind.ID),
        *spread_languages(SheetColumn("title", "Title in {language}")),
        SheetColumn("number", "Official number"),
    ),
)
LATER = replace(TABLE, columns=(*TABLE.columns, SheetColumn("title_sw", "Title in Swahili", role="title", member="sw")))
"""The same after a language was added."""


def schema_of(table: SheetTable) -> BookSchema:
    """Return a kind of workbook that has one table."""
    return BookSchema(kind="bodies", what="a list", command="none", tables=(table,))


def write(path: Path, table: SheetTable, titles: dict[str, str]) -> Path:
    """Write a workbook with one row."""
    writer = BookWriter("fr")
    write_table(writer, "Bodies", table, [{"id": "A", "number": "7", **fill_spread("title", titles)}], tab="#1F3A52")
    write_stamp(writer, schema_of(table), "Bodies", {})
    path.write_bytes(writer.finish())
    return path


def read(path: Path, table: SheetTable) -> FilledBook:
    """Read a workbook as a version of fatf-kit does that has this table."""
    book, problems = read_book(path, schema_of(table))
    assert book is not None, problems
    return book


def test_texts_are_read_by_language_wherever_their_columns_are(tmp_path: Path) -> None:
    """A column for each language, which a person has moved behind all others."""
    path = write(tmp_path / "a.xlsx", TABLE, {"ar": "قانون", "fr": "Loi"})
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    for row in (1, 2, 3):
        sheet.cell(row, 9).value, sheet.cell(row, 3).value = sheet.cell(row, 3).value, None
    book.save(path)
    found = read(path, TABLE)
    (record,) = found.records("bodies")
    assert record.by_language("title") == {"ar": "قانون", "fr": "Loi"}
    assert [problem.code for problem in found.problems] == []


def test_headings_name_the_language_in_each_language() -> None:
    """They are the words by which columns are found where the hidden keys are gone."""
    columns = find_spread(TABLE.columns, "title")
    assert tuple(columns) == LANGUAGES
    assert [columns["en"].heading_in(code) for code in ("en", "ar", "fr", "ar-IQ", "fr-MA")] == [
        "Title in English",
        "العنوان بالإنجليزية",
        "Titre en anglais",
        "العنوان بالإنجليزية",
        "Titre en anglais",
    ]
    (field, *_) = spread_languages(CoverField("name", "Name of the country in {language}"))
    assert (field.key, field.role, field.member) == ("name_en", "name", "en")
    assert "Nom du pays en anglais" in field.labels


@pytest.mark.parametrize(
    ("written", "known", "codes"),
    [(TABLE, TABLE, []), (TABLE, LATER, []), (LATER, LATER, []), (LATER, TABLE, ["languages-newer"])],
    ids=["today", "before", "later", "back"],
)
def test_a_language_more_or_less(written: SheetTable, known: SheetTable, codes: list[str], tmp_path: Path) -> None:
    """A workbook without a new language lacks nothing; a version without it reports that it does not read it."""
    book = read(write(tmp_path / "a.xlsx", written, {"en": "Act"}), known)
    (record,) = book.records("bodies")
    assert (record.by_language("title"), record.text("number")) == ({"en": "Act"}, "7")
    assert [problem.code for problem in book.problems if problem.code != "languages-newer" or known is TABLE] == codes


def test_a_column_that_a_person_deleted_is_still_missed(tmp_path: Path) -> None:
    """Its texts cannot be read any more, whether the language is an old one or a new one."""
    for table, deleted in ((TABLE, "title_fr"), (LATER, "title_sw")):
        path = write(tmp_path / "a.xlsx", table, {"en": "Act"})
        book = openpyxl.load_workbook(path)
        sheet = book.worksheets[0]
        sheet.delete_cols(next(cell.column for cell in sheet[2] if cell.value == deleted))
        book.save(path)
        problems = [problem for problem in read(path, table).problems if problem.code == "sheet-columns"]
        assert len(problems) == 1, deleted


def test_the_stamp_is_as_before_until_there_is_another_language(tmp_path: Path) -> None:
    """A fact more would change every workbook that is written today."""
    today, later = (write(tmp_path / "a.xlsx", table, {}).read_bytes() for table in (TABLE, LATER))
    facts = [
        {row[0]: row[1] for row in openpyxl.load_workbook(io.BytesIO(data))["_stamp"].iter_rows(values_only=True)}
        for data in (today, later)
    ]
    assert [found.get("languages") for found in facts] == [None, "en ar fr sw"]
