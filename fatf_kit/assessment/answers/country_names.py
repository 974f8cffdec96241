"""The code of a country is found by its name in any shipped language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from fatf_kit.assessment.citations.text import simplify_letters
from fatf_kit.core.errors import UnknownIdError
from fatf_kit.core.languages import LANGUAGES
from fatf_kit.framework.country_facts import load_country_names

_ENGLISH = r"(?:[a-z]+\s)?(?:republic|kingdom|state|sultanate|principality|grand duchy|emirate)s? of"
_FRENCH = (
    r"(?:republique|royaume|etat|sultanat|principaute|grand-duche)(?:\s(?:islamique|populaire|federale))?"
    r"\s(?:des|de la|de|du|d')"
)
_ARABIC = r"(?:ال)?(?:جمهوريه|مملكه|دوله|سلطنه|اماره)(?:\s+(?:الاسلاميه|العربيه))?"
_LONG_FORMS = re.compile(rf"^(?:(?:the|la|le|l')\s*)?(?:{_ENGLISH}|{_FRENCH}|{_ARABIC})\s*(?:the\s|la\s|l')?")
"""The beginnings of long forms: "Republic of the", "République de", "المملكة"."""

_ARTICLE = re.compile(r"^(?:(?:the|la|le|les)\s|l'\s*)")


@cache
def find_country(name: str | None) -> str | None:
    """Return the ISO 3166-1 alpha-3 code of a code or a name in English, French or Arabic; None where it is unknown.

    Long forms are read too ("Republic of …", "المملكة …"). Nothing is guessed.

    >>> find_country("Iraq"), find_country("جمهورية العراق"), find_country("Côte d’Ivoire"), find_country("SAU")
    ('IRQ', 'IRQ', 'CIV', 'SAU')
    >>> find_country("Ruritania"), find_country(None)
    (None, None)
    """
    if not name or not name.strip():
        return None
    plain = _plain(name)
    forms = (plain, _LONG_FORMS.sub("", plain), _ARTICLE.sub("", plain))
    return next((code for form in forms if (code := _names().get(form))), None)


def require_country(name: str) -> str:
    """Return the code of a country, as `find_country` does.

    Raises:
        UnknownIdError: the name is not known.
    """
    code = find_country(name)
    if code is None:
        raise UnknownIdError("'{found}' is not a country. Write its name, or its ISO 3166 code, like IRQ.", found=name)
    return code


def _plain(name: str) -> str:
    plain = simplify_letters(name).replace("'", "' ").replace("&", " and ")
    return " ".join(re.sub(r"\bst\.?\s", "saint ", plain).split())


_NO_COUNTRIES = ("ZZ", "XA", "XB")
"""Territories of CLDR for what is not known and for tests."""


@cache
def _names() -> Mapping[str, str]:
    """Return codes and names in every language, in plain letters, with long and older forms."""
    from babel import Locale
    from babel.core import get_global

    codes: dict[str, str] = {}
    known = Locale.parse("en").territories
    for alias, (territory, *others) in get_global("territory_aliases").items():
        is_country = territory in known and territory not in _NO_COUNTRIES and not others
        if re.fullmatch(r"[A-Z]{3}", alias) and is_country and (territory not in codes or alias.startswith(territory)):
            codes[territory] = alias
    found = {_plain(code): code for code in codes.values()} | {_plain(two): code for two, code in codes.items()}
    for language in LANGUAGES:
        names = Locale.parse(language).territories
        found |= {_plain(names[two]): code for two, code in codes.items() if two in names}
    more = {_plain(name): code for code, names in load_country_names().items() for name in names}
    return found | more
