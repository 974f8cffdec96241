"""The blank register: a workbook in the reader's language, the heading line of a CSV, and the data dictionary.

A filled template is read back without a mapping: columns are known by their id or their name in any language.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

from fatf_kit.core.messages import Translator
from fatf_kit.core.national_words import choose_text
from fatf_kit.core.store import write_outputs
from fatf_kit.npo.method.load import Factor, Method, RegisterColumn
from fatf_kit.npo.register.template_schema import DICTIONARY, NATIONAL, REGISTER, register_table
from fatf_kit.spreadsheets.cell_writer import BookWriter
from fatf_kit.spreadsheets.stamp import write_stamp
from fatf_kit.spreadsheets.writer import RowValues, write_lists, write_table

_ROWS, _A3 = 500, 8


def write_register_template(folder: Path, method: Method, language: str) -> tuple[Path, ...]:
    """Write the workbook, the heading line and the dictionary into a folder.

    Raises:
        UnknownIdError: no such language.
        FatfKitError: the folder cannot be written to.
    """
    t = Translator(language)
    contents = {
        f"npo-register-{language}.xlsx": _workbook(method, t),
        "npo-register.csv": _csv([list(method.columns)]),
        f"npo-register-dictionary-{language}.csv": _csv(dictionary(method, t)),
    }
    return write_outputs(folder, contents, force=True)


def dictionary(method: Method, t: Translator) -> list[list[str]]:
    """One line for each column: id, name, group, kind, help, what is allowed, and the factors it informs."""
    lines = [[column.heading_in(t.language) for column in DICTIONARY.columns]]
    for column in method.columns.values():
        lines.append(
            [
                column.id,
                choose_text(column.name, t.language),
                choose_text(method.groups[column.group], t.language),
                kinds(t)[column.type],
                choose_text(column.help, t.language),
                t.points(allowed(column, t)),
                t.listed(method.informs(column.id)),
            ]
        )
    return lines


def kinds(t: Translator) -> dict[str, str]:
    """Return what the kinds of columns are called."""
    return {
        "id": t("number or text"),
        "code": t("one of a list"),
        "codes": t("one or more of a list"),
        "date": t("date"),
        "text": t("text"),
        "texts": t("texts"),
        "yes_no": t("yes or no"),
        "money": t("amount"),
        "share": t("share"),
        "count": t("number"),
        "countries": t("countries"),
        "level": t("level 1 to 5"),
    }


def allowed(column: RegisterColumn, t: Translator) -> list[str]:
    """Return the values of a list in words; levels with their number."""
    names = [choose_text(code.name, t.language) for code in column.codes]
    return [f"{n} {name}" for n, name in enumerate(names, start=1)] if column.type == "level" else names


def _workbook(method: Method, t: Translator) -> bytes:
    cell_writer, title = BookWriter(t.language), t("Register of non-profit organisations")
    register = register_table(method)
    place = write_table(
        cell_writer, t("Register"), register, (), tab="#1F3A52", heading=title, spare=_ROWS, keyed=False
    )
    place.sheet.worksheet.set_paper(_A3)  # one page wide
    dictionary_sheet(cell_writer, method, t)
    heading = t("National factors")
    factors = [describe_factor(factor, t) for factor in method.national]
    write_table(cell_writer, heading, NATIONAL, factors, tab="#5B6B79", freeze=2, spare=0)
    write_lists(
        cell_writer, dict.fromkeys(c.choices for c in (*register.columns, *NATIONAL.columns) if c.choices is not None)
    )
    write_stamp(cell_writer, REGISTER, title, {"language": t.language})
    return cell_writer.finish()


def describe_factor(factor: Factor, t: Translator) -> RowValues:
    """Return the row of a national factor: its id, its name, and what each level means."""
    levels = [f"{n} {choose_text(anchor, t.language)}" for n, anchor in enumerate(factor.anchors, start=1)]
    return {"id": factor.id, "factor": choose_text(factor.name, t.language), "allowed": t.points(levels)}


def dictionary_sheet(cell_writer: BookWriter, method: Method, t: Translator) -> None:
    """Every field with its help, in the workbook's language."""
    lines = [dict(zip(DICTIONARY.by_key, line, strict=True)) for line in dictionary(method, t)[1:]]
    write_table(cell_writer, t("Dictionary"), DICTIONARY, lines, tab="#5B6B79", spare=0)


def _csv(lines: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(lines)
    return text.getvalue().encode("utf-8-sig")
