"""Finding things in an edition by id, and saying what was probably meant."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType

from fatf_kit.core.errors import UnknownIdError
from fatf_kit.core.problems import WHOLE_IDS, hint
from fatf_kit.framework.model import (
    Framework,
    ImmediateOutcome,
    Recommendation,
    Requirement,
    list_requirements,
    walk,
)


@lru_cache(maxsize=8)
def _index(framework: Framework) -> Mapping[str, Requirement]:
    return MappingProxyType(
        {
            requirement.id: requirement
            for unit in framework.units
            for top in list_requirements(unit)
            for requirement, _ in walk(top)
        }
    )


def index_requirements(framework: Framework) -> Mapping[str, Requirement]:
    """Every criterion, part and core issue of the edition by its id, in the order of the Methodology.

    >>> from fatf_kit.framework import load_framework
    >>> next(iter(index_of(load_framework("fatf-2022"))))
    'R.1/1.1'
    """
    return _index(framework)


@lru_cache(maxsize=8)
def list_ids_by_top(framework: Framework) -> Mapping[str, tuple[str, ...]]:
    """Every criterion and core issue of the edition by id, with its own id and those of all parts below it.

    >>> from fatf_kit.framework import load_framework
    >>> ids_by_top(load_framework("fatf-2022"))["R.1/1.5"][:2]
    ('R.1/1.5', 'R.1/1.5(a)')
    """
    return MappingProxyType(
        {
            top.id: tuple(requirement.id for requirement, _ in walk(top))
            for unit in framework.units
            for top in list_requirements(unit)
        }
    )


@lru_cache(maxsize=8)
def _plain_index(framework: Framework) -> Mapping[str, Requirement]:
    return {_plain(name): requirement for name, requirement in _index(framework).items()}


def match_requirement(framework: Framework, found: str) -> Requirement | None:
    """The requirement whose whole id is meant by a text with other spaces or another case; None where there is none.

    >>> from fatf_kit.framework import load_framework
    >>> edition = load_framework("fatf-2022")
    >>> requirement_like(edition, "r. 10 / 10.7 (b)").id, requirement_like(edition, "10.7(b)")
    ('R.10/10.7(b)', None)
    """
    return _plain_index(framework).get(_plain(found))


def get_unit_id(requirement: str) -> str:
    """The Recommendation or outcome that an id belongs to.

    >>> unit_of("R.10/10.7(b)")
    'R.10'
    """
    return requirement.partition("/")[0]


def get_enclosing_id(requirement: str) -> str:
    """The criterion or core issue that a part belongs to; any other id as it is.

    >>> whole("R.8/8.1(b)"), whole("IO.10/10.2")
    ('R.8/8.1', 'IO.10/10.2')
    """
    return requirement.partition("(")[0]


def find_unit(framework: Framework, unit: str) -> Recommendation | ImmediateOutcome:
    """A Recommendation or outcome by id, however it is typed ("r10", "R. 10", "io6").

    Raises:
        UnknownIdError: nothing of that name; the message proposes near ones.
    """
    wanted = _plain(unit)
    for candidate in framework.units:
        if _plain(candidate.id) == wanted:
            return candidate
    raise UnknownIdError(_describe_unknown(unit, (u.id for u in framework.units), framework.id))


def find_requirement(framework: Framework, requirement: str) -> Requirement:
    """A criterion, part or core issue by its full id, or without the unit where that is no doubt ("10.7(b)").

    Raises:
        UnknownIdError: nothing of that name, or a number that a criterion and a core issue share.
    """
    index = index_requirements(framework)
    if requirement in index:
        return index[requirement]
    wanted = _plain(requirement)
    matches = [key for key in index if _plain(key) == wanted or _plain(key.partition("/")[2]) == wanted]
    if len(matches) == 1:
        return index[matches[0]]
    if matches:
        raise UnknownIdError(f"{requirement!r} may be {' or '.join(matches)}. Write the whole id.")
    raise UnknownIdError(_describe_unknown(requirement, index, framework.id))


def suggest(found: str, known: Iterable[str]) -> str | None:
    """The nearest known text, or None when nothing is near.

    >>> suggest("mostly", ["met", "mostly met", "not met"])
    'mostly met'
    """
    near = difflib.get_close_matches(found.casefold(), list(known), n=1, cutoff=0.6)
    return near[0] if near else None


def make_id_hint(found: str, known: Iterable[str]) -> dict[str, str]:
    """What to say of an id that is not known, as facts of a Problem: the nearest there is, else how ids are written.

    >>> hint_for("R.10/10.71", ["R.10/10.7"]), hint_for("CDD", ["R.10/10.7"])
    ({'near': 'R.10/10.7'}, {'hint': 'Write whole ids, like R.10/10.7.'})
    """
    return hint(suggest(found, known), WHOLE_IDS)


def _plain(text: str) -> str:
    """Spaces, case and the dot behind the letters do not matter; the dot inside a number does (1.11 is not 11.1)."""
    return re.sub(r"^(r|io)\.", r"\1", "".join(text.split()).casefold())


def _describe_unknown(found: str, known: Iterable[str], edition: str) -> str:
    near = difflib.get_close_matches(found, list(known), n=3, cutoff=0.5)
    hint = f" Did you mean {', '.join(near)}?" if near else ""
    return f"{found!r} is not in {edition}.{hint}"
