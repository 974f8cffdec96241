"""Answers and evidence as the cells of a workbook: what is written when answers go into a new one."""

from __future__ import annotations

from fatf_kit.assessment.answers.model import Answer, EvidenceItem
from fatf_kit.spreadsheets.sheet import CellValue


def answer_cells(answer: Answer) -> dict[str, CellValue]:
    """An answer by column key, without what it does not say."""
    values: dict[str, CellValue | None] = {
        "rating": None if answer.rating is None else answer.rating.value,
        "explanation": answer.explanation,
        "citation": answer.citation,
        "in_force_from": answer.in_force_from,
        "evidence": ", ".join(answer.evidence),
        "missing": answer.missing,
        "action": answer.action,
        "action_due": answer.action_due,
        "confidentiality": answer.confidentiality.value,
    }
    return {key: value for key, value in values.items() if value is not None and value != ""}


def item_cells(item: EvidenceItem) -> dict[str, CellValue]:
    """An item of the register by column key, without what it does not say."""
    values: dict[str, CellValue | None] = {
        "id": item.id,
        "kind": item.kind.value,
        "title": item.title,
        "article": item.article,
        "in_force_from": item.in_force_from,
        "link": item.link,
        "holder": item.holder,
    }
    return {key: value for key, value in values.items() if value is not None and value != ""}
