"""Small pieces of SQL text: literals and lists of them. Values never come from a register unquoted."""

from __future__ import annotations

from collections.abc import Iterable


def literal(value: str) -> str:
    """A text as an SQL literal.

    >>> literal("l'aide")
    "'l''aide'"
    """
    return "'" + value.replace("'", "''") + "'"


def quoted(values: Iterable[str]) -> str:
    """Texts as a list of literals; one that no text equals where there are none.

    >>> quoted(["a", "b"]), quoted([])
    ("'a', 'b'", 'NULL')
    """
    return ", ".join(map(literal, values)) or "NULL"
