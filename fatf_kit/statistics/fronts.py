"""Where nothing is asked: the sheets before the figures, of which the fields of the cover are read, and headings."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache

from fatf_kit.locale import LANGUAGES, normalise
from fatf_kit.messages import Words
from fatf_kit.problems import CellRef, Problem, make_problem
from fatf_kit.resources import tool_version
from fatf_kit.spreadsheets.marks import CHOICES_MARK, HEADING_BREAKS, STATISTICS_MARK
from fatf_kit.spreadsheets.sheet import CellValue, Sheet
from fatf_kit.spreadsheets.words import affiliation, word_in_all, words
from fatf_kit.statistics.definitions import load_definitions
from fatf_kit.statistics.persons import is_heading_of_names
from fatf_kit.statistics.plan import CASE_KEYS, COVER_KEYS, FIGURE_KEYS, RISK_KEYS
from fatf_kit.statistics.template import FRONT_MARK, LINKS_MARK, STAMP_KEYS, lists_of
from fatf_kit.statistics.years import read_year
from fatf_kit.workbook.fronts import fields_on, remarks_on
from fatf_kit.workbook.sieve import Sieve

FRONT_MARKS = (FRONT_MARK, LINKS_MARK, STATISTICS_MARK, CHOICES_MARK)
"""Marks of the sheets on which every text is one of ours or somebody's remark."""

_LETTERS_OF_YEAR = 4  # as in "FY 2021", "1443 AH", "y2021"

Fields = Mapping[str, tuple[CellValue, CellRef]]
"""Filled fields of the cover with their addresses."""


def read_fields(sheet: Sheet) -> Fields:
    """Fields of the cover by key: the first filled cell after the key or the label, in any language.

    Empty where the sheet is no cover.
    """
    found: dict[str, tuple[CellValue, CellRef]] = {}
    for key, row, column in fields_on(sheet, _naming()):
        value = sheet.value(row, column)
        if value is not None:
            found.setdefault(key, (value, sheet.ref(row, column)))
    return found


def find_remarks(sheet: Sheet, stamp: Mapping[str, str], fields: Fields) -> Iterator[Problem]:
    """Everything on a sheet of ours that is neither printed by us nor one of these fields.

    Where another version of fatf-kit made the workbook, texts beside ours are taken for what it printed.
    """
    own = {normalise(text) for name in STAMP_KEYS for text in (name, stamp.get(name, ""))}
    own |= {*_made_for(stamp), *_printed()} if stamp else _printed()
    whom = None if stamp.get("agency") else _for_anybody()
    printed = {
        text
        for text in sheet.distinct
        if isinstance(text, str) and (plain := normalise(text)) and (plain in own or (whom and whom.fullmatch(plain)))
    }
    known = {ref.cell for _, ref in fields.values()}
    yield from remarks_on(sheet, printed, known, sure=stamp.get("kit") == tool_version())


def typed_in_heads(heads: Iterable[tuple[Sheet, Collection[int]]], stamp: Mapping[str, str]) -> Iterator[Problem]:
    """What somebody typed into headings, given as sheets with their rows of headings; a year may be written otherwise.

    Where another version of fatf-kit made the workbook, one note says how many cells differ, and names the first.
    """
    notice = stamp.get("notice", "")
    own = {normalise(line) for name in LANGUAGES for line in Words(name)(notice).split("\n")}
    found = [(sheet, cell) for sheet, rows in heads for cell in sheet.filled() if cell[0] in rows]
    typed = [sheet.ref(*cell) for sheet, cell in found if not _is_heading(sheet.value(*cell), own)]
    if stamp.get("kit") == tool_version():
        yield from (make_problem("cell-locked", ref) for ref in typed)
    elif typed:
        yield make_problem("locked-unsure", typed[0], count=len(typed))


def _is_heading(value: CellValue | None, notice: Collection[str]) -> bool:
    if not isinstance(value, str):
        return read_year(value) is not None
    if read_year(value) is not None:
        return sum(map(str.isalpha, value)) <= _LETTERS_OF_YEAR or normalise(value) in _printed_pieces()
    plain = (normalise(piece) for piece in HEADING_BREAKS.split(value))
    return all(piece in notice or piece in _printed_pieces() or is_heading_of_names(piece) for piece in plain)


@cache
def _naming() -> Sieve[str]:
    """Texts that name fields of the cover, each with its key."""
    return Sieve(lambda value: _field_names().get(normalise(value)) if isinstance(value, str) else None)


@cache
def _field_names() -> Mapping[str, str]:
    labels = {normalise(word): key for key in COVER_KEYS for word in word_in_all(f"statistics.cover.{key}")}
    return {**labels, **{key: key for key in COVER_KEYS}}


def _made_for(stamp: Mapping[str, str]) -> Iterator[str]:
    """For whom such a workbook was made, and the notice behind it, in every language."""
    for language in LANGUAGES:
        made_for = words(language)["statistics.for"].format(name=stamp.get("agency", ""))
        yield normalise(" – ".join(filter(None, (made_for, Words(language)(stamp.get("notice", ""))))))


@cache
def _for_anybody() -> re.Pattern[str]:
    """For whom a workbook was made that has lost its stamp."""
    named = (re.escape(normalise(word)).replace(r"\{name\}", ".*") for word in word_in_all("statistics.for"))
    return re.compile("|".join(named))


@cache
def _printed() -> frozenset[str]:
    """Every text that is printed before the figures in any language, normalised."""
    texts = {*FRONT_MARKS, *COVER_KEYS}
    for language in LANGUAGES:
        definitions = load_definitions(language)
        texts.update((*words(language).values(), *affiliation(language)))
        for name, choices in lists_of(definitions).items():
            texts.update((name, *choices))
        for table in definitions.tables.values():
            texts.update((table.id, table.title, ", ".join(table.outcomes)))
    return frozenset(map(normalise, texts))


@cache
def _printed_pieces() -> frozenset[str]:
    """Every piece of a text that is printed anywhere in a workbook of figures, normalised."""
    texts = {"", *_printed(), *FIGURE_KEYS, *CASE_KEYS, *RISK_KEYS}
    for language in LANGUAGES:
        texts.update(words(language).values())
        texts.update(text for one in load_definitions(language).tables.values() for text in (one.title, one.definition))
    return frozenset(normalise(piece) for text in texts for piece in HEADING_BREAKS.split(text))
