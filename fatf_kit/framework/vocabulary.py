"""The lists that both editions share: roles, root causes and statistics tables, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from fatf_kit.errors import FrameworkError
from fatf_kit.framework.jsonfiles import load_json
from fatf_kit.resources import data_folder

_LISTS = ("roles", "root-causes", "statistics")


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A competent authority or body by what it does; a country maps its own bodies to roles."""

    id: str
    name: str
    duty: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RootCause:
    """A cause that several Recommendations feel. `proliferation_only` never cascades beyond proliferation financing.

    Source: FATF Methodology (2022), para. 45; the list is fatf-kit's own.
    """

    id: str
    name: str
    meaning: str
    recommendations: tuple[str, ...]
    proliferation_only: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Proliferation:
    """What concerns proliferation financing alone, and the units in which a shortcoming there may weigh.

    Source: FATF Methodology (2022), para. 45.
    """

    alone: tuple[str, ...] = ()
    reach: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The three lists by id. `tables` gives the titles of statistics tables.

    `proliferation` says by edition how far proliferation financing reaches.
    """

    roles: Mapping[str, Role]
    root_causes: Mapping[str, RootCause]
    tables: Mapping[str, str]
    proliferation: Mapping[str, Proliferation]


@cache
def load_vocabulary(language: str = "en") -> Vocabulary:
    """The lists in a language; what has no translation stays English.

    Raises:
        FrameworkError: a list is at odds with its schema.

    >>> load_vocabulary().roles["fiu"].name
    'Financial intelligence unit'
    """
    pages: dict[str, Any] = {}
    for name in _LISTS:
        page, problems = load_json(data_folder("frameworks") / f"{name}.json", f"{name}.schema.json")
        if problems:
            raise FrameworkError(problems[0].message)
        pages[name] = page
    texts = _texts(language)
    roles = [role | texts.get("roles", {}).get(role["id"], {}) for role in pages["roles"]["roles"]]
    causes = [c | texts.get("root_causes", {}).get(c["id"], {}) for c in pages["root-causes"]["root_causes"]]
    return Vocabulary(
        roles=MappingProxyType({role["id"]: Role(**role) for role in roles}),
        root_causes=MappingProxyType(
            {c["id"]: RootCause(**c | {"recommendations": tuple(c["recommendations"])}) for c in causes}
        ),
        proliferation=MappingProxyType(
            {
                edition: Proliferation(alone=tuple(one["alone"]), reach=tuple(one["reach"]))
                for edition, one in pages["root-causes"]["proliferation"]["editions"].items()
            }
        ),
        tables=MappingProxyType({name: _table_title(name, language) for name in pages["statistics"]["tables"]}),
    )


def _table_title(name: str, language: str) -> str:
    """The title of a table of figures, which stands in all languages in the table's own file."""
    page = load_json(data_folder("frameworks") / "statistics" / "tables" / f"{name}.json")[0]
    titles: Mapping[str, str] = page["title"]
    return titles.get(language, titles["en"])


def _texts(language: str) -> Mapping[str, Any]:
    path = data_folder("frameworks") / "locale" / language / "vocabulary.json"
    page, problems = load_json(path) if path.is_file() else ({}, ())
    if problems:
        raise FrameworkError(problems[0].message)
    texts: Mapping[str, Any] = page
    return texts
