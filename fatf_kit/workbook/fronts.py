"""Reading the sheets that lead to the questions: the fields of the cover, and what was typed where nothing is asked."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache

from fatf_kit.framework.loader import list_editions, load_framework
from fatf_kit.framework.model import Framework
from fatf_kit.locale import LANGUAGES, all_labels, normalise
from fatf_kit.messages import Words
from fatf_kit.problems import CellRef, Problem, make_problem, quoted
from fatf_kit.resources import tool_version
from fatf_kit.spreadsheets.marks import CHOICES_MARK, CONTENTS_MARK, COVER_MARK, STAMP_MARK, SUMMARY_MARK
from fatf_kit.spreadsheets.sheet import NUMBER, CellValue, Sheet, address, flaw, strays
from fatf_kit.spreadsheets.words import affiliation, languages, word_in_all, words
from fatf_kit.workbook.layout import LISTS
from fatf_kit.workbook.model import Stamp
from fatf_kit.workbook.printed import line_print
from fatf_kit.workbook.schema import COVER
from fatf_kit.workbook.sieve import Sieve
from fatf_kit.workbook.stamp import stamp_facts, stamp_from_sheet

FRONT_MARKS = (COVER_MARK, CONTENTS_MARK, SUMMARY_MARK, CHOICES_MARK, STAMP_MARK)
"""Marks of the sheets on which every text is one of ours or somebody's remark."""

COVER_FIELDS = tuple(field.key for field in COVER)
_UNIT = re.compile(r"(r|io)\.\d{1,2}")
_FEWEST_FIELDS = 3

Fields = Mapping[str, tuple[CellValue | None, CellRef]]
"""Fields of the cover with their values and addresses; the cell after the label where no value is given."""


def read_fields(sheet: Sheet) -> tuple[Fields, tuple[Problem, ...]]:
    """The fields on a sheet, each the first cell after its key and label, and the fields that show errors.

    Both are empty where the sheet is no cover: three fields must be there.
    """
    fields: dict[str, tuple[CellValue | None, CellRef]] = {}
    problems = []
    for field, row, column in fields_on(sheet, _naming()):
        value, ref = sheet.value(row, column), sheet.ref(row, column)
        if (row, column) in sheet.flaws:
            problems.append(flaw(sheet.flaws[row, column], ref))
        elif field == "country" and value is not None and not is_name(value):
            problems.append(make_problem("cover-country-name", ref, **quoted(value)))
            value = None
        fields.setdefault(field, (value, ref))
    return fields, tuple(problems)


def fields_on(sheet: Sheet, naming: Sieve[str]) -> Sequence[tuple[str, int, int]]:
    """The fields on a cover, each with the row and column (from 0) of its value: the first filled cell after its name.

    Where nothing is filled in it is the cell behind the name. None where fewer than three are there: it is no cover.
    """
    named, rows = naming.among(sheet.vocabulary), sheet.rows_with(naming.those_among(sheet.vocabulary))
    found = [_field_in(sheet, row, named) for row in rows]
    return found if len(found) >= _FEWEST_FIELDS else ()


def is_name(value: CellValue) -> bool:
    """Whether a value may be somebody's name: a text with a letter in it, not a number or a date.

    >>> is_name("Ruritania"), is_name("2026-03-31"), is_name(12.0)
    (True, False, False)
    """
    return isinstance(value, str) and any(map(str.isalpha, value))


def find_remarks(
    sheet: Sheet, stamp: Stamp | None, fields: Fields, lines: Collection[str] | None = None
) -> Iterator[Problem]:
    """Everything on a sheet of ours that is neither printed by us nor one of these fields.

    `lines` are the fingerprints of lines that are printed for one agency only; without them whatever may be its name is
    taken for it. Where another version of fatf-kit made the template, texts beside ours are taken for what it printed.
    """
    printed = _printed_on(sheet, stamp, lines)
    known = {ref.cell for _, ref in fields.values()}
    yield from remarks_on(sheet, printed, known, sure=stamp is not None and stamp.kit == tool_version())


def remarks_on(sheet: Sheet, texts: Iterable[str], known: Collection[str | None], *, sure: bool) -> Iterator[Problem]:
    """Everything on a sheet of ours that is neither one of these printed texts nor in one of these known cells.

    The empty text counts as printed. Where it is not `sure` that this version printed it, texts beside the printed ones
    are taken for printed too.
    """
    printed = {*texts, ""}
    is_count = _Counts(sheet, printed)
    left: dict[int, list[int]] = {}
    for row, column in sheet.filled(besides=printed):
        if is_count(row, column) or address(row, column) in known:
            continue
        if sure or column == 0 or not _is_beside(sheet, row, column, printed):
            left.setdefault(column, []).append(row)
    for column in sorted(left):
        rows = sorted(left[column])
        for row in rows:
            if (row, column) in sheet.flaws:
                yield flaw(sheet.flaws[row, column], sheet.ref(row, column))
        yield from strays(sheet, column, (row for row in rows if (row, column) not in sheet.flaws))


def _printed_on(sheet: Sheet, stamp: Stamp | None, lines: Collection[str] | None) -> set[str]:
    """The texts on a sheet that we printed there."""
    edition, language = (stamp.edition, stamp.language) if stamp else (None, None)
    texts = {text for text in sheet.distinct if isinstance(text, str) and text}
    own = stamp_from_sheet(sheet.grid) if STAMP_MARK in texts else None
    stamped = {normalise(text) for fact in stamp_facts(own).items() for text in fact} if own else set[str]()
    return {
        text
        for text in texts
        if _is_printed(text, edition, language) or normalise(text) in stamped or _is_made_for(text, stamp, lines)
    }


def _is_beside(sheet: Sheet, row: int, column: int, printed: Collection[object]) -> bool:
    """Whether a cell holds a text and the one before it something printed."""
    before = sheet.value(row, column - 1)
    return isinstance(sheet.value(row, column), str) and before is not None and before in printed


class _Counts:
    """Tells whether a cell holds a number that we count: in a row of ours, and below or above something printed."""

    def __init__(self, sheet: Sheet, printed: Collection[object]) -> None:
        self._sheet = sheet
        self._printed = printed
        self._rows: dict[int, bool] = {}
        self._columns: dict[int, bool] = {}

    def __call__(self, row: int, column: int) -> bool:
        if row not in self._rows:
            self._rows[row] = _counts(self._sheet.grid[row])
        if not self._rows[row]:
            return False
        if column not in self._columns:
            cells = (row[column] for row in self._sheet.grid if column < len(row))
            self._columns[column] = any(value != "" and value in self._printed for value in cells)
        if not self._columns[column]:
            return False
        here = self._sheet.grid[row]
        is_number = column < len(here) and type(here[column]) is float  # as nearly every count
        return is_number or _may_be_count(self._sheet.value(row, column))


def _field_in(sheet: Sheet, number: int, named: Mapping[object, str]) -> tuple[str, int, int]:
    """The field that a row of the cover holds, with the row and the column of its value."""
    row = sheet.grid[number]
    found = [named.get(value) for value in row]
    field = next(name for name in found if name)
    label = max(n for n, name in enumerate(found) if name == field)
    values = (n for n in range(label + 1, len(row)) if sheet.is_filled(number, n))
    return field, number, next(values, label + 1)


@cache
def _naming() -> Sieve[str]:
    """Texts that name fields of the cover, each with its key."""
    return Sieve(lambda value: _field_names().get(normalise(value)) if isinstance(value, str) else None)


@cache
def _field_names() -> Mapping[str, str]:
    """Keys of the cover and their labels in every shipped language, each with its key."""
    labels = {normalise(word): field for field in COVER_FIELDS for word in word_in_all(f"cover.{field}")}
    return {**labels, **{field: field for field in COVER_FIELDS}}


@lru_cache(maxsize=16_384)  # the same front sheets lead to the questions of every agency
def _is_printed(text: str, edition: str | None, language: str | None) -> bool:
    plain = normalise(text)
    return plain in _printed(edition, language) or bool(_UNIT.fullmatch(plain))


def _is_made_for(text: str, stamp: Stamp | None, lines: Collection[str] | None) -> bool:
    """Whether a text says for whom a template was made, with its notice behind it."""
    plain = normalise(text)
    if not _made_for().fullmatch(plain):
        return False
    if lines is not None:
        return line_print(text) in lines
    if stamp is None or not plain.startswith(tuple(map(normalise, word_in_all("book.whole_country")))):
        return True
    said = ((words(name)["book.whole_country"], Words(name)(stamp.notice)) for name in LANGUAGES)
    return plain in {normalise(" – ".join(filter(None, one))) for one in said}


def _may_be_count(value: CellValue | None) -> bool:
    """Whether a value is a number, or what a formula that failed leaves."""
    return value is None or (isinstance(value, NUMBER) and not isinstance(value, bool))


def _counts(cells: Sequence[object]) -> bool:
    """Whether we count something in a row: after the id of a Recommendation, or in the row of totals."""
    first = next((plain for value in cells if isinstance(value, str) and (plain := normalise(value))), "")
    return bool(_UNIT.fullmatch(first)) or first in _counted()


@cache
def _counted() -> frozenset[str]:
    """What stands before numbers of ours, besides ids: the row of totals, and the layout's number on the stamp."""
    return frozenset({"layout", *map(normalise, word_in_all("summary.total"))})


@cache
def _made_for() -> re.Pattern[str]:
    """For whom a template was made, and perhaps a notice after it, in every shipped language."""
    named = (re.escape(normalise(word)).replace(r"\{agency\}", ".*") for word in word_in_all("book.for_agency"))
    whole = (re.escape(normalise(word)) for word in word_in_all("book.whole_country"))
    return re.compile(f"({'|'.join((*named, *whole))})( – .*)?")


@lru_cache(maxsize=32)  # a stamp may name any edition and language
def _printed(edition: str | None, language: str | None) -> frozenset[str]:
    """Every text that a template of this edition and language may print, normalised; of all where they are unknown."""
    editions = [edition] if edition in list_editions() else list_editions()
    texts = {*FRONT_MARKS, *COVER_FIELDS, *LISTS.values()}
    for name in languages():
        texts.update((*words(name).values(), *affiliation(name)))
        texts.update(text for scale in LISTS for text in all_labels(scale, name).values())
    for spoken in {"en", language} if language in LANGUAGES else LANGUAGES:
        for one in editions:
            texts.update(_texts_of(load_framework(one, spoken)))
    return frozenset(map(normalise, texts))


def _texts_of(framework: Framework) -> Iterator[str]:
    yield from (unit.title for unit in framework.units)
    yield from (f"{group.code}. {group.label}" for group in framework.groups)
    for points in (framework.scales.criterion, framework.scales.achievement):
        yield from (point.meaning for point in points)
