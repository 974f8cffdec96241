"""The queries of the method, filled in for a register."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import Template


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)  # noqa: S701 - no HTML
    return environment.from_string(Path(__file__).with_name("classification.sql.j2").read_text(encoding="utf-8"))


def method_sql(query: str, **values: Any) -> str:
    """Return one query of the method, "facts", "rated" or "classified", for a register."""
    return str(getattr(_template().make_module(values), query)()).strip()
