"""Small assessment folders of real countries, filled and updated as a user would, and every text in them."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import fatf_kit
from fatf_kit.assessment.folder.agency_templates import build_agency_layout, find_agency
from fatf_kit.assessment.folder.assignment import propose_duties
from fatf_kit.assessment.folder.folder import open_workspace
from fatf_kit.assessment.folder.model import Assignment
from fatf_kit.assessment.workbook.template import write_template
from fatf_kit.framework import load_framework
from fatf_kit.workflows.assessment_folder import write_control
from tests.examples import make_folder
from tests.unit.cli.commands import invoke

AGENCIES = ("fiu", "coordination", "central-bank")
TODAY = date(2026, 12, 1)

_TYPED = {
    "ar": (
        "النص موجود ويُطبق.",
        "لا ينص القانون على مدة.",
        "القانون رقم 39 لسنة 2015، المادة 12",
        "منذ عام 2015",
        "تقريباً",
    ),
    "fr": ("La règle existe.", "La loi ne fixe pas de délai.", "loi n° 2015-39, art. 12", "depuis 2015", "à peu près"),
}
"""Texts that agencies type: explanation, what is missing, citation, a date that is none, a rating that is none."""

_PARTS = re.compile(r"word/(?:document|header\d*|footer\d*|comments|footnotes)\.xml")
_NOT_SHOWN = ("history", "responses", "inbox")
_READERS = (".xlsx", ".docx", ".html", ".svg", ".txt", ".md", ".csv")


@dataclass(frozen=True, slots=True)
class NationalFolder:
    """Every text that a user of a folder reads, by the file or command that shows it, and what was typed into it."""

    texts: dict[str, list[str]]
    typed: tuple[str, ...]


def run_national_folder(target: Path, country: str, language: str) -> NationalFolder:
    """Make a folder of a country, let three agencies answer some of their requirements, update it, and read it.

    PDF and HTML are left out, because they show the report that the other formats show too.
    """
    made = make_folder(
        target, country=country, on_site=(date(2027, 10, 3), date(2027, 10, 19)), languages=(language,), today=TODAY
    )
    few = tuple(one for one in made.agencies if one.id in AGENCIES)
    duties = propose_duties(load_framework("fatf-2022"), few)
    write_control(replace(made, agencies=few, assignment=Assignment(duties=duties)), today=TODAY)
    _answer(target, language)
    runs = (("update", target, "--no-open"), ("check", target), ("outlook", target))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fatf_kit, "update_folder", partial(fatf_kit.update_folder, formats=("docx", "xlsx")))
        texts = {f"$ {run[0]}": _run(*run).splitlines() for run in runs}
    for path in sorted(target.rglob("*")):
        name = path.relative_to(target)
        if path.suffix in _READERS and name.parts[0] not in _NOT_SHOWN:
            texts[name.as_posix()] = list(read_shown_texts(path))
    return NationalFolder(texts, (*_TYPED[language], str(target)))


def _run(*args: object) -> str:
    result = invoke(*args)
    assert result.exception is None, result.output
    return result.output


def _answer(home: Path, language: str) -> None:
    """Put a workbook of each agency into the inbox: proved, unproved and conflicting answers, and values of no use."""
    explanation, missing, citation, since, rating = _TYPED[language]
    workspace, _ = open_workspace(home)
    for number, agency in enumerate(workspace.agencies):
        layout = build_agency_layout(workspace, find_agency(workspace, agency.id), language)
        assert layout is not None
        answers: dict[str, Any] = {}
        for sheet in layout.sheets:
            rated = [row for row in sheet.rows if row.scale or sheet.is_support][: 2 if sheet.is_support else 3]
            for place, row in enumerate(rated):
                is_outcome = row.requirement.startswith("IO.")
                low = "negligible" if is_outcome else "not met"
                high = "large" if is_outcome else "met"
                answer = {"explanation": explanation, "rating": low if sheet.is_support or place == 1 else high}
                answers[row.requirement] = answer | ({"citation": citation} if place != number else {})
                if not sheet.is_support:
                    answers[row.requirement] |= {"in_force_from": since, "missing": missing} if place == 1 else {}
        target = home / "inbox" / f"{agency.name(language)}.xlsx"
        target.parent.mkdir(exist_ok=True)
        write_template(layout, target, prefill=answers)
        if number == 0:
            _type_a_wrong_rating(target, rating)


def _type_a_wrong_rating(path: Path, text: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
    for sheet in book.worksheets:
        for number, cells in enumerate(sheet.iter_rows(max_row=40, values_only=True), start=1):
            if "rating" in cells and "explanation" in cells:
                sheet.cell(number + 3, cells.index("rating") + 1).value = text
                book.save(path)
                return


def read_shown_texts(path: Path) -> Iterator[str]:
    """Yield each text of a file that a person sees in it."""
    if path.suffix == ".xlsx":
        yield from _read_workbook(path)
    elif path.suffix == ".docx":
        with zipfile.ZipFile(path) as package:
            for name in filter(_PARTS.fullmatch, package.namelist()):
                for paragraph in package.read(name).decode("utf-8").split("</w:p>"):
                    yield html.unescape("".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", paragraph)))
    elif path.suffix in (".html", ".svg"):
        page = re.sub(r"<(script|style)\b.*?</\1>", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        yield from map(html.unescape, re.findall(r'(?:title|aria-label|alt)="([^"]*)"', page))
        yield from map(html.unescape, filter(str.strip, re.split(r"<[^>]+>", page)))
    else:
        yield from path.read_text(encoding="utf-8").splitlines()


def _read_workbook(path: Path) -> Iterator[str]:
    for sheet in openpyxl.load_workbook(io.BytesIO(path.read_bytes())).worksheets:
        if sheet.sheet_state != "visible":
            continue
        yield sheet.title
        folded = [one for one in sheet.column_dimensions.values() if one.hidden]
        hidden = {number for one in folded for number in range(one.min or 1, (one.max or 1) + 1)}
        for number, cells in enumerate(sheet.iter_rows(), start=1):
            if sheet.row_dimensions[number].hidden:
                continue
            for cell in cells:
                if isinstance(cell.value, str) and cell.column not in hidden and not cell.value.startswith("="):
                    yield cell.value
                if cell.comment:
                    yield cell.comment.text
        for rule in sheet.data_validations.dataValidation:
            yield from filter(None, (rule.promptTitle, rule.prompt, rule.errorTitle, rule.error))
