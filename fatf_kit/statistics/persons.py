"""Names of persons have no place in the register of cases: how a column of names, or a name in a text, is recognised.

Only what is evident is seen: a form of address before a word, or an office or rank before what looks like a name. A
name without any word before it is not, which the workbook's own words ask to avoid.

Source: frameworks/statistics/persons.json.
"""

from __future__ import annotations

import re
from functools import cache

from fatf_kit.core.languages import normalise
from fatf_kit.statistics.definitions import load_person_words

_LATIN_NAME = r"\s+[A-ZÀ-ÖØ-Þ][\w'’-]+"
_LATIN_NAME_FOR_SURE = r"\s+(?!(?:{others})\b)[A-ZÀ-ÖØ-Þ][a-zß-ÿ'’][\w'’-]*"
_ARABIC_NAME = r"\s+[\u0621-\u064a]{2,}"
_ARABIC_MARKS = re.compile("[\u0640\u064b-\u0652]")
_ALEF, _TA = "[اأإآ]", "[ةه]"


def is_heading_of_names(heading: str) -> bool:
    """Whether a heading asks for names of persons.

    >>> is_heading_of_names("Suspect"), is_heading_of_names("What it shows")
    (True, False)
    """
    return normalise(heading) in _headings()


def has_person_name(text: str) -> bool:
    """Whether a text evidently names somebody.

    >>> names_a_person("Mr Smith was convicted"), names_a_person("a company director was convicted")
    (True, False)
    >>> names_a_person("أُدين السيد فلان"), names_a_person("la société M. a été condamnée")
    (True, False)
    """
    plain = _ARABIC_MARKS.sub("", text)
    return any(pattern.search(plain) for pattern in _names())


@cache
def _headings() -> frozenset[str]:
    return frozenset(map(normalise, load_person_words()["headings"]))


@cache
def _names() -> tuple[re.Pattern[str], ...]:
    """How names are recognised: after a form of address in either script, and after an office or rank in either."""
    words = load_person_words()
    address, titles = _by_script(words["before_names"]), _by_script(words["titles"])
    others, given = _either(words["not_names"]), _in_any_spelling(_either(words["given_names"]))
    latin_sure = _LATIN_NAME_FOR_SURE.format(others=others)
    title = _in_any_spelling(titles["arabic"].removeprefix("ال").replace("|ال", "|"))
    return (
        re.compile(rf"(?<![\w.])(?:{address['latin']}){_LATIN_NAME}"),
        re.compile(rf"(?<![\w.])(?i:{titles['latin']}){latin_sure}"),
        re.compile(rf"(?<!\w)(?:و|ل|ب)?(?:{address['arabic']}){_ARABIC_NAME}"),
        re.compile(rf"(?<!\w)(?:[وفبك]?ال|و?لل)(?:{title})\s+(?:{given})(?!\w)"),
    )


def _by_script(words: list[str]) -> dict[str, str]:
    """Words of either script as alternatives."""
    latin = [word for word in words if word[0].isascii()]
    return {"latin": _either(latin), "arabic": _either([word for word in words if word not in latin])}


def _either(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _in_any_spelling(pattern: str) -> str:
    """The pattern for Arabic words whose hamza or final letter may be written in short."""
    return re.sub("ة", _TA, re.sub(_ALEF, _ALEF, pattern))
