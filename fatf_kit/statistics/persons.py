"""Names of persons are recognised in headings and texts, because the register of cases must not contain any.

Only a form of address before a word is recognised, or an office or rank before a word that looks like a name. A name
without any word before it is not; the workbook asks not to write names.

Source: frameworks/statistics/persons.json.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from fatf_kit.core.json_files import load_value
from fatf_kit.core.languages import normalise
from fatf_kit.core.resources import data_folder

_LATIN_NAME = r"\s+[A-ZÀ-ÖØ-Þ][\w'’-]+"
_LATIN_NAME_FOR_SURE = r"\s+(?!(?:{others})\b)[A-ZÀ-ÖØ-Þ][a-zß-ÿ'’][\w'’-]*"
_ARABIC_NAME = r"\s+[\u0621-\u064a]{2,}"
_ARABIC_MARKS = re.compile("[\u0640\u064b-\u0652]")
_ALEF, _TA = "[اأإآ]", "[ةه]"


def is_heading_of_names(heading: str) -> bool:
    """Return whether a heading asks for names of persons.

    >>> is_heading_of_names("Suspect"), is_heading_of_names("What it shows")
    (True, False)
    """
    return normalise(heading) in _headings()


def has_person_name(text: str) -> bool:
    """Return whether a text evidently names a person.

    >>> has_person_name("Mr Smith was convicted"), has_person_name("a company director was convicted")
    (True, False)
    >>> has_person_name("أُدين السيد فلان"), has_person_name("la société M. a été condamnée")
    (True, False)
    """
    plain = _ARABIC_MARKS.sub("", text)
    return any(pattern.search(plain) for pattern in _names())


@cache
def _words() -> Mapping[str, list[str]]:
    """Return headings of columns of names, and words that come before names, in every language."""
    path = data_folder("frameworks") / "statistics" / "persons.json"
    return load_value(path, dict, "statistics-persons.schema.json")


@cache
def _headings() -> frozenset[str]:
    return frozenset(map(normalise, _words()["headings"]))


@cache
def _names() -> tuple[re.Pattern[str], ...]:
    """Return patterns for names after a form of address, and after an office or rank, in either script."""
    words = _words()
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
    """Return the words of either script as alternatives."""
    latin = [word for word in words if word[0].isascii()]
    arabic = [word for word in words if word not in latin]
    return {"latin": _either(latin), "arabic": _either(arabic)}


def _either(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _in_any_spelling(pattern: str) -> str:
    """Return the pattern for Arabic words whose hamza or final letter may be written in short."""
    return re.sub("ة", _TA, re.sub(_ALEF, _ALEF, pattern))
