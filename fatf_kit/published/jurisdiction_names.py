"""From the name of a jurisdiction to its code: FATF's names first, then the common English ones of Unicode CLDR."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType

from fatf_kit.published.loader import load_published


def find_code(name: str) -> str | None:
    """The ISO 3166-1 alpha-3 code behind an English name; None where the name is not known.

    Case, accents, punctuation, a leading "the", "&" for "and" and "St." for "Saint" do not matter. Nothing is guessed.

    >>> find_code("Cote d'Ivoire"), find_code("VIETNAM"), find_code("Atlantis")
    ('CIV', 'VNM', None)
    """
    key = simplify_name(name)
    return _fatf_names().get(key) or _common_names().get(key)


def find_near_names(name: str, known: Iterable[str]) -> list[str]:
    """At most three of the known names that come near, the nearest first.

    >>> near_names("Namibi", ["Mali", "Namibia"])
    ['Namibia']
    """
    plain = {simplify_name(candidate): candidate for candidate in known}
    return [plain[key] for key in difflib.get_close_matches(simplify_name(name), plain, n=3, cutoff=0.6)]


def simplify_name(name: str) -> str:
    """A name without what does not matter for comparing it.

    >>> plain_name("The  St. Kitts & Nevis")
    'saint kitts and nevis'
    """
    letters = unicodedata.normalize("NFKD", name.replace("&", " and ")).casefold()
    words = re.sub(r"[\W_]+", " ", "".join(c for c in letters if not unicodedata.combining(c))).split()
    if words[:1] == ["the"]:
        words = words[1:]
    return " ".join("saint" if word == "st" else word for word in words)


@cache
def load_table_names() -> Mapping[str, str]:
    """Names of the bundled table by code."""
    return MappingProxyType({report.iso3: report.jurisdiction for report in load_published()})


@cache
def _fatf_names() -> Mapping[str, str]:
    return MappingProxyType({simplify_name(name): code for code, name in load_table_names().items()})


@cache
def _common_names() -> Mapping[str, str]:
    from babel import Locale
    from babel.core import get_global

    codes: dict[str, str] = {}
    for alias, (territory, *others) in get_global("territory_aliases").items():
        if len(alias) != 3 or not alias.isalpha() or others:
            continue
        # Withdrawn codes (BUR, YMD) point to the same territory; the one in use begins with its letters.
        if territory not in codes or alias.startswith(territory):
            codes[territory] = alias
    names = Locale("en").territories
    return MappingProxyType({simplify_name(names[t]): code for t, code in codes.items() if t in names})
