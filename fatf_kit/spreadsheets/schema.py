"""A kind of workbook is declared by its tables, the fields of its cover and the version of its layout.

Writer and reader take everything they know about a kind from here. Sheets, tables and fields are found by what is on
them, never by their place, so that headings, order and widths may change without harm; keys may not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import KW_ONLY, dataclass, replace
from enum import StrEnum
from functools import cached_property, lru_cache, partial
from types import MappingProxyType

from fatf_kit.core.languages import LANGUAGES, find_code, list_labels, normalise
from fatf_kit.core.local_names import LocalName, list_names, local_name
from fatf_kit.core.messages import Translator
from fatf_kit.core.national_words import list_national_forms
from fatf_kit.core.yes_no import read_yes_no
from fatf_kit.spreadsheets.sheet import CellValue, SheetContent
from fatf_kit.spreadsheets.words import WorkbookText, list_translations, translate_text

RowNamer = Callable[[Mapping[str, CellValue]], str | None]
"""A function that gives the id of a row from its values by key; None where nothing names it."""


class CellKind(StrEnum):
    """The kind of value of a column or cover field, which decides how its cells are read.

    ID, TEXT and LINK are taken as they are, LINK with the address that lies behind its cell; PRINTED is written by
    fatf-kit and read only where a feature asks for it. What cannot be read as a DATE, a NUMBER from 0 up, a WHOLE
    number from 0 up, a COUNT (whole, from 1 up), one CHOICE, several CHOICES or IDS is a Problem. The choices of a
    NUMBER are words that may stand in its place, such as "not available".
    """

    ID = "id"
    PRINTED = "printed"
    TEXT = "text"
    LINK = "link"
    DATE = "date"
    NUMBER = "number"
    WHOLE = "whole"
    COUNT = "count"
    CHOICE = "choice"
    CHOICES = "choices"
    IDS = "ids"


@dataclass(frozen=True, eq=False)
class Choices:
    """A closed list behind a drop-down. `name` is its defined name in the workbook; `labels` gives code to label.

    Codes and labels of every language are accepted, whatever the language of the workbook; `also` gives the code of
    another text, such as an abbreviation. An `is_open` list does not have them all: a drop-down then lets others pass.
    `unknown` is the code of the Problem of a text that has none.

    >>> Choices("levels", lambda language: list_labels("criterion", language)).code_of("Largely  met")
    >>> Choices("levels", lambda language: list_labels("criterion", language)).code_of(" Mostly MET")
    'mostly met'
    """

    name: str
    labels: Callable[[str], Mapping[str, str]]
    also: Callable[[str], str | None] | None = None
    is_open: bool = False
    unknown: str = "choice-unknown"

    @cached_property
    def _codes(self) -> Mapping[str, str]:
        labels = ((code, label, one) for one in LANGUAGES for code, label in self.labels(one).items())
        found = {normalise(form): code for code, label, one in labels for form in list_national_forms(label, one)}
        return MappingProxyType({**found, **{normalise(code): code for code in self.labels("en")}})

    def code_of(self, text: str) -> str | None:
        """Return the code behind a code or a label; None for anything else, for nothing is guessed."""
        return self._codes.get(normalise(text)) or (self.also(text) if self.also else None)

    def label(self, code: str, language: str) -> str:
        """Return what a code is called; a text that is not a code stays as it is."""
        return self.labels(language).get(code, code)

    def local_name(self, code: str) -> LocalName:
        """Return what a code is called in each language."""
        return local_name(partial(self.label, code))

    def name_typed(self, text: str) -> str:
        """Return the name of a code in each language; a text that is not a code stays as it is."""
        return self.local_name(text) if text in self.labels("en") else text


def message_choices(
    name: str, codes: Callable[[], Iterable[str]], earlier: Mapping[str, str] = MappingProxyType({})
) -> Choices:
    """Return choices whose codes, such as the members of an enumeration, are messages of the catalogues.

    `earlier` gives the codes of labels that older workbooks have in place of a label of today.
    """
    forms = {normalise(label): code for label, code in earlier.items()}
    also = (lambda text: forms.get(normalise(text))) if forms else None
    return Choices(name, lambda language: {code: Translator(language)(code) for code in codes()}, also=also)


def scale_choices(name: str, scale: str, *, unknown: str = "choice-unknown") -> Choices:
    """Return choices that are a scale of frameworks/labels.json, with all its spellings."""
    return Choices(name, partial(list_labels, scale), also=partial(find_code, scale), unknown=unknown)


def code_choices(name: str, scale: str) -> Choices:
    """Return the same, shown by their codes, which everybody knows.

    >>> ratings = code_choices("ratings", "compliance")
    >>> ratings.label("LC", "en"), ratings.code_of("Compliant")
    ('LC', 'C')
    """
    return Choices(
        name, lambda language: {code: code for code in list_labels(scale, language)}, partial(find_code, scale)
    )


YES_NO = "yes_no"
"""The scale with the words for yes and no in every language, wherever a person may type them."""

_TICK_CODES: Mapping[bool | None, str | None] = {True: "yes", False: "no", None: None}

TICK = Choices("tick", lambda _: {"yes": "✓"}, also=lambda text: _TICK_CODES[read_yes_no(text)])
"""One tick, behind the drop-down of a cell that is ticked or left empty; people also type yes or no."""


@dataclass(frozen=True, slots=True, eq=False)
class SheetColumn:
    """One column: its stable key, its heading, what it holds, its width in characters.

    `heading` is a text of a workbook, `help` one that is written under it. `style` is a name of
    `STYLES`; empty for the usual one of its kind. A `multiline` text keeps the line breaks that people type. `hidden`
    columns are for the reader only, `folded` ones for those who unfold them; they are not printed. A printed column
    that is `kept` is read back too. Workbooks may be without an `optional` one. People fill in an
    `unread` one for themselves: its heading says so, and nothing reads it. `prompt` is a key of
    frameworks/workbook-words.json: what a person sees who chooses a cell. `list_from` is a formula for the list of a
    drop-down that depends on other cells of its row, each as `{key}`.
    `column_of` gives the column as it is in the row with an id, where rows hold different things; None in rows where it
    is as declared. `role` and `member` are set by `spread_languages`: what the column is for, and in which language.
    """

    key: str
    heading: WorkbookText
    _: KW_ONLY
    help: WorkbookText = ""
    kind: CellKind = CellKind.TEXT
    width: float = 14
    style: str = ""
    multiline: bool = False
    choices: Choices | None = None
    list_from: str = ""
    hidden: bool = False
    folded: bool = False
    kept: bool = False
    optional: bool = False
    unread: bool = False
    prompt: str = ""
    column_of: Callable[[str], SheetColumn | None] | None = None
    role: str = ""
    member: str = ""

    @property
    def cell_style(self) -> str:
        """Return the style of its cells."""
        return self.style or _STYLES[self.kind]

    @property
    def is_read(self) -> bool:
        """Return whether what stands in it is handed on."""
        return not self.unread and (self.kind is not CellKind.PRINTED or self.kept)

    def of_row(self, name: str) -> SheetColumn:
        """Return the column as it is in the row with an id."""
        return (self.column_of(name) if self.column_of else None) or self

    def heading_in(self, language: str) -> str:
        """Return the heading in a language."""
        return translate_text(self.heading, language)

    @property
    def local_name(self) -> LocalName:
        """The heading in each language."""
        return _heading_of(self)


@lru_cache(maxsize=256)
def _heading_of(column: SheetColumn) -> LocalName:
    """Return the heading of a column in each language, which problems of many rows name."""
    return local_name(column.heading_in)


_STYLES = {
    CellKind.ID: "id",
    CellKind.PRINTED: "kept",
    CellKind.TEXT: "text",
    CellKind.LINK: "text",
    CellKind.DATE: "date",
    CellKind.NUMBER: "list",
    CellKind.WHOLE: "list",
    CellKind.COUNT: "list",
    CellKind.CHOICE: "list",
    CellKind.CHOICES: "list",
    CellKind.IDS: "short text",
}


@dataclass(frozen=True, kw_only=True, eq=False)
class SheetTable:
    """One table of a kind, on one sheet or on several. The first column names its rows.

    `enough` columns must be recognised in a row before it counts as the head of the table. `nameless` rows, which have
    no id, are read too; elsewhere they are Problems. So are `unfilled` rows, which have an id and nothing that people
    typed. `dynamic` gives the key of a column whose heading is no word of ours, such as a year; None for other texts.
    `spread` writes such columns after the one whose key is `dynamic_after`.
    `row_namer` makes for a sheet what gives the id of a row from its values: the id in its own cell, or the one that
    its other words name; None where nothing names it: where such a row has another id, the feature reports it.
    `refuse` gives the code of the Problem of a column that must not be there, by its heading. `is_restricted` says
    whether messages may quote nothing of a row with these values.

    `ids` gives the ids that its rows may have, where data decides them.
    Where it `has_titles`, the first cell of a row of which nothing else is read is a title or a note, left unread.
    Where it `is_numbered`, the first column only counts the rows: other words there are reported.
    Problems name the id of the row where it is `in_problems`. A workbook without a stamp is of the kind if it has a
    table that is `is_sure`.
    """

    name: str
    columns: tuple[SheetColumn, ...]
    enough: int = 3
    nameless: bool = False
    unfilled: bool = False
    in_problems: bool = False
    is_sure: bool = True
    is_numbered: bool = False
    has_titles: bool = False
    dynamic: Callable[[str], str | None] | None = None
    dynamic_after: str = ""
    row_namer: Callable[[SheetContent], RowNamer] | None = None
    refuse: Callable[[str], str | None] | None = None
    is_restricted: Callable[[Mapping[str, CellValue]], bool] | None = None
    ids: Callable[[], Iterable[str]] | None = None

    @cached_property
    def by_key(self) -> Mapping[str, SheetColumn]:
        """Its columns by their keys."""
        return MappingProxyType({column.key: column for column in self.columns})

    @cached_property
    def read_keys(self) -> tuple[str, ...]:
        """Return keys of the columns that are read, in their order."""
        return tuple(column.key for column in self.columns if column.is_read)

    @cached_property
    def value_keys(self) -> tuple[str, ...]:
        """Return keys of the columns that are read next to the id, in their order."""
        return tuple(key for key in self.read_keys if key != self.id)

    @cached_property
    def kept_keys(self) -> frozenset[str]:
        """Return keys of the columns that are printed and read back."""
        return frozenset(key for key in self.value_keys if self.by_key[key].kind is CellKind.PRINTED)

    @cached_property
    def needed_keys(self) -> tuple[str, ...]:
        """Return keys of the columns without which something cannot be read; any of several may name a row."""
        named = {column.key for column in self.columns if column.kind in (CellKind.ID, CellKind.PRINTED)}
        needed = (key for key in self.read_keys if not self.by_key[key].optional)
        return tuple(key for key in needed if not (self.row_namer and key in named))

    def columns_of(self, name: str) -> Mapping[str, SheetColumn]:
        """Return its columns by their keys, as they are in the row with an id."""
        if not self._varies:
            return self.by_key
        return {key: column.of_row(name) for key, column in self.by_key.items()}

    def spread(self, columns: Iterable[SheetColumn]) -> SheetTable:
        """Return the table with columns that data decides, such as one for each year, in the place declared for them.

        >>> unit, note, year = (SheetColumn(key, "") for key in ("unit", "note", "y2026"))
        >>> table = SheetTable(name="sums", columns=(unit, note), dynamic_after="unit")
        >>> [column.key for column in table.spread([year]).columns]
        ['unit', 'y2026', 'note']
        """
        place = self.columns.index(self.by_key[self.dynamic_after]) + 1
        return replace(self, columns=(*self.columns[:place], *columns, *self.columns[place:]))

    def list_headings(self, keys: Iterable[str]) -> LocalName:
        """Return the headings of some columns as a list, in each language."""
        return list_names(self.by_key[key].local_name for key in keys)

    @cached_property
    def _varies(self) -> bool:
        return any(column.column_of is not None for column in self.columns)

    @cached_property
    def id(self) -> str:
        """Return the key of the column that names its rows."""
        return self.columns[0].key


def make_numbered_table(name: str, *columns: SheetColumn, unfilled: bool = False, has_ids: bool = False) -> SheetTable:
    """Return a table whose rows have numbers in a first column "row"; with `has_ids` also names, such as W-01."""
    row = SheetColumn("row", "No.", kind=CellKind.ID, width=8)
    return SheetTable(name=name, nameless=True, is_numbered=not has_ids, unfilled=unfilled, columns=(row, *columns))


@dataclass(frozen=True, slots=True, eq=False)
class CoverField:
    """A field of a cover: its stable key, its label (as a heading of a column), what it holds.

    A PRINTED field is shown and read back. `prompt` is a key of frameworks/workbook-words.json: what a person sees
    who chooses the cell, where more is to be said. `role` and `member` are as those of a column.
    """

    key: str
    label: WorkbookText
    _: KW_ONLY
    kind: CellKind = CellKind.TEXT
    choices: Choices | None = None
    prompt: str = ""
    role: str = ""
    member: str = ""

    @property
    def labels(self) -> tuple[str, ...]:
        """Return the label in every language."""
        return list_translations(self.label)

    @property
    def local_name(self) -> LocalName:
        """The label in each language."""
        return local_name(partial(translate_text, self.label))


@dataclass(frozen=True, kw_only=True, eq=False)
class BookSchema:
    """A kind of workbook. `kind` is what its stamp calls it; `layout` rises where an older fatf-kit could not read it.

    `what` is what a message calls it and `command` what makes a blank one. `fewest_fields` must be on a sheet before it
    counts as a cover. `hidden` are the marks of sheets whose rows are handed on as they are. `is_id` says whether a
    text is an id of its rows, where their form is known.
    """

    kind: str
    what: str
    command: str
    layout: int = 1
    tables: tuple[SheetTable, ...]
    fields: tuple[CoverField, ...] = ()
    fewest_fields: int = 3
    hidden: tuple[str, ...] = ()
    is_id: Callable[[str], bool] | None = None

    @cached_property
    def fields_by_key(self) -> Mapping[str, CoverField]:
        """Return the fields of its cover by their keys."""
        return MappingProxyType({field.key: field for field in self.fields})
