"""Problems as JSON values and back, with the names, days and phrases in their facts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fatf_kit.core.local_names import LocalName
from fatf_kit.core.message_facts import DayText, Phrase
from fatf_kit.core.problems import CellRef, Problem

JsonProblem = dict[str, Any]


def encode_problems(problems: Iterable[Problem]) -> list[JsonProblem]:
    """Return problems as values that JSON can hold, without loss.

    >>> decode_problems(encode_problems([Problem(code="file-empty", ref=CellRef(file="a.xlsx"))]))[0].ref.file
    'a.xlsx'
    """
    return [
        {
            "code": problem.code,
            "facts": [[key, _encode_fact(fact)] for key, fact in problem.facts],
            "ref": [_encode_fact(part) if part is not None else None for part in problem.ref] if problem.ref else None,
            "requirement": problem.requirement,
        }
        for problem in problems
    ]


def decode_problems(values: Iterable[JsonProblem]) -> tuple[Problem, ...]:
    """Return the problems that `encode_problems` made values of."""
    return tuple(
        Problem(
            code=value["code"],
            facts=tuple((key, _decode_fact(fact)) for key, fact in value["facts"]),
            ref=_decode_place(*value["ref"]) if value["ref"] else None,
            requirement=value["requirement"],
        )
        for value in values
    )


def _decode_place(file: str, sheet: str | None, cell: Any) -> CellRef:
    return CellRef(file=file, sheet=sheet, cell=None if cell is None else _decode_fact(cell))


def _encode_fact(fact: str) -> Any:
    if isinstance(fact, LocalName):
        return {"name": str(fact), "names": dict(fact.names)}
    if isinstance(fact, Phrase):
        return {"template": fact.template, "facts": dict(fact.facts)}
    return {"day": str(fact)} if isinstance(fact, DayText) else str(fact)


def _decode_fact(value: Any) -> str:
    match value:
        case {"name": name, "names": names}:
            return LocalName(name, names)
        case {"template": template, "facts": facts}:
            return Phrase(template, **facts)
        case {"day": day}:
            return DayText(day)
    return str(value)
