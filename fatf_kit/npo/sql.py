"""Small pieces of SQL text: literals, lists of them and places of files. Values never come from a register unquoted."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path


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


def first_known(*values: str) -> str:
    """The first of these numbers that is not 0, and 0 where all are; coalesce for numbers without NULL.

    It is a sum and no CASE, because branches that no processor foresees cost ten times as much.

    >>> first_known("a"), first_known("a", "b", "c")
    ('a', '(a + CAST(a = 0 AS SMALLINT) * (b + CAST(b = 0 AS SMALLINT) * c))')
    """
    first, *others = values
    return f"({first} + CAST({first} = 0 AS SMALLINT) * {first_known(*others)})" if others else first


def reachable(path: Path, folder: Path) -> Path:
    """The file by a name that the engine takes as it is: itself, or a link (else a copy) in a scratch folder.

    The engine takes "*", "?" and "[" for a pattern of many names, and knows no names that are not UTF-8, as they come
    from a machine with another encoding.

    >>> reachable(Path("register.csv"), Path("scratch")).name
    'register.csv'
    """
    try:
        str(path).encode()
    except UnicodeEncodeError:
        pass
    else:
        if not any(sign in str(path) for sign in "*?["):
            return path
    link = folder / f"link-{sum(1 for _ in folder.iterdir())}.csv"
    try:
        link.symlink_to(path.absolute())
    except OSError:  # Windows allows links to few
        shutil.copyfile(path, link)
    return link


def packed(parts: Sequence[tuple[str, int]]) -> str:
    """Several small numbers as one, so that rows are grouped by one: each from 0 and below what stands beside it.

    >>> packed([("a", 9), ("b", 4), ("c", 2)])
    '((a::BIGINT * 4 + b) * 2 + c)'
    """
    (first, _), *others = parts
    text = f"{first}::BIGINT"
    for number, below in others:
        text = f"({text} * {below} + {number})"
    return text


def unpacked(number: int, parts: Sequence[tuple[str, int]]) -> list[int]:
    """The small numbers again.

    >>> unpacked((5 * 4 + 3) * 2 + 1, [("a", 9), ("b", 4), ("c", 2)])
    [5, 3, 1]
    """
    found = []
    for _, below in reversed(parts):
        number, one = divmod(number, below)
        found.append(one)
    return found[::-1]
