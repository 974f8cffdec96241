"""The first half of the report: the three counts, scope, classes, segments, the subset at risk, and the data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from fatf_kit.core.messages import Translator
from fatf_kit.npo.method.load import load_method
from fatf_kit.npo.model import SectorResult, SectorVerdict
from fatf_kit.npo.report.asking import collect_blocks, headline
from fatf_kit.npo.report.charts import matrix_chart
from fatf_kit.npo.report.counts import CountLine, beneficiaries_blocks, count_table, rows_table
from fatf_kit.npo.report.disclosure import (
    limit,
    one,
    referred,
    shown_classes,
    shown_reasons,
    to_verify,
    uncontrolled,
    with_class,
)
from fatf_kit.npo.report.figures import class_name, key_figures, number, share, share_cell
from fatf_kit.npo.report.names import Names
from fatf_kit.npo.report.nature import rating_blocks
from fatf_kit.npo.report.rejection import list_rejection_lines
from fatf_kit.npo.scales import RiskClass
from fatf_kit.npo.survey import Survey
from fatf_kit.report.model import Block, Bullets, Figure, KeyFigures, Paragraph, Section, TableCell, Tone
from fatf_kit.report.results_table import COUNT, ResultColumn, ResultsTable
from fatf_kit.report.sections import make_note, make_section


def counts_section(sector: SectorResult, names: Names, t: Translator, *, is_public: bool) -> Section:
    """Return the finding, the counts always apart, and the sector's own rating."""
    blocks: list[Block] = [
        *(Paragraph(text=line, tone=Tone.LEAD) for line in list_rejection_lines(sector.register, t)),
        Paragraph(text=headline(sector, t), tone=Tone.LEAD),
        *collect_blocks(sector, names, t),
        _counts(sector, t),
    ]
    blocks += [Paragraph(text=text, tone=Tone.NOTICE) for text in _cautions(sector, t, is_public=is_public)]
    blocks += [Paragraph(text=_survey_text(survey, t)) for survey in sector.surveys]
    blocks.append(rows_table(sector.register, t))
    rating = make_section("rating", t("The rating of the sector"), *rating_blocks(sector, t))
    return make_section("counts", t("The sector in short"), *blocks, sections=(rating,))


def _counts(sector: SectorResult, t: Translator) -> KeyFigures:
    """Registered, active, within the definition, at risk or classified, and referred to investigators."""
    register, classes, shown = sector.register, sector.classes, shown_classes(sector)
    rows = t("rows: {n}, of which rejected: {m}", n=t.number(register.rows), m=t.number(register.rejected))
    active = t("not stated") if register.active is None else t.number(register.active)
    figures = [
        (t.number(register.registered), t("registered"), rows),
        (active, t("active"), t("by the register's own status")),
        (t.number(register.in_scope), t("within the definition"), share(register.in_scope, register.registered, t)),
    ]
    if sector.verdict is SectorVerdict.CLASSIFIED:
        classed = with_class(shown)
        of_classed = t("with a class: {n} of {total}", n=number(shown["at risk"], t), total=number(classed, t))
        figures.append((share(shown["at risk"], classed, t), t("at risk"), of_classed))
    else:
        whole = t("of {n} that are or may be within the definition", n=t.number(sector.candidates))
        figures.append((number(with_class(shown), t), t("classified"), whole))
    if classes.referred or classes.to_verify:
        more = t("{n} more to be verified", n=number(to_verify(sector), t)) if classes.to_verify else ""
        figures.append((number(referred(sector), t), t("referred to investigators"), more))
    return key_figures(*figures)


def _cautions(sector: SectorResult, t: Translator, *, is_public: bool) -> Iterator[str]:
    """Return cautions about the counts: provisional classes, an unusual share, totals that do not agree."""
    register, classes = sector.register, sector.classes
    if register.rejected:
        counts = {"n": t.number(register.rejected), "total": t.number(register.rows)}
        if is_public:  # its readers do not have the working files
            yield t("Rows of the register that are rejected and not counted below: {n} of {total}.", **counts)
        else:
            yield t(
                "Rows of the register that are rejected and not counted below: {n} of {total}; rejected.csv lists "
                "them.",
                **counts,
            )
    if classes.provisional:
        yield t(
            "Provisional classes: {n} of {total}. Less than {share} of the weighted factors of these bodies is known.",
            n=number(one(classes.provisional), t),
            total=t.number(classes.total),
            share=share(sector.completeness.provisional_below, 1, t),
        )
    if sector.sector.at_risk_prompt:
        yield t(
            "The subset at risk is larger than the published ones that are known (about 11% and 13%). That "
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
        "population": t.number(survey.population or 0),
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
        lines += [CountLine(name=names.reason(code), count=n, is_part=True) for code, n in shown_reasons(reasons)]
    statuses = [CountLine(name=_status(code, t), count=n) for code, n in shown_reasons(register.statuses)]
    note = t(
        "A body is within the definition where it mainly raises or spends funds for good works; legal "
        "form never decides. Undetermined bodies wait for review and are not counted."
    )
    return make_section(
        "scope",
        t("Who is within the definition"),
        Paragraph(text=note),
        count_table("scope-table", t("Scope, by reason"), t("Scope"), t).in_document(lines),
        count_table("status-table", t("Registered bodies by status"), t("Status"), t, with_share=False).in_document(
            statuses, empty=t("The register has no status.")
        ),
        *beneficiaries_blocks(sector, t),
    )


def _status(code: str, t: Translator) -> str:
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
        blocks.insert(1, make_note(hidden_note(t)))
    return make_section("classes", t("Classes of risk"), *blocks)


def class_lines(sector: SectorResult, t: Translator) -> list[CountLine]:
    """Return the lines of the table of classes, the highest class first; a part of one has no money."""
    classes, shown = sector.classes, shown_classes(sector)

    def line(name: str, key: str, risk_class: RiskClass | None = None) -> CountLine:
        money = None if key in shown.hidden else getattr(sector.money, key)
        return CountLine(name=name, count=shown[key], whole=classes.total, money=money, risk_class=risk_class)

    def part(name: str, count: int | None) -> CountLine:
        return CountLine(name=name, count=count, whole=classes.total, is_part=True)

    lines = [line(class_name(one, t), one.value, one) for one in reversed(RiskClass)]
    lines.append(line(t("not classified"), "unrated"))
    if classes.referred:
        lines.insert(1, part(t("of these referred to investigators"), referred(sector)))
    if classes.to_verify:
        lines.append(part(t("of these to be verified by investigators"), to_verify(sector)))
    return [*lines, line(t("All"), "total")]


def classes_table(sector: SectorResult, t: Translator) -> ResultsTable[CountLine]:
    """Return the table of classes with their bodies and money."""

    def amount(line: CountLine) -> TableCell:
        return TableCell(text="" if line.is_part else number(line.money, t))

    def amount_share(line: CountLine) -> TableCell:
        return TableCell(text="") if line.is_part else share_cell(line.money, sector.money.total, t)

    table = count_table("classes", t("Classes"), t("Class"), t, what_key="class", sheet=16, page=3)
    money = ResultColumn("money", money_title(sector, t), kind=COUNT, sheet=20, page=3, cell=amount)
    shares = ResultColumn("money_share", t("Share of money"), amount_share, COUNT, page=2)
    return replace(table, columns=(*table.columns, money, shares))


def hidden_note(t: Translator) -> str:
    """Return what "…" means."""
    return t("The sign … means a count that is too small to be shown, or from which such a count could be calculated.")


def money_title(sector: SectorResult, t: Translator) -> str:
    """Return the heading of a column of money."""
    return t("Money ({currency})", currency=sector.currency) if sector.currency else t("Money")


def _remarks(sector: SectorResult, t: Translator) -> Iterator[str]:
    yield t("Bodies with a known amount of money: {n}.", n=t.number(sector.money.known))
    if sector.weak_controls:
        weak = number(one(sector.weak_controls), t)
        yield t("Bodies with a class and weak controls, to be supported first: {n}.", n=weak)
    if sector.classes.referred:
        yield t(
            "Bodies with a confirmed link to terrorism, for which source, confirming office and date are given: "
            "{n}. Their class is high, whatever their other answers. They are referred to investigators and the "
            "financial intelligence unit, not to the supervisor.",
            n=number(referred(sector), t),
        )
    if sector.classes.uncontrolled:
        yield t(
            "Bodies that are high without a proven link: {n}. Their answers state that money is sent to a conflict "
            "area in cash or by hawala, and that controls are absent. This is not an accusation; support and "
            "supervision come first.",
            n=number(uncontrolled(sector), t),
        )
    if sector.classes.to_verify:
        yield t(
            "Bodies with such a link without source, office or date: {n}. They have no class until it is verified.",
            n=number(to_verify(sector), t),
        )
    if sector.investigate_outside:
        yield t(
            "{n} more, outside the definition or undetermined, show such signs. They get no measure "
            "under R.8, but a real suspicion is examined for every body.",
            n=number(one(sector.investigate_outside), t),
        )
    overrides = sector.overrides
    if overrides.up or overrides.down or overrides.same:
        yield t(
            "Classes set by hand, each with reason, office and date: {up} up, {down} down.",
            up=number(one(overrides.up), t),
            down=number(one(overrides.down), t),
        )
