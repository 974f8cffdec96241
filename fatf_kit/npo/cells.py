"""From a cell's text to a typed value inside the engine: a fast path in SQL, and our own readers for the rest.

The spellings seen in the first rows become plain comparisons; whatever else comes goes to the same Python reader, so
there is one meaning of every text. A text that cannot be read gives the mark of a fault and later counts as missing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from fatf_kit.npo import convert
from fatf_kit.npo.mapping import Field
from fatf_kit.npo.method import Column, Method
from fatf_kit.npo.sql import cases, literal

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FAULT = 255
_SEEN = 40
_REMEMBERED = 100_000
_LARGEST = 10**15
_NO_NUMBER = -1.0

Reader = Callable[[str], int | None]
"""A text to a small number, FAULT where it cannot be read, None where it says that nothing is known."""

KINDS = {
    "id": "register number",
    "code": "known code",
    "codes": "list of known codes",
    "date": "date",
    "yes_no": "yes or no",
    "money": "amount",
    "share": "share",
    "count": "whole number",
    "countries": "list of countries",
    "level": "level from 1 to 5",
}


@dataclass(slots=True)
class Cells:
    """The cells of one register: where each column comes from, and expressions over them."""

    method: Method
    engine: DuckDBPyConnection
    header: Sequence[str]
    fields: Mapping[str, Field]
    samples: Mapping[str, Counter[str]]
    faults: dict[str, str] = field(default_factory=dict)
    _made: int = 0

    def raw(self, column: str) -> str:
        """The text of a column, NULL where blank."""
        source = self.fields[column]
        if source.constant is not None:
            return literal(source.constant)
        named = [f"c{self.header.index(heading)}" for heading in source.headings if heading in self.header]
        filled = ", ".join(f"nullif({name}, '')" for name in named)
        return named[0] if len(named) == 1 else f"coalesce({filled})"

    def has(self, column: str) -> bool:
        """Whether the register has the column."""
        source = self.fields.get(column)
        return source is not None and (
            source.constant is not None or any(heading in self.header for heading in source.headings)
        )

    def lookup(self, column: str, reader: Reader) -> str:
        """An expression that gives what `reader` gives, FAULT included."""
        raw = self.raw(column)
        kept = lru_cache(_REMEMBERED)(reader)
        seen = {text: kept(text) for text, _ in self._sample(column).most_common(_SEEN)}
        known: dict[str, object] = {text: "NULL" if code is None else code for text, code in seen.items()}
        rest = f"{self._function(kept, 'UTINYINT')}({raw})"
        return f"CAST(CASE WHEN {raw} IS NULL OR {raw} = '' THEN NULL ELSE {cases(raw, known, rest)} END AS UTINYINT)"

    def text(self, column: str) -> str:
        """The code of an open list where the text is one, otherwise the register's own text."""
        raw, kind = self.raw(column), self.method.columns[column]
        if not kind.codes:
            return f"nullif(trim({raw}), '')"
        read = convert.code_reader(kind, self.fields[column].codes)

        @lru_cache(_REMEMBERED)
        def known(text: str) -> str | None:
            code = read(text)
            return (code or None) if code is not None else None if convert.is_blank(text, self.method) else text.strip()

        seen = {text: known(text) for text, _ in self._sample(column).most_common(_SEEN)}
        written: dict[str, object] = {text: "NULL" if code is None else literal(code) for text, code in seen.items()}
        rest = f"{self._function(known, 'VARCHAR')}({raw})"
        return f"CASE WHEN {raw} IS NULL OR {raw} = '' THEN NULL ELSE {cases(raw, written, rest)} END"

    def number(self, column: str) -> str:
        """A number as DOUBLE; one out of bounds where the text is none, as `out_of_bounds` tests."""
        raw, kind, unit = self.raw(column), self.method.columns[column].type, self.fields[column].unit
        method = self.method

        @lru_cache(_REMEMBERED)
        def read(text: str) -> float | None:
            if convert.is_blank(text, method):
                return None
            value = convert.number(text)
            if kind == "share":
                value = convert.share(text, unit if isinstance(unit, str) else None)
            elif value is not None and isinstance(unit, float | int):
                value *= unit
            return _NO_NUMBER if value is None else value

        rest = f"{self._function(read, 'DOUBLE')}({raw})"
        if kind == "share":
            fast = self._share(column, raw, str(unit))
        else:
            fast = f"TRY_CAST({raw} AS DOUBLE)" + (f" * {float(unit)!r}" if isinstance(unit, float | int) else "")
        return f"CASE WHEN {raw} IS NULL OR {raw} = '' THEN NULL ELSE coalesce({fast}, {rest}) END"

    def _share(self, column: str, raw: str, unit: str) -> str:
        """The form that the first rows show comes first; all forms are read whichever it is."""
        signed = any(text.endswith("%") for text in self._sample(column))
        if signed:
            return f"CASE WHEN suffix({raw}, '%') THEN TRY_CAST({raw}[:-2] AS DOUBLE) / 100 END"
        if unit == "percent":
            return f"TRY_CAST({raw} AS DOUBLE) / 100"
        return f"CASE WHEN TRY_CAST({raw} AS DOUBLE) <= 1 THEN TRY_CAST({raw} AS DOUBLE) END"

    def out_of_bounds(self, column: str) -> str:
        """The test of a typed number that is none of its kind; NaN, which counts as the largest, is one."""
        kind = self.method.columns[column].type
        test = f"NOT (p_{column} >= 0 AND p_{column} <= {1 if kind == 'share' else _LARGEST})"
        return f"({test} OR p_{column} <> floor(p_{column}))" if kind == "count" else test

    def date(self, column: str) -> str:
        """A date; 0001-01-01 where the text is none."""
        raw, order, method = self.raw(column), self.fields[column].dates, self.method

        @lru_cache(_REMEMBERED)
        def read(text: str) -> str | None:
            return None if convert.is_blank(text, method) else convert.day(text, order) or "0001-01-01"

        rest = f"CAST({self._function(read, 'VARCHAR')}({raw}) AS DATE)"
        fast = f"CASE WHEN length({raw}) = 10 AND {raw}[5] = '-' THEN TRY_CAST({raw} AS DATE) END"
        return f"CASE WHEN {raw} IS NULL OR {raw} = '' THEN NULL ELSE coalesce({fast}, {rest}) END"

    def reader(self, column: str) -> Reader:
        """Reads yes and no as 1 and 0, a level as itself, a closed code as its place in the list."""
        kind, source, method = self.method.columns[column], self.fields[column], self.method
        own = convert.code_reader(Column(id="", type="", group="", name={}, help={}), source.codes)
        places = {code.code: place for place, code in enumerate(kind.codes)}
        names = convert.code_reader(kind, source.codes)

        def read(text: str) -> int | None:
            said = own(text)
            if said == "":
                return None
            text = said if said is not None else text
            if kind.type == "yes_no":
                answer = convert.yes_no(text, method)
                if answer is not None:
                    return int(answer)
            else:
                code = names(text) or str(_whole(text)) if kind.type == "level" else names(text)
                if code in places:
                    return places[code] + (1 if kind.type == "level" else 0)
            return None if convert.is_blank(text, method) else FAULT

        return read

    def _sample(self, column: str) -> Counter[str]:
        source = self.fields[column]
        if source.constant is not None:
            return Counter([source.constant])
        found: Counter[str] = Counter()
        for heading in source.headings:
            found.update(self.samples.get(heading, Counter()))
        return found

    def _function(self, reader: Callable[[str], object], kind: str) -> str:
        self._made += 1
        name = f"read_{self._made}"
        self.engine.create_function(name, reader, ["VARCHAR"], kind, null_handling="special")  # type: ignore[call-overload]
        return name


def _whole(text: str) -> int | None:
    value = convert.number(text)
    return int(value) if value is not None and value == int(value) else None
