"""One of the country's own files, from bytes to bytes."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from fatf_kit.errors import WorkbookError
from fatf_kit.framework.catalog import suggest
from fatf_kit.messages import Words
from fatf_kit.problems import CellRef, Problem, hint, make_problem, quoted
from fatf_kit.report.build.given import PaperInput
from fatf_kit.report.fill.docx import fill_word
from fatf_kit.report.fill.fields import Fields, heading_fields, placeholders
from fatf_kit.report.fill.model import Filled
from fatf_kit.report.fill.xlsx import fill_workbook
from fatf_kit.safety.guard import check_package

__all__ = ["Filled", "fill_file"]


def fill_file(path: Path, given: PaperInput, t: Words) -> Filled:
    """The file with every placeholder and table it has filled in; the file itself is not touched.

    Placeholders that cannot be filled stay as they are and are Problems.

    Raises:
        WorkbookError: it is no Excel workbook or Word document, or not safe to open.
    """
    data, kind = _opened(path)
    fields = Fields(given, t)
    problems: list[Problem] = []
    places = 0

    def lookup(text: str, where: str) -> str:
        nonlocal places
        for whole, name, field in placeholders(text):
            told = fields.text(name, field)
            if told is None:
                ref = CellRef(file=path.name, cell=where)
                problems.append(_unknown(ref, name, field, fields))
                continue
            text = text.replace(whole, told or t("[Not answered yet.]"))
            places += 1
        return text

    def value(name: str, field: str) -> str:
        nonlocal places
        told = fields.text(name, field) or ""
        places += bool(told)
        return told

    if kind == "docx":
        made = fill_word(data, lookup)
    else:
        made = fill_workbook(data, lookup, heading_fields(), value)
    return Filled(data=made, places=places, problems=tuple(problems))


def _opened(path: Path) -> tuple[bytes, str]:
    """The bytes of a file that is safe to open, and whether it is a workbook or a document."""
    if (problem := check_package(path)) is not None:
        raise WorkbookError(problem.message)
    data = path.read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = set(package.namelist())
    for kind, part in (("xlsx", "xl/workbook.xml"), ("docx", "word/document.xml")):
        if part in names:
            return data, kind
    raise WorkbookError(f"{path.name}: only Excel workbooks (.xlsx) and Word documents (.docx) can be filled.")


def _unknown(ref: CellRef, name: str, field: str | None, fields: Fields) -> Problem:
    if not fields.knows(name):
        return make_problem("fill-id", ref, **quoted(name))
    allowed = fields.of_requirement if "/" in name else fields.of_unit
    facts = {**quoted(field or ""), "allowed": ", ".join(allowed), **hint(suggest(field or "", allowed))}
    return make_problem("fill-field", ref, name, **facts)
