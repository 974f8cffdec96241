"""The follow-up report, also as JSON: the present situation, the re-ratings requested, and the consequences."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from fatf_kit.core.json_files import make_json_value
from fatf_kit.core.messages import Translator
from fatf_kit.follow_up_report.re_ratings import AddressedState, CriterionAnswer, FollowUpCase, ReRatingRequest
from fatf_kit.follow_up_report.workbook import count_ratings_text
from fatf_kit.framework.catalog import index_requirements
from fatf_kit.framework.model import Framework
from fatf_kit.framework.page_rules import RECOMMENDATIONS
from fatf_kit.outlook.model import WhatIf
from fatf_kit.outlook.payload import make_outlook_payload, make_what_if_payload
from fatf_kit.outlook.report import (
    describe_outlook,
    describe_steps,
    describe_target_path,
    describe_what_if,
    list_request_dates,
)
from fatf_kit.published.fatf_sheet import parse_month
from fatf_kit.published.listing_status import make_listing_paragraph
from fatf_kit.published.listings import ListingStatus, find_listing
from fatf_kit.report.document_tables import keep_ltr, make_rating_cell, make_table
from fatf_kit.report.model import Block, Bullets, Document, DocumentTable, Paragraph, Section, TableCell, Tone

_SETS_PRINTED = 5


def build_follow_up(
    case: FollowUpCase, framework: Framework, t: Translator, *, today: date, notices: tuple[str, ...] = ()
) -> Document:
    """Return the report as an editable document; `framework` is the report's edition in the language of `t`.

    `notices` are printed on every page before our own: that an example is fictional.
    """
    report = case.report
    listing = find_listing(report.iso3, today)
    sections = [
        Section(anchor="standing", title=t("Present situation"), blocks=tuple(_standing(case, listing, t))),
        Section(anchor="first", title=t("Recommendations to re-rate first"), blocks=tuple(_first(case, t))),
        Section(
            anchor="requests",
            title=t("Re-ratings requested"),
            blocks=tuple(_requests(case, t)),
            sections=tuple(_request(one, case, framework, t) for one in case.requests),
        ),
        Section(anchor="open", title=t("Remaining shortcomings"), blocks=tuple(_open(case, t))),
        Section(anchor="history", title=t("Changes from report to report"), blocks=(_history(case, t),)),
        Section(
            anchor="anew",
            title=t("Requirements that changed since the report"),
            blocks=tuple(_anew(case, framework, t)),
        ),
    ]
    return Document(
        id="follow-up",
        title=t("Follow-up report"),
        subtitle=t.country(report.iso3, report.jurisdiction),
        language=t.language,
        made_on=str(today),
        facts=(
            (t("Report under follow-up"), report.label),
            (t("Edition"), framework.full_title),
            (t("Made on"), t.day(today)),
        ),
        notices=(
            *notices,
            t(
                "The country requests re-ratings and assessors decide on them. The consequences shown here are "
                "indicative."
            ),
        ),
        sections=tuple(sections),
    )


def _standing(case: FollowUpCase, listing: ListingStatus | None, t: Translator) -> Iterator[Block]:
    technical = [rating for unit, rating in case.report.ratings.items() if unit.startswith("R.")]
    yield Paragraph(text=describe_outlook(case.outlook, t), tone=Tone.LEAD)
    yield from make_listing_paragraph(listing, t)
    yield Paragraph(text=t("Technical compliance: {ratings}.", ratings=count_ratings_text(technical)))
    if case.report.completed_from:
        yield Paragraph(
            text=t("Outcome ratings are those of {report}.", report=case.report.completed_from), tone=Tone.SMALL
        )
    if case.requests:
        yield Paragraph(
            text=t("If every re-rating asked for is granted: {outlook}", outlook=describe_outlook(case.granted, t))
        )
    if case.outlook.rules.provisional:
        yield Paragraph(text=t(case.outlook.rules.provisional_because), tone=Tone.NOTICE)


def _first(case: FollowUpCase, t: Translator) -> Iterator[Block]:
    for way in case.ways:
        yield Paragraph(text=describe_target_path(way.target, way, t))
    regular = case.technical
    if not case.ways[-1].reachable:
        sentence = describe_what_if(regular, t)
        yield Paragraph(
            text=t("Leaving aside the thresholds that depend on effectiveness: {sentence}", sentence=sentence)
        )
    if not regular.sets:
        return
    heads = (
        (t("Recommendation"), 4),
        (t("Rating"), 2),
        (t("Examples that include it"), 2, True),
        (t("Shortcomings entered"), 3, True),
    )
    rows = (
        (keep_ltr(unit), _rating(case, unit), keep_ltr(count), keep_ltr(len(case.shortcomings.get(unit, ()))))
        for unit, count in sorted(case.often.items(), key=lambda pair: (-pair[1], RECOMMENDATIONS.index(pair[0])))
    )
    caption = t("Recommendations that occur most often in the examples of sufficient upgrades")
    yield make_table("first-units", caption, heads, rows)
    yield Paragraph(text=t("For example, these upgrades would be sufficient:"))
    yield Bullets(items=tuple(describe_steps(steps, t) for steps in regular.sets[:_SETS_PRINTED]))


def _requests(case: FollowUpCase, t: Translator) -> Iterator[Block]:
    if dates := list_request_dates(case.outlook.rules, t):
        yield Bullets(items=dates)
    if not case.requests:
        yield Paragraph(text=t("No re-rating is requested yet. Choose the ratings in the follow-up workbook."))
        return
    heads = (
        (t("Recommendation"), 4),
        (t("Rating in the report"), 3),
        (t("Re-rating requested"), 3),
        (t("Criteria answered"), 2, True),
        (t("Criteria not ready"), 5),
    )
    rows = (
        (
            keep_ltr(one.unit, f"request-{one.unit}"),
            make_rating_cell(one.unit, one.before),
            make_rating_cell(one.unit, one.after),
            keep_ltr(len(one.answers)),
            t.listed(one.not_ready) if one.answers else t("no criterion is answered yet"),
        )
        for one in case.requests
    )
    yield make_table("requests", t("Re-ratings requested"), heads, rows)


def _request(one: ReRatingRequest, case: FollowUpCase, framework: Framework, t: Translator) -> Section:
    unit = next(u for u in framework.recommendations if u.id == one.unit)
    blocks: list[Block] = []
    if one.not_ready:
        blocks.append(
            Paragraph(
                text=t(
                    "Criteria that are not ready: {criteria}. For each of them enter the change, the article, and the "
                    "date of entry into force.",
                    criteria=t.listed(one.not_ready),
                ),
                tone=Tone.NOTICE,
            )
        )
    if found := case.shortcomings.get(one.unit):
        blocks.append(Paragraph(text=t("Shortcomings in the report:")))
        blocks.append(Bullets(items=tuple(shortcoming.text for shortcoming in found)))
    index = index_requirements(framework)
    return Section(
        anchor=f"request-{one.unit}",
        title=f"{one.unit} {unit.title}",
        badges=(make_rating_cell(one.unit, one.before), make_rating_cell(one.unit, one.after)),
        blocks=tuple(blocks),
        sections=tuple(
            Section(
                anchor=answer.requirement,
                title=answer.requirement,
                blocks=tuple(_answer(answer, index[answer.requirement].statement, t)),
            )
            for answer in one.answers
        ),
    )


def _answer(answer: CriterionAnswer, statement: str, t: Translator) -> Iterator[Block]:
    yield Paragraph(text=statement, tone=Tone.SMALL)
    if answer.deficiency:
        yield Paragraph(text=t("Shortcoming in the report: {text}", text=answer.deficiency))
    yield Paragraph(
        text=t("Change since the report: {text}", text=answer.changed)
        if answer.changed
        else t("[Describe the change since the report.]")
    )
    since = t.day(answer.since) if answer.since else t("[date]")
    yield Paragraph(
        text=t("Legal basis: {law}, in force since {day}.", law=answer.citation or t("[law and article]"), day=since)
    )
    if answer.addressed:
        yield Paragraph(text=t("Status of the shortcoming: {state}.", state=t(answer.addressed)))


def _open(case: FollowUpCase, t: Translator) -> Iterator[Block]:
    done = {
        a.requirement for one in case.requests for a in one.answers if a.addressed is AddressedState.YES and a.is_ready
    }
    requested = {one.unit for one in case.requests}
    heads = (
        (t("Recommendation"), 4),
        (t("Rating"), 2),
        (t("Requested"), 2),
        (t("Shortcomings of the report that are not yet shown to be addressed"), 9),
    )
    rows = (
        (
            keep_ltr(unit),
            _rating(case, unit),
            t("yes") if unit in requested else t("no"),
            _left(case, unit, done, t),
        )
        for unit in case.open_units
    )
    empty = t("No Recommendation is rated NC or PC.")
    yield make_table("still-open", t("Recommendations rated NC or PC"), heads, rows, empty=empty)


def _left(case: FollowUpCase, unit: str, done: set[str], t: Translator) -> str:
    """Return the shortcomings of a Recommendation that are not dealt with, or that none is entered yet."""
    found = case.shortcomings.get(unit, ())
    left = t.points(one.text.rstrip(".") for one in found if one.requirement not in done)
    return left or (t("none remaining") if found else t("not entered yet"))


def _history(case: FollowUpCase, t: Translator) -> DocumentTable:
    rows = (
        (
            keep_ltr(report.label),
            keep_ltr(count_ratings_text([r for u, r in report.ratings.items() if u.startswith("R.")])),
            keep_ltr(t.listed(f"{c.unit} {c.before} → {c.after}" for c in changes) or "–"),
        )
        for report, changes in case.history
    )
    return make_table(
        "history",
        t("Published reports of this round, and the ratings that changed in each"),
        ((t("Report"), 4), (t("Technical compliance"), 6), (t("Ratings changed"), 8)),
        rows,
        empty=t("No report is recorded."),
    )


def _anew(case: FollowUpCase, framework: Framework, t: Translator) -> Iterator[Block]:
    yield Paragraph(
        text=t(
            "A Recommendation is re-rated against the standard in force at that time, so its rating can also "
            "fall. These ratings depend on criteria that are new or reworded in the next edition."
        )
    )
    if framework.later_amendments:
        yield Paragraph(text=framework.later_amendments)
    since = [a for a in framework.amendments if (parse_month(a.date) or "") > case.report.date]
    if since:
        changes = t.points(t("{name}: {text}", name=a.date, text=a.change) for a in since)
        yield Paragraph(text=t("Amendments since the report: {list}", list=changes))
    heads = (
        (t("Recommendation"), 4),
        (t("Rating"), 2),
        (t("New criteria"), 6),
        (t("Reworded criteria"), 6),
    )
    rows = (
        (
            keep_ltr(one.unit),
            make_rating_cell(one.unit, one.rating),
            keep_ltr(t.listed(one.new) or "–"),
            keep_ltr(t.listed(one.changed) or "–"),
        )
        for one in case.anew
    )
    empty = t("fatf-kit has no later edition.")
    yield make_table("anew", t("Ratings that could fall"), heads, rows, empty=empty)


def _rating(case: FollowUpCase, unit: str) -> TableCell:
    return make_rating_cell(unit, str(case.report.ratings[unit]))


FOLLOW_UP_SCHEMA = "fatf-kit/follow-up/1"


def follow_up_payload(
    case: FollowUpCase, reason: Callable[[WhatIf], str], listing: ListingStatus | None = None
) -> dict[str, Any]:
    """Return what follows a published report as JSON. `reason` puts a result of smallest sets into a sentence.

    `listing` is the state of the jurisdiction on FATF's lists. `granted` is null where no re-rating is requested, and
    `request_dates`, in months before the Plenary, where the edition does not state them.
    """
    return {
        "schema": FOLLOW_UP_SCHEMA,
        "jurisdiction": case.report.iso3,
        "report": {"type": case.report.report_type, "month": case.report.date},
        "outlook": make_outlook_payload(case.outlook, case.edition, listing=listing),
        "request_dates": make_json_value(case.outlook.rules.re_rating_requests),
        "open": list(case.open_units),
        "ways": [make_what_if_payload(way, case.edition, (), reason(way)) for way in case.ways],
        "technical": make_what_if_payload(case.technical, case.edition, (), reason(case.technical)),
        "requests": [
            {"id": one.unit, "from": one.before, "to": one.after, "not_ready": list(one.not_ready)}
            for one in case.requests
        ],
        "granted": make_outlook_payload(case.granted, case.edition, listing=listing) if case.requests else None,
    }
