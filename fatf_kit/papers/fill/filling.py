"""One of the country's own files, from bytes to bytes."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

from fatf_kit.core.errors import WorkbookError
from fatf_kit.core.files import shown_name
from fatf_kit.core.languages import clean
from fatf_kit.core.messages import Translator
from fatf_kit.core.problems import CellRef, Problem, hint, make_problem, quote_found
from fatf_kit.framework.catalog import suggest
from fatf_kit.papers.fill.fields import PLACEHOLDER, FieldTexts, list_heading_fields
from fatf_kit.papers.fill.word_document import fill_word
from fatf_kit.papers.fill.workbook import fill_workbook
from fatf_kit.papers.report_input import PaperInput
from fatf_kit.spreadsheets.formats.guard import check_package
from fatf_kit.spreadsheets.formats.limits import MAX_TEXT, count_units


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledFile:
    """The filled file: its bytes, how many places were filled, and every placeholder that could not be."""

    data: bytes
    places: int
    problems: tuple[Problem, ...]


def fill_file(path: Path, paper_input: PaperInput, t: Translator) -> FilledFile:
    """Return the file with every placeholder and table it has filled in; the file itself is not touched.

    Placeholders that cannot be filled stay as they are and are Problems.

    Raises:
        WorkbookError: it is not an Excel workbook or a Word document, or is not safe to open.
    """
    data, kind = _opened(path)
    fields = FieldTexts(paper_input, t)
    problems: list[Problem] = []
    places = 0

    def lookup(text: str, where: str) -> str:
        def filled(found: re.Match[str]) -> str:
            nonlocal places
            name, field = clean(found[1]), found[2]
            words = fields.text(name, field)
            if words is None:
                problems.append(_unknown(CellRef(file=shown_name(path), cell=where), name, field, fields))
                return found[0]
            places += 1
            return words or t("[Not answered yet.]")

        return PLACEHOLDER.sub(filled, text)  # in one go, so that what looks like a placeholder in an answer stays

    def value(name: str, field: str) -> str:
        nonlocal places
        filled = fields.text(name, field) or ""
        places += bool(filled)
        return filled

    def cut(where: str, text: str) -> None:
        ref, length = CellRef(file=shown_name(path), cell=where), count_units(text)
        problems.append(make_problem("text-cut", ref, length=length, limit=MAX_TEXT))

    try:
        if kind == "docx":
            made = fill_word(data, lookup)
        else:
            made = fill_workbook(data, lookup, list_heading_fields(), value, cut)
    except Exception as fault:  # damaged inside: whatever the parsers of Word's and Excel's parts raise then
        why = make_problem("file-broken", CellRef(file=shown_name(path)), why="a part inside it cannot be read")
        raise WorkbookError(why) from fault
    return FilledFile(data=made, places=places, problems=tuple(problems))


def _opened(path: Path) -> tuple[bytes, str]:
    """Return the bytes of a file that is safe to open, and whether it is a workbook or a document."""
    if (problem := check_package(path)) is not None:
        raise WorkbookError(problem)
    data = path.read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = set(package.namelist())
    for kind, part in (("xlsx", "xl/workbook.xml"), ("docx", "word/document.xml")):
        if part in names:
            return data, kind
    raise WorkbookError(
        "{file} cannot be filled in. Allowed: Excel workbooks (.xlsx) and Word documents (.docx).",
        file=shown_name(path),
    )


def _unknown(ref: CellRef, name: str, field: str | None, fields: FieldTexts) -> Problem:
    if not fields.knows(name):
        return make_problem("fill-id", ref, **quote_found(name))
    allowed = fields.of_requirement if "/" in name else fields.of_unit
    facts = {**quote_found(field or ""), "allowed": ", ".join(allowed), **hint(suggest(field or "", allowed))}
    return make_problem("fill-field", ref, name, **facts)
