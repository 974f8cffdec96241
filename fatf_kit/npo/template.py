"""The blank register: a workbook in the reader's language, the heading line of a CSV, and the data dictionary.

A filled template is read back without a mapping: columns are known by their id or their name in any language.
"""

from __future__ import annotations

import csv
import io
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from fatf_kit.files import write_file
from fatf_kit.messages import Words
from fatf_kit.npo.method import Column, Method
from fatf_kit.spreadsheets.cell_writer import Pen

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_CREATED = datetime(2020, 1, 1)  # fixed, because a date of writing would make every copy differ
_ROWS = 500
_LIST_LIMIT = 255
NATIONAL = ("id", "factor", "value", "reason")


def write_register_template(folder: Path, method: Method, language: str) -> tuple[Path, ...]:
    """Write the workbook, the heading line and the dictionary into a folder.

    Raises:
        UnknownIdError: no such language.
        FatfKitError: the folder cannot be written to.
    """
    t = Words(language)
    return (
        write_file(folder / f"npo-register-{language}.xlsx", _workbook(method, t)),
        write_file(folder / "npo-register.csv", _csv([list(method.columns)])),
        write_file(folder / f"npo-register-dictionary-{language}.csv", _csv(dictionary(method, t))),
    )


def dictionary(method: Method, t: Words) -> list[list[str]]:
    """One line for each column: id, name, group, kind, help, what is allowed, and the factors it informs."""
    head = [t("Column"), t("Name"), t("Group"), t("Kind"), t("Help"), t("Allowed"), t("Informs")]
    lines = [head]
    for column in method.columns.values():
        lines.append(
            [
                column.id,
                column.name[t.language],
                method.groups[column.group][t.language],
                kinds(t)[column.type],
                column.help[t.language],
                t.points(allowed(column, t)),
                t.listed(method.informs(column.id)),
            ]
        )
    return lines


def kinds(t: Words) -> dict[str, str]:
    """What the kinds of columns are called."""
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


def allowed(column: Column, t: Words) -> list[str]:
    """The values of a list in words; levels with their number."""
    names = [code.name[t.language] for code in column.codes]
    return [f"{n} {name}" for n, name in enumerate(names, start=1)] if column.type == "level" else names


def _workbook(method: Method, t: Words) -> bytes:
    pen = Pen(t.language)
    pen.book.set_properties({"title": t("Register of non-profit organisations"), "created": _CREATED})
    columns = list(method.columns.values())
    sheet = pen.sheet(t("Register"), [22] * len(columns), tab="#1F3A52")
    for place, column in enumerate(columns):
        pen.put(sheet, 0, place, column.name[t.language], "heading")
        _choices(sheet, place, column, t)
    sheet.set_row(0, 64)
    sheet.unprotect_range(f"A2:{_letters(len(columns) - 1)}1048576")
    sheet.freeze_panes(1, 1)
    dictionary_sheet(pen, method, t)
    _national_sheet(pen, method, t)
    return pen.finish()


def _choices(sheet: Worksheet, place: int, column: Column, t: Words) -> None:
    """A drop-down where the list is closed and short; other texts stay possible, because the reader knows more."""
    options = [t("yes"), t("no")] if column.type == "yes_no" else []
    if column.type == "code":
        options = [code.name[t.language] for code in column.codes]
    if column.type == "level":
        options = [str(level) for level in range(1, len(column.codes) + 1)]
    if options and len(",".join(options)) < _LIST_LIMIT and not any("," in option for option in options):
        sheet.data_validation(
            1, place, _ROWS, place, {"validate": "list", "source": options, "error_type": "information"}
        )


def dictionary_sheet(pen: Pen, method: Method, t: Words) -> None:
    """Every field with its help, in the workbook's language."""
    sheet = pen.sheet(t("Dictionary"), (26, 38, 18, 20, 44, 70, 18), tab="#5B6B79")
    for row, line in enumerate(dictionary(method, t)):
        for place, text in enumerate(line):
            pen.put(sheet, row, place, text, "heading" if row == 0 else "prose")
    sheet.freeze_panes(1, 1)
    pen.print_setup(sheet, t("Dictionary"), landscape=True, repeat=1)


def _national_sheet(pen: Pen, method: Method, t: Words) -> None:
    """Factors of the country as a whole; the keys in the first row are what the reader goes by."""
    sheet = pen.sheet(t("National factors"), (10, 60, 12, 60, 80), tab="#5B6B79")
    names = (t("Id"), t("Factor"), t("Value"), t("Reason"), t("Allowed"))
    for place, (key, name) in enumerate(zip((*NATIONAL, "allowed"), names, strict=True)):
        pen.put(sheet, 0, place, key, "key")
        pen.put(sheet, 1, place, name, "heading")
    for row, factor in enumerate(method.national, start=2):
        levels = [f"{n} {anchor[t.language]}" for n, anchor in enumerate(factor.anchors, start=1)]
        for place, text in enumerate((factor.id, factor.name[t.language], "", "", t.points(levels))):
            pen.put(sheet, row, place, text, "field" if place in (2, 3) else "prose")
        sheet.data_validation(row, 2, row, 2, {"validate": "list", "source": ["1", "2", "3", "4", "5"]})
    sheet.freeze_panes(2, 2)


def _letters(column: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(column))


def _csv(lines: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(lines)
    return text.getvalue().encode("utf-8-sig")
