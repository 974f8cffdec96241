"""The charts of the sector report as data; no hidden count is in them, not even as the length of a bar."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from fatf_kit.core.messages import Translator
from fatf_kit.npo.model import ColumnCompleteness, SectorResult, SectorSegment
from fatf_kit.npo.report.disclosure import ShownCounts, limit, one, shown_classes, shown_matrix, with_class
from fatf_kit.npo.report.figures import HIDDEN, band_name, class_name, kind_name, number, share
from fatf_kit.npo.report.names import Names
from fatf_kit.npo.scales import RiskBand, RiskClass, SegmentKind
from fatf_kit.report.model import Chart, ChartKind, Series

_PARTS = ("low", "medium", "high")
_Rows = Sequence[tuple[SectorSegment, ShownCounts[str]]]
_MOST = 12
"""Segments in a chart; the tables have more."""


def matrix_chart(sector: SectorResult, bands: Sequence[Sequence[str]], t: Translator) -> Chart:
    """Rated bodies by inherent threat and vulnerability."""
    cells = shown_matrix(sector)
    counts = [
        t("threat {threat} ({counts})", threat=row + 1, counts=t.joined(number(cell, t) for cell in line))
        for row, line in enumerate(cells)
    ]
    return Chart(
        id="npo-matrix",
        kind=ChartKind.MATRIX,
        message=_count_high(sector, t),
        title=t("Inherent risk: number of bodies by threat and vulnerability"),
        alt=t("Numbers of bodies from the lowest vulnerability to the highest: {rows}.", rows=t.points(counts)),
        keys=(t("Threat"), t("Vulnerability"), *chain(*((band.value, band_name(band, t)) for band in RiskBand))),
        series=tuple(
            Series(label=str(row + 1), values=tuple(line), marks=tuple(bands[row])) for row, line in enumerate(cells)
        ),
        scale="risk",
    )


def _count_high(sector: SectorResult, t: Translator) -> str:
    """Return how many bodies have the high class, as the table beside the chart; empty where that count is hidden."""
    high = shown_classes(sector)["high"]
    if high is None:
        return ""
    if not high:
        return t("No body has the class “high”")
    return t.plural("{n} body has the class “high”", "{n} bodies have the class “high”", high)


def segments_chart(kind: SegmentKind, rows: _Rows, names: Names, t: Translator) -> Chart:
    """Classes within each segment, as shares of its bodies that have a class, with the number of those that have none.

    A segment has no bar where the number of its bodies with a class is hidden.
    """
    shown_rows = [(names.segment(kind, segment.code), shown) for segment, shown in rows if shown["total"]][:_MOST]
    keys = [class_name(one, t) for one in RiskClass]
    if limit():
        keys.append(t("too few to be shown"))
    alt = t.points(
        t(
            "{segment}: {high} high and {medium} medium (bodies with a class: {total})",
            segment=name,
            total=_count_classed(shown, t),
            **{key: number(shown[key], t) for key in ("high", "medium")},
        )
        for name, shown in shown_rows
    )
    return Chart(
        id=f"npo-segments-{kind.value}",
        kind=ChartKind.PARTS,
        title=t("{kind}: classes in each", kind=kind_name(kind, t)),
        message=_name_riskiest(shown_rows, t),
        alt=f"{alt}.",
        keys=tuple(keys),
        series=tuple(
            Series(
                label=name,
                values=tuple(_shares(shown)[: len(keys)]),
                marks=(
                    *(number(shown[key], t) for key in _PARTS),
                    *([HIDDEN] if limit() else []),
                    _count_classed(shown, t),
                ),
            )
            for name, shown in shown_rows
        ),
        scale="risk",
    )


def _count_classed(shown: ShownCounts[str], t: Translator) -> str:
    """Return how many bodies of a segment have a class and, if some have none, how many."""
    classed = number(with_class(shown), t)
    if shown["unrated"] == 0:
        return classed
    return t("{n}; not classified: {unrated}", n=classed, unrated=number(shown["unrated"], t))


def _name_riskiest(rows: Sequence[tuple[str, ShownCounts[str]]], t: Translator) -> str:
    """Return the segment with the largest share of bodies at high risk among those with a class.

    It is empty where no segment has any, or a count is hidden.
    """
    counts = [(name, shown["high"], with_class(shown)) for name, shown in rows]
    if any(high is None or classed is None for _, high, classed in counts):
        return ""
    known = [(name, high, classed) for name, high, classed in counts if high and classed]
    if not known:
        return ""
    name, high, classed = max(known, key=lambda row: row[1] / row[2])
    return t(
        "The largest share of bodies at high risk is in “{segment}” ({high} of {total}, bodies with a class only)",
        segment=_begin_sentence(name),
        high=number(high, t),
        total=number(classed, t),
    )


def _begin_sentence(name: str) -> str:
    return name[:1].upper() + name[1:]


def _shares(shown: ShownCounts[str]) -> list[float | None]:
    """Return the three classes in per cent of the bodies with a class, then what is hidden of them."""
    classed = with_class(shown)
    if not classed:
        return [None if classed is None else 0.0] * (len(_PARTS) + 1)
    parts = [None if (count := shown[key]) is None else 100 * count / classed for key in _PARTS]
    return [*parts, 100 - sum(part or 0 for part in parts) if None in parts else 0]


def money_chart(sector: SectorResult, kind: SegmentKind, rows: _Rows, names: Names, t: Translator) -> Chart:
    """Return the share of each segment in all bodies and in all money."""
    bodies, money = sector.classes.total or 1, sector.money.total or 1
    values = [
        (names.segment(kind, segment.code), 100 * total / bodies, 100 * segment.money.total / money)
        for segment, shown in rows[:_MOST]
        if (total := shown["total"])
    ]
    lines = [
        t(
            "{segment}: {bodies}% of bodies, {money}% of money",
            segment=_begin_sentence(name),
            bodies=round(b),
            money=round(m),
        )
        for name, b, m in values
    ]
    return Chart(
        id="npo-money",
        kind=ChartKind.BARS,
        title=t("Money and number of bodies"),
        message=lines[max(range(len(values)), key=lambda n: abs(values[n][1] - values[n][2]))] if values else "",
        alt=t.points(lines) + ".",
        keys=(t("bodies"), t("money")),
        series=tuple(Series(label=name, values=(b, m)) for name, b, m in values),
        unit="%",
    )


def subset_chart(sector: SectorResult, t: Translator) -> Chart:
    """Return the subset at risk, by bodies and by money."""
    classes, money, shown = sector.classes, sector.money, shown_classes(sector)
    held = f"{t.number(money.total)} {sector.currency}".strip()
    rows = [
        (t("Bodies"), (classes.low, classes.at_risk, classes.unrated), classes.total, number(classes.total, t)),
        (t("Money"), (money.low, money.medium + money.high, money.unrated), money.total, held),
    ]
    hidden = not shown.hidden.isdisjoint(("at risk", "low", "unrated"))
    sentence = t(
        "Of the bodies with a class, {bodies} are at medium risk or above, with {money} of the money.",
        bodies=share(shown["at risk"], with_class(shown), t),
        money=share(None if hidden else money.medium + money.high, money.total - money.unrated, t),
    )
    return Chart(
        id="npo-subset",
        kind=ChartKind.PARTS,
        title=t("The subset at risk"),
        message="" if hidden else sentence.removesuffix("."),
        alt=sentence,
        keys=(t("below medium"), t("medium and high"), t("not classified")),
        series=tuple(
            Series(
                label=label,
                values=tuple(100 * part / total for part in parts),
                marks=(*(share(part, total, t) for part in parts), whole),
            )
            for label, parts, total, whole in rows
            if total and not hidden
        ),
        scale="subset",
    )


def completeness_chart(sector: SectorResult, names: Names, t: Translator) -> Chart:
    """Return how much of each column is known, and how many provisional classes it would settle.

    No small count is drawn.
    """
    provisional = sector.classes.provisional or 1
    sentence = t(
        "On average {share} of the weighted factors are known.", share=share(sector.completeness.known_share, 1, t)
    )
    return Chart(
        id="npo-completeness",
        kind=ChartKind.BARS,
        title=t("Known facts of the register, and columns that would help"),
        message=sentence.removesuffix("."),
        alt=sentence,
        keys=(t("known"), t("classes that become final")),
        series=tuple(
            Series(label=names.column(column.column), values=(100 * column.known, _final_share(column, provisional)))
            for column in by_need(sector)[:_MOST]
        ),
        unit="%",
    )


def _final_share(column: ColumnCompleteness, provisional: int) -> float | None:
    count = one(column.would_resolve)
    return None if count is None else 100 * count / provisional


def has_content(columns: Sequence[ColumnCompleteness]) -> bool:
    """Return whether the chart of these columns has a bar; none is drawn of zeros alone."""
    return any(column.known or column.would_resolve for column in columns[:_MOST])


def by_need(sector: SectorResult) -> list[ColumnCompleteness]:
    """Columns that inform a factor, those first that would settle most."""
    columns = [column for column in sector.completeness.columns if column.informs]
    return sorted(columns, key=lambda column: (-column.would_resolve, column.known, column.column))
