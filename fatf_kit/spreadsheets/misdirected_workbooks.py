"""Workbooks that were given to the wrong command are recognised, with the command that reads them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from fatf_kit.core.files import is_remote, shown_name
from fatf_kit.core.problems import CellRef, Problem, make_problem
from fatf_kit.spreadsheets.files import open_sheets
from fatf_kit.spreadsheets.stamp import read_stamp

_FOREIGN = ("workbook-not-ours",)
_NEAR_THE_TOP = 5
_CLASSIFY = "fatf-kit npo classify"


class WorkbookKind(NamedTuple):
    """A kind of workbook: what it is called, and which command reads it."""

    what: str
    command: str


_REGISTER = WorkbookKind("a register of non-profit organisations", _CLASSIFY)
KINDS_OF_WORKBOOK: Mapping[str, WorkbookKind] = MappingProxyType({
    "answers": WorkbookKind("a workbook of answers", "fatf-kit score"),
    "decisions": WorkbookKind("the workbook of decisions of an assessment folder", "fatf-kit score"),
    "plan": WorkbookKind("an action plan", "fatf-kit progress"),
    "follow-up": WorkbookKind("a workbook of the follow-up", "fatf-kit follow-up report"),
    "last-report": WorkbookKind("the recommended actions of the last report", "fatf-kit report-in"),
    "statistics": WorkbookKind("a workbook of figures and cases", "fatf-kit statistics report"),
    "mock": WorkbookKind("a workbook of questions of a mock visit", "fatf-kit mock debrief"),
    "training": WorkbookKind("a training record", "fatf-kit training report"),
    "npo-measures": WorkbookKind("the workbook of measures for non-profit organisations", _CLASSIFY),
    "npo-questions": WorkbookKind("questions to non-profit organisations", _CLASSIFY),
    "npo-mapping": WorkbookKind("a mapping of a register of non-profit organisations", _CLASSIFY),
    "npo-register": _REGISTER,
})  # fmt: skip
"""By the kind that the stamp of a workbook names."""


def name_misdirected(problems: Sequence[Problem], paths: Iterable[Path]) -> tuple[Problem, ...]:
    """Return the problems; a file that another command reads gets one Problem that names the command."""
    foreign = {problem.ref.file for problem in problems if problem.ref and problem.code in _FOREIGN}
    if not foreign:
        return tuple(problems)
    files = {shown_name(path): path for path in _files(paths)}
    kinds = {name: kind for name in foreign if name in files and (kind := find_workbook_kind(files[name]))}
    rest = [problem for problem in problems if problem.ref is None or problem.ref.file not in kinds]
    found = (
        make_problem("workbook-other-command", CellRef(file=name), what=kind.what, command=kind.command)
        for name, kind in sorted(kinds.items())
    )
    return (*found, *rest)


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if not is_remote(path):
            yield from path.iterdir() if path.is_dir() else (path,)


def read_workbook_stamp(path: Path) -> Mapping[str, str]:
    """Return what a workbook of ours says about itself, such as its kind and agency; empty for any other file."""
    opened = open_sheets(path)
    return {} if isinstance(opened, Problem) else read_stamp(opened[1], opened[0].properties)


def find_workbook_kind(path: Path) -> WorkbookKind | None:
    """Return which kind of workbook of ours a file is; None for any other file.

    A register is known by its ids too, for countries make their own.
    """
    opened = open_sheets(path)
    if isinstance(opened, Problem):
        return None
    file, sheets = opened
    if kind := KINDS_OF_WORKBOOK.get(read_stamp(sheets, file.properties).get("kind", "")):
        return kind
    has_ids = any("npo_id" in row for sheet in sheets for row in sheet.grid[:_NEAR_THE_TOP])
    return _REGISTER if has_ids else None
