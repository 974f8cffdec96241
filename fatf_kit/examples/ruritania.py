"""Write the workbooks of the made-up country Ruritania: its assessment folder, and one workbook for the whole country.

Run by `make content`. The same answers give the same bytes, so the workbooks in the repository can be compared with
new ones. The answers live in answers.json (by requirement, of those that lead), agencies.json (what supporting
agencies say), laws.json (the register of laws) and training.json (the training record), because text is easier to read
and to review there than in a spreadsheet. Each language of texts/ gets a folder of its own next to the English one,
with the same ratings, evidence and faults.
"""

from __future__ import annotations

import csv
import io
import json
import re
import sys
import textwrap
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from fatf_kit import score_folder
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
from fatf_kit.core.files import write_file
from fatf_kit.core.json_files import convert_value
from fatf_kit.core.messages import MADE_UP, Translator
from fatf_kit.core.problem_codes import ProblemLevel
from fatf_kit.framework import load_framework
from fatf_kit.laws.book import render_register
from fatf_kit.laws.model import LawRegister
from fatf_kit.spreadsheets.schema import CellKind, SheetColumn
from fatf_kit.spreadsheets.sheet import CellValue
from fatf_kit.training.model import TrainingRecord
from fatf_kit.workflows.training import render_training
from tools.example_texts import SOURCE_LANGUAGE, read_example, text_languages

HERE = Path(__file__).resolve().parent
EDITION = "fatf-2022"
TABLES = (SETTINGS, AGENCIES, ASSIGNMENT)
_TITLE = 110
"""The longest title in assignment.csv, in characters."""

_Row = dict[str, CellValue]
_Texts = Mapping[str, Mapping[str, str]]


def build(home: Path = HERE, language: str = SOURCE_LANGUAGE) -> list[Path]:
    """Write everything into an assessment folder that has its settings and tables; what was written.

    Raises:
        FatfKitError: an answer or item of evidence that a template has no place for.
    """
    data, more = read_example("answers", language), read_example("agencies", language)
    written = [_whole_country(home, data, more, language), *_responses(home, data, more)]
    written += [_register_of_laws(home, str(data["country"]), language), _training_record(home, language)]
    return [*written, _decisions(home, more)]


def write_tables(home: Path, language: str) -> list[Path]:
    """Write the settings and tables of a folder in which every agency answers in one language; what was written."""
    notice = Translator(language)(MADE_UP)
    settings = {**read_example("assessment", language), "languages": [language], "notice": notice}
    agencies = [{**row, "language": language} for row in _rows(AGENCIES)]
    titles = {top.id: top.statement for top in list_assigned(load_framework(EDITION, language))}
    assignment = [
        {**row, "title": textwrap.shorten(titles[row["requirement"]], _TITLE, placeholder="…")}
        for row in _rows(ASSIGNMENT)
    ]
    return [
        write_file(home / SETTINGS, (json.dumps(settings, ensure_ascii=False, indent=2) + "\n").encode("utf-8")),
        write_file(home / AGENCIES, _csv(agencies)),
        write_file(home / ASSIGNMENT, _csv(assignment)),
    ]


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def _csv(rows: list[dict[str, str]]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def _whole_country(home: Path, data: Mapping[str, Any], more: Mapping[str, Any], language: str) -> Path:
    country, cut_off = str(data["country"]), date.fromisoformat(data["cut_off"])
    framework = load_framework(EDITION, language)
    layout = build_layout(framework, language=language, country=country, cut_off=cut_off, notice=MADE_UP)
    target = home / "workbook" / "ruritania-2022.xlsx"
    write_template(
        layout,
        target,
        prefill={requirement: _cells(row, REQUIREMENTS.columns) for requirement, row in data["answers"].items()},
        evidence=[_cells(item, REGISTER.columns) for item in data["evidence"]],
        cover={"contact": more["contacts"]["council"]},
    )
    return target


def _responses(home: Path, data: Mapping[str, Any], more: Mapping[str, Any]) -> list[Path]:
    """One workbook for each agency, one again with corrections, and one sent twice."""
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
    """The workbook as if the agency had saved it on a day, which is what tells an older copy from a newer one."""
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
    """What an agency leads on, in its language, and what it says besides; where nobody leads, the first one answers."""
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
        prefill={requirement: _cells(row, REQUIREMENTS.columns) for requirement, row in answers.items()},
        evidence=[_cells(item, REGISTER.columns) for item in register if item["id"] in cited],
        cover={"contact": contact},
    )


def _register_of_laws(home: Path, country: str, language: str) -> Path:
    register = convert_value(read_example("laws", language), LawRegister, "laws.json")
    return write_file(home / LAWS, render_register(register, Translator(language), country=country, notices=[MADE_UP]))


def _training_record(home: Path, language: str) -> Path:
    data = read_example("training", language)
    bodies = data.pop("other_bodies")
    for row in data["attendance"]:
        row["agency"] = bodies.get(row["agency"], row["agency"])
    record = convert_value(data, TrainingRecord, "training.json")
    return write_file(home / TRAINING, render_training(record, open_workspace(home)[0]))


def _decisions(home: Path, more: Mapping[str, Any]) -> Path:
    """decisions.xlsx as `fatf-kit score` writes it, with what the country has decided."""
    target = home / DECISIONS
    target.unlink(missing_ok=True)
    score = score_folder(home)
    workspace = score.workspace
    language = workspace.settings.languages[0]
    rows = tuple(
        make_row(row["requirement"], {**row, "day": date.fromisoformat(row["day"])}) for row in more["decisions"]
    )
    book = DecisionBook(rows=rows, exists=True)
    framework = load_framework(EDITION, language)
    for _ in range(2):  # what is decided settles outcomes that were questions before
        questions, copies = (*score.questions, *score.decided_questions), score.responses.copies
        write_file(target, render_decisions(questions, book, workspace, framework, language, copies=copies))
        score = score_folder(home)
    return target


def _cells(row: Mapping[str, str], columns: tuple[SheetColumn, ...]) -> _Row:
    """One row as cell values: texts stay texts, days become dates."""
    days = {column.key for column in columns if column.kind is CellKind.DATE}
    return {key: date.fromisoformat(text) if key in days else text for key, text in row.items()}


def main() -> int:
    """Write the workbooks; 0 when done, 3 with one line on standard error when they cannot be written."""
    try:
        written = build()
        for language in text_languages():
            written += [*write_tables(HERE / language, language), *build(HERE / language, language)]
    except (FatfKitError, OSError, ValueError) as fault:
        sys.stderr.write(f"{fault}\n")
        return 3
    sys.stdout.writelines(f"Written: {path.relative_to(HERE.parents[1])}\n" for path in written)
    return 0


if __name__ == "__main__":
    sys.exit(main())
