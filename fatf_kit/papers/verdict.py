"""The first page: what the ratings would lead to, how far each threshold is, what changed, and what costs most."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from fatf_kit.assessed.facts import FolderFacts
from fatf_kit.core.messages import Translator
from fatf_kit.evaluation_calendar.timetable import SUBMISSION_STEPS
from fatf_kit.outlook.model import LevelCounts, LineKind, LineResult, Outlook
from fatf_kit.outlook.report import describe_outlook
from fatf_kit.outlook.sentences import describe_claimed, describe_levels
from fatf_kit.papers.gaps import build_short_gap_table, describe_gap, list_gaps
from fatf_kit.papers.report_input import PaperInput
from fatf_kit.published.model import find_scale
from fatf_kit.report.document_tables import keep_ltr, make_row, make_table
from fatf_kit.report.model import Bullets, DocumentTable, KeyFigure, KeyFigures, Paragraph, Section, Tone
from fatf_kit.report.sections import make_note, make_section
from fatf_kit.scoring.report.traces import name_unit
from fatf_kit.scoring.report.weight_texts import UnitResult
from fatf_kit.scoring.span import RangeEnd, Span

_GAPS = 5
_GAPS_IN_A_TERMINAL, _SHORT = 3, 90
_NAMED = 3
"""How many changed ratings a sentence names."""


def build_verdict(paper_input: PaperInput, t: Translator) -> Section:
    """Return the section that is on the first page and the first screen."""
    outlook = paper_input.outlook
    changes = describe_changes(paper_input, t)
    gaps = list_gaps(paper_input, t, paper_input.facts.largest_gaps[:_GAPS])
    return make_section(
        "standing",
        t("Current position"),
        Paragraph(text=describe_outlook(outlook, t, explained=False), tone=Tone.LEAD),
        *((make_note(_explain_cases(t)),) if outlook.open_units else ()),
        KeyFigures(figures=tuple(_figures(paper_input, t))),
        *((Bullets(items=changes),) if changes else ()),
        build_short_gap_table(gaps, t),
        build_threshold_table(outlook, t),
    )


def list_verdict_lines(paper_input: PaperInput, t: Translator) -> Iterator[str]:
    """Yield the verdict for a terminal: the follow-up, how many ratings are good, and the gaps that cost most."""
    yield describe_outlook(paper_input.outlook, t, explained=False)
    yield describe_levels(paper_input.standing, t)
    gaps = list_gaps(paper_input, t, paper_input.facts.largest_gaps[:_GAPS_IN_A_TERMINAL])
    if gaps:
        yield ""
        yield t("Gaps with the largest effect on ratings")
    for gap in gaps:
        owner = [f"({gap.owner})"] if gap.owner else []
        yield "  ".join(("", gap.fact.requirement, describe_gap(gap, t, _SHORT), *owner))


def _explain_cases(t: Translator) -> str:
    return t(
        "Best case: evidence is found for every claim, and every open question has a good answer. Worst case: none of "
        "this happens."
    )


def _figures(paper_input: PaperInput, t: Translator) -> Iterator[KeyFigure]:
    """Yield how many ratings are good, the days to submission and visit, and what keeps ratings from being settled."""
    facts = paper_input.facts
    yield _count(facts.ratings.recommendations, t("Recommendations that would be C or LC"), t)
    yield _count(facts.ratings.outcomes, t("outcomes that would be HE or SE"), t)
    yield from _days(facts, t)
    if facts.ratings.unresolved:
        yield KeyFigure(
            value=str(facts.ratings.unresolved),
            label=t("ratings are not settled"),
            detail=_list_open_work(facts, t),
        )


def _list_open_work(facts: FolderFacts, t: Translator) -> str:
    """Return what settles ratings: evidence, answers and decisions, as far as any of them is open."""
    answers, questions = facts.answers, facts.decisions.questions
    evidence = t.plural("{n} answer without evidence", "{n} answers without evidence", answers.without_evidence)
    blank = t.plural("{n} requirement without an answer", "{n} requirements without an answer", answers.unanswered)
    decisions = t.plural("{n} question to decide", "{n} questions to decide", questions)
    counts = ((answers.without_evidence, evidence), (answers.unanswered, blank), (questions, decisions))
    return t.listed(text for n, text in counts if n)


def _count(counts: LevelCounts, label: str, t: Translator) -> KeyFigure:
    details = [describe_claimed(counts, t)] if counts.claimed else []
    if counts.not_applicable:
        details.append(t.plural("{n} not applicable", "{n} not applicable", counts.not_applicable))
    value = t("{n} of {of}", n=counts.shown, of=counts.of)
    return KeyFigure(value=value, label=label, detail=t.points(details))


def _days(facts: FolderFacts, t: Translator) -> Iterator[KeyFigure]:
    """Yield the days since or until a submission, and until the visit; nothing once the visit has begun."""
    overdue = facts.overdue_submissions
    ahead = [submission for submission in facts.submissions if submission.days >= 0]
    if overdue:
        late = overdue[0]
        label = t.plural("day since the submission was due", "days since the submission was due", -late.days)
        yield _day(-late.days, label, late.day, t)
    elif ahead:
        n = ahead[0].days
        label = t.plural("day to the submission on effectiveness", "days to the submission on effectiveness", n)
        if ahead[0].step == SUBMISSION_STEPS[0]:
            label = t.plural("day to the technical submission", "days to the technical submission", n)
        yield _day(n, label, ahead[0].day, t)
    visit = facts.visit
    if visit and visit.begin and visit.days_until_begin is not None and visit.days_until_begin >= 0:
        n = visit.days_until_begin
        yield _day(n, t.plural("day to the on-site visit", "days to the on-site visit", n), visit.begin, t)


def _day(n: int, label: str, day: date, t: Translator) -> KeyFigure:
    return KeyFigure(value=str(n), label=label, detail=t.day(day))


def build_threshold_table(outlook: Outlook, t: Translator) -> DocumentTable:
    """Return each threshold with its limit, and the count and its distance from it at both ends."""
    heads = (
        (t("Threshold"), 23),
        (t("Leads to"), 8),
        (t("Limit"), 8, True),
        (t("Worst case"), 13),
        (t("Best case"), 12),
    )
    rows = (
        make_row(
            (
                t(result.line.name),
                _name_consequence(result.line.kind, t),
                keep_ltr(" / ".join(str(one.count.at_least) for one in result.counts)),
                _describe_end(result, RangeEnd.WORST, t),
                _describe_end(result, RangeEnd.BEST, t),
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
    if over < 0:
        return t("{value} ({n} below)", value=text, n=-over)
    return t("{value} ({n} above)", value=text, n=over)


def describe_changes(paper_input: PaperInput, t: Translator) -> tuple[str, ...]:
    """Return the sentences on what changed; none on what is not known."""
    return (*_since_last_run(paper_input, t), *_since_published(paper_input, t))


def _since_last_run(paper_input: PaperInput, t: Translator) -> Iterator[str]:
    known = paper_input.background
    if known.earlier is None:
        if known.has_history:
            yield t("Since the last run: the history of this folder has no result of an earlier day.")
        return
    before = known.earlier.ratings
    up: list[str] = []
    down: list[str] = []
    for unit in paper_input.assessment.units:
        then, now = before.get(unit.id), _counted(unit)
        if then is not None and then != now:
            moved = up if _rank(unit.id, now) >= _rank(unit.id, then) else down
            moved.append(_name(unit.id, then, now, t))
    day = t.day(known.earlier.day)
    if not up and not down:
        yield t("Since the last run ({day}): no rating changed.", day=day)
        return
    rose, fell, parts = t.first_of(up, _NAMED), t.first_of(down, _NAMED), []
    if up:
        parts.append(t.plural("{n} rating rose: {units}", "{n} ratings rose: {units}", len(up), units=rose))
    if down:
        parts.append(t.plural("{n} rating fell: {units}", "{n} ratings fell: {units}", len(down), units=fell))
    yield t("Since the last run ({day}): {changes}.", day=day, changes=t.points(parts))


def _since_published(paper_input: PaperInput, t: Translator) -> Iterator[str]:
    report = paper_input.background.published
    if report is None:
        return
    up, down = [], []
    for unit in paper_input.assessment.units:
        rating = report.ratings.get(unit.id)
        if rating is None or rating.rank is None:
            continue
        worst, best = unit.counted.worst.rank, unit.counted.best.rank
        if worst is not None and worst > rating.rank:
            up.append(name_unit(unit.id, t))
        elif best is not None and best < rating.rank:
            down.append(name_unit(unit.id, t))
    parts = [
        t.plural(
            "{n} rating is higher even in the worst case", "{n} ratings are higher even in the worst case", len(up)
        ),
        t.plural("{n} is lower even in the best case", "{n} are lower even in the best case", len(down)),
    ]
    if down:
        parts[1] = t("{name}: {text}", name=parts[1], text=t.first_of(down, _NAMED))
    changes = t.points(parts)
    facts = {"report": report.label, "changes": changes}
    yield t("Since the last published ratings ({report}): {changes}.", **facts)


def _counted(unit: UnitResult) -> Span[str]:
    return Span(worst=str(unit.counted.worst), best=str(unit.counted.best))


def _rank(unit: str, span: Span[str]) -> tuple[int, int]:
    """Return the ranks of a range, by which it rose or fell: the worst end first. Not applicable ranks above all."""
    scale = find_scale(unit)
    ranks = (scale(one).rank for one in (span.worst, span.best))
    worst, best = (len(list(scale)) if rank is None else rank for rank in ranks)
    return worst, best


def _name(unit: str, before: Span[str], after: Span[str], t: Translator) -> str:
    change = f"{before.describe()} → {after.describe()}"
    return t("{text} ({place})", text=name_unit(unit, t), place=change)
