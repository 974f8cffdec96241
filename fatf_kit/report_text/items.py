"""last-report.xlsx is read back: the recommended actions of a report, with what the country wrote about each."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.languages import LANGUAGES, normalise
from fatf_kit.core.messages import Translator
from fatf_kit.core.problems import Problem
from fatf_kit.report_text.model import ActionList
from fatf_kit.report_text.schema import LAST_REPORT
from fatf_kit.spreadsheets.reader import read_book

LIST_NAMES = {
    ActionList.RECOMMENDED: "recommended actions",
    ActionList.PRIORITY: "priority actions",
    ActionList.KEY: "key recommended actions",
}
"""The name of each list of a report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportItem:
    """One recommended action of the last report, by the number of its row.

    `label` is the country's own, `beginning` has the first words of the report; `page` is empty where none is known.
    """

    id: str
    list: ActionList
    units: tuple[str, ...]
    page: str
    beginning: str
    label: str = ""
    owner: str = ""
    done: str = ""
    evidence: str = ""


def read_report_items(path: Path) -> tuple[tuple[ReportItem, ...], tuple[Problem, ...]]:
    """Return the recommended actions in a last-report.xlsx, and every problem.

    Raises:
        FatfKitError: the file cannot be read, or is another kind of workbook.
    """
    book, problems = read_book(path, LAST_REPORT)
    if book is None:
        raise FatfKitError(problems[0])
    translators = [Translator(language) for language in LANGUAGES]
    named = ((kind, t(name)) for kind, name in LIST_NAMES.items() for t in translators)
    lists = {normalise(name): kind for kind, name in named}
    return tuple(
        ReportItem(
            id=row.id,
            list=lists.get(normalise(row.text("list")), ActionList.RECOMMENDED),
            units=row.items("units"),
            page=row.text("page"),
            beginning=row.text("beginning"),
            label=row.text("label"),
            owner=row.text("owner"),
            done=row.lines("done"),
            evidence=row.lines("evidence"),
        )
        for row in book.records("report_actions")
        if row.id
    ), problems
