"""The profile of a column by its values: unique, dates, amounts, shares, yes and no, countries, codes, free text.

A register of any size is looked at by a sample of its rows, spread over the whole file and the same in every run.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fatf_kit.core.languages import clean, normalise
from fatf_kit.npo.mapping.column_map import names_a_kind
from fatf_kit.npo.mapping.headings import has_phrase, load_headings, words_in
from fatf_kit.npo.method.load import Method
from fatf_kit.npo.register.cell_values import country, date_order, day, is_blank, number, parts_of, share, yes_no
from fatf_kit.npo.register.engine import explain_faults, read_sql

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from fatf_kit.npo.register.file import Register

SAMPLED = 10_000
"""About so many rows are looked at."""
_TESTED = 300
_MOST, _NEARLY_ALL, _ALL = 0.6, 0.8, 0.95
_CODES, _LONG, _NAME_WORDS = 60, 60, 5
_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_PHONE = re.compile(r"(?:\+|00)?[\d][\d\s().-]{6,16}")
_DAY = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{4}(?: .*)?")
_FEW, _OFTEN = 3, 0.7


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnProfile:
    """The values of one column. `kinds` are all that they may be; `texts` count the spellings of the rows looked at.

    `items` are the parts of lists, the whole cells where they are no lists; `separator` parts them, None for the signs
    that are always understood. `by_code` says that countries are written as codes. `is_personal` marks columns that
    hold names, telephone numbers or addresses of persons: their values are shown nowhere.
    """

    heading: str
    rows: int
    filled: int
    texts: Counter[str]
    items: Counter[str]
    separator: str | None
    kinds: frozenset[str]
    is_personal: bool
    by_code: bool = False
    order: str | None = None
    largest: float | None = None

    @property
    def is_coded(self) -> bool:
        """Whether the values are few enough to be gone through one by one."""
        return 0 < len(self.items) <= _CODES and not self.is_personal and not self.kinds & {"long", "id"}

    @property
    def repeats(self) -> bool:
        """Whether values come again and again, as codes do."""
        return len(self.items) <= _OFTEN * self.filled

    def samples(self, most: int = _FEW) -> tuple[str, ...]:
        """Return a few values, the most frequent first; none of a column on persons."""
        if self.is_personal:
            return ()
        chosen = sorted(self.texts, key=lambda text: (-self.texts[text], text))[:most]
        return tuple(_masked(text if len(text) <= _LONG else f"{text[:_LONG]}…") for text in chosen)


def profile_register(
    engine: DuckDBPyConnection, register: Register, method: Method
) -> tuple[int, tuple[ColumnProfile, ...]]:
    """Return how many rows the register has, and the profile of each of its columns.

    Raises:
        FatfKitError: the file cannot be read as a table.
    """
    source = read_sql(register)
    with explain_faults(register.name):
        ((rows,),) = engine.execute(f"SELECT count(*) FROM {source}").fetchall()
    names = [f"c{place}" for place in range(len(register.header))]
    every = max(1, round(rows / SAMPLED))
    chosen = f" WHERE hash({', '.join(names)}) % {every} = 0" if every > 1 else ""
    with explain_faults(register.name):
        found = engine.execute(f"SELECT {', '.join(names)} FROM {source}{chosen}").fetchall()
    columns = zip(*found, strict=True) if found else ([] for _ in names)
    made = (
        profile_column(heading, Counter(clean(text) for text in texts if text and text.strip()), len(found), method)
        for heading, texts in zip(register.header, columns, strict=True)
    )
    return rows, tuple(made)


def profile_column(heading: str, texts: Counter[str], rows: int, method: Method) -> ColumnProfile:
    """Return the profile of one column from its spellings.

    >>> from fatf_kit.npo.method.load import load_method
    >>> sorted(profile_column("x", Counter(["SY; IQ", "TR"]), 2, load_method()).kinds)
    ['countries', 'list', 'text']
    """
    found = Counter({text: count for text, count in texts.items() if not is_blank(text, method)})
    filled = found.total()
    items, separator = _items(found)
    kinds = frozenset(_kinds(found, items, method))
    return ColumnProfile(
        heading=heading,
        rows=rows,
        filled=filled,
        texts=found,
        items=items,
        separator=separator,
        kinds=kinds,
        is_personal=_is_personal(heading, found, kinds, method),
        by_code="countries" in kinds and _share(items, lambda text: len(text) <= _FEW) >= _MOST,
        order=date_order(found) if "date" in kinds else None,
        largest=max((value for value in map(number, found) if value is not None), default=None),
    )


def _items(texts: Counter[str]) -> tuple[Counter[str], str | None]:
    """The parts of the cells, by the usual signs, and by commas where those leave whole cells and parts come again."""
    found: dict[str | None, Counter[str]] = {}
    for separator in (None, ","):
        counted: Counter[str] = Counter()
        for text, count in texts.items():
            for part in dict.fromkeys(parts_of(text, separator)):
                counted[part] += count
        found[separator] = counted
    usual, commas = found[None], found[","]
    is_usual = any(len(parts_of(text)) > 1 for text in texts)
    if not is_usual and len(commas) != len(usual):
        fewer = len(commas) < len(usual) or all(text.startswith("'") for text in commas)
        if fewer or _share(commas, _is_country) >= _NEARLY_ALL > _share(usual, _is_country):
            return commas, ","
    return usual, None


def _share(texts: Counter[str], test: Callable[[str], bool]) -> float:
    seen = texts.most_common(_TESTED)
    total = sum(count for _, count in seen)
    return sum(count for text, count in seen if test(text)) / total if total else 0.0


def _kinds(texts: Counter[str], items: Counter[str], method: Method) -> Iterator[str]:
    """Yield the kinds that the texts of one column may be."""
    if not texts:
        yield "empty"
        return
    is_list = any(len(parts_of(text)) > 1 for text in texts) or len(items) != len(texts)
    is_unique = len(texts) / texts.total() >= _ALL and texts.total() > 1
    is_yes_no = _share(texts, lambda text: yes_no(text, method) is not None) >= _NEARLY_ALL
    is_amount = _share(texts, lambda text: (number(text) or 0) >= 0 and number(text) is not None) >= _NEARLY_ALL
    is_date = not is_amount and _share(texts, _is_day_like) >= _MOST
    if is_yes_no:
        yield "yes_no"
    if is_amount:
        yield "amount"
        numbers = (number(text) for text, _ in texts.most_common(_TESTED))
        if all(value is None or value.is_integer() for value in numbers):
            yield "count"
    if _share(texts, lambda text: share(text) is not None) >= _NEARLY_ALL:
        yield "share"
    if is_date:
        yield "date"
    if not is_yes_no and _share(items, _is_country) >= _MOST:
        yield "countries"
    if is_list:
        yield "list"
    if is_unique and not is_date and _share(texts, _is_number_like) >= _NEARLY_ALL:
        yield "unique"
    if not is_list and _share(texts, lambda text: len(text) > _LONG) >= _MOST / 2:
        yield "long"
    if _share(texts, lambda text: _MAIL.fullmatch(text) is not None) >= _MOST:
        yield "mail"
    if is_unique and not is_date and _share(texts, _is_phone) >= _NEARLY_ALL:
        yield "phone"
    if not (is_amount or is_date or is_yes_no):
        yield "text"


def _is_country(text: str) -> bool:
    return country(text) is not None


def _is_day_like(text: str) -> bool:
    """Return whether a text is a date, or written like one: of 31/04 too it has to be asked which comes first."""
    return _DAY.fullmatch(normalise(text)) is not None or day(text) is not None


def _is_number_like(text: str) -> bool:
    """Return whether a text may be a number of a register: a single word, or one with digits."""
    return len(text) <= _LONG and (" " not in text or any(letter.isdigit() for letter in text))


def _is_phone(text: str) -> bool:
    digits = sum(letter.isdigit() for letter in text)
    return _PHONE.fullmatch(normalise(text)) is not None and digits >= 8 and (text[0] in "+0" or " " in text)


def _is_personal(heading: str, texts: Mapping[str, int], kinds: frozenset[str], method: Method) -> bool:
    """Whether a column holds names, telephone numbers, e-mail or postal addresses, by its heading or by its values."""
    known, words = load_headings(), words_in(heading)
    if kinds & {"mail", "phone"}:
        return True
    if kinds & {"date", "yes_no"} or ("count" in kinds and not has_phrase(words, known.personal)):
        return False
    if len(texts) <= _CODES and names_a_kind(heading, method):
        return False
    if has_phrase(words, (*known.personal, *known.names)):
        return True
    several = len(texts) > _CODES and "text" in kinds and "unique" not in kinds and "countries" not in kinds
    return several and _share(Counter(texts), _is_name) >= _NEARLY_ALL


def _is_name(text: str) -> bool:
    words = text.split()
    return 2 <= len(words) <= _NAME_WORDS and all(word.replace(".", "").replace("-", "").isalpha() for word in words)


def _masked(text: str) -> str:
    """Return the text without what looks like an e-mail address or a telephone number."""
    return re.sub(r"\+?\d[\d\s-]{7,}\d(?=\D*\s|$)", "…", _MAIL.sub("…", text)) if " " in text else text
