"""Results and folders that many tests begin with, made once in each process of a run.

Reading and scoring an example takes about a second. A second process makes its own result, because that is cheaper than
a copy in a file that the processes share and wait for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from fatf_kit import ScoringResult, init_assessment, score, statistics_report
from fatf_kit.assessment.folder.model import Workspace
from fatf_kit.core.problems import Problem
from fatf_kit.core.resources import data_folder
from fatf_kit.report.model import Report

NOW = "2026-11-24T15:00+00:00"
"""The moment at which reports on the examples are made."""


@cache
def score_example(name: str = "ruritania") -> ScoringResult:
    """Return the scored assessment of a folder, or workbook, in examples/. The result is frozen."""
    return score(data_folder("examples") / name)


def report_statistics(name: str = "ruritania", language: str = "en") -> tuple[Report, tuple[Problem, ...]]:
    """Return the report on the figures of a folder in examples/, with the problems found. Both are frozen."""
    return _report_statistics(name, language)


@cache
def _report_statistics(name: str, language: str) -> tuple[Report, tuple[Problem, ...]]:
    return statistics_report(data_folder("examples") / name, generated_at=NOW, language=language)


def make_folder(target: Path, **settings: Any) -> Workspace:
    """Write a new assessment folder as `init_assessment` does with these settings, which makes it once."""
    made, files = _make_folder(**settings)
    for name, (mode, content) in files.items():
        path = target / name
        if content is None:
            path.mkdir(parents=True, exist_ok=True)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            path.chmod(mode)
    return replace(made, path=target)


@cache
def _make_folder(**settings: Any) -> tuple[Workspace, Mapping[str, tuple[int, bytes | None]]]:
    with TemporaryDirectory() as temporary:
        made = init_assessment(Path(temporary) / "home", **settings)
        files = {
            path.relative_to(made.path).as_posix(): (path.stat().st_mode, path.read_bytes() if path.is_file() else None)
            for path in sorted(made.path.rglob("*"))
        }
        return made, files
