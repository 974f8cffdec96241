"""Problems as values of JSON."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fatf_kit.core.json_shapes import Text
from fatf_kit.core.problem_kinds import ProblemLevel
from fatf_kit.core.problems import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemResult:
    """A problem with its address in a file; null where it has none."""

    code: Text
    level: ProblemLevel
    file: str | None
    sheet: str | None
    cell: str | None
    requirement: str | None
    message: Text


def list_problem_results(problems: Iterable[Problem]) -> tuple[ProblemResult, ...]:
    """List problems as values of JSON, in the order in which they were found."""
    return tuple(
        ProblemResult(
            code=problem.code,
            level=problem.level,
            file=problem.ref.file if problem.ref else None,
            sheet=problem.ref.sheet if problem.ref else None,
            cell=problem.ref.cell if problem.ref else None,
            requirement=problem.requirement,
            message=problem.message,
        )
        for problem in problems
    )
