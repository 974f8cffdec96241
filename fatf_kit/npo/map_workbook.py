"""The workbook on which a regulator says which column of the register holds what. `npo map` writes it filled in.

Three sheets are filled: columns, values of coded columns, and what is the same for the whole register. The fields are
explained on a fourth. `fatf_kit.npo.map_reader` reads it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from fatf_kit.locale import LANGUAGE_TAGS, LANGUAGES, normalise
from fatf_kit.messages import Words
from fatf_kit.npo.convert import code_reader, yes_no
from fatf_kit.npo.method import Column, Method
from fatf_kit.npo.profile import Profile
from fatf_kit.npo.propose import Proposal, Proposed, home_reason, reasons
from fatf_kit.npo.template import dictionary_sheet
from fatf_kit.spreadsheets.cell_writer import Pen
from fatf_kit.spreadsheets.styles import height_of, lines_of

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_CREATED = datetime(2020, 1, 1)  # fixed, because a date of writing would make every copy differ
COLUMNS = {
    "heading": 30,
    "profile": 34,
    "samples": 36,
    "field": 32,
    "also": 28,
    "written": 18,
    "separator": 16,
    "reason": 46,
}
VALUES = {"heading": 30, "value": 44, "rows": 10, "field": 30, "code": 30, "also": 30, "also_code": 30}
WHOLE = {"fact": 3, "name": 44, "value": 36, "reason": 70}
LISTED = ("code", "codes", "yes_no", "level")
"""Kinds of fields whose values come from a list."""
HOME = "home_country"
SHEET = "sheet"
FOR_ALL = ("raises_or_disburses", "purpose", "status", "works_abroad", "member_benefit", "public_body")
"""Fields that may have one value for the whole register, beside the home country."""
NOTHING = "-"
"""The choice for a value that gives no information."""
_HEAD, _KEYS, FIRST = 2, 3, 4
_SPARE = 12
_IDLE = 20
"""So many values at most are listed of a column for which no field is proposed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MapSheet:
    """What the workbook is made of: the register's name and rows, its profiles, the proposals, its sheet if any."""

    name: str
    rows: int
    profiles: Sequence[Profile]
    proposed: Proposed
    sheet: str = ""


def map_workbook(given: MapSheet, method: Method, language: str) -> bytes:
    """The workbook, filled in with the proposals.

    Raises:
        UnknownIdError: no such language.
    """
    t = Words(language)
    pen = Pen(language)
    pen.book.set_properties({"title": t("Mapping of the register"), "created": _CREATED})
    lists = _Lists(method, t)
    rows = _columns_sheet(pen, t, lists, given)
    _values_sheet(pen, t, lists, given, rows)
    _whole_sheet(pen, t, lists, given)
    dictionary_sheet(pen, method, t)
    lists.write(pen)
    return pen.finish()


class _Lists:
    """The choices behind the drop-downs, in one language, and where they are on the hidden sheet."""

    def __init__(self, method: Method, t: Words) -> None:
        self.method, self.t = method, t
        self.fields = field_names(method, t.language)
        self.written = written_names(t)
        self.codes = [
            (self.fields[column.id], code_name)
            for column in method.columns.values()
            if column.type in LISTED
            for code_name in code_names(column, t).values()
        ]

    def code(self, field: str, code: str) -> str:
        """What a code is called."""
        return code_names(self.method.columns[field], self.t).get(code or NOTHING, code)

    def write(self, pen: Pen) -> None:
        sheet = pen.sheet("_lists")
        for row, (field, code) in enumerate(self.codes):
            pen.put(sheet, row, 0, field, "key")
            pen.put(sheet, row, 1, code, "key")
        countries = _countries(self.t.language)
        for column, choices in enumerate((self.fields.values(), self.written.values(), countries), start=2):
            for row, text in enumerate(choices):
                pen.put(sheet, row, column, text, "key")
        pen.book.define_name("npo_fields", f"='_lists'!$C$1:$C${len(self.fields)}")
        pen.book.define_name("npo_written", f"='_lists'!$D$1:$D${len(self.written)}")
        pen.book.define_name("npo_countries", f"='_lists'!$E$1:$E${len(countries)}")
        sheet.very_hidden()

    def source(self, cell: str) -> str:
        """The choices of the field that a cell names."""
        fields = f"'_lists'!$A$1:$A${len(self.codes)}"
        return f"=OFFSET('_lists'!$B$1,MATCH({cell},{fields},0)-1,0,COUNTIF({fields},{cell}),1)"


def _columns_sheet(pen: Pen, t: Words, lists: _Lists, given: MapSheet) -> dict[str, int]:
    """The sheet of columns; gives the row (from 0) of each heading."""
    title = t("Columns")
    sheet = pen.sheet(title, COLUMNS.values(), tab="#1F3A52")
    note = t(
        "Internal: the samples are rows of your own register. Look at each proposed field and correct it from the "
        "list; 'Dictionary' explains every field. A column may show two fields. For a third, write its heading again "
        "in a free row at the end. Several yes/no columns may be given the same field; the sheet 'Values' says what a "
        "yes means. Columns without a field are not used."
    )
    heads = (t("Column of the register"), t("What its values look like"), t("Samples"), t("Field"), t("Second field"),
             t("How it is written"), t("Sign between parts"), t("Why this is proposed"))  # fmt: skip
    heading = t("Mapping of {register} ({rows} rows)", register=given.name, rows=t.number(given.rows))
    _top(pen, sheet, heading, note, heads, COLUMNS)
    why, places = reasons(t), {}
    for row, one in enumerate(given.profiles, start=FIRST):
        places[one.heading] = row
        made = given.proposed.of(one.heading)
        main, second = (*made, None, None)[:2]
        reason = why[main.reason] if main else why[given.proposed.left.get(one.heading, "none")]
        if main and main.is_order_unclear:
            reason += " " + t("Say whether day or month comes first.")
        samples = "\n".join(one.samples()) if not one.is_personal else t("not shown")
        cells = (
            (one.heading, "label"),
            (profile_text(one, t), "prose"),
            (samples, "kept"),
            (lists.fields[main.field] if main else None, "field"),
            (lists.fields[second.field] if second else None, "field"),
            (_written(main, lists), "field"),
            (main.separator if main else None, "field"),
            (reason, "prose"),
        )
        for place, (value, style) in enumerate(cells):
            pen.put(sheet, row, place, value, style)
        lines = (lines_of(value or "", width) for (value, _), width in zip(cells, COLUMNS.values(), strict=True))
        sheet.set_row(row, height_of(max(lines) + 0.3))
    last = FIRST + len(given.profiles) + _SPARE - 1
    for row in range(FIRST + len(given.profiles), last + 1):
        for place, key in enumerate(COLUMNS):
            if key in ("heading", "field", "also", "written", "separator"):
                pen.put(sheet, row, place, None, "field")
    for key, name in (("field", "npo_fields"), ("also", "npo_fields"), ("written", "npo_written")):
        _choose(pen, sheet, (FIRST, last), list(COLUMNS).index(key), f"={name}")
    sheet.freeze_panes(FIRST, 1)
    pen.print_setup(sheet, heading, landscape=True, repeat=FIRST)
    return places


def _values_sheet(pen: Pen, t: Words, lists: _Lists, given: MapSheet, rows: Mapping[str, int]) -> None:
    sheet = pen.sheet(t("Values"), VALUES.values(), tab="#1F3A52")
    note = t(
        "What each value of a coded column means: choose it from the list, which follows the field on the sheet "
        "'Columns'. '{nothing}' is for a value that gives no information. A value that ends in * is for all values "
        "that begin like it. A blank leaves the value as it is.",
        nothing=t("not known"),
    )
    heads = (t("Column of the register"), t("Value"), t("Rows looked at"), t("Field"), t("It means"),
             t("Second field"), t("It means"))  # fmt: skip
    _top(pen, sheet, t("Values of coded columns"), note, heads, VALUES)
    row, columns = FIRST, t("Columns")
    for one in given.profiles:
        made = given.proposed.of(one.heading)
        main, second = (*made, None, None)[:2]
        for value, count in _values(one, made, lists.method, t):
            pen.put(sheet, row, 0, one.heading, "label")
            pen.put(sheet, row, 1, value, "kept")
            pen.put(sheet, row, 2, count, "count")
            for place, key, proposal in ((3, "D", main), (5, "E", second)):
                name = lists.fields[proposal.field] if proposal else ""
                cell = f"'{columns}'!${key}${rows[one.heading] + 1}"
                pen.formula(sheet, row, place, f'={cell}&""', name, "prose")
                code = _code_of(proposal, value, lists) if proposal else None
                pen.put(sheet, row, place + 1, code, "field")
            row += 1
    for place, key in ((4, "D"), (6, "F")):
        if row > FIRST:
            _choose(pen, sheet, (FIRST, row - 1), place, lists.source(f"${key}{FIRST + 1}"))
    sheet.freeze_panes(FIRST, 2)
    pen.print_setup(sheet, t("Values of coded columns"), landscape=True, repeat=FIRST)


def _values(one: Profile, made: Sequence[Proposal], method: Method, t: Words) -> list[tuple[str, int]]:
    """The values to go through, the most frequent first, prefixes before them."""
    prefixes = dict.fromkeys(key for proposal in made for key in proposal.codes if key.endswith("*"))
    counts = [(key, sum(n for text, n in one.items.items() if text.startswith(key[:-1]))) for key in prefixes]
    if prefixes:
        return counts
    kinds = {method.columns[proposal.field].type for proposal in made}
    if not one.is_coded or "date" in one.kinds or (made and not kinds & set(LISTED)):
        return []
    ordered = sorted(one.items.items(), key=lambda item: (-item[1], item[0]))
    if "yes_no" in one.kinds and not any(proposal.codes for proposal in made):
        return [(t("yes"), sum(n for text, n in ordered if yes_no(text, method)))]
    is_idle = not made and (not one.repeats or len(ordered) > _IDLE or one.kinds & {"amount", "countries"})
    return [] if is_idle else ordered


def _code_of(proposal: Proposal, value: str, lists: _Lists) -> str | None:
    column = lists.method.columns[proposal.field]
    if proposal.joined is not None:
        return lists.code(proposal.field, proposal.joined)
    code = proposal.codes.get(value)
    if code is None:
        code = code_reader(column)(value)
        if column.type == "yes_no" and (said := yes_no(value, lists.method)) is not None:
            code = "yes" if said else "no"
    return None if code is None else lists.code(proposal.field, code)


def _whole_sheet(pen: Pen, t: Words, lists: _Lists, given: MapSheet) -> None:
    sheet = pen.sheet(t("Whole register"), WHOLE.values(), tab="#5B6B79")
    sheet.set_column(0, 0, 3, None, {"hidden": True})
    note = t(
        "What is the same for every body of the register, because the law or its kind says so. Each value needs a "
        "reason. A field that is taken from a column must stay blank here."
    )
    heads = (t("Id"), t("Fact"), t("Value"), t("Reason"))
    _top(pen, sheet, t("The same for the whole register"), note, heads, WHOLE)
    home = given.proposed.home
    facts = [(HOME, t("Home country"), _country_name(home[0], t.language) if home else None)]
    facts += [(field, lists.fields[field], None) for field in FOR_ALL]
    if given.sheet:
        facts.append((SHEET, t("Sheet of the workbook"), given.sheet))
    for row, (fact, name, value) in enumerate(facts, start=FIRST):
        pen.put(sheet, row, 0, fact, "key")
        pen.put(sheet, row, 1, name, "label")
        pen.put(sheet, row, 2, value, "field")
        reason = home_reason(given.proposed, t) if fact == HOME else None
        pen.put(sheet, row, 3, reason, "text")
        if fact == HOME:
            _choose(pen, sheet, (row, row), 2, "=npo_countries")
        elif fact != SHEET:
            _choose(pen, sheet, (row, row), 2, lists.source(f"$B{row + 1}"))
    sheet.freeze_panes(FIRST, 2)
    pen.print_setup(sheet, t("The same for the whole register"), landscape=True)


def _top(pen: Pen, sheet: Worksheet, title: str, note: str, heads: Sequence[str], widths: Mapping[str, float]) -> None:
    pen.put(sheet, 0, 1 if "fact" in widths else 0, title, "title")  # the first column of that sheet is hidden
    sheet.set_row(0, 30)
    pen.note(sheet, 1, len(widths) - 1, note, height_of(lines_of(note, sum(widths.values()) * 0.9)))
    for place, (key, head) in enumerate(zip(widths, heads, strict=True)):
        pen.put(sheet, _HEAD, place, head, "heading padded")
        pen.put(sheet, _KEYS, place, key, "key")
    sheet.set_row(_HEAD, height_of(3.2))
    sheet.set_row(_KEYS, None, None, {"hidden": True})


def _choose(pen: Pen, sheet: Worksheet, rows: tuple[int, int], column: int, source: str) -> None:
    options: dict[str, Any] = {
        "validate": "list",
        "source": source,
        "error_title": pen.words["error.list.title"],
        "error_message": pen.words["error.list"],
    }
    sheet.data_validation(rows[0], column, rows[1], column, options)


def _written(proposal: Proposal | None, lists: _Lists) -> str | None:
    said = (proposal.unit or proposal.dates) if proposal else None
    return lists.written[said] if said else None


def profile_text(one: Profile, t: Words) -> str:
    """What the values of a column look like, in words."""
    if not one.filled:
        return t("empty")
    words = {
        "yes_no": t("yes or no"),
        "date": t("dates"),
        "mail": t("e-mail addresses"),
        "phone": t("telephone numbers"),
        "countries": t("countries by code") if one.by_code else t("countries by name"),
        "share": t("may be shares"),
        "count": t("whole numbers"),
        "amount": t("amounts"),
        "long": t("long text"),
        "list": t("lists"),
        "unique": t("each value once"),
    }
    kinds = [text for kind, text in words.items() if kind in one.kinds]
    if "count" in one.kinds:
        kinds.remove(words["amount"])
    if "share" in one.kinds and "yes_no" in one.kinds:
        kinds.remove(words["share"])
    if one.is_coded and one.repeats and not one.kinds & {"date", "yes_no", "amount"}:
        kinds.append(t.plural("{n} different value", "{n} different values", len(one.items)))
    filled = t("filled in {share}", share=t.percent(round(100 * one.filled / one.rows)))
    return t.points([*(kinds or [t("text")]), filled])


def field_names(method: Method, language: str) -> Mapping[str, str]:
    """What each field is called, by id."""
    return MappingProxyType({column.id: column.name[language] for column in method.columns.values()})


def fields_by_name(method: Method) -> Mapping[str, str]:
    """The field behind an id or a name in any language."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        found |= {normalise(name): field for field, name in field_names(method, language).items()}
    return MappingProxyType(found | {field: field for field in method.columns})


def code_names(column: Column, t: Words) -> dict[str, str]:
    """What the values of a field are called, by code; `NOTHING` stands for a value that gives no information."""
    if column.type == "yes_no":
        names = {"yes": t("yes"), "no": t("no")}
    else:
        names = {code.code: code.name[t.language] for code in column.codes}
    if column.type == "level":
        names = {code: f"{code} {name}" for code, name in names.items()}
    return {**names, NOTHING: t("not known")}


def codes_by_name(column: Column) -> Mapping[str, str]:
    """The code behind a code or its name in any language."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        found |= {normalise(name): code for code, name in code_names(column, Words(language)).items()}
    return {**found, **{normalise(code): code for code in found.values()}}


def written_names(t: Words) -> dict[str, str]:
    """How dates, shares and amounts may be written, by what a mapping calls it."""
    return {
        "dmy": t("day first"),
        "mdy": t("month first"),
        "percent": t("per cent"),
        "fraction": t("parts of one"),
        "1000": t("thousands"),
        "1000000": t("millions"),
    }


def _country_name(code: str, language: str) -> str:
    from babel import Locale

    return str(Locale.parse(LANGUAGE_TAGS[language], sep="-").territories.get(code, code))


@cache
def _countries(language: str) -> tuple[str, ...]:
    """The names of all countries in a language, in its order."""
    from babel import Locale

    from fatf_kit.npo.convert import country

    names = Locale.parse(LANGUAGE_TAGS[language], sep="-").territories
    return tuple(sorted(name for code, name in names.items() if len(code) == 2 and country(name) == code))
