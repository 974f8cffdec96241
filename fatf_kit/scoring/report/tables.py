"""Flat tables of the same results, for spreadsheets and data frames."""

from __future__ import annotations

from collections.abc import Sequence

from fatf_kit.core.messages import Translator
from fatf_kit.core.problems import Problem
from fatf_kit.framework.catalog import get_unit_id, index_requirements
from fatf_kit.framework.model import CoreIssue, Criterion, Framework, Requirement
from fatf_kit.report.model import DataColumn, DataTable
from fatf_kit.scoring.finding import Finding
from fatf_kit.scoring.model import Assessment
from fatf_kit.scoring.report.traces import describe_finding_step, describe_next_step, describe_status
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
) -> tuple[DataTable, ...]:
    """Ratings, requirements, findings and problems, one row each, in the order of the Methodology."""
    return (
        _ratings(framework, assessment, sensitivity, t),
        _requirements(framework, assessment, t),
        _findings(framework, findings, t),
        problems_table(problems, t, about=DataColumn(key="requirement", title=t("Requirement"), width=14)),
    )


def _ratings(
    framework: Framework, assessment: Assessment, sensitivity: Sequence[OtherPolicy], t: Translator
) -> DataTable:
    titles = {unit.id: unit.title for unit in framework.units}
    return DataTable(
        key="ratings",
        title=t("Ratings"),
        columns=(
            DataColumn(key="id", title=t("Unit"), width=8),
            DataColumn(key="title", title=t("Title"), width=48),
            DataColumn(key="claimed", title=t("Claimed")),
            DataColumn(key="worst", title=t("Shown, worst end"), is_end=True),
            DataColumn(key="best", title=t("Shown, best end"), is_end=True),
            DataColumn(key="decided", title=t("Decided")),
            DataColumn(key="settled", title=t("Settled")),
            DataColumn(key="reading", title=t("In words"), width=36),
            DataColumn(key="close_to", title=t("Close to"), is_plain=True),
            DataColumn(key="open", title=t("Settled first by"), width=24),
            DataColumn(key="other_policies", title=t("Differs under another policy"), width=26),
            DataColumn(key="asked", title=t("Asked"), width=9),
            DataColumn(key="answered", title=t("Answered"), width=9),
            DataColumn(key="shown", title=t("Shown"), width=9),
        ),
        rows=tuple(
            (
                unit.id,
                titles[unit.id],
                _text(unit.claimed.rating),
                str(unit.shown.worst),
                str(unit.shown.best),
                _text(unit.decided),
                _text(unit.settled),
                describe_range(unit, t),
                _text(unit.close_to),
                ", ".join(unit.open) or None,
                _differing(unit.id, sensitivity, t) or None,
                unit.coverage.asked,
                unit.coverage.answered,
                unit.coverage.shown,
            )
            for unit in assessment.units
        ),
    )


def _differing(unit: str, sensitivity: Sequence[OtherPolicy], t: Translator) -> str:
    """The policies that rate a unit otherwise, each with what it gives: "stricter-2: PC – LC"."""
    return t.points(
        t("{name}: {text}", name=other.policy, text=dict(other.ratings)[unit].describe())
        for other in sensitivity
        if unit in other.changed
    )


def _requirements(framework: Framework, assessment: Assessment, t: Translator) -> DataTable:
    index = index_requirements(framework)
    rows: list[tuple[str | int | float | None, ...]] = []
    for part in assessment.requirements:
        rows.append(
            (
                part.id,
                get_unit_id(part.id),
                index[part.id].statement,
                _text(part.claimed.rating),
                str(part.shown.worst),
                str(part.shown.best),
                _text(part.decided),
                part.weight,
                describe_weight(part.weighing, _edition_reason(index[part.id]), t) or None,
                describe_status(part.status, t, part.in_force_from or part.in_force_until) or None,
                describe_next_step(part.status, t) or None,
                ", ".join(part.agencies),
                str(part.refs[0]) if part.refs else None,
            )
        )
    return DataTable(
        key="requirements",
        title=t("Criteria and core issues"),
        columns=(
            DataColumn(key="id", title=t("Requirement"), width=14),
            DataColumn(key="unit", title=t("Unit"), width=8),
            DataColumn(key="statement", title=t("What is asked"), width=60),
            DataColumn(key="claimed", title=t("Claimed"), width=14),
            DataColumn(key="worst", title=t("Shown, worst end"), width=14, is_end=True),
            DataColumn(key="best", title=t("Shown, best end"), width=14, is_end=True),
            DataColumn(key="decided", title=t("Decided"), width=14),
            DataColumn(key="weight", title=t("Weight"), width=8),
            DataColumn(key="weight_reason", title=t("Why it weighs so"), width=40),
            DataColumn(key="lacks", title=t("What is missing"), width=40),
            DataColumn(key="next_step", title=t("Next step"), width=40),
            DataColumn(key="agencies", title=t("Agencies"), width=18),
            DataColumn(key="cell", title=t("Cell"), width=24),
        ),
        rows=tuple(rows),
    )


def _findings(framework: Framework, findings: Sequence[Finding], t: Translator) -> DataTable:
    index = index_requirements(framework)
    return DataTable(
        key="findings",
        title=t("Findings"),
        columns=(
            DataColumn(key="id", title=t("Finding"), width=9),
            DataColumn(key="requirement", title=t("Requirement"), width=14),
            DataColumn(key="kind", title=t("Kind"), width=16),
            DataColumn(key="severity", title=t("Severity"), width=12),
            DataColumn(key="what", title=t("What is missing"), width=60),
            DataColumn(key="points_lost", title=t("Weight lost"), width=10),
            DataColumn(key="affects", title=t("Affects"), width=18),
            DataColumn(key="touches", title=t("Also affects"), width=18),
            DataColumn(key="planned", title=t("Planned action"), width=40),
            DataColumn(key="due", title=t("Due"), width=12),
            DataColumn(key="recommended", title=t("Next step"), width=60),
        ),
        rows=tuple(
            (
                f.id,
                f.requirement,
                t(f.kind.label),
                t(f.severity) if f.severity else None,
                f.missing or index[f.requirement].statement,
                f.points_lost,
                ", ".join(f.affects),
                ", ".join(f.touches),
                f.planned or None,
                f.planned_due or None,
                describe_finding_step(f, index[f.requirement].guidance.recommended_action, t) or None,
            )
            for f in findings
        ),
    )


def problems_table(problems: Sequence[Problem], t: Translator, *, about: DataColumn) -> DataTable:
    """One row for each problem; `about` is the column of the ids that problems concern."""
    return DataTable(
        key="problems",
        title=t("Problems"),
        columns=(
            DataColumn(key="file", title=t("File"), width=28),
            DataColumn(key="sheet", title=t("Sheet"), width=22),
            DataColumn(key="cell", title=t("Cell"), width=8),
            about,
            DataColumn(key="level", title=t("Level"), width=10),
            DataColumn(key="text", title=t("What was found and what to do"), width=80),
            DataColumn(key="code", title=t("Code"), width=20),
        ),
        rows=tuple(
            (
                p.ref.file if p.ref else None,
                p.ref.sheet if p.ref else None,
                p.ref.cell if p.ref else None,
                p.requirement,
                t(p.level),
                p.text_in(t),
                p.code,
            )
            for p in problems
        ),
    )


def _edition_reason(requirement: Requirement) -> str | None:
    return requirement.weight.reason if isinstance(requirement, Criterion | CoreIssue) else None


def _text(rating: object) -> str | None:
    return None if rating is None else str(rating)
