"""The overview of several countries as a report: a row for each, what they have in common, and the next dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from fatf_kit.core.json_files import make_json_value
from fatf_kit.core.messages import Translator
from fatf_kit.papers.overview_model import Basis, CountryState, Overview, OverviewDate, PlanState
from fatf_kit.papers.overview_tables import (
    NONE,
    causes_table,
    countries_table,
    dates_table,
    describe_coverage,
    describe_follow_up,
    describe_next,
    gaps_table,
    late_table,
    needs_table,
    outlook_table,
    plans_table,
)
from fatf_kit.papers.report_input import phrase_indicative_notice
from fatf_kit.published.listing_status import describe_events, make_listing_payload, make_listings_payload
from fatf_kit.report.model import Block, Bullets, Document, KeyFigure, KeyFigures, Paragraph, Report, Section
from fatf_kit.scoring.report.traces import round_percent

OVERVIEW_SCHEMA = "fatf-kit/overview/1"


def build_overview_report(found: Overview, t: Translator, *, tool: str, generated_at: str) -> Report:
    """Return document, tables and JSON of an overview in the reader's language."""
    countries, plans, gaps, causes = countries_table(t), plans_table(t), gaps_table(t), causes_table(t)
    missions, dates = dates_table("missions", t("Next missions"), t), dates_table("dates", t("Next dates"), t)
    rows = [(one, plan) for one in found.countries for plan in one.plans]
    common, shared = found.find_common_gaps(), found.find_common_causes()
    shown_plans = plans.in_document(
        rows,
        caption=t("Items by status in the next cycle"),
        empty=t("No country has items of a plan with a cycle of reporting."),
    )
    shown_gaps = gaps.in_document(
        common,
        caption=t("Recommendations, outcomes and core issues with a gap in most countries"),
        empty=t("No gap is common to most of the countries."),
    )
    shown_causes = causes.in_document(
        shared,
        caption=t("Root causes of at least two countries"),
        empty=t("No root cause is found in two countries."),
    )
    shown_missions = missions.in_document(
        found.missions, caption=t("Visits and meetings of all countries"), empty=t("No visit or meeting is dated.")
    )
    shown_dates = dates.in_document(
        found.dates, caption=t("Dates of all countries in the next half-year"), empty=t("No date is known.")
    )
    shown_countries = countries.in_document(found.countries, caption=t("Calendar and coverage of answers"))
    parts: tuple[tuple[str, str, tuple[Block, ...]], ...] = (
        ("summary", t("Summary"), (_figures(found, t),)),
        ("countries", t("Countries"), (_describe_next_of_all(found, t), shown_countries)),
        ("listings", t("Follow-up and FATF's lists"), (outlook_table(t).in_document(found.countries),)),
        ("plans", t("Plans worded by others"), (shown_plans,)),
        ("late", t("What is late"), (late_table(t).in_document(found.countries),)),
        ("gaps", t("Common gaps"), (shown_gaps,)),
        ("causes", t("Common root causes"), (shown_causes,)),
        ("needs", t("Needs of assistance"), tuple(_describe_needs(found, t))),
        ("missions", t("Next missions"), (shown_missions,)),
        ("dates", t("Next dates"), (shown_dates,)),
        ("method", t("How to read this overview"), (_notes(found, t),)),
    )
    return Report(
        document=Document(
            id="overview",
            title=t("Several countries: overview"),
            subtitle=t.plural("{n} country", "{n} countries", len(found.countries)),
            language=t.language,
            made_on=generated_at,
            facts=((t("Day"), t.day(found.today)), (t("Made on"), t.moment(generated_at))),
            notices=(phrase_indicative_notice(t),),
            sections=tuple(Section(anchor=anchor, title=title, blocks=blocks) for anchor, title, blocks in parts),
        ),
        tables=(
            countries.in_sheet(found.countries),
            plans.in_sheet(rows),
            gaps.in_sheet(common),
            causes.in_sheet(shared),
            needs_table(t).in_sheet(found.count_needs_by_kind()),
            needs_table(t, is_by_partner=True).in_sheet(found.count_needs_by_partner()),
            missions.in_sheet(found.missions),
            dates.in_sheet(found.dates),
        ),
        payload=_make_payload(found, tool=tool, generated_at=generated_at),
    )


def list_overview_lines(found: Overview, t: Translator) -> Iterable[tuple[str, ...]]:
    """Yield the rows of the table that a terminal shows, headings first."""
    yield t("Country"), t("Answered"), t("Next date"), t("Follow-up"), t("On FATF's lists"), t("Late")
    for one in found.countries:
        if not one.is_read:
            yield one.name, t("could not be read"), NONE, NONE, NONE, NONE
            continue
        late = NONE if one.late is None else str(one.late.total)
        values = (describe_coverage(one, t), describe_next(one, t), describe_follow_up(one.outlook, t))
        yield (one.name, *values, describe_events(one.listing, t), late)


def _figures(found: Overview, t: Translator) -> KeyFigures:
    read = [one for one in found.countries if one.is_read]
    listed = sum(one.listing is not None and one.listing.is_listed for one in read)
    late = sum(one.late.total > 0 for one in read if one.late)
    asked, answered = sum(one.requested for one in read), sum(one.answered for one in read)
    by_ratings = sum(one.basis is Basis.PUBLISHED for one in read)
    figures = [
        KeyFigure(
            value=str(len(found.countries)),
            label=t("Countries"),
            detail=t("by published ratings only: {n}", n=by_ratings) if by_ratings else "",
        ),
        KeyFigure(value=str(listed), label=t("are on one of FATF's lists")),
        KeyFigure(value=str(late), label=t("have something that is late")),
    ]
    if asked:
        share = round_percent(answered, asked)
        detail = t("{n} of {of} ({share} %)", n=answered, of=asked, share=share)
        figures.append(KeyFigure(value=t.percent(share), label=t("answered"), detail=detail))
    if len(read) < len(found.countries):
        figures.append(KeyFigure(value=str(len(found.countries) - len(read)), label=t("could not be read")))
    return KeyFigures(figures=tuple(figures))


def _describe_needs(found: Overview, t: Translator) -> Iterator[Block]:
    """Yield the open needs by kind and by partner, or that no country has any."""
    by_kind, by_partner = found.count_needs_by_kind(), found.count_needs_by_partner()
    if not by_kind:
        yield Paragraph(text=t("No country has entered a need of assistance that is open."))
        return
    yield needs_table(t).in_document(by_kind, caption=t("Needs whose money is still to be found or agreed, by kind"))
    if by_partner:
        yield needs_table(t, is_by_partner=True).in_document(
            by_partner, caption=t("Needs that are asked of a partner or offered by one")
        )


def _describe_next_of_all(found: Overview, t: Translator) -> Block:
    first = next((one for one in found.dates if one.days >= 0), None)
    if first is None:
        return Paragraph(text=t("No date is known."))
    facts = {"day": t.day(first.day), "country": first.country, "step": t(first.what)}
    return Paragraph(text=t("The next date of all is {day}, in {country}: {step}.", **facts))


def _notes(found: Overview, t: Translator) -> Bullets:
    provisional = any(one.outlook is not None and one.outlook.rules.provisional for one in found.countries)
    notes: Sequence[str] = (
        t("Each row has counts of its own country only. What countries have in common is counted without names."),
        t(
            "A Recommendation counts as a gap where a criterion falls short by its answer, and so does a core issue. "
            "Countries without an answer to it are not counted, and editions are never mixed."
        ),
        t("By published ratings, NC and PC, and LE and ME, count as gaps."),
        t(
            "Answers, bills and actions are late after their due day, items where the deadline is before the next "
            "cycle."
        ),
        *((t("The thresholds of this round are provisional."),) if provisional else ()),
    )
    return Bullets(items=tuple(notes))


def _make_payload(found: Overview, *, tool: str, generated_at: str) -> dict[str, Any]:
    """Return several countries: a row for each, then what they have in common as counts, and the next dates."""
    return {
        "schema": OVERVIEW_SCHEMA,
        "provenance": {"tool": tool, "generated_at": generated_at},
        "day": found.today.isoformat(),
        "countries": [_country(one) for one in found.countries],
        "common_gaps": make_json_value(found.find_common_gaps()),
        "root_causes": make_json_value(found.find_common_causes()),
        "needs": {
            "by_kind": make_json_value(found.count_needs_by_kind()),
            "by_partner": make_json_value(found.count_needs_by_partner()),
        },
        "missions": _dates(found.missions),
        "dates": _dates(found.dates),
    }


def _country(one: CountryState) -> dict[str, Any]:
    """Return a row; what is not known of a country is null, and everything where its folder could not be read."""
    outlook = one.outlook
    return {
        "name": one.name,
        "iso3": one.iso3 or None,
        "basis": str(one.basis),
        "problem": one.problem or None,
        "notice": one.notice or None,
        "edition": one.edition or None,
        "report": one.report or None,
        "visit": {"from": one.visit[0].isoformat(), "to": one.visit[1].isoformat()} if one.visit else None,
        "next": _date(one.next_date) if one.next_date else None,
        "asked": one.requested or None,
        "answered": one.answered if one.requested else None,
        "agencies": one.agencies if one.requested else None,
        "standing": dict(zip(("recommendations", "outcomes"), make_json_value(one.standing), strict=True))
        if one.standing
        else None,
        "follow_up_range": [outlook.follow_up_span.best, outlook.follow_up_span.worst] if outlook else None,
        "icrg_referral_range": [outlook.referral_span.best, outlook.referral_span.worst] if outlook else None,
        "provisional": outlook.rules.provisional if outlook else None,
        "listing": make_listing_payload(one.listing) if one.listing else None,
        "listings": make_listings_payload(one.listing),
        "plans": [_plan(plan) for plan in one.plans],
        "late": make_json_value(one.late),
    }


def _plan(plan: PlanState) -> dict[str, Any]:
    def by_status(counts: Mapping[str, int]) -> dict[str, int]:
        return {name or "open": number for name, number in counts.items()}

    return {
        "kind": plan.kind,
        "cycle": plan.cycle,
        "items": plan.total,
        "claimed": by_status(plan.claimed),
        "decided": by_status(plan.decided),
        "done": plan.done,
        "overdue": plan.overdue,
        "visit": plan.is_visit,
    }


def _dates(dates: Iterable[OverviewDate]) -> list[dict[str, Any]]:
    return [{"country": one.country, **_date(one)} for one in dates]


def _date(one: OverviewDate) -> dict[str, Any]:
    return {
        "day": one.day.isoformat(),
        "until": one.until.isoformat() if one.until else None,
        "step": one.what,
        "by": str(one.by),
        "days": one.days,
    }
