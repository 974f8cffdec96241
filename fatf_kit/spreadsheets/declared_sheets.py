"""A sheet that people keep is declared once: a frozen dataclass whose fields are its columns.

The table, its lists, the cells that are written and the rows that are read follow from the declaration. Where a sheet
needs something special, a plain function takes the place of the usual one: of a column, or of the whole row.

>>> from datetime import date
>>> @sheet_row
... class Meeting:
...     id: str = col("No.", 8)
...     day: date | None = col("Date", 13)
...     topics: tuple[str, ...] = col("Subject", 30)
>>> MEETINGS = DeclaredSheet(name="meetings", row_type=Meeting, title="Meetings", about="One row for each meeting.")
>>> [(column.key, column.kind.value) for column in MEETINGS.table.columns]
[('id', 'id'), ('day', 'date'), ('topics', 'ids')]
>>> MEETINGS.list_cells(Meeting(id="M-1", topics=("IO.3", "R.10")))
{'id': 'M-1', 'day': None, 'topics': 'IO.3, R.10'}
"""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import KW_ONLY, MISSING, dataclass, field, fields, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import (
    TYPE_CHECKING,
    Any,
    ClassVar,
    Generic,
    TypedDict,
    TypeVar,
    Unpack,
    dataclass_transform,
    get_args,
    get_origin,
    get_type_hints,
)

from fatf_kit.core.messages import Translator
from fatf_kit.spreadsheets.kept_books import KeptSheet
from fatf_kit.spreadsheets.schema import TICK, CellKind, Choices, SheetColumn, SheetTable
from fatf_kit.spreadsheets.sheet import CellValue
from fatf_kit.spreadsheets.spread import fill_spread, spread_languages
from fatf_kit.spreadsheets.writer import Highlight, RowValues

if TYPE_CHECKING:
    from fatf_kit.spreadsheets.declared_rows import DeclaredRow

T = TypeVar("T")

CellReader = Callable[["DeclaredRow[Any]", str], object]
"""A function that gives the value of the cell under a key in a row, or reports it and gives None if it has none."""

_KINDS: Mapping[type, CellKind] = {
    bool: CellKind.CHOICE,
    date: CellKind.DATE,
    float: CellKind.NUMBER,
    int: CellKind.WHOLE,
    Mapping: CellKind.TEXT,
    str: CellKind.TEXT,
    tuple: CellKind.IDS,
}
_DECLARED = "__columns__"
_BLANKS: Mapping[type, object] = {str: "", tuple: (), bool: False}


class ColumnLook(TypedDict, total=False):
    """The arguments of `SheetColumn` that say how a column looks."""

    style: str
    multiline: bool
    folded: bool
    optional: bool
    list_from: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ColumnRules:
    """The declaration of a column; `col` describes each attribute."""

    heading: str
    width: float
    key: str
    kind: CellKind | None
    choices: Choices | None
    default: object
    required: str
    needed: bool
    read: CellReader | None
    write: Callable[[Any], CellValue | None] | None
    look: ColumnLook


def col(
    heading: str,
    width: float = 14,
    *,
    key: str = "",
    kind: CellKind | None = None,
    choices: Choices | None = None,
    default: object = MISSING,
    required: str = "",
    needed: bool = False,
    read: CellReader | None = None,
    write: Callable[[Any], CellValue | None] | None = None,
    **look: Unpack[ColumnLook],
) -> Any:
    """Declare the column of a field, or of several fields where it is a `ClassVar`.

    The type of the field decides the kind of the cells, and that of a `bool` is a tick. A field that maps languages to
    texts has a column for each language. A column of several fields has a `read` that gives a mapping of them.

    Args:
        heading: The heading, a message of the catalogues.
        width: Its width in characters.
        key: The key of the column, where it is not the name of the field.
        kind: The kind of the cells, where the type does not decide it. A field "id" has the kind of ids.
        choices: The list behind its drop-down. Where it is open, other texts may be typed.
        default: The value of a blank or unusable cell; else that of a text is empty, and that of ids is ().
        required: The code of the problem of a blank cell. The row then has no use, unless the field may be None.
        needed: Whether the row has no use without it although a blank cell is not reported as such.
        read: A function that takes the place of the usual reading.
        write: A function that gives the cell of a value of the field, where it is not the value itself.
        **look: How it looks, as in `SheetColumn`.

    >>> col("Women", 12).heading
    'Women'
    """
    return ColumnRules(
        heading=heading,
        width=width,
        key=key,
        kind=kind,
        choices=choices,
        default=default,
        required=required,
        needed=needed,
        read=read,
        write=write,
        look=look,
    )


@dataclass_transform(frozen_default=True, kw_only_default=True)
def sheet_row(row_type: type[T]) -> type[T]:
    """Make the frozen dataclass of a row from a class whose columns are declared with `col`.

    >>> @sheet_row
    ... class Count:
    ...     year: int = col("Year")
    ...     note: str = col("Notes")
    >>> Count(year=2026)
    Count(year=2026, note='')
    """
    declared: dict[str, ColumnRules] = {}
    for name, hint in get_type_hints(row_type).items():
        rules = row_type.__dict__.get(name)
        if not isinstance(rules, ColumnRules):
            continue
        declared[name] = rules
        if get_origin(hint) is ClassVar:
            delattr(row_type, name)  # a value has no such attribute, but the fields that the column fills
        else:
            plain, may_be_none = _split_hint(hint)
            blank = None if may_be_none else _BLANKS.get(plain, MISSING)
            setattr(row_type, name, field(default=blank if rules.default is MISSING else rules.default))
    frozen_type = dataclass(frozen=True, slots=True, kw_only=True)(row_type)
    setattr(frozen_type, _DECLARED, MappingProxyType(declared))
    return frozen_type


def _split_hint(hint: Any) -> tuple[type, bool]:
    """Return the plain type of a field, and whether the field may be None."""
    options = get_args(hint) if isinstance(hint, types.UnionType) else (hint,)
    plain = next(option for option in options if option is not types.NoneType)
    return get_origin(plain) or plain, types.NoneType in options


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DeclaredColumn:
    """A column of a declared sheet with the field that it fills.

    Attributes:
        name: The name of the field; empty for a column of several fields.
        plain: The type of its values without None.
        may_be_none: Whether the field may be None.
        is_needed: Whether a row without a usable value has no use.
        is_id: Whether it names the row.
        is_spread: Whether it is a column for each language.
    """

    name: str
    rules: ColumnRules
    plain: type
    may_be_none: bool
    is_needed: bool
    is_id: bool
    is_spread: bool
    column: SheetColumn

    def interpret(self, meaning: object) -> object:
        """Return the value of the field for the meaning of a cell; None where the cell has none."""
        if meaning is None:
            return None
        if self.plain is bool:
            return meaning == "yes"
        if isinstance(meaning, self.plain) or self.column.choices is None or not issubclass(self.plain, StrEnum | int):
            return meaning
        return self.plain(str(meaning))  # a code that is the text of a member or of a number

    def list_cells(self, value: object, language: str) -> RowValues:
        """Return the cells of the value of the field, by column key; several choices are labels in a language."""
        key, choices = self.column.key, self.column.choices
        if isinstance(value, Mapping):
            return fill_spread(key, value)
        return {key: self.rules.write(value) if self.rules.write else _make_cell(value, choices, language)}


def _make_cell(value: Any, choices: Choices | None, language: str) -> CellValue | None:
    if isinstance(value, bool):
        return "yes" if value else None
    if isinstance(value, tuple):
        return "; ".join(choices.label(code, language) for code in value) if choices else ", ".join(value)
    is_code = isinstance(value, StrEnum) or (isinstance(value, int) and choices)
    return str(value) if is_code else value


@dataclass(frozen=True, eq=False)
class DeclaredSheet(Generic[T]):
    """One sheet of a workbook that people keep.

    Attributes:
        name: The name of its table.
        row_type: The type of its rows, made by `sheet_row`. A field "ref" gets the address of a cell.
        title: The title of the sheet, a message of the catalogues.
        about: What the first sheet says about it, likewise; `facts` fill its gaps.
        is_nameless, is_unfilled: Whether rows without an id, or with nothing else, are read too, as in `SheetTable`.
        unique: The fields that no two rows have in common, unless they are blank. A problem is at the first of them.
        twice: The code of the problem of a second row with the same.
        is_folded: Whether these are texts that are the same in other letters, such as the name of an agency.
        fact: The name of the fact under which problems name the first of these fields.
        ref: The key of the column of `ref`; the first declared one where it is empty.
        check: A function that reports what is wrong with the value of a row, and gives the value to use or None.
        cells: A function that gives the cells of columns of several fields.
        offered: Other choices behind some columns by key; `offer` sets them.

    Raises:
        TypeError: a type of which cells have no kind, or a unique field that the row type has not.
    """

    name: str
    row_type: type[T]
    title: str
    about: str
    _: KW_ONLY
    facts: Mapping[str, str] = field(default_factory=dict)
    tab: str = "#1F3A52"
    is_nameless: bool = False
    is_unfilled: bool = False
    unique: tuple[str, ...] = ()
    twice: str = ""
    is_folded: bool = False
    fact: str = "found"
    ref: str = ""
    check: Callable[[DeclaredRow[Any], T], T | None] | None = None
    cells: Callable[[T], RowValues] | None = None
    offered: Mapping[str, Choices] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse unique fields that do not exist, because no row would ever be found twice."""
        names = {attribute.name for attribute in fields(self.row_type)}  # type: ignore[arg-type]
        if unknown := {*self.unique} - names:
            raise TypeError(f"{self.row_type.__name__} has no field {', '.join(sorted(unknown))}")

    def offer(self, **choices: Choices) -> DeclaredSheet[T]:
        """Return the sheet with other choices behind some columns, by key, such as the agencies of a folder."""
        return replace(self, offered=choices)

    @cached_property
    def columns(self) -> tuple[DeclaredColumn, ...]:
        """Its columns in the order in which the row type declares them."""
        attributes = fields(self.row_type)  # type: ignore[arg-type]
        defaults = {attribute.name: attribute.default for attribute in attributes}
        hints = get_type_hints(self.row_type)
        declared: Mapping[str, ColumnRules] = getattr(self.row_type, _DECLARED)
        return tuple(self._bind(name, hints[name], rules, defaults.get(name)) for name, rules in declared.items())

    def _bind(self, name: str, hint: Any, rules: ColumnRules, default: object) -> DeclaredColumn:
        """Bind a declaration to its field; a ClassVar is a column of several fields."""
        is_field = get_origin(hint) is not ClassVar
        plain, may_be_none = _split_hint(hint if is_field else get_args(hint)[0])
        key = rules.key or name
        choices = self.offered.get(key, rules.choices) or (TICK if plain is bool else None)
        if choices is not None and not choices.labels("en"):
            choices = None
        kind = rules.kind or (CellKind.ID if name == "id" else _find_kind(plain, choices))
        look = ColumnLook(**rules.look)
        if choices is not None and choices.is_open:
            look["list_from"] = choices.name
        column = SheetColumn(key, rules.heading, kind=kind, width=rules.width, choices=choices, **look)
        is_blankable = not rules.required and not rules.needed and kind is not CellKind.ID
        is_needed = not may_be_none and not (is_blankable and (default is not MISSING or not is_field))
        return DeclaredColumn(
            name=name if is_field else "",
            rules=rules,
            plain=plain,
            may_be_none=may_be_none,
            is_needed=is_needed,
            is_id=kind is CellKind.ID,
            is_spread=issubclass(plain, Mapping),
            column=column,
        )

    @cached_property
    def table(self) -> SheetTable:
        """Its table; rows without a column of ids are numbered."""
        columns: list[SheetColumn] = []
        for declared in self.columns:
            columns += spread_languages(declared.column) if declared.is_spread else (declared.column,)
        is_numbered = columns[0].kind is not CellKind.ID
        if is_numbered:
            columns.insert(0, SheetColumn("row", "No.", kind=CellKind.ID, width=8))
        return SheetTable(
            name=self.name,
            columns=tuple(columns),
            nameless=is_numbered or self.is_nameless,
            is_numbered=is_numbered,
            unfilled=self.is_unfilled,
        )

    def list_cells(self, value: T, language: str = "en") -> RowValues:
        """Return the cells of the row of a value, by column key, with labels in a language."""
        cells: dict[str, Any] = dict.fromkeys(column.column.key for column in self.columns if not column.is_spread)
        for column in self.columns:
            if column.name:
                cells |= column.list_cells(getattr(value, column.name), language)
        return {**cells, **(self.cells(value) if self.cells else {})}

    def keep(
        self,
        values: Iterable[T],
        t: Translator,
        *,
        added: Iterable[RowValues] = (),
        highlights: Sequence[Highlight] = (),
    ) -> KeptSheet:
        """Return the sheet with a row for each value, in the language of the reader.

        `added` are rows after these, and `highlights` the rows to colour.
        """
        numbered = enumerate(values, start=1)
        rows = ({"row": str(number), **self.list_cells(value, t.language)} for number, value in numbered)
        return KeptSheet(
            title=t(self.title),
            about=t(self.about, **self.facts),
            table=self.table,
            rows=[*rows, *added],
            highlights=highlights,
            tab=self.tab,
        )


def _find_kind(plain: type, choices: Choices | None) -> CellKind:
    if choices is not None and not choices.is_open:
        return CellKind.CHOICES if plain is tuple else CellKind.CHOICE
    if plain not in _KINDS:
        raise TypeError(f"the cells of a column cannot hold {plain.__name__}; a StrEnum needs choices")
    return _KINDS[plain]


def list_choices(sheets: Iterable[DeclaredSheet[Any]], order: Sequence[str] = ()) -> tuple[Choices, ...]:
    """Return every list behind the drop-downs of some sheets, each once, those to which people may add last.

    `order` has names of lists that come first, as the hidden sheet of lists has them in workbooks that exist.
    """
    choices = {column.choices: None for sheet in sheets for column in sheet.table.columns if column.choices}
    places = {name: place for place, name in enumerate(order)}
    return tuple(sorted(choices, key=lambda listed: (places.get(listed.name, len(places)), listed.is_open)))
