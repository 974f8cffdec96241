"""The scored sheets of a mock visit, in mock/ of an assessment folder."""

from __future__ import annotations

from fatf_kit.assessed.folder import Folder
from fatf_kit.assessment.folder.model import MOCK
from fatf_kit.core.problems import Problem
from fatf_kit.framework import load_framework
from fatf_kit.mock_visit.data import load_readiness_rule
from fatf_kit.mock_visit.debrief import make_debrief
from fatf_kit.mock_visit.model import Debrief
from fatf_kit.mock_visit.reader import read_mock_sheets


def read_part(folder: Folder) -> tuple[Debrief | None, tuple[Problem, ...]]:
    """Return what the scored sheets show; None where none is scored yet."""
    home = folder.workspace.path / MOCK
    if not home.is_dir() or not any(home.glob("*.xlsx")):
        return None, ()
    sheets, problems = read_mock_sheets([home])
    if not sheets.files:
        return None, problems
    debrief = make_debrief(sheets, load_framework(sheets.edition), load_readiness_rule())
    return (debrief if debrief.findings else None), problems
