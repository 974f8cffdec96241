"""A filled workbook of answers as raw rows, with a Problem for everything that was left behind.

Nothing is interpreted here: whether an id or a rating exists is judged where answers are parsed.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from fatf_kit.assessment.workbook.model import RawWorkbook
from fatf_kit.assessment.workbook.schema import ANSWERS, CONTRIBUTIONS, REGISTER, REQUIREMENTS
from fatf_kit.assessment.workbook.template import read_stamp_facts
from fatf_kit.core.problems import Problem, make_problem, quote_found
from fatf_kit.spreadsheets.reader import FilledBook, read_book
from fatf_kit.spreadsheets.stamp import CREATED
from fatf_kit.spreadsheets.values import is_name


def read_workbook(path: Path) -> tuple[RawWorkbook | None, tuple[Problem, ...]]:
    """Return everything filled in, as found, and every problem in the order of the sheets.

    The workbook is None where the file must not or cannot be read, or is no workbook of answers. Rows without any
    answer are left out; two rows with the same id are both kept.

    >>> workbook, problems = read_workbook(Path("no-such-file.xlsx"))
    >>> workbook is None, problems[0].code
    (True, 'file-missing')
    """
    book, problems = read_book(path, ANSWERS)
    if book is None:
        return None, problems
    _check_country(book)
    workbook = RawWorkbook(
        file=book.file,
        sha256=book.sha256,
        stamp=read_stamp_facts(book.stamp),
        rows=(*book.rows.get(REQUIREMENTS.name, ()), *book.rows.get(CONTRIBUTIONS.name, ())),
        evidence=tuple(book.rows.get(REGISTER.name, ())),
        saved=_find_saved_time(path, book),
        cover=book.fields,
        cover_refs=book.field_refs,
    )
    return workbook, tuple(book.problems)


def _find_saved_time(path: Path, book: FilledBook) -> datetime | None:
    """Return when the workbook was last saved: as it says itself, else by the date of the file; None for neither.

    Every workbook says that fatf-kit wrote it on one fixed day, and some programs keep that day.
    """
    if book.saved is not None and book.saved.date() != CREATED.date():
        return book.saved
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except OSError:
        return None


def _check_country(book: FilledBook) -> None:
    """Leave out a country that is no name, such as a date."""
    value = book.fields.get("country")
    if value is not None and not is_name(value):
        book.problems.append(make_problem("cover-country-name", book.field_refs["country"], **quote_found(value)))
        del book.fields["country"]
