"""Flat tables by agency, for analysts: each answer of each agency, and how much of what it was asked it has answered.

They become data frames only, so their headings are not translated.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fatf_kit.assessment.answers.audience import Audience, may_read
from fatf_kit.assessment.answers.model import Answer, ResponseSet
from fatf_kit.assessment.answers.returns import agency_returns, own_answers
from fatf_kit.framework.catalog import get_enclosing_id, get_unit_id
from fatf_kit.report.model import DataTable, ValueKind
from fatf_kit.report.results_table import ResultColumn, ResultsTable
from fatf_kit.scoring.model import Assessment


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyAnswer:
    """An answer of one agency. `status` is the evidence status of its criterion or core issue."""

    answer: Answer
    status: str | None
    is_withheld: bool

    def readable(self, field: str) -> str | None:
        """Return a field of the answer as text; None where it is empty or withheld from the audience."""
        value = getattr(self.answer, field)
        return None if self.is_withheld or value in (None, "") else str(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitCoverage:
    """How many criteria or core issues of one unit an agency was asked, and how many of them it rated itself."""

    agency: str
    unit: str
    asked: int
    answered: int


def answers_table(responses: ResponseSet, assessment: Assessment, audience: Audience) -> DataTable:
    """Return one row for each answer of each agency; what the audience may not read of it is missing."""
    status = {result.id: str(result.status) for result in assessment.requirements}
    return _ANSWERS.in_sheet(
        AgencyAnswer(
            answer=answer,
            status=status.get(get_enclosing_id(answer.requirement)),
            is_withheld=not may_read(audience, answer.confidentiality),
        )
        for answer in own_answers(responses.answers)
    )


def coverage_table(asked: Mapping[str, Sequence[str]], responses: ResponseSet) -> DataTable:
    """Return one row for each agency and unit; `asked` are the criteria and core issues that each agency was asked."""
    returns = {one.agency: one for one in agency_returns(asked, responses)}
    rows = []
    for agency in asked:
        answered = Counter(map(get_unit_id, returns[agency].answered))
        for unit, count in Counter(map(get_unit_id, returns[agency].asked)).items():
            rows.append(UnitCoverage(agency=agency, unit=unit, asked=count, answered=answered[unit]))
    return _COVERAGE.in_sheet(rows)


def _answer_column(key: str, title: str, kind: ValueKind = ValueKind.TEXT) -> ResultColumn[AgencyAnswer]:
    return ResultColumn(key, title, lambda row: row.readable(key), kind, sheet=14)


_ANSWERS = ResultsTable[AgencyAnswer](
    "answers_by_agency",
    "Answers by agency",
    (
        ResultColumn("requirement", "Requirement", lambda row: row.answer.requirement, ValueKind.ID, sheet=14),
        ResultColumn("unit", "Unit", lambda row: get_unit_id(row.answer.requirement), ValueKind.ID, sheet=14),
        ResultColumn("agency", "Agency", lambda row: row.answer.agency, ValueKind.ID, sheet=14),
        _answer_column("rating", "Rating", ValueKind.RATING),
        ResultColumn("status", "Evidence status", lambda row: row.status, sheet=14),
        _answer_column("explanation", "Explanation"),
        _answer_column("citation", "Citation"),
        _answer_column("in_force_from", "In force from", ValueKind.DATE),
        _answer_column("missing", "What is missing"),
        _answer_column("action", "Planned action"),
        _answer_column("action_due", "Due", ValueKind.DATE),
        ResultColumn("confidentiality", "Confidentiality", lambda row: str(row.answer.confidentiality), sheet=14),
        ResultColumn("is_withheld", "Withheld", lambda row: row.is_withheld, ValueKind.YES_NO, sheet=14),
    ),
)

_COVERAGE = ResultsTable[UnitCoverage](
    "coverage_by_agency",
    "Coverage by agency",
    (
        ResultColumn("agency", "Agency", lambda row: row.agency, ValueKind.ID, sheet=14),
        ResultColumn("unit", "Unit", lambda row: row.unit, ValueKind.ID, sheet=14),
        ResultColumn("asked", "Asked", lambda row: row.asked, ValueKind.COUNT, sheet=14),
        ResultColumn("answered", "Answered", lambda row: row.answered, ValueKind.COUNT, sheet=14),
        ResultColumn("open", "Open", lambda row: row.asked - row.answered, ValueKind.COUNT, sheet=14),
    ),
)
