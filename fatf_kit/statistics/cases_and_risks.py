"""The cases and risks of a workbook, from the rows of their tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from fatf_kit.assessment.answers.model import Confidentiality
from fatf_kit.core.languages import clean
from fatf_kit.core.problems import LINE_OF_TEMPLATE, Problem, hint, make_problem, quote_found
from fatf_kit.framework.loader import list_editions, load_framework
from fatf_kit.spreadsheets.values import Record
from fatf_kit.statistics.figures import CaseEntry, Risk
from fatf_kit.statistics.model import RiskLevel
from fatf_kit.statistics.persons import has_person_name
from fatf_kit.statistics.schema import is_risk_id
from fatf_kit.statistics.years import read_one_year

_NUMBER = re.compile(r"\d{1,2}\.\d{1,2}")


def read_case(record: Record, problems: list[Problem]) -> CaseEntry:
    """The case of a row. Of a restricted one, and of one whose confidentiality is not known, nothing is quoted."""
    place = record.row.ref.place
    outcome, given = record.choice("outcome") or "", record.values.get("year")
    year = read_one_year(given) if given is not None else None
    if year is None and given is not None:
        problems.append(_problem(record, "case-year-unknown", "year", given))
    done, result, shows = map(record.lines, ("done", "result", "shows"))
    if not (done and result and shows):
        problems.append(make_problem("case-thin", place))
    withheld = any(map(has_person_name, (done, result, shows)))
    if withheld:
        problems.append(make_problem("case-person", place))
    level = Confidentiality.RESTRICTED if record.has("confidentiality") else Confidentiality.GOVERNMENT
    return CaseEntry(
        id=record.id or place.cell or "",
        outcome=outcome,
        predicate=record.choice("predicate"),
        year=year,
        done=done,
        result=result,
        shows=shows,
        core_issues=tuple(dict.fromkeys(_core_issues(record, outcome, problems))),
        confidentiality=Confidentiality(record.choice("confidentiality") or level),
        withheld=withheld,
        ref=place,
    )


def read_risks(records: Sequence[Record], problems: list[Problem]) -> tuple[Risk, ...]:
    """Every threat and sector that is rated, or for which proceeds are given."""
    risks: dict[str, Risk] = {}
    for record in records:
        if not is_risk_id(record.id):
            facts = {**quote_found(record.id), **hint(None, LINE_OF_TEMPLATE)}
            problems.append(make_problem("figure-line-unknown", record.row.ref.place, **facts))
            continue
        level = record.choice("level")
        risk = Risk(
            id=record.id,
            level=RiskLevel(level) if level else None,
            proceeds=record.number("proceeds"),
            why=record.lines("why"),
            ref=record.row.ref.place,
        )
        if (first := risks.setdefault(risk.id, risk)) is not risk:
            problems.append(make_problem("risks-twice", risk.ref, place=first.ref))
    return tuple(risks.values())


def _core_issues(record: Record, outcome: str, problems: list[Problem]) -> Iterator[str]:
    for piece in (piece for item in record.items("core_issues") for piece in item.split()):
        name = f"{outcome}/{clean(piece).rpartition('/')[2]}"
        if outcome and _is_core_issue(name):
            yield name
        else:
            problems.append(_problem(record, "case-core-issue-unknown", "core_issues", piece))


def _problem(record: Record, code: str, key: str, value: object) -> Problem:
    return make_problem(code, record.ref(key), **quote_found(value, restricted=record.restricted))


def _is_core_issue(name: str) -> bool:
    number = name.partition("/")[2]
    return bool(_NUMBER.fullmatch(number)) and any(name in _core_issues_of(edition) for edition in _newest_first())


def _newest_first() -> Sequence[str]:
    return list_editions()[::-1]  # nearly every core issue is one of the newest, and the others need not be loaded


@cache
def _core_issues_of(edition: str) -> frozenset[str]:
    return frozenset(issue.id for outcome in load_framework(edition).outcomes for issue in outcome.core_issues)
