"""Names of persons have no place in the register of cases: how a column of names, or a name in a text, is recognised.

Only what is evident is seen: a name without any word before it is not, which the workbook's own words ask to avoid.
"""

from __future__ import annotations

import re
from functools import cache

from fatf_kit.locale import normalise
from fatf_kit.statistics.definitions import person_words

_LATIN_NAME = r"\s+[A-ZÀ-ÖØ-Þ][\w'’-]+"
_ARABIC_NAME = r"\s+[\u0621-\u064a]{2,}"


def is_heading_of_names(heading: str) -> bool:
    """Whether a heading asks for names of persons.

    >>> is_heading_of_names("Suspect"), is_heading_of_names("What it shows")
    (True, False)
    """
    return normalise(heading) in _headings()


def names_a_person(text: str) -> bool:
    """Whether a text evidently names somebody.

    >>> names_a_person("Mr Smith was convicted"), names_a_person("a company director was convicted")
    (True, False)
    >>> names_a_person("أُدين السيد فلان"), names_a_person("la société M. a été condamnée")
    (True, False)
    """
    return bool(_names().search(text))


@cache
def _headings() -> frozenset[str]:
    return frozenset(map(normalise, person_words()["headings"]))


@cache
def _names() -> re.Pattern[str]:
    words = sorted(person_words()["before_names"], key=len, reverse=True)
    latin = "|".join(re.escape(word) for word in words if word.isascii() or word[0].isascii())
    arabic = "|".join(re.escape(word) for word in words if not word[0].isascii())
    return re.compile(rf"(?<![\w.])(?:{latin}){_LATIN_NAME}|(?<!\w)(?:و|ل|ب)?(?:{arabic}){_ARABIC_NAME}")
