"""The first page: what the ratings would lead to, how far each threshold is, what changed, and what costs most."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from fatf_kit.core.messages import Translator
from fatf_kit.evaluation_calendar.timetable import SUBMISSION_STEPS
from fatf_kit.outlook.evaluate import evaluate
from fatf_kit.outlook.model import LevelCounts, LineKind, LineResult, Outlook
from fatf_kit.outlook.report import describe_levels, describe_outlook
from fatf_kit.outlook.rules import load_rules
from fatf_kit.outlook.sources import collect_ratings, count_good_units
from fatf_kit.papers.changes import describe_changes
from fatf_kit.papers.gaps import build_short_gap_table, describe_gap, list_costly_gaps
from fatf_kit.papers.report_input import GapInput
from fatf_kit.report.document_tables import keep_ltr, make_row, make_table
from fatf_kit.report.model import Bullets, DocumentTable, KeyFigure, KeyFigures, Paragraph, Section, Tone
from fatf_kit.scoring.span import RangeEnd

_GAPS = 5
_GAPS_IN_A_TERMINAL, _SHORT = 3, 90


def build_verdict(paper_input: GapInput, t: Translator) -> Section:
    """Return the section that is on the first page and the first screen."""
    outlook = evaluate(load_rules(paper_input.framework.id), collect_ratings(paper_input.assessment))
    changes = describe_changes(paper_input, t)
    gaps = list_costly_gaps(paper_input, t, units=_GAPS, of_a_unit=1)
    return Section(
        anchor="standing",
        title=t("Current position"),
        blocks=(
            Paragraph(text=describe_outlook(outlook, t, explained=False), tone=Tone.LEAD),
            *((Paragraph(text=_explain_cases(t), tone=Tone.SMALL),) if outlook.open_units else ()),
            KeyFigures(figures=tuple(_figures(paper_input, t))),
            *((Bullets(items=changes),) if changes else ()),
            build_short_gap_table(gaps, paper_input, t),
            build_threshold_table(outlook, t),
        ),
    )


def list_verdict_lines(paper_input: GapInput, t: Translator) -> Iterator[str]:
    """Yield the verdict for a terminal: the follow-up, how many ratings are good, and the gaps that cost most."""
    ratings = collect_ratings(paper_input.assessment)
    yield describe_outlook(evaluate(load_rules(paper_input.framework.id), ratings), t, explained=False)
    yield describe_levels(count_good_units(paper_input.assessment), t)
    gaps = list_costly_gaps(paper_input, t, units=_GAPS_IN_A_TERMINAL, of_a_unit=1)
    if gaps:
        yield ""
        yield t("The gaps that cost most")
    for gap in gaps:
        yield "  ".join(("", gap.requirement, describe_gap(gap, t, _SHORT), *([f"({gap.owner})"] if gap.owner else [])))


def _explain_cases(t: Translator) -> str:
    return t(
        "Best case: evidence is found for every claim, and every open question has a good answer. Worst case: none of "
        "this happens."
    )


def _figures(paper_input: GapInput, t: Translator) -> Iterator[KeyFigure]:
    """Yield how many ratings are good, the days to submission and visit, and how many hang on the policy."""
    technical, outcomes = count_good_units(paper_input.assessment)
    yield _count(technical, t("Recommendations that would be C or LC"), t)
    yield _count(outcomes, t("outcomes that would be HE or SE"), t)
    yield from _days(paper_input, t)
    if paper_input.sensitivity:
        moved = {key for other in paper_input.sensitivity for key in other.changed}
        yield KeyFigure(
            value=t("{n} of {of}", n=len(moved), of=len(paper_input.assessment.units)),
            label=t("ratings differ under a stricter or milder policy"),
        )


def _count(one: LevelCounts, label: str, t: Translator) -> KeyFigure:
    more = (
        t.plural("{n} more is claimed and needs evidence", "{n} more are claimed and need evidence", one.claimed)
        if one.claimed
        else ""
    )
    return KeyFigure(value=t("{n} of {of}", n=one.shown, of=one.of), label=label, detail=more)


def _days(paper_input: GapInput, t: Translator) -> Iterator[KeyFigure]:
    """Yield the days to the next submission and to the visit; nothing on days that have passed or are not known."""
    schedule, today = paper_input.schedule, paper_input.today
    if schedule is None:
        return
    ahead = [one for one in schedule.submissions if one.day >= today]
    if ahead:
        n = (ahead[0].day - today).days
        is_technical = ahead[0].id == SUBMISSION_STEPS[0]
        label = (
            t.plural("day to the technical submission", "days to the technical submission", n)
            if is_technical
            else t.plural("day to the submission on effectiveness", "days to the submission on effectiveness", n)
        )
        yield _day(n, label, ahead[0].day, t)
    if schedule.visit >= today:
        n = (schedule.visit - today).days
        yield _day(n, t.plural("day to the on-site visit", "days to the on-site visit", n), schedule.visit, t)


def _day(n: int, label: str, day: date, t: Translator) -> KeyFigure:
    return KeyFigure(value=str(n), label=label, detail=t.day(day))


def build_threshold_table(outlook: Outlook, t: Translator) -> DocumentTable:
    """Return each threshold with its limit, and the count and its distance from it at both ends."""
    heads = (
        (t("Threshold"), 20),
        (t("Leads to"), 9),
        (t("Limit"), 8, True),
        (t("Best case"), 12),
        (t("Worst case"), 13),
    )
    rows = (
        make_row(
            (
                t(result.line.name),
                _name_consequence(result.line.kind, t),
                keep_ltr(" / ".join(str(one.count.at_least) for one in result.counts)),
                _describe_end(result, RangeEnd.BEST, t),
                _describe_end(result, RangeEnd.WORST, t),
            )
        )
        for result in outlook.lines
    )
    return replace(make_table("first-thresholds", t("Distance to each threshold"), heads, rows), dense=True)


def _name_consequence(kind: LineKind, t: Translator) -> str:
    return t("ICRG") if kind is LineKind.ICRG else t("enhanced")


def _describe_end(result: LineResult, end: RangeEnd, t: Translator) -> str:
    """Return the counts at one end and the distance of the one that decides: "12 (7 above)"."""
    values = result.at_ends.at(end)
    over = min(value - one.count.at_least for value, one in zip(values, result.counts, strict=True))
    text = " / ".join(map(str, values))
    if over == 0:
        return t("{value} (at the limit)", value=text)
    return t("{value} ({n} above)", value=text, n=over) if over > 0 else t("{value} ({n} below)", value=text, n=-over)
