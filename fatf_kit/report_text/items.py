"""last-report.xlsx is read back: actions and deficiencies of a report, with what the country wrote about each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.languages import LANGUAGES, normalise
from fatf_kit.core.messages import Translator
from fatf_kit.core.problems import CellRef, Problem, make_problem, quote_found
from fatf_kit.report_text.model import ActionList
from fatf_kit.report_text.schema import ACTIONS, ANSWER_KEYS, DEFICIENCIES, LAST_REPORT, ItemState
from fatf_kit.spreadsheets.reader import FilledBook, read_book
from fatf_kit.spreadsheets.values import Record, split_items

LIST_NAMES = {
    ActionList.RECOMMENDED: "recommended actions",
    ActionList.PRIORITY: "priority actions",
    ActionList.KEY: "key recommended actions",
}
"""The name of each list of a report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportItem:
    """One recommended action or deficiency of the last report, by the number of its row.

    `list` is None for a deficiency, which has a Recommendation in `units` and `criteria` as they are numbered in the
    report. `label` is the country's own, `beginning` has the first words of the report; `page` is empty where none is
    known. `refs` has the cell of each answer by the key of its column.
    """

    id: str
    list: ActionList | None
    units: tuple[str, ...]
    page: str
    beginning: str
    criteria: tuple[str, ...] = ()
    label: str = ""
    owner: str = ""
    state: ItemState | None = None
    done: str = ""
    evidence: str = ""
    refs: Mapping[str, CellRef] = field(default_factory=dict, hash=False)

    @property
    def title(self) -> str:
        """The country's own label, or else the first words of the report."""
        return self.label or self.beginning

    @property
    def is_deficiency(self) -> bool:
        """Whether it is a factor behind a rating, and no action."""
        return self.list is None

    @property
    def is_answered(self) -> bool:
        """Whether the country wrote anything about it."""
        return bool(self.label or self.owner or self.state or self.done or self.evidence)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportAnswers:
    """The rows of a last-report.xlsx with every problem; `report` is the name of the report's file, empty without."""

    items: tuple[ReportItem, ...] = ()
    report: str = ""
    problems: tuple[Problem, ...] = ()


def read_report_items(path: Path) -> ReportAnswers:
    """Return the recommended actions and the deficiencies in a last-report.xlsx.

    Raises:
        FatfKitError: the file cannot be read, or is another kind of workbook.
    """
    book, problems = read_book(path, LAST_REPORT)
    if book is None:
        raise FatfKitError(problems[0])
    reader = _AnswerReader(book)
    items = tuple(reader.read())
    return ReportAnswers(items=items, report=book.stamp.get("report", ""), problems=(*problems, *reader.problems))


class _AnswerReader:
    def __init__(self, book: FilledBook) -> None:
        self._book = book
        translators = [Translator(language) for language in LANGUAGES]
        named = ((kind, t(name)) for kind, name in LIST_NAMES.items() for t in translators)
        self._lists = {normalise(name): kind for kind, name in named}
        self._seen: dict[str, CellRef] = {}
        self.problems: list[Problem] = []

    def read(self) -> Iterator[ReportItem]:
        for row in self._book.records(ACTIONS.name):
            if self._has_own_number(row):
                kind = self._lists.get(normalise(row.text("list")), ActionList.RECOMMENDED)
                yield self._make(row, kind, split_items(row.text("units")))
        for row in self._book.records(DEFICIENCIES.name):
            if self._has_own_number(row):
                yield self._make(row, None, split_items(row.text("unit")), split_items(row.text("criteria")))

    def _has_own_number(self, row: Record) -> bool:
        """Return whether a row has a number that no row above has; the reader of workbooks reports one without."""
        if not row.id:
            return False
        name, place = normalise(row.id).upper(), row.row.ref.place
        other = self._seen.setdefault(name, place)
        if other != place:
            self.problems.append(make_problem("report-row-twice", place, **quote_found(row.id), other=str(other)))
        return other == place

    def _make(
        self, row: Record, kind: ActionList | None, units: tuple[str, ...], criteria: tuple[str, ...] = ()
    ) -> ReportItem:
        state = row.choice("state")
        return ReportItem(
            id=row.id,
            list=kind,
            units=units,
            criteria=criteria,
            page=row.text("page"),
            beginning=row.text("beginning"),
            label=row.text("label"),
            owner=row.text("owner"),
            state=ItemState(state) if state else None,
            done=row.lines("done"),
            evidence=row.lines("evidence"),
            refs=MappingProxyType({key: row.ref(key) for key in ANSWER_KEYS}),
        )
