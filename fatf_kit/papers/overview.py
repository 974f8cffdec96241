"""The overview of several countries as a report: a row for each, what they have in common, and the next dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fatf_kit.core.json_files import make_json_value
from fatf_kit.core.messages import Translator
from fatf_kit.papers.overview_model import Basis, CountryState, Overview, PlanState
from fatf_kit.papers.overview_payload import make_overview_result
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
from fatf_kit.published.listing_status import describe_events
from fatf_kit.report.model import Block, Bullets, Document, KeyFigures, Paragraph, Report
from fatf_kit.report.sections import make_key_figures, make_section
from fatf_kit.scoring.report.notices import phrase_indicative_notice
from fatf_kit.scoring.report.traces import round_percent


def build_overview_report(found: Overview, t: Translator, *, tool: str, generated_at: str) -> Report:
    """Return document, tables and JSON of an overview in the reader's language."""
    return Report(
        document=build_overview_document(found, t, generated_at=generated_at),
        tables=(
            countries_table(t).in_sheet(found.countries),
            plans_table(t).in_sheet(_list_plans(found)),
            gaps_table(t).in_sheet(found.find_common_gaps()),
            causes_table(t).in_sheet(found.find_common_causes()),
            needs_table(t).in_sheet(found.count_needs_by_kind()),
            needs_table(t, is_by_partner=True).in_sheet(found.count_needs_by_partner()),
            dates_table("missions", t("Next missions"), t).in_sheet(found.missions),
            dates_table("dates", t("Next dates"), t).in_sheet(found.dates),
        ),
        payload=make_json_value(make_overview_result(found, tool=tool, generated_at=generated_at)),
    )


def _list_plans(found: Overview) -> list[tuple[CountryState, PlanState]]:
    return [(country, plan) for country in found.countries for plan in country.plans]


def build_overview_document(found: Overview, t: Translator, *, generated_at: str) -> Document:
    """Return the document of an overview in the reader's language."""
    rows, common, shared = _list_plans(found), found.find_common_gaps(), found.find_common_causes()
    shown_plans = plans_table(t).in_document(
        rows,
        caption=t("Items by status in the next cycle"),
        empty=t("No country has items of a plan with a cycle of reporting."),
    )
    shown_gaps = gaps_table(t).in_document(
        common,
        caption=t("Recommendations, outcomes and core issues with a gap in most countries"),
        empty=t("No gap is common to most of the countries."),
    )
    shown_causes = causes_table(t).in_document(
        shared,
        caption=t("Root causes of at least two countries"),
        empty=t("No root cause is found in two countries."),
    )
    shown_missions = dates_table("missions", t("Next missions"), t).in_document(
        found.missions,
        caption=t("Visits and meetings of all countries"),
        empty=t("No visit or meeting is dated."),
    )
    shown_dates = dates_table("dates", t("Next dates"), t).in_document(
        found.dates,
        caption=t("Dates of all countries in the next half-year"),
        empty=t("No date is known."),
    )
    coverage = t("Calendar and coverage of answers")
    shown_countries = countries_table(t).in_document(found.countries, caption=coverage)
    outlook = outlook_table(t).in_document(found.countries)
    late = late_table(t).in_document(found.countries)
    sections = (
        make_section("summary", t("Summary"), _figures(found, t)),
        make_section("countries", t("Countries"), _describe_next_of_all(found, t), shown_countries),
        make_section("listings", t("Follow-up and FATF's lists"), outlook),
        make_section("plans", t("Plans that others have written"), shown_plans),
        make_section("late", t("What is late"), late),
        make_section("gaps", t("Common gaps"), shown_gaps),
        make_section("causes", t("Common root causes"), shown_causes),
        make_section("needs", t("Needs of assistance"), *_describe_needs(found, t)),
        make_section("missions", t("Next missions"), shown_missions),
        make_section("dates", t("Next dates"), shown_dates),
        make_section("method", t("How to read this overview"), _notes(found, t)),
    )
    return Document(
        id="overview",
        title=t("Several countries: overview"),
        subtitle=t.plural("{n} country", "{n} countries", len(found.countries)),
        language=t.language,
        made_on=generated_at,
        facts=((t("Day"), t.day(found.today)), (t("Made on"), t.moment(generated_at))),
        notices=(phrase_indicative_notice(t),),
        sections=sections,
    )


def list_overview_lines(found: Overview, t: Translator) -> Iterable[tuple[str, ...]]:
    """Yield the rows of the table that a terminal shows, headings first."""
    listed = t("On FATF's lists")
    yield t("Country"), t("Answered"), t("Next date"), t("Follow-up"), listed, t("Late")
    for one in found.countries:
        if not one.is_read:
            yield one.name, t("could not be read"), NONE, NONE, NONE, NONE
            continue
        late = NONE if one.late is None else str(one.late.total)
        follow_up, events = describe_follow_up(one.outlook, t), describe_events(one.listing, t)
        yield one.name, describe_coverage(one, t), describe_next(one, t), follow_up, events, late


def _figures(found: Overview, t: Translator) -> KeyFigures:
    read = [one for one in found.countries if one.is_read]
    listed = sum(one.listing is not None and one.listing.is_listed for one in read)
    late = sum(one.late.total > 0 for one in read if one.late)
    asked, answered = sum(one.requested for one in read), sum(one.answered for one in read)
    by_ratings = sum(one.basis is Basis.PUBLISHED for one in read)
    basis = t("by published ratings only: {n}", n=by_ratings) if by_ratings else ""
    figures = [
        (str(len(found.countries)), t("Countries"), basis),
        (str(listed), t("are on one of FATF's lists"), ""),
        (str(late), t("have overdue work"), ""),
    ]
    if asked:
        share = round_percent(answered, asked)
        detail = t("{n} of {of} ({share}%)", n=answered, of=asked, share=share)
        figures.append((t.percent(share), t("answered"), detail))
    if unread := len(found.countries) - len(read):
        figures.append((str(unread), t("could not be read"), ""))
    return make_key_figures(figures)


def _describe_needs(found: Overview, t: Translator) -> Iterator[Block]:
    """Yield the open needs by kind and by partner, or that no country has any."""
    by_kind, by_partner = found.count_needs_by_kind(), found.count_needs_by_partner()
    if not by_kind:
        yield Paragraph(text=t("No country has entered a need of assistance that is open."))
        return
    caption = t("Needs whose money is still to be found or agreed, by kind")
    yield needs_table(t).in_document(by_kind, caption=caption)
    if by_partner:
        caption = t("Needs that are asked of a partner or offered by one")
        yield needs_table(t, is_by_partner=True).in_document(by_partner, caption=caption)


def _describe_next_of_all(found: Overview, t: Translator) -> Block:
    first = next((one for one in found.dates if one.days >= 0), None)
    if first is None:
        return Paragraph(text=t("No date is known."))
    facts = {"day": t.day(first.day), "country": first.country, "step": t(first.what)}
    return Paragraph(text=t("The next date among all countries is {day}, in {country}. Step: {step}.", **facts))


def _notes(found: Overview, t: Translator) -> Bullets:
    outlooks = (one.outlook for one in found.countries if one.outlook is not None)
    notes = [
        t("Each row has counts of its own country only. What countries have in common is counted without names."),
        t(
            "A Recommendation counts as a gap if the answer to one of its criteria falls short. A core issue counts as "
            "a gap if its own answer does. Countries without an answer are not counted, and editions are never mixed."
        ),
        t("NC, PC, LE and ME count as gaps where only published ratings are known."),
        t(
            "Answers, bills and actions are late after their due day. Items of plans are late if their deadline is "
            "before the next cycle."
        ),
    ]
    if any(one.rules.provisional for one in outlooks):
        notes.append(t("The thresholds of this round are provisional."))
    return Bullets(items=tuple(notes))
