"""Writing the workbooks that people keep in an assessment folder, and keeping earlier files in its history."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Generic, TypeVar

from fatf_kit.assessment.folder.model import HISTORY
from fatf_kit.core.problems import CellRef, Problem, make_problem
from fatf_kit.core.store import rewrite_file, work_alone, write_new
from fatf_kit.spreadsheets.losses import is_lossy

Made = TypeVar("Made")


_STAMP = re.compile(r"\d{4}-\d\d-\d\d \d\d-\d\d-\d\dZ")
"""The moment with which the names of files in history/ begin."""


@dataclass(frozen=True, slots=True)
class Draft(Generic[Made]):
    """The result of a command from one reading of a workbook that people keep.

    Attributes:
        made: The values that the command returns about it.
        content: The new workbook; None where nothing changes.
        problems: The problems of the workbook as it was read.
    """

    made: Made
    content: bytes | None
    problems: tuple[Problem, ...]


def rewrite_book(
    target: Path, read: Callable[[], Draft[Made]], kept_code: str, moment: str
) -> tuple[Path | None, Draft[Made], tuple[Problem, ...]]:
    """Write a workbook that one person keeps in an assessment folder; return its path and what it was made from.

    `read` reads the workbook and makes the new one. It is called again if the workbook was saved in the meantime.
    Nothing is written, and the path is None, where the content is None, or where the problems of the workbook would
    lose cells. The latter is a Problem with `kept_code`. The earlier file is copied to history/ under `moment`, a time
    in ISO 8601; by default the present one.

    Raises:
        FatfKitError: a file cannot be read or written.
    """
    drafts: list[Draft[Made]] = []

    def render() -> bytes | None:
        drafts.append(read())
        return None if is_lossy(drafts[-1].problems) else drafts[-1].content

    with work_alone(target.parent, target.stem):
        rewrite_file(target, render, partial(keep_file, target, moment=moment))
    draft = drafts[-1]
    if is_lossy(draft.problems):
        return None, draft, (make_problem(kept_code, CellRef(file=target.name)),)
    return None if draft.content is None else target, draft, ()


def list_problems_of(file: str, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems that are in one file of an assessment folder."""
    return tuple(one for one in problems if one.ref is not None and one.ref.file == file)


def keep_file(file: Path, content: bytes, moment: str = "") -> Path:
    """Put a file of an assessment folder into its history/ under a moment: nothing in there is ever replaced.

    The moment is the present one by default. Files of one name stay in the order in which they were put there, also
    where the clock was set back: then the moment of the last one is used again, with a number.

    Raises:
        FatfKitError: the file cannot be written.
    """
    history = file.parent / HISTORY
    moment = moment or datetime.now(UTC).isoformat()
    stamps = [found[0] for path in history.glob(f"* {file.name}") if (found := _STAMP.match(path.name))]
    stamp = max([file_moment(moment), *stamps])
    return write_new(history, lambda number: f"{_number_stamp(stamp, number)} {file.name}", content)


def file_moment(moment: str, number: int = 1) -> str:
    """Return a moment in UTC as part of a file's name, which may hold no colon.

    `number` tells several of one second apart.

    Sorted by their names such files are in order, and after those of earlier versions, which knew minutes only.

    >>> file_moment("2026-11-24T18:00:07+03:00"), file_moment("2026-11-24T15:00:07+00:00", 2)
    ('2026-11-24 15-00-07Z', '2026-11-24 15-00-07Z.002')
    >>> sorted(["2026-11-24 15-00-07Z.002 a", "2026-11-24 15-00-07Z a", "2026-11-24 15-00 a"])
    ['2026-11-24 15-00 a', '2026-11-24 15-00-07Z a', '2026-11-24 15-00-07Z.002 a']
    """
    return _number_stamp(datetime.fromisoformat(moment).astimezone(UTC).strftime("%Y-%m-%d %H-%M-%SZ"), number)


def _number_stamp(stamp: str, number: int) -> str:
    return stamp if number == 1 else f"{stamp}.{number:03}"
