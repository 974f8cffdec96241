"""The text of a citation in a plain form for patterns, with the way back to what was typed."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_SAME = str.maketrans(
    {"ى": "ي", "ة": "ه", "ی": "ي", "ک": "ك", "’": "'", "‘": "'", "ʼ": "'", "–": "-", "—": "-", "‑": "-", "ـ": None}
)


@dataclass(frozen=True, slots=True)
class PlainText:
    """`plain` is the text for patterns; the character at a place in it was typed at the same place of `places`."""

    typed: str
    plain: str
    places: tuple[int, ...]

    def typed_at(self, start: int, end: int) -> str:
        """Return what was typed where `plain` has the characters from `start` to before `end`, with their marks."""
        if end <= start:
            return ""
        after = self.places[end] if end < len(self.places) else len(self.typed)
        return self.typed[self.places[start] : max(after, self.places[end - 1] + 1)].strip()


def simplify_text(text: str) -> PlainText:
    """Return the text without case, accents, vowel and direction marks, spellings of Arabic and kinds of digits.

    >>> simplify_text("Arrêté n° ٣, المادة الأولى").plain
    'arrete n° 3, الماده الاولي'
    """
    if text.isascii():
        return PlainText(text, text.casefold(), tuple(range(len(text))))
    letters: list[str] = []
    places: list[int] = []
    for place, typed in enumerate(text):
        for letter in _simplify_letter(typed):
            letters.append(letter)
            places.append(place)
    return PlainText(text, "".join(letters), tuple(places))


def simplify_letters(text: str) -> str:
    """Return the same for words that are looked for.

    >>> simplify_letters("Décret-loi"), simplify_letters("قرارٌ بقانون")
    ('decret-loi', 'قرار بقانون')
    """
    if text.isascii():
        return text.casefold()
    parts = unicodedata.normalize("NFKD", text).translate(_SAME)
    kept = (_letter(one) for one in parts if unicodedata.category(one) not in ("Mn", "Cf"))
    return "".join(kept).casefold()


_simplify_letter = lru_cache(maxsize=4_096)(simplify_letters)
"""The letters of all citations are few."""


def _letter(one: str) -> str:
    if one.isdecimal():
        return str(unicodedata.decimal(one))
    return " " if one.isspace() else one
