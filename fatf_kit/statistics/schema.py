"""The declaration of the workbook of figures: tables, the register of cases, the sheet of risks, the cover."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, partial
from itertools import product
from types import MappingProxyType

from fatf_kit.assessment.answers.model import Confidentiality
from fatf_kit.core.languages import LANGUAGES, clean, normalise
from fatf_kit.core.national_words import list_national_forms
from fatf_kit.spreadsheets.marks import HEADING_BREAKS
from fatf_kit.spreadsheets.numbers import read_number
from fatf_kit.spreadsheets.schema import (
    BookSchema,
    CellKind,
    Choices,
    CoverField,
    RowNamer,
    SheetColumn,
    SheetTable,
    scale_choices,
)
from fatf_kit.spreadsheets.sheet import CellValue, SheetContent
from fatf_kit.spreadsheets.words import load_words
from fatf_kit.statistics.definitions import load_definitions
from fatf_kit.statistics.persons import is_heading_of_names
from fatf_kit.statistics.years import read_one_year

_LINE = re.compile(r"[a-z0-9-]+/[a-z0-9-]+/[a-z0-9-]+")
_LONGEST = 160  # characters of a title or an id with invisible marks
_YEAR_KEY = re.compile(r"y(\d{4})")
_CURRENCY = re.compile(r"[A-Z]{3}")
_OUTCOME = re.compile(r"(?:(?:io|ri)[. ]?)?0?(\d{1,2})")
_OUTCOMES = range(1, 12)
_FINANCING = ("tf", "pf")  # threats besides the predicate offences


def make_year_key(year: int) -> str:
    """Return the key of the column of a year."""
    return f"y{year}"


def parse_year_key(key: str) -> int | None:
    """Return the year of a column by its key; None for other columns.

    >>> parse_year_key(make_year_key(2021)), parse_year_key("note")
    (2021, None)
    """
    found = _YEAR_KEY.fullmatch(key)
    return int(found[1]) if found else None


def parse_year_heading(heading: str) -> str | None:
    """Return the key of a column of figures whose heading is one year, or already a key, and has no other words.

    >>> parse_year_heading("2022/23"), parse_year_heading("y2022"), parse_year_heading("2022 (June only)")
    ('y2022', 'y2022', None)
    """
    year = read_one_year(heading)
    return make_year_key(year) if year is not None else None


def find_line(text: object) -> str | None:
    """Return the line whose id a text is; None where it is none."""
    name = clean(str(text)).casefold()
    return name if name in load_definitions().lines else None


@cache
def load_risk_labels(language: str) -> Mapping[str, str]:
    """Return every threat and sector of the sheet of risks by id, in its order."""
    definitions = load_definitions(language)
    words = load_words(language)
    labels = {f"threat/{row.id}": row.label for row in definitions.predicates}
    labels |= {f"threat/{name}": words[f"statistics.risk.{name}"] for name in _FINANCING}
    labels |= {f"sector/{row.id}": row.label for row in definitions.sectors}
    return MappingProxyType(labels)


def find_risk(text: str) -> str | None:
    """Return the id of the threat or sector that a text means, by its id or its name in any language; None for others.

    >>> find_risk("Fraud"), find_risk("escroquerie et fraude"), find_risk("the free zone")
    ('threat/fraud', 'threat/fraud', None)
    """
    return _risks_by_words().get(normalise(text))


def is_risk_id(name: str) -> bool:
    """Return whether a text is the id of a threat or sector."""
    return name in load_risk_labels("en")


def _make_line_namer(sheet: SheetContent) -> RowNamer:
    """Return what gives the line of a row by its id, and by its words where the id is gone, not where it is wrong."""
    texts = [text for text in sheet.distinct if isinstance(text, str) and len(text) < _LONGEST]
    lines = (line for text in texts if (line := find_line(text)))
    tables = {_table_of_tab(sheet.title), *(line.partition("/")[0] for line in lines)}
    tables |= {table for text in texts for table in _lines_by_words().get((normalise(text),), ())}

    def name(values: Mapping[str, CellValue]) -> str | None:
        typed = str(values.get("id", ""))
        if (line := find_line(typed)) or _LINE.fullmatch(clean(typed).casefold()):
            return line
        named = normalise(str(values.get("row", ""))), normalise(str(values.get("measure", "")))
        known = _lines_by_words().get(named, ())
        found = [line for line in known if line.partition("/")[0] in tables]
        return found[0] if len(found) == 1 else None

    return name


def _table_of_tab(title: str) -> str:
    """Return the table whose tab in any language a title is; else the title, which earlier workbooks have as its id."""
    return _tables_by_tab().get(normalise(title), clean(title))


@cache
def _tables_by_tab() -> Mapping[str, str]:
    every = (load_definitions(language).tables.values() for language in LANGUAGES)
    return {normalise(table.tab): table.id for tables in every for table in tables}


@cache
def _lines_by_words() -> Mapping[tuple[str, ...], Sequence[str]]:
    """Return lines by the words of their row and their measure, and tables by their title, in every language."""
    found: dict[tuple[str, ...], dict[str, None]] = {}
    for language in LANGUAGES:
        for line, (table, row, measure) in load_definitions(language).lines.items():
            for words in product(_forms(row.label, language), _forms(measure.label, language)):
                found.setdefault(words, {})[line] = None
            for title in _forms(table.title, language):
                found.setdefault((title,), {})[table.id] = None
    return {words: tuple(names) for words, names in found.items()}


def _forms(text: str, language: str) -> tuple[str, ...]:
    """Return a text as all countries write it, for comparisons."""
    return tuple(map(normalise, list_national_forms(text, language)))


def _make_risk_namer(_: SheetContent) -> RowNamer:
    """Return what gives the threat or sector of a row by its id or its words."""

    def name(values: Mapping[str, CellValue]) -> str | None:
        texts = (normalise(str(values[key])) for key in ("id", "threat") if key in values)
        return next((found for text in texts if (found := _risks_by_words().get(text))), None)

    return name


@cache
def _risks_by_words() -> Mapping[str, str]:
    words: dict[str, str] = {}
    for language in LANGUAGES:
        for name, text in load_risk_labels(language).items():
            words.update(dict.fromkeys(_forms(text, language), name))
    return {**words, **{name: name for name in load_risk_labels("en")}}


def _refuse_names(heading: str) -> str | None:
    is_of_names = any(is_heading_of_names(piece) for piece in HEADING_BREAKS.split(heading))
    return "case-person-column" if is_of_names else None


def _is_restricted(values: Mapping[str, CellValue]) -> bool:
    """Return whether a case is restricted, or its confidentiality is not known."""
    level = values.get("confidentiality")
    code = CONFIDENTIALITY.code_of(str(level))
    return level is not None and code in (Confidentiality.RESTRICTED, None)


def _list_numbers(name: str, numbers: Sequence[int]) -> Choices:
    """Return whole numbers as choices, however they are typed."""

    def parse(text: str) -> str | None:
        number = read_number(text, whole=True).value
        return str(int(number)) if number is not None and number in numbers else None

    codes = {str(number): str(number) for number in numbers}
    return Choices(name, lambda _: codes, also=parse)


def _list_predicates(language: str) -> Mapping[str, str]:
    return {row.id: row.label for row in load_definitions(language).predicates}


def _parse_outcome(text: str) -> str | None:
    """Return the outcome that a text names, as "IO.7", "io 7" or "7"."""
    found = _OUTCOME.fullmatch(normalise(text))
    return f"IO.{int(found[1])}" if found and int(found[1]) in _OUTCOMES else None


def _parse_currency(text: str) -> str | None:
    code = clean(text).upper()
    return code if _CURRENCY.fullmatch(code) else None


@cache
def _list_currencies() -> Mapping[str, str]:
    """Return the currencies of the world by their ISO 4217 codes. Source: CLDR through Babel."""
    from babel.core import get_global
    from babel.numbers import get_territory_currencies

    lists = map(get_territory_currencies, get_global("territory_currencies"))
    return {code: code for code in sorted({code for codes in lists for code in codes})}


YEAR_KINDS = scale_choices("year_kinds", "year_kind")
MONTHS = _list_numbers("months", range(1, 13))
CURRENCIES = Choices("currencies", lambda _: _list_currencies(), also=_parse_currency, is_open=True)
MULTIPLES = _list_numbers("multiples", (1, 1_000, 1_000_000))
LEVELS = scale_choices("risk_levels", "risk_level")
NO_FIGURES = scale_choices("no_figures", "no_figure")
CONFIDENTIALITY = scale_choices("confidentiality_levels", "confidentiality", unknown="confidentiality-unknown")
_OUTCOME_CODES = {f"IO.{number}": f"IO.{number}" for number in _OUTCOMES}
OUTCOMES = Choices("statistics_outcomes", lambda _: _OUTCOME_CODES, also=_parse_outcome)
PREDICATES = Choices("statistics_predicates", _list_predicates)
LISTS = (YEAR_KINDS, MONTHS, CURRENCIES, MULTIPLES, LEVELS, OUTCOMES, PREDICATES, CONFIDENTIALITY)
"""The lists behind the drop-downs."""

_CHOICE = CellKind.CHOICE
_ChoiceColumn = partial(SheetColumn, kind=_CHOICE, prompt="choice")
_HiddenId = partial(SheetColumn, key="id", kind=CellKind.ID, style="id part", hidden=True)
_PrintedColumn = partial(SheetColumn, kind=CellKind.PRINTED)
_ChoiceField = partial(CoverField, kind=_CHOICE, prompt="choice")

FIGURES = SheetTable(
    name="figures",
    unfilled=True,
    dynamic=parse_year_heading,
    dynamic_after="unit",
    row_namer=_make_line_namer,
    ids=lambda: load_definitions().lines,
    columns=(
        _HiddenId(heading="statistics.column.id", width=12),
        _PrintedColumn(key="row", heading="statistics.column.row", width=38, style="row label again", kept=True),
        _PrintedColumn(key="measure", heading="statistics.column.measure", width=38, style="measure", kept=True),
        _PrintedColumn(key="unit", heading="statistics.column.unit", width=9, style="unit"),
        SheetColumn("note", "statistics.column.note", width=40),
    ),
)
"""A line for each row and measure, without the columns of its years."""

CASES = SheetTable(
    name="cases",
    nameless=True,
    refuse=_refuse_names,
    is_restricted=_is_restricted,
    columns=(
        SheetColumn("case", "statistics.case.case", kind=CellKind.ID, width=12, style="short text"),
        _ChoiceColumn(key="outcome", heading="statistics.case.outcome", choices=OUTCOMES, width=11),
        _ChoiceColumn(key="predicate", heading="statistics.case.predicate", choices=PREDICATES, width=24),
        SheetColumn("year", "statistics.case.year", width=11, style="list"),
        SheetColumn("done", "statistics.case.done", width=46, prompt="case_text"),
        SheetColumn("result", "statistics.case.result", width=40, prompt="case_text"),
        SheetColumn("shows", "statistics.case.shows", width=40, prompt="case_text"),
        SheetColumn("core_issues", "statistics.case.core_issues", kind=CellKind.IDS, width=18),
        _ChoiceColumn(
            key="confidentiality", heading="statistics.case.confidentiality", choices=CONFIDENTIALITY, width=16
        ),
    ),
)

RISKS = SheetTable(
    name="risks",
    row_namer=_make_risk_namer,
    ids=lambda: load_risk_labels("en"),
    refuse=_refuse_names,
    columns=(
        _HiddenId(heading="statistics.risk.id", width=22),
        _PrintedColumn(key="threat", heading="statistics.risk.threat", width=46, style="measure", kept=True),
        SheetColumn(
            "level", "statistics.risk.level", kind=_CHOICE, choices=LEVELS, width=16, style="rating", prompt="level"
        ),
        SheetColumn(
            "proceeds",
            "statistics.risk.proceeds",
            kind=CellKind.NUMBER,
            choices=NO_FIGURES,
            width=22,
            style="figure",
            prompt="figure",
        ),
        SheetColumn("why", "statistics.risk.why", width=60),
    ),
)

COVER = (
    CoverField("country", "statistics.cover.country"),
    CoverField("agency", "statistics.cover.agency"),
    _ChoiceField(key="year_kind", label="statistics.cover.year_kind", choices=YEAR_KINDS),
    _ChoiceField(key="year_starts", label="statistics.cover.year_starts", choices=MONTHS),
    _ChoiceField(key="currency", label="statistics.cover.currency", choices=CURRENCIES),
    _ChoiceField(key="multiple", label="statistics.cover.multiple", choices=MULTIPLES),
    CoverField("contact", "statistics.cover.contact"),
)

STATISTICS = BookSchema(
    kind="statistics",
    what="a workbook of statistics and cases",
    command="fatf-kit statistics template",
    tables=(FIGURES, CASES, RISKS),
    fields=COVER,
    is_id=lambda text: find_line(text) is not None or is_risk_id(text),
)
