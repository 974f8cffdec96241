"""Registers that are refused as a whole, and the places of rows in messages."""

from __future__ import annotations

from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.message_facts import Phrase
from fatf_kit.core.problems import CellRef, Problem, make_problem


class RegisterRefusedError(FatfKitError):
    """The register holds what is refused, or its rows cannot be separated; `problems` say why, in any language."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(problem.message for problem in problems))
        self.problems = problems


def place_of(row: int, cell: int | None = None) -> Phrase:
    """Return the place of a row of a register, or of one of its cells, counted from 1.

    >>> place_of(5), place_of(5, 2)
    ('row 5', 'row 5, cell 2')
    """
    return Phrase("row {row}, cell {cell}", row=row, cell=cell) if cell else Phrase("row {row}", row=row)


def refuse_rows(code: str, file: str, place: str, **facts: int) -> RegisterRefusedError:
    """Return the error where a quotation mark is not closed or line ends or separators change: no row after is sure."""
    return RegisterRefusedError((make_problem(code, CellRef(file=file, cell=place), None, **facts),))
