"""Filled workbooks of single agencies, for tests of assessment folders."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fatf_kit.assessment.folder.agency_templates import build_agency_layout, find_agency
from fatf_kit.assessment.folder.folder import open_workspace
from fatf_kit.assessment.workbook.template import write_template


def send(home: Path, agency: str, answers: Any) -> None:
    """Put an agency's workbook with these answers into the folder, in place of an earlier one."""
    workspace, _ = open_workspace(home)
    layout = build_agency_layout(workspace, find_agency(workspace, agency), "en")
    assert layout is not None
    target = home / "responses" / f"{agency}.xlsx"
    target.unlink(missing_ok=True)
    write_template(layout, target, prefill=answers)
