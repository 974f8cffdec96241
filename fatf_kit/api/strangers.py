"""Workbooks of ours that were given to the wrong command: what each is, and which command reads it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from fatf_kit.files import is_remote, name_of
from fatf_kit.mock.schema import MOCK
from fatf_kit.plan.follow_up_schema import FOLLOW_UP
from fatf_kit.plan.schema import PLAN
from fatf_kit.problems import CellRef, Problem, make_problem
from fatf_kit.responses.decision_schema import ROWS as DECISIONS
from fatf_kit.spreadsheets.files import open_sheets
from fatf_kit.spreadsheets.marks import COVER_MARK
from fatf_kit.spreadsheets.sheet import Sheet

_FOREIGN = ("workbook-not-ours",)
_NEAR_THE_EDGE = 5
_CLASSIFY = "fatf-kit npo classify"


@dataclass(frozen=True, slots=True)
class WorkbookKind:
    """A kind of workbook: what it is called, which command reads it, and the texts that all stand on one row of it."""

    what: str
    command: str
    signs: tuple[str, ...]


KINDS_OF_WORKBOOK = (
    WorkbookKind("a workbook of figures and cases", "fatf-kit statistics report", ("kind", "statistics")),
    WorkbookKind("a workbook of questions of a mock visit", "fatf-kit mock debrief", ("kind", MOCK.kind)),
    WorkbookKind("an action plan", "fatf-kit progress", ("kind", PLAN.kind)),
    WorkbookKind("a workbook of the follow-up", "fatf-kit follow-up report", ("kind", FOLLOW_UP.kind)),
    WorkbookKind("the workbook of decisions of an assessment folder", "fatf-kit score", tuple(DECISIONS.by_key)),
    WorkbookKind("the workbook of measures for non-profit organisations", _CLASSIFY, ("measure", "because_of_tf")),
    WorkbookKind("a mapping of a register of non-profit organisations", _CLASSIFY, ("heading", "profile", "samples")),
    WorkbookKind("a register of non-profit organisations", _CLASSIFY, ("npo_id",)),
    WorkbookKind("a workbook of answers", "fatf-kit score", (COVER_MARK,)),
)
"""In the order of how sure the signs are; the stamp of most, keys of a table where there is none."""


def named(problems: Sequence[Problem], paths: Iterable[Path]) -> tuple[Problem, ...]:
    """The problems, where a file that cannot be used but is one of ours is said to be what it is, and nothing else."""
    foreign = {problem.ref.file for problem in problems if problem.ref and problem.code in _FOREIGN}
    if not foreign:
        return tuple(problems)
    files = {name_of(path): path for path in _files(paths)}
    kinds = {name: kind for name in foreign if name in files and (kind := kind_of(files[name]))}
    rest = [problem for problem in problems if problem.ref is None or problem.ref.file not in kinds]
    told = (
        make_problem("workbook-other-command", CellRef(file=name), what=kind.what, command=kind.command)
        for name, kind in sorted(kinds.items())
    )
    return (*told, *rest)


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if not is_remote(path):
            yield from path.iterdir() if path.is_dir() else (path,)


def kind_of(path: Path) -> WorkbookKind | None:
    """Which kind of workbook of ours a file is; None for any other file."""
    sheets = open_sheets(path)
    if isinstance(sheets, Problem):
        return None
    return next((kind for kind in KINDS_OF_WORKBOOK if any(_shows(sheet, kind) for sheet in sheets)), None)


def _shows(sheet: Sheet, kind: WorkbookKind) -> bool:
    """Whether a row near the top has all the signs of a kind."""
    return any(set(kind.signs) <= {*map(str, row)} for row in sheet.grid[:_NEAR_THE_EDGE])
