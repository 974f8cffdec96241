"""The same report from published ratings: those of a mutual evaluation report, and the limits of such a report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from fatf_kit.core.json_files import make_json_value
from fatf_kit.core.messages import Translator
from fatf_kit.framework.model import Framework, ImmediateOutcome, Recommendation
from fatf_kit.outlook.action_texts import build_actions_section
from fatf_kit.outlook.panel import add_what_if
from fatf_kit.outlook.report import build_outlook_section
from fatf_kit.papers.published_payload import make_published_result
from fatf_kit.papers.rating_history import build_history_chart
from fatf_kit.peer_comparison.texts import published_notice
from fatf_kit.published.catalog import find_reports
from fatf_kit.published.history import find_changes, sort_by_date
from fatf_kit.published.listing_status import find_listing_on
from fatf_kit.published.listings import ListingStatus
from fatf_kit.published.model import PublishedReport, ReportKind
from fatf_kit.published.results import count_ratings
from fatf_kit.report.document_tables import keep_ltr, make_row, make_table
from fatf_kit.report.model import (
    Bullets,
    DataTable,
    Document,
    Figure,
    Paragraph,
    RatingGrid,
    RatingMark,
    Report,
    Section,
    TableCell,
)
from fatf_kit.report.results_table import ID, RATING, ResultColumn, ResultsTable
from fatf_kit.report.sections import make_key_figures, make_note, make_section
from fatf_kit.scoring.report.charts import build_published_map, build_published_outcome_chart


def build_published_report(
    framework: Framework,
    published: PublishedReport,
    t: Translator,
    *,
    tool: str,
    generated_at: str,
    notices: Sequence[str] = (),
) -> Report:
    """Return document, table and JSON of one published report. Ratings not given in it stay open.

    `notices` stand on every page, before the report's own.
    """
    listing = find_listing_on(published.iso3, generated_at)
    return Report(
        document=_document(framework, published, listing, t, generated_at, notices),
        tables=(_table(framework, published, t),),
        payload=make_json_value(
            make_published_result(framework, published, listing, tool=tool, generated_at=generated_at)
        ),
    )


def _code(published: PublishedReport, unit: str) -> str | None:
    rating = published.ratings.get(unit)
    return None if rating is None else str(rating)


def _document(
    framework: Framework,
    published: PublishedReport,
    listing: ListingStatus | None,
    t: Translator,
    generated_at: str,
    notices: Sequence[str],
) -> Document:
    outlook = build_outlook_section(framework.id, published.ratings, t, listing=listing)
    return Document(
        id="published",
        title=t("{country}: published ratings", country=t.country(published.iso3, published.jurisdiction)),
        subtitle=_what(published, t.month(published.date), t),
        language=t.language,
        made_on=generated_at,
        facts=(
            (t("Report"), f"{published.report_type} {published.date}"),
            (t("Assessed by"), t.listed(published.bodies) or t("not given")),
            (t("Methodology"), framework.full_title),
            (t("Made on"), t.moment(generated_at)),
        ),
        notices=(*notices, published_notice(t)),
        sections=(
            _standing(framework, published, t),
            _unknown(published, t),
            _lowest(framework, published, t),
            add_what_if(outlook, framework, published.ratings, t),
            build_actions_section(framework, published.ratings, t),
            _history(published, listing, t),
            _source(published, t),
        ),
    )


def _what(published: PublishedReport, month: str, t: Translator) -> str:
    if published.kind is ReportKind.MER:
        return t("Mutual evaluation report of {month}", month=month)
    if published.kind is ReportKind.FUR:
        return t("Follow-up report of {month}", month=month)
    return t("State after all reports up to {month}", month=month)


def _standing(framework: Framework, published: PublishedReport, t: Translator) -> Section:
    compliance, effectiveness = count_ratings(published).values()
    technical, effective = sum(compliance.values()), sum(effectiveness.values())
    of_technical = t.plural("of {n} rated Recommendation", "of {n} rated Recommendations", technical)
    of_outcomes = t.plural("of {n} rated outcome", "of {n} rated outcomes", effective)
    figures = (
        (str(compliance["C"] + compliance["LC"]), t("C or LC"), of_technical),
        (str(compliance["PC"]), t("PC"), t("moderate shortcomings")),
        (str(compliance["NC"]), t("NC"), t("major shortcomings")),
        (str(effectiveness["HE"] + effectiveness["SE"]), t("HE or SE"), of_outcomes),
        (str(effectiveness["LE"]), t("LE"), t("fundamental improvements needed")),
    )
    codes = [(unit.id, _code(published, unit.id)) for unit in framework.recommendations]
    outcomes = [unit.id for unit in framework.outcomes]
    ranks = [(unit, _code(published, unit), _rank(published, unit)) for unit in outcomes]
    return make_section(
        "standing",
        t("Current position"),
        make_key_figures(figures),
        _rating_grid(framework, "effectiveness", t("Effectiveness"), published),
        _rating_grid(framework, "compliance", t("Technical compliance"), published),
        Figure(chart=build_published_map(framework, codes, t)),
        Figure(chart=build_published_outcome_chart(ranks, t)),
    )


def _rating_grid(
    framework: Framework, scale: Literal["compliance", "effectiveness"], caption: str, published: PublishedReport
) -> RatingGrid:
    """Return the table of ratings on one scale, laid out as the edition's evaluation reports have it, with its key."""
    is_compliance, layout = scale == "compliance", framework.rating_table
    points = framework.scales.compliance if is_compliance else framework.scales.effectiveness
    units = framework.recommendations if is_compliance else framework.outcomes
    marks = (RatingMark(unit=one.id, title=one.title, rating=_code(published, one.id)) for one in units)
    return RatingGrid(
        id=f"{scale}-ratings",
        caption=caption,
        scale=scale,
        per_row=layout.compliance_per_row if is_compliance else layout.effectiveness_per_row,
        marks=tuple(marks),
        key=tuple((point.code, point.label) for point in points),
    )


def _rank(published: PublishedReport, unit: str) -> int | None:
    rating = published.ratings.get(unit)
    return None if rating is None else rating.rank


def _unknown(published: PublishedReport, t: Translator) -> Section:
    """Return the section on what a table of ratings does not contain."""
    items = [
        t(
            "The criteria that are met, and the reasons for a rating: the table has ratings of whole "
            "Recommendations only."
        ),
        t("The claims of agencies and their evidence: these ratings are not based on answers."),
        t("Changes since {month}: only a later report can show them.", month=t.month(published.date)),
    ]
    if published.completed_from:
        items.append(
            t(
                "Effectiveness on the date of this report: follow-up reports seldom re-rate outcomes, so the ratings "
                "of outcomes are those of {report}.",
                report=published.completed_from,
            )
        )
    return make_section("unknown", t("Limits of this report"), Bullets(items=tuple(items)))


def _lowest(framework: Framework, published: PublishedReport, t: Translator) -> Section:
    units = [(unit, published.ratings.get(unit.id)) for unit in framework.units]
    low = [(unit, rating) for unit, rating in units if rating is not None and rating.rank in (0, 1)]
    low.sort(key=lambda pair: pair[1].rank or 0)
    rows = (
        make_row(
            (f"{unit.id} {unit.title}", _rating_cell(str(rating)), keep_ltr(", ".join(_behind(framework, unit.id)))),
            rating=str(rating),
        )
        for unit, rating in low
    )
    table = make_table(
        "lowest-table",
        t("Rated NC or PC, LE or ME: lowest first"),
        ((t("Rec. or outcome"), 6), (t("Published"), 2), (t("Related to"), 5)),
        rows,
        empty=t("No Recommendation or outcome is rated at the two lowest levels."),
    )
    return make_section("lowest", t("Main weaknesses"), table)


def _rating_cell(rating: str) -> TableCell:
    return TableCell(text=rating, rating=rating, scale="published", ltr=True)


def _behind(framework: Framework, unit: str) -> Iterable[str]:
    """Return the Recommendations behind an outcome, or the outcomes that a Recommendation affects."""
    for outcome in framework.outcomes:
        if outcome.id == unit:
            return outcome.primary_recommendations
    return [o.id for o in framework.outcomes if unit in o.primary_recommendations]


def _history(published: PublishedReport, listing: ListingStatus | None, t: Translator) -> Section:
    found = find_reports(published.place)
    chart = build_history_chart(found, listing, t)
    reports = [r for r in sort_by_date(found) if r.kind is not ReportKind.SUMMARY]
    rows = (
        (
            TableCell(text=t.month(one.date), day=one.date, detail=str(one.report_type)),
            ", ".join(one.bodies),
            _show_changes(before, one, t),
        )
        for before, one in zip((None, *reports), reports, strict=False)
    )
    caption = t("All reports in the table, with the ratings that changed")
    heads = ((t("Report"), 2), (t("Body"), 2), (t("Changed ratings"), 8))
    table = make_table("history-table", caption, heads, rows)
    figures = (Figure(chart=chart),) if chart else ()
    return make_section("history", t("Reports of this jurisdiction"), *figures, table)


def _show_changes(before: PublishedReport | None, report: PublishedReport, t: Translator) -> TableCell:
    """Return the ratings that changed from the report before; reports of two editions are not compared."""
    if before is None:
        return TableCell(text=t("first report in the table"))
    found = find_changes(before, report) if before.edition == report.edition else ()
    moved = t.listed(f"{move.unit} {move.before} → {move.after}" for move in found)
    return TableCell(text=moved or t("no rating changed"), ltr=bool(moved))


def _source(published: PublishedReport, t: Translator) -> Section:
    checked = t("The row is marked as verified in the table.")
    if not published.verified:
        checked = t("The row is not marked as verified in the table; check it against the report.")
    text = t("FATF, consolidated assessment ratings; facts as published. {checked}", checked=checked)
    link = t("Report: {url}", url=published.url or t("no address given"))
    return make_section("source", t("Source"), Paragraph(text=text), make_note(link))


def _table(framework: Framework, published: PublishedReport, t: Translator) -> DataTable:
    def code(unit: Recommendation | ImmediateOutcome) -> str | None:
        return _code(published, unit.id)

    return ResultsTable[Recommendation | ImmediateOutcome](
        "ratings",
        t("Ratings"),
        (
            ResultColumn("id", t("Rec. or outcome"), kind=ID, sheet=8),
            ResultColumn("title", t("Title"), sheet=60),
            ResultColumn("published", t("Published"), code, RATING, sheet=12),
        ),
    ).in_sheet(framework.units)
