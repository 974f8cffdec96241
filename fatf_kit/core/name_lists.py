"""Lists in a sentence: commas and "and" between the names, or semicolons where a name has such signs itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
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
    ('Police ainsi que Douanes et impôts', 'الشرطة؛ والضرائب والجمارك')
    >>> join_list(["1, 2", "3", "4"], "ar", "or"), join_list(["Polisi na Forodha", "Benki"], "sw")
    ('1, 2؛ أو 3؛ أو 4', 'Polisi na Forodha; na Benki')
    """
    from babel.lists import format_list

    items = list(items)
    if len(items) < 2 or not has_compound(items, locale, style):
        return str(format_list(items, style, locale=locale))
    semicolon, (middle, end) = get_semicolon(locale), _get_conjunctions(locale, style)
    *first, last = items
    final = _FINAL_WORDS.get(locale.partition("_")[0], {}).get(style, f"{semicolon}{end}")
    return f"{semicolon}{middle}".join(first) + f"{final}{last}"


_FINAL_WORDS: dict[str, dict[str, str]] = {"fr": {"standard": " ainsi que ", "or": " ou bien "}}
"""The words before the last item, in languages whose words show by themselves that the item before has ended."""


def has_compound(items: Iterable[str], locale: str, style: ListStyle = "standard") -> bool:
    """Return whether an item has a sign that separates the items of a list.

    "or" within an item is plain in a list with "and"; in a list with "or" neither word is.

    >>> [has_compound([name], "en") for name in ("Tax and Customs", "“Tax and Customs”", "Laws or treaties")]
    [True, False, False]
    >>> has_compound(["Laws or treaties"], "en", "or"), has_compound(["وحدة مالية"], "ar")
    (True, False)
    """
    signs = _compile_signs(locale, style)
    return any(signs.search(_ENCLOSED.sub("", item)) for item in items)


@cache
def _compile_signs(locale: str, style: ListStyle) -> re.Pattern[str]:
    """Return the signs between items; an Arabic word may begin with the letter of "and" too, which does no harm."""
    styles: tuple[ListStyle, ...] = ("standard", "or") if style == "or" else ("standard",)
    words = {_get_conjunctions(locale, name)[1] for name in styles}
    patterns = (re.escape(word.rstrip()) + (r"\s" if word.endswith(" ") else r"\w") for word in sorted(words))
    return re.compile(rf"[,،]\s|\s(?:{'|'.join(patterns)})")


@cache
def _get_conjunctions(locale: str, style: ListStyle) -> tuple[str, str]:
    """Return the words before an item in the middle of a list, often none, and before the last one: "and ", "و"."""
    from babel.lists import format_list

    separators = re.split(r"\d", str(format_list(["0", "1", "2", "3"], style, locale=locale)))[2:4]
    middle, end = (re.sub(r"^[,،]?\s*", "", separator) for separator in separators)
    return middle, end


_ENCLOSED = re.compile(r"“[^”]*”|«[^»]*»|'[^']*'|\([^()]*\)")
