"""Facts that fill the messages of errors and problems, shown in the language of the reader."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Protocol, Self, runtime_checkable


class MessageTranslator(Protocol):
    """A translator of English messages and of codes such as ratings into its language."""

    language: str

    def __call__(self, message: str, /) -> str:
        """Return the translation of an English text; the text itself if there is none."""

    def plural_form(self, singular: str, plural: str, n: int, /) -> str:
        """Return the form of a message for a number, with its placeholders."""

    def named(self, code: str, /) -> str:
        """Return the label of a code; the code itself if it has none."""

    def joined(self, items: Iterable[str], /) -> str:
        """Return the items with the comma of the language between them."""

    def day(self, day: date, /) -> str:
        """Return a date in words."""


@runtime_checkable
class TranslatedMessage(Protocol):
    """A problem or an error, whose message is shown in any language."""

    def message_in(self, t: MessageTranslator, /) -> str:
        """Return the message in a language."""


@runtime_checkable
class TranslatedName(Protocol):
    """A name that has its form in each language with it, such as that of an agency or a column."""

    def in_language(self, language: str, /) -> str:
        """Return the name in a language."""


class DayText(str):
    """A day in ISO 8601, as files and programs have it, which messages show in words.

    >>> ENGLISH.day(DayText("2027-06-01").day)
    '1 June 2027'
    """

    __slots__ = ()

    @property
    def day(self) -> date:
        """The day."""
        return date.fromisoformat(self)


class Phrase(str):
    """A text of fatf-kit that fills a message, such as a place or a reason, shown in the language of the reader.

    It is its English text. `facts` fill its template as they are.

    >>> where = Phrase("row {row}", row=70000)
    >>> where, where.template
    ('row 70000', 'row {row}')
    """

    __slots__ = ("facts", "template")
    template: str
    facts: Mapping[str, object]

    def __new__(cls, template: str, /, **facts: object) -> Self:
        """Return the English text; a missing fact is a programming error and raises KeyError."""
        phrase = super().__new__(cls, template.format_map(facts))
        phrase.template, phrase.facts = template, facts
        return phrase

    def __reduce__(self) -> tuple[object, ...]:
        """Return what a process that receives the phrase makes it from."""
        return _make_phrase, (self.template, self.facts)

    def message_in(self, t: MessageTranslator) -> str:
        """Return the text in a language."""
        return t(self.template).format_map(self.facts)


def _make_phrase(template: str, facts: Mapping[str, object]) -> Phrase:
    return Phrase(template, **facts)


class _English:
    """English, the language of every message, in which codes are their own labels."""

    language = "en"

    def __call__(self, message: str, /) -> str:
        return message

    def plural_form(self, singular: str, plural: str, n: int, /) -> str:
        return singular if n == 1 else plural

    def named(self, code: str, /) -> str:
        return code

    def joined(self, items: Iterable[str], /) -> str:
        return ", ".join(items)

    def day(self, day: date, /) -> str:
        return f"{day.day} {day:%B} {day.year}"


ENGLISH = _English()


def fill_message(message: str, facts: Mapping[str, object], t: MessageTranslator) -> str:
    """Return an English message in a language with its facts; without facts, braces in it stay.

    A fact may be a problem or an error, and a sequence of them or of texts.

    >>> fill_message("{n} rows: {problems}", {"n": 2, "problems": ("a", "b")}, ENGLISH)
    '2 rows: a, b'
    """
    shown = {key: _show_fact(key, fact, t) for key, fact in facts.items()}
    return t(message).format_map(shown).rstrip() if facts else t(message)


def _show_fact(key: str, fact: object, t: MessageTranslator) -> object:
    if isinstance(fact, str):
        return translate_fact(key, fact, t)
    if isinstance(fact, tuple | list):
        parts = [str(_show_fact(key, one, t)) for one in fact]
        return t.joined(parts) if all(isinstance(item, str) for item in fact) else " ".join(parts)
    if type(fact) is date:
        return t.day(fact)
    return fact.message_in(t) if isinstance(fact, TranslatedMessage) else fact


def translate_fact(key: str, value: str, t: MessageTranslator) -> str:
    """Return a fact in a language: a name as it is called there, a day in words, a phrase, a text or code by its key.

    Other texts are unchanged.
    """
    if isinstance(value, TranslatedName):
        return value.in_language(t.language)
    if isinstance(value, Phrase):
        return value.message_in(t)
    if isinstance(value, DayText):
        return t.day(value.day)
    return _FACT_TRANSLATORS[key](value, t) if key in _FACT_TRANSLATORS else value


def _translate_text(value: str, t: MessageTranslator) -> str:
    return t(value)


def _name_code(value: str, t: MessageTranslator) -> str:
    return t.named(value)


def _name_codes(value: str, t: MessageTranslator) -> str:
    """Labels of codes; a code without one may be a phrase of fatf-kit, like the status of an action.

    Items that contain commas have semicolons between them.
    """
    names = ((one, t.named(one)) for one in value.split("; " if "; " in value else ", "))
    return t.joined(t(code) if name == code else name for code, name in names)


_FACT_TRANSLATORS = {
    **dict.fromkeys(("why", "what", "limit", "hint", "scale", "other", "kind", "by", "basis"), _translate_text),
    **dict.fromkeys(("answer", "chosen", "parts", "evidence_kind"), _name_code),
    **dict.fromkeys(("allowed", "near", "before", "after", "status", "difference"), _name_codes),
}
"""The facts that are translated: whole texts by the catalogue, ratings and the like by their labels.

A fact that is a `LocalName`, such as an agency or a heading, or a `Phrase` has its texts with it and needs no entry.
"""

TRANSLATED_FACTS = tuple(key for key, how in _FACT_TRANSLATORS.items() if how is _translate_text)
