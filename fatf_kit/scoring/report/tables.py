"""Flat tables of the same results, for spreadsheets, CSV files and data frames.

Tables by agency have each answer of each agency, and how much of what it was asked it has answered. They become data
frames only, so their headings are not translated.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fatf_kit.assessment.answers.audience import Audience, may_read
from fatf_kit.assessment.answers.model import Answer, ResponseSet
from fatf_kit.assessment.answers.returns import list_agency_responses, list_own_answers
from fatf_kit.core.messages import Translator
from fatf_kit.core.problems import Problem
from fatf_kit.framework.catalog import get_enclosing_id, get_unit_id, index_requirements
from fatf_kit.framework.model import Framework
from fatf_kit.report.model import DataTable, ValueKind
from fatf_kit.report.problems_section import build_problems_sheet
from fatf_kit.report.results_table import COUNT, DATE, ID, RANGE_END, RATING, YES_NO, ResultColumn, ResultsTable
from fatf_kit.scoring.finding import Finding
from fatf_kit.scoring.findings import join_sentences
from fatf_kit.scoring.model import AnyRequirement, AnyUnit, Assessment
from fatf_kit.scoring.report.traces import describe_finding_step, describe_next_step, describe_status, name_policy
from fatf_kit.scoring.report.weight_texts import describe_range, describe_weight
from fatf_kit.scoring.sensitivity import OtherPolicy


def build_assessment_tables(
    framework: Framework,
    assessment: Assessment,
    findings: Sequence[Finding],
    problems: Sequence[Problem],
    t: Translator,
    *,
    sensitivity: Sequence[OtherPolicy] = (),
    agencies: Mapping[str, str] | None = None,
) -> tuple[DataTable, ...]:
    """Return ratings, requirements, findings and problems, one row each, in the order of the Methodology.

    `agencies` gives names by id; an agency without one has its id.
    """
    return (
        _ratings(framework, sensitivity, t).in_sheet(assessment.units),
        _requirements(framework, agencies or {}, t).in_sheet(assessment.requirements),
        _findings(framework, t).in_sheet(findings),
        build_problems_sheet(problems, t, about=t("Requirement")),
    )


def _ratings(framework: Framework, sensitivity: Sequence[OtherPolicy], t: Translator) -> ResultsTable[AnyUnit]:
    titles = {unit.id: unit.title for unit in framework.units}
    others = t("Differs under other scoring rules")
    plain = ValueKind.PLAIN_RATING

    def differing(unit: AnyUnit) -> str:
        return _differing(unit.id, sensitivity, t)

    return ResultsTable[AnyUnit](
        "ratings",
        t("Ratings"),
        (
            ResultColumn("id", t("Rec. or outcome"), kind=ID, sheet=8),
            ResultColumn("title", t("Title"), lambda unit: titles[unit.id], sheet=48),
            *_list_ratings(t, sheet=12),
            ResultColumn("settled", t("Settled"), lambda unit: unit.resolved, RATING, sheet=12),
            ResultColumn("reading", t("Rating in words"), lambda unit: describe_range(unit, t), sheet=36),
            ResultColumn("close_to", t("Close to"), kind=plain, sheet=12),
            ResultColumn("open", t("Settled first by"), sheet=24),
            ResultColumn("other_policies", others, differing, sheet=26),
            ResultColumn("asked", t("Asked"), lambda unit: unit.coverage.total, COUNT, sheet=9),
            ResultColumn("answered", t("Answered"), lambda unit: unit.coverage.answered, COUNT, sheet=9),
            ResultColumn("shown", t("Shown"), lambda unit: unit.coverage.shown, COUNT, sheet=9),
        ),
    )


def _list_ratings(t: Translator, sheet: int) -> tuple[ResultColumn[Any], ...]:
    """Return the columns with the ratings of a unit, or of a criterion or core issue."""
    worst, best = t("Shown, worst case"), t("Shown, best case")
    return (
        ResultColumn("claimed", t("Claimed"), lambda row: row.claimed.rating, RATING, sheet=sheet),
        ResultColumn("worst", worst, lambda row: row.shown.worst, RANGE_END, sheet=sheet),
        ResultColumn("best", best, lambda row: row.shown.best, RANGE_END, sheet=sheet),
        ResultColumn("decided", t("Decided"), kind=RATING, sheet=sheet),
    )


def _differing(unit: str, sensitivity: Sequence[OtherPolicy], t: Translator) -> str:
    """Return the policies that rate a unit otherwise, each with its rating: "Stricter policy: PC – LC"."""
    return t.points(
        t("{name}: {text}", name=name_policy(other.policy, t), text=other.describe(unit))
        for other in sensitivity
        if unit in other.changed
    )


def _requirements(framework: Framework, agencies: Mapping[str, str], t: Translator) -> ResultsTable[AnyRequirement]:
    index = index_requirements(framework)

    def weight_reason(part: AnyRequirement) -> str:
        return describe_weight(part.weighing, index[part.id], t)

    def statement(part: AnyRequirement) -> str:
        return index[part.id].statement

    def names(part: AnyRequirement) -> tuple[str, ...]:
        return tuple(agencies.get(agency, agency) for agency in part.agencies)

    def lacks(part: AnyRequirement) -> str:
        return describe_status(part.status, t, part.in_force_from or part.in_force_until)

    def next_step(part: AnyRequirement) -> str:
        return describe_next_step(part.status, t)

    return ResultsTable[AnyRequirement](
        "requirements",
        t("Criteria and core issues"),
        (
            ResultColumn("id", t("Requirement"), kind=ID, sheet=14),
            ResultColumn("unit", t("Rec. or outcome"), lambda part: get_unit_id(part.id), ID, sheet=8),
            ResultColumn("statement", t("Text of the requirement"), statement, sheet=60),
            *_list_ratings(t, sheet=14),
            ResultColumn("weight", t("Weight"), kind=COUNT, sheet=8),
            ResultColumn("weight_reason", t("Reason for the weight"), weight_reason, sheet=40),
            ResultColumn("lacks", t("Gaps"), lacks, sheet=40),
            ResultColumn("next_step", t("Next step"), next_step, sheet=40),
            ResultColumn("agencies", t("Agencies"), names, sheet=18),
            ResultColumn("cell", t("Cell"), lambda part: part.refs[:1], sheet=24),
        ),
    )


def _findings(framework: Framework, t: Translator) -> ResultsTable[Finding]:
    index = index_requirements(framework)

    def missing(found: Finding) -> str:
        return found.missing or index[found.requirement].statement

    def next_step(found: Finding) -> str:
        return describe_finding_step(found, index[found.requirement].guidance.recommended_action, t)

    return ResultsTable[Finding](
        "findings",
        t("Findings"),
        (
            ResultColumn("id", t("Finding"), kind=ID, sheet=9),
            ResultColumn("requirement", t("Requirement"), kind=ID, sheet=14),
            ResultColumn("kind", t("Kind"), lambda found: t(found.kind.label), sheet=16),
            ResultColumn("severity", t("Severity"), lambda found: t(found.severity or ""), sheet=12),
            ResultColumn("what", t("Gaps"), missing, sheet=60),
            ResultColumn("points_lost", t("Weight lost"), kind=COUNT, sheet=10),
            ResultColumn("affects", t("Affects"), sheet=18),
            ResultColumn("touches", t("Also affects"), sheet=18),
            ResultColumn("planned", t("Planned action"), lambda found: join_sentences(found.planned), sheet=40),
            ResultColumn("due", t("Due"), lambda found: found.planned_due, DATE, sheet=12),
            ResultColumn("recommended", t("Next step"), next_step, sheet=60),
        ),
    )


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
        ResultColumn("unit", "Rec. or outcome", lambda row: get_unit_id(row.answer.requirement), ID, sheet=14),
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
        ResultColumn("unit", "Rec. or outcome", kind=ID, sheet=14),
        ResultColumn("asked", "Asked", lambda row: row.assigned, COUNT, sheet=14),
        ResultColumn("answered", "Answered", kind=COUNT, sheet=14),
        ResultColumn("open", "Open", lambda row: row.assigned - row.answered, COUNT, sheet=14),
    ),
)
