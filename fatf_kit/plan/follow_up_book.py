"""The follow-up workbook: the report's table pasted in, re-ratings asked for, and what changed by criterion."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

from fatf_kit.errors import FatfKitError
from fatf_kit.framework.catalog import hint_for, index_of
from fatf_kit.framework.model import Framework
from fatf_kit.framework.rules import RECOMMENDATIONS
from fatf_kit.messages import Words
from fatf_kit.outlook.model import Rating
from fatf_kit.plan.follow_up import Addressed, Answered, FollowUpCase, Said, Shortcoming, criteria_asked
from fatf_kit.plan.sheets import (
    Column,
    FoundRow,
    choice_of,
    find_rows,
    hidden_rows,
    nameless,
    typed_elsewhere,
    unknown_choice,
    write_hidden,
    write_lists,
    write_table,
)
from fatf_kit.problems import CellRef, Problem, make_problem, quoted
from fatf_kit.ratings import COMPLIANCE_LADDER, ComplianceRating
from fatf_kit.resources import tool_version
from fatf_kit.responses.dates import date_problem, read_date
from fatf_kit.workbook.beside import over
from fatf_kit.workbook.marks import FOLLOW_UP_MARK
from fatf_kit.workbook.model import CellValue
from fatf_kit.workbook.pen import Pen
from fatf_kit.workbook.printed import prints_of, write_printed
from fatf_kit.workbook.reader import open_sheets
from fatf_kit.workbook.styles import height_of, lines_of

LISTS_MARK = "fatf-kit:follow-up-lists"
PASTE_ROWS = 60

PASTED = (
    Column(key="pasted_unit", heading="Recommendation, as in the report's table", width=34, style="text"),
    Column(key="pasted_rating", heading="Rating in the report", width=12, style="short text"),
    Column(key="factors", heading="Factors behind the rating", width=90, style="text"),
)
"""The table of ratings and factors at the end of a report, pasted as it stands there."""

REQUESTS = (
    Column(key="unit", heading="Recommendation", width=16, style="id"),
    Column(key="title", heading="Title", width=48, style="requirement"),
    Column(key="rating_then", heading="Rating in the report", width=12, style="kept"),
    Column(key="requested", heading="Re-rating asked for", width=14, style="rating", choices="fu_ratings"),
    Column(key="weight", heading="Stands in so many of the smallest sets", width=16, style="kept"),
    Column(key="remark", heading="Remark", width=40, style="text"),
)

CRITERIA = (
    Column(key="criterion", heading="Criterion", width=14, style="id"),
    Column(key="statement", heading="What is asked", width=44, style="requirement"),
    Column(key="deficiency", heading="What the report found lacking", width=34, style="text"),
    Column(key="addressed", heading="Dealt with", width=14, style="rating", choices="fu_addressed"),
    Column(key="changed", heading="What has changed since", width=38, style="text"),
    Column(key="citation", heading="Law and article", width=24, style="text"),
    Column(key="since", heading="In force since", width=12, style="date"),
)

_TABLES = (PASTED, REQUESTS, CRITERIA)
_UNIT = re.compile(r"\s*(?:R(?:ec(?:ommendation)?s?)?\.?\s*|التوصية\s*)?(\d{1,2})\b", re.IGNORECASE)
_CRITERION = re.compile(r"\b(?:c\.?|criterion|criteria|critère|المعيار)\s*(\d{1,2}\.\d{1,2})", re.IGNORECASE)
_BULLET = re.compile(r"[\n\r]+|\s*[•▪●◦‣·]\s*")
_CREATED = datetime(2020, 1, 1)
_Said = TypeVar("_Said")


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpBook:
    """A follow-up workbook as read: which report it follows, and what it says."""

    jurisdiction: str
    label: str
    edition: str
    said: Said


def render_follow_up_book(case: FollowUpCase, framework: Framework, t: Words) -> bytes:
    """A workbook to be filled in; `framework` is the report's edition in the language of `t`."""
    pen = Pen(t.language)
    report = case.report
    pen.book.set_properties({"title": t("Follow-up"), "author": "fatf-kit", "created": _CREATED})
    _cover(pen, case, t)
    write_table(pen, t("Report's table"), PASTED, [{}] * PASTE_ROWS, t, tab="#5B6B79", freeze=1)
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
    write_table(pen, t("Re-ratings"), REQUESTS, requests, t, tab="#1F3A52")
    criteria: list[dict[str, CellValue | None]] = [
        {"criterion": key, "statement": text} for key, text in criteria_asked(framework, report)
    ]
    write_table(pen, t("Criteria"), CRITERIA, criteria, t, tab="#1F3A52", freeze=1)
    ratings = [str(one) for one in reversed(COMPLIANCE_LADDER)]
    write_lists(pen, LISTS_MARK, {"fu_ratings": ratings, "fu_addressed": [t(one) for one in Addressed]})
    facts = (
        ("kit", tool_version()),
        ("jurisdiction", report.iso3 or report.jurisdiction),
        ("report", report.label),
        ("edition", report.edition),
    )
    write_printed(pen, prints_of(pen, [t("Cover")]))
    write_hidden(pen, "_stamp", FOLLOW_UP_MARK, facts)
    return pen.finish()


def _cover(pen: Pen, case: FollowUpCase, t: Words) -> None:
    report = case.report
    sheet = pen.sheet(t("Cover"), (3.0, 30.0, 90.0), tab="#5B6B79", growing=False)
    pen.put(sheet, 0, 1, t("Follow-up"), "title")
    sheet.set_row(0, 30)
    pen.put(sheet, 1, 1, f"{t.country(report.iso3, report.jurisdiction)} – {report.label}", "subtitle")
    lines = (
        (t("Report's table"), t("Paste the table of ratings and factors from the report, one Recommendation a row.")),
        (t("Re-ratings"), t("Choose the rating you ask for. Leave it blank where you ask for none this time.")),
        (
            t("Criteria"),
            t("Say what has changed, where it stands, and since when it is in force: all three."),
        ),
        (t("Then"), t("Make the follow-up report with: fatf-kit follow-up report")),
        pen.affiliation,
    )
    for row, (name, text) in enumerate(lines, start=3):
        pen.put(sheet, row, 1, name, "label")
        pen.put(sheet, row, 2, text, "prose")
        sheet.set_row(row, height_of(max(1.2, lines_of(text, 86))))
    pen.print_setup(sheet, t("Follow-up"), landscape=False)
    sheet.activate()


def read_follow_up(path: Path, load: Mapping[str, Framework]) -> tuple[FollowUpBook, tuple[Problem, ...]]:
    """What a filled follow-up workbook says, and every problem in it. `load` gives editions by id.

    Raises:
        FatfKitError: the file cannot be read, or is no follow-up workbook.
    """
    sheets = open_sheets(path)
    if isinstance(sheets, Problem):
        raise FatfKitError(sheets.message)
    stamp = hidden_rows(sheets, FOLLOW_UP_MARK)
    facts = {row[0]: row[1] for row in stamp or () if len(row) > 1}
    if facts.get("edition") not in load:
        where = CellRef(file=path.name)
        command = "fatf-kit follow-up template"
        raise FatfKitError(make_problem("plan-not-ours", where, what="a follow-up", command=command).message)
    framework = load[facts["edition"]]
    problems: list[Problem] = []
    tables = []
    for columns in _TABLES:
        rows, found = find_rows(sheets, columns) or ([], [])
        tables.append(rows)
        problems += found
    problems += typed_elsewhere(sheets, _TABLES, (FOLLOW_UP_MARK, LISTS_MARK), heading="Follow-up")
    problems += over(sheets)
    pasted = [one for row in tables[0] for one in _pasted(row, framework, problems)]
    requests = _first_of(
        ((row.text("unit"), rating, row) for row in tables[1] if (rating := _asked(row, framework.id, problems))),
        problems,
    )
    answers = _first_of(
        ((one.requirement, one, row) for row in tables[2] if (one := _answer(row, framework, problems))), problems
    )
    said = Said(shortcomings=tuple(pasted), answers=answers, requests=requests)
    book = FollowUpBook(
        jurisdiction=facts.get("jurisdiction", ""),
        label=facts.get("report", ""),
        edition=facts["edition"],
        said=said,
    )
    return book, tuple(problems)


def _first_of(rows: Iterable[tuple[str, _Said, FoundRow]], problems: list[Problem]) -> dict[str, _Said]:
    """What each row says by its name; of two with one name the first one, and a Problem where the other differs."""
    found: dict[str, tuple[_Said, FoundRow]] = {}
    for name, said, row in rows:
        first, there = found.setdefault(name, (said, row))
        if first != said:
            place = next(iter(there.refs.values()))
            problems.append(make_problem("id-duplicated", next(iter(row.refs.values())), name, other=place))
    return {name: said for name, (said, _) in found.items()}


def _pasted(row: FoundRow, framework: Framework, problems: list[Problem]) -> Iterator[Shortcoming]:
    """The factors of one row, each for itself; factors without a Recommendation are told, a title is not."""
    found = _UNIT.match(row.text("pasted_unit"))
    unit = f"R.{int(found[1])}" if found else ""
    if unit not in RECOMMENDATIONS:
        if row.text("factors"):
            problems.append(nameless(row, "pasted_unit"))
        return
    index = index_of(framework)
    for text in split_factors(row.words("factors")):
        named = _CRITERION.search(text)
        key = f"{unit}/{named[1]}" if named else ""
        yield Shortcoming(unit=unit, text=text, requirement=key if key in index else "")


def split_factors(text: str) -> tuple[str, ...]:
    r"""The factors in one cell: each line or bullet is one.

    >>> split_factors("• No duty (c.10.2)\n• Threshold too high")
    ('No duty (c.10.2)', 'Threshold too high')
    """
    return tuple(part.strip(" -–\t") for part in _BULLET.split(text) if part and part.strip(" -–\t"))


def _asked(row: FoundRow, edition: str, problems: list[Problem]) -> ComplianceRating | None:
    text = row.text("requested")
    if not row.text("unit"):
        problems.append(nameless(row, "unit"))
        return None
    if row.text("unit") not in RECOMMENDATIONS:
        facts = {"found": row.text("unit")[:20], "edition": edition}
        problems.append(make_problem("unit-unknown", row.refs["unit"], **facts))
        return None
    if not text:
        return None
    code = choice_of(text, map(str, COMPLIANCE_LADDER))
    if code is None:
        problems.append(unknown_choice(row, "requested", map(str, COMPLIANCE_LADDER), Words("en")))
        return None
    return ComplianceRating(code)


def _answer(row: FoundRow, framework: Framework, problems: list[Problem]) -> Answered | None:
    name = row.text("criterion")
    filled = [key for key in ("deficiency", "addressed", "changed", "citation", "since") if key in row.values]
    if not name:
        problems.append(nameless(row, "criterion"))
    elif name not in index_of(framework):
        facts = {**quoted(name), "edition": framework.id, **hint_for(name, index_of(framework))}
        problems.append(make_problem("id-unknown", row.refs["criterion"], **facts))
        return None
    if not name or not filled:
        return None
    addressed = choice_of(row.text("addressed"), Addressed) if row.text("addressed") else None
    if row.text("addressed") and addressed is None:
        problems.append(unknown_choice(row, "addressed", Addressed, Words("en")))
    return Answered(
        requirement=name,
        deficiency=row.words("deficiency"),
        changed=row.words("changed"),
        citation=row.words("citation"),
        since=_since(row, problems),
        addressed=Addressed(addressed) if addressed else None,
    )


def _since(row: FoundRow, problems: list[Problem]) -> date | None:
    if "since" not in row.values:
        return None
    if found := date_problem(row.values["since"], row.refs["since"], column="since"):
        problems.append(found)
    read = read_date(row.values["since"])
    return read.day if read else None


def ratings_text(ratings: Sequence[Rating]) -> str:
    """How often each rating stands, like "C 4, LC 20"."""
    return ", ".join(f"{one} {count}" for one in reversed(COMPLIANCE_LADDER) if (count := list(ratings).count(one)))
