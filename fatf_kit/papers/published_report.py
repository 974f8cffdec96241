"""The same report from published ratings: what stands in a mutual evaluation report, and what it cannot tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from fatf_kit.core.messages import Translator
from fatf_kit.core.ratings import COMPLIANCE_SCALE, EFFECTIVENESS_SCALE, ComplianceRating, EffectivenessRating
from fatf_kit.framework import load_framework
from fatf_kit.framework.model import Framework
from fatf_kit.outlook.action_texts import build_actions_payload, build_actions_section
from fatf_kit.outlook.report import build_outlook_payload, build_outlook_section
from fatf_kit.papers.scales import scale_key
from fatf_kit.peer_comparison.texts import published_notice
from fatf_kit.published.catalog import find_reports
from fatf_kit.published.history import find_changes, sort_by_date
from fatf_kit.published.listing_status import find_listing_on
from fatf_kit.published.model import PUBLISHED_SCHEMA, PublishedReport, ReportKind
from fatf_kit.report.model import (
    Bullets,
    DataColumn,
    DataTable,
    Document,
    DocumentTable,
    Figure,
    KeyFigure,
    KeyFigures,
    Paragraph,
    RatingGrid,
    RatingMark,
    Report,
    Section,
    TableCell,
    TableColumn,
    TableRow,
    Tone,
)
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
    """Document, table and JSON of one published report. Ratings not given in it stay open; nothing is inferred.

    `notices` stand on every page, before the report's own.
    """
    english = load_framework(framework.id)
    return Report(
        document=_document(framework, published, t, generated_at, notices),
        tables=(_table(framework, published, t),),
        payload={
            "schema": PUBLISHED_SCHEMA,
            "provenance": {
                "tool": tool,
                "edition": framework.id,
                "edition_digest": framework.digest,
                "generated_at": generated_at,
            },
            "country": {"iso3": published.iso3, "name": published.jurisdiction},
            "report": {
                "type": str(published.report_type),
                "date": published.date,
                "bodies": list(published.bodies),
                "url": published.url or None,
                "verified": published.verified,
                "outcomes_from": published.completed_from,
            },
            "counts": {
                "compliance": _counts(published, ComplianceRating),
                "effectiveness": _counts(published, EffectivenessRating),
            },
            "recommendations": [_unit(published, r.id) for r in framework.recommendations],
            "outcomes": [_unit(published, o.id) for o in framework.outcomes],
            **build_outlook_payload(
                framework.id, published.ratings, listing=find_listing_on(published.iso3, generated_at)
            ),
            "key_recommended_actions": build_actions_payload(english, published.ratings, Translator("en")),
        },
    )


def _unit(published: PublishedReport, unit: str) -> dict[str, str | None]:
    return {"id": unit, "published": _code(published, unit)}


def _code(published: PublishedReport, unit: str) -> str | None:
    rating = published.ratings.get(unit)
    return None if rating is None else str(rating)


def _counts(published: PublishedReport, scale: type[ComplianceRating | EffectivenessRating]) -> dict[str, int]:
    """How often each rating occurs, best first, NA last; ratings not given are counted nowhere."""
    found = Counter(rating for rating in published.ratings.values() if isinstance(rating, scale))
    ladder = COMPLIANCE_SCALE if scale is ComplianceRating else EFFECTIVENESS_SCALE
    order: list[ComplianceRating | EffectivenessRating] = list(reversed(ladder))
    if scale is ComplianceRating:
        order.append(ComplianceRating.NA)
    return {str(code): found[code] for code in order}


def _document(
    framework: Framework, published: PublishedReport, t: Translator, generated_at: str, notices: Sequence[str]
) -> Document:
    month = t.month(published.date)
    return Document(
        id="published",
        title=t("{country}: published ratings", country=t.country(published.iso3, published.jurisdiction)),
        subtitle=_what(published, month, t),
        language=t.language,
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
            build_outlook_section(
                framework.id, published.ratings, t, listing=find_listing_on(published.iso3, generated_at)
            ),
            build_actions_section(framework, published.ratings, t),
            _history(published, t),
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
    shape = framework.rating_table
    compliance = _counts(published, ComplianceRating)
    effectiveness = _counts(published, EffectivenessRating)
    return Section(
        anchor="standing",
        title=t("Where the country stands"),
        blocks=(
            KeyFigures(
                figures=(
                    KeyFigure(
                        value=_together(compliance, "C", "LC"),
                        label=t("C or LC"),
                        detail=t("of {n} Recommendations rated", n=sum(compliance.values())),
                    ),
                    KeyFigure(value=_together(compliance, "PC"), label=t("PC"), detail=t("moderate shortcomings")),
                    KeyFigure(value=_together(compliance, "NC"), label=t("NC"), detail=t("major shortcomings")),
                    KeyFigure(
                        value=_together(effectiveness, "HE", "SE"),
                        label=t("HE or SE"),
                        detail=t("of {n} outcomes rated", n=sum(effectiveness.values())),
                    ),
                    KeyFigure(
                        value=_together(effectiveness, "LE"), label=t("LE"), detail=t("fundamental improvements needed")
                    ),
                )
            ),
            RatingGrid(
                id="effectiveness-ratings",
                caption=t("Effectiveness"),
                scale="effectiveness",
                per_row=shape.effectiveness_per_row,
                marks=tuple(
                    RatingMark(unit=o.id, title=o.title, rating=_code(published, o.id)) for o in framework.outcomes
                ),
                key=scale_key(framework.scales.effectiveness),
            ),
            RatingGrid(
                id="compliance-ratings",
                caption=t("Technical compliance"),
                scale="compliance",
                per_row=shape.compliance_per_row,
                marks=tuple(
                    RatingMark(unit=r.id, title=r.title, rating=_code(published, r.id))
                    for r in framework.recommendations
                ),
                key=scale_key(framework.scales.compliance),
            ),
            Figure(
                chart=build_published_map(
                    framework, [(r.id, _code(published, r.id)) for r in framework.recommendations], t
                )
            ),
            Figure(
                chart=build_published_outcome_chart(
                    [(o.id, _code(published, o.id), _rank(published, o.id)) for o in framework.outcomes], t
                )
            ),
        ),
    )


def _rank(published: PublishedReport, unit: str) -> int | None:
    rating = published.ratings.get(unit)
    return None if rating is None else rating.rank


def _together(counts: dict[str, int], *codes: str) -> str:
    return str(sum(counts[code] for code in codes))


def _unknown(published: PublishedReport, t: Translator) -> Section:
    """What a table of ratings cannot tell, said before anybody misses it."""
    items = [
        t("Which criteria are met, and why a rating was given: the table holds ratings of whole Recommendations only."),
        t("What agencies claim and what they can show: there are no answers behind these ratings."),
        t("What has changed since {month}: only a later report can tell.", month=t.month(published.date)),
    ]
    if published.completed_from:
        items.append(
            t(
                "Effectiveness as of this report: follow-up reports seldom rate outcomes anew, so the "
                "outcomes are those of {report}.",
                report=published.completed_from,
            )
        )
    return Section(anchor="unknown", title=t("What this report cannot know"), blocks=(Bullets(items=tuple(items)),))


def _lowest(framework: Framework, published: PublishedReport, t: Translator) -> Section:
    units = [(unit, published.ratings.get(unit.id)) for unit in framework.units]
    low = [(unit, rating) for unit, rating in units if rating is not None and rating.rank in (0, 1)]
    low.sort(key=lambda pair: pair[1].rank or 0)
    return Section(
        anchor="lowest",
        title=t("What holds the country back"),
        blocks=(
            DocumentTable(
                id="lowest-table",
                caption=t("Rated NC or PC, LE or ME: lowest first"),
                columns=(
                    TableColumn(title=t("Unit"), width=6),
                    TableColumn(title=t("Published"), width=2),
                    TableColumn(title=t("Behind it"), width=5),
                ),
                rows=tuple(
                    TableRow(
                        cells=(
                            TableCell(text=f"{unit.id} {unit.title}"),
                            TableCell(text=str(rating), rating=str(rating), scale="published", ltr=True),
                            TableCell(text=", ".join(_behind(framework, unit.id)), ltr=True),
                        ),
                        facets={"rating": (str(rating),)},
                    )
                    for unit, rating in low
                ),
                empty=t("No unit is rated at the two lowest levels."),
            ),
        ),
    )


def _behind(framework: Framework, unit: str) -> Iterable[str]:
    """The Recommendations behind an outcome, or the outcomes that feel a Recommendation."""
    for outcome in framework.outcomes:
        if outcome.id == unit:
            return outcome.primary_recommendations
    return [o.id for o in framework.outcomes if unit in o.primary_recommendations]


def _history(published: PublishedReport, t: Translator) -> Section:
    reports = [r for r in sort_by_date(find_reports(published.place)) if r.kind is not ReportKind.SUMMARY]
    rows = []
    earlier: PublishedReport | None = None
    for report in reports:
        same_round = earlier is not None and earlier.edition == report.edition
        moves = find_changes(earlier, report) if earlier is not None and same_round else ()
        told = t.listed(f"{move.unit} {move.before} → {move.after}" for move in moves)
        rows.append(
            TableRow(
                cells=(
                    TableCell(text=t.month(report.date), day=report.date, detail=str(report.report_type)),
                    TableCell(text=", ".join(report.bodies)),
                    TableCell(
                        text=told or (t("first report in the table") if earlier is None else t("no rating moved")),
                        ltr=bool(told),
                    ),
                ),
                facets={},
            )
        )
        earlier = report
    return Section(
        anchor="history",
        title=t("Reports of this jurisdiction"),
        blocks=(
            DocumentTable(
                id="history-table",
                caption=t("Every report in the table, and which ratings moved"),
                columns=(
                    TableColumn(title=t("Report"), width=2),
                    TableColumn(title=t("Body"), width=2),
                    TableColumn(title=t("Ratings that moved"), width=8),
                ),
                rows=tuple(rows),
            ),
        ),
    )


def _source(published: PublishedReport, t: Translator) -> Section:
    checked = (
        t("The row is marked as verified in the table.")
        if published.verified
        else t("The row is not marked as verified in the table; check it against the report.")
    )
    return Section(
        anchor="source",
        title=t("Source"),
        blocks=(
            Paragraph(text=t("FATF, consolidated assessment ratings; facts as published. {checked}", checked=checked)),
            Paragraph(text=t("Report: {url}", url=published.url or t("no address given")), tone=Tone.SMALL),
        ),
    )


def _table(framework: Framework, published: PublishedReport, t: Translator) -> DataTable:
    return DataTable(
        key="ratings",
        title=t("Ratings"),
        columns=(
            DataColumn(key="id", title=t("Unit"), width=8),
            DataColumn(key="title", title=t("Title"), width=60),
            DataColumn(key="published", title=t("Published"), width=12),
        ),
        rows=tuple((u.id, u.title, _code(published, u.id)) for u in framework.units),
    )
