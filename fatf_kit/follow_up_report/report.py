"""The follow-up report: where the country stands, what it asks to be re-rated and why, and what that would lead to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from fatf_kit.core.messages import Translator
from fatf_kit.follow_up_report.re_ratings import Addressed, Answered, FollowUpCase, Request
from fatf_kit.follow_up_report.workbook import ratings_text
from fatf_kit.framework.catalog import index_requirements
from fatf_kit.framework.model import Framework
from fatf_kit.outlook.report import (
    describe_outlook,
    describe_steps,
    describe_target_path,
    describe_what_if,
    list_request_dates,
)
from fatf_kit.published.listing_status import make_listing_paragraph
from fatf_kit.published.listings import ListingStatus, find_listing
from fatf_kit.report.model import (
    Block,
    Bullets,
    Document,
    DocumentTable,
    Paragraph,
    Section,
    TableCell,
    TableColumn,
    TableRow,
    Tone,
)

_SETS_PRINTED = 5


def build_follow_up(
    case: FollowUpCase, framework: Framework, t: Translator, *, today: date, notices: tuple[str, ...] = ()
) -> Document:
    """The report as an editable document; `framework` is the report's edition in the language of `t`.

    `notices` stand on every page before our own: that an example is made up.
    """
    report = case.report
    listing = find_listing(report.iso3, today)
    sections = [
        Section(anchor="standing", title=t("Where the country stands"), blocks=tuple(_standing(case, listing, t))),
        Section(anchor="first", title=t("What to re-rate first"), blocks=tuple(_first(case, t))),
        Section(
            anchor="requests",
            title=t("Re-ratings asked for"),
            blocks=tuple(_requests(case, t)),
            sections=tuple(_request(one, case, framework, t) for one in case.requests),
        ),
        Section(anchor="open", title=t("What is still open"), blocks=tuple(_open(case, t))),
        Section(anchor="history", title=t("From report to report"), blocks=(_history(case, t),)),
        Section(anchor="anew", title=t("What would be assessed anew"), blocks=tuple(_anew(case, framework, t))),
    ]
    return Document(
        id="follow-up",
        title=t("Follow-up report"),
        subtitle=t.country(report.iso3, report.jurisdiction),
        language=t.language,
        facts=(
            (t("Report followed up"), report.label),
            (t("Edition"), framework.full_title),
            (t("Made on"), t.day(today)),
        ),
        notices=(
            *notices,
            t("Re-ratings are asked for by the country; assessors decide. What they would lead to is indicative."),
        ),
        sections=tuple(sections),
    )


def _standing(case: FollowUpCase, listing: ListingStatus | None, t: Translator) -> Iterator[Block]:
    technical = [rating for unit, rating in case.report.ratings.items() if unit.startswith("R.")]
    yield Paragraph(text=describe_outlook(case.outlook, t), tone=Tone.LEAD)
    yield from make_listing_paragraph(listing, t)
    yield Paragraph(text=t("Technical compliance: {ratings}.", ratings=ratings_text(technical)))
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
        told = describe_what_if(regular, t)
        yield Paragraph(text=t("Leaving aside the thresholds that depend on effectiveness: {sentence}", sentence=told))
    if not regular.sets:
        return
    yield DocumentTable(
        id="first-units",
        caption=t("Recommendations that appear most often among the examples of what would be enough"),
        columns=(
            TableColumn(title=t("Recommendation"), width=4),
            TableColumn(title=t("Rating"), width=2),
            TableColumn(title=t("Examples"), width=2, number=True),
            TableColumn(title=t("Shortcomings entered"), width=3, number=True),
        ),
        rows=tuple(
            TableRow(
                cells=(
                    TableCell(text=unit, ltr=True),
                    _rating(str(case.report.ratings[unit])),
                    TableCell(text=str(count), ltr=True),
                    TableCell(text=str(len(case.shortcomings.get(unit, ()))), ltr=True),
                ),
                facets={},
            )
            for unit, count in sorted(case.often.items(), key=lambda pair: (-pair[1], _number(pair[0])))
        ),
    )
    yield Paragraph(text=t("Upgrades that would be enough, for example:"))
    yield Bullets(items=tuple(describe_steps(steps, t) for steps in regular.sets[:_SETS_PRINTED]))


def _requests(case: FollowUpCase, t: Translator) -> Iterator[Block]:
    if dates := list_request_dates(case.outlook.rules, t):
        yield Bullets(items=dates)
    if not case.requests:
        yield Paragraph(text=t("None is asked for yet: choose the ratings in the follow-up workbook."))
        return
    yield DocumentTable(
        id="requests",
        caption=t("Re-ratings asked for"),
        columns=(
            TableColumn(title=t("Recommendation"), width=4),
            TableColumn(title=t("Rating in the report"), width=3),
            TableColumn(title=t("Re-rating asked for"), width=3),
            TableColumn(title=t("Criteria told"), width=2, number=True),
            TableColumn(title=t("Not ready"), width=5),
        ),
        rows=tuple(
            TableRow(
                cells=(
                    TableCell(text=one.unit, target=f"request-{one.unit}", ltr=True),
                    _rating(str(one.before)),
                    _rating(str(one.after)),
                    TableCell(text=str(len(one.answers)), ltr=True),
                    TableCell(text=t.listed(one.not_ready) if one.answers else t("nothing is told yet")),
                ),
                facets={},
            )
            for one in case.requests
        ),
    )


def _request(one: Request, case: FollowUpCase, framework: Framework, t: Translator) -> Section:
    unit = next(u for u in framework.recommendations if u.id == one.unit)
    blocks: list[Block] = []
    if one.not_ready:
        blocks.append(
            Paragraph(
                text=t(
                    "Not ready: what changed, the article and the date are not all there for {criteria}.",
                    criteria=t.listed(one.not_ready),
                ),
                tone=Tone.NOTICE,
            )
        )
    if found := case.shortcomings.get(one.unit):
        blocks.append(Paragraph(text=t("What the report found lacking:")))
        blocks.append(Bullets(items=tuple(shortcoming.text for shortcoming in found)))
    index = index_requirements(framework)
    return Section(
        anchor=f"request-{one.unit}",
        title=f"{one.unit} {unit.title}",
        badges=(_rating(str(one.before)), _rating(str(one.after))),
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


def _answer(answer: Answered, asked: str, t: Translator) -> Iterator[Block]:
    yield Paragraph(text=asked, tone=Tone.SMALL)
    if answer.deficiency:
        yield Paragraph(text=t("Found lacking: {text}", text=answer.deficiency))
    yield Paragraph(
        text=t("What has changed since: {text}", text=answer.changed)
        if answer.changed
        else t("[What has changed since: to be written.]")
    )
    since = t.day(answer.since) if answer.since else t("[date]")
    yield Paragraph(
        text=t("Stands in {law}, in force since {day}.", law=answer.citation or t("[law and article]"), day=since)
    )
    if answer.addressed:
        yield Paragraph(text=t("Dealt with: {state}.", state=t(answer.addressed)))


def _open(case: FollowUpCase, t: Translator) -> Iterator[Block]:
    done = {a.requirement for one in case.requests for a in one.answers if a.addressed is Addressed.YES and a.is_ready}
    asked = {one.unit for one in case.requests}
    yield DocumentTable(
        id="still-open",
        caption=t("Recommendations rated NC or PC"),
        columns=(
            TableColumn(title=t("Recommendation"), width=4),
            TableColumn(title=t("Rating"), width=2),
            TableColumn(title=t("Asked for"), width=2),
            TableColumn(title=t("Shortcomings of the report that are not shown to be dealt with"), width=9),
        ),
        rows=tuple(
            TableRow(
                cells=(
                    TableCell(text=unit, ltr=True),
                    _rating(str(case.report.ratings[unit])),
                    TableCell(text=t("yes") if unit in asked else t("no")),
                    TableCell(text=_left(case, unit, done, t)),
                ),
                facets={},
            )
            for unit in case.open_units
        ),
        empty=t("No Recommendation is rated NC or PC."),
    )


def _left(case: FollowUpCase, unit: str, done: set[str], t: Translator) -> str:
    """What the report found under a Recommendation and is not dealt with, or that nobody entered it yet."""
    found = case.shortcomings.get(unit, ())
    left = t.points(one.text for one in found if one.requirement not in done)
    return left or (t("none left") if found else t("not entered yet"))


def _history(case: FollowUpCase, t: Translator) -> DocumentTable:
    return DocumentTable(
        id="history",
        caption=t("Published reports of this round, and what moved in each"),
        columns=(
            TableColumn(title=t("Report"), width=4),
            TableColumn(title=t("Technical compliance"), width=6),
            TableColumn(title=t("Moved"), width=8),
        ),
        rows=tuple(
            TableRow(
                cells=(
                    TableCell(text=report.label, ltr=True),
                    TableCell(
                        text=ratings_text([r for u, r in report.ratings.items() if u.startswith("R.")]), ltr=True
                    ),
                    TableCell(text=t.listed(f"{c.unit} {c.before} → {c.after}" for c in changes) or "–", ltr=True),
                ),
                facets={},
            )
            for report, changes in case.history
        ),
        empty=t("No report is on record."),
    )


def _anew(case: FollowUpCase, framework: Framework, t: Translator) -> Iterator[Block]:
    yield Paragraph(
        text=t(
            "A Recommendation is re-rated against the standard in force at that time, so it can also go down. "
            "These ratings rest on criteria that are new or other words in the edition that follows."
        )
    )
    if framework.later_amendments:
        yield Paragraph(text=framework.later_amendments)
    since = [a for a in framework.amendments if _month(a.date) > case.report.date]
    if since:
        told = t.points(t("{name}: {text}", name=a.date, text=a.change) for a in since)
        yield Paragraph(text=t("Amendments since the report: {list}", list=told))
    yield DocumentTable(
        id="anew",
        caption=t("Ratings that could go down"),
        columns=(
            TableColumn(title=t("Recommendation"), width=4),
            TableColumn(title=t("Rating"), width=2),
            TableColumn(title=t("New criteria"), width=6),
            TableColumn(title=t("Criteria in other words"), width=6),
        ),
        rows=tuple(
            TableRow(
                cells=(
                    TableCell(text=one.unit, ltr=True),
                    _rating(str(one.rating)),
                    TableCell(text=t.listed(one.new) or "–", ltr=True),
                    TableCell(text=t.listed(one.changed) or "–", ltr=True),
                ),
                facets={},
            )
            for one in case.anew
        ),
        empty=t("No later edition is on record."),
    )


def _rating(text: str) -> TableCell:
    return TableCell(text=text, rating=text, scale="compliance", ltr=True)


def _month(text: str) -> str:
    """The month of an amendment for putting in order, whether written as "June 2023" or as "2023-06"; "" for others.

    >>> _month("June 2023"), _month("2023-06-30"), _month("soon")
    ('2023-06', '2023-06', '')
    """
    name, _, year = text.partition(" ")
    if year[:4].isdigit() and name.casefold() in _MONTHS:
        return f"{year[:4]}-{_MONTHS.index(name.casefold()) + 1:02d}"
    return text[:7] if text[:4].isdigit() else ""


_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip


def _number(unit: str) -> int:
    return int(unit.partition(".")[2])
