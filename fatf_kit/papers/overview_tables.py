"""The tables of the overview of several countries, each for page, sheet and CSV, and the texts of their cells."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from fatf_kit.action_plan.items.rules import load_monitoring
from fatf_kit.action_plan.needs.rules import load_assistance
from fatf_kit.core.messages import Translator
from fatf_kit.evaluation_calendar.report import name_actor
from fatf_kit.framework.loader import load_framework
from fatf_kit.framework.vocabulary import load_vocabulary
from fatf_kit.outlook.model import FollowUp, LevelCounts, Outlook
from fatf_kit.papers.overview_model import (
    Basis,
    CommonCause,
    CommonGap,
    CountryState,
    OverviewDate,
    PlanState,
    SharedNeeds,
)
from fatf_kit.published.listing_status import describe_events
from fatf_kit.report.document_tables import make_day_cell
from fatf_kit.report.model import TableCell
from fatf_kit.report.results_table import COUNT, DATE, ID, NUMBER, ResultColumn, ResultsTable
from fatf_kit.scoring.report.traces import round_percent

NONE = "–"
"""The text of a cell of which nothing is known."""


def name_basis(basis: Basis, t: Translator) -> str:
    """Return the source of a country's ratings in the reader's language."""
    return t("own answers") if basis is Basis.ANSWERS else t("published ratings")


def describe_coverage(one: CountryState, t: Translator) -> str:
    """Return how many requirements are answered, with the share; a dash for a row of published ratings."""
    if not one.requested:
        return NONE
    share = round_percent(one.answered, one.requested)
    return t("{n} of {of} ({share}%)", n=one.answered, of=one.requested, share=share)


def describe_next(one: CountryState, t: Translator) -> str:
    """Return the next date with the step; a dash where no date is known."""
    coming = one.next_date
    return t("{day}: {step}", day=t.day(coming.day), step=t(coming.what)) if coming else NONE


def describe_follow_up(outlook: Outlook | None, t: Translator) -> str:
    """Return the type of follow-up at both ends of the ratings that are open."""
    if outlook is None:
        return NONE
    names = {FollowUp.REGULAR: t("regular follow-up"), FollowUp.ENHANCED: t("enhanced follow-up")}
    best, worst = names[outlook.follow_up_span.best], names[outlook.follow_up_span.worst]
    return best if best == worst else t("{worst} at worst, {best} at best", worst=worst, best=best)


def describe_referral(outlook: Outlook | None, t: Translator) -> str:
    """Return whether a threshold of referral to the ICRG is met, at both ends of the ratings that are open."""
    if outlook is None:
        return NONE
    if outlook.icrg_referral is None:
        return t("a threshold is met in the worst case only")
    return t("a threshold is met") if outlook.icrg_referral else t("no threshold is met")


def _country_column(t: Translator, page: int = 5, *, detailed: bool = False) -> ResultColumn[CountryState]:
    """Return the column of names; with the problem, notice or report of each where it is `detailed`."""

    def cell(one: CountryState) -> TableCell:
        detail = one.problem or one.notice
        if one.basis is Basis.PUBLISHED:
            detail = t("published ratings: {report}", report=one.report)
        return TableCell(text=one.name, detail=detail if detailed else "")

    return ResultColumn("country", t("Country"), lambda one: one.name, sheet=24, page=page, cell=cell)


def countries_table(t: Translator) -> ResultsTable[CountryState]:
    """Return the table of countries: on the page calendar and coverage, in the sheet everything."""

    def visit(one: CountryState) -> TableCell:
        if one.visit is None:
            return TableCell(text=NONE)
        first, last = one.visit
        text = t("{first} to {last}", first=t.day(first), last=t.day(last))
        return TableCell(text=text, day=str(first))

    def coming(one: CountryState) -> TableCell:
        date = one.next_date
        return make_day_cell(date.day if date else None, t, detail=t(date.what) if date else "")

    def standing(place: int, part: str) -> ResultColumn[CountryState]:
        names = (t("Recommendations at C or LC"), t("Outcomes at HE or SE"))
        ends = {"shown": t("shown"), "claimed": t("claimed, evidence missing")}
        return ResultColumn(
            f"{'recommendations' if place == 0 else 'outcomes'}_{part}",
            t("{name}: {text}", name=names[place], text=ends[part]),
            lambda one: None if one.standing is None else getattr(one.standing[place], part),
            COUNT,
            sheet=14,
        )

    return ResultsTable[CountryState](
        "overview",
        t("Countries"),
        (
            _country_column(t, detailed=True),
            ResultColumn("iso3", t("Code"), kind=ID, sheet=7),
            ResultColumn("basis", t("Basis"), lambda one: name_basis(one.basis, t), sheet=18),
            ResultColumn("edition", t("Edition"), kind=ID, sheet=12),
            ResultColumn("problem", t("Problem"), sheet=30),
            ResultColumn("visit_from", t("Visit from"), lambda one: one.visit and one.visit[0], DATE, sheet=12),
            ResultColumn("visit_to", t("Visit to"), lambda one: one.visit and one.visit[1], DATE, sheet=12),
            ResultColumn("visit", t("On-site visit"), page=4, cell=visit),
            ResultColumn(
                "next_day", t("Next date"), lambda one: one.next_date and one.next_date.day, DATE,
                sheet=12, page=5, cell=coming,
            ),
            ResultColumn("next_step", t("Step"), lambda one: one.next_date and t(one.next_date.what), sheet=34),
            ResultColumn(
                "next_by", t("Who acts"), lambda one: one.next_date and name_actor(one.next_date.by, t),
                sheet=12, page=3,
            ),
            ResultColumn(
                "next_days", t("Days left"), lambda one: one.next_date.days if one.next_date else None, COUNT,
                sheet=10, page=2,
            ),
            ResultColumn("asked", t("Asked"), lambda one: one.requested or None, COUNT, sheet=9),
            ResultColumn(
                "answered", t("Answered"), lambda one: one.answered if one.requested else None, COUNT, sheet=9
            ),
            ResultColumn(
                "share", t("Share answered"), kind=NUMBER, sheet=9, page=4,
                cell=lambda one: TableCell(text=describe_coverage(one, t), order=one.share),
            ),
            *(standing(place, part) for place in (0, 1) for part in ("shown", "claimed")),
            *_outlook_columns(t, (0, 0, 0)),
            *_late_columns(t),
        ),
    )  # fmt: skip


def _late_columns(t: Translator, page: int = 0) -> tuple[ResultColumn[CountryState], ...]:
    titles = {
        "workbooks": t("Workbooks of agencies"),
        "bills": t("Bills"),
        "actions": t("Actions of the country's own plan"),
        "items": t("Items of plans"),
    }

    def column(key: str, title: str) -> ResultColumn[CountryState]:
        def count(one: CountryState) -> int | None:
            return getattr(one.late, key) if one.late else None

        def cell(one: CountryState) -> TableCell:
            number = count(one)
            return TableCell(text=NONE if number is None else str(number), order=number)

        name = title if page else t("{name}: {text}", name=t("Late"), text=title)
        return ResultColumn(f"late_{key}", name, count, COUNT, sheet=12, page=page, cell=cell)

    return tuple(column(key, title) for key, title in titles.items())


def late_table(t: Translator) -> ResultsTable[CountryState]:
    """Return the table of what is overdue, by kind."""
    return ResultsTable[CountryState](
        "late-table", t("Overdue, by country"), (_country_column(t, 6), *_late_columns(t, 3))
    )


def outlook_table(t: Translator) -> ResultsTable[CountryState]:
    """Return the table of follow-up at both ends, with listings."""

    def levels(place: int, title: str) -> ResultColumn[CountryState]:
        def cell(state: CountryState) -> TableCell:
            return _describe_levels(state.standing[place], t) if state.standing else TableCell(text=NONE)

        return ResultColumn(f"standing_{place}", title, cell, page=4)

    names = (t("Recommendations at C or LC"), t("Outcomes at HE or SE"))
    return ResultsTable[CountryState](
        "outlook-table",
        t("Follow-up in the worst and the best case, and FATF's lists"),
        (_country_column(t), *map(levels, (0, 1), names), *_outlook_columns(t, (5, 4, 6))),
    )


def _outlook_columns(t: Translator, widths: tuple[int, int, int]) -> tuple[ResultColumn[CountryState], ...]:
    """Return the columns of follow-up, referral and listings, with some widths on the page."""
    follow_up, referral, listings = widths

    def describe(one: CountryState) -> str:
        return describe_follow_up(one.outlook, t)

    def refer(one: CountryState) -> str:
        return describe_referral(one.outlook, t)

    def listed(one: CountryState) -> str:
        return describe_events(one.listing, t)

    return (
        ResultColumn("follow_up", t("Follow-up"), describe, sheet=28, page=follow_up),
        ResultColumn("referral", t("Referral to the ICRG"), refer, sheet=22, page=referral),
        ResultColumn("listings", t("On FATF's lists"), listed, sheet=36, page=listings),
    )


def _describe_levels(counts: LevelCounts, t: Translator) -> TableCell:
    """Return how many are at the better levels at worst and at best, and how many are not applicable."""
    most, left_out = counts.shown + counts.claimed + counts.unanswered, counts.not_applicable
    reach = counts.shown if most == counts.shown else t("{first} to {last}", first=counts.shown, last=most)
    detail = t.plural("{n} not applicable", "{n} not applicable", left_out) if left_out else ""
    return TableCell(text=t("{n} of {of}", n=reach, of=counts.of), detail=detail)


def plans_table(t: Translator) -> ResultsTable[tuple[CountryState, PlanState]]:
    """Return the table of the items of each kind of plan by status."""

    def statuses(counts: Mapping[str, int], plan: PlanState) -> str:
        names = (*load_monitoring().scale_of(plan.kind).names, "")
        return t.listed(
            t("{name}: {text}", name=t(name) if name else t("open"), text=counts[name])
            for name in names
            if counts[name]
        )

    def mark_unproven(plan: PlanState) -> str:
        return t("claims without evidence: {n}", n=t.number(plan.unproven)) if plan.unproven else ""

    return ResultsTable[tuple[CountryState, PlanState]](
        "plans",
        t("Items of plans"),
        (
            ResultColumn("country", t("Country"), lambda row: row[0].name, sheet=24, page=4),
            ResultColumn("plan", t("Plan"), lambda row: t(row[1].name), sheet=30, page=4),
            ResultColumn(
                "cycle", t("Cycle"), lambda row: row[1].cycle, DATE, sheet=10, page=3,
                cell=lambda row: TableCell(
                    text=t.month(row[1].cycle), day=row[1].cycle, detail=t("with the visit") if row[1].is_visit else ""
                ),
            ),
            ResultColumn("items", t("Items"), lambda row: row[1].total, COUNT, sheet=9, page=2),
            ResultColumn(
                "claimed", t("Claimed"), lambda row: statuses(row[1].claimed, row[1]), sheet=40, page=6,
                cell=lambda row: TableCell(text=statuses(row[1].claimed, row[1]), detail=mark_unproven(row[1])),
            ),
            ResultColumn("unproven", t("Claims without evidence"), lambda row: row[1].unproven, COUNT, sheet=12),
            ResultColumn("decided", t("Decided"), lambda row: statuses(row[1].decided, row[1]), sheet=40, page=6),
            ResultColumn("done", t("Decided as done"), lambda row: row[1].done, COUNT, sheet=10, page=2),
            ResultColumn("overdue", t("Overdue"), lambda row: row[1].overdue, COUNT, sheet=10, page=2),
        ),
    )  # fmt: skip


def gaps_table(t: Translator) -> ResultsTable[CommonGap]:
    """Return the table of common gaps."""

    def title(one: CommonGap) -> str:
        return _titles(one.edition, t.language)[one.id]

    def basis(one: CommonGap) -> str:
        return name_basis(one.basis, t)

    return ResultsTable[CommonGap](
        "common_gaps",
        t("Common gaps"),
        (
            ResultColumn("id", t("Rec. or outcome"), kind=ID, sheet=12, page=2),
            ResultColumn("title", t("Title"), title, sheet=60, page=10),
            ResultColumn("basis", t("Basis"), basis, sheet=18, page=3),
            ResultColumn("edition", t("Edition"), kind=ID, sheet=12, page=2),
            ResultColumn("countries", t("Countries with a gap"), kind=COUNT, sheet=12, page=2),
            ResultColumn("of", t("Countries counted"), kind=COUNT, sheet=12, page=2),
        ),
    )


@cache
def _titles(edition: str, language: str) -> Mapping[str, str]:
    framework = load_framework(edition, language)
    issues = (issue for outcome in framework.outcomes for issue in outcome.core_issues)
    titles = {unit.id: unit.title for unit in framework.units}
    return titles | {issue.id: issue.statement for issue in issues}


def causes_table(t: Translator) -> ResultsTable[CommonCause]:
    """Return the table of common root causes."""
    causes = load_vocabulary(t.language).root_causes
    return ResultsTable[CommonCause](
        "common_causes",
        t("Common root causes"),
        (
            ResultColumn(
                "cause", t("Root cause"), lambda one: causes[one.id].name, sheet=40, page=10,
                cell=lambda one: TableCell(text=causes[one.id].name, detail=causes[one.id].meaning),
            ),
            ResultColumn("countries", t("Countries"), kind=COUNT, sheet=12, page=3),
            ResultColumn("shortcomings", t("Shortcomings"), kind=COUNT, sheet=12, page=3),
        ),
    )  # fmt: skip


def needs_table(t: Translator, *, is_by_partner: bool = False) -> ResultsTable[SharedNeeds]:
    """Return the table of open needs of assistance, by kind or by partner."""
    key, title, heading = "needs_by_kind", t("Needs by kind"), t("Kind of assistance")
    if is_by_partner:
        key, title, heading = "needs_by_partner", t("Needs by partner"), t("Partner")
    kinds = {one.id: t(one.name) for one in load_assistance().kinds}

    def name(one: SharedNeeds) -> str:
        return kinds.get(one.name, one.name) or t("open")

    return ResultsTable[SharedNeeds](
        key,
        title,
        (
            ResultColumn("name", heading, name, sheet=40, page=10),
            ResultColumn("needs", t("Open needs"), kind=COUNT, sheet=12, page=3),
            ResultColumn("unmatched", t("Without a partner"), kind=COUNT, sheet=12, page=3),
            ResultColumn("countries", t("Countries"), kind=COUNT, sheet=12, page=3),
        ),
    )


def dates_table(key: str, title: str, t: Translator) -> ResultsTable[OverviewDate]:
    """Return a table of coming dates under a key and title."""

    def day(one: OverviewDate) -> TableCell:
        return make_day_cell(one.day, t)

    return ResultsTable[OverviewDate](
        key,
        title,
        (
            ResultColumn("day", t("Date"), kind=DATE, sheet=12, page=3, cell=day),
            ResultColumn("until", t("Until"), kind=DATE, sheet=12),
            ResultColumn("country", t("Country"), sheet=24, page=4),
            ResultColumn("step", t("Step"), lambda one: t(one.what), sheet=50, page=8),
            ResultColumn("by", t("Who acts"), lambda one: name_actor(one.by, t), sheet=12, page=3),
            ResultColumn("days", t("Days left"), kind=COUNT, sheet=10, page=2),
        ),
    )  # fmt: skip
