"""The workbooks of the made-up country Ruritania: its assessment folder, and one workbook for the whole country.

The same answers give the same bytes, so the workbooks in the repository can be compared with new ones. The answers are
in answers.json (by requirement, of the agencies that lead), agencies.json (the answers of supporting agencies),
laws.json (the register of laws) and training.json (the training record), because text is easier to read and to review
there than in a spreadsheet. The folder of another language has the same ratings, evidence and faults.
"""

from __future__ import annotations

import io
import json
import re
import textwrap
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from fatf_kit.assessment.decisions.reader import DecisionBook, make_row
from fatf_kit.assessment.decisions.workbook import render_decisions
from fatf_kit.assessment.folder.agency_templates import build_agency_layout
from fatf_kit.assessment.folder.assignment import list_assigned
from fatf_kit.assessment.folder.folder import open_workspace
from fatf_kit.assessment.folder.model import (
    AGENCIES,
    ASSIGNMENT,
    DECISIONS,
    LAWS,
    RESPONSES,
    SETTINGS,
    TRAINING,
    Agency,
    Workspace,
)
from fatf_kit.assessment.workbook.layout import build_layout
from fatf_kit.assessment.workbook.schema import REGISTER, REQUIREMENTS
from fatf_kit.assessment.workbook.template import render_template, write_template
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.json_files import convert_value
from fatf_kit.core.messages import MADE_UP, Translator
from fatf_kit.core.problem_kinds import ProblemLevel
from fatf_kit.core.store import write_file
from fatf_kit.examples.rows import make_cells, read_rows, render_csv
from fatf_kit.examples.texts import SOURCE_LANGUAGE, copy_source, read_example
from fatf_kit.framework import load_framework
from fatf_kit.laws.book import render_register
from fatf_kit.laws.model import LawRegister
from fatf_kit.spreadsheets.sheet import CellValue
from fatf_kit.training import TrainingRecord, render_training
from fatf_kit.workflows.folder_scoring import score_folder

EDITION = "fatf-2022"
TABLES = (SETTINGS, AGENCIES, ASSIGNMENT)
_TITLE = 110
"""The longest title in assignment.csv, in characters."""

_Row = dict[str, CellValue]
_Texts = Mapping[str, Mapping[str, str]]


def list_parts(home: Path, language: str = SOURCE_LANGUAGE) -> tuple[Callable[[], list[Path]], ...]:
    """Return functions that together write an assessment folder in a language; each returns the paths of its files.

    Call them in their order. Figures that are already in the folder show what is left to decide, so write them first.
    In English, agencies answer in the languages of the shipped table; in another language, all answer in that language.
    A function raises a FatfKitError if an answer or item of evidence has no place in a template.
    """
    data, more = read_example("answers", language), read_example("agencies", language)
    return (
        lambda: _write_tables(home, language),
        lambda: _write_responses(home, data, more),
        lambda: [_write_laws(home, str(data["country"]), language), _write_training(home, language)],
        lambda: [_write_decisions(home, more)],
    )


def write_whole_country(target: Path, language: str = SOURCE_LANGUAGE) -> Path:
    """Write the answers of all agencies as one workbook in a language and return its path."""
    data, more = read_example("answers", language), read_example("agencies", language)
    country, cut_off = str(data["country"]), date.fromisoformat(data["cut_off"])
    framework = load_framework(EDITION, language)
    layout = build_layout(framework, language=language, country=country, cut_off=cut_off, notice=MADE_UP)
    write_template(
        layout,
        target,
        prefill={requirement: make_cells(row, REQUIREMENTS.columns) for requirement, row in data["answers"].items()},
        evidence=[make_cells(item, REGISTER.columns) for item in data["evidence"]],
        cover={"contact": more["contacts"]["council"]},
    )
    return target


def _write_tables(home: Path, language: str) -> list[Path]:
    """Write the settings and tables of a folder and return their paths."""
    if language == SOURCE_LANGUAGE:
        return [copy_source(f"ruritania/{name}", home / name) for name in TABLES]
    notice = Translator(language)(MADE_UP)
    settings = {**read_example("assessment", language), "languages": [language], "notice": notice}
    agencies = [{**row, "language": language} for row in read_rows(f"ruritania/{AGENCIES}")]
    titles = {top.id: top.statement for top in list_assigned(load_framework(EDITION, language))}
    assignment = [
        {**row, "title": textwrap.shorten(titles[row["requirement"]], _TITLE, placeholder="…")}
        for row in read_rows(f"ruritania/{ASSIGNMENT}")
    ]
    return [
        write_file(home / SETTINGS, (json.dumps(settings, ensure_ascii=False, indent=2) + "\n").encode("utf-8")),
        write_file(home / AGENCIES, render_csv(agencies)),
        write_file(home / ASSIGNMENT, render_csv(assignment)),
    ]


def _write_responses(home: Path, data: Mapping[str, Any], more: Mapping[str, Any]) -> list[Path]:
    """Write one workbook for each agency, one again with corrections, and one sent twice."""
    workspace, problems = open_workspace(home)
    if faults := [problem for problem in problems if problem.level is not ProblemLevel.NOTE]:
        raise FatfKitError(faults[0].message)
    folder, written = home / RESPONSES, []
    late, twice = more["late"], more["sent_twice"]
    for agency in workspace.agencies:
        answers = _answers_of(agency, workspace, data["answers"], more)
        content = _workbook(agency, workspace, answers, data["evidence"], more["contacts"][agency.id])
        if agency.id == late["agency"]:
            content = _save_on(content, late["first_saved"])
        written.append(write_file(folder / f"{agency.id}.xlsx", content))
        if agency.id == twice["agency"]:
            written.append(write_file(folder / twice["file"], content))
        if agency.id == late["agency"]:
            corrected = {name: {**row, **late["answers"].get(name, {})} for name, row in answers.items()}
            content = _workbook(agency, workspace, corrected, data["evidence"], more["contacts"][agency.id])
            written.append(write_file(folder / late["file"], _save_on(content, late["saved"])))
    return written


def _save_on(content: bytes, day: str) -> bytes:
    """Return the workbook as if the agency had saved it on a day, by which copies are ordered."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(made, "w") as after:
        for part in before.infolist():
            text = before.read(part)
            if part.filename == "docProps/core.xml":
                text = re.sub(rb"[^>]*(</dcterms:modified>)", f"{day}T10:00:00Z".encode() + rb"\1", text)
            after.writestr(part, text)
    return made.getvalue()


def _answers_of(
    agency: Agency, workspace: Workspace, leading: _Texts, more: Mapping[str, Any]
) -> dict[str, dict[str, str]]:
    """Return the answers of an agency: on its own subjects in its language, and what it adds to those of others."""
    found: dict[str, dict[str, str]] = {}
    for requirement, row in leading.items():
        asked = workspace.assignment.duty(requirement).agencies
        if asked[:1] == (agency.id,):
            found[requirement] = {**row, **(more["in_arabic"].get(requirement, {}) if agency.language == "ar" else {})}
    return {**found, **more["supporting"].get(agency.id, {})}


def _workbook(
    agency: Agency, workspace: Workspace, answers: _Texts, register: list[dict[str, str]], contact: str
) -> bytes:
    layout = build_agency_layout(workspace, agency, extra=answers)
    if layout is None:
        raise FatfKitError(f"{agency.id} is asked nothing.")
    cited = {name.strip() for row in answers.values() for name in row.get("evidence", "").split(",")}
    return render_template(
        layout,
        prefill={requirement: make_cells(row, REQUIREMENTS.columns) for requirement, row in answers.items()},
        evidence=[make_cells(item, REGISTER.columns) for item in register if item["id"] in cited],
        cover={"contact": contact},
    )


def _write_laws(home: Path, country: str, language: str) -> Path:
    register = convert_value(read_example("laws", language), LawRegister, "laws.json")
    return write_file(home / LAWS, render_register(register, Translator(language), country=country, notices=[MADE_UP]))


def _write_training(home: Path, language: str) -> Path:
    data = read_example("training", language)
    bodies = data.pop("other_bodies")
    for row in data["attendance"]:
        row["agency"] = bodies.get(row["agency"], row["agency"])
    record = convert_value(data, TrainingRecord, "training.json")
    return write_file(home / TRAINING, render_training(record, open_workspace(home)[0]))


def _write_decisions(home: Path, more: Mapping[str, Any]) -> Path:
    """Write decisions.xlsx as `fatf-kit score` writes it, with what the country has decided."""
    target = home / DECISIONS
    target.unlink(missing_ok=True)
    rows = tuple(
        make_row(row["requirement"], {**row, "day": date.fromisoformat(row["day"])}) for row in more["decisions"]
    )
    book = DecisionBook(rows=rows, exists=True)
    for _ in range(2):  # the second time with the decisions, which answer some questions of the first
        score = score_folder(home)
        workspace, questions = score.workspace, (*score.questions, *score.decided_questions)
        language = workspace.settings.languages[0]
        framework, copies = load_framework(EDITION, language), score.responses.copies
        write_file(target, render_decisions(questions, book, workspace, framework, language, copies=copies))
    return target
