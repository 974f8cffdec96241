"""The workbook of `npo map`, filled in with what is proposed.

Its sheets are columns, values of coded columns, what is the same for the whole register, countries and areas of risk,
national factors, and a dictionary that explains the fields.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fatf_kit.core.messages import Translator
from fatf_kit.npo.mapping.column_map import HOME
from fatf_kit.npo.mapping.country_sheets import list_checks, write_country_sheets
from fatf_kit.npo.mapping.profile import ColumnProfile
from fatf_kit.npo.mapping.proposals import ColumnProposal, MappingProposal, home_reason, reasons
from fatf_kit.npo.mapping.workbook import (
    COLUMNS,
    FIELDS,
    FOR_ALL,
    LISTED,
    LISTS,
    MAPPING,
    NOTHING,
    SHEET,
    VALUES,
    WHOLE,
    values_of,
)
from fatf_kit.npo.method.load import Method
from fatf_kit.npo.register.cell_values import code_reader, yes_no
from fatf_kit.npo.register.template import dictionary_sheet
from fatf_kit.spreadsheets.cell_writer import BookWriter
from fatf_kit.spreadsheets.sheet import format_column
from fatf_kit.spreadsheets.stamp import write_stamp
from fatf_kit.spreadsheets.writer import FormulaCell, RowValues, write_lists, write_table

_SPARE = 12
_IDLE = 20
"""So many values at most are listed of a column for which no field is proposed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MapSheet:
    """The content of the workbook: the register's name and rows, its profiles, the proposals, its sheet if any."""

    name: str
    rows: int
    profiles: Sequence[ColumnProfile]
    proposed: MappingProposal
    sheet: str = ""


def map_workbook(given: MapSheet, method: Method, language: str) -> bytes:
    """Return the workbook, filled in with the proposals.

    Raises:
        UnknownIdError: no such language.
    """
    t = Translator(language)
    cell_writer = BookWriter(language)
    _columns_sheet(cell_writer, t, given)
    _values_sheet(cell_writer, t, given, method)
    _whole_sheet(cell_writer, t, given)
    write_country_sheets(cell_writer, method, t)
    dictionary_sheet(cell_writer, method, t)
    write_lists(cell_writer, LISTS)
    write_stamp(cell_writer, MAPPING, t("Mapping of the register"), {"language": language, "register": given.name})
    return cell_writer.finish()


def _columns_sheet(cell_writer: BookWriter, t: Translator, given: MapSheet) -> None:
    note = t(
        "Internal: the samples are rows of your own register. Look at each proposed field and "
        "correct it from the list; 'Dictionary' explains every field. A column may show two fields. "
        "For a third, write its heading again in a free row at the end. Several yes/no columns may "
        "be given the same field; the sheet 'Values' shows what a yes means. Columns without a field "
        "are not used."
    )
    heading = t("Mapping of {register} ({rows} rows)", register=given.name, rows=t.number(given.rows))
    rows = [_column_row(one, given.proposed, t) for one in given.profiles]
    write_table(
        cell_writer, t("Columns"), COLUMNS, rows, tab="#1F3A52", heading=heading, above=(heading, note), spare=_SPARE
    )


def _column_row(one: ColumnProfile, proposed: MappingProposal, t: Translator) -> RowValues:
    main, second = (*proposed.of(one.heading), None, None)[:2]
    why = reasons(t)
    reason = why[main.reason] if main else why[proposed.left.get(one.heading, "none")]
    if main and main.is_order_unclear:
        reason += " " + t("Choose whether day or month comes first.")
    return {
        "heading": one.heading,
        "profile": profile_text(one, t),
        "samples": t("not shown") if one.is_personal else "\n".join(one.samples()),
        "field": main.field if main else None,
        "also": second.field if second else None,
        "written": (main.unit or main.dates) if main else None,
        "separator": main.separator if main else None,
        "reason": reason,
    }


def _values_sheet(cell_writer: BookWriter, t: Translator, given: MapSheet, method: Method) -> None:
    title = t("Values of coded columns")
    note = t(
        "Choose from the list what each value of a coded column means. The list follows the field on "
        "the sheet 'Columns'. '{nothing}' is for a value that gives no information. A value that "
        "ends in * is for all values that begin like it. A blank leaves the value as it is.",
        nothing=t("not known"),
    )
    rows = [row for one in given.profiles for row in _value_rows(one, given.proposed.of(one.heading), method, t)]
    write_table(
        cell_writer, t("Values"), VALUES, rows, tab="#1F3A52", heading=title, above=(title, note), freeze=2, spare=0
    )
    cell_writer.may_show(FIELDS.labels(t.language).values())


def _value_rows(
    one: ColumnProfile, made: Sequence[ColumnProposal], method: Method, t: Translator
) -> Iterator[RowValues]:
    proposed = dict(zip((("field", "code"), ("also", "also_code")), made, strict=False))
    for value, count in _values(one, made, method, t):
        row: dict[str, str | int | FormulaCell | None] = {"heading": one.heading, "value": value, "rows": count}
        for keys in (("field", "code"), ("also", "also_code")):
            proposal = proposed.get(keys)
            shown = FIELDS.label(proposal.field, t.language) if proposal else ""
            row[keys[0]] = FormulaCell(_repeated(keys[0], t), shown)
            code = _code_of(proposal, value, method) if proposal else None
            row[keys[1]] = None if code is None or proposal is None else _shown(proposal.field, code, t)
        yield row


def _repeated(key: str, t: Translator) -> str:
    """Return a formula for what the sheet of columns says of the column in the same row, wherever both were sorted."""
    sheet, column = t("Columns").replace("'", "''"), format_column(list(COLUMNS.by_key).index(key))
    heading = "{heading}"
    for sign in "~?*":  # which would stand for other characters
        heading = f'SUBSTITUTE({heading},"{sign}","~{sign}")'
    return f"IFERROR(INDEX('{sheet}'!${column}:${column},MATCH({heading},'{sheet}'!$A:$A,0))&\"\",\"\")"


def _shown(field: str, code: str, t: Translator) -> str:
    return values_of(field).label(code or NOTHING, t.language)


def _values(one: ColumnProfile, made: Sequence[ColumnProposal], method: Method, t: Translator) -> list[tuple[str, int]]:
    """Return the values to go through, the most frequent first, prefixes before them."""
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


def _code_of(proposal: ColumnProposal, value: str, method: Method) -> str | None:
    column = method.columns[proposal.field]
    if proposal.joined is not None:
        return proposal.joined
    code = proposal.codes.get(value)
    if code is None:
        code = code_reader(column)(value)
        if column.type == "yes_no" and (said := yes_no(value, method)) is not None:
            code = "yes" if said else "no"
    return code


def _whole_sheet(cell_writer: BookWriter, t: Translator, given: MapSheet) -> None:
    title = t("The same for the whole register")
    note = t(
        "These facts are the same for every body of the register, by law or by the kind of register. "
        "Each value needs a reason. Leave a field blank here if a column provides it."
    )
    home = given.proposed.home
    rows: list[RowValues] = [
        {
            "fact": HOME,
            "name": t("Home country"),
            "value": home[0] if home else None,
            "reason": home_reason(given.proposed, t),
        }
    ]
    rows += [{"fact": field, "name": FIELDS.label(field, t.language)} for field in FOR_ALL]
    rows += list_checks(t)
    if given.sheet:
        rows.append({"fact": SHEET, "name": t("Sheet of the workbook"), "value": given.sheet})
    write_table(
        cell_writer,
        t("Whole register"),
        WHOLE,
        rows,
        tab="#5B6B79",
        heading=title,
        above=(title, note),
        freeze=2,
        spare=0,
    )


def profile_text(one: ColumnProfile, t: Translator) -> str:
    """Return what the values of a column look like, in words."""
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
