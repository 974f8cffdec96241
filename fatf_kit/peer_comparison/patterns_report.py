"""Patterns of published ratings worldwide as a report: document, flat tables and JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from fatf_kit.core.json_files import make_json_value
from fatf_kit.core.messages import Translator
from fatf_kit.framework.model import Framework
from fatf_kit.peer_comparison.own_report import make_document, own_sections, own_tables
from fatf_kit.peer_comparison.patterns import Patterns, UnitPattern
from fatf_kit.peer_comparison.payload import make_patterns_result
from fatf_kit.peer_comparison.tables import patterns_table, re_ratings_table
from fatf_kit.peer_comparison.texts import make_share_cell, shares_chart
from fatf_kit.report.document_tables import keep_ltr, make_table
from fatf_kit.report.model import (
    Block,
    Bullets,
    Chart,
    ChartKind,
    Figure,
    Paragraph,
    Report,
    Section,
    Series,
    Tone,
)
from fatf_kit.report.sections import make_section
from fatf_kit.scoring.report.traces import round_percent

if TYPE_CHECKING:
    from fatf_kit.peer_comparison.own_assessment import OwnComparison

_WEAKEST = 5
_RE_RATINGS = 20


def build_patterns_report(
    framework: Framework,
    found: Patterns,
    t: Translator,
    *,
    own: OwnComparison | None = None,
    tool: str,
    generated_at: str,
) -> Report:
    """Return document, tables and JSON of worldwide patterns; `framework` is their edition in the reader's language.

    `own` is an own assessment compared with all jurisdictions.
    """
    titles = {unit.id: unit.title for unit in framework.units}
    head = {
        "id": "patterns",
        "title": t("Published ratings worldwide"),
        "subtitle": t("Weakest areas, re-ratings, and time to re-rating"),
        "sections": (
            *own_sections(own, found.units, titles, t),
            _weakest(found, titles, t),
            _time(found, titles, t),
            _re_ratings(found, titles, t),
            _how(found, t),
        ),
    }
    facts = (
        (t("Methodology"), framework.full_title),
        (t("Jurisdictions"), str(found.jurisdictions)),
        (t("Newest report"), t.month(found.newest) if found.newest else t("none")),
    )
    tables = patterns_table(found, titles, t), re_ratings_table(found, t)
    return Report(
        document=make_document(head, facts, own, generated_at, t),
        tables=(*tables, *own_tables(own, titles, t)),
        payload=make_json_value(make_patterns_result(found, own, tool=tool, generated_at=generated_at)),
    )


def patterns_sentence(found: Patterns, t: Translator) -> str:
    """Return the weakest Recommendations and outcomes, with their shares."""
    return t(
        "Recommendations with the lowest share of C or LC: {recommendations}. Outcomes with the lowest share "
        "of HE or SE: {outcomes}.",
        recommendations=_first(found.weakest("R."), t),
        outcomes=_first(found.weakest("IO."), t),
    )


def patterns_notes(found: Patterns, t: Translator) -> tuple[str, ...]:
    """Return the notes on what is counted and what is not."""
    return (
        t(
            "Evaluations under this edition: {cycles}. Jurisdictions evaluated: {jurisdictions}. With at least "
            "one follow-up: {followed}. Other editions are not included.",
            cycles=found.cycles,
            jurisdictions=found.jurisdictions,
            followed=found.followed,
        ),
        t("Each jurisdiction counts once, without regard to income or size. NA and missing ratings are left out."),
        t(
            "Months are counted from the evaluation to the first report with a higher rating. Ratings that were "
            "never upgraded are not included, so the actual time is longer."
        ),
        t("Outcomes are re-rated only in follow-up assessments, and the table has very few of these."),
    )


def months_text(unit: UnitPattern) -> str:
    """Return the median without a needless decimal; a dash where nothing was upgraded."""
    return "–" if unit.months is None else f"{unit.months:g}"


def _first(units: Sequence[UnitPattern], t: Translator) -> str:
    return t.listed(f"{unit.unit} ({t.percent(round_percent(unit.good, unit.rated))})" for unit in units[:_WEAKEST])


def _weakest(found: Patterns, titles: dict[str, str], t: Translator) -> Section:
    technical, outcomes = found.weakest("R."), found.weakest("IO.")
    heads = ((t("Rec. or outcome"), 6), (t("At the two best levels now"), 3), (t("At the evaluation"), 3))
    rows = (
        (
            f"{unit.unit} {titles[unit.unit]}",
            make_share_cell(unit.good, unit.rated, t),
            make_share_cell(unit.good_at_mer, unit.rated_at_mer, t),
        )
        for unit in (*outcomes, *technical)
    )
    empty = t("The table has no report under this edition.")
    charts = (
        _chart("weakest-outcomes", t("Outcomes by rating, weakest first"), outcomes, t),
        _chart("weakest-recommendations", t("Recommendations by rating, weakest first"), technical, t),
        _then_and_now(found, t),
    )
    blocks: tuple[Block, ...] = (
        Paragraph(text=patterns_sentence(found, t), tone=Tone.LEAD),
        *(Figure(chart=chart) for chart in charts),
        make_table("weakest-table", t("Weakest first"), heads, rows, empty=empty),
    )
    return make_section("weakest", t("Weakest areas worldwide"), *blocks)


def _chart(name: str, title: str, units: Sequence[UnitPattern], t: Translator) -> Chart:
    return shares_chart(name, title, [(unit.unit, unit.counts, ()) for unit in units], t)


def _then_and_now(found: Patterns, t: Translator) -> Chart:
    units = [one for one in found.units if one.rated and one.rated_at_mer and one.unit.startswith("R.")]
    shares = [
        (one.unit, (round_percent(one.good, one.rated), round_percent(one.good_at_mer, one.rated_at_mer)))
        for one in units
    ]
    return Chart(
        id="then-and-now",
        kind=ChartKind.BARS,
        title=t("Recommendations rated C or LC: now, and at the evaluation"),
        message=t.plural(
            "{n} of the {of} Recommendations is rated C or LC in more countries now than at the evaluation",
            "{n} of the {of} Recommendations are rated C or LC in more countries now than at the evaluation",
            sum((unit.share or 0) > (unit.share_at_mer or 0) for unit in units),
            of=len(units),
        ),
        alt=t.points(
            t("{unit}: {now}% now, {then}% at the evaluation", unit=unit, now=now, then=then)
            for unit, (now, then) in shares
        ),
        keys=(t("now"), t("at the evaluation")),
        series=tuple(Series(label=unit, values=values) for unit, values in shares),
        unit="%",
    )


def _months(units: Sequence[UnitPattern], t: Translator) -> Chart:
    shown = [unit for unit in units if unit.unit.startswith("R.")]
    slowest = max(shown, key=lambda unit: unit.months or 0, default=None)
    message = ""
    if slowest:
        facts = {"unit": slowest.unit, "months": months_text(slowest)}
        message = t("{unit} needs the most time: {months} (median in months)", **facts)
    return Chart(
        id="months",
        kind=ChartKind.BARS,
        message=message,
        title=t("Median months to a higher rating"),
        alt=t.points(
            t.plural(
                "{unit}: {months} (median of {n} upgrade, in months)",
                "{unit}: {months} (median of {n} upgrades, in months)",
                unit.upgrades,
                unit=unit.unit,
                months=months_text(unit),
            )
            for unit in shown
        ),
        keys=(t("months"),),
        series=tuple(Series(label=unit.unit, values=(unit.months,)) for unit in shown),
    )


def _time(found: Patterns, titles: dict[str, str], t: Translator) -> Section:
    units = sorted((unit for unit in found.units if unit.upgrades), key=lambda unit: (unit.months or 0, -unit.upgrades))
    lower = t("Lower now than at the evaluation")
    heads = ((t("Rec. or outcome"), 6), (t("Median months"), 2, True), (t("Upgrades"), 2, True), (lower, 3, True))
    rows = (
        (f"{u.unit} {titles[u.unit]}", *map(keep_ltr, (months_text(u), u.upgrades, u.movement.down))) for u in units
    )
    caption = t("Median months from the evaluation to the first higher rating, shortest first")
    table = make_table("time-table", caption, heads, rows, empty=t("No rating changed."))
    blocks = (Figure(chart=_months(units, t)), table)
    return make_section("time", t("Time to re-rating"), *blocks)


def _re_ratings(found: Patterns, titles: dict[str, str], t: Translator) -> Section:
    heads = ((t("Rec. or outcome"), 6), (t("Re-rating"), 3), (t("Number"), 2, True))
    rows = (
        (f"{r.unit} {titles[r.unit]}", keep_ltr(f"{r.before} → {r.after}"), keep_ltr(r.times))
        for r in found.re_ratings[:_RE_RATINGS]
    )
    caption = t("From one report to the next, most frequent first")
    table = make_table("re-ratings-table", caption, heads, rows, empty=t("No rating changed."))
    return make_section("re-ratings", t("Which re-ratings are most common"), table)


def _how(found: Patterns, t: Translator) -> Section:
    return make_section("how", t("Method of counting"), Bullets(items=patterns_notes(found, t)))
