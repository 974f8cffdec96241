"""From files and folders to the country's figures: with the reader, all of this room that meets the disk."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from fatf_kit.assessment.answers.folder_files import list_workbooks
from fatf_kit.core.problems import Problem
from fatf_kit.statistics.figures import Statistics
from fatf_kit.statistics.merge import merge_returns
from fatf_kit.statistics.reader import read_return


def read_statistics(paths: Sequence[Path]) -> tuple[Statistics, tuple[Problem, ...]]:
    """Everything the workbooks say and every problem, in the order of files and cells. One bad file never stops others.

    Folders are searched for workbooks and subfolders left alone.
    """
    problems: list[Problem] = []
    returns = []
    for path in list_workbooks(paths, problems):
        one, found = read_return(path)
        problems += found
        if one is not None:
            returns.append(one)
    statistics, found = merge_returns(returns)
    return statistics, (*problems, *found)
