"""The outreach plan and the inspection plan as sections of the report."""

from __future__ import annotations

from collections.abc import Iterator

from fatf_kit.core.messages import Translator
from fatf_kit.npo.measures.catalogue import load_measures
from fatf_kit.npo.measures.plans import InspectionPlan, NpoPlanSettings, OutreachLine, OutreachPlan, OutreachRule
from fatf_kit.npo.method.scales import SegmentKind
from fatf_kit.npo.model import SectorResult
from fatf_kit.npo.report.figures import ShownCounts, class_name, number, referred, shown_classes, shown_segments
from fatf_kit.npo.report.names import Names
from fatf_kit.npo.report.sector import row
from fatf_kit.report.model import (
    DocumentTable,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Section,
    TableCell,
    TableColumn,
    TableRow,
    Tone,
)


def outreach_section(
    plan: OutreachPlan, sector: SectorResult, settings: NpoPlanSettings, names: Names, t: Translator
) -> Section:
    """Return who is reached how often; with every class, the low one included, in its own measure."""
    return Section(
        anchor="outreach",
        title=t("Outreach plan"),
        blocks=(
            DocumentTable(
                id="outreach-table",
                caption=t(
                    "Outreach by class and activity, {days} days of work a year", days=t.number(round(plan.days))
                ),
                columns=(
                    TableColumn(title=t("Class"), width=2),
                    TableColumn(title=t("Activity"), width=4),
                    TableColumn(title=t("Bodies"), width=3, number=True),
                    TableColumn(title=t("Form"), width=5),
                    TableColumn(title=t("Events a year"), width=3, number=True),
                    TableColumn(title=t("Days"), width=2, number=True),
                ),
                rows=tuple(_outreach_rows(plan, sector, settings, names, t)),
                empty=t("No body is rated, so no outreach is planned."),
            ),
            Paragraph(text=settings.source, tone=Tone.SMALL),
        ),
    )


def _outreach_rows(
    plan: OutreachPlan, sector: SectorResult, settings: NpoPlanSettings, names: Names, t: Translator
) -> Iterator[TableRow]:
    """Yield a row for each line; activities whose count is hidden are one row for their class."""
    by_activity = {segment.code: shown for segment, shown in shown_segments(sector, SegmentKind.ACTIVITY)}
    whole = shown_classes(sector)

    def made(rule: OutreachRule, activity: str, bodies: int | None, events: int, days: float) -> TableRow:
        tier = TableCell(text=class_name(rule.tier, t), rating=str(rule.tier), scale="risk")
        return row(tier, activity, number(bodies, t), settings.forms[rule.form], t.number(events), t.number(days))

    for rule in dict.fromkeys(line.rule for line in plan.lines):
        few: list[OutreachLine] = []
        for line in (line for line in plan.lines if line.rule == rule):
            if line.activity is None:
                yield made(rule, t("all activities"), whole[str(rule.tier)], line.events, line.days)
            elif (bodies := by_activity[line.activity][str(rule.tier)]) is None:
                few.append(line)
            else:
                activity = _activity(line.activity, by_activity[line.activity], names, t)
                yield made(rule, activity, bodies, line.events, line.days)
        if few:
            text = t.plural("{n} activity whose count is hidden", "{n} activities whose counts are hidden", len(few))
            yield made(rule, text, None, sum(line.events for line in few), sum(line.days for line in few))


def _activity(code: str, shown: ShownCounts, names: Names, t: Translator) -> str:
    told = names.may_stand(SegmentKind.ACTIVITY, code, shown["total"])
    return names.segment(SegmentKind.ACTIVITY, code) if told else t("one that few bodies share")


def inspections_section(plan: InspectionPlan, sector: SectorResult, shown: ShownCounts, t: Translator) -> Section:
    """Return what fits the capacity, in the order of risk, and what does not.

    `shown` are the classes of the sector: days would give away a count that is hidden there, or how few are referred.
    """
    if not sector.classes.at_risk:
        text = t("No body is in the medium or high class, so no inspection is planned.")
        return Section(anchor="inspections", title=t("Inspection plan"), blocks=(Paragraph(text=text),))
    few_referred = referred(sector) is None
    secret = few_referred or any(str(line.rule.tier) in shown.hidden for line in plan.lines)
    kinds = load_measures(t.language).kinds
    short = plan.days_short
    text = (
        t("The capacity is enough for all that is planned.")
        if not short
        else t(
            "{days} days a year are missing. What does not fit stands in the table; it is not spread thinner over all.",
            days=number(None if secret else round(short), t),
        )
    )
    return Section(
        anchor="inspections",
        title=t("Inspection plan"),
        blocks=(
            KeyFigures(
                figures=(
                    KeyFigure(value=t.number(plan.days_a_year), label=t("days a year"), detail=t("capacity stated")),
                    KeyFigure(
                        value=number(None if secret else round(plan.days), t), label=t("days planned"), detail=""
                    ),
                    KeyFigure(value=number(None if secret else round(short), t), label=t("days missing"), detail=""),
                )
            ),
            Paragraph(text=text),
            DocumentTable(
                id="inspections-table",
                caption=t(
                    "High first, then medium by exposure; never low or out of scope on grounds of terrorist financing"
                ),
                columns=(
                    TableColumn(title=t("Class"), width=2),
                    TableColumn(title=t("What is done"), width=4),
                    TableColumn(title=t("Bodies"), width=2, number=True),
                    TableColumn(title=t("Days for one"), width=2, number=True),
                    TableColumn(title=t("Planned"), width=2, number=True),
                    TableColumn(title=t("Does not fit"), width=2, number=True),
                ),
                rows=tuple(
                    row(
                        TableCell(text=class_name(line.rule.tier, t), rating=str(line.rule.tier), scale="risk"),
                        kinds[line.rule.action].name,
                        number(None if secret else line.bodies, t),
                        t.number(line.rule.days_for_one),
                        number(None if secret else line.planned, t),
                        number(None if secret else line.left, t),
                    )
                    for line in plan.lines
                ),
            ),
            Paragraph(
                text=t(
                    "Bodies referred to investigators are handed over and not visited as an ordinary inspection, so "
                    "they are not counted here. The working list of bodies in order is restricted to the authority."
                ),
                tone=Tone.SMALL,
            ),
        ),
    )
