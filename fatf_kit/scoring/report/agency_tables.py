"""Flat tables by agency, for analysts: each answer of each agency, and how much of what it was asked it has answered.

They become data frames only, so their headings are not translated.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fatf_kit.assessment.answers.audience import Audience, may_read
from fatf_kit.assessment.answers.model import Answer, ResponseSet
from fatf_kit.assessment.answers.returns import list_agency_responses, list_own_answers
from fatf_kit.framework.catalog import get_enclosing_id, get_unit_id
from fatf_kit.report.model import DataTable
from fatf_kit.report.results_table import COUNT, DATE, ID, RATING, YES_NO, ResultColumn, ResultsTable
from fatf_kit.scoring.model import Assessment


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyAnswer:
    """An answer of one agency. `status` is the evidence status of its criterion or core issue."""

    answer: Answer
    status: str | None
    is_withheld: bool

    def readable(self, field: str) -> object:
        """Return a field of the answer; None where it is withheld from the audience."""
        return None if self.is_withheld else getattr(self.answer, field)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitCoverage:
    """The numbers of criteria or core issues of one unit that an agency was asked, and that it rated itself."""

    agency: str
    unit: str
    assigned: int
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
        for answer in list_own_answers(responses.answers)
    )


def coverage_table(assigned: Mapping[str, Sequence[str]], responses: ResponseSet) -> DataTable:
    """Return one row for each agency and unit; `assigned` are the requirements that each agency was asked."""
    returns = {one.agency: one for one in list_agency_responses(assigned, responses)}
    rows = []
    for agency in assigned:
        answered = Counter(map(get_unit_id, returns[agency].answered))
        for unit, count in Counter(map(get_unit_id, returns[agency].requested)).items():
            rows.append(UnitCoverage(agency=agency, unit=unit, assigned=count, answered=answered[unit]))
    return _COVERAGE.in_sheet(rows)


_ANSWERS = ResultsTable[AgencyAnswer](
    "answers_by_agency",
    "Answers by agency",
    (
        ResultColumn("requirement", "Requirement", lambda row: row.answer.requirement, ID, sheet=14),
        ResultColumn("unit", "Unit", lambda row: get_unit_id(row.answer.requirement), ID, sheet=14),
        ResultColumn("agency", "Agency", lambda row: row.answer.agency, ID, sheet=14),
        ResultColumn("rating", "Rating", lambda row: row.readable("rating"), RATING, sheet=14),
        ResultColumn("status", "Evidence status", sheet=14),
        ResultColumn("explanation", "Explanation", lambda row: row.readable("explanation"), sheet=14),
        ResultColumn("citation", "Citation", lambda row: row.readable("citation"), sheet=14),
        ResultColumn("in_force_from", "In force", lambda row: row.readable("in_force_from"), DATE, sheet=14),
        ResultColumn("missing", "What is missing", lambda row: row.readable("missing"), sheet=14),
        ResultColumn("action", "Planned action", lambda row: row.readable("action"), sheet=14),
        ResultColumn("action_due", "Due", lambda row: row.readable("action_due"), DATE, sheet=14),
        ResultColumn("confidentiality", "Confidentiality", lambda row: row.answer.confidentiality, sheet=14),
        ResultColumn("is_withheld", "Withheld", kind=YES_NO, sheet=14),
    ),
)

_COVERAGE = ResultsTable[UnitCoverage](
    "coverage_by_agency",
    "Coverage by agency",
    (
        ResultColumn("agency", "Agency", kind=ID, sheet=14),
        ResultColumn("unit", "Unit", kind=ID, sheet=14),
        ResultColumn("asked", "Asked", lambda row: row.assigned, COUNT, sheet=14),
        ResultColumn("answered", "Answered", kind=COUNT, sheet=14),
        ResultColumn("open", "Open", lambda row: row.assigned - row.answered, COUNT, sheet=14),
    ),
)
