"""Small pieces of SQL text, and the queries of the method. Values never come from a register unquoted."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import Template


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


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)  # noqa: S701 - no HTML
    return environment.from_string(Path(__file__).with_name("classification.sql.j2").read_text(encoding="utf-8"))


def method_sql(query: str, **values: Any) -> str:
    """Return one query of the method, "facts", "rated" or "classified", for a register."""
    return str(getattr(_template().make_module(values), query)()).strip()


def reachable(path: Path, folder: Path) -> Path:
    """Return the file by a name that the engine takes as it is: itself, or a link (else a copy) in a scratch folder.

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
