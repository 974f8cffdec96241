"""Write the assessment folder of Graustark, a second small made-up country for the overview of several countries.

Run by `make content`. Everything is in graustark.json; the same texts give the same bytes. One agency of three has
returned nothing, and nothing is assigned beyond a few requirements.
"""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from fatf_kit.action_plan.items.model import ItemRegister
from fatf_kit.assessment.folder.agency_templates import build_agency_layout
from fatf_kit.assessment.folder.folder import open_workspace
from fatf_kit.assessment.folder.model import AGENCIES, ASSIGNMENT, PLAN_ITEMS, RESPONSES, SETTINGS, Agency, Workspace
from fatf_kit.assessment.workbook.template import render_template
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.files import write_file
from fatf_kit.core.json_files import convert_value
from fatf_kit.workflows.action_making import render_action_plan
from fatf_kit.workflows.assessment_folder import write_control

HERE = Path(__file__).resolve().parent
SILENT = "bank"
"""The agency that has returned nothing."""


def build(home: Path = HERE) -> list[Path]:
    """Write the folder and return what was written.

    Raises:
        FatfKitError: an answer or an item has no place in its workbook.
    """
    data: Mapping[str, Any] = json.loads((HERE / "graustark.json").read_text(encoding="utf-8"))
    duties = [
        {"requirement": requirement, "lead": agency, "supporting": ""}
        for agency, requirements in data["assignment"].items()
        for requirement in requirements
    ]
    with TemporaryDirectory() as texts:
        settings = json.dumps(data["settings"], ensure_ascii=False)
        write_file(Path(texts) / SETTINGS, settings.encode("utf-8"))
        write_file(Path(texts) / AGENCIES, _csv(data["agencies"]))
        write_file(Path(texts) / ASSIGNMENT, _csv(duties))
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
    """One answer as cell values: texts stay texts, the day of entry into force becomes a date."""
    return {key: date.fromisoformat(text) if key == "in_force_from" else text for key, text in row.items()}


def _csv(rows: Iterable[Mapping[str, str]]) -> bytes:
    lines = list(rows)
    text = io.StringIO()
    writer = csv.DictWriter(text, list(lines[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(lines)
    return text.getvalue().encode("utf-8-sig")


def main() -> int:
    """Write the folder; 0 when done, 3 with one line on standard error when it cannot be written."""
    try:
        written = build()
    except (FatfKitError, OSError, ValueError) as fault:
        sys.stderr.write(f"{fault}\n")
        return 3
    sys.stdout.writelines(f"Written: {path.relative_to(HERE.parents[1])}\n" for path in written)
    return 0


if __name__ == "__main__":
    sys.exit(main())
