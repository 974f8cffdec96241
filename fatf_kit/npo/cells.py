"""From a cell's text to a typed value inside the engine: a fast path in SQL, and our own readers for the rest.

The spellings seen in the first rows are read once and then found by their place in a list; whatever else comes goes
to the same Python reader, so there is one meaning of every text. A text that cannot be read counts as missing and is
noted by its column; a second pass that only a faulty register needs gives the mark of a fault instead.

What is not known is a value of its own and never NULL: at a NULL among others the engine's loops take another branch,
which costs five times the work itself.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import isfinite
from threading import Lock
from typing import TYPE_CHECKING, TypeVar

from fatf_kit.npo import convert
from fatf_kit.npo.mapping import Field
from fatf_kit.npo.method import Column, Method
from fatf_kit.npo.sql import literal, quoted

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

UNKNOWN, NO, YES = 0, 1, 2
FAULT = 255
_SEEN = 2_000
_SEEN_NUMBERS = 200
"""Of numbers fewer, for the engine reads those itself."""
_REMEMBERED = 100_000
_LARGEST = 10**15
NOTHING = -1.0
NO_NUMBER = -2.0
NO_DAY = "0001-01-01"

_T = TypeVar("_T")


def joined_name(column: str) -> str:
    """Under which name the samples of a field are kept that several columns make up."""
    return f"\x1f{column}"


class Partly(int):
    """What a list says although one of its items cannot be read: it counts, and the cell is told as a fault as well."""


Reader = Callable[[str], int | None]
"""A text to a small number from 1, FAULT where it cannot be read, None where it says that nothing is known."""

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


class Texts:
    """The texts of a column in the order in which they were met, each with a number; "" is 0.

    Numbers are what the working table holds: they are narrower than texts and quicker to group by.

    >>> regions = Texts()
    >>> regions.number("Basra"), regions.number("Erbil"), regions.number("Basra"), regions.all
    (1, 2, 1, ['', 'Basra', 'Erbil'])
    """

    def __init__(self) -> None:
        self.all = [""]
        self._numbers = {"": 0}
        self._one_at_a_time = Lock()  # the engine's threads call our readers

    def number(self, text: str) -> int:
        """The number of a text, a new one where it is met for the first time."""
        with self._one_at_a_time:
            if text not in self._numbers:
                self._numbers[text] = len(self.all)
                self.all.append(text)
            return self._numbers[text]


@dataclass(slots=True)
class Cells:
    """The cells of one register: where each column comes from, and expressions over them.

    `faulty` names the columns in which something could not be read, once a pass has run, `met` those places of the
    settings that the register names. With `mark` an expression gives FAULT, NO_NUMBER or NO_DAY there and not what
    stands for the unknown. `before` are expressions that the others rest on, by name, `measured` those over typed
    columns that levels rest on; `filled` are the file's columns of which blank cells are best read as empty texts.
    `texts` are by column the texts behind the numbers that `text` gives; `numbered` tells whether rows bring their
    number.
    """

    method: Method
    engine: DuckDBPyConnection
    header: Sequence[str]
    fields: Mapping[str, Field]
    samples: Mapping[str, Counter[str]]
    mark: bool = False
    numbered: bool = False
    before: dict[str, str] = field(default_factory=dict)
    measured: dict[str, str] = field(default_factory=dict)
    filled: set[str] = field(default_factory=set)
    faulty: set[str] = field(default_factory=set)
    met: set[str] = field(default_factory=set)
    texts: dict[str, Texts] = field(default_factory=lambda: defaultdict(Texts))
    _made: int = 0

    def raw(self, column: str) -> str:
        """The text of a column, NULL where blank."""
        source = self.fields[column]
        if source.constant is not None:
            return literal(source.constant)
        named = [f"c{self.header.index(heading)}" for heading in source.headings if heading in self.header]
        filled = ", ".join(f"nullif({name}, '')" for name in named)
        if source.join:
            parts = [f"coalesce({filled})"] if named else []
            parts += [
                f"CASE WHEN lower(trim(c{self.header.index(heading)})) IN ({quoted(self.method.yes)}) "
                f"THEN {literal(code)} END"
                for heading, code in source.join.items()
                if heading in self.header
            ]
            return f"nullif(concat_ws({literal(source.separator or ';')}, {', '.join(parts)}), '')"
        return named[0] if len(named) == 1 else f"coalesce({filled})"

    def has(self, column: str) -> bool:
        """Whether the register has the column."""
        source = self.fields.get(column)
        return source is not None and (
            source.constant is not None or any(heading in self.header for heading in source.every_heading)
        )

    def lookup(self, column: str, reader: Reader) -> str:
        """An expression that gives what `reader` gives, FAULT included, and UNKNOWN for None."""
        known = _or(UNKNOWN, self._noting(column, reader, FAULT))
        values = [UNKNOWN, *map(known, self._seen(column))]
        return self._found(column, f"{values}::SMALLINT[]", self._read(column, known, "SMALLINT"))

    def text(self, column: str) -> str:
        """The number of a text: the code of an open list if it is one, otherwise the register's own; 0 where blank."""
        kind, met = self.method.columns[column], self.texts[column]
        read = convert.code_reader(kind, self.fields[column].codes)

        @lru_cache(_REMEMBERED)
        def known(text: str) -> int:
            if not kind.codes:
                return met.number(text.strip(" "))
            code = read(text)
            return met.number(code if code is not None else "" if convert.is_blank(text, self.method) else text.strip())

        values = [0, *map(known, self._seen(column))]
        place, rest = self._place(column), self._read(column, known, "INTEGER")
        if values == list(range(len(values))):  # then the place is the number
            return f"CASE WHEN {place} IS NULL THEN {rest} ELSE CAST({place} AS INTEGER) END"
        return self._found(column, f"{values}::INTEGER[]", rest)

    def _seen(self, column: str) -> list[str]:
        """The most frequent texts of the first rows; one of spaces only is left to the reader."""
        return [text for text, _ in self._sample(column).most_common(_SEEN) if text.strip(" ")]

    def _found(self, column: str, values: str, rest: str) -> str:
        """The value at the place of the text among those seen, blank being the first; of any other text `rest`."""
        place = self._place(column)
        return f"CASE WHEN {place} IS NULL THEN {rest} ELSE ({values})[{place} + 1] END"

    def _place(self, column: str) -> str:
        """The name of the expression for the place of a text among those seen, NULL for any other text."""
        place, text = f"place_{column}", self._never_null(column)
        self.before[place] = f"enum_code(TRY_CAST({text} AS ENUM({quoted(['', *self._seen(column)])})))"
        self.filled.add(self.raw(column))
        return place

    def _never_null(self, column: str) -> str:
        """The text of a column, "" where blank, also where the engine did not fill it in.

        In a pass that does not need all columns it looks for those to fill at their place among the ones it reads.
        """
        return f"coalesce({self.raw(column)}, '')"

    def _read(self, column: str, reader: Callable[[str], object], kind: str) -> str:
        """A call of our own reader."""
        return f"{self._function(reader, kind)}({self._never_null(column)})"

    def number(self, column: str) -> str:
        """A number of its kind as DOUBLE: an amount, a whole number, or a share from 0 to 1; NOTHING where blank."""
        raw, kind, unit = self.raw(column), self.method.columns[column].type, self.fields[column].unit
        method, largest = self.method, 1 if kind == "share" else _LARGEST

        def read(text: str) -> float | None:
            if convert.is_blank(text, method):
                return None
            value = convert.number(text)
            if kind == "share":
                value = convert.share(text, unit if isinstance(unit, str) else None)
            elif value is not None and isinstance(unit, float | int):
                value *= unit
            sound = value is not None and 0 <= value <= largest and (kind != "count" or value.is_integer())
            return value if sound else NO_NUMBER

        reads = self._function(_or(NOTHING, self._noting(column, read, NO_NUMBER)), "DOUBLE")

        def fast(text: str) -> str:
            return f"coalesce({self._share(column, text) if kind == 'share' else _plain(text, unit)}, {NOTHING})"

        def value(text: str, number: str) -> str:
            unsound = f"{number} < 0 OR {number} > {largest}"
            unsound += f" OR {number} <> floor({number})" if kind == "count" else ""
            return f"CASE WHEN ({unsound}) AND {text} <> '' THEN {reads}({text}) ELSE {number} END"

        if kind != "money" and len(self._sample(column)) <= _SEEN_NUMBERS:
            seen = [NOTHING, *self._evaluate(value("text", fast("text")), self._seen(column))]
            return self._found(column, f"{seen}::DOUBLE[]", value(raw, fast(raw)))
        name = f"number_{column}"
        self.before[name] = fast(raw)
        return value(raw, name)

    def _evaluate(self, expression: str, texts: list[str]) -> list[float]:
        """What the engine makes of each text, so that a text means the same whether it was seen or not."""
        listed = f"unnest([{quoted(texts) if texts else ''}]::VARCHAR[]) AS text"
        return [found for (found,) in self.engine.execute(f"SELECT {expression} FROM (SELECT {listed})").fetchall()]

    def _share(self, column: str, raw: str) -> str:
        """The form that the first rows show comes first; all forms are read whichever it is."""
        signed = any(text.endswith("%") for text in self._sample(column))
        if signed:
            return f"CASE WHEN suffix({raw}, '%') THEN TRY_CAST({raw}[:-2] AS DOUBLE) / 100 END"
        if self.fields[column].unit == "percent":
            return f"TRY_CAST({raw} AS DOUBLE) / 100"
        return f"CASE WHEN TRY_CAST({raw} AS DOUBLE) <= 1 THEN TRY_CAST({raw} AS DOUBLE) END"

    def date(self, column: str) -> str:
        """A date; NULL where blank."""
        raw, order, method = self.raw(column), self.fields[column].dates, self.method

        def read(text: str) -> str | None:
            return None if convert.is_blank(text, method) else convert.day(text, order) or NO_DAY

        noting = lru_cache(_REMEMBERED)(self._noting(column, read, NO_DAY))
        rest = f"CAST({self._function(noting, 'VARCHAR')}({raw}) AS DATE)"
        fast = f"CASE WHEN strlen({raw}) = 10 AND instr({raw}, '-') = 5 THEN TRY_CAST({raw} AS DATE) END"
        return f"CASE WHEN {raw} IS NULL OR {raw} = '' THEN NULL ELSE coalesce({fast}, {rest}) END"

    def reader(self, column: str) -> Reader:
        """Reads yes and no as YES and NO, a level as itself, a closed code as its place in the list from 1."""
        kind, source, method = self.method.columns[column], self.fields[column], self.method
        own = convert.code_reader(Column(id="", type="", group="", name={}, help={}), source.codes)
        places = {code.code: place for place, code in enumerate(kind.codes, start=1)}
        names = convert.code_reader(kind, source.codes)

        def read(text: str) -> int | None:
            said = own(text)
            if said is None and source.codes:  # a cell with several values of which one tells it
                among = [own(part) for part in convert.parts_of(text, source.separator)]
                said = "yes" if "yes" in among else among[0] if len(among) > 1 else None
            if said == "":
                return None
            text = said if said is not None else text
            if kind.type == "yes_no":
                answer = convert.yes_no(text, method)
                if answer is not None:
                    return YES if answer else NO
            else:
                code = names(text) or str(_whole(text)) if kind.type == "level" else names(text)
                if code in places:
                    return places[code]
            return None if convert.is_blank(text, method) else FAULT

        return read

    def _noting(self, column: str, reader: Callable[[str], _T | None], fault: _T) -> Callable[[str], _T | None]:
        """The reader, but a fault is noted, and missing unless it is to be marked."""

        def read(text: str) -> _T | None:
            found = reader(text)
            if found != fault and not isinstance(found, Partly):
                return found
            self.faulty.add(column)
            return fault if self.mark else found if isinstance(found, Partly) else None

        return read

    def _sample(self, column: str) -> Counter[str]:
        source = self.fields[column]
        if source.constant is not None:
            return Counter([source.constant])
        if source.join:
            return self.samples.get(joined_name(column), Counter())
        found: Counter[str] = Counter()
        for heading in source.headings:
            found.update(self.samples.get(heading, Counter()))
        return found

    def _function(self, reader: Callable[[str], object], kind: str) -> str:
        self._made += 1
        name = f"read_{self._made}"
        self.engine.create_function(name, reader, ["VARCHAR"], kind, null_handling="special")  # type: ignore[call-overload]
        return name


def _or(unknown: _T, reader: Callable[[str], _T | None]) -> Callable[[str], _T]:
    """The reader with a value for what is not known; what was read is remembered."""

    @lru_cache(_REMEMBERED)
    def read(text: str) -> _T:
        found = reader(text)
        return unknown if found is None else found

    return read


def _plain(text: str, unit: str | float | None) -> str:
    return f"TRY_CAST({text} AS DOUBLE)" + (f" * {float(unit)!r}" if isinstance(unit, float | int) else "")


def _whole(text: str) -> int | None:
    value = convert.number(text)
    return int(value) if value is not None and isfinite(value) and value == int(value) else None
