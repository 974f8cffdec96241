"""The cases and risks of a workbook are read from the rows of their tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fatf_kit.assessment.answers.model import Confidentiality
from fatf_kit.core.languages import clean
from fatf_kit.core.problems import LINE_OF_TEMPLATE, Problem, hint, make_problem, quote_found
from fatf_kit.spreadsheets.values import Record
from fatf_kit.statistics.definitions import load_definitions
from fatf_kit.statistics.figures import CaseEntry, Risk
from fatf_kit.statistics.model import RiskLevel
from fatf_kit.statistics.persons import has_person_name
from fatf_kit.statistics.schema import is_risk_id
from fatf_kit.statistics.years import read_one_year


def read_case(record: Record, problems: list[Problem]) -> CaseEntry:
    """Return the case of a row; problems quote nothing of one that is restricted or of unknown confidentiality."""
    place = record.row.ref.place
    outcome, given = record.choice("outcome") or "", record.values.get("year")
    year = read_one_year(given) if given is not None else None
    if year is None and given is not None:
        problems.append(_report(record, "case-year-unknown", "year", given))
    done, result, shows = map(record.lines, ("done", "result", "shows"))
    if not (done and result and shows):
        problems.append(make_problem("case-thin", place))
    is_withheld = any(map(has_person_name, (done, result, shows)))
    if is_withheld:
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
        core_issues=tuple(dict.fromkeys(_read_core_issues(record, outcome, problems))),
        confidentiality=Confidentiality(record.choice("confidentiality") or level),
        is_withheld=is_withheld,
        ref=place,
    )


def read_risks(records: Sequence[Record], problems: list[Problem]) -> tuple[Risk, ...]:
    """Return every threat and sector that is rated, or for which proceeds are given."""
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


def _read_core_issues(record: Record, outcome: str, problems: list[Problem]) -> Iterator[str]:
    """Yield the core issues of an outcome that a case names; every core issue is known by what shows it."""
    known = {issue for issues in load_definitions().shown_by.values() for issue in issues}
    for piece in (piece for item in record.items("core_issues") for piece in item.split()):
        name = f"{outcome}/{clean(piece).rpartition('/')[2]}"
        if name in known:
            yield name
        else:
            problems.append(_report(record, "case-core-issue-unknown", "core_issues", piece))


def _report(record: Record, code: str, key: str, value: object) -> Problem:
    return make_problem(code, record.ref(key), **quote_found(value, restricted=record.restricted))
