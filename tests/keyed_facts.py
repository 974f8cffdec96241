"""Facts that carry their names into every text, so that a test can read each figure and date back from a document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any

from fatf_kit.assessed.facts import FolderFacts
from fatf_kit.core.messages import Translator

_OPEN, _CLOSE = "⟦", "⟧"
_DATED = "@"
_KEYED = re.compile(rf"(?P<text>-?\d+){_OPEN}(?P<key>[^{_DATED}{_CLOSE}]+){_CLOSE}")
_KEYED_DAY = re.compile(rf"(?P<before>[^{_OPEN}{_CLOSE}\n]+){_OPEN}{_DATED}(?P<key>[^{_CLOSE}]+){_CLOSE}")
_KEY = re.compile(rf"{_OPEN}{_DATED}?(?P<key>[^{_CLOSE}]+){_CLOSE}")


class KeyedNumber(int):
    """A number of the facts that is printed with its key. What is calculated from it has no key any more."""

    key: str

    def __str__(self) -> str:
        """The number, and its key."""
        return f"{int(self)}{_OPEN}{self.key}{_CLOSE}"

    def __format__(self, spec: str) -> str:
        """The same in a message."""
        return str(self)

    def __neg__(self) -> KeyedNumber:
        """The same number of days, since instead of until."""
        return make_number(-int(self), self.key)


class KeyedDay(date):
    """A date of the facts that is printed with its key."""

    key: str


class KeyedTranslator(Translator):
    """A translator that prints the keys of dates and numbers after them."""

    def day(self, day: date) -> str:
        """The date in words, and its key."""
        text = super().day(day)
        return f"{text}{_OPEN}{_DATED}{day.key}{_CLOSE}" if isinstance(day, KeyedDay) else text

    def number(self, number: float) -> str:
        """The number, and its key."""
        return str(number) if isinstance(number, KeyedNumber) else super().number(number)


def make_number(value: int, key: str) -> KeyedNumber:
    """A number with a key."""
    number = KeyedNumber(value)
    number.key = key
    return number


def add_keys(facts: FolderFacts) -> FolderFacts:
    """The same facts, each number and date with its path as a key."""
    keyed: FolderFacts = _add_keys(facts, "")
    return keyed


def _add_keys(value: Any, key: str) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        names = [field.name for field in fields(value)]
        return replace(value, **{name: _add_keys(getattr(value, name), f"{key}.{name}".lstrip(".")) for name in names})
    if isinstance(value, tuple):
        return tuple(_add_keys(item, f"{key}.{_name(item, place)}") for place, item in enumerate(value))
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return make_number(value, key)
    if isinstance(value, date):
        day = KeyedDay(value.year, value.month, value.day)
        day.key = key
        return day
    return value


def _name(item: Any, place: int) -> str:
    for name in ("requirement", "agency", "step", "id"):
        if hasattr(item, name):
            return str(getattr(item, name)).replace(".", "_")
    return str(place)


def list_values(facts: FolderFacts) -> dict[str, int | date]:
    """Every number and date of keyed facts, by its key."""
    return dict(_walk(facts))


def _walk(value: Any) -> Iterator[tuple[str, int | date]]:
    if is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _walk(getattr(value, field.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from _walk(item)
    elif isinstance(value, KeyedNumber):
        yield value.key, int(value)
    elif isinstance(value, KeyedDay):
        yield value.key, date(value.year, value.month, value.day)


def read_numbers(text: str) -> list[tuple[str, int]]:
    """Every number in a text that has a key, with the key."""
    return [(match["key"], int(match["text"])) for match in _KEYED.finditer(text)]


def read_days(text: str) -> list[tuple[str, str]]:
    """Every key of a date in a text, with the text before it."""
    return [(match["key"], match["before"]) for match in _KEYED_DAY.finditer(text)]


def read_keys(text: str) -> set[str]:
    """Every key in a text."""
    return {match["key"] for match in _KEY.finditer(text)}


def remove_keyed(text: str) -> str:
    """A text without its keyed numbers and without keys."""
    return _KEY.sub("", _KEYED.sub("", text))
