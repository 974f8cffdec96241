"""The workbook on which a regulator says which column of the register holds what: declared, and read as a mapping.

Its tables are the columns of the register, the values of coded columns, what is the same for the whole register, and
the sheets of the country.
Names of fields and values are accepted in every shipped language, and as ids. A cell that cannot be used is a Problem.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.file_limits import refusal_reason
from fatf_kit.core.languages import normalise
from fatf_kit.core.local_names import LocalName, local_name
from fatf_kit.core.messages import Translator
from fatf_kit.core.national_words import choose_text
from fatf_kit.core.problems import CellRef, Problem, make_problem, quote_found
from fatf_kit.npo.mapping.column_map import HOME, ColumnMap, FieldSource
from fatf_kit.npo.mapping.country_sheets import (
    CHECKS,
    COUNTRIES,
    COUNTRY_TABLES,
    PLACES,
    RISK_COUNTRIES,
    name_of_check,
    name_of_sheet,
    read_country_sheets,
)
from fatf_kit.npo.method.load import Method, load_method
from fatf_kit.npo.method.settings import CountryChoices
from fatf_kit.npo.register.cell_values import country, yes_no
from fatf_kit.npo.register.template_schema import LEVELS, YES_OR_NO, choices_of
from fatf_kit.spreadsheets.reader import read_book
from fatf_kit.spreadsheets.schema import BookSchema, CellKind, Choices, SheetColumn, SheetTable
from fatf_kit.spreadsheets.values import Record

LISTED = ("code", "codes", "yes_no", "level")
"""Kinds of fields whose values come from a list."""
SHEET = "sheet"
FOR_ALL = ("raises_or_disburses", "purpose", "status", "works_abroad", "member_benefit", "public_body")
"""Fields that may have one value for the whole register, next to the home country."""
NOTHING = "-"
"""The choice for a value that gives no information."""


def _field_names(language: str) -> Mapping[str, str]:
    return {column.id: choose_text(column.name, language) for column in load_method().columns.values()}


def name_of_fact(fact: str) -> LocalName:
    """Return what a fact of the whole register is called in each language.

    >>> name_of_fact(HOME)
    'Home country'
    """
    if fact == HOME:
        return local_name(lambda language: Translator(language)("Home country"))
    if fact in CHECKS:
        return name_of_check(fact)
    if fact in PLACES:
        return name_of_sheet(fact)
    return FIELDS.local_name(fact)


def _written_names(language: str) -> Mapping[str, str]:
    t = Translator(language)
    return {
        "dmy": t("day first"),
        "mdy": t("month first"),
        "percent": t("per cent"),
        "fraction": t("parts of one"),
        "1000": t("thousands"),
        "1000000": t("millions"),
    }


def _value_names(field: str, language: str) -> Mapping[str, str]:
    """Return what the values of a field are called, by code; `NOTHING` stands for a value that gives no information."""
    column = load_method().columns[field]
    names = choices_of(column).labels(language)
    if column.type == "level":
        names = {code: f"{code} {name}" for code, name in names.items()}
    return {**names, NOTHING: Translator(language)("not known")}


@cache
def values_of(field: str) -> Choices:
    """Return the values of a field."""
    also = choices_of(load_method().columns[field]).also
    return Choices(f"npo_values_{field}", lambda language: _value_names(field, language), also)


def _listed(language: str) -> Iterator[tuple[str, str]]:
    """Yield the name of each field with a list, and of each of its values."""
    for column in load_method().columns.values():
        if column.type in LISTED:
            name = choose_text(column.name, language)
            yield from ((name, value) for value in values_of(column.id).labels(language).values())


FIELDS = Choices("npo_fields", _field_names)
WRITTEN = Choices("npo_written", _written_names)
_WITH_VALUES = Choices("npo_listed_fields", lambda language: _numbered(name for name, _ in _listed(language)))
_VALUES = Choices("npo_listed_values", lambda language: _numbered(value for _, value in _listed(language)))


def _numbered(texts: Iterator[str]) -> Mapping[str, str]:
    return {str(number): text for number, text in enumerate(texts)}


def _list_for(key: str) -> str:
    """Return the values of the field that a cell names."""
    name = f"{{{key}}}"
    first, count = f"MATCH({name},{_WITH_VALUES.name},0)-1", f"COUNTIF({_WITH_VALUES.name},{name})"
    return f"OFFSET({_VALUES.name},{first},0,{count},1)"


_PRINTED, _CHOICE = CellKind.PRINTED, CellKind.CHOICE
_HEADING = SheetColumn("heading", "Column of the register", kind=CellKind.ID, width=30)

COLUMNS = SheetTable(
    name="columns",
    columns=(
        _HEADING,
        SheetColumn("profile", "What its values look like", kind=_PRINTED, width=34, style="requirement"),
        SheetColumn("samples", "Samples", kind=_PRINTED, width=36, style="requirement"),
        SheetColumn("field", "Field", kind=_CHOICE, choices=FIELDS, width=32, style="short text"),
        SheetColumn("also", "Second field", kind=_CHOICE, choices=FIELDS, width=28, style="short text"),
        SheetColumn("written", "How it is written", kind=_CHOICE, choices=WRITTEN, width=20, style="short text"),
        SheetColumn("separator", "Sign between parts", width=16, style="short text"),
        SheetColumn("reason", "Why this is proposed", kind=_PRINTED, width=46, style="requirement"),
    ),
)
"""The columns of the register, each with its field; what people add beneath is a heading once more with a field."""

VALUES = SheetTable(
    name="values",
    is_sure=False,
    columns=(
        _HEADING,
        SheetColumn("value", "Value", kind=_PRINTED, kept=True, width=44, style="requirement"),
        SheetColumn("rows", "Rows looked at", kind=_PRINTED, width=14, style="count"),
        SheetColumn("field", "Field", kind=_PRINTED, width=30, style="requirement"),
        SheetColumn("code", "It means", list_from=_list_for("field"), width=30, style="short text"),
        SheetColumn("also", "Second field", kind=_PRINTED, width=30, style="requirement"),
        SheetColumn("also_code", "For the second field", list_from=_list_for("also"), width=30, style="short text"),
    ),
)
"""Values of coded columns and what each means; the fields are formulas that repeat the sheet of columns."""


_VALUE = SheetColumn("value", "Value", width=36, style="field")


@cache
def _value_for_all(fact: str) -> SheetColumn | None:
    of_all = values_of(fact) if fact in FOR_ALL else None
    choices = COUNTRIES if fact == HOME else YES_OR_NO if fact in CHECKS else of_all
    return replace(_VALUE, kind=_CHOICE, choices=choices) if choices else None


WHOLE = SheetTable(
    name="whole",
    is_sure=False,
    ids=lambda: (*FOR_ALL, HOME, *CHECKS),
    columns=(
        SheetColumn("fact", "Id", kind=CellKind.ID, width=26, hidden=True),
        SheetColumn("name", "Fact", kind=_PRINTED, width=44, style="requirement"),
        replace(_VALUE, column_of=_value_for_all),
        SheetColumn("reason", "Reason", width=70),
    ),
)
"""The facts that are the same for every body of the register, and why."""

LISTS = (FIELDS, WRITTEN, COUNTRIES, LEVELS, YES_OR_NO, _WITH_VALUES, _VALUES, *map(values_of, FOR_ALL))

MAPPING = BookSchema(
    kind="npo-mapping",
    what="a mapping of a register of non-profit organisations",
    command="fatf-kit npo map",
    tables=(COLUMNS, VALUES, WHOLE, *COUNTRY_TABLES),
)


_JOINED = ("codes", "countries")


@dataclass(slots=True, kw_only=True)
class _MappingAnswers:
    """The answers read so far. `fields` are by column of the register, `codes` by it, field and value."""

    method: Method
    problems: list[Problem] = field(default_factory=list)
    sources: list[tuple[str, str, Mapping[str, object], CellRef]] = field(default_factory=list)
    codes: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    whole: dict[str, tuple[str, str, CellRef]] = field(default_factory=dict)
    home: str | None = None
    sheet: str | None = None
    checked: list[str] = field(default_factory=list)
    reasons: dict[str, str] = field(default_factory=dict)
    country: CountryChoices = field(default_factory=CountryChoices)

    def report(self, code: str, where: CellRef, **facts: Any) -> None:
        """Add a Problem of a cell."""
        self.problems.append(make_problem(code, where, **facts))


def is_workbook(path: Path) -> bool:
    """Return whether a mapping is a workbook and not JSON, by its first bytes."""
    if why := refusal_reason(path):
        raise FatfKitError("The mapping {file} cannot be read: {why}.", file=path.name, why=why)
    try:
        with path.open("rb") as file:
            return file.read(4) == b"PK\x03\x04"
    except OSError as fault:
        raise FatfKitError("The mapping {file} cannot be read: {why}.", file=path.name, why=fault.strerror) from fault


def read_map_workbook(path: Path, method: Method) -> tuple[ColumnMap | None, tuple[Problem, ...]]:
    """Return the mapping on a workbook and every cell that could not be used; None where it is not such a workbook."""
    book, problems = read_book(path, MAPPING)
    if book is None:
        return None, problems
    found = _MappingAnswers(method=method, problems=book.problems)
    for table, read in ((COLUMNS, _read_column), (VALUES, _read_value), (WHOLE, _read_whole)):
        for row in book.rows.get(table.name, ()):
            read(Record(row, table), found)
    found.country, problems = read_country_sheets(book, found.checked, method)
    found.problems += problems
    return _mapping(found), tuple(found.problems)


def _read_column(row: Record, found: _MappingAnswers) -> None:
    """The fields of one column of the register."""
    heading = row.id
    for key in ("written", "separator"):
        if row.has(key) and not row.text("field"):
            found.report("npo-map-unused", row.ref(key), found=row.text(key))
    for key in ("field", "also"):
        name = row.text(key)
        if not name or name == NOTHING:
            continue
        column = FIELDS.code_of(name)
        if column is None:
            found.report("npo-map-field", row.ref(key), found=name)
            continue
        how = _how(row, column, found) if key == "field" else {}
        found.sources.append((column, heading, how, row.ref(key)))


def _how(row: Record, column: str, found: _MappingAnswers) -> dict[str, object]:
    """Return how the values of a column are written."""
    made: dict[str, object] = {}
    if separator := row.text("separator"):
        made["separator"] = separator
    said = row.text("written")
    if not said:
        return made
    code = WRITTEN.code_of(said) or normalise(said)
    kind = found.method.columns[column].type
    if code in ("dmy", "mdy") and kind == "date":
        made["dates"] = code
    elif code in ("percent", "fraction") and kind == "share":
        made["unit"] = code
    elif kind == "money" and code.isdigit() and int(code) > 0:
        made["unit"] = float(code)
    else:
        found.report("npo-map-written", row.ref("written"), found=said, column=FIELDS.local_name(column))
    return made


def _read_value(row: Record, found: _MappingAnswers) -> None:
    """Read the meaning of one value of a column for the fields it is taken for."""
    heading, value = row.id, row.text("value")
    columns = [column for column, of, _, _ in found.sources if of == heading]
    for key, place in (("code", 0), ("also_code", 1)):
        said = row.text(key)
        if not said:
            continue
        if place >= len(columns):
            found.report("npo-map-code-alone", row.ref(key), found=said, column=heading)
            continue
        column = found.method.columns[columns[place]]
        code = country(said) if column.type == "countries" else values_of(column.id).code_of(said)
        if code is None:
            found.report("npo-map-code", row.ref(key), found=said, column=FIELDS.local_name(column.id))
            continue
        found.codes.setdefault((heading, column.id), {})[value] = "" if code == NOTHING else code


def _read_whole(row: Record, found: _MappingAnswers) -> None:
    """One value for the whole register."""
    fact, value, reason = row.id, row.text("value"), row.text("reason")
    if not value:
        if reason and fact:
            found.report("npo-map-value", row.ref("value"), column=name_of_fact(fact))
    elif fact == SHEET:
        found.sheet = value
    elif not reason:
        found.report("npo-map-reason", row.ref("reason"), column=name_of_fact(fact))
    elif fact in CHECKS:
        answer = YES_OR_NO.code_of(value)
        if answer is None:
            found.report("npo-map-code", row.ref("value"), found=value, column=name_of_fact(fact))
        elif answer == "yes":
            found.checked.append(fact)
            found.reasons[fact] = reason
    elif fact != HOME and fact not in FOR_ALL:
        found.report("npo-map-fact", row.row.ref.place, **quote_found(fact))
    else:
        code = country(value) if fact == HOME else values_of(fact).code_of(value)
        if code is None or code == NOTHING:
            found.report("npo-map-code", row.ref("value"), found=value, column=name_of_fact(fact))
        elif fact == HOME:
            found.home, found.reasons[HOME] = code, reason
        else:
            found.whole[fact] = (code, reason, row.ref("value"))


def _mapping(found: _MappingAnswers) -> ColumnMap:
    """Return the fields, with the columns that make up each."""
    fields: dict[str, FieldSource] = {}
    for column, heading, how, where in found.sources:
        kind = found.method.columns[column].type
        codes = found.codes.get((heading, column), {})
        yes = [code for value, code in codes.items() if code and yes_no(value, found.method)]
        now = fields.get(column, FieldSource())
        if kind in _JOINED and yes:
            fields[column] = replace(now, join=MappingProxyType({**now.join, heading: yes[0]}))
            continue
        if yes and kind != "yes_no":
            codes |= dict.fromkeys(found.method.yes, yes[0])
        for value, code in codes.items():
            if now.codes.get(value, code) != code:
                found.report("npo-map-twice", where, found=value, column=FIELDS.local_name(column))
        fields[column] = replace(
            now,
            headings=(*now.headings, heading),
            codes=MappingProxyType({**now.codes, **codes}),
            **how,  # type: ignore[arg-type]
        )
    for column, (code, reason, where) in found.whole.items():
        if column in fields:
            found.report("npo-map-both", where, column=FIELDS.local_name(column))
        else:
            fields[column] = FieldSource(constant=code, because=reason)
    return ColumnMap(
        fields=MappingProxyType(fields),
        home_country=found.home,
        sheet=found.sheet,
        country=found.country,
        reasons=found.reasons,
    )


def describe_stated(fact: str, value: str, language: str) -> tuple[str, str]:
    """Return the name of a fact of the whole register and of its value, in a language.

    >>> describe_stated(HOME, "IQ", "en"), describe_stated("countries_checked", "yes", "en")[1]
    (('Home country', 'Iraq'), 'yes')
    """
    name = name_of_fact(fact).in_language(language)
    choices = COUNTRIES if fact in (HOME, RISK_COUNTRIES.name) else YES_OR_NO if fact in CHECKS else None
    if choices is None and fact in FOR_ALL:
        choices = values_of(fact)
    return name, choices.labels(language).get(value, value) if choices else value
