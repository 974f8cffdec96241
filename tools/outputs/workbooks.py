"""The text of a workbook: a line for each cell, rule for typed values, conditional format and name.

Widths and colours of cells are left out; colours that a condition sets are not.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tools.outputs.documents import flatten

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet


_FINGERPRINTS = "_printed"
"""The sheet with a fingerprint of each printed cell, which follows from the cells and would be in every diff."""


def write_workbook(content: bytes) -> str:
    """Return the text of an Excel workbook.

    Raises:
        ValueError, KeyError or InvalidFileException: it is not a workbook.
    """
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # openpyxl does not keep data bars
        book = openpyxl.load_workbook(io.BytesIO(content), rich_text=False)
    properties: Any = book.custom_doc_props  # type: ignore[attr-defined]  # its stubs are older
    lines = [f"property {part.name}: {flatten(str(part.value))}" for part in properties.props]
    lines += [f"name {name}: {value.attr_text}" for name, value in sorted(book.defined_names.items())]
    for sheet in book.worksheets:
        lines += _describe_sheet(sheet)
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _describe_sheet(sheet: Worksheet) -> Iterator[str]:
    state = "" if sheet.sheet_state == "visible" else f" {{{sheet.sheet_state}}}"
    yield ""
    yield f"sheet {sheet.title}{state}"
    if sheet.title == _FINGERPRINTS:
        yield f"fingerprints of {sum(1 for _ in sheet.iter_rows())} rows"
        return
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is not None:
                yield f"{cell.coordinate}{_describe_value(cell.value)}"
            if cell.hyperlink is not None:
                yield f"{cell.coordinate} -> {cell.hyperlink.target or cell.hyperlink.location}"
            if cell.comment is not None:
                yield f"{cell.coordinate} note: {flatten(cell.comment.text)}"
    yield from sorted(_describe_validation(rule) for rule in sheet.data_validations.dataValidation)
    yield from sorted(
        _describe_condition(str(place.sqref), rule) for place in sheet.conditional_formatting for rule in place.rules
    )


def _describe_value(value: Any) -> str:
    """Return a cell's value: a text after a colon, a formula after ":=", anything else after "="."""
    if isinstance(value, str):
        return f" := {flatten(value[1:])}" if value.startswith("=") else f": {flatten(value)}"
    text = getattr(value, "text", None)  # a formula of several cells
    return f" := {text}" if text is not None else f" = {value}"


def _describe_validation(rule: Any) -> str:
    asked = {
        "allows": " ".join(filter(None, (rule.type, rule.operator, rule.formula1, rule.formula2))),
        "prompt": " | ".join(filter(None, (rule.promptTitle, rule.prompt))),
        "error": " | ".join(filter(None, (rule.errorStyle, rule.errorTitle, rule.error))),
    }
    return f"validation {rule.sqref} " + "; ".join(f"{name} {flatten(text)}" for name, text in asked.items() if text)


def _describe_condition(place: str, rule: Any) -> str:
    test = " ".join(filter(None, (rule.type, rule.operator, rule.text, *rule.formula)))
    fill = rule.dxf.fill.bgColor.rgb if rule.dxf is not None and rule.dxf.fill is not None else ""
    colour = f"; fill {fill}" if isinstance(fill, str) and fill else ""
    return f"condition {place} {flatten(test)}; priority {rule.priority}{colour}"
