"""Segments of the sector, the subset at risk, and how thin the data is."""

from __future__ import annotations

from collections.abc import Sequence

from fatf_kit.core.messages import Translator
from fatf_kit.npo.measures.catalogue import load_npo_data
from fatf_kit.npo.method.scales import RiskClass, SegmentKind
from fatf_kit.npo.model import SectorResult, SectorSegment
from fatf_kit.npo.report.charts import (
    by_need,
    completeness_chart,
    has_content,
    money_chart,
    segments_chart,
    subset_chart,
)
from fatf_kit.npo.report.figures import (
    ShownCounts,
    class_name,
    kind_name,
    number,
    one,
    share,
    shown_classes,
    shown_segments,
)
from fatf_kit.npo.report.names import Names
from fatf_kit.npo.report.sector import money_title, row
from fatf_kit.report.model import Block, Bullets, DocumentTable, Figure, Paragraph, Section, TableColumn, Tone


def segments_section(sector: SectorResult, names: Names, t: Translator) -> Section:
    """Segments by activity, region, legal form and size, rated by bodies and by money."""
    most = int(load_npo_data("report")["segments_shown"]["value"])
    sections = []
    for kind in SegmentKind:
        everything = shown_segments(sector, kind)
        rows = [(one_, shown) for one_, shown in everything if names.may_stand(kind, one_.code, shown["total"])]
        if not everything:
            continue
        blocks: list[Block] = [_segment_table(sector, kind, rows[:most], names, t)]
        if len(rows) > most:
            blocks.append(Paragraph(text=t("{n} more stand in the workbook.", n=len(rows) - most), tone=Tone.SMALL))
        if unnamed := len(everything) - len(rows):
            text = t(
                "Left out because too few bodies share it, so that no body is told by it: {n}.", n=t.number(unnamed)
            )
            blocks.append(Paragraph(text=text, tone=Tone.SMALL))
        if kind is SegmentKind.ACTIVITY:
            blocks.append(Figure(chart=segments_chart(kind, rows, names, t)))
            blocks.append(Figure(chart=money_chart(sector, kind, rows, names, t)))
        sections.append(Section(anchor=f"segments-{kind.value}", title=kind_name(kind, t), blocks=tuple(blocks)))
    return Section(
        anchor="segments",
        title=t("Segments"),
        blocks=(
            Paragraph(
                text=t(
                    "A segment has no rating of its own: no legal form, region or activity is a risk by itself. The "
                    "table shows the bodies in it that are at risk, and their share of its money."
                ),
                tone=Tone.SMALL,
            ),
        ),
        sections=tuple(sections),
    )


def _segment_table(
    sector: SectorResult,
    kind: SegmentKind,
    rows: Sequence[tuple[SectorSegment, ShownCounts]],
    names: Names,
    t: Translator,
) -> DocumentTable:
    made = []
    for segment, shown in rows:
        at_risk = None if shown["medium"] is None or shown["high"] is None else shown["medium"] + shown["high"]
        money = None if at_risk is None else segment.money.medium + segment.money.high
        open_ = shown["total"] is not None
        made.append(
            row(
                names.segment(kind, segment.code),
                *(number(shown[key], t) for key in ("high", "medium", "low", "unrated", "total")),
                share(at_risk, shown["total"], t),
                number(segment.money.total if open_ else None, t),
                share(money, segment.money.total, t),
            )
        )
    return DocumentTable(
        id=f"segments-{kind.value}-table",
        caption=t("{kind}: bodies and money by class", kind=kind_name(kind, t)),
        columns=(
            TableColumn(title=kind_name(kind, t), width=7),
            *(TableColumn(title=class_name(risk_class, t), width=4, number=True) for risk_class in reversed(RiskClass)),
            TableColumn(title=t("not classified"), width=4, number=True),
            TableColumn(title=t("all"), width=4, number=True),
            TableColumn(title=t("at risk"), width=4, number=True),
            TableColumn(title=money_title(sector, t), width=7, number=True),
            TableColumn(title=t("of it at risk"), width=5, number=True),
        ),
        rows=tuple(made),
    )


def subset_section(sector: SectorResult, t: Translator) -> Section:
    """Return the subset of medium risk or above."""
    shown = shown_classes(sector)
    return Section(
        anchor="subset",
        title=t("The subset at risk"),
        blocks=(
            Paragraph(
                text=t(
                    "{n} of {total} bodies within the definition are of medium or high risk ({share}). Measures beyond "
                    "outreach are for them.",
                    n=number(shown["at risk"], t),
                    total=number(sector.classes.total, t),
                    share=share(shown["at risk"], sector.classes.total, t),
                )
            ),
            Figure(chart=subset_chart(sector, t)),
        ),
    )


def completeness_section(sector: SectorResult, names: Names, t: Translator) -> Section:
    """Return how thin the data is, and which column to collect next."""
    columns, most = by_need(sector), int(load_npo_data("report")["columns_shown"]["value"])
    steps = sector.completeness.collect_next
    return Section(
        anchor="completeness",
        title=t("What the register knows, and what to collect next"),
        blocks=(
            *([Figure(chart=completeness_chart(sector, names, t))] if has_content(columns) else []),
            *(
                (
                    Paragraph(
                        text=t(
                            "The shortest way to settled classes is to collect these columns in this order. Beside "
                            "each is the number of provisional classes that are settled by then."
                        )
                    ),
                    Bullets(
                        items=tuple(
                            t("{name}: {n}", name=names.column(step.column), n=number(one(step.settled), t))
                            for step in steps
                        ),
                        numbered=True,
                    ),
                )
                if steps
                else ()
            ),
            DocumentTable(
                id="completeness-table",
                caption=t("Columns of the register that inform a factor"),
                columns=(
                    TableColumn(title=t("Column"), width=5),
                    TableColumn(title=t("In the register"), width=2),
                    TableColumn(title=t("Known"), width=2, number=True),
                    TableColumn(title=t("Informs"), width=5),
                    TableColumn(title=t("Would settle"), width=2, number=True),
                ),
                rows=tuple(
                    row(
                        names.column(column.column),
                        t("yes") if column.mapped else t("no"),
                        share(column.known, 1, t),
                        t.points(map(names.factor, column.informs)),
                        number(one(column.would_settle), t),
                    )
                    for column in columns[:most]
                ),
            ),
            *(
                [Paragraph(text=t("{n} more stand in the workbook.", n=len(columns) - most), tone=Tone.SMALL)]
                if len(columns) > most
                else []
            ),
        ),
    )
