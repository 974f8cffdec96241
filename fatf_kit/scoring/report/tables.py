"""Flat tables of the same results, for spreadsheets and data frames."""

from __future__ import annotations

from collections.abc import Sequence

from fatf_kit.core.messages import Translator
from fatf_kit.core.problems import Problem
from fatf_kit.framework.catalog import get_unit_id, index_requirements
from fatf_kit.framework.model import CoreIssue, Criterion, Framework, Requirement
from fatf_kit.report.model import DataTable, ValueKind
from fatf_kit.report.problems_section import build_problems_sheet
from fatf_kit.report.results_table import ResultColumn, ResultsTable
from fatf_kit.scoring.finding import Finding
from fatf_kit.scoring.model import Assessment
from fatf_kit.scoring.report.traces import describe_finding_step, describe_next_step, describe_status
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
) -> tuple[DataTable, ...]:
    """Ratings, requirements, findings and problems, one row each, in the order of the Methodology."""
    return (
        _ratings(framework, sensitivity, t).in_sheet(assessment.units),
        _requirements(framework, t).in_sheet(assessment.requirements),
        _findings(framework, t).in_sheet(findings),
        build_problems_sheet(problems, t, about=t("Requirement")),
    )


def _ratings(framework: Framework, sensitivity: Sequence[OtherPolicy], t: Translator) -> ResultsTable[UnitResult]:
    titles = {unit.id: unit.title for unit in framework.units}
    return ResultsTable[UnitResult](
        "ratings",
        t("Ratings"),
        (
            ResultColumn("id", t("Unit"), lambda unit: unit.id, ValueKind.ID, sheet=8),
            ResultColumn("title", t("Title"), lambda unit: titles[unit.id], sheet=48),
            ResultColumn("claimed", t("Claimed"), lambda unit: _code(unit.claimed.rating), ValueKind.RATING, sheet=12),
            ResultColumn(
                "worst",
                t("Shown, worst end"),
                lambda unit: str(unit.shown.worst),
                ValueKind.RATING,
                sheet=12,
                is_end=True,
            ),
            ResultColumn(
                "best", t("Shown, best end"), lambda unit: str(unit.shown.best), ValueKind.RATING, sheet=12, is_end=True
            ),
            ResultColumn("decided", t("Decided"), lambda unit: _code(unit.decided), ValueKind.RATING, sheet=12),
            ResultColumn("settled", t("Settled"), lambda unit: _code(unit.settled), ValueKind.RATING, sheet=12),
            ResultColumn("reading", t("In words"), lambda unit: describe_range(unit, t), sheet=36),
            ResultColumn(
                "close_to", t("Close to"), lambda unit: _code(unit.close_to), ValueKind.RATING, sheet=12, is_plain=True
            ),
            ResultColumn("open", t("Settled first by"), lambda unit: ", ".join(unit.open) or None, sheet=24),
            ResultColumn(
                "other_policies",
                t("Differs under another policy"),
                lambda unit: _differing(unit.id, sensitivity, t) or None,
                sheet=26,
            ),
            ResultColumn("asked", t("Asked"), lambda unit: unit.coverage.asked, ValueKind.COUNT, sheet=9),
            ResultColumn("answered", t("Answered"), lambda unit: unit.coverage.answered, ValueKind.COUNT, sheet=9),
            ResultColumn("shown", t("Shown"), lambda unit: unit.coverage.shown, ValueKind.COUNT, sheet=9),
        ),
    )


def _differing(unit: str, sensitivity: Sequence[OtherPolicy], t: Translator) -> str:
    """The policies that rate a unit otherwise, each with what it gives: "stricter-2: PC – LC"."""
    return t.points(
        t("{name}: {text}", name=other.policy, text=dict(other.ratings)[unit].describe())
        for other in sensitivity
        if unit in other.changed
    )


def _requirements(framework: Framework, t: Translator) -> ResultsTable[PartOfUnit]:
    index = index_requirements(framework)
    rating = ValueKind.RATING
    return ResultsTable[PartOfUnit](
        "requirements",
        t("Criteria and core issues"),
        (
            ResultColumn("id", t("Requirement"), lambda part: part.id, ValueKind.ID, sheet=14),
            ResultColumn("unit", t("Unit"), lambda part: get_unit_id(part.id), ValueKind.ID, sheet=8),
            ResultColumn("statement", t("What is asked"), lambda part: index[part.id].statement, sheet=60),
            ResultColumn("claimed", t("Claimed"), lambda part: _code(part.claimed.rating), rating, sheet=14),
            ResultColumn(
                "worst", t("Shown, worst end"), lambda part: str(part.shown.worst), rating, sheet=14, is_end=True
            ),
            ResultColumn(
                "best", t("Shown, best end"), lambda part: str(part.shown.best), rating, sheet=14, is_end=True
            ),
            ResultColumn("decided", t("Decided"), lambda part: _code(part.decided), rating, sheet=14),
            ResultColumn("weight", t("Weight"), lambda part: part.weight, ValueKind.COUNT, sheet=8),
            ResultColumn(
                "weight_reason",
                t("Why it weighs so"),
                lambda part: describe_weight(part.weighing, _edition_reason(index[part.id]), t) or None,
                sheet=40,
            ),
            ResultColumn(
                "lacks",
                t("What is missing"),
                lambda part: describe_status(part.status, t, part.in_force_from or part.in_force_until) or None,
                sheet=40,
            ),
            ResultColumn(
                "next_step", t("Next step"), lambda part: describe_next_step(part.status, t) or None, sheet=40
            ),
            ResultColumn("agencies", t("Agencies"), lambda part: ", ".join(part.agencies), sheet=18),
            ResultColumn("cell", t("Cell"), lambda part: str(part.refs[0]) if part.refs else None, sheet=24),
        ),
    )


def _findings(framework: Framework, t: Translator) -> ResultsTable[Finding]:
    index = index_requirements(framework)

    def next_step(finding: Finding) -> str | None:
        recommended = index[finding.requirement].guidance.recommended_action
        return describe_finding_step(finding, recommended, t) or None

    return ResultsTable[Finding](
        "findings",
        t("Findings"),
        (
            ResultColumn("id", t("Finding"), lambda found: found.id, ValueKind.ID, sheet=9),
            ResultColumn("requirement", t("Requirement"), lambda found: found.requirement, ValueKind.ID, sheet=14),
            ResultColumn("kind", t("Kind"), lambda found: t(found.kind.label), sheet=16),
            ResultColumn(
                "severity", t("Severity"), lambda found: t(found.severity) if found.severity else None, sheet=12
            ),
            ResultColumn(
                "what",
                t("What is missing"),
                lambda found: found.missing or index[found.requirement].statement,
                sheet=60,
            ),
            ResultColumn("points_lost", t("Weight lost"), lambda found: found.points_lost, ValueKind.COUNT, sheet=10),
            ResultColumn("affects", t("Affects"), lambda found: ", ".join(found.affects), sheet=18),
            ResultColumn("touches", t("Also affects"), lambda found: ", ".join(found.touches), sheet=18),
            ResultColumn("planned", t("Planned action"), lambda found: found.planned or None, sheet=40),
            ResultColumn("due", t("Due"), lambda found: found.planned_due or None, ValueKind.DATE, sheet=12),
            ResultColumn("recommended", t("Next step"), next_step, sheet=60),
        ),
    )


def _edition_reason(requirement: Requirement) -> str | None:
    return requirement.weight.reason if isinstance(requirement, Criterion | CoreIssue) else None


def _code(rating: object) -> str | None:
    return None if rating is None else str(rating)
