"""From files and folders to the country's figures: with the reader, all of this room that meets the disk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from fatf_kit.files import is_beside_open, is_folder, name_of
from fatf_kit.problems import CellRef, Problem, make_problem
from fatf_kit.responses.intake import WORKBOOK_SUFFIXES
from fatf_kit.statistics.figures import Statistics
from fatf_kit.statistics.merge import merge_returns
from fatf_kit.statistics.reader import read_return


def read_statistics(paths: Sequence[Path]) -> tuple[Statistics, tuple[Problem, ...]]:
    """Everything the workbooks say and every problem, in the order of files and cells. One bad file never stops others.

    Folders are searched for workbooks and subfolders left alone.
    """
    problems: list[Problem] = []
    returns = []
    for path in _workbooks(paths, problems):
        one, found = read_return(path)
        problems += found
        if one is not None:
            returns.append(one)
    statistics, found = merge_returns(returns)
    return statistics, (*problems, *found)


def _workbooks(paths: Sequence[Path], problems: list[Problem]) -> Iterator[Path]:
    for path in paths:
        if not is_folder(path):
            yield path  # a missing or foreign file gets its message from the reader
            continue
        inside = [p for p in sorted(path.iterdir()) if p.suffix.lower() in WORKBOOK_SUFFIXES and p.is_file()]
        inside = [p for p in inside if not is_beside_open(p)]
        if not inside:
            problems.append(make_problem("nothing-to-read", CellRef(file=name_of(path))))
        yield from inside
