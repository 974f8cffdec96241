"""Answers and evidence as the cells into which they are written again, by the keys of their columns."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any

from fatf_kit.assessment.answers.model import Answer, EvidenceItem
from fatf_kit.assessment.workbook.model import Layout
from fatf_kit.assessment.workbook.schema import REGISTER, REQUIREMENTS
from fatf_kit.spreadsheets.sheet import CellValue


def make_answer_cells(answer: Answer) -> dict[str, CellValue]:
    """Return an answer by column key, without what it does not say."""
    values = {key: getattr(answer, key) for key in REQUIREMENTS.value_keys}
    tick = "yes" if answer.has_nothing_to_add else ""
    return _keep_filled({**values, "evidence": ", ".join(answer.evidence), "nothing_to_add": tick})


def make_item_cells(item: EvidenceItem) -> dict[str, CellValue]:
    """Return an item of the register by column key, without what it does not say."""
    return _keep_filled({key: getattr(item, key) for key in REGISTER.by_key})


def place_cells(cells: Mapping[str, Mapping[str, CellValue]], layout: Layout) -> Mapping[str, Mapping[str, CellValue]]:
    """Return answers by requirement for a workbook: a row that asks for a rating has no place for "nothing to add"."""
    rated = {row.requirement for sheet in layout.sheets if not sheet.is_support for row in sheet.rows}
    return {
        name: {key: value for key, value in row.items() if key != "nothing_to_add" or name not in rated}
        for name, row in cells.items()
    }


def _keep_filled(values: Mapping[str, Any]) -> dict[str, CellValue]:
    """Return the values that are not blank, codes as texts."""
    given = ((key, value) for key, value in values.items() if value is not None and value != "")
    return {key: value.value if isinstance(value, Enum) else value for key, value in given}
