"""Problems of a workbook whose cells would be lost if fatf-kit wrote the workbook again."""

from __future__ import annotations

from collections.abc import Iterable

from fatf_kit.core.problem_kinds import ProblemLevel
from fatf_kit.core.problems import Problem

_LOSSY = frozenset(
    {
        "cell-comment",
        "cell-link",
        "cell-locked",
        "cell-outside",
        "cell-unplaced",
        "cells-unaccounted",
        "evidence-kind-unknown",
        "provision-twice",
        "row-above",
        "row-nameless",
        "sheet-objects",
        "sheet-unknown",
    }
)
"""Problems below the level of an error whose cells are not read as they are."""


def is_lossy(problems: Iterable[Problem]) -> bool:
    """Return whether a workbook with these problems would lose cells if it were written again.

    >>> from fatf_kit.core.problems import make_problem
    >>> is_lossy([make_problem("item-no-deadline", found="PI-01")]), is_lossy([make_problem("cell-link")])
    (False, True)
    """
    return any(one.code in _LOSSY or one.level is ProblemLevel.ERROR for one in problems)
