"""Workbooks on non-profit organisations as the present code writes them, with made-up contents of the examples."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl

from fatf_kit.examples.texts import SOURCE_LANGUAGE, find_source
from fatf_kit.npo.functions import npo_map, npo_questionnaire, npo_template
from fatf_kit.npo.method.load import load_method
from tools.fuzz.fuzz_target import first_lines

AS_OF = "2026-11-01"
_NPO = find_source("npo")
_BODIES = 60
_REGISTERED = 12
_ASKED = 4


def _copy_register(folder: str, language: str, bodies: int = _BODIES) -> Path:
    """Write the first bodies of the example's register, in Arabic with Arabic headings and words."""
    path = Path(folder) / "register.csv"
    path.write_bytes(first_lines(_NPO / ("register-ar.csv" if language == "ar" else "register.csv"), bodies + 1))
    return path


def render_measures(language: str) -> bytes:
    """Return the measures of the example."""
    name = "measures.xlsx" if language == SOURCE_LANGUAGE else f"measures-{language}.xlsx"
    return (_NPO / name).read_bytes()


def render_questionnaire(language: str) -> bytes:
    """Return questions to a few bodies of the example's register."""
    with TemporaryDirectory() as folder:
        register = _copy_register(folder, SOURCE_LANGUAGE)
        _, (path,) = npo_questionnaire(register, Path(folder) / "questions", languages=(language,), as_of=AS_OF)
        return path.read_bytes()


def render_mapping(language: str) -> bytes:
    """Return what is proposed for the columns of a register."""
    with TemporaryDirectory() as folder:
        register = _copy_register(folder, language)
        return npo_map(register, Path(folder) / "map.xlsx", language=language).path.read_bytes()


def render_register(language: str) -> bytes:
    """Return the blank register with a few bodies copied into it under its headings, and without the rows to spare."""
    with TemporaryDirectory() as folder:
        blank = npo_template(folder, language=language)[0].read_bytes()
        bodies = list(_read_bodies(_copy_register(folder, language, _REGISTERED), language))
    book = openpyxl.load_workbook(io.BytesIO(blank))
    sheet = book.worksheets[0]
    headings = {str(cell.value): cell.column or 0 for cell in sheet[1]}
    for row, body in enumerate(bodies, start=2):
        for heading, text in body.items():
            sheet.cell(row, headings[heading]).value = text or None
    sheet.delete_rows(len(bodies) + 2, sheet.max_row)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def _read_bodies(path: Path, language: str) -> Iterator[dict[str, str]]:
    """Yield bodies by the headings of a language."""
    columns = load_method().columns
    with path.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            yield {columns[key].name[language] if key in columns else key: text for key, text in row.items()}
