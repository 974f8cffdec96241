"""Search of an edition by id, and suggestions for mistyped ids."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType

from fatf_kit.core.errors import UnknownIdError
from fatf_kit.core.national_words import base_language
from fatf_kit.core.problems import WHOLE_IDS, hint
from fatf_kit.framework.model import (
    CoreIssue,
    Criterion,
    Framework,
    Group,
    ImmediateOutcome,
    Recommendation,
    Requirement,
    list_requirements,
    walk,
)

_ARABIC_LETTERS = dict(zip("ABCDEFG", "أبجدهوز", strict=True))


@lru_cache(maxsize=8)
def index_requirements(framework: Framework) -> Mapping[str, Requirement]:
    """Return every criterion, part and core issue of the edition by its id, in the order of the Methodology.

    >>> from fatf_kit.framework import load_framework
    >>> next(iter(index_requirements(load_framework("fatf-2022"))))
    'R.1/1.1'
    """
    return MappingProxyType({one.id: one for top in _list_tops(framework) for one, _ in walk(top)})


@lru_cache(maxsize=8)
def list_ids_by_top(framework: Framework) -> Mapping[str, tuple[str, ...]]:
    """Return the ids of every criterion and core issue of the edition and of all its parts, by id of the whole.

    >>> from fatf_kit.framework import load_framework
    >>> list_ids_by_top(load_framework("fatf-2022"))["R.1/1.5"][:2]
    ('R.1/1.5', 'R.1/1.5(a)')
    """
    return MappingProxyType({top.id: tuple(one.id for one, _ in walk(top)) for top in _list_tops(framework)})


def _list_tops(framework: Framework) -> Iterator[Criterion | CoreIssue]:
    """Yield every criterion and core issue of the edition."""
    return (top for unit in framework.units for top in list_requirements(unit))


@lru_cache(maxsize=8)
def _plain_index(framework: Framework) -> Mapping[str, Requirement]:
    return {_plain(name): requirement for name, requirement in index_requirements(framework).items()}


def match_requirement(framework: Framework, found: str) -> Requirement | None:
    """Return the requirement whose id a text is, with other spaces or another case; None if there is none.

    >>> from fatf_kit.framework import load_framework
    >>> edition = load_framework("fatf-2022")
    >>> match_requirement(edition, "r. 10 / 10.7 (b)").id, match_requirement(edition, "10.7(b)")
    ('R.10/10.7(b)', None)
    """
    return _plain_index(framework).get(_plain(found))


def get_group_letter(group: Group, language: str) -> str:
    """Return the letter of a group of Recommendations, which is an Arabic one in Arabic.

    >>> group = Group(code="C", label="Terrorist financing", recommendations=())
    >>> [get_group_letter(group, language) for language in ("fr", "ar", "ar-IQ")]
    ['C', 'ج', 'ج']
    """
    return _ARABIC_LETTERS.get(group.code, group.code) if base_language(language) == "ar" else group.code


def get_unit_id(requirement: str) -> str:
    """Return the Recommendation or outcome that an id belongs to.

    >>> get_unit_id("R.10/10.7(b)")
    'R.10'
    """
    return requirement.partition("/")[0]


def get_enclosing_id(requirement: str) -> str:
    """Return the criterion or core issue that a part belongs to; any other id as it is.

    >>> get_enclosing_id("R.8/8.1(b)"), get_enclosing_id("IO.10/10.2")
    ('R.8/8.1', 'IO.10/10.2')
    """
    return requirement.partition("(")[0]


def find_unit(framework: Framework, unit: str) -> Recommendation | ImmediateOutcome:
    """Return a Recommendation or outcome by id, however it is typed ("r10", "R. 10", "io6").

    Raises:
        UnknownIdError: there is none; the message suggests similar ids.

    >>> from fatf_kit import load_framework
    >>> find_unit(load_framework("fatf-2022"), "r10").id, find_unit(load_framework("fatf-2022"), "RI.6").id
    ('R.10', 'IO.6')
    """
    wanted = _plain(unit)
    for candidate in framework.units:
        if _plain(candidate.id) == wanted:
            return candidate
    raise _make_unknown(unit, (u.id for u in framework.units), framework.id)


def find_requirement(framework: Framework, requirement: str) -> Requirement:
    """Return a criterion, part or core issue by its full id, or by a unique id without the unit ("10.7(b)").

    Raises:
        UnknownIdError: there is none, or a criterion and a core issue share the number.

    >>> from fatf_kit import load_framework
    >>> find_requirement(load_framework("fatf-2022"), "10.7(b)").id
    'R.10/10.7(b)'
    """
    index = index_requirements(framework)
    if requirement in index:
        return index[requirement]
    wanted = _plain(requirement)
    matches = [key for key in index if _plain(key) == wanted or _plain(key.partition("/")[2]) == wanted]
    if len(matches) == 1:
        return index[matches[0]]
    if matches:
        raise UnknownIdError(
            "'{found}' may be any of these: {names}. Write the whole id.", found=requirement, names=tuple(matches)
        )
    raise _make_unknown(requirement, index, framework.id)


def suggest(found: str, known: Iterable[str]) -> str | None:
    """Return the most similar known text, or None if none is similar.

    >>> suggest("mostly", ["met", "mostly met", "not met"])
    'mostly met'
    """
    near = difflib.get_close_matches(found.casefold(), list(known), n=1, cutoff=0.6)
    return near[0] if near else None


def make_id_hint(found: str, known: Iterable[str]) -> dict[str, str]:
    """Return the hint for an unknown id as facts of a Problem: a similar id, else the form of ids.

    >>> make_id_hint("R.10/10.71", ["R.10/10.7"]), make_id_hint("CDD", ["R.10/10.7"])
    ({'near': 'R.10/10.7'}, {'hint': 'Write whole ids, like R.10/10.7.'})
    """
    return hint(suggest(found, known), WHOLE_IDS)


def _plain(text: str) -> str:
    """Return an id for comparisons: without spaces, case and the dot after the letters.

    1.11 stays different from 11.1. "RI", which French papers print for an outcome, is read as "IO".
    """
    plain = re.sub(r"^ri(?=\.?\d)", "io", "".join(text.split()).casefold())
    return re.sub(r"^(r|io)\.", r"\1", plain)


def _make_unknown(found: str, known: Iterable[str], edition: str) -> UnknownIdError:
    near = tuple(difflib.get_close_matches(found, list(known), n=3, cutoff=0.5))
    if near:
        return UnknownIdError(
            "'{found}' is not in {edition}. Did you mean one of these: {names}?",
            found=found,
            edition=edition,
            names=near,
        )
    ids = "R.10", "IO.3", "R.10/10.7"
    return UnknownIdError(
        "'{found}' is not in {edition}. Write an id like {ids}.", found=found, edition=edition, ids=ids
    )
