"""The lists that both editions share: roles, root causes and statistics tables, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from fatf_kit.core.json_files import load_value
from fatf_kit.core.resources import data_folder


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A competent authority or body by what it does; a country maps its own bodies to roles."""

    id: str
    name: str
    duty: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RootCause:
    """A cause that one measure removes, wherever it occurs. `remedy` is that measure as an instruction.

    The list is fatf-kit's own.
    """

    id: str
    name: str
    meaning: str
    remedy: str


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
        """Return whether a shortcoming in a criterion or part starts the cascade.

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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Roles:
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _CascadeOfEdition:
    causes: tuple[str, ...]
    affected: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _CascadePage:
    id: str
    reason: str
    editions: Mapping[str, _CascadeOfEdition]


@dataclass(frozen=True, slots=True, kw_only=True)
class _RootCauses:
    root_causes: tuple[RootCause, ...]
    cascades: tuple[_CascadePage, ...]


@cache
def load_vocabulary(language: str = "en") -> Vocabulary:
    """Return the lists in a language; a text without a translation stays English.

    Raises:
        FrameworkError: a list does not conform to its schema.

    >>> load_vocabulary().roles["fiu"].name
    'Financial intelligence unit'
    """
    folder = data_folder("frameworks")
    roles = load_value(folder / "roles.json", _Roles, "roles.schema.json", language).roles
    page = load_value(folder / "root-causes.json", _RootCauses, "root-causes.schema.json", language)
    tables = load_value(folder / "statistics.json", dict, "statistics.schema.json")["tables"]
    cascades: dict[str, tuple[Cascade, ...]] = {}
    for one in page.cascades:
        for edition, found in one.editions.items():
            cascade = Cascade(id=one.id, reason=one.reason, causes=found.causes, affected=found.affected)
            cascades[edition] = (*cascades.get(edition, ()), cascade)
    return Vocabulary(
        roles=MappingProxyType({role.id: role for role in roles}),
        root_causes=MappingProxyType({cause.id: cause for cause in page.root_causes}),
        cascades=MappingProxyType(cascades),
        tables=MappingProxyType({name: _table_title(name, language) for name in tables}),
    )


def _table_title(name: str, language: str) -> str:
    path = data_folder("frameworks") / "statistics" / "tables" / f"{name}.json"
    return str(load_value(path, dict, "statistics-table.schema.json", language)["title"])
