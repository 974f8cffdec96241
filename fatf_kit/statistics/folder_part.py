"""The figures and cases in statistics/ of an assessment folder."""

from __future__ import annotations

from pathlib import Path

from fatf_kit.assessed.folder import Folder
from fatf_kit.assessment.folder.model import STATISTICS
from fatf_kit.core.problems import Problem
from fatf_kit.statistics.figures import Statistics


def read_part(folder: Folder) -> tuple[Statistics | None, tuple[Problem, ...]]:
    """Read the figures and cases of an assessment folder."""
    return read_figures(folder.workspace.path)


def read_figures(path: Path) -> tuple[Statistics | None, tuple[Problem, ...]]:
    """Return the figures and cases in the folder's statistics/; None where there are none."""
    home = path / STATISTICS
    if not home.is_dir() or not any(home.iterdir()):
        return None, ()
    from fatf_kit.statistics.reader import read_statistics

    statistics, problems = read_statistics([home])
    return (statistics if statistics.returns else None), problems
