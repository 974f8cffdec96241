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
_OUTCOME = re.compile(r"(?:io[. ]?)?0?(\d{1,2})")
_OUTCOMES, _MONTHS, _MULTIPLES = range(1, 12), range(1, 13), (1, 1_000, 1_000_000)
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
    threats = {f"threat/{row.id}": row.label for row in definitions.predicates}
    threats |= {f"threat/{name}": load_words(language)[f"statistics.risk.{name}"] for name in _FINANCING}
    return MappingProxyType({**threats, **{f"sector/{row.id}": row.label for row in definitions.sectors}})


def is_risk_id(name: str) -> bool:
    """Return whether a text is the id of a threat or sector."""
    return name in load_risk_labels("en")


def _make_line_namer(sheet: SheetContent) -> RowNamer:
    """Return what gives the line of a row by its id, and by its words where the id is gone, not where it is wrong."""
    texts = [text for text in sheet.distinct if isinstance(text, str) and len(text) < _LONGEST]
    tables = {_table_of_tab(sheet.title), *(line.partition("/")[0] for text in texts if (line := find_line(text)))}
    tables |= {table for text in texts for table in _lines_by_words().get((normalise(text),), ())}

    def name(values: Mapping[str, CellValue]) -> str | None:
        typed = str(values.get("id", ""))
        if (line := find_line(typed)) or _LINE.fullmatch(clean(typed).casefold()):
            return line
        named = normalise(str(values.get("row", ""))), normalise(str(values.get("measure", "")))
        found = [line for line in _lines_by_words().get(named, ()) if line.partition("/")[0] in tables]
        return found[0] if len(found) == 1 else None

    return name


def _table_of_tab(title: str) -> str:
    """Return the table whose tab in any language a title is; else the title, which earlier workbooks have as its id."""
    return _tables_by_tab().get(normalise(title), clean(title))


@cache
def _tables_by_tab() -> Mapping[str, str]:
    tables = (table for language in LANGUAGES for table in load_definitions(language).tables.values())
    return {normalise(table.tab): table.id for table in tables}


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
    labels = [(text, name, language) for language in LANGUAGES for name, text in load_risk_labels(language).items()]
    words = {form: name for text, name, language in labels for form in _forms(text, language)}
    return {**words, **{name: name for _, name, _ in labels}}


def _refuse_names(heading: str) -> str | None:
    is_of_names = any(is_heading_of_names(piece) for piece in HEADING_BREAKS.split(heading))
    return "case-person-column" if is_of_names else None


def _is_restricted(values: Mapping[str, CellValue]) -> bool:
    """Return whether a case is restricted, or its confidentiality is not known."""
    level = values.get("confidentiality")
    return level is not None and CONFIDENTIALITY.code_of(str(level)) in (Confidentiality.RESTRICTED, None)


def _list_codes(codes: Sequence[object], _: str) -> Mapping[str, str]:
    return {str(code): str(code) for code in codes}


def _parse_outcome(text: str) -> str | None:
    """Return the outcome that a text names, as "IO.7", "io 7" or "7"."""
    found = _OUTCOME.fullmatch(normalise(text))
    return f"IO.{int(found[1])}" if found and int(found[1]) in _OUTCOMES else None


def _parse_whole(known: Sequence[int], text: str) -> str | None:
    number = read_number(text, whole=True).value
    return str(int(number)) if number is not None and number in known else None


def _parse_currency(text: str) -> str | None:
    code = clean(text).upper()
    return code if _CURRENCY.fullmatch(code) else None


@cache
def _list_currencies() -> Mapping[str, str]:
    """Return the currencies of the world by their ISO 4217 codes. Source: CLDR through Babel."""
    from babel.core import get_global
    from babel.numbers import get_territory_currencies

    codes = {code for country in get_global("territory_currencies") for code in get_territory_currencies(country)}
    return {code: code for code in sorted(codes)}


YEAR_KINDS = scale_choices("year_kinds", "year_kind")
MONTHS = Choices("months", partial(_list_codes, _MONTHS), also=partial(_parse_whole, _MONTHS))
CURRENCIES = Choices("currencies", lambda _: _list_currencies(), also=_parse_currency, is_open=True)
MULTIPLES = Choices("multiples", partial(_list_codes, _MULTIPLES), also=partial(_parse_whole, _MULTIPLES))
LEVELS = scale_choices("risk_levels", "risk_level")
NO_FIGURES = scale_choices("no_figures", "no_figure")
CONFIDENTIALITY = scale_choices("confidentiality_levels", "confidentiality", unknown="confidentiality-unknown")
OUTCOMES = Choices("statistics_outcomes", lambda _: {f"IO.{n}": f"IO.{n}" for n in _OUTCOMES}, also=_parse_outcome)
PREDICATES = Choices(
    "statistics_predicates", lambda language: {row.id: row.label for row in load_definitions(language).predicates}
)
LISTS = (YEAR_KINDS, MONTHS, CURRENCIES, MULTIPLES, LEVELS, OUTCOMES, PREDICATES, CONFIDENTIALITY)
"""The lists behind the drop-downs."""

_ID, _PRINTED, _CHOICE = CellKind.ID, CellKind.PRINTED, CellKind.CHOICE
_ChoiceColumn = partial(SheetColumn, kind=_CHOICE, prompt="choice")
_ChoiceField = partial(CoverField, kind=_CHOICE, prompt="choice")

FIGURES = SheetTable(
    name="figures",
    unfilled=True,
    dynamic=parse_year_heading,
    row_namer=_make_line_namer,
    columns=(
        SheetColumn(key="id", heading="statistics.column.id", kind=_ID, width=12, style="id part", hidden=True),
        SheetColumn(
            key="row", heading="statistics.column.row", kind=_PRINTED, width=38, style="row label again", kept=True
        ),
        SheetColumn(
            key="measure", heading="statistics.column.measure", kind=_PRINTED, width=38, style="measure", kept=True
        ),
        SheetColumn(key="unit", heading="statistics.column.unit", kind=_PRINTED, width=9, style="unit"),
        SheetColumn(key="note", heading="statistics.column.note", width=40),
    ),
)
"""A line for each row and measure, without the columns of its years, which come before the notes."""

CASES = SheetTable(
    name="cases",
    nameless=True,
    refuse=_refuse_names,
    is_restricted=_is_restricted,
    columns=(
        SheetColumn(key="case", heading="statistics.case.case", kind=_ID, width=12, style="short text"),
        _ChoiceColumn(key="outcome", heading="statistics.case.outcome", choices=OUTCOMES, width=11),
        _ChoiceColumn(key="predicate", heading="statistics.case.predicate", choices=PREDICATES, width=24),
        SheetColumn(key="year", heading="statistics.case.year", width=11, style="list"),
        SheetColumn(key="done", heading="statistics.case.done", width=46, prompt="case_text"),
        SheetColumn(key="result", heading="statistics.case.result", width=40, prompt="case_text"),
        SheetColumn(key="shows", heading="statistics.case.shows", width=40, prompt="case_text"),
        SheetColumn(key="core_issues", heading="statistics.case.core_issues", kind=CellKind.IDS, width=18),
        _ChoiceColumn(
            key="confidentiality", heading="statistics.case.confidentiality", choices=CONFIDENTIALITY, width=16
        ),
    ),
)

RISKS = SheetTable(
    name="risks",
    row_namer=_make_risk_namer,
    refuse=_refuse_names,
    columns=(
        SheetColumn(key="id", heading="statistics.risk.id", kind=_ID, width=22, style="id part", hidden=True),
        SheetColumn(
            key="threat", heading="statistics.risk.threat", kind=_PRINTED, width=46, style="measure", kept=True
        ),
        SheetColumn(
            key="level",
            heading="statistics.risk.level",
            kind=_CHOICE,
            choices=LEVELS,
            width=16,
            style="rating",
            prompt="level",
        ),
        SheetColumn(
            key="proceeds",
            heading="statistics.risk.proceeds",
            kind=CellKind.NUMBER,
            choices=NO_FIGURES,
            width=22,
            style="figure",
            prompt="figure",
        ),
        SheetColumn(key="why", heading="statistics.risk.why", width=60),
    ),
)

COVER = (
    CoverField(key="country", label="statistics.cover.country"),
    CoverField(key="agency", label="statistics.cover.agency"),
    _ChoiceField(key="year_kind", label="statistics.cover.year_kind", choices=YEAR_KINDS),
    _ChoiceField(key="year_starts", label="statistics.cover.year_starts", choices=MONTHS),
    _ChoiceField(key="currency", label="statistics.cover.currency", choices=CURRENCIES),
    _ChoiceField(key="multiple", label="statistics.cover.multiple", choices=MULTIPLES),
    CoverField(key="contact", label="statistics.cover.contact"),
)

STATISTICS = BookSchema(
    kind="statistics",
    what="a workbook of statistics and cases",
    command="fatf-kit statistics template",
    tables=(FIGURES, CASES, RISKS),
    fields=COVER,
    is_id=lambda text: find_line(text) is not None or is_risk_id(text),
)
