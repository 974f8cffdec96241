"""The id that fatf-kit printed into a row is found again where people typed something else over it.

What is printed next to an id is known by both together, so that a guess can be tested and is never wrong. Guessed are
the ids that a table may have, and those that come before and after the ids on the sheet.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from fatf_kit.core.languages import clean
from fatf_kit.spreadsheets.fingerprints import REPEATED, PrintedCells, is_long
from fatf_kit.spreadsheets.schema import CellKind, SheetTable
from fatf_kit.spreadsheets.sheet import CellValue, SheetContent

_NUMBER, _LETTER = re.compile(r"\d{1,9}"), re.compile(r"\(([a-z])\)$")
_REST = re.compile(r"[:(][^:(]*$")
_STEPS = (-3, -2, -1, 1, 2, 3)


class RowIds:
    """The ids of a table on a sheet, in the column `at` (from 0)."""

    def __init__(self, sheet: SheetContent, table: SheetTable, at: int | None, printed: PrintedCells) -> None:
        self._sheet, self._table, self._at, self._printed = sheet, table, at, printed
        self._counts: dict[int, Counter[CellValue]] = {}
        self.is_known = (
            printed.is_known and at is not None and not table.is_numbered and table.by_key[table.id].kind is CellKind.ID
        )

    def is_right(self, typed: str, printed: Mapping[int, CellValue]) -> bool:
        """Return whether all words in the printed columns of a row were printed next to its id, as in most rows."""
        return bool(typed and printed) and all(self._printed.binds(typed, text) for text in printed.values())

    def find_expected(
        self, typed: str, printed: Mapping[int, CellValue], others: Mapping[int, CellValue]
    ) -> str | None:
        """Return the id that was printed into a row in which another is, or none; None where it is right or not known.

        `printed` are the words in the printed columns of the row by column, `others` those in its open columns, which
        may have been printed too. Words tell where they are in one row only. Where none tell, an id is expected that
        is on the sheet no more, if there is only one and something of another form stands in its place.
        """
        if not self.is_known:
            return None
        long = {} if printed else {column: text for column, text in others.items() if self._is_long_print(text)}
        telling = [text for column, text in {**printed, **long}.items() if self._is_once(text, column)]
        if typed and any(self._printed.binds(typed, text) for text in telling or (*printed.values(), *others.values())):
            return None
        named = [{one for one in self._guesses if self._printed.binds(one, text)} for text in telling]
        certain = set[str]().union(*(names for names in named if len(names) == 1))
        if certain:
            return certain.pop() if len(certain) == 1 else None
        if not typed or self._printed.begins_row(typed):
            return None
        missing = self._missing
        return missing[0] if len(missing) == 1 and _form_of(missing[0]) != _form_of(typed) else None

    def is_wrong(self, typed: str, printed: Mapping[int, CellValue]) -> bool:
        """Return whether an id is not that of its row, though it is not known which is: its long words are of another.

        A row in which a formula shows a text may have any words.
        """
        if self._printed.binds(typed, REPEATED):
            return False
        ours = [text for text in printed.values() if self._is_long_print(text)]
        return bool(ours) and not any(self._printed.binds(typed, text) for text in ours)

    def is_possible(self, name: str) -> bool:
        """Return whether an id is one of those that the table may have, or stands alone in a row that was printed."""
        return name in self._known or self._printed.begins_row(name) or self._printed.has_name(name)

    def _is_long_print(self, text: CellValue) -> bool:
        return is_long(text) and self._printed.begins_row(str(text))

    def _is_once(self, text: CellValue, column: int) -> bool:
        if column not in self._counts:
            self._counts[column] = Counter(row[column] for row in self._sheet.grid if column < len(row))
        return self._counts[column][text] == 1

    def choose(self, typed: str, expected: str) -> str:
        """Return the id under which such a row is read: a new one of the same form is meant, anything else is not."""
        is_new = _form_of(typed) == _form_of(expected) and typed not in self._doubled
        return typed if typed and is_new and not (self._table.ids and expected in self._known) else expected

    @cached_property
    def _names(self) -> Sequence[str]:
        cells = (row[self._at] for row in self._sheet.grid if self._at is not None and self._at < len(row))
        return [clean(str(value)) for value in cells if value != ""]

    @cached_property
    def _present(self) -> frozenset[str]:
        return frozenset(self._names)

    @cached_property
    def _missing(self) -> Sequence[str]:
        near = dict.fromkeys(_list_near(self._present))
        return [one for one in near if one not in self._present and self._printed.begins_row(one)]

    @cached_property
    def _doubled(self) -> frozenset[str]:
        return frozenset(name for name, count in Counter(self._names).items() if count > 1)

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self._table.ids() if self._table.ids else ())

    @cached_property
    def _guesses(self) -> Sequence[str]:
        return tuple(dict.fromkeys((*sorted(self._known), *_list_near(self._present), *sorted(self._present))))


def _form_of(name: str) -> str:
    """Return an id without its numbers.

    >>> _form_of("L-001") == _form_of("L-12"), _form_of("L-001") == _form_of("see remark")
    (True, False)
    """
    return _NUMBER.sub("0", name)


def _list_near(names: Iterable[str]) -> Iterator[str]:
    """Yield the ids that may stand before and after others.

    >>> {"L-001", "L-002", "L-004"} <= set(_list_near(["L-003"])), "R.1/1.2" in _list_near(["R.1/1.2(b)"])
    (True, True)
    """
    for name in sorted(names):
        yield _REST.sub("", name)
        yield f"{name}(a)"
        if letter := _LETTER.search(name):
            yield from (f"{name[: letter.start()]}({chr(ord(letter[1]) + step)})" for step in _STEPS)
        for number in list(_NUMBER.finditer(name))[-2:]:
            begin, end = name[: number.start()], name[number.end() :]
            counts = (int(number[0]) + step for step in _STEPS)
            yield from (f"{begin}{count:0{len(number[0])}}{end}" for count in counts if count >= 0)
