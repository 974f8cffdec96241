"""Every visible word of a workbook, by language: frameworks/workbook-words.json, flat key to text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from types import MappingProxyType

from fatf_kit.core.errors import UnknownIdError
from fatf_kit.core.json_files import load_value
from fatf_kit.core.languages import LANGUAGES, direction
from fatf_kit.core.messages import AFFILIATION, Translator
from fatf_kit.core.national_words import apply_vocabulary, base_language, list_national_forms
from fatf_kit.core.resources import data_folder

_FILE = "workbook-words.json"


def list_languages() -> tuple[str, ...]:
    """Return languages in which workbooks can be made.

    >>> "en" in list_languages()
    True
    """
    folder = data_folder("frameworks") / "locale"
    return tuple(sorted(["en", *(path.parent.name for path in folder.glob(f"*/{_FILE}"))]))


@cache
def load_words(language: str) -> Mapping[str, str]:
    """Return the words of a workbook in one language, by stable key.

    Raises:
        UnknownIdError: no workbook in that language.

    >>> load_words("en")["column.rating"]
    'Rating'
    """
    if base_language(language) not in list_languages():
        raise UnknownIdError(
            "'{found}' is not a language of the workbooks. Allowed: {names}.", found=language, names=list_languages()
        )
    page = data_folder("frameworks") / _FILE
    return MappingProxyType(load_value(page, dict, "workbook-words.schema.json", language))


def independence_notice(language: str) -> tuple[str, str]:
    """Return what a cover says on independence: a heading and the sentence."""
    t = Translator(language)
    return t("Independence"), t(AFFILIATION)


def translate_word(key: str) -> tuple[str, ...]:
    """Return the same word in every shipped language, as all countries write it."""
    words = ((load_words(language)[key], language) for language in list_languages())
    return tuple(form for word, language in words for form in list_national_forms(word, language))


WorkbookText = str | Mapping[str, str] | Callable[[str], str]
"""A text of a workbook: a key of frameworks/workbook-words.json, a message of the catalogues, or one by language.

A function gives the text of a language too, where it depends on data.
"""


def translate_text(name: WorkbookText, language: str) -> str:
    """Return a text of a workbook in a language.

    >>> texts = (("column.rating", "en"), ("Action plan", "fr"), ({"en": "Purpose"}, "en"))
    >>> tuple(translate_text(*text) for text in texts)
    ('Rating', 'Plan d’action', 'Purpose')
    """
    if callable(name):
        return name(language)
    if not isinstance(name, str):
        base = base_language(language)
        return apply_vocabulary(name[base if base in name else "en"], language)
    text_language = language if base_language(language) in LANGUAGES else "en"
    return load_words(language).get(name) or Translator(text_language)(name)


def list_translations(name: WorkbookText) -> tuple[str, ...]:
    """Return the same in every language in which workbooks can be made, as all countries write it."""
    texts = ((translate_text(name, language), language) for language in list_languages())
    return tuple(form for text, language in texts for form in list_national_forms(text, language))


def format_ids(ids: Iterable[str], language: str) -> str:
    """Return ids or dates for a sentence; in a right-to-left one marks around each keep its order.

    >>> format_ids(["R.1/1.11(a)", "R.1/1.12"], "fr")
    'R.1/1.11(a), R.1/1.12'
    """
    mark = "\u200e" if direction(language) == "rtl" else ""
    return ", ".join(f"{mark}{name}{mark}" for name in ids)
