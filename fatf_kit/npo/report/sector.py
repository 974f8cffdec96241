"""The first half of the report: the three counts, scope, classes, segments, the subset at risk, and the data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fatf_kit.core.messages import Translator
from fatf_kit.npo.method.load import load_method
from fatf_kit.npo.model import SectorResult, SectorVerdict
from fatf_kit.npo.report.asking import collect_blocks, headline
from fatf_kit.npo.report.charts import matrix_chart
from fatf_kit.npo.report.counts import CountLine, beneficiaries_blocks, count_table, rows_table
from fatf_kit.npo.report.disclosure import limit, one, referred, shown_classes, shown_parts, to_verify
from fatf_kit.npo.report.figures import class_cell, class_name, number, number_column, share, share_cell
from fatf_kit.npo.report.names import Names
from fatf_kit.npo.report.nature import rating_blocks
from fatf_kit.npo.scales import RiskClass
from fatf_kit.npo.survey import Survey
from fatf_kit.report.model import Block, Bullets, Figure, KeyFigure, KeyFigures, Paragraph, Section, TableCell, Tone
from fatf_kit.report.results_table import COUNT, ResultColumn, ResultsTable


def counts_section(sector: SectorResult, names: Names, t: Translator) -> Section:
    """Return the finding, the counts always apart, and the sector's own rating."""
    blocks: list[Block] = [
        Paragraph(text=headline(sector, t), tone=Tone.LEAD),
        *collect_blocks(sector, names, t),
        _counts(sector, t),
    ]
    blocks += [Paragraph(text=text, tone=Tone.NOTICE) for text in _cautions(sector, t)]
    blocks += [Paragraph(text=_survey_text(survey, t)) for survey in sector.surveys]
    blocks.append(rows_table(sector.register, t))
    rating = Section(anchor="rating", title=t("The rating of the sector"), blocks=tuple(rating_blocks(sector, t)))
    return Section(anchor="counts", title=t("The sector in short"), blocks=tuple(blocks), sections=(rating,))


def _counts(sector: SectorResult, t: Translator) -> KeyFigures:
    """Registered, active, within the definition and at risk."""
    register, at_risk = sector.register, shown_classes(sector)["at risk"]
    return KeyFigures(
        figures=(
            KeyFigure(
                value=t.number(register.registered),
                label=t("registered"),
                detail=t("rows: {n}, of which rejected: {m}", n=t.number(register.rows), m=t.number(register.rejected)),
            ),
            KeyFigure(
                value=t("not stated") if register.active is None else t.number(register.active),
                label=t("active"),
                detail=t("by the register's own status"),
            ),
            KeyFigure(
                value=t.number(register.in_scope),
                label=t("within the definition"),
                detail=share(register.in_scope, register.registered, t),
            ),
            *_risk_figures(sector, at_risk, t),
        )
    )


def _risk_figures(sector: SectorResult, at_risk: int | None, t: Translator) -> Iterator[KeyFigure]:
    classes = sector.classes
    if sector.verdict is SectorVerdict.CLASSIFIED:
        yield KeyFigure(
            value=share(at_risk, classes.total, t),
            label=t("at risk"),
            detail=t("{n} of medium or high risk", n=number(at_risk, t)),
        )
    else:
        yield KeyFigure(
            value=number(None if shown_classes(sector)["unrated"] is None else classes.total - classes.unrated, t),
            label=t("classified"),
            detail=t("of {n} that are or may be within the definition", n=t.number(sector.candidates)),
        )
    if classes.referred or classes.to_verify:
        yield KeyFigure(
            value=number(referred(sector), t),
            label=t("referred to investigators"),
            detail=t("{n} more to be verified", n=number(to_verify(sector), t)) if classes.to_verify else "",
        )


def _cautions(sector: SectorResult, t: Translator) -> Iterator[str]:
    """Return cautions about the counts: provisional classes, an unusual share, totals that do not agree."""
    register, classes = sector.register, sector.classes
    if register.rejected:
        yield t(
            "Rows of the register that are rejected and not counted below: {n} of {total}; rejected.csv lists them.",
            n=t.number(register.rejected),
            total=t.number(register.rows),
        )
    if classes.provisional:
        yield t(
            "Provisional classes, which rest on less than {share} of the weighted factors: {n} of {total}.",
            n=number(one(classes.provisional), t),
            total=t.number(classes.total),
            share=share(sector.completeness.provisional_below, 1, t),
        )
    if sector.sector.at_risk_prompt:
        yield t(
            "The subset at risk is larger than the published ones that are known (about 11 % and 13 %). That "
            "is a reason to look again, no more."
        )
    for gap in sector.reconciliations:
        if gap.difference:
            yield t(
                "The total stated for {what} is {stated}, but its parts add up to {summed}.",
                what=gap.what,
                stated=t.number(gap.stated),
                summed=t.number(gap.summed),
            )


def _survey_text(survey: Survey, t: Translator) -> str:
    """Return the margin of a survey; it holds for a random sample only."""
    facts = {
        "what": survey.what,
        "answers": t.number(survey.answers),
        "margin": t.number(round(100 * survey.margin, 2)),
        "source": survey.source,
    }
    if survey.population is None:
        return t(
            "{what}: with {answers} answers a share may be off by up to {margin} percentage points (95 per cent "
            "confidence), if those who answered are a random sample; otherwise by more. Source: {source}.",
            **facts,
        )
    return t(
        "{what}: with {answers} answers of {population} bodies a share may be off by up to {margin} percentage points "
        "(95 per cent confidence), if those who answered are a random sample; otherwise by more. Source: {source}.",
        population=t.number(survey.population),
        **facts,
    )


def scope_section(sector: SectorResult, names: Names, t: Translator) -> Section:
    """Bodies inside the definition, outside it and undetermined, with the reasons."""
    register = sector.register
    lines = []
    for name, count, reasons in (
        (t("Within the definition"), register.in_scope, ()),
        (t("Outside the definition"), register.out_of_scope, register.out_reasons),
        (t("Undetermined"), register.undetermined, register.undetermined_reasons),
    ):
        lines.append(CountLine(name=name, count=count, whole=register.registered))
        shown = shown_parts(reasons)
        lines += [CountLine(name=names.reason(one.code), count=shown[one.code], is_part=True) for one in reasons]
    statuses = shown_parts(register.statuses)
    note = t(
        "A body is within the definition where it mainly raises or spends funds for a good work; legal "
        "form never decides. Undetermined bodies wait for review and are not counted in."
    )
    return Section(
        anchor="scope",
        title=t("Who is within the definition"),
        blocks=(
            Paragraph(text=note),
            count_table("scope-table", t("Scope, by reason"), t("Scope"), t).in_document(lines),
            count_table("status-table", t("Registered bodies by status"), t("Status"), t, with_share=False).in_document(
                (CountLine(name=status_name(one.code, t), count=statuses[one.code]) for one in register.statuses),
                empty=t("The register has no status."),
            ),
            *beneficiaries_blocks(sector, t),
        ),
    )


def status_name(code: str, t: Translator) -> str:
    """Return an operating status in words."""
    names = {"active": t("active"), "dormant": t("dormant"), "dissolved": t("dissolved"), "unknown": t("not stated")}
    return names.get(code, code)


def classes_section(sector: SectorResult, t: Translator) -> Section:
    """Return how many bodies and how much money in each class, and the matrix behind it."""
    blocks: list[Block] = [
        classes_table(sector, t).in_document(
            class_lines(sector, t), name="classes-table", caption=t("Bodies within the definition by class")
        ),
        Bullets(items=tuple(_remarks(sector, t))),
    ]
    if any(map(any, sector.matrix)):
        blocks.insert(1, Figure(chart=matrix_chart(sector, load_method().matrix, t)))
    if limit():
        blocks.insert(1, Paragraph(text=hidden_note(t), tone=Tone.SMALL))
    return Section(anchor="classes", title=t("Classes of risk"), blocks=tuple(blocks))


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassLine:
    """A class, a part of the class above it, whose money is not shown, or all classes; None where hidden."""

    name: str
    bodies: int | None
    money: int | None = None
    risk_class: RiskClass | None = None
    is_part: bool = False


def class_lines(sector: SectorResult, t: Translator) -> list[ClassLine]:
    """Return the lines of the table of classes, the highest class first."""
    classes, shown = sector.classes, shown_classes(sector)

    def line(name: str, key: str, risk_class: RiskClass | None = None) -> ClassLine:
        money = None if key in shown.hidden else getattr(sector.money, key)
        return ClassLine(name=name, bodies=shown[key], money=money, risk_class=risk_class)

    lines = [line(class_name(one, t), one.value, one) for one in reversed(RiskClass)]
    lines.append(line(t("not classified"), "unrated"))
    if classes.referred:
        name = t("of these referred to investigators")
        lines.insert(1, ClassLine(name=name, bodies=referred(sector), is_part=True))
    if classes.to_verify:
        name = t("of these to be verified by investigators")
        lines.append(ClassLine(name=name, bodies=to_verify(sector), is_part=True))
    return [*lines, line(t("All"), "total")]


def classes_table(sector: SectorResult, t: Translator) -> ResultsTable[ClassLine]:
    """Return the table of classes with their bodies and money."""
    classes, money = sector.classes, sector.money

    def name(line: ClassLine) -> TableCell:
        if line.risk_class:
            return class_cell(line.risk_class, t)
        return TableCell(text="", detail=line.name) if line.is_part else TableCell(text=line.name)

    def amount(line: ClassLine) -> TableCell:
        return TableCell(text="" if line.is_part else number(line.money, t))

    return ResultsTable[ClassLine](
        "classes",
        t("Classes"),
        (
            ResultColumn("class", t("Class"), lambda line: line.name, sheet=16, page=3, cell=name),
            number_column("bodies", t("Bodies"), lambda line: line.bodies, t, sheet=14, page=2),
            ResultColumn("share", t("Share"), lambda line: share_cell(line.bodies, classes.total, t), COUNT, page=2),
            ResultColumn("money", money_title(sector, t), kind=COUNT, sheet=20, page=3, cell=amount),
            ResultColumn(
                "money_share",
                t("Share of money"),
                lambda line: "" if line.is_part else share_cell(line.money, money.total, t),
                COUNT,
                page=2,
            ),
        ),
    )


def hidden_note(t: Translator) -> str:
    """Return what "…" means."""
    return t("The sign … means a count that is too small to be shown, or from which such a count could be calculated.")


def money_title(sector: SectorResult, t: Translator) -> str:
    """Return the heading of a column of money."""
    return t("Money ({currency})", currency=sector.currency) if sector.currency else t("Money")


def _remarks(sector: SectorResult, t: Translator) -> list[str]:
    lines = [t("Bodies with a known amount of money: {n}.", n=t.number(sector.money.known))]
    if sector.weak_controls:
        weak = number(one(sector.weak_controls), t)
        lines.append(t("Rated bodies with weak controls, which come first for support: {n}.", n=weak))
    if sector.classes.referred:
        lines.append(
            t(
                "Bodies with a confirmed link to terrorism, with source, office and date: {n}. Their class is high "
                "whatever the rest is, and they are referred to investigators and the financial intelligence unit, not "
                "to supervision.",
                n=number(referred(sector), t),
            )
        )
    if sector.classes.to_verify:
        lines.append(
            t(
                "Bodies with such a link without source, office or date: {n}. They have no class until it is verified.",
                n=number(to_verify(sector), t),
            )
        )
    if sector.investigate_outside:
        lines.append(
            t(
                "{n} more, outside the definition or undetermined, show such signs. They get no measure "
                "under R.8, but a real suspicion is examined for every body.",
                n=number(one(sector.investigate_outside), t),
            )
        )
    overrides = sector.overrides
    if overrides.up or overrides.down or overrides.same:
        lines.append(
            t(
                "Classes set by hand, each with reason, office and date: {up} up, {down} down.",
                up=number(one(overrides.up), t),
                down=number(one(overrides.down), t),
            )
        )
    return lines
