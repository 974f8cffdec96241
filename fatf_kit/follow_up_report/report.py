"""The follow-up report: the present situation, the re-ratings requested, and the consequences."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from fatf_kit.core.messages import Translator
from fatf_kit.core.ratings import COMPLIANCE_SCALE
from fatf_kit.follow_up_report.re_ratings import AddressedState, CriterionAnswer, FollowUpCase, ReRatingRequest
from fatf_kit.framework.catalog import index_requirements
from fatf_kit.framework.model import Framework
from fatf_kit.framework.page_rules import RECOMMENDATIONS
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
from fatf_kit.published.model import PublishedReport
from fatf_kit.report.document_tables import keep_ltr, make_rating_cell, make_table
from fatf_kit.report.model import (
    Block,
    Bullets,
    Document,
    DocumentTable,
    Paragraph,
    Section,
    TableCell,
    Tone,
)
from fatf_kit.report.sections import make_note, make_section

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
        make_section("standing", t("Present situation"), *_standing(case, listing, t)),
        make_section("first", t("Recommendations to re-rate first"), *_first(case, t)),
        make_section(
            "requests",
            t("Re-ratings requested"),
            *_requests(case, t),
            sections=(_request(one, case, framework, t) for one in case.requests),
        ),
        make_section("open", t("Remaining shortcomings"), *_open(case, t)),
        make_section("history", t("Changes from report to report"), _history(case, t)),
        make_section("anew", t("Requirements that changed since the report"), *_anew(case, framework, t)),
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
    yield Paragraph(text=describe_outlook(case.outlook, t), tone=Tone.LEAD)
    yield from make_listing_paragraph(listing, t)
    yield Paragraph(text=t("Technical compliance: {ratings}.", ratings=_count_ratings(case.report)))
    if source := case.report.completed_from:
        yield make_note(t("Outcome ratings are those of {report}.", report=source))
    if case.requests:
        granted = describe_outlook(case.granted, t)
        yield Paragraph(text=t("If every re-rating asked for is granted: {outlook}", outlook=granted))
    if case.outlook.rules.provisional:
        yield Paragraph(text=t(case.outlook.rules.provisional_because), tone=Tone.NOTICE)


def _first(case: FollowUpCase, t: Translator) -> Iterator[Block]:
    for way in case.ways:
        yield Paragraph(text=describe_target_path(way.target, way, t))
    regular = case.technical
    if not case.ways[-1].reachable:
        sentence = describe_what_if(regular, t)
        text = t("Apart from the thresholds that depend on effectiveness, {sentence}", sentence=sentence)
        yield Paragraph(text=text)
    if not regular.sets:
        return
    heads = (
        (t("Recommendation"), 4),
        (t("Rating"), 2),
        (t("Examples that include it"), 2, True),
        (t("Shortcomings entered"), 3, True),
    )
    often = sorted(case.often.items(), key=lambda pair: (-pair[1], RECOMMENDATIONS.index(pair[0])))
    entered = {unit: len(found) for unit, found in case.shortcomings.items()}
    rows = (
        (keep_ltr(unit), _rating(case, unit), keep_ltr(count), keep_ltr(entered.get(unit, 0))) for unit, count in often
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
    index = index_requirements(framework)
    return Section(
        anchor=f"request-{one.unit}",
        title=f"{one.unit} {unit.title}",
        badges=(make_rating_cell(one.unit, one.before), make_rating_cell(one.unit, one.after)),
        blocks=tuple(_introduce_request(one, case, t)),
        sections=tuple(
            make_section(name, name, *_answer(answer, index[name].statement, t))
            for name, answer in ((answer.requirement, answer) for answer in one.answers)
        ),
    )


def _introduce_request(one: ReRatingRequest, case: FollowUpCase, t: Translator) -> Iterator[Block]:
    if one.not_ready:
        text = t(
            "Criteria that are not ready: {criteria}. For each of them enter the change, the article, and the "
            "date of entry into force.",
            criteria=t.listed(one.not_ready),
        )
        yield Paragraph(text=text, tone=Tone.NOTICE)
    if found := case.shortcomings.get(one.unit):
        yield Paragraph(text=t("Shortcomings in the report:"))
        yield Bullets(items=tuple(shortcoming.text for shortcoming in found))


def _answer(answer: CriterionAnswer, statement: str, t: Translator) -> Iterator[Block]:
    yield make_note(statement)
    if answer.deficiency:
        yield Paragraph(text=t("Shortcoming in the report: {text}", text=answer.deficiency))
    if answer.changed:
        yield Paragraph(text=t("Change since the report: {text}", text=answer.changed))
    else:
        yield Paragraph(text=t("[Describe the change since the report.]"))
    law, since = answer.citation or t("[law and article]"), t.day(answer.since) if answer.since else t("[date]")
    yield Paragraph(text=t("Legal basis: {law}, in force since {day}.", law=law, day=since))
    if answer.addressed:
        yield Paragraph(text=t("Status of the shortcoming: {state}.", state=t(answer.addressed)))


def _open(case: FollowUpCase, t: Translator) -> Iterator[Block]:
    answers = [one for request in case.requests for one in request.answers]
    done = {one.requirement for one in answers if one.addressed is AddressedState.YES and one.is_ready}
    requested = {one.unit: t("yes") for one in case.requests}
    heads = (
        (t("Recommendation"), 4),
        (t("Rating"), 2),
        (t("Requested"), 2),
        (t("Shortcomings of the report that are not yet shown to be addressed"), 9),
    )
    rows = (
        (keep_ltr(unit), _rating(case, unit), requested.get(unit, t("no")), _left(case, unit, done, t))
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
    heads = ((t("Report"), 4), (t("Technical compliance"), 6), (t("Ratings changed"), 8))
    rows = []
    for report, changes in case.history:
        changed = t.listed(f"{one.unit} {one.before} → {one.after}" for one in changes)
        rows.append(map(keep_ltr, (report.label, _count_ratings(report), changed or "–")))
    caption = t("Published reports of this round, and the ratings that changed in each")
    return make_table("history", caption, heads, rows, empty=t("No report is recorded."))


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
        yield Paragraph(text=t("FATF has made these amendments since the report:"))
        months = (t.month(parse_month(a.date) or a.date) for a in since)
        texts = (t("{text} ({month}).", text=a.change.rstrip("."), month=m) for a, m in zip(since, months, strict=True))
        yield Bullets(items=tuple(texts))
    heads = ((t("Recommendation"), 4), (t("Rating"), 2), (t("New criteria"), 6), (t("Reworded criteria"), 6))
    rows = []
    for one in case.anew:
        lists = (keep_ltr(t.joined(names) or "–") for names in (one.new, one.changed))
        rows.append((keep_ltr(one.unit), make_rating_cell(one.unit, one.rating), *lists))
    empty = t("fatf-kit has no later edition.")
    yield make_table("anew", t("Ratings that could fall"), heads, rows, empty=empty)


def _count_ratings(report: PublishedReport) -> str:
    """Return how often each rating of technical compliance occurs, like "C 4, LC 20"."""
    ratings = [rating for unit, rating in report.ratings.items() if unit.startswith("R.")]
    return ", ".join(f"{one} {count}" for one in reversed(COMPLIANCE_SCALE) if (count := ratings.count(one)))


def _rating(case: FollowUpCase, unit: str) -> TableCell:
    return make_rating_cell(unit, str(case.report.ratings[unit]))
