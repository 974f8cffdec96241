"""Small pieces of SQL text: literals and lookups. Values never come from a register unquoted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


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


def cases(of: str, values: Mapping[str, object], otherwise: str = "NULL") -> str:
    """A CASE over texts, those with the same result together; results are written as they are.

    >>> cases("x", {"a": 1, "b": 1, "c": 2})
    "CASE WHEN x IN ('a', 'b') THEN 1 WHEN x IN ('c') THEN 2 ELSE NULL END"
    """
    grouped: dict[object, list[str]] = {}
    for text, result in values.items():
        grouped.setdefault(result, []).append(text)
    tests = " ".join(f"WHEN {of} IN ({quoted(texts)}) THEN {result}" for result, texts in grouped.items())
    return f"CASE {tests} ELSE {otherwise} END" if tests else otherwise
