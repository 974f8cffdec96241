"""Segments of the sector, the subset at risk, and how thin the data is."""

from __future__ import annotations

from fatf_kit.core.messages import Translator
from fatf_kit.npo.model import ColumnCompleteness, SectorResult, SectorSegment
from fatf_kit.npo.report.charts import (
    by_need,
    completeness_chart,
    has_content,
    money_chart,
    segments_chart,
    subset_chart,
)
from fatf_kit.npo.report.disclosure import ShownCounts, one, shown_classes, shown_segments, with_class
from fatf_kit.npo.report.figures import class_name, kind_name, number, number_column, share, share_cell
from fatf_kit.npo.report.names import Names
from fatf_kit.npo.report.rules import load_report_rules
from fatf_kit.npo.report.sector import money_title
from fatf_kit.npo.scales import RiskClass, SegmentKind
from fatf_kit.report.model import Block, Bullets, Figure, Paragraph, Section, TableCell, Tone
from fatf_kit.report.results_table import COUNT, NUMBER, ResultColumn, ResultsTable
from fatf_kit.report.sections import make_note, make_section

_Shown = tuple[SectorSegment, ShownCounts[str]]


def named_segments(sector: SectorResult, names: Names, *kinds: SegmentKind) -> list[_Shown]:
    """Return the segments of some kinds, or of all, that may be shown by name, with their counts."""
    every = (pair for kind in kinds or SegmentKind for pair in shown_segments(sector, kind))
    return [(part, shown) for part, shown in every if names.may_stand(part.kind, part.code, shown["total"])]


def segments_section(sector: SectorResult, names: Names, t: Translator) -> Section:
    """Segments by activity, region, legal form and size, rated by bodies and by money."""
    most = int(load_report_rules().segments_shown.value)
    sections = []
    for kind in SegmentKind:
        name, count = kind_name(kind, t), len(sector.by(kind))
        if not count:
            continue
        rows = named_segments(sector, names, kind)
        caption = t("{kind}: bodies and money by class", kind=name)
        table = segments_table(sector, name, names, t)
        blocks: list[Block] = [table.in_document(rows[:most], name=f"segments-{kind.value}-table", caption=caption)]
        blocks += _more_note(len(rows) - most, t)
        if unnamed := count - len(rows):
            text = t(
                "Left out, because so few bodies share the name that one of them could be recognised: {n}.",
                n=t.number(unnamed),
            )
            blocks.append(make_note(text))
        if kind is SegmentKind.ACTIVITY:
            blocks.append(Figure(chart=segments_chart(kind, rows, names, t)))
            blocks.append(Figure(chart=money_chart(sector, kind, rows, names, t)))
        sections.append(make_section(f"segments-{kind.value}", name, *blocks))
    note = t(
        "A segment has no rating of its own: no legal form, region or activity is a risk by itself. The "
        "table shows the bodies in it that are at risk, and their share of its money."
    )
    return make_section("segments", t("Segments"), Paragraph(text=note, tone=Tone.SMALL), sections=sections)


def _more_note(n: int, t: Translator) -> list[Block]:
    return [make_note(t("The workbook lists {n} more.", n=n))] if n > 0 else []


def segments_table(sector: SectorResult, heading: str, names: Names, t: Translator) -> ResultsTable[_Shown]:
    """Return the table of segments with their bodies and money by class; `heading` is that of their names."""

    def at_risk(row: _Shown) -> int | None:
        medium, high = row[1]["medium"], row[1]["high"]
        return None if medium is None or high is None else medium + high

    def share_at_risk(row: _Shown) -> TableCell:
        return share_cell(at_risk(row), with_class(row[1]), t)

    def money(row: _Shown) -> int | None:
        return None if row[1]["total"] is None else row[0].money.total

    def money_at_risk(row: _Shown) -> TableCell:
        held = row[0].money
        shown = None if at_risk(row) is None or with_class(row[1]) is None else held.medium + held.high
        return share_cell(shown, held.total - held.unrated, t)

    def count_column(key: str, title: str) -> ResultColumn[_Shown]:
        return number_column(key, title, lambda row: row[1][key], t, sheet=12, page=4)

    return ResultsTable[_Shown](
        "segments",
        t("Segments"),
        (
            ResultColumn("by", t("By"), lambda row: kind_name(row[0].kind, t), sheet=14),
            ResultColumn("segment", heading, lambda row: names.segment(row[0].kind, row[0].code), sheet=32, page=7),
            *(count_column(one.value, class_name(one, t)) for one in reversed(RiskClass)),
            count_column("unrated", t("not classified")),
            count_column("total", t("all")),
            ResultColumn("at_risk", t("at risk"), share_at_risk, COUNT, page=4),
            number_column("money", money_title(sector, t), money, t, sheet=20, page=7),
            ResultColumn("money_at_risk", t("money at risk"), money_at_risk, COUNT, page=5),
        ),
    )


def subset_section(sector: SectorResult, t: Translator) -> Section:
    """Return the subset of medium risk or above."""
    shown = shown_classes(sector)
    classed = with_class(shown)
    note = t(
        "Bodies with a class that are of medium or high risk: {n} of {total} ({share}). Measures beyond outreach are "
        "for them.",
        n=number(shown["at risk"], t),
        total=number(classed, t),
        share=share(shown["at risk"], classed, t),
    )
    return make_section("subset", t("The subset at risk"), Paragraph(text=note), Figure(chart=subset_chart(sector, t)))


def completeness_section(sector: SectorResult, names: Names, t: Translator) -> Section:
    """Return how thin the data is, and which column to collect next."""
    columns, most = by_need(sector), int(load_report_rules().columns_shown.value)
    blocks: list[Block] = [Figure(chart=completeness_chart(sector, names, t))] if has_content(columns) else []
    if steps := sector.completeness.collect_next:
        note = t(
            "The shortest way to settled classes is to collect these columns in this "
            "order. Next to each is the number of provisional classes that are "
            "settled by then."
        )
        items = (t("{name}: {n}", name=names.column(step.column), n=number(one(step.resolved), t)) for step in steps)
        blocks += [Paragraph(text=note), Bullets(items=tuple(items), numbered=True)]
    caption = t("Columns of the register that inform a factor")
    table = completeness_table(names, t)
    blocks.append(table.in_document(columns[:most], name="completeness-table", caption=caption))
    blocks += _more_note(len(columns) - most, t)
    title = t("Known facts of the register, and what to collect next")
    return make_section("completeness", title, *blocks)


def completeness_table(names: Names, t: Translator) -> ResultsTable[ColumnCompleteness]:
    """Return the table of the register's columns: how much is known of each, and what it would settle."""

    def known(column: ColumnCompleteness) -> TableCell:
        return share_cell(column.known, 1, t)

    def informs(column: ColumnCompleteness) -> str:
        return t.points(map(names.factor, column.informs))

    def becomes_final(column: ColumnCompleteness) -> int | None:
        return one(column.would_resolve)

    return ResultsTable[ColumnCompleteness](
        "completeness",
        t("Completeness"),
        (
            ResultColumn("column", t("Column"), lambda one: names.column(one.column), sheet=32, page=5),
            ResultColumn("mapped", t("In the register"), lambda one: t("yes") if one.mapped else t("no"), page=2),
            ResultColumn("known", t("Known"), lambda one: round(one.known, 4), NUMBER, sheet=10, page=2, cell=known),
            ResultColumn("informs", t("Informs"), informs, sheet=50, page=5),
            number_column("would_settle", t("Classes that become final"), becomes_final, t, sheet=14, page=2),
        ),
    )
