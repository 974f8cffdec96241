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
    ordered = sorted(
        (letter for letter in letters if not letter.is_mark), key=lambda letter: -(letter.left + letter.right)
    )
    groups: list[list[PlacedLetter]] = []
    is_apart = True
    for letter in ordered:
        if letter.text.isspace():
            is_apart = True
            continue
        before = groups[-1][-1] if groups else None
        is_apart = is_apart or before is None or _are_apart(before, letter)
        if is_apart:
            groups.append([])
        groups[-1].append(letter)
        is_apart = False
    texts = ["".join(letter.text for letter in group) for group in groups]
    around = ["", *texts, ""]
    return [
        Word(
            order_letters(text, _is_latin(around[place]), _is_latin(around[place + 2])),
            min(letter.left for letter in group),
            max(letter.right for letter in group),
        )
        for place, (text, group) in enumerate(zip(texts, groups, strict=True))
    ]


def _is_latin(text: str) -> bool:
    return any(map(_is_left_to_right, text)) and not is_right_to_left(text)


def _are_apart(before: PlacedLetter, letter: PlacedLetter) -> bool:
    """Return whether a space is between two letters; figures are narrower than their places."""
    width = _WIDE_SPACE if before.text.isdigit() and letter.text.isdigit() else _SPACE
    return before.left - letter.right > width * max(letter.size, before.size)


def order_letters(letters: str, before: bool = False, after: bool = False) -> str:
    """Return the letters of a word as they are on paper from right to left in reading order.

    Figures and Latin run the other way round. A stop or bracket beside Latin belongs to it where the next word on
    that side is Latin, too: `before` on the right, `after` on the left.

    >>> order_letters("و7102"), order_letters("7.01"), order_letters("RUF(", after=True), order_letters("i.")
    ('و2017', '10.7', '(FUR', 'i.')
    """
    if not _is_latin(letters):
        return _turn_figures(letters)
    strong = [place for place, letter in enumerate(letters) if _runs_left_to_right(letter)]
    head, core, tail = letters[: strong[0]], letters[strong[0] : strong[-1] + 1][::-1], letters[strong[-1] + 1 :]
    if _is_bracket(head) and _is_bracket(tail):
        return f"({core})"
    first, last = (core, head[::-1]) if before else (head, core)
    return f"{tail[::-1]}{first}{last}" if after else f"{first}{last}{tail}"


def _is_bracket(text: str) -> bool:
    return text in ("(", ")")


def _turn_figures(letters: str) -> str:
    """Return letters from right to left with their figures, and what is between two figures, the other way round."""
    ordered: list[str] = []
    run: list[str] = []
    for place, letter in enumerate(letters):
        is_between = bool(run) and letter in _JOINER and letters[place + 1 : place + 2].isdigit()
        if letter.isdigit() or is_between:
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
