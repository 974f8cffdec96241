"""Kinds of problems: a code, a level and the words for one and for several."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ProblemLevel(StrEnum):
    """The level of a problem: ERROR (an answer could not be used), WARNING (used, but to be checked) or NOTE."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemCode:
    """A kind of problem. `template` states what was found and what is allowed, `next_step` what to do.

    `singular` is the template for a problem whose fact `count` is 1; it is empty for a kind without a count.
    """

    code: str
    level: ProblemLevel
    title: str
    template: str
    next_step: str
    singular: str = ""


def table_kinds(*rows: tuple[str, ProblemLevel, str, str | tuple[str, str], str]) -> dict[str, ProblemCode]:
    """Return the kinds by their codes; two templates in a row are those for one and for several."""
    kinds = {}
    for code, level, title, found, step in rows:
        singular, template = ("", found) if isinstance(found, str) else found
        kinds[code] = ProblemCode(
            code=code, level=level, title=title, template=template, next_step=step, singular=singular
        )
    return kinds
