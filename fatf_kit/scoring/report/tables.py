"""Flat tables of the same results, for spreadsheets, CSV files and data frames."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fatf_kit.core.messages import Translator
from fatf_kit.core.problems import Problem
from fatf_kit.framework.catalog import get_unit_id, index_requirements
from fatf_kit.framework.model import Framework
from fatf_kit.report.model import DataTable, ValueKind
from fatf_kit.report.problems_section import build_problems_sheet
from fatf_kit.report.results_table import COUNT, DATE, ID, RANGE_END, RATING, ResultColumn, ResultsTable
from fatf_kit.scoring.finding import Finding
from fatf_kit.scoring.model import Assessment
from fatf_kit.scoring.report.traces import describe_finding_step, describe_next_step, describe_status, name_policy
from fatf_kit.scoring.report.weight_texts import PartOfUnit, UnitResult, describe_range, describe_weight
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


def _ratings(framework: Framework, sensitivity: Sequence[OtherPolicy], t: Translator) -> ResultsTable[UnitResult]:
    titles = {unit.id: unit.title for unit in framework.units}
    others = t("Differs under another policy")
    plain = ValueKind.PLAIN_RATING
    return ResultsTable[UnitResult](
        "ratings",
        t("Ratings"),
        (
            ResultColumn("id", t("Unit"), kind=ID, sheet=8),
            ResultColumn("title", t("Title"), lambda unit: titles[unit.id], sheet=48),
            ResultColumn("claimed", t("Claimed"), lambda unit: unit.claimed.rating, RATING, sheet=12),
            ResultColumn("worst", t("Shown, worst case"), lambda unit: unit.shown.worst, RANGE_END, sheet=12),
            ResultColumn("best", t("Shown, best case"), lambda unit: unit.shown.best, RANGE_END, sheet=12),
            ResultColumn("decided", t("Decided"), kind=RATING, sheet=12),
            ResultColumn("settled", t("Settled"), lambda unit: unit.resolved, RATING, sheet=12),
            ResultColumn("reading", t("Rating in words"), lambda unit: describe_range(unit, t), sheet=36),
            ResultColumn("close_to", t("Close to"), kind=plain, sheet=12),
            ResultColumn("open", t("Settled first by"), sheet=24),
            ResultColumn("other_policies", others, lambda unit: _differing(unit.id, sensitivity, t), sheet=26),
            ResultColumn("asked", t("Asked"), lambda unit: unit.coverage.total, COUNT, sheet=9),
            ResultColumn("answered", t("Answered"), lambda unit: unit.coverage.answered, COUNT, sheet=9),
            ResultColumn("shown", t("Shown"), lambda unit: unit.coverage.shown, COUNT, sheet=9),
        ),
    )


def _differing(unit: str, sensitivity: Sequence[OtherPolicy], t: Translator) -> str:
    """Return the policies that rate a unit otherwise, each with its rating: "Stricter policy: PC – LC"."""
    return t.points(
        t("{name}: {text}", name=name_policy(other.policy, t), text=dict(other.ratings)[unit].describe())
        for other in sensitivity
        if unit in other.changed
    )


def _requirements(framework: Framework, agencies: Mapping[str, str], t: Translator) -> ResultsTable[PartOfUnit]:
    index = index_requirements(framework)

    def weight_reason(part: PartOfUnit) -> str:
        return describe_weight(part.weighing, index[part.id], t)

    def names(part: PartOfUnit) -> tuple[str, ...]:
        return tuple(agencies.get(agency, agency) for agency in part.agencies)

    def lacks(part: PartOfUnit) -> str:
        return describe_status(part.status, t, part.in_force_from or part.in_force_until)

    return ResultsTable[PartOfUnit](
        "requirements",
        t("Criteria and core issues"),
        (
            ResultColumn("id", t("Requirement"), kind=ID, sheet=14),
            ResultColumn("unit", t("Unit"), lambda part: get_unit_id(part.id), ID, sheet=8),
            ResultColumn("statement", t("Text of the requirement"), lambda part: index[part.id].statement, sheet=60),
            ResultColumn("claimed", t("Claimed"), lambda part: part.claimed.rating, RATING, sheet=14),
            ResultColumn("worst", t("Shown, worst case"), lambda part: part.shown.worst, RANGE_END, sheet=14),
            ResultColumn("best", t("Shown, best case"), lambda part: part.shown.best, RANGE_END, sheet=14),
            ResultColumn("decided", t("Decided"), kind=RATING, sheet=14),
            ResultColumn("weight", t("Weight"), kind=COUNT, sheet=8),
            ResultColumn("weight_reason", t("Reason for the weight"), weight_reason, sheet=40),
            ResultColumn("lacks", t("Gaps"), lacks, sheet=40),
            ResultColumn("next_step", t("Next step"), lambda part: describe_next_step(part.status, t), sheet=40),
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
            ResultColumn("planned", t("Planned action"), sheet=40),
            ResultColumn("due", t("Due"), lambda found: found.planned_due, DATE, sheet=12),
            ResultColumn("recommended", t("Next step"), next_step, sheet=60),
        ),
    )
