"""Letters and words that run from right to left, from their places on paper to their order in reading.

Letters in Latin and figures run from left to right between them. A PDF has brackets as they look, and marks above and
below letters at places that say little: the marks are left out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fatf_kit.texts.folding import is_right_to_left
from fatf_kit.texts.model import Word

_SPACE, _WIDE_SPACE = 0.3, 0.8
"""Gap between two letters, and between two figures, from which they are of two words, in sizes of the letters."""

_RAISED = 0.5
"""Height above the line, in sizes of the letter, from which an Arabic letter is only the mark that belongs to it."""

_UNKNOWN = "\ufffd"
"""A letter without a code, as bullets often are."""

_OPENING = re.compile(r"(?:(?<=\s)|^)[()](?=\S)")
_CLOSING = re.compile(r"(?<=\S)[()](?=[\s.,;:؛،]|$)")
_JOINER = ".,:/-٫٬"
"""Letters that are part of a number between two figures."""


@dataclass(frozen=True, slots=True)
class PlacedLetter:
    """A letter with its left and right edge, the height of its lower edge above the line, and its size."""

    text: str
    left: float
    right: float
    low: float
    size: float

    @property
    def is_mark(self) -> bool:
        """Whether it is a mark above or below a letter, or the copy of a letter that stands for one."""
        is_raised = is_right_to_left(self.text) and self.low > _RAISED * self.size
        return unicodedata.combining(self.text) > 0 or is_raised


def join_letters(letters: Iterable[PlacedLetter]) -> list[Word]:
    """Return the words of one line from right to left, each with its letters in reading order."""
    ordered = sorted((one for one in letters if not one.is_mark), key=lambda one: -(one.left + one.right))
    groups: list[list[PlacedLetter]] = []
    is_apart = True
    for one in ordered:
        if one.text.isspace():
            is_apart = True
            continue
        before = groups[-1][-1] if groups else None
        is_apart = is_apart or before is None or _are_apart(before, one)
        if is_apart:
            groups.append([])
        groups[-1].append(one)
        is_apart = False
    return [
        Word(
            order_letters([one.text for one in group]),
            min(one.left for one in group),
            max(one.right for one in group),
        )
        for group in groups
    ]


def _are_apart(before: PlacedLetter, letter: PlacedLetter) -> bool:
    """Return whether a space is between two letters; figures are narrower than their places."""
    width = _WIDE_SPACE if before.text.isdigit() and letter.text.isdigit() else _SPACE
    return before.left - letter.right > width * max(letter.size, before.size)


def order_letters(letters: Sequence[str]) -> str:
    """Return letters as they are on paper from right to left in reading order: figures and Latin the other way round.

    >>> order_letters(["و", "7", "1", "0", "2"]), order_letters(["7", ".", "0", "1"]), order_letters(["L", "A", "("])
    ('و2017', '10.7', '(AL')
    """
    if any(map(_is_left_to_right, letters)) and not any(map(is_right_to_left, letters)):
        return "".join(reversed(letters))
    ordered: list[str] = []
    run: list[str] = []
    for place, letter in enumerate(letters):
        following = letters[place + 1] if place + 1 < len(letters) else ""
        is_between = bool(run) and letter in _JOINER and _runs_left_to_right(following)
        if _runs_left_to_right(letter) or is_between:
            run.append(letter)
        else:
            ordered += [*reversed(run), letter]
            run = []
    return "".join([*ordered, *reversed(run)])


def _runs_left_to_right(letter: str) -> bool:
    return letter.isdigit() or _is_left_to_right(letter)


def _is_left_to_right(letter: str) -> bool:
    """Return whether a letter makes those around it run from left to right, as bullets of the private-use area do."""
    return unicodedata.bidirectional(letter) == "L" or letter == _UNKNOWN if letter else False


def order_words(words: Sequence[str]) -> list[str]:
    """Return words as they are on paper from right to left in reading order: those in Latin the other way round.

    >>> order_words(["من", "(2024", "FUR", "LC", "في"]), order_words(["2016", "2017"])
    (['من', 'LC', 'FUR', '(2024', 'في'], ['2016', '2017'])
    """
    ordered: list[str] = []
    run: list[str] = []
    for word in [*words, ""]:
        if word and not is_right_to_left(word):
            run.append(word)
            continue
        is_latin = any(_is_left_to_right(letter) for other in run for letter in other)
        ordered += [*(reversed(run) if is_latin else run), *filter(None, (word,))]
        run = []
    return ordered


def turn_brackets(text: str) -> str:
    """Return a text whose brackets are opened before a word and closed after one, whichever way a PDF has them.

    >>> turn_brackets(")المعيار 1.5(;")
    '(المعيار 1.5);'
    """
    return _CLOSING.sub(")", _OPENING.sub("(", text))
