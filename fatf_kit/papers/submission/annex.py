"""The annex of a submission: every law, document, figure and case that it cites, numbered once."""

from __future__ import annotations

from fatf_kit.assessment.answers.model import EvidenceItem
from fatf_kit.core.languages import label
from fatf_kit.core.messages import Translator
from fatf_kit.framework.catalog import get_unit_id
from fatf_kit.papers.submission.instruments import list_units
from fatf_kit.report.model import Section, TableCell
from fatf_kit.report.results_table import ID, ResultColumn, ResultsTable


class Annex:
    """An annex that numbers items in the order in which they are first cited.

    Each agency keeps its own register, so one law has several ids; entries that say the same get one number.
    """

    def __init__(self, t: Translator) -> None:
        self._t = t
        self._items: dict[EvidenceItem, EvidenceItem] = {}
        self._cited: dict[EvidenceItem, dict[str, None]] = {}

    def number(self, item: EvidenceItem, requirement: str) -> int:
        """Return the number of an item, which is cited for a requirement."""
        key = item._replace(id="", source="", holder="", row=None)
        self._items.setdefault(key, item)
        self._cited.setdefault(key, {})[get_unit_id(requirement)] = None
        return list(self._items).index(key) + 1

    def section(self) -> Section:
        """Return the annex as a section. Call it after everything that cites."""
        t = self._t
        rows = list(enumerate(self._items.items(), 1))
        table = ResultsTable[tuple[int, tuple[EvidenceItem, EvidenceItem]]](
            "annex-table",
            t.plural("{n} item, numbered in order of citation", "{n} items, numbered in order of citation", len(rows)),
            (
                ResultColumn("number", t("No."), lambda row: f"[{row[0]}]", ID, page=2),
                ResultColumn("title", t("Title"), lambda row: self._title(row[1][1]), page=9),
                ResultColumn("kind", t("Kind"), lambda row: self._kind(row[1][1]), page=4),
                ResultColumn("holder", t("Holder"), lambda row: row[1][1].holder or "–", page=4),
                ResultColumn(
                    "cited_for", t("Cited for"), lambda row: list_units(self._cited[row[1][0]], t), ID, page=6
                ),
            ),
        ).in_document(rows, empty=t("No document is cited."))
        title = t("Annex: laws, documents and cases cited")
        return Section(anchor="annex", title=title, break_before=True, blocks=(table,))

    def _title(self, item: EvidenceItem) -> TableCell:
        return TableCell(text=item.title, detail=self._t.listed(filter(None, (item.article, item.link))))

    def _kind(self, item: EvidenceItem) -> TableCell:
        t, day = self._t, item.in_force_from
        since = t("in force from {day}", day=t.day(day)) if day else ""
        return TableCell(text=label("evidence_kind", item.kind, t.language), detail=since)
