"""The report on the NPO sector that is saved in npo/ of an assessment folder."""

from __future__ import annotations

from fatf_kit.assessed.folder import Folder
from fatf_kit.core.problems import Problem
from fatf_kit.npo.measures.findings import SavedSector, read_saved_sector


def read_part(folder: Folder) -> tuple[SavedSector | None, tuple[Problem, ...]]:
    """Read the saved report of an assessment folder."""
    return read_saved_sector(folder.workspace.path)
