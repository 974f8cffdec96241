"""Small pieces of SQL text. Values of a register never come into a query unquoted."""

from __future__ import annotations

from collections.abc import Iterable


def literal(value: str) -> str:
    """Return a text as an SQL literal.

    >>> literal("l'aide")
    "'l''aide'"
    """
    return "'" + value.replace("'", "''") + "'"


def quoted(values: Iterable[str]) -> str:
    """Return texts as a list of literals; NULL, which equals no text, where there are none.

    >>> quoted(["a", "b"]), quoted([])
    ("'a', 'b'", 'NULL')
    """
    return ", ".join(map(literal, values)) or "NULL"
