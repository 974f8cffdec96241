"""The sector report as flat tables and as JSON: the same figures, and the same ones hidden."""

from __future__ import annotations

from fatf_kit.core.messages import Translator
from fatf_kit.npo.model import SectorResult
from fatf_kit.npo.proportionality import OverRegulation, load_checks
from fatf_kit.npo.report.beneficiaries import group_name, shown_beneficiaries
from fatf_kit.npo.report.figures import (
    CLASS_KEYS,
    class_name,
    kind_name,
    one,
    shown_classes,
    shown_parts,
    shown_segments,
)
from fatf_kit.npo.report.measures import about_names, severity_name, state_name
from fatf_kit.npo.report.names import Names
from fatf_kit.npo.scales import RiskClass, SegmentKind
from fatf_kit.report.model import DataColumn, DataTable


def sector_tables(sector: SectorResult, judged: OverRegulation, names: Names, t: Translator) -> tuple[DataTable, ...]:
    """One row for each count, segment, column and check; a hidden count is blank."""
    return (
        _counts(sector, names, t),
        _classes(sector, t),
        _segments(sector, names, t),
        _completeness(sector, names, t),
        _checks(judged, t),
    )


def _counts(sector: SectorResult, names: Names, t: Translator) -> DataTable:
    register = sector.register
    rows: list[tuple[str | int | float | None, ...]] = [
        (t("registered"), register.registered),
        (t("active"), register.active),
        (t("Within the definition"), register.in_scope),
        (t("Outside the definition"), register.out_of_scope),
        (t("Undetermined"), register.undetermined),
        (t("All rows below the headings"), register.rows),
        (t("Rows classified"), register.registered),
        (t("Rows rejected"), register.rejected),
        *((t("Rows rejected: {reason}", reason=t(part.code)), part.count) for part in register.rejected_reasons),
        (t("Blank rows"), register.blank),
    ]
    for reasons in (register.out_reasons, register.undetermined_reasons):
        shown = shown_parts(reasons)
        rows += [(names.reason(part.code), shown[part.code]) for part in reasons]
    for code, count in shown_beneficiaries(sector):
        rows.append((t("Beneficiaries: {group}", group=group_name(code, t)), count))
    return DataTable(
        key="counts",
        title=t("Counts"),
        columns=(
            DataColumn(key="what", title=t("What"), width=48),
            DataColumn(key="bodies", title=t("Bodies"), width=14),
        ),
        rows=tuple(rows),
    )


def _classes(sector: SectorResult, t: Translator) -> DataTable:
    shown = shown_classes(sector)
    return DataTable(
        key="classes",
        title=t("Classes"),
        columns=(
            DataColumn(key="class", title=t("Class"), width=16),
            DataColumn(key="bodies", title=t("Bodies"), width=14),
            DataColumn(key="money", title=t("Money"), width=20),
        ),
        rows=tuple(
            (
                t("all") if key == "total" else t("not classified") if key == "unrated" else class_name(key, t),
                shown[key],
                None if key in shown.hidden else getattr(sector.money, key),
            )
            for key in CLASS_KEYS
        ),
    )


def _segments(sector: SectorResult, names: Names, t: Translator) -> DataTable:
    rows: list[tuple[str | int | float | None, ...]] = []
    for kind in SegmentKind:
        for segment, shown in shown_segments(sector, kind):
            open_ = shown["total"] is not None
            if not names.may_stand(kind, segment.code, shown["total"]):
                continue
            rows.append(
                (
                    kind_name(kind, t),
                    names.segment(kind, segment.code),
                    *(shown[key] for key in CLASS_KEYS),
                    segment.money.total if open_ else None,
                )
            )
    return DataTable(
        key="segments",
        title=t("Segments"),
        columns=(
            DataColumn(key="by", title=t("By"), width=14),
            DataColumn(key="segment", title=t("Segment"), width=32),
            *(DataColumn(key=risk_class.value, title=class_name(risk_class, t)) for risk_class in RiskClass),
            DataColumn(key="unrated", title=t("not classified")),
            DataColumn(key="total", title=t("all")),
            DataColumn(key="money", title=t("Money"), width=20),
        ),
        rows=tuple(rows),
    )


def _completeness(sector: SectorResult, names: Names, t: Translator) -> DataTable:
    return DataTable(
        key="completeness",
        title=t("Completeness"),
        columns=(
            DataColumn(key="column", title=t("Column"), width=32),
            DataColumn(key="known", title=t("Known"), width=10),
            DataColumn(key="informs", title=t("Informs"), width=50),
            DataColumn(key="would_settle", title=t("Would settle"), width=14),
        ),
        rows=tuple(
            (
                names.column(one_.column),
                round(one_.known, 4),
                t.points(map(names.factor, one_.informs)),
                one(one_.would_settle),
            )
            for one_ in sector.completeness.columns
        ),
    )


def _checks(judged: OverRegulation, t: Translator) -> DataTable:
    checks = {check.id: check for check in load_checks(t.language).checks}
    return DataTable(
        key="checks",
        title=t("Checks"),
        columns=(
            DataColumn(key="id", title=t("Check"), width=8),
            DataColumn(key="title", title=t("Title"), width=40),
            DataColumn(key="severity", title=t("Severity"), width=12),
            DataColumn(key="result", title=t("Result"), width=12),
            DataColumn(key="about", title=t("What is behind it"), width=50),
            DataColumn(key="citations", title=t("Paragraph"), width=28),
        ),
        rows=tuple(
            (
                result.id,
                checks[result.id].title,
                severity_name(checks[result.id].severity, t),
                state_name(result.state, t),
                t.points(about_names(result, t)) or None,
                ", ".join(checks[result.id].citations),
            )
            for result in judged.results
        ),
    )
