"""Lists in a sentence: commas and "and" between the names, or semicolons where a name has such signs itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Literal

ListStyle = Literal["standard", "or"]
"""Whether all items are meant, or one of them."""


def get_semicolon(locale: str) -> str:
    """Return the semicolon of a language with the spaces around it.

    >>> get_semicolon("en_GB"), get_semicolon("ar")
    ('; ', '؛ ')
    """
    return {"ar": "؛ ", "fr": "\u00a0; "}.get(locale.partition("_")[0], "; ")


def join_list(items: Sequence[str], locale: str, style: ListStyle = "standard") -> str:
    r"""Join items as the language does in a sentence; `locale` is written as Babel writes it.

    Where an item has a comma or a conjunction itself, semicolons show where each item ends. What is in quotes or
    brackets does not count, because its end is plain.

    >>> join_list(["Police", "Customs"], "en_GB"), join_list(["Police", "Bank", "Customs"], "en_GB", "or")
    ('Police and Customs', 'Police, Bank or Customs')
    >>> join_list(["Police", "Tax and Customs", "Bank"], "en"), join_list(["FIU (Bank, Police)", "Bank"], "en")
    ('Police; Tax and Customs; and Bank', 'FIU (Bank, Police) and Bank')
    >>> join_list(["Police", "Douanes et impôts"], "fr"), join_list(["الشرطة", "الضرائب والجمارك"], "ar")
    ('Police\xa0; et Douanes et impôts', 'الشرطة؛ والضرائب والجمارك')
    """
    from babel.lists import format_list

    items = list(items)
    if len(items) < 2 or not has_compound(items, locale, style):
        return str(format_list(items, style, locale=locale))
    semicolon = get_semicolon(locale)
    *first, last = items
    return f"{semicolon.join(first)}{semicolon}{_get_conjunction(locale, style).lstrip()}{last}"


def has_compound(items: Iterable[str], locale: str, style: ListStyle = "standard") -> bool:
    """Return whether an item has a sign that separates the items of a list.

    "or" within an item is plain in a list with "and"; in a list with "or" neither word is.

    >>> [has_compound([name], "en") for name in ("Tax and Customs", "“Tax and Customs”", "Laws or treaties")]
    [True, False, False]
    >>> has_compound(["Laws or treaties"], "en", "or"), has_compound(["وحدة مالية"], "ar")
    (True, False)
    """
    signs = _COMPOUND[style, locale.partition("_")[0]]
    return any(signs.search(_ENCLOSED.sub("", item)) for item in items)


@cache
def _get_conjunction(locale: str, style: ListStyle) -> str:
    """Return the word before the last item with the spaces around it: " and ", " و"."""
    from babel.lists import format_list

    return str(format_list(["0", "1"], style, locale=locale))[1:-1]


_ENCLOSED = re.compile(r"“[^”]*”|«[^»]*»|'[^']*'|\([^()]*\)")
_COMPOUND: Mapping[tuple[ListStyle, str], re.Pattern[str]] = {
    ("standard", "en"): re.compile(r",\s|\sand\s"),
    ("standard", "fr"): re.compile(r",\s|\set\s"),
    ("standard", "ar"): re.compile(r"،\s|\sو\w"),
    ("or", "en"): re.compile(r",\s|\s(and|or)\s"),
    ("or", "fr"): re.compile(r",\s|\s(et|ou)\s"),
    ("or", "ar"): re.compile(r"،\s|\s(و\w|أو\s)"),
}
"""The signs between items by language; an Arabic word may also begin with the letter of "and", which does no harm."""
