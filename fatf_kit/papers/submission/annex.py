"""The annex of a submission: every law, document, figure and case that it cites, numbered once."""

from __future__ import annotations

from fatf_kit.assessment.answers.model import EvidenceItem
from fatf_kit.core.languages import label
from fatf_kit.core.messages import Translator
from fatf_kit.framework.catalog import get_unit_id
from fatf_kit.report.model import DocumentTable, Section, TableCell, TableColumn, TableRow


class Annex:
    """Numbers items in the order in which they are first cited.

    Each agency keeps its own register, so one law has several ids; entries that say the same get one number.
    """

    def __init__(self, t: Translator) -> None:
        self._t = t
        self._items: dict[EvidenceItem, EvidenceItem] = {}
        self._cited: dict[EvidenceItem, dict[str, None]] = {}

    def number(self, item: EvidenceItem, requirement: str) -> int:
        """The number of an item, which is cited for a requirement."""
        key = item._replace(id="", source="", holder="", row=None)
        self._items.setdefault(key, item)
        self._cited.setdefault(key, {})[get_unit_id(requirement)] = None
        return list(self._items).index(key) + 1

    def section(self) -> Section:
        """The annex as a section. Call it after everything that cites."""
        t = self._t
        rows = tuple(
            TableRow(
                cells=(
                    TableCell(text=f"[{number}]", ltr=True),
                    TableCell(text=item.title, detail=t.listed(filter(None, (item.article, item.link)))),
                    TableCell(text=name_evidence_kind(item, t), detail=_since(item, t)),
                    TableCell(text=item.holder or "–"),
                    TableCell(text=t.listed(self._cited[key]), ltr=True),
                ),
                facets={},
            )
            for number, (key, item) in enumerate(self._items.items(), 1)
        )
        return Section(
            anchor="annex",
            title=t("Annex: laws, documents and cases cited"),
            break_before=True,
            blocks=(
                DocumentTable(
                    id="annex-table",
                    caption=t.plural("{n} item, numbered as cited", "{n} items, numbered as cited", len(rows)),
                    columns=(
                        TableColumn(title=t("No."), width=2),
                        TableColumn(title=t("Title"), width=9),
                        TableColumn(title=t("Kind"), width=4),
                        TableColumn(title=t("Held by"), width=4),
                        TableColumn(title=t("Cited for"), width=6),
                    ),
                    rows=rows,
                    empty=t("Nothing is cited."),
                ),
            ),
        )


def name_evidence_kind(item: EvidenceItem, t: Translator) -> str:
    """What kind of evidence an item is, in the reader's language."""
    return label("evidence_kind", item.kind, t.language)


def _since(item: EvidenceItem, t: Translator) -> str:
    return t("in force from {day}", day=t.day(item.in_force_from)) if item.in_force_from else ""
