"""The lists that both editions share: roles, root causes and statistics tables, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from fatf_kit.core.errors import FrameworkError
from fatf_kit.core.json_files import load_json
from fatf_kit.core.resources import data_folder

_LISTS = ("roles", "root-causes", "statistics")


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A competent authority or body by what it does; a country maps its own bodies to roles."""

    id: str
    name: str
    duty: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RootCause:
    """A cause that one measure removes, wherever it occurs. The list is fatf-kit's own."""

    id: str
    name: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cascade:
    """A shortcoming in one Recommendation that is a shortcoming in another one too, and why.

    `causes` are criteria, or whole Recommendations; `affected` are the criteria that refer to them. Proliferation
    financing has none: it stays within its own requirements.

    Source: FATF Methodology (2022), para. 45; the list is fatf-kit's own.
    """

    id: str
    reason: str
    causes: tuple[str, ...]
    affected: tuple[str, ...]

    def is_caused_by(self, requirement: str) -> bool:
        """Whether a shortcoming in a criterion or part starts the cascade.

        >>> cascade = Cascade(id="a", reason="b", causes=("R.10", "R.26/26.1"), affected=("R.22/22.1",))
        >>> [cascade.is_caused_by(one) for one in ("R.10/10.2", "R.26/26.1", "R.26/26.10", "R.1/1.1")]
        [True, True, False, False]
        """
        return any(requirement == cause or requirement.startswith((f"{cause}/", f"{cause}(")) for cause in self.causes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The lists by id. `tables` gives the titles of statistics tables, `cascades` the cascades of each edition."""

    roles: Mapping[str, Role]
    root_causes: Mapping[str, RootCause]
    tables: Mapping[str, str]
    cascades: Mapping[str, tuple[Cascade, ...]]


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
        root_causes=MappingProxyType({c["id"]: RootCause(**c) for c in causes}),
        cascades=_cascades(pages["root-causes"]["cascades"], texts.get("cascades", {})),
        tables=MappingProxyType({name: _table_title(name, language) for name in pages["statistics"]["tables"]}),
    )


def _cascades(pages: list[dict[str, Any]], texts: Mapping[str, dict[str, str]]) -> Mapping[str, tuple[Cascade, ...]]:
    found: dict[str, list[Cascade]] = {}
    for page in pages:
        reason = texts.get(page["id"], page)["reason"]
        for edition, one in page["editions"].items():
            cascade = Cascade(
                id=page["id"], reason=reason, causes=tuple(one["causes"]), affected=tuple(one["affected"])
            )
            found.setdefault(edition, []).append(cascade)
    return MappingProxyType({edition: tuple(cascades) for edition, cascades in found.items()})


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
