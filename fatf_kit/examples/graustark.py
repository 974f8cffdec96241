"""The assessment folder of Graustark, a second small made-up country for the overview of several countries.

Everything is in graustark.json; the same texts give the same bytes. One agency of three has returned nothing, and only
a few requirements are assigned.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from fatf_kit.action_plan.item_making import render_action_plan
from fatf_kit.action_plan.items.model import ItemRegister
from fatf_kit.assessment.folder.agency_templates import build_agency_layout
from fatf_kit.assessment.folder.folder import open_workspace
from fatf_kit.assessment.folder.model import AGENCIES, ASSIGNMENT, PLAN_ITEMS, RESPONSES, SETTINGS, Agency, Workspace
from fatf_kit.assessment.workbook.template import render_template
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.json_files import convert_value
from fatf_kit.core.store import write_file
from fatf_kit.examples.rows import render_csv
from fatf_kit.examples.texts import find_source
from fatf_kit.workflows.assessment_folder import write_control

SILENT = "bank"
"""The agency that has returned nothing."""


def write_second_country(home: Path) -> list[Path]:
    """Write the folder and return the paths of its workbooks.

    Raises:
        FatfKitError: an answer or an item has no place in its workbook.
    """
    data: Mapping[str, Any] = json.loads(find_source("graustark/graustark.json").read_text(encoding="utf-8"))
    duties = [
        {"requirement": requirement, "lead": agency, "supporting": ""}
        for agency, requirements in data["assignment"].items()
        for requirement in requirements
    ]
    with TemporaryDirectory() as texts:
        settings = json.dumps(data["settings"], ensure_ascii=False)
        write_file(Path(texts) / SETTINGS, settings.encode("utf-8"))
        write_file(Path(texts) / AGENCIES, render_csv(data["agencies"]))
        write_file(Path(texts) / ASSIGNMENT, render_csv(duties))
        made, _ = open_workspace(texts)
    sent, due = (date.fromisoformat(data[key]) for key in ("sent", "due"))
    agencies = tuple(replace(agency, sent=sent, due=due) for agency in made.agencies)
    written = [write_control(replace(made, path=home, agencies=agencies), today=sent)]
    workspace, _ = open_workspace(home)
    written += [
        write_file(home / RESPONSES / f"{agency.id}.xlsx", _workbook(workspace, agency, data))
        for agency in workspace.agencies
        if agency.id != SILENT
    ]
    register = convert_value(data["plan"], ItemRegister, "graustark.json")
    return [*written, write_file(home / PLAN_ITEMS, render_action_plan(register, workspace))]


def _workbook(workspace: Workspace, agency: Agency, data: Mapping[str, Any]) -> bytes:
    layout = build_agency_layout(workspace, agency)
    if layout is None:
        raise FatfKitError(f"{agency.id} is asked nothing.")
    asked = data["assignment"][agency.id]
    answers = {requirement: row for requirement, row in data["answers"].items() if requirement in asked}
    return render_template(layout, prefill={requirement: _cells(row) for requirement, row in answers.items()})


def _cells(row: Mapping[str, str]) -> dict[str, str | date]:
    """Return one answer as cell values: texts stay texts, the day of entry into force becomes a date."""
    return {key: date.fromisoformat(text) if key == "in_force_from" else text for key, text in row.items()}
