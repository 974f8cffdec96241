"""The outreach plan and the inspection plan as sections of the report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fatf_kit.core.messages import Translator
from fatf_kit.npo.measures.catalogue import Tier, load_measures
from fatf_kit.npo.measures.plans import (
    InspectionLine,
    InspectionPlan,
    NpoPlanSettings,
    OutreachLine,
    OutreachPlan,
    OutreachRule,
)
from fatf_kit.npo.model import SectorResult
from fatf_kit.npo.report.disclosure import ShownCounts, referred, shown_classes, shown_segments
from fatf_kit.npo.report.figures import class_cell, key_figures, number, number_column
from fatf_kit.npo.report.names import Names
from fatf_kit.npo.scales import RiskClass, SegmentKind
from fatf_kit.report.model import Paragraph, Section, TableCell, Tone
from fatf_kit.report.results_table import ResultColumn, ResultsTable
from fatf_kit.report.sections import make_section


def outreach_section(
    plan: OutreachPlan, sector: SectorResult, settings: NpoPlanSettings, names: Names, t: Translator
) -> Section:
    """Return who is reached how often; with every class, the low one included, in its own measure."""
    caption = t("Outreach by class and activity; days of work a year: {days}", days=t.number(round(plan.days)))
    table = ResultsTable[_OutreachRow](
        "outreach-table",
        caption,
        (
            ResultColumn("class", t("Class"), lambda row: _class_cell(row.rule.tier, t), page=2),
            ResultColumn("activity", t("Activity"), page=4),
            number_column("bodies", t("Bodies"), lambda row: row.bodies, t, page=3),
            ResultColumn("form", t("Form"), lambda row: settings.forms[row.rule.form], page=5),
            number_column("events", t("Events a year"), lambda row: row.events, t, page=3),
            number_column("days", t("Days"), lambda row: row.days, t, page=2),
        ),
    )
    return make_section(
        "outreach",
        t("Outreach plan"),
        table.in_document(
            _outreach_rows(plan, sector, names, t), empty=t("No body is rated, so no outreach is planned.")
        ),
        Paragraph(text=settings.source, tone=Tone.SMALL),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _OutreachRow:
    """Outreach to a class in an activity, or in several whose counts are hidden."""

    rule: OutreachRule
    activity: str
    bodies: int | None
    events: int
    days: float


def _class_cell(tier: Tier, t: Translator) -> TableCell:
    return class_cell(RiskClass(tier.value), t)


def _outreach_rows(plan: OutreachPlan, sector: SectorResult, names: Names, t: Translator) -> Iterator[_OutreachRow]:
    """Yield a row for each line; activities whose count is hidden are one row for their class."""
    by_activity = {segment.code: shown for segment, shown in shown_segments(sector, SegmentKind.ACTIVITY)}
    whole = shown_classes(sector)

    def made(activity: str, bodies: int | None, *lines: OutreachLine) -> _OutreachRow:
        events, days = sum(line.events for line in lines), sum(line.days for line in lines)
        return _OutreachRow(rule=lines[0].rule, activity=activity, bodies=bodies, events=events, days=days)

    for rule in dict.fromkeys(line.rule for line in plan.lines):
        few: list[OutreachLine] = []
        for line in (line for line in plan.lines if line.rule == rule):
            if line.activity is None:
                yield made(t("all activities"), whole[str(rule.tier)], line)
            elif (bodies := by_activity[line.activity][str(rule.tier)]) is None:
                few.append(line)
            else:
                activity = _activity(line.activity, by_activity[line.activity], names, t)
                yield made(activity, bodies, line)
        if few:
            text = t.plural("{n} activity whose count is hidden", "{n} activities whose counts are hidden", len(few))
            yield made(text, None, *few)


def _activity(code: str, shown: ShownCounts[str], names: Names, t: Translator) -> str:
    is_shown = names.may_stand(SegmentKind.ACTIVITY, code, shown["total"])
    return names.segment(SegmentKind.ACTIVITY, code) if is_shown else t("one that few bodies share")


def inspections_section(plan: InspectionPlan, sector: SectorResult, t: Translator) -> Section:
    """Return what fits the capacity, in the order of risk, and what does not.

    Days are hidden where they would give away a count that is hidden of the classes, or how few are referred.
    """
    if not sector.classes.at_risk:
        text = t("No body is in the medium or high class, so no inspection is planned.")
        return make_section("inspections", t("Inspection plan"), Paragraph(text=text))
    hidden = shown_classes(sector).hidden
    secret = referred(sector) is None or any(str(line.rule.tier) in hidden for line in plan.lines)
    planned, missing = (number(None if secret else round(days), t) for days in (plan.days, plan.days_short))
    text = t("The capacity is enough for all that is planned.")
    if plan.days_short:
        text = t(
            "Days a year that are missing: {days}. The table shows what does not fit; visits are not "
            "shortened to reach more bodies.",
            days=missing,
        )
    note = t(
        "Bodies referred to investigators are handed over and not visited as an ordinary inspection, so "
        "they are not counted here. The working list of bodies in order is restricted to the authority."
    )
    return make_section(
        "inspections",
        t("Inspection plan"),
        key_figures(
            (t.number(plan.days_a_year), t("days a year"), t("capacity stated")),
            (planned, t("days planned"), ""),
            (missing, t("days missing"), ""),
        ),
        Paragraph(text=text),
        _inspections_table(secret, t).in_document(plan.lines),
        Paragraph(text=note, tone=Tone.SMALL),
    )


def _inspections_table(secret: bool, t: Translator) -> ResultsTable[InspectionLine]:
    kinds = load_measures(t.language).kinds
    caption = t("High first, then medium by exposure; never low or out of scope on grounds of terrorist financing")
    return ResultsTable[InspectionLine](
        "inspections-table",
        caption,
        (
            ResultColumn("class", t("Class"), lambda line: _class_cell(line.rule.tier, t), page=2),
            ResultColumn("action", t("What is done"), lambda line: kinds[line.rule.action].name, page=4),
            number_column("bodies", t("Bodies"), lambda line: None if secret else line.bodies, t, page=2),
            number_column("days", t("Days for one"), lambda line: line.rule.days_for_one, t, page=2),
            number_column("planned", t("Planned"), lambda line: None if secret else line.planned, t, page=2),
            number_column("left", t("Does not fit"), lambda line: None if secret else line.left, t, page=2),
        ),
    )
