"""What the values of sheets mean, asked once for each.

The same headings, ratings, laws and dates stand in every workbook, and all sheets of one share their vocabulary.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Generic, TypeVar
from weakref import ref

from fatf_kit.spreadsheets.sheet import is_narrative

Found = TypeVar("Found")

_KEPT, _MOST = 600, 16_384  # characters of a text: our own statements are shorter; texts


class Seen:
    """All values so far in the order in which they came, long texts left out; `round` is how often it began anew.

    What is `idle` means nothing to any of those who ask.
    """

    def __init__(self, idle: Callable[[object], bool] = lambda _: False) -> None:
        self._idle = idle
        self.values: list[object] = []
        self.round = 0
        self._known: set[object] = set()
        self._last: Callable[[], frozenset[object] | None] = lambda: None
        self._long: list[object] = []

    def take(self, values: frozenset[object]) -> list[object]:
        """Add these values; gives the long texts among them. The sheets of one workbook bring the same ones again."""
        if values is not self._last():
            if len(self.values) > _MOST:
                self.values, self._known, self.round = [], set(), self.round + 1
            new = {value for value in values - self._known if not self._idle(value)}
            few = len(new) <= _MOST  # of a table that is no workbook of ours nothing is kept
            self._long = [value for value in new if not few or (isinstance(value, str) and len(value) >= _KEPT)]
            self._known.update(new.difference(self._long))
            self.values += new.difference(self._long)
            self._last = ref(values)  # of somebody's answers nothing is kept once they are let go
        return self._long


TELLING = Seen(is_narrative)
"""What may tell something on any sheet."""


class Sieve(Generic[Found]):
    """Finds among the values of sheets the few that mean something, with what they mean."""

    def __init__(self, meaning: Callable[[object], Found | None], seen: Seen = TELLING) -> None:
        """`seen` keeps the values for all sieves that are asked for the same ones."""
        self._meaning = meaning
        self._seen = seen
        self._found: dict[object, Found] = {}
        self._asked = self._round = 0
        self._last: Callable[[], frozenset[object] | None] = lambda: None
        self._answer: tuple[Mapping[object, Found], frozenset[object]] = {}, frozenset()

    def among(self, values: frozenset[object]) -> Mapping[object, Found]:
        """Those that mean something.

        >>> Sieve({"law": "lawful"}.get).among(frozenset({"law", "order"}))
        {'law': 'lawful'}
        """
        return self._about(values)[0]

    def those_among(self, values: frozenset[object]) -> frozenset[object]:
        """The same without their meanings."""
        return self._about(values)[1]

    def _about(self, values: frozenset[object]) -> tuple[Mapping[object, Found], frozenset[object]]:
        if values is not self._last():
            found = self._sift(values)
            self._last, self._answer = ref(values), (found, frozenset(found))
        return self._answer

    def _sift(self, values: frozenset[object]) -> Mapping[object, Found]:
        long = self._seen.take(values)
        if self._round != self._seen.round:
            self._found, self._asked, self._round = {}, 0, self._seen.round
        self._found |= self._asked_of(self._seen.values[self._asked :])
        self._asked = len(self._seen.values)
        fewer = self._found.keys() if len(self._found) < len(values) else values
        found = {value: self._found[value] for value in fewer if value in values and value in self._found}
        return found | self._asked_of(long)

    def _asked_of(self, values: list[object]) -> dict[object, Found]:
        meanings = ((value, self._meaning(value)) for value in values)
        return {value: meaning for value, meaning in meanings if meaning is not None}
