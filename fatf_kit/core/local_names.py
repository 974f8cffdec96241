"""Names that differ by language: of agencies, columns and lists of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from fatf_kit.core.languages import LANGUAGE_TAGS, LANGUAGES
from fatf_kit.core.name_lists import join_list
from fatf_kit.core.national_words import base_language


class LocalName(str):
    """A name: in itself the English one, with the name in each language that has another.

    >>> bank = LocalName("Central Bank", {"fr": "Banque centrale"})
    >>> bank, bank.in_language("fr-MA"), bank.in_language("ar")
    ('Central Bank', 'Banque centrale', 'Central Bank')
    """

    names: Mapping[str, str]

    def __new__(cls, name: str, names: Mapping[str, str] = MappingProxyType({})) -> LocalName:
        """Return the name; `names` are by language."""
        made = super().__new__(cls, name)
        made.names = dict(names)
        return made

    @classmethod
    def of(cls, names: Mapping[str, str]) -> LocalName:
        """Return the name that texts by language give; the English one is among them."""
        return cls(names["en"], names)

    def in_language(self, language: str) -> str:
        """Return the name in a language, also in one of a country; the English one if it has no other."""
        return self.names.get(base_language(language), str(self))


def local_name(name_in: Callable[[str], str]) -> LocalName:
    """Return a name from a function that gives it by language.

    >>> local_name({"en": "Bank", "fr": "Banque", "ar": "Bank"}.__getitem__).in_language("fr")
    'Banque'
    """
    return LocalName.of({language: name_in(language) for language in LANGUAGES})


def list_names(names: Iterable[str]) -> LocalName:
    """Return names as one list, joined as each language does.

    >>> names = list_names([LocalName("Bank", {"ar": "المصرف"}), "FIU"])
    >>> names, names.in_language("ar")
    ('Bank and FIU', 'المصرف وFIU')
    """
    every = list(names)

    def join(language: str) -> str:
        tag = LANGUAGE_TAGS[language].replace("-", "_")
        return join_list([name_in(name, language) for name in every], tag)

    return local_name(join)


def name_in(name: str, language: str) -> str:
    """Return a name in a language; a text that has no names stays as it is."""
    return name.in_language(language) if isinstance(name, LocalName) else name
