"""Write an assessment folder in its form as text: assessment.json, agencies.csv and assignment.csv."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

from fatf_kit.assessment.folder.agencies import COLUMNS as AGENCY_COLUMNS
from fatf_kit.assessment.folder.assignment import COLUMNS as ASSIGNMENT_COLUMNS
from fatf_kit.assessment.folder.assignment import list_assigned
from fatf_kit.assessment.folder.model import (
    AGENCIES,
    ASSIGNMENT,
    CONTROL,
    SETTINGS,
    Agency,
    AssessmentSettings,
    Assignment,
    Duty,
    Workspace,
)
from fatf_kit.core.languages import LANGUAGES
from fatf_kit.framework.loader import load_framework

_KEPT_IN_THE_WORKBOOK = ("weekend", "holidays", "dates")


def render_settings(settings: AssessmentSettings) -> str:
    """Return the text of assessment.json."""
    given = {name: value for name, value in asdict(settings).items() if name not in _KEPT_IN_THE_WORKBOOK}
    names = given.pop("names")
    data = {"schema": "fatf-kit/assessment-folder/1", **given, **({"names": names} if names else {})}
    return json.dumps(data, ensure_ascii=False, indent=2, default=str) + "\n"


def render_agencies(agencies: Iterable[Agency]) -> bytes:
    """Return the bytes of agencies.csv."""
    rows = [
        [one.id, *(one.names.get(language, "") for language in LANGUAGES), " ".join(one.roles), one.language]
        for one in agencies
    ]
    return _render_csv(AGENCY_COLUMNS, rows)


def render_assignment(edition: str, assignment: Assignment) -> bytes:
    """Return the bytes of assignment.csv."""
    tops = {top.id: top.statement for top in list_assigned(load_framework(edition))}
    rows = []
    for name in (*(one for one in assignment.duties if one not in tops), *tops):
        duty = assignment.duties.get(name, Duty(requirement=name))
        rows.append([name, duty.lead or "", " ".join(duty.supporting), tops.get(name, "")[:110]])
    return _render_csv(ASSIGNMENT_COLUMNS, rows)


def _render_csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    target = io.StringIO(newline="")
    csv.writer(target).writerows([columns, *rows])
    return target.getvalue().encode("utf-8-sig")


def write_as_text(workspace: Workspace) -> Path:
    """Write the three files into the folder of a workspace in place of its workbook; return the folder."""
    folder, settings = workspace.path, workspace.settings
    folder.mkdir(parents=True, exist_ok=True)
    (folder / CONTROL).unlink(missing_ok=True)
    (folder / SETTINGS).write_text(render_settings(settings), encoding="utf-8")
    (folder / AGENCIES).write_bytes(render_agencies(workspace.agencies))
    (folder / ASSIGNMENT).write_bytes(render_assignment(settings.edition, workspace.assignment))
    return folder
