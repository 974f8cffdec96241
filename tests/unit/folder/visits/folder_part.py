"""The list of visits in an assessment folder: its workbook, what is checked in it, and what the status says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from fatf_kit.assessed.folder import Folder, FolderPart
from fatf_kit.core.messages import Translator
from fatf_kit.core.problems import Problem, quote_found
from fatf_kit.framework import Framework
from fatf_kit.spreadsheets.declared_rows import DeclaredRow, SheetReader
from fatf_kit.spreadsheets.declared_sheets import DeclaredSheet, col, list_choices, sheet_row
from fatf_kit.spreadsheets.kept_books import KeptBook
from fatf_kit.spreadsheets.reader import read_book
from fatf_kit.spreadsheets.schema import BookSchema


@sheet_row
class Visit:
    """A visit to another country."""

    day: date | None = col("Date", 13)
    country: str = col("Country", 24, required="row-nameless")
    units: tuple[str, ...] = col("Outcomes and Recommendations", 22, style="ids")
    people: int | None = col("People", 9)
    note: str = col("Notes", 34, multiline=True)


def _check(row: DeclaredRow[Framework], visit: Visit) -> Visit:
    known = {unit.id for unit in row.context.units}
    for name in visit.units:
        if name not in known:
            row.report("item-unit", "units", **quote_found(name))
    return visit


VISITS = DeclaredSheet("visits", Visit, "Visits", "One row for each visit to another country.", check=_check)
SCHEMA = BookSchema(kind="visits", what="a list of visits", command="fatf-kit visits template", tables=(VISITS.table,))


@dataclass(frozen=True, kw_only=True)
class FolderVisits(FolderPart):
    """The visits of an assessment folder."""

    visits: tuple[Visit, ...]

    def list_counts(self, day: date, t: Translator) -> Iterator[tuple[int, str]]:
        """Yield the number of visits made."""
        yield sum(visit.day is not None and visit.day <= day for visit in self.visits), t("visits to other countries")

    def list_dates(self, t: Translator) -> Iterator[tuple[date, str]]:
        """Yield the days of the visits."""
        yield from ((visit.day, t("Visit: {name}", name=visit.country)) for visit in self.visits if visit.day)


def read_part(folder: Folder) -> tuple[FolderVisits, tuple[Problem, ...]]:
    """Read the visits of a folder."""
    visits, problems = read_visits(folder.workspace.path / "visits.xlsx", folder.framework)
    return FolderVisits(visits=visits), problems


def read_visits(path: Path, framework: Framework) -> tuple[tuple[Visit, ...], tuple[Problem, ...]]:
    """Read the workbook, where there is one."""
    book, problems = read_book(path, SCHEMA) if path.exists() else (None, ())
    if book is None:
        return (), problems
    reader = SheetReader(book)
    return reader.read(VISITS, framework), (*book.problems, *reader.problems)


def render_visits(visits: Sequence[Visit], t: Translator, country: str) -> bytes:
    """Return the workbook."""
    book = KeptBook(
        schema=SCHEMA,
        title=t("Visits"),
        how=t("How to keep this list"),
        sheets=(VISITS.keep(visits, t),),
        lists=list_choices((VISITS,)),
    )
    return book.render(t, country=country, notices=())
