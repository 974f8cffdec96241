"""Every visible word of a workbook, by language: frameworks/workbook/<language>.json, flat key to text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from fatf_kit.core.errors import UnknownIdError
from fatf_kit.core.languages import LANGUAGES, direction
from fatf_kit.core.messages import AFFILIATION, Translator
from fatf_kit.core.resources import data_folder


def languages() -> tuple[str, ...]:
    """Languages in which workbooks can be made.

    >>> "en" in languages()
    True
    """
    return tuple(sorted(page.stem for page in _folder().glob("*.json")))


@cache
def words(language: str) -> Mapping[str, str]:
    """The words of a workbook in one language, by stable key.

    Raises:
        UnknownIdError: no workbook in that language.

    >>> words("en")["column.rating"]
    'Rating'
    """
    page = _folder() / f"{language}.json"
    if language not in languages():
        raise UnknownIdError(f"There is no workbook in {language!r}. Use one of: {', '.join(languages())}.")
    return MappingProxyType(json.loads(page.read_text(encoding="utf-8")))


def affiliation(language: str) -> tuple[str, str]:
    """What a cover says on independence: a heading and the sentence."""
    t = Translator(language)
    return t("Independence"), t(AFFILIATION)


def word_in_all(key: str) -> tuple[str, ...]:
    """The same word in every shipped language."""
    return tuple(words(language)[key] for language in languages())


Text = str | Mapping[str, str]
"""A text of a workbook: a key of frameworks/workbook/<language>.json, a message of the catalogues, or one by language.
"""


def text_of(name: Text, language: str) -> str:
    """A text of a workbook in a language.

    >>> text_of("column.rating", "en"), text_of("Action plan", "fr"), text_of({"en": "Purpose"}, "en")
    ('Rating', 'Plan d’action', 'Purpose')
    """
    if not isinstance(name, str):
        return name[language if language in name else "en"]
    return words(language).get(name) or Translator(language if language in LANGUAGES else "en")(name)


def texts_of(name: Text) -> tuple[str, ...]:
    """The same in every language in which workbooks can be made."""
    return tuple(text_of(name, language) for language in languages())


def in_sentence(ids: Iterable[str], language: str) -> str:
    """Ids or dates as they stand in a sentence; in a right-to-left one marks around each keep it from turning around.

    >>> in_sentence(["R.1/1.11(a)", "R.1/1.12"], "fr")
    'R.1/1.11(a), R.1/1.12'
    """
    mark = "\u200e" if direction(language) == "rtl" else ""
    return ", ".join(f"{mark}{name}{mark}" for name in ids)


def _folder() -> Path:
    return data_folder("frameworks") / "workbook"
