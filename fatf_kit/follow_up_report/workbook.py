"""The follow-up workbook: the report's table pasted in, re-ratings asked for, and what changed by criterion."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.messages import Translator
from fatf_kit.core.problems import CellRef, Problem, make_problem, quote_found
from fatf_kit.core.ratings import ComplianceRating
from fatf_kit.follow_up_report.re_ratings import (
    AddressedState,
    CriterionAnswer,
    FollowUpAnswers,
    FollowUpCase,
    Shortcoming,
    list_open_criteria,
)
from fatf_kit.follow_up_report.schema import ADDRESSED, CRITERIA, FOLLOW_UP, PASTED, RATINGS, REQUESTS
from fatf_kit.framework.catalog import index_requirements, make_id_hint
from fatf_kit.framework.model import Framework
from fatf_kit.framework.page_rules import RECOMMENDATIONS
from fatf_kit.report_text.factors import find_named_criteria
from fatf_kit.report_text.words import ReportPatterns
from fatf_kit.spreadsheets.cell_writer import BookWriter
from fatf_kit.spreadsheets.covers import write_cover
from fatf_kit.spreadsheets.reader import read_book
from fatf_kit.spreadsheets.sheet import CellValue
from fatf_kit.spreadsheets.stamp import write_stamp
from fatf_kit.spreadsheets.values import Record
from fatf_kit.spreadsheets.writer import Highlight, write_lists, write_table
from fatf_kit.texts.folding import fold
from fatf_kit.texts.lists import split_pasted_items

PASTE_ROWS = 60

_NUMBER = re.compile(r"\s*(\d{1,2})\b")
_AnswerType = TypeVar("_AnswerType")


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpBook:
    """A follow-up workbook as read: the report that it follows, and the answers in it."""

    jurisdiction: str
    label: str
    edition: str
    answers: FollowUpAnswers


def render_follow_up_book(case: FollowUpCase, framework: Framework, t: Translator) -> bytes:
    """Return a workbook to be filled in; `framework` is the report's edition in the language of `t`."""
    cell_writer = BookWriter(t.language)
    report = case.report
    _cover(cell_writer, case, t)
    write_table(cell_writer, t("Report's table"), PASTED, (), tab="#5B6B79", spare=PASTE_ROWS)
    titles = {unit.id: unit.title for unit in framework.recommendations}
    requests: list[dict[str, CellValue | None]] = [
        {
            "unit": unit,
            "title": titles[unit],
            "rating_then": str(report.ratings[unit]),
            "weight": case.often.get(unit, 0),
        }
        for unit in case.open_units
    ]
    write_table(cell_writer, t("Re-ratings"), REQUESTS, requests, tab="#1F3A52", freeze=2)
    criteria: list[dict[str, CellValue | None]] = [
        {"criterion": key, "statement": text} for key, text in list_open_criteria(framework, report)
    ]
    done = Highlight(f'{{addressed}}="{t(AddressedState.YES)}"', "state over")
    write_table(cell_writer, t("Criteria"), CRITERIA, criteria, tab="#1F3A52", highlights=(done,))
    write_lists(cell_writer, (RATINGS, ADDRESSED))
    facts = {
        "jurisdiction": report.iso3 or report.jurisdiction,
        "label": report.label,
        "edition": report.edition,
    }
    write_stamp(cell_writer, FOLLOW_UP, t("Follow-up"), facts)
    return cell_writer.finish()


def _cover(cell_writer: BookWriter, case: FollowUpCase, t: Translator) -> None:
    report = case.report
    lines = {
        t("Report's table"): t(
            "Paste the table of ratings and factors from the report, with one row for each Recommendation."
        ),
        t("Re-ratings"): t("Choose the rating that you request. Leave the cell empty if you request none this time."),
        t("Criteria"): t(
            "Describe the change, name the law and the article, and enter the date of entry into force. Assessors"
            " need all three."
        ),
        t("Next"): t("Write the follow-up report with this command: fatf-kit follow-up report"),
    }
    subtitle = f"{t.country(report.iso3, report.jurisdiction)} – {report.label}"
    write_cover(cell_writer, t("Follow-up"), subtitle, (("", tuple(lines.items())),))


def read_follow_up(path: Path, load: Mapping[str, Framework]) -> tuple[FollowUpBook, tuple[Problem, ...]]:
    """Return the content of a filled follow-up workbook, and every problem in it. `load` gives editions by id.

    Raises:
        FatfKitError: the file cannot be read, or is not a follow-up workbook.
    """
    book, found = read_book(path, FOLLOW_UP)
    if book is None:
        raise FatfKitError(found[0])
    edition = book.stamp.get("edition", "")
    if edition not in load:
        facts = {"what": FOLLOW_UP.what, "command": FOLLOW_UP.command}
        raise FatfKitError(make_problem("workbook-not-ours", CellRef(file=path.name), **facts))
    framework = load[edition]
    pasted, requested, criteria = (book.records(table.name) for table in FOLLOW_UP.tables)
    problems = list(book.problems)
    shortcomings = tuple(one for row in pasted for one in _pasted(row, framework, problems))
    requests = _first_of(
        ((row.id, rating, row) for row in requested if (rating := _read_request(row, framework.id, problems))), problems
    )
    answers = _first_of(
        ((one.requirement, one, row) for row in criteria if (one := _answer(row, framework, problems))), problems
    )
    given = FollowUpAnswers(shortcomings=shortcomings, answers=answers, requests=requests)
    jurisdiction, label = book.stamp.get("jurisdiction", ""), book.stamp.get("label", "")
    return FollowUpBook(jurisdiction=jurisdiction, label=label, edition=edition, answers=given), tuple(problems)


def _first_of(rows: Iterable[tuple[str, _AnswerType, Record]], problems: list[Problem]) -> dict[str, _AnswerType]:
    """Return the answer of each row by its name; of two with one name the first, and a Problem where they differ."""
    found: dict[str, tuple[_AnswerType, Record]] = {}
    for name, answer, row in rows:
        first, there = found.setdefault(name, (answer, row))
        if first != answer:
            problems.append(make_problem("id-duplicated", row.row.ref.place, name, other=there.row.ref.place))
    return {name: answer for name, (answer, _) in found.items()}


def _pasted(row: Record, framework: Framework, problems: list[Problem]) -> Iterator[Shortcoming]:
    """Yield the factors of one row one by one; factors without a Recommendation are a Problem, a title is none."""
    patterns = ReportPatterns()
    found = patterns.recommendation_reference.match(fold(row.id)) or _NUMBER.match(row.id)
    unit = f"R.{int(found[1])}" if found else ""
    if unit not in RECOMMENDATIONS:
        if row.text("factors"):
            problems.append(make_problem("id-missing", row.row.ref.place))
        return
    index = index_requirements(framework)
    for text in split_pasted_items(row.lines("factors")):
        named = (name for name in find_named_criteria(unit, text, patterns) if name in index)
        yield Shortcoming(unit=unit, text=text, requirement=next(named, ""))


def _read_request(row: Record, edition: str, problems: list[Problem]) -> ComplianceRating | None:
    """Return the rating that a row asks for."""
    if row.id not in RECOMMENDATIONS:
        problems.append(make_problem("unit-unknown", row.ref("unit"), found=row.id[:20], edition=edition))
        return None
    code = row.choice("requested")
    return ComplianceRating(code) if code else None


def _answer(row: Record, framework: Framework, problems: list[Problem]) -> CriterionAnswer | None:
    """Return the changes that a row reports."""
    if row.id not in index_requirements(framework):
        facts = {**quote_found(row.id), "edition": framework.id, **make_id_hint(row.id, index_requirements(framework))}
        problems.append(make_problem("id-unknown", row.ref("criterion"), **facts))
        return None
    addressed = row.choice("addressed")
    return CriterionAnswer(
        requirement=row.id,
        deficiency=row.lines("deficiency"),
        changed=row.lines("changed"),
        citation=row.lines("citation"),
        since=row.date("since"),
        addressed=AddressedState(addressed) if addressed else None,
    )
